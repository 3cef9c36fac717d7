"""Where the workbook's fonts lie: the peers embed the same files."""

from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro

SERIF_FOLDER = Path(font_source_serif_pro.__file__).parent / "files"
SANS_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
SERIF = SERIF_FOLDER / "SourceSerifPro-Regular.ttf"
BOLD = SERIF_FOLDER / "SourceSerifPro-Semibold.ttf"
SANS = SANS_FOLDER / "SourceSansPro-Regular.ttf"
LINES = 7
"""Ruled under each question, 8 mm apart."""
