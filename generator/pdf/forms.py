"""An interactive form on a tagged canvas (ISO 32000-1, 12.7), without JavaScript.

reportlab's own forms use fonts that are not embedded and have no tags. Here each widget has an
appearance, so that a file that nobody filled in prints as it looks (PDF/A-2, 6.4.1).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from generator.pdf.canvas import Rect, TaggedCanvas, Values
from generator.pdf.document import Reference
from generator.pdf.fonts import descriptor, postscript_name
from generator.pdf.objects import circle, dictionary, stream, text
from generator.pdf.structure import Tag
from generator.text.bidi import right_to_left

MULTILINE, RADIO, NO_TOGGLE_TO_OFF = 1 << 12, 1 << 15, 1 << 14
"""Flags of a field (tables 226 and 228)."""

SIZE = 11
"""The size of typed text, in points."""

INK = "0.12 0.16 0.2"

CHECK, DOT = "4", "l"
"""Marks as characters of ZapfDingbats."""


UNDEFINED = "\x81\x8d\x8f\x90\x9d"
"""Codes without a character in the Windows encoding."""
WINDOWS = "".join(
    bytes([code]).decode("cp1252" if chr(code) not in UNDEFINED else "latin-1")
    for code in range(32, 256)
)
SELDOM = f"{UNDEFINED}¤¦¨¬¯²³´¶¸¹º¼½¾ª×÷ÐÞðþ±"
LATIN = "ŞşĞğİıĄąĆćĘęŁłŃńŚśŹźŻżČčĚěŘř"
CODE_PAGES = {"el": "cp1253", **dict.fromkeys(("be", "bg", "mk", "ru", "sr", "uk"), "cp1251")}


class _Group(NamedTuple):
    """Radio buttons of which one can be chosen."""

    field: Reference
    asked: str
    widgets: list[Reference]


class Form:
    """The fields of one document, with a font for typed text."""

    def __init__(self, canvas: TaggedCanvas, font: Path, lang: str = "en") -> None:
        """Begin a form. If the language (BCP 47) runs from right to left, typed text is flush
        right."""
        self._canvas, self._document = canvas, canvas.document
        self._quadding = 2 if right_to_left(lang) else None
        self._look = f"/Typed {SIZE} Tf {INK} rg"
        # Programs that make appearances of their own set marks in this font (12.7.4.2.3).
        marks = self._document.add(dictionary(
            Type="/Font", Subtype="/Type1", BaseFont="/ZapfDingbats",
        ))  # fmt: skip
        typed = self._font(font, lang)
        self._fonts = f"<</Font <</Typed {typed}>>>>"
        self._marks: dict[tuple[str, str], str] = {}
        self._groups: dict[str, _Group] = {}
        resources = f"<</Font <</Typed {typed} /ZaDb {marks}>>>>"
        canvas.closing.append(self._close)
        canvas.form = {"DA": text(self._look), "DR": resources, "Q": self._quadding}

    def add(
        self, kind: str, tag: Tag, area: Rect, name: str, words: str, value: str = "",
        group: str = "",
    ) -> None:  # fmt: skip
        """Add a field of kind `text` (several lines), `line` or `check`, or one of a group:
        `choice` is marked with a ring, `radio` with a dot.

        `words` are its tooltip, which screen readers read out, and `group` are those of the whole
        group.
        """
        said = {"TU": text(words)}
        if kind in ("text", "line"):
            flags = MULTILINE if kind == "text" else 0
            look = {"DA": text(self._look), "AP": f"<</N {self._appearance(area, '/Tx BMC EMC')}>>"}
            named = {"FT": "/Tx", "Ff": flags, "Q": self._quadding, "T": text(name)}
            self._canvas.field(tag, area, {**named, **said, **look})
        elif kind == "check":
            button = self._button(area, "Yes", _tick(area), CHECK)
            self._canvas.field(tag, area, {"FT": "/Btn", "T": text(name), **said, **button})
        else:
            mark = _ring(area) if kind == "choice" else _dot(area)
            self._one_of(tag, area, name, words, self._button(area, f"c{value}", mark, DOT), group)

    def add_said(
        self, tag: Tag, area: Rect, name: str, words: str, shown: Callable[[Values], str]
    ) -> None:
        """Add a line with a value by this name in each copy of the file. `shown` are operators in
        the page's fonts, as the form's own font has only Latin letters."""
        look = self._document.reserve()
        box = f"[0 0 {area[2] - area[0]:.2f} {area[3] - area[1]:.2f}]"

        def appearance(values: Values) -> bytes:
            return stream(
                f"/Tx BMC q {shown(values)} Q EMC".encode("latin-1"), Type="/XObject",
                Subtype="/Form", BBox=box, Resources=self._canvas.resources,
            )  # fmt: skip

        self._canvas.defer(look, appearance)
        entries: dict[str, object] = {
            "FT": "/Tx", "Ff": 0, "Q": self._quadding, "T": text(name), "TU": text(words),
            "DA": text(self._look), "AP": f"<</N {look}>>",
        }  # fmt: skip
        self._canvas.field(tag, area, entries, value=name)

    def _one_of(
        self, tag: Tag, area: Rect, name: str, words: str, button: dict[str, object], asked: str
    ) -> None:
        """Return the widget of a radio button; its group is made with the first one."""
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = _Group(self._document.reserve(), asked, [])
            self._canvas.add_field(group.field)
        entries = {"Parent": group.field, "TU": text(words), **button}
        group.widgets.append(self._canvas.field(tag, area, entries, parent=group.field))

    def _close(self) -> None:
        """Set the groups, once all of their buttons are known."""
        for name, group in self._groups.items():
            self._document.set(group.field, dictionary(
                FT="/Btn", Ff=RADIO | NO_TOGGLE_TO_OFF, T=text(name), V="/Off",
                Kids=f"[{' '.join(group.widgets)}]", TU=text(group.asked),
            ))  # fmt: skip

    def _button(self, area: Rect, state: str, mark: str, caption: str) -> dict[str, object]:
        """Return a button; `caption` is the mark for programs that make an appearance of their
        own."""
        on, off = self._mark(area, mark), self._mark(area, "")
        look = f"<</N <</{state} {on} /Off {off}>>>>"
        return {
            "AS": "/Off", "AP": look, "MK": f"<</CA ({caption})>>",
            "DA": text(f"/ZaDb 0 Tf {INK} rg"),
        }  # fmt: skip

    def _mark(self, area: Rect, code: str) -> str:
        """Return the appearance of buttons, which all of one size share, as no program writes into
        it."""
        key = (f"{area[2] - area[0]:.2f} {area[3] - area[1]:.2f}", code)
        if key not in self._marks:
            self._marks[key] = self._appearance(area, code)
        return self._marks[key]

    def _appearance(self, area: Rect, code: str) -> str:
        """Return an appearance stream that is not shared, as programs that fill in fields write
        into it."""
        box = f"[0 0 {area[2] - area[0]:.2f} {area[3] - area[1]:.2f}]"
        return self._document.add(stream(
            code.encode(), Type="/XObject", Subtype="/Form", BBox=box, Resources=self._fonts
        ))  # fmt: skip

    def _font(self, path: Path, lang: str) -> str:
        """Return a TrueType font of single bytes, as programs that fill in fields expect."""
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        font = hb.Font(face)
        characters = _encoding(lang)
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(map(ord, characters))
        program = bytes(hb.subset(face, wanted).blob.data)
        glyphs = [font.get_nominal_glyph(ord(character)) for character in characters]
        unit = 1000 / face.upem
        widths = " ".join(f"{font.get_glyph_h_advance(g) * unit if g else 0:g}" for g in glyphs)
        differences = " ".join(
            f"{code} /{font.get_glyph_name(glyph)}"
            for code, glyph in enumerate(glyphs, 32)
            if glyph and characters[code - 32] != WINDOWS[code - 32]
        )
        name = f"TYPEDA+{postscript_name(face)}"
        encoding = dictionary(
            Type="/Encoding", BaseEncoding="/WinAnsiEncoding", Differences=f"[{differences}]"
        )
        return self._document.add(dictionary(
            Type="/Font", Subtype="/TrueType", BaseFont=f"/{name}", FirstChar=32, LastChar=255,
            Widths=f"[{widths}]", Encoding=encoding,
            FontDescriptor=descriptor(self._document, face, name, program, 32),
        ))  # fmt: skip


def _encoding(lang: str) -> str:
    """Return the characters of the codes from 32 on: those of Windows, by the script of the
    language. For Latin, Turkish, Polish and Czech letters replace symbols that nobody types."""
    if page := CODE_PAGES.get(lang.lower()[:2]):
        return bytes(range(32, 256)).decode(page, "replace")
    return WINDOWS.translate(dict(zip(map(ord, SELDOM), LATIN, strict=True)))


def _tick(area: Rect) -> str:
    """Return a check mark over the whole box."""
    w, h = area[2] - area[0], area[3] - area[1]
    return (
        f"{INK} RG {w * 0.12:.2f} w 1 J 1 j {w * 0.2:.2f} {h * 0.5:.2f} m"
        f" {w * 0.42:.2f} {h * 0.25:.2f} l {w * 0.82:.2f} {h * 0.78:.2f} l S"
    )


def _dot(area: Rect) -> str:
    w, h = area[2] - area[0], area[3] - area[1]
    return f"q {INK} rg {circle(w / 2, h / 2, min(w, h) * 0.28)} f Q"


def _ring(area: Rect) -> str:
    """Return a ring around the label."""
    w, h = area[2] - area[0], area[3] - area[1]
    ring = circle(w / 2, h / 2, min(w, h) * 0.43)
    return f"q {INK} RG {w * 0.1:.2f} w {ring} S Q"
