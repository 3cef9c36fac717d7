"""Pages bound to a plan, with everything that depends on their numbers: margins, page references,
thumb tab and running foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.look.fonts import Fonts
from generator.pdf.canvas import Description
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import (
    Bar,
    Bookmark,
    Box,
    Boxes,
    Key,
    PageNumber,
    Placed,
    Rules,
    Text,
)
from generator.writers.workbook.direction import directed
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import Frame
from generator.writers.workbook.questions import Fit


@dataclass(frozen=True, slots=True)
class Page:
    label: str
    """The number that is printed on it."""
    kind: str
    boxes: tuple[Box, ...]
    """Boxes in the frame, whose top left corner is (0, 0)."""
    left: float
    """The distance from the page's left edge to the frame, in points."""
    decoration: tuple[Box, ...]
    """Tints, bands and the thumb tab, beneath the boxes, from the page's own corner."""
    foot: tuple[Box, ...]
    """The running foot, from the page's own corner."""
    placed: tuple[Placed, ...]
    fullness: float
    """How far down the frame a page of questions reaches, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Plan:
    width: float
    height: float
    top: float
    pages: tuple[Page, ...]
    page_labels: Mapping[Key, str]
    """The labels of pages by (theme, place of the question); (theme, 0) is the opener."""
    fits: tuple[Fit, ...]
    edition: str
    root: Tag
    """The root of the structure tree, whose order is the reading order of the pages."""
    fonts: Fonts
    about: Description
    flip: str
    """The edge on which the printer should flip a sheet, as a hint to viewers."""

    @property
    def numbers(self) -> dict[str, object]:
        """Numbers that other documents print, as fields of their `Context`."""
        return {"workbook_pages": self.page_labels}


WORDS = 7
"""Maximum words of a text in a running foot on fewer than three pages. From the third page on
accessibility checkers recognise it as one; before, they take a long line for text without a tag."""


@dataclass(frozen=True, slots=True)
class _References:
    """Information about other pages, and about all of them."""

    labels: Mapping[Key, str]
    spans: Mapping[Key, str]
    """Ranges of pages by a theme's key, such as `5–9`."""
    feet: Mapping[str, int]
    """The number of pages with a text in the running foot."""
    title: str
    numbered: Callable[[int], str]
    directed: bool
    """True if any text runs from right to left."""


def bound(
    drafts: Sequence[Draft], root: Tag, title: str, about: Description, *,
    fits: Sequence[Fit] = (), edition: str = "print", flip: str = "Long",
    numbered: Callable[[int], str] = str,
) -> Plan:  # fmt: skip
    """Bind pages in their order, and add what depends on it. Running feet show the title, and the
    number of the page as it is `numbered`."""
    labels: dict[Key, str] = {}
    spans: dict[Key, str] = {}
    for number, draft in enumerate(drafts, 1):
        for key in draft.begun():
            labels.setdefault(key, str(number))
        if draft.theme and (first := labels[draft.theme, 0]) != str(number):
            spans[draft.theme, 0] = f"{first}–{number}"
    feet = Counter(text for draft in drafts if draft.foot for text in {title, draft.foot})
    frame = drafts[0].frame
    turned = frame.rtl or frame.fonts.bidirectional
    known = _References(labels, spans, feet, title, numbered, turned)
    pages = tuple(_finished(number, draft, known) for number, draft in enumerate(drafts, 1))
    size = (frame.page_width, frame.page_height, frame.style.top_margin)
    return Plan(*size, pages, labels, tuple(fits), edition, root, frame.fonts, about, flip)


def _finished(number: int, draft: Draft, known: _References) -> Page:
    """Finish a page. An odd page is bound at its left, or at its right if the book runs from right
    to left."""
    frame, right_hand = draft.frame, number % 2 == 1
    left = frame.style.inner_margin if right_hand else frame.style.outer_margin
    boxes = draft.boxes
    if not draft.placed:  # pages of questions refer to no other
        boxes = [_numbered(box, known, frame) for box in boxes]
    full = max(map(_bottom, boxes)) / frame.height if draft.placed else 0.0
    ground = draft.ground + (_tab(draft.theme, right_hand, frame) if draft.theme else [])
    foot = _foot(number, draft, left, known) if draft.foot else []
    at = frame.page_width - left - frame.width if frame.rtl else left
    if known.directed:
        direction = (frame.fonts, frame.rtl)
        boxes = directed(boxes, *direction, frame.width)
        ground, foot = (directed(each, *direction, frame.page_width) for each in (ground, foot))
    return Page(
        str(number), draft.kind, tuple(boxes), at, tuple(ground), tuple(foot), tuple(draft.placed),
        min(full, 1.0),
    )  # fmt: skip


def _bottom(box: Box) -> float:
    if isinstance(box, Rules):
        return box.y1 + (box.number - 1) * box.dy
    return box.y if isinstance(box, Text | PageNumber | Bookmark) else box.y + box.height


def _numbered(box: Box, known: _References, frame: Frame) -> Box:
    if not isinstance(box, PageNumber):
        return box
    style = frame.style.listing._replace(size=box.size)
    label = known.spans.get(box.key, "") if box.span else ""
    return frame.text(label or known.labels[box.key], style, box.x, box.y, box.tag, box.color, 1.0)


def _tab(theme: int, right_hand: bool, frame: Frame) -> Boxes:
    """Return the thumb tab at the outer edge: lower for each theme, and again from the top when the
    page is used up."""
    style, width, height = frame.style, frame.style.tab_width, frame.style.tab_height
    first, pitch = style.tab_top, height * style.tab_pitch
    places = max(1, int((frame.page_height - 2 * first) // pitch))
    y = first + (theme - 1) % places * pitch
    x, middle = 0.0, style.tab_number
    if right_hand:
        x, middle = frame.page_width - width, frame.page_width - middle
    ink, base = frame.palette.on_surface(theme), y + style.tab_base
    return [
        Bar(x, y, width, height, frame.palette.surface(theme)),
        frame.text(str(theme), style.tab, middle, base, color=ink, anchor=0.5),
    ]


def _foot(number: int, draft: Draft, left: float, known: _References) -> Boxes:
    """Return the running foot: the set and the theme at the inner side, the page number at the
    outer side. Sheets with equal margins are not bound, and have the number at the right."""
    frame, style, gap = draft.frame, draft.frame.style.foot, draft.frame.style.foot_gap
    right_hand = number % 2 == 1 or frame.style.inner_margin == frame.style.outer_margin
    bold, label = style._replace(weight="semibold", muted=False), known.numbered(number)
    base, right = frame.page_height - frame.style.foot_base, left + frame.width
    room = frame.width - frame.width_of(label, bold) - 2 * gap
    shown = [known.title] if draft.foot == known.title else [known.title, draft.foot]
    first, *others = (_short(text, known.feet[text]) for text in shown)
    texts = [frame.shortened(first, style, room * (0.5 if others else 1.0))]
    for other in others:
        rest = room - frame.width_of(texts[0], style) - gap
        texts.append(frame.shortened(other, style, rest))
    widths = [frame.width_of(text, style) for text in texts]
    x = left if right_hand else right - sum(widths) - gap * (len(texts) - 1)
    outer, anchor = (right, 1.0) if right_hand else (left, 0.0)
    boxes: Boxes = [frame.text(label, bold, outer, base, anchor=anchor)]
    for text, width in zip(texts, widths, strict=True):
        boxes.append(frame.text(text, style, x, base))
        x += width + gap
    return boxes


def _short(text: str, pages: int) -> str:
    words = text.split(" ")
    return text if pages > 2 or len(words) <= WORDS else " ".join(words[:WORDS]) + "…"
