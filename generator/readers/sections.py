"""From blocks to a tree of sections: finds headings, and the depths of items.

Both need the neighbours of a block: a short line over a list is a heading, and the depth of an item
follows from its indent and its kind of mark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from generator.model import Inline, Note, Span
from generator.readers.asks import ASKS, BLANK, asks, mean, pattern
from generator.readers.attributes import NOTHING
from generator.readers.inline import cut
from generator.readers.lines import is_note
from generator.readers.prepared import is_short, prepared
from generator.readers.raw import BULLETS, LINE, LIST_ITEM, SUMMARY, Block, Kind, Mark, RawQuestion

LETTERS = (Mark.LETTER, Mark.CAPITAL)
LINE_WORDS = 5
"""Maximum words of a heading with a blank line between it and a line that asks."""
_DIRECTION = re.compile(r"[\[(（].*[\])）]")
"""An instruction to the speaker in a script: "[Start the recorder.]"."""


class Role(StrEnum):
    """The role of a heading."""

    THEME = "themes"
    QUESTION = "questions"
    LABEL = "labels over the questions"


@dataclass(slots=True, eq=False)
class Own:
    """One reading of a section's own blocks."""

    score: float = -math.inf
    questions: list[RawQuestion] = field(default_factory=list)
    intro: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Section:
    """A heading and its contents, in order."""

    level: int
    head: Block | None = None
    parent: Section | None = None
    content: list[Block | Section] = field(default_factory=list)
    reading: Own = field(default_factory=Own)
    lead: list[Block] = field(default_factory=list)
    """The blocks that are its question if the heading is a label."""
    role: Role = Role.THEME

    @property
    def own(self) -> list[Block]:
        return [each for each in self.content if isinstance(each, Block)]

    @property
    def children(self) -> list[Section]:
        return [each for each in self.content if isinstance(each, Section)]

    @property
    def heading(self) -> str:
        return self.head.text if self.head else ""

    @property
    def asking(self) -> int:
        """The number of questions in its own blocks that ask."""
        return sum(asks(each.plain) >= ASKS for each in self.reading.questions)

    @property
    def lead_text(self) -> Inline:
        spans = [span for block in self.lead for span in (Span(" "), *block.spans)]
        return tuple(spans[1:])

    def all(self) -> Iterator[Section]:
        """Yield this section and those below it, in order."""
        yield self
        for child in self.children:
            yield from child.all()


def tree(blocks: list[Block]) -> Section:
    """Return the tree of sections, including those under lines and items that act as headings."""
    root = at = Section(0)
    counted = 0  # the level of headings that only count: `3.` stands where `2.` did
    for block in _with_line_headings(prepared(blocks)):
        if block.kind is Kind.HEADING:
            if pattern("counted").fullmatch(block.text):
                counted = counted or block.level
                block.level = counted
            while at.level >= block.level and at.parent:
                at = at.parent
            below = Section(block.level, block, at)
            at.content.append(below)
            at = below
        elif block.kind is Kind.END:
            while at.level > SUMMARY and at.parent:
                at = at.parent
            at = at.parent if at.level == SUMMARY and at.parent else at
        else:
            at.content.append(block)
    for section in list(root.all()):
        _head_by_items(section)
    return root


def _with_line_headings(blocks: list[Block]) -> Iterator[Block]:
    chosen = _line_headings(blocks)
    for place, block in enumerate(blocks):
        if place not in chosen:
            yield block
            continue
        length = len(block.text.split("\n", 1)[0])
        name = cut(block.spans, 0, length)
        yield Block(Kind.HEADING, name, block.line, LINE, asked=block.asked)
        if rest := cut(block.spans, length):
            yield Block(Kind.PARAGRAPH, rest, block.line + 1)


def _line_headings(blocks: list[Block]) -> set[int]:
    """Return the indexes of short lines that are headings over lists or over lines that ask: those
    with another one under the same heading, those in bold, and those with no heading above."""
    found: dict[int, list[int]] = {}
    above = 0
    for place, block in enumerate(blocks[:-1]):
        if block.kind is Kind.HEADING:
            above = place
        before = blocks[place - 1] if place else None
        if _leads(block, blocks[place + 1], before):
            found.setdefault(above, []).append(place)
    return {
        place
        for head, places in found.items()
        for place in places
        if len(places) > 1
        or blocks[head].kind is not Kind.HEADING
        or blocks[places[0]].bold
        or blocks[place].asked != NOTHING
    }


def _leads(block: Block, under: Block, before: Block | None) -> bool:
    """Return True if a paragraph's first line is a heading over what follows."""
    if block.kind is not Kind.PARAGRAPH or block.inside or block.note or block.links:
        return False
    if before and before.kind is Kind.PARAGRAPH and before.asked != NOTHING:
        return False  # the braces make that line the title
    first, _, rest = block.text.partition("\n")
    first = first.strip()
    styled = block.bold or first.endswith((":", "："))
    if not first or not is_short(first, styled) or BLANK.search(block.text):
        return False
    if is_note(first) or _DIRECTION.fullmatch(first):
        return False
    if block.asked != NOTHING:
        return True
    if under.kind is Kind.ITEM:
        if under.mark is Mark.BOX and under.line == block.line:
            return False  # a question with its boxes on one line
        choices = under.mark in (Mark.BOX, *LETTERS) and before and before.kind is Kind.ITEM
        return not (choices and first[-1:] != ":") and not (rest and first.endswith(":"))
    if block.bold and under.kind is Kind.PARAGRAPH and pattern("lead_in").search(first):
        return not rest  # "Questions", over a line about them
    styled = styled or first.isupper() or any(map(str.isdigit, first))
    asking = under.kind is Kind.PARAGRAPH and asks(under.text) >= ASKS and not under.inside
    return not rest and asking and (not under.blank or styled or len(first.split()) <= LINE_WORDS)


def depths(own: list[Block]) -> dict[int, int]:
    """Return the depth of each item by its `id`: by indent, and within one indent by kind of
    mark."""
    items = [block for block in own if block.kind is Kind.ITEM and not block.note]
    last_of = {block.mark: place for place, block in enumerate(items)}
    stack: list[tuple[float, Mark]] = []
    result: dict[int, int] = {}
    nested = {(Mark.BULLET, Mark.CIRCLE), (Mark.CIRCLE, Mark.SQUARE)}
    for place, block in enumerate(items):
        while stack and block.indent < stack[-1][0] - 0.9:
            stack.pop()
        here = (block.indent, block.mark)
        indent, mark = stack[-1] if stack else here
        if not stack or block.indent > indent + 1.4:
            stack.append(here)
        elif block.mark is mark:
            pass
        elif same := [at for at, (_, each) in enumerate(stack) if each is block.mark]:
            del stack[same[-1] + 1 :]
        elif (mark, block.mark) in nested or last_of[mark] > place or _is_below(mark, items, place):
            nested.add((mark, block.mark))
            stack.append(here)
        else:
            stack[-1] = here
        result[id(block)] = len(stack) - 1
    return result


def _is_below(mark: Mark, items: list[Block], place: int) -> bool:
    """Return True if another kind of mark begins a deeper level after the last item of its kind. It
    does below a number, unless it is a bullet that asks: such bullets continue the list."""
    own = items[place].mark
    if mark not in (Mark.NUMBER, Mark.DOTTED) or own is Mark.NUMBER:
        return False
    after = (items[at] for at in range(place, len(items)))
    run = takewhile(lambda each: each.mark is own, after)
    values = (0.0 if is_note(each.text) else asks(each.text) for each in run)
    return own not in BULLETS or mean(values) < 0.5


def _below_questions(items: list[Block], depth: dict[int, int]) -> list[float]:
    """Return how much the items below "Questions for the team:" ask, if there is such an item."""
    made: list[float] = []
    called = False
    for block in items:
        if depth.get(id(block)) == 0:
            called = block.text.endswith((":", "：")) and bool(
                pattern("lead_in").search(block.text)
            )
        elif called:
            made.append(asks(block.text))
    return made


def _head_by_items(section: Section) -> None:
    """Make headings of items that do not ask over deeper items that do; boxes are choices."""
    depth = depths(section.own)
    items = [block for block in section.own if block.mark is not Mark.BOX]
    tops = [block for block in items if depth.get(id(block)) == 0]
    deep = [asks(block.text) for block in items if depth.get(id(block)) == 1]
    below = _below_questions(items, depth) or deep
    # Capital letters over numbers count parts, whatever the numbers say.
    parts = len(tops) > 1 and all(
        block.mark is (Mark.NUMBER if depth.get(id(block)) else Mark.CAPITAL) for block in items
    )
    if not tops or len(deep) < len(tops) or (mean(below) <= 0.6 and not parts):
        return
    if any(block.links or asks(block.text) >= 0.9 for block in tops):
        return
    content, section.content, at = section.content, [], section
    heads = set(map(id, tops))
    for each in content:
        if isinstance(each, Block) and id(each) in heads:
            head = Block(
                Kind.HEADING, each.spans, each.line, LIST_ITEM, number=each.number,
                asked=each.asked,
            )  # fmt: skip
            at = Section(LIST_ITEM, head, section)
            section.content.append(at)
        else:
            (at if isinstance(each, Block) else section).content.append(each)
