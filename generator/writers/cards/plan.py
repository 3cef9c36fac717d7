"""The cards' plan: sheets of cells, fronts with their backs behind them.

A card is cut out of its cell, so that there is room between two cards for colours to bleed over the
cut, and for the cut marks.
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
from generator.writers.paper import choices, framed, sheets
from generator.writers.workbook.boxes import Bar, Bookmark, Rules
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import Frame
from generator.writers.workbook.page import Plan as Book

ROWS = {"a6": (2, 2), "a7": (4, 3), "business": (5, 4)}
"""Rows of cells on a sheet, and on one of A5; there are two columns."""
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
    """A question of a theme with its text as it fits; a card without a theme is to write on."""

    theme: Theme | None = None
    question: Question | None = None
    paragraphs: tuple[Paragraph, ...] = ()


Cell = tuple[int, int]
"""Column and row."""


def laid_out(question_set: QuestionSet, context: Context) -> Plan:
    """Lay out the cards. Raises SourceError for fonts that cannot be used or lack characters."""
    style = context.stylesheet.workbook._replace(
        inner_margin=0.0, outer_margin=0.0, top_margin=0.0, bottom_margin=0.0
    )
    question_set, frame = framed(question_set, context, style, notes=False)
    made = _Cards(question_set, context, frame)
    cards = tuple(made.cards())
    sides = list(made.sides(cards))
    flip = question_set.settings.cards.flip.capitalize()
    book = sheets(sides, context.strings.cards, made.root, question_set, context, flip)
    return Plan(book, cards, tuple(made.problems))


class _Cards:
    def __init__(self, made: QuestionSet, context: Context, frame: Frame) -> None:
        self.set, self.frame, self.asked = made, frame, made.settings.cards
        self.words, self.look = context.strings, context.stylesheet.cards
        self.rows = ROWS[self.asked.size][made.settings.paper == "a5"]
        self.width, self.height = frame.page_width / COLUMNS, frame.page_height / self.rows
        inset = self.look.inset
        self.cut = (inset, inset, self.width - inset, self.height - inset)
        """Left, top, right and bottom of the card in its cell."""
        self.text = inset + self.look.edge + self.look.side
        self.room = self.cut[2] - self.look.side - self.text
        down = self.look.number_base + self.look.question_below - self.look.question.size
        self.top = inset + down
        """The top of a question's text."""
        self.problems: list[Diagnostic] = []
        self.root = Tag("Document")
        self.themes = {theme.number: self.root.add("Sect") for theme in made.themes}

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
        """Return a question in the largest size in which it fits with its follow-ups, or
        nothing."""
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
            below = [choices(question.answer), *(each.text for each in question.followups)]
            lines = [frame.lines(text, small, self.room) for text in below if text]
            made += [Paragraph(each, small) for each in lines]
            height = sum(len(each.lines) * each.style.leading for each in made)
            if height + look.followup_before * (len(made) - 1) <= room:
                return tuple(made)
        return ()

    # -- on sheets

    def sides(self, cards: Sequence[Card]) -> Iterator[Draft]:
        """Yield fronts, and their backs on the next page, or beside them if sheets are folded."""
        fold, frame = self.asked.fold, self.frame
        columns = 1 if fold else COLUMNS
        cells = [(column, row) for row in range(self.rows) for column in range(columns)]
        for first in range(0, max(1, len(cards)), len(cells)):
            group = [*cards[first : first + len(cells)], *[Card()] * len(cells)]
            fronts = Draft(frame, self.words.cards)
            backs = fronts if fold else fronts.another()
            for cell, card in zip(cells, group, strict=False):
                tag = self.themes[card.theme.number] if card.theme else self.root.add("Sect")
                self._front(fronts, card, cell, tag)
                self._back(backs, card, self.behind(cell), tag)
            if fold:
                middle, height = self.width, frame.page_height
                line, ink = self.look.line, frame.palette.muted
                fronts.add(Rules(middle, 0.0, middle, height, line, ink))
            yield fronts
            if self.asked.backs and not fold:
                yield backs

    def behind(self, cell: Cell) -> Cell:
        """Return the cell of a card's back on the page that is printed on the other side."""
        column, row = cell
        if self.asked.flip == "short" and not self.asked.fold:
            return column, self.rows - 1 - row
        return COLUMNS - 1 - column, row

    def _front(self, page: Draft, card: Card, cell: Cell, section: Tag) -> None:
        look, palette, theme = self.look, self.frame.palette, card.theme
        x, y = cell[0] * self.width, cell[1] * self.height
        surface = palette.surface(theme.number) if theme else palette.rule
        page.add(Bar(x, y, self.cut[0] + look.edge, self.height, surface))
        self._marks(page, x, y)
        left, base = x + self.text, y + self.cut[1] + look.number_base
        foot = y + self.cut[3] - look.foot_base
        if not theme or not card.question:
            page.text(self.words.your_own, look.foot, left, base, section.add("P"))
            area = (left, base + look.rule, left + self.room, base + look.rule)
            line, count = self.frame.style.rule_width, int((foot - base) / look.rule)
            page.add(Rules(*area, line, palette.rule, count, dy=look.rule))
            return
        if first := not section.kids:
            page.add(Bookmark(y, (theme.number, 0), plain(theme.title)))
        self._foot(page, theme, left, foot, section.add("H1" if first else "P"))
        tag, accent = section.add("P"), palette.accent(theme.number)
        page.text(f"{card.question.number} ", look.number, left, base, tag, accent)
        base, before = y + self.top, card.paragraphs[0].style.size
        for lines, style in card.paragraphs:
            base = page.set(lines, style, left, base + before, tag, end=" ")
            tag, before = section.add("P"), look.followup_before

    def _foot(self, page: Draft, theme: Theme, x: float, base: float, tag: Tag) -> None:
        """Set the theme and the title of the set."""
        frame, style, clear = self.frame, self.look.foot, self.look.clear
        title, name = plain(theme.title), self.set.title
        left = self.room - frame.width_of(name, style) - clear
        room = self.room if title == name else max(left, self.room * self.look.theme_share)
        shown = frame.shortened(title, style, room)
        page.text(f"{shown} ", style, x, base, tag)
        room = self.room - frame.width_of(shown, style) - clear
        if title != name and room > 0:
            page.text(frame.shortened(name, style, room), style, x + self.room, base, tag, anchor=1)

    def _back(self, page: Draft, card: Card, cell: Cell, section: Tag) -> None:
        look, frame, palette = self.look, self.frame, self.frame.palette
        x, y, theme = cell[0] * self.width, cell[1] * self.height, card.theme
        surface = palette.surface(theme.number) if theme else palette.rule
        ink = palette.on_surface(theme.number) if theme else palette.ink
        left, top, right, bottom = self.cut
        text = theme.title if theme else (Span(self.set.title),)
        for size in look.back_sizes:
            style = _sized(look.question, size, look.leading)
            lines = frame.balanced(text, style, right - left - 2 * look.back)
            if len(lines) * style.leading <= bottom - top - 2 * look.back:
                break
        base, tag = frame.middle(y + self.height / 2, style, len(lines)), section.add("P")
        page.add(Bar(x, y, self.width, self.height, surface))
        for line in lines:
            middle = x + self.width / 2 - frame.measured(line, style).width * size / 2
            base = page.set([line], style, middle, base, tag, ink, " ")

    def _marks(self, page: Draft, x: float, y: float) -> None:
        """Draw cut marks outside the corners of a card."""
        left, top, right, bottom = self.cut
        long, pen = self.look.tick, (self.look.line, self.frame.palette.muted, 2)
        for at in (0.0, self.width - long):
            page.add(Rules(x + at, y + top, x + at + long, y + top, *pen, dy=bottom - top))
        for at in (0.0, self.height - long):
            page.add(Rules(x + left, y + at, x + left, y + at + long, *pen, dx=right - left))


def _sized(style: TextStyle, size: float, leading: float) -> TextStyle:
    return style._replace(size=size, leading=size * leading)
