"""A PDF 1.7 file: numbered objects, packed in object streams (ISO 32000-1, 7.5.7 and 7.5.8).

A structure tree is many small objects that are much alike: packed together they take a tenth of the
room. An object may be reserved, referred to, and given its contents later.
"""

from __future__ import annotations

import hashlib
import struct

from generator.pdf.objects import stream

PACK = 200
"""Objects of one object stream."""
_ROW = struct.Struct(">BQH")
"""A row of the cross-reference stream: kind, offset or stream, generation or index (table 18)."""

Reference = str
"""An object as others refer to it: `12 0 R`."""


class Document:
    """The objects of one file; `write` makes its bytes."""

    def __init__(self) -> None:
        self._objects: dict[Reference, str | bytes] = {}

    def reserve(self) -> Reference:
        """A reference to an object that is still to be set."""
        reference = f"{len(self._objects) + 1} 0 R"
        self._objects[reference] = ""
        return reference

    def set(self, reference: Reference, body: str | bytes) -> None:
        """Text is packed with other objects; bytes are a stream, which stands by itself."""
        self._objects[reference] = body

    def add(self, body: str | bytes) -> Reference:
        reference = self.reserve()
        self._objects[reference] = body
        return reference

    def write(self, root: Reference, info: Reference) -> bytes:
        """The file; `root` is its catalog. Its identifier is made of all that it holds."""
        file = _File()
        waiting: list[tuple[int, bytes]] = []
        for number, body in enumerate(self._objects.values(), 1):
            if isinstance(body, bytes):
                file.put(number, body)
            else:
                waiting.append((number, body.encode("latin-1")))
        free = len(self._objects) + 1
        for start in range(0, len(waiting), PACK):
            file.pack(free, waiting[start : start + PACK])
            free += 1
        return file.end(free, root, info)


class _File:
    def __init__(self) -> None:
        self._parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._length = len(self._parts[0])
        self._where: dict[int, tuple[int, int, int]] = {}

    def put(self, number: int, body: bytes) -> None:
        self._where[number] = (1, self._length, 0)
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._parts.append(part)
        self._length += len(part)

    def pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        heads, bodies, at = [], [], 0
        for index, (name, body) in enumerate(objects):
            heads.append(f"{name} {at}")
            bodies.append(body)
            at += len(body) + 1
            self._where[name] = (2, number, index)
        head = " ".join(heads).encode() + b"\n"
        data = head + b"\n".join(bodies)
        self.put(number, stream(data, Type="/ObjStm", N=len(objects), First=len(head)))

    def end(self, number: int, root: Reference, info: Reference) -> bytes:
        """`number` is that of the cross-reference stream, the file's last object."""
        start = self._length
        self._where[number] = (1, start, 0)
        rows = b"".join(
            _ROW.pack(*self._where.get(each, (0, 0, 65535))) for each in range(number + 1)
        )
        digest = hashlib.sha256()
        for part in self._parts:
            digest.update(part)
        name = digest.hexdigest()[:32]
        self.put(number, stream(
            rows, Type="/XRef", Size=number + 1, W="[1 8 2]", Root=root, Info=info,
            ID=f"[<{name}> <{name}>]",
        ))  # fmt: skip
        return b"".join([*self._parts, b"startxref\n%d\n%%%%EOF\n" % start])
