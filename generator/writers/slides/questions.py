"""The slides that ask: one question each, or several together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from generator.look.style import Box
from generator.model import AnswerKind, Question, QuestionSet, Theme, plain
from generator.text.bidi import right_to_left
from generator.writers.slides import look
from generator.writers.slides.deck import Deck, Slide, paragraphs, text
from generator.writers.slides.fit import Paragraph, few_sizes
from generator.writers.slides.layouts import PALE, Design, Layout, Placeholder, Shape
from generator.writers.slides.notes import notes_of

ONE, MANY = "\u25cb", "\u2610"
"""The mark before an answer to choose: a circle, or a box where several can be ticked."""


class _Part(NamedTuple):
    """What a slide asks."""

    layout: Layout
    asked: Paragraph
    below: tuple[Paragraph, ...] = ()


def with_deck_sizes(deck: Deck) -> None:
    """Restrict the layouts of questions to a few sizes for the whole deck."""
    if deck.design.template is not None:
        return
    made = dict(deck.design.layouts)
    questions = _questions(deck.question_set)
    for use, below in (("question", False), ("followups", True)):
        asked = [each.text for each in questions if bool(_below(each)) == below]
        place = deck.design.layout(use, 1).place("question")
        fitting = (deck.fit.size_of([each], place) for each in asked)
        if sizes := few_sizes([size for size in fitting if size]):
            for (name, accent), layout in deck.design.layouts.items():
                if name == use:
                    made[name, accent] = _with_sizes(layout, (*sizes, place.sizes_pt[-1]))
    deck.design = Design(made)


def _questions(question_set: QuestionSet) -> list[Question]:
    return [question for theme in question_set.themes for question in theme.questions]


def _with_sizes(layout: Layout, sizes: Sequence[int]) -> Layout:
    few = tuple(dict.fromkeys(sizes))
    return replace(
        layout,
        placeholders=tuple(
            replace(each, sizes_pt=few, size_pt=few[0]) if each.role == "question" else each
            for each in layout.placeholders
        ),
    )


def one_question(deck: Deck, theme: Theme, place: int) -> Iterator[Slide]:
    question, accent = theme.questions[place - 1], deck.accent(theme)
    key = (theme.number, place)
    notes = notes_of(
        deck.context, (), question.followups, question.notes, key, minutes=question.minutes
    )
    parts = list(_parts(deck, question, accent))
    for number, part in enumerate(parts, 1):
        layout, fields = _asking(deck, theme, place, part, (number, len(parts)))
        slide = deck.slide(layout, accent, fields, notes if number == 1 else ())
        yield slide._replace(
            keys=(key,) if number == 1 else (),
            shapes=(*_progress(deck, theme, place, accent), *_bars(deck, slide)),
        )


def _asking(
    deck: Deck, theme: Theme, place: int, part: _Part, of: tuple[int, int]
) -> tuple[Layout, dict[str, tuple[Paragraph, ...]]]:
    """The layout and the fields of a slide that asks a question, or a part of one."""
    question, strings, layout = theme.questions[place - 1], deck.context.strings, part.layout
    count = strings.question_of.format(number=place, count=len(theme.questions))
    further = strings.question_of.format(number=of[0], count=of[1]) if of[1] > 1 else ""
    name = strings.question.format(number=question.number)
    status = f"{count} · {further}" if further else count
    minutes = strings.minutes.format(count=question.minutes) if question.minutes else ""
    fields = {
        "title": paragraphs(f"{question.number} · {plain(theme.title)} · {status}"),
        "question": (part.asked,),
        "followups": part.below,
        "label": paragraphs(theme.title, target=deck.agenda),
        "count": paragraphs(count, target=(theme.number, 0)),
        "minutes": paragraphs(minutes),
        "foot": deck.way_back(),
    }
    if layout.heading == "question" and (further or not deck.is_title(part.asked.text)):
        layout = deck.once(("status", id(layout)), partial(_titled_by_status, layout))
        fields["count"] = paragraphs(f"{name} · {further or count}", target=(theme.number, 0))
    if layout.role("number"):
        fields["number"] = (_number(deck, question, part.asked.size_pt),)
    return layout, fields


def _number(deck: Deck, question: Question, size_pt: float) -> Paragraph:
    """As large as the longest number of the deck allows."""
    style = deck.style
    room = style.number_room_pt / (deck.digits * style.digit_em)
    size = min(round(size_pt * style.number_size), style.number_pt, int(room))
    return Paragraph(text(str(question.number)), max(size, style.least_pt))


def _titled_by_status(layout: Layout) -> Layout:
    """The same layout with its status as the title, for a text that is no title of its own: a part
    of a long question, or one that was asked before. It looks no different."""
    kinds = {"question": ("body", 17), "count": ("title", 0)}
    swapped = tuple(
        replace(each, kind=kinds[each.role][0], idx=kinds[each.role][1])
        if each.role in kinds
        else each
        for each in layout.placeholders
    )
    name = layout.name.replace(",", ", part,", 1)
    return replace(layout, name=name, kind="obj", placeholders=swapped)


def _progress(deck: Deck, theme: Theme, place: int, accent: int) -> Iterator[Shape]:
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
    for name, some, color in (("Progress", boxes, look.surface(accent)), ("To come", rest, PALE)):
        if some and some[0][2]:
            yield _placed(deck, Shape(name, tuple(some), color))


def _bars(deck: Deck, slide: Slide) -> Iterator[Shape]:
    """A bar before each follow-up of the first level, as tall as its lines."""
    place = slide.layout.role("followups")
    if place is None or place.direct:
        return
    boxes: list[Box] = []
    y = place.box_pt[1]
    for each in slide.fields.get("followups", ()):
        height = deck.fit.height(each.text, place, each.size_pt, each.level)
        if each.level == 1 and each.mark is None:
            x = deck.style.question_left_pt
            boxes.append((x, y, deck.style.followup_bar_pt, height))
        y += height + place.gap_pt
    if boxes:
        yield _placed(deck, Shape("Bars", tuple(boxes), look.surface(slide.accent)))


def _placed(deck: Deck, shape: Shape) -> Shape:
    if right_to_left(deck.question_set.lang):
        return look.mirrored_shape(shape, deck.style.width_pt)
    return shape


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


def _parts(deck: Deck, question: Question, accent: int) -> Iterator[_Part]:
    """The slides of a question. One that leaves no room for what stands below it comes before it on
    slides of its own, and is repeated there in small."""
    alone, both = (deck.design.layout(use, accent) for use in ("question", "followups"))
    asked, below = question.text, _below(question)
    above = both.place("question")
    size = deck.fit.size_of([asked], above) if below else None
    if size is None:
        pieces, largest = deck.fit.parts(asked, alone.place("question"))
        for piece in pieces:
            yield _Part(alone, Paragraph(piece, largest))
        if not below:
            return
        small = replace(above, sizes_pt=deck.style.reminder_sizes_pt, calm_pt=0)
        (asked, *_), size = deck.fit.shortened([asked], small)
    if not above.direct:
        height = deck.fit.height(asked, above, size)
        split = partial(look.split, both, height, size, deck.style)
        both = deck.once((id(both), height, size), split)
    place = both.place("followups")
    rest = [
        each._replace(text=piece)
        for each in below
        for piece in deck.fit.parts(each.text, place, max(each.level, 2))[0]
    ]
    columns, _ = deck.fit.columns([[each] for each in rest], place, 1)
    for rows in columns:
        yield _Part(both, Paragraph(asked, size), tuple(row.paragraphs[0] for row in rows))


def lists(deck: Deck, theme: Theme) -> Iterator[Slide]:
    """Several questions on a slide, about equally many on each; each on its own where one is too
    long for that."""
    accent, count = deck.accent(theme), len(theme.questions)
    body = deck.design.layout("list", accent).place("body")
    least = body.sizes_pt[-1]
    slides = -(-count // deck.options.questions_per_slide)
    ends = [round(count * part / slides) for part in range(slides + 1)]
    for start, end in itertools.pairwise(ends):
        entries = {place: _entry(theme.questions[place]) for place in range(start, end)}
        highest = max(deck.fit.row(each, body, least).height_pt for each in entries.values())
        if highest <= body.box_pt[3] + body.gap_pt:
            yield from _list(deck, theme, entries, body)
        else:
            for place in entries:
                yield from one_question(deck, theme, place + 1)


def _list(
    deck: Deck, theme: Theme, entries: Mapping[int, Sequence[Paragraph]], body: Placeholder
) -> Iterator[Slide]:
    layout = deck.design.layout("list", deck.accent(theme))
    columns, _ = deck.fit.columns(list(entries.values()), body, 1)
    places = iter(entries)
    for rows in columns:
        keys = [(theme.number, place + 1) for place in itertools.islice(places, len(rows))]
        questions = [theme.questions[place - 1] for _, place in keys]
        numbers = dict.fromkeys((questions[0].number, questions[-1].number))
        title = f"{plain(theme.title)} · {'–'.join(map(str, numbers))}"
        fields = {
            "title": paragraphs(title, target=deck.agenda),
            "number": paragraphs(str(theme.number) if len(deck.question_set.themes) > 1 else ""),
            "body": tuple(paragraph for row in rows for paragraph in row.paragraphs),
            "foot": deck.way_back(),
        }
        notes = itertools.chain.from_iterable(
            notes_of(deck.context, (), each.followups, each.notes, key, each.number, each.minutes)
            for each, key in zip(questions, keys, strict=True)
        )
        slide = deck.slide(layout, deck.accent(theme), fields, tuple(notes))
        yield slide._replace(keys=tuple(keys))


def _entry(question: Question) -> tuple[Paragraph, ...]:
    below = (each._replace(level=each.level + 1) for each in _below(question))
    return (Paragraph(question.text, number=str(question.number)), *below)
