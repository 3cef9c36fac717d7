"""The PowerPoint slides."""

from generator.writers.slides.plan import plan
from generator.writers.slides.write import write

__all__ = ["plan", "write"]
