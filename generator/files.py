"""How every input is opened: a plain file, whole, and no larger than it may be."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

MB = 1 << 20
UNPACKED = 200_000_000
"""Bytes that all members of a zip may unpack to."""


class Unreadable(Exception):
    """A file that cannot be read; the text is the reason, to stand after its name."""


class Missing(Unreadable):
    """There is no file of that name."""


def contents(path: Path, most: int = 100 * MB) -> bytes:
    """Read a file. Raises Unreadable, also for a device or a pipe, which may never end."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("is a device or a pipe, not a file")
        if status.st_size > most:
            raise Unreadable(f"is larger than {most // MB} MB")
        with path.open("rb") as file:
            return file.read(status.st_size)
    except FileNotFoundError:
        raise Missing("does not exist") from None
    except OSError as problem:
        raise Unreadable(f"cannot be read: {problem.strerror or problem}") from None
    except ValueError:  # a path with a NUL
        raise Missing("does not exist: no path can have such a character") from None


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member of a zip, no longer than the zip says that it is: `ZipFile.read` unpacks first and
    compares then. Raises what zipfile and zlib raise for broken bytes."""
    with archive.open(info) as file:
        return file.read(info.file_size)
