"""The kit and each document beside their peers: `python benchmarks/run.py [--sizes 0,40,1000]`.

Needs the extra `bench`. Whole processes, alternating; writes RESULTS.md and RESULTS.svg beside
itself. Size 0 is the shipped set: a cold start, as a person meets it.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import contenders
from contenders import KITS, OURS
from measure import Run, ratio, run, together

HERE = Path(__file__).parent


class Result(NamedTuple):
    document: str
    size: int
    contender: str
    runs: list[Run]
    """Empty where the time limit was not enough."""
    kilobytes: float
    count: int
    """Pages of a PDF or slides; 0 where only the reading program knows."""

    @property
    def seconds(self) -> list[float]:
        return [each.seconds for each in self.runs]


def measured(size: int, turns: int, limit: float, peers: bool) -> list[Result]:
    """Every contender once a turn, after a turn to warm up; or, without `peers`, ours alone."""
    with tempfile.TemporaryDirectory() as name:
        documents = contenders.documents(Path(name), size)
        if not peers:
            documents = {key: {OURS: table[OURS]} for key, table in documents.items()}
        taken: dict[tuple[str, str], list[Run]] = {}
        late: set[tuple[str, str]] = set()
        # A large set warms up in no time of its own.
        for turn in range(turns + 1 if peers else 1):
            for document, table in documents.items():
                for contender, (command, _, inside) in table.items():
                    key = (document, contender)
                    most = None if contender == OURS else limit
                    done = None if key in late else run(command, most, inside)
                    if done is None:
                        late.add(key)
                    elif turn or not peers:
                        taken.setdefault(key, []).append(done)
        results = []
        for document, table in documents.items():
            for contender, (_, output, _) in table.items():
                runs = [] if (document, contender) in late else taken[document, contender]
                whole = runs and document != "kit"
                kilobytes = output.stat().st_size / 1024 if whole else 0
                results.append(
                    Result(document, size, contender, runs, kilobytes, _count(output, whole))
                )
    return results + (list(kits(results)) if peers else [])


def kits(results: list[Result]) -> Iterator[Result]:
    """The kit of each peer: its processes of one turn, one after the other."""
    runs = {(result.document, result.contender): result.runs for result in results}
    size = results[0].size
    for name, parts in KITS.items():
        turns = zip(*(runs[part] for part in parts.items()), strict=False)
        yield Result("kit", size, name, [together(turn) for turn in turns], 0, 0)


def _count(output: Path, whole: object) -> int:
    if not whole or output.suffix == ".docx":
        return 0
    code = {
        ".pdf": "import sys, pikepdf; print(len(pikepdf.open(sys.argv[1]).pages))",
        ".pptx": "import sys, zipfile; print(sum(n.startswith('ppt/slides/slide')"
        " for n in zipfile.ZipFile(sys.argv[1]).namelist()))",
    }[output.suffix]
    return int(subprocess.check_output([sys.executable, "-c", code, str(output)]))


def table(results: list[Result], limit: float) -> Iterator[str]:
    ours = {(each.document, each.size): each.seconds for each in results if each.contender == OURS}
    for document in dict.fromkeys(result.document for result in results):
        yield f"\n## {document.capitalize()}\n"
        yield "| questions | contender | median, s | ours / it | peak, MB | KB | pages, slides |"
        yield "|--:|---|--:|--:|--:|--:|--:|"
        for each in (result for result in results if result.document == document):
            size = f"{each.size:,}" if each.size else "40 (shipped)"
            if not each.runs:
                yield f"| {size} | {each.contender} | over {limit:.0f} | | | | |"
                continue
            beside = ratio(ours[document, each.size], each.seconds)
            peak = statistics.median(one.peak_mb for one in each.runs)
            kilobytes = f"{each.kilobytes:,.0f}" if each.kilobytes else ""
            yield (
                f"| {size} | {each.contender} | {statistics.median(each.seconds):.2f} |"
                f" {beside:.2f} | {peak:,.0f} | {kilobytes} | {each.count or ''} |"
            )


def plot(results: list[Result], path: Path) -> None:
    """Time over size, both logarithmic: a line of slope one is linear."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "benchmarks"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(2, 2, figsize=(10, 8), layout="constrained")
    for axis, document in zip(axes.flat, ("kit", "workbook", "handout", "slides"), strict=True):
        lines: dict[str, list[tuple[int, float]]] = {}
        for each in results:
            if each.document == document and each.size and each.runs:
                point = (each.size, statistics.median(each.seconds))
                lines.setdefault(each.contender, []).append(point)
        for contender, points in lines.items():
            weight = 2.5 if contender == OURS else 1.2
            axis.loglog(*zip(*points, strict=True), marker="o", lw=weight, label=contender)
        axis.set(title=document, xlabel="questions", ylabel="seconds")
        axis.grid(alpha=0.3)
        axis.minorticks_off()
        axis.legend(fontsize=8)
    mpl.rcParams["svg.fonttype"] = "none"  # text stays text: a tenth of the file
    figure.savefig(path, metadata={"Date": None})


DIFFERENCES = """
## What is not alike

- Workbook: ours and Typst are tagged PDF/UA-1 (ours PDF/A-2a as well), WeasyPrint asks for
  pdf/ua-1; platypus and fpdf2 make files without tags, and fpdf2 runs its script twice to know the
  page numbers. Ours has more: how to use, back matter, an outline of every question, thumb tabs,
  questions never parted from their space, the room of a page shared among its rules. The peers
  draw seven rules a question and leave the rest of the page white.
- Warm: a process that has made a workbook of 45 other questions before.
- Handout: pandoc and python-docx make headings and lists; ours has tick boxes, room for notes,
  header and footer, a contents list, languages, numbers as in the source.
- Slides: ours is one question a slide with agenda, overviews, links, sections and notes on every
  slide, all text measured to fit. pandoc puts a theme's ten questions on one slide, and what does
  not fit runs off it; "a question a slide" gives it headings instead. python-pptx makes a slide a
  question, with notes and default layouts. The kit of pandoc has its slides of ten questions.
- Kit: ours is two processes side by side on Linux; a peer's is three, one after the other. A peak
  is that of the largest process.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0,40,1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=300, help="seconds for one run of a peer")
    parser.add_argument("--peers-up-to", type=int, default=10_000, help="questions")
    parser.add_argument("-o", "--output", type=Path, default=HERE, help="folder of the results")
    asked = parser.parse_args()
    results = []
    for size in map(int, asked.sizes.split(",")):
        results += measured(size, asked.runs, asked.limit, size <= asked.peers_up_to)
        print(*table(results, asked.limit), sep="\n", flush=True)
    head = [
        "# Beside its peers",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, Python"
        f" {platform.python_version()}; {contenders.versions()}.",
        f"`python benchmarks/run.py --sizes {asked.sizes} --runs {asked.runs}"
        f" --limit {asked.limit:.0f}`: medians of whole processes that alternate; a run was"
        f" stopped after {asked.limit:.0f} s. Ratios are taken"
        f" pair by pair. Above {asked.peers_up_to:,} questions the peers were not run. Modules were"
        " compiled before, as they are when they are installed.",
        "",
        "![Time over size](RESULTS.svg)",
    ]
    text = "\n".join([*head, *table(results, asked.limit), DIFFERENCES])
    (asked.output / "RESULTS.md").write_text(text.rstrip() + "\n", encoding="utf-8")
    plot(results, asked.output / "RESULTS.svg")


if __name__ == "__main__":
    main()
