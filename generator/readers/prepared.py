"""Prepares the blocks of a page for the tree of its sections: notes that nothing marks, lines that
are questions of their own, and numbered names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile, zip_longest

from generator.model import Span, plain
from generator.readers.asks import ASKS, asks, ends, pattern
from generator.readers.attributes import NOTHING
from generator.readers.inline import lines
from generator.readers.labelled import without_labels
from generator.readers.lines import DELIBERATE
from generator.readers.raw import LINE, SUMMARY, Block, Kind, Mark

SHORT = 70
"""Maximum characters, beside ten words, of a line that acts as a heading."""
_OPENS, _CLOSES = re.compile(r'["“„][^"“”]*$'), re.compile(r'[^"“”„]*["”“]\W*$')
_SENTENCE_END = re.compile(r"[.!?;,？؟。]$")


def prepared(blocks: list[Block]) -> list[Block]:
    """Return the blocks of a page as the tree of its sections is made of them."""
    said = _unfolded(_with_instructions(_with_names(list(_said(without_labels(blocks))))))
    return _numbered_names([part for block in said for part in _asking_lines(block)])


def _said(blocks: list[Block]) -> Iterator[Block]:
    """Make notes of a speech: one quotation over several paragraphs, opened in the first and closed
    in the last."""
    until = -1
    for place, block in enumerate(blocks):
        if place > until and block.kind is Kind.PARAGRAPH and _OPENS.match(block.text):
            run = takewhile(lambda each: each.kind is Kind.PARAGRAPH, blocks[place + 1 :])
            closes = [at for at, each in enumerate(run, place + 1) if _CLOSES.match(each.text)]
            until = closes[0] if closes else until
        yield replace(block, note=True) if place <= until else block


def _with_names(blocks: list[Block]) -> list[Block]:
    """Take short lines between items out of the item above them where they name the items below:
    the list began below such a line, and each of them has two items or more. A line below every
    item is about that item ("A few words")."""
    named, items = False, 0  # whether the items above have a name, and how many there are
    above = Block(Kind.ITEM)
    for place, block in enumerate(blocks):
        below = blocks[place + 1 : place + 3]
        heads = len(below) == 2 and all(each.kind is Kind.ITEM for each in below)
        names = heads and block.kind is Kind.PARAGRAPH and is_short(block.text)
        if block.kind is Kind.ITEM:
            above, items = block, items + 1
        elif not block.inside:
            named, items = names, 0
        elif named and not block.note and block.indent <= above.indent:
            named = names and items > 1 and not block.blank and above.mark is below[0].mark
            block.inside, items = not named, 0
    return blocks


def _with_instructions(blocks: list[Block]) -> list[Block]:
    """Put a line such as "Select all that apply:", between a question and its boxes, where it
    belongs: into the question if it allows several answers, and into its notes otherwise."""
    made = blocks[:1]
    for block, under in zip_longest(blocks[1:], blocks[2:]):
        boxes = under and under.mark is Mark.BOX and under.line > block.line
        asked = asks(made[-1].text) >= ASKS and not made[-1].note
        if not (boxes and asked and block.kind is Kind.PARAGRAPH and is_short(block.text)):
            made.append(block)
        elif pattern("many").search(block.text):
            made[-1] = replace(made[-1], spans=(*made[-1].spans, Span(" "), *block.spans))
        else:
            made.append(replace(block, note=True))
    return made


def _unfolded(blocks: list[Block]) -> Iterator[Block]:
    """Make notes of a fold called "Show the answer" or the like, on the text before it."""
    inside = 0
    for block in blocks:
        if block.kind is Kind.END and inside:
            inside -= 1
        elif (
            block.kind is Kind.HEADING and block.level == SUMMARY and (inside or _is_answer(block))
        ):
            inside += 1
        else:
            yield replace(block, note=True) if inside else block


def _is_answer(head: Block) -> bool:
    return len(head.text.split()) < 5 and bool(pattern("folded").search(head.text))


def _asking_lines(block: Block) -> list[Block]:
    """Split a paragraph into lines if at least half of them ask. A line continues the one before if
    it begins with a small letter, or if the one before was broken because it is full."""
    if block.kind is not Kind.PARAGRAPH or "\n" not in block.text:
        return [block]
    parts = lines(block.spans)
    made: list[Block] = []
    spans: list[list[Span]] = []
    full, before = max(DELIBERATE, 0.8 * max(len(plain(part)) for part in parts)), ""
    for line, part in enumerate(parts, block.line):
        text = plain(part)
        if made and (text[:1].islower() or (not ends(before) and len(before) >= full)):
            spans[-1] += (Span(" "), *part)
        elif part:
            blank = block.blank and not made
            made.append(replace(block, line=line, blank=blank, asked=NOTHING))
            spans.append(list(part))
        before = text
    for each, own in zip(made, spans, strict=True):
        each.spans = tuple(own)
    values = [asks(each.text) for each in made]
    if 2 * sum(value >= ASKS for value in values) < len(made) or max(values) <= ASKS:
        return [block]
    made[-1].asked = block.asked
    return made


def _numbered_names(blocks: list[Block]) -> list[Block]:
    """Make headings of numbered items if each is a few words over a paragraph that asks."""
    counts = (Mark.NUMBER, Mark.DOTTED)
    pairs = pairwise([*blocks, Block(Kind.END)])
    numbered = [(block, under) for block, under in pairs if block.mark in counts]
    if len(numbered) < 2 or not all(
        is_short(block.text, styled=True)
        and under.kind is Kind.PARAGRAPH
        and not (under.inside or under.note)
        and asks(under.text) >= ASKS
        for block, under in numbered
    ):
        return blocks
    heads = {id(block) for block, _ in numbered}
    return [
        replace(block, kind=Kind.HEADING, level=LINE) if id(block) in heads else block
        for block in blocks
    ]


def is_short(text: str, styled: bool = False) -> bool:
    """Return True if a line may be a heading: a few words that are no sentence and do not ask. A
    line that is `styled` as a heading may begin with a word that asks: "What went well:"."""
    return (
        len(text) <= SHORT
        and len(text.split()) <= 10
        and not _SENTENCE_END.search(text.strip())
        and asks(text) < (0.9 if styled else ASKS)
    )
