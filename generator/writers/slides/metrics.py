"""How wide a text is in Cambria and Calibri, which no one may ship.

widths.json holds the advance widths, in thousandths of an em, of Caladea and Carlito, which have
those of Cambria and Calibri by design. For each font: width to the characters that have it.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from generator.model import Inline, Span
from generator.typeset import wrap

LINE = {"Cambria": 1.172, "Calibri": 1.221}
"""Height of a line to its size: ascent, descent and line gap of each family."""

OTHER_LINE, OTHER_WIDTH = 1.25, 1.2
"""Of a template's font that we have no widths of: the line, and the letters to Calibri's."""

MONO = 0.6
"""Width of every letter of Consolas and of what stands in for it, at most, in em."""


@cache
def _widths(font: str) -> dict[str, int]:
    table = json.loads((files(__package__) / "widths.json").read_text(encoding="utf-8"))[font]
    return {character: int(width) for width, group in table.items() for character in group}


def _advance(font: str, text: str) -> float:
    """In em. Letters that the table lacks count as an ideograph or as a wide Latin letter."""
    family, _, weight = font.rpartition("-")
    if family not in LINE:
        return _advance(f"Calibri-{weight}", text) * OTHER_WIDTH
    widths = _widths(font)
    return sum(widths.get(character) or _other(character) for character in text) / 1000


_word = cache(_advance)


def _other(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 1000 if unicodedata.east_asian_width(character) in "WF" else 650


def lines_of(text: Inline, font: str, size_pt: float, width_pt: float) -> list[Inline]:
    """The lines that a text takes. `font` is such as `Cambria-bold`."""
    bold = f"{font.rpartition('-')[0]}-bold"

    def measure(word: str, span: Span, width: Callable[[str, str], float] = _word) -> float:
        if span.code:
            return max(MONO * len(word), width(font, word)) * size_pt
        return width(bold if span.strong else font, word) * size_pt

    if sum(measure(span.text, span, _advance) for span in text) <= width_pt:
        return [text]
    return wrap(text, measure, width_pt)


def height_of(lines: int, size_pt: float, font: str, spacing: float = 1.0) -> float:
    """In points."""
    return math.ceil(lines * size_pt * LINE.get(font.rpartition("-")[0], OTHER_LINE) * spacing)
