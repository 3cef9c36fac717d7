"""From the document model to bytes: a table of documents, and one package a document.

Each package has a module `plan` that decides (pure: what goes where) and one that draws or writes.
Its `__init__` offers the two functions of `Writer`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from generator.diagnostics import Diagnostic, error
from generator.look.style import StyleSheet
from generator.model import QuestionSet
from generator.strings import ENGLISH, Strings

ACTION_PLAN = (0, 4)
"""The place of the action plan among the workbook's pages."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a writer needs besides the question set."""

    stylesheet: StyleSheet = field(default_factory=StyleSheet)
    strings: Strings = ENGLISH
    timestamp: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    """Stamped into each file as its date, so that equal input gives equal bytes."""
    workbook_pages: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(theme number, place of the question in it from 1) to its page label in the workbook;
    (theme number, 0) is the theme's opener, ACTION_PLAN that page. Empty where no workbook could
    be planned."""
    slide_numbers: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """The same keys to the numbers of slides, counted from 1."""
    files: Mapping[Path, bytes] = field(default_factory=dict)
    """The contents of every file that the settings name: templates and fonts."""
    known_fonts: dict[Any, Any] | None = None
    """Fonts that were opened, and words that were shaped, for documents before this one: whoever
    plans again after each change hands it on, which spares half of a plan's time."""


@dataclass(frozen=True, slots=True)
class Output:
    """A finished document."""

    data: bytes
    count: int
    """Pages or slides; 0 where only the reading program knows."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings: what was done otherwise than asked."""
    also: Mapping[str, bytes] = field(default_factory=dict)
    """The same document in other formats, by their suffixes."""
    edition: str = ""
    """Added to the file's name, where the document is not of the usual edition."""


class Writer(Protocol):
    """The two functions that the package of a document has."""

    def plan(self, question_set: QuestionSet, context: Context) -> Any:
        """Decide what goes where. Pure. Raises SourceError for what cannot be set."""

    def write(self, plan: Any) -> Output:
        """Draw or write the plan."""


class Document(NamedTuple):
    module: str
    suffix: str
    unit: str


WRITERS: dict[str, Document] = {
    "workbook": Document("generator.writers.workbook", ".pdf", "pages"),
    "handout": Document("generator.writers.handout", ".docx", "pages"),
    "slides": Document("generator.writers.slides", ".pptx", "slides"),
    "run-sheet": Document("generator.writers.run_sheet", ".pdf", "pages"),
    "cards": Document("generator.writers.cards", ".pdf", "pages"),
}


def load(name: str) -> Writer:
    """Import the writer of a document; its libraries are imported only now."""
    return cast(Writer, import_module(WRITERS[name].module))


def setting_error(question_set: QuestionSet, place: str, message: str, hint: str) -> Diagnostic:
    """Return an error at the line of a setting, such as `workbook.pages`."""
    return error(message, question_set.path, question_set.setting_lines.get(place), hint)
