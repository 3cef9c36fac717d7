"""The run sheet's plan: a table with rows as tall as their minutes are long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.look.color import tinted
from generator.look.papers import RunSheetStyle, small
from generator.look.workbook import TextStyle
from generator.model import FollowUp, Inline, Note, QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag
from generator.writers import Context
from generator.writers.handout import paragraphs as handout
from generator.writers.paper import choices, framed, sheets
from generator.writers.run_sheet import word as word_file
from generator.writers.run_sheet.timing import Entry, Minutes, problems, schedule
from generator.writers.workbook.boxes import Bar, Bookmark, Line
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame
from generator.writers.workbook.page import Plan as Book

MATERIALS = "materials"
"""The first word of a note about what to bring, besides the word in the set's language."""

RULE = 0.5
"""The part in points of a rule that lies on the row below it."""


@dataclass(frozen=True, slots=True)
class Plan:
    book: Book
    materials: Inline
    word: handout.Plan
    """The same as an editable Word file."""
    diagnostics: tuple[Diagnostic, ...]


class Row(NamedTuple):
    theme: int
    """The number of the theme; 0 for the end."""
    height: float
    """The height for its minutes."""
    cells: tuple[tuple[Line, ...], ...]
    title: str = ""
    """The title of a theme, whose row is tinted."""


Placed = tuple[Row, float]
"""A row, and its height on its page."""


class Columns(NamedTuple):
    number: float
    asked: tuple[float, float]
    """The left edge and the width of questions."""
    notes: tuple[float, float]
    slide: float
    page: float
    """The right edge of the numbers of slides and pages."""


def laid_out(question_set: QuestionSet, context: Context) -> Plan:
    """Lay out the run sheet. Raises SourceError for fonts that cannot be used or lack
    characters."""
    look = context.stylesheet.run_sheet
    if question_set.settings.paper == "a5":
        look = small(look)
    style = context.stylesheet.workbook._replace(
        inner_margin=look.margin, outer_margin=look.margin,
        top_margin=look.margin, bottom_margin=look.bottom, foot_base=look.foot_base,
        heading_label_y=look.label_y, heading_title_y=look.title_y,
    )  # fmt: skip
    question_set, frame = framed(question_set, context, style, notes=True)
    made = _RunSheet(question_set, context, frame, look)
    drafts, words = made.laid_out(), context.strings
    book = sheets(
        drafts, words.run_sheet, made.root, question_set, context,
        numbered=lambda number: words.page_of.format(page=number, count=len(drafts)),
    )  # fmt: skip
    times, materials = made.times, made.materials
    word = word_file.planned(question_set, context, times, made.about, materials)
    return Plan(book, materials, word, tuple(problems(question_set, times.total)))


class _RunSheet:
    def __init__(
        self, question_set: QuestionSet, context: Context, frame: Frame, look: RunSheetStyle
    ) -> None:
        self.set, self.context, self.frame, self.look = question_set, context, frame, look
        self.words, self.root, self.times = context.strings, Tag("Document"), schedule(question_set)
        self.timed = bool(self.times.total)
        self.page_word = self.words.page[:1].upper() + self.words.page[1:]
        heads = (self.words.note_to_self, self.words.slide, self.page_word)
        self.columns = _columns(question_set, frame, look, self.timed, heads)
        self.materials = _materials(question_set, self.words.materials)
        self.about = self.words.summary(question_set.question_count, len(question_set.themes))
        """The total time, and the start and end, as far as they are known."""
        if self.timed:
            self.about = self.words.minutes.format(count=self.times.total)
        if self.timed and (starts := question_set.settings.starts):
            self.about += f" · {starts}–{self.times.ends}"

    def laid_out(self) -> list[Draft]:
        page = Draft(self.frame, self.words.run_sheet, section=self.root)
        base = self._opening(page)
        table = self.root.add("Table")
        y = self._head(page, base, table)
        rows = [self._row(entry, table) for entry in self.times.entries]
        if self.timed:
            rows.append(self._end(table))
        pages: list[Draft] = []
        for group in self._paged(rows, y):
            if pages:
                page = page.another()
                y = self._head(page, self.look.head.size, None)
            pages.append(page)
            for row, height in group:
                self._set(page, row, y, height)
                y += height
        for page in pages if len(pages) > 1 else ():
            page.foot = f"{self.set.title} · {self.words.run_sheet}"
        return pages

    # -- above the table

    def _opening(self, page: Draft) -> float:
        """Set title, time and materials, and return the baseline of the table's head."""
        look, tag = self.look, page.tag()
        base = page.heading(self.set.title, (0, 1), self.words.run_sheet, label_tag=tag)
        base += look.about_below
        self._about(page, base)
        if self.materials:
            base += look.about.leading * look.materials_leads
            width, paragraph = self.frame.width, page.tag()
            lines = self.frame.paragraph(self.materials, look.materials, width, paragraph)
            base = page.column(lines, 0.0, base, "")
        return base + look.table

    def _about(self, page: Draft, base: float) -> None:
        """Set duration, start, facilitator and group, with rules for those that are not known."""
        frame, style, line = self.frame, self.look.about, self.look.line
        tag, gap = page.tag(), frame.style.number_gap
        open_ = self.timed and not self.set.settings.starts
        shown = f"{self.about} · {self.words.starts_at}" if open_ else self.about
        page.text(f"{shown} ", style, 0.0, base, tag)
        x = frame.width_of(shown, style) + gap
        if open_:
            page.rule(x, base + 2, x + line)
            x += line + gap
        page.text(f"{self.words.led_with} ", style, x, base, tag)
        x += frame.width_of(self.words.led_with, style) + gap
        if x < frame.width:
            page.rule(x, base + 2, frame.width)

    def _head(self, page: Draft, base: float, table: Tag | None) -> float:
        """Set the names of the columns above a rule, and return its `y`. On further pages they are
        decoration."""
        look, at, words = self.look, self.columns, self.words
        row = table.add("TR") if table else None
        names = [(words.what_asked, at.number, 0), (words.note_to_self, at.notes[0], 0)]
        names += [(words.slide, at.slide, 1), (self.page_word, at.page, 1)]
        if self.timed:
            left, right = look.clock_x, look.minutes_x
            names[:0] = [(words.clock, left, 0), (words.minutes_short, right, 1)]
        for text, x, anchor in names:
            tag = row.add("TH", "/A <</O /Table /Scope /Column>>") if row else None
            page.text(text, look.head, x, base, tag, anchor=anchor)
        page.hairline(base + look.head_below, self.frame.palette.ink)
        return base + look.head_below

    # -- rows

    def _row(self, entry: Entry, table: Tag) -> Row:
        """Return the row of a question, or that of a theme with all of its minutes."""
        look, at, theme, question = self.look, self.columns, entry.theme, entry.question
        row, accent = table.add("TR"), self.frame.palette.accent(theme.number)
        clock, taken = entry.starts if entry.minutes else "", self.times.minutes_of(entry)
        cells = self._times(row, clock, taken, look.note if question else look.head)
        cell = row.add("TD")
        paragraph, text = cell.add("P"), question.text if question else theme.title
        long = len(plain(text).split()) > self.frame.style.long_words
        style, x, color = look.long_question if long else look.question, at.number, accent
        if question:
            number = f"{question.number} "
            cells.append(self._short(number, look.question, x, paragraph, accent))
            x, color = at.asked[0], ""
        room = sum(at.asked) - x
        asked = self.frame.paragraph(text, style, room, paragraph, x=x, balanced=True, color=color)
        asked += self.frame.addressed(text, room, cell, x)
        if question and (said := choices(question.answer)):
            choice = look.choices
            asked += self.frame.paragraph(said, choice, room, cell.add("P"), x=x, before=look.gap)
        asked += self._listed(question.followups if question else (), look.followup, at.asked, cell)
        notes = self._listed((question or theme).notes, look.note, at.notes, row.add("TD"))
        cells += [tuple(asked), tuple(notes)]
        numbers, pages = self.context.slide_numbers, self.context.workbook_pages
        for place, right in ((numbers, at.slide), (pages, at.page)):
            shown, muted = str(place.get(entry.key, "")), self.frame.palette.muted
            cells.append(self._short(shown, look.note, right, row.add("TD"), muted, 1.0))
        least = look.least if self.timed else look.untimed
        minutes = entry.minutes.length if entry.minutes else 0
        height = max(least if question else look.theme, minutes * look.minute)
        return Row(theme.number, height, tuple(cells), "" if question else plain(theme.title))

    def _short(
        self, text: str, style: TextStyle, x: float, tag: Tag, color: str, anchor: float = 0.0
    ) -> tuple[Line, ...]:
        """Return a cell with a word or number, if there is one."""
        x -= anchor * self.frame.width_of(text, style)
        return (Line((Span(text),), style, x, tag, color),) if text else ()

    def _times(
        self, row: Tag, clock: str, taken: Minutes | None, style: TextStyle
    ) -> list[tuple[Line, ...]]:
        """Return the cells of clock and minutes; none if nothing has minutes."""
        if not taken:
            return []
        look, palette = self.look, self.frame.palette
        color = palette.muted if taken.shared else palette.ink
        return [
            self._short(clock, look.clock, look.clock_x, row.add("TD"), palette.ink),
            self._short(str(taken), style, look.minutes_x, row.add("TD"), color, 1.0),
        ]

    def _end(self, table: Tag) -> Row:
        look, ink, row = self.look, self.frame.palette.ink, table.add("TR")
        cells = self._times(row, self.times.ends, Minutes(self.times.total), look.head)
        text, *_ = (row.add("TD") for _ in range(4))
        end = self._short(self.words.end, look.question, self.columns.number, text, ink)
        return Row(0, look.theme, (*cells, end))

    def _listed(
        self, items: Sequence[Note | FollowUp], style: TextStyle, at: tuple[float, float], cell: Tag
    ) -> Iterator[Line]:
        x, room = at
        step, gap = self.look.indent, self.look.gap
        return self.frame.listed(
            items, style, room, cell, x=x, step=step, hang=step, before=gap, between=gap
        )

    # -- on pages

    def _paged(self, rows: Sequence[Row], first: float) -> list[list[Placed]]:
        """Return the rows of each page, the first of which begins at `first`.

        All rows are slightly lower than their minutes require if that saves a page with hardly
        anything on it.
        """
        pages = self._filled(rows, first, 1.0)
        if sum(height for _, height in pages[-1]) > self.frame.height * self.look.sparse:
            return pages
        tried = (self._filled(rows, first, part) for part in self.look.squeezed)
        return next((each for each in tried if len(each) < len(pages)), pages)

    def _filled(self, rows: Sequence[Row], first: float, part: float) -> list[list[Placed]]:
        """Return pages with rows of this share of the height that their minutes require; one that
        no page holds is divided. A theme stays with its first question, and the end with the
        last."""
        pages: list[list[Placed]] = [[]]
        top, room = self.look.head.size + self.look.head_below, self.frame.height - first
        for whole, following in zip(rows, [*rows[1:], None], strict=True):
            together = following and (whole.title or not following.theme)
            after = self._height(following, part) if following and together else 0.0
            if self._height(whole, part) + after > room + EQUAL and pages[-1]:
                pages.append([])
                room = self.frame.height - top
            row, rest = self._parted(whole, room)
            while any(rest.cells):
                pages[-1].append((row, room))
                pages.append([])
                room = self.frame.height - top
                row, rest = self._parted(rest, room)
            height = max(self._needed(row), min(row.height * part, room - after))
            pages[-1].append((row, height))
            room -= height
        return pages

    def _needed(self, row: Row) -> float:
        """Return the height of a row's texts."""
        further = max(sum(line.height for line in cell[1:]) for cell in row.cells)
        return self.look.base + self.look.below + further

    def _height(self, row: Row, part: float) -> float:
        return max(self._needed(row), row.height * part)

    def _parted(self, row: Row, room: float) -> tuple[Row, Row]:
        """Return the part of a row that fits into `room`, with at least a line of each cell, and
        the rest."""
        room -= self.look.base + self.look.below - EQUAL
        now, rest = [], []
        for cell in row.cells:
            heights = accumulate(line.height for line in cell[1:])
            kept = 1 + sum(1 for _ in takewhile(lambda height: height <= room, heights))
            now.append(cell[:kept])
            rest.append(cell[kept:])
        return row._replace(cells=tuple(now)), Row(row.theme, 0.0, tuple(rest))

    def _set(self, page: Draft, row: Row, y: float, height: float) -> None:
        surface = self.frame.palette.surface(row.theme or 1)
        if row.title:
            tint = tinted(surface, self.look.theme_tint)
            page.add(Bar(0.0, y + RULE, self.frame.width, height - RULE, tint))
            page.add(Bookmark(y, (row.theme, 0), row.title, 1))
        if row.theme:
            page.add(Bar(0.0, y + RULE, self.look.bar, height - RULE, surface))
        for cell in row.cells:
            page.column(cell, 0.0, y + self.look.base)
        page.hairline(y + height)


def _columns(
    question_set: QuestionSet, frame: Frame, look: RunSheetStyle, timed: bool,
    heads: tuple[str, str, str],
) -> Columns:  # fmt: skip
    """Return the columns. Questions and notes share the width that the others leave.

    `heads` are those of the last three columns, which are at least as wide as their heads."""
    largest = max(each.number for theme in question_set.themes for each in theme.questions)
    digits = max(3, len(str(largest)) + 1)
    number = look.number_x if timed else look.clock_x
    text = number + frame.width_of("0" * digits, look.question)
    page = frame.width - look.pad
    note, *places = (frame.width_of(head, look.head) for head in heads)
    slide = page - max(look.place, places[1]) - look.gutter / 2
    free = slide - max(look.place, places[0]) - text - 2 * look.gutter
    noted = any(map(_notes_of, question_set.themes))
    room = min(free * (look.question_share if noted else look.bare_share), free - note)
    notes = (text + room + look.gutter, free - room)
    return Columns(number, (text, room), notes, slide, page)


def _notes_of(theme: Theme) -> tuple[Note, ...]:
    return (*theme.notes, *(note for each in theme.questions for note in each.notes))


def _materials(question_set: QuestionSet, word: str) -> Inline:
    """Return all materials in the notes, each once, as one text."""
    found: dict[str, Inline] = {}
    for theme in question_set.themes:
        for note in _notes_of(theme):
            first, colon, rest = note.text[0].text.partition(":") if note.text else ("", "", "")
            if colon and first.strip().casefold() in (MATERIALS, word.casefold()):
                text = (replace(note.text[0], text=rest.lstrip()), *note.text[1:])
                found.setdefault(plain(text).casefold(), text)
    made = [span for text in found.values() for span in (Span("; "), *text)]
    return (Span(f"{word}: "), *made[1:]) if made else ()
