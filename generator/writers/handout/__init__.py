"""The Word handout: a sheet to talk from, in styles and numbering that a person can go on with."""

from generator.writers.handout.paragraphs import Plan
from generator.writers.handout.plan import plan
from generator.writers.handout.write import write

__all__ = ["Plan", "plan", "write"]
