"""Ruled lists: the contents, and the questions to tick.

A row has a number, a text of one line or several, a page at its right, and a hairline below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.look.workbook import TextStyle
from generator.model import Inline
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Key, Link, PageNumber
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame

ROWS_TOGETHER = 3
"""Rows that must fit below the head of a list, or it begins on the next page."""


@dataclass(frozen=True, slots=True)
class Row:
    lines: list[Inline]
    words: str
    """The whole text."""
    tag: Tag
    """Of the text and of the page."""
    key: Key
    """The page that it names and leads to."""
    number: str = ""
    number_tag: Tag | None = None
    color: str = ""
    tick: str = ""
    """The name of the field in front of it."""
    tick_tag: Tag | None = None
    tick_words: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a list's parts stand, in points from the frame's left."""

    number: TextStyle
    number_right: float | None
    """None: numbers begin at the frame's left."""
    text: float
    room: float
    """The width of the text."""


def contents_columns(frame: Frame) -> Columns:
    x = frame.style.number_column
    room = frame.width - x - frame.style.page_column * 1.4
    return Columns(frame.style.row_number, None, x, room)


def tick_columns(frame: Frame, numbers: Sequence[str]) -> Columns:
    """Of questions to tick: a box, the number with its digits under each other, the text."""
    style, bold = frame.style, frame.style.listing_number
    right = frame.tick_room + max(frame.width_of(number, bold) for number in numbers)
    x = right + style.number_gap
    return Columns(bold, right, x, frame.width - x - style.page_column)


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


def set_rows(page: Draft, rows: Sequence[Row], height: float, y: float, at: Columns) -> float:
    """The rows from `y` down; where they end."""
    for row in rows:
        below = y + height_of(row, height, page.frame)
        _set_row(page, row, y, below, at)
        page.hairline(below)
        y = below
    return y


def _set_row(page: Draft, row: Row, y: float, below: float, at: Columns) -> None:
    frame, style, right = page.frame, page.style.listing, page.frame.width
    base = frame.middle((y + below) / 2, style, len(row.lines))
    if row.tick and row.tick_tag:
        page.tick(0.0, frame.middle_of(base), row.tick, row.tick_words, row.tick_tag)
    if row.number:
        x, anchor = at.number_right or 0.0, 0.0 if at.number_right is None else 1.0
        page.text(row.number, at.number, x, base, row.number_tag, row.color, anchor)
    page.set(row.lines, style, at.text, base, row.tag, end=" ")
    number = (right, base, row.key, style.size, frame.palette.muted, row.tag)
    area = (at.text, y, right - at.text, below - y)
    page.add(
        PageNumber(*number, span=at.number_right is None),
        Link(*area, row.tag, row.words, row.key),
    )
