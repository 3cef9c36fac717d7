"""A deck as plain data: what slides are laid out on, and what stands on them.

A layout is one of our own look or of a template of the user's. It has placeholders, each with the
role that a plan fills; of a slide's texts those are shown that its layout has a place for, so that
one plan serves all layouts.
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
"""(theme, place of the question): where a link leads. A theme is (n, 0), the agenda (0, 0)."""
AGENDA: Key = (0, 0)
DASH = "–"


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
    box_pt: Box
    """Of the text, within the placeholder's insets."""
    sizes_pt: tuple[int, ...]
    """What its text may be set in, the largest first."""
    idx: int = 0
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
    left_pt: float = 0.0
    """Of all lines, where no number hangs before the first."""
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
    """Where the first line stands, whatever its size, and its box begins; 0 where the box says."""
    below: str = ""
    """The role right below whose text it stands, whatever the height of that."""
    below_pt: float = 0.0
    """How far below."""
    direct: bool = False
    """Its slides say sizes, indents and gaps themselves, as a template's layout has other ones."""

    @cached_property
    def font(self) -> str:
        return f"{self.family}-{'bold' if self.bold else 'regular'}"

    def indent_pt(self, level: int, size_pt: float) -> float:
        return self.left_pt + self.hang_em * size_pt + self.step_pt * max(level - 1, 0)

    def hanging_pt(self, level: int, size_pt: float) -> float:
        """Of the first line before the others, for a number or a dash."""
        return self.step_pt if self.dash(level) else self.hang_em * size_pt

    def dash(self, level: int) -> str:
        """The bullet of a level; empty for none."""
        return DASH if 0 < self.dashes_from <= level else ""

    def hung(self, paragraph: Paragraph) -> tuple[float, float, str]:
        """Where the lines of a paragraph begin, how far before them the first, and its bullet."""
        level, size, mark = paragraph.level, paragraph.size_pt, paragraph.mark
        left = self.indent_pt(level, size)
        if mark is None:
            return left, self.hanging_pt(level, size), self.dash(level)
        return (left, self.step_pt, mark) if mark else (left - self.step_pt, 0.0, "")

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

    def top_pt(self, size_pt: float, ascent: float) -> float:
        """Where its text begins. Where its first line has a place, a larger text begins higher."""
        return self.baseline_pt - ascent * size_pt if self.baseline_pt else self.box_pt[1]

    def sized(self, size_pt: float, ascent: float) -> Placeholder:
        """As it stands in a layout that is made for a size."""
        x, y, width, height = self.box_pt
        if self.baseline_pt:
            top = self.top_pt(size_pt, ascent)
            y, height = top, max(height + y - top, self.line_pt(size_pt))
        return replace(self, box_pt=(x, y, width, height), size_pt=size_pt)

    def lowered(self, bottom_pt: float) -> Placeholder:
        """As it stands below a text that ends there."""
        x, y, width, height = self.box_pt
        top = bottom_pt + self.below_pt
        return replace(self, box_pt=(x, top, width, y + height - top))


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

    def changed(self, change: Callable[[Placeholder], Placeholder]) -> Layout:
        """The same layout with other placeholders."""
        return replace(self, placeholders=tuple(map(change, self.placeholders)))

    @cached_property
    def heading(self) -> str:
        """The role whose text is the title of a slide."""
        return next(each.role for each in self.placeholders if each.kind in ("title", "ctrTitle"))


@dataclass(frozen=True, slots=True)
class Design:
    layouts: Mapping[tuple[str, int], Layout]
    """By use and accent; accent 0 serves where there is none of a theme's own."""
    template: Template | None = None

    def layout(self, use: str, accent: int = 0) -> Layout:
        return self.layouts.get((use, accent)) or self.layouts[use, 0]


class Paragraph(NamedTuple):
    text: Inline
    size_pt: float = 0.0
    """0 where it was not fitted yet."""
    level: int = 1
    number: str = ""
    """Set before the text, in the accent."""
    target: Key | None = None
    """The slide that its number leads to; in a table, its text."""
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
    """The colour of a bar at the side where the row begins."""


class Table(NamedTuple):
    name: str
    box_pt: Box
    columns_pt: tuple[float, ...]
    rows: tuple[tuple[float, tuple[Cell, ...]], ...]
    """Their heights in points, and their cells; a row grows with its text."""
    inset_pt: float
    """Of a text from the sides of its cell."""
    line_pt: float
    line_color: Color
    """Of the lines between rows."""


class NoteParagraph(NamedTuple):
    """Of what the presenter reads."""

    text: Inline
    level: int = 0
    """0 is a paragraph, 1 and more an item of a list."""
    start: int | None = None
    """Of a numbered item: the number that its list begins with."""


class Slide(NamedTuple):
    layout: Layout
    fields: Mapping[str, tuple[Paragraph, ...]]
    """By role; the layout has a place for each."""
    notes: tuple[NoteParagraph, ...] = ()
    links: Mapping[str, Key] = {}
    """Where whole placeholders lead, by role: unlike linked text, no program underlines them."""
    keys: tuple[Key, ...] = ()
    """What it is the target of."""
    accent: int = 0
    """Of its theme, from 1; 0 for slides of no theme."""
    shapes: tuple[Shape, ...] = ()
    table: Table | None = None
    narrower_pt: Mapping[str, float] = {}
    """By how much the placeholder of a role is narrower than its layout's, so that the lines of a
    large text are about equally long."""

    @property
    def title(self) -> str:
        return plain(self.fields[self.layout.heading][0].text)


@dataclass(frozen=True, slots=True)
class Plan:
    design: Design
    slides: tuple[Slide, ...]
    sections: tuple[tuple[str, int], ...]
    """Name and number of slides, in order."""
    title: str
    subject: str
    author: str
    lang: str
    stylesheet: StyleSheet
    timestamp: datetime
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def numbers(self) -> dict[str, object]:
        """What other documents say of this one, as fields of their `Context`."""
        places = [(key, n) for n, slide in enumerate(self.slides, 1) for key in slide.keys]
        return {"slide_numbers": dict(reversed(places))}
