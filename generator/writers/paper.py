"""The common part of run sheet and cards: single sheets made of the workbook's parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.look.style import MM, PAPERS_MM, printed
from generator.look.workbook import WorkbookStyle
from generator.model import AnswerSpace, Inline, QuestionSet, Span
from generator.pdf.canvas import Description
from generator.pdf.structure import Tag
from generator.writers import Context
from generator.writers.workbook.cover import typeset
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.fonts import opened
from generator.writers.workbook.frame import Frame
from generator.writers.workbook.page import Plan, bound


def framed(
    question_set: QuestionSet, context: Context, style: WorkbookStyle, notes: bool
) -> tuple[QuestionSet, Frame]:
    """Return the set as its fonts can show it, and the frame of its paper, with the margins of the
    style on all pages. Raises SourceError for fonts that cannot be used or lack characters."""
    question_set, fonts = opened(question_set, context, notes)
    question_set = replace(question_set, title=typeset(question_set.title))
    look = printed(context.stylesheet)
    width, height = (side * MM for side in PAPERS_MM[question_set.settings.paper])
    frame = Frame(
        style, look.palette, fonts, context.strings, width, height, question_set.lang, heading="H1"
    )  # fmt: skip
    return question_set, frame


def choices(answer: AnswerSpace) -> Inline:
    """Return the choices of an answer, if it has any: `Yes · No`, or `1 never – 5 always`."""
    said = " · ".join(answer.choices)
    if answer.scale:
        ends = zip(map(str, answer.scale), answer.scale_ends, strict=True)
        said = " – ".join(" ".join(filter(None, end)) for end in ends)
    return (Span(said),) if said else ()


def sheets(
    drafts: Sequence[Draft], kind: str, root: Tag, question_set: QuestionSet, context: Context,
    flip: str = "Long", numbered: Callable[[int], str] = str,
) -> Plan:  # fmt: skip
    """Return a plan for the workbook's writer; `kind` is the name of the document."""
    about = Description(
        f"{question_set.title}: {kind}", question_set.author, question_set.subtitle,
        question_set.lang, "workshop-papers", context.timestamp,
    )  # fmt: skip
    title = f"{question_set.title} · {kind}"
    return bound(drafts, root, title, about, flip=flip, numbered=numbered)
