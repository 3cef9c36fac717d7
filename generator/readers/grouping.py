"""Which blocks make a theme: the rules that the Markdown reader's docstring states."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field, replace
from itertools import groupby

from generator.model import Span, plain
from generator.readers.attributes import is_skip
from generator.readers.blocks import Block
from generator.readers.inline import first_line
from generator.readers.problems import Problems

SHORT = 80
"""Characters that a plain title line may have."""
_BRACES = re.compile(r"\s*\{[^{}]*\}\s*$")
_ASKS = ("?", "？", "؟", "\u037e")
_SENTENCE_END = ".,;:!?…。，；：！？"


Section = tuple[Block | None, list[Block]]
"""A heading and what stands under it, up to the next; the first section has none."""


@dataclass(slots=True)
class Group:
    """A theme as it is found: a title, what stands under it, its items."""

    title: Block | None
    above: Group | None = None
    """The heading, without questions of its own, that it stands under."""
    intro: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)
    skip: bool = False
    """A comment under its title asks to leave it out."""
    open: bool = False
    """Whether the last thing was a list, so that notes belong to its last question."""
    late: int | None = None
    """The line of the first text that stands after a list."""


def grouped(sections: list[Section], links: Container[int]) -> tuple[Block | None, list[Group]]:
    """The heading that is the set's title, and the themes with those that have no question.

    `links` are the lines of headings over lists of links.
    """
    with_lists = [section for section in sections if _has_list(section)]
    title = _title(sections, links)
    groups: list[Group] = []
    above: list[Group] = []
    for head, inside in sections:
        only = head is not None and head is title and len(with_lists) == 1
        if head is None or (only and inside is with_lists[0][1] and plain_titles(inside) > 1):
            groups += plain_groups(inside)
            title = head or title
            continue
        group = headed(head, inside)
        groups.append(group)
        while above and _level(above[-1]) >= head.level:
            above.pop()
        group.above = above[-1] if above else None
        if head is not title and head.line not in links and not group.items:
            above.append(group)
    for group in groups:
        if group.above:  # what leads to the parts leads to the first
            group.intro[:0], group.notes[:0] = group.above.intro, group.above.notes
            group.above.intro, group.above.notes = [], []
    themes = [group for group in groups if group.items]
    owner = any(group.title is title for group in themes) and len(themes) > 1
    return (None if owner else title), groups


def _title(sections: list[Section], links: Container[int]) -> Block | None:
    """The first heading of level 1; none where several of them have themes under them."""
    parts: list[Block] = []
    part: Block | None = None
    first: Block | None = None
    for section in sections:
        head = section[0]
        if head and head.level == 1 and head.line not in links:
            part, first = head, first or head
        elif head and part and _has_list(section) and part not in parts[-1:]:
            parts.append(part)
    return first if len(parts) < 2 else None


def _level(group: Group) -> int:
    return group.title.level if group.title else 0


def _has_list(section: Section) -> bool:
    return any(block.kind == "list" for block in section[1])


def _asks(block: Block) -> bool:
    return _BRACES.sub("", block.content).rstrip().endswith(_ASKS)


def with_asking_lines(found: list[Block], problems: Problems) -> list[Block]:
    """Lines that end in a question mark as questions, in a text that has no list and no heading
    which asks."""
    if any(block.kind == "list" or (block.kind == "heading" and _asks(block)) for block in found):
        return found
    made: list[Block] = []
    for block in found:
        lines = _lines(block) if block.kind == "paragraph" else []
        if not any(map(_asks, lines)):
            made.append(block)
            continue
        for asks, group in groupby(lines, _asks):
            texts = list(group)
            items = [Block("item", line.line, children=[line]) for line in texts]
            made += [Block("list", texts[0].line, children=items)] if asks else texts
    if made != found:
        message = "there is no list: lines that end in a question mark are read as questions"
        problems.note(message, next(block.line for block in made if block.kind == "list"))
    return made


def _lines(block: Block) -> list[Block]:
    """Each line of a paragraph as one of its own; one that begins with a small letter goes on."""
    lines: list[list[Span]] = [[]]
    for span in block.spans:
        first, *others = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=text)] for text in others]
    made: list[tuple[int, list[Span]]] = []
    for number, line in enumerate(lines, block.line):
        if made and plain(tuple(line))[:1].islower():
            made[-1][1].extend((Span(" "), *line))
        else:
            made.append((number, line))
    texts = ((number, tuple(span for span in line if span.text)) for number, line in made)
    return [Block("paragraph", number, text) for number, text in texts if text]


def with_asking_headings(sections: list[Section]) -> list[Section]:
    """Headings as questions, where more of those that end in a question mark have no list under
    them than there are lists. What stands under such a heading is notes."""
    asking = [section for section in sections if section[0] and _asks(section[0])]
    bare = sum(not _has_list(section) for section in asking)
    if bare <= sum(map(_has_list, sections)):
        return sections
    made: list[Section] = []
    for section in sections:
        head, inside = section
        if not head or not _asks(head):
            made.append(section)
            continue
        item = Block("item", head.line, children=[Block("paragraph", head.line, head.spans)])
        if inside:
            item.children.append(Block("notes", inside[0].line, children=inside))
        above = made[-1][0]
        if above and above.level >= head.level:
            made.append((None, []))
        made[-1][1].append(Block("list", head.line, children=[item]))
    return made


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
        group.late = group.late or (block.line if group.items else None)
    group.open = block.kind == "list"
