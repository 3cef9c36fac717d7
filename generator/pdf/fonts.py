"""OpenType fonts in a PDF: words shaped by HarfBuzz, glyphs embedded as subsets.

reportlab's own TTFont cuts a font into pieces of 256 characters and does not kern. Here a text is
glyph numbers of two bytes (ISO 32000-1, 9.7.4: Type 0 fonts with Identity-H), so that kerning and,
for scripts that need it, shaping come from the font itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

from generator.pdf.objects import Raw, dictionary, reference, stream

_FEATURES = {"kern": True, "liga": False, "clig": False, "dlig": False, "calt": False}
"""No ligatures: what is copied from the page is what was typed."""


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

    def __init__(self, path: Path) -> None:
        """Raises ValueError for a file that is no font."""
        try:
            self._face = hb.Face(hb.Blob.from_file_path(str(path)))
        except hb.HarfBuzzError:
            raise ValueError(f"{path} cannot be opened") from None
        if not self._face.glyph_count:
            raise ValueError(f"{path} cannot be read as a font")
        self._font = hb.Font(self._face)
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

    def shape(self, text: str) -> tuple[float, str]:
        """Width in ems, and the operand of TJ without its brackets."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, _FEATURES)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        glyphs = self._glyphs
        code, total, before = "", 0, 0
        for index, (info, position) in enumerate(zip(infos, positions, strict=True)):
            glyph = glyphs.get(info.codepoint) or self._remember(text, infos, index)
            moved = position.x_offset
            if before != moved:
                code += f">{self._kern(before - moved)}<"
            code += glyph.code
            before = glyph.advance - position.x_advance - moved
            total += position.x_advance
        end = self._kern(before) if before else ""
        return total / self._em, f"<{code}>{end}".replace("<>", "")

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
        f"<{glyph.code}> <{glyph.text.encode('utf-16-be').hex()}>"
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


class Words(dict[str, Word]):
    """Texts without a space, each shaped when it is first asked for."""

    def __init__(self, fonts: tuple[Font, ...]) -> None:
        super().__init__({"": Word(0.0, "", ())})
        self._fonts = fonts

    def __missing__(self, text: str) -> Word:
        runs = [(font, *font.shape(part)) for font, part in self._parts(text)]
        code = runs[0][2] if len(runs) == 1 and runs[0][0] is self._fonts[0] else None
        pieces = tuple((font, piece) for font, _, piece in runs)
        word = self[text] = Word(sum(width for _, width, _ in runs), code, pieces)
        return word

    def _parts(self, text: str) -> Iterator[tuple[Font, str]]:
        """Runs that one font covers; what none covers falls to the first."""
        first = self._fonts[0]
        if len(self._fonts) == 1 or all(map(first.covers, text)):
            yield first, text
            return
        run, current = "", first
        for character in text:
            font = next((font for font in self._fonts if font.covers(character)), first)
            if run and font is not current:
                yield current, run
                run = ""
            current, run = font, run + character
        yield current, run


class Face:
    """A font and those that stand in for characters that it lacks."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        self._fonts = tuple(fonts)
        self.words = Words(self._fonts)

    def covers(self, character: str) -> bool:
        return any(font.covers(character) for font in self._fonts)

    def bearing(self, character: str) -> float:
        """The white at the left of a character, in ems."""
        return next(
            (font.bearing(character) for font in self._fonts if font.covers(character)), 0.0
        )

    def line(self, text: str) -> list[tuple[Font, str]]:
        """Operands of TJ for words and the spaces between them."""
        known, space = self.words, self.words[" "]
        words = [known[part] for part in text.split(" ")]
        codes = [word.code for word in words]
        if None not in codes and space.code:
            return [(self._fonts[0], space.code.join(codes).replace("><", ""))]  # type: ignore[arg-type]
        runs: list[tuple[Font, str]] = []
        for index, word in enumerate(words):
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
