"""Plans of handout and slides as shapes and lines of text, to be looked at before they are made.

Sizes, places and line breaks are those of the plans; a length goes with each line, so that it is
as wide as planned whatever font shows it. All is in points, from the page's left upper corner.
"""

from __future__ import annotations

import colorsys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from generator.look.color import parsed
from generator.look.style import MM, Palette
from generator.model import Inline, Span, plain
from generator.text.bidi import right_to_left
from generator.writers.handout.pages import Paper
from generator.writers.handout.paragraphs import Paragraph as Written
from generator.writers.handout.paragraphs import Plan as HandoutPlan
from generator.writers.handout.paragraphs import hanging_mm
from generator.writers.office.metrics import Fonts
from generator.writers.slides.presentation import Color, Paragraph, Placeholder, Table
from generator.writers.slides.presentation import Plan as SlidesPlan

Drawn = dict[str, Any]
ASCENT = 0.8
"""Of a line's height, how far its baseline is below its top."""
BOX = "☐"


class Pages(NamedTuple):
    """What all pages share, and a page's shapes by its place from 0."""

    size: tuple[float, float]
    names: list[str]
    places: dict[str, int]
    """Of themes and questions, as `theme,place` with a theme from 0 and a question from 1."""
    shapes: Any


def pages(document: str, plan: Any) -> Pages:
    made: _Slides | _Handout = _Slides(plan) if document == "slides" else _Handout(plan)
    return Pages(made.size, made.names, made.places, made.page)


class _Canvas:
    def __init__(self, fonts: Fonts, palette: Palette, rtl: bool) -> None:
        self.shapes: list[Drawn] = []
        self._fonts, self._palette, self._rtl = fonts, palette, rtl

    def rect(self, box: Sequence[float], color: str, opacity: float = 1.0) -> None:
        x, y, width, height = (round(each, 1) for each in box)
        made = {"x": x, "y": y, "w": width, "h": height, "fill": color}
        self.shapes.append(made | ({"opacity": opacity} if opacity < 1 else {}))

    def line(
        self, text: Inline, x: float, base: float, size: float, font: str, fill: str, align: str
    ) -> None:
        """`align` is `l`, `r` or `ctr`, as lines run; `x` belongs to it."""
        family, _, weight = font.rpartition("-")
        shown = plain(text)
        if not shown:
            return
        made: Drawn = {"t": shown, "x": round(x, 1), "y": round(base, 1), "size": size}
        made |= {"font": family, "fill": fill, "align": align}
        if weight == "bold" or all(span.strong for span in text):
            made["bold"] = True
        known = all(self._fonts.knows(span.text) for span in text)
        if known and len(shown) > 1:
            made["len"] = round(self._fonts.measured(text, font).width * size, 1)
        self.shapes.append(made)

    def color(self, color: Color) -> str:
        palette = self._palette
        names = {"tx1": palette.ink, "tx2": palette.muted, "bg1": palette.paper}
        names["bg2"] = palette.hairline
        if color.name.startswith("accent"):
            shown = palette.surface(int(color.name.removeprefix("accent")))
        else:
            shown = names.get(color.name) or color.name or palette.ink
        if color.luminance == 1:
            return shown
        text = parsed(shown)
        red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
        hue, light, full = colorsys.rgb_to_hls(red, green, blue)
        parts = colorsys.hls_to_rgb(hue, light * color.luminance, full)
        return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


class _Slides:
    def __init__(self, plan: SlidesPlan) -> None:
        self._plan, self._fonts = plan, Fonts()
        self._rtl = right_to_left(plan.lang)
        style = plan.stylesheet.slides
        self.size = (style.width_pt, style.height_pt)
        self.names = [slide.title for slide in plan.slides]
        keys = [(key, at) for at, slide in enumerate(plan.slides) for key in slide.keys]
        self.places = {f"{theme - 1},{place}": at for (theme, place), at in reversed(keys)}

    def page(self, number: int) -> list[Drawn]:
        slide, style = self._plan.slides[number], self._plan.stylesheet
        canvas = _Canvas(self._fonts, style.palette, self._rtl)
        own = self._plan.design.template is None
        ground = slide.layout.background if own else Color("bg1")
        canvas.rect((0, 0, *self.size), canvas.color(ground))
        for shape in (*slide.layout.shapes, *slide.shapes):
            for box in shape.boxes_pt:
                canvas.rect(box, canvas.color(shape.color))
        if slide.table:
            self._table(slide.table, canvas)
        for place in slide.layout.placeholders:
            given = slide.fields.get(place.role, ())
            if place.role == "page":
                given = (Paragraph((Span(str(number + 1)),), place.sizes_pt[0]),)
            if given:
                self._texts(given, place, slide.narrower_pt.get(place.role, 0), slide, canvas)
        return canvas.shapes

    def _texts(
        self, given: Sequence[Paragraph], place: Placeholder, narrower: float, slide: Any,
        canvas: _Canvas,
    ) -> None:  # fmt: skip
        left, top, width, height = place.box_pt
        set_ = [(each, *self._set(each, place, width - narrower)) for each in given]
        whole = sum(len(lines) * pitch for _, lines, pitch in set_)
        whole += place.gap_pt * (len(set_) - 1)
        y = top + {"t": 0.0, "b": height - whole, "ctr": (height - whole) / 2}[place.anchor]
        fill = canvas.color(place.color)
        for each, lines, pitch in set_:
            indent = place.indent_pt(each.level, each.size_pt)
            if each.number:
                hanging = indent - place.hanging_pt(each.level, each.size_pt)
                accent = canvas.color(Color(f"accent{slide.accent}")) if slide.accent else fill
                x, base = self._x(left, width, hanging, "l"), y + pitch * ASCENT
                number = (Span(each.number, strong=True),)
                canvas.line(number, x, base, each.size_pt, place.font, accent, "l")
            for text in lines:
                x = self._x(left, width - narrower, indent, place.align)
                canvas.line(
                    text, x, y + pitch * ASCENT, each.size_pt, place.font, fill, place.align
                )
                y += pitch
            y += place.gap_pt

    def _set(self, each: Paragraph, place: Placeholder, width: float) -> tuple[list[Inline], float]:
        size = each.size_pt or place.sizes_pt[0]
        measured = self._fonts.measured(each.text, place.font)
        room = (width - place.indent_pt(each.level, size)) / size
        return measured.lines(max(room, 1.0)), place.line_pt(size)

    def _x(self, left: float, width: float, indent: float, align: str) -> float:
        if align == "ctr":
            return left + width / 2
        from_left = (align == "l") != self._rtl
        return left + indent if from_left else left + width - indent

    def _table(self, table: Table, canvas: _Canvas) -> None:
        left, y, _, _ = table.box_pt
        sans, bar = self._plan.stylesheet.slides, self._plan.stylesheet.slides.bar_pt
        for height, cells in table.rows:
            turn = -1 if self._rtl else 1
            x = left
            for width, cell in zip(table.columns_pt[::turn], cells[::turn], strict=True):
                canvas.rect((x, y, width, table.line_pt), canvas.color(table.line_color))
                if cell.fill.name:
                    canvas.rect((x, y, width, height), canvas.color(cell.fill))
                if cell.bar.name:
                    at = x + width - bar if self._rtl else x
                    canvas.rect((at, y, bar, height), canvas.color(cell.bar))
                self._cell(cell, (x, y, width, height), sans, canvas)
                x += width
            y += height
        canvas.rect((left, y, sum(table.columns_pt), table.line_pt), canvas.color(table.line_color))

    def _cell(self, cell: Any, box: tuple[float, float, float, float], sans: Any, c: Any) -> None:
        x, y, width, height = box
        size, inset = cell.paragraph.size_pt, 7.2
        family = sans.serif if cell.major else sans.sans
        font = f"{family}-{'bold' if cell.bold else 'regular'}"
        lines = self._fonts.measured(cell.paragraph.text, font).lines((width - 2 * inset) / size)
        base = y + (height - len(lines) * size * 1.2) / 2 + size * 0.95
        at = self._x(x + inset, width - 2 * inset, 0, cell.align)
        for text in lines:
            c.line(text, at, base, size, font, c.color(cell.color), cell.align)
            base += size * 1.2


class _Handout:
    def __init__(self, plan: HandoutPlan) -> None:
        self._plan, style = plan, plan.stylesheet.handout
        self._hang = hanging_mm(style, plan.digits, not plan.template)
        logo = None if plan.template else plan.stylesheet.logo
        self._paper = Paper(plan.paper_mm, self._hang, style, logo)
        self._starts = self._paper.pages(plan.paragraphs).starts
        self._numbers = list(self._counted())
        self.places = dict(self._placed())
        self.size = (plan.paper_mm[0] * MM, plan.paper_mm[1] * MM)
        count = len(self._starts)
        self.names = [plan.page_of.format(page=n, count=count) for n in range(1, count + 1)]

    def _counted(self) -> Iterator[int]:
        """The number of each question, as Word will count it."""
        number, numbering = self._plan.first_number - 1, 1
        for each in self._plan.paragraphs:
            if each.style.startswith("Question"):
                number += 1
                if each.numbering != numbering:
                    numbering = each.numbering
                    number = self._plan.restarts[numbering - 2]
                number = each.number or number
            yield number

    def _placed(self) -> Iterator[tuple[str, int]]:
        theme, place = -1, 0
        for at, each in enumerate(self._plan.paragraphs):
            if each.style.startswith("Heading 1"):
                theme, place = theme + 1, 0
            elif each.style.startswith("Question"):
                place += 1
            else:
                continue
            yield f"{theme},{place}", bisect_right(self._starts, at) - 1

    def page(self, number: int) -> list[Drawn]:
        plan, palette = self._plan, self._plan.stylesheet.palette
        style = plan.stylesheet.handout
        canvas = _Canvas(self._paper.fonts, palette, right_to_left(plan.lang))
        canvas.rect((0, 0, *self.size), palette.paper)
        ends = (*self._starts[1:], len(plan.paragraphs))
        y = style.top_margin_mm * MM
        for place in range(self._starts[number], ends[number]):
            y = self._paragraph(plan.paragraphs[place], self._numbers[place], y, canvas)
        foot = (Span(self.names[number]),)
        base = self.size[1] - style.edge_distance_mm * MM
        font = f"{style.sans}-regular"
        canvas.line(foot, self._x(0.0), base, style.small_pt, font, palette.muted, "l")
        return canvas.shapes

    def _x(self, indent: float) -> float:
        margin = self._plan.stylesheet.handout.side_margin_mm * MM + indent
        return self.size[0] - margin if right_to_left(self._plan.lang) else margin

    def _paragraph(self, each: Written, number: int, y: float, canvas: _Canvas) -> float:
        style, palette = self._plan.stylesheet.handout, self._plan.stylesheet.palette
        margin = style.side_margin_mm * MM
        wide = self.size[0] - 2 * margin
        name, set_ = each.style.removesuffix(" Kept"), self._paper.setting(each)
        if not set_.size_pt:
            canvas.rect((margin, y + set_.before_pt, wide, 0.5), palette.rule)
            return y + set_.height_pt
        y += set_.before_pt
        accent = palette.accent(each.accent) if each.accent else palette.ink
        fill = accent if name == "Heading 1" else palette.ink
        fill = palette.muted if name in ("Subtitle", "Hint") else fill
        base = y + set_.size_pt * 0.95
        if name in ("Question", "Choice") or each.box:
            label = f"{BOX} {number}." if name == "Question" else BOX
            back = self._hang * MM if name == "Question" else style.indent_mm * MM
            at = self._x(set_.indent_pt - back)
            canvas.line((Span(label),), at, base, set_.size_pt, set_.font, accent, "l")
        for text in set_.lines:
            at = self._x(set_.indent_pt)
            canvas.line(text, at, base, set_.size_pt, set_.font, fill, "l")
            base += set_.line_pt
        y += len(set_.lines) * set_.line_pt
        if name == "Heading 1":
            canvas.rect((margin, y + style.theme_space_pt, wide, style.theme_rule_pt), accent)
        return y + set_.after_pt
