"""How wide a text is in Cambria and Calibri, which no one may ship.

widths.json holds the advance widths, in thousandths of an em, of Caladea and Carlito, which have
those of Cambria and Calibri by design. For each font: width to the characters that have it.
"""

from __future__ import annotations

import json
import math
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from generator.model import Inline, Span, plain
from generator.typeset import simple_words, words, wrap

LINE = {"Cambria": 1.172, "Calibri": 1.221}
"""Height of a line to its size: ascent, descent and line gap of each family."""

OTHER_LINE, OTHER_WIDTH = 1.25, 1.2
"""Of a template's font that we have no widths of: the line, and the letters to Calibri's."""

MONO = 600
"""Width of every letter of Consolas and of what stands in for it, at most, in 1/1000 em."""


class _Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        """Letters that the table lacks count as an ideograph or as a wide Latin letter."""
        wide = unicodedata.east_asian_width(character) in "WF"
        width = 0 if unicodedata.combining(character) else 1000 if wide else 650
        return self.setdefault(character, width)


@cache
def _widths(font: str) -> _Widths:
    table = json.loads((files(__package__) / "widths.json").read_text(encoding="utf-8"))[font]
    return _Widths({letter: int(width) for width, group in table.items() for letter in group})


@cache
def _advance(font: str, text: str) -> int:
    """In 1/1000 em: whole numbers, so that sums in any order are the same."""
    family, _, weight = font.rpartition("-")
    if family not in LINE:
        return round(_advance(f"Calibri-{weight}", text) * OTHER_WIDTH)
    return sum(map(_widths(font).__getitem__, text))


def _measured(words: Sequence[str], span: Span, font: str) -> list[int]:
    if span.strong:
        font = f"{font.rpartition('-')[0]}-bold"
    widths = [_advance(font, word) for word in words]
    if span.code:
        return [max(MONO * len(word), width) for word, width in zip(words, widths, strict=True)]
    return widths


class _Placed(NamedTuple):
    """A text on one endless line: its unbreakable words, where they begin and end, the widest."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    widest: int


@cache
def _placed(text: Inline, font: str) -> _Placed:
    if shown := simple_words(text):
        space, *widths = _measured([" ", *shown], text[0], font)
        gaps = [space] * len(widths)
    else:
        spaced = [each if each[0][0] == " " else [("", each[0][1]), *each] for each in words(text)]
        shown = ["".join(part for part, _ in each[1:]) for each in spaced]
        measured = [[_measured([part], span, font)[0] for part, span in each] for each in spaced]
        gaps, widths = [each[0] for each in measured], [sum(each[1:]) for each in measured]
    ends = list(accumulate(map(add, gaps, widths)))
    return _Placed(shown, list(map(sub, ends, widths)), ends, max(widths, default=0))


class Lines(NamedTuple):
    words: list[str]
    ends: list[int]
    """After how many of the words each line ends."""


def lines_of(text: Inline, font: str, size_pt: float, width_pt: float) -> Lines:
    """The lines that a text takes, at least one. `font` is such as `Cambria-bold`."""
    width = int(width_pt / size_pt * 1000)
    words, starts, ends, widest = _placed(text, font)
    if widest > width:
        lines = wrap(text, lambda word, span: _measured([word], span, font)[0], width)
        return Lines([plain(line) for line in lines], [*range(1, len(lines) + 1)])
    breaks = [0]
    while breaks[-1] < len(words):
        breaks.append(bisect_right(ends, starts[breaks[-1]] + width, breaks[-1]))
    return Lines(words, breaks[1:] or breaks)


def line_of(size_pt: float, font: str) -> float:
    """The height of a line, in points."""
    return size_pt * LINE.get(font.rpartition("-")[0], OTHER_LINE)


def height_of(lines: int, size_pt: float, font: str, spacing: float = 1.0) -> float:
    """In points."""
    return math.ceil(lines * line_of(size_pt, font) * spacing)
