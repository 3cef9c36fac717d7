"""The deck's plan: slides as plain data, with sizes that fit, before any XML is written.

Text is measured with the widths of the fonts it is set in; nothing is left to autofit, which no
program applies when it opens a file.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from generator.model import FollowUp, Inline, Note, Question, QuestionSet, Span, Theme, plain
from generator.strings import Strings
from generator.stylesheet import SlidesStyle, StyleSheet
from generator.writers import Context
from generator.writers.slides.metrics import fitting, height_of, lines_of

TITLE, AGENDA, CLOSING = "title", "agenda", "closing"
SERIF, SANS = "Cambria-bold", "Calibri-regular"

Key = tuple[int, int, int]
"""(theme, place of the question, part): where a link leads. (0, 0, 0) is the agenda."""

AGENDA_KEY: Key = (0, 0, 0)

FEW = 4
"""Rows that stay in one column of an overview."""
MOST = 3
"""Lines of a row; what is longer stands in full on its own slide."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Inline
    level: int = 0
    number: str = ""
    """Set before the text, in the accent."""
    after: str = ""
    """Set flush right beside the text."""
    target: Key | None = None
    """The slide that its number leads to; LibreOffice breaks a linked text anywhere."""
    lines: int = 1
    height_pt: float = 0.0
    """With the gap after it; measured for rows only."""
    blank: int = 0
    """Empty lines after its text."""
    accent: int = 0
    """Of the number, from 1; 0 is the accent of the layout."""


@dataclass(frozen=True, slots=True)
class Field:
    """What fills one placeholder."""

    paragraphs: tuple[Paragraph, ...]
    size_pt: float | None = None
    """Where it differs from the layout's."""
    box_pt: tuple[float, float, float, float] | None = None
    """Left, top, width and height, where they differ from the layout's."""


@dataclass(frozen=True, slots=True)
class Slide:
    layout: str
    title: str
    """Unique in the deck."""
    fields: Mapping[str, Field]
    """By role: title, and those of the layout."""
    notes: tuple[Paragraph, ...]
    key: Key | None = None
    accent: int = 0
    """Of its theme, from 1; 0 for slides of no theme."""
    theme: int = 0
    progress: float | None = None
    """0 to 1, on question slides."""
    rows_pt: tuple[float, ...] = ()
    """Heights at which a hairline parts the rows of an agenda."""


@dataclass(frozen=True, slots=True)
class Plan:
    slides: tuple[Slide, ...]
    sections: tuple[tuple[str, int], ...]
    """Name and number of slides, in order."""
    accents: int
    """How many of the palette's accents the deck uses."""
    title: str
    subject: str
    author: str
    lang: str
    stylesheet: StyleSheet
    strings: Strings
    timestamp: datetime


def plan(question_set: QuestionSet, context: Context) -> Plan:
    deck = _Deck(question_set, context)
    groups = [(question_set.title, list(deck.front()))]
    groups += [(plain(theme.title), list(deck.theme(theme))) for theme in question_set.themes]
    groups[-1][1].append(deck.closing())
    slides = _unique([slide for _, group in groups for slide in group])
    return Plan(
        slides=tuple(slides),
        sections=tuple((name, len(group)) for name, group in groups),
        accents=min(len(question_set.themes), len(context.stylesheet.palette.accents)),
        title=question_set.title,
        subject=question_set.subtitle or deck.summary,
        author=question_set.author,
        lang=question_set.lang,
        stylesheet=context.stylesheet,
        strings=context.strings,
        timestamp=context.timestamp,
    )


def _unique(slides: Sequence[Slide]) -> Iterator[Slide]:
    """No two slides of one title: screen readers and the slide sorter list them by it."""
    seen: set[str] = set()
    for slide in slides:
        title, suffix = slide.title, ""
        for count in itertools.count(1):
            if title not in seen:
                break
            number = slide.fields.get("number")
            suffix = plain(number.paragraphs[0].text) if number and count == 1 else str(count)
            title = f"{slide.title} ({suffix})"
        seen.add(title)
        shown = slide.fields["title"]
        if title != slide.title:
            more = Paragraph((*shown.paragraphs[0].text, Span(f" ({suffix})")))
            shown = replace(shown, paragraphs=(more, *shown.paragraphs[1:]))
        yield replace(slide, title=title, fields={**slide.fields, "title": shown})


def _measured(row: Paragraph, size: int, width: float, gap: float) -> Paragraph:
    """A row with its height; begun only where it would take more than `MOST` lines."""
    lines = lines_of(row.text, SANS, size, width)
    if len(lines) > MOST:
        begun = (span for line in lines[:MOST] for span in (*line, Span(" ")))
        lines, row = lines[:MOST], replace(row, text=(*begun, Span("…")))
    return replace(row, lines=len(lines), height_pt=height_of(len(lines), size, SANS) + gap)


def _text(text: str) -> Inline:
    return (Span(text),)


def _field(*texts: str | Inline, size_pt: float | None = None) -> Field:
    inlines = (_text(text) if isinstance(text, str) else text for text in texts)
    return Field(tuple(Paragraph(inline) for inline in inlines), size_pt)


@dataclass(slots=True)
class _Deck:
    """What all slides of a deck are made from."""

    set: QuestionSet
    context: Context
    style: SlidesStyle = field(init=False)
    strings: Strings = field(init=False)
    summary: str = field(init=False)

    def __post_init__(self) -> None:
        self.style, self.strings = self.context.stylesheet.slides, self.context.strings
        self.summary = self.strings.summary(self.set.question_count, len(self.set.themes))

    @property
    def width(self) -> float:
        return self.style.width_pt - self.style.left_pt - self.style.right_pt

    def accent(self, theme: Theme) -> int:
        return (theme.number - 1) % len(self.context.stylesheet.palette.accents) + 1

    # -- front and back

    def front(self) -> Iterator[Slide]:
        text = self.set.subtitle or self.summary
        size = self._size(_text(self.set.title), SERIF, self.style.title_sizes_pt, 230)
        yield Slide(
            TITLE,
            self.set.title,
            {
                "title": _field(self.set.title, size_pt=size),
                "subtitle": _field(text),
                "label": _field(self.strings.slides),
            },
            (Paragraph(_text(self.summary)),),
        )
        yield from self._agenda()

    def _agenda(self) -> Iterator[Slide]:
        rows = [
            Paragraph(
                theme.title,
                number=str(theme.number),
                after=self.strings.questions(len(theme.questions)),
                target=(theme.number, 0, 0),
                accent=self.accent(theme),
            )
            for theme in self.set.themes
        ]
        style = self.style
        room = self.width - style.agenda_count_pt - style.agenda_hang_pt
        size, columns = self._columns(rows, style.list_sizes_pt, room, style.agenda_gap_pt, 1)
        for part, column in enumerate(columns, 1):
            title = self._part(self.strings.agenda, part, len(columns))
            edges = tuple(
                itertools.accumulate((row.height_pt for row in column), initial=style.list_top_pt)
            )
            counts = [Paragraph(_text(row.after), blank=row.lines - 1) for row in column]
            yield Slide(
                AGENDA,
                title,
                {
                    "title": _field(title),
                    "body": Field(tuple(column), size),
                    "second": Field(tuple(counts), size),
                },
                tuple(Paragraph(row.text, number=row.number) for row in column),
                AGENDA_KEY if part == 1 else None,
                rows_pt=edges,
            )

    def closing(self) -> Slide:
        fields = {"title": _field(self.strings.closing), "body": _field(self.strings.closing_hint)}
        notes = (Paragraph(_text(self.strings.closing_hint)),)
        return Slide(CLOSING, self.strings.closing, fields, notes)

    # -- a theme

    def theme(self, theme: Theme) -> Iterator[Slide]:
        yield self._section(theme)
        yield from self._overview(theme)
        for place, question in enumerate(theme.questions, 1):
            yield from self._question(theme, place, question)

    def _section(self, theme: Theme) -> Slide:
        label = self.strings.theme_of.format(number=theme.number, count=len(self.set.themes))
        width = self.width * 0.78
        title = self._size(theme.title, SERIF, self.style.section_sizes_pt, 130, width)
        lines = len(lines_of(theme.title, SERIF, title, width))
        top = (
            self.style.section_foot_pt - height_of(lines, title, SERIF) - self.style.label_pt * 1.7
        )
        joined: list[Span] = []
        for paragraph in theme.intro:
            joined += [Span(" "), *paragraph] if joined else paragraph
        size = self._size(tuple(joined), SANS, self.style.intro_sizes_pt, 215, width)
        return Slide(
            "section",
            plain(theme.title),
            {
                "title": _field(theme.title, size_pt=title),
                "label": replace(
                    _field(label.upper()),
                    box_pt=(self.style.left_pt, top, width, self.style.label_pt * 1.5),
                ),
                "body": _field(*self._shortened(theme.intro, size, width), size_pt=size),
                "numeral": _field(str(theme.number), size_pt=self._numeral(theme.number)),
            },
            self._notes(theme.intro, (), theme.notes, (theme.number, 0)),
            (theme.number, 0, 0),
            self.accent(theme),
            theme.number,
        )

    def _numeral(self, number: int) -> float:
        """A size at which all digits stand side by side."""
        style = self.style
        wide = lines_of(_text(str(number)), SERIF, 1, style.numeral_width_pt / style.numeral_pt)
        return style.numeral_pt / len(wide) * (0.95 if len(wide) > 1 else 1)

    def _shortened(self, intro: Sequence[Inline], size: float, width: float) -> list[Inline]:
        """What of an introduction fits on its slide at the least size; the notes have it whole."""
        kept: list[Inline] = []
        room = int(215 // height_of(1, size, SANS))
        for paragraph in intro:
            lines = lines_of(paragraph, SANS, size, width)
            if len(lines) > room:
                cut = [span for line in lines[:room] for span in (*line, Span(" "))]
                kept += [(*cut[:-1], Span(" …"))] if cut else []
                break
            kept.append(paragraph)
            room -= len(lines)
        return kept

    def _overview(self, theme: Theme) -> Iterator[Slide]:
        style = self.style
        rows = [
            Paragraph(question.text, number=str(question.number), target=(theme.number, place, 1))
            for place, question in enumerate(theme.questions, 1)
        ]
        room = (self.width - style.gutter_pt) / 2 - style.overview_hang_pt
        size, columns = self._columns(rows, style.list_sizes_pt, room, style.row_gap_pt, 2)
        pages = [columns[index : index + 2] for index in range(0, len(columns), 2)]
        name = f"{plain(theme.title)} – {self.strings.overview}"
        for part, page in enumerate(pages, 1):
            title = self._part(name, part, len(pages))
            fields = {
                role: Field(tuple(column), size)
                for role, column in zip(("body", "second"), page, strict=False)
            }
            heading = self._size(_text(title), SERIF, self.style.heading_sizes_pt, 76)
            fields["title"] = _field(title, size_pt=heading)
            notes = self._notes((), (), (), (theme.number, 0))
            key = (theme.number, 0, part)
            yield Slide("overview", title, fields, notes, key, self.accent(theme), theme.number)

    def _question(self, theme: Theme, place: int, question: Question) -> Iterator[Slide]:
        parts = list(self._parts(question))
        for part, (text, size, followups, followup_size, height) in enumerate(parts, 1):
            shown = text
            if len(parts) > 1:
                of = self.strings.question_of.format(number=part, count=len(parts))
                shown = (*text, Span(f" ({of})"))
            style, top = self.style, self.style.question_top_pt
            title = Field((Paragraph(shown),), size)
            fields = {
                "label": _field(theme.title),
                "count": _field(
                    self.strings.question_of.format(number=place, count=len(theme.questions))
                ),
                "number": _field(str(question.number)),
            }
            if followups:
                below = top + height + 14
                title = replace(title, box_pt=(style.left_pt, top, self.width, height))
                box = (style.left_pt, below, self.width, style.question_bottom_pt - below)
                paragraphs = tuple(Paragraph(item.text, item.depth) for item in followups)
                fields["body"] = Field(paragraphs, followup_size, box)
            fields["title"] = title
            yield Slide(
                "question",
                plain(shown),
                fields,
                self._notes((), question.followups, question.notes, (theme.number, place)),
                (theme.number, place, part),
                self.accent(theme),
                theme.number,
                place / len(theme.questions),
            )

    def _parts(
        self, question: Question
    ) -> Iterator[tuple[Inline, float, tuple[FollowUp, ...], float | None, float]]:
        """The slides of a question: text, its size, follow-ups, their size, height of the text."""
        style = self.style
        room = style.question_bottom_pt - style.question_top_pt
        least = style.question_sizes_pt[-1]
        lines = lines_of(question.text, SERIF, least, self.width)
        most = int(room // height_of(1, least, SERIF, style.question_spacing))
        while len(lines) > most:
            head, lines = lines[: most - 1], lines[most - 1 :]
            text = tuple(span for line in head for span in (*line, Span(" ")))[:-1]
            yield text, least, (), None, room
        whole = len(lines) == len(lines_of(question.text, SERIF, least, self.width))
        text = (
            question.text
            if whole
            else tuple(span for line in lines for span in (*line, Span(" ")))[:-1]
        )
        rest = list(question.followups)
        for size in style.question_sizes_pt:
            height = self._height(text, size)
            for small in style.followup_sizes_pt:
                if height + 14 * bool(rest) + self._followups_height(rest, small) <= room:
                    yield text, size, tuple(rest), small, height
                    return
        height = self._height(text, least)
        small = style.followup_sizes_pt[-1]
        if height > room / 2:
            yield text, least, (), None, room
            text, height = _text(plain(question.text)[:60].rsplit(" ", 1)[0] + " …"), 40.0
        while rest:
            count = len(rest)
            while count > 1 and self._followups_height(rest[:count], small) > room - height - 14:
                count -= 1
            yield text, least, tuple(rest[:count]), small, height
            rest = rest[count:]

    def _height(self, text: Inline, size: float) -> float:
        lines = lines_of((*text, Span(" (10 / 10)")), SERIF, size, self.width)
        return height_of(len(lines), size, SERIF, self.style.question_spacing)

    def _followups_height(self, followups: Sequence[FollowUp], size: float) -> float:
        gap, step = self.style.followup_gap_pt, self.style.followup_hang_pt
        counts = (
            len(lines_of(each.text, SANS, size, self.width - step * each.depth))
            for each in followups
        )
        return sum(height_of(count, size, SANS) + gap for count in counts)

    # -- the parts of several

    def _size(
        self, text: Inline, font: str, sizes: Sequence[int], height: float, width: float = 0.0
    ) -> float:
        """The first size at which a text fits, else the last."""
        return fitting(text, font, sizes, (width or self.width, height), 1.0) or sizes[-1]

    def _part(self, title: str, part: int, count: int) -> str:
        if count == 1:
            return title
        return self.strings.continued.format(title=title, part=part, count=count)

    def _columns(
        self, rows: Sequence[Paragraph], sizes: Sequence[int], width: float, gap: float, beside: int
    ) -> tuple[int, list[list[Paragraph]]]:
        """A size and columns of equal height: at the largest size at which all fit on one slide,

        `beside` columns to a slide, else at the least.
        """
        measured: list[Paragraph] = []

        def filled(room: float) -> list[list[Paragraph]]:
            columns: list[list[Paragraph]] = [[]]
            used = 0.0
            for row in measured:
                if columns[-1] and used + row.height_pt > room:
                    columns.append([])
                    used = 0.0
                columns[-1].append(row)
                used += row.height_pt
            return columns

        room = self.style.list_bottom_pt - self.style.list_top_pt
        size = sizes[-1]
        for size in sizes:
            measured = [_measured(row, size, width, gap) for row in rows]
            if len(filled(room)) <= beside:
                break
        few = len(rows) <= FEW and len(filled(room)) == 1
        most = 1 if few else -(-len(filled(room)) // beside) * beside
        while room > gap and len(filled(room - gap)) <= most:
            room -= gap
        return size, filled(room)

    def _notes(
        self,
        intro: Sequence[Inline],
        followups: Sequence[FollowUp],
        notes: Sequence[Note],
        key: tuple[int, int],
    ) -> tuple[Paragraph, ...]:
        made = [Paragraph(text) for text in intro]
        if followups:
            made.append(Paragraph(_text(self.strings.followups)))
            made += [Paragraph(each.text, each.depth, "–") for each in followups]
        if notes:
            made.append(Paragraph(_text(self.strings.for_facilitator)))
        for note in notes:
            bullet = f"{note.number}." if note.number else "–"
            made.append(Paragraph(note.text, note.depth, bullet if note.depth else ""))
        if page := self.context.workbook_pages.get(key):
            made.append(Paragraph(_text(self.strings.workbook_page.format(page=page))))
        return tuple(made)
