"""What a plan is made of. Plain data; lengths in points, `x` from the left and `y` from the top."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A run on one baseline; `x` is its left end."""

    x: float
    y: float
    text: str
    face: str
    """The name of a font of `fonts.FILES`."""
    size: float
    color: str
    spacing: float = 0.0
    """Added after each character."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The page label of `key`, set flush right at `x`: known when all pages are."""

    x: float
    y: float
    key: tuple[int, int]
    size: float
    color: str


@dataclass(frozen=True, slots=True)
class Rule:
    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    color: str


@dataclass(frozen=True, slots=True)
class Dots:
    """A field of dots at the corners of squares of `step`."""

    x: float
    y: float
    width: float
    height: float
    step: float
    radius: float
    color: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle that is drawn around; a tick box when it is small."""

    x: float
    y: float
    width: float
    height: float
    line: float
    color: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """An active area: to the page of `key`, or to a URI."""

    x: float
    y: float
    width: float
    height: float
    key: tuple[int, int] | None = None
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that links lead to; with a title, an entry of the outline."""

    y: float
    key: tuple[int, int]
    title: str = ""
    level: int = 0


Box = Text | PageNumber | Rule | Dots | Bar | Outline | Link | Bookmark
