"""Office packages are zip files: what is looked at before a library opens them."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from generator.errors import SourceError, error

LARGEST = 200_000_000
"""Bytes that a file may unpack to."""


_BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError
)  # fmt: skip
"""What zipfile raises for broken bytes (documented only in part)."""


def check(data: bytes, path: Path, kind: str) -> None:
    """Raises SourceError for what is no package, unpacks to too much, or declares entities."""
    hint = f"open it in an office program and save it again as {path.suffix}"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST:
                message = f"unpacks to more than {LARGEST // 1_000_000} MB"
                raise SourceError([error(message, path, hint="take out what is no question")])
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            if any(b"<!DOCTYPE" in package.read(name) for name in names):
                message = "has a document type, which is not read"
                raise SourceError([error(message, path, hint=hint)])
    except _BROKEN:
        raise SourceError([error(f"is not a {kind}", path, hint=hint)]) from None
