"""The run sheet's plan: a table whose rows are as high as their minutes are long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.look.color import tinted
from generator.look.papers import RunSheetStyle, small
from generator.look.style import MM
from generator.look.workbook import TextStyle
from generator.model import Inline, Note, QuestionSet, Span, plain
from generator.pdf.structure import Tag, numbered_list
from generator.writers import Context
from generator.writers.paper import Sheet, bound, framed
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
    diagnostics: tuple[Diagnostic, ...]


class Line(NamedTuple):
    """A line of a cell."""

    text: Inline
    style: TextStyle
    color: str
    tag: Tag
    indent: float = 0.0
    before: float = 0.0
    marker: str = ""
    label: Tag | None = None
    """Of the marker; None where it is decoration."""


class Short(NamedTuple):
    """A text of a row's first line."""

    text: str
    style: TextStyle
    x: float
    color: str
    tag: Tag
    anchor: float = 0.0
    """1 where it ends at `x`."""


class Row(NamedTuple):
    theme: int
    """0 for the end."""
    height: float
    """That its minutes ask for."""
    shorts: tuple[Short, ...]
    asked: tuple[Line, ...]
    noted: tuple[Line, ...]
    tint: bool = False


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
    margins = (look.margin_mm, look.bottom_mm)
    question_set, frame = framed(question_set, context, *margins, notes=True)
    times, root = schedule(question_set), Tag("Document")
    made = _RunSheet(question_set, context, frame, look, times, root)
    sheets = made.laid_out()
    kind = context.strings.run_sheet
    book = bound(sheets, kind, root, frame, question_set, context)
    found = tuple(problems(question_set, times.total))
    return Plan(book, times, made.materials, found)


class _RunSheet:
    def __init__(
        self, question_set: QuestionSet, context: Context, frame: Frame, look: RunSheetStyle,
        times: Schedule, root: Tag,
    ) -> None:  # fmt: skip
        self.set, self.context, self.frame, self.look = question_set, context, frame, look
        self.words, self.times, self.root = context.strings, times, root
        self.columns = _columns(question_set, frame, look, bool(times.total))
        self.materials = _materials(question_set, self.words.materials)
        self.pages: list[Boxes] = [[]]
        self.y, self.fresh = 0.0, True
        """How far down the page is filled, and whether only by the table's head."""

    def laid_out(self) -> list[Sheet]:
        base = self._opening()
        table = self.root.add("Table")
        self._head(base, table)
        rows = [self._row(entry, table) for entry in self.times.entries if self._shown(entry)]
        if self.times.total:
            rows.append(self._end(table))
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            together = following and (row.tint or not following.theme)
            self._add(row, following if together else None)
        count = len(self.pages)
        return [Sheet(page, self._foot(number, count)) for number, page in enumerate(self.pages, 1)]

    # -- above the table

    def _opening(self) -> float:
        """Title, time and materials; the baseline of the table's head."""
        frame, look, ink = self.frame, self.look, self.frame.palette.ink
        page, muted = self.pages[0], frame.palette.muted
        tag = self.root.add("P")
        page.append(frame.tracked(self.words.run_sheet, frame.at(look.label_mm), muted, tag))
        title, sizes = frame.style.title, (30.0, 24.0, 20.0, 16.0)
        lines, shown = frame.largest((Span(self.set.title),), title, sizes, frame.width, 2)
        base = frame.at(look.title_mm)
        page.append(Bookmark(0.0, (0, 1), self.set.title))
        boxes, base = frame.set(lines, shown, 0.0, base, ink, self.root.add("H1"))
        page += boxes
        base += look.about_mm * MM - shown.leading_pt
        page += self._about(base)
        if self.materials:
            base += look.about.leading_pt * look.materials_leads
            lines = frame.lines(self.materials, look.about, frame.width)
            boxes, base = frame.set(lines, look.about, 0.0, base, ink, self.root.add("P"))
            page += boxes
            base -= look.about.leading_pt
        return base + look.table_mm * MM

    def _about(self, base: float) -> Boxes:
        """How long it takes, when it begins, and who leads it with whom: rules where that is not
        known."""
        frame, style, times, words = self.frame, self.look.about, self.times, self.words
        asked, starts = words.summary(self.set.question_count, len(self.set.themes)), ""
        if times.total:
            asked = words.minutes.format(count=times.total)
            starts = self.set.settings.starts
        tag, gap = self.root.add("P"), frame.style.number_gap_mm * MM
        span = f"{starts}–{times.ends}" if starts else ""
        open_ = times.total and not starts
        shown = " · ".join(filter(None, (asked, span, words.starts_at if open_ else "")))
        boxes: Boxes = [frame.text(f"{shown} ", style, 0.0, base, frame.palette.muted, tag)]
        x = frame.width_of(shown, style) + gap
        if open_:
            boxes.append(self._line(x, base, x + self.look.line_mm * MM))
            x += self.look.line_mm * MM + gap
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
            left, right = look.clock_mm * MM, look.minutes_mm * MM
            names[:0] = [(words.clock, left, 0), (words.minutes_short, right, 1)]
        for text, x, anchor in names:
            tag = row.add("TH", "/A <</O /Table /Scope /Column>>") if row else None
            muted = frame.palette.muted
            self.pages[-1].append(frame.text(text, look.head, x, base, muted, tag, anchor))
        self.y = base + look.head_mm * MM
        self.pages[-1].append(frame.hairline(self.y, frame.palette.ink))
        self.fresh = True

    # -- rows

    def _shown(self, entry: Entry) -> bool:
        """A theme that is all of the set has a row only if that says something."""
        alone = len(self.set.themes) == 1
        return not alone or bool(entry.question or entry.minutes or entry.theme.notes)

    def _row(self, entry: Entry, table: Tag) -> Row:
        """A theme's row, which has the minutes of all of it, or a question's."""
        frame, look, at, palette = self.frame, self.look, self.columns, self.frame.palette
        theme, question, row = entry.theme, entry.question, table.add("TR")
        color, style, ink = palette.accent(theme.number), look.question, palette.ink
        shorts = self._times(entry, row)
        cell = row.add("TD")
        paragraph, text = cell.add("P"), question.text if question else theme.title
        if len(plain(text).split()) > frame.style.long_words:
            style = look.long_question
        if question:
            number = f"{question.number} "
            shorts.append(Short(number, look.question, at.number, color, paragraph))
        left, title = (0.0, ink) if question else (at.number - at.text, color)
        lines = frame.balanced(text, style, at.room - left)
        asked = [Line(each, style, title, paragraph, left) for each in lines]
        below = [Note(each.text, each.depth) for each in question.followups] if question else []
        asked += self._listed(below, look.followup, at.room, cell)
        cell = row.add("TD")
        noted = self._listed((question or theme).notes, look.note, at.note_room, cell)
        numbers, pages = self.context.slide_numbers, self.context.workbook_pages
        for place, x in ((numbers, at.slide), (pages, at.page)):
            shown = str(place.get(entry.key, ""))
            shorts.append(Short(shown, look.note, x, palette.muted, row.add("TD"), 1))
        least = look.least_mm if at.timed else look.untimed_mm
        least = least if question else look.theme_mm
        minutes = entry.minutes.length if entry.minutes else 0
        height = max(least, minutes * look.minute_mm) * MM
        return Row(theme.number, height, (*shorts,), (*asked,), (*noted,), question is None)

    def _times(self, entry: Entry, row: Tag) -> list[Short]:
        if not self.columns.timed:
            return []
        look, palette = self.look, self.frame.palette
        inside = [each for each in self.times.entries if each.theme is entry.theme]
        taken = [each.minutes for each in ([entry] if entry.question else inside) if each.minutes]
        shared = any(each.shared for each in taken)
        shared = shared and (entry.question is not None or entry.theme.minutes is None)
        length, color = sum(each.length for each in taken), palette.muted if shared else palette.ink
        starts = entry.starts if entry.minutes else ""
        clock = Short(starts, look.clock, look.clock_mm * MM, palette.ink, row.add("TD"))
        style, text = look.note if entry.question else look.head, f"{'~' * shared}{length}"
        right = look.minutes_mm * MM
        return [clock, Short(text, style, right, color, row.add("TD"), 1)]

    def _end(self, table: Tag) -> Row:
        look, ink, row = self.look, self.frame.palette.ink, table.add("TR")
        clock, total, text, *_ = (row.add("TD") for _ in range(6))
        right, length = look.minutes_mm * MM, str(self.times.total)
        shorts = (
            Short(self.times.ends, look.clock, look.clock_mm * MM, ink, clock),
            Short(length, look.head, right, ink, total, 1),
        )
        left = self.columns.number - self.columns.text
        end = Line((Span(self.words.end),), look.question, ink, text.add("P"), left)
        return Row(0, look.theme_mm * MM, shorts, (end,), ())

    def _listed(
        self, items: Iterable[Note], style: TextStyle, room: float, cell: Tag
    ) -> Iterator[Line]:
        """Paragraphs and items, as lists in each other."""
        step, parents, before = self.look.indent_mm * MM, [cell], self.look.gap_pt
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
            paragraph = tag.add("P")
            lines = self.frame.lines(item.text, style, room - depth * step)
            for n, line in enumerate(lines):
                shown = (depth * step, before, marker, label) if n == 0 else (depth * step,)
                yield Line(line, style, self.frame.palette.ink, paragraph, *shown)

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
        self._head(self.look.head.size_pt, None)

    def _needed(self, row: Row) -> float:
        """The height of a row's texts."""
        return (self.look.base_mm + self.look.below_mm) * MM + max(
            sum(each.style.leading_pt + each.before for each in lines[1:])
            for lines in (row.asked, row.noted)
        )

    def _least(self, row: Row) -> float:
        return max(self._needed(row), row.height * self.look.squeezed)

    def _parted(self, row: Row) -> tuple[Row, Row]:
        """What the page has room for, a line of each cell at least, and the rest."""
        kept = []
        for lines in (row.asked, row.noted):
            y, count = (self.look.base_mm + self.look.below_mm) * MM, 1
            for line in lines[1:]:
                y += line.style.leading_pt + line.before
                count += y <= self._room
            kept.append(count)
        asked, noted = kept
        now = row._replace(asked=row.asked[:asked], noted=row.noted[:noted], height=0.0)
        rest = row._replace(asked=row.asked[asked:], noted=row.noted[noted:], height=0.0)
        return now, rest._replace(shorts=())

    def _set(self, row: Row, height: float) -> None:
        frame, look, at, page, y = self.frame, self.look, self.columns, self.pages[-1], self.y
        surface, base = frame.palette.surface(row.theme or 1), y + look.base_mm * MM
        if row.tint:
            tint = tinted(surface, look.theme_tint)
            page.append(Bar(0.0, y + RULE, frame.width, height - RULE, tint))
            title = " ".join(plain(line.text).strip() for line in row.asked)
            page.append(Bookmark(y, (row.theme, 0), title, 1))
        if row.theme:
            page.append(Bar(0.0, y + RULE, look.bar_mm * MM, height - RULE, surface))
        for each in filter(lambda short: short.text, row.shorts):
            text, style, x, color, tag, anchor = each
            page.append(frame.text(text, style, x, base, color, tag, anchor))
        for x, lines in ((at.text, row.asked), (at.note, row.noted)):
            self._lines(lines, x, base)
        self.y += height
        page.append(frame.hairline(self.y))
        self.fresh = False

    def _lines(self, lines: Sequence[Line], x: float, base: float) -> None:
        frame, page = self.frame, self.pages[-1]
        for number, line in enumerate(lines):
            base += line.style.leading_pt + line.before if number else 0.0
            left = x + line.indent
            if line.marker:
                at = left - self.look.indent_mm * MM
                page.append(frame.text(line.marker, line.style, at, base, line.color, line.label))
            page += frame.set([line.text], line.style, left, base, line.color, line.tag, " ")[0]

    def _foot(self, number: int, count: int) -> Boxes:
        """The set's title, and of how many pages this is one."""
        frame, style, muted = self.frame, self.frame.style.foot, self.frame.palette.muted
        base, left = frame.page_height - self.look.foot_mm * MM, frame.inner
        right = left + frame.width
        page = self.words.page_of.format(page=number, count=count)
        room = frame.width - frame.width_of(page, style) - self.look.gutter_mm * MM
        title = frame.shortened(f"{self.set.title} · {self.words.run_sheet}", style, room)
        return [
            frame.text(title, style, left, base, muted),
            frame.text(page, style, right, base, muted, anchor=1),
        ]


def _columns(question_set: QuestionSet, frame: Frame, look: RunSheetStyle, timed: bool) -> Columns:
    """What is left of the page's width is shared by questions and notes."""
    numbers = (each.number for theme in question_set.themes for each in theme.questions)
    digits = max(3, len(str(max(numbers, default=1))) + 1)
    number = (look.number_mm if timed else look.clock_mm) * MM
    text = number + frame.width_of("0" * digits, look.question)
    free = frame.width - text - (look.place_mm + 2 * look.gutter_mm) * MM
    room = free * look.question_share
    note = text + room + look.gutter_mm * MM
    page = frame.width - look.pad_mm * MM
    slide = page - look.page_mm * MM
    return Columns(number, text, room, note, free - room, slide, page, timed)


def _materials(question_set: QuestionSet, word: str) -> Inline:
    """What notes say is to be brought, each once, as one text."""
    found: dict[str, Inline] = {}
    for theme in question_set.themes:
        for note in (*theme.notes, *(n for each in theme.questions for n in each.notes)):
            first, colon, rest = note.text[0].text.partition(":") if note.text else ("", "", "")
            if colon and first.strip().casefold() in (MATERIALS, word.casefold()):
                text = (replace(note.text[0], text=rest.lstrip()), *note.text[1:])
                found.setdefault(plain(text).casefold(), text)
    made = [span for text in found.values() for span in (Span("; "), *text)]
    return (Span(f"{word}: "), *made[1:]) if made else ()
