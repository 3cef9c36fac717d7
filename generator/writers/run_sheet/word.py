"""The run sheet as an editable Word file: a table in the look of the handout, or in its
template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.look.color import tinted
from generator.look.style import MM
from generator.model import Inline, Note, QuestionSet, Span
from generator.writers import Context, handout
from generator.writers.handout.paragraphs import Paragraph, Plan, Row
from generator.writers.office.metrics import Fonts
from generator.writers.paper import choices
from generator.writers.run_sheet.timing import Entry, Schedule

MARGINS_MM = 4.0
"""Left and right margin of a cell together, with some air."""
LEAST_MM = 14.0
"""Minimum width of the columns with times, slides and pages."""


def planned(
    question_set: QuestionSet, context: Context, times: Schedule, about: str, materials: Inline
) -> Plan:
    """Plan the table. Raises SourceError for a template that cannot be used."""
    words, timed = context.strings, bool(times.total)
    heads = (words.clock, words.minutes_short, words.what_asked, words.note_to_self, words.slide)
    names = [*heads, words.page[:1].upper() + words.page[1:]]
    rows = [Row(tuple((_strong(name),) for name in names))]
    rows += [_row(entry, times, context) for entry in times.entries]
    if timed:
        end = (times.ends, str(times.total), words.end, "", "", "")
        rows.append(Row(tuple((_strong(text),) for text in end)))
    shown = [Paragraph("Title", (Span(question_set.title),)), Paragraph("Subtitle", (Span(about),))]
    shown += [Paragraph("Normal", materials)] if materials else []
    plan, first = handout.plan(question_set, context), 0 if timed else 2
    return replace(
        plan, paragraphs=(*shown, Paragraph("Normal")), head=(), diagnostics=(),
        table=tuple(replace(row, cells=row.cells[first:]) for row in rows),
        columns=_columns(names, first, plan, context.stylesheet.run_sheet.question_share),
    )  # fmt: skip


def _columns(names: Sequence[str], first: int, plan: Plan, share: float) -> tuple[float, ...]:
    """Return widths as shares of the table's, in which no word of a head is broken. Questions and
    notes share the width that the others leave."""
    fonts, style = Fonts(), plan.stylesheet.handout
    table = plan.paper_mm[0] - 2 * style.side_margin_mm
    words = (Span(max(name.split(), key=len)) for name in names)
    heads = [fonts.measured((word,), f"{style.sans}-bold").width for word in words]
    widths = [max(LEAST_MM, head * style.text_pt / MM + MARGINS_MM) / table for head in heads]
    rest = 1 - sum(widths[first:2]) - sum(widths[4:])
    notes = max(rest * (1 - share), widths[3])
    return (*widths[first:2], rest - notes, notes, *widths[4:])


def _row(entry: Entry, times: Schedule, context: Context) -> Row:
    theme, question, look = entry.theme, entry.question, context.stylesheet.run_sheet
    asked = [_strong(theme.title)]
    if question:
        asked = [_strong((Span(f"{question.number}  "), *question.text))]
        asked += [Paragraph("Normal", said)] if (said := choices(question.answer)) else []
        asked += _listed(Note(each.text, each.depth) for each in question.followups)
    notes = _listed((question or theme).notes) or [Paragraph("Normal")]
    minutes = times.minutes_of(entry)
    clock = entry.starts if entry.minutes else ""
    places = (context.slide_numbers.get(entry.key, ""), context.workbook_pages.get(entry.key, ""))
    texts = [(_plain(each),) for each in (clock, str(minutes or ""), *map(str, places))]
    height = entry.minutes.length * look.minute / MM if entry.minutes else 0.0
    tint = tinted(context.stylesheet.palette.surface(theme.number), look.theme_tint)
    cells = (*texts[:2], tuple(asked), tuple(notes), *texts[2:])
    return Row(cells, height, "" if question else tint)


def _listed(items: Iterable[Note]) -> list[Paragraph]:
    made = []
    for each in items:
        marker = f"{each.number}. " if each.number else "– "
        before = "\u2003" * (each.depth - 1) + marker if each.depth else ""
        made.append(Paragraph("Normal", (Span(before), *each.text)))
    return made


def _plain(text: str) -> Paragraph:
    return Paragraph("Normal", (Span(text),))


def _strong(text: Inline | str) -> Paragraph:
    spans = (Span(text),) if isinstance(text, str) else text
    return Paragraph("Normal", tuple(replace(span, strong=True) for span in spans))
