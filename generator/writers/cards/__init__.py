"""Conversation cards with a question each, to be printed on both sides and cut."""

from dataclasses import replace

from generator.model import QuestionSet
from generator.writers import Context, Output
from generator.writers.cards.plan import Plan, laid_out
from generator.writers.workbook.draw import write as drawn

__all__ = ["plan", "write"]


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Plan the cards. Raises SourceError for fonts that cannot be used or lack characters."""
    return laid_out(question_set, context)


def write(plan: Plan) -> Output:
    made = drawn(plan.book)
    return replace(made, diagnostics=(*made.diagnostics, *plan.diagnostics))
