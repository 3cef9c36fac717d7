"""From the fields of a row or a record of data to a question and its theme."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Problems
from generator.model import FollowUp, Inline, Note, Span, plain
from generator.readers import lines as pages
from generator.readers.asks import ASKS, asks
from generator.readers.attributes import MAX_MINUTES, SPACES, from_setting, rated, tags_in
from generator.readers.headers import Role, is_rating
from generator.readers.inline import cut, split, tidy
from generator.readers.marks import Marks
from generator.readers.raw import CHOICE, Block, Kind, Mark, RawQuestion, RawTheme

Fields = Mapping[Role, list[Inline]]
"""The texts of one record by their roles; several if several columns have the same role."""

_NUMBER = re.compile(r"[^\d]{0,12}(\d{1,9})[^\d]{0,3}")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,4}\.?")
_MINUTES = re.compile(r"(\d{1,3})(?:\.0)?\s*(?:[^\W\d]+\.?|[′'])?")
_SPACE = re.compile(rf"\{{?\s*(?:{'|'.join(SPACES)})\s*=.*|none", re.DOTALL)
_PARTS = (r"\s*\n\s*", r"\s*\|\s*", r"\s*[;；]\s*", r"\s+/\s+", r"\s*/\s*", r"\s*[,，、]\s*")
"""Delimiters of choices in one cell, in the order in which they are tried."""
_SENTENCES = re.compile(r"(?<=[?？؟])\s+")
_LETTER = re.compile(r"\(?[^\W\d_][.)]\s+")
"""A letter before an item of a list; here it need not follow another."""


def lines(text: Inline) -> list[Inline]:
    """Split a text at its line breaks, without empty lines."""
    return [line for line in split(text) if plain(line).strip()]


def numeral(text: str) -> int | None:
    """Return the number in `7`, `7.`, `Q7`, `No. 7` or a circled 7; None for `1.1` and for
    words."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    return int(found[1]) if found else None


def is_dotted(text: str) -> bool:
    """Return True for the number of a part: `1.2`."""
    return bool(_DOTTED.fullmatch(text))


def is_space(text: str) -> bool:
    """Return True if a text describes answer space in the words of our attributes."""
    return bool(_SPACE.fullmatch(text))


def is_placeholder(text: str) -> bool:
    """Return True if a cell is only a place to write: dots, rules, boxes, "Your answer here"."""
    return not re.search(r"[^\W_]", text) or pages.is_placeholder(text.strip())


@dataclass(slots=True)
class Themes:
    """Collects the themes of records. Records with the title of an earlier theme join it."""

    problems: Problems
    typed_numbers: bool = False
    """True if numerals at the start of the questions are their numbers."""
    found: dict[str, RawTheme] = field(default_factory=dict)
    _current: RawTheme | None = None
    _odd: set[Role] = field(default_factory=set)

    def start(self, title: Inline, line: int) -> RawTheme:
        """Continue the theme of this title, or begin it."""
        self._current = self.found.setdefault(plain(title), RawTheme(title, line))
        return self._current

    def finished(self) -> list[RawTheme]:
        """Return all themes that have questions, and report titles without any."""
        for theme in self.found.values():
            if not theme.questions and theme.title:
                message = f"'{theme.name}' has no questions and is left out"
                self.problems.note(message, theme.line)
        return [theme for theme in self.found.values() if theme.questions]

    def add(self, fields: Fields, line: int) -> list[RawQuestion]:
        """Add the questions of a record and return them. A record without a question adds to the
        one before."""
        if levels := [tidy(part) for part in fields.get(Role.THEME, ())]:
            self.start(joined(levels, ": "), line)
        theme = self._current or self.start((), line)
        theme.intro += [part for text in fields.get(Role.INTRO, ()) for part in lines(text)]
        asked = fields.get(Role.QUESTION, ())
        texts = [text for text in asked if not is_placeholder(plain(text))]
        if asked and not texts:  # "-" in the row of a break
            return []
        new = [self._question(text, line) for text in texts]
        if _goes_on(theme, new, fields):
            new = []
        theme.questions += new
        if theme.questions:
            self._fill(theme.questions[-1], fields, line, bool(new))
        elif set(fields) - {Role.THEME, Role.INTRO, Role.NUMBER}:
            hint = "put it into the row of a question"
            self.problems.warning("no question precedes this, so it is left out", line, hint)
        return new

    def _question(self, text: Inline, line: int) -> RawQuestion:
        """Make a question of a text, whose follow-ups or choices may have lines of their own with
        marks."""
        marks, parts = Marks(), lines(text)
        marked = (at for at, part in enumerate(parts) if at and marks.read(plain(part).strip()))
        end = next(marked, len(parts))
        question = RawQuestion(joined(map(tidy, parts[:end]), " "), line)
        typed = Marks().read(plain(question.text)) if self.typed_numbers else None
        if typed and typed.mark in (Mark.NUMBER, Mark.DOTTED):
            question.text = cut(question.text, typed.end)
            question.number = typed.number
        question.below = _items(parts[end:])
        question.settle()
        return question

    def _fill(self, question: RawQuestion, fields: Fields, line: int, new: bool) -> None:
        def texts(role: Role) -> list[Inline]:
            return fields.get(role, [])

        for text in texts(Role.NUMBER) if new else ():
            question.number = numeral(plain(text))
            if question.number is None and not is_dotted(plain(text).strip()):
                self._say_odd(Role.NUMBER, text, line, "is no number; the question is counted")
        question.followups += [each for text in texts(Role.FOLLOWUPS) for each in followups(text)]
        for text in texts(Role.CHOICES):
            if not self._kind(question, text):
                question.choices += choices(text)
        question.choices += [_item(tidy(text)).text for text in texts(Role.OPTION)]
        question.notes += [note for text in texts(Role.NOTES) for note in notes(text)]
        if wrong := texts(Role.WRONG):
            several = len(wrong) > 1
            every = [*([] if several else choices(wrong[0])), *map(plain, wrong[not several :])]
            right = [plain(text) for text in texts(Role.ANSWER)]
            question.choices = sorted({*question.choices, *map(str.strip, [*every, *right])})
        question.choices = list(dict.fromkeys(question.choices))
        for text in texts(Role.ANSWER):
            self._answer(question, text, line)
        for text in texts(Role.KIND):
            self._kind(question, text)
        if tags := tags_in(" ".join(map(plain, texts(Role.TAGS)))):
            question.asked = question.asked._replace(tags=tags)
        for text in texts(Role.MINUTES) if new else ():
            self._minutes(question, text, line)

    def _minutes(self, question: RawQuestion, text: Inline, line: int) -> None:
        found = _MINUTES.fullmatch(plain(text).strip())
        if found and 1 <= int(found[1]) <= MAX_MINUTES:
            question.asked = question.asked._replace(minutes=int(found[1]))
        else:
            self._say_odd(Role.MINUTES, text, line, "is no number of minutes and is left out")

    def _answer(self, question: RawQuestion, text: Inline, line: int) -> None:
        """Read the field for answers: answer space, choices, or an answer for the facilitator
        alone."""
        written = plain(text).strip()
        if is_space(written):
            doubts = Problems(self.problems.path)
            answer = from_setting(written, line, doubts)
            question.asked = question.asked._replace(answer=answer)
            for doubt in doubts.found:
                self.problems.warning(f"{doubt.message}; it is left out", line, doubt.hint)
        elif not is_placeholder(written) and not self._kind(question, text):
            index = ord(written.upper()) - ord("A") if len(written) == 1 else -1
            if 0 <= index < len(question.choices):
                text = (Span(question.choices[index]),)
            question.notes += notes(text)

    def _kind(self, question: RawQuestion, text: Inline) -> bool:
        """Apply the way to answer if it is a scale or choices: `1-5`, `Yes / No`. Returns True if
        it is."""
        written = plain(text).strip()
        if scale := rated(written):
            question.asked = question.asked._replace(answer=scale)
            return True
        parts = choices(text) if len(written) < 3 * CHOICE else []
        if sum(map(is_rating, parts)) > max(1, len(parts) / 2) and not question.choices:
            question.choices = parts
            return True
        return False

    def _say_odd(self, role: Role, text: Inline, line: int, what: str) -> None:
        """Report this once for each column: if one cell is odd, often all are."""
        if role not in self._odd:
            self._odd.add(role)
            hint = "write whole numbers, or leave the cells empty"
            self.problems.warning(f"'{plain(text).strip()}' {what}", line, hint)


def _goes_on(theme: RawTheme, new: list[RawQuestion], fields: Fields) -> bool:
    """Return True if a row repeats the question of the row before, and adds one choice to it."""
    adds = [len(choices(text)) for text in fields.get(Role.CHOICES, ())] == [1]
    return adds and [each.plain for each in new] == [each.plain for each in theme.questions[-1:]]


def joined(parts: Iterable[Inline], between: str) -> Inline:
    """Join texts."""
    made: list[Span] = []
    for part in parts:
        made += [Span(between), *part] if made and part else part
    if len(made) > 1 and not any(s.emphasis or s.strong or s.code or s.href for s in made):
        made = [Span(plain(tuple(made)))]
    return tuple(span for span in made if span.text)


def _item(line: Inline) -> Block:
    """Return a line without its mark as an item, or as a paragraph if it has none."""
    text = plain(line)
    bare = text.lstrip()
    typed, letter = Marks().read(bare), _LETTER.match(bare)
    end = typed.end if typed else letter.end() if letter else 0
    made = Block(Kind.ITEM if end else Kind.PARAGRAPH, cut(line, len(text) - len(bare) + end))
    made.indent = len(text) - len(bare)
    if typed:
        made.mark, made.number = typed.mark, typed.number
    return made


def _items(parts: Iterable[Inline]) -> list[tuple[int, Block]]:
    """Return lines with their depths: one with a deeper indent is a part of the one above."""
    made: list[tuple[int, Block]] = []
    indents: list[float] = []
    for block in map(_item, parts):
        while indents and indents[-1] >= block.indent:
            indents.pop()
        indents.append(block.indent)
        made.append((len(indents), block))
    return made


def followups(text: Inline) -> list[FollowUp]:
    """Return the follow-ups in a text: one for each line, or several that ask on one line."""
    texts = _SENTENCES.split(plain(text).strip())
    if len(texts) > 1 and "\n" not in plain(text) and all(asks(each) >= ASKS for each in texts):
        return [FollowUp((Span(each),)) for each in texts]
    return [FollowUp(block.spans, depth) for depth, block in _items(lines(text))]


def notes(text: Inline) -> list[Note]:
    """Return notes: one for each line; lines with a mark are items of a list."""
    blocks = [block for block in map(_item, lines(text)) if not is_placeholder(block.text)]
    return [Note(each.spans, int(each.kind is Kind.ITEM), each.number) for each in blocks]


def choices(text: Inline) -> list[str]:
    """Split the choices in one cell."""
    written = plain(text).strip()
    parts = next((p for each in _PARTS if len(p := re.split(each, written)) > 1), [written])
    return [_item((Span(part),)).text for part in parts if part.strip()]
