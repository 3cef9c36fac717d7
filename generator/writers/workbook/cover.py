"""The cover: title, the themes on bands of their colours, lines for names and dates.

Bands run to the edges of the paper; they are ground, in the page's coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.strings import long_date
from generator.writers.workbook.boxes import Bar, Picture
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame, unlinked


def typeset(text: str) -> str:
    """Three full stops are an ellipsis, which is one character."""
    return text.replace("...", "…")


def cover(question_set: QuestionSet, frame: Frame, section: Tag, quiet: bool) -> Draft:
    """`quiet`: only the outer edge is coloured."""
    page, style, themes = Draft(frame, "cover"), frame.style, question_set.themes
    page.tracked(frame.words.workbook, style.cover_label_y, section.add("P"))
    _title(page, question_set, section)
    top, bottom = map(frame.at, style.cover_band_y)
    if len(themes) == 1:
        _question_band(page, themes[0], question_set.title, top, bottom, section, quiet)
    elif len(themes) <= style.cover_bands:
        _theme_bands(page, themes, top, bottom, section, quiet)
    else:
        _theme_columns(page, themes, top, bottom, section, quiet)
    _foot(page, question_set, section)
    return page


def _title(page: Draft, question_set: QuestionSet, section: Tag) -> None:
    """As large as leaves the subtitle whole above the bands."""
    frame, style = page.frame, page.frame.style
    count, themes = question_set.question_count, len(question_set.themes)
    summary = frame.words.summary(count, themes) if themes > 1 else frame.words.questions(count)
    below = frame.display(style.cover_subtitle)
    subtitle = (Span(question_set.subtitle or summary),)
    under = frame.balanced(subtitle, below, frame.width)[:4]
    title, bottom = (Span(typeset(question_set.title)),), frame.at(style.cover_band_y[0])
    base, gap = frame.at(style.cover_title_y), style.cover_subtitle_below * frame.scale
    for size in style.cover_title_sizes:
        most = 3 if size > style.cover_title_sizes[-3] else 4
        lines, shown = frame.largest(title, style.cover_title, [size], frame.width, most)
        last = base + (len(lines) - 1) * shown.leading
        whole = frame.measured(title, shown).widest <= frame.width / shown.size
        ends = last + gap + (len(under) - 1) * below.leading
        if whole and len(lines) <= most and ends <= bottom - style.clear:
            break
    page.set(lines, shown, 0.0, base, section.add("H1"))
    page.set(under, below, 0.0, last + gap, section.add("P"))


def _band(page: Draft, y: float, height: float, color: str, quiet: bool) -> None:
    """From edge to edge, or at the outer edge alone."""
    frame = page.frame
    width = frame.style.cover_edge if quiet else frame.page_width
    page.ground.append(Bar(frame.page_width - width, frame.top + y, width, height, color))


def _room(frame: Frame, quiet: bool) -> float:
    """The width beside the bands of a quiet cover."""
    return frame.width - (frame.style.cover_edge if quiet else 0.0)


def _theme_bands(
    page: Draft, themes: Sequence[Theme], top: float, bottom: float, section: Tag, quiet: bool
) -> None:
    frame, style, palette = page.frame, page.frame.style, page.frame.palette
    gap = style.cover_band_gap
    height = (bottom - top - (len(themes) - 1) * gap) / len(themes)
    numeral, text = frame.display(style.cover_numeral), frame.display(style.cover_theme)
    x, most = style.cover_text * frame.scale, max(1, int(height / text.leading - 0.5))
    listed = numbered_list(section)
    for theme in themes:
        y = top + (theme.number - 1) * (height + gap)
        _band(page, y, height, palette.surface(theme.number), quiet)
        ink = palette.ink if quiet else palette.on_surface(theme.number)
        accent = palette.accent(theme.number) if quiet else ink
        item, middle = listed.add("LI"), y + height / 2
        label, body = item.add("Lbl"), item.add("LBody")
        base = frame.middle(middle, numeral)
        page.text(str(theme.number), numeral, 0.0, base, label, accent)
        numbers = _range(theme)
        right = frame.width_of(numbers, style.cover_range) if numbers else 0.0
        room = _room(frame, quiet) - x - right - style.clear
        title, sizes = unlinked(theme.title), style.cover_theme_sizes
        lines, shown = frame.largest(title, style.cover_theme, sizes, room, most)
        lines = lines if len(lines) <= most else frame.at_most(most, title, shown, room)
        page.set(lines, shown, x, frame.middle(middle, shown, len(lines)), body, ink, " ")
        end = frame.width - (style.cover_edge / 2 if quiet else 0.0)
        base = frame.middle(middle, style.cover_range)
        page.text(numbers, style.cover_range, end, base, body, ink, 1.0)


def _range(theme: Theme) -> str:
    """`11–20`, where a theme's questions are numbered on."""
    first, last = theme.questions[0].number, theme.questions[-1].number
    if last - first != len(theme.questions) - 1:
        return ""
    return f"{first}–{last}" if last > first else str(first)


def _question_band(
    page: Draft, theme: Theme, title: str, top: float, bottom: float, section: Tag, quiet: bool
) -> None:
    """A lone theme's band carries its first question."""
    frame, style, palette = page.frame, page.frame.style, page.frame.palette
    _band(page, top, bottom - top, palette.surface(theme.number), quiet)
    ink = palette.ink if quiet else palette.on_surface(theme.number)
    room, text = _room(frame, quiet), unlinked(theme.questions[0].text)
    for size in style.cover_question_sizes:
        lines, shown = frame.largest(text, style.cover_question, [size], room, 4)
        most = int((bottom - top) * 0.62 / shown.leading)
        if len(lines) <= most:
            break
    lines = lines if len(lines) <= most else frame.at_most(most, text, shown, room)
    base = top + (bottom - top) * 0.16 + shown.size
    page.set(lines, shown, 0.0, base, section.add("P"), ink, " ")
    if plain(theme.title) != title:
        below, base = frame.display(style.cover_range), bottom - style.closer_padding * 1.6
        line = frame.at_most(1, unlinked(theme.title), below, room)
        page.set(line, below, 0.0, base, section.add("P"), ink)


def _theme_columns(
    page: Draft, themes: Sequence[Theme], top: float, bottom: float, section: Tag, quiet: bool
) -> None:
    """Many themes, in columns; as many as can be read, the contents have them all."""
    frame, style, palette = page.frame, page.frame.style, page.frame.palette
    ink = palette.ink if quiet else palette.paper
    if quiet:
        height = (bottom - top) / len(themes)
        for theme in themes:
            y = top + (theme.number - 1) * height
            _band(page, y, height, palette.surface(theme.number), quiet)
    else:
        _band(page, top, bottom - top, style.cover_panel, quiet)
    columns, row, text = style.cover_columns, style.cover_column_row, style.cover_column
    if len(themes) <= style.cover_few:
        columns, row, text = 2, style.cover_few_row, style.cover_theme
    text, pad = frame.display(text), style.cover_column_pad * frame.scale
    rows, height = -(-len(themes) // columns), bottom - top - 2 * pad
    pitch = max(min(row * frame.scale, height / rows), text.leading)
    rows = min(rows, int((height + EQUAL) / pitch))
    number = replace(text, family="serif", weight="semibold")
    width = (_room(frame, quiet) - (columns - 1) * style.clear) / columns
    indent = frame.width_of(str(len(themes)), number)
    first = (top + bottom - rows * pitch) / 2 + pitch / 2
    listed = numbered_list(section)
    for index, theme in enumerate(themes[: rows * columns]):
        column, place = divmod(index, rows)
        x, base = column * (width + style.clear), frame.middle(first + place * pitch, text)
        item, right = listed.add("LI"), x + indent
        page.text(str(theme.number), number, right, base, item.add("Lbl"), ink, 1.0)
        begins, body = right + style.number_gap, item.add("LBody")
        page.label(plain(theme.title), text, begins, base, x + width - begins, body, ink)


def _foot(page: Draft, question_set: QuestionSet, section: Tag) -> None:
    """Lines for the names and the dates; opposite them author and date, or the logo."""
    frame, style, words = page.frame, page.frame.style, page.frame.words
    small, gutter = style.small, style.cover_gutter * frame.scale
    low = frame.page_height - frame.top - style.edge - small.leading
    dates = min(frame.at(style.cover_dates_y), low)
    names = min(frame.at(style.cover_names_y), dates - frame.gap - small.leading)
    half = (frame.width - gutter) / 2
    quarter = (half - gutter) / 2
    for name, said, x, width, y in (
        ("name", words.name, 0.0, half, names),
        ("mentor", words.mentor, half + gutter, half, names),
        ("from", words.from_date, 0.0, quarter, dates),
        ("to", words.to_date, quarter + gutter, quarter, dates),
    ):
        page.signed(x, y, width, name, said, section.add("P"))
    base = dates + small.leading
    if frame.logo:
        width, height = style.logo
        clear = dates - names - small.leading / 2  # of the words under the line above
        width, height = frame.logo.within(min(width, half), min(height, clear))
        area = (frame.width - width, base - height, width, height)
        page.add(Picture(*area, frame.logo, section.add("Figure")))
        base = frame.at(style.cover_label_y)
    _imprint(page, question_set, half, base, section)


def _imprint(page: Draft, made: QuestionSet, room: float, last: float, section: Tag) -> None:
    """Author and date at the right, on one line if there is room."""
    frame, small = page.frame, page.frame.style.small
    day = long_date(made.date, made.lang) if made.date else ""
    said = [each for each in (made.author, day) if each]
    if said and frame.width_of(" · ".join(said), small) <= room:
        said = [" · ".join(said)]
    base = last - (len(said) - 1) * small.leading
    for line in said:
        shown = frame.shortened(line, small, room)
        page.text(shown, small, frame.width, base, section.add("P"), anchor=1.0)
        base += small.leading
