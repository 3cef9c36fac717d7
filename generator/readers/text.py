"""Plain text: nothing is mark-up but numbers, bullets, indents and blank lines."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Problems
from generator.model import Span
from generator.readers import lines
from generator.readers.characters import cleaned
from generator.readers.front_matter import FrontMatter
from generator.readers.lines import Line
from generator.readers.marks import Marks
from generator.readers.raw import Block, Kind, Source

_RULE = frozenset("=-_*~#.+")


def read(data: str | bytes, problems: Problems) -> Source:
    return Source(FrontMatter(), list(blocks(cleaned(str(data), problems))))


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text; a blank line parts paragraphs, and so does each line that is whole."""
    marks = Marks()
    paragraph: list[Line] = []
    item: Block | None = None
    blank = True
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        if words and not set(words) <= _RULE:
            indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
            paragraph.append(Line(number, indent, (Span(words),)))
            continue
        if paragraph:
            for block in _blocks(paragraph, item, marks, blank):
                item = block if block.kind is Kind.ITEM else item
                yield block
            blank, paragraph = True, []
    if paragraph:
        yield from _blocks(paragraph, item, marks, blank)


def _blocks(
    paragraph: list[Line], item: Block | None, marks: Marks, blank: bool
) -> Iterator[Block]:
    first = paragraph[0]
    inside = item is not None and first.indent > item.indent + 1
    template = Block(Kind.PARAGRAPH, line=first.line, inside=inside, blank=blank)
    yield from lines.blocks(paragraph, template, marks)
