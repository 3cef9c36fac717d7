"""Tables: a row a question. CSV here; `sheet.py` brings the rows of a spreadsheet.

The first row names the columns, in any of our languages. Without such a row, one column is
questions, two are theme and question. A theme goes on until another is named; rows of a theme that
comes again join it. A row without a question adds follow-ups, notes and intro to what stands above.
Texts are Markdown, as those of questions are elsewhere.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.readers import Reading, attributes, blocks, inline
from generator.readers.blocks import Block
from generator.readers.front_matter import FrontMatter
from generator.readers.grouped import assemble
from generator.readers.problems import Problems, cleaned

LONGEST = 1 << 24
"""Characters of a cell."""

COLUMNS = {
    "theme": "theme themes topic section thema thème tema",
    "question": "question questions frage fragen pregunta preguntas pergunta perguntas",
    "number": "number no no. nr nr. # nummer numéro n° número nº num",
    "followups": "follow-up follow-ups followup followups nachfrage nachfragen relance relances"
    " repregunta repreguntas seguimiento acompanhamento",
    "notes": "notes note notizen hinweise remarques notas",
    "answer": "answer answers antwort antworten réponse réponses respuesta respuestas resposta",
    "minutes": "minutes min min. minuten minutos",
    "tags": "tags tag schlagwörter stichwörter étiquettes mots-clés etiquetas",
    "intro": "intro introduction einleitung einführung introducción introdução",
}
"""What a column is, and the words for it in English, German, French, Spanish and Portuguese."""

_NAMES = {word: name for name, words in COLUMNS.items() for word in words.split()}


class Row(NamedTuple):
    line: int
    cells: Sequence[str]


def read(text: str, path: Path) -> Reading:
    """Read a CSV: commas, semicolons or tabs. Raises SourceError with every problem found."""
    problems = Problems(path)
    return from_rows(list(_rows(cleaned(text, problems), problems)), problems, path)


def _rows(text: str, problems: Problems) -> Iterable[Row]:
    csv.field_size_limit(LONGEST)
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as problem:
        problems.error(f"the table is broken: {problem}", line, "save it again as CSV, with quotes")


def from_rows(rows: Sequence[Row], problems: Problems, path: Path) -> Reading:
    """Raises SourceError with every problem found."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    names, body = _columns(filled, problems)
    return assemble(_found(names, body, problems), FrontMatter(), problems, path)


def in_markdown(table: Block, problems: Problems) -> list[Block]:
    """The questions of a table (GitHub Flavored Markdown, 4.10), whose columns must have names.
    Its cells are Markdown."""
    rows = [Row(row.line, [cell.html for cell in row.children]) for row in table.children]
    if not rows or "question" not in _named(rows[0]):
        hint = "name a column `question` if its rows are questions"
        problems.warning("a table was left out", table.line, hint)
        return []
    return _found(*_columns(rows, problems), problems)


def _found(names: list[str], rows: Sequence[Row], problems: Problems) -> list[Block]:
    table = _Table(problems)
    for row in rows:
        cells = {name: cell.strip() for name, cell in zip(names, row.cells, strict=False)}
        table.add(cells, row.line)
    return table.found()


def _named(row: Row) -> list[str]:
    words = [cell.strip().casefold() for cell in row.cells]
    return [_NAMES.get(re.sub(r"\s+", "-", word), "") for word in words]


def _columns(rows: Sequence[Row], problems: Problems) -> tuple[list[str], Sequence[Row]]:
    """The name of each column, empty for one that is not read; and the rows below the names."""
    if not rows:
        return [], rows
    names = _named(rows[0])
    if "question" not in names:
        default = _default(rows)
        if not default:
            hint = "name the columns in the first row: theme, question, follow-up, notes, ..."
            problems.error("no column is named 'question'", rows[0].line, hint)
        return default, rows if default else []
    for word, name in zip(rows[0].cells, names, strict=True):
        if word.strip() and not name:
            problems.note(f"the column '{word.strip()}' is not read", rows[0].line)
    return names, rows[1:]


def _default(rows: Sequence[Row]) -> list[str]:
    """Of a table without names: one column, or two."""
    widest = max(
        max((index for index, cell in enumerate(row.cells, 1) if cell.strip()), default=0)
        for row in rows
    )
    return {1: ["question"], 2: ["theme", "question"]}.get(widest, [])


class _Table:
    """The blocks of the rows so far."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self._themes: dict[str, list[Block]] = {}
        """Title to its heading, paragraphs and list."""
        self._current = ""

    def found(self) -> list[Block]:
        return [block for theme in self._themes.values() for block in theme]

    def add(self, cells: Mapping[str, str], line: int) -> None:
        self._current = cells.get("theme") or self._current
        theme = self._theme(self._current, line)
        if intro := cells.get("intro"):
            theme[-1:-1] = blocks.parse(intro, self.problems, line)
        items = theme[-1].children
        if question := cells.get("question"):
            items.append(Block("item", line, number=self._number(cells.get("number", ""), line)))
            asked = attributes.of_fields(
                cells.get("answer", ""), cells.get("tags", ""), cells.get("minutes", ""), line,
                self.problems,
            )  # fmt: skip
            items[-1].children.append(
                Block("paragraph", line, inline.parse(question, line, self.problems), asked=asked)
            )
        below = {name: cells.get(name, "") for name in ("followups", "notes")}
        if any(below.values()) and not items:
            hint = "put it into the row of a question"
            self.problems.error("there is no question to this row", line, hint)
        elif below["followups"]:
            items[-1].children.append(_followups(below["followups"], line, self.problems))
        if below["notes"] and items:
            children = blocks.parse(below["notes"], self.problems, line)
            items[-1].children.append(Block("notes", line, children=children))

    def _theme(self, title: str, line: int) -> list[Block]:
        if title not in self._themes:
            head = (
                [Block("heading", line, inline.parse(title, line, self.problems), level=2)]
                if title
                else []
            )
            self._themes[title] = [*head, Block("list", line)]
        return self._themes[title]

    def _number(self, text: str, line: int) -> int | None:
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,9}\.?", text):
            self.problems.error(
                f"'{text}' is not a number", line, "write a whole number, or nothing"
            )
            return None
        return int(text.rstrip("."))


def _followups(text: str, line: int, problems: Problems) -> Block:
    """A follow-up a line; two spaces more make it one of that above. Bullets are left out."""
    root = Block("list", line)
    above: list[tuple[int, Block]] = [(-1, root)]
    for part in filter(str.strip, text.split("\n")):
        indent = len(part) - len(part.lstrip(" "))
        words = re.sub(r"^([-*•–]|[0-9]+[.)])\s+", "", part.strip())
        while above[-1][0] >= indent:
            above.pop()
        parent = above[-1][1]
        if parent.kind == "item":
            if not parent.children[-1:] or parent.children[-1].kind != "list":
                parent.children.append(Block("list", line))
            parent = parent.children[-1]
        item = Block(
            "item", line, children=[Block("paragraph", line, inline.parse(words, line, problems))]
        )
        parent.children.append(item)
        above.append((indent, item))
    return root
