"""A set and its workbook as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from generator.checking import beside
from generator.convert import answer_text
from generator.diagnostics import Diagnostic, Severity
from generator.look.color import contrast
from generator.look.style import StyleSheet
from generator.model import Question, QuestionSet, plain
from generator.studio.edit import LEVELS, rows_of


def fit(plan: Any) -> dict[str, int]:
    """Return the pages of the workbook, and the sheets that they take if printed on both sides."""
    pages = len(plan.pages)
    a_sheet = 4 if plan.edition == "booklet" else 2
    return {"pages": pages, "sheets": -(-pages // a_sheet)}


def colors(stylesheet: StyleSheet) -> list[dict[str, Any]]:
    """Return the accents of a look and their contrast to white, as printed."""
    palette = stylesheet.palette
    pairs = zip(palette.surfaces, palette.accents, strict=True)
    return [
        {"surface": surface, "text": accent, "contrast": round(contrast(accent), 1)}
        for surface, accent in pairs
    ]


def front(question_set: QuestionSet) -> dict[str, Any]:
    """Return the front matter of a set, and its settings."""
    named = ("title", "subtitle", "author", "lang", "date")
    front = {name: getattr(question_set, name) for name in named}
    return front | asdict(question_set.settings)


def rows(question_set: QuestionSet) -> Iterator[dict[str, Any]]:
    """Yield the rows of a set, each with its theme from 0 and its place there: 0 before the first
    question."""
    theme, place = -1, 0
    for kind, inline, part in rows_of(question_set):
        theme += kind == "theme"
        place = 0 if kind == "theme" else place + (kind == "question")
        row: dict[str, Any] = {"kind": kind, "text": plain(inline), "theme": theme, "place": place}
        if isinstance(part, Question):
            row |= {"number": part.number, "answer": answer_text(part.answer)}
            row["choices"] = len(part.answer.choices)
        if kind == "followup":
            row["depth"] = getattr(part, "depth", 1)
        yield row


def doubts(question_set: QuestionSet, found: Iterable[Diagnostic]) -> Iterator[dict[str, Any]]:
    """Yield problems with their places: the row of the theme or question that each is shown at, and
    its text. `here` is True if it is about exactly that text, and not about one below that was left
    out."""
    heads: list[tuple[int | None, str, int]] = [(None, "", 0)]
    for number, (kind, inline, part) in enumerate(rows_of(question_set)):
        if LEVELS[kind] < LEVELS["note"]:
            heads.append((number, plain(inline), getattr(part, "line", 0)))
    found = list(found)
    sorted_ = beside(question_set, found)
    sorted_[0] = [each for each in found if each.severity is Severity.ERROR] + sorted_[0]
    for place, (at, text, line) in enumerate(heads):
        for doubt in sorted_[place]:
            own = doubt.path == question_set.path
            about = {"at": at, "beside": text, "here": doubt.line == line}
            yield asdict(doubt) | {"path": None, "line": doubt.line if own else None} | about
