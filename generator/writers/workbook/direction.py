"""A page's boxes as they stand on paper: books from right to left mirrored, and texts cut into the
runs that their characters run in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.text import bidi
from generator.writers.workbook.boxes import Bookmark, Box, Boxes, Link, PageNumber, Rules, Text
from generator.writers.workbook.frame import Frame


def directed(boxes: Iterable[Box], frame: Frame, width: float) -> Boxes:
    """The boxes of an area of this width, as they stand on paper.

    Everything is laid out from left to right first. Here a book from right to left is mirrored, and
    each line of text is cut into the runs that its characters run in.
    """
    if not (frame.rtl or frame.fonts.bidirectional):
        return list(boxes)
    return [made for line in _lines(boxes, frame) for made in _directed(line, frame, width)]


def _lines(boxes: Iterable[Box], frame: Frame) -> Iterator[list[Box]]:
    """The texts that follow each other on a line, each with its link or its underline behind it;
    every other box alone."""
    line: list[Box] = []
    end = (0.0, 0.0)
    """Where the last text ends, and its baseline."""
    last = 0.0
    """Where it begins."""
    for box in boxes:
        if isinstance(box, Text):
            if line and (round(box.x, 2), box.y) != end:
                yield line
                line = []
            last, end = box.x, (round(box.x + _advance(box, box.text, frame), 2), box.y)
            line.append(box)
            continue
        link = isinstance(box, Link) and box.uri and box.x == last
        underline = False
        if isinstance(box, Rules):  # the hairline of a list goes on behind its heading
            underline = box.number == 1 and box.x0 == last and round(box.x1, 2) <= end[0]
        if line and (link or underline):
            line.append(box)
            continue
        if line:
            yield line
        yield [box]
        line = []
    if line:
        yield line


def _directed(line: list[Box], frame: Frame, width: float) -> Iterator[Box]:
    box = line[0]
    if isinstance(box, Text):
        yield from _runs(line, frame, width)
    elif not frame.rtl or isinstance(box, Bookmark | PageNumber):
        yield box
    elif isinstance(box, Rules):
        yield box._replace(x0=width - box.x0, x1=width - box.x1, dx=-box.dx)
    else:
        yield box._replace(x=width - box.x - box.width)


def _advance(box: Text, text: str, frame: Frame) -> float:
    return frame.fonts.face(box.face).width(text, box.size) + box.spacing * len(text)


def _parts(text: str, rtl: bool) -> list[bidi.Run]:
    """The runs of a text. One without letters from the right is ordered as it would be alone."""
    if not rtl or bidi.is_bidirectional(text):
        return bidi.runs(text, rtl)
    words = text.rstrip()
    inner = [bidi.Run(run.text, run.level + 2) for run in bidi.runs(words, False)]
    return inner + ([bidi.Run(text[len(words) :], 1)] if words != text else [])


def _runs(line: list[Box], frame: Frame, width: float) -> Iterator[Box]:
    """In the order in which they are read, each where it stands; a run ends with its box."""
    texts = [box for box in line if isinstance(box, Text)]
    owners = [box for box in texts for _ in box.text]
    pieces: list[tuple[Text, bidi.Run]] = []
    for run in _parts("".join(box.text for box in texts), frame.rtl):
        characters = zip(owners, run.text, strict=False)
        for _, group in groupby(characters, key=lambda pair: id(pair[0])):
            same = list(group)
            text = "".join(character for _, character in same)
            pieces.append((same[0][0], bidi.Run(text, run.level)))
        del owners[: len(run.text)]
    order = bidi.from_left([run for _, run in pieces])
    places: dict[int, tuple[float, float]] = {}
    at = texts[0].x
    for place in reversed(order) if frame.rtl else order:
        owner, run = pieces[place]
        advance = _advance(owner, run.text, frame)
        places[place] = (width - at - advance if frame.rtl else at, advance)
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
