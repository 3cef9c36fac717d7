"""What stands around the questions of a form or a letter: fields for a name or a date, a mail's
header, the word before a subject, and the end. All that is left out is reported.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from generator.diagnostics import Problems
from generator.model import plain
from generator.readers.asks import ASKS, asks, pattern
from generator.readers.inline import cut, lines
from generator.readers.raw import Block, Kind

_FIELD = re.compile(r"\W*+(\w[^:：?？_.…\n]{0,40}?)\s*+[:：][\s_.…]*+(?:\([^()\n]*+\)\s*+)?+")
"""A label with a blank to write on, or with nothing after its colon. What it repeats, it never
tries again, as a line may have many."""
_FIELDS = re.compile(f"(?:{_FIELD.pattern})++")
_SUBJECT = re.compile(r"\w{2,12}\s?[:：]\s+(?=\S)")
_HEADER = re.compile(r"\w[\w -]{1,15}[:：].*|.*@.*")
"""A line of a mail's header: a label, or further addresses below it."""
_SENT = re.compile(r"@|\d:\d\d")
"""An address or a time, which a form about a subject lacks."""


def without_fields(blocks: list[Block], problems: Problems) -> list[Block]:
    """Return the blocks without the fields for a name, a date or the like at the head of a form,
    where enough else asks, and report them."""
    labels = {
        id(block): found
        for block, below in pairwise([*blocks, Block(Kind.END)])
        if below.kind is not Kind.ITEM and (found := _labels(block))
    }
    others = [block for block in blocks if id(block) not in labels]
    if sum(block.number is not None or asks(block.text) >= ASKS for block in others) < 2:
        return blocks
    kept: list[Block] = []
    for is_field, run in groupby(blocks, lambda block: id(block) in labels):
        group = list(run)
        names = [name for block in group for name in labels.get(id(block), ())]
        person = [name for name in names if pattern("person").fullmatch(re.split("[/(]", name)[0])]
        if not is_field or not person:
            kept += group
            continue
        message = f"what is to be filled in is left out: {', '.join(names)}"
        if person == names:
            problems.note(message, group[0].line)
        else:
            hint = "write it as questions if it belongs to the set"
            problems.warning(message, group[0].line, hint)
    return kept


def _without_header(blocks: list[Block], problems: Problems) -> list[Block]:
    """Return the blocks of a mail without its header ("From: ..."), but for the subject."""
    headed = takewhile(lambda block: block.kind is Kind.PARAGRAPH and _is_header(block), blocks)
    head = [(block, line) for block in headed for line in lines(block.spans)]
    sent = any(_SENT.search(plain(line)) for _, line in head)
    for block, line in head if sent and len(head) > 2 else ():
        if found := pattern("subject").match(plain(line)):
            problems.note("the header of the mail was left out", blocks[0].line)
            below = blocks[1 + blocks.index(head[-1][0]) :]
            return [replace(block, spans=cut(line, found.end())), *below]
    return blocks


def _is_header(block: Block) -> bool:
    return all(_HEADER.fullmatch(plain(line)) for line in lines(block.spans))


def without_letter(given: list[Block], problems: Problems) -> list[Block]:
    """Return the blocks of a letter ("Hi all,") without a mail's header or the word before its
    subject, and without what it says after its last list."""
    blocks = _without_header(given, problems)
    mail = blocks is not given
    begins = (at for at, block in enumerate(blocks[:4]) if mail or _is_greeting(block))
    start = next(begins, None)
    items = [at for at, block in enumerate(blocks) if block.kind is Kind.ITEM]
    if start is None or not items or items[0] < start:
        return blocks
    end = [block for block in blocks[items[-1] :] if block.kind is Kind.PARAGRAPH]
    end = [block for block in end if not block.inside]
    asking = [block for block in end if asks(block.text) >= ASKS]
    if len(asking) > sum(asks(blocks[at].text) >= ASKS for at in items) / 2:
        return blocks
    for block in asking:
        message = f"this is read as the end of a letter, and left out: '{block.text}'"
        hint = "write it as an item of a list if it belongs to the set"
        problems.warning(message, block.line, hint)
    if end and not asking:
        problems.note("the end of the letter was left out", end[0].line)
    if not mail and (found := _SUBJECT.match(blocks[0].text)):
        blocks = [replace(blocks[0], spans=cut(blocks[0].spans, found.end())), *blocks[1:]]
    left_out = set(map(id, end))
    return [block for block in blocks if id(block) not in left_out]


def _is_greeting(block: Block) -> bool:
    first = block.text.partition("\n")[0].rstrip()
    short = len(first.split()) <= 5
    return block.kind is Kind.PARAGRAPH and short and first.endswith((",", "，", "،"))


def _labels(block: Block) -> list[str]:
    """Return the labels of a block that is nothing but fields: "Name: ____ Date: ____"."""
    if block.kind is not Kind.PARAGRAPH or block.note or not _FIELDS.fullmatch(block.text):
        return []
    return [found[1] for found in _FIELD.finditer(block.text)]
