"""How wide a text is in Cambria and Calibri, which no one may ship.

widths.json holds the advance widths, in thousandths of an em, of Caladea and Carlito, which have
those of Cambria and Calibri by design. For each font: width to the characters that have it.
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
"""Width of a font that we know nothing of, to Calibri's."""
MONO = 0.6
"""Width of every letter of Consolas and of what stands in for it, at most, in em."""


_OTHER = 0.65
"""Width of a letter of another script, in em: as wide as those of the widest fonts that set them
on average, as a line too many hides what stands below."""


class _Widths(dict[str, float]):
    def __missing__(self, character: str) -> float:
        """A letter that the table lacks is measured by its kind."""
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            width = 0.0
        elif unicodedata.east_asian_width(character) in "WF":
            width = 1.0
        else:
            width = _OTHER
        return self.setdefault(character, width)


class Fonts:
    """Measures texts for one deck, each once in each font. `font` is such as `Cambria-bold`."""

    def __init__(self) -> None:
        path = files(__package__) / "widths.json"
        self._tables = {
            font: _Widths({c: int(width) / 1000 for width, group in table.items() for c in group})
            for font, table in json.loads(path.read_text(encoding="utf-8")).items()
        }
        self._letters = frozenset(self._tables["Calibri-regular"])
        self._measured: dict[tuple[Inline, str], Measured] = {}

    def knows(self, text: str) -> bool:
        """Whether it has the widths of all characters."""
        return text.isascii() or self._letters.issuperset(text)

    def measured(self, text: Inline, font: str) -> Measured:
        """A text whose widths are in em."""
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
