"""How a file of ours is known again, and whether it was changed since: by what is in the file.

A PDF's identifier (ISO 32000-1, 14.4) is the hash of all that stands before its last object. A Word
or PowerPoint file has the hash of its parts as the identifier among its core properties (ECMA-376,
part 2, clause 11). A picture names us as its software.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib

SOFTWARE = "workshop-papers"
CORE = "docProps/core.xml"
"""The last member of a package of ours."""
_IDENTIFIER = re.compile(rb"(<dc:identifier>)[^<]*")
_LARGEST_CORE = 1 << 20
_END = re.compile(rb"startxref\n([0-9]{1,12})\n%%EOF\n\Z")
_ID = re.compile(rb"/ID \[<([0-9a-f]{32})>")


class Members:
    """The names and checksums of a package's members, as one hash, without the core properties."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, name: str, checksum: int) -> None:
        self._digest.update(f"{name} {checksum:08x}\n".encode())

    def identifier(self, core: bytes) -> bytes:
        """The identifier of a package with these members and core properties."""
        digest = self._digest.copy()
        digest.update(_IDENTIFIER.sub(rb"\1", core))
        return f"{SOFTWARE}:{digest.hexdigest()[:32]}".encode()

    def identified(self, core: bytes) -> bytes:
        """Core properties that have an identifier, with that of the package in its place."""
        return _IDENTIFIER.sub(rb"\1" + self.identifier(core), core)


def unchanged(data: bytes) -> bool:
    """Return whether a file is ours and is as it was written."""
    if data.startswith(b"%PDF-"):
        return _unchanged_pdf(data)
    if data.startswith(b"\x89PNG"):
        return f"Software\0{SOFTWARE}".encode() in data[:1000]
    return data.startswith(b"PK") and _unchanged_package(data)


def _unchanged_pdf(data: bytes) -> bool:
    end = _END.search(data[-40:])
    if not end:
        return False
    start = int(end[1])
    given = _ID.search(data, start)
    digest = hashlib.sha256(data[:start]).hexdigest()[:32]
    return given is not None and given[1].decode() == digest


def _unchanged_package(data: bytes) -> bool:
    """Compare the checksums that the zip has of its members: only core properties are unpacked."""
    members = Members()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            *others, last = file.infolist()
            if last.filename != CORE or last.file_size > _LARGEST_CORE:
                return False
            core = file.read(last)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError):
        return False
    for each in others:
        members.add(each.filename, each.CRC)
    return members.identified(core) == core and members.identifier(core) in core
