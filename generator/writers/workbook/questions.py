"""Question pages: which question goes on which page, and on which places of the grid.

A block is a question, or the part of a long one that fits on a page. All rules lie on the grid. In
a theme, every question that leaves its rules to the page gets as many as the others. The rest of a
page stays free at its head, or becomes the panel at the theme's end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.model import AnswerKind
from generator.writers.workbook.answers import (
    GROWING,
    circles,
    end_lines,
    end_words,
    places_of,
    set_answer,
    table_width,
)
from generator.writers.workbook.blocks import rise
from generator.writers.workbook.boxes import Block, Bookmark, Placed
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame


@dataclass(frozen=True, slots=True)
class Fit:
    """The rules that a question asked for (None if it leaves them to the page), and those it was
    given."""

    number: int
    kind: AnswerKind
    asked: int | None
    given: int

    @property
    def space(self) -> str:
        """A description of the space: `9`, `9 for 6`, `box`."""
        of = f" for {self.asked}" if self.asked else ""
        return f"{self.given}{of}" if self.kind is AnswerKind.LINES else str(self.kind)


def spread(parts: Sequence[Block], frame: Frame, top: float) -> list[list[Placed]]:
    """Distribute blocks over pages, the first of which begins at `top`.

    The share is the largest one that adds no page and leaves none with much free room: `n`
    questions to a page, the same `n` for all of them, as far as long texts allow.
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
    """Return the free places on each page except the last, which has its panel."""
    return [0, *(frame.last_place - page[-1].last for page in pages[:-1] if page)]


def _usual(parts: Sequence[Block], frame: Frame) -> tuple[int, int]:
    """Return the number of questions on a page if their texts are short, and the rules for each of
    them."""
    style = frame.style
    first = style.lead + style.question.size * style.ascent
    places = frame.last_place - frame.first_place(first) + 1
    number = 1
    while number < len(parts) and _shared(places, number + 1, style.gap_places) >= (
        style.default_lines
    ):
        number += 1
    return number, _shared(places, number, style.gap_places)


def _shared(places: int, number: int, gap: int) -> int:
    return (places - gap * (number - 1)) // number


def _packed(parts: Sequence[Block], share: int, frame: Frame, top: float) -> list[list[Placed]]:
    """Fill each page as far as possible, with each block as high on it as possible."""
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
    """Place a block below those on a page, or at its top."""
    places = places_of(block.answer, share, frame)
    above = rise(block, frame)
    if block.row:
        lines = len(block.head) * block.head[0].style.leading + frame.style.clear
        places = max(frame.style.table_places, math.ceil((lines - EQUAL) / frame.gap))
    if not page:
        return Placed(block, frame.first_place(top + above), places)
    if block.row and page[-1].block.row:
        return Placed(block, page[-1].last + 1, places)
    gap = math.ceil((frame.style.clear + above - EQUAL) / frame.gap)
    if page[-1].places and places:
        gap = max(gap, frame.style.gap_places + 1)
    return Placed(block, page[-1].last + gap, places)


def settled(page: Sequence[Placed], frame: Frame, closer: bool) -> tuple[list[Placed], int]:
    """Share out the free room of a page, and return its blocks with the first place that is still
    free.

    The room goes to questions that fill the page, or else to drawn areas; or else gaps grow a
    little, and the rest stays at the head, or at the foot if it is much. With `closer`, it is kept
    for the panel at the theme's end.
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


def set_page(page: Draft, placed: Sequence[Placed]) -> None:
    """Draw the blocks of a page."""
    page.placed = tuple(placed)
    for above, each in zip([None, *placed], placed, strict=False):
        if each.block.row:
            _set_row(page, each, not (above and above.block.row))
        else:
            _set_head(page, each.block, page.frame.place(each.first) - page.style.lead)
            set_answer(page, each)


def _set_head(page: Draft, block: Block, last: float) -> None:
    """Set the text of a block with this last baseline, so that further lines grow upwards."""
    base = last
    for line in reversed(block.head[1:]):
        base -= line.style.leading + line.before
    if not block.part:
        _number(page, block, base, base - page.style.question.leading)
    page.column(block.head, page.frame.column, base)


def _number(page: Draft, block: Block, base: float, top: float) -> None:
    """Set the number of a question. Bookmarks lead to its top."""
    number, accent = str(block.number), page.palette.accent(page.theme)
    page.add(Bookmark(top, block.key, f"{number}. {block.title}", 1))
    page.text(number, page.style.question, 0.0, base, block.label, accent)


def _set_row(page: Draft, placed: Placed, opens: bool) -> None:
    """Set a statement with its scale beside it, and a hairline below."""
    block, frame, style = placed.block, page.frame, page.style
    top, bottom = frame.place(placed.first) - frame.gap, frame.place(placed.last)
    words = table_width(block.answer, frame)
    left, middle = frame.width - words, (top + bottom) / 2
    base = frame.middle(middle, block.head[0].style, len(block.head))
    _number(page, block, base, top)
    page.column(block.head, frame.column, base)
    if opens:
        most = max(map(len, end_lines(block.answer, words, frame)))
        above = top - style.clear / 2 - max(0, most - 1) * style.small.leading
        end_words(page, block, left, above)
        page.hairline(top, x=frame.column)
    count = 1 + round((words - style.circle) / style.table_step)
    circles(page, block, left, middle - style.circle / 2, style.table_step, count)
    page.hairline(bottom, x=frame.column)
