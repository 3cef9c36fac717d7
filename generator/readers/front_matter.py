"""Front matter in YAML or TOML: the name of the set, and settings of the documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Literal

from generator.diagnostics import Problems
from generator.model import AnswerSpace
from generator.readers import attributes
from generator.readers.language import tag_of
from generator.schema import InvalidValue, build, meant
from generator.settings import INSIDE, Settings
from generator.settings import KEYS as SETTINGS
from generator.tree import Node, from_toml, from_yaml, lines

Read = Literal[
    "", "exactly", "headings", "labels", "lines", "lists", "paragraphs", "summaries", "tables"
]
"""The blocks to read as questions; empty if the reader decides."""

_DATE = re.compile(r"\s*(\d{4}-\d|$)")
"""The start of an ISO date; notebooks and blogs have dates in many other forms."""
_KEY = re.compile(r"^[\"']?[\w-]+[\"']?\s*[:=]", re.MULTILINE)


def safe_name(text: str) -> str:
    """Return a name that any file system accepts: letters, digits, `.`, `_`, `-`. It may be
    empty."""
    name = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\w.]+", "-", name).strip("-.")


def _slug(node: Node) -> str:
    return safe_name((node.text or "").strip().rstrip("/").rpartition("/")[2])


def _lang(node: Node) -> str:
    tag = tag_of(node.text or "")
    if not tag:
        raise InvalidValue("write a language tag such as en, de or pt-BR, or a language's name")
    return tag


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The validated front matter of a source."""

    title: str = ""
    subtitle: str = ""
    slug: Annotated[str, _slug] = ""
    lang: Annotated[str, _lang] = ""
    """A BCP 47 tag; empty if the language is to be detected."""
    author: str = ""
    date: date | None = None
    read: Read = ""
    answer: AnswerSpace | None = None
    settings: Settings = field(default_factory=Settings)
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each key, and of the keys below it: `handout`, `handout.answers`."""


KEYS = ("title", "subtitle", "slug", "lang", "author", "date", "read")
"""Keys that are validated by their types."""

BRAND = ("logo", "color", "colors", "typography", "fonts", "meta")
"""Keys of a brand file."""


def split(text: str, problems: Problems) -> tuple[FrontMatter, str]:
    """Divide a text into front matter and the rest. Blank lines replace the front matter, so that
    line numbers stay.

    It stands between two lines of `---` (YAML; `...` closes it, too) or of `+++` (TOML), with
    nothing but blank lines before it, and contains a line that begins with a key. A thematic break
    (CommonMark, 4.1) at the top of a page is not front matter.
    """
    rows = text.split("\n")
    first = next((at for at, row in enumerate(rows) if row.strip()), 0)
    fence = rows[first].rstrip()
    if fence not in ("---", "+++") or not "".join(rows[first + 1 : first + 2]).strip():
        return FrontMatter(), text
    closing = ("---", "...") if fence == "---" else ("+++",)
    last = next((at for at in range(first + 1, len(rows)) if rows[at].rstrip() in closing), 0)
    inside = "\n".join(rows[first + 1 : last or first + 2])
    if inside.strip() and not (_KEY.search(inside) or inside.lstrip().startswith("{")):
        return FrontMatter(), text
    if not last:
        problems.error("the front matter is not closed", first + 1, f"end it with a line {fence}")
        return FrontMatter(), ""
    load = from_yaml if fence == "---" else from_toml
    made = from_tree(load(inside, problems, first + 2), problems)
    return made, "\n" * (last + 1) + "\n".join(rows[last + 1 :])


def from_tree(node: Node | None, problems: Problems, others: Sequence[str] = ()) -> FrontMatter:
    """Validate the known keys and keep the rest, except for `others`, which belong to other
    programs."""
    if node is None:
        return FrontMatter()
    if not isinstance(node.value, dict):
        hint = "write e.g. `title: My set`"
        problems.error(f"expected lines of `key: value`, found {node}", node.line, hint)
        return FrontMatter()
    found = {_ALIASES.get(key, key): value for key, value in node.value.items()}
    if "date" in found and not _DATE.match(found["date"].text or ""):
        given = found.pop("date")
        hint = "write the date as in 2026-01-31"
        problems.warning(f"date: {given} is not understood and is ignored", given.line, hint)
    known = build(_part(found, KEYS), FrontMatter, problems)
    answer = None
    if "answer" in found and found["answer"].value is not None:
        given = found["answer"]
        pairs = {key: value.text or "" for key, value in given.entries.items()}
        answer = attributes.from_setting(pairs or given.text, given.line, problems)
    for key, value in found.items():
        if key not in (*KEYS, *SETTINGS, *others, "answer"):
            _warn_if_meant(key, value.line, problems)
    settings = build(_part(found, SETTINGS), Settings, problems)
    return replace(known, answer=answer, settings=settings, lines=dict(lines(node)))


def _part(found: Mapping[str, Node], keys: Sequence[str]) -> Node:
    return Node({key: found[key] for key in keys if key in found}, 0)


def _warn_if_meant(key: str, line: int, problems: Problems) -> None:
    """Warn about an unknown key only if it resembles one of ours, as other programs have keys
    there, too."""
    name = key.casefold().replace("_", "-")
    close = meant(name, (*KEYS, *SETTINGS, *_ALIASES, "answer"), cutoff=0.8)
    if name in INSIDE:
        hint = f"did you mean `{INSIDE[name]}: {{{name}: ...}}`?"
    elif name in BRAND:
        hint = "write it into a file _brand.yml beside this one"
    elif close:
        hint = f"did you mean `{_ALIASES.get(close, close)}: ...`?"
    else:
        return
    problems.warning(f"'{key}' is not a known setting and is ignored", line, hint)


_ALIASES = {"language": "lang"}
