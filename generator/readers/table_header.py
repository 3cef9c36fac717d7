"""Finds the header of a table, and tables that stand beside or below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.readers import columns
from generator.readers.asks import ASKS, asks, ends
from generator.readers.columns import Sample
from generator.readers.headers import Role, role, simple
from generator.readers.raw import Row

HEADER_WITHIN = 12
"""Number of rows in which a header is searched, below titles and instructions."""
_WORD = 25
"""Maximum characters of the names in a header between other rows."""


class Part(NamedTuple):
    """A header, if there is one, and the rows below it."""

    header: Row | None
    body: list[Row]


def header(rows: Sequence[Row]) -> int | None:
    """Return the first row that names a column of questions, or has answers over columns to tick.
    It is not below a row of questions, as forms export them over people's answers."""
    questions = (at for at, row in enumerate(rows) if sum(asks(t) >= 0.9 for t in row.texts) > 1)
    upper = rows[: min(HEADER_WITHIN, next(questions, HEADER_WITHIN))]
    for index, row in enumerate(upper):
        names, below = row.texts, Sample(rows[index + 1 :])
        if names_questions(names, rows):
            return index
        if below.rows and (columns.ratings(names, below) or columns.graded(names, below)):
            return index
    for index, row in enumerate(upper):
        known = [role(name) for name in row.texts]
        several = sum(each is not None for each in known) > 1
        alone = index == 0 and _is_alone(rows) and _is_word(row.texts[0])
        if Role.TEXT in known and (several or alone) and not row_asks(row):
            return index
    return None


def names_questions(names: Sequence[str], rows: Sequence[Row] = ()) -> bool:
    """Return True if a column of questions is named. In a row with a single cell the name has to be
    the whole text, and in a wide table it is a title."""
    filled = [name for name in names if name]
    if any(asks(name) >= 0.9 and not _is_word(name) for name in filled):
        return False
    if any(ends(name) and len(name.split()) > 3 for name in filled):
        return False  # "The teacher answered my questions."
    if len(set(filled)) > 1:
        return any(role(name) is Role.QUESTION for name in filled)
    alone = len(filled) == 1 and _is_alone(rows)
    return alone and role(filled[0]) is Role.QUESTION and _is_word(filled[0])


def _is_alone(rows: Sequence[Row]) -> bool:
    """Return True if a table has one column."""
    return len(rows) > 1 and all(len(row.filled) == 1 for row in rows[: columns.SAMPLE])


def _is_word(name: str) -> bool:
    return len(simple(name).split()) == 1


def is_on_its_side(rows: Sequence[Row]) -> bool:
    """Return True if a table is transposed: names in the first column, and each question in a
    column."""
    for row in rows[:HEADER_WITHIN]:
        first, *others = row.texts
        asking = [other for other in others if asks(other) >= ASKS]
        if role(first) is Role.QUESTION and asks(first) < 0.9 and len(asking) > 1:
            return True
    return False


def side_by_side(rows: Sequence[Row], at: int) -> list[list[Row]]:
    """Return tables that stand side by side, where the names of the columns repeat. The row above
    has their titles."""
    names = rows[at].texts
    held = [column for column, name in enumerate(names) if role(name) is Role.QUESTION]
    width = held[1] - held[0] if len(held) > 1 else 0
    if width < 2 or any(a != b for a, b in zip(names, names[width:], strict=False)):
        return []
    return [
        cut(rows[max(at - 1, 0) :], start, start + width) for start in range(0, len(names), width)
    ]


def cut(rows: Sequence[Row], start: int, end: int) -> list[Row]:
    """Return some of the columns of a table."""
    return [Row(row.line, row.cells[start:end]) for row in rows]


def parts(rows: list[Row]) -> Iterator[Part]:
    """Yield tables that stand one below the other, each from its header on. A repeated header, as
    on each page, begins no new part."""
    header, body = rows[0], list[Row]()
    for row in rows[1:]:
        if row.texts == header.texts:
            continue
        short = max(map(len, row.texts)) <= _WORD
        words = ["" if any(map(str.isdigit, name)) else name for name in row.texts]  # not `q1`
        if short and len(row.filled) > 1 and names_questions(words):
            yield Part(header, body)
            header, body = row, []
        else:
            body.append(row)
    yield Part(header, body)


def row_asks(row: Row) -> bool:
    """Return True if a cell of a row asks."""
    return any(text and asks(text) >= ASKS for text in row.texts)
