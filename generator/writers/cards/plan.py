"""The cards' plan: sheets of cells, fronts with their backs behind them.

A card is cut out of its cell, so that between two cards there is room for the colours to run past
the cut, and for the marks to cut by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.diagnostics import Diagnostic, warning
from generator.look.workbook import TextStyle
from generator.model import Inline, Question, QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag
from generator.writers import Context
from generator.writers.paper import bound, framed
from generator.writers.workbook.boxes import Bar, Bookmark, Boxes, Rules, Text
from generator.writers.workbook.frame import Frame
from generator.writers.workbook.plan import Plan as Book

ROWS = {"a6": (2, 2), "a7": (4, 3), "business": (5, 4)}
"""Of cells on a sheet, and on one of A5; there are two columns."""
COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    book: Book
    cards: tuple[Card, ...]
    diagnostics: tuple[Diagnostic, ...]


class Paragraph(NamedTuple):
    lines: Sequence[Inline]
    style: TextStyle


class Card(NamedTuple):
    """A theme's question with its text as it fits; without a theme a card to write on."""

    theme: Theme | None = None
    question: Question | None = None
    paragraphs: tuple[Paragraph, ...] = ()


Cell = tuple[int, int]
"""Column and row."""


def laid_out(question_set: QuestionSet, context: Context) -> Plan:
    """Raises SourceError for fonts and characters without one."""
    question_set, frame = framed(question_set, context, 0.0, 0.0, notes=False)
    root, asked = Tag("Document"), question_set.settings.cards
    made = _Cards(question_set, context, frame, root)
    cards = tuple(made.cards())
    sheets = list(made.sheets(cards))
    name = context.strings.cards
    book = bound(sheets, name, root, frame, question_set, context, asked.flip.capitalize())
    return Plan(book, cards, tuple(made.problems))


class _Cards:
    def __init__(self, made: QuestionSet, context: Context, frame: Frame, root: Tag) -> None:
        self.set, self.frame, self.root, self.asked = made, frame, root, made.settings.cards
        self.words, self.look = context.strings, context.stylesheet.cards
        self.rows = ROWS[self.asked.size][made.settings.paper == "a5"]
        self.width, self.height = frame.page_width / COLUMNS, frame.page_height / self.rows
        inset = self.look.inset
        self.cut = (inset, inset, self.width - inset, self.height - inset)
        """Left, top, right and bottom, in a cell."""
        self.text = inset + self.look.edge + self.look.side
        self.room = self.cut[2] - self.look.side - self.text
        down = self.look.number_base + self.look.question_below - self.look.question.size
        self.top = inset + down
        """Of a question's text."""
        self.problems: list[Diagnostic] = []
        self.themes = {theme.number: root.add("Sect") for theme in made.themes}

    # -- what stands on each

    def cards(self) -> Iterator[Card]:
        for theme in self.set.themes:
            for question in theme.questions:
                paragraphs = self._fitting(question)
                if not paragraphs and question.followups:
                    self._warn(question, "the follow-ups of question {} do not fit on its card")
                    paragraphs = self._fitting(replace(question, followups=()))
                if not paragraphs:
                    self._warn(question, "question {} has no card: its text does not fit on one")
                    continue
                if len(plain(question.text).split()) > self.look.long_words:
                    self._warn(question, "question {} is long for a card, and set in small type")
                yield Card(theme, question, paragraphs)

    def _warn(self, question: Question, message: str) -> None:
        hint = "shorten it, or ask for larger cards: `cards: {size: a6}`"
        message = message.format(question.number)
        self.problems.append(warning(message, self.set.path, question.line, hint))

    def _fitting(self, question: Question) -> tuple[Paragraph, ...]:
        """A question in the largest size in which it fits with its follow-ups; else nothing."""
        look, frame = self.look, self.frame
        large = look.large_sizes if self.asked.size == "a6" else ()
        room = self.cut[3] - self.top - look.foot_base - look.clear
        for size in (*large, *look.sizes):
            style = _sized(look.question, size, look.leading)
            least, most = look.followup_sizes
            small = _sized(look.followup, min(max(size * look.followup_size, least), most), 1.3)
            whole = frame.measured(question.text, style)
            if whole.widest * size > self.room and size > look.sizes[-1]:
                continue
            made = [Paragraph(whole.balanced(self.room / size, most=9, spaced=True), style)]
            made += [
                Paragraph(frame.lines(each.text, small, self.room), small)
                for each in question.followups
            ]
            height = sum(len(each.lines) * each.style.leading for each in made)
            if height + look.followup_before * (len(made) - 1) <= room:
                return tuple(made)
        return ()

    # -- on sheets

    def sheets(self, cards: Sequence[Card]) -> Iterator[Boxes]:
        """Fronts, and on the next page their backs, or beside them where sheets are folded."""
        cells = [(column, row) for row in range(self.rows) for column in range(COLUMNS)]
        if self.asked.fold:
            cells = [(0, row) for row in range(self.rows)]
        for first in range(0, len(cards), len(cells)):
            group = [*cards[first : first + len(cells)], *[Card()] * len(cells)]
            fronts, backs = Boxes(), Boxes()
            for cell, card in zip(cells, group, strict=False):
                tag = self.themes[card.theme.number] if card.theme else self.root.add("Sect")
                self._front(card, cell, tag, fronts)
                self._back(card, self.behind(cell), tag, fronts if self.asked.fold else backs)
            yield fronts
            if self.asked.fold:
                middle, ink = self.width, self.frame.palette.muted
                fold = (middle, 0.0, middle, self.frame.page_height, self.look.line, ink)
                fronts.append(Rules(*fold))
            elif self.asked.backs:
                yield backs

    def behind(self, cell: Cell) -> Cell:
        """Where a cell's back stands, on the page that is printed on the other side."""
        column, row = cell
        if self.asked.flip == "short" and not self.asked.fold:
            return column, self.rows - 1 - row
        return COLUMNS - 1 - column, row

    def _front(self, card: Card, cell: Cell, section: Tag, boxes: Boxes) -> None:
        look, frame, palette = self.look, self.frame, self.frame.palette
        x, y = cell[0] * self.width, cell[1] * self.height
        surface = palette.surface(card.theme.number) if card.theme else palette.rule
        edge = self.cut[0] + look.edge
        boxes += [Bar(x, y, edge, self.height, surface), *self._ticks(x, y)]
        left, base = x + self.text, y + self.cut[1] + look.number_base
        foot = y + self.cut[3] - look.foot_base
        if not card.theme or not card.question:
            tag, step = section.add("P"), look.rule
            boxes.append(frame.text(self.words.your_own, look.foot, left, base, palette.muted, tag))
            area = (left, base + step, left + self.room, base + step, frame.style.rule_width)
            boxes.append(Rules(*area, palette.rule, int((foot - base) / step), dy=step))
            return
        if first := not section.kids:
            boxes.append(Bookmark(y, (card.theme.number, 0), plain(card.theme.title)))
        boxes += self._foot(card.theme, left, foot, section.add("H1" if first else "P"))
        number, accent = str(card.question.number), palette.accent(card.theme.number)
        words = section.add("P")
        boxes.append(frame.text(f"{number} ", look.number, left, base, accent, words))
        base = y + self.top
        for each in card.paragraphs:
            base += each.style.size if each is card.paragraphs[0] else look.followup_before
            tag = words if each is card.paragraphs[0] else section.add("P")
            placed, base = frame.set(each.lines, each.style, left, base, palette.ink, tag, " ")
            boxes += placed

    def _foot(self, theme: Theme, x: float, base: float, tag: Tag) -> Iterator[Text]:
        """The theme and the set."""
        frame, style, muted = self.frame, self.look.foot, self.frame.palette.muted
        title, named = plain(theme.title), plain(theme.title) != self.set.title
        shown = frame.shortened(title, style, self.room * (0.62 if named else 1))
        yield frame.text(f"{shown} ", style, x, base, muted, tag)
        room = self.room - frame.width_of(shown, style) - self.look.clear
        if named and room > 0:
            name = frame.shortened(self.set.title, style, room)
            yield frame.text(name, style, x + self.room, base, muted, tag, anchor=1)

    def _back(self, card: Card, cell: Cell, section: Tag, boxes: Boxes) -> None:
        look, frame, palette = self.look, self.frame, self.frame.palette
        x, y, theme = cell[0] * self.width, cell[1] * self.height, card.theme
        surface = palette.surface(theme.number) if theme else palette.rule
        ink = palette.on_surface(theme.number) if theme else palette.ink
        room = self.cut[2] - self.cut[0] - 2 * look.back
        text = theme.title if theme else (Span(self.set.title),)
        for size in look.back_sizes:
            style = _sized(look.question, size, look.leading)
            lines = frame.balanced(text, style, room)
            if len(lines) * style.leading <= self.cut[3] - self.cut[1] - 2 * look.back:
                break
        base, tag = frame.middle(y + self.height / 2, style, len(lines)), section.add("P")
        boxes.append(Bar(x, y, self.width, self.height, surface))
        for number, line in enumerate(lines):
            at = base + number * style.leading
            middle = x + self.width / 2 - frame.measured(line, style).width * size / 2
            boxes += frame.set([line], style, middle, at, ink, tag, " ")[0]

    def _ticks(self, x: float, y: float) -> Boxes:
        """Marks to cut by, at the corners of a card and outside of it."""
        left, top, right, bottom = self.cut
        tick, line, ink = self.look.tick, self.look.line, self.frame.palette.muted
        across, down = right - left, bottom - top
        boxes: Boxes = []
        for at in (0.0, self.width - tick):
            boxes.append(Rules(x + at, y + top, x + at + tick, y + top, line, ink, 2, dy=down))
        for at in (0.0, self.height - tick):
            boxes.append(Rules(x + left, y + at, x + left, y + at + tick, line, ink, 2, dx=across))
        return boxes


def _sized(style: TextStyle, size: float, leading: float) -> TextStyle:
    return replace(style, size=size, leading=size * leading)
