"""The roles of a table's columns, by their names in any language, or else by their cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from generator.model import Inline, Span
from generator.readers.asks import ASKS, asks, ends
from generator.readers.attributes import rated
from generator.readers.headers import Role, index_of, is_language, is_rating, role, simple
from generator.readers.marks import Marks
from generator.readers.raw import Mark, Row
from generator.readers.records import Fields, is_dotted, is_placeholder, numeral

SAMPLE = 200
"""Number of rows by which a column is judged."""
SHORT = 60
"""Maximum characters of the name of a theme."""
_TRUTH = frozenset(("true", "false"))
"""Values that answer something about a question, and so do not name a theme."""
_SENTENCE = 25
"""Average characters from which the cells of an unknown column are worth a note."""


class Sample:
    """The first rows of a table's body, column by column, as plain text."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = [row.texts for row in rows[:SAMPLE]]
        self.width = max(map(len, self.rows), default=0)

    def cells(self, column: int) -> list[str]:
        """Return the cells of a column that are not empty."""
        return [row[column] for row in self.rows if column < len(row) and row[column]]

    def asks(self, column: int) -> float:
        """Return how much the cells of a column ask, on average."""
        return fmean(map(asks, self.cells(column))) if self.cells(column) else 0.0

    def is_numerals(self, column: int) -> bool:
        cells = self.cells(column)
        numbers = sum(numeral(cell) is not None or is_dotted(cell) for cell in cells)
        return bool(cells) and numbers > len(cells) / 2

    def is_blank(self, column: int, name: str) -> bool:
        """Return True if a column has nothing but a tick or room to write or to tick."""
        return all(is_placeholder(cell) or cell in (name, "x", "X") for cell in self.cells(column))

    def is_long(self, column: int) -> bool:
        """Return True if the cells are sentences: long, and of several words in scripts with
        spaces."""
        cells = self.cells(column)
        worded = sum(" " in cell or not cell.isascii() for cell in cells) > len(cells) / 2
        return worded and fmean(map(len, cells)) > _SENTENCE

    def is_grouping(self, column: int, known: bool = False) -> bool:
        """Return True if the values are few and adjacent, as the names of themes are, or if only
        the first row of each group has one, as in merged cells. If the name of the column says so
        (`known`), weaker evidence is enough."""
        cells = self.cells(column)
        if (len(self.rows) < 4 and not known) or not cells or max(map(len, cells)) > SHORT:
            return False
        if {cell.lower() for cell in cells} <= _TRUTH:
            return False
        runs = 1 + sum(a != b for a, b in pairwise(cells))
        merged = 2 * len(cells) <= len(self.rows) and self.rows[0][column : column + 1] > [""]
        together = runs == len(set(cells)) > 1 and (
            2 * runs <= len(cells) or merged or (known and runs < len(cells))
        )
        return together and not self.is_numerals(column) and self.asks(column) < 0.3

    def comes_again(self, column: int) -> bool:
        """Return True if the values are short and some of them repeat, in any order."""
        cells = self.cells(column)
        short = max(map(len, cells), default=0) <= SHORT and self.asks(column) < 0.3
        return short and not self.is_numerals(column) and len(set(cells)) < len(self.rows)


def questions(names: Sequence[str], sample: Sample) -> list[int]:
    """Return the columns of questions. If they are numbered (`Question 1`, `Question 2`), all are
    read; otherwise only the first is, and the caller has to report the others."""
    held = {column: role(name) for column, name in enumerate(names)}
    strong = [column for column, kind in held.items() if kind is Role.QUESTION]
    filled = [column for column in strong if sample.cells(column)]
    strong = [column for column in filled if not sample.is_numerals(column)] or filled
    if strong:
        return strong

    def evidence(column: int) -> tuple[float, bool]:
        # Where a form has both, its "name" is for programs.
        title = column < len(names) and simple(names[column]) in ("title", "label")
        return sample.asks(column) + 0.3 * (held.get(column) is Role.TEXT), title

    possible = [
        column
        for column in range(max(sample.width, len(names)))
        if held.get(column) not in (Role.NUMBER, Role.MINUTES, Role.TAGS, Role.OTHER)
        and sample.cells(column)
        and not sample.is_numerals(column)
    ]
    best = max(possible, key=evidence, default=None)
    if best is not None and evidence(best)[0] >= 0.3:
        return [best]
    answers = ratings(names, sample) or graded(names, sample)
    return [each for each in possible if answers and each < answers[0]][:1]


class Columns:
    """The roles of a table's columns, once the columns of questions are known.

    `lists` are columns whose cells are lists by their form. If it is given, the columns are keys of
    data, and their order has no meaning.
    """

    def __init__(
        self,
        names: Sequence[str],
        sample: Sample,
        question: Sequence[int],
        lists: frozenset[int] | None = None,
    ) -> None:
        self.names, self.sample = names, sample
        self.roles = dict.fromkeys(question, Role.QUESTION)
        self.noted: list[int] = []
        """Unknown columns that are read as notes; each note begins with the name of its column."""
        self.guessed: list[int] = []
        """Columns that are read as the themes by their cells alone."""
        answers = ratings(names, sample, question[0])
        self.labels = tuple(names[column] for column in answers)
        """Answers that are the headers of columns to tick."""
        options = set(_options(names))
        for column, name in enumerate(names):
            if column in self.roles or column in answers:
                continue
            held = Role.OPTION if column in options else role(name)
            listed = lists is not None and column in lists and not sample.is_long(column)
            if listed and held in (Role.ANSWER, None):
                held = Role.CHOICES
            before = lists is not None or column < question[0]
            if found := self._by_content(held, column, before):
                self.roles[column] = found
        cells = sample.cells(question[0])
        marks = [typed.mark for cell in cells if (typed := Marks().read(cell))]
        counted = sum(mark in (Mark.NUMBER, Mark.DOTTED) for mark in marks)
        self.typed_numbers = len(cells) > 1 and counted > len(cells) * 0.6
        """True if numerals at the start of the questions are their numbers."""
        self.full = sum(sum(map(bool, row)) > 1 for row in sample.rows) > len(sample.rows) / 2
        """True if most rows have more than one cell, so that a row with one is a section
        heading."""
        self.asking = sample.asks(question[0]) > 0.5
        """True if most questions ask, so that a short one that does not is a section heading."""
        self.stating = sum(map(ends, cells)) > len(cells) / 2
        """True if most are sentences, so that a few words without an end are a section heading."""

    def __contains__(self, role: Role) -> bool:
        return role in self.roles.values()

    def fields(self, row: Row) -> Fields:
        """Group the texts of a row by their roles."""
        made: dict[Role, list[Inline]] = {}
        for column, held in self.roles.items():
            if column < len(row.texts) and row.texts[column]:
                text = row.cells[column]
                if column in self.noted and self.names[column]:
                    text = (Span(f"{self.names[column]}: "), *text)
                made.setdefault(held, []).append(text)
        return made

    def _by_content(self, held: Role | None, column: int, before: bool) -> Role | None:
        """Confirm or guess the role of a column by its cells. `before` is True if it may stand to
        the left of the questions, where their numbers and themes do."""
        name, sample = self.names[column], self.sample
        if held is Role.NUMBER or (held in (None, Role.QUESTION) and before and not name):
            if sample.is_numerals(column) and (before or not is_rating(name)):
                return Role.NUMBER
            held = None if held is Role.NUMBER else held
        if held is Role.THEME and Role.THEME in self and not sample.is_grouping(column, True):
            held = None
        if held is Role.TEXT and sample.is_long(column):
            held = Role.NOTES
        cells = sample.cells(column)
        digits = any(map(str.isdigit, "".join(cells)))
        worded = len(simple(name).split()) > 1 or len(set(cells)) < len(cells)
        if held is Role.MINUTES and not digits and worded:
            held = None  # `minRateDescription`, or "Time" over "Morning" again and again
        if held is Role.CHOICES and all(map(_is_no_choice, cells)):
            held = None
        paired = not name and sample.width == 2 and sample.comes_again(column)
        several = list(self.roles.values()).count(Role.QUESTION) > 1
        grouping = paired or several or sample.is_grouping(column)
        if held in (None, Role.TEXT) and before and grouping and sample.cells(column):
            if Role.THEME in self:
                return None
            self.guessed += [] if several else [column]
            return Role.THEME
        if held in (None, Role.OTHER) and column in graded(self.names, sample):
            return Role.ANSWER
        if held is None and sample.is_long(column):
            self.noted += [column]
            return Role.NOTES
        return None if held in (Role.OTHER, Role.TEXT, Role.QUESTION) else held


def _is_no_choice(cell: str) -> bool:
    """Return True for what is said about a choice: that it is right, or its emoji."""
    return cell.lower() in _TRUTH or is_placeholder(cell)


def _options(names: Sequence[str]) -> list[int]:
    """Return the columns that have one choice each: A, B, C; Option 1, Option 2."""
    found: list[int] = []
    for column, name in enumerate(names):
        if index_of(name) == (len(found) + 1 if found else 1):
            found.append(column)
    return found if len(found) > 1 else []


def ratings(names: Sequence[str], sample: Sample, question: int = -1) -> list[int]:
    """Return the columns to tick, to the right of what is rated: `1 2 3 4 5`, `Never ...
    Always`."""
    found = [
        column
        for column, name in enumerate(names)
        if column > question and name and sample.is_blank(column, name)
        and (is_rating(name) or role(name) in (None, Role.NUMBER, Role.OTHER))
    ]  # fmt: skip
    texts = [names[column] for column in found]
    shaped = len(found) > 1 and not names[0] and found == list(range(1, len(names)))
    # A header with nothing over the first column, and nothing in the others, is one to tick.
    # A scale may have a column beside it: "I did not attend".
    known = shaped or is_scale(texts) or is_scale(texts[:-1]) or sum(map(is_rating, texts)) > 1
    return found if known else []


def graded(names: Sequence[str], sample: Sample) -> list[int]:
    """Return the columns in which each cell has a scale to mark: `1-5`, `☐ 1 ☐ 2 ☐ 3`."""
    return [
        column
        for column, name in enumerate(names)
        if name and not rated(name) and len(cells := sample.cells(column)) > 1
        and all(map(rated, cells))
    ]  # fmt: skip


def are_counted(names: Sequence[str]) -> bool:
    """Return True if names differ only in the number at their end."""
    return len({name.rstrip("0123456789") for name in names}) == 1 == len(names) / len(set(names))


def is_scale(labels: Sequence[str]) -> bool:
    """Return True if labels count up from 0 or 1."""
    numbers = [int(label) for label in labels if label.isascii() and label.isdigit()]
    start = numbers[0] if numbers else 2
    return (
        len(numbers) == len(labels) > 1
        and start < 2
        and numbers == list(range(start, start + len(numbers)))
    )


def translations(names: Sequence[str]) -> list[int]:
    """Return the columns that are named after languages."""
    found = [column for column, name in enumerate(names) if name and is_language(name)]
    return found if len(found) > 1 else []


def asking(sample: Sample) -> list[int]:
    """Return the columns whose cells ask."""
    return [column for column in range(sample.width) if sample.asks(column) >= ASKS - 0.2]
