"""Where the files of a run go: a folder, or what a URL leads to (any that fsspec knows)."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from generator.diagnostics import OutputError, UsageError, error
from generator.fingerprint import unchanged
from generator.publish import CHANGED, REPLACE, explained, locked, put, refuse


class Store(NamedTuple):
    """A file there is complete or absent, and one that somebody has changed is replaced only with
    `force`. In a folder `publish.put` sees to both; services show no file before it is whole."""

    place: str
    force: bool = False

    @property
    def remote(self) -> bool:
        return "://" in self.place

    def refuse(self, name: str, inputs: Collection[Path]) -> None:
        """Raises OutputError for a file in the folder that is also an input of what it is made
        from."""
        if not self.remote:
            refuse([Path(self.place, name)], inputs, force=True)

    def write(self, name: str, data: bytes, known: Collection[str] = ()) -> None:
        """`known` are hashes of ours of that name, for what has no place for a fingerprint. Raises
        OutputError."""
        if not self.remote:
            put(Path(self.place, name), data, self.force, known)
            return
        files, root = _filesystem(self.place)
        path = f"{root}/{name}"
        with explained(Path(name), "run the same command again to make what is missing"):
            if not self.force and files.exists(path) and not unchanged(files.cat_file(path), known):
                raise OutputError([error(CHANGED, Path(name), hint=REPLACE)])
            files.makedirs(root, exist_ok=True)
            files.pipe_file(path, data)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Meanwhile no other run or build writes into the folder, and what one left that was
        stopped is deleted; services know no locks. Raises OutputError."""
        with ExitStack() as stack:
            with explained(Path(self.place), "nothing was written"):
                if self.remote:
                    _filesystem(self.place)
                else:
                    Path(self.place).mkdir(parents=True, exist_ok=True)
                    stack.enter_context(locked([Path(self.place)]))
            yield

    def sizes(self) -> dict[str, int]:
        """The files that are there, with their bytes."""
        if self.remote:
            files, root = _filesystem(self.place)
            found = files.ls(root, detail=True) if files.exists(root) else []
            return {each["name"].rpartition("/")[2]: each["size"] for each in found}
        with os.scandir(self.place) as entries:
            return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}


def _filesystem(place: str) -> tuple[Any, str]:
    """What opens the files of a URL, and the folder there. Raises UsageError."""
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(place)
    except (ImportError, ValueError) as problem:
        hint = "pip install 'workshop-papers[cluster]', and what it names"
        raise UsageError([error(f"cannot write to {place}: {problem}", hint=hint)]) from None
    return files, root
