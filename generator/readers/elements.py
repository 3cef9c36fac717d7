"""The elements of a page: which are text, blocks or silent, and the state of the open ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml import etree

from generator.diagnostics import Problems
from generator.model import Span
from generator.readers.asks import ASKS, asks
from generator.readers.raw import Block

STYLES = {
    "em": "emphasis", "i": "emphasis", "cite": "emphasis", "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
INLINE = frozenset((
    *STYLES, "a", "u", "s", "del", "ins", "sub", "sup", "small", "big", "mark", "span", "font",
    "q", "abbr", "ruby", "rb", "bdi", "bdo", "label",
))  # fmt: skip
"""Elements within a text."""
BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "body", "html", "center", "blockquote", "address",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td",
    "th", "details", "summary", "pre", "hr", "form", "fieldset", "legend", "figure", "figcaption",
    "aside", "button",
))  # fmt: skip
SILENT = frozenset((
    "script", "style", "template", "nav", "noscript", "svg", "math", "iframe", "object", "rt",
    "rp", "select", "footer",
))  # fmt: skip
"""Elements whose text is not part of the page."""


def parsed(text: str, problems: Problems) -> Any:
    """Parse a page. It is text already, so that a declared encoding is ignored; entities of a
    document type are not expanded."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    if not text.strip():
        return etree.Element("html")
    tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any("depth" in each.message for each in parser.error_log):
        message = "text that is nested deeper than 2,000 elements was left out"
        problems.warning(message, None, "indent it less")
    return tree if tree is not None else etree.Element("html")


def is_hidden(element: Any) -> bool:
    if element.tag == "button":  # of a form; what unfolds an answer asks
        return asks("".join(element.itertext())) < ASKS
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


@dataclass(slots=True)
class Item:
    """An item of a list that is open."""

    block: Block
    found: int
    """Number of blocks before it."""
    used: bool = False
    """True once its text was read: anything after that is a further paragraph."""


class Fence(NamedTuple):
    """A `:::` that is open."""

    notes: bool
    line: int
    depth: int
    """Depth of the lists around it."""


class At(NamedTuple):
    """The state of the open elements; the end of an element restores that of the one around it."""

    style: Span = Span("")
    item: Item | None = None
    numbers: Iterator[int] | None = None
    """The numbers of an ordered list."""
    depth: int = 0
    """Depth of nested lists."""
    headed: list[bool] | None = None
    """For a quotation or `<details>`: one value, True if it has a heading that must be closed."""
    aside: str = ""
    """The name of a footnote."""
