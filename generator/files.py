"""Opens every input: a plain file, read as a whole, and limited in size."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

MB = 1 << 20
UNPACKED = 200_000_000
"""Maximum bytes that all members of a zip may unpack to."""


class Unreadable(Exception):
    """A file that cannot be read. The text is the reason, to be put after its name."""


class Missing(Unreadable):
    """The file does not exist."""


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
    """Return a member of a zip, no longer than the zip says that it is: `ZipFile.read` unpacks
    first and compares afterwards. Raises the errors of zipfile and zlib for damaged files."""
    with archive.open(info) as file:
        return file.read(info.file_size)
