"""The PDF workbook beside its peers: `python benchmarks/workbook.py [--sizes N,N] [--runs N]`.

Needs the extra `bench`. Whole processes, alternating; writes benchmarks/WORKBOOK.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import sets
from measure import Run, ratio, run

HERE = Path(__file__).parent
RESULTS = HERE / "WORKBOOK.md"
PEERS = {
    "Typst": ("typst", "typst"),
    "WeasyPrint": ("weasyprint", "weasyprint"),
    "platypus": ("platypus", "reportlab"),
    "fpdf2": ("fpdf2", "fpdf2"),
}
"""Name to script and distribution."""

IN_PROCESS = """
import sys, time
from datetime import datetime
from pathlib import Path
from generator import readers, strings
from generator.writers import Context, workbook
made = readers.read(Path(sys.argv[1])).question_set
context = Context(strings=strings.for_language(made.lang))
for _ in range(2):
    started = time.perf_counter()
    workbook.write(workbook.plan(made, context))
    print(time.perf_counter() - started)
"""

DIFFERENCES = """
Ours has more pages round the questions (how to use, back matter), thumb tabs and mirrored margins,
and shares the room of a page among its rules; the peers draw seven rules a question and leave the
rest white. Contents name themes; each theme's opener names its questions with links and pages.

- Typst: tagged, PDF/UA-1.
- WeasyPrint: tagged, pdf/ua-1.
- platypus: untagged; several layout passes until the page numbers stand still.
- fpdf2: untagged; two passes by its script, the first for the page numbers.
"""


def commands(folder: Path, size: int) -> dict[str, tuple[list[str], Path]]:
    """Contender to its command and what that writes."""
    made = sets.book(size)
    book, source = folder / "set.json", folder / "set.md"
    book.write_text(json.dumps(made), encoding="utf-8")
    source.write_text(sets.markdown(made), encoding="utf-8")
    make = [sys.executable, str(HERE.parent / "make_docs.py"), "build", str(source)]
    ours = [*make, "-o", str(folder), "--only", "workbook"]
    found = {"ours": (ours, folder / "set-workbook.pdf")}
    for name, (script, _) in PEERS.items():
        output = folder / f"{script}.pdf"
        path = HERE / "peers" / f"{script}_workbook.py"
        found[name] = ([sys.executable, str(path), str(book), str(output)], output)
    return found


def pages(path: Path) -> int:
    """Counted in a process of its own, so that this one stays small (see `measure.run`)."""
    code = "import sys, pikepdf; print(len(pikepdf.open(sys.argv[1]).pages))"
    return int(subprocess.check_output([sys.executable, "-c", code, str(path)]))


def rows(size: int, runs: int, limit: float) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        contenders = commands(Path(name), size)
        taken: dict[str, list[Run]] = {each: [] for each in contenders}
        late: set[str] = set()
        for _ in range(runs):
            for each, (command, _output) in contenders.items():
                done = None if each in late else run(command, limit)
                if done is None:
                    late.add(each)
                    continue
                taken[each].append(done)
        ours = [each.seconds for each in taken["ours"]]
        lines = []
        for each, (_command, output) in contenders.items():
            if each in late or not ours:
                lines.append(f"| {size:,} | {each} | over {limit:.0f} s | | | | | |")
                continue
            seconds = [one.seconds for one in taken[each]]
            peak = statistics.median(one.peak_mb for one in taken[each])
            lines.append(
                f"| {size:,} | {each} | {len(seconds)} | {statistics.median(seconds):.2f} |"
                f" {ratio(ours, seconds):.2f} | {peak:.0f} | {output.stat().st_size / 1024:,.0f} |"
                f" {pages(output):,} |"
            )
        inside = [sys.executable, "-c", IN_PROCESS, str(Path(name) / "set.md")]
        first, second = map(float, subprocess.check_output(inside, cwd=HERE.parent).split())
    print(*lines, sep="\n")
    text = f"{size:,} questions in process (ours, plan and write): first call {first:.3f} s,"
    return [*lines, f"{text} second {second:.3f} s."]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="40,1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=300, help="seconds for one run")
    arguments = parser.parse_args()
    table: list[str] = []
    inside: list[str] = []
    for size in arguments.sizes.split(","):
        *lines, text = rows(int(size), arguments.runs, arguments.limit)
        table += lines
        inside.append(text)
    versions = [f"{name} {version(package)}" for name, (_, package) in PEERS.items()]
    report = [
        "# The workbook beside its peers",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}; {', '.join(versions)} (platypus: reportlab).",
        f"`python benchmarks/workbook.py --sizes {arguments.sizes} --runs {arguments.runs}`."
        f" Whole processes, alternating; a run was stopped after {arguments.limit:.0f} s.",
        "",
        "| questions | contender | runs | median, s | ours / it | peak, MB | KB | pages |",
        "|---|---|---|---|---|---|---|---|",
        *table,
        "",
        *(f"- {text}" for text in inside),
        DIFFERENCES.rstrip(),
    ]
    RESULTS.write_text("\n".join(report) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
