"""The commands of a programme, and what can be typed after them."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from generator import kit
from generator.arguments import add_settings, selection_of, settings_of
from generator.checking import counted
from generator.console import Console
from generator.diagnostics import Severity, UsageError, error
from generator.programme.jobs import Workers


def add_workers(command: argparse.ArgumentParser) -> None:
    many = command.add_argument_group("many files")
    many.add_argument("--jobs", type=int, default=1, metavar="N", help="in as many processes")
    many.add_argument(
        "--cluster", default="", metavar="ADDRESS",
        help="on the Dask cluster whose scheduler has this address, as tcp://host:8786",
    )  # fmt: skip


def workers_of(arguments: argparse.Namespace) -> Workers:
    """Raises UsageError for no process at all."""
    if arguments.jobs < 1:
        hint = "give the number of processes, such as 4"
        raise UsageError([error(f"--jobs: {arguments.jobs} is not a valid value", hint=hint)])
    return Workers(arguments.jobs, arguments.cluster)


def personalise_arguments(command: argparse.ArgumentParser, _: Path) -> None:
    command.add_argument(
        "roster", type=Path, metavar="ROSTER",
        help="a .csv or .xlsx with a person a row: name, mentor, from, to, email, set, lang, paper,"
        " edition, themes, tags, questions, copies",
    )  # fmt: skip
    command.add_argument(
        "sets", nargs="*", type=Path, metavar="SET", help="a file or a folder, for all rows that"
        " name no `set`",
    )  # fmt: skip
    command.add_argument(
        "-o", "--output", default="outputs", metavar="DIR", help="or a URL; default: %(default)s"
    )
    command.add_argument(
        "--only", choices=("workbook", "handout"), default="workbook", help="default: %(default)s"
    )
    command.add_argument(
        "--print", type=Path, metavar="FILE.pdf", dest="printed",
        help="one file for the printer instead, with all workbooks in the roster's order",
    )  # fmt: skip
    command.set_defaults(template=[])
    add_settings(command)
    add_workers(command)


def personalise(arguments: argparse.Namespace, console: Console) -> int:
    from generator.programme import personalise as copies
    from generator.programme.printing import print_run

    sets = kit.find_sets(arguments.sets)
    asked = (settings_of(arguments), selection_of(arguments))
    if arguments.printed:
        printed = print_run(arguments.roster, sets, arguments.printed, *asked)
        console.say(printed.report.diagnostics)
        values = {"people": printed.people, "pages": printed.pages, "sheets": printed.sheets}
        console.data({"written": [str(arguments.printed)], **values}, printed.report.diagnostics)
        console.result(
            f"{arguments.printed}: {printed.people:,} people,"
            f" {printed.pages:,} pages on {printed.sheets:,} sheets"
        )
        return _status(printed.report)
    report = copies.personalise(
        arguments.roster, sets, arguments.output, arguments.only, *asked,
        workers_of(arguments), _Bar(console),
    )  # fmt: skip
    console.say(report.diagnostics)
    made, kept = report.count("made"), report.count("kept")
    values = {"made": made, "kept": kept, "not made": len(report.files) - made - kept}
    console.data({**values, "seconds": round(report.seconds, 3)}, report.diagnostics)
    if report.strays:
        console.result(f"{counted(len(report.strays), 'file')} of no row any more, left as it was")
    also = f", {kept:,} kept" if kept else ""
    console.result(
        f"{counted(made, 'file')} made{also} in {report.seconds:.1f} s;"
        f" {arguments.output}/{copies.REPORT} has a line for each row"
    )
    return _status(report)


def _status(report: Any) -> int:
    errors = [each for each in report.diagnostics if each.severity is Severity.ERROR]
    unwritten = any(each.message.startswith("cannot be written") for each in errors)
    return 3 if unwritten else int(bool(errors))


class _Bar:
    """How far a long run is, with its rate and the time that is left."""

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
