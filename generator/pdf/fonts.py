"""OpenType fonts in a PDF: words shaped by HarfBuzz, glyphs embedded as subsets.

reportlab's own TTFont cuts a font into pieces of 256 characters and does not kern. Here a text is
glyph numbers of two bytes (ISO 32000-1, 9.7.4: Type 0 fonts with Identity-H), so that kerning and,
for scripts that need it, shaping come from the font itself.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

from generator.pdf.objects import Raw, dictionary, reference, stream

_FEATURES = {"kern": True, "liga": False, "clig": False, "dlig": False, "calt": False}
"""No ligatures: what is copied from the page is what was typed."""
_SHAPED = re.compile(
    "[\u0590-\u109f\u1700-\u18af\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00011fff]"
)
"""Letters that join, move or merge: their fonts have their own way."""


class Word(NamedTuple):
    width: float
    """In ems."""
    code: str | None
    """The operand of TJ (ISO 32000-1, 9.4.3), where the face's first font has all of it."""
    runs: tuple[tuple[Font, str], ...]
    """The operands font by font."""


class Glyph(NamedTuple):
    code: str
    advance: int
    """In the font's units."""
    text: str
    """That it stands for."""


class Font:
    """One font file. It remembers the glyphs that it gave out: those are embedded."""

    def __init__(self, path: Path, lang: str = "", weight: str = "regular") -> None:
        """Raises ValueError for a file that is no font. `weight` is that wanted of a collection."""
        self._lang = lang
        try:
            self._face = _face(path, weight)
        except hb.HarfBuzzError:
            raise ValueError(f"{path} cannot be opened") from None
        if not self._face.glyph_count:
            raise ValueError(f"{path} cannot be read as a font")
        self._font = hb.Font(self._face)
        self._buffer = hb.Buffer()
        self._em = self._face.upem
        self._glyphs: dict[int, Glyph] = {}

    def covers(self, character: str) -> bool:
        return self._font.get_nominal_glyph(ord(character)) is not None

    def cut(self) -> tuple[float, bool]:
        """Its weight (400 is regular, 700 bold), and whether it is slanted."""
        value = self._font.get_style_value
        slanted = value(hb.StyleTag.ITALIC) > 0 or value(hb.StyleTag.SLANT_ANGLE) != 0
        return value(hb.StyleTag.WEIGHT), slanted

    def bearing(self, character: str) -> float:
        """The white at the left of a character, in ems."""
        glyph = self._font.get_nominal_glyph(ord(character)) or 0
        extents = self._font.get_glyph_extents(glyph)
        return extents.x_bearing / self._em if extents else 0.0

    def shape(self, text: str, rtl: bool = False) -> tuple[float, str]:
        """Width in ems, and the operand of TJ without its brackets.

        Where glyphs are raised, or do not say their part of the text, the operand is ended for a
        text rise (in ems) or for marked content with that part as its ActualText (14.9.4), and
        begun again.
        """
        buffer = self._buffer
        buffer.reset()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        if self._lang and not text.isascii():
            buffer.language = self._lang
        buffer.guess_segment_properties()
        if rtl:
            buffer.direction = "rtl"
        shaped = _SHAPED.search(text) is not None
        hb.shape(self._font, buffer, {} if shaped else _FEATURES)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        glyphs = self._glyphs
        parts: list[tuple[int, str, str]] = []
        total, before, rise = 0, 0, 0
        for index, (info, position) in enumerate(zip(infos, positions, strict=True)):
            glyph = glyphs.get(info.codepoint) or self._remember(text, infos, index)
            moved, code = position.x_offset, glyph.code
            if before != moved:
                code = f">{self._kern(before - moved)}<{code}"
            if rise != position.y_offset:
                rise = position.y_offset
                code = f">] TJ {rise / self._em:.4g} Ts [<{code}"
            parts.append((info.cluster, glyph.text, code))
            before = glyph.advance - position.x_advance + moved
            total += position.x_advance
        code = "".join(code for *_, code in parts)
        # Programs that take text by where it stands need letters from the right in pieces.
        if rtl:
            code = _saying(text, parts)
        elif shaped or "".join(said for _, said, _ in parts) != text:
            code = _said(text, code)
        end = self._kern(before) if before else ""
        level = "] TJ 0 Ts [" if rise else ""
        return total / self._em, f"<{code}>{end}{level}".replace("<>", "")

    def _kern(self, units: float) -> str:
        """Of TJ: thousandths of an em, to the left."""
        return f"{round(units * 1000 / self._em, 2):g}"

    def _remember(self, text: str, infos: Sequence[Any], index: int) -> Glyph:
        """A glyph that is new: the text that it stands for is its cluster, once."""
        number, start = infos[index].codepoint, infos[index].cluster
        after = [info.cluster for info in infos if info.cluster > start]
        first = index == 0 or infos[index - 1].cluster != start
        stands_for = text[start : min(after, default=len(text))] if first else ""
        made = Glyph(f"{number:04x}", self._font.get_glyph_h_advance(number), stands_for)
        self._glyphs[number] = made
        return made

    # -- embedding

    def embed(self, document: Any) -> Raw:
        """The font as a PDF object, with the glyphs that were given out so far."""
        name = f"{self._tag()}+{postscript_name(self._face)}"
        unicode = reference(document, stream(_to_unicode(self._glyphs)))
        return Raw(dictionary(
            Type="/Font", Subtype="/Type0", BaseFont=f"/{name}", Encoding="/Identity-H",
            DescendantFonts=f"[{self._descendant(document, name)}]", ToUnicode=unicode,
        ))  # fmt: skip

    def _descendant(self, document: Any, name: str) -> str:
        """Glyph numbers are CIDs, with TrueType as with PostScript outlines (9.7.4.2)."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(self._glyphs)
        flags = hb.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NOTDEF_OUTLINE | flags.CFF_IDENTITY_CHARSET
        program = bytes(hb.subset(self._face, wanted).blob.data)
        postscript = "CFF " in self._face.table_tags
        unit = 1000 / self._em
        widths = " ".join(
            f"{number} [{round(glyph.advance * unit, 3):g}]"
            for number, glyph in sorted(self._glyphs.items())
        )
        return reference(document, Raw(dictionary(
            Type="/Font", Subtype=f"/CIDFontType{0 if postscript else 2}", BaseFont=f"/{name}",
            CIDSystemInfo="<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            W=f"[{widths}]", CIDToGIDMap=None if postscript else "/Identity",
            FontDescriptor=descriptor(document, self._face, name, program, 4),
        )))  # fmt: skip

    def _tag(self) -> str:
        """Six letters that differ for other glyphs (ISO 32000-1, 9.6.4)."""
        digest = hashlib.sha256(repr(sorted(self._glyphs)).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _said(text: str, code: str) -> str:
    span = f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC"
    return f">] TJ {span} [<{code}>] TJ EMC [<"


def _saying(text: str, parts: list[tuple[int, str, str]]) -> str:
    """Operands of TJ, with the text of each cluster whose glyphs say something else."""
    ends = sorted({*(cluster for cluster, *_ in parts), len(text)})
    made = ""
    for cluster, group in groupby(parts, key=lambda part: part[0]):
        glyphs = list(group)
        code = "".join(code for *_, code in glyphs)
        meant = text[cluster : ends[ends.index(cluster) + 1]]
        if "".join(said for _, said, _ in glyphs) != meant:
            code = _said(meant, code)
        made += code
    return made


def _face(path: Path, weight: str) -> Any:
    """The font of a file, or the one of a collection that comes next to a weight."""
    blob = hb.Blob.from_file_path(str(path))
    with path.open("rb") as file:
        start = file.read(12)
    count = int.from_bytes(start[8:12], "big") if start[:4] == b"ttcf" else 1
    faces = [hb.Face(blob, index) for index in range(min(count, 64))]
    wanted = 600 if weight == "semibold" else 400
    return min(faces, key=lambda face: abs(_weight(face) - wanted)) if count > 1 else faces[0]


def _weight(face: Any) -> float:
    return float(hb.Font(face).get_style_value(hb.StyleTag.WEIGHT))


def postscript_name(face: Any) -> str:
    return str(face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font").replace(" ", "")


def descriptor(document: Any, face: Any, name: str, program: bytes, flags: int) -> str:
    """A font descriptor with its font file (ISO 32000-1, 9.8); flag 4 is symbolic, 32 is not."""
    if "CFF " in face.table_tags:
        key, file = "FontFile3", stream(program, Subtype="/OpenType")
    else:
        key, file = "FontFile2", stream(program, Length1=len(program))
    unit = 1000 / face.upem
    font = hb.Font(face)
    extents = font.get_font_extents("ltr")
    head = face.reference_table("head").data
    box = [
        round(int.from_bytes(head[at : at + 2], "big", signed=True) * unit)
        for at in (36, 38, 40, 42)
    ]
    cap = font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
    slant = font.get_style_value(hb.StyleTag.SLANT_ANGLE)
    return reference(document, Raw(dictionary(
        Type="/FontDescriptor", FontName=f"/{name}", Flags=flags,
        **{key: reference(document, file)},
        FontBBox="[{} {} {} {}]".format(*box), ItalicAngle=f"{slant:g}",
        Ascent=round(extents.ascender * unit), Descent=round(extents.descender * unit),
        CapHeight=round((cap or extents.ascender) * unit), StemV=80,
    )))  # fmt: skip


def _to_unicode(glyphs: dict[int, Glyph]) -> bytes:
    """A ToUnicode map in blocks of at most 100 (Adobe Technical Note 5411)."""
    rows = [
        f"<{glyph.code}> <{(glyph.text or NOTHING).encode('utf-16-be').hex()}>"
        for _, glyph in sorted(glyphs.items())
    ]
    blocks = [
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
        for part in (rows[at : at + 100] for at in range(0, len(rows), 100))
    ]
    return "\n".join([
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
        *blocks,
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]).encode()  # fmt: skip


NOTHING = "\u200b"
"""What a further glyph of a letter stands for: a space without width, as the map wants one."""

JOINERS = "\u200c\u200d\u200e\u200f"
"""They have no glyphs, and belong to the letters beside them."""


class Words(dict[str, Word]):
    """Texts without a space, each shaped when it is first asked for."""

    def __init__(self, fonts: Sequence[Font], rtl: bool = False) -> None:
        super().__init__({"": Word(0.0, "", ())})
        self._fonts, self._rtl = fonts, rtl

    def __missing__(self, text: str) -> Word:
        runs = [(font, *font.shape(part, self._rtl)) for font, part in self._parts(text)]
        single = not self._rtl and len(runs) == 1 and runs[0][0] is self._fonts[0]
        pieces = [(font, code) for font, _, code in runs]
        ordered = tuple(reversed(pieces) if self._rtl else pieces)
        code = runs[0][2] if single else None
        word = self[text] = Word(sum(width for _, width, _ in runs), code, ordered)
        return word

    def _parts(self, text: str) -> Iterator[tuple[Font, str]]:
        """Runs that one font covers; what none covers falls to the first.

        Punctuation is of the font of the letters before it, or behind it where it opens.
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
    """A font and those that stand in for characters that it lacks."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        self._fonts = list(fonts)
        self.words, self._turned = Words(self._fonts), Words(self._fonts, rtl=True)

    def add(self, font: Font) -> None:
        """One more that stands in, before anything is set."""
        self._fonts.append(font)

    def covers(self, character: str) -> bool:
        return any(font.covers(character) for font in self._fonts)

    def bearing(self, character: str) -> float:
        """The white at the left of a character, in ems."""
        return next(
            (font.bearing(character) for font in self._fonts if font.covers(character)), 0.0
        )

    def line(self, text: str, rtl: bool = False) -> list[tuple[Font, str]]:
        """Operands of TJ for words and the spaces between them."""
        known, space = self._turned if rtl else self.words, self.words[" "]
        words = [known[part] for part in text.split(" ")]
        codes = [word.code for word in words]
        if None not in codes and space.code:
            return [(self._fonts[0], space.code.join(codes).replace("><", ""))]  # type: ignore[arg-type]
        runs: list[tuple[Font, str]] = []
        for index, word in enumerate(reversed(words) if rtl else words):
            runs += (*space.runs, *word.runs) if index else word.runs
        return runs

    def width(self, text: str, size: float) -> float:
        """In the unit of `size`. Spaces stand between words, as they are drawn."""
        words = self.words
        if " " not in text or text == " ":
            return words[text].width * size
        parts = text.split(" ")
        spaces = words[" "].width * (len(parts) - 1)
        return (sum([words[part].width for part in parts]) + spaces) * size
