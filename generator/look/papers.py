"""Every number of the run sheet's look. Units are in the names, as in `look.workbook`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.look.workbook import TextStyle


@dataclass(frozen=True, slots=True)
class RunSheetStyle:
    """Heights from the top of the page are those on A4, and shrink with the paper's."""

    margin_mm: float = 18.0
    bottom_mm: float = 20.0
    foot_mm: float = 11.0
    label_mm: float = 28.0
    title_mm: float = 40.0
    about_mm: float = 9.5
    """From the last baseline of the title to the line about time and people."""
    materials_leads: float = 1.7
    """From there to what is to be brought, in leadings."""
    table_mm: float = 12.0
    """From what stands above the table to the baseline of its head."""
    head_mm: float = 2.8
    """From the baseline of the head to the rule below it."""
    line_mm: float = 22.0
    """Of a rule to write a time on."""
    bar_mm: float = 1.6
    clock_mm: float = 4.0
    """Where the clock begins."""
    minutes_mm: float = 28.0
    """Where the minutes end, and a rule to write on begins."""
    number_mm: float = 34.0
    """Where the numbers begin; without times they begin with the clock."""
    place_mm: float = 22.0
    """Width of the columns with slide and page."""
    page_mm: float = 12.0
    pad_mm: float = 1.5
    """From the last column to the edge of a theme's tint."""
    gutter_mm: float = 4.0
    question_share: float = 0.58
    """Of what question and notes have together."""
    minute_mm: float = 1.55
    """Height of a row for each of its minutes, so that time is seen."""
    least_mm: float = 16.0
    untimed_mm: float = 11.0
    """Of a question's row where nothing has minutes, at least."""
    theme_mm: float = 12.0
    """Height of a theme's own row, at least."""
    base_mm: float = 6.8
    """From the top of a row to its first baseline."""
    below_mm: float = 4.2
    """From its last baseline to its end."""
    gap_pt: float = 2.5
    """Before a paragraph or an item."""
    indent_mm: float = 3.6
    squeezed: float = 0.6
    """A row may have this part of the height of its minutes, where a page ends."""
    theme_tint: float = 0.10
    clock: TextStyle = TextStyle("serif", "semibold", 13.0, 16.0)
    question: TextStyle = TextStyle("serif", "semibold", 12.0, 15.5)
    long_question: TextStyle = TextStyle("serif", "regular", 11.0, 14.5)
    followup: TextStyle = TextStyle("serif", "regular", 10.5, 14.0)
    note: TextStyle = TextStyle("sans", "regular", 10.0, 13.5)
    head: TextStyle = TextStyle("sans", "semibold", 9.0, 12.0)
    about: TextStyle = TextStyle("sans", "regular", 11.0, 14.5)


def small(style: RunSheetStyle) -> RunSheetStyle:
    """For A5."""
    return replace(
        style,
        margin_mm=14.0, bottom_mm=16.0, foot_mm=9.0, number_mm=25.0, minutes_mm=21.0,
        clock_mm=3.0, place_mm=16.0, page_mm=8.5, pad_mm=0.5, gutter_mm=2.5, line_mm=16.0,
    )  # fmt: skip
