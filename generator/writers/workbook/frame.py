"""The frame of one paper size: its measures in points, the grid of its rules, and texts as lines.

Frames are alike on all pages; only their position is mirrored. `x` runs from the frame's left, `y`
from its top downwards. Texts are placed by their baselines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.look.fonts import Fonts
from generator.look.style import MM, PAPERS_MM, Logo, Palette
from generator.look.workbook import TextStyle, WorkbookStyle
from generator.model import FollowUp, Inline, Note, Span, plain
from generator.pdf.structure import Tag, numbered_list
from generator.strings import Strings
from generator.text.bidi import right_to_left
from generator.text.lines import Measured
from generator.writers.workbook.boxes import Line, Text

EQUAL = 0.01
"""Tolerance in points, as sums of floats differ between versions of Python."""
A4 = PAPERS_MM["a4"]


@dataclass(frozen=True, slots=True)
class Frame:
    style: WorkbookStyle
    palette: Palette
    fonts: Fonts
    words: Strings
    """The words of the book apart from the set's own text."""
    page_width: float
    page_height: float
    lang: str = "en"
    column: float = 0.0
    """The left edge of questions and their rules, to the right of the numbers."""
    fillable: bool = False
    """True if answers are typed: fields are panels without rules, which typed lines would cross."""
    heading: str = "H2"
    """The tag of a page's title; H1 in a book without a cover, whose title would be that."""
    logo: Logo | None = None

    @property
    def subheading(self) -> str:
        """The tag one level below a page's title."""
        return f"H{int(self.heading[1]) + 1}"

    @property
    def rtl(self) -> bool:
        """True if the book runs from right to left. It is laid out as others are, and mirrored
        last."""
        return right_to_left(self.lang)

    @property
    def width(self) -> float:
        return self.page_width - self.style.inner_margin - self.style.outer_margin

    @property
    def height(self) -> float:
        return self.page_height - self.style.top_margin - self.style.bottom_margin

    @property
    def measure(self) -> float:
        """The width of running text."""
        return min(self.width, self.style.measure)

    @property
    def scale(self) -> float:
        """The scale of display sizes relative to A4; reading sizes are never scaled."""
        return min(1.0, self.page_width / (A4[0] * MM))

    def at(self, y: float) -> float:
        """Return the `y` of a height that the style sheet gives from the top of an A4 page."""
        return y * self.page_height / (A4[1] * MM) - self.style.top_margin

    def display(self, style: TextStyle, size: float = 0.0) -> TextStyle:
        """Return a display style for this paper, in another size if one is given, and never smaller
        than a list."""
        shown = max((size or style.size) * self.scale, self.style.listing.size)
        factor = shown / style.size
        return style._replace(size=style.size * factor, leading=style.leading * factor)

    # -- the grid

    @property
    def gap(self) -> float:
        """The distance from one rule to the next, which is one place of the grid."""
        return self.style.rule_gap

    @property
    def last_place(self) -> int:
        """The last place of the grid, at the frame's foot; the first one at the top is 0."""
        return int((self.height + EQUAL) // self.gap)

    def place(self, index: int) -> float:
        """Return the `y` of a place."""
        return self.height - (self.last_place - index) * self.gap

    def first_place(self, y: float) -> int:
        """Return the first place that is not above `y`."""
        return max(0, math.ceil((y - self.place(0) - EQUAL) / self.gap))

    # -- widths

    def face_of(self, text: str, style: TextStyle) -> str:
        plain_name = f"{style.family}-{style.weight}"
        return self.fonts.name_of(Span(text), style) if style.italic else plain_name

    def width_of(self, text: str, style: TextStyle) -> float:
        return self.fonts.face(self.face_of(text, style)).width(text, style.size)

    def size_of(self, span: Span, size: float) -> float:
        return size * self.style.mono if span.code else size

    def measured(self, text: Inline, style: TextStyle) -> Measured:
        """Return a text measured in ems of the style's size."""
        return Measured(text, lambda span: self._advance(span, style))

    def _advance(self, span: Span, style: TextStyle) -> Callable[[str], float]:
        words, size = self.fonts.face(self.fonts.name_of(span, style)).words, self.size_of(span, 1)
        return lambda word: words[word].width * size

    def middle(self, y: float, style: TextStyle, lines: int = 1) -> float:
        """Return the first baseline of lines that are centred vertically on `y`."""
        return y - (lines - 1) * style.leading / 2 + style.size * self.style.middle

    def middle_of(self, base: float) -> float:
        """Return the `y` that a line of a list with this baseline is centred on."""
        return base - self.style.listing.size * self.style.middle

    @property
    def tick_room(self) -> float:
        """The distance from the left side of a box to tick to its text."""
        return self.style.tick * self.style.tick_gap

    def bearing(self, line: Inline, style: TextStyle) -> float:
        """Return the distance by which a large character is moved to look aligned with the margin,
        as small ones do."""
        if self.rtl or style.size < self.style.optical_from or not line or not line[0].text:
            return 0.0
        face = self.fonts.face(self.fonts.name_of(line[0], style))
        return face.bearings(line[0].text[0])[0] * style.size

    def overhang(self, text: str, style: TextStyle) -> float:
        """Return how far a large text that ends at the margin is moved over it, so that its ink
        ends there.

        In a book from right to left, which is mirrored, the side of the first character counts.
        """
        face = self.fonts.face(self.fonts.name_of(Span(text), style))
        left, right = face.bearings(text[0] if self.rtl else text[-1])
        return (left if self.rtl else right) * style.size

    def color_of(self, style: TextStyle) -> str:
        return self.palette.muted if style.muted else self.palette.ink

    def text(
        self, text: str, style: TextStyle, x: float, base: float, tag: Tag | None = None,
        color: str = "", anchor: float = 0.0,
    ) -> Text:  # fmt: skip
        """Return a short text on a baseline; `x` is its left end, middle (0.5) or right end (1)."""
        x -= anchor * self.width_of(text, style) if anchor else 0.0
        face = self.face_of(text, style)
        return Text(x, base, text, face, style.size, color or self.color_of(style), tag)

    # -- lines

    def lines(self, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """Break a text into lines, none wider than `width`.

        Each line that was broken at a space ends in it, so that copied text and screen readers keep
        words apart.
        """
        return self.measured(text, style).lines(width / style.size, spaced=True)

    def balanced(self, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """Break a title or question into lines; up to three are about equally long."""
        return self.measured(text, style).balanced(width / style.size, spaced=True)

    def at_most(self, count: int, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """Return the first lines of a text, with an ellipsis if it is longer."""
        measured, room = self.measured(text, style), width / style.size
        if measured.count(room) <= count:
            return measured.lines(room, spaced=True)
        return self.lines(measured.begun(count, room), style, width)

    def shortened(self, text: str, style: TextStyle, width: float) -> str:
        """Return a text cut to one line, with an ellipsis."""
        return plain(self.measured((Span(text),), style).begun(1, width / style.size))

    def largest(
        self, text: Inline, style: TextStyle, sizes: Sequence[float], width: float, most: int
    ) -> tuple[list[Inline], TextStyle]:
        """Return the balanced lines of a display text in the first size in which `most` lines hold
        it."""
        measured = self.measured(text, style)
        for size in sizes:
            shown = self.display(style, size)
            room = width / shown.size
            if measured.count(room) <= most and measured.widest <= room:
                break
        return measured.balanced(room, spaced=True), shown

    def paragraph(
        self, text: Inline, style: TextStyle, width: float, tag: Tag, *, x: float = 0.0,
        before: float = 0.0, balanced: bool = False, color: str = "",
    ) -> list[Line]:  # fmt: skip
        """Return a text of this width as lines of a column."""
        break_ = self.balanced if balanced else self.lines
        linked = has_link(text)
        lines = [
            Line(line, style, x, tag, color, linked=linked) for line in break_(text, style, width)
        ]
        return [lines[0]._replace(before=before), *lines[1:]]

    def addressed(self, text: Inline, width: float, tag: Tag, x: float = 0.0) -> Iterator[Line]:
        """Yield the URLs of links that the text does not show, so that they are on paper."""
        style, before = self.style.address, self.style.address_before
        for address in dict.fromkeys(span.link for span in text if span.link):
            shown = address.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
            if (shown := shown.rstrip("/")) not in plain(text):
                own = tag.add("P")
                yield from self.paragraph((Span(shown),), style, width, own, x=x, before=before)

    def listed(
        self, items: Iterable[Note | FollowUp], style: TextStyle, width: float, body: Tag, *,
        x: float, step: float, hang: float, before: float, between: float,
    ) -> Iterator[Line]:  # fmt: skip
        """Yield paragraphs and items of nested lists as lines of a column.

        `step` is the distance from one depth to the next, `hang` that from a marker to its text;
        `before` is the space above the first of them, `between` that above the others.
        """
        above = [body]
        for item in items:
            depth = min(item.depth, len(above))
            del above[max(depth, 1) :]
            tag, label, marker = body, None, ""
            if depth:
                number = item.number if isinstance(item, Note) else None
                entry = _list_in(above[-1], bool(number)).add("LI")
                label, marker = (entry.add("Lbl"), f"{number}. ") if number else (None, "–")
                tag = entry.add("LBody")
                above.append(tag)
            at, room = x + depth * step, width - depth * step
            first, *others = self.paragraph(
                item.text, style, room, tag.add("P"), x=at, before=before
            )
            yield first._replace(marker=marker, marker_x=at - hang, label=label)
            yield from others
            yield from self.addressed(item.text, room, tag, at)
            before = between


def _list_in(tag: Tag, numbered: bool) -> Tag:
    """Return the list at the end of a body, or a new one."""
    if tag.kids and tag.kids[-1].type == "L":
        return tag.kids[-1]
    return numbered_list(tag) if numbered else tag.add("L")


def unlinked(text: Inline) -> Inline:
    """Remove the links of a text that is, as a whole, a link to a page."""
    return tuple(replace(span, href=None) for span in text) if has_link(text) else text


def has_link(*texts: Inline) -> bool:
    return any(span.link for text in texts for span in text)
