"""What the presenter reads: speaker notes as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.model import FollowUp, Inline, Note, Span
from generator.writers import Context


class NoteParagraph(NamedTuple):
    text: Inline
    level: int = 0
    """0 is a paragraph, 1 and more an item of a list."""
    start: int | None = None
    """Of a numbered item: the number that its list begins with."""


def lines_of_notes(*texts: str) -> tuple[NoteParagraph, ...]:
    return tuple(NoteParagraph((Span(text),)) for text in texts)


def notes_of(
    context: Context,
    intro: Sequence[Inline],
    followups: Sequence[FollowUp],
    notes: Sequence[Note],
    key: tuple[int, int],
    number: int | None = None,
    minutes: int | None = None,
) -> tuple[NoteParagraph, ...]:
    """`key` is that of `Context.workbook_pages`; `number` is told where questions share a slide."""
    strings = context.strings
    made = [NoteParagraph(text) for text in intro]
    if followups:
        made += _label(strings.followups)
        made += [NoteParagraph(each.text, each.depth) for each in followups]
    if notes:
        made += _label(strings.for_facilitator)
        made += _listed(notes)
    if minutes:
        made += lines_of_notes(strings.minutes.format(count=minutes))
    if page := context.workbook_pages.get(key):
        made += lines_of_notes(strings.workbook_page.format(page=page))
    if number is not None and made:
        made = [*_label(strings.question.format(number=number)), *made]
    return tuple(made)


def _label(text: str) -> tuple[NoteParagraph]:
    return (NoteParagraph((Span(text, strong=True),)),)


def _listed(notes: Sequence[Note]) -> list[NoteParagraph]:
    """All items of a numbered list carry the number that it begins with, as PowerPoint has it."""
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
