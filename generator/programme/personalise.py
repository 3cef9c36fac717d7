"""Makes a copy for each person of a roster, if their files are missing or changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.diagnostics import Severity
from generator.programme import roster as rosters
from generator.programme.planning import planned, source_of
from generator.programme.runs import Progress, Report, Row, opened
from generator.programme.store import Store
from generator.programme.tables import as_text
from generator.programme.workers import ALONE, Workers
from generator.select import EVERYTHING, Selection

CHUNK = 1000
"""Number of people in a job. The fonts of its files contain all of their names, and each job draws
the common parts once."""
REPORT = "report.csv"


def personalise(
    path: Path,
    sets: Sequence[Path],
    store: Store,
    document: str = "workbook",
    settings: Mapping[str, Any] | None = None,
    selection: Selection = EVERYTHING,
    workers: Workers = ALONE,
    progress: Progress = lambda _, __: None,
) -> Report:
    """Make the files of a roster that are missing or changed, and the report beside them.

    A problem in one row stops no other. Raises SourceError if the roster or a set cannot be read,
    OutputError if a folder or a report cannot be written.
    """
    roster = rosters.read_roster(path)
    report = Report(diagnostics=list(roster.problems), roster=path)
    plans = planned(roster, sets, document, settings or {}, selection, report)
    wrong = {
        found.line: found.message
        for found in reversed(report.diagnostics)
        if found.severity is Severity.ERROR and found.path == path and found.line
    }
    with opened(store, path.parent, workers, report) as run:
        jobs = [
            job
            for group, targets in plans
            for at in range(0, len(targets), CHUNK)
            for job in run.missing(group, targets[at : at + CHUNK])
        ]
        done, total = 0, sum(len(job.wanted) for job in jobs)
        for job in run.make(jobs):
            done += len(job.wanted)
            progress(done, total)
        report.strays = run.strays(source_of(roster, document))
        files = [target for _, targets in plans for target in targets]
        made = [Row(each.row, each.file, report.states[each.file]) for each in files]
        report.rows = sorted(made + [Row(row, "", message) for row, message in wrong.items()])
        run.write(REPORT, _table(roster, report))
    return report


def _table(roster: rosters.Roster, report: Report) -> bytes:
    """Return the report: a line for each file, and one for each row without files."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["row", "name", "email", "file", "state"])
    people = {person.row: person for person in roster.people}
    for row, file, state in report.rows:
        person = people.get(row)
        who = (person.values["name"], person.email) if person else ("", "")
        table.writerow([row, *map(as_text, (*who, file, state))])
    return out.getvalue().encode("utf-8-sig")
