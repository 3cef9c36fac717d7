"""The pages before the themes: cover, how to use, contents.

Each function returns the boxes of one page or of several, in the frame's coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.look.style import MM, Logo
from generator.model import QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.strings import Strings
from generator.writers.workbook.boxes import Bar, Boxes, Field, FieldKind, Key, Picture, Rules
from generator.writers.workbook.lists import Row, columns, grouped, height_of, set_rows
from generator.writers.workbook.sheet import Sheet, baseline, unlinked
from generator.writers.workbook.titles import display, heading, tracked


def cover(question_set: QuestionSet, sheet: Sheet, strings: Strings, section: Tag) -> Boxes:
    palette, style = sheet.palette, sheet.style
    boxes = _band(question_set, sheet)
    if sheet.logo:
        boxes.append(_logo(sheet.logo, sheet, section))
    y = sheet.frame_height * style.cover_title_at
    boxes.append(tracked(strings.workbook, y, sheet, palette.muted, section.add("P")))
    y += style.label.leading_pt
    title, y = display(question_set.title, style.cover_title, sheet, y, section.add("H1"))
    boxes += title
    summary = strings.summary(question_set.question_count, len(question_set.themes))
    subtitle = sheet.display(style.cover_subtitle)
    for text in filter(None, (question_set.subtitle, summary)):
        lines = sheet.lines((Span(text),), subtitle, sheet.measure)
        placed, y = sheet.set(lines, subtitle, 0.0, y + 4, palette.muted, section.add("P"))
        boxes += placed
    boxes += _themes(question_set.themes, sheet, strings, y, section)
    return boxes + _name_lines(sheet, strings, section)


def _band(question_set: QuestionSet, sheet: Sheet) -> Boxes:
    """The accents side by side, one for each theme."""
    width = sheet.frame_width / len(question_set.themes)
    height = sheet.style.band_mm * MM
    return [
        Bar((theme.number - 1) * width, 0.0, width, height, sheet.palette.accent(theme.number))
        for theme in question_set.themes
    ]


def _logo(logo: Logo, sheet: Sheet, section: Tag) -> Picture:
    """Between the band and the title."""
    style = sheet.style
    band, air = style.band_mm * MM, style.heading_gap_mm * MM
    width, height = (length * MM for length in style.logo_mm)
    room = sheet.frame_height * style.cover_title_at - band - 2 * air
    size = logo.within(min(width, sheet.frame_width), min(height, room))
    return Picture(0.0, band + air, *size, logo, section.add("Figure"))


def _themes(
    themes: Sequence[Theme], sheet: Sheet, strings: Strings, y: float, section: Tag
) -> Boxes:
    """The themes, where the cover has room for all of them; the contents list them in any case."""
    style = sheet.style
    counts = [strings.questions(len(theme.questions)) for theme in themes]
    at = columns(sheet, max(counts, key=lambda text: sheet.width_of(text, style.foot)))
    listed = numbered_list(section)
    rows = []
    for theme, count in zip(themes, counts, strict=True):
        item = listed.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        lines = sheet.lines(unlinked(theme.title), style.listing, at.room)
        color = sheet.palette.accent(theme.number)
        rows.append(
            Row(lines, plain(theme.title), body, str(theme.number), label, color, right=count)
        )
    row = style.row_mm * MM
    needed = sum(height_of(each, row, sheet) for each in rows)
    foot = sheet.frame_height - style.cover_foot_mm * MM
    top = max(y + row, min(sheet.frame_height * style.cover_list_at, foot - needed))
    if top + needed > foot:
        return []
    return [sheet.hairline(top), *set_rows(rows, row, top, sheet, at)[0]]


def _name_lines(sheet: Sheet, strings: Strings, section: Tag) -> Boxes:
    style, gutter = sheet.style, sheet.style.name_gutter_mm * MM
    width = (sheet.frame_width - 2 * gutter) / 3
    words = {"name": strings.name, "mentor": strings.mentor, "begun": strings.begun_on}
    labels = {
        name: sheet.at_most(3, (Span(text),), style.foot, width) for name, text in words.items()
    }
    y = sheet.frame_height - style.foot.leading_pt * max(map(len, labels.values()))
    boxes: Boxes = []
    for index, (name, text) in enumerate(words.items()):
        x = index * (width + gutter)
        tag = section.add("P")
        boxes += [
            Rules(x, y, x + width, y, style.rule_width_pt * 1.5, sheet.palette.ink),
            *sheet.set(labels[name], style.foot, x, y, sheet.palette.muted, tag)[0],
            Field(x, y - sheet.gap, width, sheet.gap, FieldKind.LINE, name, text, tag.add("Form")),
        ]
    return boxes


def how_to(key: Key, sheet: Sheet, strings: Strings, section: Tag) -> tuple[Boxes, float]:
    """How to use the workbook, and where it ends."""
    boxes, y = heading(strings.how_to_use, key, sheet, section)
    style, palette = sheet.style, sheet.palette
    column = style.number_column_mm * MM
    steps = numbered_list(section)
    for number, step in enumerate(strings.how_to_steps, 1):
        item = steps.add("LI")
        base = baseline(y, style.intro)
        boxes.append(
            sheet.text(str(number), style.row_number, 0.0, base, palette.muted, item.add("Lbl"))
        )
        lines = sheet.lines((Span(step),), style.intro, sheet.measure - column)
        placed, y = sheet.set(lines, style.intro, column, y, palette.ink, item.add("LBody"))
        boxes += placed
        y += style.intro.leading_pt / 2
    return boxes, y


Entry = tuple[Key, str, str]
"""Of the contents: where it leads, its theme's number or nothing, its text."""


def contents(
    entries: Sequence[Entry], key: Key, sheet: Sheet, strings: Strings, section: Tag, after: float
) -> list[Boxes]:
    """The first page goes on below `after`; the others begin at the top."""
    row = sheet.style.row_mm * MM
    least = sheet.display(sheet.style.theme_title).leading_pt + row * (1 + min(len(entries), 3))
    below = after + least <= sheet.frame_height
    pages: list[Boxes] = [[]] if below else [[], []]
    boxes, top = heading(strings.contents, key, sheet, section, after if below else 0.0)
    pages[-1] += boxes
    at = columns(sheet)
    toc = section.add("TOC")
    rows = [_entry(entry, sheet, at.room, toc) for entry in entries]
    for index, (group, height) in enumerate(grouped(rows, sheet, top, row)):
        y = 0.0 if index else top
        if index:
            pages.append([])
        pages[-1] += [sheet.hairline(y), *set_rows(group, height, y, sheet, at)[0]]
    return pages


def _entry(entry: Entry, sheet: Sheet, room: float, toc: Tag) -> Row:
    key, number, text = entry
    item = toc.add("TOCI")
    label = item.add("Lbl") if number else None
    link = item.add("Reference").add("Link")
    lines = sheet.lines((Span(text),), sheet.style.listing, room)
    color = sheet.palette.accent(key[0]) if number else ""
    return Row(lines, text, link, number, label, color, key)
