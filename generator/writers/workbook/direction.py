"""Books that run from right to left, and words in other books that do.

Everything is laid out from left to right first. Here the page is mirrored, where its language wants
that, and each text is cut into the runs that its letters run in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.text import bidi
from generator.writers.workbook.boxes import Bookmark, Box, Boxes, PageNumber, Rules, Text
from generator.writers.workbook.sheet import Sheet


def directed(boxes: Iterable[Box], sheet: Sheet, width: float) -> Boxes:
    """The boxes of an area of this width, as they stand on paper."""
    if not (sheet.rtl or sheet.bidirectional):
        return list(boxes)
    return [made for box in boxes for made in _directed(box, sheet, width)]


def _directed(box: Box, sheet: Sheet, width: float) -> Iterator[Box]:
    if isinstance(box, Text):
        yield from _runs(box, sheet, width)
    elif not sheet.rtl or isinstance(box, Bookmark | PageNumber):
        yield box
    elif isinstance(box, Rules):
        yield box._replace(x0=width - box.x0, x1=width - box.x1, dx=-box.dx)
    else:
        yield box._replace(x=width - box.x - box.width)


def _parts(text: str, rtl: bool) -> list[bidi.Run]:
    """The runs of a text. One without letters from the right is ordered as it would be alone."""
    if not rtl or bidi.is_bidirectional(text):
        return bidi.runs(text, rtl)
    words = text.rstrip()
    inner = [bidi.Run(run.text, run.level + 2) for run in bidi.runs(words, False)]
    return inner + ([bidi.Run(text[len(words) :], 1)] if words != text else [])


def _runs(box: Text, sheet: Sheet, width: float) -> Iterator[Text]:
    """In the order in which they are read, each where it stands."""
    runs = _parts(box.text, sheet.rtl)
    face = sheet.fonts.face(box.face)
    order = bidi.from_left(runs)
    places: dict[int, float] = {}
    at = box.x
    for place in reversed(order) if sheet.rtl else order:
        text = runs[place].text
        advance = face.width(text, box.size) + box.spacing * len(text)
        places[place] = width - at - advance if sheet.rtl else at
        at += advance
    for place, run in enumerate(runs):
        yield box._replace(x=places[place], text=run.text, rtl=run.rtl)
