"""`convert`: what was read comes back as it was, whatever its texts hold."""

import re
import string
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, SHIPPED
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import run

from generator import readers
from generator.convert import to_markdown
from generator.diagnostics import Problems, SourceError
from generator.model import (
    AnswerKind,
    AnswerSpace,
    FollowUp,
    Inline,
    Note,
    Question,
    QuestionSet,
    Span,
    Theme,
)
from generator.readers import inline, markdown
from generator.readers.assembly import assemble

PATH = Path("set.md")


def back(written: str) -> tuple[QuestionSet, list[str]]:
    """A set that was written, read again, and the warnings."""
    problems = Problems(PATH)
    made, found = assemble(markdown.read(written, problems), PATH, problems)
    return made, [each.message for each in found]


def seen(text: Inline) -> Inline:
    """A text as it looks: neighbours of one style as one, several spaces as one."""
    made = inline.tidy(text)
    return tuple(replace(span, text=re.sub(r"\s+", " ", span.text)) for span in made)


def seen_notes(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(replace(note, text=seen(note.text)) for note in notes)


def comparable(made: QuestionSet) -> QuestionSet:
    """A set as it looks, without what depends on its file."""
    themes = []
    for theme in made.themes:
        asked = tuple(
            replace(
                each, line=0, text=seen(each.text), notes=seen_notes(each.notes),
                followups=tuple(FollowUp(seen(one.text), one.depth) for one in each.followups),
            )
            for each in theme.questions
        )  # fmt: skip
        intro = tuple(map(seen, theme.intro))
        title, notes = seen(theme.title), seen_notes(theme.notes)
        themes.append(
            replace(theme, line=0, title=title, questions=asked, intro=intro, notes=notes)
        )
    intro = tuple(map(seen, made.intro))
    return replace(made, path=PATH, slug="set", themes=tuple(themes), intro=intro, setting_lines={})


def round_trip(made: QuestionSet) -> None:
    written = to_markdown(replace(made, slug="set"), PATH.stem)
    again, found = back(written)
    assert comparable(again) == comparable(made), written
    assert found == [], written


PARTS = ["a", "B", "7", "\u8cea", "\u05e9", "\U0001f44d", "e\u0301", "Q1:", "http://a.b"]
PARTS += ["[a](b)", "&amp;", "<b>", "</b>", "{lines=4}", "::: notes", "~~~", "1. ", "- ", "[ ] "]
MARKS = st.sampled_from([*PARTS, *string.punctuation, " "])
WORDS = st.lists(MARKS, min_size=1, max_size=8).map(lambda parts: " ".join("".join(parts).split()))
TEXT = WORDS.filter(bool)
SPANS = st.builds(Span, TEXT, st.booleans(), st.booleans(), st.booleans())


def tidied(spans: list[Span]) -> Inline:
    """As every reader leaves a text: addresses are links, neighbours differ in style."""
    return inline.tidy(inline.linked(spans))


INLINE = st.lists(SPANS, min_size=1, max_size=3).map(tidied)
ANSWERS = st.one_of(
    st.builds(AnswerSpace),
    st.integers(1, 300).map(lambda lines: AnswerSpace(lines=lines)),
    st.just(AnswerSpace(fill=True)),
    st.just(AnswerSpace(AnswerKind.NONE)),
    st.just(AnswerSpace(AnswerKind.GRID, height_mm=70.0)),
    st.tuples(st.sampled_from(["", "not *at* all", 'the "most"']), st.just("fully")).map(
        lambda ends: AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=ends)
    ),
    st.tuples(st.lists(TEXT, min_size=1, max_size=4), st.booleans(), st.none() | st.just(3)).map(
        lambda of: AnswerSpace(AnswerKind.CHOICES, of[2], choices=tuple(of[0]), pick_many=of[1])
    ),
)


@st.composite
def depths(draw: st.DrawFn, first: int) -> list[int]:
    """Depths that go down by one at most, from `first` on."""
    made: list[int] = []
    for _ in range(draw(st.integers(0, 4))):
        made.append(draw(st.integers(first, (made[-1] if made else first - 1) + 1)))
    return made


@st.composite
def notes(draw: st.DrawFn) -> tuple[Note, ...]:
    numbers = st.none() | st.integers(1, 99)
    return tuple(
        Note(draw(INLINE), depth, draw(numbers) if depth else None) for depth in draw(depths(0))
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    return Question(
        number=draw(st.integers(0, 9999)),
        text=draw(INLINE),
        line=0,
        followups=tuple(FollowUp(draw(INLINE), depth) for depth in draw(depths(1))),
        notes=draw(notes()),
        answer=draw(ANSWERS),
        tags=tuple(draw(st.lists(st.sampled_from(["goals", "first-meeting"]), unique=True))),
        minutes=draw(st.none() | st.integers(1, 600)),
    )


@st.composite
def themes(draw: st.DrawFn) -> Theme:
    found = draw(st.lists(questions(), min_size=1, max_size=2, unique_by=lambda each: each.number))
    return Theme(
        number=0,
        title=draw(INLINE),
        line=0,
        questions=tuple(found),
        intro=tuple(draw(st.lists(INLINE, max_size=2))),
        notes=draw(notes()),
        minutes=draw(st.none() | st.integers(1, 600)),
    )


@given(st.lists(themes(), min_size=1, max_size=2), TEXT, TEXT, st.lists(INLINE, max_size=2))
@settings(deadline=None, max_examples=100)
def test_any_set_is_read_back_as_it_was(
    found: list[Theme], title: str, subtitle: str, intro: list[Inline]
) -> None:
    numbered = tuple(replace(theme, number=at) for at, theme in enumerate(found, 1))
    round_trip(QuestionSet(title, "set", numbered, PATH, subtitle, "de", intro=tuple(intro)))


SOURCES = [
    SHIPPED,
    *sorted((ROOT / "tests" / "fixtures" / "wild").glob("frontend-*.md")),
    *sorted(
        path.with_name(path.name.removesuffix(".expect.json"))
        for path in (ROOT / "tests" / "readers" / "cases").glob("*.expect.json")
        if '"fails"' not in path.read_text(encoding="utf-8") and "lock" not in path.name
    ),
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_what_was_read_is_read_back_as_it_was(path: Path) -> None:
    round_trip(readers.read(path).question_set)


def test_settings_answers_and_the_ends_of_scales_come_back() -> None:
    source = """\
---
title: 'Review: "one"'
lang: pt-BR
author: Ann
date: 2026-01-31
answer: lines=4
paper: a5
strings: {questions-one: '{count} prompt'}
workbook: {edition: booklet, pages: [cover, questions]}
---
## One
1. Why?
2. How? {lines=6}
3. Who? {box="7cm"}
"""
    made, _ = back(source)
    round_trip(made)
    written = to_markdown(made, "set")
    assert "\nanswer: lines=4\n" in written and "1. Why?\n2. How? {lines=6}\n" in written
    scale = AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=("not *at* all", 'the "most"'))
    asked = Question(1, (Span("Well?"),), 1, answer=scale)
    rated = QuestionSet("S", "set", (Theme(1, (Span("T"),), 1, (asked,)),), PATH)
    assert """1. Well? {scale=1-5 from="not \\*at\\* all" to='the "most"'}""" in to_markdown(
        rated, "set"
    )


def test_what_is_written_is_what_a_person_would_write() -> None:
    answer = AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No"))
    asked = Question(
        3, (Span("What "), Span("really", emphasis=True), Span(" went well?")), 1,
        (FollowUp((Span("At home?"),)), FollowUp((Span("Since when?"),), 2)),
        (Note((Span("Let them talk."),)),), answer, ("goals",), 5,
    )  # fmt: skip
    theme = Theme(1, (Span("Start"),), 1, (asked,), ((Span("Take your time."),),), minutes=20)
    made = QuestionSet("Review", "review", (theme,), PATH)
    assert (
        to_markdown(made, "review")
        == """\
---
title: Review
lang: en
read: exactly
---

## Start {minutes=20}

Take your time.

3. What *really* went well? {tags="goals" minutes=5}
   - At home?
     - Since when?
   - [ ] Yes
   - [ ] No

   ::: notes
   Let them talk.
   :::

"""
    )


def test_the_command_writes_a_file_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "list.csv", tmp_path / "questions.md"
    source.write_text("Question\nWhat went well?\nWhat did not?\n", encoding="utf-8")
    status, out, _ = run(capsys, "convert", source, "-o", target)
    assert (status, out) == (0, f"{target}: 2 questions in 1 theme\n")
    first = target.read_text(encoding="utf-8")
    assert "1. What went well?\n2. What did not?\n" in first
    status, _, err = run(capsys, "convert", source, "-o", target)
    assert (status, err) == (
        3,
        f"{target}: error: this file already exists\n"
        "  hint: give another name, or --force to replace it\n",
    )
    target.write_text("mine", encoding="utf-8")
    assert run(capsys, "convert", source, "-o", target, "--force")[0] == 0
    assert target.read_text(encoding="utf-8") == first
    status, out, _ = run(capsys, "convert", source, "-o", "-", "--quiet")
    assert (status, out) == (0, first.replace("slug: list\n", ""))
    status, _, err = run(capsys, "convert", source, "-o", tmp_path / "questions.txt")
    assert (status, "name it questions.md" in err) == (2, True)


@pytest.mark.parametrize(
    ("braces", "expected"),
    [
        ('{choices="Yes | No"}', AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No"))),
        (
            '{choices="A|B" pick=many lines=2}',
            AnswerSpace(AnswerKind.CHOICES, 2, choices=("A", "B"), pick_many=True),
        ),
        ("{pick=many}", AnswerSpace()),
        (
            '{scale="1-5" from="not at all" to="fully"}',
            AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=("not at all", "fully")),
        ),
    ],
)
def test_choices_and_the_ends_of_scales_stand_in_braces(braces: str, expected: AnswerSpace) -> None:
    made, found = back(f"# S\n\n1. Well? {braces}\n2. Why?\n")
    assert (made.themes[0].questions[0].answer, found) == (expected, [])


@pytest.mark.parametrize(
    "braces", ["{choices=A|B pick=some}", "{box=7cm pick=many}", "{lines=4 from=a}", "{to=b}"]
)
def test_details_of_another_answer_space_are_errors(braces: str) -> None:
    with pytest.raises(SourceError) as raised:
        back(f"# S\n\n1. Well? {braces}\n")
    assert raised.value.diagnostics[0].line == 3
