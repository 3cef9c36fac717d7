"""OpenDocument texts, as LibreOffice writes them."""

from pathlib import Path

import pytest
from office_files import ODT_STYLES, odt

from generator.diagnostics import Problems, SourceError
from generator.model import Span, plain
from generator.readers import odt as reader
from generator.readers.raw import Kind, Mark, Source


def source(data: bytes) -> tuple[Source, list[str]]:
    problems = Problems(Path("set.odt"))
    found = reader.read(data, problems)
    return found, [each.message for each in problems.found]


def texts(body: str) -> list[str]:
    return [block.text for block in source(odt(body))[0].blocks]


def test_headings_lists_tables_and_hidden_text() -> None:
    found, said = source(odt())
    assert found.title == "A set"
    assert [
        (each.kind, each.text, each.mark, each.number, each.indent) for each in found.blocks[1:4]
    ] == [
        (Kind.ITEM, "Why?", Mark.NUMBER, 1, 0),
        (Kind.ITEM, "At home?", Mark.BULLET, None, 4),
        (Kind.ITEM, "How so?", Mark.NUMBER, 7, 0),
    ]
    assert (found.blocks[0].kind, found.blocks[0].level) == (Kind.HEADING, 1)
    assert found.blocks[3].spans == (Span("How "), Span("so", strong=True), Span("?"))
    assert said == ["hidden text was left out"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Why <text:span>not</text:span>?", "Why not?"),
        ("Why\n     not?", "Why not?"),
        ('a<text:s text:c="3"/>b', "a   b"),
        ("Why<text:line-break/>not?", "Why\nnot?"),
        ("Why?<office:annotation><text:p>Hm.</text:p></office:annotation>", "Why?"),
        ('Why<text:change-start text:change-id="c"/> not<text:change-end/>?', "Why not?"),
        ("<text:ruby><text:ruby-base>Why</text:ruby-base><text:ruby-text>x</text:ruby-text>"
         "</text:ruby>?", "Why?"),
        ("Why?<text:placeholder>&lt;name&gt;</text:placeholder>", "Why?"),
    ],
)  # fmt: skip
def test_a_paragraph_has_the_text_that_is_shown(content: str, text: str) -> None:
    assert texts(f"<text:p>{content}</text:p>") == [text]


def test_deletions_and_lists_of_contents_are_not_read() -> None:
    deleted = "<text:tracked-changes><text:p>No?</text:p></text:tracked-changes>"
    contents = "<text:table-of-content><text:p>Why? 3</text:p></text:table-of-content>"
    assert texts(f"{deleted}{contents}<text:p>Why?</text:p>") == ["Why?"]


def test_text_boxes_and_notes_stand_after_their_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>How?</text:p></draw:text-box></draw:frame>"
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>So.</text:p>"
    )
    found = source(odt(f"<text:p>Why{note}</text:note-body></text:note>?{box}</text:p>"))[0].blocks
    assert [(each.text, each.note) for each in found] == [
        ("Why?", False), ("So.", True), ("How?", False),
    ]  # fmt: skip


def item(text: str, more: str = "") -> str:
    return f"<text:list-item{more}><text:p>{text}</text:p></text:list-item>"


def test_a_list_goes_on_counting_only_where_it_says_so() -> None:
    def listed(text: str, more: str = "") -> str:
        return f'<text:list text:style-name="L1"{more}>{item(text)}</text:list>'

    named = ' xml:id="one"'
    body = (
        listed("a", named) + listed("b") + listed("c", ' text:continue-numbering="true"')
        + listed("d", ' text:continue-list="one"') + listed("e", ' text:continue-list="gone"')
    )  # fmt: skip
    found = source(odt(body))[0].blocks
    assert [each.number for each in found] == [1, 1, 2, 2, 3]


def test_further_paragraphs_of_an_item_belong_to_it() -> None:
    body = (
        '<text:list text:style-name="L1"><text:list-item><text:p>Why?</text:p><text:p>So.</text:p>'
        "</text:list-item><text:list-header><text:p>Head</text:p></text:list-header></text:list>"
    )
    assert [(each.kind, each.inside) for each in source(odt(body))[0].blocks] == [
        (Kind.ITEM, False), (Kind.PARAGRAPH, True), (Kind.PARAGRAPH, True),
    ]  # fmt: skip


def test_fields_are_boxes_and_choices() -> None:
    mark = '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"/>'
    control = (
        '<loext:content-control loext:showing-place-holder="true"><loext:list-item '
        'loext:display-text="Daily"/>Choose an item.</loext:content-control>'
    )
    found = source(odt(f"<text:p>{mark} Yes {mark} No</text:p><text:p>{control}</text:p>"))[0]
    assert [(each.text, each.mark) for each in found.blocks] == [
        ("Yes", Mark.BOX), ("No", Mark.BOX), ("Daily", Mark.BOX),
    ]  # fmt: skip


def test_tables_are_rows_of_cells() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{cell.format(first)}{cell.format(second)}</table:table-row>"
        for first, second in (("Question", "Notes"), ("Why?", "a"))
    )
    spanned = rows.replace("</table:table-cell><table", "</table:table-cell>"
                           "<table:covered-table-cell/><table")  # fmt: skip
    (block,) = source(odt(f"<table:table>{spanned}</table:table>"))[0].blocks
    assert [[plain(each) for each in row.cells] for row in block.rows] == [
        ["Question", "", "Notes"], ["Why?", "", "a"],
    ]  # fmt: skip


def test_styles_inherit_and_one_that_is_based_on_itself_is_no_endless_search() -> None:
    styles = ODT_STYLES + (
        '<style:style style:name="Heading_20_2" style:family="paragraph"/>'
        '<style:style style:name="P2" style:family="paragraph" '
        'style:parent-style-name="Heading_20_2"/>'
        '<style:style style:name="X" style:family="paragraph" style:parent-style-name="X"/>'
    )
    body = '<text:p text:style-name="P2">Start</text:p><text:p text:style-name="X">Why?</text:p>'
    found = source(odt(body, styles))[0].blocks
    assert [(each.kind, each.level) for each in found] == [(Kind.HEADING, 2), (Kind.PARAGRAPH, 0)]


def test_what_is_no_text_document_is_refused() -> None:
    for data in (b"PK", odt("<text:p>")):
        with pytest.raises(SourceError, match="is not a text document of LibreOffice"):
            source(data)
