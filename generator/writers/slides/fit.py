"""Fitting texts into placeholders: the size at which they fit, and what goes on elsewhere.

Nothing is left to autofit, which no program applies when it opens a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from generator.model import Inline, Span
from generator.typeset import between
from generator.writers.slides.layouts import Placeholder
from generator.writers.slides.metrics import height_of, lines_of

Key = tuple[int, int]
"""(theme, place of the question): where a link leads. A theme is (n, 0), the agenda (0, 0)."""

FEW = 4
"""Rows that stay in one column of an overview."""
MOST = 3
"""Lines of a row; what is longer stands in full on its own slide."""
Entry = TypeVar("Entry")

COUNT: Inline = (Span(" (10 of 10)"),)
"""The room that is kept for the count of a text that goes on."""
SMALLER_PT = 4
"""Follow-ups under a question, where questions share a slide."""
LEAST_PT = 18


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Inline
    size_pt: float | None = None
    """Where it may differ from the layout's."""
    level: int = 1
    number: str = ""
    """Set before the text, in the accent."""
    after: str = ""
    """Set beside the text, where the layout has a place for it."""
    target: Key | None = None
    """The slide that its number leads to; LibreOffice breaks a linked text anywhere."""
    blank: int = 0
    """Empty lines after its text."""
    accent: int = 0
    """Of the number, from 1; 0 is the accent of the slide."""


class Row(NamedTuple):
    paragraphs: tuple[Paragraph, ...]
    lines: int
    """Of the first."""
    height_pt: float
    """With the gaps after them."""


def height(text: Inline, place: Placeholder, size: float, level: int = 1) -> float:
    lines = lines_of(text, place.font, size, place.box_pt[2] - place.indent_pt(level))
    return height_of(len(lines), size, place.font, place.spacing)


def size_of(texts: Sequence[Inline], place: Placeholder) -> int | None:
    """The first of the placeholder's sizes at which texts fit into it, if any does."""
    for size in place.sizes_pt:
        if sum(height(text, place, size) + place.gap_pt for text in texts) <= room(place):
            return size
    return None


def room(place: Placeholder) -> float:
    """The gap after the last paragraph may hang out."""
    return place.box_pt[3] + place.gap_pt


def spread(text: Inline, place: Placeholder, counted: bool) -> tuple[list[Inline], int]:
    """A text in the largest size that fits, or its parts in the least that one of them needs."""
    if size := size_of([(*text, *COUNT) if counted else text], place):
        return [text], size
    parts = split(text, place)
    sizes = (size_of([(*part, *COUNT)], place) for part in parts)
    return parts, min(size or place.sizes_pt[-1] for size in sizes)


def split(text: Inline, place: Placeholder, level: int = 1) -> list[Inline]:
    """The parts of a text of which each fits at the least size; one is left free for its count."""
    size = place.sizes_pt[-1]
    lines = lines_of(text, place.font, size, place.box_pt[2] - place.indent_pt(level))
    most = max(int(place.box_pt[3] // height_of(1, size, place.font, place.spacing)), 2)
    if len(lines) <= most:
        return [text]
    count = -(-len(lines) // (most - 1))
    step = -(-len(lines) // count)
    return [joined(lines[start : start + step]) for start in range(0, len(lines), step)]


def joined(lines: Sequence[Inline]) -> Inline:
    """Lines as one text again."""
    made = tuple(lines[0])
    for before, line in pairwise(lines):
        made += (Span(between(before, line)), *line)
    return made


def begun(text: Inline, place: Placeholder, size: float, most: int) -> Inline:
    """A text, or its first lines and an ellipsis."""
    lines = lines_of(text, place.font, size, place.box_pt[2] - place.hang_pt)
    return text if len(lines) <= most else (*joined(lines[:most]), Span(" …"))


def shortened(texts: Sequence[Inline], place: Placeholder, size: float) -> Iterator[Inline]:
    """What of some paragraphs fits, at least a line; the last ends in an ellipsis where cut."""
    left = room(place)
    for index, text in enumerate(texts):
        most = int((left - place.gap_pt) // height_of(1, size, place.font, place.spacing))
        if most < 1 and index:
            return
        yield begun(text, place, size, max(most, 1))
        left -= height(text, place, size) + place.gap_pt


def row(paragraphs: Sequence[Paragraph], place: Placeholder, size: float) -> Row:
    """A row with its height; the paragraphs under the first are smaller."""
    first, *under = paragraphs
    row = _row(first, _lines(first, place, size), place, size)
    smaller = max(size - SMALLER_PT, LEAST_PT)
    rows = [row, *(_row(each, _lines(each, place, smaller), place, smaller) for each in under)]
    return Row(
        tuple(each.paragraphs[0] for each in rows),
        row.lines,
        sum(each.height_pt for each in rows),
    )


def short_row(paragraph: Paragraph, place: Placeholder, size: float) -> Row:
    """A row that is only begun where it would take more than `MOST` lines."""
    lines = _lines(paragraph, place, size)
    if len(lines) > MOST:
        paragraph = replace(paragraph, text=(*joined(lines[:MOST]), Span(" …")))
        lines = _lines(paragraph, place, size)
    return _row(paragraph, lines, place, size)


def _lines(paragraph: Paragraph, place: Placeholder, size: float) -> list[Inline]:
    width = place.box_pt[2] - place.indent_pt(paragraph.level)
    return lines_of(paragraph.text, place.font, size, width)


def _row(paragraph: Paragraph, lines: list[Inline], place: Placeholder, size: float) -> Row:
    height = height_of(len(lines), size, place.font, place.spacing) + place.gap_pt
    return Row((replace(paragraph, size_pt=size),), len(lines), height)


def columns(
    entries: Sequence[Entry],
    make: Callable[[Entry, Placeholder, float], Row],
    place: Placeholder,
    beside: int,
) -> list[list[Row]]:
    """Columns of about equal height, in the largest size at which all stand on one slide.

    That has `beside` columns. Where not even the least size will do, they go on over more slides.
    `make` makes a row at a size.
    """
    most_pt = room(place)
    rows: list[Row] = []
    for size in place.sizes_pt:
        one_line = height_of(1, size, place.font, place.spacing) + place.gap_pt
        if one_line * len(entries) > most_pt * beside and size != place.sizes_pt[-1]:
            continue
        rows = [make(entry, place, size) for entry in entries]
        fits = all(each.height_pt <= most_pt for each in rows)
        if fits and len(_filled(rows, most_pt)) <= beside:
            break
    full = len(_filled(rows, most_pt))
    most = 1 if full == 1 and len(rows) <= FEW else -(-full // beside) * beside
    low, high = 0.0, most_pt
    while high - low > 1:
        middle = (low + high) / 2
        if len(_filled(rows, middle)) <= most:
            high = middle
        else:
            low = middle
    return _filled(rows, high) if rows else []


def _filled(rows: Sequence[Row], room: float) -> list[list[Row]]:
    made: list[list[Row]] = [[]]
    used = 0.0
    for each in rows:
        if made[-1] and used + each.height_pt > room:
            made.append([])
            used = 0.0
        made[-1].append(each)
        used += each.height_pt
    return made
