"""Judges how much a text asks, from the text alone: first its punctuation, then its words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ASKS = 0.7
"""A text with at least this value counts as a question."""

_CLOSERS = "\\s\"'”’“»«)\\]）】」』*_.…!/\\u2600-\\U0001faff\\ufe0f\\u200d("
_AT_END = re.compile(rf"[?？؟⁇‽⸮፧︖](?=[{_CLOSERS}]*$)")
"""A question mark at the end, or before closing quotation marks, brackets and emoji."""
_AMID = re.compile(r"[?？؟](?=[\s\"'”’»)\]）」』/]|[^\x00-\x7f])|¿|՞")
"""A question mark within the text, as in "What went well? Name three."; not one in a URL."""
_QUOTE, _STATED = re.compile(r"[\"“„«]"), re.compile(r"[.!。]\s")
_GOING_ON = re.compile(r"[^¿]{60,}[.!。]\s")
"""A long statement that follows a question in a speech."""
_GREEK = re.compile("[\u0370-\u03ff]")
BLANK = re.compile(r"[:：]\s*[._…]{2,}|_{3,}|\.{5,}|…{2,}")
"""A blank to fill in: "Your trade: ......"."""
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_TO_RATE = re.compile(r"(?:[(\[]\s*[01]\s*[-–—]\s*(?:[3-9]|10|100)\s*[)\]]|\[ ?\])$")
"""The end of something to be rated or ticked: "Workload (1-10)"."""
_ENDS = re.compile(r"[?？؟!。.]['\"”’»)\]]*$")


@cache
def _known() -> dict[str, Any]:
    """Return the contents of `words.toml`. Languages are merged, as one source may mix several."""
    text = (files("generator.readers") / "words.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text).values()
    return {name: value for section in sections for name, value in section.items()}


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a list in `words.toml`, in all languages."""
    return frozenset(" ".join(_known()[name]).split())


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of `words.toml`, compiled without regard to case."""
    return re.compile(_known()[name], re.IGNORECASE)


@lru_cache(1 << 16)
def asks(text: str) -> float:
    """Return how much a text asks, from 0 to 1; from `ASKS` on it is a question.

    A question mark at its end gives 1, one within it 0.9; a word that asks or a blank to fill in
    gives `ASKS`.
    """
    text = text.rstrip()
    if len(BLANK.findall(text)) > 1 and "?" not in text:
        return 0.0  # a line of a form, such as "Name: ____ Date: ____"
    if text.endswith((":", "：")) and pattern("lead_in").search(text):
        return 0.0
    if len(text) < 30 and pattern("closing").fullmatch(text):
        return 0.0
    greek_mark = text[-1:] in (";", "\u037e") and _GREEK.search(text)
    marked = 1.0 if greek_mark or _AT_END.search(text) else 0.9 * bool(_AMID.search(text))
    if marked and not is_speech(text):
        return marked
    return _by_words(text)


def is_speech(text: str) -> bool:
    """Return True for a quotation that says more than it asks, as who opens an interview does:
    "Hello, all well? Thank you for ..."."""
    first, *later = re.split("[?？؟]", text)
    quote = _QUOTE.search(first)
    if not quote or len(text) <= 100:
        return False
    if len(later) == 1 and len(later[0]) > 100:
        return True
    opened = _STATED.search(first, quote.end()) is not None
    return opened and (not later or any(map(_GOING_ON.match, later)))


def _by_words(text: str) -> float:
    found = _WORD.findall(text[:200])
    start = [word.lower() for word in found[:3]]
    if not start:
        return ASKS if BLANK.search(text) and re.search(r"\w", text.replace("_", "")) else 0.0
    if len(start[0]) == 2 and found[0].isupper() and not all(map(str.isupper, found)):
        start[0] = found[0]  # "AI" is not "ai", Vietnamese for "who"
    if len(start) > 1 and start[0] in words("openers"):
        del start[0]
    first = start[0] if start[0] in words("interrogatives") else re.split("['’]", start[0])[0]
    trails_off = text.endswith(("...", "…"))  # "Would you rather..." goes on below
    asking = (
        first in words("interrogatives")
        and len(found) > 2
        and (trails_off or not text.endswith("."))
    )
    asking = asking and not (len(found) < 5 and pattern("weak").search(text))  # "How it works"
    if (
        asking
        or (first in words("prompts") and len(found) > 1)
        or pattern("endings").search(text)
        or pattern("prompt_inside").search(text)
        or _TO_RATE.search(text)
        or BLANK.search(text)
    ):
        return ASKS
    if (
        first in words("auxiliaries")
        and len(found) > 2
        and (trails_off or not text.endswith((".", "!")))
    ):
        return ASKS if trails_off else 0.4
    return 0.5 if pattern("inside").search(text) else 0.0


def mean(values: Iterable[float]) -> float:
    """Return the average of the values, or 0 if there are none."""
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0


def ends(text: str) -> bool:
    """Return True if a text ends as a sentence does."""
    return bool(_ENDS.search(text)) or (text.endswith(";") and bool(_GREEK.search(text)))


def picks_many(text: str) -> bool:
    """Return True if a question says that several of its choices may be ticked."""
    return bool(pattern("many").search(text))
