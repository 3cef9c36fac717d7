"""What stands in the handout: paragraphs in named styles, and how they are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from math import ceil
from pathlib import Path

from generator.errors import Diagnostic, warning
from generator.look.style import MM, PAPERS_MM, HandoutStyle, StyleSheet
from generator.model import (
    AnswerKind,
    AnswerSpace,
    Inline,
    Question,
    QuestionSet,
    Span,
    Theme,
    plain,
)
from generator.strings import Strings
from generator.writers import Context

FEW = 5
"""With fewer questions there is nothing to choose from."""
DEEPEST = 8
"""Follow-ups that are nested deeper share the last style: a list has nine levels (17.9.3)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: str
    """The name that Word shows."""
    text: Inline = ()
    accent: int = 0
    """Place of the accent in the palette, from 1; 0 for none."""
    numbering: int = 1
    """Questions only: 1 is the style's own list, n + 1 that of `Plan.restarts[n - 1]`."""
    field: str = ""
    """The name of a field to type into; `text` is its prompt."""
    choices: tuple[str, ...] = ()
    """Of a field to choose from."""
    tick: str = ""
    """The name of a box to click, in front of the text."""
    anchor: int = 0
    """The theme that a heading opens, or that an entry of the contents leads to; 0 for none."""
    opens: bool = False
    closes: bool = False
    """The first and the last entry of the contents."""


@dataclass(frozen=True, slots=True)
class Plan:
    paragraphs: tuple[Paragraph, ...]
    first_number: int
    restarts: tuple[int, ...]
    """The numbers that do not follow the one before them."""
    fields: bool
    """To be typed into: the tick boxes are content controls, no part of the list's number."""
    digits: int
    """Of the longest number."""
    followup_depth: int
    title: str
    author: str
    lang: str
    page_of: str
    """The foot, with `{page}` and `{count}`."""
    paper_mm: tuple[float, float]
    timestamp: datetime
    stylesheet: StyleSheet
    template: bytes = b""
    """A document of the user's to be filled; else it is made in our own look."""
    diagnostics: tuple[Diagnostic, ...] = ()


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Raises SourceError for a template that cannot be used."""
    asked = question_set.settings.handout
    answers = asked.answers
    paper_mm = PAPERS_MM[question_set.settings.paper]
    questions = [question for theme in question_set.themes for question in theme.questions]
    numbers = [question.number for question in questions]
    depths = [followup.depth for question in questions for followup in question.followups]
    restarts = [after for before, after in pairwise(numbers) if after != before + 1]
    paragraphs = list(_paragraphs(question_set, context, answers))
    style = context.stylesheet.handout
    if estimated_pages(paragraphs, paper_mm, style) >= style.contents_from_pages:
        first = next((i for i, p in enumerate(paragraphs) if p.anchor), 0)
        paragraphs[first:first] = _contents(paragraphs, context.strings)
    template, diagnostics = b"", tuple[Diagnostic, ...]()
    if asked.template:
        from generator.writers.handout.template import read_template

        template, known = read_template(question_set, asked.template, context.files[asked.template])
        paragraphs = [_without_our_accent(paragraph, known) for paragraph in paragraphs]
        diagnostics = tuple(_missing(paragraphs, known, asked.template))
    return Plan(
        paragraphs=tuple(paragraphs),
        first_number=numbers[0] if numbers else 1,
        restarts=tuple(restarts),
        fields=answers == "fields",
        digits=max((len(str(number)) for number in numbers), default=1),
        followup_depth=min(max(depths, default=1), DEEPEST),
        title=question_set.title,
        author=question_set.author,
        lang=question_set.lang,
        page_of=context.strings.page_of,
        paper_mm=paper_mm,
        timestamp=context.timestamp,
        stylesheet=context.stylesheet,
        template=template,
        diagnostics=diagnostics,
    )


def _without_our_accent(paragraph: Paragraph, known: set[str]) -> Paragraph:
    """A template's colours are its own, but for styles that it has for our accents."""
    accent = paragraph.accent if f"accent {paragraph.accent}" in known else 0
    return replace(paragraph, accent=accent)


def _missing(paragraphs: list[Paragraph], known: set[str], path: Path) -> Iterator[Diagnostic]:
    used = dict.fromkeys(paragraph.style.removesuffix(" Kept") for paragraph in paragraphs)
    missing = [name for name in used if name.lower() not in known]
    if missing:
        hint = "to give them a look of your own, make paragraph styles of these names in it"
        message = f"the template has no styles {', '.join(missing)}; the handout's own are added"
        yield warning(message, path, hint=hint)


def _paragraphs(question_set: QuestionSet, context: Context, answers: str) -> Iterator[Paragraph]:
    strings, style = context.strings, context.stylesheet.handout
    summary = strings.summary(question_set.question_count, len(question_set.themes))
    yield Paragraph("Title", (Span(question_set.title),))
    if question_set.subtitle:
        yield Paragraph("Subtitle", (Span(question_set.subtitle),))
    hint = f"{summary}. {strings.handout_hint}" if question_set.question_count >= FEW else summary
    yield Paragraph("Hint", (Span(hint),))
    numbering, previous = 1, None
    for theme in question_set.themes:
        accent = (theme.number - 1) % len(context.stylesheet.palette.accents) + 1
        yield Paragraph("Heading 1", theme.title, accent, anchor=theme.number)
        yield from (Paragraph("Theme Intro", text) for text in theme.intro)
        notes = _notes(theme, answers, strings, style)
        for question in theme.questions:
            numbering += previous is not None and question.number != previous + 1
            previous = question.number
            answer = _answer(question, answers, strings, style)
            last = question is theme.questions[-1]
            room = [*answer, *(notes if last else ())]
            name = strings.question.format(number=question.number)
            tick = f"{name}: {strings.done}" if answers == "fields" else ""
            yield from _question(question, accent, numbering, room, tick)


def estimated_pages(
    paragraphs: list[Paragraph], paper_mm: tuple[float, float], style: HandoutStyle
) -> int:
    """About how many pages Word will make: each paragraph is as many lines as its characters fill
    at a mean width, and a ruled line is its pitch. `unfilled` was set by eleven sets of 1 to 26
    pages in LibreOffice; with it they are a page off, or a sixth: enough to tell whether contents
    help."""
    width_pt = (paper_mm[0] - 2 * style.side_margin_mm) * MM
    height_pt = (paper_mm[1] - style.top_margin_mm - style.bottom_margin_mm) * MM
    across = width_pt / (style.text_pt * style.advance)
    used_pt = 0.0
    for paragraph in paragraphs:
        used_pt += style.room_after_pt * (paragraph.style in ("Answer", "Field"))
        if paragraph.style.startswith(("Answer", "Notes")):
            used_pt += style.line_pitch_mm * MM
            continue
        lines = ceil(max(1, len(plain(paragraph.text))) / across)
        used_pt += lines * style.text_pt * style.leading + style.question_after_pt
        if paragraph.anchor:
            used_pt += style.theme_before_pt + style.theme_pt - style.text_pt
    return ceil(used_pt / height_pt * style.unfilled)


def _contents(paragraphs: list[Paragraph], strings: Strings) -> list[Paragraph]:
    themes = [paragraph for paragraph in paragraphs if paragraph.anchor]
    entries = [
        Paragraph(
            "TOC 1",
            (Span(plain(theme.text)),),
            anchor=theme.anchor,
            opens=theme is themes[0],
            closes=theme is themes[-1],
        )
        for theme in themes
    ]
    return [Paragraph("TOC Heading", (Span(strings.contents),)), *entries] if entries[1:] else []


def _question(
    question: Question, accent: int, numbering: int, room: list[Paragraph], tick: str
) -> Iterator[Paragraph]:
    """A question, its follow-ups and the room under it, none parted by a page."""
    kept = " Kept" if question.followups or room else ""
    yield Paragraph(f"Question{kept}", question.text, accent, numbering, tick=tick)
    for place, followup in enumerate(question.followups, start=1):
        kept = " Kept" if place < len(question.followups) or room else ""
        depth = max(1, min(followup.depth, DEEPEST))
        yield Paragraph(f"Follow-up {depth}{kept}", followup.text)
    for paragraph in room[:-1]:
        yield replace(paragraph, style=f"{paragraph.style} Kept")
    yield from room[-1:]


def _answer(
    question: Question, answers: str, strings: Strings, style: HandoutStyle
) -> list[Paragraph]:
    space = question.answer
    if answers == "none" or space.kind is AnswerKind.NONE:
        return []
    first, last = space.scale or (1, 0)
    labels = tuple(map(str, range(first, last + 1)))
    if answers == "fields":
        prompt = f"{first} – {last}" if labels else strings.answer_prompt
        name = strings.question.format(number=question.number)
        return [Paragraph("Field", (Span(prompt),), field=name, choices=labels)]
    if labels:
        return [Paragraph("Answer", (Span("\u2003".join(labels)),))]
    return [Paragraph("Answer")] * _lines(space, style)


def _lines(space: AnswerSpace, style: HandoutStyle) -> int:
    """Ruled lines, whatever the workbook draws in this room."""
    if space.height_mm:
        return max(1, round(space.height_mm / style.line_pitch_mm))
    return space.lines or style.answer_lines


def _notes(theme: Theme, answers: str, strings: Strings, style: HandoutStyle) -> list[Paragraph]:
    if not (theme.questions and style.notes_lines):
        return []
    label = (Span(strings.notes),)
    if answers == "fields":
        return [Paragraph("Notes Field", label, field=strings.notes)]
    return [Paragraph("Notes", label), *[Paragraph("Notes")] * (style.notes_lines - 1)]
