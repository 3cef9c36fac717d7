"""The workbook with reportlab's platypus, untagged: `platypus_workbook.py BOOK.json OUT.pdf`."""

import json
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from fonts import BOLD, LINES, SANS, SERIF
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)  # fmt: skip
from reportlab.platypus.tableofcontents import TableOfContents

TITLE = ParagraphStyle("title", fontName="Bold", fontSize=46, leading=50)
H1 = ParagraphStyle("h1", fontName="Bold", fontSize=30, leading=36, spaceAfter=8 * mm)
INTRO = ParagraphStyle("intro", fontName="Serif", fontSize=12.5, leading=19, spaceAfter=5 * mm)
ROW = ParagraphStyle("row", fontName="Sans", fontSize=11, leading=14.5, rightIndent=12 * mm)
QUESTION = ParagraphStyle("question", fontName="Bold", fontSize=13.5, leading=18.5)
FOLLOWUP = ParagraphStyle("f", fontName="Serif", fontSize=11, leading=15.5, leftIndent=5 * mm)


class Rules(Flowable):
    def wrap(self, width, _height):
        self.width = width
        return width, LINES * 8 * mm

    def draw(self):
        self.canv.setStrokeColor(HexColor("#A9B4C0"))
        self.canv.setLineWidth(0.5)
        for n in range(LINES):
            self.canv.line(0, n * 8 * mm, self.width, n * 8 * mm)


class Entry(Paragraph):
    """A paragraph that the contents, or its theme's list, name with their page."""

    entry = None


class Document(BaseDocTemplate):
    def __init__(self, output, title):
        super().__init__(str(output), pagesize=A4, title=title, lang="en")
        frame = Frame(25 * mm, 24 * mm, A4[0] - 43 * mm, A4[1] - 46 * mm, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate(frames=[frame], onPage=self.foot)])

    def foot(self, canvas, _document):
        canvas.setFont("Sans", 8.5)
        canvas.drawRightString(A4[0] - 18 * mm, 12.5 * mm, str(canvas.getPageNumber()))

    def afterFlowable(self, flowable):
        if isinstance(flowable, Entry):
            kind, key, text = flowable.entry
            self.canv.bookmarkPage(key)
            self.notify(kind, (0, text, self.page, key))


def _entry(text, style, kind, key):
    entry = Entry(f'<a name="{key}"/>{text}', style)
    entry.entry = (kind, key, text)
    return entry


def _contents(kind):
    contents = TableOfContents(levelStyles=[ROW], notifyKind=kind)
    contents.rightColumnWidth = 12 * mm
    return contents


def build(book: Path, output: Path) -> None:
    for name, file in (("Serif", SERIF), ("Bold", BOLD), ("Sans", SANS)):
        pdfmetrics.registerFont(TTFont(name, str(file)))
    data = json.loads(book.read_text(encoding="utf-8"))
    story = [Spacer(1, 60 * mm), Paragraph(escape(data["title"]), TITLE), PageBreak()]
    story += [Paragraph("Contents", H1), _contents("themes")]
    for n, theme in enumerate(data["themes"]):
        kind = f"theme{n}"
        story += [PageBreak(), _entry(escape(theme["title"]), H1, "themes", f"t{n}")]
        story += [Paragraph(escape(theme["intro"]), INTRO), _contents(kind), PageBreak()]
        for q in theme["questions"]:
            text = f"{q['number']}. {escape(q['text'])}"
            asked = [Paragraph(escape(each), FOLLOWUP) for each in q["followups"]]
            block = [_entry(text, QUESTION, kind, f"q{q['number']}"), *asked]
            story += [KeepTogether([*block, Rules()]), Spacer(1, 9 * mm)]
    Document(output, data["title"]).multiBuild(story)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
