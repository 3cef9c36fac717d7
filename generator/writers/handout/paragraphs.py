"""A handout as plain data: paragraphs in named styles, and what else the writer needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from generator.diagnostics import Diagnostic
from generator.look.style import HandoutStyle, StyleSheet
from generator.model import Inline
from generator.writers.office.template import Template

DEEPEST = 8
"""Follow-ups that are nested deeper share the last style: a list has nine levels (17.9.3)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: str
    """The name that Word shows."""
    text: Inline = ()
    accent: int = 0
    """Place of the accent in the palette, from 1; 0 for none."""
    numbering: int = 1
    """Questions only: 1 is the style's own list, n + 1 that of `Plan.restarts[n - 1]`."""
    field: str = ""
    """The name of a field to type into; `text` is its prompt."""
    choices: tuple[str, ...] = ()
    """Of a field to choose from."""
    box: bool = False
    """A box to tick stands before the text."""
    tick: str = ""
    """Its name, where it can be clicked."""
    number: int | None = None
    """Of a question; written out where it has such a box, which its list's would stand before."""
    anchor: int = 0
    """The theme that a heading opens, or that an entry of the contents leads to; 0 for none."""
    page: int = 0
    """Of an entry of the contents; 0 where only Word knows."""
    opens: bool = False
    closes: bool = False
    """The first and the last entry of the contents."""


@dataclass(frozen=True, slots=True)
class Row:
    """Of a table: a cell is its paragraphs."""

    cells: tuple[tuple[Paragraph, ...], ...]
    height_mm: float = 0.0
    """At least."""
    tint: str = ""
    """The colour behind it."""


@dataclass(frozen=True, slots=True)
class Plan:
    paragraphs: tuple[Paragraph, ...]
    first_number: int
    restarts: tuple[int, ...]
    """The numbers that do not follow the one before them."""
    fields: bool
    """To be typed into: boxes are content controls and numbers fields, no part of a list."""
    digits: int
    """Of the longest number."""
    followup_depth: int
    title: str
    author: str
    lang: str
    page_of: str
    """The foot, with `{page}` and `{count}`."""
    head: Inline
    """The theme at the top of the second page, until Word finds that of each page. Nothing where
    Word would find another one: then the title stands there."""
    running: str
    """The title, shortened to a line, at the head or the foot of the pages."""
    paper_mm: tuple[float, float]
    timestamp: datetime
    stylesheet: StyleSheet
    template: Template | None = None
    """A document of the user's to be filled; else it is made in our own look."""
    diagnostics: tuple[Diagnostic, ...] = ()
    table: tuple[Row, ...] = ()
    """Below the paragraphs; its first row is the head."""
    columns: tuple[float, ...] = ()
    """Widths of its columns, as parts of its own."""

    @property
    def styles(self) -> set[str]:
        """Of all paragraphs."""
        cells = (cell for row in self.table for cell in row.cells)
        return {each.style for each in chain(self.paragraphs, *cells)}


def hanging_mm(style: HandoutStyle, digits: int, own: bool) -> float:
    """From the tick box to the text of a question, in our own look or in a template."""
    hanging = style.hanging_mm + max(0, digits - 2) * style.digit_mm
    return hanging * (1 if own else style.template_hanging)
