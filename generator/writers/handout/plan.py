"""What stands in the handout: paragraphs in named styles, and how they are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from generator.model import Inline, Question, QuestionSet, Span, Theme
from generator.strings import Strings
from generator.stylesheet import PAPERS_MM, StyleSheet
from generator.writers import Context
from generator.writers.options import paper_of

DEEPEST = 9
"""Follow-ups that are nested deeper share the last style."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: str
    """The name that Word shows."""
    text: Inline = ()
    accent: int = 0
    """Place of the accent in the palette, from 1; 0 for none."""
    numbering: int = 1
    """Questions only: 1 is the style's own list, n + 1 that of `Plan.restarts[n - 1]`."""
    keep_next: bool = False
    """Over what the style says."""


@dataclass(frozen=True, slots=True)
class Plan:
    paragraphs: tuple[Paragraph, ...]
    first_number: int
    restarts: tuple[int, ...]
    """The numbers that do not follow the one before them."""
    digits: int
    """Of the longest number."""
    followup_depth: int
    title: str
    author: str
    lang: str
    page_of: str
    """The foot, with `{page}` and `{count}`."""
    paper_mm: tuple[float, float]
    timestamp: datetime
    stylesheet: StyleSheet


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Raises SourceError for a paper that we do not know."""
    paper_mm = PAPERS_MM[paper_of(question_set)]
    questions = [question for theme in question_set.themes for question in theme.questions]
    numbers = [question.number for question in questions]
    depths = [followup.depth for question in questions for followup in question.followups]
    restarts = [after for before, after in pairwise(numbers) if after != before + 1]
    return Plan(
        paragraphs=tuple(_paragraphs(question_set, context)),
        first_number=numbers[0] if numbers else 1,
        restarts=tuple(restarts),
        digits=max((len(str(number)) for number in numbers), default=1),
        followup_depth=min(max(depths, default=1), DEEPEST),
        title=question_set.title,
        author=question_set.author,
        lang=question_set.lang,
        page_of=context.strings.page_of,
        paper_mm=paper_mm,
        timestamp=context.timestamp,
        stylesheet=context.stylesheet,
    )


def _paragraphs(question_set: QuestionSet, context: Context) -> Iterator[Paragraph]:
    strings = context.strings
    summary = strings.summary(question_set.question_count, len(question_set.themes))
    yield Paragraph("Title", (Span(question_set.title),))
    if question_set.subtitle:
        yield Paragraph("Subtitle", (Span(question_set.subtitle),))
    yield Paragraph("Subtitle", (Span(f"{summary}. {strings.handout_hint}"),))
    numbering, previous = 1, None
    note_lines = context.stylesheet.handout.notes_lines
    for theme in question_set.themes:
        accent = (theme.number - 1) % len(context.stylesheet.palette.accents) + 1
        yield Paragraph("Heading 1", theme.title, accent)
        yield from (Paragraph("Theme Intro", text) for text in theme.intro)
        for question in theme.questions:
            numbering += previous is not None and question.number != previous + 1
            previous = question.number
            last = bool(note_lines) and question is theme.questions[-1]
            yield from _question(question, accent, numbering, last)
        yield from _notes(theme, strings, note_lines)


def _question(question: Question, accent: int, numbering: int, last: bool) -> Iterator[Paragraph]:
    """A question and its follow-ups, none parted by a page; the `last` stays with the notes."""
    paragraphs = [Paragraph("Question", question.text, accent, numbering)]
    for followup in question.followups:
        depth = max(1, min(followup.depth, DEEPEST))
        paragraphs.append(Paragraph(f"Follow-up {depth}", followup.text))
    for paragraph in paragraphs[:-1]:
        yield replace(paragraph, keep_next=True)
    yield replace(paragraphs[-1], keep_next=last)


def _notes(theme: Theme, strings: Strings, lines: int) -> Iterator[Paragraph]:
    if theme.questions and lines:
        first = Paragraph("Notes", (Span(strings.notes),))
        block = [first, *[Paragraph("Notes")] * (lines - 1)]
        yield from (replace(line, keep_next=True) for line in block[:-1])
        yield block[-1]
