"""Slides measured from the file alone, with real fonts and without the code that fitted them."""

import io
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pptx import Presentation

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FONTS = {"+mj-lt": "Caladea", "+mn-lt": "Carlito"}
"""Fonts that have the widths of Cambria and Calibri."""


@cache
def font(family: str, bold: bool) -> TTFont:
    """A font of the system; skipped where it is missing, required in CI."""
    weight = "Bold" if bold else "Regular"
    command = ["fc-match", "-f", "%{family}|%{file}", f"{family}:style={weight}"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    if not found.startswith(family):
        message = f"{family} is not installed"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return TTFont(Path(found.partition("|")[2]))


def width(text: str, family: str, bold: bool, size: float) -> float:
    face = font(family, bold)
    glyphs, advances = face.getBestCmap(), face["hmtx"]
    units = sum(advances[glyphs.get(ord(character), ".notdef")][0] for character in text)
    return units / face["head"].unitsPerEm * size


Words = list[list[tuple[str, bool]]]
"""Each word as its pieces, which are bold or not."""


def words_of(runs: list[tuple[str, bool]]) -> Words:
    """Runs may begin and end inside a word."""
    words: Words = [[]]
    for text, bold in runs:
        for place, piece in enumerate(text.split(" ")):
            if place and words[-1]:
                words.append([])
            if piece:
                words[-1].append((piece, bold))
    return [word for word in words if word]


def lines(words: Words, family: str, size: float, room: float) -> int:
    """How many lines words fill, one after the other."""
    count, used = 1, 0.0
    for word in words:
        advance = sum(width(text, family, bold, size) for text, bold in word)
        space = width(" ", family, word[0][1], size)
        if used and used + space + advance > room:
            count, used = count + 1, 0.0
        used += advance + (space if used else 0.0)
        if used > room:  # a word that is wider than the line is broken between letters
            count, used = count + int(used // room), used % room
    return count


def overfull(data: bytes) -> list[str]:
    """The texts of a deck in our own look that are higher than their placeholders."""
    found = []
    for number, slide in enumerate(Presentation(io.BytesIO(data)).slides, 1):
        places = {each.placeholder_format.idx: each for each in slide.slide_layout.placeholders}
        for shape in slide.placeholders:
            if shape.has_text_frame and "numeral" not in shape.name.lower():
                place = places[shape.placeholder_format.idx]
                high = height(shape, place)
                if high > place.height.pt + 1:
                    found.append(f"slide {number}: {shape.name} takes {high:.0f} pt: {shape.text}")
    return found


def height(shape, place) -> float:
    """Of a shape's text in points, without the gap after the last paragraph."""
    room = place.width.pt - insets(shape)
    total = gap = 0.0
    for paragraph in shape.text_frame.paragraphs:
        level = place._element.find(f".//{A}lvl{paragraph.level + 1}pPr")
        style = level.find(f"{A}defRPr")
        size, bold = int(style.get("sz")) / 100, style.get("b") == "1"
        family = FONTS[style.find(f"{A}latin").get("typeface")]
        line = int(level.find(f"{A}lnSpc/{A}spcPts").get("val")) / 100
        gap = int(level.find(f"{A}spcAft/{A}spcPts").get("val")) / 100
        text = [(run.text, bold or bool(run.font.bold)) for run in paragraph.runs]
        numbered = any("\t" in run for run, _ in text)  # it hangs before the text
        if numbered:
            place_of_tab = next(i for i, (run, _) in enumerate(text) if "\t" in run)
            text = text[place_of_tab + 1 :]
        across = room - int(level.get("marL")) / 12700
        words = words_of(text)
        first = sum(width(text, family, bold, size) for text, bold in words[0]) if words else 0.0
        parted = numbered and first > across  # a line may end at the tab
        total += (lines(words, family, size, across) + parted) * line + gap
    return total - gap


def insets(shape) -> float:
    body = shape._element.txBody.bodyPr
    return sum(int(body.get(side) or 0) for side in ("lIns", "rIns")) / 12700
