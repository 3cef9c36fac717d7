"""What runs have made, so that the next one makes only what is missing or changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from generator import __version__
from generator.diagnostics import OutputError, error
from generator.kit import Prepared
from generator.publish import explained, put

NAME = "manifest.jsonl"
_START = b'{"file": '


class Made(NamedTuple):
    """A line of the manifest."""

    file: str
    source: str
    """What asked for it: the name of a set, or of a roster, with the document. Empty for a text,
    whose fingerprint is the hash of what is in it."""
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
    return fingerprint(__version__, question_set, *looks)


def fingerprint(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Manifest:
    """A file of JSON Lines: lines are added for files that are whole, so that it is true whenever
    the run is stopped. Of a file's lines the last counts; one that was cut short is taken off.
    """

    def __init__(self, path: Path) -> None:
        """Raises OutputError for a file that is no manifest, and would be lost."""
        self._path = path
        data = path.read_bytes() if path.exists() else b""
        *lines, torn = data.split(b"\n")
        self._whole = len(data) - len(torn)
        try:
            if not (torn.startswith(_START) or _START.startswith(torn)):
                raise ValueError(torn)
            read = [_read(json.loads(line)) for line in lines]
        except (ValueError, TypeError, KeyError):
            hint = "move it away; then all files are made again"
            raise OutputError([error("this is not a manifest of ours", path, hint=hint)]) from None
        self.made = {each.file: each for each in read}
        self.texts: dict[str, set[str]] = {}
        """Hashes of the files that no set asks for, by their names."""
        for each in read:
            if not each.source:
                self.texts.setdefault(each.file, set()).add(each.fingerprint)
        self._together: dict[str, list[Made]] = {}
        for each in self.made.values():
            self._together.setdefault(each.fingerprint, []).append(each)

    def __enter__(self) -> Manifest:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("ab")
        self._file.truncate(self._whole)
        return self

    def add(self, made: Collection[Made]) -> None:
        self.made |= {each.file: each for each in made}
        with explained(self._path, "run the same command again to make what is missing"):
            self._file.write(b"".join(map(_line, made)))
            self._file.flush()

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """After a whole run each file has one line, in the order of their names."""
        self._file.close()
        if kind is None:
            lines = (_line(self.made[name]) for name in sorted(self.made))
            put(self._path, b"".join(lines), force=True)

    def has(self, wanted: str, sizes: Mapping[str, int]) -> bool:
        """Whether all files that were made for a fingerprint are there."""
        made = self._together.get(wanted, ())
        return bool(made) and all(sizes.get(each.file) == each.size for each in made)


def _read(values: dict[str, Any]) -> Made:
    return Made(*(values[name] for name in Made._fields))


def _line(made: Made) -> bytes:
    values: dict[str, Any] = {**made._asdict(), "state": "done"}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"
