"""A copy for each person of a roster: what is missing or changed of their files is made."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from generator.diagnostics import Severity, error
from generator.programme import roster as rosters
from generator.programme.jobs import ALONE, Store, Workers, run
from generator.programme.making import Job, Result, make
from generator.programme.manifest import NAME, Manifest
from generator.programme.planning import Group, Report, Target, alike, planned
from generator.programme.tables import as_text
from generator.select import EVERYTHING, Selection

CHUNK = 1000
"""People of a job. All names of a job are in the fonts of its files, and each job draws once what
they share."""
REPORT = "report.csv"

Progress = Callable[[int, int], None]
"""Called with how many files are done, and how many there will be."""


def personalise(
    path: Path,
    sets: Sequence[Path],
    place: str,
    document: str = "workbook",
    settings: Mapping[str, Any] | None = None,
    selection: Selection = EVERYTHING,
    workers: Workers = ALONE,
    progress: Progress = lambda _, __: None,
) -> Report:
    """Make what is missing or changed of the files of a roster, in a folder or at a URL.

    A row with a problem stops nobody else. Raises SourceError for a roster or a set that cannot be
    read, OutputError for a folder that cannot be written.
    """
    started = time.perf_counter()
    roster = rosters.read_roster(path)
    report = Report(roster, diagnostics=list(roster.problems))
    plans = planned(roster, sets, document, settings or {}, selection, report)
    store = Store(place)
    store.open()
    memory = path.parent / f"{path.stem}-{NAME}" if store.remote else Path(store.place, NAME)
    with Manifest(memory) as manifest:
        sizes = store.sizes()
        jobs = list(_jobs(plans, document, manifest, sizes, store.place))
        total = sum(len(job.wanted) for job in jobs)
        wanted = set().union(*(job.wanted for job in jobs))
        states = {
            target.file: "kept"
            for _, targets in plans
            for target in targets
            if target.file not in wanted
        }
        for job, result in run(make, jobs, workers):
            _note(job, result, states, report)
            manifest.add(result.made if result else ())
            progress(sum(state == "made" for state in states.values()), total)
        report.strays = sorted(set(manifest.made).difference(states) & set(sizes))
    for _, targets in plans:
        report.files += [(t.person, t.file, states.get(t.file, "lost")) for t in targets]
    report.files.sort()
    report.seconds = time.perf_counter() - started
    store.write(REPORT, _table(report))
    return report


def _jobs(
    plans: Sequence[tuple[Group, list[Target]]], document: str, manifest: Manifest,
    sizes: Mapping[str, int], place: str,
) -> Iterator[Job]:  # fmt: skip
    """Those of a job have values for the same lines of the cover."""
    for group, targets in plans:
        for same in alike(targets):
            parts = iter(same)
            while chunk := tuple(islice(parts, CHUNK)):
                wanted = frozenset(
                    target.file
                    for target in chunk
                    if not manifest.has(target.file, target.fingerprint, sizes)
                )
                if wanted:
                    yield Job(group, document, chunk, wanted, place)


def _note(job: Job, result: Result | None, states: dict[str, str], report: Report) -> None:
    """What became of a job, with a message a row for what was wrong."""
    files = {target.person: target.file for target in job.targets if target.file in job.wanted}
    if result is None:
        what = "the process that made it ended before it was done"
        hint = "the same command makes what is missing"
        result = Result((), tuple((person, error(what, hint=hint)) for person in files))
    states |= {made.file: "made" for made in result.made}
    for person, found in result.problems:
        if person in files:
            states[files[person]] = found.message
            row, path = report.roster.people[person].row, report.roster.path
            report.diagnostics.append(replace(found, path=path, line=row))


def _table(report: Report) -> bytes:
    """A line a file, and one for each row that has none."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["row", "name", "email", "file", "state"])
    people = report.roster.people
    rows = [
        (people[at].row, people[at].values["name"], people[at].email, file, state)
        for at, file, state in report.files
    ]
    for found in report.roster.problems:
        if found.severity is Severity.ERROR and found.line:
            rows.append((found.line, "", "", "", found.message))
    for row, *texts in sorted(rows):
        table.writerow([row, *map(as_text, texts)])
    return out.getvalue().encode("utf-8-sig")
