"""The workbook with WeasyPrint, pdf/ua-1: `weasyprint_workbook.py BOOK.json OUT.pdf`."""

import json
import sys
from html import escape
from pathlib import Path

from fonts import BOLD, LINES, SANS, SERIF
from weasyprint import HTML

STYLE = f"""
@font-face {{ font-family: BookSerif; src: url({SERIF.as_uri()}) }}
@font-face {{ font-family: BookSerif; font-weight: 600; src: url({BOLD.as_uri()}) }}
@font-face {{ font-family: BookSans; src: url({SANS.as_uri()}) }}
@page {{ size: A4; margin: 22mm 18mm 24mm 25mm;
  @bottom-right {{ content: counter(page); font: 8.5pt BookSans }} }}
body {{ font: 12.5pt/19pt BookSerif }}
h1 {{ font: 600 30pt/36pt BookSerif }}
h1.cover {{ font-size: 46pt; line-height: 50pt; margin-top: 60mm }}
nav, .opener, .questions {{ break-before: page }}
ol {{ list-style: none; padding: 0; font: 11pt/14.5pt BookSans }}
a {{ color: inherit; text-decoration: none }}
a::after {{ content: leader(' ') target-counter(attr(href), page) }}
section.q {{ break-inside: avoid; margin-bottom: 9mm }}
h2 {{ font: 600 13.5pt/18.5pt BookSerif; margin: 0 }} .f {{ font-size: 11pt; margin: 0 0 0 5mm }}
.rule {{ height: 8mm; box-sizing: border-box; border-bottom: 0.5pt solid #A9B4C0 }}
"""


def _row(key: str, text: str) -> str:
    return f'<li><a href="#{key}">{escape(text)}</a></li>'


def build(book: Path, output: Path) -> None:
    data = json.loads(book.read_text(encoding="utf-8"))
    rules = '<div class="rule"></div>' * LINES
    title = escape(data["title"])
    parts = [f'<html lang="en"><title>{title}</title><h1 class="cover">{title}</h1>']
    rows = [_row(f"t{n}", theme["title"]) for n, theme in enumerate(data["themes"])]
    parts.append(f"<nav><h1>Contents</h1><ol>{''.join(rows)}</ol></nav>")
    for n, theme in enumerate(data["themes"]):
        rows = [_row(f"q{q['number']}", f"{q['number']}. {q['text']}") for q in theme["questions"]]
        parts.append(f'<div class="opener"><h1 id="t{n}">{escape(theme["title"])}</h1>')
        parts.append(f"<p>{escape(theme['intro'])}</p><ol>{''.join(rows)}</ol></div>")
        parts.append('<div class="questions">')
        for q in theme["questions"]:
            asked = "".join(f'<p class="f">{escape(text)}</p>' for text in q["followups"])
            heading = f'<h2 id="q{q["number"]}">{q["number"]}. {escape(q["text"])}</h2>'
            parts.append(f'<section class="q">{heading}{asked}{rules}</section>')
        parts.append("</div>")
    page = f"{''.join(parts)}<style>{STYLE}</style></html>"
    HTML(string=page).write_pdf(output, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
