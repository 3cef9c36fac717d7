"""Every length, size, colour and font name. The three writers share it and own no number of looks.

Units are in the names: `_mm` millimetres, `_pt` points (1/72 in); colours are `#RRGGBB`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from generator.look.color import CONTRAST, contrast

MM = 72 / 25.4
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
class TextStyle:
    """`family` is `serif` or `sans`; `weight` is `regular` or `semibold`."""

    family: str
    weight: str
    size_pt: float
    leading_pt: float


@dataclass(frozen=True, slots=True)
class WorkbookStyle:
    """The PDF workbook as on A4. Smaller papers scale display sizes, never reading sizes."""

    inner_margin_mm: float = 25.0
    """At the punch; margins are mirrored."""
    outer_margin_mm: float = 18.0
    top_margin_mm: float = 22.0
    bottom_margin_mm: float = 24.0
    foot_mm: float = 11.0
    """Of the running foot's baseline from the page's edge."""
    rule_gap_mm: float = 8.0
    rule_width_pt: float = 0.5
    default_lines: int = 7
    """That a question without an answer space asks for; a page gives more where it can."""
    block_gap_mm: float = 9.0
    """Between a question's space and the next question, at least."""
    widest_gap_mm: float = 20.0
    """Between questions of a page without rules, at most."""
    box_padding_mm: float = 3.0
    square_mm: float = 5.0
    dot_radius_pt: float = 0.7
    scale_mm: float = 9.0
    """Diameter of a circle to mark."""
    number_column_mm: float = 11.0
    followup_indent_mm: float = 5.0
    measure: float = 0.86
    """Width of running text, as a part of the frame's."""
    row_mm: float = 12.5
    tight_row_mm: float = 7.5
    page_column_mm: float = 12.0
    """Kept free for page numbers at the right of a list."""
    tick_row_mm: float = 11.5
    """Of questions to tick, where the page has room."""
    tick_mm: float = 3.6
    tick_gap: float = 1.9
    """From a tick box's left side to the number, in tick boxes."""
    tick_line_pt: float = 0.8
    tick_radius_pt: float = 1.2
    number_gap_mm: float = 3.0
    """Between a number that ends in a column and the text."""
    name_gutter_mm: float = 8.0
    optical_from_pt: float = 20.0
    """From this size on, letters stand on the margin without their side bearing."""
    small_paper_margins: float = 0.8
    """Of the margins of A4, on narrower papers."""
    band_mm: float = 3.2
    heading_gap_mm: float = 8.0
    cover_title_at: float = 0.16
    """Of the frame's height; so are the next four."""
    cover_list_at: float = 0.48
    opener_at: float = 0.03
    opener_rest: float = 0.33
    """A list of questions that leaves more than this of a page is followed by rules for notes."""
    logo_mm: tuple[float, float] = (70.0, 17.0)
    """Width and height on the cover, at most."""
    cover_foot_mm: float = 24.0
    """Kept free for the name lines."""
    tab_width_mm: float = 10.5
    tab_height_mm: float = 25.0
    tab_number_mm: float = 6.0
    """Of a tab's number from the edge, at least."""
    tab_top_mm: float = 40.0
    label_tracking_pt: float = 0.9
    question: TextStyle = TextStyle("serif", "semibold", 13.5, 18.5)
    followup: TextStyle = TextStyle("serif", "regular", 11.0, 15.5)
    intro: TextStyle = TextStyle("serif", "regular", 12.5, 19.0)
    listing: TextStyle = TextStyle("sans", "regular", 11.0, 14.5)
    listing_number: TextStyle = TextStyle("sans", "semibold", 11.0, 14.5)
    row_number: TextStyle = TextStyle("serif", "semibold", 14.0, 18.0)
    label: TextStyle = TextStyle("sans", "semibold", 9.5, 12.0)
    foot: TextStyle = TextStyle("sans", "regular", 8.5, 11.0)
    tab: TextStyle = TextStyle("sans", "semibold", 11.0, 14.0)
    theme_title: TextStyle = TextStyle("serif", "semibold", 30.0, 36.0)
    theme_numeral: TextStyle = TextStyle("serif", "semibold", 84.0, 84.0)
    cover_title: TextStyle = TextStyle("serif", "semibold", 46.0, 50.0)
    cover_subtitle: TextStyle = TextStyle("sans", "regular", 15.0, 21.0)


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
    line_pitch_mm: float = 7.0
    line_pt: float = 0.5
    room_after_pt: float = 9.0
    """Under the last line or the field of an answer."""
    contents_from_pages: int = 7
    leading: float = 1.25
    """Height of a line, in sizes; with `advance` only to estimate the number of pages."""
    advance: float = 0.47
    """Mean width of a character, in sizes."""
    unfilled: float = 1.25
    """As many times more pages, as questions are not split; measured, to estimate too."""


@dataclass(frozen=True, slots=True)
class SlidesStyle:
    """The slides: 13.333 x 7.5 in, in points as PowerPoint shows them (960 x 540)."""

    serif: str = "Cambria"
    sans: str = "Calibri"
    mono: str = "Consolas"
    width_pt: float = 960.0
    height_pt: float = 540.0
    bar_pt: float = 20.0
    """Of the accent at the left edge."""
    left_pt: float = 82.0
    right_pt: float = 82.0
    title_sizes_pt: tuple[int, ...] = (60, 54, 48, 42, 36, 30, 24)
    subtitle_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    section_sizes_pt: tuple[int, ...] = (44, 40, 36, 32, 28, 24)
    heading_sizes_pt: tuple[int, ...] = (32, 28, 24, 20)
    """Of the agenda, an overview and a list."""
    question_sizes_pt: tuple[int, ...] = (44, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24)
    dense_sizes_pt: tuple[int, ...] = (32, 30, 28, 26, 24, 22, 20)
    """Of questions that share a slide."""
    followup_sizes_pt: tuple[int, ...] = (24, 22, 20, 18)
    intro_sizes_pt: tuple[int, ...] = (22, 20, 18)
    list_sizes_pt: tuple[int, ...] = (22, 20, 18)
    label_pt: int = 18
    foot_pt: int = 12
    numeral_sizes_pt: tuple[int, ...] = (330, 158, 104)
    """For one, two and three digits."""
    numeral_left_pt: float = 708.0
    numeral_width_pt: float = 216.0
    numeral_opacity: float = 0.2
    number_pt: int = 28
    label_top_pt: float = 46.0
    question_spacing: float = 0.95
    """Of lines, to single."""
    followup_gap_pt: float = 6.0
    followup_hang_pt: float = 22.0
    followup_rule_pt: float = 12.0
    """From the hairline over the follow-ups to their text, and to the question."""
    hairline_pt: float = 0.75
    row_gap_pt: float = 10.0
    """After the entries of an overview."""
    dense_gap_pt: float = 12.0
    dense_hang_pt: float = 58.0
    agenda_gap_pt: float = 22.0
    agenda_few: int = 7
    """Themes that an agenda holds with that gap; more are set closer."""
    agenda_close_gap_pt: float = 14.0
    agenda_hang_pt: float = 52.0
    agenda_count_pt: float = 220.0
    """Width of the column with the counts of questions."""
    overview_hang_pt: float = 44.0
    digit_em: float = 0.55
    """That a number's place grows by for each digit after the third, to the largest size."""
    gutter_pt: float = 40.0
    """Between the columns of an overview."""
    question_top_pt: float = 178.0
    question_bottom_pt: float = 452.0
    followups_top_pt: float = 308.0
    question_share: float = 0.55
    """Of a template's placeholder, where follow-ups stand under the question."""
    list_top_pt: float = 134.0
    list_bottom_pt: float = 470.0
    progress_top_pt: float = 468.0
    progress_height_pt: float = 3.5
    foot_top_pt: float = 490.0
    logo_foot_pt: float = 508.0
    logo_pt: tuple[float, float] = (240.0, 64.0)
    """Width and height on the title slide, at most."""


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
    logo: Logo | None = None
    font_files: Mapping[str, Path] = field(default_factory=dict)
    """Of the workbook's faces, such as `serif-semibold`, where they are not our own."""


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


def large_print(stylesheet: StyleSheet) -> StyleSheet:
    """The workbook with no text under 18 pt and wider rules that are dark enough to see.

    18 pt is what the guidelines of the American Council of the Blind ask for (2011).
    """
    workbook = replace(
        stylesheet.workbook,
        rule_gap_mm=12.0,
        rule_width_pt=0.9,
        default_lines=5,
        scale_mm=13.0,
        square_mm=10.0,
        dot_radius_pt=1.1,
        number_column_mm=16.0,
        number_gap_mm=4.5,
        followup_indent_mm=8.0,
        measure=1.0,
        row_mm=17.0,
        tight_row_mm=11.5,
        tick_row_mm=14.0,
        page_column_mm=17.0,
        tick_mm=6.0,
        tick_line_pt=1.2,
        cover_foot_mm=34.0,
        foot_mm=10.0,
        outer_margin_mm=22.0,
        top_margin_mm=27.5,
        bottom_margin_mm=30.0,
        tab_width_mm=13.0,
        question=TextStyle("serif", "semibold", 22.0, 29.0),
        followup=TextStyle("serif", "regular", 19.0, 26.0),
        intro=TextStyle("serif", "regular", 20.0, 28.0),
        listing=TextStyle("sans", "regular", 18.0, 23.0),
        listing_number=TextStyle("sans", "semibold", 18.0, 23.0),
        row_number=TextStyle("serif", "semibold", 20.0, 25.0),
        label=TextStyle("sans", "semibold", 18.0, 22.0),
        foot=TextStyle("sans", "regular", 18.0, 22.0),
        tab=TextStyle("sans", "semibold", 18.0, 22.0),
        theme_title=TextStyle("serif", "semibold", 34.0, 40.0),
        cover_subtitle=TextStyle("sans", "regular", 20.0, 27.0),
    )
    palette = replace(
        stylesheet.palette, muted="#3E4C59", rule="#616E7C", hairline="#7B8794", dots="#616E7C"
    )
    return replace(stylesheet, workbook=workbook, palette=palette)
