"""A workbook in a process that has made another before: `warm.py CONTENDER BOOK.json OUT.pdf`.

Prints the seconds that it takes: without Python's start, imports and fonts. The other is of other
questions, as Typst keeps what it made of equal ones.
"""

import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent


def _ours(book: Path, output: Path) -> None:
    from generator import build

    build([book.with_suffix(".md")], output.parent, ["workbook"])


def _contender(name: str) -> Callable[[Path, Path], None]:
    if name == "ours":
        sys.path.insert(0, str(HERE.parent))
        return _ours
    sys.path.insert(0, str(HERE / "peers"))
    build: Callable[[Path, Path], None] = importlib.import_module(name).build
    return build


if __name__ == "__main__":
    make, paths = _contender(sys.argv[1]), list(map(Path, sys.argv[2:]))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(HERE / "sets.py"), "45", folder], check=True)
        make(Path(folder, "set.json"), Path(folder, "out.pdf"))
    started = time.perf_counter()
    make(*paths)
    print(time.perf_counter() - started)
