"""Draws a plan on a tagged canvas. Nothing is decided here.

Platypus is not used, as its paragraphs interpret text as mark-up, and as one pass over placed boxes
is faster.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import IO

from generator.look.fonts import file_of
from generator.look.style import MM
from generator.pdf.canvas import Rect, TaggedCanvas, Values
from generator.pdf.forms import Form
from generator.pdf.objects import stream
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
from generator.writers.workbook.direction import directed
from generator.writers.workbook.page import Page, Plan

FOOT = "/Type /Pagination /Subtype /Footer"


SAID = 0.6
"""Font size of a value on a line, relative to the height of the line's field."""
SAID_INK = "#1F2933"


def write(plan: Plan) -> Output:
    """Return the PDF 1.7 of a plan; equal plans give equal bytes."""
    edition = "" if plan.edition == "print" else plan.edition
    out = io.BytesIO()
    canvas = _drawn(plan, out)
    canvas.finish()
    return Output(out.getvalue(), canvas.page_count, plan.fonts.left_out, edition=edition)


def copies(plan: Plan, people: Sequence[Values]) -> Callable[[Values], bytes]:
    """Return a function that makes the PDF of one of some people, with their values on lines of the
    cover (`name`, `mentor`, ...). All of them have values for the same lines; what they share is
    drawn once."""
    return _drawn(plan, io.BytesIO(), people).copies()


class Bundle:
    """The workbooks of many people in one file for printing, each from a right-hand page on."""

    def __init__(self, plan: Plan) -> None:
        """Begin a file with the metadata of `plan`."""
        self._file = io.BytesIO()
        self._canvas = TaggedCanvas(self._file, (0.0, 0.0), None, plan.about)
        self._canvas.preferences["PrintScaling"] = "/None"
        self._blank = self._canvas.document.add(stream(b""))

    def add(self, plan: Plan, people: Sequence[Values]) -> Callable[[Values, str], int]:
        """Draw what some people share. Returns a function that adds the pages of one of them, with
        a bookmark, and returns their number."""
        canvas, size = self._canvas, _size(plan)
        drawing = _Drawing(canvas, plan, False, people)
        drawing.interactive = False
        sheets = [canvas.end_sheet() for _ in drawing.sides()]

        def add(values: Values, title: str) -> int:
            for number, sheet in enumerate(sheets):
                canvas.repeat(sheet(values), size)
                if not number:
                    canvas.bookmark(f"page-{canvas.page_count}", size[1], title)
            if len(sheets) % 2:
                canvas.repeat(self._blank, size)
            return len(sheets) + len(sheets) % 2

        return add

    def data(self) -> bytes:
        self._canvas.finish()
        return self._file.getvalue()


def _size(plan: Plan) -> tuple[float, float]:
    """Return the size of one side of paper."""
    return plan.width * (2 if plan.edition == "booklet" else 1), plan.height


def _drawn(plan: Plan, file: IO[bytes], people: Sequence[Values] = ()) -> TaggedCanvas:
    booklet = plan.edition == "booklet"
    canvas = TaggedCanvas(file, _size(plan), None if booklet else plan.root, plan.about)
    fillable = plan.edition == "fillable"
    canvas.preferences["PrintScaling"] = "/None"
    if not fillable:
        edge = "Short" if booklet else plan.flip
        canvas.preferences["Duplex"] = f"/DuplexFlip{edge}Edge"
    if right_to_left(plan.about.lang) and not booklet:
        canvas.preferences["Direction"] = "/R2L"
    for _ in _Drawing(canvas, plan, fillable, people).sides():
        canvas.end_page()
    return canvas


def imposition(count: int) -> Iterator[tuple[int, int]]:
    """Yield the pages (from 0) on each side of a saddle-stitched booklet; `count` is a multiple of
    4."""
    for sheet in range(count // 4):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        yield last, first
        yield first + 1, last - 1


class _Drawing:
    def __init__(
        self, canvas: TaggedCanvas, plan: Plan, fillable: bool, people: Sequence[Values]
    ) -> None:
        self.canvas, self.plan, self.people = canvas, plan, people
        self.rtl = right_to_left(plan.about.lang)
        self.form = Form(canvas, file_of("sans-regular"), plan.about.lang) if fillable else None
        self.interactive = plan.edition != "booklet"
        """True if links are active and targets are marked."""

    def sides(self) -> Iterator[None]:
        """Draw one side after the other. A booklet has two pages on each, so that the folded and
        stapled sheets read in order."""
        pages = self.plan.pages
        if self.plan.edition != "booklet":
            for page in pages:
                self.canvas.begin_page()
                self.page(page)
                yield
            return
        for places in imposition(len(pages)):
            left, right = reversed(places) if self.rtl else places
            self.canvas.begin_page()
            self.page(pages[left])
            self.page(pages[right], self.plan.width)
            yield

    def page(self, page: Page, shift: float = 0.0) -> None:
        """Draw a page, moved to the right by `shift` points."""
        left, top, height = shift + page.left, self.plan.height - self.plan.top, self.plan.height
        self._paint(page.decoration, shift, height, "/Type /Layout")
        self._paint(page.boxes, left, top, "/Type /Layout")
        self._paint(page.foot, shift, height, FOOT)
        for box in page.boxes:
            if type(box) in _PLACED and (self.interactive or type(box) in (Picture, Field)):
                _PLACED[type(box)](self, box, left, top)

    def _paint(self, boxes: Iterable[Box], left: float, top: float, artifact: str) -> None:
        """Draw boxes as marked content: consecutive boxes with the same tag are one sequence."""
        canvas, open_tag, is_open = self.canvas, None, False
        for box in boxes:
            paint = _PAINTED.get(type(box))
            if paint is None:
                continue
            tag = box.tag if type(box) is Text else None
            if tag is not open_tag or not is_open:
                if is_open:
                    canvas.end()
                canvas.begin(tag) if tag else canvas.artifact(artifact)
                open_tag, is_open = tag, True
            paint(self, box, left, top)
        if is_open:
            canvas.end()

    # -- painted

    def text(self, box: Text, left: float, top: float) -> None:
        canvas, face = self.canvas, self.plan.fonts.face(box.face)
        canvas.state("fill", _rgb(box.color, "rg"))
        at = (left + box.x, top - box.y)
        canvas.text(face, box.text, box.size, at, box.rtl, box.spacing)

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
        self.canvas.state("fill", _rgb(box.color, "rg"))
        self.canvas.rectangle(_area(box, left, top), True, box.radius)

    def outline(self, box: Outline, left: float, top: float) -> None:
        self._pen(box.color, box.line)
        self.canvas.rectangle(_area(box, left, top), False, box.radius)

    def _pen(self, color: str, width: float) -> None:
        self.canvas.state("pen", f"{_rgb(color, 'RG')} {width:.4g} w")

    # -- placed over what is painted

    def link(self, box: Link, left: float, top: float) -> None:
        self.canvas.link(box.tag, _area(box, left, top), box.words, _name(box.key), box.uri)

    def field(self, box: Field, left: float, top: float) -> None:
        area = _area(box, left, top)
        if self.people and box.name in self.people[0]:
            self._said(box, area)
        elif self.form:
            self.form.add(box.kind, box.tag, area, box.name, box.words, box.value, box.group)

    def _said(self, box: Field, area: Rect) -> None:
        """Show the values of each person's copy here, in the field or as text on the line."""
        x, y = (0.0, 0.0) if self.form else area[:2]
        line = (x, y, box.width, box.height * SAID)

        # Drawn before the fonts are embedded, so that they have the glyphs.
        said = {values[box.name] for values in self.people}
        drawn = {text: " ".join(self._line_of(text, *line)) for text in sorted(said)}

        def shown(values: Values) -> str:
            return drawn[values[box.name]]

        if self.form:
            self.form.add_said(box.tag, area, box.name, box.words, shown)
            return
        self.canvas.begin(box.tag.parent or box.tag)
        self.canvas.hole(shown)
        self.canvas.end()

    def _line_of(self, text: str, x: float, low: float, room: float, size: float) -> Iterator[str]:
        """Yield a text in runs of one direction, in reading order, and smaller if it is wider than
        its line."""
        face = self.plan.fonts.face("sans-regular")
        size = min(size, size * room / max(face.width(text, size), 0.1))
        line = Text(0.0, 0.0, text, "sans-regular", size, SAID_INK)
        yield _rgb(SAID_INK, "rg")
        for run in directed([line], self.plan.fonts, self.rtl, room):
            if isinstance(run, Text):
                at = (x + run.x, low + size * 0.35)
                yield from self.canvas.typesetter.show(face, run.text, size, at, run.rtl)

    def picture(self, box: Picture, left: float, top: float) -> None:
        self.canvas.picture(box.tag, _area(box, left, top), box.logo.data, box.logo.alt)

    def bookmark(self, box: Bookmark, _: float, top: float) -> None:
        self.canvas.bookmark(_name(box.key), top - box.y + 4 * MM, box.title, box.level)


def _area(box: Bar | Outline | Link | Field | Picture, left: float, top: float) -> Rect:
    """Return left, bottom, right and top of a box on the page, whose frame begins at `left` and
    `top`."""
    x, y = left + box.x, top - box.y
    return x, y - box.height, x + box.width, y


@cache
def _rgb(color: str, operator: str) -> str:
    """Return the operation that sets a colour: `rg` to fill, `RG` to stroke."""
    parts = (f"{int(color[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))
    return f"{' '.join(parts)} {operator}"


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
