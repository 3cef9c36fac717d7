"""Drawing a plan on a tagged canvas. Decides nothing.

Platypus is not used: its paragraphs read text as mark-up, and one pass over placed boxes is faster.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby

from generator.bidi import right_to_left
from generator.pdf.canvas import Description, TaggedCanvas
from generator.pdf.forms import Form
from generator.pdf.objects import rounded
from generator.stylesheet import MM
from generator.writers import Output
from generator.writers.workbook.boxes import (
    Bar,
    Bookmark,
    Box,
    Dots,
    Field,
    Key,
    Link,
    Outline,
    Picture,
    Rules,
    Text,
)
from generator.writers.workbook.fonts import file_of
from generator.writers.workbook.page import Page
from generator.writers.workbook.plan import Plan

FOOT = "/Type /Pagination /Subtype /Footer"


def write(plan: Plan) -> Output:
    """The PDF 1.7 of a plan; equal bytes for an equal plan."""
    booklet = plan.edition == "booklet"
    buffer = io.BytesIO()
    about = Description(
        plan.title, plan.author, plan.subject, plan.lang, "workshop-papers", plan.timestamp
    )
    size = (plan.width * (2 if booklet else 1), plan.height)
    canvas = TaggedCanvas(buffer, size, None if booklet else plan.root, about)
    drawing = _Drawing(canvas, plan, plan.edition == "fillable")
    if booklet:
        _impose(drawing, plan.pages)
    else:
        canvas.showOutline()
        if right_to_left(plan.lang):
            canvas.setViewerPreference("Direction", "R2L")
        canvas.addPageLabel(0, style="ARABIC")
        for page in plan.pages:
            drawing.page(page)
            canvas.showPage()
    canvas.save()
    edition = "" if plan.edition == "print" else plan.edition
    return Output(buffer.getvalue(), canvas.getPageNumber() - 1, edition=edition)


def _impose(drawing: _Drawing, pages: tuple[Page, ...]) -> None:
    """Two pages a side, so that the folded and stapled sheets read in order."""
    for left, right in imposition(len(pages)):
        if right_to_left(drawing.plan.lang):
            left, right = right, left  # noqa: PLW2901
        drawing.page(pages[left])
        drawing.page(pages[right], drawing.plan.width)
        drawing.canvas.showPage()


def imposition(count: int) -> Iterator[tuple[int, int]]:
    """The pages (from 0) of each side of a saddle-stitched booklet; `count` is a multiple of 4."""
    for sheet in range(count // 4):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        yield last, first
        yield first + 1, last - 1


class _Drawing:
    def __init__(self, canvas: TaggedCanvas, plan: Plan, fillable: bool) -> None:
        self.canvas, self.plan = canvas, plan
        self.form = Form(canvas, file_of("sans-regular")) if fillable else None
        self.interactive = plan.edition != "booklet"

    def page(self, page: Page, shift: float = 0.0) -> None:
        """`shift` moves it to the right, in points."""
        left, top, height = shift + page.left, self.plan.height - self.plan.top, self.plan.height
        self._paint(page.boxes, left, top, "/Type /Layout")
        self._paint(page.decoration, shift, height, "/Type /Layout")
        self._paint(page.foot, shift, height, FOOT)
        for box in page.boxes:
            if type(box) in _PLACED and (self.interactive or type(box) is Picture):
                _PLACED[type(box)](self, box, left, top)

    def _paint(self, boxes: Iterable[Box], left: float, top: float, artifact: str) -> None:
        """Marked content: boxes of one tag that follow each other are one run."""
        canvas = self.canvas
        painted = (box for box in boxes if type(box) in _PAINTED)
        for tag, run in groupby(painted, key=lambda box: getattr(box, "tag", None)):
            if tag is None:
                canvas.artifact(artifact)
            else:
                canvas.begin(tag)
            for box in run:
                canvas._code.append(_PAINTED[type(box)](self, box, left, top))
            canvas.end()

    # -- painted: each returns operators of a content stream (ISO 32000-1, annex A)

    def text(self, box: Text, left: float, top: float) -> str:
        """Where letters are raised, in ems as text rise is: at a size of 1, and scaled."""
        parts = self.plan.fonts.face(box.face).line(box.text, box.rtl)
        raised = any(" Ts " in code for _, code in parts)
        size, scale = (1.0, box.size) if raised else (box.size, 1.0)
        runs = " ".join(
            f"{self.canvas.font_name(font)} {size:.5g} Tf [{code}] TJ" for font, code in parts
        )
        spaced = f"{box.spacing / scale:.4g} Tc {runs} 0 Tc" if box.spacing else runs
        if box.rtl:  # ISO 32000-1, 14.8.2.3.3
            spaced = f"/ReversedChars BMC {spaced} EMC"
        at = f"{scale:.5g} 0 0 {scale:.5g} {left + box.x:.2f} {top - box.y:.2f}"
        return f"BT {_rgb(box.color)} rg {at} Tm {spaced} ET"

    def rules(self, box: Rules, left: float, top: float) -> str:
        parts = [f"{_rgb(box.color)} RG {box.width:.4g} w"]
        x0, x1, y0, y1 = left + box.x0, left + box.x1, top - box.y0, top - box.y1
        for index in range(box.number):
            dx, dy = index * box.dx, index * box.dy
            parts.append(f"{x0 + dx:.2f} {y0 - dy:.2f} m {x1 + dx:.2f} {y1 - dy:.2f} l")
        return " ".join([*parts, "S"])

    def bar(self, box: Bar, left: float, top: float) -> str:
        y = top - box.y - box.height
        return f"{_rgb(box.color)} rg {rounded(left + box.x, y, box.width, box.height)} f"

    def outline(self, box: Outline, left: float, top: float) -> str:
        head = f"{_rgb(box.color)} RG {box.line:.4g} w"
        x, y = left + box.x, top - box.y - box.height
        return f"{head} {rounded(x, y, box.width, box.height, box.radius)} S"

    def dots(self, box: Dots, left: float, top: float) -> str:
        """Round caps on dashes of no length: one stroke a row."""
        x0, x1 = left + box.x, left + box.x + box.width
        rows = (top - box.y - n * box.step for n in range(int(box.height // box.step) + 1))
        lines = " ".join(f"{x0:.2f} {y:.2f} m {x1:.2f} {y:.2f} l" for y in rows)
        head = f"{_rgb(box.color)} RG {box.radius * 2:.4g} w 1 J [0 {box.step:.5g}] 0 d"
        return f"q {head} {lines} S Q"

    # -- placed over what is painted

    def link(self, box: Link, left: float, top: float) -> None:
        x, y = left + box.x, top - box.y
        area = (x, y - box.height, x + box.width, y)
        self.canvas.link(box.tag, area, box.words, _name(box.key), box.uri)

    def field(self, box: Field, left: float, top: float) -> None:
        if self.form:
            x, y = left + box.x, top - box.y
            area = (x, y - box.height, x + box.width, y)
            self.form.add(box.kind, box.tag, area, box.name, box.words, box.value)

    def picture(self, box: Picture, left: float, top: float) -> None:
        x, y = left + box.x, top - box.y
        area = (x, y - box.height, x + box.width, y)
        self.canvas.picture(box.tag, area, box.logo.data, box.logo.alt)

    def bookmark(self, box: Bookmark, _: float, top: float) -> None:
        self.canvas.bookmark(_name(box.key), top - box.y + 4 * MM, box.title, box.level)


@cache
def _rgb(color: str) -> str:
    """The operands of `rg` and `RG`."""
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))


def _name(key: Key | None) -> str:
    return "theme-{}-{}".format(*key) if key else ""


_PAINTED: dict[type, Callable[..., str]] = {
    Text: _Drawing.text, Rules: _Drawing.rules, Bar: _Drawing.bar,
    Outline: _Drawing.outline, Dots: _Drawing.dots,
}  # fmt: skip
_PLACED: dict[type, Callable[..., None]] = {
    Picture: _Drawing.picture, Link: _Drawing.link, Field: _Drawing.field,
    Bookmark: _Drawing.bookmark,
}  # fmt: skip
