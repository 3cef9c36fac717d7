"""From a file to the document model: a table of suffixes, and one module a format."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from generator.errors import Diagnostic, SourceError, error
from generator.model import QuestionSet

READERS: dict[str, str] = {
    ".md": "generator.readers.old_markdown",
    ".markdown": "generator.readers.old_markdown",
    ".html": "generator.readers.html",
    ".htm": "generator.readers.html",
    ".txt": "generator.readers.text",
    ".text": "generator.readers.text",
    ".csv": "generator.readers.delimited",
    ".tsv": "generator.readers.delimited",
    ".yaml": "generator.readers.data",
    ".yml": "generator.readers.data",
    ".json": "generator.readers.data",
    ".jsonl": "generator.readers.data",
    ".ndjson": "generator.readers.data",
    ".xlsx": "generator.readers.sheet",
    ".xlsm": "generator.readers.sheet",
    ".ods": "generator.readers.ods",
    ".docx": "generator.readers.word",
    ".docm": "generator.readers.word",
    ".odt": "generator.readers.odt",
}
"""Suffix to module. A module has `read(data, problems) -> Source`, where `data` is text, or
bytes for those in BINARY; it is imported when it is used."""

BINARY = (".xlsx", ".xlsm", ".ods", ".docx", ".docm", ".odt")
"""Whose readers take bytes instead of text."""

WHOLE = {"generator.readers.old_markdown"}
"""Modules whose `read(data, path)` makes a Reading by itself; each leaves this list as it moves to
`Source`."""

STANDARD_INPUT = Path("-")


class Reading(NamedTuple):
    """A question set, and what its reader was in doubt about (warnings and notes only)."""

    question_set: QuestionSet
    diagnostics: tuple[Diagnostic, ...]


def read(path: Path, way: str = "") -> Reading:
    """Read one question set; `-` is standard input, as Markdown.

    `way` is how a page is to be read (`headings`, `lists`, ...), over what its front matter says.
    Raises SourceError with every problem found: the file is missing, not text, or no question set.
    """
    from generator.readers.assembly import assemble
    from generator.readers.problems import Problems

    if path.is_dir():
        raise _source_error(path, "is a folder, not a file", "give a file in it")
    suffix = path.suffix.lower()
    name = READERS.get(suffix)
    if path.exists() and name is None:
        known = ", ".join(sorted(READERS))
        raise SourceError([error(f"cannot read '{path.suffix}' files", path, hint=f"use {known}")])
    module = import_module(name or READERS[".md"])
    raw = _data(path)
    data = raw if suffix in BINARY else _text(raw, path)
    if name in WHOLE:
        reading: Reading = module.read(data, path)
    else:
        problems = Problems(path)
        reading = assemble(module.read(data, problems), path, problems, way)
    return reading if reading.question_set.lang else _in_its_language(reading)


def _in_its_language(reading: Reading) -> Reading:
    from generator.readers.language import with_language

    question_set, found = with_language(reading.question_set)
    return Reading(question_set, (*found, *reading.diagnostics))


def _data(path: Path) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        beside = [each.name for each in path.parent.glob("*")]
        close = get_close_matches(path.name, beside, n=1)
        hint = f"did you mean {path.with_name(close[0])}?" if close else "check name and folder"
        raise _source_error(path, "there is no such file", hint) from None
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise _source_error(path, f"cannot be read: {reason}", "check its permissions") from None


def _text(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _source_error(path, "is UTF-16, not UTF-8", "save it again with the encoding UTF-8")
    if b"\0" in data[:8192]:
        raise _source_error(path, "is not a text file", "give a text file, saved as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        byte = data[problem.start]
        raise _source_error(
            path,
            f"is not UTF-8: byte 0x{byte:02X}",
            "save it again with the encoding UTF-8 (it may be Latin-1 or Windows-1252 now)",
            line,
        ) from None


def _source_error(path: Path, message: str, hint: str, line: int | None = None) -> SourceError:
    return SourceError([error(message, path, line, hint)])
