"""Rebuild widths.json: `python measure_fonts.py FOLDER`, with the files of Caladea and Carlito in
it.

This needs fontTools. Both fonts are free (Debian: fonts-crosextra-caladea,
fonts-crosextra-carlito), and have the advance widths of Cambria and Calibri by design.
"""

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = {
    "Cambria-bold": "Caladea-Bold.ttf",
    "Cambria-regular": "Caladea-Regular.ttf",
    "Calibri-bold": "Carlito-Bold.ttf",
    "Calibri-regular": "Carlito-Regular.ttf",
}
RANGES = (range(0x20, 0x530), range(0x1E00, 0x2200))
"""Latin, Greek, Cyrillic, Vietnamese, punctuation and letterlike signs."""


def widths(path: Path) -> dict[str, str]:
    """Return widths in thousandths of an em, each with the characters that have it."""
    font = TTFont(path)
    groups: dict[int, str] = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        if any(code in each for each in RANGES):
            width = round(font["hmtx"][glyph][0] * 1000 / font["head"].unitsPerEm)
            groups[width] = groups.get(width, "") + chr(code)
    return {str(width): characters for width, characters in sorted(groups.items())}


if __name__ == "__main__":
    table = {name: widths(Path(sys.argv[1]) / file) for name, file in FONTS.items()}
    text = json.dumps(table, ensure_ascii=False, indent=0) + "\n"
    Path(__file__).with_name("widths.json").write_text(text, encoding="utf-8")
