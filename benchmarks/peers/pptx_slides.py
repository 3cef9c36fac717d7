"""The slides with python-pptx, as people write them: `pptx_slides.py BOOK.json OUT.pptx`."""

import json
import sys
from pathlib import Path

from pptx import Presentation


def build(book: Path, output: Path) -> None:
    data = json.loads(book.read_text(encoding="utf-8"))
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = data["title"]
    for theme in data["themes"]:
        section = deck.slides.add_slide(deck.slide_layouts[2])
        section.shapes.title.text = theme["title"]
        section.placeholders[1].text = theme["intro"]
        for question in theme["questions"]:
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = f"{question['number']}. {question['text']}"
            slide.placeholders[1].text = "\n".join(question["followups"])
            slide.notes_slide.notes_text_frame.text = question["note"]
    deck.save(str(output))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
