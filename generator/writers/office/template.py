"""A user's .docx, .dotx, .pptx or .potx, without active content and without the names of its
makers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from posixpath import dirname, join, split
from typing import Any, NamedTuple

from lxml import etree

from generator.diagnostics import CONTROL, Diagnostic, GeneratorError, SourceError, warning
from generator.files import UNPACKED, member
from generator.writers.office.xml import NAMESPACES

_MAIN = {
    kind: (
        re.compile(rf"application/vnd\.(?:{ours}|{other})\.[^\"']*\.main\+xml".encode()),
        f"application/vnd.{ours}.{kind}.main+xml".encode(),
    )
    for kind, ours, other in (
        ("document", "openxmlformats-officedocument.wordprocessingml", "ms-word"),
        ("presentation", "openxmlformats-officedocument.presentationml", "ms-powerpoint"),
    )
}
"""The types of main parts, including those of templates and files with macros, and their
replacements."""
_TYPES = "[Content_Types].xml"
_SILENT = (
    "/customXml", "/people", "/authors", "/commentAuthors", "/commentsExtended", "/commentsIds",
    "/extended-properties", "/core-properties", "/custom-properties", "/thumbnail", "/tags",
    "/printerSettings",
)  # fmt: skip
_LEFT_OUT = {
    "macros": ("/vbaProject", "/attachedToolbars", "/keyMapCustomizations", "/ui/extensibility"),
    "comments": ("/comments",),
    "an attached template": ("/attachedTemplate",),
    "embedded objects": ("/oleObject", "/package", "/control", "/activeXControlBinary"),
    "files to be included": ("/aFChunk", "/subDocument"),
    "add-ins": ("/webextension", "/webextensiontaskpanes"),
}
"""The ends of the types of relationships that are removed, by the name that a warning gives
them."""
_WEB = re.compile("(?:https?|mailto):", re.IGNORECASE)
_FIELDS = re.compile(
    r"\s*(?:=|HYPERLINK\s+(?:\\l|\"?(?:https?|mailto):)|(?:AUTHOR|COMMENTS|CREATEDATE|DATE|"
    r"DOCPROPERTY|DOCVARIABLE|EDITTIME|EQ|FILENAME|FILESIZE|FORM\w+|IF|INDEX|INFO|KEYWORDS|"
    r"LASTSAVEDBY|LISTNUM|MERGE\w+|NOTEREF|NUM\w+|PAGE|PAGEREF|PRINTDATE|QUOTE|REF|REVNUM|SAVEDATE|"
    r"SECTION\w*|SEQ|STYLEREF|SUBJECT|SYMBOL|TC|TEMPLATE|TIME|TITLE|TOC|USER\w+|XE)\b)",
    re.IGNORECASE,
)
"""The start of fields that neither open a file nor start a program (ECMA-376, part 1, 17.16.5)."""
_ACTIONS = ("ppaction://macro", "ppaction://program", "ppaction://ole")


def _names(prefix: str, names: str) -> set[str]:
    return {f"{{{NAMESPACES[prefix]}}}{name}" for name in names.split()}


_MARKS = _names("w", "commentRangeStart commentRangeEnd commentReference annotationRef mailMerge")
_WHOLE = _names("w", "object") | _names("p", "graphicFrame controls")
"""Elements that are removed as a whole if something in them is."""
_WITHOUT = _names("w", "hyperlink") | _names("a", "blip")
"""Elements that are kept without the relationship that they name."""
_R, _W = f"{{{NAMESPACES['r']}}}", f"{{{NAMESPACES['w']}}}"


class Template(NamedTuple):
    """A file to be filled."""

    data: bytes
    broken: Diagnostic
    """The error if it cannot be used."""
    warnings: tuple[Diagnostic, ...]


@contextmanager
def used(template: Template | None) -> Iterator[None]:
    """Raise SourceError for any exception while a template is read or filled, as libraries may
    raise anything for files that others made. Without a template nothing is caught."""
    with _blamed(template.broken) if template else nullcontext():
        yield


@contextmanager
def _blamed(broken: Diagnostic) -> Iterator[None]:
    try:
        yield
    except GeneratorError:
        raise
    except Exception as problem:
        reason = CONTROL.sub("", str(problem)).split("\n")[0][:150]
        raise SourceError([replace(broken, message=f"{broken.message}: {reason}")]) from problem


def opened(data: bytes, kind: str, broken: Diagnostic) -> Template:
    """Return the `document` or `presentation` in a template. Raises SourceError."""
    with _blamed(broken):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if sum(each.file_size for each in file.infolist()) > UNPACKED:
                raise ValueError(f"it unpacks to more than {UNPACKED // 1_000_000} MB")
            parts = {each.filename: member(file, each) for each in file.infolist()}
        found = dict.fromkeys(_cleaned(parts))
        types, own = _MAIN[kind]
        parts[_TYPES] = types.sub(own, parts[_TYPES])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name, content in parts.items():
                made.writestr(name, content)
    warnings = []
    if found:
        hint = "you need not do anything; remove it from the template to get rid of this message"
        message = f"not taken over from the template: {', '.join(found)}"
        warnings.append(warning(message, broken.path, broken.line, hint))
    return Template(out.getvalue(), broken, tuple(warnings))


def _cleaned(parts: dict[str, bytes]) -> Iterator[str]:
    """Remove unwanted parts. Yields the name of each that a warning should mention."""
    trees = {name: _parsed(name, parts[name]) for name in parts if name.endswith((".xml", ".rels"))}
    dropped: dict[str, set[str]] = {}
    for name in [name for name in trees if name.endswith(".rels")]:
        folder, own = split(name)
        source = join(dirname(folder), own.removesuffix(".rels"))
        dropped[source] = set()
        for row in list(trees[name].iter("{*}Relationship")):
            what = _left_out(row.get("Type", ""), row.get("Target", ""), row.get("TargetMode"))
            if what is not None:
                dropped[source].add(row.get("Id", ""))
                _take_out(row)
                yield from filter(None, [what])
    for name, root in trees.items():
        yield from _without(root, dropped.get(name, set()))
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parsed(name: str, content: bytes) -> Any:
    """Return the root of a part. Entities, which a document type declares and which can grow
    without end, have no place in a package (ECMA-376, part 2, 7.2)."""
    try:
        root: Any = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as problem:
        raise ValueError(f"its part {name} is damaged: {problem.msg}") from None
    if root.getroottree().docinfo.doctype:
        raise ValueError(f"its part {name} has a document type")
    return root


def _left_out(kind: str, target: str, mode: str | None) -> str | None:
    """Return the name of what a relationship leads to if that is removed; empty if no warning is
    needed."""
    if kind.endswith(_SILENT):
        return ""
    for what, kinds in _LEFT_OUT.items():
        if kind.endswith(kinds):
            return what
    if mode == "External" and not (kind.endswith("/hyperlink") and _WEB.match(target)):
        return "links to files"
    return None


def _without(root: Any, dropped: Collection[str]) -> Iterator[str]:
    """Remove from a part the references to dropped relationships, and active content."""
    for each in list(root.iter("*")):
        keys = [
            key for key, value in each.attrib.items() if key.startswith(_R) and value in dropped
        ]
        if each.tag in _MARKS or each.get("action", "").startswith(_ACTIONS):
            _take_out(each)
        elif keys and each.tag in _WITHOUT:
            for key in keys:
                del each.attrib[key]
        elif keys:
            _take_out(next((up for up in each.iterancestors() if up.tag in _WHOLE), each))
    if any(_unlinked(root)):
        yield "fields that open files or start programs"


def _unlinked(root: Any) -> Iterator[bool]:
    """Reduce fields that could act to the text that they show. One whose name is made by another
    field counts as such."""
    for each in list(root.iter(f"{_W}fldSimple")):
        if not _FIELDS.match(each.get(f"{_W}instr", "")):
            at = each.getparent().index(each)
            each.getparent()[at : at + 1] = list(each)
            yield True
    open_fields: list[list[Any]] = []
    for each in list(root.iter(f"{_W}fldChar", f"{_W}instrText")):
        if each.get(f"{_W}fldCharType") == "begin":
            open_fields.append([])
        if open_fields:
            open_fields[-1].append(each)
        if each.get(f"{_W}fldCharType") == "end" and open_fields:
            field = open_fields.pop()
            if not _FIELDS.match("".join(mark.text or "" for mark in field)):
                for mark in field:
                    _take_out(mark)
                yield True


def _take_out(element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)
