"""What slides are laid out on, as plain data: our own look, or a template of the user's.

A layout has placeholders, each with the role that the plan fills. The writer fills those of a
slide's fields that its layout has a place for, so that one plan serves all layouts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from generator.look.style import Box


class Color(NamedTuple):
    """A colour of the theme part, by its name, or `#RRGGBB`; no name leaves what a template's
    layout has."""

    name: str = ""
    luminance: float = 1.0
    """Its part that remains, where the colour is darkened to be read as text."""


NO_COLOR = Color()
INK, MUTED, WHITE, PALE = Color("tx1"), Color("tx2"), Color("bg1"), Color("bg2")


@dataclass(frozen=True)
class Placeholder:
    """`idx` and `kind` are those of `p:ph`."""

    role: str
    idx: int
    box_pt: Box
    """Of the text, within the placeholder's insets."""
    sizes_pt: tuple[int, ...]
    """What its text may be set in, the largest first."""
    size_pt: float = 0.0
    """What the layout sets it in; 0 stands for the first of the sizes."""
    smaller_pt: float = 0.0
    """By how much levels below the first are smaller."""
    least_pt: float = 0.0
    """But not smaller than this."""
    leading: float = 1.2
    """Height of a line, in sizes."""
    color: Color = INK
    kind: str = "body"
    family: str = ""
    """The font it is measured in."""
    major: bool = False
    """Whether that is the theme's font of headings."""
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    gap_pt: float = 0.0
    """After a paragraph."""
    hang_em: float = 0.0
    """Of a number before the text, in sizes."""
    hang_pt: float = 0.0
    """The same in points, for all sizes."""
    left_pt: float = 0.0
    """Of all lines, where nothing hangs before the first."""
    step_pt: float = 0.0
    """Further in, for each level below the first."""
    dashes_from: int = 0
    """The level from which paragraphs have a dash; 0 for none."""
    opacity: float = 1.0
    tracking_pt: float = 0.0
    calm_pt: int = 0
    """From this size on, a text has no more than `calm_lines`; 0 for no such limit."""
    calm_lines: int = 0
    baseline_pt: float = 0.0
    """Where the first line stands, whatever its size; 0 where the box says it."""
    direct: bool = False
    """Its slides say sizes, indents and gaps themselves, as a template's layout has other ones."""

    @cached_property
    def font(self) -> str:
        return f"{self.family}-{'bold' if self.bold else 'regular'}"

    def indent_pt(self, level: int, size_pt: float) -> float:
        return (
            self.left_pt + self.hang_pt + self.hang_em * size_pt + self.step_pt * max(level - 1, 0)
        )

    def hanging_pt(self, level: int, size_pt: float) -> float:
        """Of the first line before the others, for a number or a dash."""
        if self.dashes_from and level > 1:
            return self.step_pt
        return self.hang_pt + self.hang_em * size_pt

    @property
    def levels(self) -> range:
        """Those of its paragraphs."""
        return range(1, 5 if self.step_pt else 2)

    def line_pt(self, size_pt: float) -> float:
        return round(self.leading * size_pt, 1)

    def level_pt(self, level: int, size_pt: float) -> float:
        """The size of a level where the first has `size_pt`."""
        return (
            size_pt if level == 1 else min(size_pt, max(size_pt - self.smaller_pt, self.least_pt))
        )

    def sized(self, size_pt: float, ascent: float) -> Placeholder:
        """As it stands in a layout that is made for a size. Where its first line has a place, its
        box begins higher, the larger it is."""
        x, y, width, height = self.box_pt
        if self.baseline_pt:
            top = self.baseline_pt - ascent * size_pt
            y, height = top, max(height + y - top, self.line_pt(size_pt))
        return replace(self, box_pt=(x, y, width, height), size_pt=size_pt)


class Shape(NamedTuple):
    """Decoration: one or more filled rectangles that are one shape."""

    name: str
    boxes_pt: tuple[Box, ...]
    color: Color


@dataclass(frozen=True)
class Layout:
    use: str
    """Such as `question`; a layout of one use may come in several colours and sizes."""
    name: str
    """What a person sees in the list of layouts."""
    kind: str
    """`p:sldLayout/@type`, where one fits, by which other tools find a layout."""
    placeholders: tuple[Placeholder, ...]
    background: Color = WHITE
    shapes: tuple[Shape, ...] = ()
    logo: bool = False
    part: str = ""
    """Its name in the user's template."""

    @cached_property
    def roles(self) -> Mapping[str, Placeholder]:
        return {each.role: each for each in reversed(self.placeholders)}

    def role(self, role: str) -> Placeholder | None:
        return self.roles.get(role)

    def place(self, role: str) -> Placeholder:
        """One that every layout of its use has."""
        return self.roles[role]

    @cached_property
    def heading(self) -> str:
        """The role whose text is the title of a slide."""
        return next(each.role for each in self.placeholders if each.kind in ("title", "ctrTitle"))


@dataclass(frozen=True, slots=True)
class Design:
    layouts: Mapping[tuple[str, int], Layout]
    """By use and accent; accent 0 serves where there is none of a theme's own."""
    template: bytes | None = None

    def layout(self, use: str, accent: int) -> Layout:
        return self.layouts.get((use, accent)) or self.layouts[use, 0]
