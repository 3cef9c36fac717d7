"""How wide a text is in Cambria and Calibri, which no one may ship.

widths.json holds the advance widths, in thousandths of an em, of Caladea and Carlito, which have
those of Cambria and Calibri by design. For each font: width to the characters that have it.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from generator.model import Inline, Span
from generator.typeset import wrap

LINE = {"Cambria": 1.172, "Calibri": 1.221}
"""Height of a line to its size: ascent, descent and line gap of each family."""


@cache
def _widths(font: str) -> dict[str, int]:
    table = json.loads((files(__package__) / "widths.json").read_text(encoding="utf-8"))[font]
    return {character: int(width) for width, group in table.items() for character in group}


@cache
def _word(font: str, text: str) -> float:
    """In em. Letters that the table lacks count as an ideograph or as a wide Latin letter."""
    widths = _widths(font)
    return sum(widths.get(character) or _other(character) for character in text) / 1000


def _other(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 1000 if unicodedata.east_asian_width(character) in "WF" else 650


def lines_of(text: Inline, font: str, size_pt: float, width_pt: float) -> list[Inline]:
    """The lines that a text takes. `font` is a key of widths.json, such as `Cambria-bold`."""
    family = font.partition("-")[0]

    def measure(word: str, span: Span) -> float:
        return _word(f"{family}-bold" if span.strong else font, word) * size_pt

    return wrap(text, measure, width_pt)


def height_of(lines: int, size_pt: float, font: str, spacing: float = 1.0) -> float:
    """In points."""
    return math.ceil(lines * size_pt * LINE[font.partition("-")[0]] * spacing)


def fitting(
    text: Inline, font: str, sizes_pt: Sequence[int], box_pt: tuple[float, float], spacing: float
) -> int | None:
    """The first of the sizes at which a text fits into a box of width and height, if any does."""
    width, height = box_pt
    for size in sizes_pt:
        if height_of(len(lines_of(text, font, size, width)), size, font, spacing) <= height:
            return size
    return None
