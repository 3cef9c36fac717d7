"""The deck's plan: slides as plain data, with sizes that fit, before any XML is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from generator.look.style import SlidesStyle
from generator.model import Inline, QuestionSet, Span, Theme, plain
from generator.strings import capitals, long_date
from generator.writers import ACTION_PLAN, Context
from generator.writers.office.metrics import Fonts
from generator.writers.slides import look
from generator.writers.slides.deck import AGENDA, Deck, Plan, Slide, Table, paragraphs, text
from generator.writers.slides.fit import Fit, Paragraph
from generator.writers.slides.notes import NoteParagraph, lines_of_notes, notes_of
from generator.writers.slides.questions import lists, one_question, with_deck_sizes
from generator.writers.slides.tables import agenda_tables, extent, index_table

_SENTENCE = re.compile(r"[.!?…؟।]+[\"”’»)]*(?=\s+[^\sa-z])|[。！？][」』”]*")


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Raises SourceError for a template that cannot serve."""
    options = question_set.settings.slides
    numbers = (question.number for theme in question_set.themes for question in theme.questions)
    digits = max((len(str(number)) for number in numbers), default=1)
    style = _style_for(question_set, digits, context.stylesheet.slides)
    if options.template:
        from generator.writers.slides.template import read_template

        data = context.files[options.template]
        design, diagnostics = read_template(question_set, options, data, style)
    else:
        palette, themes = context.stylesheet.palette, len(question_set.themes)
        design, diagnostics = look.own_design(style, palette, themes, question_set.lang), ()
    deck = Deck(question_set, context, options, design, style, Fit(Fonts()), digits)
    with_deck_sizes(deck)
    strings = context.strings
    summary = strings.summary(question_set.question_count, len(question_set.themes))
    groups = [(question_set.title, list(_front(deck, summary)))]
    groups += [(plain(theme.title), _theme(deck, theme)) for theme in question_set.themes]
    if options.closing:
        groups.append((strings.closing, [_closing(deck)]))
    return Plan(
        design=deck.design,
        slides=tuple(slide for _, group in groups for slide in group),
        sections=tuple((name, len(group)) for name, group in groups),
        title=question_set.title,
        subject=question_set.subtitle or summary,
        author=question_set.author,
        lang=question_set.lang,
        stylesheet=replace(context.stylesheet, slides=style),
        timestamp=context.timestamp,
        diagnostics=diagnostics,
    )


def _style_for(question_set: QuestionSet, digits: int, style: SlidesStyle) -> SlidesStyle:
    """With the room between lines that the scripts need, and that before lists for long numbers."""
    style = look.leading_of(_texts(question_set), style)
    hang = max(style.overview_hang_em, style.digit_em * (digits + 1))
    return replace(style, overview_hang_em=hang)


def _texts(question_set: QuestionSet) -> Iterator[str]:
    yield question_set.title
    for theme in question_set.themes:
        yield plain(theme.title)
        for question in theme.questions:
            yield plain(question.text)


def _front(deck: Deck, summary: str) -> Iterator[Slide]:
    made = deck.question_set
    day = long_date(made.date, made.lang) if made.date else ""
    fields = {
        "title": paragraphs(made.title),
        "subtitle": paragraphs(made.subtitle or summary),
        "imprint": paragraphs(" · ".join(filter(None, (made.author, day)))),
    }
    layout = deck.design.layout("title", 0)
    notes = (*lines_of_notes(summary), *map(NoteParagraph, made.intro))
    yield deck.slide(layout, 0, fields, notes, index_table(deck, layout))
    if deck.agenda:
        yield from _agenda(deck)


def _agenda(deck: Deck) -> Iterator[Slide]:
    layout, name = deck.design.layout("agenda", 0), deck.context.strings.agenda
    slides: list[tuple[Sequence[Theme], dict[str, tuple[Paragraph, ...]], Table | None]]
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
    for part, (group, fields, table) in enumerate(slides, 1):
        title = {"title": paragraphs(deck.part(name, part, len(slides)))}
        notes = lines_of_notes(*(f"{each.number} {plain(each.title)}" for each in group))
        slide = deck.slide(layout, 0, {**title, **fields}, notes, table)
        yield slide._replace(keys=(AGENDA,) if part == 1 else ())


def _closing(deck: Deck) -> Slide:
    strings, layout = deck.context.strings, deck.design.layout("closing", 0)
    page = deck.context.workbook_pages.get(ACTION_PLAN)
    place = strings.workbook_page.format(page=page)
    write_down = strings.write_down.format(page=place) if page else ""
    thanks = paragraphs(strings.closing)
    hint = paragraphs(write_down)
    fields = {"title": paragraphs(strings.closing_hint), "body": hint, "thanks": thanks}
    if not layout.role("thanks"):
        fields["body"] = (*hint, *thanks)
    return deck.slide(layout, 0, fields, lines_of_notes(strings.closing_hint))


def _theme(deck: Deck, theme: Theme) -> list[Slide]:
    """The slides of a theme; the first is where a link to the theme leads."""
    made: list[Slide] = []
    notes = _theme_notes(deck, theme)
    says_more = theme.intro or plain(theme.title) != deck.question_set.title
    if deck.options.section and says_more:
        made.append(_section(deck, theme, notes))
    if deck.options.overview and len(theme.questions) > 2:
        made += _overview(deck, theme, () if made else notes)
    if deck.options.questions_per_slide == 1:
        for place in range(1, len(theme.questions) + 1):
            made += one_question(deck, theme, place)
    else:
        made += lists(deck, theme)
    made[0] = made[0]._replace(keys=((theme.number, 0), *made[0].keys))
    return made


def _section(deck: Deck, theme: Theme, notes: tuple[NoteParagraph, ...]) -> Slide:
    strings, count = deck.context.strings, len(deck.question_set.themes)
    label = strings.theme_of.format(number=theme.number, count=count) if count > 1 else ""
    page = deck.context.workbook_pages.get((theme.number, 0))
    where = strings.workbook_page.format(page=page) if page else ""
    numeral = str(theme.number) if count > 1 else ""
    layout = deck.design.layout("section", deck.accent(theme))
    if deck.design.template is None:
        place = layout.place("title")
        _, size = deck.fit.shortened([theme.title], place)
        height = deck.fit.height(theme.title, place, size)
        below = partial(look.below_title, layout, height, deck.style)
        layout = deck.once((id(layout), height), below)
    fields = {
        "title": paragraphs(theme.title),
        "label": paragraphs(capitals(label, deck.question_set.lang), target=deck.agenda),
        "body": paragraphs(first_sentence(theme.intro[0]) if theme.intro else ""),
        "extent": paragraphs(" · ".join(filter(None, (extent(deck, theme), where)))),
        "foot": deck.way_back(),
    }
    if (large := layout.role("numeral")) and numeral:
        size = large.sizes_pt[min(len(numeral), len(large.sizes_pt)) - 1]
        fields["numeral"] = (Paragraph(text(numeral), size),)
    return deck.slide(layout, deck.accent(theme), fields, notes)


def first_sentence(paragraph: Inline) -> Inline:
    """What a room can read at a glance; the notes have it all."""
    found = _SENTENCE.search(plain(paragraph))
    if not found:
        return paragraph
    left, made = found.end(), list[Span]()
    for span in paragraph:
        made.append(replace(span, text=span.text[: max(left, 0)]))
        left -= len(span.text)
    return tuple(each for each in made if each.text)


def _theme_notes(deck: Deck, theme: Theme) -> tuple[NoteParagraph, ...]:
    key = (theme.number, 0)
    return notes_of(deck.context, theme.intro, (), theme.notes, key, minutes=theme.duration)


def _overview(deck: Deck, theme: Theme, notes: tuple[NoteParagraph, ...]) -> Iterator[Slide]:
    strings, style, accent = deck.context.strings, deck.style, deck.accent(theme)
    layout = deck.design.layout("overview", accent)
    if layout.role("second") and len(theme.questions) <= style.overview_few:
        layout = deck.once(("few", accent), partial(look.few_in_one_column, layout, style))
    body = layout.place("body")
    entries = [
        [
            Paragraph(
                deck.fit.begun(question.text, body, body.sizes_pt[-1], style.overview_lines),
                number=str(question.number),
                target=(theme.number, place),
            )
        ]
        for place, question in enumerate(theme.questions, 1)
    ]
    pages = list(deck.pages(entries, layout))
    count = strings.questions(len(theme.questions)).replace(" ", "\u00a0")
    for part, page in enumerate(pages, 1):
        title = deck.part(f"{plain(theme.title)} · {count}", part, len(pages))
        if layout.heading == "title" and not layout.role("heading"):
            title = deck.part(f"{plain(theme.title)} – {strings.overview}", part, len(pages))
        fields = {
            "heading": paragraphs(strings.overview),
            "title": paragraphs(title, target=deck.agenda),
            "number": paragraphs(str(theme.number) if len(deck.question_set.themes) > 1 else ""),
            "foot": deck.way_back(),
            **page,
        }
        yield deck.slide(layout, accent, fields, notes if part == 1 else ())
