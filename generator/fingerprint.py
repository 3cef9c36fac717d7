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
from collections.abc import Iterable, Mapping

from lxml import etree

SOFTWARE = "workshop-papers"
_CORE = re.compile(rb"<(?:\w+:)?coreProperties[\s>]")
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_LARGEST_CORE = 1 << 20
_END = re.compile(rb"startxref\n([0-9]{1,12})\n%%EOF\n\Z")
_ID = re.compile(rb"/ID \[<([0-9a-f]{32})>")


def with_fingerprint(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a package with the identifier among its core properties."""
    name = next((each for each in parts if _is_core(each, parts[each])), "")
    if not name:
        return dict(parts)
    core = etree.fromstring(parts[name])
    checksums = [(each, zlib.crc32(part)) for each, part in parts.items() if each != name]
    _set_identifier(core, f"{SOFTWARE}:{_of_package(checksums, core)}")
    return {**parts, name: etree.tostring(core, xml_declaration=True, encoding="UTF-8")}


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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            infos = file.infolist()
            core = next((i for i in infos if i.filename.lower().startswith("docprops/core")), None)
            if core is None or core.file_size > _LARGEST_CORE:
                return False
            root = etree.fromstring(file.read(core))
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, OSError, ValueError):
        return False
    given = root.findtext(_IDENTIFIER)
    checksums = [(info.filename, info.CRC) for info in infos if info is not core]
    return given == f"{SOFTWARE}:{_of_package(checksums, root)}"


def _is_core(name: str, part: bytes) -> bool:
    return name.lower().startswith("docprops/core") and bool(_CORE.search(part[:1000]))


def _of_package(checksums: Iterable[tuple[str, int]], core: etree._Element) -> str:
    _set_identifier(core, "")
    digest = hashlib.sha256(etree.tostring(core))
    for name, checksum in sorted(checksums):
        digest.update(f"{name} {checksum:08x}\n".encode())
    return digest.hexdigest()[:32]


def _set_identifier(core: etree._Element, text: str) -> None:
    found = core.find(_IDENTIFIER)
    if found is None:
        found = etree.SubElement(core, _IDENTIFIER)
    found.text = text
