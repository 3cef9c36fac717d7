"""The Word handout: a sheet to talk from, with styles and numbering that people can go on editing
with."""

from generator.writers.handout.paragraphs import Plan
from generator.writers.handout.plan import plan
from generator.writers.handout.write import write

__all__ = ["Plan", "plan", "write"]
