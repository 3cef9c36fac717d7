"""The report of `check`: what was read, what is doubtful, and how the workbook fits.

`Check.as_data` is for scripts, `report` for a person who wants to trust the documents before
printing sixty copies: each question as it will be printed, with its doubts beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import combining, east_asian_width

from generator.convert import answer_text
from generator.diagnostics import Diagnostic, Severity, once
from generator.model import AnswerKind, Question, QuestionSet, Theme, plain
from generator.strings import english_name

WIDTH = 100
"""Width of the report in columns."""
FULL = 0.85
"""A question page that is less full than this is reported."""


class Piece(NamedTuple):
    """A part of a line."""

    text: str
    style: str = ""
    """A severity, `title`, `faint` or an empty text."""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The set that a build would read, and the plan of its workbook."""

    question_set: QuestionSet | None
    """The set; None if the source cannot be read, and the diagnostics say why."""
    diagnostics: tuple[Diagnostic, ...]
    workbook: Any = None
    """The plan of the workbook; None if it cannot be planned, and the diagnostics say why."""

    @property
    def failed(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)

    def as_data(self) -> dict[str, Any]:
        """Return everything that was read, for JSON; all texts are plain."""
        sets = [_set_data(self.question_set)] if self.question_set else []
        return {"sets": sets, "pages": len(self.workbook.pages) if self.workbook else None}


def _set_data(question_set: QuestionSet) -> dict[str, Any]:
    return {
        "path": str(question_set.path),
        "slug": question_set.slug,
        "title": question_set.title,
        "subtitle": question_set.subtitle,
        "lang": question_set.lang,
        "intro": [plain(paragraph) for paragraph in question_set.intro],
        "read_as": question_set.read_as,
        "themes": [_theme_data(theme) for theme in question_set.themes],
    }


def _theme_data(theme: Theme) -> dict[str, Any]:
    return {
        "title": plain(theme.title),
        "line": theme.line,
        "intro": [plain(paragraph) for paragraph in theme.intro],
        "notes": [plain(note.text) for note in theme.notes],
        "minutes": theme.minutes,
        "questions": [_question_data(question) for question in theme.questions],
    }


def _question_data(question: Question) -> dict[str, Any]:
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


def report(check: Check, verbose: bool = False) -> Iterator[Line]:
    """Yield the lines for a person, none wider than WIDTH columns.

    Errors are not included, as they are printed with those of other commands. `verbose` adds the
    texts under each question and the room that the workbook gives it.
    """
    question_set = check.question_set
    if question_set is None:
        return
    doubts = beside(question_set, check.diagnostics)
    rows = _Rows(question_set, check.workbook if verbose else None, verbose)
    yield from _entry(f"{question_set.path}: ", question_set.title, style="title")
    yield from _entry("  ", rows.summary())
    if question_set.read_as:
        yield from _entry("  ", f"read as questions: {question_set.read_as}")
    for paragraph in question_set.intro if verbose else ():
        yield from _entry("  ", plain(paragraph), style="faint")
    yield from _said(doubts[0], 2, question_set.path)
    place = 0
    for theme in question_set.themes:
        place += 1
        yield ()
        yield from _entry("", plain(theme.title), rows.of_theme(theme), "title")
        for paragraph in theme.intro if verbose else ():
            yield from _entry("  ", plain(paragraph), style="faint")
        yield from _said(doubts[place], 2)
        for question in theme.questions:
            place += 1
            yield from rows.question(question)
            yield from _said(doubts[place], rows.indent)
    if check.workbook:
        yield ()
        yield from _pages(check.workbook)


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


class _Rows:
    """The lines of the report about a theme or a question."""

    def __init__(self, question_set: QuestionSet, workbook: Any, verbose: bool) -> None:
        self.set, self.verbose = question_set, verbose
        questions = [question for theme in question_set.themes for question in theme.questions]
        answers = Counter(map(_asked, questions))
        self.usual = answers.most_common(1)[0][0]
        """The answer space that most questions have; only others are shown."""
        self.indent = 4 + max(len(str(question.number)) for question in questions)
        fits = workbook.fits if workbook else ()
        self.room = {id(question): fit for question, fit in zip(questions, fits, strict=False)}

    def summary(self) -> str:
        questions = counted(self.set.question_count, "question")
        themes = counted(len(self.set.themes), "theme")
        usual = f"; each has {self.usual}, unless marked otherwise" if self.usual else ""
        return f"{questions} in {themes}, in {english_name(self.set.lang)}{usual}"

    def of_theme(self, theme: Theme) -> Iterator[str]:
        yield f"line {theme.line}"
        yield counted(len(theme.questions), "question")
        if theme.intro:
            words = sum(len(plain(text).split()) for text in theme.intro)
            yield f"introduction of {counted(words, 'word')}"
        if theme.notes:
            yield counted(len(theme.notes), "note")
        if theme.duration:
            yield f"{theme.duration} min"

    def question(self, question: Question) -> Iterator[Line]:
        head = f"{question.number:>{self.indent - 2}}  "
        yield from _entry(head, plain(question.text), self._marks(question))
        if self.verbose:
            for followup in question.followups:
                indent = " " * (self.indent + 2 * followup.depth - 2)
                yield from _entry(f"{indent}- ", plain(followup.text))
            for note in question.notes:
                yield from _entry(f"{' ' * self.indent}note: ", plain(note.text), style="faint")

    def _marks(self, question: Question) -> Iterator[str]:
        if question.followups:
            yield counted(len(question.followups), "follow-up")
        if question.answer.choices:
            yield f"choices: {' / '.join(question.answer.choices)}"
        if question.notes:
            yield counted(len(question.notes), "note")
        if _asked(question) != self.usual:
            yield _asked(question) or "lines as the page has room"
        if question.minutes:
            yield f"{question.minutes} min"
        yield from (f"#{tag}" for tag in question.tags)
        fit = self.room.get(id(question))
        if fit and fit.kind is AnswerKind.LINES:
            yield f"gets {counted(fit.given, 'rule')}"


def _asked(question: Question) -> str:
    return "" if question.answer.choices else answer_text(question.answer)


def _pages(workbook: Any) -> Iterator[Line]:
    yield from _entry("Workbook: ", counted(len(workbook.pages), "page"))
    for page in workbook.pages:
        if page.kind == "questions" and page.fullness < FULL:
            yield from _entry("  ", f"page {page.label} is only {page.fullness:.0%} full")


def beside(
    question_set: QuestionSet, diagnostics: Iterable[Diagnostic]
) -> defaultdict[int, list[Diagnostic]]:
    """Return warnings and notes by their place in the report: 0 is the top, then each theme and
    question.

    If lines do not only increase, as over several sheets, all of them are at the top.
    """
    lines: list[int] = []
    for theme in question_set.themes:
        lines += [theme.line, *(question.line for question in theme.questions)]
    beside: defaultdict[int, list[Diagnostic]] = defaultdict(list)
    for found in once(diagnostics):
        here = found.line if found.path == question_set.path and lines == sorted(lines) else 0
        if found.severity is not Severity.ERROR:
            beside[bisect_right(lines, here or 0)].append(found)
    return beside


def _said(doubts: Sequence[Diagnostic], indent: int, own: Path | None = None) -> Iterator[Line]:
    """Yield diagnostics; one about another file than `own`, such as the brand, names that file."""
    for found in doubts:
        place = f"line {found.line}: " if found.line else ""
        if own and found.path and found.path != own:
            place = f"{found.path.name}: {place}"
        head = f"{' ' * indent}{found.severity}: "
        yield from _entry(head, place + found.message, head_style=found.severity)
        if found.hint:
            yield from _entry(f"{' ' * indent}  hint: ", found.hint, head_style="faint")


def _entry(
    head: str, text: str, marks: Iterable[str] = (), style: str = "", head_style: str = ""
) -> Iterator[Line]:
    """Yield a wrapped text after its head, with marks after it, or below it if they do not fit."""
    rows = _wrapped(text, WIDTH - _columns(head))
    tail = " · ".join(marks)
    after = bool(tail) and _columns(head + rows[-1] + tail) + 3 <= WIDTH
    for at, row in enumerate(rows):
        before = Piece(head, head_style) if at == 0 else Piece(" " * _columns(head))
        last = (Piece(f"   {tail}", "faint"),) if after and at == len(rows) - 1 else ()
        yield (before, Piece(row, style), *last)
    if tail and not after:
        for row in _wrapped(tail, WIDTH - _columns(head)):
            yield (Piece(" " * _columns(head) + row, "faint"),)


# Compiled when it is needed, as few commands do, and Python takes milliseconds for wide ranges.
_PARTS = r"\s+|[\u1100-\u11ff\u2e80-\uffef]|[^\s\u1100-\u11ff\u2e80-\uffef]{1,40}"
"""Places where a line may be broken: at spaces, within scripts without spaces, in very long
words."""


def _wrapped(text: str, columns: int) -> list[str]:
    rows, row, used = [], "", 0
    for part in re.findall(_PARTS, " ".join(text.split())):
        if used + _columns(part) > columns and row.strip():
            rows.append(row.rstrip())
            row, used = "", 0
        if row or not part.isspace():
            row, used = row + part, used + _columns(part)
    return [*rows, row.rstrip()]


def _columns(text: str) -> int:
    """Return the columns of a text in a terminal (UAX 11: wide characters take two)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text
    )
