"""Every measure of the look of run sheet and cards, in points as in `look.workbook`."""

from __future__ import annotations

from typing import NamedTuple

from generator.look.workbook import TextStyle, mm


class RunSheetStyle(NamedTuple):
    """The run sheet. Heights from the top of the page are those on A4, and scale with the paper."""

    margin: float = mm(18)
    bottom: float = mm(20)
    foot_base: float = mm(11)
    label_y: float = mm(28)
    title_y: float = mm(40)
    about_below: float = mm(9.5)
    """Distance from the last baseline of the title to the line about time and people."""
    materials_leads: float = 1.7
    """Distance from there to the materials, in leadings."""
    table: float = mm(12)
    """Distance from the text above the table to the baseline of its head."""
    head_below: float = mm(2.8)
    """Distance from the baseline of the head to the rule below it."""
    line: float = mm(22)
    """Length of a rule to write a time on."""
    bar: float = mm(1.6)
    clock_x: float = mm(4)
    """Left edge of the clock."""
    minutes_x: float = mm(28)
    """Right edge of the minutes, from which a rule to write on begins."""
    number_x: float = mm(34)
    """Left edge of the numbers; without times they begin with the clock."""
    place: float = mm(10)
    """Minimum width of a column with slides or pages."""
    pad: float = mm(1.5)
    """Distance from the last column to the edge of a theme's tint."""
    gutter: float = mm(4)
    question_share: float = 0.58
    """Share of questions in the width of questions and notes."""
    bare_share: float = 0.7
    """The same if there are no notes."""
    minute: float = mm(1.55)
    """Height of a row for each of its minutes, so that time is visible."""
    least: float = mm(16)
    untimed: float = mm(11)
    """Minimum height of a question's row if nothing has minutes."""
    theme: float = mm(12)
    """Minimum height of a theme's own row."""
    base: float = mm(6.8)
    """Distance from the top of a row to its first baseline."""
    below: float = mm(4.2)
    """Distance from its last baseline to its end."""
    gap: float = 2.5
    """Space before a paragraph or an item."""
    indent: float = mm(3.6)
    sparse: float = 0.33
    """A last page that is filled to no more than this share is saved if rows can be reduced for it,
    to one of the shares below of the height for their minutes."""
    squeezed: tuple[float, ...] = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
    theme_tint: float = 0.10
    clock: TextStyle = TextStyle("serif", "semibold", 13.0, 16.0)
    question: TextStyle = TextStyle("serif", "semibold", 12.0, 15.5)
    long_question: TextStyle = TextStyle("serif", "regular", 11.0, 14.5)
    followup: TextStyle = TextStyle("serif", "regular", 10.5, 14.0)
    choices: TextStyle = TextStyle("sans", "regular", 9.5, 13.5, muted=True)
    note: TextStyle = TextStyle("sans", "regular", 10.0, 13.5)
    head: TextStyle = TextStyle("sans", "semibold", 9.0, 12.0, muted=True)
    about: TextStyle = TextStyle("sans", "regular", 11.0, 14.5, muted=True)
    materials: TextStyle = TextStyle("sans", "regular", 11.0, 14.5)


def small(style: RunSheetStyle) -> RunSheetStyle:
    """Return the style for A5."""
    return style._replace(
        margin=mm(14), bottom=mm(16), foot_base=mm(9), number_x=mm(25), minutes_x=mm(21),
        clock_x=mm(3), place=mm(7.5), pad=mm(0.5), gutter=mm(2.5), line=mm(16),
    )  # fmt: skip


class CardsStyle(NamedTuple):
    inset: float = mm(5)
    """Distance from a cell of the sheet to the cut. Colours bleed to the cell's edge, as printers
    are 2 to 4 mm off and do not reach the edge of the paper."""
    edge: float = mm(6)
    """Width of the accent, from the cut."""
    side: float = mm(7)
    """Distance from the edge to the text, and from the text to the cut."""
    number_base: float = mm(12.5)
    """Distance from the upper cut to the number's baseline."""
    question_below: float = mm(9)
    """Distance from there to the top of the question, without its ascent."""
    foot_base: float = mm(7)
    """Distance from the lower cut to the baseline of the foot."""
    theme_share: float = 0.62
    """Minimum share of the foot's width for the theme beside the title of the set."""
    clear: float = mm(8)
    """Minimum distance from the foot's baseline to the text above it."""
    back: float = mm(6)
    """Margin of a back, from the cut."""
    tick: float = mm(3.5)
    """Length of a cut mark."""
    line: float = 0.4
    followup_before: float = 3.0
    leading: float = 1.3
    followup_size: float = 0.68
    """Size of a follow-up relative to the question's, within the sizes below."""
    followup_sizes: tuple[float, float] = (8.0, 11.0)
    rule: float = mm(9)
    """Distance between the rules of a blank card."""
    long_words: int = 60
    """A question with more words is reported as long."""
    sizes: tuple[float, ...] = (18.0, 16.5, 15.0, 13.5, 12.0, 11.0, 10.0, 9.0, 8.0)
    large_sizes: tuple[float, ...] = (26.0, 24.0, 22.0, 20.0)
    """Additional sizes on large cards."""
    back_sizes: tuple[float, ...] = (20.0, 17.0, 14.0, 12.0, 10.0)
    number: TextStyle = TextStyle("serif", "semibold", 20.0, 24.0)
    question: TextStyle = TextStyle("serif", "semibold", 15.0, 20.0)
    followup: TextStyle = TextStyle("serif", "regular", 10.0, 13.0)
    foot: TextStyle = TextStyle("sans", "regular", 8.5, 11.0, muted=True)
