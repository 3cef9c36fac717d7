"""Breaking a text into lines. Knows widths, not documents: workbook and slides both use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from generator.model import Inline, Span

Measure = Callable[[str, Span], float]
"""Width of a text in the style of a span, in the unit of the line's width."""

# Where a line may end inside a run without spaces: after a dash between letters, after a slash,
# and around ideographs and kana, but not before their closing punctuation (UAX #14, CL and NS).
_IDEOGRAPH = r"\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = r"、。〉》」』】〕〗ー，．：；？！）］｝…’”%,.:;!?)\]}"
_OPENING = r"〈《「『【〔〖（［｛‘“(\[{"
_WESTERN = r"(?<=[—–/])(?=\w)|(?<=\w-)(?=\w)"
_BREAK = re.compile(_WESTERN)


@cache
def _eastern() -> re.Pattern[str]:
    """Compiled when a text needs it: such wide classes take 40 ms."""
    return re.compile(
        rf"{_WESTERN}|(?<=[{_IDEOGRAPH}{_CLOSING}])(?=[{_IDEOGRAPH}{_OPENING}])"
        rf"|(?<=[{_IDEOGRAPH}])(?=[\w{_OPENING}])"
        rf"|(?<=[^\s{_OPENING}])(?=[{_IDEOGRAPH}])"
    )


_NOT_SIMPLE = re.compile("[-–—/\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\U0010ffff]")
"""Where words may be broken inside, spaces that are not alike, what is beyond western scripts."""
_SPACE = re.compile(r"[ \t\r\n\u2028\u3000]+")  # a no-break space is not among them


Piece = tuple[str, Span]
"""A part of a span's text, with the span that it is of."""

Word = list[Piece]
"""Pieces that a line may not end between; the first is a space if one precedes."""


def wrap(text: Inline, measure: Measure, width: float) -> list[Inline]:
    """The lines of a text, none wider than `width`; each without the space at its end.

    A word that is wider than the line is broken between characters. No word is left alone on the
    last line. The result has at least one line, also for an empty text.
    """
    if simple := simple_words(text):
        span = text[0]
        advances = [measure(word, span) for word in simple]
        if filled := fill(span, simple, advances, measure(" ", span), width):
            return filled
    lines: list[list[Word]] = [[]]
    used = 0.0
    for word in words(text):
        spaced = word[0][0] == " "
        bare = word[1:] if spaced else word
        gap = measure(*word[0]) if spaced else 0.0
        advance = sum(measure(*piece) for piece in bare)
        if lines[-1] and used + gap + advance <= width:
            lines[-1].append(word)
            used += gap + advance
            continue
        if lines[-1]:
            lines.append([])
        used = 0.0
        for part in [word] if advance <= width else _characters(bare):
            step = advance if part is word else measure(*part[0])
            if lines[-1] and used + step > width:
                lines.append([])
                used = 0.0
            lines[-1].append(part)
            used += step
    if _is_runt(lines):
        together = [*lines[-2][-1], *lines[-1][0]]
        if sum(measure(*piece) for piece in together) <= width:
            lines[-1].insert(0, lines[-2].pop())
    return [_joined(line) for line in lines]


def _is_runt(lines: Sequence[Sequence[object]]) -> bool:
    """Whether a text ends in a word alone on its line, and the line above has some to spare."""
    return len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 2


@cache
def _joined_ends() -> re.Pattern[str]:
    wide = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
    return re.compile(rf"[{wide}][{wide}‘“’”…—]|[‘“’”…—][{wide}]")


def between(line: Inline, following: Inline) -> str:
    """What was taken away where a line ends: a space, but nothing between ideographs."""
    ends = line[-1].text[-1:] + following[0].text[:1] if line and following else ""
    return "" if not ends.isascii() and _joined_ends().fullmatch(ends) else " "


def simple_words(text: Inline) -> list[str]:
    """The words of what most texts are: one style, broken at spaces alone. Else none."""
    if len(text) != 1:
        return []
    value = text[0].text
    quick = value.isascii() and "-" not in value and "/" not in value
    return [] if not quick and _NOT_SIMPLE.search(value) else value.split()


def fill(
    span: Span, words: Sequence[str], advances: Sequence[float], gap: float, width: float
) -> list[Inline]:
    """The lines of simple words; none where one is wider than a line."""
    lines: list[list[str]] = []
    free = -1.0
    for word, advance in zip(words, advances, strict=True):
        if gap + advance <= free:
            lines[-1].append(word)
            free -= gap + advance
        elif advance > width:
            return []
        else:
            lines.append([word])
            free = width - advance
    if _is_runt(lines) and advances[-2] + gap + advances[-1] <= width:
        lines[-1].insert(0, lines[-2].pop())
    style = (span.emphasis, span.strong, span.code, span.href)
    return [(Span(" ".join(line), *style),) for line in lines]


def words(text: Inline) -> list[Word]:
    """Unbreakable words.

    Spaces that follow each other are one, also across spans; none remains at the end of the text.
    """
    made: list[Word] = []
    space: Piece | None = None
    for span in text:
        for index, part in enumerate(_SPACE.split(span.text)):
            if index and space is None:
                space = (" ", span)
            pattern = _eastern() if part and max(part) >= "\u2e80" else _BREAK
            for place, piece in enumerate(filter(None, pattern.split(part))):
                if space or place or not made:
                    made.append([space, (piece, span)] if space else [(piece, span)])
                    space = None
                else:
                    made[-1].append((piece, span))
    return made


def _characters(word: Word) -> list[Word]:
    return [[(character, span)] for text, span in word for character in text]


def _joined(line: list[Word]) -> Inline:
    """The words without the space before them, the pieces of one span as one span again."""
    pieces = [piece for word in line for piece in word]
    runs: list[tuple[Span, list[str]]] = []
    for text, span in pieces[1:] if pieces and pieces[0][0] == " " else pieces:
        if runs and runs[-1][0] is span:
            runs[-1][1].append(text)
        else:
            runs.append((span, [text]))
    return tuple(replace(span, text="".join(texts)) for span, texts in runs)
