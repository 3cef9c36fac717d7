"""The workbook with fpdf2, untagged: `fpdf2_workbook.py BOOK.json OUT.pdf`."""

import json
import sys
from pathlib import Path

from fonts import BOLD, LINES, SANS, SERIF
from fpdf import FPDF

PITCH, GAP = 8, 9


class Workbook(FPDF):
    def footer(self):
        self.set_y(-15)
        self.set_font("Sans", size=8.5)
        self.cell(0, 4, str(self.page_no()), align="R")


def _text(pdf, family, size, leading, text, **options):
    pdf.set_font(family, size=size)
    pdf.multi_cell(0, leading * 0.3528, text, align="L", new_x="LMARGIN", new_y="NEXT", **options)


def _block(pdf, q, link):
    with pdf.unbreakable() as block:
        _text(block, "Bold", 13.5, 18.5, f"{q['number']}. {q['text']}")
        for text in q["followups"]:
            _text(block, "Serif", 11, 15.5, f"   {text}")
        for _ in range(LINES):
            block.cell(0, PITCH, border="B", new_x="LMARGIN", new_y="NEXT")
    pdf.set_link(link, page=pdf.page_no())
    pdf.ln(GAP)


def _draw(data, pages):
    """One pass; `pages` are the numbers that the pass before found."""
    pdf = Workbook(format="A4")
    for name, file in (("Serif", SERIF), ("Bold", BOLD), ("Sans", SANS)):
        pdf.add_font(name, fname=str(file))
    pdf.set_title(data["title"])
    pdf.set_lang("en")
    pdf.set_margins(25, 22, 18)
    pdf.set_auto_page_break(True, 24)
    pdf.set_draw_color(169, 180, 192)
    pdf.set_line_width(0.18)
    found = {}
    links = {q["number"]: pdf.add_link(page=1) for t in data["themes"] for q in t["questions"]}
    openers = [pdf.add_link(page=1) for _ in data["themes"]]
    pdf.add_page()
    pdf.set_y(80)
    _text(pdf, "Bold", 46, 50, data["title"])
    pdf.add_page()
    _text(pdf, "Bold", 30, 36, "Contents")
    for n, theme in enumerate(data["themes"]):
        row = f"{theme['title']}  {pages.get(f't{n}', 0)}"
        _text(pdf, "Sans", 11, 14.5, row, link=openers[n])
    for n, theme in enumerate(data["themes"]):
        pdf.add_page()
        pdf.set_link(openers[n], page=pdf.page_no())
        found[f"t{n}"] = pdf.page_no()
        _text(pdf, "Bold", 30, 36, theme["title"])
        _text(pdf, "Serif", 12.5, 19, theme["intro"])
        for q in theme["questions"]:
            row = f"{q['number']}. {q['text']}  {pages.get(q['number'], 0)}"
            _text(pdf, "Sans", 11, 14.5, row, link=links[q["number"]])
        pdf.add_page()
        for q in theme["questions"]:
            _block(pdf, q, links[q["number"]])
            found[q["number"]] = pdf.page_no()
    return pdf, found


def build(book: Path, output: Path) -> None:
    data = json.loads(book.read_text(encoding="utf-8"))
    _, pages = _draw(data, {})
    _draw(data, pages)[0].output(str(output))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
