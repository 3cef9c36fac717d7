"""The pages after the themes: what stood out, action plan, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.look.style import MM
from generator.model import QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag
from generator.strings import Strings
from generator.writers.workbook.boxes import Boxes, Field, FieldKind, Key, Outline, Rules
from generator.writers.workbook.sheet import Sheet, baseline
from generator.writers.workbook.titles import heading


def stood_out(
    question_set: QuestionSet, key: Key, sheet: Sheet, strings: Strings, section: Tag
) -> list[Boxes]:
    """Some rules for each theme, as many as share the pages evenly, at least three."""
    style = sheet.style
    boxes, top = heading(strings.stood_out, key, sheet, section, eyebrow=strings.after)
    least = 2 * style.listing.leading_pt + 3 * sheet.gap + style.block_gap_mm * MM
    first = max(1, int((sheet.frame_height - top) // least))
    each = max(1, int(sheet.frame_height // least))
    groups = list(_shared(question_set.themes, first, each))
    x = style.number_column_mm * MM
    pages: list[Boxes] = []
    for index, group in enumerate(groups):
        y = 0.0 if index else top
        pages.append([] if index else boxes)
        share = (sheet.frame_height - y) / len(group)
        for theme in group:
            bottom = y + share
            base, color = baseline(y, style.listing), sheet.palette.accent(theme.number)
            tag = section.add("H2")
            number = sheet.text(f"{theme.number} ", style.row_number, 0.0, base, color, tag)
            lines = sheet.lines(theme.title, style.listing, sheet.frame_width - x)[:2]
            placed, y = sheet.set(lines, style.listing, x, y, sheet.palette.ink, tag)
            after = 0.0 if theme is group[-1] else style.block_gap_mm * MM
            count = int((bottom - y - after + 0.01) // sheet.gap)
            # On each page the last rule lies at the frame's foot.
            y = y if after else bottom - count * sheet.gap
            words = f"{strings.stood_out}: {plain(theme.title)}"
            name = f"stood-out-{theme.number}"
            ruled = sheet.ruled(x, y, count, name, words, section.add("P"))
            pages[-1] += [number, *placed, *ruled]
            y = bottom
    return pages


def _shared(themes: Sequence[Theme], first: int, each: int) -> Iterator[Sequence[Theme]]:
    """The themes of each page, alike in number; the first page holds `first`, others `each`."""
    pages = 1 + -(-max(0, len(themes) - first) // each)
    for page in range(pages):
        count = -(-len(themes) // (pages - page))
        count = count if page else min(count, first)
        yield themes[:count]
        themes = themes[count:]


def action_plan(key: Key, sheet: Sheet, strings: Strings, section: Tag) -> Boxes:
    """A grid to fill in. No table: it has no data, only its three heads, which are said."""
    style, palette, width = sheet.style, sheet.palette, sheet.frame_width
    boxes, y = heading(strings.action_plan, key, sheet, section, eyebrow=strings.after)
    heads = (strings.what, strings.by_when, strings.done)
    inset = 3 * MM
    wide = [min(sheet.width_of(head, style.foot) + 2 * inset, width * 0.3) for head in heads]
    last, middle = max(wide[2], width * 0.1), max(wide[1], width * 0.2)
    columns = [0.0, width - last - middle, width - last]
    rooms = [columns[1] - inset, middle - 2 * inset, last - 2 * inset]
    labels = [
        sheet.at_most(3, (Span(head),), style.foot, room + 0.01)
        for head, room in zip(heads, rooms, strict=True)
    ]
    tag = section.add("P")
    for x, lines in zip(columns, labels, strict=True):
        at = x + (inset if x else 0.0)
        boxes += sheet.set(lines, style.foot, at, y, palette.muted, tag, " ")[0]
    y += max(map(len, labels)) * style.foot.leading_pt + 4
    rows = int((sheet.frame_height - y) // (2 * sheet.gap))
    height = (sheet.frame_height - y) / rows
    boxes.append(Rules(0.0, y, width, y, 1.0, palette.ink))
    rule = style.rule_width_pt
    boxes.append(Rules(0.0, y + height, width, y + height, rule, palette.rule, rows, dy=height))
    for x in columns[1:]:
        boxes.append(Rules(x, y, x, sheet.frame_height, rule, palette.hairline))
    for row in range(rows):
        boxes += _plan_row(row + 1, y + row * height, height, columns, heads, sheet, tag)
    return boxes


def _plan_row(
    number: int,
    y: float,
    height: float,
    columns: list[float],
    heads: tuple[str, ...],
    sheet: Sheet,
    tag: Tag,
) -> Boxes:
    what, when, done = columns
    size = sheet.style.tick_mm * 1.25 * MM
    box = ((done + sheet.frame_width - size) / 2, y + (height - size) / 2, size, size)
    name, pad = f"action-{number}", 1.5 * MM
    style = sheet.style
    words = [f"{head} ({number})" for head in heads]
    kinds = (FieldKind.TEXT, FieldKind.TEXT, FieldKind.CHECK)
    areas = (
        (what, y + pad, when - what - pad, height - pad),
        (when + pad, y + pad, done - when - 2 * pad, height - pad),
        box,
    )
    fields: Boxes = [
        Field(*area, kind, f"{name}-{part}", text, tag.add("Form"))
        for area, kind, part, text in zip(
            areas, kinds, ("what", "when", "done"), words, strict=True
        )
    ]
    return [Outline(*box, style.tick_line_pt, sheet.palette.muted, style.tick_radius_pt), *fields]


def notes(key: Key | None, name: str, sheet: Sheet, strings: Strings, section: Tag) -> Boxes:
    """A page to write on; with a key it is one of those after the conversations."""
    eyebrow = strings.after if key else ""
    boxes, y = heading(strings.notes, key, sheet, section, eyebrow=eyebrow)
    count = int((sheet.frame_height - y) // sheet.gap)
    top = sheet.frame_height - count * sheet.gap
    return boxes + sheet.ruled(0.0, top, count, name, strings.notes, section.add("P"))
