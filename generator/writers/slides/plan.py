"""The deck's plan: slides as plain data, with sizes that fit, before any XML is written.

Index and agenda are tables because rows grow with their text, whichever font it is shown in, so
that no line crosses a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from math import ceil

from generator.diagnostics import Diagnostic
from generator.look.style import Box, SlidesStyle
from generator.model import QuestionSet, Theme, plain
from generator.strings import long_date
from generator.writers import ACTION_PLAN, Context
from generator.writers.office.metrics import Fonts
from generator.writers.slides import look
from generator.writers.slides.deck import Deck, Field, paragraphs, text
from generator.writers.slides.fit import Fit
from generator.writers.slides.notes import lines_of_notes
from generator.writers.slides.presentation import (
    AGENDA,
    MUTED,
    PALE,
    WHITE,
    Cell,
    Design,
    Layout,
    NoteParagraph,
    Paragraph,
    Placeholder,
    Plan,
    Slide,
    Table,
)
from generator.writers.slides.theme import theme_slides, with_few_sizes


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Plan the slides. Raises SourceError for a template that cannot be used."""
    style, fit = _style_for(question_set, context), Fit(Fonts())
    design, diagnostics = _design(question_set, context, style)
    deck = Deck(question_set, context, with_few_sizes(design, question_set, fit), style, fit)
    strings = context.strings
    summary = strings.summary(question_set.question_count, len(question_set.themes))
    groups = [(question_set.title, [_title(deck, summary), *_agenda(deck)])]
    groups += [(plain(theme.title), theme_slides(deck, theme)) for theme in question_set.themes]
    if question_set.settings.slides.closing:
        groups.append((strings.closing, [_closing(deck)]))
    return Plan(
        design=deck.design,
        slides=tuple(slide for _, group in groups for slide in group),
        sections=tuple((name, len(group)) for name, group in groups),
        title=question_set.title,
        subject=question_set.subtitle or summary,
        author=question_set.author,
        lang=question_set.lang,
        stylesheet=context.stylesheet._replace(slides=style),
        timestamp=context.timestamp,
        diagnostics=diagnostics,
    )


def _style_for(question_set: QuestionSet, context: Context) -> SlidesStyle:
    """Return the style with the line spacing that the scripts need, and with room for numbers of
    many digits."""
    style = look.leading_of(_texts(question_set), context.stylesheet.slides)
    questions = (question for theme in question_set.themes for question in theme.questions)
    digits = max((len(str(question.number)) for question in questions), default=1)
    return style._replace(
        hang_em=max(style.hang_em, style.digit_em * (digits + 1)),
        number_pt=min(style.number_pt, int(style.number_room_pt / (digits * style.digit_em))),
        # Scripts without capitals are not spaced out: letters that join would part.
        tracking_pt=style.tracking_pt if max(context.strings.theme_of) < "\u0590" else 0.0,
    )


def _texts(question_set: QuestionSet) -> Iterator[str]:
    yield question_set.title
    for theme in question_set.themes:
        yield plain(theme.title)
        for question in theme.questions:
            yield plain(question.text)


def _design(
    question_set: QuestionSet, context: Context, style: SlidesStyle
) -> tuple[Design, tuple[Diagnostic, ...]]:
    options = question_set.settings.slides
    if options.template:
        from generator.writers.slides.template import read_template

        return read_template(question_set, options, context.files[options.template], style)
    palette, themes = context.stylesheet.palette, len(question_set.themes)
    return look.own_design(style, palette, themes, question_set.lang), ()


def _title(deck: Deck, summary: str) -> Slide:
    made, layout = deck.question_set, deck.design.layout("title")
    day = long_date(made.date, made.lang) if made.date else ""
    fields: dict[str, Field] = {
        "title": made.title,
        "subtitle": made.subtitle or summary,
        "imprint": " · ".join(filter(None, (made.author, day))),
    }
    notes = (*lines_of_notes(summary), *map(NoteParagraph, made.intro))
    return deck.slide(layout, fields, table=_index(deck, layout))._replace(notes=notes)


def _closing(deck: Deck) -> Slide:
    strings, layout = deck.words, deck.design.layout("closing")
    page = deck.context.workbook_pages.get(ACTION_PLAN)
    place = strings.workbook_page.format(page=page)
    hint = paragraphs(strings.write_down.format(page=place) if page else "")
    thanks = paragraphs(strings.closing)
    fields: dict[str, Field] = {"title": strings.closing_hint, "body": hint, "thanks": thanks}
    if not layout.role("thanks"):
        fields["body"] = hint + thanks
    return deck.slide(layout, fields)._replace(notes=lines_of_notes(strings.closing_hint))


# -- the index: a band for each theme at the side of the title slide


def _index(deck: Deck, layout: Layout) -> Table | None:
    """Return the index as a table, or None if the layout has no room for it."""
    style, themes, table = deck.style, deck.question_set.themes, layout.role("table")
    if table is None:
        return None
    row_pt = style.height_pt / len(themes)
    sizes = table.sizes_pt if deck.has_themes else style.index_lone_sizes_pt
    place = Placeholder(
        "index", (0.0, 0.0, style.index_columns_pt[1] - 2 * style.index_inset_pt, row_pt - 8),
        sizes, leading=style.text_leading, family=style.sans, bold=True,
        calm_pt=sizes[-1], calm_lines=style.index_lines,
    )  # fmt: skip
    size = min(deck.fit.size_of([each.title], place) or place.sizes_pt[-1] for each in themes)
    rows = tuple((row_pt, _band(deck, theme, place, size)) for theme in themes)
    return Table(
        deck.words.contents, table.box_pt, style.index_columns_pt, rows, style.index_inset_pt,
        style.white_pt, WHITE,
    )  # fmt: skip


def _band(deck: Deck, theme: Theme, place: Placeholder, size: int) -> tuple[Cell, ...]:
    style, accent = deck.style, deck.accent(theme)
    fill, ink = look.surface(accent), look.ink_on(deck.context.stylesheet.palette, accent)
    most = min(max(int(place.box_pt[3] // place.line_pt(size)), 1), style.index_lines)
    title = deck.fit.begun(theme.title, place, size, most)
    if not deck.has_themes and plain(title) == deck.question_set.title:
        title = ()
    number = str(theme.number) if deck.has_themes else ""
    return (
        Cell(Paragraph(text(number), style.index_number_pt), ink, True, True, "ctr", fill),
        Cell(Paragraph(title, size), ink, bold=True, fill=fill),
    )


# -- the agenda


def _agenda(deck: Deck) -> Iterator[Slide]:
    if not deck.agenda:
        return
    layout, name = deck.design.layout("agenda"), deck.words.agenda
    slides: list[tuple[Sequence[Theme], dict[str, list[Paragraph]], Table | None]]
    if place := layout.role("table"):
        slides = [(group, {}, table) for group, table in agenda_tables(deck, place.box_pt)]
    else:
        entries = [
            [Paragraph(each.title, number=str(each.number), target=(each.number, 0))]
            for each in deck.question_set.themes
        ]
        themes = iter(deck.question_set.themes)
        pages = deck.pages(entries, layout)
        slides = [(list(islice(themes, len(page["body"]))), page, None) for page in pages]
    for part, (group, page, table) in enumerate(slides, 1):
        fields: dict[str, Field] = {"title": deck.part(name, part, len(slides)), **page}
        notes = lines_of_notes(*(f"{each.number} {plain(each.title)}" for each in group))
        slide = deck.slide(layout, fields, table=table)
        yield slide._replace(keys=(AGENDA,) if part == 1 else (), notes=notes)


def agenda_tables(deck: Deck, box: Box) -> list[tuple[tuple[Theme, ...], Table]]:
    """Return the themes of each slide of the agenda, with their table: on as few slides as the
    smallest size needs, and with about equally many rows on each."""
    style, themes = deck.style, deck.question_set.themes
    columns = _agenda_columns(deck, box[2])
    place = Placeholder(
        "agenda", (0.0, 0.0, columns[1] - 2 * style.agenda_inset_pt, box[3]),
        style.agenda_sizes_pt, leading=style.text_leading, family=style.sans,
    )  # fmt: skip
    size = _agenda_size(deck, place)
    needed = _heights(deck, place, size)
    ends = _evenly(needed, box[3])
    slides = len(ends) - 1
    row_pt = min(style.agenda_row_pt, style.agenda_rows_pt * slides / len(themes))
    groups = list(pairwise(ends))
    # Rows of several lines take room from the others, which are no higher than they leave them.
    while row_pt > 0 and any(
        sum(max(row_pt, each) for each in needed[start:end]) > box[3] for start, end in groups
    ):
        row_pt -= 1
    made = []
    for start, end in groups:
        rows = tuple(
            (max(row_pt, needed[at]), _agenda_row(deck, themes[at], size))
            for at in range(start, end)
        )
        table = Table(
            deck.words.agenda, box, columns, rows, style.agenda_inset_pt, style.hairline_pt, PALE
        )
        made.append((themes[start:end], table))
    return made


def _evenly(heights: Sequence[float], room_pt: float) -> list[int]:
    """Return where slides end that have about equally many rows, on as few slides as possible."""
    for slides in range(max(ceil(sum(heights) / room_pt), 1), len(heights) + 1):
        ends = [round(len(heights) * part / slides) for part in range(slides + 1)]
        if all(sum(heights[start:end]) <= room_pt for start, end in pairwise(ends)):
            return ends
    return list(range(len(heights) + 1))


def _agenda_columns(deck: Deck, width_pt: float) -> tuple[float, float, float]:
    """Return the widths for number, title and count. Counts take the width of the longest, and at
    most a third."""
    style = deck.style
    counts = (text(deck.extent(theme)) for theme in deck.question_set.themes)
    size = round(style.agenda_sizes_pt[0] * style.agenda_count)
    widest = max(deck.fit.width_pt(each, f"{style.sans}-regular", size) for each in counts)
    aside = min(widest + 4 * style.agenda_inset_pt, width_pt / 3)
    number = style.agenda_number_pt
    return number, width_pt - number - aside, aside


def _agenda_size(deck: Deck, place: Placeholder) -> int:
    """Return the largest size that needs no more slides than the smallest; or one at which each
    title fits on a line, if that is not much smaller."""
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
        Cell(Paragraph(text(deck.extent(theme)), count), MUTED, align="r"),
    )
