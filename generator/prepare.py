"""Sets that are ready to be planned: found, read, selected, with their settings, looks and files.

All problems are collected until the files are open, so that one run reports all of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from generator import readers
from generator.diagnostics import Diagnostic, Severity, SourceError, UsageError, error
from generator.files import Unreadable, contents
from generator.look.brand import branded
from generator.look.style import StyleSheet
from generator.model import QuestionSet
from generator.select import Selection, select
from generator.settings import settings_of, strings_of
from generator.strings import ENGLISH, for_language
from generator.writers import WRITERS, Context, setting_error

NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys(WRITERS, ()) | {
    "slides": ("workbook",), "run-sheet": ("workbook", "slides"),
}  # fmt: skip
"""The documents whose pages or slides another one names."""


FRONT = 20_000
"""Characters at the start of a set that are searched for its front matter."""
_TEMPLATE = re.compile(r"""template:\s*["']?([^"'\n{}]+\.docx)\b""")


def find_sets(paths: Iterable[Path]) -> list[Path]:
    """Find the question sets among files and folders, in the given order, and by name in a folder.

    Files in a folder that begin with `.`, `_` or `~$` (Word's locks), READMEs, `brand.yml` and
    templates that a set in it names are not sets. Raises SourceError for a folder without a set.
    """
    found: list[Path] = []
    problems: list[Diagnostic] = []
    for path in paths:
        try:
            inside = _sets_in(path) if path.is_dir() else [path]
        except OSError as problem:
            message = f"this folder cannot be read: {problem.strerror}"
            problems.append(error(message, path, hint="check its permissions"))
            continue
        if not inside:
            hint = f"put a question set there ({', '.join(sorted(readers.READERS))})"
            problems.append(error("this folder has no question set", path, hint=hint))
        found += inside
    if problems:
        raise SourceError(problems)
    return list(dict.fromkeys(found))


def _sets_in(folder: Path) -> list[Path]:
    found = sorted(filter(_is_set, folder.iterdir()))
    templates = {name for path in found if path.suffix == ".md" for name in _templates(path)}
    return [path for path in found if path.name not in templates]


def _templates(path: Path) -> list[str]:
    """Find the templates that a set's front matter names. It is searched but not read, as its
    problems are reported when the set is read."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return _TEMPLATE.findall(file.read(FRONT))


def _is_set(path: Path) -> bool:
    hidden = path.name.startswith((".", "_", "~$")) or path.stem.lower() in ("readme", "brand")
    ours = path.name.lower().endswith(("-handout.docx", "-run-sheet.docx"))  # beside the sets
    return path.is_file() and not hidden and not ours and path.suffix.lower() in readers.READERS


class Prepared(NamedTuple):
    """A set with everything that its plans need, so that no plan opens a file."""

    question_set: QuestionSet
    context: Context
    inputs: Collection[Path] = ()
    """Every file that was read for it, which no output may replace."""


def prepare(
    paths: Sequence[Path],
    documents: Sequence[str],
    settings: Mapping[str, Any],
    selection: Selection,
) -> tuple[list[Prepared], list[Diagnostic]]:
    """Read every set with its look and its files; return them with the warnings of all.

    Raises SourceError with the problems of all sets, their settings, brands and files.
    """
    looks = {folder: branded(folder, StyleSheet()) for folder in {path.parent for path in paths}}
    diagnostics: list[Diagnostic] = []
    for look in looks.values():
        diagnostics += look.diagnostics
        printed = not documents or any(WRITERS[name].suffix == ".pdf" for name in documents)
        diagnostics += look.font_diagnostics if printed else ()
    question_sets: list[QuestionSet] = []
    for path in paths:
        try:
            reading = readers.read(path, settings.get("read", ""))
        except SourceError as problem:
            diagnostics += problem.diagnostics
            continue
        asked = {key: value for key, value in settings.items() if key != "read"}
        made = settings_of(asked, reading.question_set.settings)
        question_sets.append(replace(reading.question_set, settings=made))
        diagnostics += [*reading.diagnostics, *_untranslated(question_sets[-1])]
    opened = [_open_files(question_set, documents) for question_set in question_sets]
    for _, problems in opened:
        diagnostics += problems
    if any(found.severity is Severity.ERROR for found in diagnostics):
        raise SourceError(diagnostics)
    prepared = []
    for each, (files, _) in zip(question_sets, opened, strict=True):
        look = looks[each.path.parent]
        ready = prepared_for(select(each, selection), look.stylesheet, files)
        prepared.append(ready._replace(inputs=(each.path, *files, *look.files)))
    _refuse_same_slug(question_sets)
    return prepared, diagnostics


def _open_files(
    question_set: QuestionSet, documents: Sequence[str]
) -> tuple[dict[Path, bytes], list[Diagnostic]]:
    """Open the files that a set's settings name for the documents; return them with any
    problems."""
    settings = question_set.settings
    needed = {each for name in documents or settings.documents for each in (name, *NEEDS[name])}
    named = [
        ("handout", "handout.template", settings.handout.template),
        ("run-sheet", "handout.template", settings.handout.template),
        ("slides", "slides.template", settings.slides.template),
        *(("workbook", "workbook.fonts", path) for path in settings.workbook.fonts),
    ]
    files: dict[Path, bytes] = {}
    problems: list[Diagnostic] = []
    for document, setting, path in named:
        if path and document in needed and path not in files:
            try:
                files[path] = contents(path)
            except Unreadable as problem:
                hint = "paths are relative to the question set's folder"
                message = f"{setting}: {path} {problem}"
                problems.append(setting_error(question_set, setting, message, hint))
    return files, problems


def _untranslated(question_set: QuestionSet) -> Iterator[Diagnostic]:
    """Yield a note if a language has no words of ours."""
    if for_language(question_set.lang) is ENGLISH and question_set.lang.lower()[:2] != "en":
        message = f"the added words are in English: there are none in '{question_set.lang}'"
        hint = "give your own under `strings:`"
        yield Diagnostic(Severity.NOTE, message, question_set.path, None, hint)


def prepared_for(
    question_set: QuestionSet,
    stylesheet: StyleSheet,
    files: Mapping[Path, bytes],
    known_fonts: dict[Any, Any] | None = None,
) -> Prepared:
    """Return a set with its look and its files. Raises UsageError for an invalid
    SOURCE_DATE_EPOCH."""
    words = strings_of(question_set.settings, question_set.lang)
    context = Context(
        stylesheet, words, _timestamp(question_set), files=files, known_fonts=known_fonts
    )
    return Prepared(question_set, context)


def _timestamp(question_set: QuestionSet) -> datetime:
    """Return the date for a set's files.

    SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch) overrides the set's own
    date. A set without a date gets that of `Context`: the clock never enters a document.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            message = f"SOURCE_DATE_EPOCH is '{epoch[:40]}', not a number of seconds"
            hint = "unset it, or give whole seconds since 1970-01-01"
            raise UsageError([error(message, hint=hint)]) from None
    if question_set.date:
        return datetime.combine(question_set.date, datetime.min.time(), UTC)
    return Context().timestamp


def _refuse_same_slug(question_sets: Sequence[QuestionSet]) -> None:
    first: dict[str, Path] = {}
    problems = []
    for question_set in question_sets:
        other = first.setdefault(question_set.slug.casefold(), question_set.path)
        if other is not question_set.path:
            message = f"its output names collide with those of {other}"
            hint = "give one of the two another `slug:` in its front matter"
            problems.append(error(message, question_set.path, hint=hint))
    if problems:
        raise SourceError(problems)
