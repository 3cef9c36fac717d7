"""The names of built-in styles in many languages, and the properties of a text by its style."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Style(NamedTuple):
    """The properties of a paragraph or a run, with inherited ones. None means unspecified."""

    name: str = ""
    role: str = ""
    level: int = 0
    """The level of a heading, from 1."""
    list_id: str | None = None
    ilvl: int | None = None
    italic: bool | None = None
    bold: bool | None = None
    underlined: bool | None = None
    hidden: bool | None = None
    code: bool | None = None
    raised: str | None = None
    """`superscript` or `subscript`."""

    def under(self, run: Style) -> Style:
        """Return the style of a run in this paragraph; the run's own properties take precedence."""
        said = {name: getattr(run, name) for name in _RUN if getattr(run, name) is not None}
        return self._replace(**said)


PLAIN = Style()
_RUN = ("italic", "bold", "underlined", "hidden", "code", "raised")
_MONOSPACED = re.compile(r"consolas|courier|mono|menlo|verbatim|source.?code", re.IGNORECASE)


def is_monospaced(name: str) -> bool:
    """Return True if a font or style of this name is one of code."""
    return bool(_MONOSPACED.search(name))


@cache
def _names() -> dict[str, frozenset[str]]:
    """Return the names for each role. The id of a style may lack all characters that are not ASCII:
    `berschrift1`."""
    text = Path(__file__).with_name("style_names.toml").read_text(encoding="utf-8")
    found = {}
    for role, names in tomllib.loads(text).items():
        keys = {_key(name) for name in names}
        bare = {key.encode("ascii", "ignore").decode() for key in keys}
        found[role] = frozenset(keys | {key for key in bare if len(key) > 2})
    return found


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def role_of(name: str) -> tuple[str, int]:
    """Return the role of a built-in style: `heading` with its level, `title`, `subtitle` or
    `contents`; an empty text and 0 for any other."""
    key, names = _key(name), _names()
    base = key.rstrip("0123456789")
    level = int(key[len(base) :] or 0) if len(key) - len(base) < 2 else 0
    if base in names["contents"]:
        return "contents", level
    if level and base in names["heading"]:
        return "heading", min(level, 6)
    roles = (role for role in ("subtitle", "title") if not level and base in names[role])
    return next(roles, ""), 0
