"""Word documents: as people write them, and the handout that we make."""

import io
import zipfile
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Listed
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office_files import (
    BULLETED,
    NUMBERED,
    STYLES,
    docx,
    level,
    listed,
    lists,
    par,
    run,
    table,
    zipped,
)

from generator import readers
from generator.diagnostics import Problems, SourceError
from generator.kit import find_sets
from generator.model import FollowUp, Question, QuestionSet, Span, Theme, plain
from generator.readers import package, word
from generator.readers.raw import Block, Kind, Mark, Source
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


def source(data: bytes) -> tuple[Source, list[str]]:
    """What the reader hands on, before anything is judged; and the messages."""
    problems = Problems(Path("set.docx"))
    found = word.read(data, problems)
    return found, [each.message for each in problems.found]


def blocks(body: str, **parts: str) -> list[Block]:
    return source(docx(body, **parts))[0].blocks


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


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


@pytest.mark.parametrize(("named", "author"), [("python-docx", ""), ("A. Person", "A. Person")])
def test_a_program_is_no_author(named: str, author: str, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Why?", style="List Number")
    document.core_properties.author = named
    document.save(tmp_path / "set.docx")
    assert readers.read(tmp_path / "set.docx").question_set.author == author


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


def test_links_are_kept_and_an_empty_table_is_nothing(tmp_path: Path) -> None:
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
    assert reading.diagnostics == ()


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


@pytest.mark.parametrize(
    ("content", "text"),
    {
        "insertion": ("<w:ins>" + run("Why?") + "</w:ins>", "Why?"),
        "move": ("<w:moveTo>" + run("Why?") + "</w:moveTo>", "Why?"),
        "deletion": (run("Why") + "<w:del><w:r><w:delText> not</w:delText></w:r></w:del>", "Why"),
        "moved away": (run("Why?") + "<w:moveFrom>" + run(" So?") + "</w:moveFrom>", "Why?"),
        "control": ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("Why?") + "</w:sdtContent></w:sdt>",
                    "Why?"),
        "smart tag": ("<w:smartTag><w:smartTag>" + run("Why?") + "</w:smartTag></w:smartTag>",
                      "Why?"),
        "custom XML": ("<w:customXml>" + run("Why?") + "</w:customXml>", "Why?"),
        "simple field": ('<w:fldSimple w:instr="PAGE">' + run("12?") + "</w:fldSimple>", "12?"),
        "instruction": (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
            + run("hidden") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Why?")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Why?",
        ),
        "ruby": ("<w:r><w:ruby><w:rt>" + run("x") + "</w:rt><w:rubyBase>" + run("Why?")
                 + "</w:rubyBase></w:ruby></w:r>", "Why?"),
        "alternatives": ("<mc:AlternateContent><mc:Choice>" + run("Why?")
                         + "</mc:Choice><mc:Fallback>" + run("Why?")
                         + "</mc:Fallback></mc:AlternateContent>", "Why?"),
        "raised": (run("x") + run("2", '<w:vertAlign w:val="superscript"/>'), "x²"),
        "raised letters": (run("1") + run("st", '<w:vertAlign w:val="superscript"/>'), "1st"),
        "lowered": (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "CO₂"),
        "fraction": ("<m:oMath><m:f><m:fPr/><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>"
                     "a+b</m:t></m:r></m:den></m:f></m:oMath>", "1/(a+b)"),
        "power": ("<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>k+1</m:t>"
                  "</m:r></m:sup></m:sSup></m:oMath>", "x^(k+1)"),
        "break": ("<w:r><w:t>Why</w:t><w:br/><w:t>not?</w:t></w:r>", "Why\nnot?"),
        "prompt": ("<w:r><w:t>Why?</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
                   "<w:sdtContent>" + run("Click here") + "</w:sdtContent></w:sdt>", "Why?"),
    }.values(),
)  # fmt: skip
def test_a_paragraph_has_the_text_that_word_shows(content: str, text: str) -> None:
    assert texts(par(content, "N")) == [text]


def test_what_can_be_chosen_from_is_boxes_to_tick() -> None:
    items = "".join(
        f'<w:listItem w:displayText="{text}" w:value="{value}"/>'
        for text, value in (("Choose an item.", ""), ("Daily", "d"), ("Never", "n"))
    )
    control = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{run('Choose an item.')}</w:sdtContent></w:sdt>"
    )
    found = blocks(par("How often?", "N") + par(control))
    assert [(each.text, each.mark) for each in found[1:]] == [
        ("Daily", Mark.BOX), ("Never", Mark.BOX),
    ]  # fmt: skip


def test_a_cover_page_has_the_title() -> None:
    cover = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Cover Pages"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{par('My title', 'Title')}</w:sdtContent></w:sdt>"
    )
    assert source(docx(cover + par("Why?", "N")))[0].title == "My title"


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert texts(par("Why ", "N", deleted) + par("not?", "N")) == ["Why not?"]
    assert texts(par("<w:del>" + run("Why?") + "</w:del>", "N", deleted) + par("How?")) == ["How?"]


def test_rows_that_were_deleted_and_columns_that_are_spanned() -> None:
    rows = table(["Question", "Notes"], ["Why?", "a"], ["How?", "b"])
    rows = rows.replace(
        '<w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">Why',
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>Why",
        1,
    )
    (block,) = blocks(rows.replace("</w:p></w:tc><w:tc>", "</w:p></w:tc><w:tc><w:tcPr>"
                                   '<w:gridSpan w:val="2"/></w:tcPr>'))  # fmt: skip
    assert [[plain(cell) for cell in row.cells] for row in block.rows] == [
        ["Question", "Notes", ""],
        ["How?", "b", ""],
    ]


def test_hidden_text_is_left_out_and_said_once() -> None:
    hidden = "<w:vanish/>"
    body = par(run("Why?") + run(" not", hidden), "N") + par(run("How?", hidden), "N")
    found, said = source(docx(body + par("When?", "N")))
    assert [(block.text, block.number) for block in found.blocks] == [("Why?", 1), ("When?", 3)]
    assert said == ["hidden text was left out in 2 paragraphs"]
    shown = par(run("Why?", '<w:vanish w:val="0"/>'), "N")
    assert source(docx(shown))[1] == []


def test_a_text_box_is_read_once_where_it_is_anchored() -> None:
    box = "<w:txbxContent>" + par("How?", "N") + "</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = par(run("Why?") + drawing, "N") + par("When?", "N")
    assert texts(body) == ["Why?", "How?", "When?"]


def test_footnotes_are_notes_to_their_paragraph() -> None:
    body = par(run("Why?") + '<w:r><w:footnoteReference w:id="3"/></w:r>', "N") + par("How?", "N")
    note = f'<w:footnote w:id="3">{par("Because.")}</w:footnote>'
    found = blocks(body, footnotes=note)
    assert [(block.text, block.note) for block in found] == [
        ("Why?", False), ("Because.", True), ("How?", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "based", "role"),
    [
        ("heading 2", "", (Kind.HEADING, 2)),
        ("Überschrift 1", "", (Kind.HEADING, 1)),
        ("Titre 3", "", (Kind.HEADING, 3)),
        ("見出し 1", "", (Kind.HEADING, 1)),
        ("Заголовок 2", "", (Kind.HEADING, 2)),
        ("My heading", "heading 2", (Kind.HEADING, 2)),
        ("Question 1", "", (Kind.PARAGRAPH, 0)),
        ("List Paragraph", "", (Kind.PARAGRAPH, 0)),
        ("Heading note", "", (Kind.PARAGRAPH, 0)),
    ],
)
def test_styles_are_headings_by_their_names(style: str, based: str, role: tuple[Kind, int]) -> None:
    under = '<w:basedOn w:val="U"/>' if based else ""
    styles = (
        f'<w:style w:type="paragraph" w:styleId="U"><w:name w:val="{based or "x"}"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="S"><w:name w:val="{style}"/>{under}</w:style>'
    )
    (block,) = blocks(par("Start", "S"), styles=styles)
    assert (block.kind, block.level) == role


def test_an_id_tells_a_heading_where_the_name_does_not() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="abc"/></w:style>'
    (block,) = blocks(par("Start", "berschrift2"), styles=styles)
    assert (block.kind, block.level) == (Kind.HEADING, 2)


def test_outline_levels_make_headings_and_take_them_away() -> None:
    body = par("Start", "", '<w:outlineLvl w:val="1"/>') + par(
        "No", "H1", '<w:outlineLvl w:val="9"/>'
    )
    assert [(block.kind, block.level) for block in blocks(body)] == [
        (Kind.HEADING, 2),
        (Kind.PARAGRAPH, 0),
    ]


def test_title_and_subtitle_are_the_documents_own() -> None:
    body = par("My", "Title") + par("title", "Title") + par("For you", "Subtitle")
    found = source(docx(body + par("Why?", "N") + par("Part two", "Title")))[0]
    assert (found.title, found.subtitle) == ("My title", "For you")
    assert [(block.kind, block.text) for block in found.blocks] == [
        (Kind.ITEM, "Why?"),
        (Kind.HEADING, "Part two"),
    ]


def test_lists_count_as_word_counts_them() -> None:
    numbering = lists(NUMBERED, BULLETED) + (
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="10"/></w:lvlOverride></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = (
        listed("1", 1) + listed("a", 1, 1) + listed("b", 1, 1) + listed("2", 1) + listed("a", 1, 1)
        + listed("10", 7) + listed("11", 7) + listed("12", 8) + par("<w:r/>", "", "<w:numPr>"
        '<w:numId w:val="1"/></w:numPr>') + listed("14", 1)
    )  # fmt: skip
    found = blocks(body, numbering=numbering)
    assert [str(each.number) for each in found if each.mark is Mark.NUMBER] == [
        each.text for each in found if each.mark is Mark.NUMBER
    ]
    assert [each.indent for each in found][:3] == [0, 4, 4]


@pytest.mark.parametrize(
    ("form", "text", "more", "mark", "number"),
    [
        ("decimal", "%1.", "", Mark.NUMBER, 1),
        ("decimal", "Question %1:", "", Mark.NUMBER, 1),
        ("lowerRoman", "%1.", "", Mark.ROMAN, 1),
        ("upperLetter", "%1)", "", Mark.CAPITAL, None),
        ("decimal", "–", "", Mark.BULLET, None),
        ("bullet", "\uf0b7", "", Mark.BULLET, None),
        ("bullet", "☐", "", Mark.BOX, None),
        ("bullet", "o", "", Mark.BULLET, None),
        ("bullet", "o", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>', Mark.BOX, None),
    ],
)
def test_marks_of_lists(form: str, text: str, more: str, mark: Mark, number: int | None) -> None:
    (block,) = blocks(listed("Why?", 1), numbering=lists(level(0, form, text, more)))
    assert (block.kind, block.mark, block.number) == (Kind.ITEM, mark, number)


def test_a_level_that_shows_nothing_makes_no_item() -> None:
    (block,) = blocks(listed("Why?", 1), numbering=lists(level(0, "none", "")))
    assert block.kind is Kind.PARAGRAPH


def test_numbers_and_levels_of_lists_are_inherited_apart() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="N"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = par("Why?", "N") + par("So?", "Sub") + par("No item", "N", none)
    assert [(each.kind, each.indent) for each in blocks(body, styles=styles)] == [
        (Kind.ITEM, 0), (Kind.ITEM, 4), (Kind.PARAGRAPH, 0),
    ]  # fmt: skip


def test_an_indent_by_hand_puts_bullets_under_each_other_but_not_numbers() -> None:
    right = '<w:ind w:left="1440"/>'
    body = listed("Why?", 2) + listed("So?", 2, 0, right)
    assert [each.indent for each in blocks(body)] == [0, 2]
    body = listed("Why?", 1) + listed("How?", 1, 0, right)
    assert [each.indent for each in blocks(body)] == [0, 0]


def test_lists_of_contents_are_not_read() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    start = field.format("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
    body = (
        par(start + field.format("separate") + run("Why? 3")) + par("How? 4")
        + par(field.format("end")) + par("When? 5", "C")
        + par('<w:hyperlink w:anchor="_Toc1">' + run("Who? 6") + "</w:hyperlink>")
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        + f"</w:docPartObj></w:sdtPr><w:sdtContent>{par('What? 7')}</w:sdtContent></w:sdt>"
        + par("Where?", "N")
    )  # fmt: skip
    contents = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 2"/></w:style>'
    (block,) = blocks(body, styles=STYLES + contents)
    assert (block.text, block.line) == ("Where?", 7)


def test_a_table_for_the_layout_is_read_in_its_place() -> None:
    body = table([par("Start", "H1") + par("Why?", "N"), par("End", "H1") + par("How?", "N")])
    assert texts(body) == ["Start", "Why?", "End", "How?"]
    grid = table(["Start", "End"], [par("Why?", "N") + par("So?", "N"), par("How?", "N")])
    assert texts(grid) == ["Start", "Why?", "So?", "End", "How?"]
    named = table(["Question", "Hints"], ["Why?", par("a", "B") + par("b", "B")])
    assert [each.kind for each in blocks(named)] == [Kind.TABLE]


def test_automatic_numbers_are_text_in_cells() -> None:
    (block,) = blocks(table(["No.", "Question"], [par("<w:r/>", "N"), par("Why?")],
                            [par("<w:r/>", "N"), par("How?")]))  # fmt: skip
    assert [row.texts[0] for row in block.rows] == ["No.", "1.", "2."]


def test_pictures_and_embedded_documents_are_named() -> None:
    body = par('<w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r>') + par("Why?", "N")
    found, said = source(docx(body + "<w:altChunk/>"))
    assert [each.text for each in found.blocks] == ["Why?"]
    assert said == ["an image was left out", "an embedded document was left out"]


def test_the_part_with_the_text_is_found_by_its_relation() -> None:
    assert texts(par("Why?", "N"), name="document2") == ["Why?"]


def test_strict_documents_are_read() -> None:
    strict = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main":
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip
    files = {}
    with zipfile.ZipFile(io.BytesIO(docx(par("Start", "H1") + par("Why?", "N")))) as made:
        for name in made.namelist():
            files[name] = made.read(name)
            for old, new in strict.items():
                files[name] = files[name].replace(old, new)
    found = source(zipped({name: data.decode() for name, data in files.items()}))[0]
    assert [each.kind for each in found.blocks] == [Kind.HEADING, Kind.ITEM]


@pytest.mark.parametrize(
    ("body", "message"),
    {
        "entities": ("<!DOCTYPE a>", "has a document type"),
        "nested": ("<w:sdt><w:sdtContent>" * 5_000, "is not a Word document"),
        "open": ("<w:p>", "is not a Word document"),
    }.values(),
    ids=["entities", "nested", "open"],
)
def test_what_no_word_processor_writes_is_refused(body: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        source(docx(body))


def test_entities_are_refused_in_any_encoding() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(par("Why?", "N")))) as made:
        files = {name: made.read(name) for name in made.namelist()}
    text = files["word/document.xml"].decode()
    bomb = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY a "aaaa">]>' + text
    files["word/document.xml"] = bomb.encode("utf-16")
    with pytest.raises(SourceError, match="has a document type"):
        source(zipped(files))


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("UNPACKED", "LARGEST_TEXT"):
        with monkeypatch.context() as patched, pytest.raises(SourceError, match="unpacks to more"):
            patched.setattr(package, limit, 10_000)
            source(docx("<w:p/>" * 10_000))


def test_a_document_with_a_password_or_of_old_word_is_named() -> None:
    with pytest.raises(SourceError, match="password") as caught:
        source(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert "save it as .docx" in str(caught.value)


def test_many_empty_paragraphs_take_no_time_each() -> None:
    """Not timed: where each looked at all before it, this would take minutes."""
    found = blocks("<w:p/>" * 100_000 + par("Why?", "N"))
    assert [each.text for each in found] == ["Why?"]


def handout_of(*lines: str) -> bytes:
    """A handout as we make them, with paragraphs that somebody added under its question."""
    names = ("Question", "Hint", "Theme Intro", "Answer", "Notes", "Follow-up 1", "Choice")
    based = '<w:basedOn w:val="N"/>'
    styles = STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f"{based if name == 'Question' else ''}</w:style>"
        for name in names
    )
    body = par("Start", "H1") + par("Think first.") + par("☐ Yes or no", "Question")
    hint = par("Tick.", "Hint")
    return docx(hint + body + "".join(lines) + par("How?", "Question"), styles=styles)


def test_our_own_handout_is_read_by_its_styles_and_not_judged() -> None:
    lines = par("At home", "Follow-up 1") + par("☐ Often", "Choice") + par("☐ Never", "Choice")
    found, said = source(handout_of(lines))
    assert found.themes is not None
    ((title, intro, questions),) = [
        (plain(each.title), [plain(text) for text in each.intro], each.questions)
        for each in found.themes
    ]
    assert (title, intro, said) == ("Start", ["Think first."], [])
    assert [(each.number, plain(each.text), each.choices) for each in questions] == [
        (1, "Yes or no", ["Often", "Never"]),
        (2, "How?", []),
    ]
    assert questions[0].followups == [FollowUp((Span("At home"),))]


def test_what_participants_wrote_in_a_handout_is_never_taken_for_text() -> None:
    found, said = source(
        handout_of(
            par("Because I ask.", "Answer"), par("1 2 3", "Answer"), par("Notes", "Notes"),
            par("Pasted from a mail: what now?"), listed("a list", 2), par("", "Answer"),
            table([par("My heading", "H1"), "In a cell?"], ["Question", "x"]),
            "<w:sdt><w:sdtPr/><w:sdtContent>" + par("In a field.") + "</w:sdtContent></w:sdt>",
        )
    )  # fmt: skip
    assert found.themes is not None
    (theme,) = found.themes
    assert [plain(each.text) for each in theme.questions] == ["Yes or no", "How?"]
    assert not any(each.followups or each.notes or each.choices for each in theme.questions)
    assert said == ["text that was written under the questions of this handout was left out"]
    assert source(handout_of(par("1 2 3", "Answer"), par("Notes", "Notes")))[1] == []


def test_a_document_with_our_styles_but_no_question_in_them_is_judged_like_any_other() -> None:
    styles = STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
        for name in ("Question", "Hint")
    )
    assert texts(par("Why?", "N"), styles=styles) == ["Why?"]


def test_a_lock_of_word_is_no_set(tmp_path: Path) -> None:
    for name in ("a.docx", "~$a.docx"):
        (tmp_path / name).write_bytes(docx(par("Why?", "N")))
    assert [path.name for path in find_sets([tmp_path])] == ["a.docx"]


def test_a_script_and_what_is_signed_make_no_themes_and_no_questions(tmp_path: Path) -> None:
    script = par("[Welcome all.]") + par("Q1. Why?") + par("Probe: mornings") + par("Q2. How?")
    (tmp_path / "a.docx").write_bytes(docx(par("A talk", "H1") + script))
    assert outline(tmp_path / "a.docx") == [("A talk", [(1, "Why?", []), (2, "How?", [])])]
    form = table(["1.", "Why?", ""], ["2.", "How?", ""]) + par("Signature: .........")
    (tmp_path / "b.docx").write_bytes(docx(form))
    assert [len(questions) for _, questions in outline(tmp_path / "b.docx")] == [2]
