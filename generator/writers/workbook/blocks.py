"""Questions as blocks: the lines of their text, and the parts of questions that no page holds.

A block is a question, or the part of a long one that fits on a page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, takewhile

from generator.look.style import MM
from generator.model import AnswerKind, AnswerSpace, Question, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.writers.workbook.answers import end_lines, places_of, table_width
from generator.writers.workbook.boxes import Block, Key, Line
from generator.writers.workbook.frame import EQUAL, Frame, has_link

NOTHING = AnswerSpace(AnswerKind.NONE)
LEAST = 2
"""Minimum lines of text, or rules, that are kept together."""


def rise(block: Block, frame: Frame) -> float:
    """Return the height from the block's first place up to the top of its text.

    For a row, that is the top of the table: the words for the ends of the scale stand over its
    first row.
    """
    if block.row:
        return frame.gap * (2 if any(block.answer.scale_ends) else 1)
    first, *others = block.head
    below = sum(line.height for line in others)
    return frame.style.lead + below + first.style.size * frame.style.ascent


def blocks(theme: Theme, frame: Frame, section: Tag, names: Mapping[Key, str]) -> Iterator[Block]:
    """Yield the blocks of a theme. A question that no page holds becomes several."""
    listed = numbered_list(section)
    rows = set(_rows(theme.questions, frame))
    for place, question in enumerate(theme.questions, 1):
        item, row = listed.add("LI"), place in rows
        label, body = item.add("Lbl"), item.add("LBody")
        head = tuple(_statement(question, frame, body) if row else _head(question, frame, body))
        key = (theme.number, place)
        asked = (key, names[key], question.number, plain(question.text))
        whole = Block(*asked, head, question.answer, label, body, row=row)
        yield from [whole] if row else _split(whole, frame)


def _rows(questions: Sequence[Question], frame: Frame) -> Iterator[int]:
    """Yield the places of the questions that are rows of a table: consecutive scales that are
    alike."""
    places = enumerate(questions, 1)
    for answer, group in groupby(places, key=lambda each: _tabular(each[1], frame)):
        alike = [place for place, _ in group]
        if answer and len(alike) > 1:
            yield from alike


def _tabular(question: Question, frame: Frame) -> AnswerSpace | None:
    """Return the scale of a question if it leaves room for a statement beside it, and if its words
    take no more than two lines above it."""
    answer, linked = question.answer, has_link(question.text)
    if answer.kind is not AnswerKind.SCALE or question.followups or linked:
        return None
    width = table_width(answer, frame)
    room = frame.width - frame.column - width >= frame.style.table_statement
    return answer if room and max(map(len, end_lines(answer, width, frame))) <= 2 else None


def _statement(question: Question, frame: Frame, body: Tag) -> list[Line]:
    style, width = frame.style.long_question, frame.width - frame.column - frame.style.clear
    width -= table_width(question.answer, frame)
    return frame.paragraph(question.text, style, width, body.add("P"), balanced=True)


def _head(question: Question, frame: Frame, body: Tag) -> Iterator[Line]:
    look, width = frame.style, frame.width - frame.column
    long = len(plain(question.text).split()) > look.long_words
    style = look.long_question if long else look.question
    yield from frame.paragraph(question.text, style, width, body.add("P"), balanced=True)
    yield from frame.addressed(question.text, width, body)
    step = look.followup_indent
    yield from frame.listed(
        question.followups, look.followup, width, body, x=0.0, step=step, hang=step * 0.75,
        before=look.followup_before, between=0.0,
    )  # fmt: skip


def _split(block: Block, frame: Frame) -> Iterator[Block]:
    """Yield parts that fit on a page each: text first, then space. At least two lines stay
    together."""
    again = _again(block, frame)
    while (count := _lines_that_fit(block, frame)) < len(block.head):
        yield block._replace(head=block.head[:count], answer=NOTHING)
        block = block._replace(head=(again, *block.head[count:]), part=block.part + 1)
    while True:
        room = frame.last_place - frame.first_place(rise(block, frame)) + 1
        if places_of(_beginning(block.answer, room, frame), LEAST, frame) <= room:
            break
        answer, rest, choices = _parted(block.answer, room, frame)
        yield block._replace(answer=answer)
        part, choice = block.part + 1, block.choice + choices
        block = block._replace(head=(again,), answer=rest, part=part, choice=choice)
    yield block


def _lines_that_fit(block: Block, frame: Frame) -> int:
    """Return how many lines of a head fit on a page. All of them only do with the beginning of a
    space."""
    places = min(LEAST, places_of(block.answer, LEAST, frame))
    last = max(0, frame.last_place - max(0, places - 1))
    clear, (first, *others) = frame.style.clear, block.head
    top = first.style.size * frame.style.ascent
    heights = accumulate((line.height for line in others), initial=top)
    count = sum(1 for _ in takewhile(lambda height: height + clear <= frame.height, heights))
    if count == len(block.head) and rise(block, frame) <= frame.place(last) + EQUAL:
        return count
    return max(1, min(count, len(block.head) - LEAST))


def _again(block: Block, frame: Frame) -> Line:
    """Return the head of a question's further parts. It repeats text from a page before."""
    text = frame.words.question_continued.format(number=block.number)
    return Line((Span(text, emphasis=True),), frame.style.followup, color=frame.palette.muted)


def _beginning(answer: AnswerSpace, room: int, frame: Frame) -> AnswerSpace:
    """The answer space with as many choices as tell whether `room` places hold all of them.

    One page of a question with thousands of choices costs no more than one of a question with ten.
    """
    most = max(1, room) * frame.style.choice_columns + 1
    return replace(answer, choices=answer.choices[:most])


def _parted(answer: AnswerSpace, room: int, frame: Frame) -> tuple[AnswerSpace, AnswerSpace, int]:
    """Return the part of an answer space that `room` places hold, the rest, and the number of
    choices in the first part."""
    if answer.kind is AnswerKind.LINES:
        rest = (answer.lines or room + LEAST) - room
        return replace(answer, lines=room), replace(answer, lines=rest), 0
    if answer.kind is AnswerKind.CHOICES:
        alone = replace(answer, lines=None)
        choices = _beginning(answer, room, frame).choices
        count = 1 + bisect_right(
            range(2, len(choices) + 1),
            room,
            key=lambda many: places_of(replace(alone, choices=choices[:many]), 0, frame),
        )
        kept = replace(alone, choices=choices[:count])
        return kept, replace(answer, choices=answer.choices[count:]), count
    gap_mm = frame.gap / MM
    now = (room - 1) * gap_mm
    later = max((answer.height_mm or 0.0) - now, gap_mm)
    return replace(answer, height_mm=now), replace(answer, height_mm=later), 0


def names_of(themes: Sequence[Theme]) -> dict[Key, str]:
    """Return names of form fields by a question's number, so that answers of many people can be
    collected.

    A name is `q12`, or `t3-q12` if the number is repeated in the set, or `t3-q12-n4` with its place
    if it is repeated in the theme.
    """
    keys = [
        (theme.number, question.number, place)
        for theme in themes
        for place, question in enumerate(theme.questions, 1)
    ]
    overall = Counter(number for _, number, _ in keys)
    within = Counter((theme, number) for theme, number, _ in keys)
    names = {}
    for theme, number, place in keys:
        name = f"q{number}" if overall[number] == 1 else f"t{theme}-q{number}"
        names[theme, place] = name if within[theme, number] == 1 else f"{name}-n{place}"
    return names
