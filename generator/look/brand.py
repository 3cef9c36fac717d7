"""An organisation's look: `_brand.yml` beside the question sets, made into a style sheet.

The format is Posit's brand.yml (posit-dev.github.io/brand-yml): colours, fonts and a logo. Its
other keys are ignored. Nothing is fetched: logos and the workbook's fonts are files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic, Problems, without_controls
from generator.files import MB, Unreadable, contents
from generator.look.brand_file import BrandFile
from generator.look.color import chroma, contrast, darkened, parsed, shaded
from generator.look.style import Logo, Palette, StyleSheet
from generator.schema import build
from generator.tree import Node, from_yaml, lines

NAMES = ("_brand.yml", "_brand.yaml")
ACCENTS = 6
"""Number of accents in a PowerPoint theme; fewer colours repeat."""
FEW = 2
"""Up to this number, colours alternate with a shade of each."""
_NEUTRAL, _TINT = 0.15, 1.4
"""A colour of the palette with less chroma, or with less contrast to white, is not an accent."""
_PARTS = ("primary", "secondary", "tertiary")
_GROUNDS = ("foreground", "background", "light", "dark")
_WANTED = {
    "regular": (400, False), "semibold": (600, False), "italic": (400, True),
    "semibold-italic": (600, True),
}  # fmt: skip
"""Weight and slant of the workbook's faces."""


class Look(NamedTuple):
    """The style sheet of a folder, with what its brand changes."""

    stylesheet: StyleSheet
    diagnostics: tuple[Diagnostic, ...] = ()
    """Problems; if there are errors, nothing should be built."""
    font_diagnostics: tuple[Diagnostic, ...] = ()
    """Problems with font files, which only the workbook needs."""
    files: tuple[Path, ...] = ()
    """The brand's own file, and those that it names."""


def branded(folder: Path, stylesheet: StyleSheet) -> Look:
    """Return the style sheet with the brand of a folder, or unchanged if it has none."""
    path = next((folder / name for name in NAMES if os.path.lexists(folder / name)), None)
    if path is None:
        return Look(stylesheet, tuple(_without_underscore(folder)))
    problems = Problems(path)
    try:
        text = contents(path, MB).decode("utf-8-sig")
    except Unreadable as problem:
        problems.error(str(problem), None, "correct it, or remove it for our own look")
        return Look(stylesheet, problems.sorted())
    except UnicodeDecodeError:
        problems.error("is not UTF-8", None, "save it again as UTF-8")
        return Look(stylesheet, problems.sorted())
    return branded_by(text, stylesheet, problems)


def branded_by(
    text: str, stylesheet: StyleSheet, problems: Problems, files: Mapping[str, bytes] | None = None
) -> Look:
    """Return the style sheet with the brand in a text, which stands for the file at the path of
    `problems`.

    If `files` are given, the logo is taken from them by its name, and nothing is opened.
    """
    tree = from_yaml(without_controls(text, problems), problems)
    if tree is None:
        return Look(stylesheet, problems.sorted())
    _warn_of_comments(tree, problems)
    file = build(tree, BrandFile, problems)
    brand = _Brand(problems.path, problems, file, dict(lines(tree)), files)
    made = brand.applied(stylesheet)
    named = [problems.path.parent / file.logo.path] if file.logo else []
    inputs = (problems.path, *made.font_files.values(), *named)
    return Look(made, problems.sorted(), brand.fonts.sorted(), inputs)


def _without_underscore(folder: Path) -> Iterator[Diagnostic]:
    for name in NAMES:
        path = folder / name.removeprefix("_")
        if path.is_file():
            problems = Problems(path)
            problems.warning("is not used as the brand", None, f"rename it to {name}")
            yield from problems.found


def _warn_of_comments(tree: Node, problems: Problems) -> None:
    """Warn of `primary: #FFD400`, which is a key without a value, and a comment."""
    colors = tree.entries.get("color", Node({}, 0)).entries
    palette = colors.get("palette", Node({}, 0)).entries
    for name, node in [*colors.items(), *palette.items()]:
        if node.value is None:
            hint = 'put it into quotes, as in "#1A5FB4": without them, # begins a comment'
            problems.warning(f"the colour {name} has no value", node.line, hint)


@dataclass(slots=True)
class _Brand:
    path: Path
    problems: Problems
    file: BrandFile
    lines: Mapping[str, int]
    files: Mapping[str, bytes] | None
    fonts: Problems = field(init=False)

    def __post_init__(self) -> None:
        self.fonts = Problems(self.path)

    def applied(self, look: StyleSheet) -> StyleSheet:
        families = self.file.typography
        named: dict[str, Any] = {
            "sans": families.base, "serif": families.headings or families.base,
            "mono": families.monospace,
        }  # fmt: skip
        named = {slot: family for slot, family in named.items() if family}
        palette = self._with_accents(look.palette)
        if ink := self._color("foreground"):
            palette = palette._replace(ink=self._readable("color.foreground", ink))
        faces = self._files({slot: named[slot] for slot in ("serif", "sans") if slot in named})
        return look._replace(
            palette=palette,
            handout=look.handout._replace(**named),
            slides=look.slides._replace(**named),
            font_files=faces,
            logo=self._opened_logo(),
        )

    # -- colours

    def _with_accents(self, palette: Palette) -> Palette:
        own: dict[str, str] = {}
        for place, color in self._accents():
            own.setdefault(color, place)
        if not own:
            return palette
        surfaces = list(own)
        accents = [self._readable(place, color) for color, place in own.items()]
        if len(own) <= FEW:
            surfaces += [shaded(color) for color in surfaces]
            accents += [darkened(shaded(accent)) for accent in accents]
        return palette._replace(
            accents=tuple(islice(cycle(accents), ACCENTS)),
            surfaces=tuple(islice(cycle(surfaces), ACCENTS)),
        )

    def _accents(self) -> Iterator[tuple[str, str]]:
        """Yield the colours with a role, then those of the palette that are not neutral."""
        for name in _PARTS:
            if color := self._color(name):
                yield f"color.{name}", color
        taken = {self._color(name) for name in (*_PARTS, *_GROUNDS)}
        for name, text in self.file.color.palette.items():
            place = f"color.palette.{name}"
            color = self._resolved(text, place)
            if color and color not in taken and _colorful(color):
                yield place, color

    def _color(self, name: str) -> str:
        return self._resolved(getattr(self.file.color, name), f"color.{name}")

    def _resolved(self, text: str, place: str) -> str:
        """Return a colour as `#RRGGBB`, wherever it is named; empty if it is not given."""
        colors = self.file.color
        known = {name: getattr(colors, name) for name in (*_PARTS, *_GROUNDS)}
        named = {name: value for name, value in {**known, **colors.palette}.items() if value}
        seen: set[str] = set()
        while text in named and text not in seen:
            seen.add(text)
            text = named[text]
        try:
            return parsed(text) if text else ""
        except ValueError:
            hint = (
                'write it as "#1A5FB4", rgb(26, 95, 180) or teal, or use a name from color.palette'
            )
            self._error(place, f"{Node(text, 0)} is not a colour", hint)
            return ""

    def _readable(self, place: str, color: str) -> str:
        made = darkened(color)
        if made != color:
            ratio = f"{contrast(color):.1f}:1"
            message = f"{place} {color} is too light for text on white ({ratio})"
            hint = f"text and thin lines have {made}; large areas keep the colour"
            self.problems.warning(message, self._line(place), hint)
        return made

    def _line(self, place: str) -> int | None:
        parts = place.split(".")
        names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((self.lines[name] for name in names if name in self.lines), None)

    def _error(self, place: str, message: str, hint: str) -> None:
        self.problems.error(f"{place}: {message}", self._line(place), hint)

    # -- fonts

    def _files(self, families: Mapping[str, str]) -> dict[str, Path]:
        """Return the nearest file for each face of the workbook."""
        cuts = {family: self._cuts(family) for family in dict.fromkeys(families.values())}
        chosen: dict[str, Path] = {}
        for slot, family in families.items():
            slants = {slanted for _, _, slanted in cuts[family]}
            for cut, (weight, slanted) in _WANTED.items() if cuts[family] else ():
                # Without an italic, what is stressed is bold.
                wanted = weight if slanted in slants else 600
                chosen[f"{slot}-{cut}"] = min(
                    cuts[family], key=lambda each: (each[2] != slanted, abs(each[1] - wanted))
                )[0]
        return chosen

    def _cuts(self, family: str) -> list[tuple[Path, float, bool]]:
        """Return the files of a family, each with its weight and True if it is slanted."""
        from generator.text.shape import Font

        line = self._line("typography.fonts")
        named = [
            file
            for font in self.file.typography.fonts
            if font.family == family
            for file in font.files
        ]
        found: list[tuple[Path, float, bool]] = []
        for file in named:
            path = self.path.parent / file
            try:
                found.append((path, *Font(path).cut()))
            except ValueError as problem:
                hint = "give a .ttf or .otf file; its path is relative to the brand's folder"
                self.fonts.error(f"typography.fonts: {problem}", line, hint)
        if not named:
            message = f"the workbook is set in its own fonts: no file of {family} is named"
            hint = f"name its .ttf or .otf files: {{source: file, family: {family}, files: [...]}}"
            self.fonts.warning(message, line, hint)
        return found

    # -- the logo

    def _opened_logo(self) -> Logo | None:
        given = self.file.logo
        if given is None:
            return None
        try:
            from generator.look import logo  # it imports Pillow, which few sets need

            alt = given.alt or self.file.meta.name or "Logo"
            if self.files is None:
                return logo.opened(self.path.parent / given.path, alt)
            if given.path not in self.files:
                raise Unreadable("does not exist")
            return logo.of_bytes(self.files[given.path], alt, Path(given.path).suffix)
        except Unreadable as problem:
            hint = "give a .png, .jpg or .svg file; its path is relative to the brand's folder"
            self._error("logo", f"{given.path} {problem}", hint)
            return None


def _colorful(color: str) -> bool:
    return chroma(color) >= _NEUTRAL and contrast(color) >= _TINT
