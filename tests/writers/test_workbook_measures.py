"""What stands where on each kind of page, in millimetres of the frame: tests/fixtures/measures/.

The numbers are those of the design, and were checked with a ruler on the printed pages. Where the
look is changed on purpose, this writes them anew, and each line that differs is to be looked at:

    python tests/writers/test_workbook_measures.py
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(folder) for folder in Path(__file__).resolve().parents[1:3]]

import pytest
from plans import Box, Page, Tag, Text, planned

from generator import readers
from generator.look.style import MM

MEASURES = Path(__file__).parent.parent / "fixtures" / "measures"
KINDS = """---
title: All kinds of answers
author: A. Author
date: 2026-03-01
workbook:
  edition: fillable
  pages: [cover, how-to, contents, agreement, conversations, themes, stood-out, action-plan, notes]
---

A welcome to all who open this.

# Answers to write

An introduction of one line.

1. Which `lines` of [this page](https://example.org/page) are *new*?
2. A longer question that goes on for a while, so that it needs a second line on the page?
   - A follow-up?
3. A box? {box="4cm"}
4. A grid? {grid="4cm"}
5. Dots? {dots="4cm"}
6. How many? {lines=4}

# Answers to tick

1. Which one? {choices="Red|Green|Neither of these two, and that for a reason" lines=2}
2. Which ones? {choices="Red|Green" pick=many}
3. How ready are you? {scale="1-5" from="not at all" to="fully"}
4. I was heard. {scale="1-4" from="not at all, or hardly" to="all the time"}
5. I was seen. {scale="1-4" from="not at all, or hardly" to="all the time"}

# An answer that fills what a page has left

- What else? {lines=fill}

# A last one

- What now?
- What next?
- What then?
"""

LONG = "What would you do if you were asked for the very same thing again and again, day by day?"
MANY = "\n".join(
    (
        "---\ntitle: Nine themes\n---\n",
        "# The first one, which has such a long title that the contents hold it on two lines\n",
        *(f"1. {LONG * (number % 4)} Number {number}?" for number in range(1, 11)),
        *(f"# Theme {number}\n\n1. Why {number}?\n2. And how?\n" for number in range(2, 10)),
    )
)
SOURCES = {"kinds": KINDS, "many": MANY}


def measured(page: Page) -> Iterator[str]:
    """A line for each box: its kind, its numbers in millimetres (sizes of text in points), the path
    of its tag, and the rest of what it says."""
    yield f"page {page.label} {page.kind}"
    for box in (*page.decoration, *page.boxes, *page.foot):
        yield line(box)


def line(box: Box) -> str:
    said = (_said(name, value) for name, value in zip(box._fields, box, strict=True))
    return " ".join((type(box).__name__.lower(), *filter(None, said)))


def _said(name: str, value: object) -> str:
    if isinstance(value, float):
        return f"{value / (1 if name == 'size' else MM):.1f}"
    if isinstance(value, Tag):
        above = _said(name, value.parent) if value.parent else ""
        return f"{above}/{value.type}"
    return "" if value is None else str(value)


def alike(one: str, other: str) -> bool:
    """Return True if two lines say the same, with numbers that differ by a hair at most."""

    def near(first: str | None, second: str | None) -> bool:
        if first == second:
            return True
        try:
            return abs(float(first or "") - float(second or "")) <= 0.11
        except ValueError:
            return False

    return all(near(*pair) for pair in zip_longest(one.split(), other.split()))


def found(name: str) -> list[str]:
    return [each for page in laid_out(name) for each in measured(page)]


def laid_out(name: str) -> list[Page]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.md"
        path.write_text(SOURCES[name], encoding="utf-8")
        return list(planned("workbook", readers.read(path).question_set).pages)


@pytest.mark.parametrize("name", SOURCES)
def test_everything_stands_where_the_design_puts_it(name: str) -> None:
    expected = (MEASURES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    page = ""
    for one, other in zip_longest(found(name), expected, fillvalue=""):
        page = one if one.startswith("page ") else page
        assert alike(one, other), f"on {page}"


def test_a_text_that_moved_by_a_millimetre_is_seen() -> None:
    pages = laid_out("kinds")
    text = next(box for page in pages for box in page.boxes if isinstance(box, Text))
    moved, hardly = (text._replace(y=text.y + by * MM) for by in (1, 0.01))
    assert not alike(line(text), line(moved))
    assert alike(line(text), line(hardly))


if __name__ == "__main__":
    for name in SOURCES:
        (MEASURES / f"{name}.txt").write_text("\n".join(found(name)) + "\n", encoding="utf-8")
