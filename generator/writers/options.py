"""What front matter and command line may ask of a document: `handout: {answers: lines}`.

Each document has a dataclass of its options; the annotations say what is allowed: `bool`, `int`
(from 1), `str`, `Path | None`, a `Literal` of words, or a tuple of such a literal. A key is written
with hyphens or underscores.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from generator.errors import Diagnostic, SourceError, error
from generator.model import QuestionSet

Edition = Literal["print", "fillable", "large-print", "booklet"]

TEMPLATES = {".docx": "handout", ".dotx": "handout", ".pptx": "slides", ".potx": "slides"}
"""The document that a template of this suffix is for."""


@dataclass(frozen=True, slots=True)
class WorkbookOptions:
    edition: Edition = "print"


@dataclass(frozen=True, slots=True)
class HandoutOptions:
    answers: Literal["none", "lines", "fields"] = "none"
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class SlidesOptions:
    template: Path | None = None


Options = TypeVar("Options")


def options(question_set: QuestionSet, document: str, known: type[Options]) -> Options:
    """The options of a document. Paths are taken from the source's folder.

    Raises SourceError with every key that is not known and every value that is not possible.
    """
    asked = question_set.settings.get(document) or {}
    if not isinstance(asked, Mapping):
        hint = f"write its options under it, as in `{document}: {{{_example(known)}}}`"
        raise SourceError([_error(question_set, document, f"'{document}' has no options", hint)])
    hints = get_type_hints(known)
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    for written, value in asked.items():
        place, key = f"{document}.{written}", str(written).replace("-", "_")
        if key not in hints:
            close = difflib.get_close_matches(key, hints, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(hints)}"
            problems.append(_error(question_set, place, f"{place} is not known", hint))
            continue
        kind = hints[key]
        if not _possible(value, kind):
            message = f"{place}: '{value}' is not possible"
            problems.append(
                _error(question_set, place, message, f"use {' or '.join(_words(kind))}")
            )
        elif kind == Path | None:
            values[key] = value and question_set.path.parent / value
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    if problems:
        raise SourceError(problems)
    return known(**values)


def _possible(value: object, kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if get_origin(kind) is tuple:
        one = get_args(kind)[0]
        return isinstance(value, list) and all(_possible(item, one) for item in value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if kind == Path | None:
        return value is None or (isinstance(value, str | Path) and bool(str(value).strip()))
    return isinstance(value, kind)


def _words(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield ", ".join(map(str, get_args(kind)))
    elif get_origin(kind) is tuple:
        yield f"a list of {', '.join(map(str, get_args(get_args(kind)[0])))}"
    else:
        yield {bool: "true or false", int: "a whole number from 1", str: "a text"}.get(
            kind, "a path"
        )


def _example(known: Any) -> str:
    return f"{fields(known)[0].name}: ..."


def _error(question_set: QuestionSet, place: str, message: str, hint: str) -> Diagnostic:
    return error(message, question_set.path, question_set.setting_lines.get(place), hint)
