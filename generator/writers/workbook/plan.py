"""The workbook's plan: every page with its placed boxes, before anything is drawn.

One pass: all sections are laid out in the frame, which is alike on every page; then pages are
numbered, mirrored, and given their page references, thumb tabs and running feet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from generator.errors import Diagnostic, SourceError, error
from generator.model import Inline, QuestionSet, Span, Theme, plain
from generator.stylesheet import MM
from generator.writers import Context, paper_of
from generator.writers.workbook import pages as front
from generator.writers.workbook.boxes import Bar, Bookmark, Box, PageNumber
from generator.writers.workbook.fonts import face, missing, printable
from generator.writers.workbook.questions import Block, Fit, Key, blocks, set_page, spread
from generator.writers.workbook.sheet import Sheet, flush_right, label, sheet, shortened


@dataclass(frozen=True, slots=True)
class Page:
    label: str
    """The number that is printed on it."""
    kind: str
    boxes: tuple[Box, ...]
    """In the frame: its left upper corner is (0, 0)."""
    left: float
    """The frame's distance from the page's left edge, in points."""
    decoration: tuple[Box, ...]
    """Thumb tab and running foot, from the page's own corner."""
    fullness: float = 1.0
    """How far down the frame a question page reaches, 0 to 1."""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    width: float
    height: float
    top: float
    pages: tuple[Page, ...]
    page_labels: Mapping[Key, str]
    """(theme, place of the question) to the label of its page; (theme, 0) is the opener."""
    fits: tuple[Fit, ...]
    title: str
    author: str
    subject: str
    lang: str
    timestamp: datetime


@dataclass(slots=True)
class _Draft:
    """A page before its number is known."""

    kind: str
    boxes: list[Box]
    foot: str
    theme: int = 0
    fullness: float = 1.0
    blocks: tuple[Block, ...] = ()


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Raises SourceError for an unknown paper and for characters that the fonts lack."""
    question_set = _settable(question_set)
    measures = sheet(
        context.stylesheet.workbook, context.stylesheet.palette, paper_of(question_set)
    )
    counts: dict[Key, int] = {}
    drafts = list(_drafts(question_set, measures, context, counts))
    labels: dict[Key, str] = {}
    for number, draft in enumerate(drafts, 1):
        for box in draft.boxes:
            if isinstance(box, Bookmark):
                labels.setdefault(box.key, str(number))
    finished = tuple(
        _page(number, draft, measures, labels, question_set)
        for number, draft in enumerate(drafts, 1)
    )
    summary = context.strings.summary(question_set.question_count, len(question_set.themes))
    return Plan(
        measures.width, measures.height, measures.top, finished, labels,
        tuple(_fits(question_set, counts)), question_set.title, question_set.author,
        question_set.subtitle or summary, question_set.lang, context.timestamp,
    )  # fmt: skip


def _drafts(
    question_set: QuestionSet, measures: Sheet, context: Context, counts: dict[Key, int]
) -> Iterator[_Draft]:
    strings, themes = context.strings, question_set.themes
    yield _Draft("cover", front.cover(question_set, measures, strings), "")
    first, after = front.how_to(measures, strings)
    gap = measures.style.heading_gap_mm * MM
    pages = front.contents(question_set, measures, strings, after + gap)
    yield _Draft("contents", first + pages[0], strings.how_to_use)
    for page in pages[1:]:
        yield _Draft("contents", page, strings.contents)
    column = _number_column(question_set, measures)
    for theme in themes:
        yield from _theme(theme, len(themes), measures, context, column, counts)
    for page in front.stood_out(question_set, measures, strings):
        yield _Draft("back", page, strings.stood_out)
    yield _Draft("back", front.action_plan(measures, strings), strings.action_plan)
    yield _Draft("back", front.notes(measures, strings), strings.notes)


def _theme(
    theme: Theme,
    themes: int,
    measures: Sheet,
    context: Context,
    column: float,
    counts: dict[Key, int],
) -> Iterator[_Draft]:
    title, color = plain(theme.title), measures.palette.accent(theme.number)
    for boxes in front.opener(theme, themes, measures, context.strings):
        yield _Draft("opener", boxes, title, theme.number)
    for page in spread(list(blocks(theme, measures, column)), measures):
        boxes, given, fullness = set_page(page, measures, column, color)
        for key, count in given.items():
            counts[key] = counts.get(key, 0) + count
        yield _Draft("questions", boxes, title, theme.number, fullness, tuple(page))


def _number_column(question_set: QuestionSet, measures: Sheet) -> float:
    """Wide enough for the widest number of the set, so that all texts and rules align."""
    style = measures.style.question
    font = face(f"{style.family}-{style.weight}")
    widest = max(
        font.width(str(question.number), style.size_pt)
        for theme in question_set.themes
        for question in theme.questions
    )
    return max(measures.style.number_column_mm * MM, widest + 3 * MM)


def _fits(question_set: QuestionSet, counts: Mapping[Key, int]) -> Iterator[Fit]:
    for theme in question_set.themes:
        for place, question in enumerate(theme.questions, 1):
            yield Fit(question.number, question.answer.lines, counts.get((theme.number, place), 0))


# -- what a page has by its number


def _page(
    number: int,
    draft: _Draft,
    measures: Sheet,
    labels: Mapping[Key, str],
    question_set: QuestionSet,
) -> Page:
    right_hand = number % 2 == 1
    left = measures.inner if right_hand else measures.outer
    boxes = tuple(_numbered(box, labels, measures) for box in draft.boxes)
    decoration: list[Box] = []
    if draft.theme:
        decoration += _tab(draft.theme, right_hand, measures)
    if draft.foot:
        decoration += _foot(number, draft, left, measures, question_set.title)
    return Page(
        str(number), draft.kind, boxes, left, tuple(decoration), draft.fullness, draft.blocks
    )


def _numbered(box: Box, labels: Mapping[Key, str], measures: Sheet) -> Box:
    if not isinstance(box, PageNumber):
        return box
    style = replace(measures.style.listing, size_pt=box.size)
    return flush_right(labels[box.key], box.x, box.y, style, box.color)


def _tab(theme: int, right_hand: bool, measures: Sheet) -> list[Box]:
    """At the outer edge, lower for each theme; back at the top when the page is through."""
    style = measures.style
    width, height = style.tab_width_mm * MM, style.tab_height_mm * MM
    first = style.tab_top_mm * MM
    places = max(1, int((measures.height - 2 * first) // (height * 1.1)))
    y = first + (theme - 1) % places * height * 1.1
    x = measures.width - width if right_hand else 0.0
    font = face(f"{style.tab.family}-{style.tab.weight}")
    text = str(theme)
    wide = font.width(text, style.tab.size_pt)
    # 6 mm from the edge at least: printers do not reach it, and hands cover it.
    at = x + 1.2 * MM if right_hand else x + width - 1.2 * MM - wide
    base = y + height / 2 + style.tab.size_pt * 0.34
    return [
        Bar(x, y, width, height, measures.palette.accent(theme)),
        label(text, at, base, style.tab, measures.palette.paper),
    ]


def _foot(number: int, draft: _Draft, left: float, measures: Sheet, title: str) -> list[Box]:
    """Set, theme, page: the page number at the outer side."""
    style, palette = measures.style.foot, measures.palette
    y = measures.height - measures.style.foot_mm * MM
    name = shortened(title, style, measures.frame_width * 0.33)
    font = face(f"{style.family}-{style.weight}")
    beside = font.width(name, style.size_pt) + 6 * MM
    theme = shortened(draft.foot, style, measures.frame_width - 2 * beside)
    bold = replace(style, weight="semibold")
    middle = left + (measures.frame_width - font.width(theme, style.size_pt)) / 2
    right = left + measures.frame_width
    boxes: list[Box] = [label(theme, middle, y, style, palette.muted)]
    if number % 2 == 1:
        boxes.append(label(name, left, y, style, palette.muted))
        boxes.append(flush_right(str(number), right, y, bold, palette.ink))
    else:
        boxes.append(label(str(number), left, y, bold, palette.ink))
        boxes.append(flush_right(name, right, y, style, palette.muted))
    return boxes


# -- what the fonts can set


def _settable(question_set: QuestionSet) -> QuestionSet:
    """The set without invisible characters. Raises SourceError for letters that the fonts lack."""
    lines: dict[str, list[int]] = {}

    def clean(text: Inline, line: int) -> Inline:
        text = printable(text)
        for character in missing(text):
            lines.setdefault(character, []).append(line)
        return text

    def bare(text: str) -> str:
        return plain(clean((Span(text),), 1)) if text else text

    themes = tuple(
        replace(
            theme,
            title=clean(theme.title, theme.line),
            intro=tuple(clean(paragraph, theme.line) for paragraph in theme.intro),
            questions=tuple(
                replace(
                    question,
                    text=clean(question.text, question.line),
                    followups=tuple(
                        replace(followup, text=clean(followup.text, question.line))
                        for followup in question.followups
                    ),
                )
                for question in theme.questions
            ),
        )
        for theme in question_set.themes
    )
    cleaned = replace(
        question_set,
        themes=themes,
        title=bare(question_set.title),
        subtitle=bare(question_set.subtitle),
        author=bare(question_set.author),
    )
    if lines:
        raise SourceError([_lacking(question_set, lines)])
    return cleaned


def _lacking(question_set: QuestionSet, lines: Mapping[str, list[int]]) -> Diagnostic:
    named = [f"{character} (U+{ord(character):04X})" for character in list(lines)[:12]]
    if len(lines) > len(named):
        named.append(f"{len(lines) - len(named)} more")
    places = sorted({line for found in lines.values() for line in found})
    shown = ", ".join(map(str, places[:12])) + (
        f" and {len(places) - 12} more" if len(places) > 12 else ""
    )
    return error(
        f"the workbook's fonts lack {', '.join(named)}; on lines {shown}",
        question_set.path,
        places[0],
        "write them otherwise, or make the other two with --only handout --only slides",
    )
