"""Text documents of LibreOffice and OpenOffice (.odt), read as those of Word are.

OpenDocument 1.3 Part 3: clauses 4 and 5 (text), 9 (tables), 16 and 20 (styles). Nothing is fetched,
and scripts are not looked at. A problem's line is the number of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import nullcontext
from typing import NamedTuple

from lxml import etree

from generator.diagnostics import Problems
from generator.model import Span
from generator.readers.front_matter import FrontMatter
from generator.readers.language import tag_of
from generator.readers.marks import BOXES
from generator.readers.package import Package
from generator.readers.pages import COUNTED, IMAGE_HINT, Page, TableRow, raised
from generator.readers.raw import Block, Kind, Mark, Source
from generator.readers.style_names import role_of

Element = etree._Element
_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE, DRAW = (f"{_NS}{name}:1.0}}" for name in ("text", "table", "style", "drawing"))
OFFICE, META = f"{_NS}office:1.0}}", f"{_NS}meta:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
FO, XLINK = f"{_NS}xsl-fo-compatible:1.0}}", "{http://www.w3.org/1999/xlink}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_UNSEEN = frozenset(
    (
        f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}note-citation",
        f"{TEXT}ruby-text", f"{TEXT}placeholder", f"{TEXT}table-of-content", f"{TEXT}bibliography",
        f"{TEXT}alphabetical-index", f"{TEXT}illustration-index", f"{TEXT}table-index",
        f"{TEXT}object-index", f"{TEXT}user-index", f"{OFFICE}event-listeners",
        f"{TEXT}sequence-decls",
    )
)  # fmt: skip
"""Elements without text that a reader would see, or that repeat what stands elsewhere."""
_EMPTY = f"{LOEXT}showing-place-holder"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_CHARACTERS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_FORMS = {"": Mark.BULLET, "a": Mark.LETTER, "A": Mark.CAPITAL, "i": Mark.ROMAN, "I": Mark.ROMAN}


def read(data: bytes, problems: Problems) -> Source:
    """Raises SourceError where the file cannot be read at all."""
    package = Package(data, problems.path, "text document of LibreOffice")
    try:
        return _Document(package, problems).source()
    except RecursionError:  # what nests deeper than any document
        raise package.broken() from None


class Style(NamedTuple):
    """Of a paragraph or of a run of text."""

    name: str = ""
    role: str = ""
    level: int = 0
    lists: str = ""
    """The name of the list style that paragraphs get by it."""
    bold: bool = False
    italic: bool = False
    code: bool = False
    hidden: bool = False
    raised: str = ""


class _Styles:
    """The styles of a document by family and name, those that were made automatically included."""

    def __init__(self, roots: Iterable[Element | None]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self.lists: dict[str, dict[int, Element]] = {}
        self._made: dict[tuple[str, str], Style] = {}
        self.names: set[str] = set()
        for root in (each for each in roots if each is not None):
            for style in root.iter(f"{STYLE}style"):
                name = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
                self._elements[name] = style
                self.names.add(_shown(style))
            for style in root.iter(f"{TEXT}list-style"):
                levels = {_int(each, f"{TEXT}level", 0): each for each in style}
                self.lists[style.get(f"{STYLE}name", "")] = levels

    def get(self, family: str, name: str) -> Style:
        """A style with what it inherits; one that is based on itself inherits nothing."""
        key = family, name
        if key not in self._made:
            self._made[key] = Style()
            element = self._elements.get(key)
            if element is not None:
                parent = element.get(f"{STYLE}parent-style-name")
                base = self.get(family, parent) if parent else Style()
                self._made[key] = _style(element, base)
        return self._made[key]


def _style(element: Element, base: Style) -> Style:
    shown = _shown(element)
    role, level = role_of(shown)
    if outline := _int(element, f"{STYLE}default-outline-level", 0):
        role, level = "heading", outline
    # Automatic styles have names of no meaning, and stand for the one that they are based on.
    automatic = re.fullmatch(r"[PT]\d+", shown) and base.name
    made = base._replace(
        name=base.name if automatic else shown,
        lists=element.get(f"{STYLE}list-style-name", base.lists),
    )
    if role:
        made = made._replace(role=role, level=level)
    properties = element.find(f"{STYLE}text-properties")
    if properties is None:
        return made
    weight, slant = properties.get(f"{FO}font-weight"), properties.get(f"{FO}font-style")
    font = properties.get(f"{STYLE}font-name") or properties.get(f"{FO}font-family") or ""
    place = properties.get(f"{STYLE}text-position") or ""
    up = {"super": "superscript", "sub": "subscript"}.get(place.split(" ")[0].strip("0123456789%"))
    return made._replace(
        raised=up or base.raised,
        bold=base.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=base.italic if slant is None else slant in ("italic", "oblique"),
        code=base.code or bool(re.search("mono|courier|consolas", font, re.IGNORECASE)),
        hidden=base.hidden or properties.get(f"{TEXT}display") == "none",
    )


def _shown(style: Element) -> str:
    """A style's name as people see it."""
    name = style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or ""
    return re.sub("_([0-9a-f]{2})_", lambda found: chr(int(found[1], 16)), name)


def _int(element: Element, name: str, default: int) -> int:
    """A whole number that an element has, within what any document has."""
    text = element.get(name) or ""
    return min(int(text), 9999) if text.isdecimal() and len(text) < 9 else default


class _List(NamedTuple):
    """A list that is open: its style, its depth from 0, and what each depth has counted to."""

    style: str
    depth: int
    counts: dict[int, int]


class _Document:
    def __init__(self, package: Package, problems: Problems) -> None:
        self.problems, self.package = problems, package
        root = package.xml("content.xml")
        body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise package.broken()
        self.body = body
        self.styles = _Styles((package.xml("styles.xml"), root))
        self.page = Page(problems, self.styles.names)
        self.line = 0
        self.lists: list[_List] = []
        """Those that are open, the outermost first."""
        self.counts: dict[str | None, dict[int, int]] = {}
        """What lists have counted to, by their ids and, for the last of each, by their styles; the
        last of all at None."""
        self.fresh = False
        """Whether the next paragraph is the first of an item."""
        self.spans: list[Span] = []
        self.strong = True
        self.choices: list[str] = []
        """What can be chosen from in the paragraph."""
        self.boxes: list[tuple[Element, bool]] = []
        """Text boxes and notes of the paragraph, and whether they are notes."""

    def source(self) -> Source:
        self._blocks(self.body)
        # LibreOffice writes the language that it speaks itself, whatever the text's may be.
        lang = tag_of(self._meta(f"{DC}language")) if self.page.ours else ""
        return self.page.source(FrontMatter(author=self._meta(f"{META}initial-creator"), lang=lang))

    def _meta(self, tag: str) -> str:
        root = self.package.xml("meta.xml")
        found = None if root is None else next(root.iter(tag), None)
        return "" if found is None else (found.text or "").strip()

    def _blocks(self, parent: Iterable[Element]) -> None:
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child)
            elif tag == f"{TEXT}list":
                self._list(child)
            elif tag == f"{TABLE}table":
                self._table(child)
            elif tag == f"{TEXT}section" and child.get(f"{TEXT}display") == "none":
                self.page.hidden.append(self.line + 1)
                self.line += sum(1 for _ in child.iter(*_PARAGRAPHS))
            elif tag.startswith(DRAW):
                self._shape(child)
                self._boxes()
            elif tag not in _UNSEEN:
                self._blocks(child)

    def _list(self, element: Element) -> None:
        name = element.get(f"{TEXT}style-name") or (self.lists[-1].style if self.lists else "")
        if self.lists:
            counts = self.lists[-1].counts
        else:  # a list goes on with another one's numbers only where it says so (5.3.1)
            goes_on = element.get(f"{TEXT}continue-numbering") == "true"
            before = element.get(f"{TEXT}continue-list", name if goes_on else None)
            counts = {} if before is None else self.counts.get(before, self.counts.get(None, {}))
            self.counts |= dict.fromkeys((element.get(_ID), name, None), counts)
        self.lists.append(_List(name, len(self.lists), counts))
        for item in element:
            if item.get(f"{TEXT}start-value"):
                counts[len(self.lists) - 1] = _int(item, f"{TEXT}start-value", 1) - 1
            self.fresh = item.tag == f"{TEXT}list-item"
            self._blocks(item)
        self.lists.pop()
        self.fresh = False

    def _table(self, table: Element) -> None:
        lists, self.lists = self.lists, []
        rows = [
            self._row(row) for row in table.iter(f"{TABLE}table-row") if _table_of(row) is table
        ]
        self.lists = lists
        self.page.table(rows)

    def _row(self, row: Element) -> TableRow:
        made = TableRow(self.line + 1, [])
        for cell in row:
            with self.page.apart() as blocks:
                self._blocks(cell)
            again = min(_int(cell, f"{TABLE}number-columns-repeated", 1), 64)
            made.cells.extend([blocks, *([] for _ in range(again - 1))])
        return made

    def _paragraph(self, paragraph: Element) -> None:
        self.line += 1
        line, name = self.line, paragraph.get(f"{TEXT}style-name", "")
        style = self.styles.get("paragraph", name)
        before = self.spans, self.strong, self.boxes
        self.spans, self.strong, self.boxes = [], True, []
        self._text(paragraph, style, style, None)
        block = Block(Kind.PARAGRAPH, tuple(self.spans), line, bold=self.strong)
        if paragraph.tag == f"{TEXT}h" or style.role == "heading":
            level = _int(paragraph, f"{TEXT}outline-level", style.level or 1)
            block.kind, block.level = Kind.HEADING, min(level, 6)
        elif self.lists and self.fresh:
            self._number(block, style)
        elif self.lists:
            block.inside = True
        self.fresh = False
        role = "heading" if block.kind is Kind.HEADING else style.role
        if role != "contents":
            self.page.add(block, role, style.name)
        self.page.tick(self.choices, line)
        self.choices = []
        self._boxes()
        self.spans, self.strong, self.boxes = before

    def _boxes(self) -> None:
        """What is anchored in a paragraph stands after it; notes belong to it."""
        boxes, self.boxes = self.boxes, []
        for box, is_note in boxes:
            lists, self.lists = self.lists, []
            with self.page.noted() if is_note else nullcontext():
                self._blocks(box)
            self.lists = lists

    def _number(self, block: Block, style: Style) -> None:
        """Makes a block the item of the list that is open."""
        name, depth, counts = self.lists[-1]
        level = self.styles.lists.get(name or style.lists, {}).get(depth + 1)
        block.kind, block.indent = Kind.ITEM, 4.0 * depth
        if level is None or not level.tag.endswith("number"):
            bullet = "" if level is None else level.get(f"{TEXT}bullet-char") or ""
            block.mark = Mark.BOX if bullet and bullet in BOXES else Mark.BULLET
        else:
            self._count(block, level, depth, counts)

    def _count(self, block: Block, level: Element, depth: int, counts: dict[int, int]) -> None:
        first = _int(level, f"{TEXT}start-value", 1)
        block.number = counts[depth] = counts.get(depth, first - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        dotted = level.get(f"{TEXT}display-levels") not in (None, "1")
        form = _FORMS.get(level.get(f"{STYLE}num-format") or "", Mark.NUMBER)
        block.mark = Mark.DOTTED if dotted and form is not Mark.BULLET else form
        if block.mark not in COUNTED:
            block.number = None

    def _text(self, parent: Element, style: Style, around: Style, href: str | None) -> None:
        """The text in an element, and in what it holds; `around` is the paragraph's style."""
        self._add(parent.text, style, around, href)
        for child in parent:
            tag = child.tag
            if tag == f"{TEXT}span":
                own = self.styles.get("text", child.get(f"{TEXT}style-name", ""))
                self._text(child, _over(own, style), around, href)
            elif tag == f"{TEXT}a":
                self._text(child, style, around, child.get(f"{XLINK}href"))
            elif tag in _CHARACTERS:
                times = min(_int(child, f"{TEXT}c", 1), 99)
                self._add(_CHARACTERS[tag] * times, style, around, href, typed=True)
            elif tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
                self.page.hidden.append(self.line)
            elif tag == f"{TEXT}note":
                self.boxes += [(body, True) for body in child.findall(f"{TEXT}note-body")]
            elif tag.startswith(DRAW):
                self._shape(child)
            elif tag == f"{FIELD}fieldmark":
                box = "☐" if (child.get(f"{FIELD}type") or "").endswith("CHECKBOX") else ""
                self._add(box, style, around, href)
            elif tag == f"{LOEXT}content-control" and child.get(_EMPTY) == "true":
                self.choices += [item.get(f"{LOEXT}display-text") or "" for item in child]
            elif tag not in _UNSEEN:
                self._text(child, style, around, href)
            self._add(child.tail, style, around, href)

    def _shape(self, shape: Element) -> None:
        """A picture, a text box, or a shape that holds text or others."""
        if shape.tag == f"{DRAW}image":
            self.problems.warning("an image was left out", max(self.line, 1), IMAGE_HINT)
        elif any(child.tag.startswith(TEXT) for child in shape):
            self.boxes.append((shape, False))
        else:
            for child in shape:
                if child.tag.startswith(DRAW):
                    self._shape(child)

    def _add(
        self, text: str | None, style: Style, around: Style, href: str | None, typed: bool = False
    ) -> None:
        if not text or style.name == "Placeholder Text":
            return
        if style.hidden:
            self.page.hidden += [self.line] if text.strip() else []
            return
        if not typed:  # line ends and runs of spaces are those of the file, not the text (6.1.2)
            text = re.sub(r"[ \t\r\n]+", " ", text)
        text = raised(text, style.raised)
        if not text.isspace():
            self.strong = self.strong and style.bold
        strong, emphasis = style.bold and not around.bold, style.italic and not around.italic
        self.spans.append(Span(text, emphasis, strong, style.code, href))


def _over(own: Style, style: Style) -> Style:
    """The style of a run over that of the text around it."""
    return style._replace(
        bold=own.bold or style.bold,
        italic=own.italic or style.italic,
        code=own.code or style.code,
        hidden=own.hidden or style.hidden,
        raised=own.raised or style.raised,
        name=own.name or style.name,
    )


def _table_of(row: Element) -> Element | None:
    return next(row.iterancestors(f"{TABLE}table"), None)
