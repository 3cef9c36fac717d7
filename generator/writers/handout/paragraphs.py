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
"""Follow-ups that are nested deeper share the last style, as a list has nine levels (17.9.3)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: str
    """The name of the style as Word shows it."""
    text: Inline = ()
    accent: int = 0
    """The number of the accent in the palette, from 1; 0 for none."""
    numbering: int = 1
    """Questions only: 1 is the style's own list, n + 1 that of `Plan.restarts[n - 1]`."""
    field: str = ""
    """The name of a field to type into, whose prompt is `text`."""
    choices: tuple[str, ...] = ()
    """The choices of a field."""
    box: bool = False
    """True if a box to tick stands before the text."""
    tick: str = ""
    """The name of the box, if it can be clicked."""
    number: int | None = None
    """The number of a question. It is written out if the question has such a box, as that of a list
    would stand before the box."""
    anchor: int = 0
    """The theme whose heading this is, or that an entry of the contents leads to; 0 for none."""
    page: int = 0
    """The page in an entry of the contents; 0 if only Word knows it."""
    opens: bool = False
    closes: bool = False
    """True for the first and the last entry of the contents."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; each cell is its paragraphs."""

    cells: tuple[tuple[Paragraph, ...], ...]
    height_mm: float = 0.0
    """Minimum height."""
    tint: str = ""
    """The background colour."""


@dataclass(frozen=True, slots=True)
class Plan:
    paragraphs: tuple[Paragraph, ...]
    first_number: int
    restarts: tuple[int, ...]
    """Numbers of questions that do not follow the one before."""
    fields: bool
    """True for a form: boxes are content controls, and numbers are fields instead of a list's."""
    digits: int
    """The digits of the longest number."""
    followup_depth: int
    title: str
    author: str
    lang: str
    page_of: str
    """The footer, with `{page}` and `{count}`."""
    head: Inline
    """The theme at the top of the second page, until Word finds that of each page. Empty if Word
    would find another one; then the title stands there."""
    running: str
    """The title, shortened to a line, in the header or the footer."""
    paper_mm: tuple[float, float]
    timestamp: datetime
    stylesheet: StyleSheet
    template: Template | None = None
    """A document of the user's to be filled; without one it is made in our own look."""
    diagnostics: tuple[Diagnostic, ...] = ()
    table: tuple[Row, ...] = ()
    """A table below the paragraphs; its first row is the heading."""
    columns: tuple[float, ...] = ()
    """The widths of its columns, as shares of their sum."""

    @property
    def styles(self) -> set[str]:
        """The styles of all paragraphs."""
        cells = (cell for row in self.table for cell in row.cells)
        return {each.style for each in chain(self.paragraphs, *cells)}


def hanging_mm(style: HandoutStyle, digits: int, own: bool) -> float:
    """Return the distance from the tick box to the text of a question, in our own look or in a
    template."""
    hanging = style.hanging_mm + max(0, digits - 2) * style.digit_mm
    return hanging * (1 if own else style.template_hanging)
