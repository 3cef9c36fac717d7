"""Every length, size, colour and font name. The three writers share it and own no number of looks.

Units are in the names: `_mm` millimetres, `_pt` points (1/72 in); colours are `#RRGGBB`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.look import workbook
from generator.look.color import CONTRAST, contrast
from generator.look.papers import CardsStyle, RunSheetStyle
from generator.look.workbook import WorkbookStyle
from generator.text.bidi import right_to_left

MM = workbook.MM
"""Points in a millimetre."""


class Palette(NamedTuple):
    """Text in an accent, and text on a surface, has a contrast of 4.5:1 (WCAG 2.2, 1.4.3)."""

    ink: str = "#1F2933"
    muted: str = "#52606D"
    hairline: str = "#CBD2D9"
    rule: str = "#A9B4C0"
    dots: str = "#8A97A5"
    """Darker than rules: dots are small."""
    paper: str = "#FFFFFF"
    accents: tuple[str, ...] = ("#B4432F", "#0B7A5E", "#3B5BA5", "#7A4C9F", "#8F5B00", "#A23B6A")
    """Colours of text and thin lines on white."""
    surfaces: tuple[str, ...] = accents
    """Colours of large areas: the same, but a brand's as they are, however light."""

    def accent(self, theme_number: int) -> str:
        """The accent of a theme, counted from 1; they repeat."""
        return self.accents[(theme_number - 1) % len(self.accents)]

    def surface(self, theme_number: int) -> str:
        """The colour of a theme's large areas, counted from 1; they repeat."""
        return self.surfaces[(theme_number - 1) % len(self.surfaces)]

    def on_surface(self, theme_number: int) -> str:
        """The colour of text on a theme's large areas: white where it can be read, else dark."""
        surface = self.surface(theme_number)
        colors = (self.paper, self.ink, "#000000")  # one of white and black always can be read
        return next(color for color in colors if contrast(color, surface) >= CONTRAST)


PAPERS_MM: dict[str, tuple[float, float]] = {
    "a4": (210.0, 297.0),
    "letter": (215.9, 279.4),
    "a5": (148.0, 210.0),
}
"""Width and height."""


class HandoutStyle(NamedTuple):
    """The Word handout. `_after` and `_before` are space between paragraphs."""

    serif: str = "Cambria"
    sans: str = "Calibri"
    mono: str = "Consolas"
    symbols: str = "Segoe UI Symbol"
    """Has the tick box U+2610; where it is missing, other programs fall back by glyph."""
    side_margin_mm: float = 22.0
    top_margin_mm: float = 20.0
    bottom_margin_mm: float = 19.0
    edge_distance_mm: float = 10.0
    """Of header and footer from the edge of the paper."""
    logo_mm: tuple[float, float] = (60.0, 12.0)
    """Width and height in the first page's header, at most."""
    logo_after_mm: float = 5.0
    title_pt: float = 26.0
    subtitle_pt: float = 11.5
    theme_pt: float = 16.0
    theme_before_pt: float = 14.0
    theme_after_pt: float = 5.0
    theme_rule_pt: float = 0.75
    theme_space_pt: float = 3.0
    """Between a theme's title and its rule."""
    text_pt: float = 11.0
    intro_pt: float = 10.5
    small_pt: float = 9.0
    question_after_pt: float = 3.5
    hanging_mm: float = 12.5
    """From the tick box to the text, for numbers of two digits."""
    digit_mm: float = 2.1
    """More of it for each further digit."""
    template_hanging: float = 1.25
    """As many times more of it in a template, whose type may be larger or wider than ours."""
    indent_mm: float = 5.0
    """Of a follow-up, for each depth."""
    hint_before_pt: float = 8.0
    hint_after_pt: float = 4.0
    answer_lines: int = 3
    """For a question that asks for no number of its own."""
    notes_lines: int = 3
    """Under each theme; more where the last page has room."""
    line_pitch_mm: float = 8.0
    line_space_pt: float = 1.0
    """Between the foot of a line and its rule."""
    line_pt: float = 0.5
    room_after_pt: float = 9.0
    """Under the last line or the field of an answer."""
    contents_from_pages: int = 7
    whole: float = 0.25
    """A theme that is lower than this part of a page, but for its notes, is not parted."""
    spare_mm: float = 12.0
    """Left free on the last page when it is filled with rules, as programs differ a little."""


Box = tuple[float, float, float, float]
"""Left, top, width and height in points."""


class SlidesStyle(NamedTuple):
    """The slides: 13.333 x 7.5 in, in points as PowerPoint shows them (960 x 540).

    slides.toml has where texts stand on them, and in which sizes. A leading is the height of a line
    as a multiple of the size.
    """

    serif: str = "Cambria"
    sans: str = "Calibri"
    mono: str = "Consolas"
    width_pt: float = 960.0
    height_pt: float = 540.0
    rail_pt: float = 120.0
    """Of the strip in the accent at the side."""
    white_pt: float = 2.0
    """Between bands."""
    logo_box_pt: Box = (82.0, 36.0, 240.0, 56.0)
    ascent: float = 0.86
    """Of the first baseline below the top of a text, in sizes, at a leading of 1.08."""
    tall_leading: float = 1.3
    """As many times more leading in scripts with marks far above and below, such as Devanagari."""
    square_leading: float = 1.15
    """As many times more in Chinese, Japanese and Korean."""
    large_leading: float = 1.08
    text_leading: float = 1.2
    hang_em: float = 1.9
    """From a number to its text, in sizes."""
    digit_em: float = 0.55
    tracking_pt: float = 1.2
    """Of a label in capitals."""
    least_pt: int = 18
    """Everything but the number of a slide is at least as large."""
    notes_pt: int = 14

    index_most: int = 8
    """Themes that the title slide names; of more it shows only the colours."""
    index_number_pt: int = 36
    index_columns_pt: tuple[float, ...] = (76.0, 284.0)
    index_inset_pt: float = 18.0
    """Of a text from the sides of its cell."""
    index_lines: int = 4
    index_lone_sizes_pt: tuple[int, ...] = (36, 32, 28, 24, 22, 20, 18)
    """Of the only theme's title."""

    agenda_number_pt: float = 76.0
    """Width of the column with the numbers."""
    agenda_row_pt: float = 84.0
    """Height of a row, at most."""
    agenda_rows_pt: float = 336.0
    """Height of all rows together, where titles do not need more."""
    agenda_sizes_pt: tuple[int, ...] = (30, 28, 26, 24, 22, 20, 18)
    agenda_calm_pt: int = 26
    """Titles of one line each are set this small at least, so that none needs two."""
    agenda_number: float = 1.2
    agenda_count: float = 0.67
    """Sizes of numbers and counts as a part of the titles'."""
    agenda_pad_pt: float = 3.0
    """Above and below a title."""
    agenda_inset_pt: float = 6.0
    bar_pt: float = 8.0
    """Of the accent before a row."""
    hairline_pt: float = 0.75

    overview_few: int = 5
    """Questions that stand in one column; there is no overview of two or fewer."""
    overview_lines: int = 6
    """Of a question in an overview, at most; it stands in full on its own slide."""

    number_size: float = 1.15
    """Of a question's number to its text."""
    number_pt: int = 72
    """Size of a number, at most."""
    number_room_pt: float = 96.0
    """For all digits of a number."""
    reminder_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    """Of a question that is repeated over follow-ups."""
    reminder_pt: float = 100.0
    """Its height, at most."""
    followup_bar_pt: float = 4.0
    progress_box_pt: Box = (164.0, 468.0, 714.0, 5.0)
    progress_gap_pt: float = 6.0
    progress_most: int = 19
    """Questions that have a segment each; of more there is one bar."""


class Logo(NamedTuple):
    """A picture as it stands in a PNG or JPEG file."""

    data: bytes
    width: int
    """In pixels, as is the height: only their ratio counts."""
    height: int
    alt: str

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size, as large as a box allows."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


class StyleSheet(NamedTuple):
    palette: Palette = Palette()
    workbook: WorkbookStyle = WorkbookStyle()
    handout: HandoutStyle = HandoutStyle()
    slides: SlidesStyle = SlidesStyle()
    run_sheet: RunSheetStyle = RunSheetStyle()
    cards: CardsStyle = CardsStyle()
    logo: Logo | None = None
    font_files: Mapping[str, Path] = {}
    """Of the workbook's faces, such as `serif-semibold`, where they are not our own."""


def slants(lang: str) -> bool:
    """Whether a language has italics. Chinese, Japanese, Korean and the scripts that run from right
    to left have none: a slanted font of theirs is a distorted one."""
    primary = lang.lower().replace("_", "-").split("-")[0]
    return primary not in ("zh", "yue", "ja", "ko") and not right_to_left(lang)


class PreviewStyle(NamedTuple):
    """Pictures of the papers, as files: pages, and sheets of them."""

    dpi: int = 100
    sheet_px: int = 1200
    """Width of a sheet, at most."""
    gap_px: int = 16
    ground: str = "#7B8794"
    tall_grid: tuple[int, int] = (4, 2)
    """Columns and rows of pages that are higher than wide."""
    wide_grid: tuple[int, int] = (3, 4)


def printed(stylesheet: StyleSheet) -> StyleSheet:
    """For paper: text is pure black, which a laser printer does not screen."""
    return stylesheet._replace(palette=stylesheet.palette._replace(ink="#000000"))


def large_print(stylesheet: StyleSheet) -> StyleSheet:
    """The workbook's large print, with rules and small text that are dark enough to see."""
    palette = stylesheet.palette._replace(
        muted="#3E4C59", rule="#616E7C", hairline="#7B8794", dots="#616E7C"
    )
    return stylesheet._replace(workbook=workbook.large_print(stylesheet.workbook), palette=palette)
