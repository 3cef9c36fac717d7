"""The documents of many sets: each set is a job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import kit
from generator.diagnostics import GeneratorError, SourceError, error
from generator.programme.jobs import Group, Job
from generator.programme.runs import Progress, Report, opened
from generator.programme.store import Store
from generator.programme.workers import ALONE, Workers
from generator.select import EVERYTHING, Selection


def build_many(
    sources: Sequence[Path],
    store: Store,
    documents: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    selection: Selection = EVERYTHING,
    workers: Workers = ALONE,
    progress: Progress = lambda _, __: None,
) -> Report:
    """Make the files that are missing or changed. Errors in one set do not stop the others.

    Raises SourceError for a folder without sets, OutputError if a folder cannot be written.
    """
    report, paths = Report(), kit.find_sets(sources)
    groups = _groups(paths, documents, settings or {}, selection, report)

    def jobs() -> Iterator[Job]:
        """Yield the jobs. Sets are read while others are made, so that memory does not grow with
        their number."""
        for done, group in enumerate(groups):
            progress(done, len(paths))
            if group:
                asked = documents or group.prepared.question_set.settings.documents
                yield from run.missing(group, [group.target(document) for document in asked])

    with opened(store, Path(), workers, report) as run:
        for _ in run.make(jobs()):
            pass
    progress(len(paths), len(paths))
    return report


def _groups(
    paths: Sequence[Path], documents: Sequence[str], settings: Mapping[str, Any],
    selection: Selection, report: Report,
) -> Iterator[Group | None]:  # fmt: skip
    """Yield each set, or None if it has errors."""
    slugs: dict[str, Path] = {}
    for path in paths:
        try:
            (prepared,), found = kit.prepare([path], documents, settings, selection)
            report.diagnostics += found
            slug = prepared.question_set.slug.casefold()
            if (other := slugs.setdefault(slug, path)) is not path:
                hint = "give one of the two another `slug:` in its front matter"
                message = f"its output names collide with those of {other}"
                raise SourceError([error(message, path, hint=hint)])
        except GeneratorError as problem:
            report.diagnostics += problem.diagnostics
            yield None
        else:
            yield Group.of(prepared, path.name)
