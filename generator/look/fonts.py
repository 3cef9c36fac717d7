"""The workbook's fonts: where they are, and which fonts substitute for characters that they lack.

Of the system's fonts only families that set running text well are tried; among these, the
characters decide.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic
from generator.look.workbook import TextStyle
from generator.model import Inline, Span
from generator.text.bidi import is_bidirectional
from generator.text.shape import JOINERS, Face, Font

FILES = {
    "serif-regular": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-semibold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "serif-italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    "serif-semibold-italic": ("font_source_serif_pro", "SourceSerifPro-SemiboldIt.ttf"),
    "sans-regular": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "sans-italic": ("font_source_sans_pro", "SourceSansPro-It.ttf"),
    "sans-semibold-italic": ("font_source_sans_pro", "SourceSansPro-SemiboldIt.ttf"),
    "mono-regular": ("fontpkg_source_code_pro", "SourceCodePro[wght].ttf"),
    "mono-semibold": ("fontpkg_source_code_pro", "SourceCodePro[wght].ttf"),
}
"""Package and file by name. All are under the SIL Open Font License 1.1."""

UPRIGHT = ("serif-regular", "serif-semibold", "sans-regular", "sans-semibold")


def file_of(name: str) -> Path:
    package, file = FILES[name]
    return Path(str(files(package) / "files" / file))


class Fonts:
    """The faces of one document, opened when they are needed."""

    def __init__(
        self,
        further: Sequence[Path] = (),
        lang: str = "",
        own: Mapping[str, Path] | None = None,
        known: dict[Any, Any] | None = None,
    ) -> None:
        """Set up the fonts. `further` files substitute, in their order, for characters that ours
        lack; `own` are the files of a brand, by the names of ours, and take precedence.

        Fonts of the system come last and are only looked for if characters are missing. `known` has
        the fonts and words of earlier documents, and is extended.
        """
        self._lang, self._known = lang, {} if known is None else known
        self._own = {name: self._font(path) for name, path in (own or {}).items()}
        self._further = [self._font(path) for path in further]
        self._faces: dict[str, Face] = {}
        self._covered: set[str] = set()
        self.left_out: tuple[Diagnostic, ...] = ()
        """Warnings about characters that no font has, and that the document does without."""

    def _font(self, path: Path, weight: str = "regular") -> Font:
        """Open a font. Raises ValueError for a file that is no font."""
        key = (path, self._lang, weight)
        if key not in self._known:
            self._known[key] = Font(*key)
        font: Font = self._known[key]
        return font

    def face(self, name: str) -> Face:
        face = self._faces.get(name)
        if face is None:
            family = name.partition("-")[0]
            weight = "semibold" if "semibold" in name else "regular"
            own = [self._own[name]] if name in self._own else []
            ours = self._font(file_of(name), weight)
            others = self.face(f"sans-{weight}").fonts if family == "mono" else self._further
            face = self._faces[name] = Face([*own, ours, *others], self._known)
        return face

    def name_of(self, span: Span, style: TextStyle) -> str:
        """Return the face of a span. Italics need all of its characters; strong text within
        semibold is set in italics, as it would not show otherwise."""
        heavy = style.weight == "semibold"
        weight = "semibold" if span.strong or heavy else "regular"
        if span.code:
            return f"mono-{weight}"
        if (span.emphasis != style.italic) or (span.strong and heavy):
            slanted = f"{style.family}-{'italic' if weight == 'regular' else 'semibold-italic'}"
            if all(map(self.face(slanted).covers, span.text)):
                return slanted
        return f"{style.family}-{weight}"

    def printable(self, text: Inline) -> Inline:
        """Return a text in composed form (Unicode NFC), without invisible characters that the fonts
        lack."""
        cleaned = (
            span if span.text == (shown := _shown(span.text)) else replace(span, text=shown)
            for span in text
        )
        return tuple(span for span in cleaned if span.text)

    def missing(self, text: Inline) -> list[str]:
        """Return the characters that no font has, each once, in their order."""
        new = dict.fromkeys("".join(span.text for span in text))
        if self._covered.issuperset(new):
            return []
        asked = [each for each in new if not (each.isspace() or each in JOINERS)]
        lacking = set().union(*(self._completed(name, asked) for name in UPRIGHT))
        self._covered.update(set(new).difference(lacking))
        return [character for character in asked if character in lacking]

    def _completed(self, name: str, asked: Sequence[str]) -> set[str]:
        """Add fonts of the system to a face, and return the characters that it still lacks."""
        face = self.face(name)
        lacking = {character for character in asked if not face.covers(character)}
        for path in candidates(*name.split("-")) if lacking else ():
            try:
                font = self._font(path, name.split("-")[1])
            except ValueError:
                continue
            if any(map(font.covers, lacking)):
                face.add(font)
                lacking = {character for character in lacking if not font.covers(character)}
            if not lacking:
                break
        return lacking

    @property
    def bidirectional(self) -> bool:
        """True if any requested text runs from right to left."""
        return is_bidirectional("".join(self._covered))


def _shown(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text if text.isascii() and text.isprintable() else "".join(filter(_visible, text))


def _visible(character: str) -> bool:
    if character.isprintable() or character in "\t\n\r\u00a0":
        return not "\ufe00" <= character <= "\ufe0f"
    return character in JOINERS or unicodedata.category(character) not in ("Cf", "Cc")


FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts",
    "C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts",
)  # fmt: skip
_EASTERN = ("CJK", "CJKsc", "CJKjp", "CJKkr", "CJKtc", "SC", "JP", "KR", "TC")
_SCRIPTS = (
    *_EASTERN, "Arabic", "Hebrew", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil",
    "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Armenian",
    "Georgian", "Ethiopic",
)  # fmt: skip
_FAMILIES = {
    "serif": (
        "NotoNaskhArabic", *(f"NotoSerif{script}" for script in _SCRIPTS), "SourceHanSerif",
        "Songti", "SimSun", "YuMin", "ヒラギノ明朝 ProN", "Batang", "AppleMyungjo", "Mangal",
    ),
    "sans": (
        *(f"NotoSans{script}" for script in _SCRIPTS), "NotoKufiArabic", "SourceHanSans",
        "PingFang", "Hiragino Sans GB", "ヒラギノ角ゴシック W3", "AppleSDGothicNeo", "msyh",
        "YuGothR", "malgun", "msjh", "GeezaPro", "ArialHB", "Kohinoor", "KohinoorBangla",
        "Nirmala", "Vrinda", "segoeui", "Arial Unicode", "NotoSans", "DejaVuSans",
    ),
}  # fmt: skip
_WEIGHTS = {
    "regular": ("-Regular", "", "-VF", "[wght]", "[wdth,wght]"),
    "semibold": ("-SemiBold", "-Bold", "bd", "b", " Bold"),
}


def candidates(family: str, weight: str) -> Iterator[Path]:
    """Yield files for `serif` or `sans`, those of the weight first."""
    other = "sans" if family == "serif" else "serif"
    names = (*_FAMILIES[family], *_FAMILIES[other])
    suffixes = (*(_WEIGHTS[weight] if weight != "regular" else ()), *_WEIGHTS["regular"])
    found = _files(FOLDERS)
    for name, suffix in product(names, suffixes):
        if path := found.get(f"{name}{suffix}".lower()):
            yield path


@cache
def _files(folders: tuple[str, ...]) -> dict[str, Path]:
    """Return the fonts of the system by their names in lower case."""
    return {
        Path(name).stem.lower(): Path(folder, name)
        for root in folders
        for folder, _, names in sorted(os.walk(Path(root).expanduser()))
        for name in sorted(names)
        if name.lower().endswith((".ttf", ".otf", ".ttc"))
    }
