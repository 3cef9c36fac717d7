"""Records the files of all runs, so that the next one only makes what is missing or changed."""

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
    """The name of the set or the roster that it comes from, with the document. Empty for a text,
    whose fingerprint is the hash of its contents."""
    fingerprint: str
    size: int
    """Size in bytes."""
    pages: int
    """Number of pages or slides; 0 if only the reading program knows it."""


def fingerprint_of(prepared: Prepared) -> str:
    """Return the hash of everything that the documents of a set are made from, except what differs
    between people."""
    question_set, context = prepared.question_set, prepared.context
    files = sorted((path.name, hashlib.sha256(d).hexdigest()) for path, d in context.files.items())
    looks = (context.stylesheet, context.strings, context.timestamp, files)
    return fingerprint(__version__, question_set, *looks)


def fingerprint(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Manifest:
    """A file of JSON Lines. A line is added once a file is complete, so that it is correct whenever
    the run stops. The last line about a file counts, and an incomplete line is removed."""

    def __init__(self, path: Path) -> None:
        """Open a manifest. Raises OutputError if the file is not a manifest, as it would be
        overwritten."""
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
        self._texts = [each for each in read if not each.source]
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
        """After a complete run, write one line for each file, in the order of their names."""
        self._file.close()
        if kind is None:
            lines = (_line(self.made[name]) for name in sorted(self.made))
            put(self._path, b"".join(lines), force=True)

    def known(self, name: str) -> set[str]:
        """Return the hashes of a text of ours: the last one that was written, or was to be."""
        return {each.fingerprint for each in self._texts if each.file == name}

    def has(self, wanted: str, sizes: Mapping[str, int]) -> bool:
        """Return True if all files that were made for a fingerprint exist."""
        made = self._together.get(wanted, ())
        return bool(made) and all(sizes.get(each.file) == each.size for each in made)


def _read(values: dict[str, Any]) -> Made:
    return Made(*(values[name] for name in Made._fields))


def _line(made: Made) -> bytes:
    values: dict[str, Any] = {**made._asdict(), "state": "done"}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"
