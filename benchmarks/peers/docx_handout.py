"""The handout with python-docx, as people write it: `docx_handout.py BOOK.json OUT.docx`."""

import json
import sys
from pathlib import Path

from docx import Document


def build(book: Path, output: Path) -> None:
    data = json.loads(book.read_text(encoding="utf-8"))
    document = Document()
    document.add_heading(data["title"], 0)
    for theme in data["themes"]:
        document.add_heading(theme["title"], 1)
        document.add_paragraph(theme["intro"])
        for question in theme["questions"]:
            document.add_paragraph(question["text"], style="List Number")
            for text in question["followups"]:
                document.add_paragraph(text, style="List Bullet 2")
    document.save(str(output))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
