"""Questions as blocks: the lines of their text, and parts of what no page holds.

A block is a question, or the part of a long one that fits on a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from generator.look.style import MM
from generator.look.workbook import TextStyle
from generator.model import AnswerKind, AnswerSpace, Inline, Question, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.writers.workbook.answers import end_lines, places_of, table_width
from generator.writers.workbook.boxes import Key
from generator.writers.workbook.frame import EQUAL, Frame, has_link

NOTHING = AnswerSpace(AnswerKind.NONE)
LEAST = 2
"""Lines of text, or rules, that are not parted."""


class HeadLine(NamedTuple):
    """A line of a question, of a follow-up, or of the address that a link leads to."""

    text: Inline
    style: TextStyle
    indent: float = 0.0
    tag: Tag | None = None
    """None: it was said already, on a page before."""
    marker: str = ""
    linked: bool = False
    """The text that it belongs to has a link."""
    before: float = 0.0
    """Air above it, besides its leading."""
    quiet: bool = False
    """Set in the muted colour."""


@dataclass(frozen=True, slots=True)
class Block:
    """A question, or a part of one, with its space: it stands on one page."""

    key: Key
    number: int
    title: str
    head: tuple[HeadLine, ...]
    answer: AnswerSpace
    label: Tag
    body: Tag
    part: int = 0
    """Of the question's parts, from 0."""
    choice: int = 0
    """The number of the first of its choices."""
    row: bool = False
    """It is a row of a table: its scale stands beside its text."""

    def rise(self, frame: Frame) -> float:
        """From the block's first place up to the top of its text.

        Of a row, up to that of the table: over its first row stand the words for the scale's ends.
        """
        if self.row:
            return frame.gap * (2 if any(self.answer.scale_ends) else 1)
        first, *others = self.head
        below = sum(line.style.leading + line.before for line in others)
        return frame.style.lead + below + first.style.size * frame.style.ascent


def blocks(theme: Theme, frame: Frame, section: Tag) -> Iterator[Block]:
    """The blocks of a theme; a question that no page holds becomes several."""
    listed = numbered_list(section)
    rows = set(_rows(theme.questions, frame))
    for place, question in enumerate(theme.questions, 1):
        item, row = listed.add("LI"), place in rows
        label, body = item.add("Lbl"), item.add("LBody")
        head = tuple(_statement(question, frame, body) if row else _head(question, frame, body))
        whole = Block(
            (theme.number, place), question.number, plain(question.text), head, question.answer,
            label, body, row=row,
        )  # fmt: skip
        yield from [whole] if row else _split(whole, frame)


def _rows(questions: Sequence[Question], frame: Frame) -> Iterator[int]:
    """The places of the questions that are rows of a table: scales in a row that are alike."""
    places = enumerate(questions, 1)
    for answer, group in groupby(places, key=lambda each: _tabular(each[1], frame)):
        alike = [place for place, _ in group]
        if answer and len(alike) > 1:
            yield from alike


def _tabular(question: Question, frame: Frame) -> AnswerSpace | None:
    """The scale of a question that leaves room for a statement beside it, and whose words stand on
    two lines above it at most."""
    answer, linked = question.answer, has_link(question.text)
    if answer.kind is not AnswerKind.SCALE or question.followups or linked:
        return None
    width = table_width(answer, frame)
    room = frame.width - frame.column - width >= frame.style.table_statement
    return answer if room and max(map(len, end_lines(answer, width, frame))) <= 2 else None


def _statement(question: Question, frame: Frame, body: Tag) -> Iterator[HeadLine]:
    style, paragraph = frame.style.long_question, body.add("P")
    width = frame.width - frame.column - table_width(question.answer, frame)
    width -= frame.style.clear
    for line in frame.balanced(question.text, style, width):
        yield HeadLine(line, style, 0.0, paragraph)


def _head(question: Question, frame: Frame, body: Tag) -> Iterator[HeadLine]:
    look, width = frame.style, frame.width - frame.column
    long = len(plain(question.text).split()) > look.long_words
    style, paragraph = look.long_question if long else look.question, body.add("P")
    linked = has_link(question.text)
    for line in frame.balanced(question.text, style, width):
        yield HeadLine(line, style, 0.0, paragraph, "", linked)
    yield from _addresses(question.text, frame, 0.0, body)
    step, before = look.followup_indent, look.followup_before
    parents = [body]
    """Where a follow-up of each depth belongs."""
    for followup in question.followups:
        depth = min(followup.depth, len(parents))
        del parents[depth:]
        above = parents[-1]
        last = above.kids[-1]
        inside = last if last.type == "L" else above.add("L")
        tag = inside.add("LI").add("LBody")
        parents.append(tag)
        indent, linked = step * followup.depth, has_link(followup.text)
        words, marker = tag.add("P"), "–"
        for line in frame.lines(followup.text, look.followup, width - indent):
            yield HeadLine(line, look.followup, indent, words, marker, linked, before)
            marker, before = "", 0.0
        yield from _addresses(followup.text, frame, indent, tag)


def addresses(text: Inline) -> Iterator[str]:
    """Where the links of a text lead, as far as the text itself does not say it."""
    for link in dict.fromkeys(span.link for span in text if span.link):
        shown = link.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
        if shown.rstrip("/") not in plain(text):
            yield shown.rstrip("/")


def _addresses(text: Inline, frame: Frame, indent: float, tag: Tag) -> Iterator[HeadLine]:
    """So that paper keeps them."""
    style, width = frame.style.address, frame.width - frame.column - indent
    for address in addresses(text):
        words, before = tag.add("P"), frame.style.address_before
        for line in frame.lines((Span(address),), style, width):
            yield HeadLine(line, style, indent, words, before=before, quiet=True)
            before = 0.0


def _split(block: Block, frame: Frame) -> Iterator[Block]:
    """Parts that fit on a page each: text first, then space. At least two lines stay together."""
    again = _again(block, frame)
    while (count := _lines_that_fit(block, frame)) < len(block.head):
        yield replace(block, head=block.head[:count], answer=NOTHING)
        block = replace(block, head=(again, *block.head[count:]), part=block.part + 1)
    while True:
        room = frame.last_place - frame.first_place(block.rise(frame)) + 1
        if places_of(block.answer, LEAST, frame) <= room:
            break
        answer, rest, choices = _parted(block.answer, room, frame)
        yield replace(block, answer=answer)
        block = replace(
            block, head=(again,), answer=rest, part=block.part + 1, choice=block.choice + choices
        )
    yield block


def _lines_that_fit(block: Block, frame: Frame) -> int:
    """How many lines of a head stand on a page, all of them only with the beginning of a space."""
    places = min(LEAST, places_of(block.answer, LEAST, frame))
    last = max(0, frame.last_place - max(0, places - 1))
    if block.rise(frame) <= frame.place(last) + EQUAL:
        return len(block.head)
    height = block.head[0].style.size * frame.style.ascent
    count = 1
    for line in block.head[1:]:
        height += line.style.leading + line.before
        if height + frame.style.clear > frame.height:
            break
        count += 1
    return max(1, min(count, len(block.head) - LEAST))


def _again(block: Block, frame: Frame) -> HeadLine:
    """The head of a question's further parts."""
    text = frame.words.question_continued.format(number=block.number)
    return HeadLine((Span(text, emphasis=True),), frame.style.followup, quiet=True)


def _parted(answer: AnswerSpace, room: int, frame: Frame) -> tuple[AnswerSpace, AnswerSpace, int]:
    """What `room` places hold of an answer space, the rest, and how many choices it holds."""
    if answer.kind is AnswerKind.LINES:
        rest = (answer.lines or room + LEAST) - room
        return replace(answer, lines=room), replace(answer, lines=rest), 0
    if answer.kind is AnswerKind.CHOICES:
        alone = replace(answer, lines=None)
        count = len(answer.choices)
        while (
            count > 1 and places_of(replace(alone, choices=answer.choices[:count]), 0, frame) > room
        ):
            count -= 1
        kept = replace(alone, choices=answer.choices[:count])
        return kept, replace(answer, choices=answer.choices[count:]), count
    gap_mm = frame.gap / MM
    now = (room - 1) * gap_mm
    later = max((answer.height_mm or 0.0) - now, gap_mm)
    return replace(answer, height_mm=now), replace(answer, height_mm=later), 0


def names_of(themes: Sequence[Theme]) -> dict[Key, str]:
    """Names of form fields by a question's number, so that answers of many people can be collected.

    `q12`, or `t3-q12` where the number comes again, or `t3-q12-n4`, if even there, by place.
    """
    keys = [
        (theme.number, question.number, place)
        for theme in themes
        for place, question in enumerate(theme.questions, 1)
    ]
    numbers = [number for _, number, _ in keys]
    inside = [(theme, number) for theme, number, _ in keys]
    overall, within = Counter(numbers), Counter(inside)
    names = {}
    for theme, number, place in keys:
        name = f"q{number}" if overall[number] == 1 else f"t{theme}-q{number}"
        names[theme, place] = name if within[theme, number] == 1 else f"{name}-n{place}"
    return names
