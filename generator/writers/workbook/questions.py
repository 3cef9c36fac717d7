"""Question pages: which question stands on which page, and at which places of the grid.

A block is a question, or the part of a long one that fits on a page. All rules lie on the grid. In
a theme every question that leaves its rules to the page gets as many as the others; what a page has
left then stays at its head, or becomes the panel at the theme's end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from generator.model import AnswerKind
from generator.writers.workbook.answers import (
    GROWING,
    Asked,
    circles,
    end_lines,
    end_words,
    places_of,
    set_answer,
    table_width,
)
from generator.writers.workbook.blocks import Block
from generator.writers.workbook.boxes import Bookmark, Boxes, Key
from generator.writers.workbook.frame import EQUAL, Frame


class Placed(NamedTuple):
    """A block on its page, with the places of its space."""

    block: Block
    first: int
    places: int

    @property
    def last(self) -> int:
        """Its last place; without a space, the one before its first."""
        return self.first + self.places - 1


@dataclass(frozen=True, slots=True)
class Fit:
    """The rules that a question asked for (None: left to the page) and what it was given."""

    number: int
    kind: AnswerKind
    asked: int | None
    given: int

    @property
    def space(self) -> str:
        """`9`, `9 for 6`, `box`."""
        of = f" for {self.asked}" if self.asked else ""
        return f"{self.given}{of}" if self.kind is AnswerKind.LINES else str(self.kind)


def spread(parts: Sequence[Block], frame: Frame, top: float = 0.0) -> list[list[Placed]]:
    """Blocks on pages, the first of which begins at `top`.

    The share is the largest with which no page is added and none has much left: `n` questions to a
    page, and `n` the same for all of them, as far as long texts allow.
    """
    most, share = _usual(parts, frame)
    fewest = -(-len(parts) // most)
    tried: list[list[list[Placed]]] = []
    for rules in range(share, min(share, frame.style.fewest_lines) - 1, -1):
        tried.append(_packed(parts, rules, frame, top))
        if len(tried[-1]) <= fewest and max(_left(tried[-1], frame)) <= frame.style.most_head:
            return tried[-1]
    return min(tried, key=lambda each: (len(each), sum(_left(each, frame))))


def _left(pages: Sequence[Sequence[Placed]], frame: Frame) -> list[int]:
    """The places that remain on each page but the last, which has its panel."""
    return [0, *(frame.last_place - page[-1].last for page in pages[:-1] if page)]


def _usual(parts: Sequence[Block], frame: Frame) -> tuple[int, int]:
    """The questions of a page whose texts are short, and the rules of each of them."""
    style = frame.style
    rise = style.lead + style.question.size * style.ascent
    places = frame.last_place - frame.first_place(rise) + 1
    number = 1
    while number < len(parts) and _shared(places, number + 1, style.gap_places) >= (
        style.default_lines
    ):
        number += 1
    return number, _shared(places, number, style.gap_places)


def _shared(places: int, number: int, gap: int) -> int:
    return (places - gap * (number - 1)) // number


def _packed(parts: Sequence[Block], share: int, frame: Frame, top: float) -> list[list[Placed]]:
    """Each page as full as can be, each block as high on it as can be."""
    pages: list[list[Placed]] = [[]]
    for block in parts:
        placed = _below(pages[-1], block, share, frame, top if len(pages) == 1 else 0.0)
        if placed.last > frame.last_place and (pages[-1] or (top and len(pages) == 1)):
            pages.append([])
            placed = _below([], block, share, frame, 0.0)
        if placed.last > frame.last_place:  # a long text leaves less than the share
            placed = placed._replace(places=frame.last_place - placed.first + 1)
        pages[-1].append(placed)
    return pages


def _below(page: Sequence[Placed], block: Block, share: int, frame: Frame, top: float) -> Placed:
    """A block below those that are on a page, or at its top."""
    places = places_of(block.answer, share, frame)
    rise = block.rise(frame)
    if block.row:
        lines = len(block.head) * block.head[0].style.leading + frame.style.clear
        places = max(frame.style.table_places, math.ceil((lines - EQUAL) / frame.gap))
    if not page:
        return Placed(block, frame.first_place(top + rise), places)
    if block.row and page[-1].block.row:
        return Placed(block, page[-1].last + 1, places)
    gap = math.ceil((frame.style.clear + rise - EQUAL) / frame.gap)
    if page[-1].places and places:
        gap = max(gap, frame.style.gap_places + 1)
    return Placed(block, page[-1].last + gap, places)


def settled(page: Sequence[Placed], frame: Frame, closer: bool) -> tuple[list[Placed], int]:
    """A page with what it has left shared out, and the first place that is still free.

    What is left goes to those who fill the page, else to drawn areas; else gaps grow a little, and
    the rest stays at the head, or at the foot where it is much. With `closer`, it is kept for the
    panel at the theme's end.
    """
    left = frame.last_place - page[-1].last
    takers = [place for place, each in enumerate(page) if each.block.answer.fill]
    if not takers and closer and left >= frame.style.closer_small_places:
        return list(page), page[-1].last + 1
    takers = takers or [n for n, each in enumerate(page) if each.block.answer.kind in GROWING]
    more, before = [0] * len(page), [0] * len(page)
    if takers:
        for turn in range(left):
            more[takers[turn % len(takers)]] += 1
    else:
        gaps = [not (each.block.row and above.block.row) for above, each in pairwise(page)]
        extra = min(frame.style.most_extra, left // max(1, sum(gaps)))
        head = left - extra * sum(gaps)
        before = [head if head <= frame.style.most_head else 0, *(extra * gap for gap in gaps)]
    made, moved = [], 0
    for each, added, air in zip(page, more, before, strict=True):
        moved += air
        made.append(each._replace(first=each.first + moved, places=each.places + added))
        moved += added
    return made, frame.last_place + 1


def set_page(
    page: Sequence[Placed], frame: Frame, color: str, names: dict[Key, str]
) -> tuple[Boxes, dict[Key, int]]:
    """The boxes of a page, and the rules of each question."""
    boxes: Boxes = []
    given: dict[Key, int] = {}
    for index, (block, first, places) in enumerate(page):
        if block.row:
            opens = not (index and page[index - 1].block.row)
            boxes += _set_row(page[index], frame, color, names[block.key], opens)
            continue
        boxes += _set_head(block, frame, color, frame.place(first) - frame.style.lead)
        name = names[block.key] + (f"-{block.part + 1}" if block.part and not block.choice else "")
        asked = Asked(name, block.title, block.body, block.choice)
        boxes += set_answer(block.answer, first, places, frame, asked)
        lines = places if block.answer.kind is AnswerKind.LINES else 0
        given[block.key] = given.get(block.key, 0) + lines
    return boxes, given


def _set_head(block: Block, frame: Frame, color: str, last: float) -> Boxes:
    """The text of a block, whose last baseline is given: further lines grow upward."""
    palette, boxes = frame.palette, Boxes()
    bases = [last]
    for line in reversed(block.head[1:]):
        bases.insert(0, bases[0] - line.style.leading - line.before)
    if not block.part:
        style, number = frame.style.question, str(block.number)
        boxes.append(Bookmark(bases[0] - style.leading, block.key, f"{number}. {block.title}", 1))
        boxes.append(frame.text(number, style, 0.0, bases[0], color, block.label))
    lines = zip(bases, block.head, strict=True)
    for tag, group in groupby(lines, key=lambda pair: (pair[1].tag, pair[1].quiet)):
        (base, first), *others = group
        x, ink = frame.column + first.indent, palette.muted if first.quiet else palette.ink
        if first.marker:
            at = x - frame.style.followup_indent * 0.75
            boxes.append(frame.text(first.marker, first.style, at, base, palette.muted))
        texts = [first.text, *(line.text for _, line in others)]
        boxes += frame.set(texts, first.style, x, base, ink, tag[0], " ", first.linked)[0]
    return boxes


def _set_row(placed: Placed, frame: Frame, color: str, name: str, opens: bool) -> Boxes:
    """A statement with its scale beside it, and a hairline below."""
    block, style = placed.block, frame.style
    top, bottom = frame.place(placed.first) - frame.gap, frame.place(placed.last)
    size, words = style.circle, table_width(block.answer, frame)
    left, text = frame.width - words, block.head[0].style
    base = frame.middle((top + bottom) / 2, text, len(block.head))
    number, title = str(block.number), f"{block.number}. {block.title}"
    boxes: Boxes = [
        Bookmark(top, block.key, title, 1),
        frame.text(number, style.question, 0.0, base, color, block.label),
    ]
    lines, tag = [line.text for line in block.head], block.head[0].tag
    boxes += frame.set(lines, text, frame.column, base, frame.palette.ink, tag, " ")[0]
    if opens:
        most = max(map(len, end_lines(block.answer, words, frame)))
        above = top - style.clear / 2 - max(0, most - 1) * style.small.leading
        boxes += end_words(block.answer, left, frame.width, above, frame, block.body)
        boxes.append(frame.hairline(top, x=frame.column))
    asked, step = Asked(name, block.title, block.body), style.table_step
    y, count = (top + bottom - size) / 2, 1 + round((words - size) / step)
    boxes += circles(block.answer, left, y, step, count, frame, asked)
    return [*boxes, frame.hairline(bottom, x=frame.column)]
