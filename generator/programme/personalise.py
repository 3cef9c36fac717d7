"""A copy for each person of a roster: what is missing or changed of their files is made."""

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
"""People of a job. All names of a job are in the fonts of its files, and each job draws once what
they share."""
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
    """Make what is missing or changed of the files of a roster, and the report beside them.

    A row with a problem stops nobody else. Raises SourceError for a roster or a set that cannot be
    read, OutputError for a folder or a report that cannot be written.
    """
    roster = rosters.read_roster(path)
    report = Report(diagnostics=list(roster.problems))
    plans = planned(roster, sets, document, settings or {}, selection, report)
    wrong = {
        found.line: found.message
        for found in reversed(report.diagnostics)
        if found.severity is Severity.ERROR and found.path == path and found.line
    }
    with opened(store, path.parent, workers, report, path) as run:
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
    """A line a file, and one for each row that has none."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["row", "name", "email", "file", "state"])
    people = {person.row: person for person in roster.people}
    for row, file, state in report.rows:
        person = people.get(row)
        who = (person.values["name"], person.email) if person else ("", "")
        table.writerow([row, *map(as_text, (*who, file, state))])
    return out.getvalue().encode("utf-8-sig")
