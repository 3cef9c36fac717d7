"""Titles and the small capitals over them, alike on all pages around the questions."""

from __future__ import annotations

from dataclasses import replace

from generator.look.style import MM, TextStyle
from generator.model import Span
from generator.pdf.structure import Tag
from generator.writers.workbook.boxes import Bookmark, Boxes, Key, Text
from generator.writers.workbook.sheet import Sheet


def heading(
    text: str, key: Key | None, sheet: Sheet, section: Tag, y: float = 0.0, eyebrow: str = ""
) -> tuple[Boxes, float]:
    """A page's heading with its bookmark, and where its text begins.

    The eyebrow is alike on several pages, as a running head is: decoration.
    """
    style = sheet.style
    boxes: Boxes = [Bookmark(y, key, text)] if key else []
    if eyebrow:
        y += style.label.leading_pt
        boxes.append(tracked(eyebrow, y, sheet, sheet.palette.muted, None))
        y += style.label.leading_pt * 0.3
    title, y = display(text, style.theme_title, sheet, y, section.add("H1"))
    return boxes + title, y + style.heading_gap_mm * MM


def display(text: str, style: TextStyle, sheet: Sheet, y: float, tag: Tag) -> tuple[Boxes, float]:
    """A display title, of three lines at most; a longer one is set smaller."""
    shown = sheet.display(style)
    lines = sheet.lines((Span(text),), shown, sheet.frame_width)
    if len(lines) > 3:
        shown = replace(shown, size_pt=shown.size_pt * 0.6, leading_pt=shown.leading_pt * 0.62)
        lines = sheet.lines((Span(text),), shown, sheet.frame_width)
    return sheet.set(lines, shown, 0.0, y, sheet.palette.ink, tag)


def tracked(text: str, y: float, sheet: Sheet, color: str, tag: Tag | None) -> Text:
    """Capitals with air between them, on the baseline `y`; letters that may join get no air."""
    style = sheet.style.label
    tracking = 0.0 if max(text, default="") >= "\u0590" else sheet.style.label_tracking_pt
    air = tracking * len(text)
    shown = sheet.shortened(text.upper(), style, sheet.frame_width - air)
    label = sheet.text(shown, style, 0.0, y, color, tag)
    return label._replace(spacing=tracking)
