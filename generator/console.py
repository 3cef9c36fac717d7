"""All output for a person at a terminal, a log or a script. Nothing else prints."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, TextIO

from generator.diagnostics import Diagnostic, Severity, once, printable

_COLORS = {
    Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36",
    "title": "1", "faint": "2",
}  # fmt: skip
"""Bold red, yellow and cyan, bold, faint (ECMA-48, 8.3.117)."""


class Console:
    """Results go to stdout, problems to stderr. As JSON, both are one line of data on stdout."""

    def __init__(self, quiet: bool = False, verbose: bool = False, as_json: bool = False) -> None:
        self.quiet, self.verbose, self.as_json = quiet, verbose, as_json
        self._started = time.perf_counter()
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # it was closed before we began
                setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # it may not have every letter
                stream.reconfigure(errors="backslashreplace")

    def result(self, text: str) -> None:
        """Print one line."""
        self._print(printable(text))

    def _print(self, text: str) -> None:
        if not (self.quiet or self.as_json):
            self.clear()
            _print(text, sys.stdout)

    def output(self, text: str) -> None:
        """Write the product of the command to stdout, even if it should be quiet."""
        if not self.as_json:
            self.clear()
            _print(text, sys.stdout, end="")

    def line(self, pieces: Iterable[tuple[str, str]]) -> None:
        """Print texts on one line, each in its style on a terminal."""
        colors = _colors(sys.stdout)
        texts = ((printable(text), style) for text, style in pieces)
        self._print("".join(_styled(text, style) if colors else text for text, style in texts))

    def say(self, diagnostics: Iterable[Diagnostic], notes: bool = False) -> None:
        """Print diagnostics: notes only if requested, and only errors when quiet.

        One about several lines of a file is printed once.
        """
        wanted = {Severity.ERROR}
        if not self.quiet:
            wanted |= {Severity.WARNING, *([Severity.NOTE] if notes or self.verbose else [])}
        self.clear()
        for found in once(each for each in diagnostics if each.severity in wanted):
            if not self.as_json:
                _print(_colored(found) if _colors(sys.stderr) else str(found), sys.stderr)

    def data(self, values: Mapping[str, Any], diagnostics: Iterable[Diagnostic]) -> None:
        """Print values and diagnostics as data if `--json` is given, otherwise nothing."""
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
        """Show the stage on a line that is rewritten; without a terminal on lines of their own, if
        verbose."""
        if self.verbose and not self.as_json:
            _print(f"{time.perf_counter() - self._started:6.2f} s  {printable(stage)}", sys.stderr)
        elif self._rewrites():
            _print(f"\r\x1b[2K{printable(stage)} ...", sys.stdout, end="")

    def clear(self) -> None:
        if self._rewrites() and not self.verbose:
            _print("\r\x1b[2K", sys.stdout, end="")

    def _rewrites(self) -> bool:
        return not (self.quiet or self.as_json) and sys.stdout.isatty()


def _colors(stream: TextIO) -> bool:
    """Return True if a stream shows colours, by the rules of no-color.org."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _colored(found: Diagnostic) -> str:
    place, severity, rest = str(found).partition(f"{found.severity}:")
    return f"\x1b[1m{place}\x1b[0m{_styled(severity, found.severity)}{rest}"


def _styled(text: str, style: str) -> str:
    return f"\x1b[{_COLORS[style]}m{text}\x1b[0m" if style else text


def _print(text: str, stream: TextIO, end: str = "\n") -> None:
    """Print, and silently go on if that is not possible (`| head`, a full disk)."""
    try:
        print(text, end=end, file=stream, flush=True)
    except OSError:
        with suppress(OSError, ValueError):  # what is left to print goes nowhere, also at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
