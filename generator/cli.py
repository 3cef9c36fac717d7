"""Commands, messages, exit codes. Nothing else prints."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import textwrap
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, get_args

from generator import __version__, kit
from generator.choosing import Choice
from generator.errors import Diagnostic, GeneratorError, Severity
from generator.model import plain
from generator.stylesheet import PAPERS_MM
from generator.writers import WRITERS
from generator.writers.options import TEMPLATES, Edition

FULL = 0.85
"""A question page that is less full than this is named by `check`."""

_FIRST = ("build", "check", "-h", "--help", "--version")
"""What an argument list can begin with; before anything else, `build` is meant."""

_LINES = "rules given to each question (for those asked for): "

_DESCRIPTION = "One question set in, a workshop's papers out: workbook, handout, slides."
_EXAMPLES = """\
examples:
  %(prog)s                                     build every set in source/ into outputs/
  %(prog)s my-questions.md                     the three documents of one set
  %(prog)s my-questions.md -o papers           ... into the folder papers/
  %(prog)s my-questions.md --only slides --only handout
  %(prog)s my-questions.md --paper letter --edition fillable
  %(prog)s check my-questions.md               what would be read, and how the workbook fits

exit status:
  0 done   1 the source has errors   2 wrong usage   3 an output could not be written
"""


def main(argv: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one command and return its exit status.

    `root` holds the folders source/ and outputs/ that the bare command uses; the current folder
    where it is not given.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console's encoding may not have every letter
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or given[0] not in _FIRST:
        given.insert(0, "build")
    arguments = _parser(root or Path()).parse_args(given)
    # A build makes many objects and no cycles of them: looking for some takes a fifth of its time.
    gc.disable()
    try:
        status: int = arguments.run(arguments)
    except GeneratorError as problem:
        _say(problem.diagnostics)
        return problem.exit_status
    finally:
        gc.enable()
    return status


def _parser(root: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    outputs = _near(root / "outputs")
    commands = parser.add_subparsers(title="commands", metavar="build | check")
    build = commands.add_parser("build", help="make the documents of one set or several")
    build.add_argument(
        "sets", nargs="*", type=Path, metavar="SET", default=[_near(root / "source")],
        help="a file or a folder; default: %(default)s",
    )  # fmt: skip
    build.add_argument(
        "-o", "--output", type=Path, metavar="DIR", default=outputs, help="default: %(default)s"
    )
    build.add_argument(
        "--only", action="append", choices=WRITERS, help="this document alone; can be given again"
    )
    build.add_argument(
        "--template", action="append", type=_template, default=[], metavar="FILE",
        help="your own .docx or .pptx for the look of handout or slides; can be given again",
    )  # fmt: skip
    build.set_defaults(run=_build)
    check = commands.add_parser("check", help="say what would be read and how the workbook fits")
    check.add_argument("sets", nargs="+", type=Path, metavar="SET", help="a file or a folder")
    check.set_defaults(run=_check, template=[])
    for command in (build, check):
        command.add_argument(
            "--font", action="append", type=Path, default=[], metavar="FILE",
            help="for letters that the workbook's own fonts lack; can be given again",
        )  # fmt: skip
        command.add_argument("--paper", choices=PAPERS_MM, help="over the set's own `paper:`")
        command.add_argument("--edition", choices=get_args(Edition), help="of the workbook")
        _add_choice(command)
    return parser


def _add_choice(command: argparse.ArgumentParser) -> None:
    chosen = command.add_argument_group("a part of the set")
    chosen.add_argument("--themes", default="", metavar="LIST", help="as in 1,3-4 or failure")
    chosen.add_argument("--questions", default="", metavar="LIST", help="as in 1-5,12")
    chosen.add_argument(
        "--tag", action="append", default=[], help="those that have it; can be given again"
    )
    chosen.add_argument("--sample", type=int, metavar="N", help="as many, by chance")
    chosen.add_argument("--shuffle", action="store_true", help="the questions of each theme")
    chosen.add_argument("--seed", type=int, default=0, metavar="S", help="for other chances")
    chosen.add_argument("--renumber", action="store_true", help="count the questions from 1")


def _choice(arguments: argparse.Namespace) -> Choice:
    return Choice(
        arguments.themes, arguments.questions, tuple(arguments.tag), arguments.sample,
        arguments.shuffle, arguments.seed, arguments.renumber,
    )  # fmt: skip


def _near(path: Path) -> Path:
    """The path as a person would type it here."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path


def _template(text: str) -> Path:
    if Path(text).suffix.lower() not in TEMPLATES:
        raise argparse.ArgumentTypeError(f"'{text}' is none of {', '.join(TEMPLATES)}")
    return Path(text).resolve()


def _settings(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line asks for, as a set's front matter would."""
    settings: dict[str, Any] = {"paper": arguments.paper} if arguments.paper else {}
    asked = {"edition": arguments.edition, "fonts": [path.resolve() for path in arguments.font]}
    if any(asked.values()):
        settings["workbook"] = {key: value for key, value in asked.items() if value}
    for path in arguments.template:
        settings[TEMPLATES[path.suffix.lower()]] = {"template": path}
    return settings


def _build(arguments: argparse.Namespace) -> int:
    documents = list(dict.fromkeys(arguments.only or WRITERS))
    try:
        report = kit.build(
            arguments.sets, arguments.output, documents, _settings(arguments), _progress,
            _choice(arguments),
        )  # fmt: skip
    finally:
        _clear()
    _say(found for found in report.diagnostics if found.severity is not Severity.NOTE)
    width = max(len(str(file.path)) for file in report.written)
    for file in report.written:
        count = f"{file.count} {file.unit}" if file.count else ""
        _print(f"{file.path!s:{width}}  {count:>12}  {file.size / 1024:7,.0f} KB")
    files, sets = len(report.written), report.question_sets
    questions = sum(question_set.question_count for question_set in sets)
    themes = sum(len(question_set.themes) for question_set in sets)
    _print(
        f"{_counted(files, 'file')} from {_counted(len(sets), 'set')}"
        f" ({_counted(themes, 'theme')}, {_counted(questions, 'question')})"
        f" in {report.seconds:.1f} s"
    )
    return 0


def _check(arguments: argparse.Namespace) -> int:
    for result in kit.check(arguments.sets, _settings(arguments), _choice(arguments)):
        question_set, plan = result.question_set, result.workbook
        _print(f"{question_set.path}: {question_set.title}")
        fits = iter(plan.fits)
        for theme in question_set.themes:
            count = len(theme.questions)
            _print(f"  line {theme.line}: {plain(theme.title)}: {_counted(count, 'question')}")
            spaces = ", ".join(map(str, islice(fits, count)))
            # No line ends between a question's number and its rules.
            tied = textwrap.fill(spaces.replace(": ", ":\u00a0"), 92, initial_indent=_LINES)
            _print(textwrap.indent(tied.replace("\u00a0", " "), " " * 4))
        _print(f"  workbook: {_counted(len(plan.pages), 'page')}")
        for page in plan.pages:
            if page.kind == "questions" and page.fullness < FULL:
                _print(f"  workbook page {page.label}: only {page.fullness:.0%} full")
        _say(result.diagnostics)
    return 0


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _say(diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        _print(str(diagnostic), stream=sys.stderr)


def _progress(stage: str) -> None:
    """One line that rewrites itself on a terminal; plain lines elsewhere."""
    if sys.stdout.isatty():
        _print(f"\r\x1b[2K{stage} ...", end="")
    else:
        _print(stage)


def _clear() -> None:
    if sys.stdout.isatty():
        _print("\r\x1b[2K", end="")


def _print(text: str, end: str = "\n", stream: TextIO | None = None) -> None:
    """Where nobody listens any more (`| head`), the work goes on in silence."""
    stream = stream or sys.stdout
    try:
        print(text, end=end, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
