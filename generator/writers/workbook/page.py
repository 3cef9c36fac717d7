"""What a page has by its number: margins, page references, thumb tab, running foot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.look.style import MM
from generator.writers.workbook.boxes import Bar, Bookmark, Box, Boxes, Key, PageNumber
from generator.writers.workbook.direction import directed
from generator.writers.workbook.questions import Block
from generator.writers.workbook.sheet import Sheet


@dataclass(slots=True)
class Draft:
    """A page before its number is known."""

    kind: str
    boxes: Boxes
    """In the frame: its left upper corner is (0, 0)."""
    foot: str
    theme: int = 0
    end: float = 0.0
    """Where it ends in the frame, where anything depends on it."""
    blocks: tuple[Block, ...] = ()
    """Of a page of questions, which has nothing but them and perhaps its theme's opening."""

    def begun(self) -> Iterator[Key]:
        """What begins here."""
        if self.blocks:
            yield self.theme, 0
            yield from (block.key for block in self.blocks)
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
    """Thumb tab, from the page's own corner."""
    foot: tuple[Box, ...]
    """The running foot, from the page's own corner."""
    fullness: float
    """How far down the frame a question page reaches, 0 to 1."""
    blocks: tuple[Block, ...]


WORDS = 7
"""Of a theme in a running foot that stands on fewer than three pages: from the third on, checkers
of accessibility see that it is one, before that they take a long line for text that is left out."""


def finished(
    number: int,
    draft: Draft,
    sheet: Sheet,
    labels: Mapping[Key, str],
    title: str,
    feet: Mapping[str, int],
) -> Page:
    """`feet` says on how many pages a running foot stands.

    An odd page is bound at its left; where the book runs from right to left, at its right.
    """
    right_hand = number % 2 == 1
    left = sheet.inner if right_hand else sheet.outer
    boxes = draft.boxes
    if not draft.blocks:  # pages of questions refer to no other
        boxes = [_numbered(box, labels, sheet) for box in boxes]
    tab = _tab(draft.theme, right_hand, sheet) if draft.theme else []
    words = draft.foot.split(" ")
    short = " ".join(words[:WORDS]) + "…"
    running = short if len(words) > WORDS and feet[draft.foot] < 3 else draft.foot
    foot = _foot(number, running, left, sheet, title) if running else []
    frame, left = sheet.frame_width, sheet.width - left - sheet.frame_width if sheet.rtl else left
    boxes, tab = directed(boxes, sheet, frame), directed(tab, sheet, sheet.width)
    return Page(
        str(number), draft.kind, tuple(boxes), left, tuple(tab),
        tuple(directed(foot, sheet, sheet.width)), draft.end / sheet.frame_height, draft.blocks,
    )  # fmt: skip


def _numbered(box: Box, labels: Mapping[Key, str], sheet: Sheet) -> Box:
    if not isinstance(box, PageNumber):
        return box
    style = replace(sheet.style.listing, size_pt=box.size)
    return sheet.right(labels[box.key], style, box.x, box.y, box.color, box.tag)


def _tab(theme: int, right_hand: bool, sheet: Sheet) -> Boxes:
    """At the outer edge, lower for each theme; back at the top when the page is through."""
    style, text = sheet.style, str(theme)
    width, height = style.tab_width_mm * MM, style.tab_height_mm * MM
    first = style.tab_top_mm * MM
    places = max(1, int((sheet.height - 2 * first) // (height * 1.1)))
    y = first + (theme - 1) % places * height * 1.1
    # The number stands 6 mm from the edge at least: printers do not reach it, hands cover it.
    inset = (width - style.tab_number_mm * MM - sheet.width_of(text, style.tab)) / 2
    x = sheet.width - width if right_hand else 0.0
    at = x + inset if right_hand else x + style.tab_number_mm * MM + inset
    base = y + height / 2 + style.tab.size_pt * 0.34
    return [
        Bar(x, y, width, height, sheet.palette.accent(theme)),
        sheet.text(text, style.tab, at, base, sheet.palette.paper),
    ]


def _foot(number: int, words: str, left: float, sheet: Sheet, title: str) -> Boxes:
    """The set over the theme at the inner side, the page number at the outer one."""
    style, palette = sheet.style.foot, sheet.palette
    bold = replace(style, weight="semibold")
    below = sheet.height - sheet.foot
    above, right = below - style.leading_pt, left + sheet.frame_width
    room = sheet.frame_width - sheet.width_of(str(number), bold) - 6 * MM
    name, theme = (sheet.shortened(text, style, room) for text in (title, words))
    put = sheet.text if number % 2 == 1 else sheet.right
    inner, outer = (left, right) if number % 2 == 1 else (right, left)
    across = sheet.right if number % 2 == 1 else sheet.text
    return [
        put(name, style, inner, above, palette.muted),
        across(str(number), bold, outer, above, palette.ink),
        put(theme, style, inner, below, palette.muted),
    ]
