"""What front matter and command line may ask of a document: `handout: {answers: lines}`.

Each document has a dataclass of its options; the annotations say what is allowed: `bool`, `int`
(from 1), `str`, `Path | None`, a `Literal` of words, or a tuple of such a literal. A key is written
with hyphens or underscores.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from string import Formatter
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from generator.errors import Diagnostic, Severity, SourceError, error, warning
from generator.model import KEYS, QuestionSet
from generator.strings import ENGLISH, Strings, for_language
from generator.stylesheet import PAPERS_MM

Edition = Literal["print", "fillable", "large-print", "booklet"]

PageName = Literal[
    "cover", "how-to", "contents", "themes", "questions", "stood-out", "action-plan", "notes"
]

TEMPLATES = {".docx": "handout", ".dotx": "handout", ".pptx": "slides", ".potx": "slides"}
"""The document that a template of this suffix is for."""


@dataclass(frozen=True, slots=True)
class WorkbookOptions:
    edition: Edition = "print"
    pages: tuple[PageName, ...] = (
        "cover", "how-to", "contents", "themes", "stood-out", "action-plan", "notes"
    )  # fmt: skip
    """In this order; `questions` is `themes` without a list of the questions before each."""
    open_right: bool = False
    """Themes open on right-hand pages; a page for notes stands before, where one is needed."""
    fonts: tuple[Path, ...] = ()
    """For characters that the workbook's own fonts lack."""


@dataclass(frozen=True, slots=True)
class HandoutOptions:
    answers: Literal["none", "lines", "fields"] = "none"
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class SlidesOptions:
    """The `_layout`s are names of the template's, where the one that we find is not wanted."""

    questions_per_slide: int = 1
    agenda: bool = True
    section: bool = True
    overview: bool = True
    closing: bool = True
    template: Path | None = None
    title_layout: str = ""
    section_layout: str = ""
    question_layout: str = ""
    closing_layout: str = ""


DOCUMENTS: dict[str, type] = {
    "workbook": WorkbookOptions,
    "handout": HandoutOptions,
    "slides": SlidesOptions,
}

SETTINGS = ("paper", "strings", *DOCUMENTS)

Options = TypeVar("Options")


def options(question_set: QuestionSet, document: str, known: type[Options]) -> Options:
    """The options of a document. Paths are taken from the source's folder.

    Raises SourceError with every key that is not known and every value that is not possible.
    """
    asked = question_set.settings.get(document) or {}
    if not isinstance(asked, Mapping):
        hint = f"write its options under it, as in `{document}: {{{_example(known)}}}`"
        raise SourceError(
            [setting_error(question_set, document, f"'{document}' has no options", hint)]
        )
    hints = get_type_hints(known)
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    for written, value in asked.items():
        place, key = f"{document}.{written}", str(written).replace("-", "_")
        if key not in hints:
            close = difflib.get_close_matches(key, hints, n=1)
            known_ones = ", ".join(map(written_as, hints))
            hint = f"did you mean {written_as(close[0])}?" if close else f"known are {known_ones}"
            problems.append(setting_error(question_set, place, f"{place} is not known", hint))
            continue
        try:
            values[key] = _taken(value, hints[key], question_set.path.parent)
        except ValueError:
            hint = f"use {_words(hints[key])}"
            message = f"{place}: '{value}' is not possible"
            problems.append(setting_error(question_set, place, message, hint))
    if problems:
        raise SourceError(problems)
    return known(**values)


def setting_problems(question_set: QuestionSet) -> list[Diagnostic]:
    """Everything that is wrong with a set's settings, whatever is built."""
    found: list[Diagnostic] = []
    checks: list[Callable[[], object]] = [
        partial(paper_of, question_set),
        partial(strings_of, question_set),
        *(partial(options, question_set, name, known) for name, known in DOCUMENTS.items()),
    ]
    for check in checks:
        try:
            check()
        except SourceError as problem:
            found += problem.diagnostics
    return [*found, *_strays(question_set), *_untranslated(question_set)]


def _untranslated(question_set: QuestionSet) -> Iterator[Diagnostic]:
    """A note for a language that has no words of ours."""
    if for_language(question_set.lang) is ENGLISH and question_set.lang.lower()[:2] != "en":
        message = f"the words that are added are English: there are none in '{question_set.lang}'"
        hint = "give your own under `strings:`"
        yield Diagnostic(Severity.NOTE, message, question_set.path, None, hint)


def _strays(question_set: QuestionSet) -> Iterator[Diagnostic]:
    """Warnings for keys that are not ours, but nearly."""
    inside = {
        written_as(field.name): document
        for document, known in DOCUMENTS.items()
        for field in fields(known)
    }
    for key in question_set.settings:
        name = str(key).casefold().replace("_", "-")
        close = difflib.get_close_matches(name, (*KEYS, *SETTINGS), n=1, cutoff=0.8)
        if key in SETTINGS or not (name in inside or close):
            continue
        meant = f"{inside[name]}: {{{name}: ...}}" if name in inside else f"{close[0]}: ..."
        line = question_set.setting_lines.get(str(key))
        yield warning(f"'{key}' is not read", question_set.path, line, f"did you mean `{meant}`?")


def written_as(name: str) -> str:
    """The name of an option as front matter has it."""
    return name.replace("_", "-")


def paper_of(question_set: QuestionSet) -> str:
    """The set's paper, a key of PAPERS_MM. Raises SourceError for one that is not known."""
    paper = str(question_set.settings.get("paper") or "a4").lower()
    if paper not in PAPERS_MM:
        message, hint = f"paper: '{paper}' is not known", f"use {', '.join(PAPERS_MM)}"
        raise SourceError([setting_error(question_set, "paper", message, hint)])
    return paper


def strings_of(question_set: QuestionSet) -> Strings:
    """The words of the set's language, with those that its front matter has of its own.

    Raises SourceError for names that are not known and for words with other placeholders.
    """
    words = for_language(question_set.lang)
    asked = question_set.settings.get("strings") or {}
    if not isinstance(asked, Mapping):
        hint = "write them under it, as in `strings: {notes: My notes}`"
        raise SourceError([setting_error(question_set, "strings", "'strings' has no words", hint)])
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    for key, value in asked.items():
        place, name = f"strings.{key}", str(key).replace("-", "_")
        known = getattr(words, name, None) if name in Strings.__dataclass_fields__ else None
        if known is None:
            close = difflib.get_close_matches(name, Strings.__dataclass_fields__, n=1)
            meant = f"did you mean {written_as(close[0])}?" if close else ""
            hint = meant or "generator/strings.py lists the names"
            problems.append(setting_error(question_set, place, f"{place} is not known", hint))
        elif _placeholders(value, type(known)) != _placeholders(known, type(known)):
            hint = f"write it like {known!r}"
            problems.append(setting_error(question_set, place, f"{place} is not possible", hint))
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    if problems:
        raise SourceError(problems)
    return replace(words, **values)


def _placeholders(words: Any, kind: type) -> set[str | None] | None:
    """The names in braces; None for words of another kind, or with broken braces."""
    if kind is tuple and isinstance(words, list | tuple) and all(isinstance(w, str) for w in words):
        return set()
    if kind is not str or not isinstance(words, str):
        return None
    try:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError:
        return None


def _taken(value: Any, kind: Any, folder: Path) -> Any:
    """`value` as a `kind`. Raises ValueError where it is none."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal and value in parts:
        return value
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_taken(item, parts[0], folder) for item in value)
    if origin is UnionType:
        return None if value is None else _taken(value, parts[0], folder)
    if kind is Path and isinstance(value, str | Path) and str(value).strip():
        return folder / value
    if kind is int and isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    if kind in (bool, str) and isinstance(value, kind):
        return value
    raise ValueError


def _words(kind: Any) -> str:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(map(str, parts))
    if origin is tuple:
        return f"a list of: {_words(parts[0])}"
    if origin is UnionType:
        return _words(parts[0])
    names = {bool: "true or false", int: "a whole number from 1", str: "a text", Path: "a path"}
    return names[kind]


def _example(known: Any) -> str:
    return f"{fields(known)[0].name}: ..."


def setting_error(question_set: QuestionSet, place: str, message: str, hint: str) -> Diagnostic:
    """An error at the line of a setting, such as `workbook.pages`."""
    return error(message, question_set.path, question_set.setting_lines.get(place), hint)
