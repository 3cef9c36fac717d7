"""The Markdown reader, by fixtures: a source, and the outline and diagnostics that it gives."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.diagnostics import Diagnostic, Problems, SourceError
from generator.model import AnswerSpace, Note, QuestionSet, Span, plain
from generator.readers import markdown
from generator.readers.assembly import assemble
from generator.readers.characters import cleaned

ROOT = Path(__file__).parents[2]
CASE = Path("case.md")


def read(text: str, path: Path) -> readers.Reading:
    """A text as if it stood in a file."""
    problems = Problems(path)
    return assemble(markdown.read(cleaned(text, problems), problems), path, problems)


def cases() -> list[tuple[str, str, str]]:
    """Of each rule, and of sets as people write them."""
    fixtures = ROOT / "tests" / "fixtures"
    texts = [(fixtures / name).read_text(encoding="utf-8") for name in ("reader.txt", "people.txt")]
    text = "\n" + "\n".join(texts)
    found = []
    for case in text.split("\n== ")[1:]:
        name, _, rest = case.partition("\n")
        source, _, expected = ("\n" + rest).partition("\n--\n")
        found.append((name, source.removeprefix("\n"), expected.strip("\n")))
    return found


def space(answer: AnswerSpace) -> str:
    if answer == AnswerSpace():
        return ""
    height = f"{answer.height_mm:.0f}mm" if answer.height_mm else ""
    scale = "-".join(map(str, answer.scale or ()))
    what = "fill" if answer.fill else answer.lines or height or scale
    return f" [{answer.kind} {what}".rstrip() + "]"


def notes(found: tuple[Note, ...], indent: str) -> list[str]:
    return [f"{indent}* {note.depth} {plain(note.text)}" for note in found]


def outline(question_set: QuestionSet) -> list[str]:
    lines = [f"set '{question_set.title}'"] if question_set.title != "Case" else []
    for theme in question_set.themes:
        minutes = f" {theme.minutes} min" if theme.minutes else ""
        lines.append(
            " | ".join([f"theme '{plain(theme.title)}'{minutes}", *map(plain, theme.intro)])
        )
        lines += notes(theme.notes, "  ")
        for question in theme.questions:
            more = "".join(f" #{tag}" for tag in question.tags)
            more += f" {question.minutes} min" if question.minutes else ""
            text = f"{plain(question.text)}{space(question.answer)}{more}"
            lines.append(f"  {question.number} {text}")
            lines += [f"    {more.depth} {plain(more.text)}" for more in question.followups]
            lines += notes(question.notes, "    ")
    return lines


def said(found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{each.severity} {each.line}: {each.message} ({each.hint})" for each in found]


@pytest.mark.parametrize(("source", "expected"), [pytest.param(s, e, id=n) for n, s, e in cases()])
def test_case(source: str, expected: str) -> None:
    try:
        reading = read(source, CASE)
        got = outline(reading.question_set) + said(reading.diagnostics)
    except SourceError as problem:
        got = said(problem.diagnostics)
    assert "\n".join(got) == expected


def test_the_shipped_set_is_four_themes_of_ten_questions() -> None:
    question_set, diagnostics = readers.read(ROOT / "source" / "mentor-questions.md")
    assert diagnostics == ()
    assert [plain(theme.title) for theme in question_set.themes] == [
        "To learn about failure",
        "To learn about success",
        "To learn about introspection",
        "To learn more about your mentor in general",
    ]
    numbers = [[question.number for question in theme.questions] for theme in question_set.themes]
    assert numbers == [list(range(start, start + 10)) for start in (1, 11, 21, 31)]
    assert plain(question_set.themes[3].questions[8].text) == (
        "When did you know you’d “made it” and were where you wanted to be?"
    )


def test_headings_read_the_same_as_plain_titles() -> None:
    source = (ROOT / "source" / "mentor-questions.md").read_text(encoding="utf-8")
    headed = "\n".join(
        f"## {line}\n" if line.startswith("To learn ") else line for line in source.split("\n")
    )
    plainly, with_headings = (read(text, CASE).question_set for text in (source, headed))
    assert outline(with_headings) == outline(plainly)


def test_front_matter_is_checked_and_the_rest_is_kept() -> None:
    source = (
        "---\ntitle: No\nsubtitle: 2024\nslug: /blog/A set!/\nlang: no\ndate: 2020-07-22\n"
        "author: Ann\npaper: letter\nworkbook: {edition: booklet}\n---\n1. Why?\n"
    )
    found = read(source, CASE).question_set
    assert (found.title, found.subtitle, found.lang, found.author) == ("No", "2024", "no", "Ann")
    assert (found.slug, found.date) == ("A-set", date(2020, 7, 22))
    assert (found.settings.paper, found.settings.workbook.edition) == ("letter", "booklet")


def test_inline_marks_become_spans() -> None:
    text = read("1. a *b* **c** `d` [e](https://x.org) [f](#g)\n", CASE).question_set
    assert text.themes[0].questions[0].text == (
        Span("a "),
        Span("b", emphasis=True),
        Span(" "),
        Span("c", strong=True),
        Span(" "),
        Span("d", code=True),
        Span(" "),
        Span("e", href="https://x.org"),
        Span(" f"),
    )


def test_control_characters_are_removed_with_a_warning_a_line() -> None:
    reading = read("1. a\x00b\x1b\n2. c\ufffe\n", CASE)
    assert outline(reading.question_set)[1:] == ["  1 ab", "  2 c"]
    assert said(reading.diagnostics) == [
        "warning 1: control characters were removed: U+0000, U+001B (delete them in the source)",
        "warning 2: control characters were removed: U+FFFE (delete them in the source)",
    ]


@pytest.mark.parametrize("mark", ["- ", "1. "])
def test_a_thousand_levels_are_cut_with_a_warning(mark: str) -> None:
    reading = read("- Why?\n- " + mark * 1000 + "a\n- How?\n", CASE)
    assert outline(reading.question_set)[1] == "  1 Why?"
    messages = [problem.message for problem in reading.diagnostics]
    assert "text that is nested deeper than this was left out" in messages


@given(
    st.text(alphabet=st.sampled_from("-*1.>#: \n\t`{}[]()<!&;=\"'\\_a—:::notes\x00"), max_size=200)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    for source in (text, f"---\n{text}\n---\n1. a", f"1. Why?\n{text}"):
        try:
            read(source, CASE)
        except SourceError as problem:
            assert problem.diagnostics


@given(
    st.text(
        st.characters(categories=["L", "N", "Po", "Pd"], exclude_characters="*\\&#!/:@.%-'\""),
        min_size=1,
    )
)
def test_text_without_markdown_survives(text: str) -> None:
    question_set = read(f"1. x{text}x\n", CASE).question_set
    assert plain(question_set.themes[0].questions[0].text) == f"x{text}x"


def test_choices_and_the_words_of_a_scale_are_asked_for_in_braces() -> None:
    source = (
        '1. Ready? {choices="Yes|No|Not sure"}\n'
        '2. Which? {choices="At home | At work" pick=many lines=2}\n'
        '3. How sure? {scale="1-5" from="not at all" to="fully"}\n'
    )
    first, second, third = read(source, CASE).question_set.themes[0].questions
    assert first.answer.choices == ("Yes", "No", "Not sure")
    assert (first.answer.pick_many, first.answer.lines) == (False, None)
    assert second.answer.choices == ("At home", "At work")
    assert (second.answer.pick_many, second.answer.lines) == (True, 2)
    assert (third.answer.scale, third.answer.scale_ends) == ((1, 5), ("not at all", "fully"))
