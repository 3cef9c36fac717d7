"""The pages around the questions: cover, how to use, contents, theme openers, back matter.

Each function returns the boxes of one page or of several, in the frame's coordinates; page numbers
of other pages are `PageNumber` boxes, filled in when all pages are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Inline, Question, QuestionSet, Span, Theme, plain
from generator.strings import Strings
from generator.stylesheet import MM, TextStyle
from generator.writers.workbook.boxes import (
    Bar,
    Bookmark,
    Box,
    Link,
    Outline,
    PageNumber,
    Rule,
    Text,
)
from generator.writers.workbook.questions import Key, rules_down
from generator.writers.workbook.sheet import (
    Sheet,
    baseline,
    flush_right,
    label,
    lines_of,
    set_lines,
)

Boxes = list[Box]

HOW_TO: Key = (0, 1)
CONTENTS: Key = (0, 2)
STOOD_OUT: Key = (0, 3)
ACTION_PLAN: Key = (0, 4)
NOTES: Key = (0, 5)

Entry = tuple[Key, str, str]
"""Of the contents: where it leads, its theme's number or nothing, its text."""


def cover(question_set: QuestionSet, sheet: Sheet, strings: Strings) -> Boxes:
    boxes = _band(question_set, sheet)
    palette, style = sheet.palette, sheet.style
    y = sheet.frame_height * style.cover_title_at
    boxes.append(_tracked(strings.workbook.upper(), 0.0, y, sheet, palette.muted))
    y += style.label.leading_pt
    title, y = _title(question_set.title, style.cover_title, sheet, y)
    boxes += title
    summary = strings.summary(question_set.question_count, len(question_set.themes))
    for text in filter(None, (question_set.subtitle, summary)):
        placed, y = _words(text, sheet.display(style.cover_subtitle), sheet, y + 4, palette.muted)
        boxes += placed
    row = style.row_mm * MM
    top = max(y + row, sheet.frame_height * style.cover_list_at)
    room = sheet.frame_height - top - style.cover_foot_mm * MM
    if len(question_set.themes) * row <= room:
        boxes += _theme_rows(question_set.themes, sheet, strings, top)
    return boxes + _name_lines(sheet, strings)


def _band(question_set: QuestionSet, sheet: Sheet) -> Boxes:
    """The accents side by side, one for each theme."""
    width = sheet.frame_width / len(question_set.themes)
    height = sheet.style.band_mm * MM
    return [
        Bar((theme.number - 1) * width, 0.0, width, height, sheet.palette.accent(theme.number))
        for theme in question_set.themes
    ]


def _theme_rows(themes: Sequence[Theme], sheet: Sheet, strings: Strings, y: float) -> Boxes:
    style, palette, row = sheet.style, sheet.palette, sheet.style.row_mm * MM
    boxes: Boxes = [_hairline(sheet, y)]
    for theme in themes:
        base = y + row / 2 + style.listing.size_pt * 0.34
        boxes.append(
            label(str(theme.number), 0.0, base, style.row_number, palette.accent(theme.number))
        )
        count = strings.questions(len(theme.questions))
        boxes.append(flush_right(count, sheet.frame_width, base, style.foot, palette.muted))
        room = sheet.frame_width - style.number_column_mm * MM * 2 - 60
        first = lines_of(theme.title, style.listing, room)
        text = first[0] if len(first) == 1 else (*first[0], Span("…"))
        top = base - baseline(0.0, style.listing)
        boxes += set_lines([text], style.listing, style.number_column_mm * MM, top, palette.ink)[0]
        y += row
        boxes.append(_hairline(sheet, y))
    return boxes


def _name_lines(sheet: Sheet, strings: Strings) -> Boxes:
    style, gutter = sheet.style, 8 * MM
    width = (sheet.frame_width - 2 * gutter) / 3
    y = sheet.frame_height - style.foot.leading_pt
    boxes: Boxes = []
    for index, text in enumerate((strings.name, strings.mentor, strings.begun_on)):
        x = index * (width + gutter)
        boxes.append(Rule(x, y, x + width, y, style.rule_width_pt * 1.5, sheet.palette.ink))
        boxes.append(label(text, x, y + style.foot.leading_pt, style.foot, sheet.palette.muted))
    return boxes


def how_to(sheet: Sheet, strings: Strings) -> tuple[Boxes, float]:
    """How to use the workbook, and where it ends."""
    boxes, y = _heading(strings.how_to_use, HOW_TO, sheet)
    style, palette = sheet.style, sheet.palette
    column = style.number_column_mm * MM
    for number, step in enumerate(strings.how_to_steps, 1):
        base = baseline(y, style.intro)
        boxes.append(label(str(number), 0.0, base, style.row_number, palette.muted))
        lines = lines_of((Span(step),), style.intro, (sheet.frame_width - column) * style.measure)
        placed, y = set_lines(lines, style.intro, column, y, palette.ink)
        boxes += placed
        y += style.intro.leading_pt / 2
    return boxes, y


def contents(
    question_set: QuestionSet, sheet: Sheet, strings: Strings, after: float
) -> list[Boxes]:
    """The first page goes on below `after`; the others begin at the top."""
    entries: list[Entry] = [
        ((theme.number, 0), str(theme.number), plain(theme.title)) for theme in question_set.themes
    ]
    entries += [(key, "", text) for key, text in _back(strings)]
    heading, top = _heading(strings.contents, CONTENTS, sheet, after)
    pages: list[Boxes] = [[]]
    if top + sheet.style.row_mm * MM * min(len(entries), 3) > sheet.frame_height:
        heading, top = _heading(strings.contents, CONTENTS, sheet)
        pages.append([])
    pages[-1] += heading
    groups = _grouped(entries, top, sheet)
    for index, (group, row) in enumerate(groups):
        if index:
            pages.append([])
        y = 0.0 if index else top
        pages[-1].append(_hairline(sheet, y))
        for entry in group:
            height = row + _extra(entry, sheet)
            pages[-1] += _entry(entry, y, height, sheet)
            y += height
    return pages


def _grouped(entries: list[Entry], top: float, sheet: Sheet) -> list[tuple[list[Entry], float]]:
    """The entries of each page and the height of their rows: as few pages as tight rows need,

    and then rows as high as these pages allow, so that none is left with a line or two.
    """

    def fill(row: float) -> list[tuple[list[Entry], float]]:
        groups: list[tuple[list[Entry], float]] = [([], row)]
        y = top
        for entry in entries:
            height = row + _extra(entry, sheet)
            if y + height > sheet.frame_height:
                groups.append(([], row))
                y = 0.0
            groups[-1][0].append(entry)
            y += height
        return groups

    tight, row = sheet.style.tight_row_mm * MM, sheet.style.row_mm * MM
    fewest = len(fill(tight))
    while row > tight and len(fill(row)) > fewest:
        row -= 0.5
    return fill(max(row, tight))


def _extra(entry: Entry, sheet: Sheet) -> float:
    """What an entry of more than one line adds to its row."""
    return (len(_entry_lines(entry, sheet)) - 1) * sheet.style.listing.leading_pt


def _entry_lines(entry: Entry, sheet: Sheet) -> list[Inline]:
    room = sheet.frame_width - (sheet.style.number_column_mm + sheet.style.page_column_mm) * MM
    return lines_of((Span(entry[2]),), sheet.style.listing, room)


def _back(strings: Strings) -> list[tuple[Key, str]]:
    return [
        (STOOD_OUT, strings.stood_out),
        (ACTION_PLAN, strings.action_plan),
        (NOTES, strings.notes),
    ]


def _entry(entry: Entry, y: float, height: float, sheet: Sheet) -> Boxes:
    style, (key, number, _) = sheet.style, entry
    lines = _entry_lines(entry, sheet)
    top = y + (height - len(lines) * style.listing.leading_pt) / 2
    base = baseline(top, style.listing)
    boxes: Boxes = []
    if number:
        boxes.append(label(number, 0.0, base, style.row_number, sheet.palette.accent(key[0])))
    x = style.number_column_mm * MM
    boxes += set_lines(lines, style.listing, x, top, sheet.palette.ink)[0]
    boxes.append(
        PageNumber(sheet.frame_width, base, key, style.listing.size_pt, sheet.palette.muted)
    )
    boxes.append(Link(0.0, y, sheet.frame_width, height, key))
    boxes.append(_hairline(sheet, y + height))
    return boxes


def opener(theme: Theme, themes: int, sheet: Sheet, strings: Strings) -> list[Boxes]:
    """A theme's first page, and further ones where its list of questions needs them."""
    style, palette, color = sheet.style, sheet.palette, sheet.palette.accent(theme.number)
    numeral = sheet.display(style.theme_numeral)
    y = sheet.frame_height * style.opener_at
    boxes: Boxes = [Bookmark(0.0, (theme.number, 0), f"{theme.number}. {plain(theme.title)}")]
    boxes += set_lines([(Span(str(theme.number)),)], numeral, _optical(numeral), y, color)[0]
    y += numeral.leading_pt + style.label.leading_pt
    text = strings.theme_of.format(number=theme.number, count=themes).upper()
    boxes.append(_tracked(text, 0.0, y, sheet, color))
    y += style.label.leading_pt * 0.6
    title = sheet.display(style.theme_title)
    placed, y = set_lines(
        lines_of(theme.title, title, sheet.frame_width), title, 0.0, y, palette.ink
    )
    boxes += placed
    y += style.intro.leading_pt * 0.6
    pages: list[Boxes] = [boxes]
    for paragraph in theme.intro:
        lines = lines_of(paragraph, style.intro, sheet.frame_width * style.measure)
        while lines:
            fit = int((sheet.frame_height - y) // style.intro.leading_pt)
            fit = len(lines) if fit >= len(lines) else max(0, min(fit, len(lines) - 2))
            if fit == 1 and len(lines) > 1:
                fit = 0
            placed, y = set_lines(lines[:fit], style.intro, 0.0, y, palette.ink)
            pages[-1] += placed
            lines = lines[fit:]
            if lines:
                pages.append([])
                y = 0.0
        y += style.intro.leading_pt * 0.5
    return _ticks(theme, pages, y + style.intro.leading_pt * 0.9, sheet, strings)


def _ticks(
    theme: Theme, pages: list[Boxes], y: float, sheet: Sheet, strings: Strings
) -> list[Boxes]:
    style, palette, color = sheet.style, sheet.palette, sheet.palette.accent(theme.number)
    rows = [_tick_lines(question, sheet) for question in theme.questions]
    comfortable, tight = style.row_mm * MM * 0.75, style.tight_row_mm * MM
    total = sum((len(row) - 1) * style.listing.leading_pt for row in rows)
    head = style.listing.leading_pt + 4
    free = sheet.frame_height - y - head - total
    row_height = max(tight, min(comfortable, free / max(1, len(rows))))
    if y + head + 3 * row_height > sheet.frame_height:
        pages.append([])
        y = 0.0
    for place, (question, lines) in enumerate(zip(theme.questions, rows, strict=True), 1):
        height = row_height + (len(lines) - 1) * style.listing.leading_pt
        over = y + height > sheet.frame_height + 0.01
        if place == 1 or over:
            if over:
                pages.append([])
                y = 0.0
            base = baseline(y, style.listing)
            pages[-1].append(label(strings.tick_to_start, 0.0, base, style.listing, palette.muted))
            y += head
            pages[-1].append(_hairline(sheet, y, color))
        top = y + (height - len(lines) * style.listing.leading_pt) / 2
        base = baseline(top, style.listing)
        size = style.tick_mm * MM
        middle = top + style.listing.leading_pt / 2
        pages[-1].append(Outline(0.0, middle - size / 2, size, size, 0.8, palette.muted, 1.2))
        number = TextStyle("sans", "semibold", style.listing.size_pt, style.listing.leading_pt)
        pages[-1].append(label(str(question.number), size * 2.3, base, number, color))
        pages[-1] += set_lines(lines, style.listing, _tick_column(sheet), top, palette.ink)[0]
        key = (theme.number, place)
        pages[-1].append(
            PageNumber(sheet.frame_width, base, key, style.listing.size_pt, palette.muted)
        )
        pages[-1].append(Link(0.0, y, sheet.frame_width, height, key))
        y += height
        pages[-1].append(_hairline(sheet, y))
    return pages


def _tick_column(sheet: Sheet) -> float:
    return (sheet.style.tick_mm * 2.3 + sheet.style.number_column_mm * 0.85) * MM


def _tick_lines(question: Question, sheet: Sheet) -> list[Inline]:
    """A question as it is listed: up to three lines; it stands in full on its own page."""
    room = sheet.frame_width - _tick_column(sheet) - sheet.style.page_column_mm * MM
    lines = lines_of(question.text, sheet.style.listing, room)
    return lines if len(lines) <= 3 else [lines[0], lines[1], (*lines[2], Span(" …"))]


def stood_out(question_set: QuestionSet, sheet: Sheet, strings: Strings) -> list[Boxes]:
    """Some rules for each theme, as many as share the pages evenly, at least three."""
    style = sheet.style
    heading, top = _heading(strings.stood_out, STOOD_OUT, sheet, eyebrow=strings.after)
    least = style.listing.leading_pt + 3 * sheet.gap + style.block_gap_mm * MM
    first = max(1, int((sheet.frame_height - top) // least))
    each = max(1, int(sheet.frame_height // least))
    themes = list(question_set.themes)
    groups = [themes[:first]] + [themes[i : i + each] for i in range(first, len(themes), each)]
    pages: list[Boxes] = []
    for index, group in enumerate(groups):
        y = 0.0 if index else top
        boxes: Boxes = [] if index else heading
        share = (sheet.frame_height - y) / len(group)
        for theme in group:
            bottom = y + share
            color = sheet.palette.accent(theme.number)
            number = label(
                str(theme.number), 0.0, baseline(y, style.listing), style.row_number, color
            )
            x = style.number_column_mm * MM
            lines = lines_of(theme.title, style.listing, sheet.frame_width - x)
            placed, y = set_lines(lines, style.listing, x, y, sheet.palette.ink)
            boxes += [number, *placed]
            last = theme is group[-1]
            count = int((bottom - y - (0 if last else style.block_gap_mm * MM)) // sheet.gap)
            boxes += rules_down(
                x,
                sheet.frame_width,
                y + (bottom - y - count * sheet.gap if last else 0),
                count,
                sheet,
            )
            y = bottom
        pages.append(boxes)
    return pages


def action_plan(sheet: Sheet, strings: Strings) -> Boxes:
    style, palette, width = sheet.style, sheet.palette, sheet.frame_width
    boxes, y = _heading(strings.action_plan, ACTION_PLAN, sheet, eyebrow=strings.after)
    columns = [0.0, width * 0.7, width * 0.9]
    inset = 3 * MM
    for x, text in zip(columns, (strings.what, strings.by_when, strings.done), strict=True):
        at = x + (inset if x else 0.0)
        boxes.append(label(text, at, baseline(y, style.listing), style.foot, palette.muted))
    y += style.listing.leading_pt + 4
    rows = int((sheet.frame_height - y) // (2 * sheet.gap))
    height = (sheet.frame_height - y) / rows
    boxes.append(Rule(0.0, y, width, y, 1.0, palette.ink))
    size = style.tick_mm * 1.25 * MM
    for index in range(1, rows + 1):
        bottom = y + index * height
        boxes.append(Rule(0.0, bottom, width, bottom, style.rule_width_pt, palette.rule))
        middle = bottom - height / 2
        boxes.append(
            Outline(
                (columns[2] + width - size) / 2,
                middle - size / 2,
                size,
                size,
                0.8,
                palette.muted,
                1.2,
            )
        )
    for x in columns[1:]:
        boxes.append(Rule(x, y, x, sheet.frame_height, style.rule_width_pt, palette.hairline))
    return boxes


def notes(sheet: Sheet, strings: Strings) -> Boxes:
    boxes, y = _heading(strings.notes, NOTES, sheet, eyebrow=strings.after)
    count = int((sheet.frame_height - y) // sheet.gap)
    return boxes + rules_down(
        0.0, sheet.frame_width, sheet.frame_height - count * sheet.gap, count, sheet
    )


def _heading(
    text: str, key: Key, sheet: Sheet, y: float = 0.0, eyebrow: str = ""
) -> tuple[Boxes, float]:
    boxes: Boxes = [Bookmark(y, key, text)]
    if eyebrow:
        y += sheet.style.label.leading_pt
        boxes.append(_tracked(eyebrow.upper(), 0.0, y, sheet, sheet.palette.muted))
        y += sheet.style.label.leading_pt * 0.3
    title, y = _title(text, sheet.style.theme_title, sheet, y)
    return boxes + title, y + sheet.style.heading_gap_mm * MM


def _title(text: str, style: TextStyle, sheet: Sheet, y: float) -> tuple[Boxes, float]:
    """A display title; smaller where it would take more than three lines."""
    shown = sheet.display(style)
    lines = lines_of((Span(text),), shown, sheet.frame_width)
    if len(lines) > 3:
        shown = TextStyle(style.family, style.weight, shown.size_pt * 0.6, shown.leading_pt * 0.62)
        lines = lines_of((Span(text),), shown, sheet.frame_width)
    return set_lines(lines, shown, _optical(shown), y, sheet.palette.ink)


def _optical(style: TextStyle) -> float:
    """Large letters move left by their side bearing, to stand on the margin as small ones do."""
    return -0.035 * style.size_pt if style.size_pt > 20 else 0.0


def _words(text: str, style: TextStyle, sheet: Sheet, y: float, color: str) -> tuple[Boxes, float]:
    lines = lines_of((Span(text),), style, sheet.frame_width * sheet.style.measure)
    return set_lines(lines, style, 0.0, y, color)


def _tracked(text: str, x: float, y: float, sheet: Sheet, color: str) -> Text:
    return label(text, x, y, sheet.style.label, color, sheet.style.label_tracking_pt)


def _hairline(sheet: Sheet, y: float, color: str = "") -> Rule:
    width = 1.0 if color else sheet.style.rule_width_pt
    return Rule(0.0, y, sheet.frame_width, y, width, color or sheet.palette.hairline)
