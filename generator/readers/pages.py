"""The common part of Word and OpenDocument text: makes blocks of paragraphs and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from generator.diagnostics import Problems
from generator.model import Inline, Span, plain
from generator.readers import inline, lines
from generator.readers.attributes import NOTHING
from generator.readers.front_matter import FrontMatter
from generator.readers.marks import Marks
from generator.readers.own_handout import OwnHandout, is_ours
from generator.readers.raw import BULLETS, Block, Kind, Line, Mark, Row, Source
from generator.readers.styles import Style
from generator.readers.table_header import HEADER_WITHIN, names_questions

Element = etree._Element

COLUMN = 360
"""Twips that count as one column of text."""
INDENT = 2 * COLUMN
"""Default indent in twips of the first level of a list."""
COUNTED = (Mark.NUMBER, Mark.ROMAN)
"""Marks that number a question."""
_RAISED = {
    "superscript": str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"),
    "subscript": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_PROGRAMS = ("python-docx", "un-named", "microsoft office user", "apache poi", "user", "unknown")
"""Default author names of programs."""
_HEAD = 70
"""Maximum characters of a heading over a column."""
_MARKS = {Mark.BOX: "☐ ", Mark.NUMBER: "{}. "}
"""Marks of automatic lists as they are written in the cells of tables, where texts are plain."""


@dataclass(slots=True)
class Text:
    """The text of one paragraph."""

    around: Style
    """The style of the paragraph. Its text is not strong if all of it is."""
    spans: list[Span] = field(default_factory=list)
    strong: bool = True
    """True if all of the text is bold or underlined."""
    hidden: bool = False
    """True if some of the text is hidden."""
    pictures: int = 0
    choices: list[str] = field(default_factory=list)
    """The choices of form fields in the paragraph."""
    boxes: list[Element] = field(default_factory=list)
    """Text boxes that are anchored in the paragraph."""
    notes: list[Iterable[Element]] = field(default_factory=list)
    """Footnotes and endnotes."""

    def add(self, text: str, look: Style, href: str | None = None) -> None:
        """Add a run. Super- and subscript become the Unicode characters for them, and hidden text
        is left out."""
        if look.hidden:
            self.hidden = self.hidden or bool(text.strip())
            return
        if not text.isspace():
            self.strong = self.strong and bool(look.bold or look.underlined)
        bold, italic = look.bold and not self.around.bold, look.italic and not self.around.italic
        text = raised(text, look.raised) if look.raised else text
        self.spans.append(Span(text, bool(italic), bool(bold), bool(look.code), href))


class TableRow(NamedTuple):
    line: int
    cells: list[list[Block]]


@dataclass(slots=True)
class Page:
    """Collects the blocks of a document and its properties."""

    problems: Problems
    styles: Set[str] = frozenset()
    """The names of the document's styles."""
    exact: bool = False
    """If True, marks that were typed in a text stay part of it."""
    ours: OwnHandout | None = None
    """Collects the questions if the document is a handout of ours."""
    title: str = ""
    subtitle: str = ""
    blocks: list[Block] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    """Lines with hidden text."""
    _lefts: dict[tuple[object, int], float] = field(default_factory=dict)
    """The indent of the first item in each numbered list, which holds for all of its items."""
    _marks: Marks = field(default_factory=Marks)
    _blank: bool = False
    _title_line: int = 0
    _in_cell: bool = False

    @contextmanager
    def apart(self) -> Iterator[list[Block]]:
        """Collect the blocks of a cell or of a note apart from the page."""
        before = self.blocks, self._in_cell
        self.blocks, self._in_cell = [], True
        yield self.blocks
        self.blocks, self._in_cell = before

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Make notes of all that is added, such as footnotes on the block before it."""
        with self.apart() as blocks:
            yield
        for block in blocks:
            block.note = block.inside = True
            self.add(block)

    def add(self, block: Block, role: str = "", style: str = "") -> None:
        """Add a paragraph in the role of its style; an empty one counts as a blank line."""
        block.inside = block.inside or style.casefold().startswith("list continue")
        text = plain(block.spans)
        counts = self._in_cell and block.number is not None
        if not text.strip() and not counts:
            self._blank = True
            return
        if role == "title" and (not self.title or self._title_line + 1 == block.line):
            self.title = f"{self.title} {' '.join(text.split())}".strip()
            self._title_line = block.line
        elif role == "subtitle" and not self.subtitle and not self.blocks:
            self.subtitle = " ".join(text.split())
        else:
            if role in ("title", "subtitle"):
                block.kind, block.level = Kind.HEADING, 1 if role == "title" else 2
            if self.ours:
                self.ours.add(block, *(("", "") if self._in_cell else (role, style)))
            block.blank, self._blank = self._blank, False
            self.blocks.append(block)

    def close(self, text: Text, line: int, read: Callable[[Iterable[Element]], None]) -> None:
        """Add what is anchored in a paragraph after it: choices of its fields as items with boxes,
        footnotes as notes, and text boxes. `read` reads the contents of an element."""
        if text.hidden:
            self.hidden.append(line)
        if text.pictures:
            hint = "describe it in the text"
            self.problems.warning("an image was left out", max(line, 1), hint)
        for choice in text.choices:
            self.add(Block(Kind.ITEM, (Span(choice),), line, indent=8, mark=Mark.BOX))
        for note in text.notes:
            with self.noted():
                read(note)
        for box in text.boxes:
            read(box)

    def table(self, rows: list[TableRow], inside: bool = False, note: bool = False) -> None:
        """Add a table, or the contents of its cells if it is only there for the layout."""
        made = [Row(row.line, tuple(map(cell_text, row.cells))) for row in rows]
        made = [row for row in made if any(row.cells)]
        if _is_layout(rows, made):
            for cell in _in_order(rows) if rows else ():
                self.blocks += cell
        elif made:
            table = Block(Kind.TABLE, line=made[0].line, inside=inside, rows=made, note=note)
            table.blank, self._blank = self._blank, False
            self.blocks.append(table)

    def __post_init__(self) -> None:
        self.ours = OwnHandout(self.problems) if is_ours(self.styles) else None

    def indent(
        self, mark: Mark, depth: int, lefts: tuple[int | None, ...], counting: object
    ) -> float:
        """Return the indent of an item in columns.

        Items are nested by their list level, by hand, or by another list that begins further right.
        `lefts` are the indents of the paragraph, of its level and of the list's first level, in
        twips, where given. `counting` identifies the list.
        """
        own, level, first = lefts
        hand = 0 if own is None else own - (level or INDENT * (depth + 1))
        moved = max(0, hand + (first or INDENT) - INDENT) / COLUMN
        if mark not in (*BULLETS, Mark.BOX):  # numbers that go on are of one depth
            moved = self._lefts.setdefault((counting, depth), moved)
        return 4.0 * depth + moved

    def source(self, matter: FrontMatter) -> Source:
        """Return the themes of a handout of ours, or the blocks of any other document."""
        if self.hidden:
            count = len(self.hidden)
            where = f" in {count} paragraphs" if count > 1 else ""
            hint = "show it in the document if it is meant to be read"
            self.problems.warning(f"hidden text was left out{where}", self.hidden[0], hint)
        if matter.author.casefold() in _PROGRAMS:
            matter = replace(matter, author="")
        made = Source(matter, title=self.title, subtitle=self.subtitle)
        if self.ours and self.ours.has_questions:
            self.ours.report()
            made.themes = self.ours.themes
        else:
            made.blocks = self.read(self.blocks)
        return made

    def read(self, blocks: Iterable[Block]) -> list[Block]:
        """Read the marks and braces that were typed in blocks."""
        return [each for block in blocks for each in self._read(block)]

    def _read(self, block: Block) -> Iterator[Block]:
        if block.kind in (Kind.TABLE, Kind.CODE, Kind.END):
            yield block
            return
        parts, skip = block.lines or list(_lines(block)), block.asked.skip
        if block.kind is Kind.HEADING or self.exact:
            between = "\n" if self.exact and block.kind is not Kind.HEADING else " "
            spans = [span for part in parts for span in (Span(between), *part.spans)]
            parts = [Line(parts[0].line, parts[0].indent, inline.stripped(spans))]
        if self.exact:
            block.spans = parts[0].spans
        for each in [block] if self.exact else lines.blocks(parts, block, self._marks):
            if not self.exact and each.kind is Kind.PARAGRAPH and inline.is_navigation(each.spans):
                self.problems.note("a list of links was left out", each.line)
                continue
            self._complete(each)
            each.asked = each.asked._replace(skip=each.asked.skip or skip)
            if each.spans:
                yield each

    def _complete(self, block: Block) -> None:
        """Complete a block by its whole text: braces at its end, bold type, links."""
        spans = inline.linked(inline.without_image_marks(block.spans))
        if block.kind is Kind.HEADING:
            spans = inline.without_anchors(spans)
        spans, asked = inline.with_attributes(spans, block.line, self.problems)
        block.spans = inline.stripped(spans)
        if asked != NOTHING:
            block.asked = asked
        block.links = inline.is_links(block.spans)


def raised(text: str, how: str | None) -> str:
    """Write super- or subscript with Unicode characters: x², H₂O. A text with any character that
    has no such form stays as it is."""
    table = _RAISED.get(how or "", {})
    return text.translate(table) if all(ord(each) in table for each in text) else text


def _lines(block: Block) -> Iterator[Line]:
    """Yield the lines of a paragraph, with indents by spaces or tabs that were typed."""
    for part in inline.split(block.spans):
        text = plain(part)
        bare = text.lstrip()
        typed = sum(4 if each == "\t" else 1 for each in text[: len(text) - len(bare)])
        if bare:
            yield Line(block.line, block.indent + typed, inline.stripped(part))


def _is_layout(rows: list[TableRow], texts: list[Row]) -> bool:
    """Return True if cells hold parts of a page rather than data: headings, lists, several
    paragraphs."""
    if any(names_questions(row.texts, texts) for row in texts[:HEADER_WITHIN]):
        return False
    cells = [cell for row in rows for cell in row.cells]
    return (
        len(rows) < 2
        or max(len(row.cells) for row in rows) < 2
        or any(sum(block.kind is Kind.ITEM for block in cell) > 1 for cell in cells)
        or any(block.kind in (Kind.HEADING, Kind.TABLE) for cell in cells for block in cell)
    )


def _in_order(rows: list[TableRow]) -> Iterator[list[Block]]:
    """Yield the cells of a layout table in reading order: row by row, or, if short texts stand over
    columns of lists, column by column, each with its heading."""
    heads, *others = rows
    columns = len(heads.cells) > 1 and all(
        len(cell) == 1 and cell[0].kind is Kind.PARAGRAPH and len(cell[0].text) <= _HEAD
        for cell in heads.cells
    )
    if not columns or not others or any(len(row.cells) != len(heads.cells) for row in others):
        yield from (cell for row in rows for cell in row.cells)
        return
    for place, cell in enumerate(heads.cells):
        cell[0].styled = True
        yield cell
        yield from (row.cells[place] for row in others)


def cell_text(cell: list[Block]) -> Inline:
    """Return the paragraphs of a cell, each as one line."""
    made: list[Span] = []
    for block in cell:
        made += [Span("\n")] if made else []
        if block.kind is Kind.ITEM and block.mark in _MARKS:
            made.append(Span(_MARKS[block.mark].format(block.number)))
        made += block.spans
    return inline.stripped(inline.linked(inline.without_image_marks(tuple(made))))
