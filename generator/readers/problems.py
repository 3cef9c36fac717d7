"""Where a reader collects what it finds, and what it takes out of every text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import Diagnostic, Severity, error, warning

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""No output format can hold these: XML 1.0 (clause 2.2) forbids most of them."""


@dataclass(slots=True)
class Problems:
    """All problems of one source, so that they are reported at once."""

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


def cleaned(text: str, problems: Problems) -> str:
    """The text with `\\n` at line ends and without control characters; a warning a line."""
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
