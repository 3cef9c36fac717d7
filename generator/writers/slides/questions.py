"""The slides that ask: one question each, or several together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from generator.model import Question, Span, Theme, plain
from generator.writers.slides import fit
from generator.writers.slides.deck import Deck, Slide, paragraphs
from generator.writers.slides.fit import Paragraph
from generator.writers.slides.layouts import Placeholder
from generator.writers.slides.notes import notes_of


def one_question(deck: Deck, theme: Theme, place: int) -> Iterator[Slide]:
    question, accent = theme.questions[place - 1], deck.accent(theme)
    count = deck.strings.question_of.format(number=place, count=len(theme.questions))
    key = (theme.number, place)
    notes = notes_of(
        deck.context, (), question.followups, question.notes, key, minutes=question.minutes
    )
    labels = {
        "title": paragraphs(f"{question.number} · {plain(theme.title)} · {count}"),
        "label": paragraphs(theme.title),
        "count": paragraphs(count),
        "number": paragraphs(str(question.number)),
    }
    parts = list(_parts(deck, question, accent))
    for part, (kind, asked, followups) in enumerate(parts, 1):
        shown = asked
        if len(parts) > 1:
            of = deck.strings.question_of.format(number=part, count=len(parts))
            shown = asked._replace(text=(*asked.text, Span(f" ({of})")))
        fields = {**labels, "question": (shown,), "followups": followups}
        yield deck.slide(kind, accent, fields, notes)._replace(
            keys=((theme.number, place),) if part == 1 else (),
            progress=place / len(theme.questions),
        )


def _parts(
    deck: Deck, question: Question, accent: int
) -> Iterator[tuple[str, Paragraph, tuple[Paragraph, ...]]]:
    """The slides of a question: layout, text and follow-ups."""
    alone = deck.design.layout("question", accent).place("question")
    both = deck.design.layout("followups", accent)
    above, below = both.place("question"), both.place("followups")
    rest = [
        Paragraph(piece, level=each.depth)
        for each in question.followups
        for piece in fit.split(each.text, below, each.depth)
    ]
    columns = fit.columns([[each] for each in rest], fit.row, below, 1)
    asked, size = question.text, None
    twice = deck.asked[plain(asked)] > 1
    if rest:
        size = fit.size_of([(*asked, *fit.COUNT) if twice or len(columns) > 1 else asked], above)
    if size is None:
        pieces, largest = fit.spread(asked, alone, twice or bool(rest))
        for piece in pieces:
            yield "question", Paragraph(piece, largest), ()
        size = above.sizes_pt[-1]
        asked = fit.begun(asked, above, size, 1)
    for rows in columns:
        yield "followups", Paragraph(asked, size), tuple(row.paragraphs[0] for row in rows)


def lists(deck: Deck, theme: Theme) -> Iterator[Slide]:
    """Several questions on a slide; each on its own where one is too long for that."""
    accent, step = deck.accent(theme), deck.options.questions_per_slide
    body = deck.design.layout("list", accent).place("body")
    least = body.sizes_pt[-1]
    for start in range(0, len(theme.questions), step):
        chunk = theme.questions[start : start + step]
        entries = {place: _entry(each) for place, each in enumerate(chunk, start + 1)}
        highest = max(fit.row(each, body, least).height_pt for each in entries.values())
        if highest <= fit.room(body):
            yield from _list(deck, theme, entries, body)
        else:
            for place in entries:
                yield from one_question(deck, theme, place)


def _list(
    deck: Deck, theme: Theme, entries: Mapping[int, Sequence[Paragraph]], body: Placeholder
) -> Iterator[Slide]:
    columns = fit.columns(list(entries.values()), fit.row, body, 1)
    places = iter(entries)
    for rows in columns:
        keys = [(theme.number, place) for place in itertools.islice(places, len(rows))]
        questions = [theme.questions[place - 1] for _, place in keys]
        numbers = dict.fromkeys((questions[0].number, questions[-1].number))
        fields = {
            "title": paragraphs(f"{plain(theme.title)} · {'–'.join(map(str, numbers))}"),
            "body": tuple(paragraph for row in rows for paragraph in row.paragraphs),
        }
        notes = itertools.chain.from_iterable(
            notes_of(deck.context, (), each.followups, each.notes, key, each.number, each.minutes)
            for each, key in zip(questions, keys, strict=True)
        )
        slide = deck.slide("list", deck.accent(theme), fields, tuple(notes))
        yield slide._replace(keys=tuple(keys))


def _entry(question: Question) -> tuple[Paragraph, ...]:
    followups = (Paragraph(each.text, level=each.depth + 1) for each in question.followups)
    return (Paragraph(question.text, number=str(question.number)), *followups)
