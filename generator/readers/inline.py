"""From a line of Markdown to spans. Raw HTML is data: it arrives as the text that was typed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import quote

import pyromark

from generator.diagnostics import CONTROL, Problems
from generator.model import Inline, Span
from generator.readers.attributes import (
    ESCAPED,
    IMAGE,
    NOTHING,
    SKIPPED,
    Attributes,
    is_skip,
    take,
    with_braces,
)

_MARKED = re.compile(r"[\\`*_\[\]<>&]|://")
"""What a text without mark-up has nothing of: most cells of a table."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ANCHOR = re.compile(r"<\s*a\s+(?:name|id)\s*=[^>]*>|<\s*/\s*a\s*>", re.IGNORECASE)
_BARE = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,:;!?'*_~()\[\]])", re.IGNORECASE)
"""An address in the text (GitHub Flavored Markdown, 6.9)."""
_IMAGE = re.compile(f"{IMAGE}[^{IMAGE}]*{IMAGE}")
SAFE = string.punctuation
"""What stays as it is in an address; the rest is encoded (RFC 3986, 2.1)."""
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Words:
    """The text of one paragraph or heading, event by event (those of pulldown-cmark)."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._spans: list[Span] = []
        self._emphasis = self._strong = 0
        """How many of them are open: they may nest."""
        self._href: str | None = None

    def take(self, name: str, value: Any, start: int) -> None:
        """An event within the text that begins at a byte of the source: a run of it, a break, the
        beginning or end of a style."""
        if name in ("Start", "End"):
            self._turn(name == "Start", value)
            return
        text = value or "\n"
        if name == "Text" and text[0] == "{" and self._source[start - 1 : start] == b"\\":
            text = ESCAPED + text
        elif name == "InlineHtml":
            text = SKIPPED if is_skip(text) else _COMMENT.sub("", text)
        self._add(text, name == "Code")

    def _add(self, text: str, code: bool = False) -> None:
        self._spans.append(Span(text, self._emphasis > 0, self._strong > 0, code, self._href))

    def _turn(self, on: bool, value: Any) -> None:
        if value == "Emphasis":
            self._emphasis += 1 if on else -1
        elif value == "Strong":
            self._strong += 1 if on else -1
        elif "Image" in value:
            self._add(IMAGE)
        elif "Link" in value:
            self._href = _address(value["Link"]) if on else None

    def spans(self) -> Inline:
        """The text with its line breaks and with links into the page."""
        if len(self._spans) == 1 and "://" not in self._spans[0].text:
            return (self._spans[0],)
        return linked(tuple(_joined(self._spans)))


def parse(text: str, line: int, problems: Problems) -> Inline:
    """A text that is one paragraph, whatever it begins with. It has no definitions of links."""
    if not _MARKED.search(text):
        return (Span(" ".join(text.split())),)
    source = "." + " ".join(text.split())  # what follows a point begins no list and no heading
    words = Words(source.encode())
    events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(source)
    for event, place in events:
        name, value = (event, "") if isinstance(event, str) else next(iter(event.items()))
        if name == "Start" and "Image" in value:
            warn_of_image(line, problems)
        if value != "Paragraph":
            words.take(name, value, place["start"])
    first, *others = words.spans() or (Span("."),)
    return _filled([replace(first, text=first.text[1:]), *others])


def with_attributes(spans: Inline, line: int, problems: Problems) -> tuple[Inline, Attributes]:
    """A text from `line` on without what stands in braces at its end, and what that asks for."""
    if not any("{" in span.text or SKIPPED in span.text for span in spans):
        return spans, NOTHING
    text = "".join(_plain(span) for span in spans)
    kept, asked = take(text, line + text.count("\n"), problems)
    made = []
    for span in spans:
        made.append(replace(span, text=span.text[:kept]))
        kept = max(0, kept - len(span.text))
    return _filled(made), asked


def has_braces(spans: Sequence[Span]) -> bool:
    """Whether a text ends in braces that ask for something: nothing goes on behind them."""
    return bool(spans) and spans[-1].text.endswith("}") and with_braces("".join(map(_plain, spans)))


def _plain(span: Span) -> str:
    """For the search of braces; those in code are none."""
    return span.text.replace("{", "(") if span.code else span.text


def warn_of_image(line: int, problems: Problems) -> None:
    problems.warning("an image was left out", line, "its description is printed instead")


def is_links(spans: Inline) -> bool:
    """Whether a text is links and what stands between them, without a word of its own."""
    own = "".join(span.text for span in spans if span.href is None)
    return any(span.href for span in spans) and not re.search(r"\w", own)


def is_navigation(spans: Inline) -> bool:
    """Whether a text is badges and links into the page, without a word of its own."""
    own = "".join(span.text for span in spans if not (span.href or "").startswith("#"))
    return bool(spans) and not re.search(r"\w", _IMAGE.sub("", own))


def without_image_marks(spans: Inline) -> Inline:
    """A text in which descriptions of images are like any other words."""
    if not any(IMAGE in span.text for span in spans):
        return spans
    return tuple(replace(span, text=span.text.replace(IMAGE, "")) for span in spans)


def cut(spans: Inline, start: int, end: int | None = None) -> Inline:
    """A part of a text, by characters, without the spaces at its ends."""
    made: list[Span] = []
    place = 0
    for span in spans:
        stop = None if end is None else max(0, end - place)
        made.append(with_text(span, span.text[max(0, start - place) : stop]))
        place += len(span.text)
    return stripped(made)


def lines(spans: Inline) -> list[Inline]:
    """A text line by line."""
    made: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        made[-1].append(with_text(span, first) if others else span)
        made += [[with_text(span, text)] for text in others]
    return [stripped(line) for line in made]


def stripped(spans: Iterable[Span]) -> Inline:
    """A text without the white space at its ends."""
    made = [span for span in spans if span.text]
    while made and made[0].text[0].isspace():
        made[0] = with_text(made[0], made[0].text.lstrip())
        if not made[0].text:
            del made[0]
    while made and made[-1].text[-1].isspace():
        made[-1] = with_text(made[-1], made[-1].text.rstrip())
        if not made[-1].text:
            del made[-1]
    return tuple(made)


def with_text(span: Span, text: str) -> Span:
    """Another text in the style of a span; `dataclasses.replace` takes four times as long."""
    return Span(text, span.emphasis, span.strong, span.code, span.href)


def _filled(spans: Iterable[Span]) -> Inline:
    return tuple(span for span in spans if span.text)


def _address(link: dict[str, str]) -> str:
    scheme = "mailto:" if link["link_type"] == "Email" else ""
    return quote(scheme + link["dest_url"], safe=SAFE)


def linked(spans: Inline) -> Inline:
    """The addresses in a text as links."""
    if not any("://" in span.text for span in spans):
        return spans
    made: list[Span] = []
    for span in spans:
        if "://" not in span.text or span.href or span.code:
            made.append(span)
            continue
        for index, part in enumerate(_BARE.split(span.text)):
            href = quote(part, safe=SAFE) if index % 2 else None
            made.append(replace(span, text=part, href=href))
    return _filled(made)


def without_anchors(spans: Inline) -> Inline:
    """A title without anchors, and without links into the page that have no word: they are how web
    pages lead back to a table of contents."""
    kept = []
    for span in spans:
        back = (span.href or "").startswith("#") and not re.search(r"\w", span.text)
        if not back:
            kept.append(span if span.code else replace(span, text=_ANCHOR.sub("", span.text)))
    return tuple(kept)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Neighbours of one style as one span."""
    groups = groupby(spans, lambda span: (span.emphasis, span.strong, span.code, span.href))
    joined = (Span("".join([span.text for span in group]), *style) for style, group in groups)
    return [span for span in joined if span.text]


def tidy(spans: Inline) -> Inline:
    """A text as the model has it: on one line, no space at either end, no link that leads nowhere,
    neighbours of one style joined."""
    if len(spans) == 1 and spans[0].text.isprintable() and spans[0].href is None:
        text = spans[0].text.strip(" ")
        return spans if text == spans[0].text else _filled([replace(spans[0], text=text)])
    made = _joined(
        replace(
            span,
            text=_one_line(span.text),
            href=span.href if span.href and _ABSOLUTE.match(span.href) else None,
        )
        for span in spans
    )
    while made and not made[0].text.strip(" "):
        del made[0]
    while made and not made[-1].text.strip(" "):
        del made[-1]
    if made:
        made[0] = replace(made[0], text=made[0].text.lstrip(" "))
        made[-1] = replace(made[-1], text=made[-1].text.rstrip(" "))
    return tuple(made)


def _one_line(text: str) -> str:
    return re.sub(r"[\t\n\r]", " ", CONTROL.sub("", text))
