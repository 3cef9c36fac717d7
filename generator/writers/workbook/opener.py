"""A theme's first page: numeral, title, introduction, its questions to tick."""

from __future__ import annotations

from generator.look.style import MM
from generator.model import Question, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.strings import Strings
from generator.writers.workbook.boxes import Bookmark, Boxes
from generator.writers.workbook.lists import Row, grouped, set_rows, tick_columns
from generator.writers.workbook.names import Names
from generator.writers.workbook.sheet import Sheet, baseline, has_link, unlinked
from generator.writers.workbook.titles import tracked


def opener(
    theme: Theme, themes: int, sheet: Sheet, strings: Strings, section: Tag
) -> tuple[list[Boxes], float]:
    """Numeral, title and introduction, over further pages where needed; where they end."""
    style, color = sheet.style, sheet.palette.accent(theme.number)
    numeral, title = sheet.display(style.theme_numeral), sheet.display(style.theme_title)
    y = sheet.frame_height * style.opener_at
    boxes: Boxes = [Bookmark(0.0, (theme.number, 0), f"{theme.number}. {plain(theme.title)}")]
    # The large numeral is decoration: the line under it says the number.
    placed, y = sheet.set([(Span(str(theme.number)),)], numeral, 0.0, y, color, None)
    boxes += placed
    y += style.label.leading_pt
    text = strings.theme_of.format(number=theme.number, count=themes)
    boxes.append(tracked(text, y, sheet, color, section.add("P")))
    y += style.label.leading_pt * 0.6
    lines = sheet.lines(theme.title, title, sheet.frame_width)
    placed, y = sheet.set(lines, title, 0.0, y, sheet.palette.ink, section.add("H1"))
    pages: list[Boxes] = [boxes + placed]
    y = _intro(theme, sheet, y + style.intro.leading_pt * 0.6, pages, section)
    return pages, y + style.intro.leading_pt * 0.9


def _intro(theme: Theme, sheet: Sheet, y: float, pages: list[Boxes], section: Tag) -> float:
    """Set the paragraphs, over further pages where needed, never a line alone; where they end."""
    style = sheet.style.intro
    for paragraph in theme.intro:
        lines, tag = sheet.lines(paragraph, style, sheet.measure), section.add("P")
        while lines:
            fit = max(0, int((sheet.frame_height - y + 0.01) // style.leading_pt))
            if fit < len(lines):
                fit = min(fit, len(lines) - 2)
                fit = fit if fit > 1 else 0
            end = " " if fit < len(lines) else ""
            placed, y = sheet.set(
                lines[:fit], style, 0.0, y, sheet.palette.ink, tag, end, has_link(paragraph)
            )
            pages[-1] += placed
            lines = lines[fit:]
            if lines:
                pages.append([])
                y = 0.0
        y += style.leading_pt * 0.5
    return y


def ticks(
    theme: Theme,
    sheet: Sheet,
    strings: Strings,
    y: float,
    pages: list[Boxes],
    names: Names,
    section: Tag,
) -> None:
    """The questions to tick with their pages, from `y` of the last page on."""
    style, color = sheet.style, sheet.palette.accent(theme.number)
    at = tick_columns(sheet, [str(question.number) for question in theme.questions])
    above = style.listing.leading_pt + 4
    tight, loose = style.tight_row_mm * MM, style.tick_row_mm * MM
    if y + above + min(3, len(theme.questions)) * tight > sheet.frame_height:
        pages.append([])
        y = 0.0
    hint, listed = section.add("P"), numbered_list(section)
    rows = [
        _row(question, (theme.number, place), sheet, strings, at.room, names, color, listed)
        for place, question in enumerate(theme.questions, 1)
    ]
    line = sheet.lines((Span(strings.tick_to_start),), style.listing, sheet.frame_width)[:1]
    pages[-1] += sheet.set(line, style.listing, 0.0, y, sheet.palette.muted, hint)[0]
    y += above
    for index, (group, height) in enumerate(grouped(rows, sheet, y, loose)):
        if index:
            pages.append([])
            y = 0.0
        pages[-1].append(sheet.hairline(y, color))
        placed, y = set_rows(group, height, y, sheet, at)
        pages[-1] += placed
    pages[-1] += _rest(theme, sheet, strings, y, section)


def _rest(theme: Theme, sheet: Sheet, strings: Strings, y: float, section: Tag) -> Boxes:
    """Rules for notes, where the list leaves much of a page."""
    style = sheet.style
    top = y + style.block_gap_mm * MM
    count = int((sheet.frame_height - top - style.listing.leading_pt) // sheet.gap)
    if sheet.frame_height - y < sheet.frame_height * style.opener_rest:
        return []
    tag = section.add("P")
    base = baseline(top, style.listing)
    label = sheet.text(strings.notes, style.listing, 0.0, base, sheet.palette.muted, tag)
    rules = sheet.frame_height - count * sheet.gap
    name = f"theme-{theme.number}-notes"
    words = f"{strings.notes}: {plain(theme.title)}"
    return [label, *sheet.ruled(0.0, rules, count, name, words, tag)]


def _row(
    question: Question,
    key: tuple[int, int],
    sheet: Sheet,
    strings: Strings,
    room: float,
    names: Names,
    color: str,
    listed: Tag,
) -> Row:
    """A question as it is listed: up to three lines; it stands in full on its own page."""
    item = listed.add("LI")
    label, body = item.add("Lbl"), item.add("LBody")
    tick, link = body.add("Form"), body.add("Link")
    lines = sheet.at_most(3, unlinked(question.text), sheet.style.listing, room)
    words = plain(question.text)
    name = f"{names.of(key)}-tick"
    return Row(
        lines, words, link, str(question.number), label, color, key, tick=name, tick_tag=tick,
        tick_words=f"{strings.tick_to_start} {words}",
    )  # fmt: skip
