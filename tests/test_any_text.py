"""Text is data: whatever a question says arrives in all three documents, letter by letter."""

import zipfile
from pathlib import Path

import pypdf
import pytest
from conftest import squash
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from generator import kit, writers
from generator.diagnostics import SourceError
from generator.model import Question, QuestionSet, Span, Theme
from generator.writers import Context

HOSTILE = [
    '<b>&"',
    "List<int>",
    "=SUM(A1)",
    '<img src="file:///etc/passwd">',
    "]]> <!-- x -->",
    "%s {0} \\n $HOME `",
    "<w:p/> & <a:t>",
    "“curly” ‘quotes’ – — …",
    "Ünï cødé Ελληνικά Русский Tiếng Việt",
]


def question_set(*texts: str) -> QuestionSet:
    questions = tuple(
        Question(number, (Span(text),), line=number) for number, text in enumerate(texts, 1)
    )
    theme = Theme(1, (Span("A theme"),), 1, questions)
    return QuestionSet("Any text", "any", (theme,), Path("any.md"))


def texts_of(path: Path) -> str:
    """All text of a document, without spaces, by a library that wrote none of it."""
    if path.suffix == ".pdf":
        return squash("".join(page.extract_text() for page in pypdf.PdfReader(path).pages))
    with zipfile.ZipFile(path) as archive:
        parts = [part for part in archive.namelist() if part.endswith(".xml")]
        roots = [etree.fromstring(archive.read(part)) for part in parts]
    return squash("".join(text for root in roots for text in root.itertext()))


@pytest.mark.parametrize("name", writers.WRITERS)
def test_hostile_text_arrives_as_text(name: str, tmp_path: Path) -> None:
    output = writers.load(name).write(writers.load(name).plan(question_set(*HOSTILE), Context()))
    path = tmp_path / f"any{writers.WRITERS[name].suffix}"
    path.write_bytes(output.data)
    shown = texts_of(path)
    for text in HOSTILE:
        assert squash(text) in shown, text


@pytest.mark.parametrize("name", writers.WRITERS)
def test_hostile_markdown_arrives_as_text(name: str, tmp_path: Path) -> None:
    typed = ['<b>&"?', "What is List<int>?", "=SUM(A1)", 'Is <img src="file:///etc/passwd"> shown?']
    source = tmp_path / "typed.md"
    source.write_text("".join(f"1. {text}\n" for text in typed), encoding="utf-8")
    kit.build([source], tmp_path, [name])
    shown = texts_of(tmp_path / f"typed-{name}{writers.WRITERS[name].suffix}")
    for text in typed:
        assert squash(text) in shown


@pytest.mark.parametrize("name", writers.WRITERS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(min_size=1, max_size=60))
def test_any_unicode_text_is_written_or_named_as_missing(name: str, text: str) -> None:
    writer = writers.load(name)
    try:
        output = writer.write(writer.plan(question_set(text, "A plain question?"), Context()))
    except SourceError as problem:
        assert writers.WRITERS[name].suffix == ".pdf"  # they have fonts of their own
        assert "U+" in str(problem)
    else:
        assert output.data
