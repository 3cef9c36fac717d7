"""HTML: web pages, and what Markdown is rendered to. Nothing is fetched and nothing is run.

Line numbers are those of the source up to 65,535, where the parser stops counting.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from lxml import etree

from generator.diagnostics import Problems
from generator.model import Inline, Span, plain
from generator.readers import inline, lines
from generator.readers.attributes import IMAGE
from generator.readers.elements import BLOCKS, SILENT, STYLES, At, Fence, Item, is_hidden, parsed
from generator.readers.front_matter import FrontMatter
from generator.readers.marks import Marks
from generator.readers.package import integer
from generator.readers.pages import Page, TableRow, cell_text
from generator.readers.raw import SUMMARY, Block, Kind, Line, Mark, Source

_SPACES = re.compile(r"[ \t\r\n\f]+")
_CALLOUT = re.compile(r"\[!\w+\][-+]?\s*")
MAX_DEPTH = 30
"""Maximum depth of nested lists."""
_MAX_SPAN = 10_000
"""Maximum number of rows that a cell may span."""
_STEP = 4
"""Columns for each level of a list, if the source gives no indent."""
_LANG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def read(text: str, problems: Problems) -> Source:
    tree = parsed(text, problems)
    lang = str(tree.get("lang") or "").strip()
    matter = FrontMatter(lang=lang) if _LANG.fullmatch(lang) else FrontMatter()
    title = tree.findtext(".//head/title") or ""
    found = _walked(tree, problems)
    has_heading = any(each.kind is Kind.HEADING and each.level < SUMMARY for each in found)
    return Source(matter, found, title="" if has_heading else " ".join(title.split()))


def blocks(text: str, problems: Problems, exact: bool = False) -> list[Block]:
    """Return the blocks of a page. If `exact`, marks that were typed in a text stay part of it."""
    return _walked(parsed(text, problems), problems, exact)


def text(page: str, line: int, problems: Problems) -> Inline:
    """Return the text of a page that is a single text, without lines and form."""
    walk = _Walk(Page(problems), line)
    walk.walk(parsed(page, problems))
    return cell_text(walk.page.blocks)


def _walked(tree: Any, problems: Problems, exact: bool = False) -> list[Block]:
    walk = _Walk(Page(problems, exact=exact))
    walk.walk(tree)
    return walk.page.read(walk.blocks())


class _Walk:
    def __init__(self, page: Page, line: int = 1) -> None:
        self.page, self.problems, self.found = page, page.problems, page.blocks
        self.line = line
        self.at, self.above = At(), list[At]()
        self.text: Block | None = None
        """The block whose text is being read."""
        self.lines: list[tuple[int, float, list[Span]]] = []
        """Its lines: line number, indent and text."""
        self.open_block: Block | None = None
        """The block that the next text belongs to, if its element makes one."""
        self.fences: list[Fence] = []
        self.footnotes: dict[str, list[Block]] = {}
        self.references: list[tuple[str, Block]] = []

    @property
    def note(self) -> Fence | None:
        """The open fence around notes, if there is one."""
        return next((fence for fence in reversed(self.fences) if fence.notes), None)

    # Walking -----------------------------------------------------------------------------------

    def walk(self, tree: Any) -> None:
        """Visit all elements, without recursion, as pages may be nested deeply."""
        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                self._end(tag)
                self.at = self.above.pop()
                self._words(element.tail)
                continue
            self.above.append(self.at)
            if tag in SILENT or tag == "head" or is_hidden(element):
                self._leave_out(tag, element)
                walker.skip_subtree()
            elif tag == "pre" or (tag == "table" and element.find(".//table") is None):
                self._finish()
                (self._code if tag == "pre" else self._table)(element)
                walker.skip_subtree()
            else:
                self._start(tag, element)
                self._words(element.text)
        self._finish()

    def blocks(self) -> list[Block]:
        """Return the blocks in order, with each footnote after the text that refers to it."""
        for fence in filter(attrgetter("notes"), self.fences):
            hint = "end the notes with a line ':::'"
            self.problems.error("'::: notes' is not closed", fence.line, hint)
        after: dict[int, list[Block]] = {}
        for name, block in self.references:
            after.setdefault(id(block), []).extend(self.footnotes.pop(name, []))
        return [each for block in self.found for each in (block, *after.get(id(block), []))]

    def _leave_out(self, tag: str, element: Any) -> None:
        if tag == "script":
            hint = "write anything that belongs to a question as text"
            self.problems.warning("a script was left out", self._line(element), hint)
        elif tag == "select":
            self._field(element)
        elif tag not in SILENT and tag not in ("head", "button"):
            self.problems.note("hidden text was left out", self._line(element))

    def _line(self, element: Any) -> int:
        self.line = integer(element, "data-l") or element.sourceline or self.line
        return self.line

    def _start(self, tag: str, element: Any) -> None:
        style = self.at.style
        if tag in BLOCKS:
            self._finish()
            self._start_block(tag, element, self._line(element))
        elif tag == "br":
            self._break(element)
        elif tag == "img":
            self._image(element)
        elif tag in ("input", "textarea"):
            self._field(element)
        elif tag == "a":
            href = quote(element.get("href") or "", safe=inline.SAFE) or None
            self.at = self.at._replace(style=replace(style, href=href))
        elif tag in STYLES:
            styled: Any = {STYLES[tag]: True}
            self.at = self.at._replace(style=replace(style, **styled))
        elif element.get("data-fence") is not None:
            self._fence(element.get("data-fence"), self._line(element))
        elif element.get("data-skip") is not None:
            self._skip()
        elif (name := element.get("data-note")) and self.text is not None:
            self.references.append((name, self.text))

    def _start_block(self, tag: str, element: Any, line: int) -> None:
        at = self.at
        if tag in ("ul", "ol"):
            numbers = count(integer(element, "start", 1)) if tag == "ol" else None
            self.at = at._replace(numbers=numbers, depth=at.depth + 1)
        elif tag in ("li", "dt", "dd"):
            self._item(tag, element, line)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.open_block = self._block(Kind.HEADING, element, line, level=int(tag[1]))
        elif tag in ("details", "blockquote"):
            self.at = at._replace(headed=[False])
        elif tag == "aside" and element.get("data-note"):
            self.at = at._replace(aside=element.get("data-note"))
        elif tag == "summary" and not (at.item and at.item.used):
            self.open_block = self._block(Kind.HEADING, element, line, level=SUMMARY)
            if at.headed:
                at.headed[0] = True
        elif tag in ("p", "legend", "summary"):
            inside = at.item is not None and at.item.used
            self.open_block = self._block(Kind.PARAGRAPH, element, line, inside=inside)

    def _end(self, tag: str) -> None:
        if tag not in BLOCKS:
            return
        self._finish()
        self.open_block, item = None, self.at.item
        empty = item is not None and not item.used and item.found == len(self.found)
        if tag in ("details", "blockquote") and self.at.headed == [True]:
            self._emit(Block(Kind.END, line=self.line))
        elif tag == "li" and item and empty and item.block.number:
            hint = "write a text after its number"
            self.problems.warning("an empty question was left out", item.block.line, hint)

    # Blocks ------------------------------------------------------------------------------------

    def _block(self, kind: Kind, element: Any, line: int, **more: Any) -> Block:
        blank = element.get("data-l") is None or element.get("data-b") is not None
        return Block(kind, line=line, blank=blank, note=self.note is not None, **more)

    def _item(self, tag: str, element: Any, line: int) -> None:
        at, note = self.at, self.note
        if at.depth == MAX_DEPTH + 1:
            message = "text that is nested deeper than this was left out"
            self.problems.warning(message, line, "indent it less")
        indent = max(0, at.depth - 1) * _STEP if tag == "li" else 2 * (tag == "dd")
        if tag == "li" and element.get("data-i"):
            indent = int(element.get("data-i"))
        block = self._block(Kind.ITEM, element, line, indent=float(indent))
        if tag == "li" and at.numbers:
            block.mark, block.number = Mark.NUMBER, integer(element, "value", next(at.numbers))
        if note:
            block.depth = at.depth - note.depth
        self.at = at._replace(item=Item(block, len(self.found)))

    def _begun(self) -> list[Span]:
        """Return the line that text is added to, and begin a block if none is open."""
        if self.text is None:
            block, self.open_block = self.open_block, None
            item, note = self.at.item, self.note is not None
            if item and not item.used:
                own, item.used = item.block, True
                if block and block.kind is Kind.HEADING:
                    block.number = own.number if own.mark is Mark.NUMBER else None
                else:
                    block = own
            if block is None:
                block = Block(Kind.PARAGRAPH, line=self.line, note=note, inside=item is not None)
            self.text, self.lines = block, [(block.line, block.indent, [])]
        return self.lines[-1][2]

    def _finish(self) -> None:
        """Complete the open block."""
        block, self.text = self.text, None
        if block is None:
            return
        parts = [Line(line, indent, inline.stripped(spans)) for line, indent, spans in self.lines]
        block.lines = [part for part in parts if part.spans]
        if block.kind is Kind.PARAGRAPH and self.at.headed == [False] and not self.at.item:
            self._callout(block, self.at.headed)
        if block.lines:
            spans = [span for part in block.lines for span in (Span("\n"), *part.spans)]
            block.spans = tuple(spans[1:])
            self._emit(block)

    def _callout(self, block: Block, headed: list[bool]) -> None:
        """Make a heading of `> [!question] Why?`, to be closed at the end of the quotation."""
        first = block.lines[0] if block.lines else Line(0, 0, ())
        if mark := _CALLOUT.match(plain(first.spans)):
            del block.lines[0]
            if name := inline.cut(first.spans, mark.end()):
                self._emit(Block(Kind.HEADING, name, first.line, SUMMARY))
                headed[0] = True

    def _emit(self, block: Block) -> None:
        if self.at.aside:
            block.note = True
            self.footnotes.setdefault(self.at.aside, []).append(block)
        elif self.at.depth <= MAX_DEPTH:
            self.found.append(block)

    # Text --------------------------------------------------------------------------------------

    def _words(self, text: str | None) -> None:
        if text and (self.text or text.strip()):
            self._begun().append(inline.with_text(self.at.style, _SPACES.sub(" ", text)))

    def _break(self, element: Any) -> None:
        if self.text:
            here = self._line(element)
            line = here if element.get("data-l") else self.lines[-1][0]
            self.lines.append((line, float(element.get("data-i") or 0), []))

    def _image(self, element: Any) -> None:
        inline.warn_of_image(self._line(element), self.problems)
        if words := " ".join((element.get("alt") or "").split()):
            self._begun().append(Span(f"{IMAGE}{words}{IMAGE}", href=self.at.style.href))

    def _field(self, element: Any) -> None:
        """Read a box to tick as a mark. Any other field is a place to write, and ends its label."""
        item = self.at.item
        if element.get("type") in ("checkbox", "radio"):
            if not item or item.used:
                self._words(" ☐ ")
            elif item.block.mark is Mark.BULLET:
                item.block.mark = Mark.BOX
            return
        before = next(element.itersiblings("*", preceding=True), None)
        if "label" in (getattr(before, "tag", ""), element.getparent().tag):
            self._finish()

    def _skip(self) -> None:
        """Apply a comment that asks to skip to the text that it stands in, or else to the item,
        paragraph or heading before it."""
        block = self.text or (self.found[-1] if self.found else Block(Kind.END))
        block.asked = block.asked._replace(skip=True)

    def _fence(self, name: str, line: int) -> None:
        self._finish()
        hint = "notes for the facilitator go between '::: notes' and ':::'"
        notes = name in ("notes", "{.notes}", "{ .notes }")
        if name and not notes:
            self.problems.warning(f"'::: {name}' is not known", line, hint)
        if name:
            self.fences.append(Fence(notes, line, self.at.depth))
        elif self.fences:
            self.fences.pop()
        else:
            self.problems.warning("':::' has nothing to close", line, hint)

    def _code(self, element: Any) -> None:
        """Leave out code, but read an indented text whose lines have marks as a list."""
        line, text = self._line(element), "".join(element.itertext())
        if lines.is_room(text):
            return
        texts = text.rstrip().split("\n")
        indented = element.get("data-indented") is not None
        if indented and Marks().read(texts[0]):
            indent = float(element.get("data-i") or 4)
            parts = [
                Line(line + at, indent + len(each) - len(each.lstrip()), (Span(each.strip()),))
                for at, each in enumerate(texts)
                if each.strip()
            ]
            self._emit(Block(Kind.PARAGRAPH, line=line, lines=parts))
            return
        what = " (a text indented by four spaces)" if indented else ""
        hint = "put short code between `backticks`"
        self.problems.warning(f"a code block{what} was left out", line, hint)
        self._emit(Block(Kind.CODE, line=line))

    def _table(self, table: Any) -> None:
        """Read a table without others in it; each cell is read as a page of its own."""
        rows: list[TableRow] = []
        spanned: dict[int, tuple[int, list[Block]]] = {}
        for element in table.iter("tr"):
            row = TableRow(self._line(element), [])
            for cell in [*element.iterchildren("td", "th"), None]:
                while spanned.get(len(row.cells), (0, []))[0] > 0:
                    left, blocks = spanned[len(row.cells)]
                    spanned[len(row.cells)] = (left - 1, blocks)
                    row.cells.append(blocks)
                if cell is None:
                    break
                inner = _Walk(Page(self.problems), self.line)
                inner.fences = self.fences
                inner.walk(cell)
                rowspan = min(integer(cell, "rowspan", 1), _MAX_SPAN)
                spanned[len(row.cells)] = (rowspan - 1, inner.found)
                row.cells.append(inner.found)
                row.cells.extend([] for _ in range(min(integer(cell, "colspan", 1), 100) - 1))
            rows.append(row)
        self.page.table(rows, inside=self.at.item is not None, note=self.note is not None)
