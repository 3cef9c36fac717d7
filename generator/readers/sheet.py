"""Spreadsheets: every sheet that shows and has questions. `.xlsx` here; `ods.py` for `.ods`.

Formulas give the value that was saved with them and are never run; links, macros and comments are
not looked at. What is hidden in the spreadsheet is left out here, with a message.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from generator.diagnostics import Problems, SourceError, error
from generator.model import Span, plain
from generator.readers import table
from generator.readers.characters import cleaned
from generator.readers.delimited import cell, refuse
from generator.readers.front_matter import FrontMatter
from generator.readers.headers import is_default_sheet
from generator.readers.package import check
from generator.readers.raw import RawTheme, Row, Source
from generator.readers.table import Found

MAX_COLUMNS = 100
"""A sheet may say that it is 16,384 columns wide and a million rows long, and have four cells."""
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold (ECMA-376 part 1, 22.4.2.4)."""


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

    def add(
        self, numbers: Iterable[int], texts: list[str], hidden: bool, columns: set[int]
    ) -> None:
        """Take rows of the same texts, `hidden` or not, without the columns that are hidden."""
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


def read(data: str | bytes, problems: Problems) -> Source:
    """Raises SourceError for what is no spreadsheet."""
    data, path = bytes(data), problems.path  # type: ignore[arg-type]
    check(data, path, "spreadsheet")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheets = list(_sheets(package, problems))
    except (KeyError, ValueError, OSError, etree.XMLSyntaxError, zipfile.BadZipFile) as problem:
        hint = f"open it in a spreadsheet program and save it again as {path.suffix}, or as CSV"
        raise SourceError([error("cannot be read as a spreadsheet", path, hint=hint)]) from problem
    return source(sheets, problems)


def source(sheets: Iterable[Sheet], problems: Problems) -> Source:
    """The questions of all sheets that show. A sheet is a theme, or has themes of its own."""
    found: list[tuple[Sheet, Found]] = []
    rest: list[Sheet] = []
    for sheet in sheets:
        if sheet.hidden:
            problems.note(f"the sheet '{sheet.name}' is hidden and is left out", None)
            continue
        _say_hidden(sheet, problems)
        if read := table.read(sheet.rows, problems):
            found.append((sheet, read))
        elif sheet.rows:
            rest.append(sheet)
    if not found and rest and (read := table.fallback(rest[0].rows, problems)):
        found.append((rest.pop(0), read))
    if not found and rest:
        refuse(rest[0].rows[0].line, problems)
    for sheet in rest if found else []:
        problems.note(f"nothing asks in the sheet '{sheet.name}', which is left out", None)
    return _joined(found, problems)


def _say_hidden(sheet: Sheet, problems: Problems) -> None:
    for kind, numbers in (("row", sheet.hidden_rows), ("column", sheet.hidden_columns)):
        if numbers:
            which = f"{len(numbers)} hidden {kind}{'s' if len(numbers) > 1 else ''}"
            verb = "are" if len(numbers) > 1 else "is"
            line = numbers[0] if kind == "row" else None
            problems.note(f"{which} of the sheet '{sheet.name}' {verb} left out", line)
    if sheet.too_wide:
        message = f"columns after number {MAX_COLUMNS} of the sheet '{sheet.name}' are not read"
        problems.note(message, None)


def _joined(found: list[tuple[Sheet, Found]], problems: Problems) -> Source:
    """A theme is named after its sheet, or after both where several sheets have themes."""
    titles = [table.title_of(read, problems) for _, read in found]
    themes: list[RawTheme] = []
    for (sheet, read), title in zip(found, titles, strict=True):
        name = "" if is_default_sheet(sheet.name) else sheet.name.strip()
        if len(found) > 1:
            name = name or title or sheet.name
        for theme in read.themes:
            if not theme.title and name:
                theme.title = (Span(name),)
            elif len(found) > 1 and name and plain(theme.title) != name:
                theme.title = (Span(f"{name}: "), *theme.title)
        themes += read.themes
    title = titles[0] if len(found) == 1 else ""
    return Source(FrontMatter(), themes=themes, title=title)


# -- .xlsx (ECMA-376 part 1, 18)


def _sheets(package: zipfile.ZipFile, problems: Problems) -> Iterator[Sheet]:
    places = {}
    for relation in etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser()):
        places[relation.get("Id")] = posixpath.join("/xl", relation.get("Target", ""))
    shared = _shared(package, problems)
    book = etree.fromstring(package.read("xl/workbook.xml"), parser())
    for entry in book.iterfind(".//{*}sheet"):
        key = next(value for name, value in entry.items() if str(name).endswith("}id"))
        sheet = Sheet(entry.get("name", ""), entry.get("state", "visible") != "visible")
        place = posixpath.normpath(places[key]).lstrip("/")
        if not sheet.hidden and "chartsheets/" not in place:
            _fill(sheet, package.read(place), shared, problems)
        yield sheet


def parser() -> etree.XMLParser:
    """Fetches nothing and expands nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _shared(package: zipfile.ZipFile, problems: Problems) -> list[str]:
    """The texts that cells refer to by number."""
    names = [name for name in package.namelist() if name.lower() == "xl/sharedstrings.xml"]
    if not names:
        return []
    return [_string(entry, problems) for entry in _elements(package.read(names[0]), "si")]


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


def _fill(sheet: Sheet, data: bytes, shared: list[str], problems: Problems) -> None:
    hidden: set[int] = set()
    number = 0
    for entry in _elements(data, "col", "row"):
        concealed = entry.get("hidden") in ("1", "true")
        if etree.QName(entry).localname == "col":
            last = min(int(entry.get("max", 1)), MAX_COLUMNS)
            hidden.update(range(int(entry.get("min", 1)) - 1, last) if concealed else ())
        else:
            number = int(entry.get("r", number + 1))
            sheet.add([number], _cells(entry, shared, problems), concealed, hidden)


def _elements(data: bytes, *names: str) -> Iterator[etree._Element]:
    """The elements of these names, one after the other; none is kept."""
    tags = [f"{{*}}{name}" for name in names]
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    for _, element in etree.iterparse(io.BytesIO(data), tag=tags, **options):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _cells(row: etree._Element, shared: list[str], problems: Problems) -> list[str]:
    texts: list[str] = []
    for entry in row:
        place = entry.get("r", "").rstrip("0123456789")
        column = _index(place) if place else len(texts)
        if text := _text(entry, shared, problems):
            column = min(column, MAX_COLUMNS)  # `add` says that it is too far
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
    return texts


@lru_cache(MAX_COLUMNS)
def _index(letters: str) -> int:
    """The place of a column, from 0: 26 for `AA`. What is no such name is far off."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number, 1) - 1


def _text(entry: etree._Element, shared: list[str], problems: Problems) -> str:
    kind = entry.get("t", "n")
    if kind == "inlineStr":
        return "".join(_string(each, problems) for each in entry if each.tag.endswith("}is"))
    value = next((each.text or "" for each in entry if each.tag.endswith("}v")), "")
    if kind == "s":
        return shared[int(value)] if value else ""
    if kind == "e":  # "#REF!": a formula that had no result
        return ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value.removesuffix(".0") if kind == "n" else _clean(value, problems)
