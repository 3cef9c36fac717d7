"""What a plan is made of: the boxes of its pages, and before them lines and blocks of questions.

Plain data; lengths in points, `x` from the left and `y` from the top. A box without a tag is
decoration, which a screen reader passes over. Named tuples are made three times as fast as frozen
dataclasses, and there are some ten for each question.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from generator.look.style import Logo
from generator.look.workbook import TextStyle
from generator.model import AnswerSpace, Inline
from generator.pdf.structure import Tag

Key = tuple[int, int]
"""(theme, place of the question in it from 1); (theme, 0) is the theme's opener, (0, n) a page
around the themes."""


class Text(NamedTuple):
    """A run on one baseline; `x` is its left end."""

    x: float
    y: float
    text: str
    face: str
    """The name of a face, such as `serif-semibold`."""
    size: float
    color: str
    tag: Tag | None = None
    spacing: float = 0.0
    """Added after each character."""
    rtl: bool = False
    """It runs from right to left; `x` is its left end all the same."""


class PageNumber(NamedTuple):
    """The label of the page of `key`, flush right at `x`: known when all pages are."""

    x: float
    y: float
    key: Key
    size: float
    color: str
    tag: Tag | None = None
    span: bool = False
    """All pages that the section of `key` has."""


class Rules(NamedTuple):
    """`number` straight lines, each (`dx`, `dy`) from the one before."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    color: str
    number: int = 1
    dx: float = 0.0
    dy: float = 0.0
    dots: float = 0.0
    """From one dot to the next, where the lines are dots."""


class Bar(NamedTuple):
    """A rectangle that is filled."""

    x: float
    y: float
    width: float
    height: float
    color: str
    radius: float = 0.0


class Outline(NamedTuple):
    """A rectangle that is drawn around; a tick box when it is small."""

    x: float
    y: float
    width: float
    height: float
    line: float
    color: str
    radius: float = 0.0


class Picture(NamedTuple):
    """The logo; it stands by itself, so that what it says is read where it stands."""

    x: float
    y: float
    width: float
    height: float
    logo: Logo
    tag: Tag


class Link(NamedTuple):
    """An active area: to the page of `key`, or to a URI."""

    x: float
    y: float
    width: float
    height: float
    tag: Tag
    words: str
    """Where it leads."""
    key: Key | None = None
    uri: str = ""


class FieldKind(StrEnum):
    TEXT = "text"
    LINE = "line"
    CHECK = "check"
    CHOICE = "choice"
    """One of those with the same name; its mark is a ring around what stands in it."""
    RADIO = "radio"
    """The same with a dot for its mark."""


class Field(NamedTuple):
    """Where a person writes or ticks; a form field in the fillable edition, nothing elsewhere."""

    x: float
    y: float
    width: float
    height: float
    kind: FieldKind
    name: str
    words: str
    """What is asked: its tooltip, and what a screen reader says."""
    tag: Tag
    value: str = ""
    """Of a CHOICE or RADIO."""
    group: str = ""
    """What is asked of all those with the same name."""


class Bookmark(NamedTuple):
    """A place that links lead to; with a title, an entry of the outline."""

    y: float
    key: Key
    title: str = ""
    level: int = 0


Box = Text | PageNumber | Rules | Bar | Outline | Picture | Link | Field | Bookmark
Boxes = list[Box]


class Line(NamedTuple):
    """A line of a column, where texts stand below each other."""

    text: Inline
    style: TextStyle
    x: float = 0.0
    """From the column's left."""
    tag: Tag | None = None
    color: str = ""
    """That of its style where none is given."""
    before: float = 0.0
    """Air above it, besides its leading."""
    linked: bool = False
    """The text that it belongs to has a link, maybe on another line."""
    marker: str = ""
    """The dash or number in front of an item."""
    marker_x: float = 0.0
    label: Tag | None = None
    """Of a number; a dash is decoration."""

    @property
    def height(self) -> float:
        """From the baseline above to its own."""
        return self.style.leading + self.before


class Block(NamedTuple):
    """A question, or a part of one, with its space: it stands on one page."""

    key: Key
    name: str
    """Of the question among form fields."""
    number: int
    title: str
    """The question, which a screen reader says."""
    head: tuple[Line, ...]
    answer: AnswerSpace
    label: Tag
    body: Tag
    part: int = 0
    """Of the question's parts, from 0."""
    choice: int = 0
    """The number of the first of its choices."""
    row: bool = False
    """It is a row of a table: its scale stands beside its text."""

    @property
    def field(self) -> str:
        """The name of its field; choices belong together on all their pages."""
        return f"{self.name}-{self.part + 1}" if self.part and not self.choice else self.name


class Placed(NamedTuple):
    """A block on its page, with the places of its space."""

    block: Block
    first: int
    places: int

    @property
    def last(self) -> int:
        """Its last place; without a space, the one before its first."""
        return self.first + self.places - 1
