"""The slides of a theme: itself, an overview, and its questions, one by one or together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise
from typing import NamedTuple

from generator.look.style import Box
from generator.model import AnswerKind, Inline, Question, QuestionSet, Span, Theme, plain
from generator.strings import capitals
from generator.text.bidi import right_to_left
from generator.writers.slides import look
from generator.writers.slides.deck import Deck, Field, text
from generator.writers.slides.fit import Fit, few_sizes, room
from generator.writers.slides.notes import notes_of_question, notes_of_theme, with_name
from generator.writers.slides.presentation import (
    PALE,
    Design,
    Layout,
    NoteParagraph,
    Paragraph,
    Placeholder,
    Shape,
    Slide,
)

ONE, MANY = "\u25cb", "\u2610"
"""The mark before an answer to choose: a circle, or a box where several can be ticked."""
_SENTENCE = re.compile(r"[.!?…؟।]+[\"”’»)]*(?=\s+[^\sa-z])|[。！？][」』”]*")


def theme_slides(deck: Deck, theme: Theme) -> list[Slide]:
    """The first is where a link to the theme leads."""
    options = deck.question_set.settings.slides
    made: list[Slide] = []
    notes = notes_of_theme(theme, deck.context)
    says_more = theme.intro or plain(theme.title) != deck.question_set.title
    if options.section and says_more:
        made.append(_section(deck, theme, notes))
    if options.overview and len(theme.questions) > 2:
        made += _overview(deck, theme, () if made else notes)
    if options.questions_per_slide == 1:
        for place in range(1, len(theme.questions) + 1):
            made += _one_question(deck, theme, place)
    else:
        made += _lists(deck, theme, options.questions_per_slide)
    made[0] = made[0]._replace(keys=((theme.number, 0), *made[0].keys))
    return made


def _section(deck: Deck, theme: Theme, notes: Sequence[NoteParagraph]) -> Slide:
    words, count = deck.words, len(deck.question_set.themes)
    label = words.theme_of.format(number=theme.number, count=count) if deck.has_themes else ""
    page = deck.context.workbook_pages.get((theme.number, 0))
    where = words.workbook_page.format(page=page) if page else ""
    layout = deck.design.layout("section", deck.accent(theme))
    fields: dict[str, Field] = {
        "title": theme.title,
        "label": capitals(label, deck.question_set.lang),
        "body": first_sentence(theme.intro[0]) if theme.intro else "",
        "extent": " · ".join(filter(None, (deck.extent(theme), where))),
    }
    if (large := layout.role("numeral")) and deck.has_themes:
        numeral = str(theme.number)
        size = large.sizes_pt[min(len(numeral), len(large.sizes_pt)) - 1]
        fields["numeral"] = [Paragraph(text(numeral), size)]
    return deck.slide(layout, fields, notes, theme, {"label": deck.agenda})


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


def _overview(deck: Deck, theme: Theme, notes: Sequence[NoteParagraph]) -> Iterator[Slide]:
    words, style, accent = deck.words, deck.style, deck.accent(theme)
    few = len(theme.questions) <= style.overview_few
    layout = deck.design.layout("overview-few" if few else "overview", accent)
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
    count = words.questions(len(theme.questions)).replace(" ", "\u00a0")
    aside = f" · {count}" if layout.role("heading") else f" – {words.overview}"
    for part, page in enumerate(pages, 1):
        fields: dict[str, Field] = {
            "heading": words.overview,
            "title": deck.part(plain(theme.title) + aside, part, len(pages)),
            "number": str(theme.number) if deck.has_themes else "",
            **page,
        }
        links = {"title": deck.agenda}
        yield deck.slide(layout, fields, notes if part == 1 else (), theme, links)


# -- one question a slide


class _Part(NamedTuple):
    """What a slide asks."""

    use: str
    """Of its layout."""
    asked: Paragraph
    below: list[Paragraph]


def _one_question(deck: Deck, theme: Theme, place: int) -> Iterator[Slide]:
    question, key = theme.questions[place - 1], (theme.number, place)
    notes = notes_of_question(question, key, deck.context)
    parts = list(_parts(deck, question, deck.accent(theme)))
    for number, part in enumerate(parts, 1):
        slide = _asking(deck, theme, place, part, (number, len(parts)))
        shapes = (*_progress(deck, theme, place), *_bars(deck, slide))
        first = number == 1
        yield slide._replace(
            keys=(key,) if first else (), notes=notes if first else (), shapes=shapes
        )


def _asking(deck: Deck, theme: Theme, place: int, part: _Part, of: tuple[int, int]) -> Slide:
    """The slide that asks a question, or a part of one."""
    question, words, accent = theme.questions[place - 1], deck.words, deck.accent(theme)
    layout = deck.design.layout(part.use, accent)
    count = words.question_of.format(number=place, count=len(theme.questions))
    further = words.question_of.format(number=of[0], count=of[1]) if of[1] > 1 else ""
    status = f"{count} · {further}" if further else count
    if layout.heading == "question" and (further or not deck.is_title(part.asked.text)):
        layout = deck.design.layout(f"{part.use}-part", accent)
        count = f"{words.question.format(number=question.number)} · {further or count}"
    size = min(round(part.asked.size_pt * deck.style.number_size), deck.style.number_pt)
    number = Paragraph(text(str(question.number)), max(size, deck.style.least_pt))
    fields: dict[str, Field] = {
        "title": f"{question.number} · {plain(theme.title)} · {status}",
        "question": [part.asked],
        "followups": part.below,
        "label": theme.title,
        "count": count,
        "minutes": words.minutes.format(count=question.minutes) if question.minutes else "",
        "number": [number],
    }
    links = {"label": deck.agenda, "count": (theme.number, 0)}
    return deck.slide(layout, fields, (), theme, links)


def _parts(deck: Deck, question: Question, accent: int) -> Iterator[_Part]:
    """The slides of a question. One that leaves no room for what stands below it comes before it on
    slides of its own, and is repeated there in small."""
    alone, both = (deck.design.layout(use, accent) for use in ("question", "followups"))
    asked, below = question.text, _below(question)
    above, place = both.place("question"), both.place("followups")
    size = deck.fit.size_of([asked], above) if below else None
    if size is None:
        pieces, largest = deck.fit.parts(asked, alone.place("question"))
        for piece in pieces:
            yield _Part("question", Paragraph(piece, largest), [])
        if not below:
            return
        small = replace(above, sizes_pt=deck.style.reminder_sizes_pt, calm_pt=0)
        (asked, *_), size = deck.fit.shortened([asked], small)
    repeated = Paragraph(asked, size)
    if place.below:
        place = place.lowered(deck.bottom_pt(above, repeated))
    rest = [
        each._replace(text=piece)
        for each in below
        for piece in deck.fit.parts(each.text, place, max(each.level, 2))[0]
    ]
    for rows in deck.fit.columns([[each] for each in rest], place, 1):
        yield _Part("followups", repeated, [row.paragraphs[0] for row in rows])


def _below(question: Question) -> list[Paragraph]:
    """What stands under a question: its choices or scale, and its follow-ups."""
    space = question.answer
    made = []
    if space.kind is AnswerKind.CHOICES:
        mark = MANY if space.pick_many else ONE
        made += [Paragraph(text(each), mark=mark) for each in space.choices]
    if space.kind is AnswerKind.SCALE and space.scale:
        first, last = space.scale
        left, right = space.scale_ends
        points = "\u2003".join(map(str, range(first, last + 1)))
        shown = "\u2003".join(filter(None, (left, points, right)))
        made.append(Paragraph(text(shown), mark=""))
    made += [Paragraph(each.text, level=each.depth) for each in question.followups]
    return made


def _progress(deck: Deck, theme: Theme, place: int) -> Iterator[Shape]:
    """A segment for each question of the theme, or one bar for many."""
    if deck.design.template is not None:
        return
    style, count = deck.style, len(theme.questions)
    x, y, width, height = style.progress_box_pt
    if count > style.progress_most:
        boxes = [(x, y, width * place / count, height)]
        rest = [(x + boxes[0][2], y, width - boxes[0][2], height)]
    else:
        step = (width + style.progress_gap_pt) / count
        across = step - style.progress_gap_pt
        segments = [(x + index * step, y, across, height) for index in range(count)]
        boxes, rest = segments[:place], segments[place:]
    accent = look.surface(deck.accent(theme))
    for name, some, color in (("Progress", boxes, accent), ("To come", rest, PALE)):
        if some and some[0][2]:
            shape = Shape(name, tuple(some), color)
            rtl = right_to_left(deck.question_set.lang)
            yield look.mirrored_shape(shape, style.width_pt) if rtl else shape


def _bars(deck: Deck, slide: Slide) -> Iterator[Shape]:
    """A bar before each follow-up of the first level, as tall as its lines."""
    place = slide.layout.role("followups")
    if place is None or place.direct:
        return
    boxes: list[Box] = []
    x, y, width, _ = place.box_pt
    x += width - deck.style.followup_bar_pt if right_to_left(deck.question_set.lang) else 0
    for each in slide.fields.get("followups", ()):
        height = deck.fit.height(each.text, place, each.size_pt, each.level)
        if each.level == 1 and each.mark is None:
            boxes.append((x, y, deck.style.followup_bar_pt, height))
        y += height + place.gap_pt
    if boxes:
        yield Shape("Bars", tuple(boxes), look.surface(slide.accent))


# -- several questions on a slide


def _lists(deck: Deck, theme: Theme, most: int) -> Iterator[Slide]:
    """About equally many questions on each slide; each on its own where one is too long for
    that."""
    count = len(theme.questions)
    body = deck.design.layout("list", deck.accent(theme)).place("body")
    slides = -(-count // most)
    ends = [round(count * part / slides) for part in range(slides + 1)]
    for start, end in pairwise(ends):
        entries = {place: _entry(theme.questions[place]) for place in range(start, end)}
        rows = (deck.fit.row(each, body, body.sizes_pt[-1]) for each in entries.values())
        if max(row.height_pt for row in rows) <= room(body):
            yield from _list(deck, theme, entries, body)
        else:
            for place in entries:
                yield from _one_question(deck, theme, place + 1)


def _list(
    deck: Deck, theme: Theme, entries: Mapping[int, Sequence[Paragraph]], body: Placeholder
) -> Iterator[Slide]:
    layout, places = deck.design.layout("list", deck.accent(theme)), iter(entries)
    for rows in deck.fit.columns(list(entries.values()), body, 1):
        keys = [(theme.number, place + 1) for place in islice(places, len(rows))]
        questions = [theme.questions[place - 1] for _, place in keys]
        numbers = dict.fromkeys((questions[0].number, questions[-1].number))
        fields: dict[str, Field] = {
            "title": f"{plain(theme.title)} · {'–'.join(map(str, numbers))}",
            "number": str(theme.number) if deck.has_themes else "",
            "body": [paragraph for row in rows for paragraph in row.paragraphs],
        }
        notes = chain.from_iterable(
            with_name(
                notes_of_question(each, key, deck.context),
                deck.words.question.format(number=each.number),
            )
            for each, key in zip(questions, keys, strict=True)
        )
        slide = deck.slide(layout, fields, tuple(notes), theme, {"title": deck.agenda})
        yield slide._replace(keys=tuple(keys))


def _entry(question: Question) -> tuple[Paragraph, ...]:
    below = (each._replace(level=each.level + 1) for each in _below(question))
    return (Paragraph(question.text, number=str(question.number)), *below)


# -- few sizes for all of a deck


def with_few_sizes(design: Design, question_set: QuestionSet, fit: Fit) -> Design:
    """Our own design with its layouts of questions restricted to a few sizes."""
    if design.template is not None:
        return design
    made = dict(design.layouts)
    questions = [question for theme in question_set.themes for question in theme.questions]
    for use, below in (("question", False), ("followups", True)):
        place = design.layout(use, 1).place("question")
        asked = [each.text for each in questions if bool(_below(each)) == below]
        fitting = (fit.size_of([each], place) for each in asked)
        if few := few_sizes([size for size in fitting if size]):
            sizes = tuple(dict.fromkeys((*few, place.sizes_pt[-1])))
            restricted = {key: each for key, each in made.items() if each.use == use}
            made |= {key: _with_sizes(each, sizes) for key, each in restricted.items()}
    return Design(made)


def _with_sizes(layout: Layout, sizes: tuple[int, ...]) -> Layout:
    return replace(
        layout,
        placeholders=tuple(
            replace(each, sizes_pt=sizes, size_pt=sizes[0]) if each.role == "question" else each
            for each in layout.placeholders
        ),
    )
