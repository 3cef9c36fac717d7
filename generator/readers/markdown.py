"""Markdown: any list of questions that a person would write in it."""

from __future__ import annotations

from pathlib import Path

from generator.readers import Reading, blocks, front_matter
from generator.readers.assembly import assemble
from generator.readers.problems import Problems, cleaned


def read(text: str, path: Path) -> Reading:
    """Read a question set. Raises SourceError with every problem found."""
    problems = Problems(path)
    matter_text, body = front_matter.split(cleaned(text, problems), problems)
    matter = front_matter.parse(matter_text, problems)
    return assemble(blocks.parse(body, problems), matter, problems, path)
