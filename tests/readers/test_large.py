"""Large and hostile sources: each is answered, and what reads them does not go in circles.

Nothing is timed here: a step that grew with the square of these sizes would take minutes."""

from pathlib import Path

import pytest

from generator import readers
from generator.diagnostics import SourceError

LINE = 100_000

READ = {
    "a long line": ("1. " + "word " * LINE, 1),
    "a long word": ("1. " + "w" * LINE, 1),
    "stars": ("1. " + "*a " * LINE, 1),
    "brackets": ("1. " + "[" * LINE, 1),
    "ticks": ("1. " + "`a " * LINE, 1),
    "tags": ("1. " + "<a " * LINE, 1),
    "braces": ("1. a" + "{lines=3} " * LINE, 1),
    "items": ("- a\n" * 20_000, 20_000),
    "follow-ups": ("- a\n" + "  - b\n" * 20_000, 1),
    "quotes": (">" * LINE + " a\n\n- b", 1),
    "headings": ("# a\n" * 10_000 + "- b", 1),
    "lines that ask": ("A?\n" * LINE, LINE),
    "lines that go on": ("A\n" + "b\n" * LINE + "c?", 1),
    "headings that ask": ("# a?\n" * 10_000, 10_000),
    "themes": ("Theme\n\n- b\n\n" * 10_000, 10_000),
    "notes": ("- a\n\n" + "::: notes\nx\n:::\n" * 10_000, 1),
    "empty lines": ("\n" * 1_000_000 + "- a", 1),
    "items in HTML": ("<ul>" + "<li>a" * 20_000, 20_000),
    "comments in HTML": ("<li>a" + "<!--" * LINE, 1),
    "a table": ("| question |\n|---|\n" + "| a |\n" * 20_000, 20_000),
    "front matter": ("---\n" + "a: b\n" * 3_000 + "---\n- a", 1),
}
REFUSED = {
    "tags without an end": "<li><a " * LINE,
    "lists in lists": "- " * LINE,
    "spaces": " " * 1_000_000 + "- a",
    "notes without an end": "- a\n\n" + "::: notes\n" * 20_000,
}


@pytest.mark.parametrize("name", READ)
def test_a_large_source_is_read(name: str, tmp_path: Path) -> None:
    text, questions = READ[name]
    path = tmp_path / "set.md"
    path.write_text(text, encoding="utf-8")
    assert readers.read(path).question_set.question_count == questions


@pytest.mark.parametrize("name", REFUSED)
def test_a_large_source_without_questions_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "set.md"
    path.write_text(REFUSED[name], encoding="utf-8")
    with pytest.raises(SourceError):
        readers.read(path)
