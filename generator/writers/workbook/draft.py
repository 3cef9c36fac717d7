"""A page that is being laid out: text, rules, panels and fields are added to it, in its frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.look.color import tinted
from generator.look.style import Palette
from generator.look.workbook import TextStyle, WorkbookStyle
from generator.model import Inline, Span
from generator.pdf.structure import Tag
from generator.strings import Strings, capitals
from generator.writers.workbook.boxes import (
    Bar,
    Bookmark,
    Box,
    Boxes,
    Field,
    FieldKind,
    Key,
    Line,
    Link,
    Outline,
    Placed,
    Rules,
    Text,
)
from generator.writers.workbook.frame import Frame, has_link


@dataclass(slots=True)
class Draft:
    frame: Frame
    kind: str
    foot: str = ""
    theme: int = 0
    section: Tag = field(default_factory=lambda: Tag("Sect"))
    """The tag of the section that everything on the page belongs to."""
    boxes: Boxes = field(default_factory=list)
    """Boxes in the frame, whose top left corner is (0, 0)."""
    ground: Boxes = field(default_factory=list)
    """Boxes that run to the edges of the paper, from the page's own corner."""
    base: float = 0.0
    """The baseline below the last text, from which something else may follow."""
    placed: Sequence[Placed] = ()
    """The blocks of a page of questions, which has nothing else but perhaps the opening of its
    theme and the panel at its end."""

    def another(self) -> Draft:
        """Return a new page of the same kind."""
        return Draft(self.frame, self.kind, self.foot, self.theme, self.section)

    def begun(self) -> Iterator[Key]:
        """Yield the keys of everything that begins on this page."""
        if self.placed:
            yield self.theme, 0
            yield from (each.block.key for each in self.placed)
        else:
            yield from (box.key for box in self.boxes if isinstance(box, Bookmark))

    @property
    def style(self) -> WorkbookStyle:
        return self.frame.style

    @property
    def palette(self) -> Palette:
        return self.frame.palette

    @property
    def words(self) -> Strings:
        return self.frame.words

    def add(self, *boxes: Box) -> None:
        self.boxes += boxes

    def tag(self, kind: str = "P") -> Tag:
        """Return a new tag in the section."""
        return self.section.add(kind)

    # -- text

    def text(
        self, text: str, style: TextStyle, x: float, base: float, tag: Tag | None = None,
        color: str = "", anchor: float = 0.0,
    ) -> Text:  # fmt: skip
        """Add a short text on a baseline; `x` is its left end, middle (0.5) or right end (1)."""
        box = self.frame.text(text, style, x, base, tag, color, anchor)
        self.boxes.append(box)
        return box

    def label(
        self, text: str, style: TextStyle, x: float, base: float, room: float, tag: Tag,
        color: str = "",
    ) -> Text:  # fmt: skip
        """Add a short text of ours, cut to the width available; a space separates it from what
        follows."""
        shown = self.frame.shortened(text, style, room)
        return self.text(f"{shown} ", style, x, base, tag, color)

    def tracked(self, text: str, y: float, tag: Tag | None, color: str = "") -> None:
        """Add letter-spaced capitals. Characters of joining scripts are not spaced."""
        frame, style = self.frame, self.style.label
        tracking = 0.0 if max(text, default="") >= "\u0590" else frame.style.label_tracking
        room = frame.width - tracking * len(text)
        shown = frame.shortened(capitals(text, frame.lang), style, room)
        box = frame.text(shown, style, 0.0, frame.at(y), tag, color)
        self.add(box._replace(spacing=tracking))

    def heading(
        self, text: str, key: Key | None, label: str = "", base: float = 0.0,
        label_tag: Tag | None = None,
    ) -> float:  # fmt: skip
        """Add the title of a page with its bookmark and the label over it, and return the title's
        last baseline.

        A label without a tag is decoration, as it is the same on several pages, like a running
        head.
        """
        frame, style = self.frame, self.style
        if key:
            self.add(Bookmark(max(0.0, base - 20.0), key, text))
        if label:
            self.tracked(label, style.heading_label_y, label_tag)
        base = base or frame.at(style.heading_title_y)
        lines, shown = frame.largest((Span(text),), style.title, style.title_sizes, frame.width, 2)
        return self.set(lines, shown, 0.0, base, self.tag(frame.heading)) - shown.leading

    def set(
        self, lines: Sequence[Inline], style: TextStyle, x: float, base: float, tag: Tag | None,
        color: str = "", end: str = "", linked: bool = False,
    ) -> float:  # fmt: skip
        """Set lines from the baseline `base` downwards, and return the next baseline.

        `end` is added to the last line, unless that ends in a space already. `linked` is True if
        the text has a link, perhaps on other lines.
        """
        frame, boxes, fonts = self.frame, self.boxes, self.frame.fonts
        color = color or frame.color_of(style)
        linked = linked or has_link(*lines)
        href, part = None, tag
        for index, line in enumerate(lines):
            at = x - frame.bearing(line, style)
            goes_on = index < len(lines) - 1 or (line and line[-1].text.endswith(" "))
            for place, span in enumerate(line):
                last = place == len(line) - 1
                if tag and linked and (part is tag or span.link != href):
                    # What stands between links has a tag of its own: order is that of the kids.
                    href, part = span.link, tag.add("Link" if span.link else "Span")
                shown = span.text + ("" if goes_on else end) if last else span.text
                name, size = fonts.name_of(span, style), frame.size_of(span, style.size)
                boxes.append(Text(at, base, shown, name, size, color, part))
                # Strong in a semibold text is in italics; where a script has none, underlined.
                marked = span.strong and style.weight == "semibold" and "italic" not in name
                if linked or marked or not last:
                    width = fonts.face(name).width(span.text, size)
                    if marked:
                        y, thick = base + size * 0.15, size * 0.06
                        boxes.append(Rules(at, y, at + width, y, thick, color))
                    if span.link and part:
                        words = f"{span.text} ({span.link})"
                        area = (at, base - style.leading * 0.75, width, style.leading)
                        boxes.append(Link(*area, part, words, uri=span.link))
                    at += width
            base += style.leading
        return base

    def column(self, lines: Sequence[Line], x: float, base: float, end: str = " ") -> float:
        """Set the lines of a column from its first baseline downwards, and return the last
        baseline.

        The lines of one paragraph are set together, as a link may run from one to the next.
        """
        for number, (tag, group) in enumerate(groupby(lines, key=lambda line: line.tag)):
            first, *others = group
            base += first.height if number else 0.0
            if first.marker:
                marker = (first.marker, first.style, x + first.marker_x, base, first.label)
                self.text(*marker, self.palette.muted)
            texts = [first.text, *(line.text for line in others)]
            below = self.set(
                texts, first.style, x + first.x, base, tag, first.color, end, first.linked
            )
            base = below - first.style.leading
        return base

    # -- rules, panels and fields

    def hairline(self, y: float, color: str = "", x: float = 0.0) -> None:
        width = 1.0 if color else self.style.rule_width
        self.add(Rules(x, y, self.frame.width, y, width, color or self.palette.hairline))

    def rule(self, x: float, y: float, right: float, count: int = 1, color: str = "") -> None:
        """Draw rules to write on, a gap apart."""
        width, color = self.style.rule_width, color or self.palette.rule
        self.add(Rules(x, y, right, y, width, color, count, dy=self.frame.gap))

    def field(
        self, x: float, y: float, width: float, height: float, name: str, words: str, tag: Tag,
        kind: FieldKind = FieldKind.TEXT,
    ) -> None:  # fmt: skip
        self.add(Field(x, y, width, height, kind, name, words, tag.add("Form")))

    def ruled(
        self, x: float, first: int, count: int, name: str, words: str, tag: Tag, lead: float = 0.0,
        right: float = 0.0, white: bool = False,
    ) -> None:  # fmt: skip
        """Draw `count` rules to write on from the place `first` on, and the field over them.

        In the fillable edition there is a panel without rules instead. It begins `lead` above the
        first rule, or a gap if that is 0.
        """
        if count <= 0:
            return
        frame = self.frame
        right, y = right or frame.width, frame.place(first)
        if frame.fillable:
            top, bottom = y - (lead or frame.gap), frame.place(first + count - 1)
            self.typed(x, top, right - x, bottom - top, name, words, tag, white)
        else:
            self.rule(x, y, right, count)
            self.field(x, y - frame.gap, right - x, count * frame.gap, name, words, tag)

    def typed(
        self, x: float, y: float, width: float, height: float, name: str, words: str, tag: Tag,
        white: bool = False,
    ) -> None:  # fmt: skip
        """Add a panel with a field of several lines; white if it lies on a tint."""
        style, palette, pad = self.style, self.palette, self.style.panel_padding
        tint = palette.paper if white else tinted(palette.ink, style.panel_tint)
        area, radius = (x, y, width, height), style.panel_radius
        self.add(
            Bar(*area, tint, radius), Outline(*area, style.rule_width, palette.hairline, radius)
        )
        self.field(x + pad, y + pad, width - 2 * pad, height - 2 * pad, name, words, tag)

    def line(
        self, x: float, y: float, width: float, name: str, words: str, tag: Tag, color: str = ""
    ) -> None:
        """Draw one rule to write on, with its field."""
        height = self.frame.gap * 0.8
        self.add(Rules(x, y, x + width, y, self.style.rule_width, color or self.palette.rule))
        self.field(x, y - height, width, height, name, words, tag, FieldKind.LINE)

    def signed(self, x: float, y: float, width: float, name: str, words: str, tag: Tag) -> None:
        """Draw a line to sign on, with its name below."""
        small = self.style.small
        self.line(x, y, width, name, words, tag, self.palette.ink)
        self.label(words, small, x, y + small.leading, width, tag)

    def tick(
        self, x: float, middle: float, name: str, words: str, tag: Tag,
        kind: FieldKind = FieldKind.CHECK, size: float = 0.0, value: str = "", group: str = "",
    ) -> None:  # fmt: skip
        """Draw a box to tick, or a circle if one of several is to be chosen."""
        style = self.style
        size = size or style.tick
        square = (x, middle - size / 2, size, size)
        radius = style.tick_radius if kind is FieldKind.CHECK else size / 2
        self.add(
            Outline(*square, style.tick_line, self.palette.muted, radius),
            Field(*square, kind, name, words, tag, value, group),
        )
