"""Small inputs as people write them, each with its right reading; cases/README.md has the rules.

An expectation says only what matters: keys that are absent are not compared. A list in the place of
a text means that any of these is right; a line break within a text may be a space. A follow-up that
is only a text has depth 1. `says` has, for each message, the words that it must hold, and its line.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from generator import kit, readers
from generator.diagnostics import Severity, SourceError
from generator.model import AnswerKind, AnswerSpace, Question, Theme, plain

CASES = Path(__file__).parent / "cases"
ENDING = ".expect.json"
NAMES = sorted(path.name.removesuffix(ENDING) for path in CASES.glob(f"*{ENDING}"))


def same(expected: object, got: str) -> bool:
    if isinstance(expected, list):
        return any(same(each, got) for each in expected)
    return str(expected).replace("\n", " ") == got.replace("\n", " ")


def all_same(expected: list[Any], got: list[str]) -> bool:
    return len(expected) == len(got) and all(map(same, expected, got))


def answer_of(space: AnswerSpace) -> str:
    if space.kind is AnswerKind.LINES:
        return "lines=fill" if space.fill else f"lines={space.lines}" if space.lines else ""
    if space.scale:
        return f"scale={space.scale[0]}-{space.scale[1]}"
    return str(space.kind)


def check_question(expected: dict[str, Any], got: Question) -> None:
    assert same(expected["text"], plain(got.text)), plain(got.text)
    if "n" in expected:
        assert got.number == expected["n"]
    if "minutes" in expected:
        assert got.minutes == expected["minutes"]
    if "answer" in expected:
        assert answer_of(got.answer) == expected["answer"]
    if "followups" in expected:
        wanted = [each if isinstance(each, list) else [1, each] for each in expected["followups"]]
        assert [[each.depth, plain(each.text)] for each in got.followups] == wanted
    if "choices" in expected:
        assert all_same(expected["choices"], list(got.answer.choices)), got.answer.choices
    if "notes" in expected:
        notes = [plain(note.text) for note in got.notes]
        assert all_same(expected["notes"], notes), notes


def check_questions(expected: list[dict[str, Any]], got: list[Question]) -> None:
    assert [plain(each.text) for each in got][len(expected) :] == []
    assert len(got) == len(expected)
    for each, question in zip(expected, got, strict=True):
        check_question(each, question)


def check_theme(expected: dict[str, Any], got: Theme) -> None:
    if "title" in expected:
        assert same(expected["title"], plain(got.title)), plain(got.title)
    if "intro" in expected:
        assert all_same(expected["intro"], list(map(plain, got.intro))), got.intro
    check_questions(expected["questions"], list(got.questions))


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_read_as_it_is_meant(name: str) -> None:
    expected = json.loads((CASES / (name + ENDING)).read_text(encoding="utf-8"))
    (path,) = kit.find_sets([CASES / name])
    try:
        made, found = readers.read(path)
    except SourceError as problem:
        assert expected.get("fails"), problem
        found = problem.diagnostics
    else:
        assert not expected.get("fails")
        assert same(expected.get("title", made.title), made.title)
        assert same(expected.get("subtitle", made.subtitle), made.subtitle)
        lang = made.lang.partition("-")[0]
        assert lang == expected.get("lang", lang)
        if "themes" in expected:
            assert len(made.themes) == len(expected["themes"])
            for theme, got in zip(expected["themes"], made.themes, strict=True):
                check_theme(theme, got)
        if "questions" in expected:
            every = [question for theme in made.themes for question in theme.questions]
            check_questions(expected["questions"], every)
    if expected.get("silent"):
        assert [each for each in found if each.severity is not Severity.NOTE] == []
    for words in expected.get("says", []):
        texts = [(f"{each.message} {each.hint}".casefold(), each.line) for each in found]
        assert any(
            all(
                line == word if isinstance(word, int) else word.casefold() in text for word in words
            )
            for text, line in texts
        ), (words, texts)


def test_there_are_cases_of_every_format() -> None:
    suffixes = {Path(name).suffix for name in NAMES}
    assert {".md", ".html", ".txt", ".docx", ".xlsx", ".csv", ".tsv", ".json", ".yaml"} <= suffixes
