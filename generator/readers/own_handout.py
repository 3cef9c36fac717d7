"""Our own handout, read back by its styles, so that nothing in it has to be guessed.

People add questions to it, and participants write their answers into it; an answer is never read as
a part of the set.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from generator.diagnostics import Problems
from generator.model import FollowUp, plain
from generator.readers import inline
from generator.readers.raw import Block, RawQuestion, RawTheme

_MARKS = ("Hint", "Handout Text")
"""Styles of which our handout has at least one beside Question; with a user's template it has the
second."""
_LABELS = ("Hint", "Notes")
_ROOM = ("Answer", "Field", "Notes Field")
_FOLLOWUP = re.compile("Follow-up ([1-9])")
_TICK = re.compile(r"\s*[☐☑☒]\s*(?:(\d+)\.\s+)?")
"""A box, with the number that follows it if boxes can be clicked."""
_LETTERS = re.compile(r"[^\W\d_]")


def is_ours(styles: Set[str]) -> bool:
    """Return True if a document with these styles is a handout of ours, or is based on one."""
    return "Question" in styles and not styles.isdisjoint(_MARKS)


@dataclass(slots=True)
class OwnHandout:
    """Collects the themes in the paragraphs of a handout."""

    problems: Problems
    themes: list[RawTheme] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Lines of answers that somebody has written under questions."""

    @property
    def has_questions(self) -> bool:
        return any(theme.questions for theme in self.themes)

    def add(self, block: Block, role: str, style: str) -> None:
        """Add a paragraph with this style name and this role."""
        if style.startswith(_LABELS) and not style.startswith(_ROOM):
            return
        text, asked = inline.with_attributes(block.spans, block.line, self.problems)
        text = inline.tidy(text)
        if role == "heading":
            self.themes.append(RawTheme(text, block.line, asked=asked))
            return
        if not self.themes:
            self.themes.append(RawTheme((), block.line))
        questions = self.themes[-1].questions
        if style.startswith("Question"):
            number = block.number
            if tick := _TICK.match(plain(text)):
                text = inline.cut(text, tick.end())
                number = int(tick[1]) if tick[1] else number
            questions.append(RawQuestion(text, block.line, number, asked=asked))
        elif style.startswith("Choice") and questions:
            questions[-1].choices.append(plain(text).lstrip(" \t\u2002☐☑☒").rstrip())
        elif (followup := _FOLLOWUP.match(style)) and questions:
            questions[-1].followups.append(FollowUp(text, int(followup[1])))
        elif not questions and not style.startswith(_ROOM):
            self.themes[-1].intro.append(text)
        elif _LETTERS.search(plain(text)):
            self.answers.append(block.line)

    def report(self) -> None:
        """Report what was left out."""
        if self.answers:
            hint = "give it the style Question or Follow-up 1 if it belongs to the set"
            message = "text that was written under the questions of this handout was left out"
            self.problems.warning(message, self.answers[0], hint)
