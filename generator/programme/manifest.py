"""What a run has made, so that the next one makes only what is missing or changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from generator import __version__
from generator.kit import Prepared

NAME = "manifest.jsonl"


class Made(NamedTuple):
    """A line of the manifest."""

    file: str
    fingerprint: str
    size: int
    """Bytes."""
    pages: int
    """Or slides; 0 where only the reading program knows."""


def fingerprint_of(prepared: Prepared) -> str:
    """Of all that the documents of a set are made from, but for what a person has of their own."""
    question_set, context = prepared.question_set, prepared.context
    files = sorted((path.name, hashlib.sha256(d).hexdigest()) for path, d in context.files.items())
    looks = (context.stylesheet, context.strings, context.timestamp, files)
    return _digest(__version__, question_set, *looks)


def fingerprint(shared: str, document: str, values: Mapping[str, str]) -> str:
    return _digest(shared, document, sorted(values.items()))


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Manifest:
    """A file of JSON Lines: a line is added for each file when that is whole, so that it is true
    whenever the run is stopped. Of a file's lines the last counts; one that is cut is passed over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.made: dict[str, Made] = {}
        data = path.read_bytes() if path.exists() else b""
        for line in data.splitlines():
            with suppress(ValueError, TypeError, KeyError):
                values = json.loads(line)
                made = Made(*(values[name] for name in Made._fields))
                self.made[made.file] = made
        self._torn = bool(data) and not data.endswith(b"\n")

    def __enter__(self) -> Manifest:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("ab")
        if self._torn:
            self._file.write(b"\n")
        return self

    def add(self, made: Iterable[Made]) -> None:
        for each in made:
            self.made[each.file] = each
            self._file.write(_line(each))
        self._file.flush()

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """After a whole run each file has one line, in the order of their names."""
        self._file.close()
        if kind is None:
            part = self._path.with_name(f".{self._path.name}.part")
            part.write_bytes(b"".join(_line(self.made[name]) for name in sorted(self.made)))
            part.replace(self._path)

    def has(self, file: str, wanted: str, sizes: Mapping[str, int]) -> bool:
        """Whether a file is there as it would be made."""
        made = self.made.get(file)
        return bool(made and made.fingerprint == wanted and sizes.get(file) == made.size)


def _line(made: Made) -> bytes:
    values: dict[str, Any] = {**made._asdict(), "state": "done"}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"
