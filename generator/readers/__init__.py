"""From a file to the document model. A table maps each suffix to the module of its format."""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from generator.diagnostics import Diagnostic, Problems, SourceError, error
from generator.files import Missing, Unreadable, contents
from generator.model import QuestionSet
from generator.readers.characters import text_of

if TYPE_CHECKING:
    from generator.readers.raw import Row, Source

READERS: dict[str, str] = {
    ".md": "generator.readers.markdown",
    ".markdown": "generator.readers.markdown",
    ".html": "generator.readers.html",
    ".htm": "generator.readers.html",
    ".txt": "generator.readers.lines",
    ".text": "generator.readers.lines",
    ".csv": "generator.readers.delimited",
    ".tsv": "generator.readers.delimited",
    ".yaml": "generator.readers.data",
    ".yml": "generator.readers.data",
    ".json": "generator.readers.data",
    ".jsonl": "generator.readers.data",
    ".ndjson": "generator.readers.data",
    ".xlsx": "generator.readers.sheet",
    ".xlsm": "generator.readers.sheet",
    ".ods": "generator.readers.sheet",
    ".docx": "generator.readers.word",
    ".docm": "generator.readers.word",
    ".odt": "generator.readers.odt",
}
"""The module that reads each suffix. It has `read(data, problems) -> Source`, where `data` is text,
or bytes for the suffixes in BINARY, and is imported when it is first used."""

BINARY = (".xlsx", ".xlsm", ".ods", ".docx", ".docm", ".odt")
"""Suffixes whose readers take bytes instead of text."""

REMEDIES = {
    ".rtf": "open it in a word processor and save it as .docx",
    ".doc": "open it in a word processor and save it as .docx",
    ".xls": "open it in a spreadsheet program and save it as .xlsx",
    ".pages": "open it in Pages and export it to Word (.docx)",
    ".numbers": "open it in Numbers and export it to Excel (.xlsx)",
    ".gdoc": "open it in Google Docs and download it as Microsoft Word (.docx)",
    ".gsheet": "open it in Google Sheets and download it as Microsoft Excel (.xlsx)",
    ".pdf": "open it in a word processor and save it as .docx, or copy its text into a .txt file",
}
"""Remedies for files that may hold questions, but in a form that cannot be read."""

STANDARD_INPUT = Path("-")


class Reading(NamedTuple):
    """A question set, and the warnings and notes of its reader."""

    question_set: QuestionSet
    diagnostics: tuple[Diagnostic, ...]


def read(path: Path, way: str = "") -> Reading:
    """Read one question set; `-` is standard input, as Markdown.

    `way` says how to read a page (`headings`, `lists`, ...) and overrides its front matter. Raises
    SourceError with every problem found: the file is missing, is not text, or has no questions.
    """
    if path.is_dir():
        raise _source_error(path, "this is a folder, not a file", "give a file in it")
    if path.exists() and path.suffix.lower() not in READERS:
        raise _unknown(path)
    return read_bytes(_data(path), path, way)


def read_bytes(
    raw: bytes, path: Path, way: str = "", parsed: Callable[[], None] = lambda: None
) -> Reading:
    """Read a question set from the contents of a file with this name; nothing is opened.

    A name without a suffix is Markdown. `parsed` is called once the file is parsed and before
    anything is judged, which is about halfway. Raises SourceError with every problem found.
    """
    from generator.readers.assembly import assemble

    problems = Problems(path)
    source = source_of(raw, path, problems)
    parsed()
    reading = assemble(source, path, problems, way)
    return reading if reading.question_set.lang else _in_its_language(reading)


def source_of(raw: bytes, path: Path, problems: Problems) -> Source:
    """Parse a file with the reader of its format, before anything is judged."""
    suffix = path.suffix.lower()
    if suffix and suffix not in READERS:
        raise _unknown(path)
    module = import_module(READERS[suffix or ".md"])
    data = raw if suffix in BINARY else text_of(raw, problems)
    return cast("Source", module.read(data, problems))


def _unknown(path: Path) -> SourceError:
    hint = REMEDIES.get(path.suffix.lower()) or f"use {', '.join(sorted(READERS))}"
    return SourceError([error(f"cannot read '{path.suffix}' files", path, hint=hint)])


def rows(path: Path, problems: Problems) -> list[Row]:
    """Return the rows of a table that is not a question set, such as a roster. They come from a
    .csv or .tsv file, or from the first visible sheet of an .xlsx file. Raises SourceError if the
    file cannot be read."""
    from generator.readers import delimited, sheet

    suffix, data = path.suffix.lower(), _data(path)
    if suffix in (".csv", ".tsv"):
        return delimited.rows_of(text_of(data, problems), problems)
    if suffix not in (".xlsx", ".xlsm"):
        raise _source_error(path, "this is no table", "save it as .csv or .xlsx")
    sheets = sheet.sheets_of(data, problems)
    return next((each.rows for each in sheets if not each.hidden), [])


def _in_its_language(reading: Reading) -> Reading:
    from generator.readers.language import with_language

    question_set, found = with_language(reading.question_set)
    return Reading(question_set, (*found, *reading.diagnostics))


def _data(path: Path) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return contents(path)
    except Missing:
        beside = {each.name: each for each in path.parent.glob("*")}
        close = [each for each in beside.values() if each.stem == path.name]
        close += [beside[name] for name in get_close_matches(path.name, beside, n=1)]
        hint = f"did you mean {close[0]}?" if close else "check its name and folder"
        raise _source_error(path, "there is no such file", hint) from None
    except Unreadable as problem:
        raise _source_error(path, str(problem), "choose a file that you can open") from None


def _source_error(path: Path, message: str, hint: str, line: int | None = None) -> SourceError:
    return SourceError([error(message, path, line, hint)])
