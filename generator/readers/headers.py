"""The roles of columns and keys by their names."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files


class Role(StrEnum):
    """The role of a column."""

    OTHER = "other"
    """Known and not needed: an identifier, a date, an owner."""
    NUMBER = "number"
    FOLLOWUPS = "followups"
    KIND = "kind"
    """The way to answer: `Yes/No`, `1-5`, `open`."""
    MINUTES = "minutes"
    TAGS = "tags"
    INTRO = "intro"
    WRONG = "wrong"
    """Choices other than the right one, which is in ANSWER."""
    CHOICES = "choices"
    """Several choices in one cell."""
    ANSWER = "answer"
    NOTES = "notes"
    THEME = "theme"
    QUESTION = "question"
    TEXT = "text"
    """The question, if no other column is named as such."""
    OPTION = "option"
    """One of several columns with a choice each. No single name shows that."""


_NAMED = tuple(kind for kind in Role if kind is not Role.OPTION)
_LONGEST = 60
"""Maximum characters of a name; anything longer is text."""
# Compiled when it is needed, by tables alone: Python takes milliseconds for wide ranges.
_SCRIPTS = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""Scripts that are written without spaces between words."""
_DETAIL = re.compile(r"\s[-–—]\s|[(\[:]")
"""A requirement behind a name: "Answer 1 - max 75 characters"."""
_NOTHING = re.compile(r"[\W_]+")


@cache
def _table() -> dict[str, frozenset[str]]:
    """Return the words for each role in `headers.toml`, with all languages merged."""
    text = (files("generator.readers") / "headers.toml").read_text(encoding="utf-8")
    return {
        kind: frozenset(
            simple(word) or word.strip() for line in words.values() for word in line.split(",")
        )
        for kind, words in tomllib.loads(text).items()
    }


@cache
def _joined(kind: Role) -> tuple[str, ...]:
    """Return the words in scripts without spaces that are long enough to be found within a name."""
    return tuple(word for word in _table()[kind] if len(word) > 1 and re.search(_SCRIPTS, word))


def _holds(name: str, kind: Role) -> bool:
    """Return True if a name contains a word for this role."""
    words = name.split()
    runs = {" ".join(words[k : k + n]) for n in (1, 2, 3) for k in range(len(words))}
    joined = re.search(_SCRIPTS, name) and any(word in name for word in _joined(kind))
    return bool(joined) or not runs.isdisjoint(_table()[kind])


def simple(name: str) -> str:
    """Return a name without case, punctuation and `camelCase`."""
    name = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z\d])", " ", name)
    return _NOTHING.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


@lru_cache(4096)
def role(name: str) -> Role | None:
    """Return the role of a column with this name; None if the name is not known."""
    if len(name) > _LONGEST or not name.strip():
        return None
    words = simple(name) or name.strip()
    whole = [kind for kind in _NAMED if words in _table()[kind]]
    # "No" is a number, and within a longer name a word like any other.
    within = (kind for kind in _NAMED if kind is not Role.NUMBER and _holds(words, kind))
    return whole[0] if whole else next(within, None)


def is_rating(name: str) -> bool:
    """Return True for an answer that is the header of a column to tick: `Never`, `Agree`."""
    return simple(name) in _table()["rating"]


def is_language(name: str) -> bool:
    """Return True if a column is named after the language of its texts."""
    return simple(name) in _table()["language"]


def is_container(name: str) -> bool:
    """Return True if a key says nothing about the list below it: `data`, `results`."""
    return simple(name) in _table()["container"]


def is_default_sheet(name: str) -> bool:
    """Return True for a sheet's default name, and for one that only says that there are
    questions."""
    words = simple(re.sub(r"\d+|\(\d+\)", " ", name))
    return words in _table()["sheet"] | _table()[Role.QUESTION]


def index_of(name: str) -> int:
    """Return the number of a column that has one of the choices: 2 for `B`, `Option 2` and `Answer
    B`; 0 for any other name."""
    words = simple(_DETAIL.split(name)[0]).split()
    if not words or (len(words) == 1 and words[0].isdigit()):
        return 0
    *before, last = words
    if before and role(" ".join(before)) not in (Role.CHOICES, Role.ANSWER):
        return 0
    if last.isascii() and last.isdigit():
        return int(last) if len(last) < 3 else 0
    return ord(last) - ord("a") + 1 if len(last) == 1 and "a" <= last <= "h" else 0
