"""The pages before the questions: how to use, contents, a theme's opener, and their ruled lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.look.color import tinted
from generator.model import Inline, Question, QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.writers.workbook.boxes import Bar, Bookmark, Key, Line, Link, PageNumber
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame, unlinked

ROWS_TOGETHER = 3
"""Rows that must fit below the heading of a list; otherwise it begins on the next page."""


# -- how to use it, and the contents


def welcome(page: Draft, question_set: QuestionSet) -> list[Draft]:
    """Lay out the paragraphs before the first theme, from `page` on. Returns the pages that they
    add, the last of which knows where they end."""
    page.base = page.frame.at(page.style.heading_label_y)
    return running(page, question_set.intro)[1:]


def how_to(page: Draft, steps: Sequence[str], key: Key) -> None:
    """Explain how to use the workbook, below any text on the page."""
    frame, style = page.frame, page.style
    base = page.heading(frame.words.how_to_use, key, base=page.base)
    column, base = style.number_column, base + style.heading_after
    listed = numbered_list(page.section)
    for number, step in enumerate(steps, 1):
        item = listed.add("LI")
        page.text(str(number), style.row_number, 0.0, base, item.add("Lbl"))
        lines = frame.balanced((Span(step),), style.intro, frame.measure - column)
        base = page.set(lines, style.intro, column, base, item.add("LBody"))
        base += style.intro.leading / 2
    page.base = base


Entry = tuple[Key, str, str]
"""An entry of the contents: its target, the number of its theme or an empty text, and its text."""


def contents_fit(page: Draft, entries: Sequence[Entry]) -> bool:
    """Return True if the contents begin below what stands on the page: if they are whole there, or
    if no page of their own would hold them either."""
    frame, style = page.frame, page.style
    texts = (_entry_lines(text, frame) for _, _, text in entries)
    whole = sum(style.tight_row + (len(lines) - 1) * style.listing.leading for lines in texts)
    few = style.contents_row * min(len(entries), ROWS_TOGETHER)
    head = style.title.leading + style.heading_after
    return page.base + head + (whole if head + whole <= frame.height else few) <= frame.height


def contents(page: Draft, entries: Sequence[Entry], key: Key) -> list[Draft]:
    """Lay out the contents below any text on the page, and return the pages that they add."""
    frame, style = page.frame, page.style
    base = page.base + style.title.leading if page.base else 0.0
    base = page.heading(frame.words.contents, key, base=base)
    y, toc = base + style.heading_after / 2, page.tag("TOC")
    rows = [_entry(entry, frame, toc) for entry in entries]
    added: list[Draft] = []
    for index, (group, height) in enumerate(_grouped(rows, frame, y, style.contents_row)):
        if index:
            page, y = Draft(frame, "contents", frame.words.contents, section=page.section), 0.0
            added.append(page)
        page.hairline(y)
        _set_rows(page, group, height, y, style.number_column)
    return added


def _entry(entry: Entry, frame: Frame, toc: Tag) -> Row:
    key, number, text = entry
    item, style = toc.add("TOCI"), frame.style
    line = None
    if number:
        span, accent = (Span(number),), frame.palette.accent(key[0])
        line = Line(span, style.row_number, 0.0, item.add("Lbl"), accent)
    lines = _entry_lines(text, frame)
    return Row(line, lines, text, item.add("Reference").add("Link"), key, span=True)


def _entry_lines(text: str, frame: Frame) -> list[Inline]:
    style = frame.style
    room = frame.width - style.number_column - style.page_column * 1.4
    return frame.lines((Span(text),), style.listing, room)


# -- a theme's opener


def opener(page: Draft, theme: Theme, themes: int, bare: bool) -> tuple[list[Draft], float]:
    """Lay out numeral, title and introduction on a tint, from `page` on. Returns all pages, and the
    edge of the tint on the last of them. `bare` is True if no theme of the set has an
    introduction."""
    frame, style, number = page.frame, page.style, str(theme.number)
    page.add(Bookmark(0.0, (theme.number, 0), f"{number}. {plain(theme.title)}"))
    room = frame.width
    if themes > 1:
        room -= _numeral(page, number) + style.clear
        label = page.words.theme_of.format(number=number, count=themes)
        accent = page.palette.accent(theme.number)
        page.tracked(label, style.opener_label_y, page.tag(), accent)
    lines, shown = frame.largest(theme.title, style.theme_title, style.opener_title_sizes, room, 3)
    base = frame.at(style.opener_title_y)
    base = page.set(lines, shown, 0.0, base, page.tag(frame.heading)) - shown.leading
    page.base = base + style.opener_intro
    if frame.measure > room:  # long lines would run into the numeral
        page.base = max(page.base, frame.at(style.opener_numeral_y) + style.intro.leading)
    pages = running(page, theme.intro)
    end = pages[-1].base - style.intro.leading * (1.5 if theme.intro else 0.0)
    tint = tinted(page.palette.surface(theme.number), style.opener_tint)
    for each in pages:
        whole = frame.height + style.bottom_margin
        edge = whole if each is not pages[-1] else end + style.opener_below
        least = frame.at(style.opener_bare_y if bare else style.opener_y)
        edge = max(edge, least if each is page else 0.0)
        each.ground = [Bar(0.0, 0.0, frame.page_width, style.top_margin + edge, tint)]
    return pages, edge


def _numeral(page: Draft, number: str) -> float:
    """Set the large numeral and return its width. It is decoration, as the line over the title has
    the number."""
    frame, style = page.frame, page.style
    sizes = style.opener_numeral_sizes
    size = sizes[min(len(number), len(sizes)) - 1]
    numeral = frame.display(style.cover_title._replace(size=size))
    tint = tinted(frame.palette.surface(page.theme), style.opener_numeral_tint)
    right = frame.width + frame.overhang(number, numeral)
    base = frame.at(style.opener_numeral_y)
    page.text(number, numeral, right, base, color=tint, anchor=1.0)
    return frame.width_of(number, numeral)


def running(page: Draft, paragraphs: Sequence[Inline]) -> list[Draft]:
    """Set paragraphs from the base of a page on, over further pages if needed, and never a line
    alone. The base of the last page is then the one below them."""
    frame, style, pages = page.frame, page.style.intro, [page]
    base = page.base
    for paragraph in paragraphs:
        lines = frame.paragraph(paragraph, style, frame.measure, page.tag())
        lines += frame.addressed(paragraph, frame.measure, page.section)
        while len(lines) > (fit := _fitting(lines, frame.height - base)):
            page.column(lines[:fit], 0.0, base, "")
            lines, page, base = lines[fit:], page.another(), style.size
            pages.append(page)
        base = page.column(lines, 0.0, base, "") + style.leading * 1.5
    page.base = base
    return pages


def _fitting(lines: Sequence[Line], room: float) -> int:
    """Return how many lines of a paragraph fit with their baselines above `room`. No line is left
    alone on either page."""
    fit = max(0, int((room + EQUAL) // lines[0].style.leading) + 1)
    if fit >= len(lines):
        return len(lines)
    fit = min(fit, len(lines) - 2)
    return fit if fit > 1 else 0


def ticks(page: Draft, theme: Theme, edge: float, names: Mapping[Key, str]) -> list[Draft]:
    """Lay out the questions to tick with their pages, below the edge of the tint on `page`. Returns
    the pages that the list adds."""
    frame, style = page.frame, page.style
    numbers = [str(question.number) for question in theme.questions]
    widest = max(frame.width_of(number, style.listing_number) for number in numbers)
    x = frame.tick_room + widest + style.number_gap
    head, listed, own, pages = page.tag(), numbered_list(page.section), style.row, [page]
    rows = [
        _row(question, (theme.number, place), frame, x, names, listed)
        for place, question in enumerate(theme.questions, 1)
    ]
    y, top = edge + style.opener_list, style.opener_list
    here, anew = (_grouped(rows, frame, first, own, own) for first in (y, top))
    few, rest = min(ROWS_TOGETHER, len(rows)) * style.tight_row, frame.height - y
    low = y > frame.height * style.list_from and 1 < len(here) > len(anew)
    if low or few > rest:
        pages.append(page.another())
        y, here = top, anew
    _list_head(pages[-1], y, head)
    for index, (group, height) in enumerate(here):
        if index:
            pages.append(page.another())
            y = 0.0
        pages[-1].hairline(y, frame.palette.accent(theme.number))
        y = _set_rows(pages[-1], group, height, y, x)
        own = max(height, style.tight_row)
    _own(pages[-1], y + own * 0.72)
    _rest(pages[-1], y + own)
    return pages[1:]


def _list_head(page: Draft, y: float, tag: Tag) -> None:
    """Set the purpose of the list, and the head of the page numbers, above the rule at `y`."""
    frame, style = page.frame, page.style
    base = y - style.hint.leading * 0.5
    room = frame.width - frame.width_of(frame.words.page, style.small) - style.clear
    line = frame.at_most(1, (Span(frame.words.tick_to_start),), style.hint, room)
    page.set(line, style.hint, 0.0, base, tag, end=" ")
    page.text(frame.words.page, style.small, frame.width, base, anchor=1.0)


def _own(page: Draft, base: float) -> None:
    """Add a last row for a question of one's own."""
    frame, hint, words = page.frame, page.style.hint, page.words.your_own
    tag = page.tag()
    label = page.text(f"{words} ", hint, 0.0, base, tag)
    x = frame.width_of(label.text, hint) + frame.style.number_gap
    page.line(x, base + 2.0, frame.width - x, f"theme-{page.theme}-own", words, tag)


def _rest(page: Draft, y: float) -> None:
    """Draw rules for notes if the list leaves much of a page."""
    frame, style = page.frame, page.style
    if frame.height - y < frame.height * style.list_rest:
        return
    first, tag = frame.first_place(y + 2 * style.lead), page.tag()
    page.text(f"{frame.words.notes} ", style.hint, 0.0, frame.place(first) - style.lead, tag)
    words, count = f"{frame.words.notes}: {page.foot}", frame.last_place - first + 1
    page.ruled(0.0, first, count, f"theme-{page.theme}-notes", words, tag)


def _row(
    question: Question, key: Key, frame: Frame, x: float, names: Mapping[Key, str], listed: Tag
) -> Row:
    """Return a question as a row: up to three lines, as its own page has all of it."""
    style, number, item = frame.style, str(question.number), listed.add("LI")
    right = x - style.number_gap - frame.width_of(number, style.listing_number)
    accent = frame.palette.accent(key[0])
    line = Line((Span(number),), style.listing_number, right, item.add("Lbl"), accent)
    body, said = item.add("LBody"), frame.words.question.format(number=number)
    tick, room = (f"{names[key]}-tick", said, body.add("Form")), frame.width - x - style.page_column
    lines = frame.at_most(3, unlinked(question.text), style.listing, room)
    words, link = plain(question.text), body.add("Link")
    return Row(line, lines, words, link, key, tick=tick)


# -- ruled lists: a number, a text of one line or several, a page at the right, a hairline below


class Row(NamedTuple):
    number: Line | None
    lines: list[Inline]
    words: str
    """The whole text."""
    tag: Tag
    """The tag of the text and of the page number."""
    key: Key
    """The key of the page that it names and leads to, or of the section whose pages it names."""
    span: bool = False
    tick: tuple[str, str, Tag] | None = None
    """The field in front of it: name, question and tag."""


def _grouped(
    rows: Sequence[Row], frame: Frame, top: float, loose: float, after: float = 0.0
) -> list[tuple[list[Row], float]]:
    """Return the rows of each page, and the height of a row with one line, in points.

    There are as few pages as tight rows need. Rows are then as high as these pages allow, up to
    `loose`, so that none is left with a line or two. The first page begins at `top`, the others at
    the top of the frame; the last has room for `after`.
    """

    def fill(height: float) -> list[tuple[list[Row], float]]:
        groups: list[tuple[list[Row], float]] = [([], height)]
        y = top
        for row in rows:
            needed = _height_of(row, height, frame)
            kept = after if row is rows[-1] else 0.0
            if y + needed + kept > frame.height + EQUAL and (groups[-1][0] or y):
                groups.append(([], height))
                y = 0.0
            groups[-1][0].append(row)
            y += needed
        return groups

    tight = frame.style.tight_row
    fewest = len(fill(tight))
    height = loose
    while height > tight and len(fill(height)) > fewest:
        height -= 0.5
    return fill(max(height, tight))


def _height_of(row: Row, height: float, frame: Frame) -> float:
    return height + (len(row.lines) - 1) * frame.style.listing.leading


def _set_rows(page: Draft, rows: Sequence[Row], height: float, y: float, x: float) -> float:
    """Set rows from `y` downwards, with their texts at `x`, and return where they end."""
    for row in rows:
        below = y + _height_of(row, height, page.frame)
        _set_listed(page, row, y, below, x)
        page.hairline(below)
        y = below
    return y


def _set_listed(page: Draft, row: Row, y: float, below: float, x: float) -> None:
    frame, style, right = page.frame, page.style.listing, page.frame.width
    base = frame.middle((y + below) / 2, style, len(row.lines))
    if row.tick:
        page.tick(0.0, frame.middle_of(base), *row.tick)
    if number := row.number:
        page.text(plain(number.text), number.style, number.x, base, number.tag, number.color)
    page.set(row.lines, style, x, base, row.tag, end=" ")
    page.add(
        PageNumber(right, base, row.key, style.size, page.palette.muted, row.tag, row.span),
        Link(x, y, right - x, below - y, row.tag, row.words, row.key),
    )
