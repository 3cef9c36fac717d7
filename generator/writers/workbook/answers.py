"""Answer spaces: what is drawn under a question, and the form fields over it.

A space takes whole places of the grid, from the question's first place on. Drawn areas begin at the
place where rules would have their first one, and end on a place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import count

from generator.look.style import MM
from generator.model import AnswerKind, AnswerSpace, Inline, Span, plain
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Block, FieldKind, Outline, Placed, Rules
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame

GROWING = (AnswerKind.BOX, AnswerKind.GRID, AnswerKind.DOTS)
"""Kinds of answer space that grow into the free room of a page."""


def places_of(answer: AnswerSpace, share: int, frame: Frame) -> int:
    """Return the number of places that a space takes, including the first and the last; 0 if there
    is no space.

    `share` is the number of rules for a question that leaves it to the page.
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
        places = sum(_places_of_row(row, frame) for row in _choice_rows(answer, frame))
        return places + (answer.lines or 0)
    if answer.kind is AnswerKind.NONE:
        return 0
    return 1 + math.ceil(((answer.height_mm or 0.0) * MM - EQUAL) / frame.gap)


def set_answer(page: Draft, placed: Placed) -> None:
    """Draw the answer space of a block on its places."""
    frame, (block, first, places) = page.frame, placed
    kind = block.answer.kind
    if kind is AnswerKind.LINES:
        lead, asked = (
            page.style.lead - page.style.panel_lead,
            (block.field, block.title, block.body),
        )
        page.ruled(frame.column, first, places, *asked, lead=lead)
    elif kind is AnswerKind.SCALE:
        _scale(page, block, frame.place(first))
    elif kind is AnswerKind.CHOICES:
        _choices(page, block, first)
    elif places:
        _area(page, block, frame.place(first), frame.place(placed.last))


def _area(page: Draft, block: Block, top: float, bottom: float) -> None:
    """Draw a box, a grid or dots. Whole squares stand on the area's last place."""
    style, palette = page.style, page.palette
    x, line = page.frame.column, style.rule_width
    width, height = page.frame.width - x, bottom - top
    if block.answer.kind is AnswerKind.BOX:
        page.add(Outline(x, top, width, height, line, palette.rule))
    else:
        step = style.square
        columns, rows = int((width + EQUAL) // step), max(1, round(height / step))
        width, height = columns * step, rows * step
        top, right = bottom - height, x + width
        if block.answer.kind is AnswerKind.DOTS:
            dot, color = style.dot_radius * 2, palette.dots
            page.add(Rules(x, top, right, top, dot, color, rows + 1, dy=step, dots=step))
        else:
            color = palette.hairline
            page.add(
                Rules(x, top, right, top, line, color, rows + 1, dy=step),
                Rules(x, top, x, bottom, line, color, columns + 1, dx=step),
            )
    page.field(x, top, width, height, block.field, block.title, block.body)


# -- scales


def _scale_rows(answer: AnswerSpace, frame: Frame) -> tuple[int, int]:
    """Return the number of rows of a scale and the circles in a row: as few rows as leave air
    between the circles."""
    low, high = answer.scale or (1, 5)
    count = high - low + 1
    most = max(1, int((frame.width - frame.column) / (frame.style.circle * 1.15)))
    rows = -(-count // most)
    return rows, -(-count // rows)


def _scale_height(rows: int, frame: Frame) -> float:
    return frame.style.circle * (1 + (rows - 1) * frame.style.scale_row)


def _scale(page: Draft, block: Block, y: float) -> None:
    """Draw circles across the width, with the words for the ends below the first and the last."""
    frame, style = page.frame, page.style
    rows, across = _scale_rows(block.answer, frame)
    step = (frame.width - frame.column - style.circle) / max(1, across - 1)
    if not any(block.answer.scale_ends):
        step = min(step, style.circle * 2.6)
    circles(page, block, frame.column, y, step, across)
    end_words(page, block, frame.column, y + _scale_height(rows, frame) + style.scale_words)


def end_lines(answer: AnswerSpace, width: float, frame: Frame) -> list[list[Inline]]:
    """Return the lines of the words at both ends of a scale with this width."""
    style, most = frame.style.small, frame.style.scale_words_lines
    return [
        frame.at_most(most, (Span(words),), style, width * 0.48) if words else []
        for words in answer.scale_ends
    ]


def end_words(page: Draft, block: Block, left: float, base: float) -> None:
    """Set the words at the ends of a scale, flush with its two sides."""
    frame, style = page.frame, page.style.small
    low, high = end_lines(block.answer, frame.width - left, frame)
    page.set(low, style, left, base, block.body.add("P"), end=" ")
    paragraph = block.body.add("P")
    for line in map(plain, high):
        x = frame.width - frame.width_of(line.rstrip(), style)
        page.text(line, style, x, base, paragraph)
        base += style.leading


def table_width(answer: AnswerSpace, frame: Frame) -> float:
    """Return the width of a scale in a table of scales."""
    low, high = answer.scale or (1, 5)
    return (high - low) * frame.style.table_step + frame.style.circle


def circles(page: Draft, block: Block, x: float, y: float, step: float, across: int) -> None:
    """Draw circles with their labels inside, from `x` on and below `y`, with `across` of them in a
    row."""
    low, high = block.answer.scale or (1, 5)
    frame, style, size = page.frame, page.style.listing, page.style.circle
    labels = block.body.add("P")
    for index, value in enumerate(map(str, range(low, high + 1))):
        row, place = divmod(index, across)
        at, top = x + place * step, y + row * size * frame.style.scale_row
        base = frame.middle(top + size / 2, style)
        inside = at + (size - frame.width_of(value, style)) / 2
        words, form = f"{block.title} {value}", block.body.add("Form")
        ring = (FieldKind.CHOICE, size, value, block.title)
        page.tick(at, top + size / 2, block.field, words, form, *ring)
        page.text(f"{value} ", style, inside, base, labels)


# -- choices


def _choice_rows(answer: AnswerSpace, frame: Frame) -> list[list[list[Inline]]]:
    """Return the lines of each choice: in as many columns as leave each on one line, or else one
    below the other."""
    style, indent, width = frame.style.listing, frame.tick_room, frame.width - frame.column
    texts = [(Span(choice),) for choice in answer.choices]
    widest = max(frame.measured(text, style).width for text in texts) * style.size
    fitting = max(1, int(width // (widest + 2 * indent)))
    columns = min(fitting, frame.style.choice_columns, len(texts))
    if columns > 1:  # evenly: five in 3 and 2, not in 4 and 1
        columns = -(-len(texts) // -(-len(texts) // columns))
    lines = [frame.lines(text, style, width / columns - indent) for text in texts]
    return [lines[first : first + columns] for first in range(0, len(lines), columns)]


def _places_of_row(row: Sequence[list[Inline]], frame: Frame) -> int:
    height = max(map(len, row)) * frame.style.listing.leading
    return math.ceil((height - EQUAL) / frame.gap)


def _choices(page: Draft, block: Block, first: int) -> None:
    """Draw a box before each choice, or a circle if only one of them may be ticked."""
    frame, style, answer = page.frame, page.style.listing, block.answer
    listed, numbers, rows = block.body.add("L"), count(), _choice_rows(answer, frame)
    step = (frame.width - frame.column) / len(rows[0])
    for row in rows:
        base = frame.middle(frame.place(first) - frame.gap / 2, style)
        for column, lines in enumerate(row):
            x, item = frame.column + column * step, listed.add("LI").add("LBody")
            _mark(page, block, next(numbers), x, base, item)
            page.set(lines, style, x + frame.tick_room, base, item.add("P"), end=" ")
        first += _places_of_row(row, frame)
    if answer.lines:
        name = f"{block.field}-words" if answer.choices else block.field
        page.ruled(frame.column, first, answer.lines, name, block.title, block.body)


def _mark(page: Draft, block: Block, choice: int, x: float, base: float, tag: Tag) -> None:
    """Add the mark and the field of a choice; its value is the number of the choice, from 1."""
    words, form = f"{block.title} {block.answer.choices[choice]}", tag.add("Form")
    middle, value = page.frame.middle_of(base), str(block.choice + choice + 1)
    if block.answer.pick_many:
        page.tick(x, middle, f"{block.field}-c{value}", words, form)
    else:
        ring = (FieldKind.RADIO, 0.0, value, block.title)
        page.tick(x, middle, block.field, words, form, *ring)
