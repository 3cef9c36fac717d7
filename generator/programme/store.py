"""Stores the files of a run in a folder, or at a URL (of any kind that fsspec knows)."""

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
    """A place for files. Each is complete or absent, and one that somebody has changed is only
    replaced with `force`. In a folder `publish.put` ensures both; services show no file before it
    is complete."""

    place: str
    force: bool = False

    @property
    def remote(self) -> bool:
        return "://" in self.place

    def refuse(self, name: str, inputs: Collection[Path]) -> None:
        """Raise OutputError for a file in the folder that is also an input."""
        if not self.remote:
            refuse([Path(self.place, name)], inputs, force=True)

    def write(self, name: str, data: bytes, known: Collection[str] = ()) -> None:
        """Write a file. `known` are hashes of our files with that name, for those without a place
        for a fingerprint. Raises OutputError."""
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
        """Keep other runs and builds from writing into the folder, and delete the remains of one
        that was stopped; services have no locks. Raises OutputError."""
        with ExitStack() as stack:
            with explained(Path(self.place), "nothing was written"):
                if self.remote:
                    _filesystem(self.place)
                else:
                    Path(self.place).mkdir(parents=True, exist_ok=True)
                    stack.enter_context(locked([Path(self.place)]))
            yield

    def sizes(self) -> dict[str, int]:
        """Return the existing files with their sizes in bytes."""
        if self.remote:
            files, root = _filesystem(self.place)
            found = files.ls(root, detail=True) if files.exists(root) else []
            return {each["name"].rpartition("/")[2]: each["size"] for each in found}
        with os.scandir(self.place) as entries:
            return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}


def _filesystem(place: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the folder in it. Raises UsageError."""
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(place)
    except (ImportError, ValueError) as problem:
        hint = "pip install 'workshop-papers[cluster]', and what it names"
        raise UsageError([error(f"cannot write to {place}: {problem}", hint=hint)]) from None
    return files, root
