"""Spreadsheets (.xlsx): their first sheet that has rows, read as a table.

Formulas give the value that was saved with them, and never act; macros and links are not looked at.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from generator.errors import SourceError, error
from generator.readers import Reading
from generator.readers.package import check
from generator.readers.problems import Problems, cleaned
from generator.readers.table import Row, from_rows

MAX_COLUMNS = 50
"""A sheet may say that it is 16,384 columns wide and a million rows long, and have four cells."""


def read(data: bytes, path: Path) -> Reading:
    """Raises SourceError with every problem found."""
    problems = Problems(path)
    check(data, path, "spreadsheet")
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
                for number, row in enumerate(_rows(sheet), 1)
                if row.count(None) < len(row)
            ]
            if any(any(row.cells) for row in rows):
                if (sheet.max_column or 0) > MAX_COLUMNS:
                    problems.note(f"columns after number {MAX_COLUMNS} are not read", None)
                break
        else:
            rows = []
    except Exception as problem:  # openpyxl raises whatever a broken part makes it raise
        hint = "open it in a spreadsheet program and save it again as .xlsx, or as CSV"
        raise SourceError([error("cannot be read as a spreadsheet", path, hint=hint)]) from problem
    return from_rows(rows, problems, path)


def _rows(sheet: Any) -> Iterable[tuple[object, ...]]:
    return cast(
        Iterable[tuple[object, ...]], sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    )


def _text(value: object, problems: Problems) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cleaned(str(value), problems)
