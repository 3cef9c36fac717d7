"""Every number of the look of run sheet and cards, in points as in `look.workbook`."""

from __future__ import annotations

from typing import NamedTuple

from generator.look.workbook import TextStyle, mm


class RunSheetStyle(NamedTuple):
    """Heights from the top of the page are those on A4, and shrink with the paper's."""

    margin: float = mm(18)
    bottom: float = mm(20)
    foot_base: float = mm(11)
    label_y: float = mm(28)
    title_y: float = mm(40)
    about_below: float = mm(9.5)
    """From the last baseline of the title to the line about time and people."""
    materials_leads: float = 1.7
    """From there to what is to be brought, in leadings."""
    table: float = mm(12)
    """From what stands above the table to the baseline of its head."""
    head_below: float = mm(2.8)
    """From the baseline of the head to the rule below it."""
    line: float = mm(22)
    """Of a rule to write a time on."""
    bar: float = mm(1.6)
    clock_x: float = mm(4)
    """Where the clock begins."""
    minutes_x: float = mm(28)
    """Where the minutes end, and a rule to write on begins."""
    number_x: float = mm(34)
    """Where the numbers begin; without times they begin with the clock."""
    place: float = mm(22)
    """Width of the columns with slide and page."""
    page: float = mm(12)
    pad: float = mm(1.5)
    """From the last column to the edge of a theme's tint."""
    gutter: float = mm(4)
    question_share: float = 0.58
    """Of what question and notes have together."""
    bare_share: float = 0.7
    """The same where there are no notes."""
    minute: float = mm(1.55)
    """Height of a row for each of its minutes, so that time is seen."""
    least: float = mm(16)
    untimed: float = mm(11)
    """Of a question's row where nothing has minutes, at least."""
    theme: float = mm(12)
    """Height of a theme's own row, at least."""
    base: float = mm(6.8)
    """From the top of a row to its first baseline."""
    below: float = mm(4.2)
    """From its last baseline to its end."""
    gap: float = 2.5
    """Before a paragraph or an item."""
    indent: float = mm(3.6)
    sparse: float = 0.33
    """A last page that is filled to no more than this part is saved, if the rows can be lower: to
    one of the parts below of what their minutes ask for."""
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
    """For A5."""
    return style._replace(
        margin=mm(14), bottom=mm(16), foot_base=mm(9), number_x=mm(25), minutes_x=mm(21),
        clock_x=mm(3), place=mm(16), page=mm(8.5), pad=mm(0.5), gutter=mm(2.5), line=mm(16),
    )  # fmt: skip


class CardsStyle(NamedTuple):
    inset: float = mm(5)
    """From a cell of the sheet to the cut. Colours run on to the cell's edge, as printers are 2 to
    4 mm off, and do not reach the edge of the paper."""
    edge: float = mm(6)
    """Of the accent, from the cut."""
    side: float = mm(7)
    """From the edge to the text, and from the text to the cut."""
    number_base: float = mm(12.5)
    """From the upper cut to the number's baseline."""
    question_below: float = mm(9)
    """From there to the top of the question, without its ascent."""
    foot_base: float = mm(7)
    """From the lower cut to the baseline of the foot."""
    clear: float = mm(6.5)
    """From the foot's baseline to the text above it, at least."""
    back: float = mm(6)
    """Nothing on a back comes nearer to the cut."""
    tick: float = mm(3.5)
    """Of a mark to cut by."""
    line: float = 0.4
    followup_before: float = 3.0
    leading: float = 1.3
    followup_size: float = 0.68
    """To the question's, within the sizes below."""
    followup_sizes: tuple[float, float] = (8.0, 11.0)
    rule: float = mm(9)
    """Between the rules of a blank card."""
    long_words: int = 60
    """A question with more is said to be long."""
    sizes: tuple[float, ...] = (18.0, 16.5, 15.0, 13.5, 12.0, 11.0, 10.0, 9.0, 8.0)
    large_sizes: tuple[float, ...] = (26.0, 24.0, 22.0, 20.0)
    """On large cards, these as well."""
    back_sizes: tuple[float, ...] = (20.0, 17.0, 14.0, 12.0, 10.0)
    number: TextStyle = TextStyle("serif", "semibold", 20.0, 24.0)
    question: TextStyle = TextStyle("serif", "semibold", 15.0, 20.0)
    followup: TextStyle = TextStyle("serif", "regular", 10.0, 13.0)
    foot: TextStyle = TextStyle("sans", "regular", 8.5, 11.0, muted=True)
