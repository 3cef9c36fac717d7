"""Question pages: which question stands on which page, and how a page's room is shared.

A block is a question, or the part of a long one that fits on a page. Blocks are spread so that the
pages of a theme are equally full, and each page is filled: whole rules go to the questions, what is
left between them, so that the last rule lies at the frame's foot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import AnswerKind, AnswerSpace, Inline, Question, Span, Theme, plain
from generator.stylesheet import MM, TextStyle
from generator.writers.workbook.boxes import Bookmark, Box, Dots, Outline, Rule, Text
from generator.writers.workbook.fonts import face
from generator.writers.workbook.sheet import Sheet, label, lines_of, set_lines

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of a question or of a follow-up, with its distance from the text's left edge."""

    text: Inline
    style: TextStyle
    indent: float
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    key: Key
    number: int
    title: str
    head: tuple[HeadLine, ...]
    answer: AnswerSpace
    asked: int
    """Rules asked for; 0 for other kinds of answer space."""
    first: bool = True

    @property
    def head_height(self) -> float:
        return sum(line.style.leading_pt for line in self.head)


@dataclass(frozen=True, slots=True)
class Fit:
    """The rules that a question asked for (None: left to the page) and what it was given."""

    number: int
    asked: int | None
    given: int


def blocks(theme: Theme, sheet: Sheet, column: float) -> Iterator[Block]:
    """The blocks of a theme; a question that no page holds becomes several."""
    for place, question in enumerate(theme.questions, 1):
        head = tuple(_head(question, sheet, sheet.frame_width - column))
        asked = _asked(question.answer, sheet)
        whole = Block(
            (theme.number, place), question.number, plain(question.text), head,
            question.answer, asked,
        )  # fmt: skip
        yield from _split(whole, sheet)


def _head(question: Question, sheet: Sheet, width: float) -> Iterator[HeadLine]:
    style = sheet.style.question
    for line in lines_of(question.text, style, width):
        yield HeadLine(line, style, 0.0)
    step = sheet.style.followup_indent_mm * MM
    small = sheet.style.followup
    for followup in question.followups:
        indent = step * followup.depth
        for index, line in enumerate(lines_of(followup.text, small, width - indent)):
            yield HeadLine(line, small, indent, "" if index else "–")


def _asked(answer: AnswerSpace, sheet: Sheet) -> int:
    if answer.kind is not AnswerKind.LINES:
        return 0
    return answer.lines or sheet.style.default_lines


def _split(block: Block, sheet: Sheet) -> Iterator[Block]:
    """Parts that fit on a page each: text first, then space. At least two lines stay together."""
    room = sheet.frame_height
    while block.head_height + 2 * sheet.gap > room:
        count, height = 0, 0.0
        for line in block.head:
            height += line.style.leading_pt
            if height > room:
                break
            count += 1
        count = max(1, min(count, len(block.head) - 2))
        yield replace(block, head=block.head[:count], answer=_NOTHING, asked=0)
        block = replace(block, head=block.head[count:], first=False)
    while height_of(block, sheet) > room:
        part, block = _part(block, room - block.head_height, sheet)
        yield part
    yield block


def _part(block: Block, room: float, sheet: Sheet) -> tuple[Block, Block]:
    """What of a block's answer space fits into `room`, and the rest."""
    if block.answer.kind is AnswerKind.LINES:
        now = int(room // sheet.gap)
        rest = replace(block, head=(), asked=block.asked - now, first=False)
        return replace(block, asked=now), rest
    padding = sheet.style.box_padding_mm * MM
    now_mm = (room - padding) / MM
    rest_mm = (block.answer.height_mm or 0.0) - now_mm
    part = replace(block, answer=replace(block.answer, height_mm=now_mm))
    return part, replace(
        block, head=(), first=False, answer=replace(block.answer, height_mm=rest_mm)
    )


_NOTHING = AnswerSpace(AnswerKind.NONE)


def height_of(block: Block, sheet: Sheet) -> float:
    """The least height of a block, without the gap to the next."""
    return block.head_height + _space_height(block, sheet)


def _space_height(block: Block, sheet: Sheet) -> float:
    kind = block.answer.kind
    if kind is AnswerKind.LINES:
        return block.asked * sheet.gap
    if kind is AnswerKind.NONE:
        return 0.0
    padding = sheet.style.box_padding_mm * MM
    if kind is AnswerKind.SCALE:
        return padding + sheet.style.scale_mm * MM
    return padding + (block.answer.height_mm or 0.0) * MM


def spread(all_blocks: list[Block], sheet: Sheet) -> list[list[Block]]:
    """Blocks on as few pages as hold them, each page as full as the others."""
    gap, room = sheet.style.block_gap_mm * MM, sheet.frame_height
    heights = [height_of(block, sheet) + gap for block in all_blocks]
    fewest = _fewest_pages(heights, room + gap)
    pages: list[list[Block]] = []
    at, rest = 0, sum(heights)
    while at < len(all_blocks):
        target = rest / fewest[at]
        used, end = heights[at], at + 1
        while end < len(all_blocks) and used + heights[end] <= room + gap:
            fits_later = fewest[end] <= fewest[at] - 1
            if fits_later and used + heights[end] / 2 > target:
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
    page: list[Block], sheet: Sheet, column: float, color: str
) -> tuple[list[Box], dict[Key, int], float]:
    """The boxes of a page, the rules that each question was given, and how full the page is."""
    given, between = _share(page, sheet)
    boxes: list[Box] = []
    y = 0.0
    for index, (block, rules) in enumerate(zip(page, given, strict=True)):
        if block.first:
            title = f"{block.number}. {block.title}"
            boxes.append(Bookmark(y, block.key, title, 1))
            boxes += _number(block, sheet, y, color)
        for line in block.head:
            if line.marker:
                boxes.append(_marker(line, sheet, column, y))
            placed, y = set_lines(
                [line.text], line.style, column + line.indent, y, sheet.palette.ink
            )
            boxes += _spaced(placed)
        if len(page) == 1 and rules:
            y += between
        boxes += _space(block, rules, sheet, column, y)
        y += (
            rules * sheet.gap
            if block.answer.kind is AnswerKind.LINES
            else _space_height(block, sheet)
        )
        if index < len(page) - 1:
            y += sheet.style.block_gap_mm * MM + between
    counts: dict[Key, int] = {}
    for block, rules in zip(page, given, strict=True):
        counts[block.key] = counts.get(block.key, 0) + rules
    return boxes, counts, y / sheet.frame_height


def _spaced(placed: list[Box]) -> list[Box]:
    """Lines are set one by one: each keeps a space at its end, as all of one paragraph would."""
    last = placed[-1] if placed else None
    if isinstance(last, Text) and not last.text.endswith(" "):
        return [*placed[:-1], replace(last, text=last.text + " ")]
    return placed


def _share(page: list[Block], sheet: Sheet) -> tuple[list[int], float]:
    """Rules of each block, and what is added to each gap between them."""
    gaps = max(1, len(page) - 1)
    least = sum(height_of(block, sheet) for block in page)
    spare = sheet.frame_height - least - (len(page) - 1) * sheet.style.block_gap_mm * MM
    given = [block.asked for block in page]
    takers = [i for i, block in enumerate(page) if block.answer.kind is AnswerKind.LINES]
    takers = [i for i in takers if page[i].answer.fill] or takers
    if not takers:
        most = sheet.style.widest_gap_mm * MM
        return given, max(0.0, min(spare / gaps, most))
    extra = int((spare + 0.01) // sheet.gap)
    for _ in range(extra):
        given[min(takers, key=lambda i: (given[i], i))] += 1
    return given, max(0.0, spare - extra * sheet.gap) / gaps


def _number(block: Block, sheet: Sheet, y: float, color: str) -> list[Box]:
    return list(set_lines([(Span(str(block.number)),)], sheet.style.question, 0.0, y, color)[0])


def _marker(line: HeadLine, sheet: Sheet, column: float, y: float) -> Box:
    step = sheet.style.followup_indent_mm * MM
    at = column + line.indent - step * 0.75
    box = set_lines([(Span(line.marker),)], line.style, at, y, sheet.palette.muted)[0][0]
    assert isinstance(box, Text)
    return box


def _space(block: Block, rules: int, sheet: Sheet, x: float, y: float) -> list[Box]:
    style, palette = sheet.style, sheet.palette
    right = sheet.frame_width
    kind = block.answer.kind
    if kind is AnswerKind.LINES:
        return rules_down(x, right, y, rules, sheet)
    if kind is AnswerKind.NONE:
        return []
    top = y + style.box_padding_mm * MM
    if kind is AnswerKind.SCALE:
        return _scale(block, sheet, x, top)
    height = (block.answer.height_mm or 0.0) * MM
    if kind is AnswerKind.BOX:
        return [Outline(x, top, right - x, height, style.rule_width_pt, palette.rule)]
    step = style.square_mm * MM
    if kind is AnswerKind.DOTS:
        return [Dots(x, top, right - x, height, step, style.dot_radius_pt, palette.rule)]
    return _grid(x, top, right, height, step, sheet)


def rules_down(x: float, right: float, y: float, count: int, sheet: Sheet) -> list[Box]:
    """`count` rules, the first a gap below `y`."""
    return [
        Rule(
            x,
            y + i * sheet.gap,
            right,
            y + i * sheet.gap,
            sheet.style.rule_width_pt,
            sheet.palette.rule,
        )
        for i in range(1, count + 1)
    ]


def _grid(x: float, y: float, right: float, height: float, step: float, sheet: Sheet) -> list[Box]:
    """Whole squares, as many as fit."""
    columns, rows = int((right - x) // step), max(1, int(height // step))
    width, color = sheet.style.rule_width_pt, sheet.palette.hairline
    across: list[Box] = [
        Rule(x, y + i * step, x + columns * step, y + i * step, width, color)
        for i in range(rows + 1)
    ]
    down: list[Box] = [
        Rule(x + i * step, y, x + i * step, y + rows * step, width, color)
        for i in range(columns + 1)
    ]
    return across + down


def _scale(block: Block, sheet: Sheet, x: float, y: float) -> list[Box]:
    low, high = block.answer.scale or (1, 5)
    style, size = sheet.style, sheet.style.scale_mm * MM
    step = min((sheet.frame_width - x) / (high - low + 1), size * 2.2)
    boxes: list[Box] = []
    for index, value in enumerate(range(low, high + 1)):
        at = x + index * step
        boxes.append(
            Outline(at, y, size, size, style.rule_width_pt * 1.6, sheet.palette.muted, size / 2)
        )
        text = str(value)
        width = face(f"{style.listing.family}-{style.listing.weight}").width(
            text, style.listing.size_pt
        )
        base = y + size / 2 + style.listing.size_pt * 0.34
        boxes.append(label(text, at + (size - width) / 2, base, style.listing, sheet.palette.ink))
    return boxes
