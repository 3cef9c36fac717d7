"""Word and PowerPoint files as packages (ECMA-376, part 2): zip files of parts that refer to each
other by relationships."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from lxml import etree

from generator.fingerprint import core_of, identified
from generator.writers.office.xml import Xml, element, holdable, joined, part, quoted
from generator.writers.office.zipped import Zip

_LONGEST_PROPERTY = 255
"""Maximum characters of a core property in python-docx and python-pptx."""
_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def stable_zip(
    data: bytes,
    members: Mapping[str, bytes] | None = None,
    more: Iterable[tuple[str, bytes]] = (),
    level: int = 6,
) -> bytes:
    """Return the same package with constant dates and attributes, so that equal parts give equal
    bytes, and with the fingerprint by which `publish` recognises it.

    `members` replace those with their names; `more` are added one by one, and none of them stays in
    memory. `level` is zlib's.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()} | dict(members or {})
    core, out = core_of(parts), io.BytesIO()
    made = Zip(out, level)
    for name, content in chain(parts.items(), more):
        if name != core:
            made.add(name, content)
    if core:  # it has the fingerprint of all that stands before it
        made.add(core, identified(parts[core], made.checksums))
    made.finish()
    return out.getvalue()


def relationship(key: str, kind: str, target: str, external: bool = False) -> Xml:
    """Return a relationship; `target` is relative to the folder of the part, or a URL."""
    mode = ' TargetMode="External"' if external else ""
    return Xml(f'<Relationship Id="{key}" Type="{kind}" Target="{quoted(target)}"{mode}/>')


def relationships(rows: Iterable[Xml]) -> bytes:
    """Return the part that lists the relationships of another."""
    return part(element("Relationships", {"xmlns": _RELATIONSHIPS}, joined(rows)))


def relationships_with(package: bytes, member: str, rows: Iterable[Xml]) -> dict[str, bytes]:
    """Return a package's member of relationships with more of them, by its name."""
    root = _member(package, member)
    root.extend(list(etree.fromstring(relationships(rows))))
    return {member: _serialized(root)}


def content_types_with(package: bytes, parts: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return a package's list of content types with more parts, given by name and type."""
    root = _member(package, _TYPES)
    tag = etree.QName(root.tag).namespace
    for name, kind in parts:
        etree.SubElement(root, f"{{{tag}}}Override", PartName=name, ContentType=kind)
    return {_TYPES: _serialized(root)}


def _member(package: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return etree.fromstring(source.read(name))


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def describe(
    properties: Any, title: str, subject: str, author: str, lang: str, at: datetime
) -> None:
    """Set all core properties of a file, as those of a template name the people who made it."""
    texts = {"title": title, "subject": subject, "author": author, "last_modified_by": author}
    texts |= dict.fromkeys(("comments", "keywords", "category", "content_status", "version"), "")
    for name, text in {**texts, "language": lang}.items():
        setattr(properties, name, holdable(text)[:_LONGEST_PROPERTY])
    properties.revision = 1
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
