"""The one place where files are touched: all outputs at once, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.errors import Diagnostic, OutputError, error


def publish(files: Mapping[Path, bytes]) -> None:
    """Replace every file, or leave every file as it was.

    Each is first written whole beside its target. Raises OutputError; no stray file remains.
    """
    staged: dict[Path, Path] = {}
    replaced: dict[Path, bytes | None] = {}
    target = Path()
    try:
        for target, data in files.items():
            staged[target] = _stage(target, data)
        for target in files:
            old = target.read_bytes() if target.exists() else None
            staged[target].replace(target)
            replaced[target] = old
    except OSError as problem:
        for path, old in replaced.items():
            _restore(path, old)
        raise OutputError([_explain(target, problem)]) from problem
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)


def _stage(target: Path, data: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".tmp", dir=target.parent)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        path.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _restore(path: Path, old: bytes | None) -> None:
    if old is None:
        path.unlink(missing_ok=True)
    else:
        _stage(path, old).replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _explain(target: Path, problem: OSError) -> Diagnostic:
    if isinstance(problem, PermissionError):
        hint = "close it where it is open, check the folder's permissions, or give another with -o"
    elif isinstance(problem, (NotADirectoryError, FileExistsError)):
        hint = "a file stands where a folder is meant; give another folder with -o"
    else:
        hint = "check the disk, or give another folder with -o"
    reason = problem.strerror or str(problem)
    return error(f"cannot be written: {reason}", target, hint=f"{hint}; no output was replaced")
