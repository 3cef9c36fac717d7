"""OpenDocument spreadsheets (.ods; OpenDocument 1.3 part 3, 9)."""

from __future__ import annotations

from lxml import etree

from generator.diagnostics import Problems
from generator.readers.characters import cleaned
from generator.readers.delimited import MAX_COLUMNS
from generator.readers.package import Package
from generator.readers.raw import Source
from generator.readers.sheet import Sheet, source

_N = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _STYLE, _OFFICE = (_N % name for name in ("table", "text", "style", "office"))
MAX_REPEATED = 1000
"""Rows with texts that one entry may stand for: programs join equal rows that follow each other."""


def read(data: bytes, problems: Problems) -> Source:
    """Raises SourceError for what is no spreadsheet."""
    package = Package(data, problems.path, "spreadsheet")
    root = package.xml("content.xml")
    if root is None:
        raise package.broken()
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iterfind(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    try:
        sheets = [
            _sheet(entry, entry.get(f"{_TABLE}style-name") in hidden, problems)
            for entry in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        ]
    except ValueError:
        raise package.broken() from None
    return source(sheets, problems)


def _sheet(entry: etree._Element, hidden: bool, problems: Problems) -> Sheet:
    sheet = Sheet(entry.get(f"{_TABLE}name", ""), hidden)
    shut: set[int] = set()
    column = 0
    for each in entry.iter(f"{_TABLE}table-column"):
        times = _times(each, "columns")
        if _is_hidden(each):
            shut.update(range(column, min(column + times, MAX_COLUMNS)))
        column += times
    number = 1
    for row in () if hidden else entry.iter(f"{_TABLE}table-row"):
        times = _times(row, "rows")
        texts = _cells(row, problems)
        if any(texts) and times > MAX_REPEATED:
            message = f"a row is repeated {times} times; {MAX_REPEATED} are read"
            problems.warning(message, number, "delete the copies")
        if any(texts):
            numbers = range(number, number + min(times, MAX_REPEATED))
            sheet.add(numbers, texts, _is_hidden(row), shut)
        number += times
    return sheet


def _times(element: etree._Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", 1)))


def _is_hidden(element: etree._Element) -> bool:
    return bool(element.get(f"{_TABLE}visibility", "visible") != "visible")


def _cells(row: etree._Element, problems: Problems) -> list[str]:
    texts: list[str] = []
    for entry in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = min(_times(entry, "columns"), MAX_COLUMNS + 1)
        text = "\n".join(map(_text, entry.iterchildren(f"{_TEXT}p", f"{_TEXT}h")))
        if len(texts) <= MAX_COLUMNS:
            texts += [cleaned(text, problems) if text else ""] * times
    return texts


def _text(element: etree._Element) -> str:
    """The text of a paragraph; comments, and readings above characters, are none of it."""
    name = element.tag
    if name in (f"{_OFFICE}annotation", f"{_TEXT}ruby-text") or not isinstance(name, str):
        return ""
    if name == f"{_TEXT}s":
        return " " * min(int(element.get(f"{_TEXT}c", 1)), 100)
    if name in (f"{_TEXT}line-break", f"{_TEXT}tab"):
        return "\n" if name.endswith("break") else " "
    return (element.text or "") + "".join(_text(each) + (each.tail or "") for each in element)
