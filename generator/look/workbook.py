"""Every number of the PDF workbook's look. Units are in the names: `_mm` and `_pt`.

Distances from the top of the page, such as `cover_label_mm`, are those on A4 (297 mm high); on
other papers they shrink with the height, and display sizes with the width.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class TextStyle:
    """`family` is `serif`, `sans` or `mono`; `weight` is `regular` or `semibold`."""

    family: str
    weight: str
    size_pt: float
    leading_pt: float
    italic: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookStyle:
    # -- the page
    inner_margin_mm: float = 25.0
    """On the side of the punch; margins are mirrored."""
    outer_margin_mm: float = 18.0
    top_margin_mm: float = 22.0
    bottom_margin_mm: float = 24.0
    foot_mm: float = 12.5
    """From the baseline of the running foot to the page's edge."""
    foot_gap_mm: float = 3.0
    """Between the set's title and the theme's in the running foot."""
    edge_mm: float = 10.0
    """Nothing but bands, tints and tabs comes nearer to the edge of the paper."""
    small_paper_margins: float = 0.8
    """Margins of papers narrower than A4, as a part of A4's."""
    tab_width_mm: float = 13.0
    tab_height_mm: float = 26.0
    tab_pitch: float = 1.1
    """From one thumb tab to the next, in heights."""
    tab_top_mm: float = 40.0
    tab_number_mm: float = 9.0
    """From the middle of a tab's number to the paper's edge; printers do not reach the edge."""
    tab_base_mm: float = 10.5
    """From the top of a tab to the baseline of its number."""

    # -- the grid of question pages
    rule_gap_mm: float = 8.0
    rule_width_pt: float = 0.5
    lead_mm: float = 9.7
    """From the last baseline of a question to its first rule."""
    ascent: float = 0.58
    """How far a text rises above its baseline for the eye, in sizes."""
    gap_places: int = 3
    """Empty places of the grid between two questions, at least."""
    clear_mm: float = 5.0
    """Between a question's space and the text of the next, at least."""
    most_head: int = 3
    """Places that stay free at the head of a page; more of them are better left at its foot."""
    most_extra: int = 2
    """Places that are added to a gap where a page has some left."""
    default_lines: int = 7
    """What a question without an answer space asks for, at least."""
    fewest_lines: int = 5
    """What it takes where a question of its theme has a long text."""
    number_column_mm: float = 11.0
    number_gap_mm: float = 3.0
    """Between a number that ends in a column and the text."""
    followup_indent_mm: float = 5.0
    followup_before_pt: float = 2.5
    """Between a question and its follow-ups."""
    long_words: int = 40
    """A question with more words is set like running text."""
    address_before_pt: float = 1.0
    square_mm: float = 5.0
    dot_radius_pt: float = 0.7
    scale_mm: float = 8.0
    """Diameter of a circle to mark."""
    scale_row: float = 1.3
    """From one row of circles to the next, in circles."""
    scale_words_mm: float = 4.2
    """From the circles down to the baseline of the words at their ends."""
    scale_words_lines: int = 6
    """Of the words at an end, at most."""
    table_statement_mm: float = 70.0
    """The width of a statement beside its scale, at least."""
    table_step_mm: float = 13.0
    """From one circle of a table to the next."""
    table_places: int = 2
    """Of a row, at least."""
    list_from: float = 0.5
    """A list that does not fit below this part of a page begins on the next."""
    choice_columns: int = 4
    panel_tint: float = 0.04
    """Of a field that is filled in on the screen."""
    panel_padding_mm: float = 2.0
    panel_lead_mm: float = 4.0
    """From the last baseline of a question to its panel."""
    panel_radius_mm: float = 1.5

    # -- the panel at the end of a theme
    closer_tint: float = 0.07
    closer_padding_mm: float = 7.0
    closer_base_mm: float = 10.0
    """From its top to the baseline of its title."""
    closer_below_mm: float = 3.8
    """From the last place of the grid to its lower edge."""
    closer_places: int = 14
    """Places that it needs at least; a smaller one has only the rules for what stood out."""
    closer_small_places: int = 6

    # -- lists
    row_mm: float = 12.6
    tight_row_mm: float = 8.0
    contents_row_mm: float = 11.0
    page_column_mm: float = 14.0
    """Kept free for page numbers at the right of a list."""
    tick_mm: float = 3.6
    tick_gap: float = 1.9
    """From a tick box's left side to the number, in tick boxes."""
    tick_line_pt: float = 0.8
    tick_radius_pt: float = 1.2
    few_questions: int = 3
    """A theme with no more has no list of them to tick."""
    list_rest: float = 0.33
    """A list that leaves more than this of a page is followed by rules for notes."""

    # -- display
    optical_from_pt: float = 20.0
    """From this size on, characters stand on the margin without their side bearing."""
    label_tracking_pt: float = 0.9
    heading_label_mm: float = 34.0
    heading_title_mm: float = 46.5
    heading_after_mm: float = 14.0
    """From the baseline of a page's title to the first baseline or row below it."""
    cover_label_mm: float = 34.0
    cover_title_mm: float = 64.0
    cover_title_pt: tuple[float, ...] = (62.0, 54.0, 48.0, 42.0, 38.0, 34.0, 28.0, 24.0)
    cover_subtitle_mm: float = 14.0
    """From the last baseline of the title."""
    cover_band_mm: tuple[float, float] = (132.0, 235.0)
    cover_band_gap_mm: float = 0.8
    cover_bands: int = 6
    """More themes are listed in columns."""
    cover_columns: int = 3
    cover_column_row_mm: float = 9.3
    cover_few: int = 12
    """No more themes than this stand in two columns, in the type of the bands."""
    cover_few_row_mm: float = 14.0
    cover_column_pad_mm: float = 5.0
    cover_text_mm: float = 16.0
    """From the numerals of the bands to their titles."""
    cover_edge_mm: float = 13.0
    """What is left of the bands on a quiet cover."""
    cover_name_mm: float = 260.0
    cover_dates_mm: float = 279.0
    cover_gutter_mm: float = 8.0
    logo_mm: tuple[float, float] = (55.0, 13.0)
    """Width and height on the cover, at most."""
    opener_tint: float = 0.10
    opener_numeral_tint: float = 0.45
    opener_mm: float = 112.0
    """The lower edge of the tint."""
    opener_bare_mm: float = 84.0
    """The same in a set without introductions."""
    opener_label_mm: float = 38.0
    opener_title_mm: float = 54.0
    opener_numeral_mm: float = 62.0
    opener_numeral_pt: tuple[float, ...] = (120.0, 96.0, 66.0)
    """For one digit, two, and more."""
    opener_title_pt: tuple[float, ...] = (34.0, 28.0, 24.0, 20.0, 16.0)
    opener_intro_mm: float = 13.0
    """From the last baseline of the title to the first of the introduction."""
    opener_below_mm: float = 14.0
    """From the last baseline of the introduction to the edge of the tint, at least."""
    opener_list_mm: float = 17.0
    """From the tint to the rule over the list."""
    measure_mm: float = 132.0
    """The width of running text."""

    # -- type
    middle: float = 0.32
    """From the middle of a line to its baseline, in sizes: x-heights stand in the middle."""
    mono: float = 0.92
    """The size of code, in sizes of the text around it."""
    question: TextStyle = TextStyle("serif", "semibold", 13.5, 18.5)
    long_question: TextStyle = TextStyle("serif", "regular", 12.0, 17.0)
    followup: TextStyle = TextStyle("serif", "regular", 11.0, 15.5)
    address: TextStyle = TextStyle("sans", "regular", 8.5, 11.5)
    intro: TextStyle = TextStyle("serif", "regular", 12.0, 17.5)
    listing: TextStyle = TextStyle("sans", "regular", 11.0, 14.5)
    listing_number: TextStyle = TextStyle("sans", "semibold", 11.0, 14.5)
    hint: TextStyle = TextStyle("serif", "regular", 11.5, 15.0, italic=True)
    row_number: TextStyle = TextStyle("serif", "semibold", 14.0, 18.0)
    label: TextStyle = TextStyle("sans", "semibold", 9.5, 12.0)
    subhead: TextStyle = TextStyle("sans", "semibold", 10.0, 13.0)
    small: TextStyle = TextStyle("sans", "regular", 9.0, 12.0)
    foot: TextStyle = TextStyle("sans", "regular", 8.5, 11.0)
    tab: TextStyle = TextStyle("serif", "semibold", 15.0, 18.0)
    title: TextStyle = TextStyle("serif", "semibold", 30.0, 34.0)
    theme_title: TextStyle = TextStyle("serif", "semibold", 34.0, 38.0)
    closer_title: TextStyle = TextStyle("serif", "semibold", 18.0, 22.0)
    cover_title: TextStyle = TextStyle("serif", "semibold", 62.0, 66.0)
    cover_subtitle: TextStyle = TextStyle("serif", "regular", 19.0, 24.0, italic=True)
    cover_numeral: TextStyle = TextStyle("serif", "semibold", 30.0, 34.0)
    cover_theme: TextStyle = TextStyle("serif", "semibold", 17.0, 21.0)
    cover_theme_pt: tuple[float, ...] = (17.0, 14.0, 11.5)
    cover_range: TextStyle = TextStyle("sans", "regular", 11.0, 14.0)
    cover_column: TextStyle = TextStyle("sans", "regular", 12.5, 16.0)
    cover_question: TextStyle = TextStyle("serif", "semibold", 34.0, 42.0)
    cover_question_pt: tuple[float, ...] = (34.0, 28.0, 24.0, 20.0, 17.0)

    # -- the pages for mentoring and the action plan
    agreement_lines: tuple[int, ...] = (3, 2, 2, 2)
    agreement_dates: int = 6
    date_box_mm: tuple[float, float] = (25.0, 20.0)
    logs: int = 3
    log_number_mm: float = 14.0
    log_gap_mm: float = 4.5
    plan_rows: int = 9
    plan_row_mm: float = 22.0


def _sized(style: WorkbookStyle, **sizes: tuple[float, float]) -> dict[str, Any]:
    """Text styles in other sizes, each with its leading, by their names."""
    return {
        name: replace(getattr(style, name), size_pt=size, leading_pt=leading)
        for name, (size, leading) in sizes.items()
    }


def small_paper(style: WorkbookStyle) -> WorkbookStyle:
    """For A5 and booklets: ten questions to tick stand on one page."""
    return replace(
        style,
        row_mm=8.4, tight_row_mm=6.4, contents_row_mm=8.4, opener_mm=102.0, opener_bare_mm=74.0,
        opener_label_mm=29.3, opener_title_mm=43.5, opener_numeral_mm=44.0, opener_intro_mm=10.0,
        opener_below_mm=12.0, opener_list_mm=9.6, tab_width_mm=9.6, tab_height_mm=19.0,
        tab_top_mm=30.0, tab_number_mm=6.6, tab_base_mm=8.0, number_column_mm=10.0,
        page_column_mm=10.0, table_statement_mm=48.0, table_step_mm=10.0, log_number_mm=10.0,
        logs=2,
        **_sized(
            style,
            question=(12.5, 17.0), long_question=(11.0, 15.5), followup=(10.5, 14.5),
            intro=(10.2, 14.0), listing=(9.8, 12.2), listing_number=(9.8, 12.2), hint=(10.2, 13.0),
            row_number=(12.0, 15.0), label=(8.5, 11.0), tab=(12.0, 15.0),
        ),
    )  # fmt: skip


def large_print(style: WorkbookStyle) -> WorkbookStyle:
    """No text under 18 pt, which is what the guidelines of the American Council of the Blind ask
    for (2011), and wider rules that are dark enough to see."""
    return replace(
        style,
        outer_margin_mm=22.0, top_margin_mm=27.5, bottom_margin_mm=30.0, foot_mm=12.0,
        rule_gap_mm=12.0, rule_width_pt=0.9, lead_mm=14.0, clear_mm=9.0, gap_places=2,
        default_lines=5, fewest_lines=3, square_mm=10.0, dot_radius_pt=1.1, scale_mm=12.0,
        scale_words_mm=8.0, table_statement_mm=1000.0, number_column_mm=16.0, number_gap_mm=4.5,
        followup_indent_mm=8.0, choice_columns=2, closer_places=12, row_mm=17.0, tight_row_mm=11.5,
        contents_row_mm=15.0, page_column_mm=20.0, tick_mm=6.0, tick_line_pt=1.2,
        measure_mm=1000.0, opener_mm=120.0, cover_text_mm=18.0, plan_row_mm=34.0, plan_rows=6,
        logs=2, log_number_mm=18.0, date_box_mm=(25.0, 24.0),
        **_sized(
            style,
            question=(22.0, 29.0), long_question=(20.0, 27.0), followup=(19.0, 26.0),
            address=(18.0, 23.0), intro=(20.0, 28.0), listing=(18.0, 23.0),
            listing_number=(18.0, 23.0), hint=(19.0, 24.0), row_number=(20.0, 25.0),
            label=(18.0, 22.0), subhead=(18.0, 23.0), small=(18.0, 22.0), foot=(18.0, 22.0),
            tab=(20.0, 24.0), cover_subtitle=(22.0, 28.0), cover_theme=(20.0, 24.0),
            cover_range=(18.0, 22.0), cover_column=(18.0, 22.0), closer_title=(24.0, 28.0),
        ),
    )  # fmt: skip
