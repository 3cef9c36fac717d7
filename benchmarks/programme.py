"""A named workbook of 40 questions for each of many people, beside Typst and pandoc:
`python benchmarks/programme.py [PEOPLE] [PEERS]`.

Prints rows for RESULTS.md. Ours makes PEOPLE files as `personalise` does; Typst, in one process and
with the name as an input, and a loop of pandoc make PEERS of them.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "peers")]


def ours(folder: Path, people: int) -> None:
    from generator.programme.personalise import personalise
    from generator.programme.store import Store

    roster = folder / "people.csv"
    names = "".join(f"Person {n},Mentor {n % 7}\n" for n in range(people))
    roster.write_text(f"name,mentor\n{names}", encoding="utf-8")
    report = personalise(roster, [folder / "set.md"], Store(str(folder / "ours")))
    assert report.count("made") == people


def by_typst(folder: Path, people: int) -> None:
    import typst
    from fonts import LINES, SANS_FOLDER, SERIF_FOLDER
    from typst_workbook import SOURCE

    title = '#text(size: 46pt, weight: "semibold", book.title)'
    source = SOURCE.replace("BOOK", "set.json").replace("LINES", str(LINES))
    source = source.replace(title, f"{title}\n\n#sys.inputs.name")
    markup = folder / "named.typ"
    markup.write_text(source, encoding="utf-8")
    folders = [str(SERIF_FOLDER), str(SANS_FOLDER)]
    compiler = typst.Compiler(str(markup), font_paths=folders)
    for n in range(people):
        target = str(folder / f"typst-{n}.pdf")
        inputs = {"name": f"Person {n}"}
        compiler.compile(output=target, sys_inputs=inputs, pdf_standards="ua-1")


def by_pandoc(folder: Path, people: int) -> None:
    from contenders import _pandoc

    for n in range(people):
        target = str(folder / f"pandoc-{n}.docx")
        name = ["-M", f"subtitle=Person {n}"]
        subprocess.run([_pandoc(), str(folder / "set.md"), *name, "-o", target], check=True)


def measured(make: Callable[[Path, int], None], people: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, str(HERE / "sets.py"), "40", name], check=True)
        start, used = time.perf_counter(), _used()
        make(folder, people)
        wall, cpu = time.perf_counter() - start, _used() - used
    return f"{people:,} | {wall:.2f} | {cpu:.2f} | {cpu / people * 1000:.2f} |"


def _used() -> float:
    """Processor time of this process and of those that it waited for."""
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in each)


if __name__ == "__main__":
    people, peers = (list(map(int, sys.argv[1:])) + [10_000, 100][len(sys.argv) - 1 :])[:2]
    print("| contender | people | wall, s | processor, s | processor a file, ms |")
    print("|---|--:|--:|--:|--:|")
    print("| ours |", measured(ours, people), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| Typst, one process |", measured(by_typst, peers), flush=True)
    print("| pandoc (.docx) |", measured(by_pandoc, max(1, peers // 5)))
    print(f"\nOurs took {peak:,.0f} MB at its peak.")
