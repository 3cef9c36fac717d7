"""One paper's measures in points, from the style sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.model import Inline, Span
from generator.stylesheet import MM, PAPERS_MM, Palette, TextStyle, WorkbookStyle
from generator.typeset import wrap
from generator.writers.workbook.boxes import Box, Link, Text
from generator.writers.workbook.fonts import face, face_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper and the frame on it. Frames are alike on all pages; only their place is mirrored."""

    style: WorkbookStyle
    palette: Palette
    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    scale: float
    """Of display sizes, to A4's; reading sizes are never scaled."""

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

    def display(self, style: TextStyle) -> TextStyle:
        return replace(
            style, size_pt=style.size_pt * self.scale, leading_pt=style.leading_pt * self.scale
        )


def sheet(style: WorkbookStyle, palette: Palette, paper: str) -> Sheet:
    width, height = PAPERS_MM[paper]
    scale = min(1.0, width / PAPERS_MM["a4"][0])
    near = 1.0 if scale == 1.0 else 0.8
    return Sheet(
        style, palette, width * MM, height * MM,
        inner=style.inner_margin_mm * near * MM, outer=style.outer_margin_mm * near * MM,
        top=style.top_margin_mm * near * MM, bottom=style.bottom_margin_mm * near * MM,
        scale=scale,
    )  # fmt: skip


def lines_of(text: Inline, style: TextStyle, width: float) -> list[Inline]:
    def measure(word: str, span: Span) -> float:
        return face_of(span, style).width(word, style.size_pt)

    return wrap(text, measure, width)


def set_lines(
    lines: list[Inline], style: TextStyle, x: float, y: float, color: str
) -> tuple[list[Box], float]:
    """The lines from `y` down, and where the next would begin."""
    boxes: list[Box] = []
    for index, line in enumerate(lines):
        base, at = baseline(y, style), x
        for place, span in enumerate(line):
            font = face_of(span, style)
            width = font.width(span.text, style.size_pt)
            # A space at a line's end, so that copied text and screen readers keep words apart.
            ends = place == len(line) - 1 and index < len(lines) - 1
            shown = span.text + " " if ends else span.text
            boxes.append(Text(at, base, shown, font.name, style.size_pt, color))
            if span.link:
                boxes.append(Link(at, y, width, style.leading_pt, uri=span.link))
            at += width
        y += style.leading_pt
    return boxes, y


def baseline(y: float, style: TextStyle) -> float:
    """The baseline of a line whose box begins at `y`: x-heights stand in the box's middle."""
    return y + style.leading_pt / 2 + style.size_pt * 0.32


def label(
    text: str, x: float, y: float, style: TextStyle, color: str, spacing: float = 0.0
) -> Text:
    return Text(x, y, text, f"{style.family}-{style.weight}", style.size_pt, color, spacing)


def flush_right(text: str, x: float, y: float, style: TextStyle, color: str) -> Text:
    width = face(f"{style.family}-{style.weight}").width(text, style.size_pt)
    return label(text, x - width, y, style, color)


def shortened(text: str, style: TextStyle, width: float) -> str:
    """A text cut to one line, with an ellipsis; for running feet only."""
    font = face(f"{style.family}-{style.weight}")
    if font.width(text, style.size_pt) <= width:
        return text
    while text and font.width(text + "…", style.size_pt) > width:
        text = text[:-1]
    return text.rstrip() + "…"
