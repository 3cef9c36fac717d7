"""Drawing a plan on reportlab's canvas. Decides nothing.

Platypus is not used: its paragraphs read text as mark-up, and one pass over placed boxes is faster.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from generator.writers import Output
from generator.writers.workbook.boxes import Bar, Bookmark, Dots, Link, Outline, Rule, Text
from generator.writers.workbook.fonts import face
from generator.writers.workbook.plan import Page, Plan

rl_config.useA85 = 0  # streams as bytes: smaller, and quicker to write


def write(plan: Plan) -> Output:
    """The PDF 1.7 of a plan; equal bytes for an equal plan."""
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(plan.width, plan.height),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName="sans-regular",
        lang=plan.lang,
    )
    _describe(canvas, plan)
    for page in plan.pages:
        _page(canvas, page, plan)
        # The file's /ID is made of its metadata alone otherwise: equal for two texts of one title.
        canvas._doc.updateSignature("\n".join(canvas._code).encode("latin-1", "replace"))
        canvas.showPage()
    canvas.save()
    return Output(buffer.getvalue(), len(plan.pages))


def _describe(canvas: Canvas, plan: Plan) -> None:
    canvas.setTitle(plan.title)
    canvas.setAuthor(plan.author)
    canvas.setSubject(plan.subject)
    canvas.setCreator("workshop-papers")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    stamp = canvas._doc._timeStamp
    stamp.YMDhms = plan.timestamp.timetuple()[:6]
    stamp.dhh = stamp.dmm = 0


def _page(canvas: Canvas, page: Page, plan: Plan) -> None:
    for box in page.boxes:
        _DRAW[type(box)](canvas, box, page.left, plan.height - plan.top)
    for box in page.decoration:
        _DRAW[type(box)](canvas, box, 0.0, plan.height)


_color = cache(HexColor)


@cache
def _rgb(color: str) -> str:
    """The operands of `rg` and `RG`."""
    return "{:.4g} {:.4g} {:.4g}".format(*_color(color).rgb())


def _text(canvas: Canvas, box: Text, left: float, top: float) -> None:
    """Operators written here: reportlab's drawString formats a text object for every run."""
    font = face(box.face).font
    parts = [f"BT {_rgb(box.color)} rg 1 0 0 1 {left + box.x:.2f} {top - box.y:.2f} Tm"]
    parts += [f"{box.spacing:.4g} Tc"] if box.spacing else []
    for subset, codes in font.splitString(box.text, canvas._doc):
        name = font.getSubsetInternalName(subset, canvas._doc)
        parts.append(f"{name} {box.size:.5g} Tf <{codes.hex()}> Tj")
    parts.append("0 Tc ET" if box.spacing else "ET")
    canvas._code.append(" ".join(parts))


def _rule(canvas: Canvas, box: Rule, left: float, top: float) -> None:
    canvas._code.append(
        f"{_rgb(box.color)} RG {box.width:.4g} w {left + box.x0:.2f} {top - box.y0:.2f} m "
        f"{left + box.x1:.2f} {top - box.y1:.2f} l S"
    )


def _bar(canvas: Canvas, box: Bar, left: float, top: float) -> None:
    canvas.setFillColor(_color(box.color))
    canvas.rect(left + box.x, top - box.y - box.height, box.width, box.height, stroke=0, fill=1)


def _outline(canvas: Canvas, box: Outline, left: float, top: float) -> None:
    canvas.setStrokeColor(_color(box.color))
    canvas.setLineWidth(box.line)
    bottom = top - box.y - box.height
    canvas.roundRect(left + box.x, bottom, box.width, box.height, box.radius, stroke=1, fill=0)


def _dots(canvas: Canvas, box: Dots, left: float, top: float) -> None:
    """Round caps on dashes of no length: one stroke a row."""
    canvas.saveState()
    canvas.setStrokeColor(_color(box.color))
    canvas.setLineWidth(box.radius * 2)
    canvas.setLineCap(1)
    canvas.setDash(0, box.step)
    for row in range(int(box.height // box.step) + 1):
        y = top - box.y - row * box.step
        canvas.line(left + box.x, y, left + box.x + box.width, y)
    canvas.restoreState()


def _link(canvas: Canvas, box: Link, left: float, top: float) -> None:
    x, y = left + box.x, top - box.y
    area = (x, y - box.height, x + box.width, y)
    if box.key:
        canvas.linkAbsolute("", _name(box.key), area, Border="[0 0 0]")
    else:
        canvas.linkURL(box.uri, area, thickness=0)


def _bookmark(canvas: Canvas, box: Bookmark, _: float, top: float) -> None:
    canvas.bookmarkPage(_name(box.key), fit="XYZ", left=0, top=top - box.y + 12, zoom=0)
    if box.title:
        canvas.addOutlineEntry(box.title, _name(box.key), box.level, closed=box.level == 0)


def _name(key: tuple[int, int]) -> str:
    return "theme-{}-{}".format(*key)


_DRAW: dict[type, Callable[..., None]] = {
    Text: _text,
    Rule: _rule,
    Bar: _bar,
    Outline: _outline,
    Dots: _dots,
    Link: _link,
    Bookmark: _bookmark,
}
