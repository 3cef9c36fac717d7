"""Every measure of the PDF workbook's look. Lengths are in points; `mm` converts millimetres.

Distances from the top of the page, such as `cover_label_y`, are those on A4 (297 mm high). On other
papers they scale with the height, and display sizes with the width.
"""

from __future__ import annotations

from typing import Any, NamedTuple

MM = 72 / 25.4
"""Points in a millimetre."""


def mm(length: float) -> float:
    """Return a length in millimetres as points."""
    return length * MM


class TextStyle(NamedTuple):
    """The `family` is `serif`, `sans` or `mono`; the `weight` is `regular` or `semibold`."""

    family: str
    weight: str
    size: float
    leading: float
    italic: bool = False
    muted: bool = False
    """True for the muted colour, False for the colour of ink."""


class WorkbookStyle(NamedTuple):
    # -- the page
    inner_margin: float = mm(25)
    """Margin on the side of the punch holes; margins are mirrored."""
    outer_margin: float = mm(18)
    top_margin: float = mm(22)
    bottom_margin: float = mm(24)
    foot_base: float = mm(12.5)
    """Distance from the baseline of the running foot to the page's edge."""
    foot_gap: float = mm(3)
    """Gap between the set's title and the theme's in the running foot."""
    edge: float = mm(10)
    """Margin at the edge of the paper that only bands, tints and tabs enter."""
    small_paper_margins: float = 0.8
    """Margins of papers narrower than A4, relative to those of A4."""
    tab_width: float = mm(13)
    tab_height: float = mm(26)
    tab_pitch: float = 1.1
    """Distance from one thumb tab to the next, in heights."""
    tab_top: float = mm(40)
    tab_number: float = mm(9)
    """Distance from the middle of a tab's number to the paper's edge, which printers do not
    reach."""
    tab_base: float = mm(10.5)
    """Distance from the top of a tab to the baseline of its number."""

    # -- the grid of question pages
    rule_gap: float = mm(8)
    rule_width: float = 0.5
    lead: float = mm(9.7)
    """Distance from the last baseline of a question to its first rule."""
    ascent: float = 0.58
    """Apparent height of a text above its baseline, in sizes."""
    gap_places: int = 3
    """Minimum number of empty places between two questions."""
    clear: float = mm(5)
    """Minimum distance between a question's space and the text of the next."""
    most_head: int = 3
    """Maximum number of free places at the head of a page; more of them look better at its foot."""
    most_extra: int = 2
    """Maximum number of places that are added to a gap on a page with room left."""
    default_lines: int = 7
    """Minimum number of rules for a question without an answer space."""
    fewest_lines: int = 5
    """Minimum number of rules if a question of the same theme has a long text."""
    number_column: float = mm(11)
    number_gap: float = mm(3)
    """Distance between the end of the column of numbers and the text."""
    followup_indent: float = mm(5)
    followup_before: float = 2.5
    """Distance between a question and its follow-ups."""
    long_words: int = 40
    """A question with more words is set like running text."""
    address_before: float = 1.0
    square: float = mm(5)
    dot_radius: float = 0.7
    circle: float = mm(8)
    """Diameter of a circle to mark."""
    scale_row: float = 1.3
    """Distance from one row of circles to the next, in circles."""
    scale_words: float = mm(4.2)
    """Distance from the circles down to the baseline of the words for the ends."""
    scale_words_lines: int = 6
    """Maximum lines of the words at an end."""
    table_statement: float = mm(70)
    """Minimum width of a statement beside its scale."""
    table_step: float = mm(13)
    """Distance from one circle of a table to the next."""
    table_places: int = 2
    """Minimum number of places of a row."""
    list_from: float = 0.5
    """A list that would begin below this share of a page and does not fit begins on the next."""
    choice_columns: int = 4
    panel_tint: float = 0.04
    """Tint of a field that is filled in on the screen."""
    panel_padding: float = mm(2)
    panel_lead: float = mm(4)
    """Distance from the last baseline of a question to its panel."""
    panel_radius: float = mm(1.5)

    # -- the panel at the end of a theme
    closer_tint: float = 0.07
    closer_padding: float = mm(7)
    closer_base: float = mm(10)
    """Distance from its top to the baseline of its title."""
    closer_below: float = mm(3.8)
    """Distance from the last place of the grid to its lower edge."""
    closer_places: int = 14
    """Minimum number of places for it; a smaller one has only the rules for what stood out."""
    closer_small_places: int = 6

    # -- lists
    row: float = mm(12.6)
    tight_row: float = mm(8)
    contents_row: float = mm(11)
    page_column: float = mm(14)
    """Width for page numbers at the right of a list."""
    tick: float = mm(3.6)
    tick_gap: float = 1.9
    """Distance from a tick box's left side to the number, in tick boxes."""
    tick_line: float = 0.8
    tick_radius: float = 1.2
    few_questions: int = 3
    """A theme with no more questions has no list of them to tick."""
    list_rest: float = 0.33
    """A list that leaves more than this of a page is followed by rules for notes."""

    # -- display
    optical_from: float = 20.0
    """From this size on, characters are aligned with the margin without their side bearing."""
    label_tracking: float = 0.9
    heading_label_y: float = mm(34)
    heading_title_y: float = mm(46.5)
    heading_after: float = mm(14)
    """Distance from the baseline of a page's title to the first baseline or row below it."""
    cover_label_y: float = mm(34)
    cover_title_y: float = mm(64)
    cover_title_sizes: tuple[float, ...] = (62.0, 54.0, 48.0, 42.0, 38.0, 34.0, 28.0, 24.0)
    cover_subtitle_below: float = mm(14)
    """Distance from the last baseline of the title."""
    cover_band_y: tuple[float, float] = (mm(132), mm(235))
    cover_band_gap: float = mm(0.8)
    cover_bands: int = 6
    """Maximum number of bands; more themes are listed in columns."""
    cover_columns: int = 3
    cover_panel: str = "#1F2933"
    """The colour of the panel behind the columns."""
    cover_column_row: float = mm(9.3)
    cover_few: int = 12
    """Up to this number, themes stand in two columns, in the type of the bands."""
    cover_few_row: float = mm(14)
    cover_column_pad: float = mm(5)
    cover_text: float = mm(16)
    """Distance from the numerals of the bands to their titles."""
    cover_edge: float = mm(13)
    """Width of the bands on a quiet cover."""
    cover_names_y: float = mm(260)
    cover_dates_y: float = mm(279)
    cover_gutter: float = mm(8)
    logo: tuple[float, float] = (mm(55), mm(13))
    """Maximum width and height on the cover."""
    opener_tint: float = 0.10
    opener_numeral_tint: float = 0.45
    opener_y: float = mm(112)
    """The lower edge of the tint."""
    opener_bare_y: float = mm(84)
    """The same in a set without introductions."""
    opener_label_y: float = mm(38)
    opener_title_y: float = mm(54)
    opener_numeral_y: float = mm(62)
    opener_numeral_sizes: tuple[float, ...] = (120.0, 96.0, 66.0)
    """Sizes for one digit, two, and more."""
    opener_title_sizes: tuple[float, ...] = (34.0, 28.0, 24.0, 20.0, 16.0)
    opener_intro: float = mm(13)
    """Distance from the last baseline of the title to the first of the introduction."""
    opener_below: float = mm(14)
    """Minimum distance from the last baseline of the introduction to the edge of the tint."""
    opener_list: float = mm(17)
    """Distance from the tint to the rule over the list."""
    measure: float = mm(132)
    """The width of running text."""

    # -- type
    middle: float = 0.32
    """Distance, in sizes, from the middle of a line to its baseline, so that x-heights are
    centred."""
    mono: float = 0.92
    """The size of code relative to the text around it."""
    question: TextStyle = TextStyle("serif", "semibold", 13.5, 18.5)
    long_question: TextStyle = TextStyle("serif", "regular", 12.0, 17.0)
    followup: TextStyle = TextStyle("serif", "regular", 11.0, 15.5)
    address: TextStyle = TextStyle("sans", "regular", 8.5, 11.5, muted=True)
    intro: TextStyle = TextStyle("serif", "regular", 12.0, 17.5)
    listing: TextStyle = TextStyle("sans", "regular", 11.0, 14.5)
    listing_number: TextStyle = TextStyle("sans", "semibold", 11.0, 14.5)
    hint: TextStyle = TextStyle("serif", "regular", 11.5, 15.0, italic=True, muted=True)
    row_number: TextStyle = TextStyle("serif", "semibold", 14.0, 18.0, muted=True)
    label: TextStyle = TextStyle("sans", "semibold", 9.5, 12.0, muted=True)
    subhead: TextStyle = TextStyle("sans", "semibold", 10.0, 13.0)
    small: TextStyle = TextStyle("sans", "regular", 9.0, 12.0, muted=True)
    foot: TextStyle = TextStyle("sans", "regular", 8.5, 11.0, muted=True)
    tab: TextStyle = TextStyle("serif", "semibold", 15.0, 18.0)
    title: TextStyle = TextStyle("serif", "semibold", 30.0, 34.0)
    title_sizes: tuple[float, ...] = (30.0, 22.5, 18.0)
    theme_title: TextStyle = TextStyle("serif", "semibold", 34.0, 38.0)
    closer_title: TextStyle = TextStyle("serif", "semibold", 18.0, 22.0)
    cover_title: TextStyle = TextStyle("serif", "semibold", 62.0, 66.0)
    cover_subtitle: TextStyle = TextStyle("serif", "regular", 19.0, 24.0, italic=True, muted=True)
    cover_numeral: TextStyle = TextStyle("serif", "semibold", 30.0, 34.0)
    cover_theme: TextStyle = TextStyle("serif", "semibold", 17.0, 21.0)
    cover_theme_sizes: tuple[float, ...] = (17.0, 14.0, 11.5)
    cover_range: TextStyle = TextStyle("sans", "regular", 11.0, 14.0)
    cover_column: TextStyle = TextStyle("sans", "regular", 12.5, 16.0)
    cover_question: TextStyle = TextStyle("serif", "semibold", 34.0, 42.0)
    cover_question_sizes: tuple[float, ...] = (34.0, 28.0, 24.0, 20.0, 17.0)

    # -- the pages for mentoring and the action plan
    agreement_lines: tuple[int, ...] = (3, 2, 2, 2)
    agreement_dates: int = 6
    date_box: tuple[float, float] = (mm(25), mm(20))
    logs: int = 3
    log_number: float = mm(14)
    log_gap: float = mm(4.5)
    plan_rows: int = 9
    plan_row: float = mm(22)
    plan_padding: float = mm(1.5)
    """Space between the lines of the plan and the fields in it."""


def _sized(style: WorkbookStyle, **sizes: tuple[float, float]) -> dict[str, Any]:
    """Return text styles in other sizes, each with its leading, by their names."""
    return {
        name: getattr(style, name)._replace(size=size, leading=leading)
        for name, (size, leading) in sizes.items()
    }


def small_paper(style: WorkbookStyle) -> WorkbookStyle:
    """Return the style for A5 and booklets, where ten questions to tick fit on one page."""
    return style._replace(
        row=mm(8.4), tight_row=mm(6.4), contents_row=mm(8.4), opener_y=mm(102),
        opener_bare_y=mm(74), opener_label_y=mm(29.3), opener_title_y=mm(43.5),
        opener_numeral_y=mm(44), opener_intro=mm(10), opener_below=mm(12), opener_list=mm(9.6),
        tab_width=mm(9.6), tab_height=mm(19),
        tab_top=mm(30), tab_number=mm(6.6), tab_base=mm(8), number_column=mm(10),
        page_column=mm(10), table_statement=mm(48), table_step=mm(10), log_number=mm(10),
        logs=2,
        **_sized(
            style,
            question=(12.5, 17.0), long_question=(11.0, 15.5), followup=(10.5, 14.5),
            intro=(10.2, 14.0), listing=(9.8, 12.2), listing_number=(9.8, 12.2), hint=(10.2, 13.0),
            row_number=(12.0, 15.0), label=(8.5, 11.0), tab=(12.0, 15.0),
        ),
    )  # fmt: skip


def small_margins(style: WorkbookStyle) -> WorkbookStyle:
    """Return the style for papers narrower than A4."""
    names = ("inner_margin", "outer_margin", "top_margin", "bottom_margin", "foot_base")
    part = style.small_paper_margins
    return style._replace(**{name: getattr(style, name) * part for name in names})


def large_print(style: WorkbookStyle) -> WorkbookStyle:
    """Return the style for large print: no text under 18 pt, as the guidelines of the American
    Council of the Blind require (2011), and wider rules that are dark enough to see."""
    return style._replace(
        outer_margin=mm(22), top_margin=mm(27.5), bottom_margin=mm(30), foot_base=mm(12),
        rule_gap=mm(12), rule_width=0.9, lead=mm(14), clear=mm(9), gap_places=2,
        default_lines=5, fewest_lines=3, square=mm(10), dot_radius=1.1, circle=mm(12),
        scale_words=mm(8), table_statement=mm(1000), number_column=mm(16), number_gap=mm(4.5),
        followup_indent=mm(8), choice_columns=2, closer_places=12, row=mm(17), tight_row=mm(11.5),
        contents_row=mm(15), page_column=mm(20), tick=mm(6), tick_line=1.2,
        measure=mm(1000), opener_y=mm(120), cover_text=mm(18), plan_row=mm(34), plan_rows=6,
        logs=2, log_number=mm(18), date_box=(mm(25), mm(24)),
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
