"""The commands of a programme."""

from __future__ import annotations

import argparse
import time

from generator import kit
from generator.arguments import selection_of, settings_of
from generator.checking import counted
from generator.console import Console
from generator.diagnostics import Diagnostic, Severity, UsageError, error
from generator.programme.runs import Report
from generator.programme.store import Store
from generator.programme.workers import Workers
from generator.publish import explained, refuse

MOST_PROCESSES = 500


def workers_of(arguments: argparse.Namespace) -> Workers:
    """Return the workers. Raises UsageError for fewer than one process, or for more than a machine
    can run."""
    if not 1 <= arguments.jobs <= MOST_PROCESSES:
        hint = f"give the number of processes, from 1 to {MOST_PROCESSES}, such as 4"
        raise UsageError([error(f"--jobs: {arguments.jobs} is not a valid value", hint=hint)])
    return Workers(arguments.jobs, arguments.cluster)


def store_of(arguments: argparse.Namespace) -> Store:
    return Store(str(arguments.output).removeprefix("file://"), arguments.force)


def personalise(arguments: argparse.Namespace, console: Console) -> int:
    from generator.programme import personalise as copies
    from generator.programme.printing import print_run

    sets = kit.find_sets(arguments.sets)
    asked = (settings_of(arguments), selection_of(arguments))
    if arguments.printed:
        printed = print_run(arguments.roster, sets, arguments.printed, *asked, arguments.force)
        console.say(printed.report.diagnostics)
        values = {"people": printed.people, "pages": printed.pages, "sheets": printed.sheets}
        console.data({"written": [str(arguments.printed)], **values}, printed.report.diagnostics)
        console.result(
            f"{arguments.printed}: {printed.people:,} people,"
            f" {printed.pages:,} pages on {printed.sheets:,} sheets"
        )
        return printed.report.exit_status
    report = copies.personalise(
        arguments.roster, sets, store_of(arguments), arguments.only, *asked,
        workers_of(arguments), _Bar(console),
    )  # fmt: skip
    if report.strays:
        console.result(f"{counted(len(report.strays), 'file')} of no row any more, left as it was")
    where = f"{arguments.output}/{copies.REPORT} has a line for each row"
    return _said(report, len(report.rows), where, console)


def build_many(arguments: argparse.Namespace, console: Console) -> int:
    """Run `build` with --jobs or --cluster. Raises UsageError for options that do not work with
    them."""
    from generator.programme import building

    for option in ("watch", "preview"):
        if getattr(arguments, option):
            hint = "leave out one of them"
            message = f"--{option} cannot be combined with --jobs, --cluster or a URL"
            raise UsageError([error(message, hint=hint)])
    report = building.build_many(
        arguments.sets or [arguments.source], store_of(arguments),
        list(dict.fromkeys(arguments.only or ())), settings_of(arguments), selection_of(arguments),
        workers_of(arguments), _Bar(console),
    )  # fmt: skip
    return _said(report, len(report.states), str(arguments.output), console)


def _said(report: Report, asked: int, where: str, console: Console) -> int:
    """Report the outcome of a run and return its exit status."""
    console.say(report.diagnostics)
    made, kept = report.count("made"), report.count("kept")
    values = {"made": made, "kept": kept, "not made": asked - made - kept}
    console.data({**values, "seconds": round(report.seconds, 3)}, report.diagnostics)
    also = f", {kept:,} kept" if kept else ""
    console.result(f"{counted(made, 'file')} made{also} in {report.seconds:.1f} s; {where}")
    return report.exit_status


def collect(arguments: argparse.Namespace, console: Console) -> int:
    from generator.programme import collect as answers
    from generator.programme.summary import write_summary
    from generator.programme.tables import outputs_of, write_answers
    from generator.programme.tally import tallied

    folder, output, hidden = arguments.folder, arguments.output, arguments.anonymous
    sets = kit.find_sets(arguments.sets)
    with explained(output, "nothing was collected"):
        inputs = [*answers.found_in(folder), *sets]
        refuse([*outputs_of(output), *arguments.summary], inputs, arguments.force)
        spool = answers.spool_in(output.parent)
    with spool:
        collected = answers.collect(
            folder, spool, sets, workers_of(arguments), hidden, arguments.seed, _Bar(console)
        )
        tallies = tallied(collected.rows())
        found = [*collected.diagnostics, *write_answers(output, collected, tallies)]
        names = arguments.names and not hidden
        for path in arguments.summary:
            write_summary(path, tallies, collected.people, names, arguments.force)
    if arguments.verbose:
        for file in collected.files:
            if file.state != "answered" or file.hint:
                place = folder / file.name
                found.append(Diagnostic(Severity.NOTE, file.state, place, None, file.hint))
    console.say(found)
    written = [output, *arguments.summary]
    console.data({"written": list(map(str, written)), "states": collected.states()}, found)
    for path in written:
        console.result(str(path))
    console.result(
        f"answers of {collected.people:,} people to"
        f" {len(tallies):,} questions, from {counted(len(collected.files), 'file')}"
    )
    return 0


class _Bar:
    """A progress bar for a long run, with its rate and the remaining time."""

    def __init__(self, console: Console) -> None:
        self._console, self._started, self._shown = console, time.perf_counter(), 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.perf_counter()
        if not done or now - self._shown < 0.1:
            return
        self._shown, rate = now, done / (now - self._started)
        width = 20 * done // max(total, 1)
        left = (total - done) / rate
        self._console.progress(
            f"[{'#' * width}{'.' * (20 - width)}] {done:,} of {total:,}, {rate:,.0f} a second,"
            f" {left:,.0f} s left"
        )
