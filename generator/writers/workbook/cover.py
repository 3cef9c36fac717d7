"""The cover: title, the themes on bands of their colours, lines for names and dates.

Bands run to the edges of the paper; they are ground, in the page's coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.strings import long_date
from generator.writers.workbook.boxes import Bar, Boxes, Picture
from generator.writers.workbook.frame import EQUAL, Frame, unlinked
from generator.writers.workbook.page import Draft


def typeset(text: str) -> str:
    """Three full stops are an ellipsis, which is one character."""
    return text.replace("...", "…")


def cover(question_set: QuestionSet, frame: Frame, section: Tag, quiet: bool) -> Draft:
    style, palette, themes = frame.style, frame.palette, question_set.themes
    label = frame.at(style.cover_label_y)
    boxes: Boxes = [frame.tracked(frame.words.workbook, label, palette.muted, section.add("P"))]
    boxes += _cover_title(question_set, frame, section)
    draft = Draft("cover", boxes, "")
    top, bottom = (frame.at(mm) for mm in style.cover_band_y)
    if len(themes) == 1:
        _question_band(themes[0], question_set.title, top, bottom, frame, section, draft, quiet)
    elif len(themes) <= style.cover_bands:
        _theme_bands(themes, top, bottom, frame, section, draft, quiet)
    else:
        _theme_columns(themes, top, bottom, frame, section, draft, quiet)
    draft.boxes += _cover_foot(question_set, frame, section)
    return draft


def _cover_title(question_set: QuestionSet, frame: Frame, section: Tag) -> Boxes:
    """As large as leaves the subtitle whole above the bands."""
    style, palette = frame.style, frame.palette
    count, themes = question_set.question_count, len(question_set.themes)
    summary = frame.words.summary(count, themes) if themes > 1 else frame.words.questions(count)
    text = ((Span(typeset(question_set.title)),), (Span(question_set.subtitle or summary),))
    bottom = frame.at(style.cover_band_y[0]) - style.clear
    below = frame.display(style.cover_subtitle)
    under = frame.balanced(text[1], below, frame.width)[:4]
    base, gap = frame.at(style.cover_title_y), style.cover_subtitle_below * frame.scale
    for size in style.cover_title_sizes:
        most = 3 if size > style.cover_title_sizes[-3] else 4
        lines, shown = frame.largest(text[0], style.cover_title, [size], frame.width, most)
        last = base + (len(lines) - 1) * shown.leading
        whole = frame.measured(text[0], shown).widest <= frame.width / shown.size
        ends = last + gap + (len(under) - 1) * below.leading
        if whole and len(lines) <= most and ends <= bottom:
            break
    boxes, _ = frame.set(lines, shown, 0.0, base, palette.ink, section.add("H1"))
    return boxes + frame.set(under, below, 0.0, last + gap, palette.muted, section.add("P"))[0]


def _band(y: float, height: float, color: str, frame: Frame, draft: Draft, quiet: bool) -> None:
    """From edge to edge, or at the outer edge alone."""
    width = frame.style.cover_edge if quiet else frame.page_width
    draft.ground.append(Bar(frame.page_width - width, frame.top + y, width, height, color))


def _theme_bands(
    themes: Sequence[Theme], top: float, bottom: float, frame: Frame, section: Tag, draft: Draft,
    quiet: bool,
) -> None:  # fmt: skip
    style, palette = frame.style, frame.palette
    gap = style.cover_band_gap
    height = (bottom - top - (len(themes) - 1) * gap) / len(themes)
    numeral, text = frame.display(style.cover_numeral), frame.display(style.cover_theme)
    x = style.cover_text * frame.scale
    listed = numbered_list(section)
    for theme in themes:
        y = top + (theme.number - 1) * (height + gap)
        _band(y, height, palette.surface(theme.number), frame, draft, quiet)
        ink = palette.ink if quiet else palette.on_surface(theme.number)
        accent = palette.accent(theme.number) if quiet else ink
        item, middle = listed.add("LI"), y + height / 2
        label, body = item.add("Lbl"), item.add("LBody")
        base = frame.middle(middle, numeral)
        draft.boxes.append(frame.text(str(theme.number), numeral, 0.0, base, accent, label))
        numbers = _range(theme)
        right = frame.width_of(numbers, style.cover_range) if numbers else 0.0
        room = frame.width - x - right - style.clear
        room -= style.cover_edge if quiet else 0.0
        most = max(1, int(height / text.leading - 0.5))
        title, sizes = unlinked(theme.title), style.cover_theme_sizes
        lines, shown = frame.largest(title, style.cover_theme, sizes, room, most)
        lines = lines if len(lines) <= most else frame.at_most(most, title, shown, room)
        base = frame.middle(middle, shown, len(lines))
        draft.boxes += frame.set(lines, shown, x, base, ink, body, " ")[0]
        base = frame.middle(middle, style.cover_range)
        end = frame.width - (style.cover_edge / 2 if quiet else 0.0)
        draft.boxes.append(frame.text(numbers, style.cover_range, end, base, ink, body, 1.0))


def _range(theme: Theme) -> str:
    """`11–20`, where a theme's questions are numbered on."""
    first, last = theme.questions[0].number, theme.questions[-1].number
    if last - first != len(theme.questions) - 1:
        return ""
    return f"{first}–{last}" if last > first else str(first)


def _question_band(
    theme: Theme, title: str, top: float, bottom: float, frame: Frame, section: Tag, draft: Draft,
    quiet: bool,
) -> None:  # fmt: skip
    """A lone theme's band carries its first question."""
    style, palette = frame.style, frame.palette
    _band(top, bottom - top, palette.surface(theme.number), frame, draft, quiet)
    ink = palette.ink if quiet else palette.on_surface(theme.number)
    room = frame.width - (style.cover_edge if quiet else 0.0)
    text = unlinked(theme.questions[0].text)
    for size in style.cover_question_sizes:
        lines, shown = frame.largest(text, style.cover_question, [size], room, 4)
        most = int((bottom - top) * 0.62 / shown.leading)
        if len(lines) <= most:
            break
    lines = lines if len(lines) <= most else frame.at_most(most, text, shown, room)
    base = top + (bottom - top) * 0.16 + shown.size
    draft.boxes += frame.set(lines, shown, 0.0, base, ink, section.add("P"), " ")[0]
    if plain(theme.title) != title:
        below, base = frame.display(style.cover_range), bottom - style.closer_padding * 1.6
        shown_title = frame.at_most(1, unlinked(theme.title), below, room)
        draft.boxes += frame.set(shown_title, below, 0.0, base, ink, section.add("P"))[0]


def _theme_columns(
    themes: Sequence[Theme], top: float, bottom: float, frame: Frame, section: Tag, draft: Draft,
    quiet: bool,
) -> None:  # fmt: skip
    """Many themes, in columns; as many as can be read, the contents have them all."""
    style, palette = frame.style, frame.palette
    ink = palette.ink if quiet else palette.paper
    if quiet:
        height = (bottom - top) / len(themes)
        for theme in themes:
            y = top + (theme.number - 1) * height
            _band(y, height, palette.surface(theme.number), frame, draft, quiet)
    else:
        _band(top, bottom - top, "#1F2933", frame, draft, quiet)
    few = len(themes) <= style.cover_few
    columns, row = (
        (2, style.cover_few_row) if few else (style.cover_columns, style.cover_column_row)
    )
    text = frame.display(style.cover_theme if few else style.cover_column)
    pad = style.cover_column_pad * frame.scale
    rows, room = -(-len(themes) // columns), bottom - top - 2 * pad
    pitch = max(min(row * frame.scale, room / rows), text.leading)
    rows = min(rows, int((room + EQUAL) / pitch))
    number = replace(text, family="serif", weight="semibold")
    gutter = style.clear
    room = frame.width - (style.cover_edge if quiet else 0.0)
    width = (room - (columns - 1) * gutter) / columns
    indent = frame.width_of(str(len(themes)), number)
    first = (top + bottom - rows * pitch) / 2 + pitch / 2
    listed = numbered_list(section)
    for index, theme in enumerate(themes[: rows * columns]):
        column, row = divmod(index, rows)
        x, base = column * (width + gutter), frame.middle(first + row * pitch, text)
        item = listed.add("LI")
        right = x + indent
        label = frame.text(str(theme.number), number, right, base, ink, item.add("Lbl"), 1.0)
        begins = right + style.number_gap
        body, rest = item.add("LBody"), x + width - begins
        draft.boxes += [label, frame.label(plain(theme.title), text, begins, base, rest, ink, body)]


def _cover_foot(question_set: QuestionSet, frame: Frame, section: Tag) -> Boxes:
    """Lines for the names and the dates; opposite them author and date, or the logo."""
    style, palette = frame.style, frame.palette
    gutter = style.cover_gutter * frame.scale
    low = frame.page_height - frame.top - style.edge - style.small.leading
    dates = min(frame.at(style.cover_dates_y), low)
    names = min(frame.at(style.cover_names_y), dates - frame.gap - style.small.leading)
    half = (frame.width - gutter) / 2
    quarter = (half - gutter) / 2
    places = (
        ("name", frame.words.name, 0.0, half, names),
        ("mentor", frame.words.mentor, half + gutter, half, names),
        ("from", frame.words.from_date, 0.0, quarter, dates),
        ("to", frame.words.to_date, quarter + gutter, quarter, dates),
    )
    boxes: Boxes = []
    for name, words, x, width, y in places:
        boxes += frame.signed(x, y, width, name, words, section.add("P"))
    base = dates + style.small.leading
    room, right = frame.width - half - gutter, frame.width
    if frame.logo:
        width, height = style.logo
        clear = dates - names - style.small.leading / 2  # of the words under the line above
        size = frame.logo.within(min(width, room), min(height, clear))
        area = (right - size[0], base - size[1], *size)
        boxes.append(Picture(*area, frame.logo, section.add("Figure")))
        base = frame.at(style.cover_label_y)
    date = question_set.date
    day = long_date(date, question_set.lang) if date else ""
    said = [each for each in (question_set.author, day) if each]
    if frame.width_of(" · ".join(said), style.small) <= room:
        said = [" · ".join(said)] if said else []
    base -= (len(said) - 1) * style.small.leading
    for line in said:
        shown = frame.shortened(line, style.small, room)
        tag = section.add("P")
        boxes.append(frame.text(shown, style.small, right, base, palette.muted, tag, 1.0))
        base += style.small.leading
    return boxes
