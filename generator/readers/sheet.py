"""Spreadsheets (.xlsx, .ods): every visible sheet that has questions.

Formulas are never evaluated: the value that was saved with them is read. Links, macros and comments
are ignored. Hidden rows, columns and sheets are left out, with a message.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from generator.diagnostics import Problems
from generator.model import Span
from generator.readers import table
from generator.readers.asks import asks
from generator.readers.characters import cleaned
from generator.readers.delimited import MAX_COLUMNS, cell, refuse
from generator.readers.front_matter import FrontMatter
from generator.readers.headers import is_default_sheet
from generator.readers.package import Package
from generator.readers.raw import RawTheme, Row, Source
from generator.readers.table import Found

LARGEST = 50_000_000
"""Maximum characters of a sheet, as a small file may repeat one long text in many cells."""
MAX_REPEATED = 1000
"""Maximum rows with text that one entry of an .ods file may stand for, as programs merge
consecutive equal rows."""


@dataclass(slots=True)
class Sheet:
    """The texts of a sheet, and how much of it is hidden."""

    name: str
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    """Hidden columns, counted from 0."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    """Hidden columns that have texts."""
    too_wide: bool = False
    formulas: int = 0
    """Number of formulas whose value was not saved."""
    size: int = 0
    """Characters so far."""

    def add(self, numbers: range, texts: list[str], hidden: bool) -> None:
        """Add rows of the same texts, `hidden` or not, without the hidden columns.

        Raises ValueError if the text is longer than any list of questions.
        """
        self.size += sum(map(len, texts)) * len(numbers)
        if self.size > LARGEST:
            raise ValueError(f"more than {LARGEST} characters")
        self.too_wide = self.too_wide or any(texts[MAX_COLUMNS:])
        if not any(texts):
            return
        if hidden:
            self.hidden_rows += numbers
            return
        shown = dict(enumerate(texts[:MAX_COLUMNS]))
        self.hidden_columns |= {column for column in self.closed if shown.pop(column, "")}
        cells = tuple(map(cell, shown.values()))
        if any(cells):
            self.rows += [Row(number, cells) for number in numbers]

    def say_hidden(self, problems: Problems) -> None:
        """Report what is left out because it is hidden."""
        of = f"of the sheet '{self.name}'"
        for kind, numbers in (("rows", self.hidden_rows), ("columns", self.hidden_columns)):
            if numbers:
                line = self.hidden_rows[0] if kind == "rows" else None
                problems.note(f"hidden {kind} {of} are left out: {len(numbers)}", line)
        if self.formulas:
            message = f"formulas {of} without a saved value: {self.formulas}"
            hint = "open it in a spreadsheet program and save it again; formulas are not evaluated"
            problems.warning(message, None, hint)
        if self.too_wide:
            problems.note(f"columns after the first {MAX_COLUMNS} {of} are not read", None)


class _Read(NamedTuple):
    """A sheet with its questions and its doubts."""

    sheet: Sheet
    found: Found
    doubts: Problems


def read(data: bytes, problems: Problems) -> Source:
    """Return the questions of all visible sheets. A sheet is a theme, or has themes of its own.

    Raises SourceError if the file is no spreadsheet.
    """
    shown: list[Sheet] = []
    for sheet in sheets_of(data, problems):
        if sheet.hidden:
            problems.note(f"the sheet '{sheet.name}' is hidden and is left out", None)
        else:
            sheet.say_hidden(problems)
            shown += [sheet] if sheet.rows else []
    reads = list(_reads(shown, table.read, problems))
    if any(read.found.named for read in reads):  # then a page of instructions has to ask indeed
        reads = [read for read in reads if read.found.named or _asks_indeed(read.found)]
    reads = reads or list(_reads(shown[:1], table.fallback, problems))
    if shown and not reads:
        refuse(shown[0].rows[0].line, problems)
    for sheet in shown if reads else []:
        if not any(read.sheet is sheet for read in reads):
            problems.note(f"the sheet '{sheet.name}' was left out: nothing in it asks", None)
    made = _joined(reads)
    for sheet, _, doubts in reads:
        where = f"sheet '{sheet.name}': " if len(shown) > 1 else ""
        problems.found += [replace(each, message=where + each.message) for each in doubts.found]
    return made


def _reads(
    sheets: Iterable[Sheet],
    reader: Callable[[list[Row], Problems], Found | None],
    problems: Problems,
) -> Iterator[_Read]:
    for sheet in sheets:
        doubts = Problems(problems.path)
        if found := reader(sheet.rows, doubts):
            yield _Read(sheet, found, doubts)


def _asks_indeed(read: Found) -> bool:
    texts = [question.plain for theme in read.themes for question in theme.questions]
    return sum(asks(text) == 1 for text in texts) > 0.6 * len(texts)


def _joined(reads: list[_Read]) -> Source:
    """Join sheets. A theme is named after its sheet, or after both if several sheets have
    themes."""
    themes: list[RawTheme] = []
    title = ""
    for sheet, found, doubts in reads:
        title = table.title_of(found, doubts)
        name = "" if is_default_sheet(sheet.name) else sheet.name.strip()
        if len(reads) > 1:
            name = name or title or sheet.name
        for theme in found.themes:
            if not theme.title and name:
                theme.title = (Span(name),)
            elif len(reads) > 1 and theme.name != name:
                theme.title = (Span(f"{name}: "), *theme.title)
        themes += found.themes
    return Source(FrontMatter(), themes=themes, title=title if len(reads) == 1 else "")


def sheets_of(data: bytes, problems: Problems) -> list[Sheet]:
    """Return all sheets in order, hidden ones without rows. Raises SourceError for other files."""
    package = Package(data, problems.path, "spreadsheet")
    sheets = _open_document if "content.xml" in package.names else _workbook
    try:
        return list(sheets(package, problems))
    except (LookupError, ValueError):
        raise package.broken() from None


# -- .xlsx (ECMA-376 part 1, 18)

_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the calendar that dates are counted from (18.17.4.1)."""
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""The escape for a character that XML cannot contain (22.4.2.4)."""
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def _workbook(package: Package, problems: Problems) -> Iterator[Sheet]:
    book, relations = package.root("xl/workbook.xml"), package.root("xl/_rels/workbook.xml.rels")
    places = {each.get("Id"): posixpath.join("/xl", each.get("Target", "")) for each in relations}
    names = [name for name in package.names if name.lower() == "xl/sharedstrings.xml"]
    shared = [_string(entry, problems) for name in names for entry in package.root(name)]
    known = _Known(shared, _dates(package), problems)
    for entry in book.iterfind(".//{*}sheet"):
        key = next((str(value) for name, value in entry.items() if str(name).endswith("}id")), "")
        sheet = Sheet(entry.get("name", ""), entry.get("state", "visible") != "visible")
        place = posixpath.normpath(places[key]).lstrip("/")
        if not sheet.hidden and "chartsheets/" not in place:
            _fill(sheet, package.root(place), known)
        yield sheet


class _Known(NamedTuple):
    """Tables that the cells of a workbook refer to by number."""

    texts: list[str]
    dates: frozenset[str]
    """Cell styles that format dates."""
    problems: Problems


def _dates(package: Package) -> frozenset[str]:
    root = package.xml("xl/styles.xml")
    if root is None:
        return frozenset()
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
    days = {key for key, code in codes.items() if re.search("[yd]", _QUOTED.sub("", code))}
    days |= {"14", "15", "16", "17", "22"}  # built in (18.8.30)
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(str(number) for number, style in styles if style.get("numFmtId") in days)


def _string(entry: etree._Element, problems: Problems) -> str:
    """Return the text of all runs, without phonetic readings above characters."""
    for reading in entry.findall("{*}rPh"):
        entry.remove(reading)
    return _clean("".join(each.text or "" for each in entry.iter("{*}t")), problems)


def _clean(text: str, problems: Problems) -> str:
    if "_x" in text:
        text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    return text if text.isprintable() else cleaned(text, problems)


def _fill(sheet: Sheet, root: etree._Element, known: _Known) -> None:
    number = 0
    for entry in root.iter("{*}col", "{*}row"):
        hidden = entry.get("hidden") in ("1", "true")
        if etree.QName(entry).localname == "row":
            number = int(entry.get("r", number + 1))
            sheet.add(range(number, number + 1), _cells(entry, known), hidden)
            sheet.formulas += sum(map(_is_unsaved, entry))
        elif hidden:
            last = min(int(entry.get("max", 1)), MAX_COLUMNS)
            sheet.closed.update(range(int(entry.get("min", 1)) - 1, last))


def _cells(row: etree._Element, known: _Known) -> list[str]:
    texts: list[str] = []
    for entry in row:
        place = entry.get("r", "").rstrip("0123456789")
        column = _index(place) if place else len(texts)
        if text := _text(entry, known):
            column = min(column, MAX_COLUMNS)  # `add` says that it is too far
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
    return texts


def _is_unsaved(entry: etree._Element) -> bool:
    formula = len(entry) > 0 and entry[0].tag.endswith("}f")
    return formula and not any(each.text for each in entry.iterchildren("{*}v", "{*}is"))


@lru_cache(MAX_COLUMNS)
def _index(letters: str) -> int:
    """Return the index of a column, 26 for `AA`; a very large one if it is no column."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number, 1) - 1


def _text(entry: etree._Element, known: _Known) -> str:
    kind = entry.get("t", "n")
    if kind == "inlineStr":
        return "".join(_string(each, known.problems) for each in entry.iterchildren("{*}is"))
    value = next((each.text or "" for each in entry if each.tag.endswith("}v")), "")
    if kind == "s":
        return known.texts[int(value)] if value else ""
    if kind == "e":  # "#REF!": a formula that had no result
        return ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "n" and entry.get("s") in known.dates:
        with suppress(ValueError, OverflowError):
            return (_FIRST_DAY + timedelta(float(value))).isoformat()
    return value.removesuffix(".0") if kind == "n" else _clean(value, known.problems)


# -- .ods (OpenDocument 1.3 part 3, 9)

_N = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _STYLE, _OFFICE = (_N % name for name in ("table", "text", "style", "office"))


def _open_document(package: Package, problems: Problems) -> Iterator[Sheet]:
    root = package.root("content.xml")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iterfind(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    for entry in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        sheet = Sheet(entry.get(f"{_TABLE}name", ""), entry.get(f"{_TABLE}style-name") in hidden)
        if not sheet.hidden:
            _fill_repeated(sheet, entry, problems)
        yield sheet


def _fill_repeated(sheet: Sheet, entry: etree._Element, problems: Problems) -> None:
    column, number = 0, 1
    for each in entry.iter(f"{_TABLE}table-column"):
        after = column + _times(each, "columns")
        if _is_hidden(each):
            sheet.closed.update(range(column, min(after, MAX_COLUMNS)))
        column = after
    for row in entry.iter(f"{_TABLE}table-row"):
        times, texts = _times(row, "rows"), _repeated_cells(row, problems)
        if any(texts) and times > MAX_REPEATED:
            message = f"a row is repeated {times} times; {MAX_REPEATED} are read"
            problems.warning(message, number, "delete the copies")
        sheet.add(range(number, number + min(times, MAX_REPEATED)), texts, _is_hidden(row))
        number += times


def _times(element: etree._Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", 1)))


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _repeated_cells(row: etree._Element, problems: Problems) -> list[str]:
    texts: list[str] = []
    for entry in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = min(_times(entry, "columns"), MAX_COLUMNS + 1)
        text = "\n".join(map(_written, entry.iterchildren(f"{_TEXT}p", f"{_TEXT}h")))
        if len(texts) <= MAX_COLUMNS:
            texts += [cleaned(text, problems) if text else ""] * times
    return texts


def _written(element: etree._Element) -> str:
    """Return the text of a paragraph, without comments and without phonetic readings."""
    name = element.tag
    if name in (f"{_OFFICE}annotation", f"{_TEXT}ruby-text"):
        return ""
    if name == f"{_TEXT}s":
        return " " * min(int(element.get(f"{_TEXT}c", 1)), 100)
    if name in (f"{_TEXT}line-break", f"{_TEXT}tab"):
        return "\n" if name.endswith("break") else " "
    return (element.text or "") + "".join(_written(each) + (each.tail or "") for each in element)
