"""Lists that are written in HTML, as a page of the web or a Markdown file has them.

The parser is Python's own: it fetches nothing and runs nothing, and takes tags that are not closed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import ClassVar
from urllib.parse import quote

from generator.model import Span
from generator.readers.blocks import MAX_NESTING, Block
from generator.readers.inline import SAFE, warn_of_image
from generator.readers.problems import Problems

_LEFT_OUT = {"pre": "a code block", "table": "a table", "svg": "an image", "script": "a script"}
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>", re.DOTALL)
_NO_TAG = re.compile(r"<(?![a-zA-Z/])")
"""Python's parser looks again and again for the end of a comment that is not closed."""
_SILENT = ("style", "head", "template")
_STYLES: dict[str, dict[str, bool]] = {
    "em": {"emphasis": True}, "i": {"emphasis": True}, "strong": {"strong": True},
    "b": {"strong": True}, "code": {"code": True}, "kbd": {"code": True},
}  # fmt: skip


def parse(text: str, problems: Problems, first: int = 1) -> list[Block]:
    """The blocks of a text that begins on line `first`."""
    tree = _Tree(problems, first)
    tree.feed(_NO_TAG.sub("&lt;", _COMMENT.sub(_commented, text)))
    tree.close()
    tree.end_text()
    return tree.found


def _commented(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")


class _Tree(HTMLParser):
    HEADINGS: ClassVar = {f"h{level}": level for level in range(1, 7)}

    def __init__(self, problems: Problems, first: int) -> None:
        super().__init__(convert_charrefs=True)
        self.problems, self.first = problems, first
        self.found: list[Block] = []
        self.lists: list[Block] = []
        """Those that are open, the innermost last; each with the item that is open as its last."""
        self.text: Block | None = None
        self.styles: list[tuple[str, Span]] = []
        self.left_out: list[str] = []

    @property
    def line(self) -> int:
        return self.first - 1 + self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.left_out:
            self.left_out += [tag] if tag == self.left_out[-1] else []
        elif tag in _SILENT:
            self.left_out = [tag]
        elif tag in _LEFT_OUT:
            hint = "write as text what belongs to a question"
            self._leave_out(tag, f"{_LEFT_OUT[tag]} was left out", hint)
        elif tag == "img":
            warn_of_image(self.line, self.problems)
            self.handle_data(given.get("alt") or "")
        elif tag == "br" and self.text:
            self.text.spans += (Span("\n"),)
        elif tag in _STYLES or tag == "a":
            href = quote(given.get("href") or "", safe=SAFE) or None
            span = self._style()
            own = replace(span, **_STYLES[tag]) if tag in _STYLES else replace(span, href=href)  # type: ignore[arg-type]
            self.styles.append((tag, own))
        elif tag in ("ul", "ol"):
            self.end_text()
            self._open_list(tag, given.get("start") or "1")
        elif tag == "li" and self.lists:
            self.end_text()
            self._open_item(given.get("value"))
        else:
            self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            if tag == self.left_out[-1]:
                self.left_out.pop()
        elif tag in _STYLES or tag == "a":
            names = [name for name, _ in self.styles]
            if tag in names:
                del self.styles[len(names) - 1 - names[::-1].index(tag)]
        else:
            self._block("")
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()

    def handle_data(self, data: str) -> None:
        data = re.sub(r"\s+", " ", data)
        if self.left_out or not (data.strip() or self.text):
            return
        if self.text is None:
            self.text = Block("paragraph", self.line)
            self._here().append(self.text)
        self.text.spans += (replace(self._style(), text=data),)

    def _style(self) -> Span:
        return self.styles[-1][1] if self.styles else Span("")

    def _block(self, tag: str) -> None:
        """A block begins or ends: what was text is one."""
        self.end_text()
        if tag in self.HEADINGS:
            self.lists.clear()
            self.text = Block("heading", self.line, level=self.HEADINGS[tag])
            self.found.append(self.text)

    def end_text(self) -> None:
        self.text = None
        self.styles.clear()

    def _here(self) -> list[Block]:
        if not self.lists:
            return self.found
        if not self.lists[-1].children:
            self._open_item(None)
        return self.lists[-1].children[-1].children

    def _open_list(self, tag: str, start: str) -> None:
        """A list within a list belongs to its last item, also where it stands beside that."""
        if len(self.lists) >= MAX_NESTING // 2:
            self._leave_out(tag, "what is nested deeper than this was left out", "indent it less")
            return
        made = Block("list", self.line)
        if tag == "ol":
            made.number = int(start) if start.isdecimal() else 1
        self._here().append(made)
        self.lists.append(made)

    def _leave_out(self, tag: str, message: str, hint: str) -> None:
        self.problems.warning(message, self.line, hint)
        self.left_out = [tag]

    def _open_item(self, value: str | None) -> None:
        above = self.lists[-1]
        if value and value.isdecimal() and above.number is not None:
            above.number = int(value)
        above.children.append(Block("item", self.line, number=above.number))
        if above.number is not None:
            above.number += 1
