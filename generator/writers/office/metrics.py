"""The widths of texts in Cambria and Calibri, which may not be distributed.

widths.json holds the advance widths, in thousandths of an em, of Caladea and Carlito, which have
those of Cambria and Calibri by design: for each font and width, the characters that have it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from importlib.resources import files

from generator.model import Inline, Span
from generator.text.lines import Measured

FAMILIES = ("Cambria", "Calibri")
OTHER_WIDTH = 1.2
"""The width of an unknown font relative to Calibri."""
MONO = 0.6
"""Maximum width in em of a character in Consolas and in its substitutes."""


_OTHER = 0.65
"""The width in em of characters in other scripts: the average of the widest fonts for them, as an
extra line would hide the text below."""


class _Widths(dict[str, float]):
    def __missing__(self, character: str) -> float:
        """Return a width by the kind of the character, if the table lacks it."""
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            width = 0.0
        elif unicodedata.east_asian_width(character) in "WF":
            width = 1.0
        else:
            width = _OTHER
        return self.setdefault(character, width)


class Fonts:
    """Measures texts for one deck, each once in each font. A `font` is a name such as
    `Cambria-bold`."""

    def __init__(self) -> None:
        path = files(__package__) / "widths.json"
        self._tables = {
            font: _Widths({c: int(width) / 1000 for width, group in table.items() for c in group})
            for font, table in json.loads(path.read_text(encoding="utf-8")).items()
        }
        self._letters = frozenset(self._tables["Calibri-regular"])
        self._measured: dict[tuple[Inline, str], Measured] = {}

    def knows(self, text: str) -> bool:
        """Return True if the widths of all characters are known."""
        return text.isascii() or self._letters.issuperset(text)

    def measured(self, text: Inline, font: str) -> Measured:
        """Return a text measured in em."""
        key = (text, font)
        if key not in self._measured:
            self._measured[key] = Measured(text, lambda span: self._width(span, font))
        return self._measured[key]

    def _width(self, span: Span, font: str) -> Callable[[str], float]:
        family, _, weight = font.rpartition("-")
        if span.strong:
            weight = "bold"
        known = family if family in FAMILIES else "Calibri"
        table = self._tables[f"{known}-{weight}"].__getitem__
        factor = 1.0 if known == family else OTHER_WIDTH

        def width(text: str) -> float:
            advance = sum(map(table, text)) * factor
            return max(MONO * len(text), advance) if span.code else advance

        return width
