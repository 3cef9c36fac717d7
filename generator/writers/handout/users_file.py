"""Reading a .docx or .dotx of the user's, and what is wrong with it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from generator.errors import SourceError
from generator.model import QuestionSet
from generator.writers.options import setting_error
from generator.writers.xml import as_document


def read_template(question_set: QuestionSet, path: Path) -> tuple[bytes, set[str]]:
    """The template as a document, and the names of its styles in lower case.

    Raises SourceError for a file that is not there or is no Word file.
    """
    place = "handout.template"
    try:
        data = path.read_bytes()
    except OSError as problem:
        hint = "its path is taken from the question set's folder"
        message = f"{place}: {path} cannot be read: {problem.strerror or problem}"
        raise SourceError([setting_error(question_set, place, message, hint)]) from None
    try:
        blob = as_document(data, "document")
        document = docx.Document(io.BytesIO(blob))
        if document.element.body is None:
            raise ValueError("no body")
        return blob, {name.lower() for _, name in named(document.styles.element)}
    except Exception as problem:  # whatever a file made by others makes the libraries raise
        hint = "open it in Word and save it again as .docx or .dotx"
        message = f"{place}: {path} is not a Word file that can be used"
        raise SourceError([setting_error(question_set, place, message, hint)]) from problem


def named(styles: Any) -> dict[tuple[str, str], Any]:
    """Styles by kind and name. Word takes names of built-in styles in any case."""
    return {
        (
            style.get(qn("w:type"), "paragraph"),
            str(style.find(qn("w:name")).get(qn("w:val"))).lower(),
        ): style
        for style in styles.iterfind(qn("w:style"))
        if style.find(qn("w:name")) is not None
    }
