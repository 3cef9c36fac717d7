"""Reads a roster: a table with one person per row. Messages name rows, never people."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from generator import readers
from generator.diagnostics import Diagnostic, Problems, SourceError, error
from generator.readers.front_matter import safe_name
from generator.schema import meant
from generator.strings import for_language

LINES = {"name": "name", "mentor": "mentor", "from": "from_date", "to": "to_date"}
"""The lines of the cover, and their names among our words."""
CHOICES = ("lang", "paper", "edition", "themes", "tags", "questions")
"""Columns with the options of `build`."""
MOST_COPIES = 1000
LONGEST_NAME = 60
"""Maximum characters of a person's name in a file name. At four bytes each, with a document and a
suffix, file systems accept it."""


class Person(NamedTuple):
    row: int
    values: Mapping[str, str]
    """Values by the lines of the cover; none is empty."""
    choices: Mapping[str, str]
    set: str = ""
    email: str = ""
    copies: int = 1
    """Number of printed copies."""


class Roster(NamedTuple):
    path: Path
    people: tuple[Person, ...]
    problems: tuple[Diagnostic, ...]
    """Problems; a row with an error gets no files."""


def read_roster(path: Path) -> Roster:
    """Read a roster. Raises SourceError for a file that is no table, or has no column of names."""
    problems = Problems(path)
    rows = readers.rows(path, problems)
    if not rows:
        raise SourceError([error("this roster is empty", path, hint="write one person per row")])
    columns, *people = rows
    roles = list(_roles(columns.texts, problems, columns.line))
    if "name" not in roles:
        hint = "name the columns in the first row: name, mentor, set, lang, paper, edition, ..."
        problems.error("no column is called 'name'", columns.line, hint)
    if problems.fatal:
        raise SourceError(problems.sorted())
    made = []
    for row in people:
        texts = [_tidy(text) for text in row.texts]
        cells = {role: text for role, text in zip(roles, texts, strict=False) if role and text}
        if cells and (person := _person(row.line, cells, problems)):
            made.append(person)
    return Roster(path, tuple(made), problems.sorted())


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _roles(texts: Sequence[str], problems: Problems, line: int) -> Iterator[str]:
    """Yield the role of each column; empty for one that is not used."""
    known = _known()
    taken: set[str] = set()
    for text in texts:
        role = known.get(text.casefold(), "")
        if role in taken:
            problems.error(f"two columns are for '{role}'", line, "delete or rename one of them")
        elif text and not role:
            close = meant(text, known, 0.8)
            hint = f"did you mean '{close}'?" if close else f"known columns are {', '.join(_OWN)}"
            problems.warning(f"the column '{text}' is not used", line, hint)
        taken.update({role} - {""})
        yield role


_OWN = (*LINES, "email", "set", *CHOICES, "copies")


def _known() -> dict[str, str]:
    """Return the columns by their names."""
    return lines_by_word() | {name: name for name in _OWN}


@cache
def lines_by_word() -> dict[str, str]:
    """Return the lines of the cover by their names in all of our languages."""
    folder = files("generator") / "languages"
    tags = ["en", *sorted(file.name.partition(".")[0] for file in folder.iterdir())]
    return {
        str(getattr(for_language(tag), word)).casefold(): line
        for tag in reversed(tags)
        for line, word in LINES.items()
    }


def _person(row: int, cells: Mapping[str, str], problems: Problems) -> Person | None:
    copies = cells.get("copies", "1")
    if "name" not in cells:
        problems.error("this row has no name", row, "write one, or delete the row")
        return None
    if not (copies.isascii() and copies.isdigit() and 1 <= int(copies[:9]) <= MOST_COPIES):
        problems.error(
            f"copies: '{copies}' is not a number from 1 to {MOST_COPIES}", row, "correct it"
        )
        return None
    values = {line: cells[line] for line in LINES if line in cells}
    choices = {name: cells[name] for name in CHOICES if name in cells}
    return Person(row, values, choices, cells.get("set", ""), cells.get("email", ""), int(copies))


def sets_of(person: Person, sets: Sequence[Path], roster: Path) -> Sequence[Path]:
    """Return the sets of a person: the one in the row, by name among `sets` or as a path relative
    to the roster's folder, or else all. Raises SourceError if it does not exist."""
    wanted = person.set
    if not wanted:
        if sets:
            return sets
        hint = "name one in a column `set`, or after the roster"
        raise SourceError([error("this row has no question set", roster, person.row, hint)])
    for path in sets:
        if wanted.casefold() in (path.name.casefold(), path.stem.casefold()):
            return [path]
    path = roster.parent / wanted
    if path.is_file():
        return [path]
    names = {each.stem.casefold(): each.stem for each in sets}
    close = names.get(meant(wanted, names), "")
    hint = f"did you mean '{close}'?" if close else "a path is taken from the roster's folder"
    raise SourceError([error(f"there is no set '{wanted}'", roster, person.row, hint)])


def stems(people: Sequence[Person]) -> dict[int, str]:
    """Return the stems of people's file names by their rows. They are safe on any system, and have
    the row appended if two are the same."""
    names = {each.row: safe_name(each.values["name"])[:LONGEST_NAME].strip("-.") for each in people}
    alike = Counter(map(str.casefold, names.values()))
    return {
        row: f"{name}-row{row}" if not name or alike[name.casefold()] > 1 else name
        for row, name in names.items()
    }
