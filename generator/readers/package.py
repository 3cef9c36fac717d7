"""Office packages: zip files of XML parts, opened and parsed within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from generator.diagnostics import SourceError, error
from generator.files import UNPACKED, member

LARGEST_TEXT = 50_000_000
"""Maximum bytes of the parts that are parsed as a whole. This is enough for a hundred thousand
questions and bounds the memory, as a tree takes some twenty times as much."""
_OLD = b"\xd0\xcf\x11\xe0"
"""The first bytes of old Word and Excel files, and of those with a password."""
_OLDER = b"http://schemas.openxmlformats.org/"
_STRICT = {
    b"http://purl.oclc.org/ooxml/" + strict: _OLDER + other
    for strict, other in {
        b"wordprocessingml/main": b"wordprocessingml/2006/main",
        b"officeDocument/math": b"officeDocument/2006/math",
        b"officeDocument/relationships": b"officeDocument/2006/relationships",
    }.items()
}
"""The namespaces of Strict documents, and the usual ones for them (ECMA-376 Part 4, 9.1)."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError
)  # fmt: skip
"""Exceptions that zipfile raises for damaged files (only some are documented)."""


def integer(element: etree._Element, name: str, default: int = 0) -> int:
    """Return an attribute as a whole number; `default` if it is missing or absurd."""
    text = element.get(name) or ""
    return int(text) if text.isdecimal() and len(text) < 9 else default


class Package:
    """The parts of an Office file. Raises SourceError for anything that is wrong with it."""

    def __init__(self, data: bytes, path: Path, kind: str) -> None:
        self._path, self._kind = path, kind
        if data.startswith(_OLD):
            hint = f"open it, remove its password, and save it as {path.suffix}"
            raise self._error(f"is protected by a password, or an older format than {kind}", hint)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except _BROKEN:
            raise self.broken() from None
        if sum(part.file_size for part in parts) > UNPACKED:
            raise self._too_large(UNPACKED)
        self.names = {part.filename for part in parts}

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, or None if there is no such part.

        Entities, which a document type declares and which can grow without end, have no place in an
        Office file (ECMA-376 Part 2, 7.2). None is expanded, and lxml keeps its own limits on depth
        and size, as `huge_tree` is off.
        """
        if name not in self.names:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True,
            collect_ids=False,  # LibreOffice writes some twice
        )  # fmt: skip
        if self._zip.getinfo(name).file_size > LARGEST_TEXT:
            raise self._too_large(LARGEST_TEXT)
        try:
            data = member(self._zip, self._zip.getinfo(name))
            for strict, other in _STRICT.items():
                data = data.replace(strict, other)
            root = None if b"<!DOCTYPE" in data else etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, *_BROKEN):
            raise self.broken() from None
        tree: Any = None if root is None else root.getroottree()
        if tree is None or tree.docinfo.doctype:
            raise self._error("has a document type, which is not read", self._again)
        return root

    def root(self, name: str) -> etree._Element:
        """Return the root of a required part; raises SourceError if it is missing."""
        found = self.xml(name)
        if found is None:
            raise self.broken()
        return found

    def broken(self) -> SourceError:
        """Return the error to raise for a part that does not follow the format."""
        return self._error(f"is not a {self._kind}, or is damaged", self._again)

    def _too_large(self, most: int) -> SourceError:
        message = f"unpacks to more than {most // 1_000_000} MB"
        return self._error(message, "remove what is not a question")

    @property
    def _again(self) -> str:
        return f"open it in an office program and save it again as {self._path.suffix}"

    def _error(self, message: str, hint: str) -> SourceError:
        return SourceError([error(message, self._path, hint=hint)])
