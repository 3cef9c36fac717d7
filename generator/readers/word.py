"""Word documents (.docx): headings are themes; items of lists, and rows of tables with a column
`question`, are questions.

Styles are found by their names, which are English in the file whatever language Word speaks.
Numbers are counted as Word counts them. Macros, fields and links to other files are not looked at.
A problem's line is the number of its paragraph.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from lxml import etree

from generator.errors import SourceError, error
from generator.model import Span
from generator.readers import Reading, inline
from generator.readers import old_table as table
from generator.readers.blocks import Block
from generator.readers.front_matter import FrontMatter
from generator.readers.grouped import assemble
from generator.readers.package import check
from generator.readers.problems import Problems

MAX_STYLES = 20
"""That a style is looked for in."""
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_FOLLOWUP = re.compile(r"follow-up(?: ([2-9]))?", re.IGNORECASE)
_SKIPPED = re.compile(r"(answer|notes|toc|hint|header|footer)\b", re.IGNORECASE)
"""Of the handout that we make ourselves: nothing of a set stands in them."""
_NESTED = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)
"""Word's own styles of items under items; each is a list by itself."""
_MONOSPACED = re.compile(r"consolas|courier|mono", re.IGNORECASE)


def read(data: bytes, path: Path) -> Reading:
    """Raises SourceError with every problem found."""
    problems = Problems(path)
    check(data, path, "Word document")
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
        found = _Document(document, problems).blocks()
    except Exception as problem:  # python-docx raises whatever a broken part makes it raise
        hint = "open it in a word processor and save it again as .docx"
        raise SourceError(
            [error("cannot be read as a Word document", path, hint=hint)]
        ) from problem
    about = document.core_properties
    matter = FrontMatter(author=about.author or "", lang=_language(about.language))
    return assemble(found, matter, problems, path)


def _language(tag: str | None) -> str:
    return tag if tag and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag) else "en"


class _Document:
    def __init__(self, document: Any, problems: Problems) -> None:
        self.document, self.problems = document, problems
        self.counters: dict[tuple[str, int], int] = {}
        self.levels: dict[tuple[str, int], tuple[Any, str, int | None]] = {}
        self.styles: dict[str | None, tuple[str, Any]] = {}
        self.looks: dict[str | None, str] = {}
        """Names of the styles of runs."""
        self.root: list[Block] = []
        self.items: list[Block] = []
        """The item of each depth that is open."""

    def blocks(self) -> list[Block]:
        from docx.text.paragraph import Paragraph

        body = self.document.element.body
        for line, element in enumerate(_flat(body), 1):
            if element.tag.endswith("}tbl"):
                self.root += table.in_markdown(_table(element, line), self.problems)
                self.items = []
            else:
                self._paragraph(Paragraph(element, self.document), line)
        return self.root

    def _paragraph(self, paragraph: Any, line: int) -> None:
        if _xpath(paragraph._p, ".//w:drawing | .//w:pict"):
            self.problems.warning("an image was left out", line, "describe it in the text")
        spans = inline.tidy(tuple(_spans(paragraph, self.looks)))
        style, styled = self._style(paragraph)
        if not spans or _SKIPPED.match(style):
            return
        heading, followup = _HEADING.fullmatch(style), _FOLLOWUP.match(style)
        number = self._numbering(paragraph, styled)
        text = Block("paragraph", line, spans)
        if style == "Title" or heading:
            level = int(heading[1]) + 1 if heading else 1
            self.root.append(replace(text, kind="heading", level=level))
            self.items = []
        elif followup and self.items:
            self._item(Block("item", line, children=[text]), int(followup[1] or 1))
        elif number:
            depth, value = number
            if nested := _NESTED.fullmatch(style):
                depth, value = max(depth, int(nested[1]) - 1), None
            self._item(Block("item", line, number=value, children=[text]), depth)
        else:
            self.root.append(text)
            self.items = []

    def _item(self, item: Block, depth: int) -> None:
        depth = min(depth, len(self.items))
        del self.items[depth:]
        siblings = self.items[-1].children if depth else self.root
        if not siblings or siblings[-1].kind != "list":
            siblings.append(Block("list", item.line))
        siblings[-1].children.append(item)
        self.items.append(item)

    def _style(self, paragraph: Any) -> tuple[str, Any]:
        """The name of a paragraph's style, and the numbering that it gives: kept, because
        python-docx searches all styles each time."""
        identifier = paragraph._p.style
        if identifier not in self.styles:
            style = paragraph.style
            self.styles[identifier] = (style.name if style is not None else "", _styled(style))
        return self.styles[identifier]

    def _numbering(self, paragraph: Any, styled: Any) -> tuple[int, int | None] | None:
        """Depth and number of an item of a list; None is the number of a bullet."""
        own = _listed(paragraph._p)
        properties = own if own is not None else styled
        if properties is None or not properties.numId.val:
            return None
        number, depth = str(properties.numId.val), int(getattr(properties.ilvl, "val", 0) or 0)
        if (number, depth) not in self.levels:
            self.levels[number, depth] = self._level(number, depth)
        level, abstract, restart = self.levels[number, depth]
        form = _xpath(level, "./w:numFmt/@w:val") if level is not None else ["decimal"]
        if form in (["bullet"], ["none"]):
            return depth, None
        start = restart if restart is not None else _first(level, "./w:start/@w:val", 1)
        key = (abstract, depth)
        if restart is not None and (number, depth) not in self.counters:
            self.counters[number, depth] = self.counters[key] = restart - 1
        self.counters[key] = self.counters.get(key, start - 1) + 1
        for deeper in range(depth + 1, 9):
            self.counters.pop((abstract, deeper), None)
        return depth, self.counters[key]

    def _level(self, number: str, depth: int) -> tuple[Any, str, int | None]:
        """The definition of a list's level, the list that counts for it, and where it restarts."""
        try:
            part = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return None, number, None
        found = _xpath(part, f"./w:num[@w:numId='{number}']")
        if not found:
            return None, number, None
        override = f"./w:lvlOverride[@w:ilvl='{depth}']/w:startOverride/@w:val"
        restart = _xpath(found[0], override)
        abstract = _xpath(found[0], "./w:abstractNumId/@w:val")[0]
        levels = _xpath(
            part, f"./w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{depth}']"
        )
        return (levels or [None])[0], f"a{abstract}", int(restart[0]) if restart else None


def _styled(style: Any) -> Any:
    """The numbering of a style, or of those under it; a broken one is based on itself."""
    for _ in range(MAX_STYLES):
        found = _listed(style._element) if style is not None else None
        if style is None or found is not None:
            return found
        style = style.base_style
    return None


def _listed(element: Any) -> Any:
    properties = element.pPr.numPr if element.pPr is not None else None
    return properties if properties is not None and properties.numId is not None else None


_NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def _xpath(element: Any, query: str) -> list[Any]:
    """python-docx knows the prefixes of some elements only."""
    return cast(list[Any], etree._Element.xpath(element, query, namespaces=_NAMES))


def _first(element: Any, query: str, default: int) -> int:
    found = _xpath(element, query) if element is not None else []
    return int(found[0]) if found else default


def _flat(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those in content controls."""
    for child in parent:
        if child.tag.endswith(("}p", "}tbl")):
            yield child
        elif child.tag.endswith("}sdt"):
            for content in _xpath(child, "./w:sdtContent"):
                yield from _flat(content)


def _table(element: Any, line: int) -> Block:
    """As Markdown has it; a line of a cell is a paragraph."""
    rows = []
    for row in _xpath(element, "./w:tr"):
        texts = (
            "\n".join("".join(_xpath(each, ".//w:t/text()")) for each in _xpath(cell, "./w:p"))
            for cell in _xpath(row, "./w:tc")
        )
        cells = [Block("cell", line, html=text) for text in texts]
        rows.append(Block("row", line, children=cells))
    return Block("table", line, children=rows)


def _spans(paragraph: Any, looks: dict[str | None, str]) -> Iterator[Span]:
    from docx.text.hyperlink import Hyperlink

    for part in paragraph.iter_inner_content():
        link = isinstance(part, Hyperlink)
        for run in part.runs if link else [part]:
            identifier = run._r.style
            if identifier not in looks:
                looks[identifier] = run.style.name if run.style is not None else ""
            style = looks[identifier]
            font = run.font.name or ""
            code = bool(_MONOSPACED.search(font) or style in ("Verbatim Char", "Code"))
            yield Span(
                run.text, bool(run.italic) or style == "Emphasis",
                bool(run.bold) or style == "Strong", code, (part.url or None) if link else None,
            )  # fmt: skip
