"""Tables and data as people have them: `shapes.txt` has each source and what is read from it.

`python tests/readers/test_shapes.py` writes down what is read now, to be looked at line by line.
"""

import csv
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator import readers
from generator.convert import answer_text
from generator.model import Question, plain

SHAPES = Path(__file__).parent / "shapes.txt"
RULE = "-" * 20


def shapes() -> Iterator[tuple[str, str, str]]:
    """The name of each file, what it holds, and what is read from it."""
    for part in re.split(r"^=== ", SHAPES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        source, _, expected = rest.partition(f"{RULE}\n")
        yield name, source, expected.strip()


def written(name: str, source: str, folder: Path) -> Path:
    """The file. A workbook is written as the CSV of its sheets, each below its name."""
    path = folder / name
    if path.suffix != ".xlsx":
        path.write_text(source, encoding="utf-8")
        return path
    book = Workbook()
    book.remove(book.active)
    for part in re.split(r"^## ", source, flags=re.MULTILINE)[1:]:
        title, _, rows = part.partition("\n")
        sheet = book.create_sheet(title)
        for row in csv.reader(rows.splitlines()):
            sheet.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    book.save(path)
    return path


def shown(question: Question) -> str:
    parts = [f"{question.number}. {plain(question.text)}"]
    parts += [f"{'>' * more.depth} {plain(more.text)}" for more in question.followups]
    parts += [f"({' | '.join(question.answer.choices)})"] if question.answer.choices else []
    parts += [f"[{answer}]"] if (answer := answer_text(question.answer)) else []
    parts += [f"* {plain(note.text)}" for note in question.notes]
    parts += [f"{question.minutes} min"] if question.minutes else []
    return "  ".join([*parts, *(f"#{tag}" for tag in question.tags)])


def read(path: Path) -> str:
    """The set in lines, and its messages but for those on the language."""
    question_set, diagnostics = readers.read(path)
    made = [question_set.title]
    for theme in question_set.themes:
        made.append(" | ".join(["# " + plain(theme.title), *map(plain, theme.intro)]))
        made += map(shown, theme.questions)
    made += [
        f"! {found.line or '-'} {found.severity}: {found.message}"
        for found in diagnostics
        if "language" not in found.message
    ]
    return "\n".join(made)


@pytest.mark.parametrize(("name", "source", "expected"), list(shapes()), ids=lambda part: part[:20])
def test_a_shape_is_read_as_it_was_meant(
    name: str, source: str, expected: str, tmp_path: Path
) -> None:
    assert read(written(name, source, tmp_path)) == expected


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = [
            f"=== {name}\n{source}{RULE}\n{read(written(name, source, Path(folder)))}\n"
            for name, source, _ in shapes()
        ]
    SHAPES.write_text("\n".join(made), encoding="utf-8")
    sys.exit(0)
