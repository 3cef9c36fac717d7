"""Spreadsheets (.xlsx): their first sheet that has rows, read as a table.

Formulas give the value that was saved with them, and never act; macros and links are not looked at.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from generator.errors import SourceError, error
from generator.readers import Reading
from generator.readers.problems import Problems, cleaned
from generator.readers.table import Row, from_rows

LARGEST = 200_000_000
"""Bytes that a file may unpack to."""


def read(data: bytes, path: Path) -> Reading:
    """Raises SourceError with every problem found."""
    problems = Problems(path)
    _check(data, path)
    try:
        from openpyxl import load_workbook
    except ImportError:
        hint = "install it with: python -m pip install openpyxl (or save the sheet as CSV)"
        raise SourceError([error("reading .xlsx needs openpyxl", path, hint=hint)]) from None
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            rows = [
                Row(number, [_text(value, problems) for value in row])
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            ]
            if any(any(row.cells) for row in rows):
                break
        else:
            rows = []
    except Exception as problem:  # openpyxl raises whatever a broken part makes it raise
        hint = "open it in a spreadsheet program and save it again as .xlsx, or as CSV"
        raise SourceError([error("cannot be read as a spreadsheet", path, hint=hint)]) from problem
    return from_rows(rows, problems, path)


def _check(data: bytes, path: Path) -> None:
    """Raises SourceError for what is no package, unpacks to too much, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST:
                hint = "save the questions alone, as CSV"
                message = f"unpacks to more than {LARGEST // 1_000_000} MB"
                raise SourceError([error(message, path, hint=hint)])
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            if any(b"<!DOCTYPE" in package.read(name) for name in names):
                hint = "save it again with a spreadsheet program"
                raise SourceError(
                    [error("has a document type, which is not read", path, hint=hint)]
                )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        hint = "save it again as .xlsx, or as CSV"
        raise SourceError([error("is not a spreadsheet", path, hint=hint)]) from None


def _text(value: object, problems: Problems) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cleaned(str(value), problems)
