"""The roles of built-in styles, by what word processors in many languages call them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _names() -> dict[str, frozenset[str]]:
    """For each role its names. A style's id may have lost all that is not ASCII: `berschrift1`."""
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
    """What a built-in style is for: `heading` with its level, `title`, `subtitle` or `contents`.
    Empty, and 0, for all others."""
    key, names = _key(name), _names()
    base = key.rstrip("0123456789")
    level = int(key[len(base) :] or 0) if len(key) - len(base) < 2 else 0
    if base in names["contents"]:
        return "contents", level
    if level and base in names["heading"]:
        return "heading", min(level, 6)
    roles = (role for role in ("subtitle", "title") if not level and base in names[role])
    return next(roles, ""), 0
