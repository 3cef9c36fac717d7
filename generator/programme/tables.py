"""Writes answers as a table for spreadsheet programs, in which every text stays a text."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.diagnostics import Diagnostic, UsageError, error, warning
from generator.fingerprint import identified
from generator.programme.collect import Collected, Row
from generator.programme.forms import Value
from generator.programme.tally import Tallies
from generator.publish import streamed

COLUMNS = ("person", "mentor", "file", "set", "number", "theme", "question", "answer", "kind")
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""Maximum characters of a cell (ECMA-376 has no limit; this is Excel's)."""
MOST_SHEETS = 200
"""Maximum number of sheets, as each is an open file until the workbook is written."""
_CORE = "docProps/core.xml"
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def as_text(text: str) -> str:
    """Return a cell of a .csv file. Text that would begin a formula gets an apostrophe before it,
    as programs show it (OWASP, CSV injection)."""
    acts = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text)
    return f"'{text}" if acts else text


def outputs_of(target: Path) -> list[Path]:
    """Return the table and, if it has no sheets, the list of files beside it."""
    beside = target.with_name(f"{target.stem}-files.csv")
    return [target] if target.suffix.lower() == ".xlsx" else [target, beside]


def write_answers(target: Path, collected: Collected, tallies: Tallies) -> list[Diagnostic]:
    """Write the table, and the list of files. Raises UsageError for another suffix, OutputError."""
    suffix = target.suffix.lower()
    if suffix not in (".xlsx", ".csv", ".jsonl"):
        hint = "name it with one of .xlsx, .csv, .jsonl"
        raise UsageError(
            [error("answers cannot be written to this kind of file", target, hint=hint)]
        )
    with streamed(outputs_of(target)) as (part, *beside):
        if suffix == ".xlsx":
            return _xlsx(part, collected, tallies)
        rows = map(_cells, collected.rows())
        if suffix == ".csv":
            _csv(part, chain([COLUMNS], rows))
        else:
            with part.open("w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n")
        _csv(beside[0], _files(collected))
    return []


def _cells(row: Row) -> tuple[Any, ...]:
    number, theme, question, answer, kind = row.answer[1:6]
    return (*row[:4], number, theme, question, answer, kind)


def _csv(part: Path, rows: Iterable[tuple[Any, ...]]) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(map(_plain, row) for row in rows)


def _plain(value: Value) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return as_text(value) if isinstance(value, str) else value


def _files(collected: Collected) -> Iterator[tuple[Any, ...]]:
    """Yield every file with its outcome, or without names the number of files for each outcome."""
    if collected.anonymous:
        yield "state", "files"
        yield from sorted(collected.states().items())
    else:
        yield "file", "state", "what to know"
        yield from sorted(collected.files)


def _xlsx(part: Path, collected: Collected, tallies: Tallies) -> list[Diagnostic]:
    try:
        import xlsxwriter
    except ImportError:
        hint = "pip install 'workshop-papers[collect]', or name a .csv file"
        raise UsageError([error("an .xlsx file needs the library XlsxWriter", hint=hint)]) from None
    options = {"constant_memory": True, "tmpdir": str(part.parent), "strings_to_urls": False}
    plain = part.with_name(f"{part.name}.tmp")
    try:
        book = xlsxwriter.Workbook(str(plain), options)
        book.set_properties({"created": datetime(2000, 1, 1)})
        found = _Book(book, collected, tallies).write()
        _with_fingerprint(plain, part)
    finally:
        plain.unlink(missing_ok=True)
    return found


def _with_fingerprint(package: Path, target: Path) -> None:
    """Copy a package and add the identifier by which `publish` recognises it."""
    with ZipFile(package) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        others = [info for info in old.infolist() if info.filename != _CORE]
        for info in others:
            with old.open(info) as source, new.open(info.filename, "w") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
        checksums = [(info.filename, info.CRC) for info in others]
        core = identified(old.read(_CORE), checksums)
        new.writestr(ZipInfo(_CORE), core, ZIP_DEFLATED)  # by its name, it would be dated


class _Book:
    """A workbook with sheets for all answers, for counts and means, for files, and for each
    question."""

    def __init__(self, book: Any, collected: Collected, tallies: Tallies) -> None:
        self._book, self._collected, self._tallies = book, collected, tallies
        self._bold = book.add_format({"bold": True})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._cut = 0
        self._next: dict[str, int] = {}
        self._answers = 0

    def write(self) -> list[Diagnostic]:
        sheet = self._more()
        self._counts()
        files = self._sheet("Files", (48, 16, 60))
        for row in _files(self._collected):
            self._put(files, row)
        sheets = {}
        for number, (key, kinds) in enumerate(islice(self._tallies.items(), MOST_SHEETS), 1):
            asked = next(iter(kinds.values())).asked
            name = _FORBIDDEN.sub("", f"{number}. {asked.question}")[:31].strip()
            head = (str(asked.number), asked.question)
            sheets[key] = self._sheet(name, (18, 18, 24, 60, 9), head)
            self._put(sheets[key], ("person", "mentor", "file", "answer", "kind"), self._bold)
        for row in self._collected.rows():
            if self._next[sheet.get_name()] == MOST_ROWS:
                sheet = self._more()
            self._put(sheet, _cells(row))
            if own := sheets.get((row.set, row.answer.question)):
                self._put(own, (*row[:3], row.answer.answer, row.answer.kind))
        self._book.close()
        return list(self._problems())

    def _counts(self) -> None:
        head = ("set", "number", "theme", "question", "kind", "answered", "mean")
        sheet = self._sheet("Counts", (20, 8, 24, 60, 9, 10, 10), head)
        for (title, question), kinds in self._tallies.items():
            for kind, tally in kinds.items():
                mean = None if tally.mean is None else round(tally.mean, 2)
                place = (title, tally.asked.number, tally.asked.theme, question, kind)
                self._put(sheet, (*place, tally.answered, mean))

    def _more(self) -> Any:
        self._answers += 1
        name = "Answers" if self._answers == 1 else f"Answers {self._answers}"
        return self._sheet(name, (18, 18, 24, 20, 8, 24, 48, 60, 9), COLUMNS)

    def _sheet(self, name: str, widths: tuple[int, ...], head: tuple[str, ...] = ()) -> Any:
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self._wrap)
        if head:
            sheet.freeze_panes(1, 0)
            self._put(sheet, head, self._bold)
        return sheet

    def _put(self, sheet: Any, cells: tuple[Any, ...], look: Any = None) -> None:
        """Write texts as texts, so that none is read as a formula or a URL."""
        name = sheet.get_name()
        row = self._next.get(name, 0)
        for column, value in enumerate(cells):
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value, look)
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value, look)
            elif value:
                self._cut += len(value) > MOST_CHARACTERS
                sheet.write_string(row, column, value[:MOST_CHARACTERS], look)
        self._next[name] = row + 1

    def _problems(self) -> Iterator[Diagnostic]:
        if self._cut:
            message = f"answers cut after {MOST_CHARACTERS:,} characters: {self._cut:,}"
            yield warning(message, hint="a .csv or .jsonl file has them in full")
        asked = len(self._tallies)
        if asked > MOST_SHEETS:
            message = f"sheets for the first {MOST_SHEETS} of {asked:,} questions"
            yield warning(message, hint="the first sheet has all answers")
