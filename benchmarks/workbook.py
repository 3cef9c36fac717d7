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

OURS_INSIDE = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {peers!r}]
from generator import readers, writers
from generator.strings import for_language
made = readers.read(Path({folder!r}, "set.md")).question_set
writer, context = writers.load("workbook"), writers.Context(strings=for_language(made.lang))
build = lambda: writer.write(writer.plan(made, context))
"""
PEER_INSIDE = """
import sys
from pathlib import Path
sys.path.insert(0, {peers!r})
import {script}_workbook as peer
build = lambda: peer.build(Path({folder!r}, "set.json"), Path({folder!r}, "inside.pdf"))
"""
TWICE = """
import time
for _ in range(2):
    started = time.perf_counter()
    build()
    print(time.perf_counter() - started)
"""
"""In one process, after the imports: the first build and the second. Reading the source is left out
of ours; the peers read the JSON, which is quick."""

DIFFERENCES = """
Ours and Typst are tagged PDF/UA-1 (ours PDF/A-2a as well), WeasyPrint asks for pdf/ua-1; platypus
and fpdf2 make files without tags, and fpdf2 runs its script twice to know the page numbers.

Ours has more: how to use, back matter, an outline of every question, a thumb tab, questions never
parted from their space, the room of a page shared among its rules. The peers draw seven rules a
question and leave the rest of the page white. Mirrored margins: ours and Typst.
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
        for turn in range(runs + 1):
            for each, (command, _output) in contenders.items():
                done = None if each in late else run(command, limit)
                if done is None:
                    late.add(each)
                    continue
                if turn:  # the first is to warm up
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
    print(*lines, sep="\n", flush=True)
    return lines


def inside(size: int, skipped: set[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        commands(Path(name), size)
        lines = []
        for each in ("ours", *PEERS):
            if each in skipped:
                continue
            template = OURS_INSIDE if each == "ours" else PEER_INSIDE
            script = PEERS[each][0] if each in PEERS else ""
            values = {"root": str(HERE.parent), "peers": str(HERE / "peers"), "folder": name}
            code = template.format(script=script, **values) + TWICE
            out = subprocess.check_output([sys.executable, "-c", code])
            first, second = map(float, out.split())
            lines.append(f"| {size:,} | {each} | {first:.3f} | {second:.3f} |")
    print(*lines, sep="\n", flush=True)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="40,1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=300, help="seconds for one run")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    table = [line for size in sizes for line in rows(size, arguments.runs, arguments.limit)]
    slow = {"WeasyPrint", "fpdf2"}
    within = [line for size in sizes for line in inside(size, slow if size > 100 else set())]
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
        "In one process, after the imports (seconds):",
        "",
        "| questions | contender | first build | second |",
        "|---|---|---|---|",
        *within,
        DIFFERENCES.rstrip(),
    ]
    RESULTS.write_text("\n".join(report) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
