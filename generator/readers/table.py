"""Tables with a question in each row: CSV, spreadsheets, tables within pages and lists of data.

The header is the first of the upper rows that names a column of questions, in any language that we
know. Without one, the column whose cells ask is read as the questions, and a message says so. A
table may be transposed (each question has a column), and several may stand one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from generator.diagnostics import Problems
from generator.model import AnswerKind, AnswerSpace, Inline, Span
from generator.readers import columns, table_header
from generator.readers.asks import ASKS, asks, ends
from generator.readers.columns import SHORT, Columns, Sample
from generator.readers.headers import Role, role
from generator.readers.inline import tidy
from generator.readers.raw import RawQuestion, RawTheme, Row
from generator.readers.records import Themes, numeral
from generator.readers.table_header import Part, row_asks
from generator.schema import meant

_NAME = re.compile(r"[^\W\d_]{3}")
"""A word in a row with one cell: "Day 1" is a name, and "Q1" is a number."""
_USUAL = (
    "theme", "question", "number", "followups", "notes", "answer", "choices", "minutes", "tags",
    "intro",
)  # fmt: skip
"""Usual names of columns, for a hint about a misspelling."""


class Found(NamedTuple):
    """The themes of a table, and the rows above it."""

    themes: list[RawTheme]
    above: list[Row]
    named: bool = True
    """True if a header names the questions, and not only the cells show them."""


def themes(rows: Sequence[Row], problems: Problems) -> list[RawTheme] | None:
    """Return the questions of a table within a page, or None if it has none. A title above its
    header belongs to the questions without a theme."""
    doubts = Problems(problems.path)
    found = read(rows, doubts)
    if found is None:
        return None
    title = title_of(found, doubts)
    # A page is read in several ways, each of which comes here.
    problems.found += [doubt for doubt in doubts.found if doubt not in problems.found]
    if title and not found.themes[0].title:
        found.themes[0].title = (Span(title),)
    return found.themes


def title_of(found: Found, problems: Problems) -> str:
    """Return the title above a header. Sentences there introduce the first theme, and anything else
    is reported."""
    title = ""
    for row in found.above:
        texts = list(dict.fromkeys(" ".join(text.split()) for text in row.filled))
        prose = [text for text in texts if _is_prose(text)]
        found.themes[0].intro += [(Span(text),) for text in prose]
        rest = " ".join(text for text in texts if text not in prose)
        if len(texts) == 1 and rest and not title:
            title = rest
        elif rest:
            problems.note(f"'{rest}' is above the table and is left out", row.line)
    return title


def _is_prose(text: str) -> bool:
    """Return True if a text above a table is not its title: a sentence, or the legend of a
    scale."""
    asking = asks(text) >= 0.9 or (asks(text) >= ASKS and len(text.split()) > 5)
    return asking or ends(text) or len(text) > SHORT or bool(re.match(r"\d\s*[=:]", text))


def read(
    rows: Sequence[Row], problems: Problems, lists: frozenset[int] | None = None
) -> Found | None:
    """Return the questions of a table, or None if nothing in it asks or is named a question.

    With `lists`, it is made of data: its first row has the keys, whose order has no meaning, and
    these of its columns have lists in their cells.
    """
    rows = [row for row in rows if row.filled]
    if lists is None and table_header.is_on_its_side(rows):
        cells = zip_longest(*(row.cells for row in rows), fillvalue=())
        rows = [Row(rows[0].line, tuple(column)) for column in cells]
    at = 0 if lists is not None and rows else table_header.header(rows)
    if at is None:
        return _unnamed(rows, problems)
    if lists is None and (blocks := table_header.side_by_side(rows, at)):
        several = [theme for block in blocks for theme in themes(block, problems) or []]
        return Found(several, rows[: max(at - 1, 0)]) if several else None
    found = Themes(problems)
    for part in table_header.parts(rows[at:]):
        _add(part, found, problems, lists)
    return _finished(found, rows[:at])


def _finished(found: Themes, above: list[Row], named: bool = True) -> Found | None:
    """Return what was found, or None if there are no questions. The title above a table is that of
    its first part if the other parts have titles."""
    made = found.finished()
    texts = set(above[-1].filled) if above else set()
    if len(made) > 1 and not made[0].title and len(texts) == 1 and not _is_prose(max(texts)):
        made[0].title = tidy(above[-1].first)
        above = above[:-1]
    return Found(made, above, named) if made else None


def fallback(rows: Sequence[Row], problems: Problems) -> Found | None:
    """Read the only column as the questions, or the second of two. This is the last resort for a
    file in which nothing asks."""
    rows = [row for row in rows if row.filled]
    used = sorted({index for row in rows for index, text in enumerate(row.texts) if text})
    if not 1 <= len(used) <= 2:
        return None
    held = Columns([], Sample(rows), used[-1:])
    held.roles |= dict.fromkeys(used[:-1], Role.THEME)
    found = Themes(problems)
    _add_rows(rows, held, found)
    made = _finished(found, [])
    if made:
        which = "only column" if len(used) == 1 else "second column"
        problems.note(f"no column is named; the {which} is read as the questions", rows[0].line)
    return made


# -- the rows of a table whose columns are named


def _add(part: Part, found: Themes, problems: Problems, lists: frozenset[int] | None) -> None:
    names = list(part.header.texts) if part.header else []
    line = (part.header or part.body[0]).line if part.header or part.body else 1
    sample = Sample(part.body)
    names += [""] * (sample.width - len(names))
    held = columns.questions(names, sample)
    if not held:
        return
    said = _Said(names, line, "column" if lists is None else "key", problems)
    kind = role(names[held[0]])
    if kind is None or (kind is not Role.QUESTION and lists is None):
        name = f"no {said.what} is named 'Question'; "
        said.note(held[:1], "read as the questions", name)
    elif len(held) > 1 and not columns.are_counted([names[column] for column in held]):
        message = f"there are several {said.what}s of questions; '{names[held[0]]}' is read"
        problems.warning(message, line, "delete the others, or make a file of each")
        held = held[:1]
    made = Columns(names, sample, held, lists)
    known = {*made.roles, *(at for at, name in enumerate(names) if name in made.labels)}
    rest = [at for at in range(len(names)) if at not in known and sample.cells(at)]
    said.note(rest, "not read")
    said.note(made.guessed, "read as the themes, as its texts are repeated")
    said.note([at for at in made.noted if names[at]], "read as notes for the facilitator")
    before = len(found.found)
    _add_rows(part.body, made, found)
    if made.labels and names[held[0]] and kind is None:  # "How far do you agree?"
        for theme in list(found.found.values())[before : before + 1]:
            theme.intro.append((Span(names[held[0]]),))


class _Said(NamedTuple):
    """Words of messages about the columns of a table, or the keys of data."""

    names: Sequence[str]
    line: int
    what: str
    problems: Problems

    def note(self, which: Sequence[int], message: str, before: str = "") -> None:
        """Report how columns are read, or that they are not; with a hint if one is only
        misspelt."""
        named = [f"'{self.names[at]}'" if self.names[at] else str(at + 1) for at in which]
        if not named:
            return
        listed = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
        many, verb = ("s", "are") if len(named) > 1 else ("", "is")
        article = "the " if self.names[which[0]] else ""
        unknown = [self.names[at] for at in which if role(self.names[at]) is None and not before]
        message = f"{before}{article}{self.what}{many} {listed} {verb} {message}"
        if close := [word for name in unknown if (word := meant(name, _USUAL, 0.8))]:
            self.problems.warning(message, self.line, f"did you mean {', '.join(close)}?")
        else:
            self.problems.note(message, self.line)


def _add_rows(rows: Sequence[Row], made: Columns, found: Themes) -> None:
    found.typed_numbers = made.typed_numbers
    for index, row in enumerate(rows):
        after = rows[index + 1] if index + 1 < len(rows) else None
        if title := _section(row, after, made):
            found.start(tidy(title), row.line)
            continue
        for question in found.add(made.fields(row), row.line):
            _rate(question, made.labels)


def _section(row: Row, after: Row | None, made: Columns) -> Inline:
    """Return the name that a row gives to the rows below it: its only text, if no column has
    themes. If cells are merged, each of them may have that text."""
    filled, text = row.filled, row.filled[0]
    at = row.texts.index(text)
    held = made.roles.get(at)
    if Role.THEME in made or asks(filled[-1]) >= ASKS:
        return ()
    if len(filled) == 2 and held is Role.NUMBER and after:  # `1` over `1.1`
        over = after.filled[0].startswith(f"{text.rstrip('.')}.")
        return row.cells[row.texts.index(filled[1])] if over else ()
    if len(set(filled)) > 1 or held not in (None, Role.NUMBER, Role.MINUTES, Role.QUESTION):
        return ()
    if held is Role.QUESTION and len(filled) == 1:
        under = after.texts[at : at + 1] if after else []
        asking = made.asking and after is not None and row_asks(after)
        named = made.full or asking or (made.stating and any(map(ends, under)))
        if not named or ends(text) or len(text) > SHORT:
            return ()
    return () if numeral(text) is not None and not _NAME.search(text) else row.first


def _rate(question: RawQuestion, labels: tuple[str, ...]) -> None:
    """Let a question be answered with the headers of columns to tick: a scale if they are
    numbers."""
    if not labels:
        return
    if columns.is_scale(labels):
        scale = AnswerSpace(AnswerKind.SCALE, scale=(int(labels[0]), int(labels[-1])))
        question.asked = question.asked._replace(answer=scale)
    else:
        question.choices += labels


# -- tables whose columns have no name that we know


def _unnamed(rows: list[Row], problems: Problems) -> Found | None:
    """Read a table without a header by the cells that ask."""
    if not rows:
        return None
    first = next((index for index, row in enumerate(rows) if row_asks(row)), None)
    if first is None:
        return None
    if across := _across(rows, first, problems):
        return across
    sample = Sample(rows[first:])
    asking = columns.asking(sample)
    if not asking:
        return None
    above = rows[:first]
    numbered = bool(above) and numeral(above[-1].filled[0]) is not None
    header = above.pop() if above and len(above[-1].filled) > 1 and not numbered else None
    while not header and above and numeral(above[-1].filled[0]) is not None:
        first -= 1
        above.pop()
    found = Themes(problems)
    names = list(header.texts) if header else []
    named = header is not None and all(column < len(names) and names[column] for column in asking)
    if header and len(asking) > 1 and named and not columns.translations(names):
        message = "each column is read as a theme, with the name above it"
        problems.note(message, rows[first].line)
        apart = Problems(problems.path)
        blocks = [
            table_header.cut([header, *rows[first:]], column, column + 1) for column in asking
        ]
        return Found([each for block in blocks for each in themes(block, apart) or []], above)
    _add(Part(header, rows[first:]), found, problems, None)
    return _finished(found, above, named=False)


def _across(rows: list[Row], first: int, problems: Problems) -> Found | None:
    """Read a table in which the cells of one row ask and those below do not: people's answers, as
    forms export them."""
    row = rows[first]
    asking = [cell for cell, text in zip(row.cells, row.texts, strict=True) if asks(text) >= ASKS]
    below = Sample(rows[first + 1 :])
    if len(asking) < 2 or any(below.asks(column) > 0.5 for column in range(below.width)):
        return None
    line = row.line
    theme = RawTheme((), line, [RawQuestion(tidy(cell), line) for cell in asking])
    if below.rows:
        message = (
            "each column is read as a question, as this row asks; the rows below it are taken for "
            "people's answers and are left out"
        )
        problems.warning(
            message, line, "if this is wrong, put a row above it that names the columns"
        )
    return Found([theme], rows[:first], named=False)
