"""One file for the printer with the workbooks of all people of a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from generator import writers
from generator.diagnostics import Diagnostic, GeneratorError, SourceError, error
from generator.programme.making import Job, with_fonts
from generator.programme.planning import Report, alike, planned
from generator.programme.roster import read_roster
from generator.publish import publish
from generator.select import EVERYTHING, Selection


class Printed(NamedTuple):
    people: int
    pages: int
    sheets: int
    """Printed on both sides."""
    report: Report


def print_run(
    path: Path,
    sets: Sequence[Path],
    target: Path,
    settings: Mapping[str, Any] | None = None,
    selection: Selection = EVERYTHING,
) -> Printed:
    """Write the workbooks one after the other, each from a right-hand page on, in the roster's
    order, as many times as its `copies` say. Raises SourceError where nothing can be printed."""
    from generator.writers.workbook.draw import Bundle

    roster = read_roster(path)
    report = Report(roster, diagnostics=list(roster.problems))
    bundle, adding = None, []
    for group, targets in planned(roster, sets, "workbook", settings or {}, selection, report):
        try:
            plan = writers.load("workbook").plan(
                group.prepared.question_set, group.prepared.context
            )
        except GeneratorError as problem:
            report.diagnostics += problem.diagnostics
            continue
        bundle = bundle or Bundle(plan)
        for same in alike(targets):
            problems: list[tuple[int, Diagnostic]] = []
            job = Job(group, "workbook", tuple(same), frozenset(), "")
            own, shown = with_fonts(plan, job, problems)
            for at, what in problems:
                report.diagnostics.append(replace(what, path=path, line=roster.people[at].row))
            add = bundle.add(own, [each.values for each in shown]) if shown else None
            adding += [(each.person, each, add) for each in shown]
    if not adding or bundle is None:
        hint = "mend the rows that are named above"
        raise SourceError(
            [*report.diagnostics, error("there is nothing to print", path, hint=hint)]
        )
    adding.sort(key=lambda each: each[0])
    sides = 0
    for at, each, add in adding:
        for _ in range(roster.people[at].copies):
            sides += add(each.values, each.values["name"]) if add else 0
    publish({target: bundle.data()})
    return Printed(len({at for at, _, _ in adding}), sides, sides // 2, report)
