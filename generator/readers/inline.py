"""Texts with styles: cutting them, reading what they end in, and tidying them for the model."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from generator.diagnostics import CONTROL, Problems
from generator.model import Inline, Span, plain
from generator.readers.asks import ASKS, asks
from generator.readers.attributes import IMAGE, NOTHING, Attributes, take, with_braces

_ANCHOR = re.compile(r"<\s*a\s+(?:name|id)\s*=[^>]*>|<\s*/\s*a\s*>", re.IGNORECASE)
_BARE = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,:;!?'*_~()\[\]])", re.IGNORECASE)
"""A URL in plain text (GitHub Flavored Markdown, 6.9)."""
_IMAGE = re.compile(f"{IMAGE}[^{IMAGE}]*{IMAGE}")
SAFE = string.punctuation
"""Characters that are not percent-encoded in a URL (RFC 3986, 2.1)."""
_SHARE = 0.4
"""The share of links in a text from which it is little more than links."""
BLANK_END = re.compile(r"[\s_.…:：]*(?:_{3,}|\.{4,}|…{2,})[\s_.…]*$")
"""A line to write on at the end of a text."""
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def with_attributes(spans: Inline, line: int, problems: Problems) -> tuple[Inline, Attributes]:
    """Split a text that begins on `line` into the text and the attributes in braces at its end."""
    if not any("{" in span.text for span in spans):
        return spans, NOTHING
    text = "".join(_plain(span) for span in spans)
    kept, asked = take(text, line + text.count("\n"), problems)
    made = []
    for span in spans:
        made.append(with_text(span, span.text[:kept]))
        kept = max(0, kept - len(span.text))
    return _filled(made), asked


def has_braces(spans: Sequence[Span]) -> bool:
    """Return True if a text ends in braces with attributes, so that no text continues it."""
    return bool(spans) and spans[-1].text.endswith("}") and with_braces("".join(map(_plain, spans)))


def _plain(span: Span) -> str:
    """Return the text of a span as it is searched for braces; those in code do not count."""
    return span.text.replace("{", "(") if span.code else span.text


def warn_of_image(line: int, problems: Problems) -> None:
    problems.warning("an image was left out", line, "its description is printed instead")


def is_links(spans: Inline) -> bool:
    """Return True if a text is little more than links, to places in the page or to what does not
    ask."""
    linked = sum(len(span.text) for span in spans if span.href)
    text = plain(spans)
    if not linked or linked < _SHARE * len(text.strip()):
        return False
    return asks(text) < ASKS or any((span.href or "").startswith("#") for span in spans)


def is_navigation(spans: Inline) -> bool:
    """Return True if a text has only badges and links within the page, and no words of its own."""
    own = "".join(span.text for span in spans if not (span.href or "").startswith("#"))
    return bool(spans) and not re.search(r"\w", _IMAGE.sub("", own))


def without_image_marks(spans: Inline) -> Inline:
    """Remove the marks around descriptions of images."""
    if not any(IMAGE in span.text for span in spans):
        return spans
    return tuple(with_text(span, span.text.replace(IMAGE, "")) for span in spans)


def cut(spans: Inline, start: int, end: int | None = None) -> Inline:
    """Return a part of a text, by characters, without the spaces at its ends."""
    made: list[Span] = []
    place = 0
    for span in spans:
        stop = None if end is None else max(0, end - place)
        made.append(with_text(span, span.text[max(0, start - place) : stop]))
        place += len(span.text)
    return stripped(made)


def without_blank(text: Inline) -> Inline:
    """Remove the line to write on at the end of a text."""
    found = BLANK_END.search(plain(text))
    return cut(text, 0, found.start()) if found and found.start() else text


def split(spans: Inline) -> list[Inline]:
    """Split a text at its line breaks, and keep the white space around them."""
    if not any("\n" in span.text for span in spans):
        return [spans]
    made: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        made[-1].append(with_text(span, first))
        made += [[with_text(span, text)] for text in others]
    return [tuple(line) for line in made]


def lines(spans: Inline) -> list[Inline]:
    """Split a text into lines."""
    return [stripped(line) for line in split(spans)]


def stripped(spans: Iterable[Span]) -> Inline:
    """Remove the white space at both ends."""
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
    """Return a span with another text in the same style; `dataclasses.replace` takes four times as
    long."""
    return Span(text, span.emphasis, span.strong, span.code, span.href)


def _filled(spans: Iterable[Span]) -> Inline:
    return tuple(span for span in spans if span.text)


def linked(spans: Inline) -> Inline:
    """Make links of the URLs in a text."""
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
    """Remove anchors, and links within the page that have no words: web pages use them to lead from
    a heading back to a table of contents."""
    return tuple(
        with_text(span, _ANCHOR.sub("", span.text))
        for span in spans
        if not (span.href or "").startswith("#") or re.search(r"\w", span.text)
    )


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Join neighbouring spans of the same style."""
    groups = groupby(spans, lambda span: (span.emphasis, span.strong, span.code, span.href))
    joined = (Span("".join([span.text for span in group]), *style) for style, group in groups)
    return [span for span in joined if span.text]


def tidy(spans: Inline) -> Inline:
    """Return a text as the model has it: on one line, without spaces at its ends or links that lead
    nowhere, and with neighbouring spans of the same style joined."""
    if len(spans) == 1 and spans[0].text.isprintable() and spans[0].href is None:
        return stripped(spans)
    return stripped(
        _joined(
            Span(
                re.sub(r"[\t\n\r]", " ", CONTROL.sub("", span.text)),
                span.emphasis,
                span.strong,
                span.code,
                span.href if span.href and _ABSOLUTE.match(span.href) else None,
            )
            for span in spans
        )
    )
