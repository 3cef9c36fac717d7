"""CSV and TSV: rows of text between commas, semicolons, tabs or pipes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any

from generator.diagnostics import Problems
from generator.model import Inline, Span
from generator.readers import headers, table
from generator.readers.front_matter import FrontMatter
from generator.readers.raw import Row, Source
from generator.readers.table_header import HEADER_WITHIN, names_questions

LONGEST = 1 << 24
"""Maximum characters of a cell."""
MAX_COLUMNS = 100
"""Maximum columns. A sheet may claim to have 16,384 columns and a million rows, and hold four
cells."""
_MARKS = ",;\t|"
_NONE = "\x1f"
"""The delimiter of a table with one column: a character that no text contains."""
_SNIFFED = 50
"""Number of rows by which the delimiter is found."""
_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*\n", re.IGNORECASE)
"""The line `sep=;` that Excel reads and writes."""
_BREAK = re.compile(r"<br\s*/?>|\u2028|\v", re.IGNORECASE)


def read(text: str, problems: Problems) -> Source:
    """Read a table. Its cells are plain text, except for `<br>`, which is a line break."""
    rows = rows_of(text, problems)
    found = table.read(rows, problems) or table.fallback(rows, problems)
    if found is None:
        if rows:
            refuse(rows[0].line, problems)
        return Source(FrontMatter(), themes=[])
    return Source(FrontMatter(), themes=found.themes, title=table.title_of(found, problems))


def rows_of(text: str, problems: Problems) -> list[Row]:
    """Return all rows that are not empty."""
    records = _records(text, problems)
    if any(map(str.strip, chain.from_iterable(cells[MAX_COLUMNS:] for _, cells in records))):
        problems.note(f"columns after the first {MAX_COLUMNS} are not read", None)
    return [
        Row(line, tuple(map(cell, cells[:MAX_COLUMNS])))
        for line, cells in records
        if any(part.strip() for part in cells)
    ]


def cell(text: str) -> Inline:
    """Return the text of a cell without reading any mark-up."""
    if "<" in text or not text.isprintable():
        text = _BREAK.sub("\n", text)
    return (Span(text),) if text else ()


def refuse(line: int | None, problems: Problems) -> None:
    """Report that a table has no questions."""
    hint = "name the columns in the first row: Theme, Question, Follow-up, Notes, ..."
    problems.error("no column is named 'Question', and none asks", line, hint)


def _records(text: str, problems: Problems) -> list[tuple[int, list[str]]]:
    """Return the cells of each row, and the line on which it begins."""
    csv.field_size_limit(LONGEST)
    first = 1
    if told := _SEPARATOR.match(text):
        text, first = text[told.end() :], 2
    mark = told[1] if told else _mark(text)
    made: list[tuple[int, list[str]]] = []
    end = text.rstrip("\n").count("\n") + 1
    reader = _reader(text, mark)
    at = 0
    try:
        for cells in reader:
            if reader.line_num - at > 1 and reader.line_num >= end:
                rest = text.split("\n")[at:]
                if "\n".join(rest).count('"') % 2:
                    message = "this quotation mark is never closed; it is read as text"
                    problems.warning(message, first + at, 'close it, or write it as ""')
                    made += [
                        (first + at + k, [text.strip().strip('"') for text in line.split(mark)])
                        for k, line in enumerate(rest)
                    ]
                    break
            made.append((first + at, cells))
            at = reader.line_num
    except csv.Error as problem:
        hint = "save it again as CSV, with quotes"
        problems.error(f"the table is broken: {problem}", first + at, hint)
    return _rejoined(made, mark, problems)


def _reader(text: str, mark: str) -> Any:
    spaced = f'{mark} "' in text
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=spaced)


def _mark(text: str) -> str:
    """Return the delimiter that divides most rows into the same number of cells, and into the most;
    _NONE if there is one column. A comma before a space only divides the names of columns."""
    best, most = _NONE, 1
    for mark in _MARKS:
        rows = [cells for cells in islice(_safely(_reader(text, mark)), _SNIFFED) if any(cells)]
        if not rows:
            break
        if any(len(cells) > 1 and names_questions(cells) for cells in rows[:HEADER_WITHIN]):
            return mark
        width, times = Counter(map(len, rows)).most_common(1)[0]
        prose = all(cell.startswith(" ") for cells in rows for cell in cells[1:])
        known = any(headers.role(cell) for cells in rows[:HEADER_WITHIN] for cell in cells)
        if width > most and 2 * times >= len(rows) and (known or not prose):
            best, most = mark, width
    return best


def _safely(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    with suppress(csv.Error):
        yield from reader


def _rejoined(
    records: list[tuple[int, list[str]]], mark: str, problems: Problems
) -> list[tuple[int, list[str]]]:
    """Rejoin rows that have too many cells because a text contains commas and has no quotes. A
    comma before a space, as in a sentence, does not divide."""
    widths = Counter(len(cells) for _, cells in records if any(cells))
    width = widths.most_common(1)[0][0] if widths else 0
    if width < 2:
        return records
    for line, cells in records:
        while len(cells) > width and any(cells[width:]):
            at = next((k for k in range(1, len(cells)) if cells[k].startswith(" ")), width)
            cells[at - 1 : at + 1] = [mark.join(cells[at - 1 : at + 1])]
            if len(cells) == width:
                message = f"this row has one cell too many; it is read as '{cells[at - 1].strip()}'"
                problems.warning(message, line, "put texts with commas in quotation marks")
    return records
