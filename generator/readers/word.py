"""Word documents (.docx): paragraphs, lists and tables become blocks in the order of the page.

Documents are read as if all changes were accepted: insertions are read, deletions and hidden text
are not, and wrappers are transparent. ECMA-376 Part 1, clause 17. Macros, links to other files and
embedded objects are ignored. The line of a problem is the number of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.diagnostics import Problems
from generator.model import Span
from generator.readers.front_matter import FrontMatter
from generator.readers.language import tag_of
from generator.readers.package import Package
from generator.readers.pages import COLUMN, COUNTED, Page, TableRow, Text
from generator.readers.raw import Block, Kind, Mark, Source
from generator.readers.styles import Style
from generator.readers.word_runs import MC, UNSEEN, Fields, Runs, chosen
from generator.readers.word_styles import (
    VAL,
    Element,
    Numbering,
    Styles,
    W,
    inside,
    left_of,
    number,
    paragraph_style,
    run_style,
)  # fmt: skip

_PROPERTIES, _STYLE, _MARK, _INDENT = (f"{W}{name}" for name in ("pPr", "pStyle", "rPr", "ind"))
_NO_TEXT = (
    f"{W}sdtPr/{W}showingPlcHdr",
    f'{W}sdtPr/{W}docPartObj/{W}docPartGallery[@{VAL}="Table of Contents"]',
)
"""Content controls that are empty and show a prompt, and tables of contents."""
_NESTED = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)
"""Word's own styles for nested items; each is the first level of a list of its own."""


def read(data: bytes, problems: Problems) -> Source:
    """Read a document. Raises SourceError if the file cannot be read at all."""
    package = Package(data, problems.path, "Word document")
    try:
        return _Document(package, problems).source()
    except RecursionError:  # what nests deeper than any document
        raise package.broken() from None


class _Parts:
    """The parts of a document, found by the types of their relationships (Part 2, clause 6.5)."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = self._related("", "officeDocument", "word/document.xml")
        self.main = main
        self.links = {each.get("Id", ""): each.get("Target", "") for each in self._relations(main)}

    def xml(self, kind: str) -> Element | None:
        """Return the root of the part of this kind, or None if there is none."""
        return self._package.xml(self._related(self.main, kind))

    def body(self) -> Element:
        found = self._package.root(self.main).find(f"{W}body")
        if found is None:
            raise self._package.broken()
        return found

    def property(self, name: str) -> str:
        """Return a core or extended property of the document."""
        for kind in ("core-properties", "extended-properties"):
            root = self._package.xml(self._related("", kind))
            found = None if root is None else root.find(f"{{*}}{name}")
            if found is not None:
                return (found.text or "").strip()
        return ""

    def _relations(self, name: str) -> list[Element]:
        path = PurePosixPath(name)
        root = self._package.xml(str(path.parent / "_rels" / f"{path.name}.rels"))
        return [] if root is None else list(root)

    def _related(self, name: str, kind: str, default: str = "") -> str:
        for each in self._relations(name):
            if each.get("Type", "").endswith(f"/{kind}"):
                target = each.get("Target", "")
                return target[1:] if target[:1] == "/" else str(PurePosixPath(name).parent / target)
        return default


class _Document:
    def __init__(self, package: Package, problems: Problems) -> None:
        self.problems, self.parts = problems, _Parts(package)
        self.styles = Styles(self.parts.xml("styles"))
        self.page = Page(problems, self.styles.names)
        self.numbering = Numbering(self.parts.xml("numbering"), self.styles)
        self.notes: dict[str, Iterable[Element]] = {
            f"{kind} {note.get(f'{W}id')}": note
            for kind in ("footnote", "endnote")
            for note in _found(self.parts.xml(f"{kind}s"), f"{W}{kind}")
        }
        self.fields = Fields()
        self.line = 0
        self.carried: list[Span] = []
        """The text of paragraphs whose end was deleted; the next paragraph continues it."""

    def source(self) -> Source:
        self._blocks(self.parts.body())
        # LibreOffice writes the language that it speaks itself, whatever the text's may be.
        guessed = self.parts.property("Application").startswith("LibreOffice")
        lang = "" if guessed else tag_of(self.parts.property("language"))
        return self.page.source(FrontMatter(author=self.parts.property("creator"), lang=lang))

    def _blocks(self, parent: Iterable[Element]) -> None:
        """Read the paragraphs and tables in an element, however they are wrapped."""
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self.line += 1
                self._paragraph(child)
            elif tag == f"{W}tbl":
                self.page.table(list(self._rows(child)))
            elif tag == f"{W}sdt" and any(child.find(path) is not None for path in _NO_TEXT):
                self.line += sum(1 for _ in child.iter(f"{W}p"))
            elif tag == f"{MC}AlternateContent":
                self._blocks(chosen(child))
            elif tag == f"{W}altChunk":
                hint = "open the document in a word processor and save it again"
                self.problems.warning("an embedded document was left out", self.line + 1, hint)
            elif tag not in UNSEEN:
                self._blocks(child)

    def _rows(self, table: Element) -> Iterator[TableRow]:
        """Yield the rows of a table. A cell that spans columns is followed by empty ones, so that
        columns stay aligned."""
        for row in _unwrapped(table, f"{W}tr"):
            properties = inside(row.find(f"{W}trPr"))
            before = number(properties.get(f"{W}gridBefore"), 0)
            row_of = TableRow(self.line + 1, [[] for _ in range(_span(before))])
            for cell in _unwrapped(row, f"{W}tc"):
                with self.page.apart() as blocks:
                    self._blocks(cell)
                span = _span(number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
                row_of.cells.extend([blocks, *([] for _ in range(span - 1))])
            if f"{W}del" not in properties:
                yield row_of

    def _paragraph(self, paragraph: Element) -> None:
        line, properties = self.line, inside(paragraph.find(_PROPERTIES))
        named = properties.get(_STYLE)
        style = self.styles.paragraph(None if named is None else named.get(VAL))
        run = Runs(self.styles, style, self.fields, self.parts.links, self.notes)
        run.read(paragraph)
        text = run.text
        # Where the end of a paragraph is hidden, deleted or moved away (17.13.5.15), the next one
        # goes on with what is left of it.
        mark = inside(properties.get(_MARK))
        hidden = mark and not text.spans and run_style(style, mark).hidden
        if hidden or f"{W}del" in mark or f"{W}moveFrom" in mark:
            self.carried += text.spans
        else:
            text.spans, self.carried = self.carried + text.spans, []
            left = left_of(properties.get(_INDENT))
            self._place(text, paragraph_style(style, properties), line, left, run.generated)
        self.page.close(text, line, self._blocks)

    def _place(
        self, text: Text, style: Style, line: int, left: int | None, generated: bool
    ) -> None:
        """Add one paragraph to the page, by its style and its list."""
        item = self._item(style, left)
        block = Block(Kind.PARAGRAPH, tuple(text.spans), line, styled=text.strong)
        if style.role == "contents" or generated:
            return
        block.indent = max(0, left or 0) / COLUMN
        if style.role == "heading":
            block.kind, block.level, block.indent = Kind.HEADING, style.level, 0
            block.number = item.number if item and item.mark is Mark.NUMBER else None
        elif item:
            block.kind, block.mark, block.number, block.indent = Kind.ITEM, *item
        if text.spans or not text.boxes:
            self.page.add(block, style.role, style.name)

    def _item(self, style: Style, left: int | None) -> Item | None:
        """Return the list item that a paragraph is, if it is one. A heading may be numbered by a
        list, too."""
        if style.list_id in (None, "0"):
            return None
        depth = min(max(style.ilvl or 0, 0), 8)
        counting, level, _ = self.numbering.level(style.list_id, depth)
        mark = level.mark(depth)
        if mark is None:
            return None
        value = self.numbering.count(style.list_id, depth)
        lefts = left, level.left, self.numbering.level(style.list_id, 0)[1].left
        nested = _NESTED.fullmatch(style.name)
        depth = max(depth, int(nested[1]) - 1) if nested else depth
        indent = self.page.indent(mark, depth, lefts, counting)
        return Item(mark, value if mark in COUNTED else None, indent)


class Item(NamedTuple):
    mark: Mark
    number: int | None
    indent: float


def _found(root: Element | None, tag: str) -> list[Element]:
    return [] if root is None else root.findall(tag)


def _unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, including those in content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in UNSEEN:
            yield from _unwrapped(child, tag)


def _span(columns: int | None) -> int:
    """Return how many columns a cell spans; Word has at most 63."""
    return min(max(columns or 0, 0), 63)
