"""The loop of all runs: files that exist are kept, missing or changed ones are made and
recorded."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import Diagnostic, OutputError, Severity, error
from generator.fingerprint import hash_of
from generator.programme.jobs import Failed, Group, Job, Result, Target, make
from generator.programme.manifest import NAME, Made, Manifest
from generator.programme.store import Store
from generator.programme.workers import Workers, run
from generator.readers.front_matter import safe_name

Progress = Callable[[int, int], None]
"""Called with the finished and the total number of files."""


class Row(NamedTuple):
    """The outcome for a row of the roster: for each of its files, or why it has none."""

    row: int
    file: str
    state: str


@dataclass(slots=True)
class Report:
    states: dict[str, str] = field(default_factory=dict)
    """The outcome for each file: made, kept, or an error."""
    rows: list[Row] = field(default_factory=list)
    """The outcomes for the rows of a roster."""
    strays: list[str] = field(default_factory=list)
    """Files of earlier runs that no longer belong to the roster."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    roster: Path | None = None
    """The file of the roster, if people have files of their own."""
    unwritten: bool = False
    """True if a file could not be written."""
    seconds: float = 0.0

    def count(self, state: str) -> int:
        return sum(each == state for each in self.states.values())

    def note(self, failed: Failed) -> None:
        self.states[failed.target.file] = failed.diagnostics[0].message
        self.unwritten |= failed.unwritten
        for found in failed.diagnostics:
            # Of people their rows are named, not their files.
            at_row = replace(found, path=self.roster, line=failed.target.row)
            self.diagnostics.append(at_row if self.roster else found)

    @property
    def exit_status(self) -> int:
        wrong = any(each.severity is Severity.ERROR for each in self.diagnostics)
        return 3 if self.unwritten else int(wrong)


@contextmanager
def opened(store: Store, beside: Path, workers: Workers, report: Report) -> Iterator[Run]:
    """Open a run. Its manifest is stored with the files, or `beside` the input, as services cannot
    append to a file. Raises OutputError."""
    started = time.perf_counter()
    name = f"{safe_name(store.place)}-{NAME}"
    memory = beside / name if store.remote else Path(store.place, NAME)
    with store.opened(), Manifest(memory) as manifest:
        yield Run(store, manifest, workers, report, store.sizes())
    report.seconds = time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Run:
    _store: Store
    _manifest: Manifest
    _workers: Workers
    _report: Report
    _sizes: Mapping[str, int]
    """The files that existed before, with their bytes."""

    def missing(self, group: Group, targets: Sequence[Target]) -> Iterator[Job]:
        """Yield a job for those files that are missing or changed, if there are any."""
        wanted = {t.file for t in targets if not self._manifest.has(t.fingerprint, self._sizes)}
        for target in targets:
            if target.file not in wanted:
                self._report.states[target.file] = "kept"
            elif target.file in self._sizes:
                try:
                    self._store.refuse(target.file, group.prepared.inputs)
                except OutputError as problem:
                    self._report.note(Failed.by(problem, target))
                    wanted.discard(target.file)
        if wanted:
            yield Job(group, tuple(targets), frozenset(wanted), self._store)

    def make(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """Do the jobs, and yield each when it is done."""
        for job, result in run(make, jobs, self._workers):
            made, failed = result or _lost(job)
            self._manifest.add(made)
            self._report.states |= {each.file: "made" for each in made}
            for each in failed:
                self._report.note(each)
            yield job

    def strays(self, source: str) -> list[str]:
        """Return the files that once came from the same source and still exist."""
        return sorted(
            each.file
            for each in self._manifest.made.values()
            if each.source == source and each.file not in self._report.states
            if each.file in self._sizes
        )

    def write(self, name: str, data: bytes) -> None:
        """Write a text. As it has no place for a fingerprint, its hash is recorded in the manifest,
        and before it is written, so that after an interruption it does not look like a file of
        somebody else."""
        known = self._manifest.known(name)
        made = Made(name, "", hash_of(data), len(data), 0)
        self._manifest.add([made])
        self._store.write(name, data, known)


def _lost(job: Job) -> Result:
    found = error(
        "the process that made it ended before it was done",
        job.group.prepared.question_set.path,
        hint="run the same command again to make what is missing",
    )
    lost = (each for each in job.targets if each.file in job.wanted)
    return Result([], [Failed(each, (found,), unwritten=False) for each in lost])
