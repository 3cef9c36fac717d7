"""Settings of the documents: what is taken, and every mistake with its line and a remedy."""

from pathlib import Path

import pytest

from generator import kit, readers
from generator.errors import Severity, SourceError
from generator.model import Question, QuestionSet, Span, Theme
from generator.writers.options import WorkbookOptions, options, setting_problems, strings_of


def a_set(**settings: object) -> QuestionSet:
    theme = Theme(1, (Span("A theme"),), 1, (Question(1, (Span("Why?"),), 1),))
    return QuestionSet("A set", "set", (theme,), Path("folder/set.md"), settings=settings)


def source(tmp_path: Path, front_matter: str) -> Path:
    path = tmp_path / "set.md"
    path.write_text(f"---\n{front_matter}---\n\n# T\n\n1. Why?\n", encoding="utf-8")
    return path


def test_what_is_not_asked_for_is_as_usual() -> None:
    assert options(a_set(), "workbook", WorkbookOptions) == WorkbookOptions()
    assert options(a_set(workbook=None), "workbook", WorkbookOptions) == WorkbookOptions()


def test_keys_have_hyphens_or_underscores_and_paths_begin_at_the_source() -> None:
    asked = {"open-right": True, "fonts": ["a.ttf"], "pages": ["questions"]}
    taken = options(a_set(workbook=asked), "workbook", WorkbookOptions)
    assert taken == WorkbookOptions("print", ("questions",), True, (Path("folder/a.ttf"),))
    assert options(a_set(workbook={"open_right": True}), "workbook", WorkbookOptions).open_right


def test_all_mistakes_are_reported_at_once_with_their_lines(tmp_path: Path) -> None:
    front_matter = """\
paper: foolscap
workbook:
  editon: print
  open-right: maybe
  fonts: 3
strings:
  notez: Hi
  notes: 7
  theme_of: "{nr}"
handout: 3
"""
    with pytest.raises(SourceError) as raised:
        kit.build([source(tmp_path, front_matter)], tmp_path / "out")
    found = [(problem.line, problem.message, problem.hint) for problem in raised.value.diagnostics]
    assert found == [
        (2, "paper: 'foolscap' is not known", "use a4, letter, a5"),
        (8, "strings.notez is not known", "did you mean notes?"),
        (9, "strings.notes is not possible", "write it like 'Notes'"),
        (10, "strings.theme_of is not possible", "write it like 'Theme {number} of {count}'"),
        (4, "workbook.editon is not known", "did you mean edition?"),
        (5, "workbook.open-right: 'maybe' is not possible", "use true or false"),
        (6, "workbook.fonts: '3' is not possible", "use a list of: a path"),
        (11, "'handout' has no options", found[-1][2]),
    ]
    assert not (tmp_path / "out").exists()


def test_a_set_can_have_words_of_its_own() -> None:
    asked = {"notes": "My notes", "how-to-steps": ["Only this."], "theme_of": "{count}: {number}"}
    words = strings_of(a_set(strings=asked))
    assert (words.notes, words.how_to_steps) == ("My notes", ("Only this.",))
    assert words.action_plan == "Action plan"


@pytest.mark.parametrize("words", [{"theme_of": "{"}, {"how_to_steps": "one"}, {"questions": "x"}])
def test_words_that_cannot_be_filled_in_are_an_error(words: dict[str, object]) -> None:
    with pytest.raises(SourceError, match=r"strings\."):
        strings_of(a_set(strings=words))


def test_the_command_line_stands_over_single_options(tmp_path: Path) -> None:
    path = source(tmp_path, "workbook: {edition: large-print, pages: [questions]}\n")
    report = kit.build([path], tmp_path / "out", ["workbook"], {"workbook": {"edition": "print"}})
    assert [file.path.name for file in report.written] == ["set-workbook.pdf"]
    report = kit.build([path], tmp_path / "out", ["workbook"])
    assert [file.path.name for file in report.written] == ["set-workbook-large-print.pdf"]


def test_keys_that_are_nearly_ours_are_named(tmp_path: Path) -> None:
    path = source(
        tmp_path, "papers: a5\nTitle: x\nedition: fillable\nmood: fine\nlang: en\nlang: de\n"
    )
    report = kit.build([path], tmp_path / "out", ["handout"])
    said = [(found.line, found.message, found.hint) for found in report.diagnostics]
    assert said == [
        (7, "'lang' comes 2 times; the last is taken", "delete the others"),
        (2, "'papers' is not read", "did you mean `paper: ...`?"),
        (3, "'Title' is not read", "did you mean `title: ...`?"),
        (4, "'edition' is not read", "did you mean `workbook: {edition: ...}`?"),
    ]


@pytest.mark.parametrize(("lang", "said"), [("sv", 1), ("en-GB", 0), ("pt-BR", 0)])
def test_a_language_without_words_of_ours_is_noted(lang: str, said: int, tmp_path: Path) -> None:
    source = tmp_path / "set.md"
    source.write_text(f"---\nlang: {lang}\n---\n- Why?", encoding="utf-8")
    found = setting_problems(readers.read(source).question_set)
    assert [each.severity for each in found] == [Severity.NOTE] * said
