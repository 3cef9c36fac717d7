"""The run sheet: a page or more for the person who leads the workshop."""

from dataclasses import replace

from generator.model import QuestionSet
from generator.writers import Context, Output, handout
from generator.writers.run_sheet.plan import Plan, laid_out
from generator.writers.workbook.draw import write as drawn

__all__ = ["plan", "write"]


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Plan the run sheet. Raises SourceError for fonts that cannot be used or lack characters, and
    for a template that cannot be used."""
    return laid_out(question_set, context)


def write(plan: Plan) -> Output:
    word = handout.write(plan.word).data
    book = drawn(plan.book)
    diagnostics = (*book.diagnostics, *plan.diagnostics)
    return replace(book, also={".docx": word}, diagnostics=diagnostics)
