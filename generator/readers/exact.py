"""`read: exactly`, the form that `convert` writes. Nothing is guessed, and nothing is left out.

A heading is a theme, and the text up to its first item is its introduction. An item of a list is a
question; below it, an item that begins with a box to tick is an answer choice, and any other item
is a follow-up. Text between `::: notes` and `:::` is a note on the question above, or on the theme,
and so is any other text under a question.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.diagnostics import Problems
from generator.model import FollowUp, Note, plain
from generator.readers.inline import tidy
from generator.readers.raw import Block, Kind, Mark, RawQuestion, RawTheme

_DEEPER = 1.4
"""Columns by which an item has to be indented more than another to belong to it."""


def themes(blocks: Iterable[Block], problems: Problems) -> list[RawTheme]:
    walk = _Walk(problems)
    for block in blocks:
        walk.take(block)
    return walk.themes


class _Walk:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.themes: list[RawTheme] = []
        self.question: RawQuestion | None = None
        self.indents: list[float] = []
        """The indents of the question and of the items below it that are open."""

    def take(self, block: Block) -> None:
        block.spans = tidy(block.spans)
        if block.kind is Kind.HEADING:
            self._begin(block)
            return
        theme = self.themes[-1] if self.themes else self._begin(Block(Kind.HEADING, line=1))
        if block.kind is Kind.TABLE:
            hint = "write its rows as a list"
            self.problems.warning(
                "a table was left out, as only lists are read here", block.line, hint
            )
        elif block.kind is Kind.ITEM and not block.note:
            self._item(block, theme)
        elif block.note or self.question:
            notes = self.question.notes if self.question else theme.notes
            number = block.number if block.depth else None
            notes.append(Note(block.spans, block.depth, number))
        elif block.spans:
            theme.intro.append(block.spans)

    def _begin(self, heading: Block) -> RawTheme:
        self.themes.append(RawTheme(heading.spans, heading.line, asked=heading.asked))
        self.question, self.indents = None, []
        return self.themes[-1]

    def _item(self, block: Block, theme: RawTheme) -> None:
        while self.indents and block.indent < self.indents[-1] + _DEEPER:
            self.indents.pop()
        self.indents.append(block.indent)
        depth = len(self.indents) - 1
        if not depth or self.question is None:
            self.question = RawQuestion(block.spans, block.line, block.number, asked=block.asked)
            theme.questions.append(self.question)
        elif block.mark is Mark.BOX:
            self.question.choices.append(plain(block.spans))
        else:
            self.question.followups.append(FollowUp(block.spans, depth))
