"""The workbook with Typst, PDF/UA-1: `typst_workbook.py BOOK.json OUT.pdf`."""

import sys
from pathlib import Path

import typst
from fonts import LINES, SANS_FOLDER, SERIF_FOLDER

SOURCE = """
#let book = json("BOOK")
#set document(title: book.title)
#set text(font: "Source Serif Pro", size: 12.5pt, lang: "en")
#let sans = text.with(font: "Source Sans Pro")
#set page("a4", margin: (inside: 25mm, outside: 18mm, top: 22mm, bottom: 24mm),
  footer: context if here().page() > 1 {
    sans(size: 8.5pt)[#book.title #h(1fr) #counter(page).display()] })
#let rules = pdf.artifact(stack(..range(LINES).map(_ => {
  v(8mm); line(length: 100%, stroke: 0.5pt + rgb("#A9B4C0")) })))
#show heading: set text(size: 30pt, weight: "semibold")
#v(60mm)
#text(size: 46pt, weight: "semibold", book.title)
#pagebreak()
#outline(title: "Contents")
#for theme in book.themes {
  pagebreak()
  heading(theme.title)
  par(theme.intro)
  for q in theme.questions {
    let key = label("q" + str(q.number))
    block(sans(size: 11pt, link(key)[#str(q.number). #q.text #h(1fr)
      #context counter(page).at(key).first()]))
  }
  pagebreak()
  for q in theme.questions {
    block(breakable: false, below: 9mm)[
      #text(size: 13.5pt, weight: "semibold")[#str(q.number). #q.text] #label("q" + str(q.number))
      #for f in q.followups { block(inset: (left: 5mm), text(size: 11pt, f)) }
      #rules
    ]
  }
}
"""


def build(book: Path, output: Path) -> None:
    source = SOURCE.replace("BOOK", book.name).replace("LINES", str(LINES))
    markup = book.with_suffix(".typ")
    markup.write_text(source, encoding="utf-8")
    folders = [str(SERIF_FOLDER), str(SANS_FOLDER)]
    typst.compile(str(markup), output=str(output), font_paths=folders, pdf_standards="ua-1")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
