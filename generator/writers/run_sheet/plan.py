"""The run sheet's plan: a table whose rows are as high as their minutes are long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.look.color import tinted
from generator.look.papers import RunSheetStyle, small
from generator.look.workbook import TextStyle
from generator.model import Inline, Note, QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.writers import Context
from generator.writers.handout import paragraphs as handout
from generator.writers.paper import bound, framed
from generator.writers.run_sheet import word as word_file
from generator.writers.run_sheet.timing import Entry, Schedule, problems, schedule
from generator.writers.workbook.boxes import Bar, Bookmark, Boxes, Rules
from generator.writers.workbook.frame import EQUAL, Frame
from generator.writers.workbook.plan import Plan as Book

MATERIALS = "materials"
"""What a note begins with that says what to bring, besides the word of the set's language."""

RULE = 0.5
"""Points of a rule that lie on the row below it."""


@dataclass(frozen=True, slots=True)
class Plan:
    book: Book
    schedule: Schedule
    materials: Inline
    word: handout.Plan
    """The same to edit."""
    diagnostics: tuple[Diagnostic, ...]


class Line(NamedTuple):
    """A line of a cell."""

    text: Inline
    style: TextStyle
    x: float
    color: str
    tag: Tag
    anchor: float = 0.0
    """1 where it ends at `x`."""
    before: float = 0.0
    marker: str = ""
    label: Tag | None = None
    """Of the marker; None where it is decoration."""


Cell = tuple[Line, ...]


class Row(NamedTuple):
    theme: int
    """0 for the end."""
    height: float
    """That its minutes ask for."""
    cells: tuple[Cell, ...]
    title: str = ""
    """Of a theme, which is tinted."""


class Columns(NamedTuple):
    number: float
    text: float
    room: float
    note: float
    note_room: float
    slide: float
    page: float
    """Where the numbers of slides and pages end."""
    timed: bool


def laid_out(question_set: QuestionSet, context: Context) -> Plan:
    """Raises SourceError for fonts and characters without one."""
    look = context.stylesheet.run_sheet
    if question_set.settings.paper == "a5":
        look = small(look)
    margins = (look.margin, look.bottom)
    question_set, frame = framed(question_set, context, *margins, notes=True)
    times, root = schedule(question_set), Tag("Document")
    made = _RunSheet(question_set, context, frame, look, times, root)
    sheets, kind = made.laid_out(), context.strings.run_sheet
    book = bound(sheets, kind, root, frame, question_set, context)
    word = word_file.planned(question_set, context, times, made.about, made.materials)
    return Plan(book, times, made.materials, word, tuple(problems(question_set, times.total)))


class _RunSheet:
    def __init__(
        self, question_set: QuestionSet, context: Context, frame: Frame, look: RunSheetStyle,
        times: Schedule, root: Tag,
    ) -> None:  # fmt: skip
        self.set, self.context, self.frame, self.look = question_set, context, frame, look
        self.words, self.times, self.root = context.strings, times, root
        self.columns = _columns(question_set, frame, look, bool(times.total))
        self.materials = _materials(question_set, self.words.materials)
        self.about = self.words.summary(question_set.question_count, len(question_set.themes))
        """How long all takes, and when, as far as that is known."""
        if times.total:
            self.about = self.words.minutes.format(count=times.total)
        if times.total and (starts := question_set.settings.starts):
            self.about += f" · {starts}–{times.ends}"
        self.pages: list[Boxes] = [[]]
        self.y, self.fresh = 0.0, True
        """How far down the page is filled, and whether only by the table's head."""

    def laid_out(self) -> list[Boxes]:
        base = self._opening()
        table = self.root.add("Table")
        self._head(base, table)
        rows = [self._row(entry, table) for entry in self.times.entries]
        if self.times.total:
            rows.append(self._end(table))
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            together = following and (row.title or not following.theme)
            self._add(row, following if together else None)
        count = len(self.pages)
        return [[*page, *self._foot(number, count)] for number, page in enumerate(self.pages, 1)]

    # -- above the table

    def _opening(self) -> float:
        """Title, time and materials; the baseline of the table's head."""
        frame, look, ink = self.frame, self.look, self.frame.palette.ink
        page, muted = self.pages[0], frame.palette.muted
        tag = self.root.add("P")
        page.append(frame.tracked(self.words.run_sheet, frame.at(look.label_y), muted, tag))
        title, sizes = frame.style.title, (30.0, 24.0, 20.0, 16.0)
        lines, shown = frame.largest((Span(self.set.title),), title, sizes, frame.width, 2)
        base = frame.at(look.title_y)
        page.append(Bookmark(0.0, (0, 1), self.set.title))
        boxes, base = frame.set(lines, shown, 0.0, base, ink, self.root.add("H1"))
        page += boxes
        base += look.about_below - shown.leading
        page += self._about(base)
        if self.materials:
            base += look.about.leading * look.materials_leads
            lines = frame.lines(self.materials, look.about, frame.width)
            boxes, base = frame.set(lines, look.about, 0.0, base, ink, self.root.add("P"))
            page += boxes
            base -= look.about.leading
        return base + look.table

    def _about(self, base: float) -> Boxes:
        """How long it takes, when it begins, and who leads it with whom: rules where that is not
        known."""
        frame, style, times, words = self.frame, self.look.about, self.times, self.words
        tag, gap = self.root.add("P"), frame.style.number_gap
        open_ = times.total and not self.set.settings.starts
        shown = f"{self.about} · {words.starts_at}" if open_ else self.about
        boxes: Boxes = [frame.text(f"{shown} ", style, 0.0, base, frame.palette.muted, tag)]
        x = frame.width_of(shown, style) + gap
        if open_:
            boxes.append(self._line(x, base, x + self.look.line))
            x += self.look.line + gap
        boxes.append(frame.text(f"{words.led_with} ", style, x, base, frame.palette.muted, tag))
        x += frame.width_of(words.led_with, style) + gap
        return [*boxes, self._line(x, base, frame.width)] if x < frame.width else boxes

    def _line(self, x: float, base: float, right: float) -> Rules:
        return Rules(x, base + 2, right, base + 2, 0.5, self.frame.palette.rule)

    def _head(self, base: float, table: Tag | None) -> None:
        """The names of the columns; on further pages they are decoration."""
        frame, look, at, words = self.frame, self.look, self.columns, self.words
        row = table.add("TR") if table else None
        page = words.page[:1].upper() + words.page[1:]
        names = [(words.what_asked, at.number, 0), (words.note_to_self, at.note, 0)]
        names += [(words.slide, at.slide, 1), (page, at.page, 1)]
        if at.timed:
            left, right = look.clock_x, look.minutes_x
            names[:0] = [(words.clock, left, 0), (words.minutes_short, right, 1)]
        for text, x, anchor in names:
            tag = row.add("TH", "/A <</O /Table /Scope /Column>>") if row else None
            muted = frame.palette.muted
            self.pages[-1].append(frame.text(text, look.head, x, base, muted, tag, anchor))
        self.y = base + look.head_below
        self.pages[-1].append(frame.hairline(self.y, frame.palette.ink))
        self.fresh = True

    # -- rows

    def _row(self, entry: Entry, table: Tag) -> Row:
        """A theme's row, which has the minutes of all of it, or a question's."""
        frame, look, at, palette = self.frame, self.look, self.columns, self.frame.palette
        theme, question, row = entry.theme, entry.question, table.add("TR")
        color, ink = palette.accent(theme.number), palette.ink
        cells = self._times(entry, row)
        cell = row.add("TD")
        paragraph, text = cell.add("P"), question.text if question else theme.title
        long = len(plain(text).split()) > frame.style.long_words
        style = look.long_question if long else look.question
        if question:
            number = (Span(f"{question.number} "),)
            cells.append((Line(number, look.question, at.number, color, paragraph),))
        left, color = (at.text, ink) if question else (at.number, color)
        lines = frame.balanced(text, style, at.text + at.room - left)
        asked = [Line(each, style, left, color, paragraph) for each in lines]
        below = [Note(each.text, each.depth) for each in question.followups] if question else []
        asked += self._listed(below, look.followup, at.text, at.room, cell)
        notes, cell = (question or theme).notes, row.add("TD")
        cells += [(*asked,), (*self._listed(notes, look.note, at.note, at.note_room, cell),)]
        numbers, pages = self.context.slide_numbers, self.context.workbook_pages
        for place, x in ((numbers, at.slide), (pages, at.page)):
            shown = (Span(str(place.get(entry.key, ""))),)
            cells.append((Line(shown, look.note, x, palette.muted, row.add("TD"), 1),))
        least = look.least if at.timed else look.untimed
        minutes = entry.minutes.length if entry.minutes else 0
        height = max(least if question else look.theme, minutes * look.minute)
        return Row(theme.number, height, (*cells,), "" if question else plain(theme.title))

    def _times(self, entry: Entry, row: Tag) -> list[Cell]:
        palette, taken = self.frame.palette, self.times.minutes_of(entry)
        if not taken:
            return []
        clock, color = entry.starts if entry.minutes else "", palette.ink
        style = self.look.note if entry.question else self.look.head
        return self._clock(clock, str(taken), style, palette.muted if taken.shared else color, row)

    def _clock(
        self, clock: str, minutes: str, style: TextStyle, color: str, row: Tag
    ) -> list[Cell]:
        look, ink, tags = self.look, self.frame.palette.ink, (row.add("TD"), row.add("TD"))
        starts = Line((Span(clock),), look.clock, look.clock_x, ink, tags[0])
        return [
            (starts,),
            (Line((Span(minutes),), style, look.minutes_x, color, tags[1], 1),),
        ]

    def _end(self, table: Tag) -> Row:
        look, ink, row = self.look, self.frame.palette.ink, table.add("TR")
        cells = self._clock(self.times.ends, str(self.times.total), look.head, ink, row)
        text, *_ = (row.add("TD") for _ in range(4))
        end = Line((Span(self.words.end),), look.question, self.columns.number, ink, text)
        return Row(0, look.theme, (*cells, (end,)))

    def _listed(
        self, items: Iterable[Note], style: TextStyle, x: float, room: float, cell: Tag
    ) -> Iterator[Line]:
        """Paragraphs and items, as lists in each other."""
        parents, before = [cell], self.look.gap
        for item in items:
            depth = min(item.depth, len(parents))
            del parents[max(depth, 1) :]
            tag, label, marker, above = parents[0], None, "", parents[-1]
            if depth:
                inside = above.kids[-1] if above.kids and above.kids[-1].type == "L" else None
                inside = inside or (numbered_list(above) if item.number else above.add("L"))
                entry = inside.add("LI")
                label = entry.add("Lbl") if item.number else None
                marker = f"{item.number}. " if item.number else "–"
                tag = entry.add("LBody")
                parents.append(tag)
            paragraph, indent = tag.add("P"), depth * self.look.indent
            first = (0.0, before, marker, label)
            for n, line in enumerate(self.frame.lines(item.text, style, room - indent)):
                made = Line(line, style, x + indent, self.frame.palette.ink, paragraph)
                yield made if n else Line(*made[:5], *first)

    # -- on pages

    def _add(self, row: Row, following: Row | None) -> None:
        """A row as high as its minutes, or a little less at the end of a page; one that no page
        holds goes on. Where one is following, it stands on the same page."""
        after = self._least(following) if following else 0.0
        if self.y + self._least(row) + after > self.frame.height + EQUAL and not self.fresh:
            self._turn()
        while self._needed(row) > self._room + EQUAL:
            now, row = self._parted(row)
            self._set(now, self._room)
            self._turn()
        self._set(row, max(self._needed(row), min(row.height, self._room - after)))

    @property
    def _room(self) -> float:
        return self.frame.height - self.y

    def _turn(self) -> None:
        self.pages.append([])
        self._head(self.look.head.size, None)

    def _needed(self, row: Row) -> float:
        """The height of a row's texts."""
        further = max(sum(map(_height, cell[1:])) for cell in row.cells)
        return self.look.base + self.look.below + further

    def _least(self, row: Row) -> float:
        return max(self._needed(row), row.height * self.look.squeezed)

    def _parted(self, row: Row) -> tuple[Row, Row]:
        """What the page has room for, a line of each cell at least, and the rest."""
        room = self._room - self.look.base - self.look.below
        kept = [1 + sum(y <= room for y in accumulate(map(_height, c[1:]))) for c in row.cells]
        pairs = list(zip(row.cells, kept, strict=True))
        now, rest = (tuple(c[:n] for c, n in pairs), tuple(c[n:] for c, n in pairs))
        return row._replace(cells=now), row._replace(cells=rest, height=0.0, title="")

    def _set(self, row: Row, height: float) -> None:
        frame, look, page, y = self.frame, self.look, self.pages[-1], self.y
        surface = frame.palette.surface(row.theme or 1)
        if row.title:
            tint = tinted(surface, look.theme_tint)
            page.append(Bar(0.0, y + RULE, frame.width, height - RULE, tint))
            page.append(Bookmark(y, (row.theme, 0), row.title, 1))
        if row.theme:
            page.append(Bar(0.0, y + RULE, look.bar, height - RULE, surface))
        for cell in row.cells:
            self._lines(cell, y + look.base)
        self.y += height
        page.append(frame.hairline(self.y))
        self.fresh = False

    def _lines(self, cell: Cell, base: float) -> None:
        frame, page = self.frame, self.pages[-1]
        for number, line in enumerate(cell):
            base += _height(line) if number else 0.0
            x, style = line.x, line.style
            if line.anchor:
                x -= line.anchor * frame.width_of(plain(line.text), style)
            if line.marker:
                at = x - self.look.indent
                page.append(frame.text(line.marker, style, at, base, line.color, line.label))
            if plain(line.text):
                page += frame.set([line.text], style, x, base, line.color, line.tag, " ")[0]

    def _foot(self, number: int, count: int) -> Boxes:
        """Of how many pages this is one, and the set's title. On fewer than three pages a checker
        takes that for text that is left out, and the first page has it anyway."""
        if count == 1:
            return []
        frame, style, muted = self.frame, self.frame.style.foot, self.frame.palette.muted
        base = frame.page_height - frame.top - self.look.foot_base
        page = self.words.page_of.format(page=number, count=count)
        room = frame.width - frame.width_of(page, style) - self.look.gutter
        title = frame.shortened(f"{self.set.title} · {self.words.run_sheet}", style, room)
        shown = frame.text(page, style, frame.width, base, muted, anchor=1)
        return [frame.text(title, style, 0.0, base, muted), shown] if count > 2 else [shown]


def _height(line: Line) -> float:
    return line.style.leading + line.before


def _columns(question_set: QuestionSet, frame: Frame, look: RunSheetStyle, timed: bool) -> Columns:
    """What is left of the page's width is shared by questions and notes."""
    numbers = (each.number for theme in question_set.themes for each in theme.questions)
    digits = max(3, len(str(max(numbers, default=1))) + 1)
    number = look.number_x if timed else look.clock_x
    text = number + frame.width_of("0" * digits, look.question)
    free = frame.width - text - look.place - 2 * look.gutter
    noted = any(map(_notes_of, question_set.themes))
    room = free * (look.question_share if noted else look.bare_share)
    note = text + room + look.gutter
    page = frame.width - look.pad
    slide = page - look.page
    return Columns(number, text, room, note, free - room, slide, page, timed)


def _notes_of(theme: Theme) -> tuple[Note, ...]:
    return (*theme.notes, *(note for each in theme.questions for note in each.notes))


def _materials(question_set: QuestionSet, word: str) -> Inline:
    """What notes say is to be brought, each once, as one text."""
    found: dict[str, Inline] = {}
    for theme in question_set.themes:
        for note in _notes_of(theme):
            first, colon, rest = note.text[0].text.partition(":") if note.text else ("", "", "")
            if colon and first.strip().casefold() in (MATERIALS, word.casefold()):
                text = (replace(note.text[0], text=rest.lstrip()), *note.text[1:])
                found.setdefault(plain(text).casefold(), text)
    made = [span for text in found.values() for span in (Span("; "), *text)]
    return (Span(f"{word}: "), *made[1:]) if made else ()
