"""Commands and exit codes. `console.py` says what there is to say."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from generator import __version__, kit
from generator.arguments import (
    Completion,
    build_arguments,
    check_arguments,
    convert_arguments,
    init_arguments,
    selection_of,
    settings_of,
)
from generator.checking import counted, report
from generator.console import Console
from generator.errors import GeneratorError, Severity, SourceError, error

_DESCRIPTION = "One question set in, a workshop's papers out: workbook, handout, slides."
_EXAMPLES = """\
examples:
  %(prog)s init my-workshop                    a set to begin with, that explains itself
  %(prog)s                                     build every set in source/ into outputs/
  %(prog)s my-questions.md                     the three documents of one set
  %(prog)s my-questions.md -o papers --watch   again, whenever it is saved
  %(prog)s my-questions.md --only slides --only handout
  %(prog)s my-questions.md --paper letter --edition fillable
  %(prog)s check my-questions.md               what would be read, and how the workbook fits
  %(prog)s convert old-list.docx -o my-questions.md

exit status:
  0 done   1 the source has errors   2 wrong usage   3 an output could not be written
"""


class Command(NamedTuple):
    help: str
    arguments: Callable[[argparse.ArgumentParser, Path], None]
    run: Callable[[argparse.Namespace, Console], int | None]
    """The exit status; None for 0."""


def main(argv: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one command and return its exit status.

    `root` holds the folders source/ and outputs/ that the bare command uses; the current folder
    where it is not given.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or given[0] not in (*COMMANDS, "-h", "--help", "--version", "--completion"):
        given.insert(0, "build")
    parser = _parser(root or Path())
    arguments = parser.parse_args(given)
    if meant := _meant(getattr(arguments, "sets", [])):
        parser.error(f"there is no file or command '{arguments.sets[0]}'; did you mean {meant}?")
    console = Console(arguments.quiet, arguments.verbose, arguments.json)
    try:
        return arguments.run(arguments, console) or 0
    except GeneratorError as problem:
        console.say(problem.diagnostics)
        console.data({}, problem.diagnostics)
        return problem.exit_status
    except KeyboardInterrupt:
        console.clear()
        return 130  # as shells have it: 128 and the number of the signal


def _parser(root: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--completion", action=Completion, metavar="SHELL",
        help="print what makes bash, zsh or tcsh complete the commands",
    )  # fmt: skip
    commands = parser.add_subparsers(title="commands", metavar=" | ".join(COMMANDS))
    for name, command in COMMANDS.items():
        made = commands.add_parser(name, help=command.help)
        command.arguments(made, root)
        told = made.add_argument_group("messages")
        told.add_argument("-q", "--quiet", action="store_true", help="errors alone")
        told.add_argument("-v", "--verbose", action="store_true", help="each step, and notes")
        told.add_argument("--json", action="store_true", help="one line of data, for scripts")
        made.set_defaults(run=command.run)
    return parser


def _meant(sets: Sequence[Path]) -> str:
    """The command that a first set which is no file looks like."""
    names = [str(path) for path in sets[:1] if not path.exists()]
    return "".join(name for each in names for name in get_close_matches(each, COMMANDS, n=1))


def _build(arguments: argparse.Namespace, console: Console) -> None:
    if not arguments.watch:
        _build_once(arguments, console)
        return
    from generator.watching import watch

    inputs = [*(arguments.sets or [arguments.source]), *arguments.template, *arguments.font]
    try:
        watch(lambda: _build_again(arguments, console), inputs)
    except KeyboardInterrupt:
        console.result("stopped")


def _build_again(arguments: argparse.Namespace, console: Console) -> list[Path]:
    """A build whose errors are told and survived; what it wrote."""
    try:
        report = _build_once(arguments, console, time.strftime("%X  "))
        return [file.path for file in report.written]
    except GeneratorError as problem:
        console.say(problem.diagnostics)
        console.data({}, problem.diagnostics)
        console.result(f"{time.strftime('%X')}  not built; waiting for it to be mended")
        return []


def _build_once(arguments: argparse.Namespace, console: Console, stamp: str = "") -> kit.Report:
    """With a stamp, which stands before the summary, files are not listed."""
    if not (arguments.sets or arguments.source.exists()):
        hint = "`init` makes one with a set to begin with; or name your own file"
        raise SourceError([error("there is no such folder", arguments.source, hint=hint)])
    report = kit.build(
        arguments.sets or [arguments.source], arguments.output,
        list(dict.fromkeys(arguments.only or ())), settings_of(arguments), console.progress,
        selection_of(arguments),
    )  # fmt: skip
    diagnostics, pictures = report.diagnostics, 0
    if arguments.preview:
        console.progress("pictures")
        pictures, found = kit.preview(report.written, arguments.output / "pictures")
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
    return report


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


COMMANDS = {
    "init": Command("make a set to begin with, that shows everything", init_arguments, _init),
    "build": Command("make the documents of one set or several", build_arguments, _build),
    "check": Command("say what would be read and how the workbook fits", check_arguments, _check),
    "convert": Command("write what was read as Markdown, to mend it", convert_arguments, _convert),
}
