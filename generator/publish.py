"""The one place where files are touched: all outputs at once, or none.

Also the zip that Word and PowerPoint files are, made the same in every process.
"""

from __future__ import annotations

import io
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from generator.errors import Diagnostic, OutputError, error

_DATE = 0x21  # 1 January 1980, the earliest that a zip can hold
_DEFLATED, _UTF8 = 8, 0x800
_MOST = 0xFFFF  # members of a zip whose directory ends in the old form


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


def stable_zip(data: bytes, members: Mapping[str, bytes] | None = None, level: int = 6) -> bytes:
    """The same zip with constant dates and attributes, its members in the order they came.

    `members` stand in for those of their names; the others follow. `level` is zlib's.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        old = {name: source.read(name) for name in source.namelist()}
    return _zip({**old, **(members or {})}, level)


def _zip(members: Mapping[str, bytes], level: int) -> bytes:
    """A zip (PKWARE's APPNOTE, 4.3). For thousands of small members zipfile takes twice as long."""
    body, directory = bytearray(), bytearray()
    for name, data in members.items():
        packed, path = zlib.compress(data, level, wbits=-15), name.encode()
        sizes = zlib.crc32(data), len(packed), len(data), len(path)
        fields = struct.pack(
            "<HHHHHIIIHH", 20, 0 if path.isascii() else _UTF8, _DEFLATED, 0, _DATE, *sizes, 0
        )
        directory += b"PK\1\2\24\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + path
        body += b"PK\3\4" + fields + path + packed
    count, size, start = len(members), len(directory), len(body)
    if count > _MOST:
        directory += struct.pack(
            "<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start
        )
        directory += struct.pack("<4sIQI", b"PK\6\7", 0, start + size, 1)
    count = min(count, _MOST)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, size, start, 0)
    return bytes(body + directory + end)
