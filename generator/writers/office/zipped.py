"""Writes a zip file member by member; equal members give equal bytes.

Python's own takes five times as long for each member, which matters for a large deck, in which
every slide is four members.
"""

from __future__ import annotations

import struct
import zlib
from typing import IO

# PKWARE's APPNOTE.TXT 6.3.3, clause 4.3: what stands before a member, its row in the directory, and
# the end of the file, which begins with a second form where there are many members.
_LOCAL, _ROW = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_END64, _END = struct.Struct("<4sQ2H2L4Q4sLQL"), struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _DEFLATED, _DATE = 20, 1 << 11, 8, (1 << 5) + 1
"""Constants of the headers. The date is 1 January 1980, the earliest in a zip."""
_MOST = 0xFFFF
"""Maximum members of a zip without its 64-bit extensions."""


class Zip:
    """A zip file that is being written; `level` is zlib's."""

    def __init__(self, file: IO[bytes], level: int = 6) -> None:
        self._file, self._level = file, level
        self._rows, self._length = bytearray(), 0
        self.checksums: list[tuple[str, int]] = []
        """The members' names and checksums."""

    def add(self, name: str, data: bytes) -> None:
        packer = zlib.compressobj(self._level, wbits=-15)
        packed = packer.compress(data) + packer.flush()
        title, checksum = name.encode(), zlib.crc32(data)
        flags = 0 if name.isascii() else _UTF8
        facts = (
            _VERSION, flags, _DEFLATED, 0, _DATE, checksum, len(packed), len(data), len(title), 0,
        )  # fmt: skip
        self._file.write(b"".join((_LOCAL.pack(b"PK\3\4", *facts), title, packed)))
        self._rows += _ROW.pack(b"PK\1\2", _VERSION, *facts, 0, 0, 0, 0, self._length) + title
        self._length += _LOCAL.size + len(title) + len(packed)
        self.checksums.append((name, checksum))

    def finish(self) -> None:
        size, start, count = len(self._rows), self._length, len(self.checksums)
        self._file.write(self._rows)
        if count >= _MOST:
            self._file.write(_END64.pack(
                b"PK\6\6", _END64.size - 32, 45, 45, 0, 0, count, count, size, start,
                b"PK\6\7", 0, start + size, 1,
            ))  # fmt: skip
            count = _MOST
        self._file.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0))
