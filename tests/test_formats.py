"""The same set in every format gives the same documents, byte for byte: numbers, intros, answer
spaces, minutes and tags, too."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

from generator import kit

INTROS = {"To begin": "Take your *time*.", "To end": "One word each, & no more."}
SET = {
    "To begin": [("What do you hope for?", ["And why now?", "Who knows of it?"]), ("Where?", [])],
    "To end": [("What stays?", []), ("What would you do otherwise, “if”?", ["Really?"])],
}
ASKED = {"Where?": {"answer": "box=7cm"}, "What stays?": {"minutes": "5", "tags": "goals first"}}
FIRST = 7
"""The number of the first question."""


def braces(text: str) -> str:
    asked = ASKED.get(text, {})
    pairs = [f'{key}="{value}"' for key, value in asked.items() if key != "answer"]
    pairs += [asked["answer"]] if "answer" in asked else []
    return f"{text} {{{' '.join(pairs)}}}" if pairs else text


def rows() -> list[list[str]]:
    """One a question, under the names of the columns."""
    found = [["Theme", "Number", "Question", "Follow-up", "Intro", "Answer", "Minutes", "Tags"]]
    for theme, asked in SET.items():
        for text, followups in asked:
            more = ASKED.get(text, {})
            intro = INTROS[theme].replace("*", "") if text == asked[0][0] else ""
            row = [theme, str(FIRST + len(found) - 1), text, "\n".join(followups), intro]
            found.append([*row, *(more.get(key, "") for key in ("answer", "minutes", "tags"))])
    return found


def markdown(path: Path) -> None:
    lines = []
    number = FIRST
    for theme, asked in SET.items():
        lines += ["", theme, INTROS[theme], ""]
        for text, followups in asked:
            lines += [f"{number}. {braces(text)}", *[f"    - {more}" for more in followups]]
            number += 1
    path.write_text("\n".join(lines), encoding="utf-8")


def plain(path: Path) -> None:
    """What cells hold: text without styles."""
    markdown(path)
    path.write_text(path.read_text(encoding="utf-8").replace("*", ""), encoding="utf-8")


def table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows())


def sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in rows():
        book.active.append(row)
    book.save(path)


def data(path: Path) -> None:
    themes = []
    number = FIRST
    for theme, asked in SET.items():
        questions = []
        for text, followups in asked:
            question = {"text": text, "number": number, "followups": followups}
            questions.append({**question, **ASKED.get(text, {})})
            number += 1
        themes.append({"title": theme, "intro": INTROS[theme], "questions": questions})
    dump = json.dumps if path.suffix == ".json" else yaml.safe_dump
    path.write_text(dump({"themes": themes}), encoding="utf-8")


def word(path: Path) -> None:
    document = Document()
    document.core_properties.author = ""
    levels = document.part.numbering_part.element.xpath("//w:lvl[w:pStyle/@w:val='ListNumber']")
    levels[0].find(qn("w:start")).set(qn("w:val"), str(FIRST))
    for theme, asked in SET.items():
        document.add_heading(theme, 1)
        intro = document.add_paragraph()
        for index, part in enumerate(INTROS[theme].split("*")):
            intro.add_run(part).italic = index % 2 == 1
        for text, followups in asked:
            document.add_paragraph(braces(text), style="List Number")
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
    expected = built(plain if suffix in (".csv", ".xlsx") else markdown, ".md", tmp_path)
    assert len(expected) == 3
    assert built(WRITE[suffix], suffix, tmp_path) == expected
