"""An organisation's look: `_brand.yml` beside the question sets, made into a style sheet.

The convention is Posit's brand.yml (posit-dev.github.io/brand-yml): colours, letters and a logo.
What it has besides is left alone. Nothing is fetched: logos and the workbook's fonts are files.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from generator.color import chroma, contrast, darkened, parsed, shaded
from generator.diagnostics import Diagnostic, Problems, SourceError, cleaned
from generator.look.style import Logo, StyleSheet
from generator.tree import from_yaml, lines, plain_values

NAMES = ("_brand.yml", "_brand.yaml")
ACCENTS = 6
"""As many as a theme of PowerPoint has; fewer colours come again."""
FEW = 2
"""Up to as many colours alternate with a shade of each."""
_NEUTRAL, _TINT = 0.15, 1.4
"""A colour of the palette with less chroma, or with less contrast to white, is no accent."""
_PARTS = ("primary", "secondary", "tertiary")
_GROUNDS = ("foreground", "background", "light", "dark")
_FAMILY = re.compile(r"[^<>&\"\\{}\x00-\x1f]+")
_WANTED = {
    "regular": (400, False), "semibold": (600, False), "italic": (400, True),
    "semibold-italic": (600, True),
}  # fmt: skip
"""Weight and slant of the workbook's faces."""


def branded(folder: Path, stylesheet: StyleSheet) -> tuple[StyleSheet, tuple[Diagnostic, ...]]:
    """The style sheet with the brand of a folder, and warnings; as it was where there is none.

    Raises SourceError with all that is wrong in the file.
    """
    path = next((folder / name for name in NAMES if (folder / name).is_file()), None)
    if path is None:
        return stylesheet, ()
    problems = Problems(path)
    made = stylesheet
    try:
        tree = from_yaml(cleaned(path.read_text(encoding="utf-8-sig"), problems), problems)
        if tree and not problems.fatal:
            data = plain_values(tree)
            data = data if isinstance(data, dict) else {}
            made = _Brand(path, problems, data, dict(lines(tree))).applied(stylesheet)
    except (OSError, UnicodeDecodeError) as problem:
        problems.error(f"cannot be read: {problem}", None, "save it as UTF-8")
    if problems.fatal:
        raise SourceError(problems.sorted())
    return made, problems.sorted()


@dataclass(slots=True)
class _Brand:
    path: Path
    problems: Problems
    data: Mapping[str, Any]
    lines: Mapping[str, int]
    _said: set[str] = field(default_factory=set)

    def applied(self, look: StyleSheet) -> StyleSheet:
        colors = self._map("color")
        own = {color: place for place, color in reversed(list(self._accents(colors)))}
        surfaces = list(own)[::-1]
        palette = look.palette
        if surfaces:
            accents = [self._readable((own[color], color)) for color in surfaces]
            if len(surfaces) <= FEW:
                surfaces, accents = ([*all_, *map(shaded, all_)] for all_ in (surfaces, accents))
            palette = replace(
                palette,
                accents=tuple(islice(cycle(map(darkened, accents)), ACCENTS)),
                surfaces=tuple(islice(cycle(surfaces), ACCENTS)),
            )
        if ink := self._color("foreground"):
            palette = replace(palette, ink=self._readable(("color.foreground", ink)))
        base = self._family("base")
        families = {
            "sans": base, "serif": self._family("headings") or base,
            "mono": self._family("monospace"),
        }  # fmt: skip
        named: dict[str, Any] = {slot: name for slot, name in families.items() if name}
        return replace(
            look,
            palette=palette,
            handout=replace(look.handout, **named),
            slides=replace(look.slides, **named),
            font_files={
                face: file
                for slot in ("serif", "sans")
                if slot in named
                for face, file in self._faces(slot, named[slot])
            },
            logo=self._logo(),
        )

    def _map(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key) or {}
        if isinstance(value, Mapping):
            return value
        self._error(key, f"'{key}' has nothing under it", f"write e.g. `{key}:` and lines below")
        return {}

    def _error(self, place: str, message: str, hint: str) -> None:
        line = self.lines.get(place) or self.lines.get(place.partition(".")[0])
        if message not in self._said:
            self._said.add(message)
            self.problems.error(message, line, hint)

    # -- colours

    def _accents(self, colors: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Those with a part to play, then the palette's but for its neutral ones."""
        for name in _PARTS:
            if color := self._color(name):
                yield f"color.{name}", color
        palette = colors.get("palette")
        taken = {self._color(name) for name in (*_PARTS, *_GROUNDS)}
        for name in palette if isinstance(palette, Mapping) else ():
            color = self._color(str(name), "color.palette")
            if color and color not in taken and _colorful(color):
                yield f"color.palette.{name}", color

    def _color(self, name: str, inside: str = "color") -> str:
        """As `#RRGGBB`, wherever it is named; empty where it is not given."""
        colors = self._map("color")
        palette = colors.get("palette")
        palette = palette if isinstance(palette, Mapping) else {}
        value = palette.get(name) if inside == "color.palette" else colors.get(name)
        seen: set[str] = set()
        named = {**colors, **palette}
        while isinstance(value, str) and value in named and value not in seen:
            seen.add(value)
            value = named[value]
        if value is None or value == "":
            return ""
        try:
            return parsed(str(value))
        except ValueError:
            message = f"{inside}.{name}: '{value}' is no colour that can be read"
            hint = 'write it in quotes as "#1A5FB4", or name one of color.palette'
            self._error(f"{inside}.{name}", message, hint)
            return ""

    def _readable(self, named: tuple[str, str]) -> str:
        place, color = named
        made = darkened(color)
        if made != color:
            line = self.lines.get(place) or self.lines.get(place.rpartition(".")[0])
            message = f"{place} {color} is too light for text on white ({contrast(color):.1f}:1)"
            hint = f"text and thin lines have {made}; large areas keep the colour"
            self.problems.warning(message, line, hint)
        return made

    # -- letters

    def _family(self, role: str) -> str:
        value = self._map("typography").get(role)
        name = value.get("family") if isinstance(value, Mapping) else value
        if not name:
            return ""
        if isinstance(name, str) and _FAMILY.fullmatch(name.strip()):
            return name.strip()
        place = f"typography.{role}"
        self._error(place, f"{place}: {name!r} is no name of a font", "write e.g. Open Sans")
        return ""

    def _faces(self, slot: str, family: str) -> Iterator[tuple[str, Path]]:
        """For each face of the workbook the file that is nearest to it."""
        from generator.text.shape import Font

        found: list[tuple[Path, float, bool]] = []
        for file in self._font_files(family):
            path = self.path.parent / file
            try:
                found.append((path, *Font(path).cut()))
            except ValueError as problem:
                hint = "give a .ttf or .otf file; its path is taken from the brand's folder"
                self._error("typography.fonts", f"typography.fonts: {problem}", hint)
        slants = {slanted for _, _, slanted in found}
        for cut, (weight, slanted) in _WANTED.items() if found else ():
            # Without an italic, what is stressed is bold.
            wanted = weight if slanted in slants else 600
            best = min(found, key=lambda each: (each[2] != slanted, abs(each[1] - wanted)))
            yield f"{slot}-{cut}", best[0]
        if not found and not self.problems.fatal and family not in self._said:
            self._said.add(family)
            message = f"the workbook is set in its own letters: there is no file of {family}"
            hint = f"name its .ttf or .otf files: {{source: file, family: {family}, files: [...]}}"
            self.problems.warning(message, self.lines.get("typography.fonts"), hint)

    def _font_files(self, family: str) -> Iterator[str]:
        fonts = self._map("typography").get("fonts")
        for font in fonts if isinstance(fonts, list) else ():
            if not isinstance(font, Mapping) or font.get("source", "file") != "file":
                continue
            files = font.get("files")
            if font.get("family") == family and isinstance(files, list):
                for file in files:
                    yield str(file.get("path", "") if isinstance(file, Mapping) else file)

    # -- the logo

    def _logo(self) -> Logo | None:
        given = self.data.get("logo")
        files = given if isinstance(given, Mapping) else {"medium": given}
        images = files.get("images")
        value = next((files[size] for size in ("medium", "large", "small") if files.get(size)), "")
        if isinstance(value, Mapping) and "path" not in value:
            value = value.get("light") or ""
        if isinstance(value, str) and isinstance(images, Mapping):
            value = images.get(value, value)
        about = value if isinstance(value, Mapping) else {"path": value}
        name = str(about.get("path") or "")
        return self._opened(name, str(about.get("alt") or self._organisation())) if name else None

    def _organisation(self) -> str:
        name = self._map("meta").get("name") or "Logo"
        if isinstance(name, Mapping):
            name = name.get("short") or name.get("full") or "Logo"
        return str(name)

    def _opened(self, name: str, alt: str) -> Logo | None:
        from PIL import Image

        try:
            data = (self.path.parent / name).read_bytes()
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                image.load()
                return Logo(data, *image.size, alt)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else ""
            message = f"logo: {name} cannot be used: {reason or 'it is no PNG or JPEG picture'}"
            hint = "give a .png or .jpg file (an .svg has to be exported as one); its path is"
            self._error("logo", message, f"{hint} taken from the brand's folder")
        return None


def _colorful(color: str) -> bool:
    return chroma(color) >= _NEUTRAL and contrast(color) >= _TINT
