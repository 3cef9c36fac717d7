"""Answer spaces: what is drawn under a question, and the fields that lie on it."""

from __future__ import annotations

from generator.look.style import MM
from generator.model import AnswerKind, AnswerSpace
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Boxes, Dots, Field, FieldKind, Outline, Rules
from generator.writers.workbook.sheet import Sheet


def height_of_space(answer: AnswerSpace, rules: int, sheet: Sheet) -> float:
    """In points, with the air above it."""
    if answer.kind is AnswerKind.LINES:
        return rules * sheet.gap
    if answer.kind is AnswerKind.NONE:
        return 0.0
    padding = sheet.style.box_padding_mm * MM
    if answer.kind is AnswerKind.SCALE:
        rows, _ = _scale_rows(answer, sheet)
        return padding + sheet.style.scale_mm * MM * (1 + (rows - 1) * SCALE_ROW)
    return padding + (answer.height_mm or 0.0) * MM


def set_space(
    answer: AnswerSpace,
    rules: int,
    sheet: Sheet,
    y: float,
    name: str,
    words: str,
    tag: Tag,
) -> tuple[Boxes, float]:
    """The space from `y` down, and where it ends."""
    x, below = sheet.column, y + height_of_space(answer, rules, sheet)
    if answer.kind is AnswerKind.LINES:
        return sheet.ruled(x, y, rules, name, words, tag), below
    if answer.kind is AnswerKind.NONE:
        return [], below
    top = y + sheet.style.box_padding_mm * MM
    if answer.kind is AnswerKind.SCALE:
        return _scale(answer, sheet, top, name, words, tag), below
    right, step = sheet.frame_width, sheet.style.square_mm * MM
    area = (x, top, right - x, below - top)
    width, color = sheet.style.rule_width_pt, sheet.palette.rule
    drawn: Boxes
    if answer.kind is AnswerKind.BOX:
        drawn = [Outline(*area, width, color)]
    elif answer.kind is AnswerKind.DOTS:
        drawn = [Dots(*area, step, sheet.style.dot_radius_pt, sheet.palette.dots)]
    else:
        drawn = _grid(area, step, sheet)
    return [*drawn, Field(*area, FieldKind.TEXT, name, words, tag.add("Form"))], below


def _grid(area: tuple[float, float, float, float], step: float, sheet: Sheet) -> Boxes:
    """Whole squares, as many as fit."""
    x, y, width, height = area
    columns, rows = int((width + 0.01) // step), max(1, int((height + 0.01) // step))
    right, bottom = x + columns * step, y + rows * step
    line, color = sheet.style.rule_width_pt, sheet.palette.hairline
    return [
        Rules(x, y, right, y, line, color, rows + 1, dy=step),
        Rules(x, y, x, bottom, line, color, columns + 1, dx=step),
    ]


SCALE_ROW = 1.3
"""From one row of circles to the next, in circles."""


def _scale_rows(answer: AnswerSpace, sheet: Sheet) -> tuple[int, int]:
    """Rows, and circles of a row: as few rows as leave air between the circles."""
    low, high = answer.scale or (1, 5)
    count = high - low + 1
    most = max(1, int((sheet.frame_width - sheet.column) / (sheet.style.scale_mm * MM * 1.15)))
    rows = -(-count // most)
    return rows, -(-count // rows)


def _scale(answer: AnswerSpace, sheet: Sheet, y: float, name: str, words: str, tag: Tag) -> Boxes:
    """Circles with their labels inside, as far apart as the width allows."""
    low, high = answer.scale or (1, 5)
    style, size = sheet.style.listing, sheet.style.scale_mm * MM
    _, across = _scale_rows(answer, sheet)
    step = min((sheet.frame_width - sheet.column) / across, size * 2.2)
    labels = tag.add("P")
    boxes: Boxes = []
    for index, value in enumerate(map(str, range(low, high + 1))):
        row, place = divmod(index, across)
        at, top = sheet.column + place * step, y + row * size * SCALE_ROW
        base = top + size / 2 + style.size_pt * 0.34
        line, palette = sheet.style.rule_width_pt * 1.6, sheet.palette
        inside = at + (size - sheet.width_of(value, style)) / 2
        asked = f"{words} {value}"
        boxes += [
            Outline(at, top, size, size, line, palette.muted, size / 2),
            sheet.text(f"{value} ", style, inside, base, palette.ink, labels),
            Field(at, top, size, size, FieldKind.CHOICE, name, asked, tag.add("Form"), value),
        ]
    return boxes
