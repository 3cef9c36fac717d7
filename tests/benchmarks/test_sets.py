"""The benchmarks' input is what it says, and alike in every run."""

import sys
from pathlib import Path

import pytest

from generator import readers

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_a_made_set_is_read_as_it_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "sets", raising=False)
    import sets  # type: ignore[import-not-found]

    book = sets.book(25)
    path = tmp_path / "set.md"
    path.write_text(sets.markdown(book), encoding="utf-8")
    reading = readers.read(path)
    themes = reading.question_set.themes
    assert not reading.diagnostics
    assert [len(theme.questions) for theme in themes] == [10, 10, 5]
    for theme, made in zip(themes, book["themes"], strict=True):
        for question, wanted in zip(theme.questions, made["questions"], strict=True):
            assert len(question.followups) == len(wanted["followups"])
            assert bool(question.notes) == bool(wanted["note"])
    assert book == sets.book(25)
