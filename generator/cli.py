"""The commands: what each does, and exit statuses. `arguments.py` defines the command line."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from generator import kit
from generator.arguments import STUDIO_PORT, parsed, selection_of, settings_of
from generator.checking import counted, report
from generator.console import Console
from generator.diagnostics import GeneratorError, Severity, SourceError, UsageError, error, warning


def main(argv: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one command and return its exit status.

    `root` contains the folders source/ and outputs/ that the bare command uses; by default it is
    the current folder.
    """
    try:
        with _signals_stop():
            arguments = parsed(sys.argv[1:] if argv is None else argv, root or Path())
            return _run(arguments, Console(arguments.quiet, arguments.verbose, arguments.json))
    except Stopped as stopped:
        return 128 + stopped.number  # as shells have it


def _run(arguments: argparse.Namespace, console: Console) -> int:
    try:
        return _RUN[arguments.command](arguments, console) or 0
    except GeneratorError as problem:
        console.say(problem.diagnostics)
        console.data({}, problem.diagnostics)
        return problem.exit_status
    except Stopped:
        console.clear()
        raise


class Stopped(KeyboardInterrupt):
    """Raised when the process is asked to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def _signals_stop() -> Iterator[None]:
    """Let a closed terminal or a `kill` end a command as Ctrl-C does, with everything cleaned
    up."""

    def stop(number: int, _: object) -> NoReturn:
        raise Stopped(number)

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []  # Python lets only the main thread handle signals
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _build(arguments: argparse.Namespace, console: Console) -> int | None:
    if arguments.jobs != 1 or arguments.cluster or isinstance(arguments.output, str):
        from generator.programme import commands

        return commands.build_many(arguments, console)
    if not arguments.watch:
        return _build_once(arguments, console)[1]
    from generator.watching import watch

    inputs = [*(arguments.sets or [arguments.source]), *arguments.template, *arguments.font]
    try:
        watch(lambda: _build_again(arguments, console), inputs)
    except KeyboardInterrupt:
        console.result("stopped")
    return None


def _build_again(arguments: argparse.Namespace, console: Console) -> list[Path]:
    """Build once more, print errors without ending, and return the files that were written."""
    try:
        report, _ = _build_once(arguments, console, time.strftime("%X  "))
        return [file.path for file in report.written]
    except GeneratorError as problem:
        console.say(problem.diagnostics)
        console.data({}, problem.diagnostics)
        console.result(f"{time.strftime('%X')}  build failed; still watching")
        return []


def _build_once(
    arguments: argparse.Namespace, console: Console, stamp: str = ""
) -> tuple[kit.Report, int]:
    """Build, and return the report and the exit status. Documents are reported even if their
    pictures fail.

    With a stamp, which precedes the summary, files are not listed.
    """
    if not (arguments.sets or arguments.source.exists()):
        hint = "run `init` to create one with a set to begin with, or name your own file"
        raise SourceError([error("there is no such folder", arguments.source, hint=hint)])
    report = kit.build(
        arguments.sets or [arguments.source], arguments.output,
        list(dict.fromkeys(arguments.only or ())), settings_of(arguments), console.progress,
        selection_of(arguments), arguments.force, side_by_side=not stamp,
    )  # fmt: skip
    diagnostics, pictures, status = report.diagnostics, 0, 0
    if arguments.preview:
        console.progress("pictures")
        folder = arguments.output / "pictures"
        try:
            pictures, found = kit.preview(report.written, folder, arguments.force)
        except GeneratorError as problem:
            found, status = problem.diagnostics, problem.exit_status
        diagnostics += found
    console.say(diagnostics)
    console.data(report.as_data(), diagnostics)
    width = max(len(str(file.path)) for file in report.written)
    for file in () if stamp else report.written:
        count = f"{file.count} {file.unit}" if file.count else ""
        console.result(f"{file.path!s:{width}}  {count:>12}  {file.size / 1024:7,.0f} KB")
    if pictures:
        console.result(f"{arguments.output / 'pictures'!s:{width}}  {pictures:>3} pictures")
    files, sets = len(report.written), report.question_sets
    questions = sum(question_set.question_count for question_set in sets)
    themes = sum(len(question_set.themes) for question_set in sets)
    console.result(
        f"{stamp}{counted(files, 'file')} from {counted(len(sets), 'set')}"
        f" ({counted(themes, 'theme')}, {counted(questions, 'question')})"
        f" in {report.seconds:.1f} s"
    )
    return report, status


def _init(arguments: argparse.Namespace, console: Console) -> None:
    made = kit.init(arguments.folder / "source")
    console.data({"written": [str(path) for path in made]}, ())
    for path in made:
        console.result(str(path))
    program = Path(sys.argv[0]).name
    program = f"python {shlex.quote(sys.argv[0])}" if program.endswith(".py") else program
    folder = arguments.folder
    source, outputs = (shlex.quote(str(folder / name)) for name in ("source", "outputs"))
    where = "" if folder == Path() else f" build {source} -o {outputs}"
    console.result(f"Open the first one: it explains itself. Then: {program}{where}")


def _check(arguments: argparse.Namespace, console: Console) -> int:
    results = kit.check(arguments.sets, settings_of(arguments), selection_of(arguments))
    for result in results:
        console.data(result.as_data(), result.diagnostics)
        for line in report(result, arguments.verbose):
            console.line(line)
        console.say(found for found in result.diagnostics if found.severity is Severity.ERROR)
    return int(any(result.failed for result in results))


def _convert(arguments: argparse.Namespace, console: Console) -> None:
    target = None if arguments.output == Path("-") else arguments.output
    made = kit.convert(arguments.list, target, arguments.force)
    console.say(made.diagnostics)
    data = {"written": [str(target)]} if target else {"markdown": made.markdown}
    console.data(data, made.diagnostics)
    if target is None:
        console.output(made.markdown)
        return
    questions = counted(made.question_set.question_count, "question")
    themes = counted(len(made.question_set.themes), "theme")
    console.result(f"{target}: {questions} in {themes}")


def _studio(arguments: argparse.Namespace, console: Console) -> None:
    try:
        from generator.studio.app import LOOPBACK, serve
    except ImportError:
        hint = "pip install 'workshop-papers[studio]'"
        raise UsageError([error("the studio needs additional packages", hint=hint)]) from None
    if arguments.host not in LOOPBACK:
        hint = "anyone with the address can use it; only a proxy in front of it encrypts anything"
        console.say([warning(f"others can reach the studio on {arguments.host}", hint=hint)])
    ports = (STUDIO_PORT, 0) if arguments.port is None else (arguments.port,)
    serve(arguments.host, ports, arguments.name, not arguments.no_browser, console.result)


def _personalise(arguments: argparse.Namespace, console: Console) -> int:
    from generator.programme import commands

    return commands.personalise(arguments, console)


def _collect(arguments: argparse.Namespace, console: Console) -> int:
    from generator.programme import commands

    return commands.collect(arguments, console)


_RUN = {
    "init": _init, "build": _build, "check": _check, "convert": _convert, "studio": _studio,
    "personalise": _personalise, "collect": _collect,
}  # fmt: skip
