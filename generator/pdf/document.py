"""A PDF 1.7 file: numbered objects, packed in object streams (ISO 32000-1, 7.5.7 and 7.5.8).

A structure tree consists of many small, similar objects, which take a tenth of the space if they
are packed together. An object may be reserved, referred to, and set later; it is then written at
once, so that memory does not grow with the file.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import IO

from generator.pdf.objects import stream

PACK = 200
"""Number of objects in an object stream."""
_ROW = struct.Struct(">BQH")
"""A row of the cross-reference stream: kind, offset or stream, generation or index (table 18)."""
_FREE = _ROW.pack(0, 0, 65535)

Reference = str
"""A reference to an object: `12 0 R`."""


class Document:
    """The objects of one file; `end` makes the rest of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rows = bytearray(_FREE)
        self._waiting: list[tuple[int, str]] = []
        """Objects of the next object stream."""
        self._length, self._digest = 0, hashlib.sha256()
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> Reference:
        """Reserve a number for an object that is set later."""
        return f"{self._next()} 0 R"

    def _next(self) -> int:
        self._rows += _FREE
        return len(self._rows) // _ROW.size - 1

    def set(self, reference: Reference, body: str | bytes) -> None:
        """Set an object. Text is packed with other objects; bytes are a stream of their own."""
        number = number_of(reference)
        if isinstance(body, bytes):
            self._put(number, body)
            return
        self._waiting.append((number, body))
        if len(self._waiting) == PACK:
            self._pack()

    def add(self, body: str | bytes) -> Reference:
        reference = self.reserve()
        self.set(reference, body)
        return reference

    def _write(self, part: bytes) -> None:
        self._file.write(part)
        self._digest.update(part)
        self._length += len(part)

    def _put(self, number: int, body: bytes) -> None:
        _ROW.pack_into(self._rows, number * _ROW.size, 1, self._length, 0)
        self._write(_indirect(number, body))

    def _pack(self) -> None:
        pack, heads, at = self._next(), [], 0
        for index, (number, body) in enumerate(self._waiting):
            heads.append(f"{number} {at}")
            at += len(body) + 1
            _ROW.pack_into(self._rows, number * _ROW.size, 2, pack, index)
        head = f"{' '.join(heads)}\n"
        text = head + "\n".join([body for _, body in self._waiting])
        count, self._waiting = len(self._waiting), []
        packed = stream(text.encode("latin-1"), Type="/ObjStm", N=count, First=len(head))
        self._put(pack, packed)

    def end(self, late: Sequence[Reference], root: Reference, info: Reference) -> End:
        """Return the end of the file, with the objects `late`; `root` is the catalog."""
        if self._waiting:
            self._pack()
        table = self._next()
        return End(self._rows, self._length, self._digest, late, (table, root, info))


class End:
    """The end of a file, with the few objects that differ between copies.

    They come last, so that no other object moves, and only they and the cross-reference are made
    for each copy. The file's identifier is made from all of its contents.
    """

    def __init__(
        self, rows: bytearray, length: int, digest: hashlib._Hash, late: Sequence[Reference],
        table: tuple[int, Reference, Reference],
    ) -> None:  # fmt: skip
        """Prepare the end; `table` has the number of the cross-reference and the objects in it."""
        self._rows, self._length, self._digest = rows, length, digest
        self._late, self._table = late, table

    def data(self, bodies: Iterable[str | bytes]) -> bytes:
        """Return the end with `bodies` for the late objects."""
        parts, length, digest = list[bytes](), self._length, self._digest.copy()
        rows, (table, root, info) = self._rows.copy(), self._table
        for reference, body in zip(self._late, bodies, strict=True):
            number = number_of(reference)
            part = _indirect(number, body.encode("latin-1") if isinstance(body, str) else body)
            _ROW.pack_into(rows, number * _ROW.size, 1, length, 0)
            parts.append(part)
            digest.update(part)
            length += len(part)
        _ROW.pack_into(rows, table * _ROW.size, 1, length, 0)
        name = digest.hexdigest()[:32]
        body = stream(  # a lower level takes a fifth of the time, and no more room
            bytes(rows), level=1, Type="/XRef", Size=table + 1, W="[1 8 2]", Root=root, Info=info,
            ID=f"[<{name}> <{name}>]",
        )  # fmt: skip
        return b"".join([*parts, _indirect(table, body), b"startxref\n%d\n%%%%EOF\n" % length])


def number_of(reference: Reference) -> int:
    return int(reference[:-4])


def _indirect(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)
