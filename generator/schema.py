"""The one validator: makes dataclasses of data that people wrote: front matter, options, brands.

All problems are reported, each with its line and the valid values; only bugs raise an exception.
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
    """A value that its type does not allow; the text lists the values that it does allow.

    `message` describes the problem, if it is more than an invalid value.
    """

    def __init__(self, hint: str, message: str = "", line: int = 0) -> None:
        super().__init__(hint)
        self.message, self.line = message, line


def build(node: Node, kind: type[T], problems: Problems, name: str = "") -> T:
    """Make a dataclass of a mapping. Problems are reported, and their fields keep the defaults.

    Keys may be written with hyphens or underscores. A key without a value counts as not given.
    Annotations define valid values: bool, int (from 1), str, date, Path (from the source's folder),
    a Literal, a tuple of such, another dataclass, each also `| None`. `Annotated[..., function]`
    has a function that takes the node and raises InvalidValue; `Annotated[..., mapping]` maps the
    valid keys to the annotations of their values. A dataclass names with `other_keys` (ClassVar)
    the severity of an unknown key, which otherwise is an error.
    """
    known = _known(cast(Any, kind))
    others: Severity | None = getattr(kind, "other_keys", Severity.ERROR)
    return kind(**_values(node, known, problems, name, others))


def _values(
    node: Node, known: Mapping[str, Any], problems: Problems, name: str, others: Severity | None
) -> dict[str, Any]:
    if not isinstance(node.value, dict):
        if node.value is not None:
            hint = (
                f"write it as lines of `key: value`, such as `{written_as(next(iter(known)))}: ...`"
            )
            place = f"{name}: " if name else ""
            problems.error(f"{place}expected a mapping, found {node}", node.line, hint)
        return {}
    values: dict[str, Any] = {}
    for written, value in node.value.items():
        key, place = written.replace("-", "_"), f"{name}.{written}" if name else written
        if key not in known:
            _report_other(place, value.line, known, others, problems)
            continue
        kind = known[key]
        inside = get_args(kind)[1] if get_origin(kind) is Annotated else None
        if is_dataclass(kind):
            values[key] = build(value, cast(type[Any], kind), problems, place)
        elif isinstance(inside, Mapping):
            values[key] = _values(value, inside, problems, place, others)
        elif value.value is not None:
            try:
                values[key] = valid(value, kind, problems.path.parent)
            except InvalidValue as problem:
                message = f"{place}: {problem.message or _invalid(value)}"
                problems.error(message, problem.line or value.line, str(problem))
    return values


def written_as(name: str) -> str:
    """Return the name of a field as people write it."""
    return name.replace("_", "-")


def meant(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word most similar to a misspelt one; empty if there is none."""
    close = difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=cutoff)
    return close[0] if close else ""


@cache
def _known(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}


def _report_other(
    place: str, line: int, known: Mapping[str, Any], severity: Severity | None, problems: Problems
) -> None:
    names = list(map(written_as, known))
    close = meant(place.rpartition(".")[2].replace("_", "-"), names)
    hint = f"did you mean {close}?" if close else f"known keys are {', '.join(names)}"
    if severity is Severity.ERROR:
        problems.error(f"unknown key '{place}'", line, hint)
    elif severity:
        problems.warning(f"unknown key '{place}'", line, hint)


def valid(node: Node, kind: Any, folder: Path = Path()) -> Any:
    """Return the node as a value of an annotation, a path from `folder`. Raises InvalidValue."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return parts[1](node)
    if origin is UnionType:
        return valid(node, parts[0], folder)
    if origin is tuple:
        if not isinstance(node.value, list):
            raise InvalidValue(f"write a list, as in [{_example(parts[0])}]")
        return tuple(_item(item, parts[0], folder) for item in node.value)
    if origin is Literal:
        return _literal(node, parts)
    value = _SCALARS[kind](node)
    return folder / value if kind is Path else value


def _invalid(node: Node) -> str:
    return f"{node} is not a valid value"


def _item(node: Node, kind: Any, folder: Path) -> Any:
    try:
        return valid(node, kind, folder)
    except InvalidValue as problem:
        raise InvalidValue(str(problem), problem.message or _invalid(node), node.line) from None


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
        raise InvalidValue("write text, in quotes if necessary")
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
    """Return the reader of a whole number between two, both included, for `Annotated[int, ...]`."""

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
