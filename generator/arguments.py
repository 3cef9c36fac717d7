"""What can be typed after the command, and what it asks for."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, get_args

from generator.console import Console
from generator.look.style import PAPERS_MM
from generator.readers.front_matter import Read
from generator.select import Selection
from generator.settings import TEMPLATES, Edition
from generator.writers import WRITERS


class Completion(argparse.Action):
    def __call__(
        self, parser: argparse.ArgumentParser, _: object, shell: Any, __: Any = None
    ) -> None:
        try:
            import shtab
        except ImportError:
            parser.error("--completion needs shtab: pip install 'workshop-papers[completion]'")
        if shell not in shtab.SUPPORTED_SHELLS:
            parser.error(f"--completion: choose from {', '.join(shtab.SUPPORTED_SHELLS)}")
        Console().result(shtab.complete(parser, shell))
        parser.exit()


def build_arguments(build: argparse.ArgumentParser, root: Path) -> None:
    build.add_argument(
        "sets", nargs="*", type=Path, metavar="SET",
        help=f"a file or a folder; default: {_near(root / 'source')}",
    )  # fmt: skip
    build.add_argument(
        "-o", "--output", type=Path, metavar="DIR", default=_near(root / "outputs"),
        help="default: %(default)s",
    )  # fmt: skip
    build.add_argument(
        "--only", action="append", choices=WRITERS, help="this document alone; can be given again"
    )
    build.add_argument(
        "--template", action="append", type=_template, default=[], metavar="FILE",
        help="your own .docx or .pptx for the look of handout or slides; can be given again",
    )  # fmt: skip
    build.set_defaults(source=_near(root / "source"))
    build.add_argument("--watch", action="store_true", help="again, whenever something is saved")
    build.add_argument(
        "--preview", action="store_true", help="pictures of all pages, in DIR/pictures"
    )
    _add_settings(build)


def check_arguments(check: argparse.ArgumentParser, _: Path) -> None:
    check.add_argument("sets", nargs="+", type=Path, metavar="SET", help="a file or a folder")
    check.set_defaults(template=[])
    _add_settings(check)


def convert_arguments(convert: argparse.ArgumentParser, _: Path) -> None:
    convert.add_argument("list", type=Path, metavar="LIST", help="a file with questions")
    convert.add_argument(
        "-o", "--output", type=Path, metavar="FILE.md", default=Path("-"),
        help="default: standard output",
    )  # fmt: skip
    convert.add_argument("--force", action="store_true", help="replace FILE.md if it is there")


def init_arguments(init: argparse.ArgumentParser, root: Path) -> None:
    init.add_argument(
        "folder", nargs="?", type=Path, default=_near(root), metavar="FOLDER",
        help="where its source/ is made; default: here",
    )  # fmt: skip


def _add_settings(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--font", action="append", type=_file, default=[], metavar="FILE",
        help="for letters that the workbook's own fonts lack; can be given again",
    )  # fmt: skip
    command.add_argument("--paper", choices=PAPERS_MM, help="over the set's own `paper:`")
    command.add_argument("--edition", choices=get_args(Edition), help="of the workbook")
    command.add_argument(
        "--read", choices=[way for way in get_args(Read) if way not in ("", "exactly")],
        help="what asks, where the guess was wrong; over the set's own `read:`",
    )  # fmt: skip
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


def selection_of(arguments: argparse.Namespace) -> Selection:
    return Selection(
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
    return _file(text)


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise argparse.ArgumentTypeError(f"there is no file '{text}'")
    return Path(text).resolve()


def settings_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line asks for, as a set's front matter would."""
    given = {"paper": arguments.paper, "read": arguments.read}
    settings: dict[str, Any] = {key: value for key, value in given.items() if value}
    asked = {"edition": arguments.edition, "fonts": arguments.font}
    if any(asked.values()):
        settings["workbook"] = {key: value for key, value in asked.items() if value}
    for path in arguments.template:
        settings[TEMPLATES[path.suffix.lower()]] = {"template": path}
    return settings
