"""Detects the language of a text, and finds the language that a person names.

The script decides first, then frequent short words: from five questions on this is as good as the
libraries that were tried, in a hundredth of their time and memory.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from generator.diagnostics import Diagnostic, Severity
from generator.model import QuestionSet, plain

SAMPLE, SAMPLE_TEXTS = 20_000, 500
"""Maximum characters and texts that are examined; more would add nothing."""
FEW_WORDS = 12
"""A text with fewer words is too short to tell, and needs no note: nobody doubts `Why?`."""
CLEAR_HITS = 2
"""Number of frequent words that make a language clear."""
CLEAR_LEAD = 1.2
"""Factor by which the evidence for the first language must exceed that for the next one."""
_WEIGHTS = {"LATIN": 0.5, "CJK": 3.0, "HIRAGANA": 3.0, "KATAKANA": 3.0, "HANGUL": 3.0}
"""The weight of a character; 1 in other scripts. Characters of some scripts say more, and lists in
any script have names and terms in Latin letters, but seldom the other way round."""
_KANA_SHARE = 0.1
"""The smallest share of kana in Japanese text; Chinese may quote a Japanese word."""
_TRADITIONAL = frozenset(
    "們個這來時對說會為學問經過還樣麼讓與發點實現應該從開關無當種體認識難請專業"
)
_SIMPLIFIED = frozenset(
    "们个这来时对说会为学问经过还样么让与发点实现应该从开关无当种体认识难请专业"
)
_WITH_FRONT_MATTER = (".md", ".markdown", ".yaml", ".yml", ".json")
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0dff])+(?:[-’][^\W\d_]+)*")
"""A word; vowel signs of Indian scripts (U+0900 to U+0DFF) belong to it, though they are not
letters."""
_TAG = re.compile(r"([a-z]{2,3})((?:-[a-z0-9]{2,8})*)", re.IGNORECASE)


class Language(NamedTuple):
    tag: str
    """A BCP 47 tag."""
    names: tuple[str, ...]
    """Names in English and in the language itself."""
    script: str
    """The first word in the Unicode names of its letters."""
    words: frozenset[str]
    letters: frozenset[str]
    """Letters that hardly any other language in its script has."""


class Guess(NamedTuple):
    tag: str
    name: str
    """The name in English."""
    reason: str
    """The rest of a sentence that begins with "as it"."""


@cache
def _languages() -> tuple[Language, ...]:
    text = (files("generator.readers") / "languages.toml").read_text(encoding="utf-8")
    return tuple(
        Language(
            tag,
            tuple(entry["names"]),
            entry["script"],
            frozenset(entry.get("words", "").split()),
            frozenset(entry.get("letters", "")),
        )
        for tag, entry in tomllib.loads(text).items()
    )


def guess(text: str) -> Guess | None:
    """Return the language of a text, or None if it is not clear."""
    text = unicodedata.normalize("NFC", text[:SAMPLE])
    script = _script(text)
    known = [language for language in _languages() if language.script == script]
    if not known:
        return None
    if len(known) > 1:
        told = _by_words(text.casefold(), known)
        if told or script == "LATIN":
            return told
    tag, (name, *_), *_ = known[0]
    if tag == "zh":
        tag, name = _written_chinese(text)
    return Guess(tag, name, f"is written in {_shown(script)} characters")


def with_language(question_set: QuestionSet) -> tuple[QuestionSet, tuple[Diagnostic, ...]]:
    """Detect the language of a set that names none, and add a note about it.

    English is assumed if it is not clear. There is no note about clear English, or about a few
    words in plain Latin letters.
    """
    text = "\n".join(islice(_texts(question_set), SAMPLE_TEXTS))
    found = guess(text) or Guess("en", "English", "")
    made = replace(question_set, lang=found.tag)
    few = text.isascii() and len(text.split()) < FEW_WORDS
    if found.tag == "en" and (found.reason or few):
        return made, ()
    message = f"no language is given; it is taken to be {found.name}, as the text {found.reason}"
    hint = f"write `lang: {found.tag}` at the top of the file to be sure"
    if not found.reason:
        message = "no language is given, and the text is not clear; it is taken to be English"
        hint = "write it at the top of the file, as in `lang: de`"
    if question_set.path.suffix.lower() not in _WITH_FRONT_MATTER:
        hint = "if it is another, `convert` the list to Markdown and correct `lang:` at its top"
    return made, (Diagnostic(Severity.NOTE, message, question_set.path, None, hint),)


def _texts(question_set: QuestionSet) -> Iterator[str]:
    """Yield the texts that participants read."""
    yield question_set.title
    for theme in question_set.themes:
        yield plain(theme.title)
        yield from map(plain, theme.intro)
        for question in theme.questions:
            yield plain(question.text)
            yield from (plain(followup.text) for followup in question.followups)


def _script(text: str) -> str:
    """Return the script of most of the text, or an empty text if it has no letters."""
    weights: defaultdict[str, float] = defaultdict(float)
    for letter, count in Counter(filter(str.isalpha, text)).items():
        script = unicodedata.name(letter, "").partition(" ")[0]
        weights[script] += count * _WEIGHTS.get(script, 1.0)
    kana = weights.pop("KATAKANA", 0.0) + weights.pop("HIRAGANA", 0.0)
    if kana > _KANA_SHARE * (kana + weights.get("CJK", 0.0)):
        weights["HIRAGANA"] = kana + weights.pop("CJK", 0.0)
    return max(weights, key=lambda script: weights[script], default="")


def _by_words(text: str, known: list[Language]) -> Guess | None:
    """Return the language with the most frequent words in a text. A word that several languages
    share counts as a part for each."""
    tokens = Counter(_WORD.findall(text.replace("'", "’")))
    letters = Counter(text)
    shared = Counter(word for language in known for word in language.words)
    scores: dict[str, float] = {"": 0.0, "-": 0.0}
    hits: dict[str, Counter[str]] = {}
    for language in known:
        found = Counter({word: tokens[word] for word in language.words & tokens.keys()})
        own = sum(letters[letter] for letter in language.letters)
        hits[language.tag] = found
        if found.total() + own >= CLEAR_HITS:
            scores[language.tag] = own + sum(n / shared[word] for word, n in found.items())
    (first, best), (_, second), *_ = sorted(scores.items(), key=lambda each: -each[1])
    if not best or best < CLEAR_LEAD * second:
        return None
    name = next(language.names[0] for language in known if language.tag == first)
    often = sorted(hits[first], key=lambda word: (-hits[first][word] / shared[word], word))[:3]
    reason = f"has words such as {', '.join(often)}" if often else "has letters of its own"
    return Guess(first, name, reason)


def _written_chinese(text: str) -> tuple[str, str]:
    """Tell traditional from simplified Chinese, as it needs other fonts."""
    traditional = sum(map(text.count, _TRADITIONAL - _SIMPLIFIED))
    simplified = sum(map(text.count, _SIMPLIFIED - _TRADITIONAL))
    return ("zh-Hant", "Traditional Chinese") if traditional > simplified else ("zh", "Chinese")


def _shown(script: str) -> str:
    return {"CJK": "Chinese", "HIRAGANA": "Japanese", "HANGUL": "Korean"}.get(
        script, script.capitalize()
    )


def tag_of(named: str) -> str:
    """Return the BCP 47 tag for a tag or a name: `de`, `zh_CN`, `German`, `Deutsch`, `Allemand`.

    Returns an empty text for anything else.
    """
    text = " ".join(named.split()).partition(".")[0].replace("_", "-")
    tag = _TAG.fullmatch(text)
    if tag:
        return tag[1].lower() + "".join(map(_subtag, tag[2].split("-")[1:]))
    wanted = text.casefold()
    for language in _languages():
        if wanted in map(str.casefold, language.names):
            return language.tag
    return _named_in_any(wanted)


def _subtag(text: str) -> str:
    """Return a subtag in the case of BCP 47, 2.1.1: `Hant` for a script, `CN` for a region."""
    return f"-{text.title() if len(text) == 4 else text.upper() if len(text) == 2 else text}"


def _named_in_any(wanted: str) -> str:
    """Find a language by its name in any of the languages that we know, from CLDR."""
    from babel.core import Locale, UnknownLocaleError

    for language in _languages():
        try:
            names = Locale.parse(language.tag).languages
        except (ValueError, UnknownLocaleError):
            continue
        for tag, name in names.items():
            if name.casefold().replace("_", "-") == wanted:
                return str(tag).replace("_", "-")
    return ""
