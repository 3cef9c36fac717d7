"""The lines of one paragraph or item: typed marks begin items, and labels begin notes.

In every format there are paragraphs with lines of several kinds: lists that were pasted as text,
choices to tick on one line, an answer under its question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from generator.diagnostics import Problems
from generator.model import Inline, Span, plain
from generator.readers.asks import ASKS, asks, ends, pattern
from generator.readers.front_matter import FrontMatter
from generator.readers.inline import cut, has_braces, without_blank
from generator.readers.marks import BOXES, Marks, Typed
from generator.readers.raw import BULLETS, Block, Kind, Line, Mark, Source, is_labelled

DELIBERATE = 50
"""Characters; a shorter line was broken on purpose."""
_TICKED = re.compile(rf"(?:^|(?<=\s))[{BOXES}]|\[[ xX]?\](?=\s|$)")
_BOX = rf"(?:[{BOXES}]|\[[ xX]?\])?"
_CHOICE = re.compile(rf"\s*{_BOX}\s*(.*?)\s*{_BOX}\s*", re.DOTALL)
"""A choice with a box before or after it."""
_FIELD = re.compile(r"[^\W\d]{2,12}\s?[:：]\s?\S")
"""A line such as "Required: yes", below a question of a form."""
_WRITTEN = re.compile(r"[^\W_]")
_RULE = re.compile(r"_{3}|\.{3}|…|[-‐–—]{4}")
_INDENT = re.compile(r"^(?: {2}|\t)[ \t]*(?=\S)", re.MULTILINE)
_ROOM = re.compile(r"\[[^\W\d][^\]\n]*+\]|[\s_.…]*+")
_DIVIDER = frozenset("=-_*~#.+")
"""Characters of a line that only divides the text above from the text below."""


def is_note(text: str) -> bool:
    """Return True if a text is labelled as an answer or a hint: `Answer: ...`, `Tip: ...`."""
    return bool(pattern("note").match(text))


def is_placeholder(text: str) -> bool:
    """Return True if a text is only a place for an answer: `______`, `...`, `Your answer here`."""
    if not _WRITTEN.search(text):
        return _RULE.search(text) is not None
    return len(text) < 60 and pattern("placeholders").fullmatch(text.strip("*_ ")) is not None


def is_room(text: str) -> bool:
    """Return True if a block of code is there to write in: "[Your answer]", dots, or nothing."""
    return _ROOM.fullmatch(text.strip()) is not None


def blocks(lines: Iterable[Line], first: Block, marks: Marks) -> Iterator[Block]:
    """Yield the blocks in the lines of a paragraph or an item; `first` has its format."""
    return _Lines(first, marks).read(lines)


class _Lines:
    def __init__(self, first: Block, marks: Marks) -> None:
        self.first: Block | None = first
        """The block that the first line belongs to."""
        self.template, self.inside = first, first.inside
        self.marks = marks
        self.at: Block | None = None
        self.spans: list[Span] = []
        """The text of the block that is being read."""
        self.before = ""
        """The line before."""
        self.asked = False
        """True if any line of that block asks."""

    def read(self, lines: Iterable[Line]) -> Iterator[Block]:
        is_heading = self.template.kind is Kind.HEADING
        for line in lines:
            text = plain(line.spans)
            if not is_heading and is_placeholder(text):
                continue
            if len(ticks := _ticks(text)) > 1:
                yield from self._finished()
                start = ticks[0]
                if text[:start].strip():
                    asked = Line(line.line, line.indent, cut(line.spans, 0, start))
                    self._begin(asked, self.marks.read(text[:start]))
                    yield from self._finished()
                yield from _ticked(line, ticks, text)
                self.first, self.inside = None, True
                continue
            typed = self.marks.read(text)
            if typed is None and self._asks_anew(line, text):
                yield from self._finished()
                self.inside = False
            if typed is None and self.at is not None and self._goes_on(self.at, text, line.spans):
                self.spans += (Span("\n"), *line.spans)
            else:
                yield from self._finished()
                self._begin(line, typed)
            self.before, self.asked = text, self.asked or asks(text) >= ASKS
        yield from self._finished()

    def _begin(self, line: Line, typed: Typed | None) -> None:
        at, self.first = self.first or self._below(line.indent), None
        at.line = line.line
        self.at, self.spans, self.asked = at, list(line.spans), False
        was_item = at.kind is Kind.ITEM
        self.inside = self.inside or was_item or typed is not None
        if typed is None:
            return
        self.spans = list(cut(line.spans, typed.end))
        if at.kind is not Kind.HEADING:
            if not was_item or typed.mark not in BULLETS:
                at.mark = typed.mark
            if not was_item:
                at.kind, at.inside, at.indent = Kind.ITEM, False, line.indent
        at.number = typed.number if typed.number is not None else at.number

    def _below(self, indent: float) -> Block:
        """Return the block of a line that has no mark and does not continue the one before."""
        return Block(
            Kind.PARAGRAPH, indent=indent, inside=self.inside, blank=False,
            note=self.template.note, depth=self.template.depth,
        )  # fmt: skip

    def _goes_on(self, at: Block, text: str, spans: Inline) -> bool:
        """Return True if a line continues the text before it. Below a question it is a note if it
        is labelled as one, or if the line before it was broken on purpose and it neither asks nor
        begins with a small letter."""
        labelled = self.inside and is_labelled(spans)
        apart = ends(self.before) or _FIELD.match(self.before)
        field = (at.kind is Kind.ITEM or at.inside) and apart and _FIELD.match(text)
        if is_note(text) or labelled or field or has_braces(self.spans[-1:]):
            return False
        if at.kind is Kind.PARAGRAPH and self.asked and all(each.strong for each in self.spans):
            return all(each.strong for each in spans)  # a question in bold over its answer
        if at.kind is not Kind.ITEM or text[:1].islower() or not ends(self.before):
            return True
        return asks(text) >= ASKS or len(self.before) >= DELIBERATE or not self.asked

    def _asks_anew(self, line: Line, text: str) -> bool:
        """Return True if a line is the next question, after short choices of the one before."""
        at = self.at
        return (
            self.template.kind is Kind.PARAGRAPH
            and at is not None
            and at.kind is Kind.ITEM
            and at.mark in (*BULLETS, Mark.BOX)
            and not self.asked
            and line.indent <= at.indent
            and len(self.before) < DELIBERATE
            and not text[:1].islower()
            and asks(text) >= ASKS
        )

    def _finished(self) -> Iterator[Block]:
        if self.at:
            self.at.spans = tuple(self.spans)
            if self.at.mark is Mark.BOX:  # "[ ] Other: ____" is to be ticked, and asks nothing
                self.at.spans = without_blank(self.at.spans)
            yield self.at
        self.at = None


def _ticks(text: str) -> list[int]:
    """Return where each choice of `☐ Yes ☐ No` or of `Yes ☐ No ☐` begins. In the second form, words
    before the first choice end with a question mark or a colon."""
    found = list(_TICKED.finditer(text))
    starts = [each.start() for each in found]
    if not found or found[-1].end() < len(text.rstrip()):
        return starts
    before = re.match(r".*[?？؟:：]", text[: starts[0]])
    if not before and len(text[: starts[0]].split()) > 4:
        return starts  # where the question ends is not to be seen
    return [before.end() if before else 0, *(each.end() for each in found[:-1])]


def _ticked(line: Line, starts: list[int], text: str) -> Iterator[Block]:
    """Yield each choice of a line with boxes, without its box."""
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        spans = cut(line.spans, start, end)
        words = _CHOICE.fullmatch(plain(spans))
        if words and words[1]:
            inner = cut(spans, words.start(1), words.end(1))
            yield Block(Kind.ITEM, inner, line.line, indent=line.indent, mark=Mark.BOX)


# -- plain text: nothing is mark-up but numbers, bullets, indents and blank lines


def read(text: str, _: Problems) -> Source:
    return Source(FrontMatter(), list(_paragraphs(_outlined(text))))


def _outlined(text: str) -> str:
    """Mark the lines below others in an outline that has nothing but indents, so that they are
    items. An outline may be commented out as a whole."""
    if all(line.startswith("#") for line in text.split("\n") if line.strip()):
        text = re.sub("^# ?", "", text, flags=re.MULTILINE)
    written = [line for line in text.split("\n") if line.strip()]
    marks = Marks()
    if any(line.strip()[0].islower() or marks.read(line.strip()) for line in written):
        return text  # lines that go on, or lists with marks
    deep = [_INDENT.match(line) is not None for line in written]
    heads = sum(below and not above for above, below in pairwise(deep))
    return _INDENT.sub(r"\g<0>- ", text) if heads > 1 else text


def _paragraphs(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, in which blank lines and dividers separate paragraphs."""
    marks = Marks()
    paragraph: list[Line] = []
    item: Block | None = None
    for number, line in enumerate([*text.split("\n"), ""], 1):
        typed = line.strip()
        if typed and not set(typed) <= _DIVIDER:
            indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
            paragraph.append(Line(number, indent, (Span(typed),)))
        elif paragraph:
            first = paragraph[0]
            inside = item is not None and first.indent > item.indent + 1
            template = Block(Kind.PARAGRAPH, line=first.line, inside=inside)
            for block in blocks(paragraph, template, marks):
                item = block if block.kind is Kind.ITEM else item
                yield block
            paragraph = []
