"""Text documents of LibreOffice and OpenOffice (.odt), read in the same way as Word documents.

OpenDocument 1.3 Part 3: clauses 4 and 5 (text), 9 (tables), 16 and 20 (styles). Nothing is fetched,
and scripts are ignored. The line of a problem is the number of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from generator.diagnostics import Problems
from generator.readers.front_matter import FrontMatter
from generator.readers.language import tag_of
from generator.readers.marks import BOXES
from generator.readers.package import Package, integer
from generator.readers.pages import COUNTED, Page, TableRow, Text
from generator.readers.raw import Block, Kind, Mark, Source
from generator.readers.styles import PLAIN, Style, is_monospaced, role_of

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
"""Elements without visible text, or whose text repeats another part of the document."""
_EMPTY = f"{LOEXT}showing-place-holder"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_CHARACTERS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_FORMS = {"": Mark.BULLET, "a": Mark.LETTER, "A": Mark.CAPITAL, "i": Mark.ROMAN, "I": Mark.ROMAN}


def read(data: bytes, problems: Problems) -> Source:
    """Read a document. Raises SourceError if the file cannot be read at all."""
    package = Package(data, problems.path, "text document of LibreOffice")
    try:
        return _Document(package, problems).source()
    except RecursionError:  # what nests deeper than any document
        raise package.broken() from None


class _Styles:
    """The styles of a document by family and name, including automatic styles."""

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
                levels = {integer(each, f"{TEXT}level", 0): each for each in style}
                self.lists[style.get(f"{STYLE}name", "")] = levels

    def get(self, family: str, name: str) -> Style:
        """Return a style with all that it inherits; one that is based on itself inherits
        nothing."""
        key = family, name
        if key not in self._made:
            self._made[key] = PLAIN
            element = self._elements.get(key)
            if element is not None:
                parent = element.get(f"{STYLE}parent-style-name")
                base = self.get(family, parent) if parent else PLAIN
                self._made[key] = _style(element, base)
        return self._made[key]


def _style(element: Element, base: Style) -> Style:
    shown = _shown(element)
    role, level = role_of(shown)
    if outline := integer(element, f"{STYLE}default-outline-level", 0):
        role, level = "heading", outline
    # Automatic styles have names of no meaning, and stand for the one that they are based on.
    automatic = re.fullmatch(r"[PT]\d+", shown) and base.name
    made = base._replace(
        name=base.name if automatic else shown,
        list_id=element.get(f"{STYLE}list-style-name", base.list_id),
    )
    if role:
        made = made._replace(role=role, level=level)
    found = element.find(f"{STYLE}text-properties")
    return made if found is None else made.under(_of_run(found))


def _of_run(element: Element) -> Style:
    """Return the text properties of a style."""
    weight, slant = element.get(f"{FO}font-weight"), element.get(f"{FO}font-style")
    font = element.get(f"{STYLE}font-name") or element.get(f"{FO}font-family") or ""
    place = element.get(f"{STYLE}text-position", "").split(" ")[0].strip("0123456789%")
    return Style(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        code=is_monospaced(font) or None,
        hidden=element.get(f"{TEXT}display") == "none" or None,
        raised={"super": "superscript", "sub": "subscript"}.get(place),
    )


def _shown(style: Element) -> str:
    """Return the name of a style as users see it."""
    name = style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or ""
    return re.sub("_([0-9a-f]{2})_", lambda found: chr(int(found[1], 16)), name)


class _List(NamedTuple):
    """An open list: its style, its depth from 0, and the last number of each depth."""

    style: str
    depth: int
    counts: dict[int, int]


class _Document:
    def __init__(self, package: Package, problems: Problems) -> None:
        self.problems, self.package = problems, package
        root = package.root("content.xml")
        body = root.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise package.broken()
        self.body = body
        self.styles = _Styles((package.xml("styles.xml"), root))
        self.page = Page(problems, self.styles.names)
        self.line = 0
        self.lists: list[_List] = []
        """Open lists, the outermost first."""
        self.counts: dict[str | None, dict[int, int]] = {}
        """The last numbers of lists: by id, by style for the last list of each, and under None for
        the last list of all."""
        self.fresh = False
        """True if the next paragraph is the first one of an item."""
        self.text = Text(PLAIN)
        """The text of the current paragraph."""

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
                self.text = Text(PLAIN)
                self._shape(child)
                self.page.close(self.text, self.line, self._outside)
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
                counts[len(self.lists) - 1] = integer(item, f"{TEXT}start-value", 1) - 1
            self.fresh = item.tag == f"{TEXT}list-item"
            self._blocks(item)
        self.lists.pop()
        self.fresh = False

    def _outside(self, element: Iterable[Element]) -> None:
        """Read the blocks in an element that is outside of all lists, though its anchor may be in
        one."""
        lists, self.lists = self.lists, []
        self._blocks(element)
        self.lists = lists

    def _table(self, table: Element) -> None:
        rows = (row for row in table.iter(f"{TABLE}table-row") if _table_of(row) is table)
        self.page.table([self._row(row) for row in rows])

    def _row(self, row: Element) -> TableRow:
        made = TableRow(self.line + 1, [])
        for cell in row:
            with self.page.apart() as blocks:
                self._outside(cell)
            again = min(integer(cell, f"{TABLE}number-columns-repeated", 1), 64)
            made.cells.extend([blocks, *([] for _ in range(again - 1))])
        return made

    def _paragraph(self, paragraph: Element) -> None:
        self.line += 1
        line, name = self.line, paragraph.get(f"{TEXT}style-name", "")
        style = self.styles.get("paragraph", name)
        text = self.text = Text(style)
        self._text(paragraph, style, None)
        block = Block(Kind.PARAGRAPH, tuple(text.spans), line, styled=text.strong)
        if paragraph.tag == f"{TEXT}h" or style.role == "heading":
            level = integer(paragraph, f"{TEXT}outline-level", style.level or 1)
            block.kind, block.level = Kind.HEADING, min(level, 6)
        elif self.lists and self.fresh:
            self._number(block, style)
        elif self.lists:
            block.inside = True
        self.fresh = False
        role = "heading" if block.kind is Kind.HEADING else style.role
        if role != "contents":
            self.page.add(block, role, style.name)
        self.page.close(text, line, self._outside)

    def _number(self, block: Block, style: Style) -> None:
        """Make a block the next item of the innermost list."""
        name, depth, counts = self.lists[-1]
        level = self.styles.lists.get(name or style.list_id or "", {}).get(depth + 1)
        block.kind, block.indent = Kind.ITEM, 4.0 * depth
        if level is None or not level.tag.endswith("number"):
            bullet = "" if level is None else level.get(f"{TEXT}bullet-char") or ""
            block.mark = Mark.BOX if bullet and bullet in BOXES else Mark.BULLET
        else:
            self._count(block, level, depth, counts)

    def _count(self, block: Block, level: Element, depth: int, counts: dict[int, int]) -> None:
        first = integer(level, f"{TEXT}start-value", 1)
        block.number = counts[depth] = counts.get(depth, first - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        dotted = level.get(f"{TEXT}display-levels") not in (None, "1")
        form = _FORMS.get(level.get(f"{STYLE}num-format") or "", Mark.NUMBER)
        block.mark = Mark.DOTTED if dotted and form is not Mark.BULLET else form
        if block.mark not in COUNTED:
            block.number = None

    def _text(self, parent: Element, style: Style, href: str | None) -> None:
        """Add the text of an element and of those in it."""
        self._add(parent.text, style, href)
        for child in parent:
            tag = child.tag
            if tag == f"{TEXT}span":
                own = self.styles.get("text", child.get(f"{TEXT}style-name", ""))
                named = style._replace(name=own.name or style.name)
                self._text(child, named.under(own), href)
            elif tag == f"{TEXT}a":
                self._text(child, style, child.get(f"{XLINK}href"))
            elif tag in _CHARACTERS:
                times = min(integer(child, f"{TEXT}c", 1), 99)
                self.text.add(_CHARACTERS[tag] * times, style, href)
            elif tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
                self.text.hidden = True
            elif tag == f"{TEXT}note":
                self.text.notes += child.findall(f"{TEXT}note-body")
            elif tag.startswith(DRAW):
                self._shape(child)
            elif tag == f"{FIELD}fieldmark":
                box = "☐" if (child.get(f"{FIELD}type") or "").endswith("CHECKBOX") else ""
                self._add(box, style, href)
            elif tag == f"{LOEXT}content-control" and child.get(_EMPTY) == "true":
                self.text.choices += [item.get(f"{LOEXT}display-text") or "" for item in child]
            elif tag not in _UNSEEN:
                self._text(child, style, href)
            self._add(child.tail, style, href)

    def _shape(self, shape: Element) -> None:
        """Read a picture, a text box, or a shape that contains text or other shapes."""
        if shape.tag == f"{DRAW}image":
            self.text.pictures += 1
        elif any(child.tag.startswith(TEXT) for child in shape):
            self.text.boxes.append(shape)
        else:
            for child in shape:
                if child.tag.startswith(DRAW):
                    self._shape(child)

    def _add(self, text: str | None, style: Style, href: str | None) -> None:
        """Add text. Line ends and runs of spaces belong to the file and not to the text (6.1.2)."""
        if text and style.name != "Placeholder Text":
            self.text.add(re.sub(r"[ \t\r\n]+", " ", text), style, href)


def _table_of(row: Element) -> Element | None:
    return next(row.iterancestors(f"{TABLE}table"), None)
