"""What a page has by its number: margins, page references, thumb tab, running foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from generator.text import bidi
from generator.writers.workbook.boxes import (
    Bar,
    Bookmark,
    Box,
    Boxes,
    Key,
    Link,
    PageNumber,
    Rules,
    Text,
)
from generator.writers.workbook.frame import Frame
from generator.writers.workbook.questions import Placed


@dataclass(slots=True)
class Draft:
    """A page before its number is known."""

    kind: str
    boxes: Boxes
    """In the frame: its left upper corner is (0, 0)."""
    foot: str
    theme: int = 0
    ground: Boxes = field(default_factory=list)
    """What runs to the edges of the paper, from the page's own corner."""
    base: float = 0.0
    """The baseline below what stands on it, where something else may follow."""
    placed: tuple[Placed, ...] = ()
    """Of a page of questions, which has nothing but them, perhaps its theme's opening, and the
    panel at its end."""

    def begun(self) -> Iterator[Key]:
        """What begins here."""
        if self.placed:
            yield self.theme, 0
            yield from (each.block.key for each in self.placed)
        else:
            yield from (box.key for box in self.boxes if isinstance(box, Bookmark))


@dataclass(frozen=True, slots=True)
class Page:
    label: str
    """The number that is printed on it."""
    kind: str
    boxes: tuple[Box, ...]
    """In the frame: its left upper corner is (0, 0)."""
    left: float
    """The frame's distance from the page's left edge, in points."""
    decoration: tuple[Box, ...]
    """What lies beneath the boxes, from the page's own corner: tints, bands and the thumb tab."""
    foot: tuple[Box, ...]
    """The running foot, from the page's own corner."""
    placed: tuple[Placed, ...]
    fullness: float
    """How far down the frame a page of questions reaches, from 0 to 1."""


WORDS = 7
"""Of a theme in a running foot that stands on fewer than three pages: from the third on, checkers
of accessibility see that it is one, before that they take a long line for text that is left out."""


@dataclass(frozen=True, slots=True)
class References:
    """What pages say of each other."""

    labels: Mapping[Key, str]
    spans: Mapping[Key, str]
    """For a theme's key, such as `5–9`."""
    feet: Mapping[str, int]
    """On how many pages a running foot stands."""
    title: str


def finished(number: int, draft: Draft, frame: Frame, known: References) -> Page:
    """An odd page is bound at its left; where the book runs from right to left, at its right."""
    right_hand = number % 2 == 1
    left = frame.inner if right_hand else frame.outer
    boxes = draft.boxes
    if not draft.placed:  # pages of questions refer to no other
        boxes = [_numbered(box, known, frame) for box in boxes]
    full = max(map(_bottom, boxes)) / frame.height if draft.placed else 0.0
    ground = draft.ground + (_tab(draft.theme, right_hand, frame) if draft.theme else [])
    words = draft.foot.split(" ")
    short = " ".join(words[:WORDS]) + "…"
    running = short if len(words) > WORDS and known.feet[draft.foot] < 3 else draft.foot
    foot = _foot(number, running, left, frame, known.title) if running else []
    at = frame.page_width - left - frame.width if frame.rtl else left
    boxes = directed(boxes, frame, frame.width)
    ground, foot = (directed(each, frame, frame.page_width) for each in (ground, foot))
    return Page(
        str(number), draft.kind, tuple(boxes), at, tuple(ground), tuple(foot), draft.placed,
        min(full, 1.0),
    )  # fmt: skip


def _bottom(box: Box) -> float:
    if isinstance(box, Rules):
        return box.y1 + (box.number - 1) * box.dy
    return box.y if isinstance(box, Text | PageNumber | Bookmark) else box.y + box.height


def _numbered(box: Box, known: References, frame: Frame) -> Box:
    if not isinstance(box, PageNumber):
        return box
    style = replace(frame.style.listing, size=box.size)
    label = known.spans.get(box.key, "") if box.span else ""
    return frame.text(label or known.labels[box.key], style, box.x, box.y, box.color, box.tag, 1.0)


def _tab(theme: int, right_hand: bool, frame: Frame) -> Boxes:
    """At the outer edge, lower for each theme; back at the top when the page is through."""
    style = frame.style
    width, height = style.tab_width, style.tab_height
    first, pitch = style.tab_top, height * style.tab_pitch
    places = max(1, int((frame.page_height - 2 * first) // pitch))
    y = first + (theme - 1) % places * pitch
    x = frame.page_width - width if right_hand else 0.0
    middle = style.tab_number
    middle = frame.page_width - middle if right_hand else middle
    ink, base = frame.palette.on_surface(theme), y + style.tab_base
    return [
        Bar(x, y, width, height, frame.palette.surface(theme)),
        frame.text(str(theme), style.tab, middle, base, ink, anchor=0.5),
    ]


def _foot(number: int, words: str, left: float, frame: Frame, title: str) -> Boxes:
    """The set and the theme at the inner side, the page number at the outer one."""
    style, palette = frame.style.foot, frame.palette
    bold, right_hand = replace(style, weight="semibold"), number % 2 == 1
    base, right = frame.page_height - frame.foot, left + frame.width
    gap = frame.style.foot_gap
    room = frame.width - frame.width_of(str(number), bold) - 2 * gap
    shown = [title, words] if title != words else [title]
    name = frame.shortened(shown[0], style, room * (0.5 if len(shown) > 1 else 1.0))
    texts = [name]
    if len(shown) > 1:
        texts.append(frame.shortened(words, style, room - frame.width_of(name, style) - gap))
    widths = [frame.width_of(text, style) for text in texts]
    x = left if right_hand else right - sum(widths) - gap * (len(texts) - 1)
    outer, anchor = (right, 1.0) if right_hand else (left, 0.0)
    boxes: Boxes = [frame.text(str(number), bold, outer, base, palette.ink, anchor=anchor)]
    for text, width in zip(texts, widths, strict=True):
        boxes.append(frame.text(text, style, x, base, palette.muted))
        x += width + gap
    return boxes


# -- from right to left


def directed(boxes: Iterable[Box], frame: Frame, width: float) -> Boxes:
    """The boxes of an area of this width, as they stand on paper.

    Everything is laid out from left to right first. Here a book from right to left is mirrored, and
    each line of text is cut into the runs that its characters run in.
    """
    if not (frame.rtl or frame.bidirectional):
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
