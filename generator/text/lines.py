"""Breaking a text into lines: the one line breaker of all documents.

It does not know where widths come from: the workbook measures with HarfBuzz, the slides with a
table of widths. Nor does it know their unit: the width of a line is in the unit of the words, such
as ems.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from operator import add, sub

from generator.model import Inline, Span

Measure = Callable[[Span], Callable[[str], float]]
"""For a span, a function that returns the width of a word or of a space in its style."""

Piece = tuple[str, Span]
"""A part of a span's text, with the span that it belongs to."""

Word = Sequence[Piece]
"""Pieces between which no line may end; the first is a space if one precedes the word."""

ROUNDING = 1e-6
"""Tolerance for sums of widths."""

ELLIPSIS = "…"

# Where a line may end inside a run without spaces: after a dash between letters, after a slash,
# and around ideographs and kana, but not before their closing punctuation (UAX #14, CL and NS).
_IDEOGRAPH = r"\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = r"、。〉》」』】〕〗ー，．：；？！）］｝…’”%,.:;!?)\]}"
_OPENING = r"〈《「『【〔〖（［｛‘“(\[{"
_WESTERN = r"(?<=[—–/])(?=\w)|(?<=\w-)(?=\w)"
_BREAK = re.compile(_WESTERN)


@cache
def _eastern() -> re.Pattern[str]:
    """Return a pattern that is only compiled if a text needs it, as classes this wide take 40
    ms."""
    return re.compile(
        rf"{_WESTERN}|(?<=[{_IDEOGRAPH}{_CLOSING}])(?=[{_IDEOGRAPH}{_OPENING}])"
        rf"|(?<=[{_IDEOGRAPH}])(?=[\w{_OPENING}])"
        rf"|(?<=[^\s{_OPENING}])(?=[{_IDEOGRAPH}])"
    )


_NOT_SIMPLE = re.compile(
    "[^\x00-,.0-\x9f\xa1-\u167f\u1681-\u1fff\u2010-\u2012\u2015-\u2027\u2030-\u205e]"
)
"""Characters at which breaking is not a matter of spaces alone: dashes, the slash, other spaces,
other scripts. The simple ones are listed, as Python compiles that faster."""
_SPACE = re.compile(r"[ \t\r\n\u2028\u3000]+")  # a no-break space is not among them
_DASH = re.compile("[-–—]+")
_ENDS_BADLY = re.compile(r"[\s,;:–—-]+$")
"""Characters that an ellipsis may not follow."""


class Measured:
    """A text whose words were measured once, as if they stood on one endless line.

    `_ends` are prefix sums: the words from `first` up to `last` take `_ends[last - 1] -
    _starts[first]`, so that each line is found by one binary search, whatever its width.
    """

    __slots__ = ("_ends", "_forced", "_measure", "_simple", "_starts", "_words", "text", "widest")

    def __init__(self, text: Inline, measure: Measure, forced: Sequence[int] = ()) -> None:
        """Measure a text. A line ends before each of the words in `forced`."""
        self.text, self._measure, self._forced = text, measure, forced
        self._words: Sequence[Word] = ()
        self._simple = _simple_words(text)
        """The words of a text in one style, which need no pieces and are faster to join."""
        if self._simple:
            width = measure(text[0])
            gaps = [0.0, *[width(" ")] * (len(self._simple) - 1)]
            self._sum(gaps, [*map(width, self._simple)])
        else:
            self._take(_words(text))

    def _take(self, words: Sequence[Word]) -> None:
        widths = {id(span): self._measure(span) for word in words for _, span in word}
        measured = [[widths[id(span)](text) for text, span in word] for word in words]
        spaced = [word[0][0] == " " for word in words]
        gaps = [each[0] if space else 0.0 for each, space in zip(measured, spaced, strict=True)]
        self._words = words
        self._sum(gaps, [sum(each[space:]) for each, space in zip(measured, spaced, strict=True)])

    def _sum(self, gaps: Sequence[float], advances: Sequence[float]) -> None:
        self._ends: list[float] = list(accumulate(map(add, gaps, advances)))
        self._starts: list[float] = list(map(sub, self._ends, advances))
        self.widest = max(advances, default=0.0)

    # -- what can be asked

    @property
    def width(self) -> float:
        """The width of the whole text on one line."""
        return self._ends[-1] - self._starts[0] if self._ends else 0.0

    def count(self, width: float) -> int:
        """Return the smallest number of lines that hold the text, at least one."""
        return max(1, len(self._narrow(width)._breaks(width)) - 1)

    def lines(self, width: float, spaced: bool = False) -> list[Inline]:
        """Return the lines of the text, none wider than `width`; an empty text has one empty line.

        A word that is wider than the line is broken between characters. No word stands alone on the
        last line if the line before can spare one. With `spaced`, a line that was broken at a space
        ends in that space, so that copied and spoken text keeps words apart.
        """
        text = self._narrow(width)
        breaks = text._breaks(width)
        if text._leaves_a_runt(breaks, width):
            breaks[-2] -= 1
        return [text._part(*ends, spaced) for ends in pairwise(breaks)] or [()]

    def balanced(self, width: float, most: int = 3, spaced: bool = False) -> list[Inline]:
        """Return as many lines of about equal length, or the usual lines if there are more than
        `most`.

        The narrowest width that needs no further line is found by bisection, as in `text-wrap:
        balance` of CSS.
        """
        count = self.count(width)
        if not 1 < count <= most or self.widest > width:
            return self.lines(width, spaced)
        low, high = max(self.widest, self.width / count), width
        for _ in range(8):
            middle = (low + high) / 2
            low, high = (low, middle) if self.count(middle) <= count else (middle, high)
        return self.lines(high, spaced)

    def parts(self, width: float, step: int) -> list[Inline]:
        """Return the text in parts of `step` lines each."""
        text = self._narrow(width)
        breaks = text._breaks(width)
        firsts = [*breaks[:-1:step], breaks[-1]]
        return [text._part(*ends) for ends in pairwise(firsts)] or [()]

    def begun(self, count: int, width: float) -> Inline:
        """Return the text, or as much of it as `count` lines hold with an ellipsis.

        The ellipsis is part of the last word, so that it never stands on a line of its own.
        """
        text = self._narrow(width)
        breaks = text._breaks(width)
        if len(breaks) - 1 <= count:
            return self.text
        begun = self._ended(text, breaks[count - 1], breaks[count], width)
        # The ellipsis may part what it follows: around it, lines end where they did not before.
        while Measured(begun, self._measure).count(width) > count:
            begun = _ended(_without_last(begun))
        return begun

    def _ended(self, text: Measured, first: int, last: int, width: float) -> Inline:
        """Return the words up to the line from `first` to `last`, shortened to leave room for an
        ellipsis."""
        room = width - max(self._measure(span)(ELLIPSIS) for span in self.text)
        while last > first + 1 and text._ends[last - 1] - text._starts[first] > room:
            last -= 1
        if text._ends[last - 1] - text._starts[first] <= room:
            return _ended(text._part(0, last))
        line = text._part(first, last)
        start = text._part(0, first, True) if first else ()
        return _ended((*start, *Measured(line, self._measure).parts(max(room, 0.0), 1)[0]))

    # -- how it is found

    def _breaks(self, width: float) -> list[int]:
        """Return the indexes of the first words of the lines, and the number of words."""
        ends, starts, limit = self._ends, self._starts, width + ROUNDING
        breaks = [0]
        while (first := breaks[-1]) < len(ends):
            last = max(bisect_right(ends, starts[first] + limit, first), first + 1)
            if self._forced:
                at = bisect_right(self._forced, first)
                last = min([last, *self._forced[at : at + 1]])
            breaks.append(last)
        return breaks

    def _leaves_a_runt(self, breaks: Sequence[int], width: float) -> bool:
        """Return True if a word stands alone on the last line, and the line before can spare
        one."""
        if len(breaks) < 3 or breaks[-1] - breaks[-2] != 1 or breaks[-2] - breaks[-3] < 3:
            return False
        together = self._ends[-1] - self._starts[breaks[-2] - 1]
        return together <= width + ROUNDING

    def _narrow(self, width: float) -> Measured:
        """Return the same text with words that are wider than a line divided into characters."""
        if self.widest <= width + ROUNDING:
            return self
        made: list[Word] = []
        forced: list[int] = []
        words = self._words or [
            ((" ", self.text[0]), (each, self.text[0])) for each in self._simple
        ]
        for index, word in enumerate(words):
            if self._ends[index] - self._starts[index] <= width + ROUNDING:
                made.append(word)
                continue
            forced += [len(made)] if made else []
            spaced = word[0][0] == " "
            start, *others = _characters(word[1:] if spaced else word)
            made += [[word[0], *start] if spaced else start, *others]
        narrow = Measured((), self._measure, forced)
        narrow._take(made)
        return narrow

    def _part(self, first: int, last: int, spaced: bool = False) -> Inline:
        """Return the words from `first` up to `last`, and the space after them if `spaced`."""
        goes_on = spaced and last < len(self._ends)
        if self._simple:
            text = " ".join(self._simple[first:last]) + (" " if goes_on else "")
            span = self.text[0]
            return (Span(text, span.emphasis, span.strong, span.code, span.href),)
        end = " " if goes_on and self._words[last][0][0] == " " else ""
        return _joined(self._words[first:last], end)


def _simple_words(text: Inline) -> list[str]:
    """Return the words of a text in one style that is broken at spaces alone, as most are;
    otherwise none."""
    if len(text) != 1:
        return []
    value = text[0].text
    quick = value.isascii() and "-" not in value and "/" not in value
    return [] if not quick and _NOT_SIMPLE.search(value) else value.split()


def _words(text: Inline) -> list[Word]:
    """Return the unbreakable words of a text.

    Consecutive spaces are one, also across spans; none remains at the end of the text.
    """
    made: list[list[Piece]] = []
    space: Piece | None = None
    for span in text:
        for index, part in enumerate(_SPACE.split(span.text)):
            if index and space is None:
                space = (" ", span)
            pattern = _eastern() if part and max(part) >= "\u2e80" else _BREAK
            if space and made and _DASH.fullmatch(part):  # a spaced dash begins no line
                made[-1] += [space, (part, span)]
                space = None
                continue
            for place, piece in enumerate(filter(None, pattern.split(part))):
                if space or place or not made:
                    made.append([space, (piece, span)] if space else [(piece, span)])
                    space = None
                else:
                    made[-1].append((piece, span))
    return [*made]


def _characters(word: Word) -> Iterator[list[Piece]]:
    """Yield the characters of a word. Marks and joiners stay with the letter before them, and a
    space with the dash after it."""
    cluster: list[Piece] = []
    for text, span in word:
        for character in text:
            joins = unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf")
            if cluster and joins and cluster[-1][1] is span:
                cluster[-1] = (cluster[-1][0] + character, span)
                continue
            if cluster and cluster != [(" ", cluster[0][1])]:
                yield cluster
                cluster = []
            cluster.append((character, span))
    yield cluster


def _joined(words: Sequence[Word], end: str) -> Inline:
    """Return the words without the space before them, with the pieces of one span joined."""
    pieces = [piece for word in words for piece in word]
    runs: list[tuple[Span, list[str]]] = []
    for text, span in pieces[1:] if pieces and pieces[0][0] == " " else pieces:
        if runs and runs[-1][0] is span:
            runs[-1][1].append(text)
        else:
            runs.append((span, [text]))
    if runs:
        runs[-1][1].append(end)
    return tuple(replace(span, text="".join(texts)) for span, texts in runs)


def _without_last(text: Inline) -> Inline:
    """Return a text that ends in an ellipsis, without that and the character before it."""
    *others, last = text
    kept = last.text.removesuffix(ELLIPSIS)[:-1]
    return (*others, replace(last, text=kept)) if kept or not others else tuple(others)


def _ended(text: Inline) -> Inline:
    *others, last = text
    return (*others, replace(last, text=_ENDS_BADLY.sub("", last.text) + ELLIPSIS))
