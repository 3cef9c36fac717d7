"""A deck as plain data, and what all its slides are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.look.style import Box, SlidesStyle, StyleSheet
from generator.model import Inline, QuestionSet, Span, Theme, plain
from generator.settings import SlidesOptions
from generator.writers import Context
from generator.writers.slides.fit import Fit, Key, Paragraph
from generator.writers.slides.layouts import INK, Color, Design, Layout, Placeholder, Shape
from generator.writers.slides.notes import NoteParagraph

AGENDA: Key = (0, 0)


class Cell(NamedTuple):
    """A cell of a table. Colours are the names of the theme part's."""

    paragraph: Paragraph
    color: Color = INK
    major: bool = False
    bold: bool = False
    align: str = "l"
    fill: Color = Color()
    bar: Color = Color()
    """The colour of a bar at the side where the row begins."""


class Table(NamedTuple):
    name: str
    box_pt: Box
    columns_pt: tuple[float, ...]
    rows: tuple[tuple[float, tuple[Cell, ...]], ...]
    """Their heights in points, and their cells; a row grows with its text."""
    line_pt: float
    line_color: Color
    """Of the lines between rows."""


class Slide(NamedTuple):
    layout: Layout
    fields: Mapping[str, tuple[Paragraph, ...]]
    """By role; the layout has a place for each."""
    notes: tuple[NoteParagraph, ...]
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


def text(value: str) -> Inline:
    return (Span(value),)


def paragraphs(*values: str | Inline, target: Key | None = None) -> tuple[Paragraph, ...]:
    """Paragraphs that were not fitted yet; none for empty texts."""
    texts = [text(each) if isinstance(each, str) else each for each in values if each]
    return tuple(Paragraph(each, target=target) for each in texts)


@dataclass(slots=True)
class Deck:
    """What all slides of a deck are made from."""

    question_set: QuestionSet
    context: Context
    options: SlidesOptions
    design: Design
    style: SlidesStyle
    fit: Fit
    digits: int
    """Of the longest number of a question."""
    _titles: dict[str, int] = field(default_factory=dict)
    """Those that slides have already, with how often a count was added to each. Screen readers and
    the slide sorter list slides by their titles."""
    _layouts: dict[tuple[object, ...], Layout] = field(default_factory=dict)

    def accent(self, theme: Theme) -> int:
        return (theme.number - 1) % len(self.context.stylesheet.palette.accents) + 1

    @property
    def agenda(self) -> Key | None:
        """Where links to the agenda lead."""
        wanted = self.options.agenda and len(self.question_set.themes) > 1
        return AGENDA if wanted else None

    def way_back(self) -> tuple[Paragraph, ...]:
        """The foot of a template's slides, which leads to the agenda."""
        words = self.context.strings.back_to_agenda
        return paragraphs(words, target=self.agenda) if self.agenda else ()

    def slide(
        self,
        layout: Layout,
        accent: int,
        fields: Mapping[str, tuple[Paragraph, ...]],
        notes: Sequence[NoteParagraph] = (),
        table: Table | None = None,
    ) -> Slide:
        """Of all fields those that the layout has, each in the largest size that fits."""
        made: dict[str, tuple[Paragraph, ...]] = {}
        for role, given in fields.items():
            place = layout.role(role)
            if place and given:
                made[role] = given if given[0].size_pt else self._fitted(given, place)
        self._make_unique(layout, made)
        narrower = {}
        if not layout.part:
            layout = self._for_sizes(layout, {role: f[0].size_pt for role, f in made.items()})
            large = [place for place in layout.placeholders if place.major and place.role in made]
            narrower = {e.role: self.fit.narrower_pt(made[e.role][0].text, e) for e in large}
        return Slide(layout, made, tuple(notes), (), accent, (), table, narrower)

    def _fitted(self, given: tuple[Paragraph, ...], place: Placeholder) -> tuple[Paragraph, ...]:
        texts, size = self.fit.shortened([each.text for each in given], place)
        pairs = zip(given, texts, strict=False)
        return tuple(each._replace(text=text, size_pt=size) for each, text in pairs)

    def is_title(self, value: Inline) -> bool:
        """Whether a text can be the title of a slide: no other slide has it."""
        return plain(value) not in self._titles

    def _make_unique(self, layout: Layout, made: dict[str, tuple[Paragraph, ...]]) -> None:
        """Give the title a count where another slide has it. Questions never come here with such a
        title: their words are not altered."""
        first, *rest = made[layout.heading]
        title = given = first.text
        while plain(title) in self._titles:
            self._titles[plain(given)] += 1
            title = (*given, Span(f" ({self._titles[plain(given)]})"))
        self._titles[plain(title)] = 1
        made[layout.heading] = (first._replace(text=title), *rest)

    def _for_sizes(self, layout: Layout, sizes: Mapping[str, float]) -> Layout:
        """The layout that sets its texts in these sizes. No slide does that itself, so that
        PowerPoint's Reset Slide keeps the look."""
        other = {r: size for r, size in sizes.items() if size != layout.place(r).size_pt}

        def made() -> Layout:
            ascent = self.style.ascent
            placed = (
                each.sized(sizes.get(each.role, each.size_pt), ascent)
                for each in layout.placeholders
            )
            return replace(layout, placeholders=tuple(placed))

        return self.once((id(layout), tuple(sorted(other.items()))), made)

    def once(self, key: tuple[object, ...], make: Callable[[], Layout]) -> Layout:
        """A layout that many slides share. All are kept, so that their ids name them."""
        if key not in self._layouts:
            self._layouts[key] = make()
        return self._layouts[key]

    def pages(
        self, entries: Sequence[Sequence[Paragraph]], layout: Layout
    ) -> Iterator[dict[str, tuple[Paragraph, ...]]]:
        """The fields of slides with a list in one column, or in two where the layout has them."""
        roles = [role for role in ("body", "second") if layout.role(role)]
        columns, _ = self.fit.columns(entries, layout.place("body"), len(roles))
        for start in range(0, len(columns), len(roles)):
            page = columns[start : start + len(roles)]
            yield {
                role: tuple(paragraph for row in rows for paragraph in row.paragraphs)
                for role, rows in zip(roles, page, strict=False)
            }

    def part(self, title: str, part: int, count: int) -> str:
        if count == 1:
            return title
        return self.context.strings.continued.format(title=title, part=part, count=count)
