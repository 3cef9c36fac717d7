"""Breaking a text into lines. Knows widths, not documents: workbook and slides both use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from generator.model import Inline, Span

Measure = Callable[[str, Span], float]
"""Width of a text in the style of a span, in the unit of the line's width."""

# Where a line may end inside a run without spaces: after a dash between letters, after a slash,
# and around ideographs and kana, but not before their closing punctuation (UAX #14, CL and NS).
_IDEOGRAPH = r"\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = r"、。〉》」』】〕〗ー，．：；？！）］｝…’”%,.:;!?)\]}"
_OPENING = r"〈《「『【〔〖（［｛‘“(\[{"
_BREAK = re.compile(
    rf"(?<=[—–/])(?=\w)|(?<=\w-)(?=\w)"
    rf"|(?<=[{_IDEOGRAPH}{_CLOSING}])(?=[{_IDEOGRAPH}{_OPENING}])"
    rf"|(?<=[{_IDEOGRAPH}])(?=[\w{_OPENING}])"
    rf"|(?<=[^\s{_OPENING}])(?=[{_IDEOGRAPH}])"
)
_SPACE = re.compile(r"[ \t\r\n\u2028\u3000]+")  # a no-break space is not among them


def wrap(text: Inline, measure: Measure, width: float) -> list[Inline]:
    """The lines of a text, none wider than `width`; each without the space at its end.

    A word that is wider than the line is broken between characters. The result has at least one
    line, also for an empty text.
    """
    lines: list[list[Span]] = [[]]
    used = 0.0
    for word in _words(text):
        advance = sum(measure(piece.text, piece) for piece in word)
        gap = measure(" ", word[0]) if lines[-1] and word[0].text[:1] == " " else 0.0
        bare = [replace(word[0], text=word[0].text.lstrip(" ")), *word[1:]]
        advance -= measure(" ", word[0]) if word[0].text[:1] == " " else 0.0
        if lines[-1] and used + gap + advance <= width:
            lines[-1] += word
            used += gap + advance
            continue
        if lines[-1]:
            lines.append([])
        for piece in bare if advance <= width else _characters(bare):
            step = measure(piece.text, piece)
            if lines[-1] and advance > width and used + step > width:
                lines.append([])
            used = step if not lines[-1] else used + step
            lines[-1].append(piece)
    return [_joined(line) for line in lines]


def _words(text: Inline) -> list[list[Span]]:
    """Unbreakable pieces; one that follows a space begins with a single space."""
    words: list[list[Span]] = []
    joins = False  # whether the next piece belongs to the word before it
    for span in text:
        rest = _SPACE.sub(" ", span.text)
        for index, part in enumerate(re.split(r"(?= )", rest)):
            if index == 0 and not part:
                continue
            for place, piece in enumerate(_BREAK.split(part)):
                styled = replace(span, text=piece)
                if words and joins and place == 0 and not piece.startswith(" "):
                    words[-1].append(styled)
                elif words and words[-1][-1].text == " ":
                    # A space that ends one span and the word that begins the next.
                    words[-1].append(styled)
                else:
                    words.append([styled])
                joins = True
    while words and all(not piece.text.strip(" ") for piece in words[-1]):
        words.pop()
    return words


def _characters(word: list[Span]) -> list[Span]:
    return [replace(piece, text=character) for piece in word for character in piece.text]


def _joined(line: list[Span]) -> Inline:
    """Neighbours of one style become one span again."""
    joined: list[Span] = []
    for piece in line:
        if joined and replace(joined[-1], text=piece.text) == piece:
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)
