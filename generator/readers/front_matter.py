"""The YAML above the questions: what the set is called, and the settings of the writers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from generator.model import KEYS, AnswerSpace
from generator.readers import attributes
from generator.readers.problems import CONTROL, Problems

_LANG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(slots=True)
class FrontMatter:
    """The keys that we know, checked; `settings` is every other key, as YAML read it."""

    title: str = ""
    subtitle: str = ""
    slug: str = ""
    lang: str = "en"
    author: str = ""
    date: date | None = None
    answer: AnswerSpace | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """Of each key, and of those under it: `handout`, `handout.answers`."""


class _Loader(yaml.SafeLoader):
    """Dates stay text: PyYAML raises a ValueError without a line for an impossible one."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split(text: str, problems: Problems) -> tuple[str, str]:
    """The YAML and the rest, each with its lines where they stood (blank lines fill the gap).

    As in pandoc, front matter begins on the first line and no blank line follows its `---`.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or len(lines) < 2 or not lines[1].strip():
        return "", text
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(["", *lines[1:index]]), "\n" * (index + 1) + "\n".join(
                lines[index + 1 :]
            )
    if re.match(r"[\w-]+\s*:", lines[1]):
        problems.error("the front matter is not closed", 1, "end it with a line of three hyphens")
        return "", ""
    return "", text


def parse(text: str, problems: Problems) -> FrontMatter:
    """Check the keys we know and keep the others."""
    return read(text, problems)[0]


def read(text: str, problems: Problems) -> tuple[FrontMatter, yaml.MappingNode | None]:
    """The same with the tree of the YAML, whose nodes know their lines."""
    if not text.strip():
        return FrontMatter(), None
    data, node = _load(text, problems)
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter(), None
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    for key, count in Counter(key.value for key, _ in node.value).items():
        if count > 1:
            message = f"'{key}' comes {count} times; the last is taken"
            problems.warning(message, lines[key], "delete the others")
    raw = {key.value: _raw(value) for key, value in node.value if key.value in KEYS}
    for key in KEYS[:-1]:
        if key in raw and raw[key] is None:
            problems.error(f"'{key}' is not a text", lines[key], f"write it as `{key}: ...`")
    texts = {key: " ".join(value.split()) for key, value in raw.items() if value}
    made = FrontMatter(
        title=texts.get("title", ""),
        subtitle=texts.get("subtitle", ""),
        author=texts.get("author", ""),
        settings={str(key): value for key, value in data.items() if key not in KEYS},
        lines=dict(_lines(node)),
    )
    if "slug" in texts:
        made.slug = safe_name(texts["slug"].rstrip("/").rpartition("/")[2])
    if "lang" in texts:
        made.lang = _lang(texts["lang"], lines["lang"], problems)
    if "date" in texts:
        made.date = _date(texts["date"], lines["date"], problems)
    if data.get("answer") is not None:
        made.answer = attributes.from_setting(data["answer"], lines["answer"], problems)
    return made, node


def _lines(node: yaml.MappingNode, above: str = "") -> Iterator[tuple[str, int]]:
    for key, value in node.value:
        name = f"{above}{key.value}"
        yield name, key.start_mark.line + 1
        if isinstance(value, yaml.MappingNode) and not above:
            yield from _lines(value, f"{name}.")


def safe_name(text: str) -> str:
    """A name that any file system takes: letters, digits, `.`, `_`, `-`; may be empty."""
    name = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\w.]+", "-", name).strip("-.")


def _load(text: str, problems: Problems) -> tuple[Any, yaml.Node | None]:
    hint = "put texts with a colon, a bracket or a quote into quotes; indent with spaces"
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
        reason = getattr(problem, "problem", None) or "it is not YAML"
        problems.error(f"the YAML is broken: {reason}", mark.line + 1 if mark else 1, hint)
        return None, None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        problems.error("the YAML is broken: a value cannot be read", 1, hint)
        return None, None
    finally:
        if loader:
            loader.dispose()
    if node is not None and not isinstance(data, dict):
        problems.error(
            "the front matter is not a list of `key: value` lines", 2, "write e.g. `title: My set`"
        )
        return None, None
    return data, node


def _raw(node: yaml.Node) -> str | None:
    """A scalar as it was typed, so that `lang: no` is not False; None for anything else."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    return "" if node.tag.endswith(":null") else CONTROL.sub("", node.value)


def _lang(text: str, line: int, problems: Problems) -> str:
    if not _LANG.fullmatch(text):
        hint = f"write {text.replace('_', '-')}" if "_" in text else "write e.g. en, de or pt-BR"
        problems.error(f"'{text}' is not a language tag", line, hint)
    return text


def _date(text: str, line: int, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(re.split(r"[T ]", text)[0])
    except ValueError:
        problems.error(f"'{text}' is not a date", line, "write it as 2026-01-31")
        return None
