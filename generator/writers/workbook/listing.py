"""Ruled lists: the contents, and the questions to tick.

A row has a number, a text of one line or several, a page at its right, and a hairline below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.model import Inline, plain
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Key, Line, Link, PageNumber
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame

ROWS_TOGETHER = 3
"""Rows that must fit below the head of a list, or it begins on the next page."""


class Row(NamedTuple):
    number: Line | None
    lines: list[Inline]
    words: str
    """The whole text."""
    tag: Tag
    """Of the text and of the page."""
    key: Key
    """The page that it names and leads to, or the section whose pages it names."""
    span: bool = False
    tick: tuple[str, str, Tag] | None = None
    """Of the field in front of it: its name, what is asked, and its tag."""


def grouped(
    rows: Sequence[Row], frame: Frame, top: float, loose: float, after: float = 0.0
) -> list[tuple[list[Row], float]]:
    """The rows of each page and the height of a row of one line, in points.

    As few pages as tight rows need; then rows as high as these pages allow, up to `loose`, so that
    none is left with a line or two. The first page begins at `top`, the others at the frame's; the
    last has room for `after`.
    """

    def fill(height: float) -> list[tuple[list[Row], float]]:
        groups: list[tuple[list[Row], float]] = [([], height)]
        y = top
        for row in rows:
            needed = height_of(row, height, frame)
            kept = after if row is rows[-1] else 0.0
            if y + needed + kept > frame.height + EQUAL and (groups[-1][0] or y):
                groups.append(([], height))
                y = 0.0
            groups[-1][0].append(row)
            y += needed
        return groups

    tight = frame.style.tight_row
    fewest = len(fill(tight))
    height = loose
    while height > tight and len(fill(height)) > fewest:
        height -= 0.5
    return fill(max(height, tight))


def height_of(row: Row, height: float, frame: Frame) -> float:
    return height + (len(row.lines) - 1) * frame.style.listing.leading


def set_rows(page: Draft, rows: Sequence[Row], height: float, y: float, x: float) -> float:
    """The rows from `y` down, with their texts at `x`; where they end."""
    for row in rows:
        below = y + height_of(row, height, page.frame)
        _set_row(page, row, y, below, x)
        page.hairline(below)
        y = below
    return y


def _set_row(page: Draft, row: Row, y: float, below: float, x: float) -> None:
    frame, style, right = page.frame, page.style.listing, page.frame.width
    base = frame.middle((y + below) / 2, style, len(row.lines))
    if row.tick:
        page.tick(0.0, frame.middle_of(base), *row.tick)
    if number := row.number:
        page.text(plain(number.text), number.style, number.x, base, number.tag, number.color)
    page.set(row.lines, style, x, base, row.tag, end=" ")
    page.add(
        PageNumber(right, base, row.key, style.size, page.palette.muted, row.tag, row.span),
        Link(x, y, right - x, below - y, row.tag, row.words, row.key),
    )
