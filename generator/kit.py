"""The pipeline: read, plan, write, publish. No arrow runs back."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator import readers, writers
from generator.brand import branded
from generator.checking import Check
from generator.choosing import EVERYTHING, Choice, choose
from generator.errors import (
    Diagnostic,
    GeneratorError,
    Severity,
    SourceError,
    UsageError,
    error,
)
from generator.look.style import StyleSheet
from generator.model import QuestionSet, plain
from generator.publish import publish
from generator.settings import settings_of, strings_of
from generator.starter import starter
from generator.strings import ENGLISH, for_language
from generator.writers import WRITERS, Context

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """One file that was published."""

    path: Path
    size: int
    """Bytes."""
    count: int
    """Pages or slides; 0 where only the reading program knows."""
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a build read and wrote."""

    question_sets: tuple[QuestionSet, ...]
    written: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "sets": [_about(question_set) for question_set in self.question_sets],
            "written": [asdict(file) | {"path": str(file.path)} for file in self.written],
            "seconds": round(self.seconds, 3),
        }


def _about(question_set: QuestionSet) -> dict[str, Any]:
    themes = [
        {"title": plain(theme.title), "line": theme.line, "questions": len(theme.questions)}
        for theme in question_set.themes
    ]
    about = {"path": str(question_set.path), "slug": question_set.slug}
    return about | {"title": question_set.title, "lang": question_set.lang, "themes": themes}


def init(folder: Path) -> list[Path]:
    """Write a set to begin with. Raises OutputError where one of its files is there."""
    files = starter(folder)
    publish(files)
    return list(files)


def find_sets(paths: Iterable[Path]) -> list[Path]:
    """The question sets among files and folders, in the order given, those of a folder by name.

    Files beginning with `.`, `_` or `~$` (Word's locks) and READMEs of a folder are not sets.
    Raises SourceError for a folder without a set.
    """
    found: list[Path] = []
    problems: list[Diagnostic] = []
    for path in paths:
        inside = sorted(filter(_is_set, path.iterdir())) if path.is_dir() else [path]
        if not inside:
            hint = f"put a question set there ({', '.join(sorted(readers.READERS))})"
            problems.append(error("this folder has no question set", path, hint=hint))
        found += inside
    if problems:
        raise SourceError(problems)
    return list(dict.fromkeys(found))


def _is_set(path: Path) -> bool:
    hidden = path.name.startswith((".", "_", "~$")) or path.stem.lower() == "readme"
    ours = path.name.lower().endswith("-handout.docx")  # built beside the sets
    return path.is_file() and not hidden and not ours and path.suffix.lower() in readers.READERS


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A build makes many objects and no cycles of them: looking for some takes a fifth of its
    time, a third for a large set."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@_no_search_for_cycles()
def build(
    sources: Sequence[Path],
    folder: Path,
    documents: Sequence[str] = tuple(WRITERS),
    settings: Mapping[str, Any] | None = None,
    progress: Progress = lambda _: None,
    choice: Choice = EVERYTHING,
) -> Report:
    """Make `documents` (names of `writers.WRITERS`) of each set and publish them all at once.

    `settings` stand over each set's front matter; `choice` is made of each set. Raises SourceError
    or UsageError before anything is written, OutputError with every old file as it was.
    """
    started = time.perf_counter()
    progress("reading")
    question_sets, looks, diagnostics = read_all(find_sets(sources), settings or {})
    question_sets = [choose(question_set, choice) for question_set in question_sets]
    _refuse_same_slug(question_sets)
    files: dict[Path, bytes] = {}
    written: list[Written] = []
    for question_set in question_sets:
        for name, output in _documents(
            question_set, looks[question_set.path.parent], documents, progress
        ):
            stem = "-".join(filter(None, (question_set.slug, name, output.edition)))
            path = folder / f"{stem}{WRITERS[name].suffix}"
            files[path] = output.data
            diagnostics += output.diagnostics
            written.append(Written(path, len(output.data), output.count, WRITERS[name].unit))
    progress("writing")
    publish(files)
    return Report(
        tuple(question_sets), tuple(written), tuple(diagnostics), time.perf_counter() - started
    )


def preview(written: Sequence[Written], folder: Path) -> tuple[int, tuple[Diagnostic, ...]]:
    """Publish pictures of what was written, in the place of older ones.

    How many, and what could not be shown. Raises UsageError or OutputError.
    """
    from generator.preview import pictures

    files, diagnostics = pictures([file.path for file in written], folder)
    publish(files)
    for pages in {path.parent for path in files} - {folder}:
        for old in set(pages.glob("page-*.png")) - set(files):
            old.unlink()
    return len(files), diagnostics


@_no_search_for_cycles()
def check(
    sources: Sequence[Path],
    settings: Mapping[str, Any] | None = None,
    choice: Choice = EVERYTHING,
) -> list[Check]:
    """Read each set and plan its workbook; nothing is written.

    What cannot be read, and a workbook that cannot be planned, are diagnostics of the set's
    `Check`. Raises SourceError for a folder without a set, UsageError for a choice of nothing.
    """
    return [_checked(path, settings or {}, choice) for path in find_sets(sources)]


def _checked(path: Path, settings: Mapping[str, Any], choice: Choice) -> Check:
    try:
        question_sets, looks, diagnostics = read_all([path], settings)
    except SourceError as problem:
        return Check(None, problem.diagnostics)
    question_set = choose(question_sets[0], choice)
    try:
        plan = writers.load("workbook").plan(
            question_set, _context(question_set, looks[path.parent])
        )
    except SourceError as problem:
        return Check(question_set, (*diagnostics, *problem.diagnostics))
    return Check(question_set, tuple(diagnostics), plan)


def read_all(
    paths: Iterable[Path], settings: Mapping[str, Any]
) -> tuple[list[QuestionSet], dict[Path, StyleSheet], list[Diagnostic]]:
    """Every set, the look of each folder, and the warnings of all.

    Raises SourceError with the problems of all sets.
    """
    question_sets: list[QuestionSet] = []
    diagnostics: list[Diagnostic] = []
    looks: dict[Path, StyleSheet] = {}
    broken = False
    for path in paths:
        if path.parent not in looks:
            try:
                looks[path.parent], found = branded(path.parent, StyleSheet())
                diagnostics += found
            except SourceError as problem:
                looks[path.parent] = StyleSheet()
                diagnostics += problem.diagnostics
                broken = True
        try:
            reading = readers.read(path)
        except SourceError as problem:
            diagnostics += problem.diagnostics
            broken = True
            continue
        diagnostics += reading.diagnostics
        question_set = reading.question_set
        made = settings_of(settings, question_set.settings)
        question_sets.append(replace(question_set, settings=made))
        diagnostics += _untranslated(question_set)
    if broken:
        raise SourceError(diagnostics)
    return question_sets, looks, diagnostics


def _untranslated(question_set: QuestionSet) -> Iterator[Diagnostic]:
    """A note for a language that has no words of ours."""
    if for_language(question_set.lang) is ENGLISH and question_set.lang.lower()[:2] != "en":
        message = f"the words that are added are English: there are none in '{question_set.lang}'"
        hint = "give your own under `strings:`"
        yield Diagnostic(Severity.NOTE, message, question_set.path, None, hint)


def _documents(
    question_set: QuestionSet, look: StyleSheet, documents: Sequence[str], progress: Progress
) -> Iterable[tuple[str, writers.Output]]:
    """The documents asked for. The workbook is planned first: the slides name its pages."""
    context = _context(question_set, look)
    plans: dict[str, Any] = {}
    if {"workbook", "slides"} & set(documents):
        progress(f"{question_set.slug}: laying out the workbook")
        try:
            plans["workbook"] = writers.load("workbook").plan(question_set, context)
            context = replace(context, workbook_pages=plans["workbook"].page_labels)
        except GeneratorError:
            if "workbook" in documents:
                raise
            # Slides alone do without the page numbers of a workbook that cannot be set.
    for name in documents:
        progress(f"{question_set.slug}: {name}")
        writer = writers.load(name)
        yield name, writer.write(plans.get(name) or writer.plan(question_set, context))


def _context(question_set: QuestionSet, look: StyleSheet) -> Context:
    return Context(
        look,
        strings=strings_of(question_set.settings, question_set.lang),
        timestamp=_timestamp(question_set),
    )


def _timestamp(question_set: QuestionSet) -> datetime:
    """SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch), else the set's date.

    A set without a date gets that of `Context`: the clock never enters a document.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                [
                    error(
                        f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds",
                        hint="unset it, or give whole seconds since 1970-01-01",
                    )
                ]
            ) from None
    if question_set.date:
        return datetime.combine(question_set.date, datetime.min.time(), UTC)
    return Context().timestamp


def _refuse_same_slug(question_sets: Sequence[QuestionSet]) -> None:
    first: dict[str, Path] = {}
    problems = []
    for question_set in question_sets:
        other = first.setdefault(question_set.slug.casefold(), question_set.path)
        if other is not question_set.path:
            message = f"its documents would have the names of those of {other}"
            hint = "give one of the two another `slug:` in its front matter"
            problems.append(error(message, question_set.path, hint=hint))
    if problems:
        raise SourceError(problems)
