"""The deck's plan: slides as plain data, with sizes that fit, before any XML is written."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.errors import Diagnostic
from generator.look.style import SlidesStyle
from generator.model import QuestionSet, Span, Theme, plain
from generator.writers import Context
from generator.writers.slides.deck import AGENDA_KEY, Deck, Plan, Slide, paragraphs, text
from generator.writers.slides.fit import Paragraph
from generator.writers.slides.layouts import own_design
from generator.writers.slides.notes import NoteParagraph, lines_of_notes, notes_of
from generator.writers.slides.questions import lists, one_question


def plan(question_set: QuestionSet, context: Context) -> Plan:
    asked = question_set.settings.slides
    style = _style_for(context.stylesheet.slides, question_set)
    accents = min(len(question_set.themes), len(context.stylesheet.palette.accents))
    design = own_design(style, accents, question_set.lang)
    diagnostics: tuple[Diagnostic, ...] = ()
    if asked.template:
        from generator.writers.slides.template import read_template

        design, diagnostics = read_template(
            question_set, asked, context.files[asked.template], style
        )
    deck = Deck(question_set, context, asked, design)
    groups = [(question_set.title, list(_front(deck)))]
    groups += [(plain(theme.title), _theme(deck, theme)) for theme in question_set.themes]
    if asked.closing:
        groups[-1][1].append(_closing(deck))
    return Plan(
        design=design,
        slides=tuple(_unique([slide for _, group in groups for slide in group])),
        sections=tuple((name, len(group)) for name, group in groups),
        foot=context.strings.back_to_agenda if asked.agenda else question_set.title,
        title=question_set.title,
        subject=question_set.subtitle or deck.summary,
        author=question_set.author,
        lang=question_set.lang,
        stylesheet=context.stylesheet,
        timestamp=context.timestamp,
        diagnostics=diagnostics,
    )


def _style_for(style: SlidesStyle, question_set: QuestionSet) -> SlidesStyle:
    """With room before a list for long numbers, and a closer agenda where themes are many."""
    numbers = (each.number for theme in question_set.themes for each in theme.questions)
    more = max(len(str(max(numbers, default=0))) - 3, 0) * style.digit_em
    many = len(question_set.themes) > style.agenda_few
    return replace(
        style,
        agenda_gap_pt=style.agenda_close_gap_pt if many else style.agenda_gap_pt,
        overview_hang_pt=style.overview_hang_pt + more * style.list_sizes_pt[0],
        dense_hang_pt=style.dense_hang_pt + more * style.dense_sizes_pt[0],
    )


def _unique(slides: Iterable[Slide]) -> Iterator[Slide]:
    """No two slides of one title: screen readers and the slide sorter list them by it."""
    seen: set[str] = set()
    for slide in slides:
        title = slide.title
        number = slide.fields.get("number")
        suffixes = itertools.chain(
            [plain(number[0].text)] if number else [], map(str, itertools.count(2))
        )
        while title in seen:
            suffix = f" ({next(suffixes)})"
            title = slide.title + suffix
        seen.add(title)
        if title != slide.title:
            first, *rest = slide.fields[slide.heading]
            more = first._replace(text=(*first.text, Span(suffix)))
            yield slide._replace(fields={**slide.fields, slide.heading: (more, *rest)})
        else:
            yield slide


def _front(deck: Deck) -> Iterator[Slide]:
    fields = {
        "title": paragraphs(deck.set.title),
        "subtitle": paragraphs(deck.set.subtitle or deck.summary),
        "label": paragraphs(deck.strings.slides),
    }
    yield deck.slide("title", 0, fields, lines_of_notes(deck.summary))
    if deck.options.agenda:
        yield from _agenda(deck)


def _extent(deck: Deck, theme: Theme) -> str:
    """How many questions, and how long they take."""
    count = deck.strings.questions(len(theme.questions))
    minutes = deck.strings.minutes.format(count=theme.duration)
    return f"{count}, {minutes}" if theme.duration else count


def _agenda(deck: Deck) -> Iterator[Slide]:
    entries = [
        Paragraph(
            theme.title,
            number=str(theme.number),
            after=_extent(deck, theme),
            target=(theme.number, 0),
            accent=deck.accent(theme),
        )
        for theme in deck.set.themes
    ]
    body = deck.design.layout("agenda", 0).place("body")
    pages = deck.pages("agenda", 0, deck.strings.agenda, entries)
    for part, (slide, (rows, *_)) in enumerate(pages):
        heights = (row.height_pt for row in rows)
        top = body.box_pt[1] - body.gap_pt / 2
        shown = [each.paragraphs[0] for each in rows]
        counts = tuple(
            Paragraph(text(each.after), each.size_pt, blank=row.lines - 1)
            for each, row in zip(shown, rows, strict=True)
        )
        yield slide._replace(
            fields={**slide.fields, "counts": counts},
            notes=lines_of_notes(*(f"{each.number} {plain(each.text)}" for each in shown)),
            keys=() if part else (AGENDA_KEY,),
            rows_pt=tuple(itertools.accumulate(heights, initial=top)),
        )


def _closing(deck: Deck) -> Slide:
    hint = deck.strings.closing_hint
    fields = {"title": paragraphs(deck.strings.closing), "body": paragraphs(hint)}
    return deck.slide("closing", 0, fields, lines_of_notes(hint))


def _theme(deck: Deck, theme: Theme) -> list[Slide]:
    """The slides of a theme; the first is where a link to the theme leads."""
    made: list[Slide] = []
    says_more = theme.intro or plain(theme.title) != deck.set.title
    if deck.options.section and says_more:
        made.append(_section(deck, theme))
    if deck.options.overview:
        made += _overview(deck, theme)
    if deck.options.questions_per_slide == 1:
        for place in range(1, len(theme.questions) + 1):
            made += one_question(deck, theme, place)
    else:
        made += lists(deck, theme)
    made[0] = made[0]._replace(keys=((theme.number, 0), *made[0].keys))
    return made


def _section(deck: Deck, theme: Theme) -> Slide:
    label = deck.strings.theme_of.format(number=theme.number, count=len(deck.set.themes))
    numeral = str(theme.number)
    accent = deck.accent(theme)
    fields = {
        "title": paragraphs(theme.title),
        "label": paragraphs(label.upper()),
        "body": paragraphs(*theme.intro),
        "numeral": paragraphs(numeral),
    }
    if place := deck.design.layout("section", accent).role("numeral"):
        size = place.sizes_pt[min(len(numeral), len(place.sizes_pt)) - 1]
        fields["numeral"] = (Paragraph(text(numeral), size),)
    return deck.slide("section", accent, fields, _theme_notes(deck, theme))


def _theme_notes(deck: Deck, theme: Theme) -> tuple[NoteParagraph, ...]:
    key = (theme.number, 0)
    return notes_of(deck.context, theme.intro, (), theme.notes, key, minutes=theme.duration)


def _overview(deck: Deck, theme: Theme) -> Iterator[Slide]:
    entries = [
        Paragraph(question.text, number=str(question.number), target=(theme.number, place))
        for place, question in enumerate(theme.questions, 1)
    ]
    name = f"{plain(theme.title)} – {deck.strings.overview}"
    for slide, _ in deck.pages("overview", deck.accent(theme), name, entries):
        yield slide._replace(notes=_theme_notes(deck, theme))
