"""Writing reportlab's document with object streams (ISO 32000-1, 7.5.7 and 7.5.8).

A structure tree is many small objects that are much alike: packed together they take a tenth of the
room, and reportlab's own writer takes three times as long.
"""

from __future__ import annotations

import hashlib
import struct
from typing import Any

from reportlab.pdfbase import pdfdoc

from generator.pdf.objects import Raw, reference, stream_of

PACK = 200
"""Objects of one object stream."""
_ROW = struct.Struct(">BQH")
"""Of the cross-reference stream: kind, offset or stream, generation or index."""


def write(document: Any) -> bytes:
    """The bytes of a document whose catalog, info and fonts are registered."""
    file = _File()
    number = 1
    # Formatting an object may register further ones.
    while number in document.numberToId:
        thing = document.idToObject[document.numberToId[number]]
        raw = isinstance(thing, Raw)
        body = thing.format(document) if raw else pdfdoc.format(thing, document, toplevel=1)
        file.add(number, body, packed=raw and not thing.stream)
        number += 1
    root, info = (reference(document, thing) for thing in (document.Catalog, document.info))
    return file.end(number, root, info)


class _File:
    def __init__(self) -> None:
        self._parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._length = len(self._parts[0])
        self._where: dict[int, tuple[int, int, int]] = {}
        """Rows of the cross-reference stream (table 18)."""
        self._waiting: list[tuple[int, bytes]] = []

    def add(self, number: int, body: bytes, packed: bool) -> None:
        if packed:
            self._waiting.append((number, body))
        else:
            self._put(number, body)

    def _put(self, number: int, body: bytes) -> None:
        self._where[number] = (1, self._length, 0)
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._parts.append(part)
        self._length += len(part)

    def end(self, free: int, root: str, info: str) -> bytes:
        """`free` is the first number that no object has. /ID is made of all that is in the file."""
        for start in range(0, len(self._waiting), PACK):
            self._put(free, self._pack(free, self._waiting[start : start + PACK]))
            free += 1
        start = self._length
        self._where[free] = (1, start, 0)
        rows = b"".join(
            [_ROW.pack(*self._where.get(number, (0, 0, 65535))) for number in range(free + 1)]
        )
        digest = hashlib.sha256()
        for part in self._parts:
            digest.update(part)
        name = digest.hexdigest()[:32]
        table = stream_of(
            rows, Type="/XRef", Size=free + 1, W="[1 8 2]", Root=root, Info=info,
            ID=f"[<{name}> <{name}>]",
        )  # fmt: skip
        self._put(free, table)
        return b"".join([*self._parts, b"startxref\n%d\n%%%%EOF\n" % start])

    def _pack(self, number: int, objects: list[tuple[int, bytes]]) -> bytes:
        heads, bodies, at = [], [], 0
        for index, (name, body) in enumerate(objects):
            heads.append(f"{name} {at}")
            bodies.append(body)
            at += len(body) + 1
            self._where[name] = (2, number, index)
        head = " ".join(heads).encode() + b"\n"
        data = head + b"\n".join(bodies)
        return stream_of(data, Type="/ObjStm", N=len(objects), First=len(head))
