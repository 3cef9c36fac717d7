"""A question set to begin with. `init` copies it, and a test builds it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from generator.diagnostics import OutputError, error

NAMES = ("first-meetings.md", "_brand.yml")


def starter(folder: Path) -> dict[Path, bytes]:
    """Return the files to write into `folder`. Raises OutputError if one of them exists."""
    made = {folder / name: (files(__package__) / name).read_bytes() for name in NAMES}
    if there := [path for path in made if path.exists()]:
        hint = "give another folder; nothing was written"
        raise OutputError([error("already exists", path, hint=hint) for path in there])
    return made
