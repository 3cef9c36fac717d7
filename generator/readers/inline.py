"""From a line of Markdown to spans. Raw HTML is data: it arrives as the text that was typed."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.model import Inline, Span, plain
from generator.readers.problems import CONTROL, Problems

_PARSER = MarkdownIt("commonmark")
_MARKED = re.compile(r"[\\`*_\[\]<>&\n\r\t]|://")
"""What a text without mark-up has nothing of: most questions."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ANCHOR = re.compile(r"<\s*a\s+(?:name|id)\s*=[^>]*>|<\s*/\s*a\s*>", re.IGNORECASE)
_BARE = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,:;!?'*_~()\[\]])", re.IGNORECASE)
"""An address in the text (GitHub Flavored Markdown, 6.9)."""
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def literal(text: str) -> Inline:
    """Raw HTML as text, without comments and line breaks."""
    text = " ".join(_COMMENT.sub("", text).split())
    return (Span(text),) if text else ()


def parse(
    content: str,
    line: int,
    env: MutableMapping[str, Any],
    problems: Problems,
    title: bool = False,
    keep: bool = False,
) -> Inline:
    """The spans of a paragraph that begins on `line`.

    `env` holds the document's link definitions. In a title, anchors and links without a word that
    lead into the page are left out: they are how web pages link back to a table of contents.
    `keep` keeps links that lead nowhere outside of the page.
    """
    if not _MARKED.search(content):
        text = CONTROL.sub("", content).strip(" ")
        return (Span(text),) if text else ()
    spans: list[Span] = []
    style = Span("")
    depth = {"em": 0, "strong": 0}
    for token in _PARSER.parseInline(content, env)[0].children or []:
        kind = token.type
        if token.tag in depth:
            depth[token.tag] += token.nesting
            style = replace(style, emphasis=depth["em"] > 0, strong=depth["strong"] > 0)
        elif kind == "link_open":
            style = replace(style, href=str(token.attrGet("href") or ""))
        elif kind == "link_close":
            if title:
                _drop_back_link(spans, style.href)
            style = replace(style, href=None)
        elif kind == "image":
            problems.warning("an image was left out", line, "its description is shown instead")
            spans.append(replace(style, text=_alternative(token.children or [])))
        elif kind == "text" and style.href is None:
            spans += _addresses(replace(style, text=token.content))
        else:
            line += kind in ("softbreak", "hardbreak")
            spans.append(replace(style, text=_text(token, title), code=kind == "code_inline"))
    return tidy(spans, keep)


def is_links(content: str, env: MutableMapping[str, Any]) -> bool:
    """Whether a text is links and what stands between them, without a word of its own."""
    if not _MARKED.search(content):
        return False
    spans = parse(content, 0, env, Problems(Path()), keep=True)
    own = "".join(span.text for span in spans if span.href is None)
    return any(span.href for span in spans) and not re.search(r"\w", own)


def _text(token: Token, title: bool) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline":
        text = _COMMENT.sub("", token.content)
        return "" if title and _ANCHOR.fullmatch(text) else text
    return token.content


def _addresses(span: Span) -> Inline:
    """The span with the addresses in it as links."""
    parts = _BARE.split(span.text) if "://" in span.text else [span.text]
    return tuple(
        replace(span, text=part, href=_PARSER.normalizeLink(part) if index % 2 else None)
        for index, part in enumerate(parts)
    )


def _alternative(tokens: Sequence[Token]) -> str:
    return "".join(" " if token.type.endswith("break") else token.content for token in tokens)


def _drop_back_link(spans: list[Span], href: str | None) -> None:
    place = len(spans)
    while place and spans[place - 1].href is not None:
        place -= 1
    if (href or "").startswith("#") and not re.search(r"\w", plain(tuple(spans[place:]))):
        del spans[place:]


def tidy(spans: list[Span], keep: bool) -> Inline:
    """Neighbours of one style joined, no space at either end, no link that leads nowhere."""
    tidy: list[Span] = []
    for span in spans:
        text = re.sub(r"[\t\n\r]", " ", CONTROL.sub("", span.text))
        href = span.href if span.href and (keep or _ABSOLUTE.match(span.href)) else None
        styled = replace(span, text=text, href=href)
        if tidy and replace(tidy[-1], text=text) == styled:
            tidy[-1] = replace(styled, text=tidy[-1].text + text)
        elif text:
            tidy.append(styled)
    while tidy and not tidy[0].text.strip(" "):
        del tidy[0]
    while tidy and not tidy[-1].text.strip(" "):
        del tidy[-1]
    if tidy:
        tidy[0] = replace(tidy[0], text=tidy[0].text.lstrip(" "))
        tidy[-1] = replace(tidy[-1], text=tidy[-1].text.rstrip(" "))
    return tuple(tidy)
