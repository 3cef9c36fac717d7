"""Marks that were typed at the start of a text: numbers, letters and bullets of every kind."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from generator.readers.asks import ASKS, asks, pattern
from generator.readers.raw import BULLETS, Mark

BOXES = "☐☑☒□❏❑❒❐"
_KINDS = {
    Mark.NUMBER: (
        r"\d\ufe0f?\u20e3\s*",  # a keycap
        r"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f]\s*",  # in a circle
        r"[(（]?\d{1,6}(?:[.)．、）](?!\d)|\s?[:：](?=\s)|\s?[-–—](?=\s))(?:\s*(?=\D)|$|\s+)",
        r"\[\d{1,3}\]\s+|#\d{1,3}[.:)]?\s+|(?:[Nn][or]\.|[Nn][°º]|№)\s*\d{1,4}[.:)]?\s+",
    ),
    Mark.ROMAN: (r"[(（]?[一二三四五六七八九十]{1,3}[、)）]\s*",),  # numbers parts, as these do
    Mark.DOTTED: (r"[(]?(?:\d{1,3}(?:\.\d{1,3}){1,4}|\d{1,3}\.?[a-z](?=[.)]))[.):]?\s+(?=\D)",),
    Mark.BOX: (rf"[{BOXES}]\s*|\[[ xX✓]?\]\s+|\([ \u00a0]\)\s+",),
    Mark.CIRCLE: (r"[○◦]\s*|o(?:\t\s*|\s+(?=[A-Z¿\"“]))",),
    Mark.SQUARE: (r"[▪■\uf0a7]\s*|§\s+(?=\D)",),
    Mark.BULLET: (
        "[•・･‣⁃▫●◆◇►▶▸▹➢➣➤➔➜→⇒·∙❖⮚\ue000-\uf8ff]\\s*",
        r"[-–—*+✓✔✗]\s+",
    ),
}
_PLAIN = re.compile(
    "|".join(f"(?P<{mark}>{'|'.join(patterns)})" for mark, patterns in _KINDS.items())
)
"""Bullets that are marks wherever they stand."""
_ROMAN = re.compile(r"\(?([IVXLC]{1,7}|[ivxlc]{1,7})[.)]\s+")
_VALID = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LETTER = re.compile(r"\(?([^\W\d_])[.)]\s+")
_CODE = re.compile(r"\(?[^\W\d_]\d{1,3}[.)]\s+(?=\S)")
"""A question number of a survey: `B1.`, `c3)`. A text after `A1.` that does not ask is an
answer."""
_BRACKET = re.compile(r"\s*(\([^()]*\)\s*)?")
"""Characters that may not follow a mark: `Q1 (multi)` is a heading with a number."""
_FIRST = "aаαאا"
"""The first letters of the alphabets that people count with."""
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Typed(NamedTuple):
    """A mark, and the offset of the text after it."""

    mark: Mark
    number: int | None
    end: int


class Marks:
    """Reads the marks of one source. A letter or a roman numeral only counts if it is the first of
    its kind or follows the one before it, so that "A. Smith" and "I. e." within a list do not."""

    def __init__(self) -> None:
        self._letters: dict[bool, str] = {}
        """The last capital and the last small letter."""
        self._roman = 0

    def read(self, text: str) -> Typed | None:
        """Return the mark at the start of a text, or None. Two in a row (`- Q1:`, `1. [ ]`) count
        as one."""
        found: Typed | None = None
        for _ in range(3):
            rest = text[found.end :] if found else text
            typed = self._one(rest)
            if typed is None or _BRACKET.fullmatch(rest, typed.end):
                break
            if found is None:
                found = typed
                continue
            end = found.end + typed.end
            if found.mark in BULLETS and typed.mark not in BULLETS:
                found = Typed(typed.mark, typed.number, end)
            elif found.mark is Mark.BOX and typed.number is not None:
                found = Typed(Mark.BOX, typed.number, end)
            elif typed.mark in (*BULLETS, Mark.BOX):
                found = found._replace(end=end)
            else:
                break
        return found

    def _one(self, text: str) -> Typed | None:
        if found := _PLAIN.match(text):
            mark = Mark(found.lastgroup or "")
            counts = mark in (Mark.NUMBER, Mark.ROMAN)
            return Typed(mark, _value(found[0]) if counts else None, found.end())
        if typed := self._lettered(text):
            return typed
        if found := pattern("question").match(text):
            return Typed(Mark.NUMBER, _value(found[0]), found.end())
        code = _CODE.match(text)
        if code and (text[0] not in "aA" or asks(text[code.end() :]) >= ASKS):
            return Typed(Mark.NUMBER, None, code.end())
        return None

    def _lettered(self, text: str) -> Typed | None:
        roman, letter = _ROMAN.match(text), _LETTER.match(text)
        capital = letter is not None and letter[1].isupper()
        last = self._letters.get(capital)
        after = letter is not None and last is not None and ord(letter[1]) == ord(last) + 1
        if roman and not after and _VALID.fullmatch(roman[1].upper()):
            value = _roman(roman[1].upper())
            if value in (1, self._roman + 1):
                self._roman = value
                return Typed(Mark.ROMAN, value, roman.end())
        if letter and (after or letter[1].lower() in _FIRST):
            self._letters[capital] = letter[1]
            return Typed(Mark.CAPITAL if capital else Mark.LETTER, None, letter.end())
        return None


def _value(text: str) -> int | None:
    """Return the number in `3.`, `[3]`, `Question 3:`, a circled number or `三、`."""
    if digits := re.search(r"\d+", text):
        return int(digits[0])
    total = 0
    for value in (int(unicodedata.numeric(character, 0)) for character in text):
        total = (total or 1) * 10 if value == 10 else total + value
    return total or None


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[character] for character in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
