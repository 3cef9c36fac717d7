"""Problems, reported so that the person who wrote the questions can correct them.

Library code never prints and never exits: it returns `Diagnostic`s (warnings) or raises a
`GeneratorError` that carries them. Only `cli.py` turns them into text and exit statuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import ClassVar


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    """Something that was done as it should be, for those who want to check."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to know about a file, with the remedy in `hint`."""

    severity: Severity
    message: str
    path: Path | None = None
    line: int | None = None
    """Counted from 1, as in editors; None for the whole file."""
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:" if self.path else ""
        place += f"{self.line}:" if self.path and self.line else ""
        message = _LONG.sub(r"\1…", self.message)
        text = printable(f"{place} {self.severity}: {message}".lstrip())
        return f"{text}\n  hint: {printable(self.hint)}" if self.hint else text


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, including those that turn the direction of the text after them."""
_LONG = re.compile(r"(\S{60})\S{140,}")
"""Longer than any file name; values that are longer are shortened, so that none fills the
screen."""


def printable(text: str) -> str:
    """Return one line for a terminal, with control characters escaped: a text by strangers can
    neither move the cursor nor imitate our messages."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def error(
    message: str, path: Path | None = None, line: int | None = None, hint: str = ""
) -> Diagnostic:
    return Diagnostic(Severity.ERROR, message, path, line, hint)


def warning(
    message: str, path: Path | None = None, line: int | None = None, hint: str = ""
) -> Diagnostic:
    return Diagnostic(Severity.WARNING, message, path, line, hint)


def once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Join equal diagnostics about several lines: yield the one at the first line, naming the
    others."""
    alike: dict[Diagnostic, list[int]] = {}
    for found in diagnostics:
        alike.setdefault(replace(found, line=None), []).extend(filter(None, [found.line]))
    for found, lines in alike.items():
        others = ", ".join(map(str, lines[1:]))
        also = f" (also on line{'s' if lines[2:] else ''} {others})" if others else ""
        yield replace(found, line=lines[0] if lines else None, message=found.message + also)


class GeneratorError(Exception):
    """A problem that a user can solve. It carries every problem found, not only the first."""

    exit_status: ClassVar[int] = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


class SourceError(GeneratorError):
    """The question set cannot be read or made into a document; nothing was written."""


class UsageError(GeneratorError):
    """The command requests something that does not exist."""

    exit_status = 2


class OutputError(GeneratorError):
    """An output could not be written; every old file is unchanged."""

    exit_status = 3


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""No output format can contain these: XML 1.0 (clause 2.2) forbids most of them."""


@dataclass(slots=True)
class Problems:
    """All problems of one source, to be reported at once."""

    path: Path
    found: list[Diagnostic] = field(default_factory=list)

    def error(self, message: str, line: int | None, hint: str) -> None:
        self.found.append(error(message, self.path, line, hint))

    def warning(self, message: str, line: int | None, hint: str) -> None:
        self.found.append(warning(message, self.path, line, hint))

    def note(self, message: str, line: int | None) -> None:
        self.found.append(Diagnostic(Severity.NOTE, message, self.path, line))

    @property
    def fatal(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted(self.found, key=lambda found: found.line or 0))


def without_controls(text: str, problems: Problems) -> str:
    r"""Return the text with `\n` as line ends and without control characters, with warnings."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not CONTROL.search(text):
        return text
    lines = text.split("\n")
    for index, line in enumerate(lines):
        names = dict.fromkeys(f"U+{ord(character):04X}" for character in CONTROL.findall(line))
        if names:
            message = f"control characters were removed: {', '.join(names)}"
            problems.warning(message, index + 1, "delete them in the source")
            lines[index] = CONTROL.sub("", line)
    return "\n".join(lines)
