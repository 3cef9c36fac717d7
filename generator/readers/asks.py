"""Does a text ask? Judged from the text alone, by its marks first and its words second."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ASKS = 0.7
"""From here on a text counts as asking."""

_CLOSERS = "\\s\"'”’“»«)\\]）】」』*_.…!/\\u2600-\\U0001faff\\ufe0f\\u200d("
_AT_END = re.compile(rf"[?？؟⁇‽⸮፧︖](?=[{_CLOSERS}]*$)")
"""Also before what closes a quotation or a bracket, and before emoji."""
_AMID = re.compile(r"[?？؟](?=[\s\"'”’»)\]）」』/]|[^\x00-\x7f])|¿|՞")
"""As in "What went well? Name three."; not the mark in an address."""
_SPEECH = re.compile(r"[\"“”„«][^?？؟]*[?？؟][^?？؟]{100,}$", re.DOTALL)
"""What is said aloud before the questions: "Hello, all well? Thank you for ..."."""
_GREEK = re.compile("[\u0370-\u03ff]")
BLANK = re.compile(r"[:：]\s*[._…]{2,}|_{3,}|\.{5,}|…{2,}")
"""A place to write in: "Your trade: ......"."""
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_TO_RATE = re.compile(r"(?:[(\[]\s*[01]\s*[-–—]\s*(?:[3-9]|10|100)\s*[)\]]|\[ ?\])$")
"""What is to be rated or ticked: "Workload (1-10)"."""
_ENDS = re.compile(r"[?？؟!。.]['\"”’»)\]]*$")


@cache
def _known() -> dict[str, Any]:
    """All of `words.toml`, whose languages stand together: one source may mix several."""
    text = (files("generator.readers") / "words.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text).values()
    return {name: value for section in sections for name, value in section.items()}


@cache
def words(name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(" ".join(_known()[name]).split())


@cache
def pattern(name: str) -> re.Pattern[str]:
    """An expression, whatever the case of letters."""
    return re.compile(_known()[name], re.IGNORECASE)


@lru_cache(1 << 16)
def asks(text: str) -> float:
    """How much a text asks, from 0 to 1; at least `ASKS` is a question.

    A mark at its end is 1, amid it 0.9; a word that asks or a blank to fill in is `ASKS`.
    """
    text = text.rstrip()
    if len(BLANK.findall(text)) > 1 and "?" not in text:
        return 0.0  # a line of a form, such as "Name: ____ Date: ____"
    if text.endswith((":", "：")) and pattern("lead_in").search(text):
        return 0.0
    if len(text) < 30 and pattern("closing").fullmatch(text):
        return 0.0
    greek_mark = text[-1:] in (";", "\u037e") and _GREEK.search(text)
    if greek_mark or _AT_END.search(text):
        return 1.0
    if _AMID.search(text) and not _SPEECH.match(text):
        return 0.9
    return _by_words(text)


def _by_words(text: str) -> float:
    found = _WORD.findall(text[:200])
    start = [word.lower() for word in found[:3]]
    if not start:
        return ASKS if BLANK.search(text) and re.search(r"\w", text.replace("_", "")) else 0.0
    if len(start) > 1 and start[0] in words("openers"):
        del start[0]
    first = start[0] if start[0] in words("interrogatives") else re.split("['’]", start[0])[0]
    asking = first in words("interrogatives") and len(found) > 2 and not text.endswith(".")
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
    if first in words("auxiliaries") and len(found) > 2 and not text.endswith((".", "!")):
        return 0.4
    return 0.5 if pattern("inside").search(text) else 0.0


def mean(values: Iterable[float]) -> float:
    """Their average; 0 where there are none."""
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0


def ends(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return bool(_ENDS.search(text)) or (text.endswith(";") and bool(_GREEK.search(text)))


def picks_many(text: str) -> bool:
    """Whether a question says that several of its choices may be ticked."""
    return bool(pattern("many").search(text))
