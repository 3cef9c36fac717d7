"""Who is measured: for each document a table from a contender's name to its command.

The kit is all three documents; a peer's kit is three commands, one after the other.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sets import SHIPPED

HERE = Path(__file__).parent
OURS = "ours"


class Contender(NamedTuple):
    command: list[str]
    output: Path
    inside: bool = False
    """It measures itself (see warm.py)."""


Documents = dict[str, dict[str, Contender]]

KITS = {
    "pandoc + Typst": {"handout": "pandoc", "slides": "pandoc", "workbook": "Typst"},
    "pandoc + WeasyPrint": {"handout": "pandoc", "slides": "pandoc", "workbook": "WeasyPrint"},
    "plain scripts": {
        "handout": "python-docx", "slides": "python-pptx", "workbook": "platypus",
    },
}  # fmt: skip
"""What a user would pick instead: document to contender."""


def documents(folder: Path, size: int) -> Documents:
    """The commands for a made set of `size` questions, or for the shipped one when it is 0."""
    # In a process of its own, so that this one stays small (see `measure.run`).
    subprocess.run([sys.executable, str(HERE / "sets.py"), str(size), str(folder)], check=True)
    book, source = folder / "set.json", folder / "set.md"
    ours = source if size else SHIPPED
    stem = ours.stem
    make = [
        sys.executable,
        str(HERE.parent / "make_docs.py"),
        "build",
        str(ours),
        "-o",
        str(folder),
    ]

    def only(document: str, suffix: str) -> Contender:
        return Contender([*make, "--only", document], folder / f"{stem}-{document}{suffix}")

    def script(name: str, output: str) -> Contender:
        path = folder / output
        return Contender([sys.executable, str(HERE / "peers" / name), str(book), str(path)], path)

    def warm(name: str, output: str) -> Contender:
        path = folder / output
        command = [sys.executable, str(HERE / "warm.py"), name, str(book), str(path)]
        return Contender(command, path, inside=True)

    def pandoc(suffix: str, source: Path = source, *options: str) -> Contender:
        path = folder / f"pandoc-{source.stem}{suffix}"
        return Contender([_pandoc(), str(source), *options, "-o", str(path)], path)

    return {
        "kit": {OURS: Contender(make, folder / f"{stem}-workbook.pdf")},
        "workbook": {
            OURS: only("workbook", ".pdf"),
            "Typst": script("typst_workbook.py", "typst.pdf"),
            "WeasyPrint": script("weasyprint_workbook.py", "weasyprint.pdf"),
            "platypus": script("platypus_workbook.py", "platypus.pdf"),
            "fpdf2": script("fpdf2_workbook.py", "fpdf2.pdf"),
        },
        "workbook, in a warm process": {
            OURS: warm("ours", f"{source.stem}-workbook.pdf"),
            "Typst": warm("typst_workbook", "typst.pdf"),
            "WeasyPrint": warm("weasyprint_workbook", "weasyprint.pdf"),
            "platypus": warm("platypus_workbook", "platypus.pdf"),
            "fpdf2": warm("fpdf2_workbook", "fpdf2.pdf"),
        },
        "handout": {
            OURS: only("handout", ".docx"),
            "pandoc": pandoc(".docx"),
            "python-docx": script("docx_handout.py", "plain.docx"),
        },
        "slides": {
            OURS: only("slides", ".pptx"),
            "pandoc": pandoc(".pptx"),
            "pandoc, a question a slide": pandoc(".pptx", folder / "deck.md", "--slide-level=2"),
            "python-pptx": script("pptx_slides.py", "plain.pptx"),
        },
    }


def versions() -> str:
    packages = ["typst", "weasyprint", "reportlab", "fpdf2", "python-docx", "python-pptx"]
    import pypandoc

    found = [f"{package} {version(package)}" for package in packages]
    return ", ".join([f"pandoc {pypandoc.get_pandoc_version()}", *found])


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())
