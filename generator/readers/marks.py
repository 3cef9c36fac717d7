"""Marks that were typed at the start of a text: numbers, letters and bullets of every kind."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from generator.readers.asks import ASKS, asks, words
from generator.readers.raw import Mark

BOXES = "☐☑☒□❏❑❒❐"
_BULLETS = "•‣⁃▪▫●◦○■◆◇►▶▸▹➢➣➤➔➜→⇒·∙❖⮚\ue000-\uf8ff"
_BOX = re.compile(rf"[{BOXES}]\s*|\[[ xX✓]?\]\s+|\([ \u00a0]\)\s+")
_BULLET = re.compile(rf"[{_BULLETS}]\s*|[-–—*+✓✔✗]\s+|§\s+(?=\D)|o(?:\t\s*|\s+(?=[A-Z¿\"“]))")
_KEYCAP = re.compile(r"(\d)\ufe0f?\u20e3\s*")
_BRACKETED = re.compile(
    r"\[(\d{1,3})\]\s+|#(\d{1,3})[.:)]?\s+|(?:[Nn][or]\.|[Nn][°º]|№)\s*(\d{1,4})[.:)]?\s+"
)
_CHINESE = re.compile(r"([一二三四五六七八九十]{1,3})、\s*")
_CHINESE_DIGITS = "一二三四五六七八九"
_CIRCLED = re.compile(r"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f]\s*")
_DOTTED = re.compile(r"[(]?(\d{1,3}(?:\.\d{1,3}){1,4}|\d{1,3}\.?[a-z](?=[.)]))[.):]?\s+(?=\D)")
_NUMBER = re.compile(
    r"[(（]?(\d{1,6})(?:[.)．、）](?!\d)|\s?[:：](?=\s)|\s?[-–—](?=\s))(?:\s*(?=\D)|$|\s+)"
)
_ROMAN = re.compile(r"\(?([IVXLC]{1,7}|[ivxlc]{1,7})[.)]\s+")
_VALID = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LETTER = re.compile(r"\(?([^\W\d_])[.)]\s+")
_CODE = re.compile(r"\(?[^\W\d_]\d{1,3}[.)]\s+(?=\S)")
"""Of a question in a survey: `B1.`, `c3)`. What asks nothing behind `A1.` is an answer."""
_BRACKET = re.compile(r"\s*(\([^()]*\)\s*)?")
"""What leaves a mark without a text: `Q1 (multi)` is a heading that counts."""
_FIRST = "aаαאا"
"""The first letters of alphabets that people count with."""
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Typed(NamedTuple):
    """A mark, and where the text behind it begins."""

    mark: Mark
    number: int | None
    end: int


@cache
def _labelled() -> re.Pattern[str]:
    """`Q1:`, `Question 3.`, `Q:`, `第3题：`."""
    label = words().question
    stop = r"[.:)：．、–—-]"
    return re.compile(
        rf"(?:{label})\s*[.#№]?\s*(\d{{1,5}})\s*(?:题|題|問)?\s*(?:{stop}\s*|(?<=[qQ]\d)\s+"
        rf"|(?<=[qQ]\d\d)\s+)(?=\S)|(?:{label})\s*[:：]\s*(?=\S)",
        re.IGNORECASE,
    )


class Marks:
    """Reads the marks of one source. A letter or a roman numeral is one only as the first of its
    kind or after the one before it: "A. Smith" and "I. e." are none in the midst of a list."""

    def __init__(self) -> None:
        self._letters: dict[bool, str] = {}
        """The last one, of capitals and of small letters."""
        self._roman = 0

    def read(self, text: str) -> Typed | None:
        """The mark at the start of a text, or None. Two in a row (`- Q1:`, `1. [ ]`) are one."""
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
            if found.mark is Mark.BULLET and typed.mark is not Mark.BULLET:
                found = Typed(typed.mark, typed.number, end)
            elif found.mark is Mark.BOX and typed.number is not None:
                found = Typed(Mark.BOX, typed.number, end)
            elif typed.mark in (Mark.BULLET, Mark.BOX):
                found = found._replace(end=end)
            else:
                break
        return found

    def _one(self, text: str) -> Typed | None:
        first = text[:1]
        if first.isdigit() or first in "(（":
            return self._numeral(text)
        if not first.isalnum():
            if found := _BRACKETED.match(text):
                return Typed(Mark.NUMBER, _counted(found), found.end())
            for mark, expression in ((Mark.BOX, _BOX), (Mark.BULLET, _BULLET)):
                if found := expression.match(text):
                    return Typed(mark, None, found.end())
            return self._numeral(text)
        if found := _BRACKETED.match(text) or _CHINESE.match(text):
            return Typed(Mark.NUMBER, _counted(found), found.end())
        if first == "o" and (found := _BULLET.match(text)):
            return Typed(Mark.BULLET, None, found.end())
        if typed := self._lettered(text) or self._label(text):
            return typed
        code = _CODE.match(text)
        if code and (first not in "aA" or asks(text[code.end() :]) >= ASKS):
            return Typed(Mark.NUMBER, None, code.end())
        return None

    def _numeral(self, text: str) -> Typed | None:
        if found := _KEYCAP.match(text):
            return Typed(Mark.NUMBER, int(found[1]), found.end())
        if found := _CIRCLED.match(text):
            return Typed(Mark.NUMBER, _value(found[0][0]), found.end())
        if found := _DOTTED.match(text):
            return Typed(Mark.DOTTED, None, found.end())
        if found := _NUMBER.match(text):
            return Typed(Mark.NUMBER, int(found[1]), found.end())
        if text[:1] in "(（":
            return self._lettered(text) or (
                Typed(Mark.BOX, None, box.end()) if (box := _BOX.match(text)) else None
            )
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

    def _label(self, text: str) -> Typed | None:
        found = _labelled().match(text)
        if not found:
            return None
        return Typed(Mark.NUMBER, int(found[1]) if found[1] else None, found.end())


def _counted(found: re.Match[str]) -> int:
    """The number of `[3]`, `#3`, `No. 3` or `三、`."""
    text = next(group for group in found.groups() if group)
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    high = (_CHINESE_DIGITS.find(tens) + 1 or 1) if ten else 0
    return 10 * high + _CHINESE_DIGITS.find(ones or " ") + 1


def _value(character: str) -> int | None:
    """Of a number in a circle, in brackets or with a point."""
    import unicodedata

    value = unicodedata.numeric(character, None)
    return int(value) if value is not None else None


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[character] for character in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
