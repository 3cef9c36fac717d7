"""Data that people write (YAML, JSON, TOML) as a tree with line numbers.

Scalars stay the text that was typed until a type requires something else, so that `lang: no` is
Norwegian and an impossible date is an error with a line. Nothing recurses over the input, and
aliases are refused, so that a small file cannot become an endless one. `schema.py` makes
dataclasses of a tree.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.diagnostics import CONTROL, Problems

DEEPEST = 100
"""Maximum depth of nested lists and mappings; more is an error."""
LONGEST_TOML = 100_000
"""Maximum characters of TOML, as Python's parser takes quadratic time on long dotted keys."""
_SHOWN = 60
"""Characters of a value that a message shows."""
_QUOTE = "put texts with a colon, a bracket or a quote into quotes; indent with spaces"


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (its text as typed; None for no value), a list or a mapping."""

    value: str | list[Node] | dict[str, Node] | None
    line: int
    """The line of its key, or its own, counted from 1."""

    @property
    def text(self) -> str | None:
        """The text of a scalar, "" if it has no value; None for a list or a mapping."""
        if self.value is None:
            return ""
        return self.value if isinstance(self.value, str) else None

    @property
    def entries(self) -> dict[str, Node]:
        """The mapping; empty if it is none."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The list; empty if it is none."""
        return self.value if isinstance(self.value, list) else []

    def __str__(self) -> str:
        """Return the node as messages show it: short, on one line."""
        if not isinstance(self.value, str | None):
            return "a list" if isinstance(self.value, list) else "a mapping"
        text = " ".join((self.value or "").split())
        return f"'{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}'"


def lines(node: Node, above: str = "") -> Iterator[tuple[str, int]]:
    """Yield each key and those under it with their lines: `handout`, `handout.answers`."""
    for key, value in node.entries.items():
        yield f"{above}{key}", value.line
        if not above:
            yield from lines(value, f"{key}.")


# -- from text to a tree


class _Tree:
    """The tree that is built from events, without recursion."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root: Node | None = None
        self._open: list[tuple[Node, dict[str, int]]] = []
        self._keys: list[tuple[str, int] | None] = []
        self.stopped = False
        """True after an error that ends the reading."""

    def add(self, value: Any, line: int) -> None:
        """Add a finished scalar, or a list or mapping that `close` ends."""
        parent = self._open[-1][0].value if self._open else None
        if isinstance(parent, dict) and self._keys[-1] is None:
            self._key(value, line)
            return
        at = self._keys[-1] if isinstance(parent, dict) else None
        node = Node(value, at[1] if at else line)
        if isinstance(parent, dict) and at:
            parent[at[0]] = node
            self._keys[-1] = None
        elif isinstance(parent, list):
            parent.append(node)
        elif self.root is None:
            self.root = node
        else:
            self.fail("a second document begins here", line, "keep one; delete the line of hyphens")
        if isinstance(value, list | dict):
            self._open.append((node, {}))
            self._keys.append(None)
            if len(self._open) > DEEPEST:
                self.fail(f"is nested more than {DEEPEST} levels deep", line, "nest it less")

    def close(self) -> None:
        node, times = self._open.pop()
        self._keys.pop()
        for key, count in times.items():
            if count > 1:
                message = f"'{key}' appears {count} times; the last one is used"
                self.problems.warning(message, node.entries[key].line, "delete the others")

    def fail(self, message: str, line: int, hint: str) -> None:
        self.problems.error(message, line, hint)
        self.stopped = True

    def _key(self, value: Any, line: int) -> None:
        if isinstance(value, list | dict):
            self.fail("a key is not a text", line, _QUOTE)
            return
        times = self._open[-1][1]
        times[value or ""] = times.get(value or "", 0) + 1
        self._keys[-1] = (value or "", line)


_NULL = ("", "~", "null", "Null", "NULL")


def from_yaml(text: str, problems: Problems, line: int = 1) -> Node | None:
    """Read a YAML document whose first line is `line`; None if it is empty or broken."""
    tree = _Tree(problems)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast
    try:
        for event in yaml.parse(text, loader):
            _take(event, tree, line)
            if tree.stopped:
                return None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        # At the end of the text the mark stands on a line that is not there.
        at = line + min(mark.line, text.rstrip("\n").count("\n")) if mark else line
        tree.fail(f"the YAML is broken: {problem.problem or problem.context}", at, _QUOTE)
    except (yaml.YAMLError, UnicodeError):
        tree.fail("the YAML is broken: it has characters that YAML cannot hold", line, _QUOTE)
    return None if tree.stopped else tree.root


def _take(event: yaml.Event, tree: _Tree, first: int) -> None:
    line = event.start_mark.line + first if event.start_mark else first
    if isinstance(event, yaml.ScalarEvent):
        text = CONTROL.sub("", event.value)
        tree.add(None if text in _NULL and not event.style else text, line)
    elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        tree.add({} if isinstance(event, yaml.MappingStartEvent) else [], line)
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        tree.close()
    elif isinstance(event, yaml.AliasEvent):
        hint = "write out what it stands for; put text that begins with * in quotes"
        tree.fail(f"'*{event.anchor}' is an alias, and aliases are not read", line, hint)


_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s"{}\[\]:,]+|\n')


def from_json(text: str, problems: Problems, line: int = 1) -> Node | None:
    """Read a JSON text whose first line is `line`; None if it is broken."""
    tree = _Tree(problems)
    try:
        json.loads(text, parse_int=str)  # Python refuses to read numbers of more than 4,300 digits
    except json.JSONDecodeError as problem:
        hint = "correct it in an editor that knows JSON"
        tree.fail(f"is not JSON: {problem.msg}", problem.lineno + line - 1, hint)
        return None
    except RecursionError:
        tree.fail(f"is nested more than {DEEPEST} levels deep", line, "nest it less")
        return None
    for token in _JSON.findall(text):
        if token == "\n":
            line += 1
        elif token in "{[":
            tree.add({} if token == "{" else [], line)
        elif token in "}]":
            tree.close()
        elif token[0] == '"':
            value = json.loads(token) if "\\" in token else token[1:-1]
            tree.add(CONTROL.sub("", value), line)
        elif token not in ":,":
            tree.add(None if token == "null" else token, line)
        if tree.stopped:
            return None
    return tree.root


_TABLE = re.compile(r"\s*\[\s*([\w.\"'-]+)\s*\]")
_PAIR = re.compile(r"\s*([\w.\"'-]+)\s*=")


def from_toml(text: str, problems: Problems, line: int = 1) -> Node | None:
    """Read a TOML text whose first line is `line`; None if it is empty or broken."""
    try:
        if len(text) > LONGEST_TOML:
            raise ValueError(f"it has more than {LONGEST_TOML} characters")
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        reason = str(problem) if isinstance(problem, ValueError) else "it is nested too deep"
        found = re.search(r"\(at line (\d+)", reason)
        at = line + int(found[1]) - 1 if found else line
        message = f"the TOML is broken: {reason.partition(' (at')[0]}"
        problems.error(message, at, 'put texts into quotes, as in `title = "My set"`')
        return None
    places: dict[str, int] = {}
    above = ""
    for number, written in enumerate(text.split("\n"), line):
        table, pair = _TABLE.match(written), _PAIR.match(written)
        name = table[1] if table else f"{above}{pair[1]}" if pair else ""
        places.setdefault(re.sub("[\"']", "", name), number)
        above = f"{table[1]}." if table else above
    return of_values(values, line, places) if values else None


def of_values(value: Any, line: int = 0, places: Mapping[str, int] | None = None) -> Node:
    """Make a tree of Python's own values, each key with its line if that is known."""
    return _of(value, line, places or {}, "")


def _of(value: Any, line: int, places: Mapping[str, int], name: str) -> Node:
    line = places.get(name, line)
    if isinstance(value, Mapping):
        above = f"{name}." if name else ""
        made = {str(k): _of(v, line, places, f"{above}{k}") for k, v in value.items()}
        return Node(made, line)
    if isinstance(value, list | tuple):
        return Node([_of(item, line, places, "") for item in value], line)
    if isinstance(value, bool):
        return Node(str(value).lower(), line)
    return Node(None if value is None else CONTROL.sub("", str(value)), line)
