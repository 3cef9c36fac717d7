"""Which blocks make a theme: the rules that the Markdown reader's docstring states."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.readers.attributes import is_skip
from generator.readers.blocks import Block
from generator.readers.inline import first_line

SHORT = 80
"""Characters that a plain title line may have."""
_BRACES = re.compile(r"\s*\{[^{}]*\}\s*$")
_SENTENCE_END = ".,;:!?…。，；：！？"


@dataclass(slots=True)
class Group:
    """A theme as it is found: a title, what stands under it, its items."""

    title: Block | None
    intro: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)
    skip: bool = False
    """A comment under its title asks to leave it out."""
    open: bool = False
    """Whether the last thing was a list, so that notes belong to its last question."""


def headed(title: Block, inside: list[Block]) -> Group:
    group = Group(title)
    for block in inside:
        _add(group, block)
    return group


def plain_groups(inside: list[Block]) -> list[Group]:
    """The themes of a text without headings."""
    groups: list[Group] = [Group(None)]
    for stretch in _stretches(inside):
        texts = [block for block in stretch if block.kind in ("paragraph", "html")]
        title = _plain_title(texts) if any(block.kind == "list" for block in stretch) else None
        for block in stretch:
            if block is title:
                name, rest = first_line(block.spans)
                groups.append(Group(Block("heading", block.line, name)))
                if rest:
                    groups[-1].intro.append(Block("paragraph", block.line + 1, rest))
            else:
                _add(groups[-1], block)
    return groups


def plain_titles(inside: list[Block]) -> int:
    return sum(group.title is not None for group in plain_groups(inside))


def _stretches(inside: list[Block]) -> list[list[Block]]:
    """Cut after each list; notes right after a list stay with it."""
    stretches: list[list[Block]] = [[]]
    ended = False
    for block in inside:
        if ended and block.kind != "notes":
            stretches.append([])
        ended = block.kind == "list" or (ended and block.kind == "notes")
        stretches[-1].append(block)
    return stretches


def _plain_title(texts: list[Block]) -> Block | None:
    """The paragraph whose first line is a title; a lone line with a colon is one if need be."""
    short: list[tuple[Block, str, bool]] = []
    for text in texts:
        first = text.content.partition("\n")[0].strip()
        line = _BRACES.sub("", first).strip()
        if text.kind == "paragraph" and 0 < len(line) <= SHORT:
            short.append((text, line, line != first))
    for text, line, braces in short:
        if braces or line[-1] not in _SENTENCE_END:
            return text
    lone = (text for text, line, _ in short if "\n" not in text.content and line[-1] in ":?!：？！")
    return next(lone, None)


def _add(group: Group, block: Block) -> None:
    if block.kind == "list":
        group.items += block.children
    elif block.kind == "notes" and group.open:
        group.items[-1].children.append(block)
        return
    elif block.kind == "notes":
        group.notes.append(block)
    elif block.kind == "html" and is_skip(block.html):
        group.skip = True
    else:
        group.intro.append(block)
    group.open = block.kind == "list"
