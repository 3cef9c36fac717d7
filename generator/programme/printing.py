"""One file to print, with the workbooks of all people in a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.diagnostics import GeneratorError, SourceError, error
from generator.programme.jobs import Failed, with_fonts
from generator.programme.planning import planned
from generator.programme.roster import read_roster
from generator.programme.runs import Report
from generator.publish import publish
from generator.select import EVERYTHING, Selection


class Printed(NamedTuple):
    people: int
    pages: int
    sheets: int
    """Number of sheets, printed on both sides."""
    report: Report


def print_run(
    path: Path,
    sets: Sequence[Path],
    target: Path,
    settings: Mapping[str, Any] | None = None,
    selection: Selection = EVERYTHING,
    force: bool = False,
) -> Printed:
    """Write the workbooks one after the other, each from a right-hand page on, in the order of the
    roster, with as many `copies` as it says. Raises SourceError if nothing can be printed."""
    from generator.writers.workbook.draw import Bundle

    roster = read_roster(path)
    report = Report(diagnostics=list(roster.problems), roster=path)
    bundle, adding = None, []
    for group, targets in planned(roster, sets, "workbook", settings or {}, selection, report):
        try:
            plan, shown, unset = with_fonts(group, targets)
        except GeneratorError as problem:
            report.diagnostics += problem.diagnostics
            continue
        for whose, lacking in unset:
            report.note(Failed.by(lacking, whose))
        if shown:
            bundle = bundle or Bundle(plan)
            add = bundle.add(plan, [each.values for each in shown])
            adding += [(each.row, each, add) for each in shown]
    if not adding or bundle is None:
        hint = "correct the rows named above"
        raise SourceError(
            [*report.diagnostics, error("there is nothing to print", path, hint=hint)]
        )
    copies = {person.row: person.copies for person in roster.people}
    sides = 0
    for row, each, add in sorted(adding, key=lambda each: each[0]):
        for _ in range(copies[row]):
            sides += add(each.values, each.values["name"])
    publish({target: bundle.data()}, [path, *sets], force)
    return Printed(len({row for row, _, _ in adding}), sides, sides // 2, report)
