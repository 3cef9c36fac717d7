"""The contents of the handout: paragraphs in named styles, and their numbering."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path

from generator.diagnostics import Diagnostic, warning
from generator.look.style import PAPERS_MM
from generator.model import AnswerKind, Inline, Question, QuestionSet, Span, Theme, plain
from generator.settings import HandoutOptions
from generator.strings import long_date
from generator.writers import Context
from generator.writers.handout.pages import KEPT, Pages, Paper
from generator.writers.handout.paragraphs import DEEPEST, Paragraph, Plan, hanging_mm
from generator.writers.handout.template import read_template

FEW = 6
"""A handout with no more questions than this needs no hint that some can be chosen."""


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Plan the handout. Raises SourceError for a template that cannot be used."""
    options, style = question_set.settings.handout, context.stylesheet.handout
    questions = [question for theme in question_set.themes for question in theme.questions]
    numbers = [question.number for question in questions]
    depths = [followup.depth for question in questions for followup in question.followups]
    digits = max((len(str(number)) for number in numbers), default=1)
    template, known, diagnostics = None, set[str](), tuple[Diagnostic, ...]()
    if path := options.template:
        template, known = read_template(question_set, path, context.files[path])
    paper_mm = PAPERS_MM[question_set.settings.paper]
    logo = None if template else context.stylesheet.logo
    paper = Paper(paper_mm, hanging_mm(style, digits, not template), style, logo)
    made = _Handout(question_set, context, options, paper)
    paragraphs, pages = made.filled()
    running = paper.on_a_line(question_set.title, context.strings.page_of)
    if path and template:
        paragraphs = [_without_our_accent(paragraph, known) for paragraph in paragraphs]
        diagnostics = (*template.warnings, *_missing(paragraphs, known, path))
    return Plan(
        paragraphs=tuple(paragraphs),
        first_number=numbers[0] if numbers else 1,
        restarts=tuple(after for before, after in pairwise(numbers) if after != before + 1),
        fields=made.fields,
        digits=digits,
        followup_depth=min(max(depths, default=1), DEEPEST),
        title=question_set.title,
        author=question_set.author,
        lang=question_set.lang,
        page_of=context.strings.page_of,
        head=_head(paragraphs, pages, running),
        running=running,
        paper_mm=paper_mm,
        timestamp=context.timestamp,
        stylesheet=context.stylesheet,
        template=template,
        diagnostics=diagnostics,
    )


def _without_our_accent(paragraph: Paragraph, known: set[str]) -> Paragraph:
    """Remove our accents. A template's colours are its own, unless it has styles for our
    accents."""
    accent = paragraph.accent if f"accent {paragraph.accent}" in known else 0
    return replace(paragraph, accent=accent)


def _missing(paragraphs: list[Paragraph], known: set[str], path: Path) -> Iterator[Diagnostic]:
    used = dict.fromkeys(paragraph.style.removesuffix(" Kept") for paragraph in paragraphs)
    missing = [name for name in used if name.lower() not in known]
    if missing:
        hint = "to give them a look of your own, create paragraph styles with these names in it"
        message = f"the template has no styles {', '.join(missing)}; the handout's own are added"
        yield warning(message, path, hint=hint)


def _head(paragraphs: list[Paragraph], pages: Pages, title: str) -> Inline:
    """Return the theme that the header shows on the second page, until Word finds that of each
    page.

    Word takes the first heading on a page, and only without one the last before it (17.16.5.59).
    Returns nothing if that is not the theme that continues at the top of some page.
    """
    headings = [place for place, p in enumerate(paragraphs) if p.style == "Heading 1"]
    ends = (*pages.starts[1:], len(paragraphs))
    for start, end in zip(pages.starts[1:], ends[1:], strict=True):
        first = next((place for place in headings if start <= place < end), start)
        if not headings or first != start:
            return ()
    if len(pages.starts) != 2:
        return (Span(title),) if headings else ()
    return paragraphs[max(place for place in headings if place <= pages.starts[1])].text


@dataclass(slots=True)
class _Handout:
    """Makes the paragraphs of one handout."""

    question_set: QuestionSet
    context: Context
    options: HandoutOptions
    paper: Paper

    @property
    def fields(self) -> bool:
        return self.options.answers == "fields"

    def filled(self) -> tuple[list[Paragraph], Pages]:
        """Return the paragraphs and their pages: with contents if there are many pages, and with
        more rules for notes if the last page has room."""
        style, paper, themes = self.context.stylesheet.handout, self.paper, self.question_set.themes
        bare, blocks = list(self._front()), list(self._blocks())
        front = bare + self._contents()
        pages = paper.pages(made := list(chain(front, *blocks)))
        if len(pages.starts) < style.contents_from_pages:
            front = bare
            pages = paper.pages(made := list(chain(front, *blocks)))
        more = 0 if self.fields else paper.free_lines(made, pages)
        last = _themes_on_page(made, pages.starts[-1], themes) if style.notes_lines else []
        for place, number in enumerate(last if more else ()):
            lines = style.notes_lines + more // len(last) + (place < more % len(last))
            index = next(i for i, theme in enumerate(themes) if theme.number == number)
            blocks[index] = [*blocks[index][: -style.notes_lines], *_kept(self._notes(lines))]
        made = list(chain(front, *blocks))
        if paper.knows(made):
            made = list(_with_pages(made, pages))
        return made, pages

    def _front(self) -> Iterator[Paragraph]:
        made, strings = self.question_set, self.context.strings
        summary = strings.summary(made.question_count, len(made.themes))
        yield Paragraph("Title", (Span(made.title),))
        day = long_date(made.date, made.lang) if made.date else ""
        for line in (made.subtitle, " · ".join(filter(None, (made.author, day)))):
            if line:
                yield Paragraph("Subtitle", (Span(line),))
        hint = f"{summary}. {strings.handout_hint}" if made.question_count > FEW else summary
        yield Paragraph("Hint", (Span(hint),))
        for text in made.intro:
            yield Paragraph("Theme Intro", text)

    def _blocks(self) -> Iterator[list[Paragraph]]:
        """Yield the paragraphs of each theme."""
        previous, numbering = None, 1
        for theme in self.question_set.themes:
            accent = (theme.number - 1) % len(self.context.stylesheet.palette.accents) + 1
            named = len(self.question_set.themes) > 1
            named = named or plain(theme.title) != self.question_set.title
            heading = Paragraph("Heading 1", theme.title, accent, anchor=theme.number)
            block = [heading] if named else []
            block += [Paragraph("Theme Intro", text) for text in theme.intro]
            for question in theme.questions:
                numbering += previous is not None and question.number != previous + 1
                previous = question.number
                room = self._answer(question)
                if question is theme.questions[-1]:
                    room += self._notes(self.context.stylesheet.handout.notes_lines)
                block += self._question(question, accent, numbering, room)
            yield _kept(block) if self.paper.is_short(block) else block

    def _contents(self) -> list[Paragraph]:
        themes = self.question_set.themes
        entries = [
            Paragraph(
                "TOC 1",
                (Span(plain(theme.title)),),
                anchor=theme.number,
                opens=theme is themes[0],
                closes=theme is themes[-1],
            )
            for theme in themes
        ]
        title = Paragraph("TOC Heading", (Span(self.context.strings.contents),))
        return [title, *entries] if entries[1:] else []

    def _question(
        self, question: Question, accent: int, numbering: int, room: list[Paragraph]
    ) -> list[Paragraph]:
        """Return a question, its follow-ups and the room under it, which no page break divides."""
        name, strings = self._name(question), self.context.strings
        tick = f"{name}: {strings.done}" if self.fields else ""
        asked = Paragraph(
            "Question", question.text, accent, numbering, box=self.fields, tick=tick,
            number=question.number,
        )  # fmt: skip
        block = [asked, *self._choices(question)]
        for followup in question.followups:
            depth = max(1, min(followup.depth, DEEPEST))
            block.append(Paragraph(f"Follow-up {depth}", followup.text))
        block += room
        return _kept(block)

    def _name(self, question: Question) -> str:
        return self.context.strings.question.format(number=question.number)

    def _choices(self, question: Question) -> Iterator[Paragraph]:
        """Yield boxes to tick, or a scale to mark. In forms, a single choice is made from a
        list."""
        space, name = question.answer, self._name(question)
        if space.kind is AnswerKind.CHOICES:
            one = self.fields and not space.pick_many
            for choice in () if one else space.choices:
                tick = f"{name}: {choice}" if self.fields else ""
                yield Paragraph("Choice", (Span(choice),), box=True, tick=tick)
        if space.scale and not self.fields:
            yield Paragraph("Choice", (Span(space.scale_line),))

    def _answer(self, question: Question) -> list[Paragraph]:
        """Return the room for an answer that is not chosen."""
        space = question.answer
        if self.options.answers == "none" or space.kind is AnswerKind.NONE:
            return []
        if self.fields:
            return [self._field(question)] if not space.pick_many else []
        if space.kind in (AnswerKind.SCALE, AnswerKind.CHOICES):
            return [Paragraph("Answer")] * (space.lines or 0)
        return [Paragraph("Answer")] * self._lines(question)

    def _field(self, question: Question) -> Paragraph:
        """Return a field to type into, or with a list to choose from."""
        space, prompt = question.answer, self.context.strings.answer_prompt
        choices = space.points or space.choices
        if space.scale:
            ends = zip(map(str, space.scale), space.scale_ends, strict=True)
            prompt = " – ".join(f"{point} ({end})" if end else point for point, end in ends)
        elif choices:
            prompt = self.context.strings.choose_prompt
        return Paragraph("Field", (Span(prompt),), field=self._name(question), choices=choices)

    def _lines(self, question: Question) -> int:
        """Return the number of ruled lines, whatever the workbook draws in this room."""
        space, style = question.answer, self.context.stylesheet.handout
        if space.height_mm:
            return max(1, round(space.height_mm / style.line_pitch_mm))
        return space.lines or style.answer_lines

    def _notes(self, lines: int) -> list[Paragraph]:
        label = (Span(self.context.strings.notes),)
        if not lines:
            return []
        if self.fields:
            return [Paragraph("Notes Field", label, field=self.context.strings.notes)]
        return [Paragraph("Notes", label), *[Paragraph("Notes")] * (lines - 1)]


def _with_pages(paragraphs: list[Paragraph], pages: Pages) -> Iterator[Paragraph]:
    """Yield the paragraphs, with the page of each theme in its entry of the contents."""
    themes = {p.anchor: bisect_right(pages.starts, place)
              for place, p in enumerate(paragraphs) if p.style == "Heading 1"}  # fmt: skip
    for each in paragraphs:
        yield replace(each, page=themes[each.anchor]) if each.style == "TOC 1" else each


def _kept(block: list[Paragraph]) -> list[Paragraph]:
    """Keep paragraphs together on one page."""
    made = [
        each
        if each.style in KEPT or each.style.endswith(" Kept")
        else replace(each, style=f"{each.style} Kept")
        for each in block[:-1]
    ]
    return [*made, block[-1]]


def _themes_on_page(paragraphs: list[Paragraph], start: int, themes: Sequence[Theme]) -> list[int]:
    """Return the themes whose rules for notes stand on the page that begins there, or after it."""
    theme, found = themes[0].number if themes else 0, list[int]()
    for place, paragraph in enumerate(paragraphs):
        theme = paragraph.anchor if paragraph.style == "Heading 1" else theme
        if paragraph.style == "Notes" and place >= start:
            found.append(theme)
    return found
