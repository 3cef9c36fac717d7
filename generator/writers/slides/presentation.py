"""A deck as plain data: layouts, and the content of the slides on them.

A layout is one of our own look or of the user's template. It has placeholders, each with the role
that a plan fills. Texts of a slide for which its layout has no place are not shown, so that one
plan serves all layouts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.look.style import Box, StyleSheet
from generator.model import Inline, plain
from generator.writers.office.template import Template

Key = tuple[int, int]
"""The target of a link: (theme, place of the question). A theme is (n, 0), the agenda (0, 0)."""
AGENDA: Key = (0, 0)
DASH = "–"


class Color(NamedTuple):
    """A colour of the theme part, by its name, or `#RRGGBB`. An empty name keeps the colour of a
    template's layout."""

    name: str = ""
    luminance: float = 1.0
    """The share of the luminance that remains if the colour is darkened to be read as text."""


NO_COLOR = Color()
INK, MUTED, WHITE, PALE = Color("tx1"), Color("tx2"), Color("bg1"), Color("bg2")


@dataclass(frozen=True)
class Placeholder:
    """A placeholder; `idx` and `kind` are those of `p:ph`."""

    role: str
    box_pt: Box
    """The box of the text, within the placeholder's insets."""
    sizes_pt: tuple[int, ...]
    """The sizes that its text may have, the largest first."""
    idx: int = 0
    size_pt: float = 0.0
    """The size in the layout; 0 stands for the first of the sizes."""
    smaller_pt: float = 0.0
    """How much smaller levels below the first are."""
    least_pt: float = 0.0
    """The minimum size of those levels."""
    leading: float = 1.2
    """The height of a line relative to the size."""
    color: Color = INK
    kind: str = "body"
    family: str = ""
    """The font that it is measured in."""
    major: bool = False
    """True if that is the theme's font for headings."""
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    gap_pt: float = 0.0
    """The gap after a paragraph."""
    hang_em: float = 0.0
    """The hanging indent of a number before the text, relative to the size."""
    left_pt: float = 0.0
    """The indent of all lines, if no number hangs before the first."""
    step_pt: float = 0.0
    """The further indent of each level below the first."""
    dashes_from: int = 0
    """The first level whose paragraphs have a dash; 0 for none."""
    opacity: float = 1.0
    tracking_pt: float = 0.0
    calm_pt: int = 0
    """From this size on, a text has at most `calm_lines`; 0 for no such limit."""
    calm_lines: int = 0
    baseline_pt: float = 0.0
    """The baseline of the first line, whatever its size, which then sets the top of the box; 0 if
    the box sets it."""
    below: str = ""
    """The role that its text follows directly below, whatever the height of that text."""
    below_pt: float = 0.0
    """The distance from that text."""
    direct: bool = False
    """True if slides set sizes, indents and gaps themselves, because a template's layout has
    others."""

    @cached_property
    def font(self) -> str:
        return f"{self.family}-{'bold' if self.bold else 'regular'}"

    def indent_pt(self, level: int, size_pt: float) -> float:
        return self.left_pt + self.hang_em * size_pt + self.step_pt * max(level - 1, 0)

    def hanging_pt(self, level: int, size_pt: float) -> float:
        """Return the hanging indent of the first line, for a number or a dash."""
        return self.step_pt if self.dash(level) else self.hang_em * size_pt

    def dash(self, level: int) -> str:
        """Return the bullet of a level; empty for none."""
        return DASH if 0 < self.dashes_from <= level else ""

    def hung(self, paragraph: Paragraph) -> tuple[float, float, str]:
        """Return the indent of a paragraph, the hanging indent of its first line, and its
        bullet."""
        level, size, mark = paragraph.level, paragraph.size_pt, paragraph.mark
        left = self.indent_pt(level, size)
        if mark is None:
            return left, self.hanging_pt(level, size), self.dash(level)
        return (left, self.step_pt, mark) if mark else (left - self.step_pt, 0.0, "")

    @property
    def levels(self) -> range:
        """The levels of its paragraphs."""
        return range(1, 5 if self.step_pt else 2)

    def line_pt(self, size_pt: float) -> float:
        return round(self.leading * size_pt, 1)

    def level_pt(self, level: int, size_pt: float) -> float:
        """Return the size of a level if the first has `size_pt`."""
        return (
            size_pt if level == 1 else min(size_pt, max(size_pt - self.smaller_pt, self.least_pt))
        )

    def top_pt(self, size_pt: float, ascent: float) -> float:
        """Return the top of the box. If the baseline of the first line is fixed, a larger text
        begins higher."""
        return self.baseline_pt - ascent * size_pt if self.baseline_pt else self.box_pt[1]

    def sized(self, size_pt: float, ascent: float) -> Placeholder:
        """Return the placeholder of a layout that is made for a size."""
        x, y, width, height = self.box_pt
        if self.baseline_pt:
            top = self.top_pt(size_pt, ascent)
            y, height = top, max(height + y - top, self.line_pt(size_pt))
        return replace(self, box_pt=(x, y, width, height), size_pt=size_pt)

    def lowered(self, bottom_pt: float) -> Placeholder:
        """Return the placeholder moved below a text that ends there."""
        x, y, width, height = self.box_pt
        top = bottom_pt + self.below_pt
        return replace(self, box_pt=(x, top, width, y + height - top))


class Shape(NamedTuple):
    """Decoration: one or more filled rectangles as one shape."""

    name: str
    boxes_pt: tuple[Box, ...]
    color: Color


@dataclass(frozen=True)
class Layout:
    use: str
    """The use, such as `question`; a layout of one use may exist in several colours and sizes."""
    name: str
    """The name in the list of layouts."""
    kind: str
    """The `p:sldLayout/@type`, if one applies, by which other programs find a layout."""
    placeholders: tuple[Placeholder, ...]
    background: Color = WHITE
    shapes: tuple[Shape, ...] = ()
    logo: bool = False
    part: str = ""
    """The name of its part in the user's template."""

    @cached_property
    def roles(self) -> Mapping[str, Placeholder]:
        return {each.role: each for each in reversed(self.placeholders)}

    def role(self, role: str) -> Placeholder | None:
        return self.roles.get(role)

    def place(self, role: str) -> Placeholder:
        """Return a placeholder that every layout with this use has."""
        return self.roles[role]

    def changed(self, change: Callable[[Placeholder], Placeholder]) -> Layout:
        """Return the same layout with other placeholders."""
        return replace(self, placeholders=tuple(map(change, self.placeholders)))

    @cached_property
    def heading(self) -> str:
        """The role whose text is the title of a slide."""
        return next(each.role for each in self.placeholders if each.kind in ("title", "ctrTitle"))


@dataclass(frozen=True, slots=True)
class Design:
    layouts: Mapping[tuple[str, int], Layout]
    """Layouts by use and accent; accent 0 serves themes without a layout of their own."""
    template: Template | None = None

    def layout(self, use: str, accent: int = 0) -> Layout:
        return self.layouts.get((use, accent)) or self.layouts[use, 0]


class Paragraph(NamedTuple):
    text: Inline
    size_pt: float = 0.0
    """The size; 0 if the paragraph is not fitted yet."""
    level: int = 1
    number: str = ""
    """A number before the text, in the accent."""
    target: Key | None = None
    """The slide that its number leads to, or its text in a table."""
    mark: str | None = None
    """A bullet of its own, such as a box to tick; empty for none."""


class Cell(NamedTuple):
    """A cell of a table."""

    paragraph: Paragraph
    color: Color = INK
    major: bool = False
    bold: bool = False
    align: str = "l"
    fill: Color = NO_COLOR
    bar: Color = NO_COLOR
    """The colour of a bar at the side on which the row begins."""


class Table(NamedTuple):
    name: str
    box_pt: Box
    columns_pt: tuple[float, ...]
    rows: tuple[tuple[float, tuple[Cell, ...]], ...]
    """The heights of rows in points, and their cells; a row grows with its text."""
    inset_pt: float
    """The distance from the sides of a cell to its text."""
    line_pt: float
    line_color: Color
    """The colour of the lines between rows."""


class NoteParagraph(NamedTuple):
    """A paragraph of speaker notes."""

    text: Inline
    level: int = 0
    """The level: 0 for a paragraph, 1 and more for an item of a list."""
    start: int | None = None
    """The number that its list begins with, if it is numbered."""


class Slide(NamedTuple):
    layout: Layout
    fields: Mapping[str, tuple[Paragraph, ...]]
    """The texts by role; the layout has a place for each."""
    notes: tuple[NoteParagraph, ...] = ()
    links: Mapping[str, Key] = {}
    """Links of whole placeholders by role; unlike linked text, no program underlines them."""
    keys: tuple[Key, ...] = ()
    """The keys whose links lead here."""
    accent: int = 0
    """The accent of its theme, from 1; 0 for slides of no theme."""
    shapes: tuple[Shape, ...] = ()
    table: Table | None = None
    narrower_pt: Mapping[str, float] = {}
    """How much narrower the placeholder of a role is than in the layout, so that the lines of a
    large text are about equally long."""

    @property
    def title(self) -> str:
        return plain(self.fields[self.layout.heading][0].text)


@dataclass(frozen=True, slots=True)
class Plan:
    design: Design
    slides: tuple[Slide, ...]
    sections: tuple[tuple[str, int], ...]
    """Names of sections and their numbers of slides, in order."""
    title: str
    subject: str
    author: str
    lang: str
    stylesheet: StyleSheet
    timestamp: datetime
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def numbers(self) -> dict[str, object]:
        """Numbers that other documents print, as fields of their `Context`."""
        places = [(key, n) for n, slide in enumerate(self.slides, 1) for key in slide.keys]
        return {"slide_numbers": dict(reversed(places))}
