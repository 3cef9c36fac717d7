"""The workbook's fonts: where they lie, and what stands in for what they lack."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from generator.model import Inline, Span
from generator.pdf.fonts import Face, Font
from generator.stylesheet import TextStyle

FILES = {
    "serif-regular": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-semibold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "serif-italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    "serif-semibold-italic": ("font_source_serif_pro", "SourceSerifPro-SemiboldIt.ttf"),
    "sans-regular": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "sans-italic": ("font_source_sans_pro", "SourceSansPro-It.ttf"),
    "sans-semibold-italic": ("font_source_sans_pro", "SourceSansPro-SemiboldIt.ttf"),
}
"""Name to package and file. All under the SIL Open Font License 1.1."""

UPRIGHT = ("serif-regular", "serif-semibold", "sans-regular", "sans-semibold")


def file_of(name: str) -> Path:
    package, file = FILES[name]
    return Path(str(files(package) / "files" / file))


class Fonts:
    """The faces of one document, opened when they are asked for."""

    def __init__(self, further: Sequence[Path] = (), own: Mapping[str, Path] | None = None) -> None:
        """`further` files stand in, in their order, for characters that ours lack; `own` are the
        files of a brand, by the names of ours, and stand before them."""
        self._own = {name: Font(path) for name, path in (own or {}).items()}
        self._further = [Font(path) for path in further]
        self._faces: dict[str, Face] = {}
        self._covered: set[str] = set()

    def face(self, name: str) -> Face:
        face = self._faces.get(name)
        if face is None:
            face = self._faces[name] = Face(
                [*filter(None, [self._own.get(name)]), Font(file_of(name)), *self._further]
            )
        return face

    def name_of(self, span: Span, style: TextStyle) -> str:
        """Code is sans; italics only where the italic has all the letters."""
        family = "sans" if span.code else style.family
        weight = "semibold" if span.strong or style.weight == "semibold" else "regular"
        if span.emphasis:
            slanted = f"{family}-{'italic' if weight == 'regular' else 'semibold-italic'}"
            if all(map(self.face(slanted).covers, span.text)):
                return slanted
        return f"{family}-{weight}"

    def printable(self, text: Inline) -> Inline:
        """Composed (Unicode NFC), without invisible characters that the fonts lack."""
        cleaned = (
            span if span.text == (shown := _shown(span.text)) else replace(span, text=shown)
            for span in text
        )
        return tuple(span for span in cleaned if span.text)

    def missing(self, text: Inline) -> list[str]:
        """The characters that an upright font lacks, each once, in their order."""
        new = dict.fromkeys("".join(span.text for span in text))
        if self._covered.issuperset(new):
            return []
        lacking = [
            character
            for character in new
            if not character.isspace()
            and not all(self.face(name).covers(character) for name in UPRIGHT)
        ]
        self._covered.update(set(new).difference(lacking))
        return lacking


def _shown(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text if text.isascii() and text.isprintable() else "".join(filter(_visible, text))


def _visible(character: str) -> bool:
    if character.isprintable() or character in "\t\n\r\u00a0":
        return not "\ufe00" <= character <= "\ufe0f"
    return unicodedata.category(character) not in ("Cf", "Cc")
