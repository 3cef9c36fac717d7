"""Markdown: any list of questions that a person would write in it.

The text is parsed as CommonMark (by pulldown-cmark, through pyromark) and rendered as a page whose
elements have line numbers and indents. `html.py` reads that page, so that HTML within Markdown
needs no special treatment: it stands on the same line of the page as in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Any

import pyromark

from generator.diagnostics import Problems
from generator.model import Inline, Span
from generator.readers import exact, front_matter, html, inline
from generator.readers.attributes import ESCAPED, is_skip
from generator.readers.elements import INLINE
from generator.readers.raw import Source

_OPTIONS = (
    pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
_MARKED = re.compile(r"[\\`*_\[\]<>&]|://")
"""Characters and forms of Markdown. Most fields of data have none, and are not parsed."""
_FENCE = re.compile(r"^([ \t>]*)(:{3,}[^\n]*?)[ \t]*$", re.MULTILINE)
"""A `::: notes` or `:::` line. It becomes a comment, which ends a paragraph as it does and stays in
the item around it."""
_TIGHT = re.compile(r"^([ \t>]*\d{1,4}[.)])(?=[^\W\d_])", re.MULTILINE)
"""A number without a space after it."""
_WIDE = re.compile(
    r"^([ \t>]*(?:\d{1,9}[.)]|[-*+]))[\u00a0\u2000-\u200a\u3000][\u00a0\u2000-\u200a\u3000 ]*", re.M
)
_ATTRIBUTES = re.compile(r"^[ \t>]*\{:[^{}\n]*\}[ \t]*$", re.MULTILINE)
"""A line of kramdown with attributes for the text beside it."""
_QUOTED = re.compile(r"^((?:[ \t]*>){40})(?:[ \t]*>)+", re.MULTILINE)
"""The depth from which nested quotations are no longer told apart, as that only takes time."""
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)|<[!?][^>]*>", re.DOTALL)
_RAW_TEXT = re.compile(r"</?(?:title|textarea|xmp|plaintext|iframe|noembed|noframes)\b", re.I)
"""Elements in which an HTML parser reads no tags: one that is not closed would take in the rest of
the page."""
_INDENTED = re.compile(r"\s*</?(?:h[1-6]|[uod]l|li|p|div|details|summary|table|t[rdh])\b", re.I)
_NUMBER = re.compile(rb"\s*(\d{1,9})[.)]")
_PREFIX = re.compile(rb"[ \t>]*")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>")
_IN_TEXT = ("Emphasis", "Strong", "Strikethrough", "Link")
_WHOLE = ("Image", "CodeBlock", "HtmlBlock")
"""Elements that are rendered at once, when all of their text is known."""
_TAGS = {
    "Emphasis": "em", "Strong": "strong", "Strikethrough": "del", "Link": "a",
    "BlockQuote": "blockquote", "DefinitionList": "dl", "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd", "Table": "table", "TableHead": "tr", "TableRow": "tr",
    "TableCell": "td", "Paragraph": "p", "Item": "li", "FootnoteDefinition": "aside",
}  # fmt: skip


def read(text: str, problems: Problems) -> Source:
    matter, body = front_matter.split(text, problems)
    if matter.read == "exactly":
        found = html.blocks(rendered(body), problems, exact=True)
        return Source(matter, themes=exact.themes(found, problems))
    return Source(matter, html.blocks(rendered(body), problems))


def text(source: str, line: int, problems: Problems) -> Inline:
    """Return a text that is one paragraph, whatever it begins with. It has no link definitions."""
    source = " ".join(source.split())
    if not _MARKED.search(source):
        return (Span(source),)
    first, *others = html.text(rendered(f".{source}"), line, problems)  # a point begins no list
    return tuple(span for span in (inline.with_text(first, first.text[1:]), *others) if span.text)


def rendered(text: str) -> str:
    """Render a text as a page for `html.blocks`."""
    text = _QUOTED.sub(r"\1", text) if ">" in text else text
    text = _FENCE.sub(r"\1<!--\2-->", text) if ":::" in text else text
    text = _ATTRIBUTES.sub("", text) if "{:" in text else text
    return _Renderer(_WIDE.sub(r"\1 ", _TIGHT.sub(r"\1 ", text))).page()


WIDEST = 100
"""Bytes around a mark that are searched for its indent."""
QUOTES = 50
"""Maximum depth of quotations that are told apart, as pages must not be nested without end."""


class _Renderer:
    def __init__(self, text: str) -> None:
        self.text, self.source = text, text.encode()
        self.starts = [0, *(found.end() for found in re.finditer(b"\n", self.source))]
        self.made: list[str] = []
        self.lines = 1
        """Number of lines in the page so far."""
        self.open: list[str] = []
        """Tags of the open elements; empty for those that are not rendered."""
        self.whole: tuple[str, Any, int] = "", None, 0
        """The element that is rendered at once: its kind, its details from the parser, and its
        offset."""
        self.taken: list[str] = []
        """The text of that element."""
        self.nested = 0
        """Number of open elements from that one on, as images may be nested."""
        self.tags: list[tuple[int, str]] = []
        """HTML within the current text: the index in `made`, and the tag."""

    def page(self) -> str:
        events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(self.text, options=_OPTIONS)
        for event, place in events:
            name, value = (event, "") if isinstance(event, str) else next(iter(event.items()))
            if self.nested:
                self._take(name, value)
            elif name == "Text":
                escaped = value[0] == "{" and self.source[place["start"] - 1] == 0x5C
                self._add(escape(ESCAPED + value if escaped else value, quote=False))
            elif name == "Start":
                kind, detail = next(iter(value.items())) if isinstance(value, dict) else (value, "")
                self._start(kind, detail, place["start"])
            elif name == "End":
                tag = self.open.pop()
                if tag not in INLINE:
                    self._settle_tags()
                self._add(f"</{tag}>" if tag else "")
            else:
                self._other(name, value, place["start"])
        self._settle_tags()
        return "".join(self.made)

    def _add(self, text: str) -> None:
        self.made.append(text)

    def _line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def _where(self, offset: int) -> str:
        """Return attributes for line and indent, and for a blank line before."""
        line = self._line(offset)
        start = max(self.starts[line - 1], offset - WIDEST)
        end = _PREFIX.match(self.source, max(start, offset), offset + WIDEST)
        prefix = self.source[start : end.end() if end else offset].replace(b"> ", b"")
        indent = len(prefix.replace(b">", b"").expandtabs(4))
        before = self.source[self.starts[line - 2] : start] if line > 1 else b""
        blank = "" if before.strip(b" \t\n>") else ' data-b=""'
        return f' data-l="{line}" data-i="{indent}"{blank}'

    def _start(self, kind: str, detail: Any, start: int) -> None:
        if kind in _WHOLE:
            self.whole, self.taken, self.nested = (kind, detail, start), [], 1
            return
        tag, more = _TAGS.get(kind, ""), ""
        if kind == "Link":
            scheme = "mailto:" if detail["link_type"] == "Email" else ""
            more = f' href="{escape(scheme + detail["dest_url"])}"'
        elif kind not in _IN_TEXT:
            self._settle_tags()
            tag, more = self._block(kind, tag, detail, start)
        self.open.append(tag)
        self._add(f"<{tag}{more}>" if tag else "")

    def _block(self, kind: str, tag: str, detail: Any, start: int) -> tuple[str, str]:
        """Return the tag of a block and its attributes."""
        if kind == "List":
            return "ul" if detail is None else "ol", ""
        if kind == "FootnoteDefinition":
            return tag, f' data-note="{escape(detail)}"'
        if kind == "BlockQuote" and self.open.count(tag) >= QUOTES:
            return "", ""
        where = self._where(start)
        if kind == "Heading":
            return detail["level"].lower(), where
        number = _NUMBER.match(self.source, start, start + 20) if kind == "Item" else None
        return tag, f'{where} value="{int(number[1])}"' if number else where

    def _take(self, name: str, value: Any) -> None:
        """Collect an event within an element that is rendered at once."""
        if name in ("Text", "Code", "Html"):
            self.taken.append(value)
        elif name in ("SoftBreak", "HardBreak"):
            self.taken.append(" ")
        self.nested += (name == "Start") - (name == "End")
        if not self.nested:
            self._make(*self.whole, "".join(self.taken))

    def _make(self, kind: str, detail: Any, start: int, text: str) -> None:
        """Render an image, HTML or code. Indented HTML, as programs write it, is not code."""
        line = self._line(start)
        if kind == "Image":
            self._add(f'<img data-l="{line}" alt="{escape(text)}">')
            return
        self._settle_tags()
        self._add("\n" * (line - self.lines))
        self.lines = max(self.lines, line) + text.count("\n")
        indented = detail == "Indented"
        if kind == "HtmlBlock" or (indented and _INDENTED.match(text)):
            text = _COMMENT.sub(_marker, text)
            self._add(_RAW_TEXT.sub(lambda tag: "&lt;" + tag[0][1:], text))
        else:
            more = self._where(start) + " data-indented" * indented
            self._add(f"<pre{more}>{escape(text, quote=False)}</pre>")

    def _other(self, name: str, value: Any, start: int) -> None:
        if name == "Code":
            self._add(f"<code>{escape(value, quote=False)}</code>")
        elif name in ("SoftBreak", "HardBreak"):
            line = self._line(start)
            self._add(f"<br{self._where(self.starts[line] if line < len(self.starts) else start)}>")
        elif name == "InlineHtml":
            self.tags.append((len(self.made), value))
            self._add("")
        elif name == "TaskListMarker":
            self._add('<input type="checkbox">')
        elif name == "FootnoteReference":
            self._add(f'<sup data-note="{escape(value)}"></sup>')

    def _settle_tags(self) -> None:
        """Keep HTML within a text if its tags are paired, as in `<kbd>Ctrl</kbd>`, or are line
        breaks. Other tags, as in "What does <b> do?", become text."""
        if not self.tags:
            return
        open_tags: list[tuple[int, str, str]] = []
        names: Counter[str] = Counter()
        for place, html_text in self.tags:
            tag = _TAG.fullmatch(html_text)
            name = tag[2].lower() if tag else ""
            self.made[place] = escape(html_text, quote=False)
            if not tag:
                self.made[place] = _COMMENT.sub(_marker, html_text)
            elif name in ("br", "wbr"):
                self.made[place] = html_text
            elif name in INLINE and not tag[1]:
                open_tags.append((place, name, html_text))
                names[name] += 1
            elif names[name]:
                opened = ""
                while opened != name:
                    start, opened, text = open_tags.pop()
                    names[opened] -= 1
                self.made[start], self.made[place] = text, html_text
        self.tags = []


def _marker(comment: re.Match[str]) -> str:
    """Return the element for a comment that skips something or begins or ends notes, else
    nothing."""
    inside = (comment[1] or "").strip()
    breaks = "\n" * comment[0].count("\n")
    if is_skip(comment[0]):
        return f"<span data-skip></span>{breaks}"
    if inside.startswith(":::"):
        return f'<span data-fence="{escape(inside.strip(": "))}"></span>{breaks}'
    return breaks
