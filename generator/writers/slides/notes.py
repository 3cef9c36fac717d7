"""Speaker notes as plain data."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Note, Question, Span, Theme
from generator.strings import Strings
from generator.writers.slides.presentation import NoteParagraph


def lines_of_notes(*texts: str) -> tuple[NoteParagraph, ...]:
    return tuple(NoteParagraph((Span(text),)) for text in texts)


def notes_of_theme(theme: Theme, page: str, words: Strings) -> tuple[NoteParagraph, ...]:
    """Return the notes of a theme's slide; `page` says where the workbook has it."""
    intro = (NoteParagraph(text) for text in theme.intro)
    return (*intro, *_ending(theme.notes, theme.duration, page, words))


def notes_of_question(question: Question, page: str, words: Strings) -> tuple[NoteParagraph, ...]:
    made: list[NoteParagraph] = []
    if question.followups:
        made += _label(words.followups)
        made += (NoteParagraph(each.text, each.depth) for each in question.followups)
    return (*made, *_ending(question.notes, question.minutes, page, words))


def with_name(notes: Sequence[NoteParagraph], name: str) -> tuple[NoteParagraph, ...]:
    """Put the name of their question above notes, if several share a slide."""
    return (*_label(name), *notes) if notes else ()


def _ending(
    notes: Sequence[Note], minutes: int | None, page: str, words: Strings
) -> tuple[NoteParagraph, ...]:
    label = _label(words.for_facilitator) if notes else ()
    time = words.minutes.format(count=minutes) if minutes else ""
    return (*label, *_listed(notes), *lines_of_notes(*filter(None, (time, page))))


def _label(text: str) -> tuple[NoteParagraph, ...]:
    return (NoteParagraph((Span(text, strong=True),)),)


def _listed(notes: Sequence[Note]) -> list[NoteParagraph]:
    """Return notes as paragraphs. All items of a numbered list carry the number that it begins
    with, as in PowerPoint."""
    made: list[NoteParagraph] = []
    running: dict[int, tuple[int, int]] = {}  # depth to first and last number
    for note in notes:
        running = {depth: pair for depth, pair in running.items() if depth <= note.depth}
        if note.number is None:
            running.pop(note.depth, None)
            made.append(NoteParagraph(note.text, note.depth))
            continue
        begin, last = running.get(note.depth, (note.number, note.number - 1))
        if note.number != last + 1:
            begin = note.number
        running[note.depth] = (begin, note.number)
        made.append(NoteParagraph(note.text, note.depth, begin))
    return made
