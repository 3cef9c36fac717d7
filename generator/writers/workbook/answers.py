"""Answer spaces: what is drawn under a question, and the fields that lie on it.

A space takes whole places of the grid, from the question's first place on. Drawn areas begin at the
place where rules would have their first, and end on a place.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from generator.look.style import MM
from generator.model import AnswerKind, AnswerSpace, Inline, Span, plain
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Boxes, Field, FieldKind, Outline, Rules
from generator.writers.workbook.frame import EQUAL, Frame

GROWING = (AnswerKind.BOX, AnswerKind.GRID, AnswerKind.DOTS)
"""They take a part of what a page has left."""


class Asked(NamedTuple):
    """What a space belongs to."""

    name: str
    """Of its field."""
    words: str
    """The question, which a screen reader says."""
    tag: Tag
    choice: int = 0
    """The number of the first choice, where others stand on a page before."""


def places_of(answer: AnswerSpace, share: int, frame: Frame) -> int:
    """The places that a space takes, its first and its last included; 0 where there is none.

    `share` is what a question takes that leaves its rules to the page.
    """
    if answer.kind is AnswerKind.LINES:
        return answer.lines or share
    if answer.kind is AnswerKind.SCALE:
        rows, _ = _scale_rows(answer, frame)
        lines = max(map(len, end_lines(answer, frame.width - frame.column, frame)))
        words = frame.style.scale_words if lines else 0.0
        words += max(0, lines - 1) * frame.style.small.leading
        return 1 + math.ceil((_scale_height(rows, frame) + words - EQUAL) / frame.gap)
    if answer.kind is AnswerKind.CHOICES:
        places = sum(row.places for row in choice_rows(answer, frame))
        return places + (answer.lines or 0)
    if answer.kind is AnswerKind.NONE:
        return 0
    return 1 + math.ceil(((answer.height_mm or 0.0) * MM - EQUAL) / frame.gap)


def set_answer(answer: AnswerSpace, first: int, places: int, frame: Frame, asked: Asked) -> Boxes:
    """The space from the place `first` on, which has `places` places."""
    lead = frame.style.lead - frame.style.panel_lead
    if answer.kind is AnswerKind.LINES:
        return frame.ruled(frame.column, first, places, *asked[:3], lead=lead)
    if answer.kind is AnswerKind.SCALE:
        return _scale(answer, first, frame, asked)
    if answer.kind is AnswerKind.CHOICES:
        return _choices(answer, first, frame, asked)
    return _area(answer, first, places, frame, asked) if places else []


def _area(answer: AnswerSpace, first: int, places: int, frame: Frame, asked: Asked) -> Boxes:
    """A box, a grid or dots; whole squares stand on the area's last place."""
    style, palette = frame.style, frame.palette
    x, bottom = frame.column, frame.place(first + places - 1)
    width, height = frame.width - x, bottom - frame.place(first)
    drawn: Boxes
    if answer.kind is AnswerKind.BOX:
        drawn = [Outline(x, bottom - height, width, height, style.rule_width, palette.rule)]
    else:
        step = style.square
        columns, rows = int((width + EQUAL) // step), max(1, round(height / step))
        width, height = columns * step, rows * step
        if answer.kind is AnswerKind.DOTS:
            top, right, thick = bottom - height, x + width, style.dot_radius * 2
            row = Rules(x, top, right, top, thick, palette.dots, rows + 1, dy=step, dots=step)
            drawn = [row]
        else:
            drawn = _grid(x, bottom - height, columns, rows, step, frame)
    field = Field(
        x, bottom - height, width, height, FieldKind.TEXT, asked.name, asked.words,
        asked.tag.add("Form"),
    )  # fmt: skip
    return [*drawn, field]


def _grid(x: float, y: float, columns: int, rows: int, step: float, frame: Frame) -> Boxes:
    line, color = frame.style.rule_width, frame.palette.hairline
    right, bottom = x + columns * step, y + rows * step
    return [
        Rules(x, y, right, y, line, color, rows + 1, dy=step),
        Rules(x, y, x, bottom, line, color, columns + 1, dx=step),
    ]


# -- scales


def _scale_rows(answer: AnswerSpace, frame: Frame) -> tuple[int, int]:
    """Rows, and circles of a row: as few rows as leave air between the circles."""
    low, high = answer.scale or (1, 5)
    count = high - low + 1
    most = max(1, int((frame.width - frame.column) / (frame.style.circle * 1.15)))
    rows = -(-count // most)
    return rows, -(-count // rows)


def _scale_height(rows: int, frame: Frame) -> float:
    return frame.style.circle * (1 + (rows - 1) * frame.style.scale_row)


def _scale(answer: AnswerSpace, first: int, frame: Frame, asked: Asked) -> Boxes:
    """Circles across the width, with the words for their ends below the first and the last."""
    style, y = frame.style, frame.place(first)
    rows, across = _scale_rows(answer, frame)
    width, size = frame.width - frame.column, style.circle
    step = (width - size) / max(1, across - 1)
    if not any(answer.scale_ends):
        step = min(step, size * 2.6)
    boxes = circles(answer, frame.column, y, step, across, frame, asked)
    base = y + _scale_height(rows, frame) + style.scale_words
    return boxes + end_words(answer, frame.column, frame.width, base, frame, asked.tag)


def end_lines(answer: AnswerSpace, width: float, frame: Frame) -> list[list[Inline]]:
    """The lines of the words at the two ends of a scale of this width."""
    style, most = frame.style.small, frame.style.scale_words_lines
    return [
        frame.at_most(most, (Span(words),), style, width * 0.48) if words else []
        for words in answer.scale_ends
    ]


def end_words(
    answer: AnswerSpace, left: float, right: float, base: float, frame: Frame, tag: Tag
) -> Boxes:
    """The words at the ends of a scale, flush with its two sides."""
    style, color = frame.style.small, frame.palette.muted
    low, high = end_lines(answer, right - left, frame)
    boxes = frame.set(low, style, left, base, color, tag.add("P"), " ")[0]
    paragraph = tag.add("P")
    for line in map(plain, high):
        x = right - frame.width_of(line.rstrip(), style)
        boxes.append(frame.text(line, style, x, base, color, paragraph))
        base += style.leading
    return boxes


def table_width(answer: AnswerSpace, frame: Frame) -> float:
    """The width of a scale as it stands in a table of scales."""
    low, high = answer.scale or (1, 5)
    return (high - low) * frame.style.table_step + frame.style.circle


def circles(
    answer: AnswerSpace, x: float, y: float, step: float, across: int, frame: Frame, asked: Asked
) -> Boxes:
    """Circles with their labels inside, from `x` on and below `y`."""
    low, high = answer.scale or (1, 5)
    style, size = frame.style.listing, frame.style.circle
    labels = asked.tag.add("P")
    boxes: Boxes = []
    for index, value in enumerate(map(str, range(low, high + 1))):
        row, place = divmod(index, across)
        at, top = x + place * step, y + row * size * frame.style.scale_row
        base = frame.middle(top + size / 2, style)
        words, form = f"{asked.words} {value}", asked.tag.add("Form")
        inside = at + (size - frame.width_of(value, style)) / 2
        boxes += [
            Outline(at, top, size, size, frame.style.tick_line, frame.palette.muted, size / 2),
            frame.text(f"{value} ", style, inside, base, frame.palette.ink, labels),
            Field(
                at, top, size, size, FieldKind.CHOICE, asked.name, words, form, value, asked.words
            ),
        ]
    return boxes


# -- choices


class ChoiceRow(NamedTuple):
    """Choices beside each other, as their lines."""

    choices: tuple[list[Inline], ...]
    first: int
    """The number of the first of them, from 0."""
    columns: int
    places: int


def choice_rows(answer: AnswerSpace, frame: Frame) -> list[ChoiceRow]:
    """In as many columns as leave each choice on one line; else below each other."""
    style, indent = frame.style, _choice_indent(frame)
    texts = [(Span(choice),) for choice in answer.choices]
    widest = max(frame.measured(text, style.listing).width for text in texts)
    widest *= style.listing.size
    width = frame.width - frame.column
    fitting = max(1, int(width // (widest + 2 * indent)))
    columns = min(fitting, style.choice_columns, len(texts))
    if columns > 1:  # evenly: five in 3 and 2, not in 4 and 1
        columns = -(-len(texts) // -(-len(texts) // columns))
    rows = []
    for first in range(0, len(texts), columns):
        group = texts[first : first + columns]
        lines = tuple(frame.lines(text, style.listing, width / columns - indent) for text in group)
        height = max(map(len, lines)) * style.listing.leading
        rows.append(ChoiceRow(lines, first, columns, math.ceil((height - EQUAL) / frame.gap)))
    return rows


def _choice_indent(frame: Frame) -> float:
    return frame.style.tick * frame.style.tick_gap


def _choices(answer: AnswerSpace, first: int, frame: Frame, asked: Asked) -> Boxes:
    """A box before each choice, or a circle where only one of them may be ticked."""
    boxes: Boxes = []
    listed = asked.tag.add("L")
    width, style = frame.width - frame.column, frame.style.listing
    at = first
    for row in choice_rows(answer, frame):
        base = frame.middle(frame.place(at) - frame.gap / 2, style)
        for index, lines in enumerate(row.choices):
            x, number = frame.column + index * width / row.columns, row.first + index
            item = listed.add("LI").add("LBody")
            boxes += _mark(answer, number, x, base, frame, asked, item)
            left = x + _choice_indent(frame)
            boxes += frame.set(lines, style, left, base, frame.palette.ink, item.add("P"), " ")[0]
        at += row.places
    if answer.lines:
        name = f"{asked.name}-words" if answer.choices else asked.name
        boxes += frame.ruled(frame.column, at, answer.lines, name, asked.words, asked.tag)
    return boxes


def _mark(
    answer: AnswerSpace, number: int, x: float, base: float, frame: Frame, asked: Asked, tag: Tag
) -> Boxes:
    """Fields of choices have their number as value, from 1."""
    size = frame.style.tick
    square = (x, base - frame.style.listing.size * frame.style.middle - size / 2, size, size)
    words, form = f"{asked.words} {answer.choices[number]}", tag.add("Form")
    number += asked.choice
    line = (frame.style.tick_line, frame.palette.muted)
    if answer.pick_many:
        name = f"{asked.name}-c{number + 1}"
        field = Field(*square, FieldKind.CHECK, name, words, form)
        return [Outline(*square, *line, frame.style.tick_radius), field]
    kind, value = FieldKind.RADIO, str(number + 1)
    field = Field(*square, kind, asked.name, words, form, value, asked.words)
    return [Outline(*square, *line, size / 2), field]
