"""The words that a reader knows, from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


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
    weak: re.Pattern[str]
    counted: re.Pattern[str]
    question: str
    answer: str
    note: str
    folded: re.Pattern[str]
    placeholders: re.Pattern[str]


@cache
def words() -> Words:
    """All of it, read once."""
    text = (files("generator.readers") / "words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    asks, labels, sections = data["asks"], data["labels"], data["furniture"]
    return Words(
        interrogatives=_listed(asks["interrogatives"]),
        auxiliaries=_listed(asks["auxiliaries"]),
        prompts=_listed(asks["prompts"]),
        openers=_listed(asks["openers"]),
        inside=_pattern(asks["inside"]),
        endings=_pattern(asks["endings"]),
        prompt_inside=_pattern(asks["prompt_inside"]),
        many=_pattern(asks["many"]),
        strong=_pattern(sections["strong"]),
        contents=_pattern(sections["contents"]),
        lead_in=_pattern(asks["lead_in"]),
        weak=_pattern(sections["weak"]),
        counted=_pattern(labels["counted"]),
        question=labels["question"],
        answer=labels["answer"],
        note=labels["note"],
        folded=_pattern(labels["folded"]),
        placeholders=_pattern(data["blanks"]["placeholders"]),
    )


def _listed(lines: list[str]) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
