"""What `check` says of a set: what was read, and how its workbook fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.convert import answer_text
from generator.errors import Diagnostic, Severity
from generator.model import Question, QuestionSet, Theme, plain


@dataclass(frozen=True, slots=True)
class Check:
    """What a build would read, and the plan of its workbook."""

    question_set: QuestionSet
    diagnostics: tuple[Diagnostic, ...]
    workbook: Any = None
    """None where the workbook cannot be planned; the diagnostics say why."""

    @property
    def failed(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)

    def as_data(self) -> dict[str, Any]:
        """Everything that was read, for JSON; all texts are plain."""
        pages = len(self.workbook.pages) if self.workbook else None
        return {"sets": [described(self.question_set)], "pages": pages}


def described(question_set: QuestionSet) -> dict[str, Any]:
    """A set with all its themes and questions, for JSON."""
    return {
        "path": str(question_set.path),
        "slug": question_set.slug,
        "title": question_set.title,
        "subtitle": question_set.subtitle,
        "lang": question_set.lang,
        "themes": [_theme(theme) for theme in question_set.themes],
    }


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "title": plain(theme.title),
        "line": theme.line,
        "intro": [plain(paragraph) for paragraph in theme.intro],
        "notes": [plain(note.text) for note in theme.notes],
        "minutes": theme.minutes,
        "questions": [_question(question) for question in theme.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "number": question.number,
        "line": question.line,
        "text": plain(question.text),
        "followups": [
            {"text": plain(followup.text), "depth": followup.depth}
            for followup in question.followups
        ],
        "choices": list(question.answer.choices),
        "notes": [plain(note.text) for note in question.notes],
        "answer": answer_text(question.answer),
        "tags": list(question.tags),
        "minutes": question.minutes,
    }
