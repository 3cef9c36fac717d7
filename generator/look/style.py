"""Every length, size, colour and font name. The three writers share it and own no number of looks.

Units are in the names: `_mm` millimetres, `_pt` points (1/72 in); colours are `#RRGGBB`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from generator.look import workbook
from generator.look.color import CONTRAST, contrast
from generator.look.papers import CardsStyle, RunSheetStyle
from generator.look.workbook import WorkbookStyle
from generator.text.bidi import right_to_left

MM = workbook.MM
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Palette:
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


@dataclass(frozen=True, slots=True)
class HandoutStyle:
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


@dataclass(frozen=True, slots=True)
class SlidesStyle:
    """The slides: 13.333 x 7.5 in, in points as PowerPoint shows them (960 x 540).

    A leading is the height of a line as a multiple of the size. Where there are several sizes, the
    largest that fits is taken.
    """

    serif: str = "Cambria"
    sans: str = "Calibri"
    mono: str = "Consolas"
    width_pt: float = 960.0
    height_pt: float = 540.0
    rail_pt: float = 120.0
    """Of the strip in the accent at the side."""
    ascent: float = 0.86
    """Of the first baseline below the top of a text, in sizes, at a leading of 1.08."""
    tall_leading: float = 1.3
    """As many times more leading in scripts with marks far above and below, such as Devanagari."""
    square_leading: float = 1.15
    """As many times more in Chinese, Japanese and Korean."""

    large_leading: float = 1.08
    text_leading: float = 1.2
    page_pt: int = 12
    page_box_pt: Box = (778.0, 508.0, 100.0, 18.0)
    rail_page_box_pt: Box = (0.0, 508.0, 120.0, 18.0)
    label_pt: int = 18

    title_box_pt: Box = (82.0, 96.0, 486.0, 172.0)
    title_sizes_pt: tuple[int, ...] = (76, 68, 60, 54, 48, 42, 36, 32, 28, 24)
    subtitle_box_pt: Box = (82.0, 280.0, 486.0, 90.0)
    subtitle_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    imprint_box_pt: Box = (82.0, 484.0, 486.0, 26.0)
    """Of author and date."""
    logo_box_pt: Box = (82.0, 36.0, 240.0, 56.0)
    index_pt: float = 360.0
    """Width of the bands that name the themes."""
    index_most: int = 8
    """Themes that are named there; of more only the colours are shown."""
    index_number_pt: int = 36
    index_sizes_pt: tuple[int, ...] = (22, 20, 18)
    index_columns_pt: tuple[float, ...] = (88.0, 272.0)
    index_lines: int = 4
    index_pad_pt: float = 20.0
    white_pt: float = 2.0
    """Between bands."""

    heading_box_pt: Box = (82.0, 40.0, 796.0, 56.0)
    heading_sizes_pt: tuple[int, ...] = (40, 36, 32, 28, 24)
    agenda_box_pt: Box = (82.0, 116.0, 796.0, 376.0)
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
    agenda_inset_pt: float = 12.0
    bar_pt: float = 8.0
    """Of the accent before a row."""
    hairline_pt: float = 0.75

    section_box_pt: Box = (82.0, 156.0, 620.0, 132.0)
    section_sizes_pt: tuple[int, ...] = (60, 54, 48, 44, 40, 36, 32, 28)
    section_label_box_pt: Box = (82.0, 118.0, 620.0, 28.0)
    section_label_pt: int = 20
    tracking_pt: float = 1.2
    section_intro_box_pt: Box = (82.0, 306.0, 560.0, 150.0)
    section_gap_pt: float = 22.0
    """Between a title and the intro."""
    section_intro_sizes_pt: tuple[int, ...] = (26, 24, 22, 20, 18)
    section_foot_box_pt: Box = (82.0, 482.0, 560.0, 26.0)
    numeral_sizes_pt: tuple[int, ...] = (620, 400, 270, 200)
    """For one digit, two and more."""
    numeral_box_pt: Box = (450.0, 34.0, 490.0, 498.0)
    numeral_opacity: float = 0.18

    overview_number_pt: int = 44
    overview_heading_box_pt: Box = (164.0, 40.0, 400.0, 56.0)
    overview_label_box_pt: Box = (578.0, 40.0, 300.0, 56.0)
    overview_box_pt: Box = (164.0, 124.0, 714.0, 376.0)
    overview_gutter_pt: float = 34.0
    overview_few: int = 5
    """Questions that stand in one column; there is no overview of two or fewer."""
    overview_few_sizes_pt: tuple[int, ...] = (28, 26, 24, 22, 20, 18)
    overview_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    overview_gap_pt: float = 10.0
    overview_lines: int = 6
    """Of a question in an overview, at most; it stands in full on its own slide."""
    overview_hang_em: float = 1.9
    """From a number to its text, in sizes."""
    digit_em: float = 0.55

    question_baseline_pt: float = 196.0
    """Of the first line and of the number in the rail, on all slides."""
    question_left_pt: float = 164.0
    question_width_pt: float = 714.0
    question_bottom_pt: float = 446.0
    question_sizes_pt: tuple[int, ...] = (72, 66, 60, 54, 48, 44, 40, 36, 32, 28)
    question_lines: int = 3
    """At most, at the sizes from `question_calm_pt` on."""
    question_calm_pt: int = 40
    number_size: float = 1.15
    """Of a question's number to its text."""
    number_pt: int = 72
    """Size of a number, at most."""
    number_room_pt: float = 96.0
    """For all digits of a number."""
    followups_question_sizes_pt: tuple[int, ...] = (54, 48, 44, 40, 36, 32, 28)
    followups_baseline_pt: float = 132.0
    """Of a question that has follow-ups below it."""
    followups_question_pt: float = 190.0
    """Height of a question that has follow-ups below it, at most."""
    reminder_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    """Of a question that is repeated over follow-ups."""
    followups_gap_pt: float = 26.0
    """Between a question and its follow-ups."""
    followup_sizes_pt: tuple[int, ...] = (28, 26, 24, 22, 20)
    followup_gap_pt: float = 10.0
    followup_hang_pt: float = 22.0
    mark_em: float = 1.2
    """From a box or circle to its text, in sizes."""
    followup_bar_pt: float = 4.0
    minutes_box_pt: Box = (678.0, 40.0, 200.0, 34.0)
    minutes_pt: int = 24
    progress_box_pt: Box = (164.0, 468.0, 714.0, 5.0)
    progress_gap_pt: float = 6.0
    progress_most: int = 19
    """Questions that have a segment each; of more there is one bar."""
    status_box_pt: Box = (164.0, 482.0, 490.0, 26.0)
    status_count_box_pt: Box = (658.0, 482.0, 220.0, 26.0)

    list_heading_box_pt: Box = (164.0, 40.0, 714.0, 40.0)
    list_box_pt: Box = (164.0, 100.0, 714.0, 396.0)
    list_sizes_pt: tuple[int, ...] = (36, 34, 32, 30, 28, 26, 24, 22, 20)
    list_heading_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    list_gap_pt: float = 14.0
    list_smaller_pt: int = 6
    """Follow-ups under a question, where questions share a slide."""
    least_pt: int = 18
    """Everything but the number of a slide is at least as large."""

    closing_box_pt: Box = (164.0, 120.0, 714.0, 150.0)
    closing_sizes_pt: tuple[int, ...] = (66, 60, 54, 48, 44, 40, 36, 32)
    closing_hint_box_pt: Box = (164.0, 290.0, 714.0, 80.0)
    closing_hint_sizes_pt: tuple[int, ...] = (28, 26, 24, 22, 20)
    closing_thanks_box_pt: Box = (164.0, 474.0, 714.0, 30.0)
    closing_thanks_pt: int = 20

    template_leading: float = 1.25
    """That a template's lines have, at most; it leaves them to its fonts."""
    template_question_sizes_pt: tuple[int, ...] = (48, 44, 40, 36, 34, 32, 30, 28, 26, 24)
    template_title_sizes_pt: tuple[int, ...] = (60, 54, 48, 44, 40, 36, 32, 28, 24)
    template_list_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    question_share: float = 0.55
    """Of a template's placeholder, where follow-ups stand under the question."""
    notes_pt: int = 14


@dataclass(frozen=True, slots=True)
class Logo:
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


def scaled(style: SlidesStyle, factor: float) -> SlidesStyle:
    """For a slide of another height: what is as large on the screen."""

    def times(value: Any) -> Any:
        many = isinstance(value, tuple)
        return tuple(map(times, value)) if many else type(value)(round(value * factor, 2))

    lengths = [each.name for each in fields(style) if each.name.endswith("_pt")]
    return replace(style, **{name: times(getattr(style, name)) for name in lengths})


@dataclass(frozen=True, slots=True)
class StyleSheet:
    palette: Palette = field(default_factory=Palette)
    workbook: WorkbookStyle = field(default_factory=WorkbookStyle)
    handout: HandoutStyle = field(default_factory=HandoutStyle)
    slides: SlidesStyle = field(default_factory=SlidesStyle)
    run_sheet: RunSheetStyle = field(default_factory=RunSheetStyle)
    cards: CardsStyle = field(default_factory=CardsStyle)
    logo: Logo | None = None
    font_files: Mapping[str, Path] = field(default_factory=dict)
    """Of the workbook's faces, such as `serif-semibold`, where they are not our own."""


def slants(lang: str) -> bool:
    """Whether a language has italics. Chinese, Japanese, Korean and the scripts that run from right
    to left have none: a slanted font of theirs is a distorted one."""
    primary = lang.lower().replace("_", "-").split("-")[0]
    return primary not in ("zh", "yue", "ja", "ko") and not right_to_left(lang)


@dataclass(frozen=True, slots=True)
class PreviewStyle:
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
    return replace(stylesheet, palette=replace(stylesheet.palette, ink="#000000"))


def large_print(stylesheet: StyleSheet) -> StyleSheet:
    """The workbook's large print, with rules and small text that are dark enough to see."""
    palette = replace(
        stylesheet.palette, muted="#3E4C59", rule="#616E7C", hairline="#7B8794", dots="#616E7C"
    )
    return replace(stylesheet, workbook=workbook.large_print(stylesheet.workbook), palette=palette)
