"""What a person at a terminal, a log or a script is told. Nothing else prints."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TextIO

from generator.errors import Diagnostic, Severity

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
"""Bold red, yellow and cyan (ECMA-48, 8.3.117)."""


class Console:
    """Results go to stdout, problems to stderr. As JSON, both are one line of data on stdout."""

    def __init__(self, quiet: bool = False, verbose: bool = False, as_json: bool = False) -> None:
        self.quiet, self.verbose, self.as_json = quiet, verbose, as_json
        self._started = time.perf_counter()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # it may not have every letter
                stream.reconfigure(errors="backslashreplace")

    def result(self, text: str) -> None:
        if not (self.quiet or self.as_json):
            self.clear()
            _print(text, sys.stdout)

    def say(self, diagnostics: Iterable[Diagnostic], notes: bool = False) -> None:
        """Notes only where they are asked for; nothing but errors when it shall be quiet.

        What is said of several lines of a file is said once.
        """
        wanted = {Severity.ERROR}
        if not self.quiet:
            wanted |= {Severity.WARNING, *([Severity.NOTE] if notes or self.verbose else [])}
        self.clear()
        alike: dict[Diagnostic, list[int | None]] = {}
        for found in diagnostics:
            if found.severity in wanted and not self.as_json:
                alike.setdefault(replace(found, line=None), []).append(found.line)
        for each, (line, *others) in alike.items():
            also = f" (also on {_lines(others)})" if any(others) else ""
            found = replace(each, line=line, message=each.message + also)
            _print(_colored(found) if _colors(sys.stderr) else str(found), sys.stderr)

    def data(self, values: Mapping[str, Any], diagnostics: Iterable[Diagnostic]) -> None:
        """With `--json` the values and what was found; else nothing."""
        if self.as_json:
            found = [
                {
                    "severity": each.severity, "message": each.message, "hint": each.hint,
                    "path": str(each.path) if each.path else None, "line": each.line,
                }
                for each in diagnostics
            ]  # fmt: skip
            _print(json.dumps({**values, "diagnostics": found}, ensure_ascii=False), sys.stdout)

    def progress(self, stage: str) -> None:
        """A line that rewrites itself on a terminal; elsewhere lines, and only if asked for."""
        if self.verbose and not self.as_json:
            _print(f"{time.perf_counter() - self._started:6.2f} s  {stage}", sys.stderr)
        elif self._rewrites():
            _print(f"\r\x1b[2K{stage} ...", sys.stdout, end="")

    def clear(self) -> None:
        if self._rewrites() and not self.verbose:
            _print("\r\x1b[2K", sys.stdout, end="")

    def _rewrites(self) -> bool:
        return not (self.quiet or self.as_json) and sys.stdout.isatty()


def _lines(numbers: Sequence[int | None]) -> str:
    word = "line" if len(numbers) == 1 else "lines"
    return f"{word} {', '.join(map(str, numbers))}"


def _colors(stream: TextIO) -> bool:
    """As no-color.org has it."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _colored(found: Diagnostic) -> str:
    place, severity, rest = str(found).partition(f"{found.severity}:")
    return f"\x1b[1m{place}\x1b[0m\x1b[{_COLORS[found.severity]}m{severity}\x1b[0m{rest}"


def _print(text: str, stream: TextIO, end: str = "\n") -> None:
    """Where nobody listens any more (`| head`), the work goes on in silence."""
    try:
        print(text, end=end, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
