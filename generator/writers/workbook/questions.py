"""Question pages: which question stands on which page, and how a page's room is shared.

A block is a question, or the part of a long one that fits on a page. Blocks are spread so that the
pages of a theme are equally full, and each page is filled: whole rules go to the questions, what is
left between them, so that the last rule lies at the frame's foot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from generator.look.style import MM, TextStyle
from generator.model import AnswerKind, AnswerSpace, Inline, Question, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.strings import Strings
from generator.writers.workbook.boxes import Bookmark, Boxes, Key
from generator.writers.workbook.names import Names
from generator.writers.workbook.sheet import Sheet, baseline, has_link
from generator.writers.workbook.spaces import height_of_space, set_space

EQUAL = 0.01
"""Points that do not count: Python adds floats up otherwise from 3.12 on."""


class HeadLine(NamedTuple):
    """A line of a question or of a follow-up, with its distance from the text's left edge."""

    text: Inline
    style: TextStyle
    indent: float
    tag: Tag | None
    """None: said already, on a page before."""
    marker: str = ""
    linked: bool = False
    """The text that it is of has a link."""


@dataclass(frozen=True, slots=True)
class Block:
    """A question, or a part of one, with its space: it stands on one page."""

    key: Key
    number: int
    title: str
    head: tuple[HeadLine, ...]
    answer: AnswerSpace
    asked: int
    """Rules asked for; 0 for other kinds of answer space."""
    label: Tag
    body: Tag
    part: int = 0
    """Of the question's parts, from 0."""

    @property
    def head_height(self) -> float:
        return sum(line.style.leading_pt for line in self.head)


@dataclass(frozen=True, slots=True)
class Fit:
    """The rules that a question asked for (None: left to the page) and what it was given."""

    number: int
    kind: AnswerKind
    asked: int | None
    given: int


def blocks(theme: Theme, sheet: Sheet, strings: Strings, section: Tag) -> Iterator[Block]:
    """The blocks of a theme; a question that no page holds becomes several."""
    listed = numbered_list(section)
    for place, question in enumerate(theme.questions, 1):
        item = listed.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        head = tuple(_head(question, sheet, sheet.frame_width - sheet.column, body))
        whole = Block(
            (theme.number, place), question.number, plain(question.text), head,
            question.answer, _asked(question.answer, sheet), label, body,
        )  # fmt: skip
        yield from _split(whole, sheet, strings)


def _head(question: Question, sheet: Sheet, width: float, body: Tag) -> Iterator[HeadLine]:
    style, small = sheet.style.question, sheet.style.followup
    paragraph, linked = body.add("P"), has_link(question.text)
    for line in sheet.lines(question.text, style, width):
        yield HeadLine(line, style, 0.0, paragraph, "", linked)
    step = sheet.style.followup_indent_mm * MM
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
        words = tag.add("P")
        for index, line in enumerate(sheet.lines(followup.text, small, width - indent)):
            yield HeadLine(line, small, indent, words, "" if index else "–", linked)


def _asked(answer: AnswerSpace, sheet: Sheet) -> int:
    if answer.kind is not AnswerKind.LINES:
        return 0
    return answer.lines or sheet.style.default_lines


def _split(block: Block, sheet: Sheet, strings: Strings) -> Iterator[Block]:
    """Parts that fit on a page each: text first, then space. At least two lines stay together."""
    room = sheet.frame_height
    again = _again(block, sheet, strings)
    while block.head_height + 2 * sheet.gap > room:
        count, height = 0, 0.0
        for line in block.head:
            height += line.style.leading_pt
            if height > room:
                break
            count += 1
        count = max(1, min(count, len(block.head) - 2))
        yield replace(block, head=block.head[:count], answer=_NOTHING, asked=0)
        block = replace(block, head=(again, *block.head[count:]), part=block.part + 1)
    while height_of(block, sheet) > room:
        part, answer, asked = _part(block, room - block.head_height, sheet)
        yield part
        block = replace(block, head=(again,), answer=answer, asked=asked, part=block.part + 1)
    yield block


def _again(block: Block, sheet: Sheet, strings: Strings) -> HeadLine:
    """The head of a question's further parts."""
    text = strings.question_continued.format(number=block.number)
    return HeadLine((Span(text, emphasis=True),), sheet.style.followup, 0.0, None)


def _part(block: Block, room: float, sheet: Sheet) -> tuple[Block, AnswerSpace, int]:
    """What of a block's answer space fits into `room`; the answer space and the rules left."""
    if block.answer.kind is AnswerKind.LINES:
        now = int((room + 0.01) // sheet.gap)
        return replace(block, asked=now), block.answer, block.asked - now
    now_mm = (room - sheet.style.box_padding_mm * MM) / MM
    rest = replace(block.answer, height_mm=(block.answer.height_mm or 0.0) - now_mm)
    return replace(block, answer=replace(block.answer, height_mm=now_mm)), rest, 0


_NOTHING = AnswerSpace(AnswerKind.NONE)


def height_of(block: Block, sheet: Sheet) -> float:
    """The least height of a block, without the gap to the next."""
    return block.head_height + height_of_space(block.answer, block.asked, sheet)


def fit(all_blocks: list[Block], sheet: Sheet, top: float) -> bool:
    """Whether all of them stand on one page below `top`."""
    gap = sheet.style.block_gap_mm * MM
    needed = sum(height_of(block, sheet) + gap for block in all_blocks) - gap
    return top + needed <= sheet.frame_height + EQUAL


def spread(all_blocks: list[Block], sheet: Sheet, top: float = 0.0) -> list[list[Block]]:
    """Blocks on as few pages as hold them, each page as full as the others.

    The first page begins at `top`; its first block must fit below.
    """
    gap, room = sheet.style.block_gap_mm * MM, sheet.frame_height
    heights = [height_of(block, sheet) + gap for block in all_blocks]
    heights[0] += top
    fewest = _fewest_pages(heights, room + gap + EQUAL)
    pages: list[list[Block]] = []
    at, rest = 0, sum(heights)
    while at < len(all_blocks):
        target = rest / fewest[at]
        used, end = heights[at], at + 1
        while end < len(all_blocks) and used + heights[end] <= room + gap + EQUAL:
            fits_later = fewest[end] <= fewest[at] - 1
            if fits_later and used + heights[end] / 2 > target + EQUAL:
                break
            used += heights[end]
            end += 1
        pages.append(all_blocks[at:end])
        at, rest = end, rest - used
    return pages


def _fewest_pages(heights: list[float], room: float) -> list[int]:
    """For each block, the pages that it and all after it need at least (0 after the last)."""
    fewest = [0] * (len(heights) + 1)
    end, used = len(heights), 0.0
    for start in range(len(heights) - 1, -1, -1):
        used += heights[start]
        while used > room and end > start + 1:
            end -= 1
            used -= heights[end]
        fewest[start] = 1 + fewest[end]
    return fewest


def set_page(
    page: list[Block], sheet: Sheet, color: str, names: Names, top: float = 0.0
) -> tuple[Boxes, dict[Key, int], float]:
    """The boxes of a page from `top` down, the rules of each question, and where it ends."""
    given, between = _share(page, sheet, sheet.frame_height - top)
    boxes: Boxes = []
    counts: dict[Key, int] = {}
    y = top
    for index, (block, rules) in enumerate(zip(page, given, strict=True)):
        placed, y = _set_head(block, sheet, color, y)
        boxes += placed
        if len(page) == 1 and rules:
            y += between
        name = names.of(block.key, block.part)
        placed, y = set_space(block.answer, rules, sheet, y, name, block.title, block.body)
        boxes += placed
        if index < len(page) - 1:
            y += sheet.style.block_gap_mm * MM + between
        counts[block.key] = counts.get(block.key, 0) + rules
    return boxes, counts, y


def _set_head(block: Block, sheet: Sheet, color: str, y: float) -> tuple[Boxes, float]:
    palette, boxes = sheet.palette, Boxes()
    if not block.part:
        style, number = sheet.style.question, str(block.number)
        boxes.append(Bookmark(y, block.key, f"{number}. {block.title}", 1))
        boxes.append(sheet.text(number, style, 0.0, baseline(y, style), color, block.label))
    for tag, group in groupby(block.head, key=lambda line: line.tag):
        lines = list(group)
        first = lines[0]
        x, ink = sheet.column + first.indent, palette.ink if tag else palette.muted
        if first.marker:
            at = x - sheet.style.followup_indent_mm * MM * 0.75
            base = baseline(y, first.style)
            boxes.append(sheet.text(first.marker, first.style, at, base, palette.muted))
        texts = [line.text for line in lines]
        placed, y = sheet.set(texts, first.style, x, y, ink, tag, " ", first.linked)
        boxes += placed
    return boxes, y


def _share(page: list[Block], sheet: Sheet, room: float) -> tuple[list[int], float]:
    """Rules of each block, and what is added to each gap between them."""
    gaps = max(1, len(page) - 1)
    least = sum(height_of(block, sheet) for block in page)
    spare = room - least - (len(page) - 1) * sheet.style.block_gap_mm * MM
    given = [block.asked for block in page]
    takers = [i for i, block in enumerate(page) if block.answer.kind is AnswerKind.LINES]
    # What a page has left goes to those who want it, else to those who named no number.
    takers = (
        [i for i in takers if page[i].answer.fill]
        or [i for i in takers if page[i].answer.lines is None]
        or takers
    )
    if not takers:
        most = sheet.style.widest_gap_mm * MM
        return given, max(0.0, min(spare / gaps, most))
    extra = int((spare + 0.01) // sheet.gap)
    for _ in range(extra):
        given[min(takers, key=lambda i: (given[i] - page[i].asked, i))] += 1
    return given, max(0.0, spare - extra * sheet.gap) / gaps
