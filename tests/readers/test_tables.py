"""Tables: the same set as Markdown, CSV and a spreadsheet; and tables as people keep them."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook

from generator import readers
from generator.diagnostics import SourceError
from generator.model import QuestionSet, plain
from generator.readers import package as opened
from generator.readers import sheet as spreadsheet

MARKDOWN = """\
## First

An intro with *emphasis*.

7. Why, `code`? {lines=4 tags="goals, start" minutes=5}
   - And then?
     - Really?
   - Or else?

   ::: notes
   Say this:

   1. one
   :::
9. How, [link](https://example.org)? {box="7cm"}

## Second

10. When? {answer=none}
"""
PLAIN = (
    MARKDOWN.replace("*emphasis*", r"\*emphasis\*").replace("`code`", r"\`code\`")
    .replace("[link](https://example.org)", r"\<b>a_b_c\</b> \[1](b)")
)  # fmt: skip
"""The same set whose texts look like mark-up and are none, as in cells."""
TABLE = [
    ["Theme", "Number", "QUESTION", "Follow-up", "Notes", "Answer", "Minutes", "Tags", "Intro"],
    ["First", 7, "Why, `code`?", "- And then?\n  - Really?\n- Or else?", "Say this:\n\n1. one",
     "lines=4", 5, "goals, start", "An intro with *emphasis*."],
    [None, 9.0, "How, <b>a_b_c</b> [1](b)?", None, None, "box=7cm", None, None, None],
    ["Second", 10, "When?", None, None, "none", None, None, None],
]  # fmt: skip


def sheet(rows: list[list[object]], path: Path) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "table", "text", "style")
}


def ods(sheets: dict[str, str], path: Path, styles: str = "") -> Path:
    """A spreadsheet of OpenDocument, of the XML of each of its tables."""
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMES.items())
    tables = "".join(
        f'<table:table table:name="{n}"{xml}</table:table>' for n, xml in sheets.items()
    )
    content = (
        f"<office:document-content {declared}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path.write_bytes(package({"content.xml": content.encode()}))
    return path


def ods_row(*cells: object, more: str = "") -> str:
    """The XML of a row; a line break begins a paragraph."""
    made = "".join(
        "<table:table-cell>"
        + "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
        + "</table:table-cell>"
        if cell is not None
        else "<table:table-cell/>"
        for cell in cells
    )
    return f"<table:table-row{more}>{made}</table:table-row>"


def csv_of(rows: list[list[object]], path: Path, delimiter: str = ",") -> Path:
    def quoted(cell: object) -> str:
        return "" if cell is None else '"' + str(cell).replace('"', '""') + '"'

    lines = [delimiter.join(map(quoted, row)) for row in rows]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")
    return path


def bare(question_set: QuestionSet) -> QuestionSet:
    """Without what a format cannot share: its lines and its path."""
    themes = tuple(
        replace(theme, line=0, questions=tuple(replace(q, line=0) for q in theme.questions))
        for theme in question_set.themes
    )
    return replace(question_set, themes=themes, path=Path("x"), setting_lines={})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_says_what_markdown_says(delimiter: str, tmp_path: Path) -> None:
    (tmp_path / "set.md").write_text(PLAIN, encoding="utf-8")
    rows = [[f"{c:.0f}" if isinstance(c, float) else c for c in row] for row in TABLE]
    expected = bare(readers.read(tmp_path / "set.md").question_set)
    assert (
        bare(readers.read(csv_of(rows, tmp_path / "set.csv", delimiter)).question_set) == expected
    )
    assert bare(readers.read(sheet(TABLE, tmp_path / "set.xlsx")).question_set) == expected
    written = ods({"Sheet1": ">" + "".join(ods_row(*row) for row in rows)}, tmp_path / "set.ods")
    assert bare(readers.read(written).question_set) == expected
    assert [len(theme.questions) for theme in expected.themes] == [2, 1]


def titles(path: Path) -> list[tuple[str, list[str]]]:
    themes = readers.read(path).question_set.themes
    return [(plain(t.title), [plain(q.text) for q in t.questions]) for t in themes]


def test_a_table_without_names_has_questions_or_themes_and_questions(tmp_path: Path) -> None:
    one = csv_of([["Why?"], [None], ["How?"]], tmp_path / "one.csv")
    assert titles(one) == [("One", ["Why?", "How?"])]
    two = csv_of(
        [["A", "Why?"], [None, "How?"], ["B", "When?"], ["A", "Who?"]], tmp_path / "two.csv"
    )
    assert titles(two) == [("A", ["Why?", "How?", "Who?"]), ("B", ["When?"])]
    prompts = csv_of([["A", "One thing"], [None, "Another"]], tmp_path / "prompts.csv")
    assert titles(prompts) == [("A", ["One thing", "Another"])]
    three = csv_of([["A", "One thing", "x"]], tmp_path / "three.csv")
    with pytest.raises(SourceError, match="no column is named 'Question', and none asks"):
        readers.read(three)


@pytest.mark.parametrize(
    "names", ["Thema;Frage", "Thème;Question", "Tema;Pregunta", "tema;PERGUNTA"]
)
def test_columns_are_named_in_our_languages(names: str, tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(f"{names}\nA;Why?\n", encoding="utf-8")
    assert titles(path) == [("A", ["Why?"])]


def test_a_row_without_a_question_adds_to_the_one_above(tmp_path: Path) -> None:
    rows = [["Question", "Follow-up", "Notes", "Mood"], ["Why?", "So?", None, "x"]]
    reading = readers.read(csv_of([*rows, [None, "And?", "Wait."]], tmp_path / "set.csv"))
    (question,) = reading.question_set.themes[0].questions
    assert [plain(more.text) for more in question.followups] == ["So?", "And?"]
    assert [plain(note.text) for note in question.notes] == ["Wait."]
    assert [found.message for found in reading.diagnostics] == ["the column 'Mood' is not read"]


def test_an_odd_cell_is_said_with_its_row_and_stops_nothing(tmp_path: Path) -> None:
    rows = [["Question", "Number", "Minutes", "Follow-up", "Answer"], [None, None, None, "So?"]]
    rows += [["Why?", 4, None], ["How?", "x", "long", None, "lines=0"], ["When?", 9, "short"]]
    reading = readers.read(csv_of(rows, tmp_path / "set.csv"))
    assert [(found.severity, found.line, found.message) for found in reading.diagnostics] == [
        ("warning", 2, "no question precedes this, so it is left out"),
        ("warning", 4, "'x' is no number; the question is counted"),
        ("warning", 4, "lines=0 is not a valid value; it is left out"),
        ("warning", 4, "'long' is no number of minutes and is left out"),
    ]
    (theme,) = reading.question_set.themes
    assert [(q.number, q.minutes) for q in theme.questions] == [(4, None), (5, None), (9, None)]


def test_a_formula_gives_nothing_but_its_saved_value(tmp_path: Path) -> None:
    path = sheet([["Question"], ["=HYPERLINK(1)"], ["Why?"]], tmp_path / "set.xlsx")
    assert titles(path) == [("Set", ["Why?"])]


def test_a_cell_at_the_far_end_of_a_sheet_does_not_make_it_vast(tmp_path: Path) -> None:
    """Not timed: with all the cells between, this would take many minutes."""
    book = Workbook()
    book.active.append(["Question"])
    book.active.append(["Why?"])
    book.active.cell(1_048_576, 16_384, "far away")
    book.save(tmp_path / "set.xlsx")
    assert titles(tmp_path / "set.xlsx") == [("Set", ["Why?"])]
    (note,) = readers.read(tmp_path / "set.xlsx").diagnostics
    assert note.message == "columns after the first 100 of the sheet 'Sheet' are not read"


def package(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


DOCTYPE = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
BROKEN = {
    "is not a spreadsheet": b"not a zip",
    "is not a spreadsheet, or is damaged": package({"a.xml": b"<a/>"}),
    "has a document type": package({"xl/workbook.xml": DOCTYPE}),
    "unpacks to more than 1 MB": package({"a.xml": bytes(1_000_001)}),
}


@pytest.mark.parametrize("message", BROKEN)
def test_a_broken_or_hostile_spreadsheet_is_a_clear_error(
    message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "UNPACKED", 1_000_000)
    (tmp_path / "set.xlsx").write_bytes(BROKEN[message])
    with pytest.raises(SourceError, match=message):
        readers.read(tmp_path / "set.xlsx")


def messages(path: Path) -> list[str]:
    return [found.message for found in readers.read(path).diagnostics]


def test_what_is_hidden_is_left_out_and_said(tmp_path: Path) -> None:
    book = Workbook()
    for row in [["Question", "Notes", "Owner"], ["Why?", "n", "x"], ["Old?", "o", "y"]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Lists").append(["Question"])
    book["Lists"].sheet_state = "hidden"
    book.save(tmp_path / "set.xlsx")
    styles = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    )
    collapsed = ' table:visibility="collapse"'
    columns = f"<table:table-column/><table:table-column{collapsed}/>"
    rows = ods_row("Question", "Notes", "Owner") + ods_row("Why?", "n", "x")
    sheets = {
        "Sheet": f">{columns}{rows}{ods_row('Old?', 'o', 'y', more=collapsed)}",
        "Lists": f' table:style-name="h">{ods_row("Question")}',
    }
    for path in (tmp_path / "set.xlsx", ods(sheets, tmp_path / "set.ods", styles)):
        assert titles(path) == [("Set", ["Why?"])]
        assert sorted(messages(path))[:4] == [
            "hidden columns of the sheet 'Sheet' are left out: 1",
            "hidden rows of the sheet 'Sheet' are left out: 1",
            "the column 'Owner' is not read",
            "the sheet 'Lists' is hidden and is left out",
        ]


@pytest.mark.parametrize("style", ["yyyy-mm-dd", "mm-dd-yy", '"day" d'])
def test_cells_of_other_kinds_are_texts(style: str, tmp_path: Path) -> None:
    """One of the formats of dates is built in, and has a number alone."""
    book = Workbook()
    for row in [["Question", "Answer"], ["When?", date(2026, 1, 31)], ["How?", 2.0], ["So?", True]]:
        book.active.append(row)
    book.active["B2"].number_format = style
    book.active["B3"].number_format = '0 "days"'
    book.save(tmp_path / "set.xlsx")
    notes = [q.notes for q in readers.read(tmp_path / "set.xlsx").question_set.themes[0].questions]
    assert [plain(note.text) for (note,) in notes] == ["2026-01-31", "2", "TRUE"]


def test_a_formula_without_a_saved_value_is_said(tmp_path: Path) -> None:
    path = sheet([["Question"], ["=A1"], ["Why?"]], tmp_path / "set.xlsx")
    assert "formulas of the sheet 'Sheet' without a saved value: 1" in messages(path)
    path = sheet([["Question"], ["=A1"], ["=A2"], ["Why?"]], tmp_path / "set.xlsx")
    assert "formulas of the sheet 'Sheet' without a saved value: 2" in messages(path)


def test_readings_above_characters_are_no_text(tmp_path: Path) -> None:
    """As Japanese spreadsheets have them, and texts in several styles."""
    good = sheet([["Question"], ["Why?"]], tmp_path / "set.xlsx")
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = b"<t>Why?</t>"
    runs = "<r><t>何が</t></r><r><t>?</t></r><rPh sb='0' eb='1'><t>ナニ</t></rPh>".encode()
    name = next(name for name, data in parts.items() if old in data)
    good.write_bytes(package({**parts, name: parts[name].replace(old, runs)}))
    assert titles(good) == [("Set", ["何が?"])]


def test_rows_that_one_entry_stands_for_are_bounded(tmp_path: Path) -> None:
    many = ' table:number-rows-repeated="1000000000"'
    path = ods({"A": ">" + ods_row("Question") + ods_row("Why?", more=many)}, tmp_path / "set.ods")
    assert len(titles(path)[0][1]) == 1000
    assert "a row is repeated 1000000000 times; 1000 are read" in messages(path)
    empty = ods({"A": ">" + ods_row("Question") + ods_row("", more=many) + ods_row("Why?")}, path)
    assert titles(empty) == [("A", ["Why?"])]


def test_one_long_text_for_many_cells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "LARGEST", 1_000)
    long = ods_row("Why? " * 10, more=' table:number-rows-repeated="30"')
    with pytest.raises(SourceError, match="is not a spreadsheet, or is damaged"):
        readers.read(ods({"A": ">" + ods_row("Question") + long}, tmp_path / "set.ods"))


def test_a_table_may_be_longer_than_what_is_sampled(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Nr", "Thema", "Frage"]]
    rows += [[n, f"T{n // 100}", f"Warum {n}?"] for n in range(1, 1000)]
    found = readers.read(csv_of(rows, tmp_path / "set.csv")).question_set
    assert [q.number for theme in found.themes for q in theme.questions] == list(range(1, 1000))
    assert [len(theme.questions) for theme in found.themes] == [99] + [100] * 9
