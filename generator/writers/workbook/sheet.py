"""One paper's measures in points, and setting text on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.look.fonts import Fonts
from generator.look.style import MM, PAPERS_MM, Logo, Palette, StyleSheet, TextStyle, WorkbookStyle
from generator.model import Inline, Span, plain
from generator.pdf.structure import Tag
from generator.text.lines import Measured
from generator.writers.workbook.boxes import Boxes, Field, FieldKind, Link, Rules, Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper and the frame on it. Frames are alike on all pages; only their place is mirrored."""

    style: WorkbookStyle
    palette: Palette
    fonts: Fonts
    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    foot: float
    """Of the running foot's baseline from the page's edge."""
    scale: float
    """Of display sizes, to A4's; reading sizes are never scaled."""
    column: float
    """Where questions and their rules begin, right of the numbers."""
    rtl: bool = False
    """The book runs from right to left. It is laid out as others are, and mirrored last."""
    bidirectional: bool = False
    """There is text that does."""
    logo: Logo | None = None

    @property
    def frame_width(self) -> float:
        return self.width - self.inner - self.outer

    @property
    def frame_height(self) -> float:
        return self.height - self.top - self.bottom

    @property
    def gap(self) -> float:
        """Between rules."""
        return self.style.rule_gap_mm * MM

    @property
    def measure(self) -> float:
        """The width of running text."""
        return self.frame_width * self.style.measure

    def display(self, style: TextStyle) -> TextStyle:
        """A display size as on this paper; never smaller than a list."""
        scale = max(self.scale, self.style.listing.size_pt / style.size_pt)
        return replace(style, size_pt=style.size_pt * scale, leading_pt=style.leading_pt * scale)

    # -- text

    def width_of(self, text: str, style: TextStyle) -> float:
        return self.fonts.face(f"{style.family}-{style.weight}").width(text, style.size_pt)

    def measured(self, text: Inline, style: TextStyle) -> Measured:
        """In ems of the style's size."""
        return Measured(text, lambda span: self._advance(span, style))

    def _advance(self, span: Span, style: TextStyle) -> Callable[[str], float]:
        words = self.fonts.face(self.fonts.name_of(span, style)).words
        return lambda word: words[word].width

    def lines(self, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """The lines of a text, none wider than `width`.

        Each line that was broken at a space ends in it, so that copied text and screen readers keep
        words apart.
        """
        return self.measured(text, style).lines(width / style.size_pt, spaced=True)

    def set(
        self,
        lines: list[Inline],
        style: TextStyle,
        x: float,
        y: float,
        color: str,
        tag: Tag | None,
        end: str = "",
        linked: bool = False,
    ) -> tuple[Boxes, float]:
        """The lines from `y` down, and where the next would begin.

        `end` follows the last line, unless that ends in a space already. `linked` says that the
        text has a link, maybe on other lines.
        """
        boxes: Boxes = []
        linked = linked or has_link(*lines)
        href, part = None, tag
        for index, line in enumerate(lines):
            base, at = baseline(y, style), x - self._bearing(line, style)
            goes_on = index < len(lines) - 1 or (line and line[-1].text.endswith(" "))
            after = "" if goes_on else end
            for place, span in enumerate(line):
                last = place == len(line) - 1
                if tag and linked and (part is tag or span.link != href):
                    # What stands between links has a tag of its own: order is that of the kids.
                    href, part = span.link, tag.add("Link" if span.link else "Span")
                shown = span.text + after if last else span.text
                name = self.fonts.name_of(span, style)
                boxes.append(Text(at, base, shown, name, style.size_pt, color, part))
                if linked or not last:
                    width = self.fonts.face(name).width(span.text, style.size_pt)
                    if span.link and part:
                        words = f"{span.text} ({span.link})"
                        link = Link(at, y, width, style.leading_pt, part, words, uri=span.link)
                        boxes.append(link)
                    at += width
            y += style.leading_pt
        return boxes, y

    def _bearing(self, line: Inline, style: TextStyle) -> float:
        """What a large letter is moved by, to stand on the margin as small ones seem to."""
        if self.rtl or style.size_pt < self.style.optical_from_pt or not line or not line[0].text:
            return 0.0
        face = self.fonts.face(self.fonts.name_of(line[0], style))
        return face.bearing(line[0].text[0]) * style.size_pt

    def at_most(self, count: int, text: Inline, style: TextStyle, width: float) -> list[Inline]:
        """The first lines of a text, with an ellipsis where it goes on."""
        begun = self.measured(text, style).begun(count, width / style.size_pt)
        return self.lines(begun, style, width)

    def text(
        self, text: str, style: TextStyle, x: float, y: float, color: str, tag: Tag | None = None
    ) -> Text:
        """A label on the baseline `y`."""
        return Text(x, y, text, f"{style.family}-{style.weight}", style.size_pt, color, tag)

    def right(
        self, text: str, style: TextStyle, x: float, y: float, color: str, tag: Tag | None = None
    ) -> Text:
        """A label that ends at `x`."""
        return self.text(text, style, x - self.width_of(text, style), y, color, tag)

    def shortened(self, text: str, style: TextStyle, width: float) -> str:
        """A text cut to one line, with an ellipsis."""
        return plain(self.measured((Span(text),), style).begun(1, width / style.size_pt))

    # -- rules

    def hairline(self, y: float, color: str = "") -> Rules:
        width = 1.0 if color else self.style.rule_width_pt
        return Rules(0.0, y, self.frame_width, y, width, color or self.palette.hairline)

    def rules(self, x: float, right: float, y: float, count: int) -> Boxes:
        """`count` rules to write on, the first a gap below `y`."""
        first, width = y + self.gap, self.style.rule_width_pt
        color = self.palette.rule
        return (
            [Rules(x, first, right, first, width, color, count, dy=self.gap)] if count > 0 else []
        )

    def ruled(self, x: float, y: float, count: int, name: str, words: str, tag: Tag) -> Boxes:
        """Rules to the frame's right side, and the field that lies on them."""
        right = self.frame_width
        if count <= 0:
            return []
        area = (x, y, right - x, count * self.gap)
        return [
            *self.rules(x, right, y, count),
            Field(*area, FieldKind.TEXT, name, words, tag.add("Form")),
        ]


def sheet_of(stylesheet: StyleSheet, size_mm: tuple[float, float], fonts: Fonts) -> Sheet:
    """The measures of a page of this width and height."""
    style, (width, height) = stylesheet.workbook, size_mm
    scale = min(1.0, width / PAPERS_MM["a4"][0])
    near = 1.0 if scale == 1.0 else style.small_paper_margins
    return Sheet(
        style, stylesheet.palette, fonts, width * MM, height * MM,
        inner=style.inner_margin_mm * near * MM, outer=style.outer_margin_mm * near * MM,
        top=style.top_margin_mm * near * MM, bottom=style.bottom_margin_mm * near * MM,
        foot=style.foot_mm * near * MM,
        scale=scale, column=style.number_column_mm * MM, logo=stylesheet.logo,
    )  # fmt: skip


def baseline(y: float, style: TextStyle) -> float:
    """The baseline of a line whose box begins at `y`: x-heights stand in the box's middle."""
    return y + style.leading_pt / 2 + style.size_pt * 0.32


def unlinked(text: Inline) -> Inline:
    """For a text that is a link to a page as a whole."""
    return tuple(replace(span, href=None) for span in text) if has_link(text) else text


def has_link(*texts: Inline) -> bool:
    return any(span.link for text in texts for span in text)
