"""The printable PDF workbook."""

from generator.model import QuestionSet
from generator.writers import Context
from generator.writers.workbook.draw import write
from generator.writers.workbook.fonts import opened
from generator.writers.workbook.page import Plan
from generator.writers.workbook.plan import laid_out

__all__ = ["plan", "write"]


def plan(question_set: QuestionSet, context: Context) -> Plan:
    """Plan the workbook. Raises SourceError for a booklet of A5 pages, and for fonts that cannot be
    used or lack characters."""
    return laid_out(*opened(question_set, context), context)
