"""From the document model to bytes: a table of documents, with one package for each.

Each package has a module `plan` that decides what goes where, without side effects, and one that
draws or writes. Its `__init__` offers the two functions of `Writer`.
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
"""The key of the action plan among the workbook's pages."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a writer needs in addition to the question set."""

    stylesheet: StyleSheet = field(default_factory=StyleSheet)
    strings: Strings = ENGLISH
    timestamp: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    """The date of each file, so that equal input gives equal bytes."""
    workbook_pages: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The labels of the workbook's pages by (theme number, place of the question in it from 1);
    (theme number, 0) is the theme's opener, and ACTION_PLAN that page. Empty if no workbook could
    be planned."""
    slide_numbers: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """The numbers of slides, from 1, by the same keys."""
    files: Mapping[Path, bytes] = field(default_factory=dict)
    """The contents of every file that the settings name: templates and fonts."""
    known_fonts: dict[Any, Any] | None = None
    """Fonts and shaped words of earlier plans. Whoever plans again after each change passes it on,
    which saves half of a plan's time."""


@dataclass(frozen=True, slots=True)
class Output:
    """A finished document."""

    data: bytes
    count: int
    """Number of pages or slides; 0 if only the reading program knows it."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings about what was done otherwise than requested."""
    also: Mapping[str, bytes] = field(default_factory=dict)
    """The same document in other formats, by suffix."""
    edition: str = ""
    """A suffix for the file's name, unless this is the usual edition."""


class Writer(Protocol):
    """The two functions of a document's package."""

    def plan(self, question_set: QuestionSet, context: Context) -> Any:
        """Decide what goes where, without side effects. Raises SourceError for anything that cannot
        be set."""

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
    """Import the writer of a document, and its libraries only now."""
    return cast(Writer, import_module(WRITERS[name].module))


def setting_error(question_set: QuestionSet, place: str, message: str, hint: str) -> Diagnostic:
    """Return an error at the line of a setting, such as `workbook.pages`."""
    return error(message, question_set.path, question_set.setting_lines.get(place), hint)
