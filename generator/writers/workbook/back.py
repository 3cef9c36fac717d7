"""The panel at a theme's end, and the pages around the themes: agreement, conversations, what stood
out, action plan, notes. Each function returns the boxes of one page or of several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.look.color import tinted
from generator.look.style import MM
from generator.model import Span, Theme, plain
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Bar, Boxes, Field, FieldKind, Key, Outline, Rules
from generator.writers.workbook.frame import EQUAL, Frame
from generator.writers.workbook.front import heading

CLOSER_HEAD, CLOSER_FOOT = 5, 6
"""Places of the panel above its first rule, and below its last one."""
CLOSER_ROWS = 3
"""Things that one will do."""
SMALL_HEAD = 3
LOG_LINES = 4
"""Gaps that the lines of a log take at least."""
STOOD_OUT_LINES = 3
"""Rules of a theme in the back matter, at least."""


def closer(theme: Theme, first: int, frame: Frame, section: Tag) -> Boxes:
    """The panel that takes what a theme leaves of its last page, from the place `first` on."""
    style, palette = frame.style, frame.palette
    surface, color = palette.surface(theme.number), palette.accent(theme.number)
    y, bottom = frame.place(first), frame.height + style.closer_below
    pad, radius = style.closer_padding, style.panel_radius
    tint = tinted(surface, style.closer_tint)
    boxes: Boxes = [Bar(0.0, y, frame.width, bottom - y, tint, radius)]
    whole = frame.last_place - first + 1 >= style.closer_places
    head = first + (CLOSER_HEAD if whole else SMALL_HEAD)
    if whole:
        base, tag = y + style.closer_base, section.add(frame.subheading)
        title, room = (frame.words.before_turning, style.closer_title), frame.width - 2 * pad
        boxes.append(frame.label(*title, pad, base, room, palette.ink, tag))
        base += style.small.leading * 1.7
        below, tag = (frame.words.take_away, style.small), section.add("P")
        boxes.append(frame.label(*below, pad, base, room, palette.muted, tag))
        boxes += _will_do(theme, frame, section, color)
    last = frame.last_place - (CLOSER_FOOT if whole else 1)
    tag, base = section.add("P"), frame.place(head) - frame.gap * 1.5
    boxes.append(frame.text(f"{frame.words.stood_out} ", style.subhead, pad, base, color, tag))
    words = f"{frame.words.stood_out}: {plain(theme.title)}"
    count, name = last - head + 1, f"stood-out-{theme.number}"
    right = frame.width - pad
    return boxes + frame.ruled(pad, head, count, name, words, tag, right=right, white=True)


def _will_do(theme: Theme, frame: Frame, section: Tag, color: str) -> Boxes:
    """Three boxes to tick, each with a line for what, and one for by when."""
    style, pad = frame.style, frame.style.closer_padding
    right, tag = frame.width - pad, section.add("P")
    base = frame.place(frame.last_place - CLOSER_ROWS - 2) + style.subhead.size * 0.4
    by_left = right - max(frame.width * 0.14, frame.width_of(frame.words.by, style.small))
    left = pad + style.tick * style.tick_gap
    boxes: Boxes = [
        frame.text(f"{frame.words.what} ", style.subhead, pad, base, color, tag),
        frame.text(f"{frame.words.by} ", style.small, by_left, base, frame.palette.muted, tag),
    ]
    for row in range(1, CLOSER_ROWS + 1):
        y = frame.place(frame.last_place - CLOSER_ROWS + row - 1)
        name, words = f"theme-{theme.number}-do-{row}", f"{frame.words.what} ({row})"
        middle = y - style.tick * 0.72
        done = f"{frame.words.done} ({row})"
        boxes += frame.box(pad, middle, f"{name}-done", done, tag.add("Form"))
        boxes += frame.line(left, y, by_left - style.clear - left, name, words, tag)
        by = f"{frame.words.by_when} ({row})"
        boxes += frame.line(by_left, y, right - by_left, f"{name}-by", by, tag)
    return boxes


def stood_out(themes: Sequence[Theme], key: Key, frame: Frame, section: Tag) -> list[Boxes]:
    """Rules for each theme without a panel of its own, as many on all pages as share evenly."""
    style, palette = frame.style, frame.palette
    boxes, base = heading(frame.words.stood_out, key, frame, section, label=frame.words.after)
    top = frame.first_place(base + style.lead + 2 * style.listing.leading)
    block = STOOD_OUT_LINES + style.gap_places
    first = max(1, (frame.last_place - top + 1 + style.gap_places) // block)
    each = max(1, (frame.last_place + style.gap_places) // block)
    pages: list[Boxes] = []
    for group in _shared(themes, first, each):
        begin = top if not pages else frame.first_place(3 * style.listing.leading)
        pages.append([] if pages else boxes)
        gaps = style.gap_places * (len(group) - 1)
        count = (frame.last_place - begin + 1 - gaps) // len(group)
        place = begin + (frame.last_place - begin + 1 - gaps) % len(group)
        for theme in group:
            base, tag = (frame.place(place) - style.lead, section.add(frame.subheading))
            x, color = style.number_column, palette.accent(theme.number)
            title = frame.at_most(1, theme.title, style.listing, frame.width - x)
            pages[-1].append(
                frame.text(f"{theme.number} ", style.row_number, 0.0, base, color, tag)
            )
            pages[-1] += frame.set(title, style.listing, x, base, palette.ink, tag)[0]
            words = f"{frame.words.stood_out}: {plain(theme.title)}"
            name = f"stood-out-{theme.number}"
            pages[-1] += frame.ruled(x, place, count, name, words, section.add("P"))
            place += count + style.gap_places
    return pages


def _shared(themes: Sequence[Theme], first: int, each: int) -> list[Sequence[Theme]]:
    """The themes of each page, alike in number; the first page holds `first`, others `each`."""
    pages = 1 + -(-max(0, len(themes) - first) // each)
    groups = []
    for page in range(pages):
        count = -(-len(themes) // (pages - page))
        count = count if page else min(count, first)
        groups.append(themes[:count])
        themes = themes[count:]
    return groups


def action_plan(key: Key, frame: Frame, section: Tag) -> list[Boxes]:
    """A grid to fill in: what, a first step, by when, and a box to tick when it is done.

    It is tagged as a list with an item a row: checkers of accessibility refuse a table of which all
    cells are empty but the heads, and the words of each field say its column.
    """
    style, palette, width = frame.style, frame.palette, frame.width
    boxes, base = heading(frame.words.action_plan, key, frame, section, label=frame.words.after)
    heads = (frame.words.what, frame.words.first_step, frame.words.by_when, frame.words.done)
    pad = style.number_gap
    *_, when, done = (frame.width_of(head, style.foot) + 2 * pad for head in heads)
    done = min(max(done, width * 0.08), width * 0.2)
    when = min(max(when, width * 0.16), width * 0.2)
    step = (width - done - when) * 0.42
    columns = [0.0, width - done - when - step, width - done - when, width - done, width]
    rooms = [right - left - pad for left, right in pairwise(columns)]
    labels = [
        frame.at_most(3, (Span(head),), style.foot, room)
        for head, room in zip(heads, rooms, strict=True)
    ]
    tag, listed = section.add("P"), section.add("L")
    base += style.heading_after * 0.8
    for x, lines in zip(columns, labels, strict=False):
        at = x + (pad if x else 0.0)
        boxes += frame.set(lines, style.foot, at, base, palette.muted, tag, " ")[0]
    y = base + (max(map(len, labels)) - 1) * style.foot.leading + 5
    rows = max(1, min(style.plan_rows, int((frame.height - y) / (style.plan_row))))
    height = (frame.height - y) / rows
    boxes.append(Rules(0.0, y, width, y, 1.0, palette.ink))
    rule = style.rule_width
    boxes.append(Rules(0.0, y + height, width, y + height, rule, palette.rule, rows, dy=height))
    for x in columns[1:-1]:
        boxes.append(Rules(x, y, x, frame.height, rule, palette.hairline))
    for row in range(rows):
        boxes += _plan_row(row + 1, y + row * height, height, columns, heads, frame, listed)
    return [boxes]


def _plan_row(
    number: int, y: float, height: float, columns: Sequence[float], heads: Sequence[str],
    frame: Frame, listed: Tag,
) -> Boxes:  # fmt: skip
    body, pad, boxes = listed.add("LI").add("LBody"), 1.5 * MM, Boxes()
    parts = zip(("what", "step", "when"), heads, columns, columns[1:], strict=False)
    for part, head, left, right in parts:
        area = (left + (pad if left else 0.0), y + pad, right - left - 2 * pad, height - 2 * pad)
        words, form = f"{head} ({number})", body.add("Form")
        boxes.append(Field(*area, FieldKind.TEXT, f"action-{number}-{part}", words, form))
    left, right = columns[-2:]
    x = (left + right - frame.style.tick) / 2
    words, form = f"{heads[-1]} ({number})", body.add("Form")
    return boxes + frame.box(x, y + height / 2, f"action-{number}-done", words, form)


def notes(key: Key | None, name: str, frame: Frame, section: Tag) -> Boxes:
    """A page to write on; with a key it is one of those after the conversations."""
    label = frame.words.after if key else ""
    boxes, base = heading(frame.words.notes, key, frame, section, label=label)
    first = frame.first_place(base + frame.style.heading_after * 0.8)
    count = frame.last_place - first + 1
    return boxes + frame.ruled(0.0, first, count, name, frame.words.notes, section.add("P"))


# -- pages for mentoring


def agreement(key: Key, frame: Frame, section: Tag) -> list[Boxes]:
    """What mentor and mentee agree on before they begin; dates and signatures on a second page
    where the first has no room."""
    style, palette, say = frame.style, frame.palette, frame.words
    boxes, base = heading(say.agreement, key, frame, section, say.before_meeting)
    first = frame.first_place(base + 2.6 * style.lead)
    box = style.date_box[1] * frame.scale
    signature = frame.height - style.small.leading - style.clear
    dates = signature - 2.2 * frame.gap - box
    gap = max(2, style.gap_places - 1)
    for end in (dates - style.lead * 1.2, frame.height):
        last, lines = int((end - frame.place(0) + EQUAL) // frame.gap), list(style.agreement_lines)
        while sum(lines) > len(lines) and first + sum(lines) + gap * 3 - 1 > last:
            lines[lines.index(max(lines))] -= 1
        if first + sum(lines) + gap * 3 - 1 <= last:
            break
    gap += first + sum(lines) + (gap + 1) * 3 - 1 <= last
    prompts = (
        ("wants", say.agree_wants), ("how", say.agree_how),
        ("between", say.agree_between), ("tell", say.agree_tell),
    )  # fmt: skip
    for (name, words), count in zip(prompts, lines, strict=True):
        base, tag = frame.place(first) - style.lead, section.add("P")
        boxes.append(frame.label(words, style.question, 0.0, base, frame.width, palette.ink, tag))
        boxes += frame.ruled(0.0, first, count, f"agreement-{name}", words, tag)
        first += count + gap
    pages = [boxes] if end != frame.height else [boxes, []]
    dates, signature = (dates, signature) if len(pages) == 1 else (box, 4 * box)
    pages[-1] += _dates(dates, box, frame, section)
    gutter = style.cover_gutter
    half = (frame.width - gutter) / 2
    signers = (("mentee", say.mentee_date, 0.0), ("mentor", say.mentor_date, half + gutter))
    for name, words, x in signers:
        pages[-1] += frame.signed(x, signature, half, f"signed-{name}", words, section.add("P"))
    return pages


def _dates(y: float, height: float, frame: Frame, section: Tag) -> Boxes:
    style, palette, words = frame.style, frame.palette, frame.words.when_meet
    base, gutter = y - style.panel_lead, style.number_gap
    title = (style.question, 0.0, base, frame.width, palette.ink, section.add("P"))
    boxes: Boxes = [frame.label(words, *title)]
    width = (frame.width - gutter * (style.agreement_dates - 1)) / style.agreement_dates
    for number in range(1, style.agreement_dates + 1):
        x, tag = (number - 1) * (width + gutter), section.add("P")
        line = (style.rule_width, palette.rule, style.panel_radius)
        small = style.small
        boxes.append(Outline(x, y, width, height, *line))
        base = y + small.leading * 1.1
        boxes.append(frame.text(f"{number} ", small, x + gutter / 2, base, palette.muted, tag))
        inside = (x + 2, y + small.leading * 1.4, width - 4, height - small.leading * 1.4 - 2)
        boxes.append(
            Field(
                *inside, FieldKind.LINE, f"meeting-{number}", f"{words} ({number})", tag.add("Form")
            )
        )
    return boxes


def conversations(key: Key, frame: Frame, section: Tag) -> list[Boxes]:
    """A log for each conversation."""
    style, say = frame.style, frame.words
    boxes, base = heading(say.conversations, key, frame, section, label=say.each_time)
    top, gap = base + style.heading_after * 0.7, style.log_gap
    least = 2 * style.clear + style.small.size + 2.3 * style.subhead.leading
    least += LOG_LINES * frame.gap
    logs = max(1, min(style.logs, int((frame.height - top + gap) / (least + gap))))
    height = (frame.height - top - (logs - 1) * gap) / logs
    for number in range(1, logs + 1):
        y = top + (number - 1) * (height + gap)
        boxes += _log(number, y, height, frame, section)
    return [boxes]


def _log(number: int, y: float, height: float, frame: Frame, section: Tag) -> Boxes:
    style, palette, say = frame.style, frame.palette, frame.words
    side, radius = style.log_number, style.panel_radius
    pad, name = style.clear, f"conversation-{number}"
    tag = section.add("P")
    boxes: Boxes = [
        Bar(0.0, y, side, height, tinted(palette.ink, 0.07), radius),
        Outline(0.0, y, frame.width, height, style.rule_width, palette.rule, radius),
    ]
    base = y + pad + style.closer_title.size * 0.6
    middle, title = side / 2, style.closer_title
    boxes.append(frame.text(f"{number}", title, middle, base, palette.muted, section.add("P"), 0.5))
    left, right = side + pad, frame.width - pad
    first = y + pad + style.small.size
    third = left + (right - left) * 0.32
    boxes += _labelled(say.date, left, third, first, f"{name}-date", frame, tag)
    begins = third + pad
    asked = say.asked_numbers
    boxes += _labelled(asked, begins, right, first, f"{name}-questions", frame, tag)
    base = first + style.subhead.leading + 0.6 * frame.gap
    said, last = say.talked_about, y + height - pad
    boxes.append(frame.text(f"{said} ", style.subhead, left, base, palette.ink, tag))
    again = right - (right - left) * 0.38
    next_base = last - frame.gap - style.subhead.size * 0.3
    low = next_base - style.subhead.leading * 1.3
    count = max(1, int((low - base - frame.gap * 1.1) // frame.gap) + 1)
    rules = base + frame.gap * 1.1
    if frame.fillable:
        area = (left, base + 4, right - left, next_base - style.subhead.leading - base - 4)
        boxes += frame.typed(*area, f"{name}-talk", said, tag)
    else:
        boxes.append(frame.rule(left, rules, right, count))
    for words, part, x, end in (
        (say.next_step, "next", left, again - pad), (say.meet_again, "again", again, right),
    ):  # fmt: skip
        label = (words, style.subhead, x, next_base, end - x)
        boxes.append(frame.label(*label, palette.ink, tag))
        boxes += frame.line(x, last, end - x, f"{name}-{part}", words, tag)
    return boxes


def _labelled(
    words: str, left: float, right: float, base: float, name: str, frame: Frame, tag: Tag
) -> Boxes:
    """A label, and a line for what belongs to it on the same baseline."""
    style = frame.style.small
    label = frame.label(words, style, left, base, (right - left) * 0.6, frame.palette.muted, tag)
    x = left + frame.width_of(f"{label.text} ", style)
    return [label, *frame.line(x, base + 2, right - x, name, words, tag)]
