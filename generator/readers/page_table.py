"""A table within a page: its rows are questions where a column is named so, or where one asks."""

from __future__ import annotations

from generator.diagnostics import Problems
from generator.model import Inline, Note, plain
from generator.readers.asks import ASKS, asks
from generator.readers.raw import Block, RawQuestion, RawTheme
from generator.readers.table import COLUMNS

_NAMES = {word: name for name, words in COLUMNS.items() for word in words.split()}


def themes(table: Block, problems: Problems) -> list[RawTheme] | None:
    """The themes of a table's rows, or None where it is no table of questions."""
    rows = [row.cells for row in table.rows]
    header = [_NAMES.get(plain(cell).strip().casefold(), "") for cell in rows[0]]
    if "question" not in header:
        width = max(map(len, rows))
        shares = [_share([row[at] for row in rows[1:] if at < len(row)]) for at in range(width)]
        best = max(range(width), key=lambda at: shares[at])
        if shares[best] < 0.5:
            return None
        name = plain(rows[0][best]) if best < len(rows[0]) else ""
        hint = "name the columns in the first row: theme, question, notes, ..."
        message = f"no column is named 'question'; '{name}' is taken, as its cells ask"
        problems.warning(message, table.line, hint)
        header = [*header, *[""] * (width - len(header))]
        header[best] = "question"
    made: list[RawTheme] = []
    for row, cells in zip(table.rows[1:], rows[1:], strict=True):
        found = {name: cell for name, cell in zip(header, cells, strict=False) if name and cell}
        if not made or ("theme" in found and found["theme"] != made[-1].title):
            made.append(RawTheme(found.get("theme", ()), row.line))
        if "question" in found:
            number = plain(found.get("number", ()))
            question = RawQuestion(found["question"], row.line)
            question.number = int(number) if number.isdecimal() else None
            question.notes = [Note(found["notes"])] if "notes" in found else []
            made[-1].questions.append(question)
    return made


def _share(cells: list[Inline]) -> float:
    return sum(asks(plain(cell)) >= ASKS for cell in cells) / len(cells) if cells else 0.0
