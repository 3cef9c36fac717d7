"""Spreadsheets: every sheet that shows and has questions. `.xlsx` here; `ods.py` for `.ods`.

Formulas give the value that was saved with them and are never run; links, macros and comments are
not looked at. What is hidden in the spreadsheet is left out here, with a message.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from generator.diagnostics import Problems
from generator.model import Span, plain
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
"""Characters of a sheet: a small file may name one long text for many cells."""
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the calendar that dates are counted by (ECMA-376 part 1, 18.17.4.1)."""
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold (ECMA-376 part 1, 22.4.2.4)."""


_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(slots=True)
class Sheet:
    """The texts of a sheet, and how much of it is hidden."""

    name: str
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    """Counted from 1; those that have texts."""
    too_wide: bool = False
    formulas: int = 0
    """Those whose value was not saved with them."""
    size: int = 0
    """Characters so far."""

    def add(
        self, numbers: Sequence[int], texts: list[str], hidden: bool, columns: set[int]
    ) -> None:
        """Take rows of the same texts, `hidden` or not, without the columns that are hidden.

        Raises ValueError for more text than any list of questions has.
        """
        self.size += sum(map(len, texts)) * len(numbers)
        if self.size > LARGEST:
            raise ValueError(f"more than {LARGEST} characters")
        if len(texts) > MAX_COLUMNS:
            self.too_wide = self.too_wide or any(texts[MAX_COLUMNS:])
            del texts[MAX_COLUMNS:]
        if hidden:
            self.hidden_rows += numbers if any(texts) else ()
            return
        for column in sorted(columns):
            if column < len(texts) and texts[column] and column + 1 not in self.hidden_columns:
                self.hidden_columns.append(column + 1)
        cells = [cell(text) for column, text in enumerate(texts) if column not in columns]
        if any(cells):
            self.rows += [Row(number, tuple(cells)) for number in numbers]


def read(data: bytes, problems: Problems) -> Source:
    """Raises SourceError for what is no spreadsheet."""
    return source(sheets_of(data, problems), problems)


def sheets_of(data: bytes, problems: Problems) -> list[Sheet]:
    """The sheets in their order; hidden ones have no rows. Raises SourceError for other files."""
    package = Package(data, problems.path, "spreadsheet")
    try:
        return list(_sheets(package, problems))
    except (LookupError, ValueError, etree.XMLSyntaxError):
        raise package.broken() from None


class _Read(NamedTuple):
    """A sheet with questions, and what is in doubt there."""

    sheet: Sheet
    found: Found
    doubts: Problems


def source(sheets: Iterable[Sheet], problems: Problems) -> Source:
    """The questions of all sheets that show. A sheet is a theme, or has themes of its own."""
    shown: list[Sheet] = []
    for sheet in sheets:
        if sheet.hidden:
            problems.note(f"the sheet '{sheet.name}' is hidden and is left out", None)
        else:
            _say_hidden(sheet, problems)
            shown += [sheet] if sheet.rows else []
    reads = list(_reads(shown, table.read, problems))
    if any(read.found.named for read in reads):  # then a page of instructions has to ask indeed
        reads = [read for read in reads if read.found.named or _asks_indeed(read.found)]
    reads = reads or list(_reads(shown[:1], table.fallback, problems))
    if shown and not reads:
        refuse(shown[0].rows[0].line, problems)
    for sheet in shown if reads else []:
        if not any(read.sheet is sheet for read in reads):
            problems.note(f"nothing asks in the sheet '{sheet.name}', which is left out", None)
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
    texts = [plain(question.text) for theme in read.themes for question in theme.questions]
    return sum(asks(text) == 1 for text in texts) > 0.6 * len(texts)


def _say_hidden(sheet: Sheet, problems: Problems) -> None:
    for kind, numbers in (("row", sheet.hidden_rows), ("column", sheet.hidden_columns)):
        if numbers:
            which = f"{len(numbers)} hidden {kind}{'s' if len(numbers) > 1 else ''}"
            verb = "are" if len(numbers) > 1 else "is"
            line = numbers[0] if kind == "row" else None
            problems.note(f"{which} of the sheet '{sheet.name}' {verb} left out", line)
    if sheet.formulas:
        which, verb = ("formulas", "have") if sheet.formulas > 1 else ("formula", "has")
        message = f"{sheet.formulas} {which} of the sheet '{sheet.name}' {verb} no saved value"
        hint = "open it in a spreadsheet program and save it again; formulas are not run here"
        problems.warning(message, None, hint)
    if sheet.too_wide:
        message = f"columns after number {MAX_COLUMNS} of the sheet '{sheet.name}' are not read"
        problems.note(message, None)


def _joined(reads: list[_Read]) -> Source:
    """A theme is named after its sheet, or after both where several sheets have themes."""
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
            elif len(reads) > 1 and plain(theme.title) != name:
                theme.title = (Span(f"{name}: "), *theme.title)
        themes += found.themes
    return Source(FrontMatter(), themes=themes, title=title if len(reads) == 1 else "")


# -- .xlsx (ECMA-376 part 1, 18)


def _sheets(package: Package, problems: Problems) -> Iterator[Sheet]:
    book, relations = package.xml("xl/workbook.xml"), package.xml("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        raise package.broken()
    places = {each.get("Id"): posixpath.join("/xl", each.get("Target", "")) for each in relations}
    texts = _Texts(_shared(package, problems), _dates(package), problems)
    for entry in book.iterfind(".//{*}sheet"):
        key = next((str(value) for name, value in entry.items() if str(name).endswith("}id")), "")
        sheet = Sheet(entry.get("name", ""), entry.get("state", "visible") != "visible")
        place = posixpath.normpath(places[key]).lstrip("/")
        if not sheet.hidden and "chartsheets/" not in place:
            _fill(sheet, package.bytes_of(place), texts)
        yield sheet


class _Texts(NamedTuple):
    """What the cells of a workbook refer to by number."""

    shared: list[str]
    dates: frozenset[str]
    """Styles of cells that hold dates."""
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


def _shared(package: Package, problems: Problems) -> list[str]:
    """The texts that cells refer to by number."""
    names = [name for name in package.names if name.lower() == "xl/sharedstrings.xml"]
    return [
        _string(entry, problems)
        for name in names
        for entry in _elements(package.bytes_of(name), "si")
    ]


def _string(entry: etree._Element, problems: Problems) -> str:
    """The text of runs in any style, without the readings that stand above characters."""
    if len(entry) == 1 and entry[0].tag.endswith("}t"):
        return _clean(entry[0].text or "", problems)
    texts = [each.text or "" for each in entry.iter("{*}t") if not _is_reading(each)]
    return _clean("".join(texts), problems)


def _is_reading(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and parent.tag.endswith("}rPh")


def _clean(text: str, problems: Problems) -> str:
    if "_x" in text:
        text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    return text if text.isprintable() else cleaned(text, problems)


def _fill(sheet: Sheet, data: bytes, texts: _Texts) -> None:
    hidden: set[int] = set()
    number = 0
    for entry in _elements(data, "col", "row"):
        concealed = entry.get("hidden") in ("1", "true")
        if etree.QName(entry).localname == "col":
            last = min(int(entry.get("max", 1)), MAX_COLUMNS)
            hidden.update(range(int(entry.get("min", 1)) - 1, last) if concealed else ())
        else:
            number = int(entry.get("r", number + 1))
            sheet.add([number], _cells(entry, texts), concealed, hidden)
            sheet.formulas += sum(map(_is_unsaved, entry))


def _elements(data: bytes, *names: str) -> Iterator[etree._Element]:
    """The elements of these names, one after the other; none is kept."""
    tags = [f"{{*}}{name}" for name in names]
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    for _, element in etree.iterparse(io.BytesIO(data), tag=tags, **options):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _cells(row: etree._Element, known: _Texts) -> list[str]:
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
    return (
        len(entry) > 0
        and entry[0].tag.endswith("}f")
        and not any(each.text for each in entry.iterchildren("{*}v", "{*}is"))
    )


@lru_cache(MAX_COLUMNS)
def _index(letters: str) -> int:
    """The place of a column, from 0: 26 for `AA`. What is no such name is far off."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number, 1) - 1


def _text(entry: etree._Element, known: _Texts) -> str:
    kind = entry.get("t", "n")
    if kind == "inlineStr":
        return "".join(_string(e, known.problems) for e in entry if e.tag.endswith("}is"))
    value = next((each.text or "" for each in entry if each.tag.endswith("}v")), "")
    if kind == "s":
        return known.shared[int(value)] if value else ""
    if kind == "e":  # "#REF!": a formula that had no result
        return ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "n" and entry.get("s") in known.dates:
        with suppress(ValueError, OverflowError):
            return (_FIRST_DAY + timedelta(float(value))).isoformat()
    return value.removesuffix(".0") if kind == "n" else _clean(value, known.problems)
