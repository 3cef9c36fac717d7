"""The document model: what a question set means. Never points, never colours.

Readers make it, writers take it. Everything is frozen, so that a writer cannot change what the
next one sees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from generator.settings import Settings

_ADDRESS = re.compile("(https?|mailto):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. `text` is data: no writer may interpret it as mark-up."""

    text: str
    emphasis: bool = False
    strong: bool = False
    code: bool = False
    href: str | None = None

    @property
    def link(self) -> str | None:
        """`href`, where it is an address that a document may lead to: http, https or mailto."""
        return self.href if self.href and _ADDRESS.match(self.href) else None


Inline = tuple[Span, ...]


def plain(inline: Inline) -> str:
    """Return the text without its styles, for outlines, titles and tooltips."""
    return inline[0].text if len(inline) == 1 else "".join([span.text for span in inline])


class AnswerKind(StrEnum):
    LINES = "lines"
    BOX = "box"
    GRID = "grid"
    DOTS = "dots"
    SCALE = "scale"
    CHOICES = "choices"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AnswerSpace:
    """The room that a question asks for. The workbook may give more, so that its pages are full."""

    kind: AnswerKind = AnswerKind.LINES
    lines: int | None = None
    """LINES: how many rules; None leaves it to the page. CHOICES: how many rules stand below the
    choices; None for no rules."""
    fill: bool = False
    """LINES only: take what the page has left."""
    height_mm: float | None = None
    """BOX, GRID and DOTS only: height in millimetres."""
    scale: tuple[int, int] | None = None
    """SCALE only: first and last label, both included."""
    scale_ends: tuple[str, str] = ("", "")
    """SCALE only: the words at its two ends, such as "not at all" and "fully"; may be empty."""
    choices: tuple[str, ...] = ()
    """CHOICES only: the answers to choose from, as plain text without a mark or a letter."""
    pick_many: bool = False
    """CHOICES only: whether more than one of them may be ticked."""

    @property
    def points(self) -> tuple[str, ...]:
        """SCALE only: all labels."""
        first, last = self.scale or (1, 0)
        return tuple(map(str, range(first, last + 1)))

    @property
    def scale_line(self) -> str:
        """SCALE only: the labels between the words at both ends, with wide spaces."""
        left, right = self.scale_ends
        return "\u2003".join(filter(None, (left, *self.points, right)))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A smaller question under a question; `depth` is 1 for its own, 2 for one under that."""

    text: Inline
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph (`depth` 0) or list item (`depth` 1 and more) for the facilitator alone."""

    text: Inline
    depth: int = 0
    number: int | None = None
    """The number of an ordered item; None for a bullet or a paragraph."""


@dataclass(frozen=True, slots=True)
class Question:
    number: int
    """As in the source; where the source has none, counted on from the question before."""
    text: Inline
    line: int
    followups: tuple[FollowUp, ...] = ()
    notes: tuple[Note, ...] = ()
    answer: AnswerSpace = AnswerSpace()
    tags: tuple[str, ...] = ()
    """Its own and its theme's, to choose questions by."""
    minutes: int | None = None
    """How long a workshop takes for it."""


@dataclass(frozen=True, slots=True)
class Theme:
    number: int
    """Its place in the set, from 1."""
    title: Inline
    line: int
    questions: tuple[Question, ...]
    intro: tuple[Inline, ...] = ()
    """Its paragraphs."""
    notes: tuple[Note, ...] = ()
    minutes: int | None = None
    """Given for the theme as a whole."""

    @property
    def duration(self) -> int | None:
        """The minutes given for the theme, else for its questions together; None where none are."""
        given = [question.minutes for question in self.questions if question.minutes]
        return self.minutes or sum(given) or None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    title: str
    slug: str
    themes: tuple[Theme, ...]
    path: Path
    subtitle: str = ""
    lang: str = "en"
    """BCP 47."""
    intro: tuple[Inline, ...] = ()
    """The paragraphs before the first theme, such as a welcome."""
    author: str = ""
    date: date | None = None
    settings: Settings = field(default_factory=Settings)
    setting_lines: Mapping[str, int] = field(default_factory=dict)
    """Where a setting stands in the source: `paper`, `handout.answers`."""
    read_as: str = field(default="", compare=False)
    """What was read as questions and how much of it asks, in one line; the same set may have been
    read from another format."""

    @property
    def question_count(self) -> int:
        return sum(len(theme.questions) for theme in self.themes)
