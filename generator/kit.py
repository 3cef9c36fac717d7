"""The pipeline: read, plan, write, publish. No arrow runs back."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator import readers, writers
from generator.beside import ASIDE, Beside
from generator.beside import started as other_process
from generator.checking import Check
from generator.diagnostics import (
    Diagnostic,
    GeneratorError,
    SourceError,
    UsageError,
    error,
)
from generator.fingerprint import unchanged
from generator.model import QuestionSet, plain
from generator.prepare import NEEDS, Prepared, find_sets, prepare, prepared_for
from generator.publish import publish
from generator.select import EVERYTHING, Selection
from generator.starter import starter
from generator.writers import WRITERS

__all__ = [
    "NEEDS", "Converted", "Prepared", "Report", "Written", "build", "check", "convert",
    "documents_of", "file_name", "find_sets", "init", "prepare", "prepared_for", "preview",
    "stem_of",
]  # fmt: skip

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """One file that was published."""

    path: Path
    size: int
    """Size in bytes."""
    count: int
    """Number of pages or slides; 0 if only the reading program knows it."""
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """The sets that a build read and the files that it wrote."""

    question_sets: tuple[QuestionSet, ...]
    written: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float

    def as_data(self) -> dict[str, Any]:
        """Return the report for JSON."""
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
    """The set that `convert` read, and its Markdown."""

    question_set: QuestionSet
    diagnostics: tuple[Diagnostic, ...]
    markdown: str


def init(folder: Path) -> list[Path]:
    """Write a set to begin with. Raises OutputError if one of its files exists."""
    files = starter(folder)
    publish(files)
    return list(files)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Switch off Python's search for reference cycles, for the whole process, until the end.

    A build makes many objects and no cycles: searching takes a fifth of its time, and a third for a
    large set. If a program had switched the search off, it stays off afterwards.
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
    side_by_side: bool = False,
) -> Report:
    """Make `documents` (names of `writers.WRITERS`) of each set and publish them all at once.

    Without any, each set's settings name them.

    `settings` override each set's front matter; `selection` is the part of each set to use. An
    output that was changed since it was built is only replaced with `force`. With `side_by_side`,
    some documents are made in a forked process if that is safe. Raises SourceError or UsageError
    before anything is written, and OutputError with every old file unchanged.
    """
    started = time.perf_counter()
    progress("reading")
    files: dict[Path, bytes] = {}
    written: list[Written] = []
    with other_process(documents, _made) if side_by_side else nullcontext() as beside:
        prepared, diagnostics = prepare(find_sets(sources), documents, settings or {}, selection)
        for each in prepared:
            outputs = dict(documents_of(each, documents, progress, beside))
            for name in documents or each.question_set.settings.documents:
                output = outputs[name]
                stem = stem_of(each.question_set.slug, name, output.edition)
                diagnostics += output.diagnostics
                for suffix, data in {WRITERS[name].suffix: output.data, **output.also}.items():
                    path = folder / f"{stem}{suffix}"
                    count = 0 if suffix in output.also else output.count
                    files[path] = data
                    written.append(Written(path, len(data), count, WRITERS[name].unit))
    inputs = [path for each in prepared for path in each.inputs]
    progress("writing")
    publish(files, inputs, force)
    seconds = time.perf_counter() - started
    sets = tuple(each.question_set for each in prepared)
    return Report(sets, tuple(written), tuple(diagnostics), seconds)


def preview(
    written: Sequence[Written], folder: Path, force: bool = False
) -> tuple[int, tuple[Diagnostic, ...]]:
    """Publish pictures of the documents, in place of older ones.

    Returns their number, and warnings about documents that could not be shown. Pictures by others
    are kept. Raises UsageError or OutputError.
    """
    from generator.preview import pictures

    files, diagnostics = pictures([file.path for file in written], folder)
    publish(files, force=force, after="no picture was replaced")
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

    Errors in reading and planning are diagnostics of the set's `Check`. Raises SourceError for a
    folder without a set, and UsageError for an empty selection.
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
    return Check(prepared.question_set, (*diagnostics, *plan.fonts.left_out), plan)


def convert(source: Path, target: Path | None = None, force: bool = False) -> Converted:
    """Write the set that was read as our Markdown into `target`, or nowhere.

    Raises SourceError; UsageError for a target that would not be read as Markdown; OutputError if
    the target exists, unless `force` says to replace it.
    """
    from generator.convert import to_markdown

    if target and target.suffix.lower() not in (".md", ".markdown"):
        hint = f"name it {target.with_suffix('.md').name}"
        raise UsageError([error("`convert` writes Markdown", target, hint=hint)])
    question_set, diagnostics = readers.read(source)
    place = target or Path(f"{question_set.slug}.md")
    text = to_markdown(question_set, place.stem, place.parent)
    if target:
        publish({target: text.encode()}, [source], force)
    return Converted(question_set, diagnostics, text)


def documents_of(
    prepared: Prepared,
    documents: Sequence[str],
    progress: Progress = lambda _: None,
    beside: Beside | None = None,
) -> Iterator[tuple[str, writers.Output]]:
    """Yield the requested documents. One whose pages others name is planned first; those of the
    other process, if there is one, come last."""
    question_set, context, _ = prepared
    documents = documents or question_set.settings.documents
    plans: dict[str, Any] = {}
    needed = {each for name in documents for each in NEEDS[name]}
    aside = [name for name in ASIDE if beside and name in documents and name not in needed]
    if beside:
        beside.begin(prepared, aside)
    for first in (name for name in WRITERS if name in needed):
        progress(f"{question_set.slug}: laying out the {first}")
        try:
            plan = writers.load(first).plan(question_set, context)
            context = replace(context, **plan.numbers)
            if first in documents:
                plans[first] = plan
            del plan  # those of a large set do not stand in memory side by side
        except GeneratorError:
            if first in documents:
                raise
            # The others do without the numbers of a document that cannot be set.
    if beside:
        beside.tell(context.workbook_pages)
    for name in (name for name in documents if name not in aside):
        progress(f"{question_set.slug}: {name}")
        writer = writers.load(name)
        yield name, writer.write(plans.pop(name, None) or writer.plan(question_set, context))
    if beside and aside:
        progress(f"{question_set.slug}: {' and '.join(aside)}")
    made = beside.outputs() if beside else {}
    yield from made.items()
    yield from _made(prepared, [name for name in aside if name not in made], context.workbook_pages)


def _made(
    prepared: Prepared, documents: Sequence[str], pages: Mapping[tuple[int, int], str]
) -> Iterator[tuple[str, writers.Output]]:
    """Yield documents that only need the labels of the workbook's pages from others."""
    context = replace(prepared.context, workbook_pages=pages)
    for name in documents:
        writer = writers.load(name)
        yield name, writer.write(writer.plan(prepared.question_set, context))


def stem_of(first: str, document: str, edition: str = "") -> str:
    """Return the stem of a document's name; the usual edition of the workbook is not named."""
    return "-".join(filter(None, (first, document, "" if edition == "print" else edition)))


def file_name(first: str, document: str, edition: str = "") -> str:
    return stem_of(first, document, edition) + WRITERS[document].suffix
