"""Builds again whenever a set, a brand, a template or a font is saved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from generator.diagnostics import UsageError, error
from generator.readers import READERS
from generator.settings import TEMPLATES

_WATCHED = {*READERS, *TEMPLATES, ".png", ".jpg", ".jpeg", ".ttf", ".otf"}


def watch(build: Callable[[], Collection[Path]], inputs: Sequence[Path]) -> None:
    """Call `build`, and again after each change among the `inputs`, until KeyboardInterrupt.

    `build` returns the files that it wrote, which do not cause another build. Raises UsageError if
    watchfiles is missing.
    """
    try:
        from watchfiles import watch as changes
    except ImportError:
        hint = "pip install 'workshop-papers[watch]'"
        raise UsageError([error("--watch needs the package watchfiles", hint=hint)]) from None
    folders = {path if path.is_dir() else path.parent for path in inputs}
    written = {path.resolve() for path in build()}

    def counts(_: object, name: str) -> bool:
        path = Path(name)
        stray = path.name.startswith((".", "~")) or path.resolve() in written
        return path.suffix.lower() in _WATCHED and not stray

    # Not what lies below: a set may stand in a home folder.
    # `step` is for how many milliseconds nothing may be saved: with 50, half of the time would be
    # waiting.
    for _ in changes(*folders, watch_filter=counts, recursive=False, step=10):
        written |= {path.resolve() for path in build()}
