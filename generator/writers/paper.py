"""What run sheet and cards share: single sheets of the workbook's parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.look.style import MM, PAPERS_MM, printed
from generator.model import QuestionSet
from generator.pdf.canvas import Description
from generator.pdf.structure import Tag
from generator.text.bidi import right_to_left
from generator.writers import Context
from generator.writers.workbook.boxes import Boxes
from generator.writers.workbook.cover import typeset
from generator.writers.workbook.fonts import opened
from generator.writers.workbook.frame import Frame
from generator.writers.workbook.page import Page, directed
from generator.writers.workbook.plan import Plan


def framed(
    question_set: QuestionSet, context: Context, side: float, bottom: float, notes: bool
) -> tuple[QuestionSet, Frame]:
    """The set as its fonts can show it, and the frame of its paper, with margins alike on all
    pages. Raises SourceError for fonts and characters without one."""
    question_set, fonts = opened(question_set, context, notes)
    question_set = replace(question_set, title=typeset(question_set.title))
    look = printed(context.stylesheet)
    width, height = (side * MM for side in PAPERS_MM[question_set.settings.paper])
    frame = Frame(
        look.workbook, look.palette, fonts, context.strings, width, height, side, side, side,
        bottom, 0.0, 0.0, question_set.lang, right_to_left(question_set.lang),
        fonts.bidirectional, heading="H1",
    )  # fmt: skip
    return question_set, frame


def bound(
    sheets: Sequence[Boxes], kind: str, root: Tag, frame: Frame, question_set: QuestionSet,
    context: Context, flip: str = "Long",
) -> Plan:  # fmt: skip
    """The sheets, all boxes in the frame, as a plan that the workbook's writer draws."""
    about = Description(
        f"{question_set.title}: {kind}", question_set.author, question_set.subtitle,
        question_set.lang, "workshop-papers", context.timestamp,
    )  # fmt: skip
    directions = (tuple(directed(boxes, frame, frame.width)) for boxes in sheets)
    pages = (
        Page(str(number), kind, boxes, frame.inner, (), (), (), 0.0)
        for number, boxes in enumerate(directions, 1)
    )
    return Plan(
        frame.page_width, frame.page_height, frame.top, tuple(pages), {}, (), "print", root,
        frame.fonts, about, flip,
    )  # fmt: skip
