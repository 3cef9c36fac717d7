"""The parts of a plan: the boxes of its pages, and before them lines and blocks of questions.

All of it is plain data; lengths are in points, with `x` from the left and `y` from the top. A box
without a tag is decoration, which screen readers pass over. Named tuples are used because they are
made three times as fast as frozen dataclasses, and there are some ten for each question.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from generator.look.style import Logo
from generator.look.workbook import TextStyle
from generator.model import AnswerSpace, Inline
from generator.pdf.structure import Tag

Key = tuple[int, int]
"""A place that links lead to: (theme, place of the question in it from 1); (theme, 0) is the
theme's opener, and (0, n) a page around the themes."""


class Text(NamedTuple):
    """A run of text on one baseline; `x` is its left end."""

    x: float
    y: float
    text: str
    face: str
    """The name of a font face, such as `serif-semibold`."""
    size: float
    color: str
    tag: Tag | None = None
    spacing: float = 0.0
    """Space that is added after each character."""
    rtl: bool = False
    """True if it runs from right to left; `x` is the left end even so."""


class PageNumber(NamedTuple):
    """The label of the page of `key`, flush right at `x`. It is filled in once all pages are
    known."""

    x: float
    y: float
    key: Key
    size: float
    color: str
    tag: Tag | None = None
    span: bool = False
    """True for all pages of the section of `key` instead of one."""


class Rules(NamedTuple):
    """A group of `number` straight lines, each (`dx`, `dy`) from the one before."""

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
    """The distance between dots, if the lines are dotted."""


class Bar(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    color: str
    radius: float = 0.0


class Outline(NamedTuple):
    """The outline of a rectangle; a small one is a box to tick."""

    x: float
    y: float
    width: float
    height: float
    line: float
    color: str
    radius: float = 0.0


class Picture(NamedTuple):
    """The logo. It is tagged by itself, so that its words are read where it stands."""

    x: float
    y: float
    width: float
    height: float
    logo: Logo
    tag: Tag


class Link(NamedTuple):
    """An active area that leads to the page of `key`, or to a URI."""

    x: float
    y: float
    width: float
    height: float
    tag: Tag
    words: str
    """The description of the target."""
    key: Key | None = None
    uri: str = ""


class FieldKind(StrEnum):
    TEXT = "text"
    LINE = "line"
    CHECK = "check"
    CHOICE = "choice"
    """One of several with the same name; it is marked with a ring around its label."""
    RADIO = "radio"
    """One of several with the same name; it is marked with a dot."""


class Field(NamedTuple):
    """A place to write or to tick: a form field in the fillable edition, nothing elsewhere."""

    x: float
    y: float
    width: float
    height: float
    kind: FieldKind
    name: str
    words: str
    """The question, as its tooltip and for screen readers."""
    tag: Tag
    value: str = ""
    """The value of a CHOICE or RADIO."""
    group: str = ""
    """The question of all fields with the same name."""


class Bookmark(NamedTuple):
    """A place that links lead to. With a title, it is an entry of the outline."""

    y: float
    key: Key
    title: str = ""
    level: int = 0


Box = Text | PageNumber | Rules | Bar | Outline | Picture | Link | Field | Bookmark
Boxes = list[Box]


class Line(NamedTuple):
    """A line of a column, in which texts stand one below the other."""

    text: Inline
    style: TextStyle
    x: float = 0.0
    """The distance from the column's left."""
    tag: Tag | None = None
    color: str = ""
    """The colour; empty for that of the style."""
    before: float = 0.0
    """Space above it, in addition to its leading."""
    linked: bool = False
    """True if its text has a link, perhaps on another line."""
    marker: str = ""
    """The dash or number in front of an item."""
    marker_x: float = 0.0
    label: Tag | None = None
    """The tag of a number; a dash is decoration."""

    @property
    def height(self) -> float:
        """The distance from the baseline above to its own."""
        return self.style.leading + self.before


class Block(NamedTuple):
    """A question, or a part of one, with its answer space. It stands on one page."""

    key: Key
    name: str
    """The name of the question among form fields."""
    number: int
    title: str
    """The question, for screen readers."""
    head: tuple[Line, ...]
    answer: AnswerSpace
    label: Tag
    body: Tag
    part: int = 0
    """The index of this part of the question, from 0."""
    choice: int = 0
    """The number of the first of its choices."""
    row: bool = False
    """True for a row of a table, whose scale stands beside its text."""

    @property
    def field(self) -> str:
        """The name of its field. Choices share one over all pages."""
        return f"{self.name}-{self.part + 1}" if self.part and not self.choice else self.name


class Placed(NamedTuple):
    """A block on its page, with the places of its space."""

    block: Block
    first: int
    places: int

    @property
    def last(self) -> int:
        """The last place of its space; without a space, the one before the first."""
        return self.first + self.places - 1
