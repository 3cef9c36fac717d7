"""Settings of the documents: what is taken, and every mistake with its line and a remedy."""

from pathlib import Path
from typing import get_args

import pytest

from generator import kit, readers
from generator.diagnostics import Severity, SourceError, UsageError
from generator.look.style import PAPERS_MM
from generator.settings import Paper, Settings, WorkbookOptions, settings_of, strings_of


def source(tmp_path: Path, front_matter: str, body: str = "# T\n\n1. Why?\n") -> Path:
    path = tmp_path / "set.md"
    path.write_text(f"---\n{front_matter}---\n\n{body}", encoding="utf-8")
    return path


def test_what_is_not_asked_for_is_as_usual() -> None:
    assert settings_of({}) == settings_of({"workbook": None, "paper": None}) == Settings()


def test_keys_have_hyphens_or_underscores_and_paths_begin_at_the_source(tmp_path: Path) -> None:
    text = "workbook: {open-right: true, fonts: [a.ttf], pages: [questions]}\n"
    taken = readers.read(source(tmp_path, text)).question_set.settings.workbook
    assert taken == WorkbookOptions("print", ("questions",), True, (tmp_path / "a.ttf",))
    assert settings_of({"workbook": {"open_right": True}}).workbook.open_right


def test_all_mistakes_are_reported_at_once_with_their_lines(tmp_path: Path) -> None:
    front_matter = """\
paper: foolscap
workbook:
  editon: print
  open-right: maybe
  fonts: 3
strings:
  notez: Hi
  notes: [7]
  theme_of: "{nr}"
handout: 3
"""
    with pytest.raises(SourceError) as raised:
        kit.build([source(tmp_path, front_matter, "1. Why? {minutes=0}\n")], tmp_path / "out")
    found = [(problem.line, problem.message, problem.hint) for problem in raised.value.diagnostics]
    assert found == [
        (2, "paper: 'foolscap' is not a valid value", "valid values are a4, letter, a5"),
        (4, "unknown key 'workbook.editon'", "did you mean edition?"),
        (5, "workbook.open-right: 'maybe' is not a valid value", "valid values are true and false"),
        (
            6,
            "workbook.fonts: '3' is not a valid value",
            "write a list, as in [first.ttf, second.ttf]",
        ),
        (8, "unknown key 'strings.notez'", "did you mean notes?"),
        (9, "strings.notes: a list is not a valid value", "write text, in quotes if necessary"),
        (
            10,
            "strings.theme_of: '{nr}' is not a valid value",
            "write it like 'Theme {number} of {count}'",
        ),
        (11, "handout: expected a mapping, found '3'", found[-2][2]),
        (14, "minutes=0 is not a valid value", found[-1][2]),
    ]
    assert not (tmp_path / "out").exists()


def test_a_set_can_have_words_of_its_own() -> None:
    asked = {"notes": "My notes", "how-to-steps": ["Only this."], "theme_of": "{count}: {number}"}
    words = strings_of(settings_of({"strings": asked}), "de")
    assert (words.notes, words.how_to_steps) == ("My notes", ("Only this.",))
    assert (words.theme_of, words.contents) == ("{count}: {number}", "Inhalt")


@pytest.mark.parametrize(
    "words",
    [
        {"theme_of": "{"}, {"theme_of": "{number.real}"}, {"theme_of": "{number:>99999999}"},
        {"theme_of": "{count!r}"}, {"how_to_steps": "one"}, {"questions": "x"}, {"lang": "de"},
    ],
)  # fmt: skip
def test_words_that_cannot_be_filled_in_are_an_error(words: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"strings\."):
        settings_of({"strings": words})


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ("cover, cover, themes", "cover is listed twice"), ("cover", "either themes or questions"),
        ("themes, questions", "either themes or questions"),
        ("notes, themes, thems", "'thems' is not a valid value"),
    ],
)  # fmt: skip
def test_pages_have_the_questions_once(pages: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=said):
        readers.read(source(tmp_path, f"workbook:\n  pages: [{pages}]\n"))
    settings_of({"workbook": {"pages": ["notes", "questions", "notes"]}})


def test_settings_over_others_change_only_what_they_name() -> None:
    own = settings_of(
        {
            "paper": "a5",
            "workbook": {"edition": "booklet", "open-right": True},
            "strings": {"notes": "N", "done": "D"},
        }
    )
    merged = settings_of({"workbook": {"edition": "print"}, "strings": {"done": "X"}}, own)
    assert merged.paper == "a5" and merged.workbook == WorkbookOptions("print", open_right=True)
    assert merged.strings == {"notes": "N", "done": "X"}


def test_papers_are_those_of_the_style_sheet() -> None:
    assert get_args(Paper) == tuple(PAPERS_MM)


def test_the_command_line_stands_over_single_options(tmp_path: Path) -> None:
    path = source(tmp_path, "workbook: {edition: large-print, pages: [questions]}\n")
    report = kit.build([path], tmp_path / "out", ["workbook"], {"workbook": {"edition": "print"}})
    assert [file.path.name for file in report.written] == ["set-workbook.pdf"]
    report = kit.build([path], tmp_path / "out", ["workbook"])
    assert [file.path.name for file in report.written] == ["set-workbook-large-print.pdf"]


def test_keys_that_are_nearly_ours_are_named(tmp_path: Path) -> None:
    path = source(
        tmp_path,
        "papers: a5\nTitle: x\nedition: fillable\nmood: fine\nlangage: en\nlogo: a.png\n"
        "lang: en\nlang: de\n",
    )
    report = kit.build([path], tmp_path / "out", ["handout"])
    said = [(found.line, found.message, found.hint) for found in report.diagnostics]
    assert said == [
        (2, "'papers' is not a known setting and is ignored", "did you mean `paper: ...`?"),
        (3, "'Title' is not a known setting and is ignored", "did you mean `title: ...`?"),
        (
            4,
            "'edition' is not a known setting and is ignored",
            "did you mean `workbook: {edition: ...}`?",
        ),
        (6, "'langage' is not a known setting and is ignored", "did you mean `lang: ...`?"),
        (
            7,
            "'logo' is not a known setting and is ignored",
            "write it into a file _brand.yml beside this one",
        ),
        (9, "'lang' appears 2 times; the last one is used", "delete the others"),
    ]


@pytest.mark.parametrize(("lang", "said"), [("sv", 1), ("en-GB", 0), ("pt-BR", 0)])
def test_a_language_without_words_of_ours_is_noted(lang: str, said: int, tmp_path: Path) -> None:
    path = source(tmp_path, f"lang: {lang}\n")
    report = kit.build([path], tmp_path / "out", ["handout"])
    assert [each.severity for each in report.diagnostics] == [Severity.NOTE] * said


def test_files_that_settings_name_are_opened_before_anything_is_planned(tmp_path: Path) -> None:
    text = (
        "handout: {template: none.docx}\nworkbook: {fonts: [/dev/zero]}\nslides:\n  template: .\n"
    )
    path = source(tmp_path, text, "1. Why? {minutes=0}\n")
    (tmp_path / "_brand.yml").write_text("logo: none.png\n", encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        kit.build([path], tmp_path / "out")
    assert [(found.path, found.line) for found in raised.value.diagnostics] == [
        (tmp_path / "_brand.yml", 1), (path, 8),
    ]  # fmt: skip
    path = source(tmp_path, text)
    (tmp_path / "_brand.yml").unlink()
    with pytest.raises(SourceError) as raised:
        kit.build([path], tmp_path / "out")
    assert [(found.line, found.message) for found in raised.value.diagnostics] == [
        (2, f"handout.template: {tmp_path / 'none.docx'} does not exist"),
        (5, f"slides.template: {tmp_path} is a folder, not a file"),
        (3, "workbook.fonts: /dev/zero is a device or a pipe, not a file"),
    ]
    assert not (tmp_path / "out").exists()
