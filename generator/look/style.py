"""Every length, size, colour and font name. All writers share it, and have no measures of their
own.

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
    """Colours. Text in an accent, and text on a surface, has a contrast of 4.5:1 (WCAG 2.2,
    1.4.3)."""

    ink: str = "#1F2933"
    muted: str = "#52606D"
    hairline: str = "#CBD2D9"
    rule: str = "#A9B4C0"
    dots: str = "#8A97A5"
    """Colour of dots; darker than rules, as dots are small."""
    paper: str = "#FFFFFF"
    accents: tuple[str, ...] = ("#B4432F", "#0B7A5E", "#3B5BA5", "#7A4C9F", "#8F5B00", "#A23B6A")
    """Colours of text and thin lines on white."""
    surfaces: tuple[str, ...] = accents
    """Colours of large areas: the accents, or a brand's colours as they are, however light."""

    def accent(self, theme_number: int) -> str:
        """Return the accent of a theme, counted from 1; they repeat."""
        return self.accents[(theme_number - 1) % len(self.accents)]

    def surface(self, theme_number: int) -> str:
        """Return the colour of a theme's large areas, counted from 1; they repeat."""
        return self.surfaces[(theme_number - 1) % len(self.surfaces)]

    def on_surface(self, theme_number: int) -> str:
        """Return the colour of text on a theme's large areas: white if it can be read, otherwise
        dark."""
        surface = self.surface(theme_number)
        colors = (self.paper, self.ink, "#000000")  # one of white and black always can be read
        return next(color for color in colors if contrast(color, surface) >= CONTRAST)


PAPERS_MM: dict[str, tuple[float, float]] = {
    "a4": (210.0, 297.0),
    "letter": (215.9, 279.4),
    "a5": (148.0, 210.0),
}
"""Width and height of papers."""


class HandoutStyle(NamedTuple):
    """The Word handout. `_after` and `_before` are space between paragraphs."""

    serif: str = "Cambria"
    sans: str = "Calibri"
    mono: str = "Consolas"
    symbols: str = "Segoe UI Symbol"
    """A font with the tick box U+2610; if it is missing, other programs substitute single
    glyphs."""
    side_margin_mm: float = 22.0
    top_margin_mm: float = 20.0
    bottom_margin_mm: float = 19.0
    edge_distance_mm: float = 10.0
    """Distance of header and footer from the edge of the paper."""
    logo_mm: tuple[float, float] = (60.0, 12.0)
    """Maximum width and height of the logo in the first page's header."""
    logo_after_mm: float = 5.0
    title_pt: float = 26.0
    subtitle_pt: float = 11.5
    theme_pt: float = 16.0
    theme_before_pt: float = 14.0
    theme_after_pt: float = 5.0
    theme_rule_pt: float = 0.75
    theme_space_pt: float = 3.0
    """Distance between a theme's title and its rule."""
    text_pt: float = 11.0
    intro_pt: float = 10.5
    small_pt: float = 9.0
    question_after_pt: float = 3.5
    hanging_mm: float = 12.5
    """Distance from the tick box to the text, for numbers with two digits."""
    digit_mm: float = 2.1
    """Additional distance for each further digit."""
    template_hanging: float = 1.25
    """Factor for that distance in a template, whose type may be larger or wider than ours."""
    indent_mm: float = 5.0
    """Indent of a follow-up, for each depth."""
    hint_before_pt: float = 8.0
    hint_after_pt: float = 4.0
    answer_lines: int = 3
    """Lines for a question that asks for no number of its own."""
    notes_lines: int = 3
    """Lines under each theme; more if the last page has room."""
    line_pitch_mm: float = 8.0
    line_space_pt: float = 1.0
    """Distance between the foot of a line and its rule."""
    line_pt: float = 0.5
    room_after_pt: float = 9.0
    """Space under the last line or the field of an answer."""
    contents_from_pages: int = 7
    whole: float = 0.25
    """A theme that, without its notes, is lower than this share of a page is kept together."""
    spare_mm: float = 12.0
    """Room that stays free when the last page is filled with rules, as programs differ slightly."""


Box = tuple[float, float, float, float]
"""Left, top, width and height in points."""


class SlidesStyle(NamedTuple):
    """The slides: 13.333 x 7.5 in, in points as PowerPoint shows them (960 x 540).

    slides.toml has the positions of texts and their sizes. A leading is the height of a line as a
    multiple of the size.
    """

    serif: str = "Cambria"
    sans: str = "Calibri"
    mono: str = "Consolas"
    width_pt: float = 960.0
    height_pt: float = 540.0
    rail_pt: float = 120.0
    """Width of the strip in the accent at the side."""
    white_pt: float = 2.0
    """Gap between bands."""
    logo_box_pt: Box = (82.0, 36.0, 240.0, 56.0)
    ascent: float = 0.86
    """Distance, in sizes, from the top of a text to its first baseline, at a leading of 1.08."""
    tall_leading: float = 1.3
    """Factor for leading in scripts with marks far above and below, such as Devanagari."""
    square_leading: float = 1.15
    """Factor for leading in Chinese, Japanese and Korean."""
    large_leading: float = 1.08
    text_leading: float = 1.2
    hang_em: float = 1.9
    """Distance, in sizes, from a number to its text."""
    digit_em: float = 0.55
    tracking_pt: float = 1.2
    """Letter-spacing of labels in capitals."""
    least_pt: int = 18
    """Minimum size of everything except the number of a slide."""
    notes_pt: int = 14

    index_most: int = 8
    """Maximum number of themes whose names are on the title slide; of more it shows only the
    colours."""
    index_number_pt: int = 36
    index_columns_pt: tuple[float, ...] = (76.0, 284.0)
    index_inset_pt: float = 18.0
    """Distance from the sides of a cell to its text."""
    index_lines: int = 4
    index_lone_sizes_pt: tuple[int, ...] = (36, 32, 28, 24, 22, 20, 18)
    """Sizes for the title of the only theme."""

    agenda_number_pt: float = 76.0
    """Width of the column with the numbers."""
    agenda_row_pt: float = 84.0
    """Maximum height of a row."""
    agenda_rows_pt: float = 336.0
    """Height of all rows together, if the titles do not need more."""
    agenda_sizes_pt: tuple[int, ...] = (30, 28, 26, 24, 22, 20, 18)
    agenda_calm_pt: int = 26
    """Minimum size to which titles are reduced so that each fits on one line."""
    agenda_number: float = 1.2
    agenda_count: float = 0.67
    """Size of numbers and counts relative to titles."""
    agenda_pad_pt: float = 3.0
    """Space above and below a title."""
    agenda_inset_pt: float = 6.0
    bar_pt: float = 8.0
    """Width of the accent before a row."""
    hairline_pt: float = 0.75

    overview_few: int = 5
    """Number of questions that stand in one column. With two or fewer there is no overview."""
    overview_lines: int = 6
    """Maximum lines of a question in an overview; its own slide has all of it."""

    number_size: float = 1.15
    """Size of a question's number relative to its text."""
    number_pt: int = 72
    """Maximum size of a number."""
    number_room_pt: float = 96.0
    """Width for all digits of a number."""
    reminder_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    """Sizes for a question that is repeated over its follow-ups."""
    reminder_pt: float = 100.0
    """Its maximum height."""
    followup_bar_pt: float = 4.0
    progress_box_pt: Box = (164.0, 468.0, 714.0, 5.0)
    progress_gap_pt: float = 6.0
    progress_most: int = 19
    """Maximum number of questions with a segment each; for more there is one bar."""


class Logo(NamedTuple):
    """A picture as it is in a PNG or JPEG file."""

    data: bytes
    width: int
    """Width in pixels, as is the height; only their ratio matters."""
    height: int
    alt: str

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Return the largest size that fits into a box."""
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
    """Files for the workbook's faces, such as `serif-semibold`, if they are not our own."""


def slants(lang: str) -> bool:
    """Return True if a language has italics. Chinese, Japanese, Korean and the scripts that run
    from right to left have none: their fonts would only be distorted."""
    primary = lang.lower().replace("_", "-").split("-")[0]
    return primary not in ("zh", "yue", "ja", "ko") and not right_to_left(lang)


class PreviewStyle(NamedTuple):
    """Pictures of documents: pages, and sheets of pages."""

    dpi: int = 100
    sheet_px: int = 1200
    """Maximum width of a sheet."""
    gap_px: int = 16
    ground: str = "#7B8794"
    tall_grid: tuple[int, int] = (4, 2)
    """Columns and rows of pages that are taller than wide."""
    wide_grid: tuple[int, int] = (3, 4)


def printed(stylesheet: StyleSheet) -> StyleSheet:
    """Return the style sheet for paper: text is pure black, which a laser printer does not
    screen."""
    return stylesheet._replace(palette=stylesheet.palette._replace(ink="#000000"))


def large_print(stylesheet: StyleSheet) -> StyleSheet:
    """Return the style sheet for large print, with rules and small text dark enough to see."""
    palette = stylesheet.palette._replace(
        muted="#3E4C59", rule="#616E7C", hairline="#7B8794", dots="#616E7C"
    )
    return stylesheet._replace(workbook=workbook.large_print(stylesheet.workbook), palette=palette)
