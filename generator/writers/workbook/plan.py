"""The workbook's plan: every page with its placed boxes, before anything is drawn.

All sections are laid out in the frame, which is the same on every page. The themes come first,
because the other pages depend on the room that they have. Then the pages are put in order and
numbered, and given everything that depends on their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import compress

from generator.diagnostics import SourceError
from generator.look.fonts import Fonts
from generator.look.style import MM, PAPERS_MM, large_print, printed
from generator.look.workbook import small_margins, small_paper
from generator.model import AnswerKind, QuestionSet, Theme, plain
from generator.pdf.canvas import Description
from generator.pdf.structure import Tag
from generator.strings import for_language
from generator.writers import ACTION_PLAN, Context, setting_error
from generator.writers.workbook import back, front
from generator.writers.workbook.blocks import LEAST, blocks, names_of, rise
from generator.writers.workbook.boxes import Block, Key
from generator.writers.workbook.cover import cover, typeset
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import A4, Frame
from generator.writers.workbook.page import Plan, bound
from generator.writers.workbook.questions import Fit, set_page, settled, spread

BOOKLET_MM = {"a4": (148.5, 210.0), "letter": (139.7, 215.9)}
"""The page sizes of a booklet: half of the sheet that it is printed on."""

_AROUND: dict[str, Key] = {
    "how-to": (0, 1), "contents": (0, 2), "stood-out": (0, 3), "action-plan": ACTION_PLAN,
    "notes": (0, 5), "agreement": (0, 6), "conversations": (0, 7),
}  # fmt: skip
_SHEETS = {
    "agreement": back.agreement, "conversations": back.conversations,
    "action-plan": back.action_plan,
}  # fmt: skip
"""Pages around the themes that do not depend on the set."""


def laid_out(question_set: QuestionSet, fonts: Fonts, context: Context) -> Plan:
    """Lay out the workbook. `fonts` have all the characters of the set. Raises SourceError for a
    booklet of A5 pages."""
    book = _Book(question_set, _frame(question_set, context, fonts))
    drafts = book.lay_out()
    summary = context.strings.summary(question_set.question_count, len(question_set.themes))
    about = Description(
        question_set.title, question_set.author, question_set.subtitle or summary,
        question_set.lang, "workshop-papers", context.timestamp,
    )  # fmt: skip
    edition = question_set.settings.workbook.edition
    title = typeset(question_set.title)
    return bound(drafts, book.root, title, about, fits=tuple(book.fits()), edition=edition)


def _frame(question_set: QuestionSet, context: Context, fonts: Fonts) -> Frame:
    asked, (width, height) = question_set.settings.workbook, _size(question_set)
    fillable, narrow = asked.edition == "fillable", width < A4[0] * 0.9
    large = asked.edition == "large-print"
    look = context.stylesheet if fillable else printed(context.stylesheet)
    look = large_print(look) if large else look
    style = look.workbook
    if narrow:
        style = small_margins(style if large else small_paper(style))
    frame = Frame(
        style, look.palette, fonts, context.strings, width * MM, height * MM, question_set.lang,
        fillable=fillable, heading="H2" if "cover" in asked.pages else "H1", logo=look.logo,
    )  # fmt: skip
    # The widest number decides, so that all texts and rules of the book align.
    largest = max(each.number for theme in question_set.themes for each in theme.questions)
    widest = frame.width_of("0" * len(str(largest)), style.question)
    return replace(frame, column=max(style.number_column, widest + style.number_gap))


def _size(question_set: QuestionSet) -> tuple[float, float]:
    """Return the size of a page, in millimetres."""
    paper = question_set.settings.paper
    if question_set.settings.workbook.edition != "booklet":
        return PAPERS_MM[paper]
    if paper not in BOOKLET_MM:
        message = f"a booklet cannot be printed on {paper}: its pages are half a sheet"
        hint = f"use --paper {' or --paper '.join(BOOKLET_MM)}"
        raise SourceError([setting_error(question_set, "paper", message, hint)])
    return BOOKLET_MM[paper]


class _Book:
    """Lays out the pages, one section after the other."""

    def __init__(self, question_set: QuestionSet, frame: Frame) -> None:
        self.set, self.frame, self.asked = question_set, frame, question_set.settings.workbook
        self.names = names_of(question_set.themes)
        self.root = Tag("Document")
        self.drafts: list[Draft] = []
        self._notes_asked = 0
        self._closed: set[int] = set()
        """Themes that have a panel at their end."""
        self._listed = False
        """True if a theme has a list to tick."""

    def lay_out(self) -> list[Draft]:
        """Return all pages. Tags are made in the order of the pages; empty ones are not written."""
        sections: dict[str, Callable[[Tag], None]] = {
            "cover": self._cover, "how-to": self._how_to, "contents": self._contents,
            "stood-out": self._stood_out, "notes": self._notes,
            **{name: partial(self._sheet, name) for name in _SHEETS},
        }  # fmt: skip
        order = [(name, self.root.add("Sect")) for name in self.asked.pages]
        themes = {name: tag for name, tag in order if name not in sections}
        (part,) = themes.values()
        tags = [(part.add("Sect"), part.add("Sect")) for _ in self.set.themes]
        part.type = "Part"
        opened = [self._theme(t, tag) for t, (_, tag) in zip(self.set.themes, tags, strict=True)]
        for name, tag in order:
            if name in sections:
                sections[name](tag)
                continue
            for (before, _), drafts in zip(tags, opened, strict=True):
                self._open(drafts, before)
        while self.asked.edition == "booklet" and len(self.drafts) % 4:
            self._fill(self.root.add("Sect"))
        return self.drafts

    def fits(self) -> Iterator[Fit]:
        given: Counter[Key] = Counter()
        for draft in self.drafts:
            for block, _, places in draft.placed:
                given[block.key] += places if block.answer.kind is AnswerKind.LINES else 0
        for theme in self.set.themes:
            for place, question in enumerate(theme.questions, 1):
                answer, rules = question.answer, given[theme.number, place]
                yield Fit(question.number, answer.kind, answer.lines, rules)

    def _draft(self, kind: str, foot: str, tag: Tag) -> Draft:
        """Return the page that a section begins on."""
        self.drafts.append(Draft(self.frame, kind, foot, section=tag))
        return self.drafts[-1]

    # -- around the themes

    def _cover(self, tag: Tag) -> None:
        self.drafts.append(cover(self.set, self.frame, tag))

    def _how_to(self, tag: Tag) -> None:
        """Explain how to use the workbook: on the last page of the welcome if it has room, or else
        on a new one."""
        kind, title, page = "how-to", self.frame.words.how_to_use, None
        if self.set.intro:
            page = self._draft("welcome", self.set.title, tag)
            self.drafts += front.welcome(page, self.set)
            page = self.drafts[-1]
            page.base += self.frame.style.title.leading
            page = page if page.base <= self.frame.height * 0.6 else None
        page = page or self._draft(kind, title, tag)
        page.kind, page.foot = kind, title
        front.how_to(page, self._steps(), _AROUND["how-to"])

    def _steps(self) -> tuple[str, ...]:
        """Return those of our instructions that apply to this book."""
        steps, pages = self.frame.words.how_to_steps, set(self.asked.pages)
        many = self.set.question_count > 4
        first = self._listed and any(theme.intro for theme in self.set.themes)
        closed = len(self._closed) == len(self.set.themes)
        true = (many and first, many, True, pages >= {"stood-out", "action-plan"})
        if steps != for_language(self.set.lang).how_to_steps:
            return steps
        if closed:
            steps = (*steps[:-1], self.frame.words.how_to_end)
            true = (*true[:-1], True)
        return tuple(compress(steps, true))

    def _contents(self, tag: Tag) -> None:
        """Lay out the contents, below the instructions if these are on the page before and leave
        room."""
        entries, frame = list(self._entries()), self.frame
        last = self.drafts[-1] if self.drafts else None
        if not (last and last.kind == "how-to" and front.contents_fit(last, entries)):
            last = self._draft("contents", frame.words.contents, tag)
        last.section = tag
        self.drafts += front.contents(last, entries, _AROUND["contents"])

    def _entries(self) -> Iterator[front.Entry]:
        listed = {*_SHEETS, "notes"} | ({"stood-out"} if self._open_themes() else set())
        for name in dict.fromkeys(self.asked.pages):
            if name in ("themes", "questions"):
                for theme in self.set.themes:
                    number, title = str(theme.number), plain(theme.title)
                    if len(self.set.themes) == 1 and title == self.set.title:
                        number, title = "", self.frame.words.questions(len(theme.questions))
                    yield (theme.number, 0), number, title
            elif name in listed:
                yield _AROUND[name], "", self._title(name)

    def _sheet(self, name: str, tag: Tag) -> None:
        page = self._draft(name, self._title(name), tag)
        self.drafts += _SHEETS[name](page, _AROUND[name])

    def _title(self, name: str) -> str:
        """Return the title of a page around the themes by its name in the settings."""
        return str(getattr(self.frame.words, name.replace("-", "_")))

    def _open_themes(self) -> list[Theme]:
        """Return the themes without a panel, which have a place in the back matter."""
        return [theme for theme in self.set.themes if theme.number not in self._closed]

    def _stood_out(self, tag: Tag) -> None:
        if themes := self._open_themes():
            page = self._draft("back", self._title("stood-out"), tag)
            self.drafts += back.stood_out(page, themes, _AROUND["stood-out"])

    def _notes(self, tag: Tag) -> None:
        """Add pages for notes. Contents and outline lead to the first of them."""
        self._notes_asked += 1
        first = self._notes_asked == 1
        name = "notes" if first else f"notes-{self._notes_asked}"
        page = self._draft("notes", self.frame.words.notes, tag)
        back.notes(page, _AROUND["notes"] if first else None, name)

    def _fill(self, tag: Tag) -> None:
        """Add a page for notes if the next section may not begin on the next page."""
        page = self._draft("notes", self.frame.words.notes, tag)
        back.notes(page, None, f"page-{len(self.drafts)}-notes")

    # -- the themes

    def _open(self, drafts: Sequence[Draft], before: Tag) -> None:
        """Begin a theme, on a right-hand page if that is wanted. One with a longer list begins on
        the left, so that all of it is visible at once."""
        breaks = sum(draft.kind == "opener" for draft in drafts) > 1
        right = len(self.drafts) % 2 == 0
        if (self.asked.open_right and not right) or (
            breaks and right and self.drafts and not self.asked.open_right
        ):
            self._fill(before)
        self.drafts += drafts

    def _theme(self, theme: Theme, section: Tag) -> list[Draft]:
        """Lay out a theme. One with few questions has no list to tick; they begin on its opener, if
        there is room."""
        frame = self.frame
        bare = not any(each.intro for each in self.set.themes)
        page = Draft(frame, "opener", plain(theme.title), theme.number, section)
        drafts, edge = front.opener(page, theme, len(self.set.themes), bare)
        drafts[-1].section, asking = section.add("Div"), section.add("Div")
        parts = list(blocks(theme, frame, asking, self.names))
        begins = edge + frame.style.clear
        fits = frame.first_place(begins + rise(parts[0], frame)) + LEAST <= frame.last_place
        many = len(theme.questions) > frame.style.few_questions
        lead: Draft | None = None
        if "themes" in self.asked.pages and (many or not fits):
            drafts += front.ticks(drafts[-1], theme, edge, self.names)
            self._listed = True
        elif fits:
            lead = drafts.pop()
        return drafts + self._questions(theme, parts, lead, begins, section)

    def _questions(
        self, theme: Theme, parts: Sequence[Block], lead: Draft | None, begins: float, section: Tag
    ) -> list[Draft]:
        """Return the pages of a theme's questions, the first of them on its opener if that is
        given."""
        frame = self.frame
        pages = spread(parts, frame, begins if lead else 0.0)
        closes = "stood-out" in self.asked.pages
        drafts: list[Draft] = []
        for laid in pages:
            page, lead = lead or Draft(frame, "", plain(theme.title), theme.number), None
            page.section = section
            drafts.append(page)
            if not laid:  # nothing fits below the opening
                continue
            page.kind = "questions"
            placed, free = settled(laid, frame, closes and laid is pages[-1])
            set_page(page, placed)
            if free <= frame.last_place:
                page.section = section.add("Sect")
                back.closer(page, theme, free)
                self._closed.add(theme.number)
        return drafts
