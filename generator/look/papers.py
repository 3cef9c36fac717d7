"""Every number of the look of run sheet and cards, with its unit as in `look.workbook`."""

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
    bare_share: float = 0.7
    """The same where there are no notes."""
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


@dataclass(frozen=True, slots=True)
class CardsStyle:
    inset_mm: float = 5.0
    """From a cell of the sheet to the cut. Colours run on to the cell's edge, as printers are 2 to
    4 mm off, and do not reach the edge of the paper."""
    edge_mm: float = 6.0
    """Of the accent, from the cut."""
    side_mm: float = 7.0
    """From the edge to the text, and from the text to the cut."""
    number_mm: float = 12.5
    """From the upper cut to the number's baseline."""
    question_mm: float = 9.0
    """From there to the top of the question, without its ascent."""
    foot_mm: float = 7.0
    """From the lower cut to the baseline of the foot."""
    clear_mm: float = 6.5
    """From the foot's baseline to the text above it, at least."""
    back_mm: float = 6.0
    """Nothing on a back comes nearer to the cut."""
    tick_mm: float = 3.5
    """Of a mark to cut by."""
    line_pt: float = 0.4
    followup_before_pt: float = 3.0
    leading: float = 1.3
    followup_size: float = 0.68
    """To the question's, within the sizes below."""
    followup_pt: tuple[float, float] = (8.0, 11.0)
    rule_mm: float = 9.0
    """Between the rules of a blank card."""
    long_words: int = 60
    """A question with more is said to be long."""
    sizes_pt: tuple[float, ...] = (18.0, 16.5, 15.0, 13.5, 12.0, 11.0, 10.0, 9.0, 8.0)
    large_sizes_pt: tuple[float, ...] = (26.0, 24.0, 22.0, 20.0)
    """On large cards, these as well."""
    back_sizes_pt: tuple[float, ...] = (20.0, 17.0, 14.0, 12.0, 10.0)
    number: TextStyle = TextStyle("serif", "semibold", 20.0, 24.0)
    question: TextStyle = TextStyle("serif", "semibold", 15.0, 20.0)
    followup: TextStyle = TextStyle("serif", "regular", 10.0, 13.0)
    foot: TextStyle = TextStyle("sans", "regular", 8.5, 11.0)
