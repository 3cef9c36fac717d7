"""How soon `--watch` follows a save: `python benchmarks/watching.py [TURNS]`.

From the save of a set of 40 questions to the last of its three documents, in milliseconds.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sets import SHIPPED

MAKE = Path(__file__).parent.parent / "make_docs.py"
PAUSE = 0.5
"""Seconds between a build and the next save, as between two thoughts."""


def saved(source: Path, outputs: list[Path], text: str) -> float:
    """The seconds from a save until all outputs are newer than before it."""
    before = {path: path.stat().st_mtime_ns for path in outputs}
    start = time.perf_counter()
    source.write_text(text, encoding="utf-8")
    while any(path.stat().st_mtime_ns == before[path] for path in outputs):
        time.sleep(0.0005)
    return time.perf_counter() - start


def main(turns: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        source, folder = Path(name, "set.md"), Path(name, "papers")
        text = SHIPPED.read_text(encoding="utf-8")
        source.write_text(text, encoding="utf-8")
        command = [sys.executable, str(MAKE), str(source), "-o", str(folder), "--watch"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while len(outputs := sorted(folder.glob("*.*"))) < 3:
                time.sleep(0.05)
            taken = []
            for turn in range(turns + 1):  # the first one warms up
                time.sleep(PAUSE)
                taken.append(saved(source, outputs, f"{text}\n{41 + turn}. And what else?\n"))
        finally:
            process.terminate()
            process.wait()
    median, slowest = statistics.median(taken[1:]) * 1000, max(taken[1:]) * 1000
    print(f"median of {turns}: {median:.0f} ms; slowest: {slowest:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
