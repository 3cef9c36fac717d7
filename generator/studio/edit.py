"""Changes to a set that the page requests. The result is always a valid set.

For the page a set is a list of rows, like an outline. A change edits that list, and `folded` makes
a set of it again: a row belongs to the theme and the question before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from generator.diagnostics import Problems, UsageError, error
from generator.model import (
    AnswerKind,
    AnswerSpace,
    FollowUp,
    Inline,
    Note,
    Question,
    QuestionSet,
    Span,
    Theme,
    plain,
)
from generator.readers.attributes import from_setting

Change = Mapping[str, Any]
LEVELS = {"theme": 0, "question": 1, "intro": 2, "followup": 2, "choice": 2, "note": 2}
"""The kinds of rows. A row belongs to the last one before it with a lower level."""


class Row(NamedTuple):
    kind: str
    text: Inline
    part: Theme | Question | FollowUp | Note | None = None
    """The part of the set that it was read from, with everything that no row shows."""


def rows_of(question_set: QuestionSet) -> Iterator[Row]:
    yield from (Row("intro", text) for text in question_set.intro)
    for theme in question_set.themes:
        yield Row("theme", theme.title, theme)
        yield from (Row("intro", text) for text in theme.intro)
        yield from (Row("note", note.text, note) for note in theme.notes)
        for question in theme.questions:
            yield Row("question", question.text, question)
            yield from (Row("followup", each.text, each) for each in question.followups)
            yield from (Row("choice", (Span(text),)) for text in question.answer.choices)
            yield from (Row("note", note.text, note) for note in question.notes)


def folded(rows: Iterable[Row], old: QuestionSet) -> QuestionSet:
    """Return the set of these rows; `old` has everything that none of them shows.

    Raises UsageError for a theme without a question.
    """
    before, themes = _split(_under_something(rows, old.title), "theme")
    made = [_theme(head, below) for head, *below in themes]
    if not made:
        _refuse("a list needs a question", "write one before you delete the last")
    intro = tuple(row.text for row in before)
    return replace(old, intro=intro, themes=tuple(_numbered(old.themes, made)))


def _under_something(rows: Iterable[Row], title: str) -> Iterator[Row]:
    """Yield rows in which each has a parent. One without a question to belong to becomes a
    question, and so do those of its kind after it. A question before all themes gets a theme, and
    notes before them become the welcome."""
    has_theme = has_question = False
    alone = ""
    for row in rows:
        kind, deeper = row.kind, isinstance(row.part, FollowUp) and row.part.depth > 1
        if kind in ("followup", "choice") and (not has_question or (kind == alone and not deeper)):
            kind, alone = "question", kind
        elif LEVELS[kind] < LEVELS["note"]:
            alone = ""
        elif kind == "note" and not has_theme:
            kind = "intro"
        if kind == "question" and not has_theme:
            yield Row("theme", (Span(title),))
        has_question = kind == "question" or (has_question and kind != "theme")
        has_theme = has_theme or kind in ("theme", "question")
        yield row._replace(kind=kind)


def _split(rows: Iterable[Row], kind: str) -> tuple[list[Row], list[list[Row]]]:
    """Return the rows before the first of a kind, and groups that each begin with one."""
    before, groups = list[Row](), list[list[Row]]()
    for row in rows:
        if row.kind == kind:
            groups.append([])
        (groups[-1] if groups else before).append(row)
    return before, groups


def _theme(head: Row, below: Sequence[Row]) -> Theme:
    own, questions = _split(below, "question")
    if not questions:
        _refuse("a theme needs a question", "put a question under it, or delete the theme")
    theme = head.part if isinstance(head.part, Theme) else Theme(0, (), 0, ())
    intro = tuple(row.text for row in below if row.kind == "intro")
    asked = tuple(map(_question, questions))
    return replace(theme, title=head.text, intro=intro, notes=_notes(own), questions=asked)


def _question(rows: Sequence[Row]) -> Question:
    part = rows[0].part
    question = part if isinstance(part, Question) else Question(0, (), 0)
    followups = list[FollowUp]()
    for row in rows:
        if row.kind == "followup":
            depth = row.part.depth if isinstance(row.part, FollowUp) else 1
            deepest = followups[-1].depth + 1 if followups else 1
            followups.append(FollowUp(row.text, min(depth, deepest)))
    choices = tuple(plain(row.text) for row in rows if row.kind == "choice")
    answer = question.answer
    if choices != answer.choices:
        kind = AnswerKind.CHOICES if choices else AnswerKind.LINES
        answer = replace(answer if answer.choices else AnswerSpace(), kind=kind, choices=choices)
    return replace(
        question, text=rows[0].text, followups=tuple(followups), notes=_notes(rows), answer=answer
    )


def _notes(rows: Iterable[Row]) -> tuple[Note, ...]:
    return tuple(
        replace(row.part, text=row.text) if isinstance(row.part, Note) else Note(row.text)
        for row in rows
        if row.kind == "note"
    )


def _numbered(old: Sequence[Theme], new: Sequence[Theme]) -> Iterator[Theme]:
    """Number the questions again if they were numbered consecutively, over the set or in each
    theme. Any other numbers are kept, and a new question gets the next one after the largest."""
    before = [[each.number for each in theme.questions] for theme in old]
    flat = [number for numbers in before for number in numbers]
    through = flat == list(range(flat[0], flat[0] + len(flat)))
    each_anew = all(numbers == list(range(1, len(numbers) + 1)) for numbers in before)
    last, largest = flat[0] - 1, max(flat)
    for place, theme in enumerate(new, 1):
        last, questions = 0 if each_anew and not through else last, list[Question]()
        for question in theme.questions:
            last += 1
            largest += not question.number
            number = last if through or each_anew else question.number or largest
            questions.append(replace(question, number=number))
        yield replace(theme, number=place, questions=tuple(questions))


def changed(question_set: QuestionSet, change: Change) -> tuple[QuestionSet, int | None]:
    """Return the set after a change, and the row to go on from.

    Raises UsageError with the reason if this set cannot have the change.
    """
    rows = list(rows_of(question_set))
    try:
        at = change["at"]
        if not 0 <= (at or 0) < len(rows):
            raise IndexError(at)
        at = _CHANGES[change["do"]](rows, at, change)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        _refuse("this place is no longer there", "look at the list again")
    made = folded(rows, question_set)
    near = [
        n for n, row in enumerate(rows_of(made)) if at < len(rows) and row.text == rows[at].text
    ]
    return made, min(near, key=lambda n: abs(n - at), default=None)


def _refuse(message: str, hint: str) -> NoReturn:
    raise UsageError([error(message, hint=hint)])


def _next(rows: Sequence[Row], at: int, level: int) -> int:
    """Return the index of the next row with this level or a lower one, or the end."""
    after = range(at + 1, len(rows))
    return next((n for n in after if LEVELS[rows[n].kind] <= level), len(rows))


def _end(rows: Sequence[Row], at: int) -> int:
    """Return the index after a row and everything below it."""
    return _next(rows, at, LEVELS[rows[at].kind])


def _text(rows: list[Row], at: int, change: Change) -> int:
    """Replace the text of a row. Typed text is never mark-up; a row without text is deleted."""
    text = restyled(rows[at].text, " ".join(str(change["text"]).split()))
    if not text:
        return _delete(rows, at, change)
    rows[at] = rows[at]._replace(text=text)
    return at


def restyled(old: Inline, new: str) -> Inline:
    """Return a new text in the styles of the old one; inserted text has the style before it.

    If text was replaced in more than one place, only whole words keep their style.
    """
    before, styles = plain(old), [span for span in old for _ in span.text]
    left = _alike(before, new)
    right = _alike(before[left:][::-1], new[left:][::-1])
    if left + right < min(len(before), len(new)):
        left = before.rfind(" ", 0, left) + 1
        right = len(before[len(before) - right :].partition(" ")[2])
    typed = [styles[left - 1] if left else Span("")] * (len(new) - left - right)
    styles = [*styles[:left], *typed, *styles[len(styles) - right :]]
    runs = groupby(zip(styles, new, strict=True), key=lambda pair: pair[0])
    return tuple(replace(style, text="".join(c for _, c in run)) for style, run in runs)


def _alike(one: str, other: str) -> int:
    """Return the number of characters that both have at their start in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _add(rows: list[Row], at: int, change: Change) -> int:
    """Add a row after another; a theme is added after all rows of the theme before it, with a first
    question."""
    kind = change["kind"]
    new = [Row(kind, (Span(change["text"]),))]
    if kind == "theme":
        new.append(Row("question", (Span(change["first"]),)))
    again = rows[at].kind == kind and LEVELS[kind] == 2
    at = at + 1 if again else _next(rows, at, min(LEVELS[kind], 1))
    rows[at:at] = new
    return at


def _delete(rows: list[Row], at: int, _: Change) -> int:
    del rows[at : _end(rows, at)]
    return max(at - 1, 0)


def _move(rows: list[Row], at: int, change: Change) -> int:
    """Move a row with everything below it: before the row `to`, or one place up or down with `by`.
    A question moves on into the next theme."""
    end, level, kind = _end(rows, at), LEVELS[rows[at].kind], rows[at].kind
    if "to" in change:
        to = min(max(int(change["to"]), 0), len(rows))
    elif change["by"] < 0:
        to = max((n for n in range(at) if LEVELS[rows[n].kind] <= level), default=at)
        first = kind == "question" and not any(row.kind == "theme" for row in rows[:to])
        to = at if first or (level == 2 and rows[to].kind != kind) else to
    else:
        alike = end < len(rows) and (level < 2 or rows[end].kind == kind)
        to = _next(rows, end, level) if alike else at
    if at < to < end:
        return at
    block = rows[at:end]
    rows[to:to] = block
    start = at if to >= end else at + len(block)
    del rows[start : start + len(block)]
    return to - len(block) if to >= end else to


def _turn(rows: list[Row], at: int, change: Change) -> int:
    """Change the kind of a row. If a theme is left out, only its heading is removed."""
    into, row = change["into"], rows[at]
    if into == "nothing":
        end = at + 1 if row.kind == "theme" else _end(rows, at)
        del rows[at:end]
        return max(at - 1, 0)
    if into not in LEVELS:
        raise KeyError(into)
    if row.kind == "theme":  # its introduction is no longer one of a theme
        for n in range(at + 1, _next(rows, at, 1)):
            rows[n] = rows[n]._replace(kind="note")
    rows[at] = row._replace(kind=into)
    if into == "question" and LEVELS[row.kind] == 2:  # behind those that it stood among
        to = _next(rows, at, 1) - 1
        rows.insert(to, rows.pop(at))
        return to
    return at


def _answer(rows: list[Row], at: int | None, change: Change) -> int:
    """Set the answer space of a question, of a theme's questions, or of all, in the form of our
    braces."""
    problems, value = Problems(Path()), change["value"]
    space = from_setting(value, 1, problems) if value else AnswerSpace()
    if space is None or problems.found:
        raise UsageError(replace(each, path=None, line=None) for each in problems.found)
    asked = range(len(rows)) if at is None else range(at, _end(rows, at))
    for n in asked:
        part = rows[n].part
        if isinstance(part, Question) and (n == at or not part.answer.choices):
            rows[n] = rows[n]._replace(part=replace(part, answer=space))
    return at or 0


_CHANGES: dict[str, Callable[[list[Row], Any, Change], int]] = {
    "text": _text, "add": _add, "delete": _delete, "move": _move, "turn": _turn, "answer": _answer,
}  # fmt: skip
