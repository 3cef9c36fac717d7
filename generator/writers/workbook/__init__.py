"""The printable PDF workbook."""

from generator.writers.workbook.draw import write
from generator.writers.workbook.plan import plan

__all__ = ["plan", "write"]
