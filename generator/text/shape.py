"""Shaping: which glyphs of which font show a text, and how wide it is (HarfBuzz).

A text is shaped word by word, and each word once in a document, as lists, contents and feet repeat
the same words. This module does not know how glyphs are written in a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

FEATURES = {"kern": True, "liga": False, "clig": False, "dlig": False, "calt": False}
"""Font features. Ligatures are off, so that text copied from a page is the text that was typed."""
_JOINING = re.compile(
    "[\u0590-\u109f\u1700-\u18af\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00011fff]"
)
"""Letters that join, move or merge; for these, fonts choose their own features."""

JOINERS = "\u200c\u200d\u200e\u200f"
"""Characters without a glyph, which belong to their neighbours."""

WEIGHTS = {"regular": 400.0, "semibold": 600.0}

MOST_FACES = 64
"""Maximum number of fonts in a collection that are examined."""


class Glyph(NamedTuple):
    """A glyph in a line; lengths are in the units of its font."""

    id: int
    text: str
    """The characters that it stands for; empty for the further glyphs of a cluster."""
    own: int
    """The advance in the font, by which programs move on after drawing it."""
    advance: int
    """The distance to the next glyph after kerning and shaping."""
    dx: int
    dy: int


class Run(NamedTuple):
    """A word, or the part of one in one font; glyphs are in order from the left."""

    font: Font
    text: str
    rtl: bool
    width: float
    """The width in ems."""
    glyphs: tuple[Glyph, ...]


class Font:
    """One font file."""

    def __init__(self, path: Path, lang: str = "", weight: str = "regular") -> None:
        """Open a font; `weight` is the one to use of a collection or a variable font.

        Raises ValueError for a file that is no font.
        """
        self._lang = lang
        self.path = path
        try:
            self.face = _face(path, weight)
        except hb.HarfBuzzError:
            raise ValueError(f"{path} cannot be opened") from None
        if not self.face.glyph_count:
            raise ValueError(f"{path} cannot be read as a font")
        self._font = hb.Font(self.face)
        self.axes = {a.tag: a.default_value for a in self.face.axis_infos}
        """The position on each axis of a variable font."""
        if "wght" in self.axes:
            self.axes["wght"] = WEIGHTS[weight]
            self._font.set_variations(self.axes)
        self._buffer = hb.Buffer()
        self.em: int = self.face.upem

    def covers(self, character: str) -> bool:
        return self._font.get_nominal_glyph(ord(character)) is not None

    def cut(self) -> tuple[float, bool]:
        """Return its weight (400 is regular, 700 bold), and True if it is slanted."""
        value = self._font.get_style_value
        slanted = value(hb.StyleTag.ITALIC) > 0 or value(hb.StyleTag.SLANT_ANGLE) != 0
        return value(hb.StyleTag.WEIGHT), slanted

    def bearings(self, character: str) -> tuple[float, float]:
        """Return the white space at the left and at the right of a character, in ems."""
        glyph = self._font.get_nominal_glyph(ord(character)) or 0
        extents = self._font.get_glyph_extents(glyph)
        if not extents:
            return 0.0, 0.0
        ends = extents.x_bearing + extents.width
        right = self._font.get_glyph_h_advance(glyph) - ends
        return extents.x_bearing / self.em, right / self.em

    def shape(self, text: str, rtl: bool = False) -> Run:
        buffer = self._buffer
        buffer.reset()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        if self._lang and not text.isascii():
            buffer.language = self._lang
        buffer.guess_segment_properties()
        if rtl:
            buffer.direction = "rtl"
        hb.shape(self._font, buffer, {} if _JOINING.search(text) else FEATURES)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        texts = _texts(text, [info.cluster for info in infos])
        glyphs = tuple(
            Glyph(
                info.codepoint, shown, self._font.get_glyph_h_advance(info.codepoint),
                at.x_advance, at.x_offset, at.y_offset,
            )
            for info, at, shown in zip(infos, positions, texts, strict=True)
        )  # fmt: skip
        return Run(self, text, rtl, sum(glyph.advance for glyph in glyphs) / self.em, glyphs)

    def character_of(self, glyph: int, text: str) -> str:
        """Return the one character of a text that the font shows by this glyph alone, if there is
        one."""
        nominal = self._font.get_nominal_glyph
        return next((each for each in text if nominal(ord(each)) == glyph), "")


def _texts(text: str, clusters: Sequence[int]) -> Iterator[str]:
    """Yield the text of each glyph; the first of a cluster has all of its characters."""
    if len(clusters) == len(text) and all(map(int.__eq__, clusters, range(len(text)))):
        yield from text
        return
    ends = dict(zip(sorted(set(clusters)), [*sorted(set(clusters))[1:], len(text)], strict=True))
    before = None
    for cluster in clusters:
        yield text[cluster : ends[cluster]] if cluster != before else ""
        before = cluster


def _face(path: Path, weight: str) -> Any:
    """Return the font of a file, or the one of a collection with the nearest weight."""
    blob = hb.Blob.from_file_path(str(path))
    with path.open("rb") as file:
        start = file.read(12)
    count = int.from_bytes(start[8:12], "big") if start[:4] == b"ttcf" else 1
    faces = [hb.Face(blob, index) for index in range(min(count, MOST_FACES))]
    wanted = WEIGHTS[weight]
    return min(faces, key=lambda face: abs(_weight(face) - wanted)) if count > 1 else faces[0]


def _weight(face: Any) -> float:
    return float(hb.Font(face).get_style_value(hb.StyleTag.WEIGHT))


class Word(NamedTuple):
    width: float
    """The width in ems."""
    runs: tuple[Run, ...]
    """The runs in reading order."""


class Words(dict[str, Word]):
    """Texts without spaces, each shaped when it is first needed."""

    def __init__(self, fonts: Sequence[Font], rtl: bool = False) -> None:
        super().__init__({"": Word(0.0, ())})
        self._fonts, self._rtl = fonts, rtl

    def __missing__(self, text: str) -> Word:
        runs = tuple(font.shape(part, self._rtl) for font, part in self._parts(text))
        word = self[text] = Word(sum(run.width for run in runs), runs)
        return word

    def _parts(self, text: str) -> Iterator[tuple[Font, str]]:
        """Yield runs that one font covers; the first font takes what none covers.

        Punctuation is in the font of the letters before it, or after it if it opens.
        """
        first = self._fonts[0]
        if len(self._fonts) == 1 or all(map(first.covers, text)):
            yield first, text
            return
        own = [
            None if (kind := unicodedata.category(character))[0] in "PMCZ" and kind != "Co"
            else next((font for font in self._fonts if font.covers(character)), first)
            for character in text
        ]  # fmt: skip
        chosen: list[Font] = []
        for place, (character, font) in enumerate(zip(text, own, strict=True)):
            behind = next(filter(None, own[place:]), first)
            near = (chosen[-1] if chosen else behind, behind)
            if unicodedata.category(character) in ("Ps", "Pi"):
                near = near[::-1]
            joined = character in JOINERS
            able = (each for each in (*near, *self._fonts) if joined or each.covers(character))
            chosen.append(font or next(able, first))
        for font, group in groupby(zip(chosen, text, strict=True), key=lambda pair: pair[0]):
            yield font, "".join(character for _, character in group)


class Face:
    """A font, with others for the characters that it lacks."""

    def __init__(self, fonts: Sequence[Font], known: dict[Any, Any] | None = None) -> None:
        """Set up a face. `known` has the words that were shaped before, by their fonts, and is
        extended."""
        self.fonts = list(fonts)
        self._known = {} if known is None else known

    @cached_property
    def words(self) -> Words:
        return self._shaped(rtl=False)

    @cached_property
    def turned(self) -> Words:
        """The same words for text that runs from right to left."""
        return self._shaped(rtl=True)

    def _shaped(self, rtl: bool) -> Words:
        words: Words = self._known.setdefault((rtl, *self.fonts), Words(self.fonts, rtl))
        return words

    def add(self, font: Font) -> None:
        """Add one more font for missing characters, before anything is set."""
        self.fonts.append(font)

    def covers(self, character: str) -> bool:
        return any(font.covers(character) for font in self.fonts)

    def bearings(self, character: str) -> tuple[float, float]:
        """Return the white space at the left and at the right of a character, in ems."""
        able = (font for font in self.fonts if font.covers(character))
        return next(able, self.fonts[0]).bearings(character)

    def width(self, text: str, size: float) -> float:
        """Return the width in the unit of `size`. Spaces are added between words, as they are
        drawn."""
        words = self.words
        if " " not in text or text == " ":
            return words[text].width * size
        parts = text.split(" ")
        spaces = words[" "].width * (len(parts) - 1)
        return (sum([words[part].width for part in parts]) + spaces) * size
