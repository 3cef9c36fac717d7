"""The tables of a deck: the bands that name its themes, and the rows of the agenda.

They are tables because rows grow with their text, whatever font it is shown in, so that no line
crosses a title.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from generator.look.style import Box
from generator.model import Theme, plain
from generator.writers.slides import look
from generator.writers.slides.deck import Cell, Deck, Table, text
from generator.writers.slides.fit import Paragraph
from generator.writers.slides.layouts import MUTED, PALE, WHITE, Layout, Placeholder


def extent(deck: Deck, theme: Theme) -> str:
    """How many questions a theme has, and how long they take."""
    count = deck.context.strings.questions(len(theme.questions))
    minutes = deck.context.strings.minutes.format(count=theme.duration)
    return f"{count}, {minutes}" if theme.duration else count


def index_table(deck: Deck, layout: Layout) -> Table | None:
    """A band for each theme at the side of the title slide; none where the layout has no room."""
    style, themes = deck.style, deck.question_set.themes
    table = layout.role("table")
    if table is None:
        return None
    row_pt = style.height_pt / len(themes)
    place = Placeholder(
        "index", 0, (0.0, 0.0, style.index_columns_pt[1] - style.index_pad_pt, row_pt - 8),
        style.index_sizes_pt, leading=style.text_leading, family=style.sans, bold=True,
        calm_pt=style.index_sizes_pt[-1], calm_lines=style.index_lines,
    )  # fmt: skip
    size = min(deck.fit.size_of([each.title], place) or place.sizes_pt[-1] for each in themes)
    rows = tuple((row_pt, _band(deck, theme, place, size)) for theme in themes)
    name, columns = deck.context.strings.contents, style.index_columns_pt
    return Table(name, table.box_pt, columns, rows, style.white_pt, WHITE)


def _band(deck: Deck, theme: Theme, place: Placeholder, size: int) -> tuple[Cell, ...]:
    style, accent = deck.style, deck.accent(theme)
    fill, ink = look.surface(accent), look.ink_on(deck.context.stylesheet.palette, accent)
    most = min(max(int(place.box_pt[3] // place.line_pt(size)), 1), style.index_lines)
    title, number = deck.fit.begun(theme.title, place, size, most), str(theme.number)
    if len(deck.question_set.themes) == 1 and plain(title) == deck.question_set.title:
        title, number = (), ""
    return (
        Cell(Paragraph(text(number), style.index_number_pt), ink, True, True, "ctr", fill),
        Cell(Paragraph(title, size), ink, bold=True, fill=fill),
    )


def agenda_tables(deck: Deck, box: Box) -> list[tuple[tuple[Theme, ...], Table]]:
    """The themes of each slide of the agenda, and their table: on as few slides as the least size
    needs, with about equally many rows."""
    style, themes = deck.style, deck.question_set.themes
    columns = _agenda_columns(deck, box[2])
    place = Placeholder(
        "agenda", 0, (0.0, 0.0, columns[1] - style.agenda_inset_pt, box[3]),
        style.agenda_sizes_pt, leading=style.text_leading, family=style.sans,
    )  # fmt: skip
    size = _agenda_size(deck, place)
    needed = _heights(deck, place, size)
    ends = _evenly(needed, box[3])
    slides = len(ends) - 1
    row_pt = min(style.agenda_row_pt, style.agenda_rows_pt * slides / len(themes))
    made = []
    for start, end in pairwise(ends):
        rows = tuple(
            (max(row_pt, needed[at]), _agenda_row(deck, themes[at], size))
            for at in range(start, end)
        )
        name = deck.context.strings.agenda
        made.append((themes[start:end], Table(name, box, columns, rows, style.hairline_pt, PALE)))
    return made


def _evenly(heights: Sequence[float], room_pt: float) -> list[int]:
    """Where slides end that have about equally many rows, as few as the room allows."""
    for slides in range(max(ceil(sum(heights) / room_pt), 1), len(heights) + 1):
        ends = [round(len(heights) * part / slides) for part in range(slides + 1)]
        if all(sum(heights[start:end]) <= room_pt for start, end in pairwise(ends)):
            return ends
    return list(range(len(heights) + 1))


def _agenda_columns(deck: Deck, width_pt: float) -> tuple[float, float, float]:
    """For number, title and count. The counts take what the longest needs, at most a third."""
    style = deck.style
    counts = (text(extent(deck, theme)) for theme in deck.question_set.themes)
    size = round(style.agenda_sizes_pt[0] * style.agenda_count)
    widest = max(deck.fit.width_pt(each, f"{style.sans}-regular", size) for each in counts)
    aside = min(widest + 2 * style.agenda_inset_pt, width_pt / 3)
    number = style.agenda_number_pt
    return number, width_pt - number - aside, aside


def _agenda_size(deck: Deck, place: Placeholder) -> int:
    """The largest size that needs no more slides than the least: one at which each title is one
    line, if that is not much smaller."""
    style, room = deck.style, place.box_pt[3]
    titles = [theme.title for theme in deck.question_set.themes]
    slides = [len(_evenly(_heights(deck, place, size), room)) for size in place.sizes_pt]
    fitting = [
        size for size, count in zip(place.sizes_pt, slides, strict=True) if count == slides[-1]
    ]
    calm = (
        size
        for size in fitting
        if size >= style.agenda_calm_pt
        and all(deck.fit.count(title, place, size) == 1 for title in titles)
    )
    return next(calm, fitting[0])


def _heights(deck: Deck, place: Placeholder, size: int) -> list[float]:
    pad = 2 * deck.style.agenda_pad_pt
    titles = (theme.title for theme in deck.question_set.themes)
    return [deck.fit.height(title, place, size) + pad for title in titles]


def _agenda_row(deck: Deck, theme: Theme, size: int) -> tuple[Cell, ...]:
    style, accent = deck.style, deck.accent(theme)
    color = look.text_color(deck.context.stylesheet.palette, accent)
    target = (theme.number, 0)
    number = Paragraph(text(str(theme.number)), round(size * style.agenda_number), target=target)
    count = max(round(size * style.agenda_count), style.least_pt)
    return (
        Cell(number, color, major=True, bold=True, align="ctr", bar=look.surface(accent)),
        Cell(Paragraph(theme.title, size)),
        Cell(Paragraph(text(extent(deck, theme)), count), MUTED, align="r"),
    )
