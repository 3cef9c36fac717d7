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
        spaced = word[0].text == " "
        bare = word[1:] if spaced else word
        gap = measure(" ", word[0]) if spaced else 0.0
        advance = sum(measure(piece.text, piece) for piece in bare)
        if lines[-1] and used + gap + advance <= width:
            lines[-1] += word
            used += gap + advance
            continue
        if lines[-1]:
            lines.append([])
        used = 0.0
        for piece in bare if advance <= width else _characters(bare):
            step = measure(piece.text, piece)
            if lines[-1] and advance > width and used + step > width:
                lines.append([])
                used = 0.0
            lines[-1].append(piece)
            used += step
    return [_joined(line) for line in lines]


def _words(text: Inline) -> list[list[Span]]:
    """Unbreakable words, each as pieces of one style; the first piece is a space if one precedes.

    Spaces that follow each other are one, also across spans; none remains at the end of the text.
    """
    words: list[list[Span]] = []
    space: Span | None = None
    for span in text:
        for part in re.split("( )", _SPACE.sub(" ", span.text)):
            if part == " ":
                space = space or replace(span, text=part)
                continue
            for place, piece in enumerate(filter(None, _BREAK.split(part))):
                styled = replace(span, text=piece)
                if space or place or not words:
                    words.append([space, styled] if space else [styled])
                    space = None
                else:
                    words[-1].append(styled)
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
