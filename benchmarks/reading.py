"""How long it takes to read 10,000 questions, in every shape and format: writes READING.md.

    python benchmarks/reading.py [--size 10000] [--runs 3]

Needs the extras `bench` and `test`. A shape is read in this process, with what a build has: no
search for cycles. The peer is pandoc, which reads the same file into its own document model, in a
process of its own that also starts; it has no reader for the formats without a ratio.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypandoc
import yaml
from measure import run
from openpyxl import Workbook
from sets import ROOT, book, markdown

sys.path.insert(0, str(ROOT))

from generator import readers

PEER = {".md": "commonmark_x", ".html": "html", ".docx": "docx", ".odt": "odt", ".csv": "csv"}
"""The formats that pandoc reads, by its own names."""


def shapes(folder: Path, size: int) -> Iterator[tuple[str, Path]]:
    """What each shape is called, and a file of it."""
    made = book(size)
    asked = [question for theme in made["themes"] for question in theme["questions"]]
    rows = [(t["title"], q["text"]) for t in made["themes"] for q in t["questions"]]
    records = [{"category": theme, "question": text} for theme, text in rows]
    texts = [question["text"] for question in asked]
    choices = "\n\n- rather\n- hardly\n\n"
    folds = (f"<details><summary>{t}</summary>\n\nAn answer.\n\n</details>\n" for t in texts)

    def file(name: str, text: str) -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    yield "themes with follow-ups and notes", (source := file("themes.md", markdown(made)))
    yield "one list", file("list.md", "# A set\n\n" + "".join(f"1. {t}\n" for t in texts))
    yield "headings with choices", file("headings.md", "".join(f"## {t}{choices}" for t in texts))
    yield "`<details>`", file("details.md", "# A set\n\n" + "\n".join(folds))
    yield "lines", file("lines.txt", "\n".join(texts))
    for suffix in (".html", ".docx", ".odt"):
        path = folder / f"themes{suffix}"
        pypandoc.convert_file(str(source), suffix[1:], outputfile=str(path))
        yield f"themes, as {suffix[1:]}", path
    table = io.StringIO()
    csv.writer(table).writerows([("theme", "question"), *rows])
    yield "a table", file("table.csv", table.getvalue())
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Questions")
    for row in (("theme", "question"), *rows):
        sheet.append(row)
    workbook.save(folder / "table.xlsx")
    yield "a sheet", folder / "table.xlsx"
    yield "records", file("records.json", json.dumps(records))
    yield "records, in YAML", file("records.yaml", yaml.safe_dump(records, width=10**6))
    yield "records, a line each", file("records.jsonl", "\n".join(map(json.dumps, records)))


def least(runs: int, work: Callable[[], object]) -> float:
    """The least of several times, in seconds; the first run also imports."""
    times = []
    for _ in range(runs + 1):
        gc.collect()
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times[1:])


def measured(name: str, path: Path, size: int, runs: int) -> str:
    found = readers.read(path).question_set.question_count
    assert found == size, f"{path.name}: {found} questions"
    gc.disable()
    ours = least(runs, lambda: readers.read(path))
    gc.enable()
    row = f"| {name} | {path.suffix} | {path.stat().st_size / 1024:,.0f} | {ours:.2f} |"
    if path.suffix not in PEER:
        return f"{row} |"
    command = [pypandoc.get_pandoc_path(), str(path), "-f", PEER[path.suffix], "-t", "json"]
    peer = least(runs, lambda: run(command))
    return f"{row} {ours / peer:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        files = shapes(Path(name), asked.size)
        rows = [measured(shape, path, asked.size, asked.runs) for shape, path in files]
    about = (
        f"# Reading {asked.size:,} questions\n\n{datetime.now(UTC):%Y-%m-%d}, {platform.system()},"
        f" Python {platform.python_version()}. `python benchmarks/reading.py`: the least of"
        f" {asked.runs} runs; the ratio is to pandoc {pypandoc.get_pandoc_version()}, which reads"
        " the same file into its document model.\n\n| shape | format | KB | s | to pandoc |\n"
        "|---|---|--:|--:|--:|\n"
    )
    (Path(__file__).parent / "READING.md").write_text(
        about + "\n".join(rows) + "\n", encoding="utf-8"
    )
    print(about + "\n".join(rows))


if __name__ == "__main__":
    main()
