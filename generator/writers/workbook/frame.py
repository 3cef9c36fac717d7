"""One paper's frame: its measures in points, the grid of its rules, and setting text in it.

Frames are alike on all pages; only their place is mirrored. `x` runs from the frame's left, `y`
from its top downwards. Texts are placed by their baselines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from generator.look.color import tinted
from generator.look.fonts import Fonts
from generator.look.style import MM, PAPERS_MM, Logo, Palette
from generator.look.workbook import TextStyle, WorkbookStyle
from generator.model import Inline, Span, plain
from generator.pdf.structure import Tag
from generator.strings import Strings, capitals
from generator.text.lines import Measured
from generator.writers.workbook.boxes import (
    Bar,
    Boxes,
    Field,
    FieldKind,
    Link,
    Outline,
    Rules,
    Text,
)

EQUAL = 0.01
"""Points that do not count: sums of floats differ between versions of Python."""
A4 = PAPERS_MM["a4"]


@dataclass(frozen=True, slots=True)
class Frame:
    style: WorkbookStyle
    palette: Palette
    fonts: Fonts
    words: Strings
    """What the book says besides the set's own text."""
    page_width: float
    page_height: float
    inner: float
    outer: float
    top: float
    bottom: float
    foot: float
    """From the running foot's baseline to the page's edge."""
    column: float
    """Where questions and their rules begin, right of the numbers."""
    lang: str = "en"
    rtl: bool = False
    """The book runs from right to left. It is laid out as others are, and mirrored last."""
    bidirectional: bool = False
    """There is text that runs from right to left."""
    fillable: bool = False
    """Answers are typed: fields are panels without rules, which typed lines would cross."""
    heading: str = "H2"
    """The tag of a page's title; H1 in a book without a cover, whose title is that."""
    logo: Logo | None = None

    @property
    def subheading(self) -> str:
        """The tag of what is one level below a page's title."""
        return f"H{int(self.heading[1]) + 1}"

    @property
    def width(self) -> float:
        return self.page_width - self.inner - self.outer

    @property
    def height(self) -> float:
        return self.page_height - self.top - self.bottom

    @property
    def measure(self) -> float:
        """The width of running text."""
        return min(self.width, self.style.measure)

    @property
    def scale(self) -> float:
        """Of display sizes, to A4's; reading sizes are never scaled."""
        return min(1.0, self.page_width / (A4[0] * MM))

    def at(self, y: float) -> float:
        """The `y` of a height that the style gives from the top of an A4 page."""
        return y * self.page_height / (A4[1] * MM) - self.top

    def display(self, style: TextStyle, size: float = 0.0) -> TextStyle:
        """A display style as on this paper, in another size if one is given; never smaller than a
        list."""
        size = (size or style.size) * self.scale
        factor = max(size, self.style.listing.size) / style.size
        return replace(style, size=style.size * factor, leading=style.leading * factor)

    # -- the grid

    @property
    def gap(self) -> float:
        """From one rule to the next, which is from one place of the grid to the next."""
        return self.style.rule_gap

    @property
    def last_place(self) -> int:
        """The places are counted from 0 at the top to this one, at the frame's foot."""
        return int((self.height + EQUAL) // self.gap)

    def place(self, index: int) -> float:
        """The `y` of a place."""
        return self.height - (self.last_place - index) * self.gap

    def first_place(self, y: float) -> int:
        """The first place that is not above `y`."""
        return max(0, math.ceil((y - self.place(0) - EQUAL) / self.gap))

    # -- text

    def width_of(self, text: str, style: TextStyle) -> float:
        return self.fonts.face(self._face_of(text, style)).width(text, style.size)

    def _face_of(self, text: str, style: TextStyle) -> str:
        plain_name = f"{style.family}-{style.weight}"
        return self.fonts.name_of(Span(text), style) if style.italic else plain_name

    def measured(self, text: Inline, style: TextStyle) -> Measured:
        """In ems of the style's size."""
        return Measured(text, lambda span: self._advance(span, style))

    def _advance(self, span: Span, style: TextStyle) -> Callable[[str], float]:
        words, size = self.fonts.face(self.fonts.name_of(span, style)).words, self._size(span, 1.0)
        return lambda word: words[word].width * size

    def _size(self, span: Span, size: float) -> float:
        return size * self.style.mono if span.code else size

    def lines(self, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """The lines of a text, none wider than `width`.

        Each line that was broken at a space ends in it, so that copied text and screen readers keep
        words apart.
        """
        return self.measured(text, style).lines(width / style.size, spaced=True)

    def balanced(self, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """The lines of a title or question: up to three are about equally long."""
        return self.measured(text, style).balanced(width / style.size, spaced=True)

    def at_most(self, count: int, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """The first lines of a text, with an ellipsis where it goes on."""
        measured, room = self.measured(text, style), width / style.size
        if measured.count(room) <= count:
            return measured.lines(room, spaced=True)
        return self.lines(measured.begun(count, room), style, width)

    def shortened(self, text: str, style: TextStyle, width: float) -> str:
        """A text cut to one line, with an ellipsis."""
        return plain(self.measured((Span(text),), style).begun(1, width / style.size))

    def largest(
        self, text: Inline, style: TextStyle, sizes: Sequence[float], width: float, most: int
    ) -> tuple[list[Inline], TextStyle]:
        """The balanced lines of a display text in the first size at which `most` hold it."""
        measured = self.measured(text, style)
        for size in sizes:
            shown = self.display(style, size)
            room = width / shown.size
            if measured.count(room) <= most and measured.widest <= room:
                break
        return measured.balanced(room, spaced=True), shown

    def middle(self, y: float, style: TextStyle, lines: int = 1) -> float:
        """The first baseline of lines that stand in the middle of a row around `y`."""
        return y - (lines - 1) * style.leading / 2 + style.size * self.style.middle

    def set(
        self, lines: Sequence[Inline], style: TextStyle, x: float, base: float, color: str,
        tag: Tag | None, end: str = "", linked: bool = False,
    ) -> tuple[Boxes, float]:  # fmt: skip
        """The lines from the baseline `base` down, and the baseline of the next.

        `end` follows the last line, unless that ends in a space already. `linked` says that the
        text has a link, maybe on other lines.
        """
        boxes: Boxes = []
        linked = linked or has_link(*lines)
        href, part = None, tag
        for index, line in enumerate(lines):
            at = x - self._bearing(line, style)
            goes_on = index < len(lines) - 1 or (line and line[-1].text.endswith(" "))
            for place, span in enumerate(line):
                last = place == len(line) - 1
                if tag and linked and (part is tag or span.link != href):
                    # What stands between links has a tag of its own: order is that of the kids.
                    href, part = span.link, tag.add("Link" if span.link else "Span")
                shown = span.text + ("" if goes_on else end) if last else span.text
                name, size = self.fonts.name_of(span, style), self._size(span, style.size)
                boxes.append(Text(at, base, shown, name, size, color, part))
                # Strong in a semibold text is in italics; where a script has none, underlined.
                marked = span.strong and style.weight == "semibold" and "italic" not in name
                if linked or marked or not last:
                    width = self.fonts.face(name).width(span.text, size)
                    if marked:
                        y, thick = base + size * 0.15, size * 0.06
                        boxes.append(Rules(at, y, at + width, y, thick, color))
                    if span.link and part:
                        words = f"{span.text} ({span.link})"
                        top = base - style.leading * 0.75
                        area = (at, top, width, style.leading)
                        boxes.append(Link(*area, part, words, uri=span.link))
                    at += width
            base += style.leading
        return boxes, base

    def _bearing(self, line: Inline, style: TextStyle) -> float:
        """What a large character is moved by, to stand on the margin as small ones seem to."""
        if self.rtl or style.size < self.style.optical_from or not line or not line[0].text:
            return 0.0
        face = self.fonts.face(self.fonts.name_of(line[0], style))
        return face.bearings(line[0].text[0])[0] * style.size

    def overhang(self, text: str, style: TextStyle) -> float:
        """How far a large text that ends at the margin is moved over it, for its ink to end there.

        A book from right to left is mirrored, so that the side of the first character counts.
        """
        face = self.fonts.face(self.fonts.name_of(Span(text), style))
        left, right = face.bearings(text[0] if self.rtl else text[-1])
        return (left if self.rtl else right) * style.size

    def text(
        self, text: str, style: TextStyle, x: float, base: float, color: str,
        tag: Tag | None = None, anchor: float = 0.0,
    ) -> Text:  # fmt: skip
        """A short text on a baseline; `x` is its left end, middle (0.5) or right end (1)."""
        x -= anchor * self.width_of(text, style) if anchor else 0.0
        return Text(x, base, text, self._face_of(text, style), style.size, color, tag)

    def label(
        self, text: str, style: TextStyle, x: float, base: float, room: float, color: str, tag: Tag
    ) -> Text:
        """A short text of ours, cut to the room there is; a space keeps what follows apart."""
        return self.text(f"{self.shortened(text, style, room)} ", style, x, base, color, tag)

    def tracked(self, text: str, base: float, color: str, tag: Tag | None, x: float = 0.0) -> Text:
        """Capitals with air between them; characters that may join get none."""
        style = self.style.label
        tracking = 0.0 if max(text, default="") >= "\u0590" else self.style.label_tracking
        room = self.width - x - tracking * len(text)
        shown = self.shortened(capitals(text, self.lang), style, room)
        return self.text(shown, style, x, base, color, tag)._replace(spacing=tracking)

    # -- rules and fields

    def hairline(self, y: float, color: str = "", x: float = 0.0) -> Rules:
        width = 1.0 if color else self.style.rule_width
        return Rules(x, y, self.width, y, width, color or self.palette.hairline)

    def rule(self, x: float, y: float, right: float, count: int = 1) -> Rules:
        """Rules to write on, a gap apart."""
        line = self.style.rule_width
        return Rules(x, y, right, y, line, self.palette.rule, count, dy=self.gap)

    def panel(self, x: float, y: float, width: float, height: float, white: bool) -> Boxes:
        """What shows where to type; white where it lies on a tint."""
        radius = self.style.panel_radius
        tint = self.palette.paper if white else tinted(self.palette.ink, self.style.panel_tint)
        area = (x, y, width, height)
        line = (self.style.rule_width, self.palette.hairline)
        return [Bar(*area, tint, radius), Outline(*area, *line, radius)]

    def ruled(
        self, x: float, first: int, count: int, name: str, words: str, tag: Tag, lead: float = 0.0,
        right: float = 0.0, white: bool = False,
    ) -> Boxes:  # fmt: skip
        """`count` rules to write on from the place `first` on, and the field over them.

        A panel begins `lead` above the first rule, a gap if that is 0; it has no rules.
        """
        if count <= 0:
            return []
        right = right or self.width
        top, bottom = self.place(first) - (lead or self.gap), self.place(first + count - 1)
        if not self.fillable:
            area = (x, self.place(first) - self.gap, right - x, count * self.gap)
            field = Field(*area, FieldKind.TEXT, name, words, tag.add("Form"))
            return [self.rule(x, self.place(first), right, count), field]
        return self.typed(x, top, right - x, bottom - top, name, words, tag, white)

    def typed(
        self, x: float, y: float, width: float, height: float, name: str, words: str, tag: Tag,
        white: bool = False,
    ) -> Boxes:  # fmt: skip
        """A panel with a field of several lines in it."""
        pad = self.style.panel_padding
        inside = (x + pad, y + pad, width - 2 * pad, height - 2 * pad)
        field = Field(*inside, FieldKind.TEXT, name, words, tag.add("Form"))
        return [*self.panel(x, y, width, height, white), field]

    def line(
        self, x: float, y: float, width: float, name: str, words: str, tag: Tag, color: str = ""
    ) -> Boxes:
        """One rule to write on and its field."""
        height = self.gap * 0.8
        field = Field(x, y - height, width, height, FieldKind.LINE, name, words, tag.add("Form"))
        line = self.style.rule_width
        return [Rules(x, y, x + width, y, line, color or self.palette.rule), field]

    def signed(self, x: float, y: float, width: float, name: str, words: str, tag: Tag) -> Boxes:
        """A line to sign on with its name below."""
        small, ink = self.style.small, self.palette.ink
        below = (small, x, y + small.leading, width, self.palette.muted, tag)
        return [*self.line(x, y, width, name, words, tag, ink), self.label(words, *below)]

    def box(self, x: float, middle: float, name: str, words: str, tag: Tag) -> Boxes:
        """A box to tick."""
        size = self.style.tick
        square = (x, middle - size / 2, size, size)
        line = (self.style.tick_line, self.palette.muted, self.style.tick_radius)
        return [Outline(*square, *line), Field(*square, FieldKind.CHECK, name, words, tag)]


def unlinked(text: Inline) -> Inline:
    """For a text that is a link to a page as a whole."""
    return tuple(replace(span, href=None) for span in text) if has_link(text) else text


def has_link(*texts: Inline) -> bool:
    return any(span.link for text in texts for span in text)
