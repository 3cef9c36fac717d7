"""Word and PowerPoint files are packages (ECMA-376, part 2): zip files of parts that refer to each
other by relationships."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from posixpath import dirname, join, normpath, relpath, split
from typing import IO, Any, NamedTuple

from lxml import etree

from generator.fingerprint import CORE
from generator.writers.office.xml import Value, Xml, element, holdable, joined, part
from generator.writers.office.zipped import Zip

_LONGEST_PROPERTY = 255
"""Characters that python-docx and python-pptx take for a core property."""
LARGEST = 200_000_000
"""Bytes that a template may unpack to."""
_MAIN = re.compile(rb'application/vnd\.[^"]*\.main\+xml')
"""The types that the main part of a document, a template or a file with macros may have."""
_FAMILIES = {"document": "wordprocessingml", "presentation": "presentationml"}
_LEAKS = (
    "/vbaProject", "/attachedTemplate", "/customXml", "/comments", "/commentAuthors",
    "/commentsExtended", "/commentsIds", "/people", "/authors", "/extended-properties",
    "/custom-properties", "/thumbnail", "/tags",
)  # fmt: skip
"""Kinds of relationships to what is not taken over from a template."""
_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = f"{_PACKAGE}/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_TYPE = "application/vnd.openxmlformats-officedocument.{}+xml"
_PROPERTIES = {
    "cp": f"{_PACKAGE}/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


class Relationship(NamedTuple):
    kind: str
    """The last word of its type, such as `image`; a type that is not Office's is whole."""
    target: str
    """The name of a part, or an address outside of the package."""
    external: bool = False


class Package:
    """Parts by their names, such as `word/document.xml`, and the relationships between them.

    A part that no relationship leads to is not written.
    """

    def __init__(self, data: bytes = b"") -> None:
        """The parts of a file; without one, an empty package. Raises what zipfile and lxml raise
        for what is no package."""
        self.parts: dict[str, bytes | None] = {}
        """None for a part that `write` gets as it is written."""
        self.relationships: dict[str, dict[str, Relationship]] = {}
        """By their ids, by the part that they start from; the package itself is ``."""
        self._types: dict[str, str] = {}
        self._trees: dict[str, etree._Element] = {}
        if data:
            self._open(data)

    def _open(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = {name: file.read(name) for name in file.namelist()}
        types: dict[str, str] = {}
        for row in etree.fromstring(members.pop(_TYPES)):
            key = row.get("PartName") or f".{row.get('Extension', '')}"
            types[key.lower()] = row.get("ContentType", "")
        for name, content in members.items():
            folder, file_name = split(name)
            if file_name.endswith(".rels"):
                source = join(dirname(folder), file_name.removesuffix(".rels"))
                self.relationships[source] = dict(_read(content, dirname(folder)))
            else:
                own = types.get(f"/{name}".lower()) or types.get(
                    f".{name.rpartition('.')[2]}".lower()
                )
                self.parts[name], self._types[name] = content, own or ""

    def tree(self, name: str) -> Any:
        """A part as elements; what is changed in them is written."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name] or b"")
        return self._trees[name]

    def add(self, name: str, kind: str, content: bytes | None) -> str:
        """A part of a type such as `presentationml.slide` or `image/png`; returns its name, which
        has a number in the place of `{}`, where others may be called the same."""
        if "{}" in name:
            numbered = (name.format(number) for number in range(1, len(self.parts) + 2))
            name = next(each for each in numbered if each not in self.parts)
        self.parts[name], self._types[name] = content, kind if "/" in kind else _TYPE.format(kind)
        self.relationships.pop(name, None)
        return name

    def relate(
        self, source: str, kind: str, target: str, key: str = "", external: bool = False
    ) -> str:
        """Let a part refer to another; returns the id of the relationship."""
        rows = self.relationships.setdefault(source, {})
        if not key:
            numbered = (f"rId{number}" for number in range(1, len(rows) + 2))
            key = next(each for each in numbered if each not in rows)
        rows[key] = Relationship(kind, target, external)
        return key

    def related(self, source: str, kind: str) -> str:
        """The first part to which another refers as this kind; empty where there is none."""
        rows = self.relationships.get(source, {}).values()
        return next((row.target for row in rows if row.kind == kind), "")

    @property
    def main(self) -> str:
        """The document or presentation. Raises ValueError where there is none."""
        name = self.related("", "officeDocument")
        if name not in self.parts:
            raise ValueError("no main part")
        return name

    def write(
        self, file: IO[bytes], core: bytes, more: Iterable[tuple[str, bytes]] = (), level: int = 6
    ) -> None:
        """Write the package with its core properties, last and with its fingerprint; `more` are the
        parts that were added without content, and their relationships. `level` is zlib's."""
        self._take_core()
        made, reached = Zip(file, level), self._reached()
        made.add(_TYPES, self._content_types(reached))
        for name in reached:
            content = self.parts.get(name)
            if name in self._trees:
                content = _serialized(self._trees[name])
            if content is not None:
                made.add(name, content)
            if rows := self.relationships.get(name):
                folder = dirname(name)
                shown = (_row(key, row, folder) for key, row in rows.items() if self._leads(row))
                made.add(relationships_of(name), relationships(shown))
        for name, content in more:
            made.add(name, content)
        made.add(CORE, made.members.identified(core))
        made.finish()

    def _take_core(self) -> None:
        rows = self.relationships.setdefault("", {})
        for key in [key for key, row in rows.items() if row.kind == _CORE]:
            del rows[key]
        self.relate("", _CORE, self.add(CORE, _CORE_TYPE, None))

    def _leads(self, row: Relationship) -> bool:
        return row.external or row.target in self.parts

    def _reached(self) -> dict[str, bool]:
        """The package and all parts, each behind the first that refers to it."""
        reached, waiting = {"": True}, [""]
        for name in waiting:
            for row in self.relationships.get(name, {}).values():
                if row.target in self.parts and row.target not in reached:
                    reached[row.target] = True
                    waiting.append(row.target)
        return reached

    def _content_types(self, reached: Collection[str]) -> bytes:
        rows = [
            element("Default", {"Extension": suffix, "ContentType": kind})
            for suffix, kind in (
                ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                ("xml", "application/xml"),
            )
        ]
        rows += (
            element("Override", {"PartName": f"/{name}", "ContentType": self._types[name]})
            for name, content in self.parts.items()
            if content is None or name in reached
        )
        return part(element("Types", {"xmlns": f"{_PACKAGE}/content-types"}, joined(rows)))


def _read(content: bytes, folder: str) -> Iterator[tuple[str, Relationship]]:
    for row in etree.fromstring(content):
        kind, target = row.get("Type", "").removeprefix(f"{_OFFICE}/"), row.get("Target", "")
        external = row.get("TargetMode") == "External"
        if not external:
            target = normpath(join("/", folder, target)).lstrip("/")
        yield row.get("Id", ""), Relationship(kind, target, external)


def _row(key: str, row: Relationship, folder: str) -> Xml:
    target = row.target if row.external else relpath(row.target, folder or ".")
    return relationship(key, row.kind, target, row.external)


def relationships_of(name: str) -> str:
    """The member of the zip that lists the relationships of a part."""
    folder, own = split(name)
    return join(folder, "_rels", f"{own}.rels")


def relationship(key: str, kind: str, target: str, external: bool = False) -> Xml:
    """`target` is relative to the folder of the part, or an address outside the package."""
    whole = kind if ":" in kind else f"{_OFFICE}/{kind}"
    mode = "External" if external else None
    return element("Relationship", {"Id": key, "Type": whole, "Target": target, "TargetMode": mode})


def relationships(rows: Iterable[Xml]) -> bytes:
    """The part that lists the relationships of another."""
    return part(element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"}, joined(rows)))


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def core_properties(title: str, subject: str, author: str, lang: str, at: datetime) -> bytes:
    """All of them that say something; those of a template are not kept, as they name the people who
    made it."""
    moment = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    texts = {
        "dc:title": title, "dc:subject": subject, "dc:creator": author,
        "cp:lastModifiedBy": author, "dc:language": lang,
    }  # fmt: skip
    rows = [element(name, {}, holdable(text)[:_LONGEST_PROPERTY]) for name, text in texts.items()]
    rows += [
        element(f"dcterms:{name}", {"xsi:type": "dcterms:W3CDTF"}, moment)
        for name in ("created", "modified")
    ]
    rows += [element("cp:revision", {}, "1"), Xml("<dc:identifier></dc:identifier>")]
    spaces: dict[str, Value] = {f"xmlns:{prefix}": uri for prefix, uri in _PROPERTIES.items()}
    return part(element("cp:coreProperties", spaces, *rows))


def stable_zip(data: bytes) -> bytes:
    """A package of ours that another program wrote again, with constant dates and attributes, so
    that equal parts give equal bytes, and with its fingerprint made anew."""
    out = io.BytesIO()
    made = Zip(out)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for name in source.namelist():
            if name != CORE:
                made.add(name, source.read(name))
        made.add(CORE, made.members.identified(source.read(CORE)))
    made.finish()
    return out.getvalue()


def as_document(template: bytes, kind: str) -> bytes:
    """A user's template (.dotx, .potx) as the `document` or `presentation` that it is otherwise,
    without macros, and without parts that could act or that say who worked on it.

    Raises ValueError for a package that unpacks to too much or declares entities, and whatever
    zipfile and lxml do for what is no package.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(made, "w") as new:
        if sum(part.file_size for part in old.infolist()) > LARGEST:
            raise ValueError("too large")
        for name in dict.fromkeys(old.namelist()):
            content = old.read(name)
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content:
                raise ValueError("declares entities")
            if name == _TYPES:
                own = f"vnd.openxmlformats-officedocument.{_FAMILIES[kind]}.{kind}.main+xml"
                content = _MAIN.sub(f"application/{own}".encode(), content)
            elif name.endswith(".rels"):
                content = _without_leaks(content)
            new.writestr(name, content)
    return made.getvalue()


def _without_leaks(relationships: bytes) -> bytes:
    root = etree.fromstring(relationships)
    for each in list(root):
        if each.get("Type", "").endswith(_LEAKS):
            root.remove(each)
    return _serialized(root)
