"""HTML: a page of the web, or what Markdown is rendered as. Nothing is fetched and nothing runs.

Lines are those of the source, up to line 65,535, where the parser stops to count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from lxml import etree

from generator.diagnostics import Problems
from generator.model import Inline, Span, plain
from generator.readers import inline
from generator.readers.asks import ASKS, asks
from generator.readers.attributes import IMAGE
from generator.readers.front_matter import FrontMatter
from generator.readers.marks import Marks
from generator.readers.package import integer
from generator.readers.pages import Page, TableRow, cell_text
from generator.readers.raw import SUMMARY, Block, Kind, Line, Mark, Source

_STYLES = {
    "em": "emphasis", "i": "emphasis", "cite": "emphasis", "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
INLINE = frozenset((
    *_STYLES, "a", "u", "s", "del", "ins", "sub", "sup", "small", "big", "mark", "span", "font",
    "q", "abbr", "ruby", "rb", "bdi", "bdo", "label",
))  # fmt: skip
"""Elements within a text."""
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "body", "html", "center", "blockquote", "address",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td",
    "th", "details", "summary", "pre", "hr", "form", "fieldset", "legend", "figure", "figcaption",
    "aside", "button",
))  # fmt: skip
_SILENT = frozenset((
    "script", "style", "template", "nav", "noscript", "svg", "math", "iframe", "object", "rt",
    "rp", "select", "footer",
))  # fmt: skip
"""Elements whose text is no part of a page, and is not read."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CALLOUT = re.compile(r"\[!\w+\][-+]?\s*")
MAX_DEPTH = 30
"""Lists within lists."""
_MAX_SPAN = 10_000
"""Rows that a cell may span."""
_STEP = 4
"""Columns of a level of lists, where the source gives no indent."""
_LANG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def read(text: str, problems: Problems) -> Source:
    tree = _tree(text, problems)
    lang = str(tree.get("lang") or "").strip()
    matter = FrontMatter(lang=lang) if _LANG.fullmatch(lang) else FrontMatter()
    title = tree.findtext(".//head/title") or ""
    found = _walked(tree, problems)
    has_heading = any(each.kind is Kind.HEADING and each.level < SUMMARY for each in found)
    return Source(matter, found, title="" if has_heading else " ".join(title.split()))


def blocks(text: str, problems: Problems, exact: bool = False) -> list[Block]:
    """The blocks of a page; with `exact`, marks that were typed in a text are part of it."""
    return _walked(_tree(text, problems), problems, exact)


def text(page: str, line: int, problems: Problems) -> Inline:
    """The text of a page that is a single one, without line and form."""
    walk = _Walk(Page(problems), line)
    walk.walk(_tree(page, problems))
    return cell_text(walk.page.blocks)


def _walked(tree: Any, problems: Problems, exact: bool = False) -> list[Block]:
    walk = _Walk(Page(problems, exact=exact))
    walk.walk(tree)
    return walk.page.read(walk.blocks())


def _tree(text: str, problems: Problems) -> Any:
    """A declaration of an encoding is for bytes; entities are HTML's own, none is expanded."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    if not text.strip():
        return etree.Element("html")
    tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any("depth" in each.message for each in parser.error_log):
        message = "what is nested deeper than 2,000 elements was left out"
        problems.warning(message, None, "indent it less")
    return tree if tree is not None else etree.Element("html")


@dataclass(slots=True)
class _Item:
    """An item of a list that is open."""

    block: Block
    used: bool = False
    """Whether its text was read: what comes then is a further paragraph."""
    found: int = 0
    """How many blocks stand before it."""


@dataclass(slots=True)
class _Text:
    """The text that is read: its lines, and what the block will be."""

    first: Block
    lines: list[tuple[int, float, list[Span]]] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)


class _Walk:
    def __init__(self, page: Page, line: int = 1) -> None:
        self.page, self.problems, self.found = page, page.problems, page.blocks
        self.items: list[_Item] = []
        self.lists: list[list[Any]] = []
        """Those that are open: the tag, and the next number."""
        self.text: _Text | None = None
        self.open_block: Block | None = None
        """What the next text is, where its element says so."""
        self.styles: list[tuple[str, Span]] = [("", Span(""))]
        self.quotes: list[bool] = []
        """Blockquotes and details that are open: whether a heading of theirs has to be closed."""
        self.notes = self.notes_in = 0
        """How many notes are open, and in how many lists the last of them stands."""
        self.fences: list[tuple[bool, int]] = []
        """`:::` that are open: whether they are notes, and their line."""
        self.footnotes: dict[str, list[Block]] = {}
        self.references: list[tuple[str, Block]] = []
        self.aside = ""
        self.line = line

    # Walking -----------------------------------------------------------------------------------

    def walk(self, tree: Any) -> None:
        """Through the elements without recursion: pages may nest without end."""
        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _SILENT or tag == "head" or _hidden(element):
                    self._leave_out(tag, element)
                    walker.skip_subtree()
                elif tag == "table" and element.find(".//table") is None:
                    self._table(element)
                    walker.skip_subtree()
                elif tag == "pre":
                    self._code(element)
                    walker.skip_subtree()
                else:
                    self._start(tag, element)
                    self._words(element.text)
            else:
                self._end(tag)
                self._words(element.tail)
        self._finish()
        for _, line in [each for each in self.fences if each[0]]:
            self.problems.error(
                "'::: notes' is not closed", line, "end the notes with a line ':::'"
            )

    def blocks(self) -> list[Block]:
        """In order, each footnote behind the text that it belongs to."""
        if not self.footnotes:
            return self.found
        after: dict[int, list[Block]] = {}
        for name, block in self.references:
            after.setdefault(id(block), []).extend(self.footnotes.pop(name, []))
        return [each for block in self.found for each in (block, *after.get(id(block), []))]

    def _leave_out(self, tag: str, element: Any) -> None:
        if tag == "script":
            hint = "write as text what belongs to a question"
            self.problems.warning("a script was left out", self._line(element), hint)
        elif tag == "select":
            self._field(element)
        elif tag not in _SILENT and tag not in ("head", "button"):
            self.problems.note("hidden text was left out", self._line(element))

    def _line(self, element: Any) -> int:
        self.line = integer(element, "data-l") or element.sourceline or self.line
        return self.line

    def _start(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            self._finish()
            self._start_block(tag, element)
        elif tag == "br":
            self._break(element)
        elif tag == "img":
            self._image(element)
        elif tag in ("input", "textarea"):
            self._field(element)
        elif tag == "a" or tag in _STYLES:
            span = self.styles[-1][1]
            if tag == "a":
                span = replace(
                    span, href=quote(element.get("href") or "", safe=inline.SAFE) or None
                )
            else:
                span = replace(span, **{_STYLES[tag]: True})  # type: ignore[arg-type]
            self.styles.append((tag, span))
        elif element.get("data-fence") is not None:
            self._fence(element.get("data-fence"), self._line(element))
        elif element.get("data-skip") is not None:
            self._skip()
        elif (name := element.get("data-note")) and self.text is not None:
            self.text.footnotes.append(name)

    def _start_block(self, tag: str, element: Any) -> None:
        line = self._line(element)
        if tag in ("ul", "ol"):
            self.lists.append([tag, integer(element, "start", 1)])
        elif tag == "li":
            self._item(element, line)
        elif tag in ("dt", "dd"):
            indent = 0.0 if tag == "dt" else 2.0
            self.items.append(_Item(self._block(Kind.ITEM, element, line, indent=indent)))
        elif tag[0] == "h" and tag[1:].isdigit():
            self.open_block = self._block(Kind.HEADING, element, line, level=int(tag[1]))
        elif tag == "summary":
            self._heading(element, line, SUMMARY)
        elif tag in ("details", "blockquote"):
            self.quotes.append(False)
        elif tag == "aside" and element.get("data-note"):
            self.aside = element.get("data-note")
        elif tag in ("p", "legend"):
            self.open_block = self._paragraph(element, line)

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._finish()
            self.open_block = None
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            elif tag in ("li", "dt", "dd") and self.items:
                item = self.items.pop()
                if not item.used and len(self.found) == item.found and item.block.number:
                    hint = "write a text after its number"
                    self.problems.warning("an empty question was left out", item.block.line, hint)
            elif tag in ("details", "blockquote") and self.quotes and self.quotes.pop():
                self._emit(Block(Kind.END, line=self.line))
            elif tag == "aside":
                self.aside = ""
        elif (tag == "a" or tag in _STYLES) and len(self.styles) > 1:
            self.styles.pop()

    # Blocks ------------------------------------------------------------------------------------

    def _block(self, kind: Kind, element: Any, line: int, **more: Any) -> Block:
        blank = element.get("data-l") is None or element.get("data-b") is not None
        return Block(kind, line=line, blank=blank, note=self.notes > 0, **more)

    def _item(self, element: Any, line: int) -> None:
        given = element.get("data-i")
        if len(self.lists) == MAX_DEPTH + 1:
            message = "text that is nested deeper than this was left out"
            self.problems.warning(message, line, "indent it less")
        depth = max(0, len(self.lists) - 1)
        block = self._block(Kind.ITEM, element, line, indent=float(given or depth * _STEP))
        if self.lists:
            ordered = self.lists[-1][0] == "ol"
            if ordered:
                number = integer(element, "value", self.lists[-1][1])
                block.mark, block.number = Mark.NUMBER, number
                self.lists[-1][1] = number + 1
        if self.notes > 0:
            block.depth = len(self.lists) - self.notes_in
        self.items.append(_Item(block, found=len(self.found)))

    def _heading(self, element: Any, line: int, level: int) -> None:
        """A summary is a heading; within an item that has its text it is a further paragraph."""
        if self.items and self.items[-1].used:
            self.open_block = self._paragraph(element, line)
            return
        self.open_block = self._block(Kind.HEADING, element, line, level=level)
        if self.quotes:
            self.quotes[-1] = True

    def _paragraph(self, element: Any, line: int) -> Block:
        inside = bool(self.items) and self.items[-1].used
        return self._block(Kind.PARAGRAPH, element, line, inside=inside)

    def _begun(self) -> _Text:
        """The text that words go to."""
        if self.text is None:
            block, self.open_block = self.open_block, None
            item = self.items[-1] if self.items else None
            if item and not item.used:
                own = item.block
                if block is None or block.kind is not Kind.HEADING:
                    block = own
                else:
                    block.number = own.number if own.mark is Mark.NUMBER else None
                item.used = True
            elif block is None:
                block = Block(
                    Kind.PARAGRAPH, line=self.line, note=self.notes > 0, inside=item is not None
                )
            self.text = _Text(block, [(block.line, block.indent, [])])
        return self.text

    def _finish(self) -> None:
        """The text that ends here."""
        if self.text is None:
            return
        text, self.text = self.text, None
        block = text.first
        parts = [Line(line, indent, inline.stripped(spans)) for line, indent, spans in text.lines]
        block.lines = [part for part in parts if part.spans]
        if block.kind is Kind.PARAGRAPH and self.quotes and not self.items:
            self._callout(block)
        if not block.lines:
            return
        spans = [span for part in block.lines for span in (Span("\n"), *part.spans)]
        block.spans = tuple(spans[1:])
        self._emit(block)
        self.references += [(name, block) for name in text.footnotes]

    def _callout(self, block: Block) -> None:
        """`> [!question] Why?`: a heading, closed at the end of its quotation."""
        first, *others = block.lines or [Line(0, 0, ())]
        mark = _CALLOUT.match(plain(first.spans))
        if not mark or self.quotes[-1]:
            return
        if name := inline.cut(first.spans, mark.end()):
            self._emit(Block(Kind.HEADING, name, first.line, SUMMARY))
            self.quotes[-1] = True
        block.lines = others

    def _emit(self, block: Block) -> None:
        if self.aside:
            block.note = True
            self.footnotes.setdefault(self.aside, []).append(block)
        elif len(self.lists) <= MAX_DEPTH:
            self.found.append(block)

    # Text --------------------------------------------------------------------------------------

    def _words(self, text: str | None) -> None:
        if not text or (self.text is None and not text.strip()):
            return
        span = self.styles[-1][1]
        self._begun().lines[-1][2].append(inline.with_text(span, _SPACES.sub(" ", text)))

    def _break(self, element: Any) -> None:
        if self.text is None:
            return
        line = self._line(element)
        if element.get("data-l") is None:
            line = self.text.lines[-1][0]
        self.text.lines.append((line, float(element.get("data-i") or 0), []))

    def _image(self, element: Any) -> None:
        inline.warn_of_image(self._line(element), self.problems)
        if words := " ".join((element.get("alt") or "").split()):
            href = self.styles[-1][1].href
            self._begun().lines[-1][2].append(Span(f"{IMAGE}{words}{IMAGE}", href=href))

    def _field(self, element: Any) -> None:
        """A box to tick is a mark; any other field is a place to write, and ends its label."""
        if element.get("type") in ("checkbox", "radio"):
            if self.items and not self.items[-1].used and self.items[-1].block.mark is Mark.BULLET:
                self.items[-1].block.mark = Mark.BOX
            elif not self.items or self.items[-1].used:
                self._words(" ☐ ")
            return
        before = next(element.itersiblings("*", preceding=True), None)
        if "label" in (getattr(before, "tag", ""), element.getparent().tag):
            self._finish()

    def _skip(self) -> None:
        """A comment that asks to skip counts for the text that it stands in, else for the item, the
        paragraph or the heading before it."""
        block = self.text.first if self.text else self.found[-1] if self.found else Block(Kind.END)
        block.asked = block.asked._replace(skip=True)

    def _fence(self, name: str, line: int) -> None:
        self._finish()
        hint = "notes for the facilitator stand between '::: notes' and ':::'"
        if name in ("notes", "{.notes}", "{ .notes }"):
            self.fences.append((True, line))
            self.notes_in = len(self.lists)
            self.notes += 1
        elif name:
            self.problems.warning(f"'::: {name}' is not known", line, hint)
            self.fences.append((False, line))
        elif self.fences:
            self.notes -= self.fences.pop()[0]
        else:
            self.problems.warning("':::' has nothing to close", line, hint)

    def _code(self, element: Any) -> None:
        """Code is left out; an indented text whose lines have marks is a list."""
        self._finish()
        line, text = self._line(element), "".join(element.itertext())
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
        """A table without others in it; each cell is a page of its own."""
        self._finish()
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
                inner.notes = self.notes
                inner.walk(cell)
                rowspan = min(integer(cell, "rowspan", 1), _MAX_SPAN)
                spanned[len(row.cells)] = (rowspan - 1, inner.found)
                row.cells.append(inner.found)
                row.cells.extend([] for _ in range(min(integer(cell, "colspan", 1), 100) - 1))
            rows.append(row)
        self.page.table(rows, inside=bool(self.items), note=self.notes > 0)


def _hidden(element: Any) -> bool:
    if element.tag == "button":  # of a form; what unfolds an answer asks
        return asks("".join(element.itertext())) < ASKS
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()
