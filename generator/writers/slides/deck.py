"""Makes the slides of a deck: texts in sizes that fit, on layouts with those sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from generator.look.style import SlidesStyle
from generator.model import Inline, QuestionSet, Span, Theme, plain
from generator.strings import Strings
from generator.text.bidi import right_to_left
from generator.writers import Context
from generator.writers.slides.fit import Fit
from generator.writers.slides.presentation import (
    AGENDA,
    Design,
    Key,
    Layout,
    Paragraph,
    Placeholder,
    Slide,
    Table,
)

Text = str | Inline
Field = Text | list[Paragraph]
"""The content of a placeholder; paragraphs may be fitted already."""


def text(value: Text) -> Inline:
    return (Span(value),) if isinstance(value, str) else value


def paragraphs(*values: Text) -> list[Paragraph]:
    """Return paragraphs that are not fitted yet; none for empty texts."""
    return [Paragraph(text(each)) for each in values if each]


@dataclass(slots=True)
class Deck:
    """The context that all slides of a deck share, and the titles that they have used."""

    question_set: QuestionSet
    context: Context
    design: Design
    style: SlidesStyle
    fit: Fit
    _titles: dict[str, int] = field(default_factory=dict)
    """Titles of slides so far, with how often a count was added to each. Screen readers and the
    slide sorter list slides by their titles."""
    _layouts: dict[tuple[object, ...], Layout] = field(default_factory=dict)

    @property
    def words(self) -> Strings:
        return self.context.strings

    @property
    def has_themes(self) -> bool:
        """True if there are several themes, which are then told apart by number."""
        return len(self.question_set.themes) > 1

    @property
    def agenda(self) -> bool:
        """True if there is an agenda."""
        return self.question_set.settings.slides.agenda and self.has_themes

    def back(self, role: str) -> dict[str, Key]:
        """Return the link of a placeholder back to the agenda."""
        return {role: AGENDA} if self.agenda else {}

    @property
    def rtl(self) -> bool:
        return right_to_left(self.question_set.lang)

    def accent(self, theme: Theme) -> int:
        return (theme.number - 1) % len(self.context.stylesheet.palette.accents) + 1

    def extent(self, theme: Theme) -> str:
        """Return how many questions a theme has, and how long they take."""
        count = self.words.questions(len(theme.questions))
        minutes = self.words.minutes.format(count=theme.duration)
        return f"{count}, {minutes}" if theme.duration else count

    def slide(
        self,
        layout: Layout,
        fields: Mapping[str, Field],
        accent: int = 0,
        links: Mapping[str, Key] | None = None,
        table: Table | None = None,
    ) -> Slide:
        """Make a slide of those fields that the layout has, each in the largest size that fits."""
        made: dict[str, tuple[Paragraph, ...]] = {}
        for place in layout.placeholders:
            given = fields.get(place.role, "")
            if given := given if isinstance(given, list) else paragraphs(given):
                made[place.role] = self._fitted(given, self._placed(place, layout, made))
        self._make_unique(layout.heading, made)
        narrower = {}
        if not layout.part:
            layout = self._laid_out(layout, made)
            large = [place for place in layout.placeholders if place.major and place.role in made]
            narrower = {e.role: self.fit.narrower_pt(made[e.role][0].text, e) for e in large}
        return Slide(
            layout, made, links=links or {}, accent=accent, table=table, narrower_pt=narrower
        )

    def _fitted(self, given: list[Paragraph], place: Placeholder) -> tuple[Paragraph, ...]:
        if given[0].size_pt:
            return tuple(given)
        texts, size = self.fit.shortened([each.text for each in given], place)
        pairs = zip(given, texts, strict=False)
        return tuple(each._replace(text=text, size_pt=size) for each, text in pairs)

    def _placed(
        self, place: Placeholder, layout: Layout, made: Mapping[str, Sequence[Paragraph]]
    ) -> Placeholder:
        """Return a placeholder, moved below the text that it follows, if there is one."""
        if not place.below:
            return place
        return place.lowered(self.bottom_pt(layout.place(place.below), made[place.below][0]))

    def bottom_pt(self, place: Placeholder, paragraph: Paragraph) -> float:
        """Return the bottom of a text that was fitted into a placeholder."""
        top = place.top_pt(paragraph.size_pt, self.style.ascent)
        return top + self.fit.height(paragraph.text, place, paragraph.size_pt)

    def is_title(self, value: Inline) -> bool:
        """Return True if a text can be the title of a slide, because no other slide has it."""
        return plain(value) not in self._titles

    def _make_unique(self, heading: str, made: dict[str, tuple[Paragraph, ...]]) -> None:
        """Add a count to the title if another slide has it. Questions never come here with such a
        title, as their words are not altered."""
        first, *rest = made[heading]
        title = given = first.text
        while plain(title) in self._titles:
            self._titles[plain(given)] += 1
            title = (*given, Span(f" ({self._titles[plain(given)]})"))
        self._titles[plain(title)] = 1
        made[heading] = (first._replace(text=title), *rest)

    def _laid_out(self, layout: Layout, made: Mapping[str, Sequence[Paragraph]]) -> Layout:
        """Return the layout with texts in these sizes and at these heights. Slides do not set them,
        so that PowerPoint's Reset Slide keeps the look."""
        sizes = {role: some[0].size_pt for role, some in made.items()}
        bottoms = {
            each.below: self.bottom_pt(layout.place(each.below), made[each.below][0])
            for each in layout.placeholders
            if each.below
        }
        others = {r: size for r, size in sizes.items() if size != layout.place(r).size_pt}
        key = (id(layout), *sorted(others.items()), *bottoms.values())
        if key not in self._layouts:
            self._layouts[key] = layout.changed(partial(self._placed_for, sizes, bottoms))
        return self._layouts[key]

    def _placed_for(
        self, sizes: Mapping[str, float], bottoms: Mapping[str, float], place: Placeholder
    ) -> Placeholder:
        placed = place.sized(sizes.get(place.role, place.size_pt), self.style.ascent)
        if place.role in bottoms:
            x, y, width, _ = placed.box_pt
            placed = replace(placed, box_pt=(x, y, width, bottoms[place.role] - y))
        return placed.lowered(bottoms[place.below]) if place.below else placed

    def pages(
        self, entries: Sequence[Sequence[Paragraph]], layout: Layout
    ) -> Iterator[dict[str, list[Paragraph]]]:
        """Yield the fields of slides with a list in one column, or in two if the layout has
        them."""
        roles = [role for role in ("body", "second") if layout.role(role)]
        columns = self.fit.columns(entries, layout.place("body"), len(roles))
        for start in range(0, len(columns), len(roles)):
            page = columns[start : start + len(roles)]
            yield {
                role: [paragraph for row in rows for paragraph in row.paragraphs]
                for role, rows in zip(roles, page, strict=False)
            }

    def part(self, title: str, part: int, count: int) -> str:
        """Return the title of a slide that is one of several with the same title."""
        if count == 1:
            return title
        return self.words.continued.format(title=title, part=part, count=count)
