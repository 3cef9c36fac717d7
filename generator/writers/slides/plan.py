"""The deck's plan: slides as plain data, with sizes that fit, before any XML is written."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from generator.errors import Diagnostic
from generator.model import Inline, Question, QuestionSet, Span, Theme, plain
from generator.strings import Strings
from generator.stylesheet import StyleSheet
from generator.writers import Context
from generator.writers.options import SlidesOptions, options
from generator.writers.slides import fit
from generator.writers.slides.fit import Key, Paragraph, Row
from generator.writers.slides.layouts import Design, Placeholder, own_design
from generator.writers.slides.notes import NoteParagraph, lines_of_notes, notes_of

AGENDA_KEY: Key = (0, 0)


@dataclass(frozen=True, slots=True)
class Slide:
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
    accents: int
    """How many of the palette's accents the deck uses."""
    foot: str
    """It links to the agenda, if there is one."""
    title: str
    subject: str
    author: str
    lang: str
    stylesheet: StyleSheet
    strings: Strings
    timestamp: datetime
    diagnostics: tuple[Diagnostic, ...] = ()


def plan(question_set: QuestionSet, context: Context) -> Plan:
    asked = options(question_set, "slides", SlidesOptions)
    style, strings = context.stylesheet.slides, context.strings
    accents = min(len(question_set.themes), len(context.stylesheet.palette.accents))
    design = own_design(style, accents)
    diagnostics: tuple[Diagnostic, ...] = ()
    if asked.template:
        from generator.writers.slides.template import read_template

        design, diagnostics = read_template(question_set, asked, style)
    deck = _Deck(question_set, context, asked, design)
    groups = [(question_set.title, list(deck.front()))]
    groups += [(plain(theme.title), deck.theme(theme)) for theme in question_set.themes]
    if asked.closing:
        groups[-1][1].append(deck.closing())
    return Plan(
        design=design,
        slides=tuple(_unique([slide for _, group in groups for slide in group])),
        sections=tuple((name, len(group)) for name, group in groups),
        accents=accents,
        foot=strings.back_to_agenda if asked.agenda else question_set.title,
        title=question_set.title,
        subject=question_set.subtitle or deck.summary,
        author=question_set.author,
        lang=question_set.lang,
        stylesheet=context.stylesheet,
        strings=strings,
        timestamp=context.timestamp,
        diagnostics=diagnostics,
    )


def _unique(slides: Iterable[Slide]) -> Iterator[Slide]:
    """No two slides of one title: screen readers and the slide sorter list them by it."""
    seen: set[str] = set()
    for slide in slides:
        title = slide.title
        number = slide.fields.get("number")
        suffixes = itertools.chain(
            [plain(number[0].text)] if number else [], map(str, itertools.count(2))
        )
        while title in seen:
            suffix = f" ({next(suffixes)})"
            title = slide.title + suffix
        seen.add(title)
        if title != slide.title:
            first, *rest = slide.fields[slide.heading]
            more = replace(first, text=(*first.text, Span(suffix)))
            slide = replace(slide, fields={**slide.fields, slide.heading: (more, *rest)})  # noqa: PLW2901
        yield slide


def text(value: str) -> Inline:
    return (Span(value),)


def paragraphs(*values: str | Inline) -> tuple[Paragraph, ...]:
    """Not yet measured."""
    return tuple(Paragraph(text(each) if isinstance(each, str) else each) for each in values)


def _sized(fields: tuple[Paragraph, ...], place: Placeholder) -> tuple[Paragraph, ...]:
    """Set in the largest size that fits; cut at the least, where none does."""
    texts = [each.text for each in fields]
    size = fit.size_of(texts, place)
    if size is None:
        size = place.sizes_pt[-1]
        texts = list(fit.shortened(texts, place, size))
    return tuple(Paragraph(each, size) for each in texts)


@dataclass(slots=True)
class _Deck:
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

    # -- front and back

    def front(self) -> Iterator[Slide]:
        fields = {
            "title": paragraphs(self.set.title),
            "subtitle": paragraphs(self.set.subtitle or self.summary),
            "label": paragraphs(self.strings.slides),
        }
        yield self.slide("title", 0, fields, lines_of_notes(self.summary))
        if self.options.agenda:
            yield from self._agenda()

    def _agenda(self) -> Iterator[Slide]:
        entries = [
            Paragraph(
                theme.title,
                number=str(theme.number),
                after=self.strings.questions(len(theme.questions)),
                target=(theme.number, 0),
                accent=self.accent(theme),
            )
            for theme in self.set.themes
        ]
        body = self.design.layout("agenda", 0).place("body")
        pages = self._pages("agenda", 0, self.strings.agenda, entries)
        for part, (slide, (rows, *_)) in enumerate(pages):
            heights = (row.height_pt for row in rows)
            top = body.box_pt[1] - body.gap_pt / 2
            shown = [each.paragraphs[0] for each in rows]
            counts = tuple(
                Paragraph(text(each.after), each.size_pt, blank=row.lines - 1)
                for each, row in zip(shown, rows, strict=True)
            )
            yield replace(
                slide,
                fields={**slide.fields, "counts": counts},
                notes=lines_of_notes(*(f"{each.number} {plain(each.text)}" for each in shown)),
                keys=() if part else (AGENDA_KEY,),
                rows_pt=tuple(itertools.accumulate(heights, initial=top)),
            )

    def closing(self) -> Slide:
        hint = self.strings.closing_hint
        fields = {"title": paragraphs(self.strings.closing), "body": paragraphs(hint)}
        return self.slide("closing", 0, fields, lines_of_notes(hint))

    def _pages(
        self, kind: str, accent: int, name: str, entries: Sequence[Paragraph]
    ) -> Iterator[tuple[Slide, list[list[Row]]]]:
        """Slides with a list in one column, or in two where the layout has them; and their rows."""
        layout = self.design.layout(kind, accent)
        body, beside = layout.place("body"), 2 if layout.role("second") else 1
        columns = fit.columns(entries, fit.short_row, body, beside)
        pages = [columns[start : start + beside] for start in range(0, len(columns), beside)]
        for part, page in enumerate(pages, 1):
            title = self._part(name, part, len(pages))
            lists = {
                role: tuple(paragraph for row in rows for paragraph in row.paragraphs)
                for role, rows in zip(("body", "second"), page, strict=False)
            }
            yield self.slide(kind, accent, {"title": paragraphs(title), **lists}, ()), page

    def _part(self, title: str, part: int, count: int) -> str:
        if count == 1:
            return title
        return self.strings.continued.format(title=title, part=part, count=count)

    # -- a theme

    def theme(self, theme: Theme) -> list[Slide]:
        """The slides of a theme; the first is where a link to the theme leads."""
        made: list[Slide] = []
        says_more = theme.intro or plain(theme.title) != self.set.title
        if self.options.section and says_more:
            made.append(self._section(theme))
        if self.options.overview:
            made += self._overview(theme)
        if self.options.questions_per_slide == 1:
            for place in range(1, len(theme.questions) + 1):
                made += self._question(theme, place)
        else:
            made += self._lists(theme)
        made[0] = replace(made[0], keys=((theme.number, 0), *made[0].keys))
        return made

    def _section(self, theme: Theme) -> Slide:
        label = self.strings.theme_of.format(number=theme.number, count=len(self.set.themes))
        numeral = str(theme.number)
        accent = self.accent(theme)
        fields = {
            "title": paragraphs(theme.title),
            "label": paragraphs(label.upper()),
            "body": paragraphs(*theme.intro),
            "numeral": paragraphs(numeral),
        }
        if place := self.design.layout("section", accent).role("numeral"):
            size = place.sizes_pt[min(len(numeral), len(place.sizes_pt)) - 1]
            fields["numeral"] = (Paragraph(text(numeral), size),)
        return self.slide("section", accent, fields, self._theme_notes(theme))

    def _theme_notes(self, theme: Theme) -> tuple[NoteParagraph, ...]:
        return notes_of(self.context, theme.intro, (), theme.notes, (theme.number, 0))

    def _overview(self, theme: Theme) -> Iterator[Slide]:
        entries = [
            Paragraph(question.text, number=str(question.number), target=(theme.number, place))
            for place, question in enumerate(theme.questions, 1)
        ]
        name = f"{plain(theme.title)} – {self.strings.overview}"
        for slide, _ in self._pages("overview", self.accent(theme), name, entries):
            yield replace(slide, notes=self._theme_notes(theme))

    def _question(self, theme: Theme, place: int) -> Iterator[Slide]:
        question, accent = theme.questions[place - 1], self.accent(theme)
        count = self.strings.question_of.format(number=place, count=len(theme.questions))
        notes = notes_of(
            self.context, (), question.followups, question.notes, (theme.number, place)
        )
        labels = {
            "title": paragraphs(f"{question.number} · {plain(theme.title)} · {count}"),
            "label": paragraphs(theme.title),
            "count": paragraphs(count),
            "number": paragraphs(str(question.number)),
        }
        parts = list(self._parts(question, accent))
        for part, (kind, asked, followups) in enumerate(parts, 1):
            shown = asked
            if len(parts) > 1:
                of = self.strings.question_of.format(number=part, count=len(parts))
                shown = replace(asked, text=(*asked.text, Span(f" ({of})")))
            fields = {**labels, "question": (shown,), "followups": followups}
            yield replace(
                self.slide(kind, accent, fields, notes),
                keys=((theme.number, place),) if part == 1 else (),
                progress=place / len(theme.questions),
            )

    def _parts(
        self, question: Question, accent: int
    ) -> Iterator[tuple[str, Paragraph, tuple[Paragraph, ...]]]:
        """The slides of a question: layout, text and follow-ups."""
        alone = self.design.layout("question", accent).place("question")
        both = self.design.layout("followups", accent)
        above, below = both.place("question"), both.place("followups")
        rest = [
            Paragraph(piece, level=each.depth)
            for each in question.followups
            for piece in fit.split(each.text, below, each.depth)
        ]
        columns = fit.columns([[each] for each in rest], fit.row, below, 1)
        asked, size = question.text, None
        twice = self.asked[plain(asked)] > 1
        if rest:
            size = fit.size_of(
                [(*asked, *fit.COUNT) if twice or len(columns) > 1 else asked], above
            )
        if size is None:
            pieces, largest = fit.spread(asked, alone, twice or bool(rest))
            for piece in pieces:
                yield "question", Paragraph(piece, largest), ()
            size = above.sizes_pt[-1]
            asked = fit.begun(asked, above, size, 1)
        for rows in columns:
            yield "followups", Paragraph(asked, size), tuple(row.paragraphs[0] for row in rows)

    def _lists(self, theme: Theme) -> Iterator[Slide]:
        """Several questions on a slide; each on its own where one is too long for that."""
        accent, step = self.accent(theme), self.options.questions_per_slide
        body = self.design.layout("list", accent).place("body")
        least = body.sizes_pt[-1]
        for start in range(0, len(theme.questions), step):
            chunk = theme.questions[start : start + step]
            entries = {place: _entry(each) for place, each in enumerate(chunk, start + 1)}
            highest = max(fit.row(each, body, least).height_pt for each in entries.values())
            if highest <= fit.room(body):
                yield from self._list(theme, entries, body)
            else:
                for place in entries:
                    yield from self._question(theme, place)

    def _list(
        self, theme: Theme, entries: Mapping[int, Sequence[Paragraph]], body: Placeholder
    ) -> Iterator[Slide]:
        columns = fit.columns(list(entries.values()), fit.row, body, 1)
        places = iter(entries)
        for rows in columns:
            keys = [(theme.number, place) for place in itertools.islice(places, len(rows))]
            questions = [theme.questions[place - 1] for _, place in keys]
            numbers = dict.fromkeys((questions[0].number, questions[-1].number))
            fields = {
                "title": paragraphs(f"{plain(theme.title)} · {'–'.join(map(str, numbers))}"),
                "body": tuple(paragraph for row in rows for paragraph in row.paragraphs),
            }
            notes = itertools.chain.from_iterable(
                notes_of(self.context, (), (), each.notes, key, each.number)
                for each, key in zip(questions, keys, strict=True)
            )
            slide = self.slide("list", self.accent(theme), fields, tuple(notes))
            yield replace(slide, keys=tuple(keys))


def _entry(question: Question) -> tuple[Paragraph, ...]:
    followups = (Paragraph(each.text, level=each.depth + 1) for each in question.followups)
    return (Paragraph(question.text, number=str(question.number)), *followups)
