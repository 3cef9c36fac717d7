"""The arguments of a programme's commands."""

from __future__ import annotations

import argparse
from pathlib import Path


def workers(command: argparse.ArgumentParser) -> None:
    many = command.add_argument_group("many files")
    many.add_argument("--jobs", type=int, default=1, metavar="N", help="use N processes")
    many.add_argument(
        "--cluster", default="", metavar="ADDRESS",
        help="use the Dask cluster whose scheduler has this address, such as tcp://host:8786",
    )  # fmt: skip


def personalise(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "roster", type=Path, metavar="ROSTER",
        help="a .csv or .xlsx file with one person per row: name, mentor, from, to, email, set,"
        " lang, paper, edition, themes, tags, questions, copies",
    )  # fmt: skip
    command.add_argument(
        "sets", nargs="*", type=Path, metavar="SET", help="a file or a folder, for all rows that"
        " name no `set`",
    )  # fmt: skip
    command.add_argument(
        "-o",
        "--output",
        default="outputs",
        metavar="DIR",
        help="a folder or a URL; default: %(default)s",
    )
    command.add_argument(
        "--only", choices=("workbook", "handout"), default="workbook", help="default: %(default)s"
    )
    command.add_argument(
        "--print", type=Path, metavar="FILE.pdf", dest="printed",
        help="write one file to print instead, with all workbooks in the roster's order",
    )  # fmt: skip
    _force(command)
    command.set_defaults(template=[])


def _force(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--force", action="store_true", help="replace files that were changed since they were made"
    )


def collect(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="FOLDER", help="with the filled-in files")
    command.add_argument(
        "sets",
        nargs="*",
        type=Path,
        metavar="SET",
        help="the sets that were asked, to check the answers against",
    )
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE", default=Path("answers.xlsx"),
        help=".xlsx, .csv or .jsonl; default: %(default)s",
    )  # fmt: skip
    command.add_argument(
        "--summary", type=Path, action="append", default=[], metavar="FILE",
        help="a .docx or .pptx that summarises the answers (repeatable)",
    )  # fmt: skip
    command.add_argument("--names", action="store_true", help="show names in the summary, too")
    _force(command)
    command.add_argument(
        "--anonymous", action="store_true", help="leave out the names, and shuffle the order"
    )
    command.add_argument("--seed", type=int, default=0, metavar="S", help="random seed; default: 0")
