"""Text in a PDF: glyphs written as operators, and their fonts embedded as subsets.

reportlab's own TTFont cuts a font into pieces of 256 characters and does not kern. Here a text is
glyph numbers of two bytes (ISO 32000-1, 9.7.4: Type 0 fonts with Identity-H), as HarfBuzz gives
them.
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
"""What a further glyph of a letter stands for: ToUnicode wants something, this has no width."""


class Code(NamedTuple):
    """How a run is written: as part of a string where that says its text, else by operators."""

    font: EmbeddedFont
    width: float
    """In ems."""
    glyphs: int
    """Their number, because each of them adds the spacing of characters."""
    string: str | None
    """The inside of a string in the operand of TJ (9.4.3); adjustments stand in it as `>20<`."""
    operators: str
    """The whole run, in ems from its left end, where it is no string."""


class EmbeddedFont:
    """A font of one document, which remembers the glyphs that it is to be embedded with."""

    def __init__(self, font: Font, name: str) -> None:
        self.font, self.name = font, name
        self._glyphs: dict[int, tuple[str, int]] = {}
        """Their numbers to the text that each stands for in this file, and its advance."""

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
        """A glyph stands for the character that the font gives it to, else for its first cluster.

        Programs that pay no attention to ActualText have nothing but this.
        """
        if glyph.id not in self._glyphs:
            own = self.font.character_of(glyph.id, text) or glyph.text
            self._glyphs[glyph.id] = (own, glyph.own)
        return self._glyphs[glyph.id][0]

    def _adjusted(self, glyphs: Sequence[Glyph]) -> str:
        """One string, with kerning in thousandths of an em to the left."""
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
        """Glyphs that follow each other on one level are one string; `pen` is where they begin."""
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
        """From right to left: what is meant where its glyphs do not say it, and its strings.

        Programs that take text by where it stands would turn a whole word round, so each letter has
        a text of its own.
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
        """The font with the glyphs that were used so far. Raises SourceError for a damaged one."""
        name = f"{self._tag()}+{postscript_name(self.font.face)}"
        return document.add(dictionary(
            Type="/Font", Subtype="/Type0", BaseFont=f"/{name}", Encoding="/Identity-H",
            DescendantFonts=f"[{self._descendant(document, name)}]",
            ToUnicode=document.add(stream(self._to_unicode())),
        ))  # fmt: skip

    def _descendant(self, document: Document, name: str) -> Reference:
        """Glyph numbers are CIDs, with TrueType as with PostScript outlines (9.7.4.2)."""
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
            hint = "take the font from its maker again, or use another"
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
        """Six letters that differ for other glyphs (9.6.4)."""
        digest = hashlib.sha256(repr(sorted(self._glyphs)).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6])

    def _to_unicode(self) -> bytes:
        """A ToUnicode map in blocks of at most 100 (Adobe Technical Note 5411)."""
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
    """A string in hexadecimal digits, in ems from the left end of its run and above its line."""

    x: float
    y: float
    string: str


def _written(parts: Iterable[tuple[str, list[Placed]]]) -> str:
    """Strings that are moved to (Td) one after the other, those with another text in a span of
    marked content that has it as its ActualText (14.9.4)."""
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
    """How the words of one face are written."""

    def __init__(self, face: Face, rtl: bool, fonts: Typesetter) -> None:
        super().__init__()
        self._words, self._fonts = face.turned if rtl else face.words, fonts

    def __missing__(self, text: str) -> tuple[Code, ...]:
        codes = tuple(self._fonts.font(run.font).code(run) for run in self._words[text].runs)
        self[text] = codes
        return codes


class _Strings(dict[str, str]):
    """The words of one face that are written in its first font, as parts of a longer string: nearly
    all of them, so that a line is one look-up for each word."""

    def __init__(self, codes: _Codes, font: EmbeddedFont) -> None:
        super().__init__()
        self._codes, self.font = codes, font

    def __missing__(self, text: str) -> str:
        """Raises KeyError for others."""
        made = ""
        for code in self._codes[text]:
            if code.font is not self.font or code.string is None:
                raise KeyError(text)
            made += code.string
        self[text] = made
        return made


class Typesetter:
    """Writes texts for one document, and embeds what they were written with."""

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
        """A text object (9.4) for a text that begins at `at`, at its left end in any direction, and
        the operator that sets its font before; an empty one where it sets several itself."""
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
        """In the order in which they are read, each where it stands."""
        widths = [piece.width * size + piece.glyphs * air for piece in pieces]
        x, y = at[0] + (sum(widths) if rtl else 0.0), at[1]
        for piece, width in zip(pieces, widths, strict=True):
            x -= width if rtl else 0.0
            yield _run(piece, size, (x, y), air)
            x += 0.0 if rtl else width


def _run(code: Code, size: float, at: tuple[float, float], spacing: float) -> str:
    """Operators that move in ems need a font of size 1, which the text matrix scales."""
    if code.string is None:
        scale = f"{size:.5g} 0 0 {size:.5g}"
        return f"{code.font.name} 1 Tf {scale} {at[0]:.2f} {at[1]:.2f} Tm {code.operators}"
    return f"{code.font.name} {size:.5g} Tf {_shown(code.string, at, spacing)}"


def _shown(string: str, at: tuple[float, float], spacing: float) -> str:
    show = f"1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm [<{string}>] TJ"
    return f"{spacing:.4g} Tc {show} 0 Tc" if spacing else show


def postscript_name(face: Any) -> str:
    """A font's name as a PDF name may have it; it comes from a file and may be anything."""
    name = str(face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "")
    return re.sub(r"[^A-Za-z0-9._-]", "", name)[:63] or "Font"


def descriptor(document: Document, face: Any, name: str, program: bytes, flags: int) -> Reference:
    """A font descriptor with its font file (9.8); flag 4 is symbolic, 32 is not."""
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
