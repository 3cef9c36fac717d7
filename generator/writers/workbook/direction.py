"""Right-to-left text: mirrors the pages of books from right to left, and cuts texts into runs of
one direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.look.fonts import Fonts
from generator.text import bidi
from generator.writers.workbook.boxes import Bookmark, Box, Boxes, Link, PageNumber, Rules, Text


def directed(boxes: Iterable[Box], fonts: Fonts, rtl: bool, width: float) -> Boxes:
    """Return the boxes of an area of this width as they stand on paper.

    Everything is laid out from left to right first. Here a book from right to left is mirrored, and
    each line of text is cut into runs of one direction. If all text runs from left to right, the
    boxes stay as they are.
    """
    made: Boxes = []
    for line in _lines(boxes, fonts):
        box = line[0]
        if isinstance(box, Text):
            made += _runs(line, fonts, rtl, width)
        elif not rtl or isinstance(box, Bookmark | PageNumber):
            made.append(box)
        elif isinstance(box, Rules):
            made.append(box._replace(x0=width - box.x0, x1=width - box.x1, dx=-box.dx))
        else:
            made.append(box._replace(x=width - box.x - box.width))
    return made


def _lines(boxes: Iterable[Box], fonts: Fonts) -> Iterator[list[Box]]:
    """Yield the consecutive texts of each line, each with its link or underline behind it, and
    every other box alone."""
    line: list[Box] = []
    end = (0.0, 0.0)
    """The end of the last text, and its baseline."""
    last = 0.0
    """The start of the last text."""
    for box in boxes:
        if isinstance(box, Text):
            goes_on = (round(box.x, 2), box.y) == end
            last, end = box.x, (round(box.x + _advance(box, box.text, fonts), 2), box.y)
        elif isinstance(box, Rules):  # the hairline of a list goes on behind its heading
            goes_on = box.number == 1 and box.x0 == last and round(box.x1, 2) <= end[0]
        else:
            goes_on = isinstance(box, Link) and bool(box.uri) and box.x == last
        if line and not goes_on:
            yield line
            line = []
        if line or isinstance(box, Text):
            line.append(box)
        else:
            yield [box]
    if line:
        yield line


def _advance(box: Text, text: str, fonts: Fonts) -> float:
    return fonts.face(box.face).width(text, box.size) + box.spacing * len(text)


def _parts(text: str, rtl: bool) -> list[bidi.Run]:
    """Return the runs of a text. One without right-to-left letters keeps the order that it has
    alone."""
    if not rtl or bidi.is_bidirectional(text):
        return bidi.runs(text, rtl)
    words = text.rstrip()
    inner = [bidi.Run(run.text, run.level + 2) for run in bidi.runs(words, False)]
    return inner + ([bidi.Run(text[len(words) :], 1)] if words != text else [])


def _runs(line: list[Box], fonts: Fonts, rtl: bool, width: float) -> Iterator[Box]:
    """Yield the runs of a line in reading order, each in its place; a run ends with its box."""
    texts = [box for box in line if isinstance(box, Text)]
    owners = [box for box in texts for _ in box.text]
    pieces: list[tuple[Text, bidi.Run]] = []
    for run in _parts("".join(box.text for box in texts), rtl):
        characters = zip(owners, run.text, strict=False)
        for _, group in groupby(characters, key=lambda pair: id(pair[0])):
            same = list(group)
            text = "".join(character for _, character in same)
            pieces.append((same[0][0], bidi.Run(text, run.level)))
        del owners[: len(run.text)]
    order = bidi.from_left([run for _, run in pieces])
    places: dict[int, tuple[float, float]] = {}
    at = texts[0].x
    for place in reversed(order) if rtl else order:
        owner, run = pieces[place]
        advance = _advance(owner, run.text, fonts)
        places[place] = (width - at - advance if rtl else at, advance)
        at += advance
    for box in line:
        if isinstance(box, Text):
            own = [place for place, (each, _) in enumerate(pieces) if each is box]
            for place in own:
                run = pieces[place][1]
                yield box._replace(x=places[place][0], text=run.text, rtl=run.rtl)
            left = min((places[place][0] for place in own), default=0.0)
            right = max((sum(places[place]) for place in own), default=0.0)
        elif isinstance(box, Rules):
            yield box._replace(x0=left, x1=right)
        elif isinstance(box, Link):
            yield box._replace(x=left, width=right - left)
