"""From Markdown (CommonMark, by pulldown-cmark) to a tree of blocks, `::: notes` among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyromark

from generator.model import Inline, plain
from generator.readers import inline
from generator.readers.attributes import NOTHING, Attributes
from generator.readers.inline import Words
from generator.readers.problems import Problems

MAX_NESTING = 60
"""Levels of blocks (a list and its item are two); what is deeper is left out with a warning."""
SHORT_CODE = "put short code between `backticks`"
_FENCE = re.compile(r"^([ \t>]*)(:{3,}[^\n]*?)[ \t]*$", re.MULTILINE)
_BULLET = re.compile(r"^([ \t>]*)[•‣▪●◦○☐□·–][ \t\u00a0]+(?=\S)", re.MULTILINE)
"""What word processors make of lists that are pasted as text."""
_TIGHT = re.compile(r"^([ \t>]*\d{1,4}[.)])(?=[^\W\d_])", re.MULTILINE)
"""A number with no space behind it."""
_MARK = re.compile(r"<!--:{3,}\s*(.*?)\s*:*\s*-->\s*")
_NOTES = re.compile(r"notes|\{\s*\.notes\s*\}")
_NUMBER = re.compile(rb"\s*(\d{1,9})[.)]")
_OPTIONS = pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_TABLES
_SPACES = re.compile(rb"[ \t]*")
_INLINE = {"Emphasis", "Strong", "Link", "Image"}
_TEXT = {"Start", "End", "Text", "Code", "InlineHtml", "SoftBreak", "HardBreak"}
_INDENTED = " (a text indented by four spaces)"
_KINDS = {
    "Heading": "heading",
    "Paragraph": "paragraph",
    "HtmlBlock": "html",
    "List": "list",
    "Item": "item",
    "Table": "table",
    "TableHead": "row",
    "TableRow": "row",
}
# A quotation is read as what stands in it; a rule between blocks says nothing.


@dataclass(slots=True)
class Block:
    """One of: heading, paragraph, html, list, item, notes, table, row, cell."""

    kind: str
    line: int
    spans: Inline = ()
    """Of a heading or paragraph, with its line breaks and with links into the page."""
    html: str = ""
    """Of a cell, its Markdown."""
    level: int = 0
    """Of a heading, from 1; of a list, the bytes before it on its line."""
    number: int | None = None
    """The item's own number; None for a bullet."""
    children: list[Block] = field(default_factory=list)
    asked: Attributes = NOTHING
    """What stands beside the text; what stands in braces after it is still in it."""

    @property
    def content(self) -> str:
        """The text alone."""
        return plain(self.spans)

    def walk(self) -> Iterator[Block]:
        """Every block under this one, in order."""
        for child in self.children:
            yield child
            yield from child.walk()


def parse(text: str, problems: Problems, first: int = 1) -> list[Block]:
    """The blocks of a text that begins on line `first`."""
    return _Tree(text, problems, first).blocks()


class _Tree:
    """The tree of a text, event by event."""

    def __init__(self, text: str, problems: Problems, first: int) -> None:
        # A comment parts paragraphs as a fence does, and belongs to the item that it stands in.
        self.text = _FENCE.sub(r"\1<!--\2-->", text) if ":::" in text else text
        self.text = _TIGHT.sub(r"\1 ", _BULLET.sub(r"\1- ", self.text))
        self.source = self.text.encode()
        self.problems, self.first = problems, first
        self.breaks = [found.start() for found in re.finditer(b"\n", self.source)]
        self.open = [Block("root", first)]
        self.words: Words | None = None
        self.tight = False
        """Whether the text that is read has no paragraph in the source."""
        self.left_out = 0
        """Blocks that are open and not read."""

    def blocks(self) -> list[Block]:
        events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(self.text, options=_OPTIONS)
        for event, place in events:
            name, value = (event, "") if isinstance(event, str) else next(iter(event.items()))
            kind = next(iter(value)) if isinstance(value, dict) else value
            if name in ("Start", "End") and kind not in _INLINE:
                self._finish()
                if name == "Start":
                    self._start(kind, value, place)
                else:
                    self._end(kind)
            elif self.left_out:
                continue
            elif name == "Html":
                self.open[-1].html += value
            elif name in _TEXT:
                self._text(name, value, place["start"])
        return _with_notes(self.open[0].children, self.problems)

    def _line(self, offset: int) -> int:
        return self.first + bisect_left(self.breaks, offset)

    def _start(self, kind: str, value: Any, place: dict[str, int]) -> None:
        start = place["start"]
        line = self._line(start)
        if self.left_out:
            self.left_out += 1
        elif kind == "CodeBlock":
            what = _INDENTED if value[kind] == "Indented" else ""
            self.problems.warning(f"a code block{what} was left out", line, SHORT_CODE)
            self.left_out = 1
        elif kind == "Table" and len(self.open) > 1:
            hint = "put it under a heading, or write a list"
            self.problems.warning("a table in a list was left out", line, hint)
            self.left_out = 1
        elif len(self.open) >= MAX_NESTING:
            self.problems.warning(
                "what is nested deeper than this was left out", line, "indent it less"
            )
            self.left_out = 1
        elif kind == "TableCell":
            text = self.source[start : place["end"]].decode().replace("\\|", "|")
            self.open[-1].children.append(Block("cell", line, html=text))
            self.left_out = 1
        elif kind in _KINDS:
            block = Block(_KINDS[kind], line)
            if kind == "Heading":
                block.level = int(value[kind]["level"][1])
            elif kind == "Item":
                number = _NUMBER.match(self.source, start, start + 20)
                block.number = int(number[1]) if number else None
            elif kind == "List":
                marker = _SPACES.match(self.source, start)
                line_start = self.source.rfind(b"\n", 0, start) + 1
                block.level = (marker.end() if marker else start) - line_start
            self._parent(block).children.append(block)
            self.open.append(block)

    def _parent(self, block: Block) -> Block:
        """Where a block belongs: a list that is indented deeper than the one before it belongs to
        the last item of that, also where CommonMark wants more spaces, as under `10. `."""
        inside = self.open[-1]
        before = inside.children[-1] if inside.children else block
        if block.kind == before.kind == "list" and block.level > before.level:
            return before.children[-1]
        return inside

    def _end(self, kind: str) -> None:
        if self.left_out:
            self.left_out -= 1
        elif kind in _KINDS:
            block = self.open.pop()
            if kind == "Item":
                block.children = _with_notes(block.children, self.problems)

    def _text(self, name: str, value: Any, start: int) -> None:
        if self.words is None:
            self.words = Words(self.source)
            if self.open[-1].kind == "item":  # of a tight list
                block = Block("paragraph", self._line(start))
                self.open[-1].children.append(block)
                self.open.append(block)
                self.tight = True
        if name == "Start" and "Image" in value:
            inline.warn_of_image(self._line(start), self.problems)
        self.words.take(name, value, start)

    def _finish(self) -> None:
        """The text that ends here."""
        if self.words is None:
            return
        self.open[-1].spans = self.words.spans()
        self.words = None
        if self.tight:
            self.tight = False
            self.open.pop()


def _with_notes(found: list[Block], problems: Problems) -> list[Block]:
    """`::: notes` and its lines as one block; other `:::` lines are left out with a warning, their
    text kept."""
    made: list[Block] = []
    notes: Block | None = None
    others = 0
    for block in found:
        mark = _MARK.fullmatch(block.html) if block.kind == "html" else None
        if mark is None:
            (notes.children if notes else made).append(block)
        elif not mark[1] and notes and not others:
            notes = None
        elif not notes and _NOTES.fullmatch(mark[1]):
            notes = Block("notes", block.line)
            made.append(notes)
        else:
            if mark[1] or not others:
                message = f"'::: {mark[1]}' is not known" if mark[1] else "':::' closes nothing"
                hint = "notes for the facilitator stand between '::: notes' and ':::'"
                problems.warning(message, block.line, hint)
            others = max(0, others + (1 if mark[1] else -1))
    if notes:
        hint = "end the notes with a line ':::'"
        problems.error("'::: notes' is not closed", notes.line, hint)
    return made
