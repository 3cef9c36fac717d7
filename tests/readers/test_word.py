"""Word documents: as people write them, and the handout that we make."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Listed
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator import readers
from generator.errors import SourceError
from generator.model import FollowUp, Question, QuestionSet, Span, Theme, plain
from generator.writers import Context, handout


def outline(path: Path) -> list[tuple[str, list[tuple[int, str, list[tuple[int, str]]]]]]:
    return [
        (
            plain(theme.title),
            [
                (q.number, plain(q.text), [(f.depth, plain(f.text)) for f in q.followups])
                for q in theme.questions
            ],
        )
        for theme in readers.read(path).question_set.themes
    ]


def test_headings_are_themes_and_items_are_questions(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("My title", 0)
    document.add_heading("First", 1)
    document.add_paragraph("An introduction.")
    document.add_paragraph("Why?", style="List Number")
    document.add_paragraph("And then?", style="List Bullet 2")
    document.add_paragraph("Really?", style="List Bullet 3")
    document.add_paragraph("How? {lines=4 minutes=5}", style="List Number")
    document.add_heading("Second", 1)
    document.add_paragraph("When?", style="List Bullet")
    document.core_properties.language = "de-AT"
    document.save(tmp_path / "set.docx")
    assert outline(tmp_path / "set.docx") == [
        ("First", [(1, "Why?", [(1, "And then?"), (2, "Really?")]), (2, "How?", [])]),
        ("Second", [(3, "When?", [])]),
    ]
    question_set = readers.read(tmp_path / "set.docx").question_set
    assert (question_set.title, question_set.lang) == ("My title", "de-AT")
    assert [plain(text) for text in question_set.themes[0].intro] == ["An introduction."]
    how = question_set.themes[0].questions[1]
    assert (how.answer.lines, how.minutes) == (4, 5)


def test_styles_of_runs_are_kept_and_text_is_no_markdown(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Is *this* ", style="List Number")
    paragraph.add_run("really").italic = True
    paragraph.add_run(" <b>")
    paragraph.add_run("so").bold = True
    code = paragraph.add_run("x_y_z")
    code.font.name = "Courier New"
    document.save(tmp_path / "set.docx")
    (theme,) = readers.read(tmp_path / "set.docx").question_set.themes
    assert theme.questions[0].text == (
        Span("Is *this* "),
        Span("really", emphasis=True),
        Span(" <b>"),
        Span("so", strong=True),
        Span("x_y_z", code=True),
    )


def test_plain_lines_over_lists_are_themes_here_too(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("To *begin*")
    document.add_paragraph("Why?", style="List Bullet")
    document.add_paragraph("To end")
    document.add_paragraph("How?", style="List Bullet")
    document.save(tmp_path / "set.docx")
    assert [title for title, _ in outline(tmp_path / "set.docx")] == ["To *begin*", "To end"]


def test_tables_and_images_are_named_and_links_kept(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("See ", style="List Number")
    relation = document.part.relate_to(
        "https://example.org/a",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}">'
            "<w:r><w:t>this</w:t></w:r></w:hyperlink>"
        )
    )
    document.add_table(1, 1)
    document.save(tmp_path / "set.docx")
    reading = readers.read(tmp_path / "set.docx")
    assert reading.question_set.themes[0].questions[0].text == (
        Span("See "),
        Span("this", href="https://example.org/a"),
    )
    assert [found.message for found in reading.diagnostics] == ["a table was left out"]


def test_our_own_handout_is_read_back(shipped_kit: Path, listed: list[Listed]) -> None:
    found = outline(shipped_kit / "mentor-questions-handout.docx")
    assert [(title, [(n, text) for n, text, _ in questions]) for title, questions in found] == [
        (theme.title, theme.questions) for theme in listed
    ]


def test_numbers_with_gaps_and_restarts_are_counted_as_word_does(tmp_path: Path) -> None:
    def theme(place: int, *numbers: int) -> Theme:
        questions = tuple(Question(n, (Span(f"Question {n}?"),), n) for n in numbers)
        return Theme(place, (Span(f"Theme {place}"),), 1, questions)

    first = theme(1, 117, 118, 120)
    follow = (FollowUp((Span("So?"),)), FollowUp((Span("Really?"),), 2))
    first = replace(
        first, questions=(replace(first.questions[0], followups=follow), *first.questions[1:])
    )
    made = QuestionSet("Gaps", "gaps", (first, theme(2, 1, 2)), Path("gaps.md"))
    path = tmp_path / "gaps.docx"
    path.write_bytes(handout.write(handout.plan(made, Context())).data)
    found = outline(path)
    assert [[number for number, _, _ in questions] for _, questions in found] == [
        [117, 118, 120],
        [1, 2],
    ]
    assert found[0][1][0][2] == [(1, "So?"), (2, "Really?")]


def test_a_table_with_a_column_of_questions_is_read_like_a_sheet(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Goals", 1)
    rows = [
        ("No.", "Question", "Follow-up", "Answer", "Tags"),
        ("3", "Is 2 * 3 <b>six</b>?", "Why?\nHow?", "{lines=6}", "first_meeting"),
    ]
    table = document.add_table(0, 5)
    for row in [*rows, ("", "Who?", "", "", "")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text.split("\n")[0]
            for line in text.split("\n")[1:]:
                cell.add_paragraph(line)
    document.save(str(tmp_path / "set.docx"))
    assert outline(tmp_path / "set.docx") == [
        ("Goals", [(3, "Is 2 * 3 <b>six</b>?", [(1, "Why?"), (1, "How?")]), (4, "Who?", [])])
    ]
    question = readers.read(tmp_path / "set.docx").question_set.themes[0].questions[0]
    assert (question.answer.lines, question.tags) == (6, ("first_meeting",))


def test_a_broken_document_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "set.docx").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(SourceError, match="is not a Word document"):
        readers.read(tmp_path / "set.docx")


def test_many_items_and_many_runs_are_read(tmp_path: Path) -> None:
    """Not timed: where each looked through all styles, this would take half a minute."""
    document = Document()
    item = document.add_paragraph("Why?", style="List Bullet")
    for _ in range(3_000):
        item._p.addnext(deepcopy(item._p))
    for _ in range(1_000):
        item.add_run(" And?")
    document.save(str(tmp_path / "set.docx"))
    assert readers.read(tmp_path / "set.docx").question_set.question_count == 3_001


def test_a_style_that_is_based_on_itself_is_no_endless_search(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Why?", style="List Bullet")
    document.add_paragraph("Words.", style="Quote")
    quote = document.styles["Quote"]
    quote.base_style = quote
    document.save(str(tmp_path / "set.docx"))
    assert outline(tmp_path / "set.docx") == [("Set", [(1, "Why?", [])])]
