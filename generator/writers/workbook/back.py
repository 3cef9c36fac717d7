"""The panel at the end of a theme, and the pages around the themes: agreement, conversations, what
stood out, action plan, notes. A function that lays out a section draws on `page` and returns the
pages that follow it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from generator.look.color import tinted
from generator.model import Inline, Span, Theme, plain
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Bar, FieldKind, Key, Outline, Rules
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL

CLOSER_HEAD, CLOSER_FOOT = 5, 6
"""Places of the panel above its first rule and below its last one."""
CLOSER_ROWS = 3
"""Number of things that one will do."""
SMALL_HEAD = 3
LOG_LINES = 4
"""Minimum height of the lines of a log, in gaps."""
LABEL = 0.85
"""Maximum share of a line for the label in front of it."""
AGREED = ("wants", "how", "between", "tell")
STOOD_OUT_LINES = 3
"""Minimum number of rules for a theme in the back matter."""


def closer(page: Draft, theme: Theme, first: int) -> None:
    """Lay out the panel on the last page of a theme, from the place `first` to the foot."""
    frame, style, words = page.frame, page.style, page.words
    y, bottom = frame.place(first), frame.height + style.closer_below
    pad, right = style.closer_padding, frame.width - style.closer_padding
    tint = tinted(page.palette.surface(theme.number), style.closer_tint)
    page.add(Bar(0.0, y, frame.width, bottom - y, tint, style.panel_radius))
    whole = frame.last_place - first + 1 >= style.closer_places
    head = first + (CLOSER_HEAD if whole else SMALL_HEAD)
    if whole:
        base, tag = y + style.closer_base, page.tag(frame.subheading)
        page.label(words.before_turning, style.closer_title, pad, base, right - pad, tag)
        base += style.small.leading * 1.7
        page.label(words.take_away, style.small, pad, base, right - pad, page.tag())
        _will_do(page, theme)
    count = frame.last_place - (CLOSER_FOOT if whole else 1) - head + 1
    tag, base = page.tag(), frame.place(head) - frame.gap * 1.5
    accent = page.palette.accent(theme.number)
    page.text(f"{words.stood_out} ", style.subhead, pad, base, tag, accent)
    said, name = f"{words.stood_out}: {plain(theme.title)}", f"stood-out-{theme.number}"
    page.ruled(pad, head, count, name, said, tag, right=right, white=True)


def _will_do(page: Draft, theme: Theme) -> None:
    """Draw three boxes to tick, each with a line for the thing to do and one for its date."""
    frame, style, say = page.frame, page.style, page.words
    pad, right, tag = style.closer_padding, frame.width - style.closer_padding, page.tag()
    base = frame.place(frame.last_place - CLOSER_ROWS - 2) + style.subhead.size * 0.4
    by_left = right - max(frame.width * 0.14, frame.width_of(say.by, style.small))
    left = pad + frame.tick_room
    accent = page.palette.accent(theme.number)
    page.text(f"{say.what} ", style.subhead, pad, base, tag, accent)
    page.text(f"{say.by} ", style.small, by_left, base, tag)
    for row in range(1, CLOSER_ROWS + 1):
        y = frame.place(frame.last_place - CLOSER_ROWS + row - 1)
        name, width = f"theme-{theme.number}-do-{row}", by_left - style.clear - left
        done = (f"{name}-done", f"{say.done} ({row})", tag.add("Form"))
        page.tick(pad, y - style.tick * 0.72, *done)
        page.line(left, y, width, name, f"{say.what} ({row})", tag)
        page.line(by_left, y, right - by_left, f"{name}-by", f"{say.by_when} ({row})", tag)


def stood_out(page: Draft, themes: Sequence[Theme], key: Key) -> list[Draft]:
    """Lay out rules for each theme without a panel of its own, as many on all pages as can be
    shared out evenly."""
    frame, style, say = page.frame, page.style, page.words
    base = page.heading(say.stood_out, key, say.after)
    begin = frame.first_place(base + style.lead + 2 * style.listing.leading)
    block = STOOD_OUT_LINES + style.gap_places
    most = max(1, (frame.last_place - begin + 1 + style.gap_places) // block)
    each = max(1, (frame.last_place + style.gap_places) // block)
    pages: list[Draft] = []
    for group in _shared(themes, most, each):
        if pages:
            page = page.another()
            begin = frame.first_place(3 * style.listing.leading)
        pages.append(page)
        gaps = style.gap_places * (len(group) - 1)
        count, left = divmod(frame.last_place - begin + 1 - gaps, len(group))
        for index, theme in enumerate(group):
            place = begin + left + index * (count + style.gap_places)
            _theme_rules(page, theme, place, count)
    return pages[1:]


def _theme_rules(page: Draft, theme: Theme, place: int, count: int) -> None:
    """Set the title of a theme with rules for what stood out, the first of them at a place."""
    frame, style = page.frame, page.style
    base, tag = frame.place(place) - style.lead, page.tag(frame.subheading)
    x, accent = style.number_column, page.palette.accent(theme.number)
    page.text(f"{theme.number} ", style.row_number, 0.0, base, tag, accent)
    title = frame.at_most(1, theme.title, style.listing, frame.width - x)
    page.set(title, style.listing, x, base, tag)
    words = f"{frame.words.stood_out}: {plain(theme.title)}"
    page.ruled(x, place, count, f"stood-out-{theme.number}", words, page.tag())


def _shared(themes: Sequence[Theme], first: int, each: int) -> list[Sequence[Theme]]:
    """Return the themes of each page, in nearly equal numbers; the first page holds `first`, the
    others `each`."""
    pages = 1 + -(-max(0, len(themes) - first) // each)
    groups = []
    for page in range(pages):
        count = -(-len(themes) // (pages - page))
        count = count if page else min(count, first)
        groups.append(themes[:count])
        themes = themes[count:]
    return groups


def action_plan(page: Draft, key: Key) -> list[Draft]:
    """Lay out a grid to fill in: what, a first step, by when, and a box to tick when it is done.

    It is tagged as a list with an item for each row, because accessibility checkers reject a table
    in which all cells but the headings are empty. The words of each field name its column.
    """
    frame, style, say = page.frame, page.style, page.words
    base = page.heading(say.action_plan, key, say.after)
    heads = (say.what, say.first_step, say.by_when, say.done)
    columns, pad = _plan_columns(page, heads), style.number_gap
    labels = [
        frame.at_most(3, (Span(head),), style.foot, right - left - pad)
        for head, (left, right) in zip(heads, pairwise(columns), strict=True)
    ]
    tag, listed = page.tag(), page.tag("L")
    base += style.heading_after * 0.8
    for x, lines in zip(columns, labels, strict=False):
        page.set(lines, style.foot, x + (pad if x else 0.0), base, tag, end=" ")
    y = base + (max(map(len, labels)) - 1) * style.foot.leading + 5
    rows = max(1, min(style.plan_rows, int((frame.height - y) / style.plan_row)))
    height, line = (frame.height - y) / rows, style.rule_width
    page.hairline(y, page.palette.ink)
    below = (0.0, y + height, frame.width, y + height, line, page.palette.rule)
    page.add(Rules(*below, rows, dy=height))
    for x in columns[1:-1]:
        page.add(Rules(x, y, x, frame.height, line, page.palette.hairline))
    for row in range(rows):
        _plan_row(page, row + 1, y + row * height, height, columns, heads, listed)
    return []


def _plan_columns(page: Draft, heads: Sequence[str]) -> list[float]:
    """Return the edges of the columns; the two at the right are as wide as their headings, within
    limits."""
    frame, width, pad = page.frame, page.frame.width, page.style.number_gap
    when, done = (frame.width_of(head, frame.style.foot) + 2 * pad for head in heads[2:])
    done = min(max(done, width * 0.08), width * 0.2)
    when = min(max(when, width * 0.16), width * 0.2)
    step = (width - done - when) * 0.42
    return [0.0, width - done - when - step, width - done - when, width - done, width]


def _plan_row(
    page: Draft, number: int, y: float, height: float, columns: Sequence[float],
    heads: Sequence[str], listed: Tag,
) -> None:  # fmt: skip
    pad, body = page.style.plan_padding, listed.add("LI").add("LBody")
    parts = zip(("what", "step", "when"), heads, columns, columns[1:], strict=False)
    for part, head, left, right in parts:
        area = (left + (pad if left else 0.0), y + pad, right - left - 2 * pad, height - 2 * pad)
        page.field(*area, f"action-{number}-{part}", f"{head} ({number})", body)
    x = (columns[-2] + columns[-1] - page.style.tick) / 2
    done = (f"action-{number}-done", f"{heads[-1]} ({number})", body.add("Form"))
    page.tick(x, y + height / 2, *done)


def notes(page: Draft, key: Key | None, name: str) -> None:
    """Lay out a page for notes; one with a key belongs to the group after the conversations."""
    frame, words = page.frame, page.words
    base = page.heading(words.notes, key, words.after if key else "")
    first = frame.first_place(base + frame.style.heading_after * 0.8)
    count = frame.last_place - first + 1
    page.ruled(0.0, first, count, name, words.notes, page.tag())


# -- pages for mentoring


Prompt = tuple[str, list[Inline], int]
"""The name of the field, the lines of the prompt, and the number of rules if there is room."""


def agreement(page: Draft, key: Key) -> list[Draft]:
    """Lay out what mentor and mentee agree on before they begin. Dates and signatures go on a
    second page if the first has no room for them, with half of the prompts if it has none for all
    of these."""
    frame, style, say = page.frame, page.style, page.words
    base = page.heading(say.agreement, key, say.before_meeting)
    first, last = frame.first_place(base + 2.6 * style.lead), frame.last_place
    box = style.date_box[1] * frame.scale
    signature = frame.height - style.small.leading - style.clear
    dates = signature - 2.2 * frame.gap - box
    above = int((dates - style.lead * 1.2 - frame.place(0) + EQUAL) // frame.gap)
    said = (say.agree_wants, say.agree_how, say.agree_between, say.agree_tell)
    prompts: list[Prompt] = [
        (f"agreement-{name}", frame.balanced((Span(words),), style.question, frame.width), count)
        for name, words, count in zip(AGREED, said, style.agreement_lines, strict=True)
    ]
    further: list[Draft] = []
    if not _prompts(page, prompts, first, above):
        whole = _prompts(page, prompts, first, last) or not _prompts(page, prompts[:2], first, last)
        page = page.another()
        further.append(page)
        if whole:
            dates, signature = box, 4 * box
        else:
            top = frame.first_place(style.lead + style.question.size * style.ascent)
            _prompts(page, prompts[2:], top, above)
    _dates(page, dates, box)
    half = (frame.width - style.cover_gutter) / 2
    for name, words, x in (
        ("mentee", say.mentee_date, 0.0), ("mentor", say.mentor_date, half + style.cover_gutter),
    ):  # fmt: skip
        page.signed(x, signature, half, f"signed-{name}", words, page.tag())
    return further


def _prompts(page: Draft, prompts: Sequence[Prompt], first: int, last: int) -> bool:
    """Draw prompts, each with at least one rule, over as many rules as fit from place `first` to
    `last`. Returns False if they do not fit."""
    frame, style, number = page.frame, page.style.question, len(prompts)
    more = [math.ceil((len(lines) - 1) * style.leading / frame.gap) for _, lines, _ in prompts]
    gap, counts = max(2, page.style.gap_places - 1), [count for *_, count in prompts]
    room = last - first + 1 - sum(more) - gap * (number - 1)
    while sum(counts) > max(room, number):
        counts[counts.index(max(counts))] -= 1
    if sum(counts) > room:
        return False
    gap += sum(counts) + number - 1 <= room
    for (name, lines, _), count, extra in zip(prompts, counts, more, strict=True):
        first += extra
        base = frame.place(first) - page.style.lead - (len(lines) - 1) * style.leading
        tag, words = page.tag(), "".join(map(plain, lines))
        page.set(lines, style, 0.0, base, tag, end=" ")
        page.ruled(0.0, first, count, name, words, tag)
        first += count + gap
    return True


def _dates(page: Draft, y: float, height: float) -> None:
    frame, style, words = page.frame, page.style, page.words.when_meet
    gutter, small = style.number_gap, style.small
    title = (y - style.panel_lead, frame.width, page.tag())
    page.label(words, style.question, 0.0, *title)
    width = (frame.width - gutter * (style.agreement_dates - 1)) / style.agreement_dates
    line, head = (style.rule_width, page.palette.rule, style.panel_radius), small.leading * 1.4
    for number in range(1, style.agreement_dates + 1):
        x, tag = (number - 1) * (width + gutter), page.tag()
        page.add(Outline(x, y, width, height, *line))
        page.text(f"{number} ", small, x + gutter / 2, y + small.leading * 1.1, tag)
        inside = (x + 2, y + head, width - 4, height - head - 2)
        said = (f"meeting-{number}", f"{words} ({number})", tag)
        page.field(*inside, *said, FieldKind.LINE)


def conversations(page: Draft, key: Key) -> list[Draft]:
    """Lay out a log for each conversation."""
    frame, style, say = page.frame, page.style, page.words
    base = page.heading(say.conversations, key, say.each_time)
    top, gap = base + style.heading_after * 0.7, style.log_gap
    least = 2 * style.clear + style.small.size + 2.3 * style.subhead.leading
    least += LOG_LINES * frame.gap
    logs = max(1, min(style.logs, int((frame.height - top + gap) / (least + gap))))
    height = (frame.height - top - (logs - 1) * gap) / logs
    for number in range(1, logs + 1):
        _log(page, number, top + (number - 1) * (height + gap), height)
    return []


def _log(page: Draft, number: int, y: float, height: float) -> None:
    frame, style, say = page.frame, page.style, page.words
    side, pad, radius = style.log_number, style.clear, style.panel_radius
    muted, name, tag = page.palette.muted, f"conversation-{number}", page.tag()
    page.add(
        Bar(0.0, y, side, height, tinted(page.palette.ink, style.closer_tint), radius),
        Outline(0.0, y, frame.width, height, style.rule_width, page.palette.rule, radius),
    )
    base = y + pad + style.closer_title.size * 0.6
    page.text(f"{number}", style.closer_title, side / 2, base, page.tag(), muted, 0.5)
    left, right = side + pad, frame.width - pad
    first = _log_head(page, left, right, y + pad + style.small.size, name, tag)
    base, last = first + style.subhead.leading + 0.6 * frame.gap, y + height - pad
    page.text(f"{say.talked_about} ", style.subhead, left, base, tag)
    again = right - (right - left) * 0.38
    ends = [(say.next_step, "next", left, again - pad), (say.meet_again, "again", again, right)]
    rows = [ends]
    if any(frame.width_of(words, style.subhead) > end - x for words, _, x, end in ends):
        rows = [[(words, part, left, right)] for words, part, *_ in ends]
    rise = frame.gap + style.subhead.size * 0.3
    step = rise + style.subhead.leading
    below = last - rise - (len(rows) - 1) * step
    _talk(page, left, base, right, below - style.subhead.leading, f"{name}-talk", tag)
    for row in rows:
        for words, part, x, end in row:
            page.label(words, style.subhead, x, below, end - x, tag)
            page.line(x, below + rise, end - x, f"{name}-{part}", words, tag)
        below += step


def _log_head(page: Draft, left: float, right: float, base: float, name: str, tag: Tag) -> float:
    """Set the date and the numbers of the questions, one below the other if a line is too narrow
    for both. Returns the last baseline."""
    frame, say, pad = page.frame, page.words, page.style.clear
    third = left + (right - left) * 0.32
    room = (right - third - pad) * LABEL
    if frame.width_of(say.asked_numbers, page.style.small) <= room:
        _labelled(page, say.date, left, third, base, f"{name}-date", tag)
        left = third + pad
    else:
        _labelled(page, say.date, left, right, base, f"{name}-date", tag)
        base += frame.gap
    _labelled(page, say.asked_numbers, left, right, base, f"{name}-questions", tag)
    return base


def _talk(
    page: Draft, left: float, base: float, right: float, bottom: float, name: str, tag: Tag
) -> None:
    """Draw rules, or a panel, in the room between a label's baseline and `bottom`."""
    frame = page.frame
    if frame.fillable:
        area = (left, base + 4, right - left, bottom - base - 4)
        page.typed(*area, name, frame.words.talked_about, tag)
        return
    first = base + frame.gap * 1.1
    low = bottom - frame.style.subhead.leading * 0.3
    page.rule(left, first, right, max(1, int((low - first) // frame.gap) + 1))


def _labelled(
    page: Draft, words: str, left: float, right: float, base: float, name: str, tag: Tag
) -> None:
    """Set a label, and a line to write on after it on the same baseline."""
    style = page.style.small
    label = page.label(words, style, left, base, (right - left) * LABEL, tag)
    x = left + page.frame.width_of(f"{label.text} ", style)
    page.line(x, base + 2, right - x, name, words, tag)
