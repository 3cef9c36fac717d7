"""What all slides of a deck are made from, and what a planned deck is: plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple

from generator.errors import Diagnostic
from generator.look.style import StyleSheet
from generator.model import Inline, QuestionSet, Span, Theme, plain
from generator.settings import SlidesOptions
from generator.strings import Strings
from generator.writers import Context
from generator.writers.slides import fit
from generator.writers.slides.fit import Key, Paragraph, Row
from generator.writers.slides.layouts import Design, Placeholder
from generator.writers.slides.notes import NoteParagraph

AGENDA_KEY: Key = (0, 0)


class Slide(NamedTuple):
    layout: str
    """One of `layouts.KINDS`."""
    heading: str
    """The role whose text is its title, unique in the deck."""
    fields: Mapping[str, tuple[Paragraph, ...]]
    """By role; the writer fills those that the layout has."""
    notes: tuple[NoteParagraph, ...]
    keys: tuple[Key, ...] = ()
    """What it is the target of."""
    accent: int = 0
    """Of its theme, from 1; 0 for slides of no theme."""
    progress: float = 0.0
    """To 1, where the layout has a track for it."""
    rows_pt: tuple[float, ...] = ()
    """Heights at which a hairline parts the rows, where the layout is ruled."""

    @property
    def title(self) -> str:
        return plain(self.fields[self.heading][0].text)


@dataclass(frozen=True, slots=True)
class Plan:
    design: Design
    slides: tuple[Slide, ...]
    sections: tuple[tuple[str, int], ...]
    """Name and number of slides, in order."""
    foot: str
    """It links to the agenda, if there is one."""
    title: str
    subject: str
    author: str
    lang: str
    stylesheet: StyleSheet
    timestamp: datetime
    diagnostics: tuple[Diagnostic, ...] = ()


def text(value: str) -> Inline:
    return (Span(value),)


def paragraphs(*values: str | Inline) -> tuple[Paragraph, ...]:
    """Not yet measured."""
    return tuple(Paragraph(text(each) if isinstance(each, str) else each) for each in values)


@cache
def _sized(fields: tuple[Paragraph, ...], place: Placeholder) -> tuple[Paragraph, ...]:
    """Set in the largest size that fits; cut at the least, where none does."""
    texts = [each.text for each in fields]
    size = fit.size_of(texts, place)
    if size is None:
        size = place.sizes_pt[-1]
        texts = list(fit.shortened(texts, place, size))
    return tuple(Paragraph(each, size) for each in texts)


@dataclass(slots=True)
class Deck:
    """What all slides of a deck are made from."""

    set: QuestionSet
    context: Context
    options: SlidesOptions
    design: Design
    strings: Strings = field(init=False)
    summary: str = field(init=False)
    asked: Counter[str] = field(init=False)
    """How often each question is asked: what is asked twice is counted in its title."""

    def __post_init__(self) -> None:
        self.strings = self.context.strings
        self.summary = self.strings.summary(self.set.question_count, len(self.set.themes))
        questions = (each for theme in self.set.themes for each in theme.questions)
        self.asked = Counter(plain(each.text) for each in questions)

    def accent(self, theme: Theme) -> int:
        return (theme.number - 1) % len(self.context.stylesheet.palette.accents) + 1

    def slide(
        self,
        kind: str,
        accent: int,
        fields: Mapping[str, tuple[Paragraph, ...]],
        notes: tuple[NoteParagraph, ...],
    ) -> Slide:
        """Of all fields those that the layout has; what was not measured is set as it fits."""
        layout = self.design.layout(kind, accent)
        made = {}
        for role, shown in fields.items():
            place = layout.role(role)
            if place and shown:
                made[role] = shown if shown[0].size_pt else _sized(shown, place)
        return Slide(kind, layout.heading, made, notes, accent=accent)

    def pages(
        self, kind: str, accent: int, name: str, entries: Sequence[Paragraph]
    ) -> Iterator[tuple[Slide, list[list[Row]]]]:
        """Slides with a list in one column, or in two where the layout has them; and their rows."""
        layout = self.design.layout(kind, accent)
        body, beside = layout.place("body"), 2 if layout.role("second") else 1
        columns = fit.columns(entries, fit.short_row, body, beside)
        pages = [columns[start : start + beside] for start in range(0, len(columns), beside)]
        for part, page in enumerate(pages, 1):
            title = self.part(name, part, len(pages))
            lists = {
                role: tuple(paragraph for row in rows for paragraph in row.paragraphs)
                for role, rows in zip(("body", "second"), page, strict=False)
            }
            yield self.slide(kind, accent, {"title": paragraphs(title), **lists}, ()), page

    def part(self, title: str, part: int, count: int) -> str:
        if count == 1:
            return title
        return self.strings.continued.format(title=title, part=part, count=count)
