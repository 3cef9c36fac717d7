"""The same set in every format gives the same documents, byte for byte."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import yaml
from docx import Document

from generator import kit

SET = {
    "To begin": [("What do you hope for?", ["And why now?", "Who knows of it?"]), ("Where?", [])],
    "To end": [("What stays?", []), ("What would you do otherwise, “if”?", ["Really?"])],
}
ROWS = [
    ["Theme", "Question", "Follow-up"],
    *[
        [theme, text, "\n".join(followups)]
        for theme, asked in SET.items()
        for text, followups in asked
    ],
]


def markdown(path: Path) -> None:
    lines = []
    for theme, asked in SET.items():
        lines += ["", theme, ""]
        for text, followups in asked:
            lines += [f"- {text}", *[f"  - {followup}" for followup in followups]]
    path.write_text("\n".join(lines), encoding="utf-8")


def table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)


def sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(path)


def data(path: Path) -> None:
    themes = [
        {
            "title": theme,
            "questions": [{"text": text, "followups": followups} for text, followups in asked],
        }
        for theme, asked in SET.items()
    ]
    dump = json.dumps if path.suffix == ".json" else yaml.safe_dump
    path.write_text(dump({"themes": themes}), encoding="utf-8")


def word(path: Path) -> None:
    document = Document()
    document.core_properties.author = ""
    for theme, asked in SET.items():
        document.add_heading(theme, 1)
        for text, followups in asked:
            document.add_paragraph(text, style="List Number")
            for followup in followups:
                document.add_paragraph(followup, style="List Bullet 2")
    document.save(str(path))


WRITE: dict[str, Callable[[Path], None]] = {
    ".csv": table, ".xlsx": sheet, ".yaml": data, ".json": data, ".docx": word,
}  # fmt: skip


def built(write: Callable[[Path], None], suffix: str, folder: Path) -> dict[str, bytes]:
    source = folder / "in" / f"set{suffix}"
    source.parent.mkdir(exist_ok=True)
    write(source)
    report = kit.build([source], folder / suffix.lstrip("."))
    assert not report.diagnostics
    return {written.path.name: written.path.read_bytes() for written in report.written}


@pytest.mark.parametrize("suffix", WRITE)
def test_documents_do_not_tell_what_format_they_came_from(suffix: str, tmp_path: Path) -> None:
    expected = built(markdown, ".md", tmp_path)
    assert len(expected) == 3
    assert built(WRITE[suffix], suffix, tmp_path) == expected
