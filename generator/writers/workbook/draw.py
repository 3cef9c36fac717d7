"""Drawing a plan on a tagged canvas. Decides nothing.

Platypus is not used: its paragraphs read text as mark-up, and one pass over placed boxes is faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby

from generator.look.fonts import file_of
from generator.look.style import MM
from generator.pdf.canvas import TaggedCanvas
from generator.pdf.forms import Form
from generator.text.bidi import right_to_left
from generator.writers import Output
from generator.writers.workbook.boxes import (
    Bar,
    Bookmark,
    Box,
    Field,
    Key,
    Link,
    Outline,
    Picture,
    Rules,
    Text,
)
from generator.writers.workbook.page import Page
from generator.writers.workbook.plan import Plan

FOOT = "/Type /Pagination /Subtype /Footer"


def write(plan: Plan) -> Output:
    """The PDF 1.7 of a plan; equal bytes for an equal plan."""
    booklet = plan.edition == "booklet"
    size = (plan.width * (2 if booklet else 1), plan.height)
    canvas = TaggedCanvas(size, None if booklet else plan.root, plan.about)
    fillable = plan.edition == "fillable"
    canvas.preferences["PrintScaling"] = "/None"
    if not fillable:
        edge = "Short" if booklet else plan.flip
        canvas.preferences["Duplex"] = f"/DuplexFlip{edge}Edge"
    drawing = _Drawing(canvas, plan, fillable)
    if booklet:
        _impose(drawing, plan.pages)
    else:
        if right_to_left(plan.about.lang):
            canvas.preferences["Direction"] = "/R2L"
        for page in plan.pages:
            canvas.begin_page()
            drawing.page(page)
            canvas.end_page()
    edition = "" if plan.edition == "print" else plan.edition
    return Output(canvas.data(), canvas.page_count, edition=edition)


def _impose(drawing: _Drawing, pages: tuple[Page, ...]) -> None:
    """Two pages a side, so that the folded and stapled sheets read in order."""
    for left, right in imposition(len(pages)):
        if right_to_left(drawing.plan.about.lang):
            left, right = right, left  # noqa: PLW2901
        drawing.canvas.begin_page()
        drawing.page(pages[left])
        drawing.page(pages[right], drawing.plan.width)
        drawing.canvas.end_page()


def imposition(count: int) -> Iterator[tuple[int, int]]:
    """The pages (from 0) of each side of a saddle-stitched booklet; `count` is a multiple of 4."""
    for sheet in range(count // 4):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        yield last, first
        yield first + 1, last - 1


class _Drawing:
    def __init__(self, canvas: TaggedCanvas, plan: Plan, fillable: bool) -> None:
        self.canvas, self.plan = canvas, plan
        self.form = Form(canvas, file_of("sans-regular"), plan.about.lang) if fillable else None
        self.interactive = plan.edition != "booklet"

    def page(self, page: Page, shift: float = 0.0) -> None:
        """`shift` moves it to the right, in points."""
        left, top, height = shift + page.left, self.plan.height - self.plan.top, self.plan.height
        self._paint(page.decoration, shift, height, "/Type /Layout")
        self._paint(page.boxes, left, top, "/Type /Layout")
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
                _PAINTED[type(box)](self, box, left, top)
            canvas.end()

    # -- painted

    def text(self, box: Text, left: float, top: float) -> None:
        face, at = self.plan.fonts.face(box.face), (left + box.x, top - box.y)
        shown = self.canvas.typesetter.show(face, box.text, box.size, at, box.rtl, box.spacing)
        self.canvas.write(f"{_rgb(box.color)} rg {shown}")

    def rules(self, box: Rules, left: float, top: float) -> None:
        x0, x1, y0, y1 = left + box.x0, left + box.x1, top - box.y0, top - box.y1
        self._pen(box.color, box.width)
        # Written here, as reportlab takes six times as long and rules are most of what is drawn.
        steps = ((n * box.dx, n * box.dy) for n in range(box.number))
        lines = (f"{x0 + dx:.2f} {y0 - dy:.2f} m {x1 + dx:.2f} {y1 - dy:.2f} l" for dx, dy in steps)
        # Dots are the round caps of dashes that have no length.
        dots = f"1 J [0 {box.dots:.5g}] 0 d " if box.dots else ""
        self.canvas.write(f"q {dots}{' '.join(lines)} S Q" if dots else f"{' '.join(lines)} S")

    def bar(self, box: Bar, left: float, top: float) -> None:
        self.canvas.write(f"{_rgb(box.color)} rg")
        area = (left + box.x, top - box.y - box.height, box.width, box.height)
        if box.radius:
            self.canvas.shapes.roundRect(*area, box.radius, stroke=0, fill=1)
        else:
            self.canvas.shapes.rect(*area, stroke=0, fill=1)

    def outline(self, box: Outline, left: float, top: float) -> None:
        self._pen(box.color, box.line)
        area = (left + box.x, top - box.y - box.height, box.width, box.height)
        self.canvas.shapes.roundRect(*area, box.radius)

    def _pen(self, color: str, width: float) -> None:
        self.canvas.write(f"{_rgb(color)} RG {width:.4g} w")

    # -- placed over what is painted

    def link(self, box: Link, left: float, top: float) -> None:
        x, y = left + box.x, top - box.y
        area = (x, y - box.height, x + box.width, y)
        self.canvas.link(box.tag, area, box.words, _name(box.key), box.uri)

    def field(self, box: Field, left: float, top: float) -> None:
        if self.form:
            x, y = left + box.x, top - box.y
            area = (x, y - box.height, x + box.width, y)
            self.form.add(box.kind, box.tag, area, box.name, box.words, box.value, box.group)

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


_PAINTED: dict[type, Callable[..., None]] = {
    Text: _Drawing.text, Rules: _Drawing.rules, Bar: _Drawing.bar,
    Outline: _Drawing.outline,
}  # fmt: skip
_PLACED: dict[type, Callable[..., None]] = {
    Picture: _Drawing.picture, Link: _Drawing.link, Field: _Drawing.field,
    Bookmark: _Drawing.bookmark,
}  # fmt: skip
