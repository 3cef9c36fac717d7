"""Text in a PDF: glyphs written as operators, and their fonts embedded as subsets.

reportlab's own TTFont divides a font into pieces of 256 characters and does not kern. Here a text
consists of glyph numbers of two bytes (ISO 32000-1, 9.7.4: Type 0 fonts with Identity-H), as
HarfBuzz returns them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import uharfbuzz as hb

from generator.diagnostics import SourceError, error
from generator.pdf.document import Document, Reference
from generator.pdf.objects import dictionary, numbers, stream
from generator.text.shape import Face, Font, Glyph, Run

NOTHING = "\u200b"
"""The text of a letter's further glyphs: ToUnicode requires some, and this one has no width."""


class Code(NamedTuple):
    """A run in PDF: part of a string if that has its text, or else operators."""

    font: EmbeddedFont
    width: float
    """The width in ems."""
    glyphs: int
    """The number of glyphs, as each of them adds character spacing."""
    string: str | None
    """The inside of a string in the operand of TJ (9.4.3), with adjustments as `>20<`."""
    operators: str
    """The whole run in ems from its left end, if it is not a string."""


class EmbeddedFont:
    """A font of one document, which records the glyphs to embed."""

    def __init__(self, font: Font, name: str) -> None:
        self.font, self.name = font, name
        self._glyphs: dict[int, tuple[str, int]] = {}
        """Glyph numbers with the text that each stands for in this file, and its advance."""

    def code(self, run: Run) -> Code:
        said = [self._text(glyph, run.text) for glyph in run.glyphs]
        level = not any(glyph.dy for glyph in run.glyphs)
        string: str | None = None
        operators = ""
        if run.rtl:
            # ISO 32000-1, 14.8.2.3.3: strings follow each other as they are read, each of them
            # with its characters reversed. So none may be cut by an adjustment.
            even = all(glyph.own == glyph.advance and not glyph.dx for glyph in run.glyphs)
            if level and even and "".join(reversed(said)) == run.text:
                string = "".join(f"{glyph.id:04x}" for glyph in run.glyphs)
            else:
                operators = _written(self._clusters(run, said))
        elif level and "".join(said) == run.text:
            string = self._adjusted(run.glyphs)
        else:
            strings = self._strings(run.glyphs, 0)
            operators = _written([(run.text if "".join(said) != run.text else "", strings)])
        return Code(self, run.width, len(run.glyphs), string, operators)

    def _text(self, glyph: Glyph, text: str) -> str:
        """Return the text of a glyph: the character that the font maps to it, or else its first
        cluster.

        Programs that ignore ActualText rely on this.
        """
        if glyph.id not in self._glyphs:
            own = self.font.character_of(glyph.id, text) or glyph.text
            self._glyphs[glyph.id] = (own, glyph.own)
        return self._glyphs[glyph.id][0]

    def _adjusted(self, glyphs: Sequence[Glyph]) -> str:
        """Return one string, with kerning in thousandths of an em to the left."""
        parts: list[str] = []
        before = 0
        for glyph in glyphs:
            if before != glyph.dx:
                parts.append(f">{round((before - glyph.dx) * 1000 / self.font.em, 2):g}<")
            parts.append(f"{glyph.id:04x}")
            before = glyph.own - glyph.advance + glyph.dx
        if before:
            parts.append(f">{round(before * 1000 / self.font.em, 2):g}<")
        return "".join(parts)

    def _strings(self, glyphs: Iterable[Glyph], pen: int) -> list[Placed]:
        """Join consecutive glyphs on one level into strings; `pen` is where they begin."""
        made: list[Placed] = []
        expected = None
        for glyph in glyphs:
            x, y = pen + glyph.dx, glyph.dy
            if made and expected == (x, y):
                made[-1] = made[-1]._replace(string=f"{made[-1].string}{glyph.id:04x}")
            else:
                made.append(Placed(x / self.font.em, y / self.font.em, f"{glyph.id:04x}"))
            expected = (x + glyph.own, y)
            pen += glyph.advance
        return made

    def _clusters(self, run: Run, said: Sequence[str]) -> Iterator[tuple[str, list[Placed]]]:
        """Yield clusters from right to left: their text, if the glyphs do not give it, and their
        strings.

        Programs that extract text by position would reverse a whole word, so that each letter has a
        text of its own.
        """
        pen = sum(glyph.advance for glyph in run.glyphs)
        last = len(run.glyphs)
        for first in range(last - 1, -1, -1):
            pen -= run.glyphs[first].advance
            if not run.glyphs[first].text:
                continue
            meant = run.glyphs[first].text
            strings = self._strings(run.glyphs[first:last], pen)
            spoken = "".join(reversed(said[first:last]))
            yield "" if spoken == meant else meant, strings[::-1]
            last = first

    # -- embedding

    def embed(self, document: Document) -> Reference:
        """Embed the font with the glyphs that were used so far. Raises SourceError for a damaged
        font."""
        name = f"{self._tag()}+{postscript_name(self.font.face)}"
        return document.add(dictionary(
            Type="/Font", Subtype="/Type0", BaseFont=f"/{name}", Encoding="/Identity-H",
            DescendantFonts=f"[{self._descendant(document, name)}]",
            ToUnicode=document.add(stream(self._to_unicode())),
        ))  # fmt: skip

    def _descendant(self, document: Document, name: str) -> Reference:
        """Return the descendant font. Glyph numbers are CIDs, for TrueType as for PostScript
        outlines (9.7.4.2)."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(self._glyphs)
        flags = hb.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NOTDEF_OUTLINE | flags.CFF_IDENTITY_CHARSET
        face = self.font.face
        for axis, value in self.font.axes.items():
            wanted.pin_axis_location(face, axis, value)
        try:
            program = bytes(hb.subset(face, wanted).blob.data)
        except RuntimeError:
            hint = "download the font from its maker again, or use another"
            message = "this font cannot be embedded: it is damaged"
            raise SourceError([error(message, self.font.path, hint=hint)]) from None
        postscript = "CFF " in face.table_tags
        unit = 1000 / self.font.em
        widths = " ".join(
            f"{number} [{round(advance * unit, 3):g}]"
            for number, (_, advance) in sorted(self._glyphs.items())
        )
        return document.add(dictionary(
            Type="/Font", Subtype=f"/CIDFontType{0 if postscript else 2}", BaseFont=f"/{name}",
            CIDSystemInfo="<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            W=f"[{widths}]", CIDToGIDMap=None if postscript else "/Identity",
            FontDescriptor=descriptor(document, face, name, program, 4),
        ))  # fmt: skip

    def _tag(self) -> str:
        """Return six letters that depend on the glyphs (9.6.4)."""
        digest = hashlib.sha256(repr(sorted(self._glyphs)).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6])

    def _to_unicode(self) -> bytes:
        """Return a ToUnicode map in blocks of at most 100 (Adobe Technical Note 5411)."""
        rows = [
            f"<{number:04x}> <{(text or NOTHING).encode('utf-16-be').hex()}>"
            for number, (text, _) in sorted(self._glyphs.items())
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


class Placed(NamedTuple):
    """A string in hexadecimal digits, with its position in ems from the left end of its run and
    above its line."""

    x: float
    y: float
    string: str


def _written(parts: Iterable[tuple[str, list[Placed]]]) -> str:
    """Write strings that are moved to (Td) one after the other. Those with another text stand in
    marked content with that as its ActualText (14.9.4)."""
    x = y = 0.0
    operators = []
    for meant, strings in parts:
        if meant:
            actual = f"<feff{meant.encode('utf-16-be').hex()}>"
            operators.append(f"/Span <</ActualText {actual}>> BDC")
        for placed in strings:
            if (placed.x, placed.y) != (x, y):
                operators.append(f"{placed.x - x:.4g} {placed.y - y:.4g} Td")
                x, y = placed.x, placed.y
            operators.append(f"[<{placed.string}>] TJ")
        if meant:
            operators.append("EMC")
    return " ".join(operators)


class _Codes(dict[str, tuple[Code, ...]]):
    """The PDF code for the words of one face."""

    def __init__(self, face: Face, rtl: bool, fonts: Typesetter) -> None:
        super().__init__()
        self._words, self._fonts = face.turned if rtl else face.words, fonts

    def __missing__(self, text: str) -> tuple[Code, ...]:
        codes = tuple(self._fonts.font(run.font).code(run) for run in self._words[text].runs)
        self[text] = codes
        return codes


class _Strings(dict[str, str]):
    """The words of one face that its first font writes as parts of a longer string. These are
    nearly all of them, so that a line takes one look-up for each word."""

    def __init__(self, codes: _Codes, font: EmbeddedFont) -> None:
        super().__init__()
        self._codes, self.font = codes, font

    def __missing__(self, text: str) -> str:
        """Raise KeyError for all other words."""
        made = ""
        for code in self._codes[text]:
            if code.font is not self.font or code.string is None:
                raise KeyError(text)
            made += code.string
        self[text] = made
        return made


class Typesetter:
    """Writes texts for one document, and embeds their fonts."""

    def __init__(self) -> None:
        self._fonts: dict[Font, EmbeddedFont] = {}
        self._codes: dict[tuple[Face, bool], _Codes] = {}
        self._strings: dict[Face, _Strings] = {}

    def font(self, font: Font) -> EmbeddedFont:
        if font not in self._fonts:
            self._fonts[font] = EmbeddedFont(font, f"/T{len(self._fonts) + 1}")
        return self._fonts[font]

    def resources(self, document: Document) -> str:
        fonts = {font.name[1:]: font.embed(document) for font in self._fonts.values()}
        return dictionary(**fonts)

    def show(
        self, face: Face, text: str, size: float, at: tuple[float, float], rtl: bool = False,
        spacing: float = 0.0,
    ) -> tuple[str, str]:  # fmt: skip
        """Return a text object (9.4) for a text whose left end, whatever its direction, is `at`,
        and the operator that sets its font before; empty if it sets several fonts itself."""
        words = text.split(" ")
        if not rtl:
            strings = self._strings.get(face) or self._first(face)
            try:
                string = strings[" "].join([strings[word] for word in words])
            except KeyError:
                pass
            else:
                font = f"{strings.font.name} {size:.5g} Tf"
                return font, f"BT {_shown(string, at, spacing)} ET"
        codes = self._codes_of(face, rtl)
        pieces = [*codes[words[0]]]
        for word in words[1:]:
            pieces += [*codes[" "], *codes[word]]
        shown = " ".join(self._placed(pieces, size, at, rtl, spacing))
        return "", f"BT /ReversedChars BMC {shown} EMC ET" if rtl else f"BT {shown} ET"

    def _codes_of(self, face: Face, rtl: bool) -> _Codes:
        if (face, rtl) not in self._codes:
            self._codes[face, rtl] = _Codes(face, rtl, self)
        return self._codes[face, rtl]

    def _first(self, face: Face) -> _Strings:
        made = self._strings[face] = _Strings(self._codes_of(face, False), self.font(face.fonts[0]))
        return made

    def _placed(
        self, pieces: Sequence[Code], size: float, at: tuple[float, float], rtl: bool, air: float
    ) -> Iterator[str]:
        """Yield the pieces in reading order, each in its place."""
        widths = [piece.width * size + piece.glyphs * air for piece in pieces]
        x, y = at[0] + (sum(widths) if rtl else 0.0), at[1]
        for piece, width in zip(pieces, widths, strict=True):
            x -= width if rtl else 0.0
            yield _run(piece, size, (x, y), air)
            x += 0.0 if rtl else width


def _run(code: Code, size: float, at: tuple[float, float], spacing: float) -> str:
    """Return a run. Operators that move in ems need a font of size 1, which the text matrix
    scales."""
    if code.string is None:
        scale = f"{size:.5g} 0 0 {size:.5g}"
        return f"{code.font.name} 1 Tf {scale} {at[0]:.2f} {at[1]:.2f} Tm {code.operators}"
    return f"{code.font.name} {size:.5g} Tf {_shown(code.string, at, spacing)}"


def _shown(string: str, at: tuple[float, float], spacing: float) -> str:
    show = f"1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm [<{string}>] TJ"
    return f"{spacing:.4g} Tc {show} 0 Tc" if spacing else show


def postscript_name(face: Any) -> str:
    """Return a font's name as a PDF name; it comes from a file and may contain anything."""
    name = str(face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "")
    return re.sub(r"[^A-Za-z0-9._-]", "", name)[:63] or "Font"


def descriptor(document: Document, face: Any, name: str, program: bytes, flags: int) -> Reference:
    """Return a font descriptor with its font file (9.8); flag 4 is symbolic, 32 is not."""
    if "CFF " in face.table_tags:
        file = {"FontFile3": document.add(stream(program, Subtype="/OpenType"))}
    else:
        file = {"FontFile2": document.add(stream(program, Length1=len(program)))}
    unit = 1000 / face.upem
    font = hb.Font(face)
    extents = font.get_font_extents("ltr")
    head = face.reference_table("head").data
    box = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in (36, 38, 40, 42)]
    cap = font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
    slant = font.get_style_value(hb.StyleTag.SLANT_ANGLE)
    return document.add(dictionary(
        Type="/FontDescriptor", FontName=f"/{name}", Flags=flags, **file,
        FontBBox=numbers(*(round(value * unit) for value in box)), ItalicAngle=f"{slant:g}",
        Ascent=round(extents.ascender * unit), Descent=round(extents.descender * unit),
        CapHeight=round((cap or extents.ascender) * unit), StemV=80,
    ))  # fmt: skip
