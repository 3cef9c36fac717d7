"""A cold build of the shipped set beside its peers: `python benchmarks/cold_start.py [RUNS]`.

Needs the extra `bench`. Ours makes all three documents in one process. The peers are run one after
the other: pandoc to docx, pandoc to pptx, Typst to a PDF/UA-1 from the same text (converted to
Typst's mark-up beforehand, untimed; without answer space, notes, links or tick boxes). Contenders
alternate; the ratio is taken pair by pair and its median is printed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pypandoc
from measure import ratio, run

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "source" / "mentor-questions.md"

Commands = list[list[str]]


def contenders(folder: Path) -> dict[str, Commands]:
    """Name to the commands that are run one after the other, each a process of its own."""
    pandoc = pypandoc.get_pandoc_path()
    markup = folder / "peer.typ"
    subprocess.run([pandoc, SOURCE, "-s", "-t", "typst", "-o", markup], check=True)
    text = markup.read_text(encoding="utf-8")
    markup.write_text(f'#set document(title: "Mentoring", date: none)\n{text}', encoding="utf-8")
    compile_pdf = (
        f"import typst; typst.compile({str(markup)!r}, output={str(folder / 'peer.pdf')!r},"
        " pdf_standards='ua-1')"
    )
    make = [sys.executable, str(ROOT / "make_docs.py"), "build", str(SOURCE), "-o", str(folder)]
    return {
        "ours": [make],
        "peers": [
            [pandoc, str(SOURCE), "-o", str(folder / "peer.docx")],
            [pandoc, str(SOURCE), "-o", str(folder / "peer.pptx")],
            [sys.executable, "-c", compile_pdf],
        ],
    }


def seconds(commands: Commands) -> float:
    return sum(done.seconds for done in map(run, commands) if done)


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        commands = contenders(Path(name))
        for each in commands.values():
            seconds(each)  # fill the disk cache, and compile our modules once
        times = {contender: [] for contender in commands}
        for _ in range(runs):
            for contender, each in commands.items():
                times[contender].append(seconds(each))
    for contender, taken in times.items():
        low, middle, high = min(taken), statistics.median(taken), max(taken)
        print(f"{contender:6} min {low:.2f} s  median {middle:.2f} s  max {high:.2f} s")
    middle = ratio(times["ours"], times["peers"])
    print(f"ours / peers, pair by pair: median {middle:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
