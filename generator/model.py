"""The document model: the meaning of a question set. It has no points and no colours.

Readers make it, writers use it. Everything is frozen, so that a writer cannot change it for the
next one.
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
        """The `href` if it is a URL that a document may lead to: http, https or mailto."""
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
    """The room that a question asks for. The workbook may give more, to fill its pages."""

    kind: AnswerKind = AnswerKind.LINES
    lines: int | None = None
    """LINES: the number of rules; None leaves it to the page. CHOICES: the number of rules below
    the choices; None for no rules."""
    fill: bool = False
    """LINES only: True takes all the room that the page has left."""
    height_mm: float | None = None
    """BOX, GRID and DOTS only: height in millimetres."""
    scale: tuple[int, int] | None = None
    """SCALE only: first and last label, both included."""
    scale_ends: tuple[str, str] = ("", "")
    """SCALE only: the words at its two ends, such as "not at all" and "fully"; may be empty."""
    choices: tuple[str, ...] = ()
    """CHOICES only: the answers to choose from, as plain text without a mark or a letter."""
    pick_many: bool = False
    """CHOICES only: True if more than one of them may be ticked."""

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
    """A smaller question under a question; `depth` is 1 directly under it, and 2 under another
    follow-up."""

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
    """The number in the source, or one more than that of the question before."""
    text: Inline
    line: int
    followups: tuple[FollowUp, ...] = ()
    notes: tuple[Note, ...] = ()
    answer: AnswerSpace = AnswerSpace()
    tags: tuple[str, ...] = ()
    """Its own tags and its theme's, to select questions by."""
    minutes: int | None = None
    """Minutes for it in a workshop."""


@dataclass(frozen=True, slots=True)
class Theme:
    number: int
    """Its place in the set, from 1."""
    title: Inline
    line: int
    questions: tuple[Question, ...]
    intro: tuple[Inline, ...] = ()
    """The paragraphs of its introduction."""
    notes: tuple[Note, ...] = ()
    minutes: int | None = None
    """Minutes for the theme as a whole."""

    @property
    def duration(self) -> int | None:
        """The minutes of the theme, or else of its questions together; None if there are none."""
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
    """A BCP 47 tag."""
    intro: tuple[Inline, ...] = ()
    """The paragraphs before the first theme, such as a welcome."""
    author: str = ""
    date: date | None = None
    settings: Settings = field(default_factory=Settings)
    setting_lines: Mapping[str, int] = field(default_factory=dict)
    """The lines of settings in the source, by names such as `paper` and `handout.answers`."""
    read_as: str = field(default="", compare=False)
    """One line about what was read as questions and how much of it asks; the same set may have been
    read from another format."""

    @property
    def question_count(self) -> int:
        return sum(len(theme.questions) for theme in self.themes)
