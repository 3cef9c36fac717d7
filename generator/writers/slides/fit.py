"""Fitting texts into placeholders: the size at which they fit, and what goes on elsewhere.

Nothing is left to autofit, which no program applies when it opens a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from generator.model import Inline, Span, plain
from generator.writers.slides.layouts import Placeholder
from generator.writers.slides.metrics import Lines, height_of, lines_of

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


class Paragraph(NamedTuple):
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


def lines(text: Inline, place: Placeholder, size: float, level: int = 1) -> Lines:
    return lines_of(text, place.font, size, place.box_pt[2] - place.indent_pt(level))


def height(text: Inline, place: Placeholder, size: float, level: int = 1) -> float:
    count = len(lines(text, place, size, level).ends)
    return height_of(count, size, place.font, place.spacing)


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
    made = lines(text, place, size, level)
    full = len(made.ends)
    most = max(int(place.box_pt[3] // height_of(1, size, place.font, place.spacing)), 2)
    if full <= most:
        return [text]
    count = -(-full // (most - 1))
    step = -(-full // count)
    return [cut(text, made, start, start + step) for start in range(0, full, step)]


def cut(text: Inline, lines: Lines, start: int, end: int) -> Inline:
    """What of a text some of its lines hold, with the spaces that it has between their words."""
    whole, place, places = plain(text), 0, [0]
    after = [0, *lines.ends]
    for word in lines.words[: after[min(end, len(lines.ends))]]:
        place = whole.index(word, place) + len(word)
        places.append(place)
    first, last = places[after[start]], place
    first += len(whole[first:]) - len(whole[first:].lstrip())
    made: list[Span] = []
    for span in text:
        if kept := span.text[max(first, 0) : max(last, 0)]:
            made.append(replace(span, text=kept))
        first, last = first - len(span.text), last - len(span.text)
    return tuple(made)


def begun(text: Inline, place: Placeholder, size: float, most: int, level: int = 1) -> Inline:
    """A text, or its first lines and an ellipsis."""
    made = lines(text, place, size, level)
    if len(made.ends) <= most:
        return text
    *others, last = cut(text, made, 0, most)
    return (*others, replace(last, text=f"{last.text} …"))


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
    smaller = min(size, max(size - SMALLER_PT, LEAST_PT))
    rows = [_row(each, place, smaller if index else size) for index, each in enumerate(paragraphs)]
    shown = tuple(each.paragraphs[0] for each in rows)
    return Row(shown, rows[0].lines, sum(each.height_pt for each in rows))


def short_row(paragraph: Paragraph, place: Placeholder, size: float) -> Row:
    """A row that is only begun where it would take more than `MOST` lines."""
    row = _row(paragraph, place, size)
    if row.lines <= MOST:
        return row
    text = begun(paragraph.text, place, size, MOST, paragraph.level)
    return _row(paragraph._replace(text=text), place, size)


def _row(paragraph: Paragraph, place: Placeholder, size: float) -> Row:
    count = len(lines(paragraph.text, place, size, paragraph.level).ends)
    height = height_of(count, size, place.font, place.spacing) + place.gap_pt
    return Row((paragraph._replace(size_pt=size),), count, height)


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
