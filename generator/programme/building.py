"""The documents of many sets: each set is a job, and what is there already is not made again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from generator import kit
from generator.diagnostics import Diagnostic, GeneratorError, error
from generator.programme.jobs import Store, Workers, run
from generator.programme.manifest import NAME, Made, Manifest, fingerprint, fingerprint_of
from generator.programme.planning import Group
from generator.select import EVERYTHING, Selection
from generator.writers import WRITERS


class Job(NamedTuple):
    path: Path
    group: Group
    files: tuple[tuple[str, Made], ...]
    """Documents, each with its file as it will be, but for its size."""
    place: str


class Result(NamedTuple):
    made: tuple[Made, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Report:
    made: int = 0
    kept: int = 0
    sets: int = 0
    done: int = 0
    """Sets of which nothing is left to do, also those with errors."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    seconds: float = 0.0


def build_many(
    sources: Sequence[Path],
    place: str,
    documents: Sequence[str],
    settings: Mapping[str, Any],
    workers: Workers,
    selection: Selection = EVERYTHING,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> Report:
    """Make what is missing or changed. A set with errors stops no other.

    Sets are read here, one after the other, while others are made: memory does not grow with them.
    """
    started, report = time.perf_counter(), Report()
    paths = kit.find_sets(sources)
    store = Store(place)
    store.open()
    memory = Path(NAME) if store.remote else Path(store.place, NAME)
    with Manifest(memory) as manifest:
        reading = _Reading(documents, settings, selection, store, manifest, report)
        for job, result in run(make, reading.jobs(paths), workers):
            if result is None:
                hint = "the same command makes what is missing"
                what = "the process that made it ended before it was done"
                lost = error(what, job.path, hint=hint)
                result = Result((), (lost,))  # noqa: PLW2901
            manifest.add(result.made)
            report.made += len(result.made)
            report.diagnostics += result.problems
            report.done += 1
            progress(report.done, len(paths))
    report.seconds = time.perf_counter() - started
    return report


@dataclass(slots=True)
class _Reading:
    documents: Sequence[str]
    settings: Mapping[str, Any]
    selection: Selection
    store: Store
    manifest: Manifest
    report: Report

    def jobs(self, paths: Sequence[Path]) -> Iterator[Job]:
        sizes, slugs = self.store.sizes(), dict[str, Path]()
        for path in paths:
            try:
                (prepared,), found = kit.prepare(
                    [path], self.documents, self.settings, self.selection
                )
            except GeneratorError as problem:
                self.report.diagnostics += problem.diagnostics
                self.report.done += 1
                continue
            self.report.diagnostics += found
            self.report.sets += 1
            slug = prepared.question_set.slug
            if (other := slugs.setdefault(slug.casefold(), path)) is not path:
                hint = "give one of the two another `slug:` in its front matter"
                message = f"its output names collide with those of {other}"
                self.report.diagnostics.append(error(message, path, hint=hint))
                self.report.done += 1
                continue
            group = Group(fingerprint_of(prepared), prepared)
            asked = self.documents or prepared.question_set.settings.documents
            files = [(document, self._expected(group, document)) for document in asked]
            wanted = [
                (document, made)
                for document, made in files
                if not self.manifest.has(made.file, made.fingerprint, sizes)
            ]
            self.report.kept += len(files) - len(wanted)
            if wanted:
                yield Job(path, group, tuple(wanted), self.store.place)
            else:
                self.report.done += 1

    def _expected(self, group: Group, document: str) -> Made:
        question_set = group.prepared.question_set
        edition = question_set.settings.workbook.edition if document == "workbook" else ""
        name = kit.file_name(question_set.slug, document, edition)
        # Slides name the pages of the workbook, which is planned for them.
        return Made(name, fingerprint(group.fingerprint, document, {}), 0, 0)


def make(job: Job) -> Result:
    """Make the documents of a set. Other than by its files it has no effect."""
    expected, store, made = dict(job.files), Store(job.place), []
    try:
        for document, output in kit.documents_of(job.group.prepared, list(expected)):
            suffix = WRITERS[document].suffix
            stem = kit.stem_of(job.group.prepared.question_set.slug, document, output.edition)
            for ending, data in {suffix: output.data, **output.also}.items():
                store.write(f"{stem}{ending}", data)
                pages = output.count if ending == suffix else 0
                mark = expected[document].fingerprint
                made.append(Made(f"{stem}{ending}", mark, len(data), pages))
    except GeneratorError as problem:
        return Result(tuple(made), problem.diagnostics)
    except OSError as problem:
        hint = "check the disk; the same command makes what is missing"
        message = f"cannot be written: {problem.strerror or problem}"
        return Result(tuple(made), (error(message, job.path, hint=hint),))
    return Result(tuple(made), ())
