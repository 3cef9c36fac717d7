"""The lines of one paragraph or item: typed marks begin items, labels begin notes.

Every format has paragraphs whose lines are more than one thing: lists that were pasted as text,
choices to tick on one line, an answer under its question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from generator.model import Inline, Span, plain
from generator.readers.asks import ASKS, asks, ends
from generator.readers.attributes import NOTHING
from generator.readers.inline import cut, has_braces
from generator.readers.marks import BOXES, Marks
from generator.readers.raw import Block, Kind, Mark
from generator.readers.words import words

DELIBERATE = 50
"""Characters: a line that breaks sooner than this was broken on purpose."""
_TICKED = re.compile(rf"(?:^|(?<=\s))[{BOXES}]|\[[ xX]?\](?=\s)")
_WRITTEN = re.compile(r"[^\W_]")
_RULE = re.compile(r"_{3}|\.{3}|…|[-‐–—]{4}")


class Line(NamedTuple):
    line: int
    indent: float
    spans: Inline


@cache
def _labelled() -> re.Pattern[str]:
    known = words()
    return re.compile(rf"(?:{known.answer}|{known.note})\s*\d*\s*[:：]", re.IGNORECASE)


def is_note(text: str) -> bool:
    """Whether a text names itself an answer or a hint: `Answer: ...`, `Tip: ...`."""
    return bool(_labelled().match(text))


def is_placeholder(text: str) -> bool:
    """Whether a text only keeps a place for an answer: `______`, `...`, `Your answer here`."""
    if not _WRITTEN.search(text):
        return _RULE.search(text) is not None
    return len(text) < 60 and words().placeholders.fullmatch(text.strip("*_ ")) is not None


def blocks(lines: Iterable[Line], first: Block, marks: Marks) -> Iterator[Block]:
    """The blocks of a paragraph's or an item's lines; `first` has what the format knows of it."""
    at: Block | None = None
    begun = first
    for line in lines:
        text = plain(line.spans)
        if first.kind is not Kind.HEADING and is_placeholder(text):
            continue
        if len(ticks := list(_TICKED.finditer(text))) > 1:
            yield from [at] if at else []
            at = None
            yield from _ticked(line, [tick.start() for tick in ticks], text)
            begun = replace(first, kind=Kind.PARAGRAPH, inside=True, blank=False, number=None)
            continue
        typed = marks.read(text)
        if typed is None and at is not None and _goes_on(at, text):
            at.spans = (*at.spans, Span("\n"), *line.spans)
            continue
        yield from [at] if at else []
        at = _begun(begun, line)
        inside = begun.inside or begun.kind is Kind.ITEM or typed is not None
        begun = replace(
            first, kind=Kind.PARAGRAPH, inside=inside, blank=False, number=None, asked=NOTHING
        )
        if typed is None:
            continue
        at.spans = cut(line.spans, typed.end)
        if at.kind is not Kind.HEADING:
            is_item = at.kind is Kind.ITEM
            at.mark = typed.mark if not is_item or typed.mark is not Mark.BULLET else at.mark
            at.kind, at.inside = Kind.ITEM, False
            at.indent = at.indent if is_item else line.indent
        at.number = typed.number if typed.number is not None else at.number
    yield from [at] if at else []


def _begun(first: Block, line: Line) -> Block:
    return replace(first, spans=line.spans, line=line.line, rows=[])


def _goes_on(at: Block, text: str) -> bool:
    """Whether a line belongs to the text before it. Below a question it is a note if it says so, or
    if the line before it was broken on purpose and neither asks nor goes on in small letters."""
    if is_note(text) or has_braces(at.spans):
        return False
    before = at.text.rpartition("\n")[2]
    if at.kind is not Kind.ITEM or text[:1].islower() or not ends(before):
        return True
    return asks(text) >= ASKS or len(before) >= DELIBERATE or asks(at.text) < ASKS


def _ticked(line: Line, starts: list[int], text: str) -> Iterator[Block]:
    """`☐ Yes ☐ No`: each box with the words after it."""
    if text[: starts[0]].strip():
        yield Block(Kind.PARAGRAPH, cut(line.spans, 0, starts[0]), line.line, inside=True)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        spans = cut(line.spans, start, end)
        words_from = len(re.match(rf"\s*(?:[{BOXES}]|\[[ xX]?\])\s*", plain(spans))[0])  # type: ignore[index]
        yield Block(Kind.ITEM, cut(spans, words_from), line.line, indent=line.indent, mark=Mark.BOX)
