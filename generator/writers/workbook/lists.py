"""Ruled lists: the themes on the cover, the contents, the questions to tick.

A row has a number, a text of one line or several, something at its right, and a hairline below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.look.style import MM, TextStyle
from generator.model import Inline
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import (
    Boxes,
    Field,
    FieldKind,
    Key,
    Link,
    Outline,
    PageNumber,
)
from generator.writers.workbook.sheet import Sheet, baseline


@dataclass(frozen=True, slots=True)
class Row:
    lines: list[Inline]
    words: str
    """The whole text."""
    tag: Tag
    """Of the text and of what stands at its right."""
    number: str = ""
    number_tag: Tag | None = None
    color: str = ""
    key: Key | None = None
    """The page that it names and leads to."""
    right: str = ""
    """What it says instead of a page."""
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


def columns(sheet: Sheet, right: str = "") -> Columns:
    """Of contents and cover; `right` is the widest label at the right, else a page number."""
    style = sheet.style
    x = style.number_column_mm * MM
    page = style.page_column_mm * MM
    wide = sheet.width_of(right, style.foot) + page / 2 if right else page
    return Columns(style.row_number, None, x, sheet.frame_width - x - wide)


def tick_columns(sheet: Sheet, numbers: Sequence[str]) -> Columns:
    """Of questions to tick: a box, the number with its digits under each other, the text."""
    style = sheet.style
    bold = style.listing_number
    widest = max(sheet.width_of(number, bold) for number in numbers)
    right = style.tick_mm * style.tick_gap * MM + widest
    x = right + style.number_gap_mm * MM
    return Columns(bold, right, x, sheet.frame_width - x - style.page_column_mm * MM)


def grouped(
    rows: Sequence[Row], sheet: Sheet, top: float, loose: float
) -> list[tuple[list[Row], float]]:
    """The rows of each page and the height of a row of one line, in points.

    As few pages as tight rows need; then rows as high as these pages allow, up to `loose`, so that
    none is left with a line or two. The first page begins at `top`, the others at the frame's.
    """

    def fill(height: float) -> list[tuple[list[Row], float]]:
        groups: list[tuple[list[Row], float]] = [([], height)]
        y = top
        for row in rows:
            needed = height_of(row, height, sheet)
            if y + needed > sheet.frame_height + 0.01 and (groups[-1][0] or y):
                groups.append(([], height))
                y = 0.0
            groups[-1][0].append(row)
            y += needed
        return groups

    tight = sheet.style.tight_row_mm * MM
    fewest = len(fill(tight))
    height = loose
    while height > tight and len(fill(height)) > fewest:
        height -= 0.5
    return fill(max(height, tight))


def height_of(row: Row, height: float, sheet: Sheet) -> float:
    return height + (len(row.lines) - 1) * sheet.style.listing.leading_pt


def set_rows(
    rows: Sequence[Row], height: float, y: float, sheet: Sheet, at: Columns
) -> tuple[Boxes, float]:
    """The rows from `y` down, and where they end."""
    boxes: Boxes = []
    for row in rows:
        below = y + height_of(row, height, sheet)
        boxes += _row(row, y, below, sheet, at)
        boxes.append(sheet.hairline(below))
        y = below
    return boxes, y


def _row(row: Row, y: float, below: float, sheet: Sheet, at: Columns) -> Boxes:
    style, palette, right = sheet.style, sheet.palette, sheet.frame_width
    top = (y + below - len(row.lines) * style.listing.leading_pt) / 2
    base = baseline(top, style.listing)
    boxes: Boxes = []
    if row.tick and row.tick_tag:
        boxes += tick_box(0.0, top + style.listing.leading_pt / 2, row, sheet)
    if row.number and at.number_right is None:
        boxes.append(sheet.text(row.number, at.number, 0.0, base, row.color, row.number_tag))
    elif row.number and at.number_right is not None:
        boxes.append(
            sheet.right(row.number, at.number, at.number_right, base, row.color, row.number_tag)
        )
    boxes += sheet.set(row.lines, style.listing, at.text, top, palette.ink, row.tag, " ")[0]
    if row.key:
        size = style.listing.size_pt
        boxes.append(PageNumber(right, base, row.key, size, palette.muted, row.tag))
        boxes.append(Link(at.text, y, right - at.text, below - y, row.tag, row.words, row.key))
    else:
        boxes.append(sheet.right(row.right, style.foot, right, base, palette.muted, row.tag))
    return boxes


def tick_box(x: float, middle: float, row: Row, sheet: Sheet) -> Boxes:
    size = sheet.style.tick_mm * MM
    square = (x, middle - size / 2, size, size)
    assert row.tick_tag
    return [
        Outline(*square, sheet.style.tick_line_pt, sheet.palette.muted, sheet.style.tick_radius_pt),
        Field(*square, FieldKind.CHECK, row.tick, row.tick_words, row.tick_tag),
    ]
