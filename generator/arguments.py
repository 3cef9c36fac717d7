"""The command line: commands, their options, and suggestions for misspelt ones."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from generator import __version__
from generator.console import Console
from generator.programme import arguments as programme
from generator.readers.front_matter import Read
from generator.schema import meant
from generator.select import Selection
from generator.settings import TEMPLATES, Edition, Paper
from generator.writers import WRITERS

_DESCRIPTION = "One question set in, a workshop's papers out: workbook, handout, slides."
_EXAMPLES = """\
examples:
  %(prog)s init my-workshop                    a set to begin with, that explains itself
  %(prog)s                                     build every set in source/ into outputs/
  %(prog)s my-questions.md                     the three documents of one set
  %(prog)s my-questions.md -o papers --watch   build again whenever it is saved
  %(prog)s my-questions.md --only slides,handout
  %(prog)s my-questions.md --paper letter --edition fillable
  %(prog)s check my-questions.md               what would be read, and how the workbook fits
  %(prog)s convert old-list.docx -o my-questions.md

exit status:
  0 done   1 the source has errors   2 wrong usage   3 an output could not be written
"""


STUDIO_PORT = 8347
"""The same port if it is free, as a browser stores what was typed by the address of the page."""


class Command(NamedTuple):
    help: str
    add_arguments: Callable[[argparse.ArgumentParser, Path], None]


def parsed(given: Sequence[str], root: Path) -> argparse.Namespace:
    """Parse the command line; the result has the name of the command as `command`.

    Prints errors and raises SystemExit, as argparse does.
    """
    given = _understood(list(given))
    parser = _parser(root)
    arguments, unknown = parser.parse_known_args(given)
    if hasattr(arguments, "sets"):  # argparse takes no second group of them, behind an option
        paths = [text for text in unknown if os.path.lexists(text) or Path(text).suffix]
        arguments.sets += map(Path, paths)
        unknown = [text for text in unknown if text not in paths]
    if unknown:
        parser.error(_about_unknown(unknown[0], arguments, parser))
    first = next(iter(getattr(arguments, "sets", ())), Path())
    if not os.path.lexists(first) and (command := meant(str(first), COMMANDS)):
        parser.error(f"there is no file or command '{first}'; did you mean {command}?")
    return arguments


def _understood(given: list[str]) -> list[str]:
    """Add `build` if no command is named, and read `help check` as `check --help`."""
    if given[:1] == ["help"]:
        return [*given[1:2], "--help"]
    if not given or given[0] not in (*COMMANDS, "-h", "--help", "--version", "--completion"):
        return ["build", *given]
    return given


def _parser(root: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--completion", action=_Completion, metavar="SHELL",
        help="print the script with which bash, zsh or tcsh complete commands",
    )  # fmt: skip
    commands = parser.add_subparsers(title="commands", metavar=" | ".join(COMMANDS))
    for name, command in COMMANDS.items():
        made = commands.add_parser(name, help=command.help)
        command.add_arguments(made, root)
        messages = made.add_argument_group("messages")
        messages.add_argument("-q", "--quiet", action="store_true", help="print only errors")
        messages.add_argument(
            "-v", "--verbose", action="store_true", help="print each step, and notes"
        )
        messages.add_argument(
            "--json", action="store_true", help="print one line of JSON, for scripts"
        )
        made.set_defaults(command=name, options=list(made._option_string_actions))
    return parser


def _about_unknown(
    option: str, arguments: argparse.Namespace, parser: argparse.ArgumentParser
) -> str:
    if not option.startswith("-"):
        return f"unexpected argument '{option}'; a list has commas and no spaces, as in 1,3"
    if (name := option[2:]) in WRITERS:
        return f"unknown option {option}; did you mean --only {name}?"
    close = meant(option.partition("=")[0], arguments.options)
    lists = f"`{parser.prog} {arguments.command} -h` lists the options"
    return f"unknown option {option}; {f'did you mean {close}?' if close else lists}"


class _Completion(argparse.Action):
    def __call__(
        self, parser: argparse.ArgumentParser, _: object, shell: Any, __: Any = None
    ) -> None:
        try:
            import shtab
        except ImportError:
            parser.error("--completion needs shtab: pip install 'workshop-papers[completion]'")
        if shell not in shtab.SUPPORTED_SHELLS:
            parser.error(f"--completion: valid values are {', '.join(shtab.SUPPORTED_SHELLS)}")
        for command in parser._subparsers._group_actions[0].choices.values():  # type: ignore
            for action in command._actions:
                if action.metavar in ("SET", "FILE", "LIST", "FILE.md"):
                    action.complete = shtab.FILE
                elif action.metavar in ("DIR", "FOLDER"):
                    action.complete = shtab.DIRECTORY
        Console().output(shtab.complete(parser, shell))
        parser.exit()


def _build_arguments(build: argparse.ArgumentParser, root: Path) -> None:
    build.add_argument(
        "sets", nargs="*", type=Path, metavar="SET",
        help=f"a file or a folder; default: {_near(root / 'source')}",
    )  # fmt: skip
    build.add_argument(
        "-o", "--output", type=_folder, metavar="DIR", default=_near(root / "outputs"),
        help="the folder for the documents, or a URL; default: %(default)s",
    )  # fmt: skip
    build.add_argument(
        "--only", action="extend", type=_documents, metavar="DOCUMENT",
        help=f"only this document: {', '.join(WRITERS)} (repeatable)",
    )  # fmt: skip
    build.add_argument(
        "--template", action="append", type=_template, default=[], metavar="FILE",
        help="your own .docx or .pptx for the look of handout or slides (repeatable)",
    )  # fmt: skip
    build.set_defaults(source=_near(root / "source"))
    build.add_argument(
        "--force",
        action="store_true",
        help="replace outputs that were changed since they were built",
    )
    build.add_argument("--watch", action="store_true", help="build again whenever a file is saved")
    build.add_argument(
        "--preview", action="store_true", help="also make pictures of all pages, in DIR/pictures"
    )
    _add_settings(build)
    programme.workers(build)


def _check_arguments(check: argparse.ArgumentParser, _: Path) -> None:
    check.add_argument("sets", nargs="+", type=Path, metavar="SET", help="a file or a folder")
    check.set_defaults(template=[])
    _add_settings(check)


def _convert_arguments(convert: argparse.ArgumentParser, _: Path) -> None:
    convert.add_argument("list", type=Path, metavar="LIST", help="a file with questions")
    convert.add_argument(
        "-o", "--output", type=Path, metavar="FILE.md", default=Path("-"),
        help="default: standard output",
    )  # fmt: skip
    convert.add_argument("--force", action="store_true", help="replace FILE.md if it exists")


def _studio_arguments(studio: argparse.ArgumentParser, _: Path) -> None:
    studio.add_argument(
        "--host", default="127.0.0.1",
        help="the address to listen on; by default only this computer can connect",
    )  # fmt: skip
    studio.add_argument(
        "--port", type=int, help=f"default: {STUDIO_PORT}, or another if that is taken"
    )
    studio.add_argument(
        "--name", action="append", default=[],
        help="a host name by which others reach it, such as behind a proxy (repeatable)",
    )  # fmt: skip
    studio.add_argument("--no-browser", action="store_true", help="do not open a browser")


def _init_arguments(init: argparse.ArgumentParser, root: Path) -> None:
    init.add_argument(
        "folder", nargs="?", type=Path, default=_near(root), metavar="FOLDER",
        help="the folder in which source/ is created; default: here",
    )  # fmt: skip


def _add_settings(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--font", action="append", type=_file, default=[], metavar="FILE",
        help="a font for characters that the workbook's own fonts lack (repeatable)",
    )  # fmt: skip
    command.add_argument(
        "--paper", type=str.lower, choices=get_args(Paper), help="overrides the set's own `paper:`"
    )
    command.add_argument(
        "--edition", type=str.lower, choices=get_args(Edition), help="the edition of the workbook"
    )
    command.add_argument(
        "--read", type=str.lower,
        choices=[way for way in get_args(Read) if way not in ("", "exactly")],
        help="what to read as questions if the guess was wrong; overrides the set's own `read:`",
    )  # fmt: skip
    part = command.add_argument_group("a part of the set")
    part.add_argument(
        "--themes", default="", metavar="LIST", help="by place or title, such as 1,3-4 or failure"
    )
    part.add_argument("--questions", default="", metavar="LIST", help="by number, such as 1-5,12")
    part.add_argument(
        "--tag", action="append", default=[], help="only questions with this tag (repeatable)"
    )
    part.add_argument("--sample", type=_number, metavar="N", help="a random sample of N questions")
    part.add_argument("--shuffle", action="store_true", help="shuffle the questions of each theme")
    part.add_argument(
        "--seed", type=_number, default=0, metavar="S", help="random seed; default: 0"
    )
    part.add_argument("--renumber", action="store_true", help="number the questions from 1")


def _near(path: Path) -> Path:
    """Return the path as a person would type it here."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except (ValueError, OSError):
        return path


def _folder(text: str) -> Path | str:
    """A folder, or a URL as it is."""
    if "://" in text:
        return text
    suffix = Path(text).suffix.lower()
    if suffix in [document.suffix for document in WRITERS.values()]:
        raise argparse.ArgumentTypeError(
            f"'{text}' is a file, and the folder for the documents is expected; did you mean "
            f"-o {Path(text).parent}? A set's `slug:` names its files"
        )
    return Path(text)


def _number(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise argparse.ArgumentTypeError(f"'{text[:40]}' is not a whole number")
    return int(text)


def _documents(text: str) -> list[str]:
    names = [name for name in re.split(r"[\s,]+", text.casefold()) if name]
    for name in names:
        if name not in WRITERS:
            close = meant(name, WRITERS)
            hint = f"did you mean {close}? " if close else ""
            raise argparse.ArgumentTypeError(
                f"unknown document '{name}'; {hint}valid values are {', '.join(WRITERS)}"
            )
    return names


def _template(text: str) -> Path:
    if Path(text).suffix.lower() not in TEMPLATES:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a template; valid are {', '.join(TEMPLATES)}"
        )
    return _file(text)


def _file(text: str) -> Path:
    path = Path(os.path.realpath(text)) if "\0" not in text else Path()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file '{text}'")
    return path


def settings_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the settings of the command line in the form of a set's front matter."""
    given = {"paper": arguments.paper, "read": arguments.read}
    settings: dict[str, Any] = {key: value for key, value in given.items() if value}
    workbook = {"edition": arguments.edition, "fonts": arguments.font}
    if any(workbook.values()):
        settings["workbook"] = {key: value for key, value in workbook.items() if value}
    for path in arguments.template:
        settings[TEMPLATES[path.suffix.lower()]] = {"template": path}
    return settings


def selection_of(arguments: argparse.Namespace) -> Selection:
    return Selection(
        arguments.themes, arguments.questions, tuple(arguments.tag), arguments.sample,
        arguments.shuffle, arguments.seed, arguments.renumber,
    )  # fmt: skip


def _personalise_arguments(personalise: argparse.ArgumentParser, _: Path) -> None:
    programme.personalise(personalise)
    _add_settings(personalise)
    programme.workers(personalise)


def _collect_arguments(collect: argparse.ArgumentParser, _: Path) -> None:
    programme.collect(collect)
    programme.workers(collect)


COMMANDS = {
    "init": Command("make a set to begin with, that shows everything", _init_arguments),
    "build": Command("make the documents of one set or several", _build_arguments),
    "check": Command("say what would be read and how the workbook fits", _check_arguments),
    "convert": Command("write what was read as Markdown, to correct it", _convert_arguments),
    "personalise": Command("make a copy for each person of a roster", _personalise_arguments),
    "collect": Command("answers from filled workbooks and handouts", _collect_arguments),
    "studio": Command("all of it on a page in the browser", _studio_arguments),
}
