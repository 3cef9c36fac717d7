"""The one validator: dataclasses of what people wrote as data. Front matter, options, brands.

All problems are reported, each with its line and the valid values; nothing is raised but bugs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from generator.diagnostics import Problems, Severity
from generator.tree import Node

T = TypeVar("T")


class InvalidValue(ValueError):
    """A value that its type does not allow; the text says which values it does allow."""


def build(node: Node, kind: type[T], problems: Problems, name: str = "") -> T:
    """A dataclass of a mapping; what is wrong is reported, and its field keeps its default.

    Keys may be written with hyphens or underscores. A key without a value counts as not given.
    Annotations say what is valid: bool, int (from 1), str, date, Path, a Literal, a tuple of such,
    a mapping from text to such, another dataclass, each also `| None`; and
    `Annotated[..., function]`, where the function takes the node and raises InvalidValue.
    A dataclass says with `other_keys` (ClassVar) what an unknown key is; an error, if nothing else.
    """
    if not isinstance(node.value, dict):
        if node.value is not None:
            example = f"{name or written_as(fields(kind)[0].name)}:"  # type: ignore[arg-type]
            hint = f"write it as lines of `key: value` under `{example}`"
            problems.error(f"{_named(name)}expected a mapping, found {node}", node.line, hint)
        return kind()
    known = _known(cast(Any, kind))
    values: dict[str, Any] = {}
    for written, value in node.value.items():
        key, place = written.replace("-", "_"), f"{name}.{written}" if name else written
        if key not in known:
            _report_other(place, written, value.line, kind, problems)
        elif is_dataclass(known[key]) and isinstance(known[key], type):
            values[key] = build(value, known[key], problems, place)
        elif value.value is not None:
            try:
                values[key] = valid(value, known[key])
            except InvalidValue as problem:
                problems.error(f"{place}: {value} is not valid", value.line, str(problem))
    return kind(**values)


def written_as(name: str) -> str:
    """The name of a field as people write it."""
    return name.replace("_", "-")


def meant(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that a misspelt one is most like; empty where none is."""
    close = difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=cutoff)
    return close[0] if close else ""


@cache
def _known(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}


def _report_other(place: str, written: str, line: int, kind: type, problems: Problems) -> None:
    severity: Severity | None = getattr(kind, "other_keys", Severity.ERROR)
    if severity is None:
        return
    names = list(map(written_as, _known(kind)))
    close = meant(written.replace("_", "-"), names)
    hint = f"did you mean {close}?" if close else f"known keys are {', '.join(names)}"
    report = problems.error if severity is Severity.ERROR else problems.warning
    report(f"unknown key '{place}'", line, hint)


def _named(name: str) -> str:
    return f"{name}: " if name else ""


def valid(node: Node, kind: Any) -> Any:
    """The node as a value of an annotation. Raises InvalidValue."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return parts[1](node)
    if origin is UnionType:
        return valid(node, parts[0])
    if origin is tuple:
        if not isinstance(node.value, list):
            raise InvalidValue(f"write a list, as in [{_example(parts[0])}]")
        return tuple(valid(item, parts[0]) for item in node.value)
    if origin is Mapping:
        return {key: valid(value, parts[1]) for key, value in node.entries.items()}
    if origin is Literal:
        return _literal(node, parts)
    return _SCALARS[kind](node)


def _literal(node: Node, words: tuple[str, ...]) -> str:
    text = (node.text or "").casefold().replace("_", "-")
    if text in words:
        return text
    close = meant(text, words)
    hint = f"did you mean {close}? " if close else ""
    raise InvalidValue(f"{hint}valid values are {', '.join(words)}")


def _bool(node: Node) -> bool:
    text = (node.text or "").casefold()
    if text in ("true", "yes", "on"):
        return True
    if text in ("false", "no", "off"):
        return False
    raise InvalidValue("valid values are true and false")


def _text(node: Node) -> str:
    if node.text is None:
        raise InvalidValue("write a text, in quotes if need be")
    return " ".join(node.text.split())


def _date(node: Node) -> date:
    try:
        return date.fromisoformat(re.split(r"[T ]", node.text or "")[0])
    except ValueError:
        raise InvalidValue("write the date as in 2026-01-31") from None


def _path(node: Node) -> Path:
    if not node.text or not node.text.strip():
        raise InvalidValue("write the path of a file")
    return Path(node.text)


def whole_number(least: int, most: int) -> Callable[[Node], int]:
    """For `Annotated[int, ...]`: a whole number between two, both included."""

    def number(node: Node) -> int:
        text = node.text or ""
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise InvalidValue(f"valid values are whole numbers from {least} to {most}")
        return int(text)

    return number


_SCALARS: dict[Any, Callable[[Node], Any]] = {
    bool: _bool,
    int: whole_number(1, 999_999_999),
    str: _text,
    date: _date,
    Path: _path,
}


def _example(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return ", ".join(get_args(kind)[:2])
    return "first.ttf, second.ttf" if kind is Path else "first, second"
