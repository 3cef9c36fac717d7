"""The workbook's plan: every page with its placed boxes, before anything is drawn.

One pass: all sections are laid out in the frame, which is alike on every page; then pages are
numbered, mirrored, and given their page references, thumb tabs and running feet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import compress

from generator.errors import SourceError
from generator.look.fonts import Fonts
from generator.look.style import MM, PAPERS_MM, large_print
from generator.model import QuestionSet, Theme, plain
from generator.pdf.structure import Tag
from generator.settings import WorkbookOptions
from generator.strings import Strings, for_language
from generator.text.bidi import right_to_left
from generator.writers import Context, setting_error
from generator.writers.workbook import back, front, opener
from generator.writers.workbook.boxes import Boxes, Key
from generator.writers.workbook.coverage import settable
from generator.writers.workbook.names import names_of
from generator.writers.workbook.page import Draft, Page, finished
from generator.writers.workbook.questions import Fit, blocks, fit, set_page, spread
from generator.writers.workbook.sheet import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Plan:
    width: float
    height: float
    top: float
    pages: tuple[Page, ...]
    page_labels: Mapping[Key, str]
    """(theme, place of the question) to the label of its page; (theme, 0) is the opener."""
    fits: tuple[Fit, ...]
    edition: str
    root: Tag
    """Of the structure tree; its order is that in which the pages are read."""
    fonts: Fonts
    title: str
    author: str
    subject: str
    lang: str
    timestamp: datetime


BOOKLET_MM = {"a4": (148.5, 210.0), "letter": (139.7, 215.9)}
"""The pages of a booklet: half of the sheet that it is printed on."""

_AROUND: dict[str, Key] = {
    "how-to": (0, 1), "contents": (0, 2), "stood-out": (0, 3), "action-plan": (0, 4),
    "notes": (0, 5),
}  # fmt: skip


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Raises SourceError for a booklet of A5 pages and for characters without a font."""
    asked = question_set.settings.workbook
    try:
        fonts = Fonts(asked.fonts, question_set.lang, context.stylesheet.font_files)
    except ValueError as problem:
        hint = "give a .ttf or .otf file"
        where = "workbook.fonts"
        raise SourceError([setting_error(question_set, where, str(problem), hint)]) from None
    question_set = settable(question_set, context.strings, fonts)
    look = large_print(context.stylesheet) if asked.edition == "large-print" else context.stylesheet
    sheet = sheet_of(look, _size(question_set, asked), fonts)
    sheet = replace(
        sheet, column=_number_column(question_set, sheet), bidirectional=fonts.bidirectional,
        rtl=right_to_left(question_set.lang),
    )  # fmt: skip
    book = _Book(question_set, context.strings, asked, sheet)
    book.lay_out()
    labels: dict[Key, str] = {}
    for number, draft in enumerate(book.drafts, 1):
        for key in draft.begun():
            labels.setdefault(key, str(number))
    feet = Counter(draft.foot for draft in book.drafts)
    pages = tuple(
        finished(number, draft, sheet, labels, question_set.title, feet)
        for number, draft in enumerate(book.drafts, 1)
    )
    summary = context.strings.summary(question_set.question_count, len(question_set.themes))
    return Plan(
        sheet.width, sheet.height, sheet.top, pages, labels, tuple(book.fits()), asked.edition,
        book.root, fonts, question_set.title, question_set.author,
        question_set.subtitle or summary, question_set.lang, context.timestamp,
    )  # fmt: skip


def _size(question_set: QuestionSet, asked: WorkbookOptions) -> tuple[float, float]:
    """Of a page, in millimetres."""
    paper = question_set.settings.paper
    if asked.edition != "booklet":
        return PAPERS_MM[paper]
    if paper not in BOOKLET_MM:
        message = f"a booklet cannot be printed on {paper}: its pages are half a sheet"
        hint = f"use --paper {' or --paper '.join(BOOKLET_MM)}"
        raise SourceError([setting_error(question_set, "paper", message, hint)])
    return BOOKLET_MM[paper]


class _Book:
    """The pages as they are laid out, one section after the other."""

    def __init__(
        self, question_set: QuestionSet, strings: Strings, asked: WorkbookOptions, sheet: Sheet
    ) -> None:
        self.set, self.strings, self.asked, self.sheet = question_set, strings, asked, sheet
        self.names = names_of(question_set)
        self.root = Tag("Document")
        self.drafts: list[Draft] = []
        self._given: dict[Key, int] = {}
        self._notes_asked = 0

    def lay_out(self) -> None:
        sections: dict[str, Callable[[], None]] = {
            "cover": self._cover, "how-to": self._how_to, "contents": self._contents,
            "themes": self._themes, "questions": self._themes, "stood-out": self._stood_out,
            "action-plan": self._action_plan, "notes": self._notes,
        }  # fmt: skip
        for name in self.asked.pages:
            sections[name]()
        while self.asked.edition == "booklet" and len(self.drafts) % 4:
            self._fill()

    def fits(self) -> Iterator[Fit]:
        for theme in self.set.themes:
            for place, question in enumerate(theme.questions, 1):
                given = self._given.get((theme.number, place), 0)
                yield Fit(question.number, question.answer.kind, question.answer.lines, given)

    def _add(self, kind: str, boxes: Boxes, foot: str, theme: int = 0) -> Draft:
        self.drafts.append(Draft(kind, boxes, foot, theme))
        return self.drafts[-1]

    def _section(self) -> Tag:
        return self.root.add("Sect")

    # -- around the themes

    def _cover(self) -> None:
        boxes = front.cover(self.set, self.sheet, self.strings, self._section())
        self._add("cover", boxes, "")

    def _how_to(self) -> None:
        steps = self._steps()
        key, words = _AROUND["how-to"], replace(self.strings, how_to_steps=steps)
        boxes, end = front.how_to(key, self.sheet, words, self._section())
        self._add("how-to", boxes, self.strings.how_to_use).end = end

    def _steps(self) -> tuple[str, ...]:
        """Of ours, those that are true for this book."""
        steps, pages = self.strings.how_to_steps, set(self.asked.pages)
        many = self.set.question_count > 4
        true = (many and "themes" in pages, many, True, pages >= {"stood-out", "action-plan"})
        ours = steps == for_language(self.set.lang).how_to_steps
        return tuple(compress(steps, true)) if ours else steps

    def _contents(self) -> None:
        """Below how to use it, where that is the page before."""
        after, before = 0.0, None
        if self.drafts and self.drafts[-1].kind == "how-to":
            before = self.drafts[-1]
            after = before.end + self.sheet.style.heading_gap_mm * MM
        pages = front.contents(
            list(self._entries()), _AROUND["contents"], self.sheet, self.strings,
            self._section(), after,
        )  # fmt: skip
        if before:
            before.boxes += pages.pop(0)
        for boxes in pages:
            self._add("contents", boxes, self.strings.contents)

    def _entries(self) -> Iterator[front.Entry]:
        titles = {
            "stood-out": self.strings.stood_out,
            "action-plan": self.strings.action_plan,
            "notes": self.strings.notes,
        }
        for name in dict.fromkeys(self.asked.pages):
            if name in ("themes", "questions"):
                for theme in self.set.themes:
                    yield (theme.number, 0), str(theme.number), plain(theme.title)
            elif name in titles:
                yield _AROUND[name], "", titles[name]

    def _stood_out(self) -> None:
        key, title = _AROUND["stood-out"], self.strings.stood_out
        for boxes in back.stood_out(self.set, key, self.sheet, self.strings, self._section()):
            self._add("back", boxes, title)

    def _action_plan(self) -> None:
        key = _AROUND["action-plan"]
        boxes = back.action_plan(key, self.sheet, self.strings, self._section())
        self._add("back", boxes, self.strings.action_plan)

    def _notes(self) -> None:
        """Contents and outline lead to the first."""
        self._notes_asked += 1
        first = self._notes_asked == 1
        name = "notes" if first else f"notes-{self._notes_asked}"
        self._add_notes(_AROUND["notes"] if first else None, name)

    def _fill(self) -> None:
        """A page for notes where the next one may not stand yet."""
        self._add_notes(None, f"page-{len(self.drafts) + 1}-notes")

    def _add_notes(self, key: Key | None, name: str) -> None:
        boxes = back.notes(key, name, self.sheet, self.strings, self._section())
        self._add("notes", boxes, self.strings.notes)

    # -- the themes

    def _themes(self) -> None:
        for theme in self.set.themes:
            if self.asked.open_right and len(self.drafts) % 2:
                self._fill()
            self._theme(theme)

    def _theme(self, theme: Theme) -> None:
        """The list of questions is left out where they all stand on the opener itself."""
        sheet, section = self.sheet, self._section()
        title, color = plain(theme.title), sheet.palette.accent(theme.number)
        pages, top = opener.opener(theme, len(self.set.themes), sheet, self.strings, section)
        list_tag, questions_tag = section.add("Div"), section.add("Div")
        parts = list(blocks(theme, sheet, self.strings, questions_tag))
        lead: Boxes = []
        if "themes" in self.asked.pages and not fit(parts, sheet, top):
            opener.ticks(theme, sheet, self.strings, top, pages, self.names, list_tag)
            top = 0.0
        elif fit(parts[:1], sheet, top):
            lead = pages.pop()
        else:
            top = 0.0
        for boxes in pages:
            self._add("opener", boxes, title, theme.number)
        for page in spread(parts, sheet, top):
            boxes, given, end = set_page(page, sheet, color, self.names, top)
            for key, count in given.items():
                self._given[key] = self._given.get(key, 0) + count
            draft = self._add("questions", lead + boxes, title, theme.number)
            draft.end, draft.blocks = end, tuple(page)
            lead, top = [], 0.0


def _number_column(question_set: QuestionSet, sheet: Sheet) -> float:
    """Wide enough for the widest number of the set, so that all texts and rules align."""
    style = sheet.style
    widest = max(
        sheet.width_of(str(question.number), style.question)
        for theme in question_set.themes
        for question in theme.questions
    )
    return max(style.number_column_mm * MM, widest + style.number_gap_mm * MM)
