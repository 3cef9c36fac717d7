"""The workbook's fonts: where they lie, how wide their letters are, and what they lack."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from generator.model import Inline, Span
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


class Face:
    """One font, with the widths of the words that were asked for."""

    def __init__(self, name: str) -> None:
        package, file = FILES[name]
        self.name = name
        self.font = TTFont(name, str(files(package) / "files" / file))
        pdfmetrics.registerFont(self.font)
        self._widths: dict[int, float] = self.font.face.charWidths
        self._glyphs: dict[int, int] = self.font.face.charToGlyph
        self._words: dict[str, float] = {}

    def width(self, text: str, size: float) -> float:
        """In points."""
        em = self._words.get(text)
        if em is None:
            em = sum(self._widths.get(ord(character), 0) for character in text) / 1000
            self._words[text] = em
        return em * size

    def covers(self, character: str) -> bool:
        return ord(character) in self._glyphs


@cache
def face(name: str) -> Face:
    return Face(name)


def face_of(span: Span, style: TextStyle) -> Face:
    """The font of a span: code is sans; italics only where the italic has all its letters."""
    family = "sans" if span.code else style.family
    weight = "semibold" if span.strong or style.weight == "semibold" else "regular"
    upright = face(f"{family}-{weight}")
    if not span.emphasis:
        return upright
    slanted = face(f"{family}-{'italic' if weight == 'regular' else 'semibold-italic'}")
    return slanted if all(map(slanted.covers, span.text)) else upright


def printable(text: Inline) -> Inline:
    """Without the invisible format characters that the fonts lack (joiners, marks of direction)."""
    kept = (
        Span("".join(filter(_shown, span.text)), span.emphasis, span.strong, span.code, span.href)
        for span in text
    )
    return tuple(span for span in kept if span.text)


def _shown(character: str) -> bool:
    invisible = unicodedata.category(character) in ("Cf", "Cc") or "\ufe00" <= character <= "\ufe0f"
    return not invisible or character in "\t\n\r\u00ad" or face("serif-regular").covers(character)


def missing(text: Inline) -> list[str]:
    """The characters that the upright fonts lack, each once, in their order."""
    upright = [face("serif-regular"), face("serif-semibold"), face("sans-regular")]
    return [
        character
        for character in dict.fromkeys("".join(span.text for span in text))
        if not character.isspace() and not all(font.covers(character) for font in upright)
    ]
