"""The order of text on a line: the implicit part of the Unicode bidirectional algorithm (UAX #9).

Lines are ordered one by one, and marks that embed or override a direction are ignored: a question
has neither paragraphs nor such marks.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import bidirectional

_LANGUAGES = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi")
_SCRIPTS = ("arab", "hebr", "syrc", "thaa", "nkoo", "adlm")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "«": "»", "»": "«"}
_NEUTRAL = ("B", "S", "WS", "ON")
_NUMBERS = ("EN", "AN")


class Run(NamedTuple):
    text: str
    level: int
    """The embedding level; an odd one runs from right to left."""

    @property
    def rtl(self) -> bool:
        return self.level % 2 == 1


@cache
def right_to_left(lang: str) -> bool:
    """Return True if a language (BCP 47) is written from right to left."""
    primary, *others = lang.lower().replace("_", "-").split("-")
    scripts = [part for part in others if len(part) == 4 and part.isalpha()]
    return scripts[0] in _SCRIPTS if scripts else primary in _LANGUAGES


def is_bidirectional(text: str) -> bool:
    """Return True if a text has letters that run from right to left."""
    return not text.isascii() and any(bidirectional(each) in ("R", "AL") for each in text)


def runs(text: str, rtl: bool) -> list[Run]:
    """Return the parts of a line that run in one direction, in reading order."""
    if text.isascii() and not rtl:  # most lines, in a thirtieth of the time
        return [Run(text, 0)] if text else []
    pairs = zip(_levels(text, rtl), text, strict=True)
    grouped = groupby(pairs, key=lambda pair: pair[0])
    return [Run("".join(each for _, each in group), level) for level, group in grouped]


def from_left(line: list[Run]) -> list[int]:
    """Return the indexes of runs in their order on the line (L2)."""
    order = list(range(len(line)))
    for least in range(max((run.level for run in line), default=0), 0, -1):
        turned: list[int] = []
        levels = ((line[place].level >= least, place) for place in order)
        for high, group in groupby(levels, key=lambda pair: pair[0]):
            places = [place for _, place in group]
            turned += reversed(places) if high else places
        order = turned
    return order


def _levels(text: str, rtl: bool) -> list[int]:
    base = int(rtl)
    types = _weak([bidirectional(each) or "L" for each in text], "R" if rtl else "L")
    types = _neutral(_brackets(text, types, rtl), "R" if rtl else "L")
    above = {"L": base, "R": 1, "EN": base + 2 - base % 2, "AN": base + 2 - base % 2}
    levels = [above[each] if each != "L" else base + base % 2 for each in types]
    for place in range(len(text) - 1, -1, -1):  # L1
        if bidirectional(text[place]) not in ("WS", "S", "B"):
            break
        levels[place] = base
    return levels


def _weak(types: list[str], start: str) -> list[str]:
    """Apply W1 to W7."""
    strong = before = start
    for place, kind in enumerate(types):  # W1 to W3; marks without a width go with their letter
        taken = before if kind in ("NSM", "BN") else kind
        before = types[place] = "AN" if taken == "EN" and strong == "AL" else taken
        if before in ("L", "R", "AL"):
            strong = before
    types = ["R" if kind == "AL" else kind for kind in types]
    for place in range(1, len(types) - 1):  # W4
        before, kind, after = types[place - 1 : place + 2]
        if before == after and ((kind == "CS" and before in _NUMBERS) or (kind, before) == _PLUS):
            types[place] = before
    made: list[str] = []
    for kind, group in groupby(types):  # W5 and W6
        count = len(list(group))
        after = types[len(made) + count] if len(made) + count < len(types) else ""
        if kind == "ET" and "EN" in (made[-1] if made else "", after):
            made += ["EN"] * count
        else:
            made += ["ON" if kind in ("ES", "ET", "CS") else kind] * count
    strong = start
    for place, kind in enumerate(made):  # W7
        strong = kind if kind in ("L", "R") else strong
        if kind == "EN" and strong == "L":
            made[place] = "L"
    return made


_PLUS = ("ES", "EN")


def _strong(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _brackets(text: str, types: list[str], rtl: bool) -> list[str]:
    """Apply N0: both brackets of a pair have the same direction."""
    inner, other = ("R", "L") if rtl else ("L", "R")
    for start, end in sorted(_pairs(text, types)):
        inside = {_strong(kind) for kind in types[start + 1 : end]}
        before = [_strong(kind) for kind in types[:start] if kind not in _NEUTRAL]
        if inner in inside:
            types[start] = types[end] = inner
        elif other in inside:
            outside = before[-1] if before else inner
            types[start] = types[end] = other if outside == other else inner
    return types


def _pairs(text: str, types: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for place, (each, kind) in enumerate(zip(text, types, strict=True)):
        if kind != "ON":
            continue
        matching = [index for index, (close, _) in enumerate(opened) if close == each]
        if matching:
            found.append((opened[matching[-1]][1], place))
            del opened[matching[-1] :]
        elif each in _BRACKETS:
            opened.append((_BRACKETS[each], place))
    return found


def _neutral(types: list[str], base: str) -> list[str]:
    """Apply N1 and N2: characters without a direction take that of their neighbours."""
    made: list[str] = []
    before = base
    for neutral, group in groupby(types, key=lambda kind: kind in _NEUTRAL):
        kinds = list(group)
        if neutral:
            end = len(made) + len(kinds)
            after = _strong(types[end]) if end < len(types) else base
            kinds = [before if before == after else base] * len(kinds)
        else:
            before = _strong(kinds[-1])
        made += kinds
    return made
