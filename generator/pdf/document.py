"""A PDF 1.7 file: numbered objects, packed in object streams (ISO 32000-1, 7.5.7 and 7.5.8).

A structure tree is many small objects that are much alike: packed together they take a tenth of the
room. An object may be reserved, referred to, and given its contents later.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Iterable

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
        return self.template((), root, info).file(())

    def template(self, late: Collection[Reference], root: Reference, info: Reference) -> Template:
        """The file without the bodies of some objects, which each copy has of its own."""
        file = _File()
        waiting: list[tuple[int, bytes]] = []
        numbers = []
        for number, (reference, body) in enumerate(self._objects.items(), 1):
            if reference in late:
                numbers.append(number)
            elif isinstance(body, bytes):
                file.put(number, body)
            else:
                waiting.append((number, body.encode("latin-1")))
        free = len(self._objects) + 1
        for start in range(0, len(waiting), PACK):
            file.pack(free, waiting[start : start + PACK])
            free += 1
        return Template(file, numbers, free, root, info)


class _File:
    def __init__(self) -> None:
        self.parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._length = len(self.parts[0])
        self.where: dict[int, tuple[int, int, int]] = {}

    def put(self, number: int, body: bytes) -> None:
        self.where[number] = (1, self._length, 0)
        part = _indirect(number, body)
        self.parts.append(part)
        self._length += len(part)

    def pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        heads, bodies, at = [], [], 0
        for index, (name, body) in enumerate(objects):
            heads.append(f"{name} {at}")
            bodies.append(body)
            at += len(body) + 1
            self.where[name] = (2, number, index)
        head = " ".join(heads).encode() + b"\n"
        data = head + b"\n".join(bodies)
        self.put(number, stream(data, Type="/ObjStm", N=len(objects), First=len(head)))


def _indirect(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


class Template:
    """A file that is finished but for a few objects.

    They stand last, so that no other moves, and only they and the cross-reference are made anew
    for each copy.
    """

    def __init__(
        self, file: _File, late: list[int], number: int, root: Reference, info: Reference
    ) -> None:
        """`number` is that of the cross-reference stream, the file's last object."""
        self._fixed, self._late, self._number = b"".join(file.parts), late, number
        self._root, self._info = root, info
        self._digest = hashlib.sha256(self._fixed)
        self._rows = b"".join(
            _ROW.pack(*file.where.get(each, (0, 0, 65535))) for each in range(number + 1)
        )

    def file(self, bodies: Iterable[str | bytes]) -> bytes:
        """A copy; `bodies` are those of the late objects, in the order of their numbers."""
        parts, length, digest = [self._fixed], len(self._fixed), self._digest.copy()
        rows = bytearray(self._rows)
        for number, body in zip(self._late, bodies, strict=True):
            part = _indirect(number, body.encode("latin-1") if isinstance(body, str) else body)
            _ROW.pack_into(rows, number * _ROW.size, 1, length, 0)
            parts.append(part)
            digest.update(part)
            length += len(part)
        _ROW.pack_into(rows, self._number * _ROW.size, 1, length, 0)
        name = digest.hexdigest()[:32]
        table = stream(  # a lower level takes a fifth of the time, and no more room
            bytes(rows), level=1, Type="/XRef", Size=self._number + 1, W="[1 8 2]", Root=self._root,
            Info=self._info, ID=f"[<{name}> <{name}>]",
        )  # fmt: skip
        end = b"startxref\n%d\n%%%%EOF\n" % length
        return b"".join([*parts, _indirect(self._number, table), end])
