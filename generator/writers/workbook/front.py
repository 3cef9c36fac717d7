"""The pages before the questions: how to use, contents, and a theme's opener.

Each function returns the boxes of one page or of several, in the frame's coordinates; what runs off
the frame to the edges of the paper is returned as ground, in the page's coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.look.color import tinted
from generator.model import Inline, Question, QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.writers.workbook.blocks import addresses
from generator.writers.workbook.boxes import Bar, Bookmark, Boxes, Key
from generator.writers.workbook.frame import EQUAL, Frame, has_link, unlinked
from generator.writers.workbook.listing import (
    ROWS_TOGETHER,
    Row,
    contents_columns,
    grouped,
    set_rows,
    tick_columns,
)
from generator.writers.workbook.page import Draft


def heading(
    text: str, key: Key | None, frame: Frame, section: Tag, label: str = "", base: float = 0.0
) -> tuple[Boxes, float]:
    """A page's title with its bookmark and the label over it, and the title's last baseline.

    The label is alike on several pages, as a running head is: decoration.
    """
    style = frame.style
    boxes: Boxes = [Bookmark(max(0.0, base - 20.0), key, text)] if key else []
    if label:
        boxes.append(
            frame.tracked(label, frame.at(style.heading_label_y), frame.palette.muted, None)
        )
    base = base or frame.at(style.heading_title_y)
    title = style.title
    sizes = [title.size, title.size * 0.75, title.size * 0.6]
    lines, shown = frame.largest((Span(text),), title, sizes, frame.width, 2)
    placed, after = frame.set(
        lines, shown, 0.0, base, frame.palette.ink, section.add(frame.heading)
    )
    return boxes + placed, after - shown.leading


# -- how to use it, and the contents


def welcome(question_set: QuestionSet, frame: Frame, section: Tag) -> tuple[list[Boxes], float]:
    """The paragraphs before the first theme, and the baseline below them."""
    pages: list[Boxes] = [[]]
    base = frame.at(frame.style.heading_label_y)
    return pages, running(question_set.intro, frame, base, pages, section)


def how_to(
    steps: Sequence[str], key: Key, frame: Frame, section: Tag, base: float
) -> tuple[Boxes, float]:
    """How to use the workbook, below `base` if that is given, and the baseline below it."""
    boxes, base = heading(frame.words.how_to_use, key, frame, section, base=base)
    style, palette = frame.style, frame.palette
    column, base = style.number_column, base + style.heading_after
    listed = numbered_list(section)
    for number, step in enumerate(steps, 1):
        item = listed.add("LI")
        label = (str(number), style.row_number, 0.0, base, palette.muted, item.add("Lbl"))
        boxes.append(frame.text(*label))
        lines = frame.balanced((Span(step),), style.intro, frame.measure - column)
        placed, base = frame.set(lines, style.intro, column, base, palette.ink, item.add("LBody"))
        boxes += placed
        base += style.intro.leading / 2
    return boxes, base


Entry = tuple[Key, str, str]
"""Of the contents: where it leads, its theme's number or nothing, its text."""


def contents(
    entries: Sequence[Entry], key: Key, frame: Frame, section: Tag, after: float
) -> list[Boxes]:
    """The first page goes on below the baseline `after`, if that is given and leaves room."""
    style = frame.style
    row = style.contents_row
    base = after + style.title.leading if after else frame.at(style.heading_title_y)
    least = base + style.heading_after + row * min(len(entries), ROWS_TOGETHER)
    pages: list[Boxes] = [[]]
    if after and least > frame.height:
        pages.append([])
        base = frame.at(style.heading_title_y)
    boxes, base = heading(frame.words.contents, key, frame, section, base=base)
    pages[-1] += boxes
    top, at = base + style.heading_after / 2, contents_columns(frame)
    toc = section.add("TOC")
    rows = [_entry(entry, frame, at.room, toc) for entry in entries]
    for index, (group, height) in enumerate(grouped(rows, frame, top, row)):
        y = 0.0 if index else top
        if index:
            pages.append([])
        pages[-1] += [frame.hairline(y), *set_rows(group, height, y, frame, at)[0]]
    return pages


def _entry(entry: Entry, frame: Frame, room: float, toc: Tag) -> Row:
    key, number, text = entry
    item = toc.add("TOCI")
    label = item.add("Lbl") if number else None
    link = item.add("Reference").add("Link")
    lines = frame.lines((Span(text),), frame.style.listing, room)
    color = frame.palette.accent(key[0]) if number else ""
    return Row(lines, text, link, key, number, label, color)


# -- a theme's opener


def opener(
    theme: Theme, themes: int, frame: Frame, section: Tag, bare: bool
) -> tuple[list[Draft], float]:
    """Numeral, title and introduction on a tint, over further pages where needed; the edge of the
    tint on the last of them. `bare`: no theme of the set has an introduction."""
    style, palette = frame.style, frame.palette
    color, surface = palette.accent(theme.number), palette.surface(theme.number)
    number = str(theme.number)
    boxes: Boxes = [Bookmark(0.0, (theme.number, 0), f"{number}. {plain(theme.title)}")]
    room = frame.width
    if themes > 1:
        # The large numeral is decoration: the line over the title says the number.
        sizes = style.opener_numeral_sizes
        numeral = replace(style.cover_title, size=sizes[min(len(number), len(sizes)) - 1])
        numeral = frame.display(numeral)
        tint = tinted(surface, style.opener_numeral_tint)
        base = frame.at(style.opener_numeral_y)
        right = frame.width + frame.overhang(number, numeral)
        boxes.append(frame.text(number, numeral, right, base, tint, anchor=1.0))
        room -= frame.width_of(number, numeral) + style.clear
        label = frame.words.theme_of.format(number=theme.number, count=themes)
        base = frame.at(style.opener_label_y)
        boxes.append(frame.tracked(label, base, color, section.add("P")))
    title = unlinked(theme.title) if not has_link(theme.title) else theme.title
    lines, shown = frame.largest(title, style.theme_title, style.opener_title_sizes, room, 3)
    base = frame.at(style.opener_title_y)
    placed, base = frame.set(lines, shown, 0.0, base, palette.ink, section.add(frame.heading))
    pages: list[Boxes] = [boxes + placed]
    base += style.opener_intro - shown.leading
    if frame.measure > room:  # long lines would run into the numeral
        base = max(base, frame.at(style.opener_numeral_y) + style.intro.leading)
    end = running(theme.intro, frame, base, pages, section) if theme.intro else base
    end -= style.intro.leading * (1.5 if theme.intro else 0.0)
    least = frame.at(style.opener_bare_y if bare else style.opener_y)
    drafts = []
    for index, page in enumerate(pages):
        last = index == len(pages) - 1
        edge = end + style.opener_below if last else frame.height + frame.bottom
        edge = max(edge, 0.0 if index else least)
        ground = Bar(
            0.0, 0.0, frame.page_width, frame.top + edge, tinted(surface, style.opener_tint)
        )
        drafts.append(_opening(theme, page, [ground]))
    return drafts, edge


def _opening(theme: Theme, boxes: Boxes, ground: Boxes) -> Draft:
    return Draft("opener", boxes, plain(theme.title), theme.number, ground)


def running(
    paragraphs: Sequence[Inline], frame: Frame, base: float, pages: list[Boxes], section: Tag
) -> float:
    """Set paragraphs, over further pages where needed, never a line alone; the baseline below."""
    style, palette = frame.style.intro, frame.palette
    for paragraph in paragraphs:
        lines, tag = frame.lines(paragraph, style, frame.measure), section.add("P")
        while lines:
            fit = max(0, int((frame.height - base + EQUAL) // style.leading) + 1)
            if fit < len(lines):
                fit = min(fit, len(lines) - 2)
                fit = fit if fit > 1 else 0
            end = " " if fit < len(lines) else ""
            placed, base = frame.set(
                lines[:fit], style, 0.0, base, palette.ink, tag, end, has_link(paragraph)
            )
            pages[-1] += placed
            lines = lines[fit:]
            if lines:
                pages.append([])
                base = style.size
        for address in addresses(paragraph):
            small = frame.style.address
            shown = frame.lines((Span(address),), small, frame.measure)
            base += small.leading - style.leading
            placed, base = frame.set(shown, small, 0.0, base, palette.muted, section.add("P"), " ")
            pages[-1] += placed
            base += style.leading - small.leading
        base += style.leading * 0.5
    return base


def ticks(
    theme: Theme, frame: Frame, edge: float, drafts: list[Draft], names: dict[Key, str],
    section: Tag,
) -> None:  # fmt: skip
    """The questions to tick with their pages, below the edge of the last page's tint."""
    style, palette, color = frame.style, frame.palette, frame.palette.accent(theme.number)
    at = tick_columns(frame, [str(question.number) for question in theme.questions])
    y = edge + style.opener_list
    tight = style.tight_row
    rest = frame.height - y - len(theme.questions) * tight
    low = y > frame.height * style.list_from and rest < 0
    if low or y + min(ROWS_TOGETHER, len(theme.questions)) * tight > frame.height:
        drafts.append(_opening(theme, [], []))
        y = style.opener_list
    hint, listed = section.add("P"), numbered_list(section)
    rows = [
        _row(question, (theme.number, place), frame, at.room, names, color, listed)
        for place, question in enumerate(theme.questions, 1)
    ]
    base = y - style.hint.leading * 0.5
    page = frame.width_of(frame.words.page, style.small)
    room = frame.width - page - style.clear
    line = frame.at_most(1, (Span(frame.words.tick_to_start),), style.hint, room)
    drafts[-1].boxes += frame.set(line, style.hint, 0.0, base, palette.muted, hint, " ")[0]
    head = frame.text(frame.words.page, style.small, frame.width, base, palette.muted, anchor=1.0)
    drafts[-1].boxes.append(head)
    own = style.row
    for index, (group, height) in enumerate(grouped(rows, frame, y, own, own)):
        if index:
            drafts.append(_opening(theme, [], []))
            y = 0.0
        drafts[-1].boxes.append(frame.hairline(y, color))
        placed, y = set_rows(group, height, y, frame, at)
        drafts[-1].boxes += placed
        own = max(height, tight)
    drafts[-1].boxes += _own(theme, frame, y + own * 0.72, section)
    drafts[-1].boxes += _rest(theme, frame, y + own, section)


def _own(theme: Theme, frame: Frame, base: float, section: Tag) -> Boxes:
    """A last row for a question of one's own."""
    style, tag = frame.style, section.add("P")
    label = frame.text(f"{frame.words.your_own} ", style.hint, 0.0, base, frame.palette.muted, tag)
    x = frame.width_of(label.text, style.hint) + style.number_gap
    name = f"theme-{theme.number}-own"
    line = frame.line(x, base + 2.0, frame.width - x, name, frame.words.your_own, tag)
    return [label, *line]


def _rest(theme: Theme, frame: Frame, y: float, section: Tag) -> Boxes:
    """Rules for notes, where the list leaves much of a page."""
    style = frame.style
    if frame.height - y < frame.height * style.list_rest:
        return []
    first = frame.first_place(y + 2 * style.lead)
    base = frame.place(first) - style.lead
    tag = section.add("P")
    label = frame.text(f"{frame.words.notes} ", style.hint, 0.0, base, frame.palette.muted, tag)
    words = f"{frame.words.notes}: {plain(theme.title)}"
    count = frame.last_place - first + 1
    return [label, *frame.ruled(0.0, first, count, f"theme-{theme.number}-notes", words, tag)]


def _row(
    question: Question, key: Key, frame: Frame, room: float, names: dict[Key, str], color: str,
    listed: Tag,
) -> Row:  # fmt: skip
    """A question as it is listed: up to three lines; it stands in full on its own page."""
    item = listed.add("LI")
    label, body = item.add("Lbl"), item.add("LBody")
    tick, link = body.add("Form"), body.add("Link")
    lines = frame.at_most(3, unlinked(question.text), frame.style.listing, room)
    words = plain(question.text)
    return Row(
        lines, words, link, key, str(question.number), label, color, f"{names[key]}-tick", tick,
        frame.words.question.format(number=question.number),
    )  # fmt: skip
