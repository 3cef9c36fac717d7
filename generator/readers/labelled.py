"""Records that are written as lists of labels: "Text: What did you do?" over "Difficulty: easy"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from generator.readers.asks import ASKS, asks
from generator.readers.inline import cut
from generator.readers.raw import Block, Kind, is_labelled

_LABEL = re.compile(r"([^\W\d_][^:：]{0,30}?)\s*[:：]\s*(?=\S)")


def without_labels(blocks: list[Block]) -> list[Block]:
    """Make notes of the items whose label comes again and never asks, where another label that
    comes again always asks; that label is removed, as it is no part of the question."""
    found: dict[str, list[tuple[Block, int]]] = defaultdict(list)
    for block in blocks:
        label = _LABEL.match(block.text) if block.kind is Kind.ITEM else None
        if label and is_labelled(block.spans):
            found[label[1].casefold()].append((block, label.end()))
    asking: dict[int, int] = {}
    quiet: set[int] = set()
    for items in (each for each in found.values() if len(each) > 1):
        values = [asks(block.text[end:]) for block, end in items]
        if min(values) >= ASKS:
            asking |= {id(block): end for block, end in items}
        elif max(values) < ASKS:
            quiet |= {id(block) for block, _ in items}
    if not asking or not quiet:
        return blocks
    return [
        replace(block, spans=cut(block.spans, asking[id(block)])) if id(block) in asking
        else replace(block, note=True, depth=1) if id(block) in quiet
        else block
        for block in blocks
    ]  # fmt: skip
