"""How tests reach plans and what stands on their pages and slides.

Only this module knows where these classes are defined: a test imports them from here, so that a
file of the generator can be renamed without renaming anything in the tests.
"""

from pathlib import Path
from typing import Any

from generator import writers
from generator.look import fonts as system_fonts
from generator.look.fonts import Fonts
from generator.model import Inline, Question, QuestionSet, Span, Theme
from generator.pdf.structure import Tag
from generator.settings import settings_of
from generator.writers import Context, Output
from generator.writers.workbook.boxes import (
    Bar,
    Bookmark,
    Box,
    Field,
    Link,
    Outline,
    PageNumber,
    Picture,
    Rules,
    Text,
)
from generator.writers.workbook.draw import imposition
from generator.writers.workbook.page import Page
from generator.writers.workbook.page import Plan as Book

__all__ = [
    "Bar", "Book", "Bookmark", "Box", "Field", "Fonts", "Link", "Outline", "Page",
    "PageNumber", "Picture", "Rules", "Tag", "Text", "a_set", "a_theme", "imposition", "inline",
    "planned", "question", "system_fonts", "written",
]  # fmt: skip


def inline(text: str | Inline) -> Inline:
    return (Span(text),) if isinstance(text, str) else text


def question(number: int, text: str | Inline = "Why?", **more: Any) -> Question:
    return Question(number, inline(text), number, **more)


def a_theme(number: int, title: str | Inline, *questions: Question, **more: Any) -> Theme:
    return Theme(number, inline(title), 1, questions, **more)


def a_set(*themes: list[Question], title: str = "A set", **settings: Any) -> QuestionSet:
    """A set of themes without introductions, each given as its questions."""
    made = (a_theme(n, f"Theme {n}", *questions) for n, questions in enumerate(themes, 1))
    return QuestionSet(title, "set", tuple(made), Path("set.md"), settings=settings_of(settings))


def planned(document: str, question_set: QuestionSet, context: Context | None = None) -> Any:
    """The plan of a document such as `workbook`."""
    return writers.load(document).plan(question_set, context or Context())


def written(document: str, question_set: QuestionSet, context: Context | None = None) -> Output:
    return writers.load(document).write(planned(document, question_set, context))
