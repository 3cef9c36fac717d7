"""The words that a reader knows, from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Words(NamedTuple):
    """Word lists of all languages together: one source may mix several."""

    interrogatives: frozenset[str]
    auxiliaries: frozenset[str]
    prompts: frozenset[str]
    openers: frozenset[str]
    inside: re.Pattern[str]
    endings: re.Pattern[str]
    prompt_inside: re.Pattern[str]
    many: re.Pattern[str]
    strong: re.Pattern[str]
    contents: re.Pattern[str]
    lead_in: re.Pattern[str]
    closing: re.Pattern[str]
    weak: re.Pattern[str]
    counted: re.Pattern[str]
    question: str
    answer: str
    note: str
    folded: re.Pattern[str]
    placeholders: re.Pattern[str]


@cache
def words() -> Words:
    """All of it, read once: lists of words, labels as they are, all others as patterns."""
    text = (files("generator.readers") / "words.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    for section in tomllib.loads(text).values():
        for name, value in section.items():
            if isinstance(value, list):
                found[name] = frozenset(" ".join(value).split())
            elif name in ("question", "answer", "note"):
                found[name] = value
            else:
                found[name] = re.compile(value, re.IGNORECASE)
    return Words(**found)
