"""The pipeline: read, plan, write, publish. No arrow runs back."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from generator import readers, writers
from generator.checking import Check
from generator.diagnostics import (
    Diagnostic,
    GeneratorError,
    OutputError,
    Severity,
    SourceError,
    UsageError,
    error,
)
from generator.files import Unreadable, contents
from generator.fingerprint import unchanged
from generator.look.brand import branded
from generator.look.style import StyleSheet
from generator.model import QuestionSet, plain
from generator.publish import publish
from generator.select import EVERYTHING, Selection, select
from generator.settings import settings_of, strings_of
from generator.starter import starter
from generator.strings import ENGLISH, for_language
from generator.writers import WRITERS, Context, setting_error

Progress = Callable[[str], None]

NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys(WRITERS, ()) | {
    "slides": ("workbook",), "run-sheet": ("workbook", "slides"),
}  # fmt: skip
"""The documents whose pages or slides another one names."""


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


class Converted(NamedTuple):
    """What `convert` read, and its Markdown."""

    question_set: QuestionSet
    diagnostics: tuple[Diagnostic, ...]
    markdown: str


def init(folder: Path) -> list[Path]:
    """Write a set to begin with. Raises OutputError where one of its files is there."""
    files = starter(folder)
    publish(files)
    return list(files)


def find_sets(paths: Iterable[Path]) -> list[Path]:
    """The question sets among files and folders, in the order given, those of a folder by name.

    Files of a folder that begin with `.`, `_` or `~$` (Word's locks), READMEs and `brand.yml` are
    not sets. Raises SourceError for a folder without a set.
    """
    found: list[Path] = []
    problems: list[Diagnostic] = []
    for path in paths:
        try:
            inside = sorted(filter(_is_set, path.iterdir())) if path.is_dir() else [path]
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


def _is_set(path: Path) -> bool:
    hidden = path.name.startswith((".", "_", "~$")) or path.stem.lower() in ("readme", "brand")
    ours = path.name.lower().endswith("-handout.docx")  # built beside the sets
    return path.is_file() and not hidden and not ours and path.suffix.lower() in readers.READERS


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Switches Python's search for reference cycles off, for the whole process, until the end.

    A build makes many objects and no cycles of them: looking for some takes a fifth of its time, a
    third for a large set. A program that had switched the search off finds it off afterwards.
    """
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
    documents: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    progress: Progress = lambda _: None,
    selection: Selection = EVERYTHING,
    force: bool = False,
) -> Report:
    """Make `documents` (names of `writers.WRITERS`) of each set and publish them all at once.

    Without any, each set's settings say which.

    `settings` override each set's front matter; `selection` says which part of each set is taken.
    Only with `force` an output is replaced that was changed since it was built. Raises SourceError
    or UsageError before anything is written, OutputError with every old file as it was.
    """
    started = time.perf_counter()
    progress("reading")
    paths = find_sets(sources)
    prepared, diagnostics = prepare(paths, documents, settings or {}, selection)
    inputs = {path for each in prepared for path in (*each.context.files, *each.brand_files)}
    inputs |= set(paths)
    _refuse_same_slug([each.question_set for each in prepared])
    files: dict[Path, bytes] = {}
    written: list[Written] = []
    for each in prepared:
        for name, output in documents_of(each, documents, progress):
            stem = stem_of(each.question_set.slug, name, output.edition)
            diagnostics += output.diagnostics
            for suffix, data in {WRITERS[name].suffix: output.data, **output.also}.items():
                path, count = (
                    folder / f"{stem}{suffix}",
                    0 if suffix in output.also else output.count,
                )
                files[path] = data
                written.append(Written(path, len(data), count, WRITERS[name].unit))
    progress("writing")
    publish(files, inputs, force)
    seconds = time.perf_counter() - started
    sets = tuple(each.question_set for each in prepared)
    return Report(sets, tuple(written), tuple(diagnostics), seconds)


def preview(
    written: Sequence[Written], folder: Path, force: bool = False
) -> tuple[int, tuple[Diagnostic, ...]]:
    """Publish pictures of what was written, in the place of older ones.

    How many, and what could not be shown. Pictures of other makers stay. Raises UsageError or
    OutputError.
    """
    from generator.preview import pictures

    files, diagnostics = pictures([file.path for file in written], folder)
    publish(files, force=force)
    for pages in {path.parent for path in files} - {folder}:
        for old in set(pages.glob("page-*.png")) - set(files):
            if old.is_file() and unchanged(old.read_bytes()):
                old.unlink()
    return len(files), diagnostics


@_no_search_for_cycles()
def check(
    sources: Sequence[Path],
    settings: Mapping[str, Any] | None = None,
    selection: Selection = EVERYTHING,
) -> list[Check]:
    """Read each set and plan its workbook; nothing is written.

    What cannot be read, and a workbook that cannot be planned, are diagnostics of the set's
    `Check`. Raises SourceError for a folder without a set, UsageError for a selection of nothing.
    """
    return [_checked(path, settings or {}, selection) for path in find_sets(sources)]


def _checked(path: Path, settings: Mapping[str, Any], selection: Selection) -> Check:
    try:
        (prepared,), diagnostics = prepare([path], ["workbook"], settings, selection)
    except SourceError as problem:
        return Check(None, problem.diagnostics)
    try:
        plan = writers.load("workbook").plan(prepared.question_set, prepared.context)
    except SourceError as problem:
        return Check(prepared.question_set, (*diagnostics, *problem.diagnostics))
    return Check(prepared.question_set, tuple(diagnostics), plan)


def convert(source: Path, target: Path | None = None, force: bool = False) -> Converted:
    """Write what was read as our Markdown: into `target`, or nowhere.

    Raises SourceError; UsageError for a target that would not be read as Markdown; OutputError for
    one that is there, unless `force` says to replace it.
    """
    from generator.convert import to_markdown

    if target and target.suffix.lower() not in (".md", ".markdown"):
        hint = f"name it {target.with_suffix('.md').name}"
        raise UsageError([error("what `convert` writes is Markdown", target, hint=hint)])
    question_set, diagnostics = readers.read(source)
    place = target or Path(f"{question_set.slug}.md")
    text = to_markdown(question_set, place.stem, place.parent)
    if target:
        if target.exists() and not force:
            hint = "give another name, or --force to replace it"
            raise OutputError([error("this file already exists", target, hint=hint)])
        publish({target: text.encode()}, [source], force)
    return Converted(question_set, diagnostics, text)


class Prepared(NamedTuple):
    """A set to be planned, and all that its plans need: no plan opens a file."""

    question_set: QuestionSet
    context: Context
    brand_files: Collection[Path] = ()


def prepare(
    paths: Sequence[Path],
    documents: Sequence[str],
    settings: Mapping[str, Any],
    selection: Selection,
) -> tuple[list[Prepared], list[Diagnostic]]:
    """Every set with its look and its files, and the warnings of all.

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
        prepared.append(ready._replace(brand_files=look.files))
    return prepared, diagnostics


def _open_files(
    question_set: QuestionSet, documents: Sequence[str]
) -> tuple[dict[Path, bytes], list[Diagnostic]]:
    """The files that a set's settings name for the documents asked for, and what is wrong."""
    settings = question_set.settings
    needed = {each for name in documents or settings.documents for each in (name, *NEEDS[name])}
    named = [
        ("handout", "handout.template", settings.handout.template),
        ("slides", "slides.template", settings.slides.template),
        *(("workbook", "workbook.fonts", path) for path in settings.workbook.fonts),
    ]
    files: dict[Path, bytes] = {}
    problems: list[Diagnostic] = []
    for document, setting, path in named:
        if path and document in needed:
            try:
                files[path] = contents(path)
            except Unreadable as problem:
                hint = "a path is taken from the question set's folder"
                message = f"{setting}: {path} {problem}"
                problems.append(setting_error(question_set, setting, message, hint))
    return files, problems


def _untranslated(question_set: QuestionSet) -> Iterator[Diagnostic]:
    """A note for a language that has no words of ours."""
    if for_language(question_set.lang) is ENGLISH and question_set.lang.lower()[:2] != "en":
        message = f"the words that are added are English: there are none in '{question_set.lang}'"
        hint = "give your own under `strings:`"
        yield Diagnostic(Severity.NOTE, message, question_set.path, None, hint)


def documents_of(
    prepared: Prepared, documents: Sequence[str], progress: Progress = lambda _: None
) -> Iterator[tuple[str, writers.Output]]:
    """The documents asked for. What one of them names pages of is planned first."""
    question_set, context, _ = prepared
    documents = documents or question_set.settings.documents
    plans: dict[str, Any] = {}
    needed = {each for name in documents for each in NEEDS[name]}
    for first in (name for name in WRITERS if name in needed):
        progress(f"{question_set.slug}: laying out the {first}")
        try:
            plans[first] = writers.load(first).plan(question_set, context)
            context = replace(context, **plans[first].numbers)
        except GeneratorError:
            if first in documents:
                raise
            # The others do without the numbers of a document that cannot be set.
    for name in documents:
        progress(f"{question_set.slug}: {name}")
        writer = writers.load(name)
        yield name, writer.write(plans.get(name) or writer.plan(question_set, context))


def stem_of(first: str, document: str, edition: str = "") -> str:
    """Of a document's name; the usual edition of the workbook is not named."""
    return "-".join(filter(None, (first, document, "" if edition == "print" else edition)))


def file_name(first: str, document: str, edition: str = "") -> str:
    return stem_of(first, document, edition) + WRITERS[document].suffix


def prepared_for(
    question_set: QuestionSet, stylesheet: StyleSheet, files: Mapping[Path, bytes]
) -> Prepared:
    """A set with its look and its files. Raises UsageError for a wrong SOURCE_DATE_EPOCH."""
    words = strings_of(question_set.settings, question_set.lang)
    context = Context(stylesheet, words, _timestamp(question_set), files=files)
    return Prepared(question_set, context)


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
                        f"SOURCE_DATE_EPOCH is '{epoch[:40]}', not a number of seconds",
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
            message = f"its output names collide with those of {other}"
            hint = "give one of the two another `slug:` in its front matter"
            problems.append(error(message, question_set.path, hint=hint))
    if problems:
        raise SourceError(problems)
