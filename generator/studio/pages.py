"""Previews of the pages of a document.

Those of a PDF are pictures. Those of handout and slides are drawn as planned: sizes, places and
line breaks are the plan's, and each line has its length, so that it is as wide as planned in any
font. All lengths are in points, from the page's top left corner.
"""

from __future__ import annotations

import io
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from generator import writers
from generator.look.style import MM, Box, Logo, slants
from generator.model import Inline, Span
from generator.text.bidi import right_to_left
from generator.writers import WRITERS
from generator.writers.handout.pages import Paper
from generator.writers.handout.paragraphs import Paragraph as Written
from generator.writers.handout.paragraphs import Plan as HandoutPlan
from generator.writers.handout.paragraphs import hanging_mm
from generator.writers.office.metrics import Fonts
from generator.writers.slides.presentation import DASH, Cell, Color, Paragraph, Placeholder, Table
from generator.writers.slides.presentation import Plan as SlidesPlan
from generator.writers.workbook.boxes import Bookmark, Field, Link

Shapes = list[dict[str, Any]]
QUALITY = 88
"""Quality of the JPEG pictures of pages."""
ASCENT = 0.95
"""Distance from the top of a line to its baseline, in sizes."""
BOX = "☐"
MUTED = ("Subtitle", "Hint", "Theme", "Follow-up")
"""Styles of a handout, by their first word."""


def pages(document: str, plan: Any) -> Printed | Slides | Handout:
    if WRITERS[document].suffix == ".pdf":
        return Printed(getattr(plan, "book", plan))
    return Slides(plan) if document == "slides" else Handout(plan)


class Printed:
    """The pages of a document that is a PDF."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.size = (book.width, book.height)
        self.names = [page.label for page in book.pages]
        at = {label: number for number, label in reversed(list(enumerate(self.names)))}
        labels = book.page_labels.items()
        self.places = {f"{theme - 1},{n}": at[name] for (theme, n), name in labels if name in at}

    def page(self, number: int, pixels: int) -> bytes:
        """Return a picture of a page, without links to other pages, which are not there."""
        import pypdfium2

        whole = self._book.pages[number]
        boxes = tuple(each for each in whole.boxes if type(each) not in (Bookmark, Field, Link))
        one = replace(self._book, edition="print", pages=(replace(whole, boxes=boxes),))
        page = pypdfium2.PdfDocument(writers.load("workbook").write(one).data)[0]
        buffer = io.BytesIO()
        image = page.render(scale=min(max(pixels, 100), 3000) / page.get_width()).to_pil()
        image.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
        return buffer.getvalue()


class Type(NamedTuple):
    """The typography of the lines of a text."""

    font: str
    size: float
    pitch: float
    fill: str
    align: str = "l"
    """The alignment on the page: `l`, `r` or `ctr`."""
    opacity: float = 1.0


class _Canvas:
    def __init__(self, fonts: Fonts, size: Sequence[float], ground: str, rtl: bool) -> None:
        self.shapes: Shapes = []
        self._fonts, self._rtl = fonts, rtl
        self.rect((0, 0, *size), ground)

    def rect(self, box: Sequence[float], color: str) -> None:
        x, y, width, height = (round(each, 1) for each in box)
        self.shapes.append({"x": x, "y": y, "w": width, "h": height, "fill": color})

    def logo(self, logo: Logo, x: float, y: float, most: Sequence[float], across: float) -> None:
        """Draw the logo where lines begin, on a page with this width."""
        width, height = logo.within(most[0], most[1])
        self.rect((across - x - width if self._rtl else x, y, width, height), "")
        self.shapes[-1]["image"] = b64encode(logo.data).decode()

    def inside(self, left: float, width: float, start: float, end: float) -> tuple[float, float]:
        """Return left and width of text that is indented at the start and the end of its lines."""
        return left + (end if self._rtl else start), width - start - end

    def lines(self, lines: Sequence[Inline], at: tuple[float, float], y: float, set_: Type) -> None:
        """Set lines one below the other, the first on this baseline, in a column with a left edge
        and a width."""
        left, width = at
        x = left + width * {"l": 0.0, "ctr": 0.5, "r": 1.0}[set_.align]
        family, _, weight = set_.font.rpartition("-")
        for number, line in enumerate(lines):
            runs = [(e.text, (weight == "bold") | e.strong, e.emphasis) for e in line if e.text]
            made = {"x": round(x, 1), "y": round(y + number * set_.pitch, 1), "runs": runs}
            made |= {"size": set_.size, "fill": set_.fill, "font": family, "align": set_.align}
            if set_.opacity < 1:
                made["opacity"] = set_.opacity
            if len("".join(text for text, *_ in runs)) > 1 and all(
                self._fonts.knows(text) for text, *_ in runs
            ):
                made["len"] = round(self._fonts.measured(line, set_.font).width * set_.size, 1)
            if runs:
                self.shapes.append(made)


class Slides:
    def __init__(self, plan: SlidesPlan) -> None:
        self._plan, self._fonts = plan, Fonts()
        self._rtl, self._style = right_to_left(plan.lang), plan.stylesheet.slides
        self.size = (self._style.width_pt, self._style.height_pt)
        self.names = [slide.title for slide in plan.slides]
        keys = [(key, at) for at, slide in enumerate(plan.slides) for key in slide.keys]
        self.places = {f"{theme - 1},{place}": at for (theme, place), at in reversed(keys)}

    def page(self, number: int, _: int) -> Shapes:
        slide, logo = self._plan.slides[number], self._plan.stylesheet.logo
        own = self._plan.design.template is None
        ground = slide.layout.background if own else Color("bg1")
        canvas = _Canvas(self._fonts, self.size, self._color(ground), self._rtl)
        for shape in (*slide.layout.shapes, *slide.shapes):
            for box in shape.boxes_pt:
                canvas.rect(box, self._color(shape.color))
        if logo and slide.layout.logo:
            x, y, *most = self._style.logo_box_pt
            canvas.logo(logo, x, y, most, self.size[0])
        if slide.table:
            self._table(slide.table, canvas)
        for place in slide.layout.placeholders:
            given = slide.fields.get(place.role, ())
            if place.role == "page":
                given = (Paragraph((Span(str(number + 1)),), place.sizes_pt[0]),)
            narrower = slide.narrower_pt.get(place.role, 0.0)
            self._texts(given, place, narrower, slide.accent, canvas)
        return canvas.shapes

    def _color(self, color: Color) -> str:
        """Return a colour. One that is darkened is that of text in an accent."""
        palette = self._plan.stylesheet.palette
        if color.name.startswith("accent"):
            number = int(color.name.removeprefix("accent"))
            return palette.surface(number) if color.luminance == 1 else palette.accent(number)
        named = {"tx2": palette.muted, "bg1": palette.paper, "bg2": palette.hairline}
        return color.name if color.name.startswith("#") else named.get(color.name, palette.ink)

    def _texts(
        self, given: Sequence[Paragraph], place: Placeholder, narrower: float, accent: int,
        canvas: _Canvas,
    ) -> None:  # fmt: skip
        left, top, width, height = place.box_pt
        left, width = canvas.inside(left, width, 0, narrower)
        set_ = [(each, *self._lines(each, place, width)) for each in given]
        whole = sum(len(lines) * type_.pitch for _, lines, type_, _ in set_)
        whole += place.gap_pt * (len(set_) - 1)
        y = top + {"t": 0.0, "b": height - whole, "ctr": (height - whole) / 2}[place.anchor]
        for each, lines, type_, indent in set_:
            base = y + type_.pitch - 0.2 * type_.size * place.leading
            _, hang, bullet = place.hung(each._replace(size_pt=type_.size))
            if label := each.number or bullet:
                at = canvas.inside(left, width, indent - hang, 0)
                fill = self._color(Color(f"accent{accent}")) if each.number and accent else ""
                number = (Span(label, strong=bool(each.number)),)
                canvas.lines([number], at, base, type_._replace(fill=fill or type_.fill))
            canvas.lines(lines, canvas.inside(left, width, indent, 0), base, type_)
            y += len(lines) * type_.pitch + place.gap_pt

    def _lines(
        self, each: Paragraph, place: Placeholder, width: float
    ) -> tuple[list[Inline], Type, float]:
        """Return the lines of a paragraph, how they are set, and their indent."""
        size = each.size_pt or place.sizes_pt[0]
        indent, _, _ = place.hung(each._replace(size_pt=size))
        lines = self._fonts.measured(each.text, place.font).lines(max((width - indent) / size, 1.0))
        fill, pitch = self._color(place.color), place.line_pt(size)
        return lines, Type(place.font, size, pitch, fill, place.align, place.opacity), indent

    def _table(self, table: Table, canvas: _Canvas) -> None:
        left, y, _, _ = table.box_pt
        turn, bar = -1 if self._rtl else 1, self._style.bar_pt
        for height, cells in table.rows:
            x = left
            for width, cell in zip(table.columns_pt[::turn], cells[::turn], strict=True):
                canvas.rect((x, y, width, table.line_pt), self._color(table.line_color))
                if cell.fill.name:
                    canvas.rect((x, y, width, height), self._color(cell.fill))
                if cell.bar.name:
                    at = x + width - bar if self._rtl else x
                    canvas.rect((at, y, bar, height), self._color(cell.bar))
                self._cell(cell, (x, y, width, height), table.inset_pt, canvas)
                x += width
            y += height
        canvas.rect((left, y, sum(table.columns_pt), table.line_pt), self._color(table.line_color))

    def _cell(self, cell: Cell, box: Box, inset: float, canvas: _Canvas) -> None:
        x, y, width, height = box
        size, family = cell.paragraph.size_pt, self._style.serif if cell.major else self._style.sans
        font = f"{family}-{'bold' if cell.bold else 'regular'}"
        column = (x + inset, width - 2 * inset)
        lines = self._fonts.measured(cell.paragraph.text, font).lines(column[1] / size)
        align = {"l": "r", "r": "l"}.get(cell.align, "ctr") if self._rtl else cell.align
        base = y + (height - len(lines) * size * 1.2) / 2 + size * ASCENT
        canvas.lines(
            lines, column, base, Type(font, size, size * 1.2, self._color(cell.color), align)
        )


class Handout:
    def __init__(self, plan: HandoutPlan) -> None:
        self._plan, self._style = plan, plan.stylesheet.handout
        self._logo = None if plan.template else plan.stylesheet.logo
        self._hang = hanging_mm(self._style, plan.digits, not plan.template)
        self._paper = Paper(plan.paper_mm, self._hang, self._style, self._logo)
        self._starts = self._paper.pages(plan.paragraphs).starts
        self.places = dict(self._placed())
        self.size = (plan.paper_mm[0] * MM, plan.paper_mm[1] * MM)
        count = len(self._starts)
        self.names = [plan.page_of.format(page=n, count=count) for n in range(1, count + 1)]

    def _placed(self) -> Iterator[tuple[str, int]]:
        theme, place = -1, 0
        for at, each in enumerate(self._plan.paragraphs):
            if each.style.startswith("Heading 1"):
                theme, place = theme + 1, 0
            elif each.style.startswith("Question"):
                theme, place = max(theme, 0), place + 1  # a lone theme may have no heading
            else:
                continue
            yield f"{theme},{place}", bisect_right(self._starts, at) - 1

    def page(self, number: int, _: int) -> Shapes:
        plan, style, palette = self._plan, self._style, self._plan.stylesheet.palette
        canvas = _Canvas(self._paper.fonts, self.size, palette.paper, right_to_left(plan.lang))
        y = style.top_margin_mm * MM
        if self._logo and not number:
            most = [each * MM for each in style.logo_mm]
            edge = style.edge_distance_mm * MM
            canvas.logo(self._logo, style.side_margin_mm * MM, edge, most, self.size[0])
            y = max(y, edge + self._logo.within(*most)[1] + style.logo_after_mm * MM)
        ends = (*self._starts[1:], len(plan.paragraphs))
        for place in range(self._starts[number], ends[number]):
            y = self._paragraph(plan.paragraphs[place], y, canvas)
        self._edges(number, ends[number], canvas)
        return canvas.shapes

    def _edges(self, number: int, end: int, canvas: _Canvas) -> None:
        """Draw header and footer: the page's first theme, or the one before it; title and page. If
        a page has no theme for its header, the title is there instead."""
        plan, style = self._plan, self._style
        small = self._type(
            f"{style.sans}-regular", style.small_pt, 0, plan.stylesheet.palette.muted
        )
        edge, column = style.edge_distance_mm * MM, self._column(0, canvas)
        foot = self.size[1] - edge
        title = (Span(plan.running),)
        if plan.head:
            canvas.lines([title], column, foot, small)
        align = "l" if small.align == "r" else "r"
        canvas.lines([(Span(self.names[number]),)], column, foot, small._replace(align=align))
        heads = [at for at, each in enumerate(plan.paragraphs[:end]) if each.style == "Heading 1"]
        if number:
            first = next((at for at in heads if at >= self._starts[number]), max(heads, default=0))
            head = plan.paragraphs[first].text if plan.head else title
            canvas.lines([head], column, edge + style.small_pt, small)

    def _type(self, font: str, size: float, pitch: float, fill: str) -> Type:
        return Type(font, size, pitch, fill, "r" if right_to_left(self._plan.lang) else "l")

    def _column(self, indent: float, canvas: _Canvas) -> tuple[float, float]:
        margin = self._style.side_margin_mm * MM
        return canvas.inside(margin, self.size[0] - 2 * margin, indent, 0)

    def _paragraph(self, each: Written, y: float, canvas: _Canvas) -> float:
        """Draw a paragraph and return where the next one begins."""
        style, palette = self._style, self._plan.stylesheet.palette
        name, _, depth = each.style.removesuffix(" Kept").partition(" ")
        set_, step, hang = self._paper.setting(each), style.indent_mm * MM, self._hang * MM
        accent = palette.accent(each.accent) if each.accent else palette.ink
        fill = accent if name == "Heading" else palette.muted if name in MUTED else palette.ink
        y += set_.before_pt
        if not set_.size_pt:
            self._rule(each, hang if name == "Answer" else 0.0, y, canvas)
            return y + set_.after_pt
        type_ = self._type(set_.font, set_.size_pt, set_.line_pt, fill)
        label, at, indent = "", 0.0, set_.indent_pt
        if name == "Question":
            label, fill = f"{BOX} {each.number}.", accent
        elif name == "Follow-up":
            label, at, indent = DASH, hang + step * (int(depth) - 1), hang + step * int(depth)
        elif each.box:
            label, at, indent = BOX, hang, hang + step
        if label:
            number = (Span(label, strong=name == "Question"),)
            base = y + set_.size_pt * ASCENT
            canvas.lines([number], self._column(at, canvas), base, type_._replace(fill=fill))
        slanted = name == "Hint" and slants(self._plan.lang)
        lines = [
            tuple(replace(span, emphasis=slanted or span.emphasis) for span in line)
            for line in set_.lines
        ]
        canvas.lines(lines, self._column(indent, canvas), y + set_.size_pt * ASCENT, type_)
        y += len(lines) * set_.line_pt
        left, wide = self._column(indent, canvas)
        if name in ("Heading", "Field"):
            below = style.theme_space_pt if name == "Heading" else 0
            canvas.rect((left, y + below, wide, style.theme_rule_pt), palette.rule)
        return y + set_.after_pt

    def _rule(self, each: Written, indent: float, y: float, canvas: _Canvas) -> None:
        """Draw a rule to write on; the first of several has a label."""
        style, palette = self._style, self._plan.stylesheet.palette
        left, wide = self._column(indent, canvas)
        small = self._type(f"{style.sans}-regular", style.small_pt, 0, palette.muted)
        canvas.lines([each.text], (left, wide), y - style.small_pt * 0.3, small)
        canvas.rect((left, y, wide, style.line_pt), palette.rule)
