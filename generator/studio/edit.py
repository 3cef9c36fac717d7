"""Changes to a set, as the page asks for them. Whatever is changed, a set is what comes out.

A place is `{theme, question, part, item}`, all counted from 0: a theme alone, a question of it, or
an item of one of the parts of either (`intro`, `notes`; `followups`, `choices`, `notes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

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
from generator.readers.language import tag_of
from generator.readers.markdown import text as parsed
from generator.settings import settings_of

Change = Mapping[str, Any]
ITEMS = {"followup": "followups", "choice": "choices", "note": "notes"}
"""What can stand under a question, and the part of it where it stands."""


def changed(question_set: QuestionSet, change: Change) -> QuestionSet:
    """Raises UsageError for a change that this set cannot have, with the reason."""
    try:
        if change["do"] == "set":
            return _with_settings(question_set, change["values"])
        made = _Edit([_Open(theme, list(theme.questions)) for theme in question_set.themes])
        _CHANGES[change["do"]](made, change)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        _refuse("this place is no longer there", "look at the list again")
    if not all(each.questions for each in made.themes) or not made.themes:
        _refuse("a theme needs a question", "put a question under it, or delete the theme")
    themes = _numbered(question_set.themes, made.themes)
    return replace(question_set, themes=tuple(themes))


def _refuse(message: str, hint: str) -> NoReturn:
    raise UsageError([error(message, hint=hint)])


@dataclass(slots=True)
class _Open:
    """A theme whose questions can be moved."""

    theme: Theme
    questions: list[Question]


class _Edit:
    def __init__(self, themes: list[_Open]) -> None:
        self.themes = themes

    def text(self, change: Change) -> None:
        """The text of a place; `markdown` where it has styles and is given as that."""
        at, new = change["at"], _inline(change)
        if "part" not in at and not plain(new):
            self.delete(change)
        elif "part" in at:
            items = self._part(at)
            old = items[at["item"]]
            items[at["item"]] = _like(old, new)
            if not plain(new):
                del items[at["item"]]
            self._put(at, items)
        elif "question" in at:
            theme = self.themes[at["theme"]]
            theme.questions[at["question"]] = replace(theme.questions[at["question"]], text=new)
        else:
            theme = self.themes[at["theme"]]
            theme.theme = replace(theme.theme, title=new)

    def add(self, change: Change) -> None:
        """Something new behind a place; a theme comes with a first question."""
        at, kind, new = change["at"], change["kind"], _inline(change)
        theme = self.themes[at["theme"]]
        if kind == "theme":
            first = Question(0, _inline({"text": change["first"]}), 0)
            self.themes.insert(at["theme"] + 1, _Open(Theme(0, new, 0, ()), [first]))
        elif kind == "question":
            theme.questions.insert(at.get("question", -1) + 1, Question(0, new, 0))
        else:
            part = "intro" if kind == "intro" else ITEMS[kind]
            place = {**at, "part": part}
            items = self._part(place)
            items.insert(at["item"] + 1 if at.get("part") == part else len(items), _new(kind, new))
            self._put(place, items)

    def delete(self, change: Change) -> None:
        at = change["at"]
        if "part" in at:
            items = self._part(at)
            del items[at["item"]]
            self._put(at, items)
        elif "question" in at:
            del self.themes[at["theme"]].questions[at["question"]]
        else:
            del self.themes[at["theme"]]

    def move(self, change: Change) -> None:
        """A theme, or a question, to where another stands; behind the last for one past the end."""
        at, to = change["at"], change["to"]
        if "question" in at:
            question = self.themes[at["theme"]].questions.pop(at["question"])
            self.themes[to["theme"]].questions.insert(max(0, to["question"]), question)
        else:
            self.themes.insert(max(0, to["theme"]), self.themes.pop(at["theme"]))

    def turn(self, change: Change) -> None:
        """What was read as one thing is another."""
        at, into = change["at"], change["into"]
        if into == "nothing":
            self._leave_out(at)
        elif "part" in at:
            self._turn_item(at, into)
        elif "question" in at:
            self._turn_question(at, into)
        elif into == "question":
            heading = self.themes[at["theme"]].theme
            self._leave_out(at, Question(0, heading.title, heading.line, notes=heading.notes))
        else:
            raise KeyError(into)

    def _leave_out(self, at: Change, instead: Question | None = None) -> None:
        """Of a theme its heading alone: its questions belong to the theme before it."""
        if "question" in at or "part" in at:
            self.delete({"at": at})
            return
        place = at["theme"]
        if not place:
            if not instead:
                _refuse("the first theme needs a title", "delete the theme, or change its title")
            self.themes[0].questions.insert(0, instead)
            self.themes[0].theme = replace(self.themes[0].theme, title=(Span("…"),), notes=())
            return
        theme = self.themes.pop(place)
        self.themes[place - 1].questions += [*([instead] if instead else []), *theme.questions]

    def _turn_question(self, at: Change, into: str) -> None:
        theme, place = self.themes[at["theme"]], at["question"]
        question = theme.questions[place]
        if into == "theme":
            below = theme.questions[place + 1 :]
            del theme.questions[place:]
            title = Theme(0, question.text, question.line, (), notes=question.notes)
            self.themes.insert(at["theme"] + 1, _Open(title, below))
            if not theme.questions:
                _refuse("a theme needs a question", "give the theme before it a question first")
            return
        del theme.questions[place]
        if into == "intro" or (into == "note" and not place):
            target, part = {"theme": at["theme"]}, "intro" if into == "intro" else "notes"
        elif not place:
            _refuse("there is no question before it", "move it under a question first")
        else:
            target = {"theme": at["theme"], "question": place - 1}
            part = ITEMS[into]
        here = {**target, "part": part}
        self._put(here, [*self._part(here), _new(into, question.text)])
        if question.followups and "question" in target:
            here = {**target, "part": "followups"}
            self._put(here, [*self._part(here), *question.followups])

    def _turn_item(self, at: Change, into: str) -> None:
        items = self._part(at)
        text = _text_of(items.pop(at["item"]))
        self._put(at, items)
        if into == "question":
            place = at.get("question", -1) + 1
            self.themes[at["theme"]].questions.insert(place, Question(0, text, 0))
        else:
            part = "intro" if into == "intro" else ITEMS[into]
            here = {**at, "part": part}
            self._put(here, [*self._part(here), _new(into, text)])

    def answer(self, change: Change) -> None:
        """The answer space of a question, of a theme's, or of all, as braces have it."""
        problems, at = Problems(Path()), change["at"]
        space = from_setting(change["value"], 1, problems) if change["value"] else AnswerSpace()
        if space is None or problems.found:
            raise UsageError(replace(each, path=None, line=None) for each in problems.found)
        for place, theme in enumerate(self.themes):
            for number, question in enumerate(theme.questions):
                meant = at.get("theme", place) == place and at.get("question", number) == number
                if meant and not (question.answer.choices and "question" not in at):
                    theme.questions[number] = replace(question, answer=space)

    def _part(self, at: Change) -> list[Any]:
        theme = self.themes[at["theme"]]
        if "question" not in at:
            return list(getattr(theme.theme, at["part"]))
        question = theme.questions[at["question"]]
        return list(
            question.answer.choices if at["part"] == "choices" else getattr(question, at["part"])
        )

    def _put(self, at: Change, items: Sequence[Any]) -> None:
        theme, named = self.themes[at["theme"]], {at["part"]: tuple(items)}
        if "question" not in at:
            theme.theme = _with(theme.theme, named)
            return
        question = theme.questions[at["question"]]
        if at["part"] != "choices":
            made = _with(question, named)
        else:
            own = question.answer if question.answer.kind is AnswerKind.CHOICES else AnswerSpace()
            kind = AnswerKind.CHOICES if items else AnswerKind.LINES
            made = replace(question, answer=replace(own, kind=kind, choices=tuple(items)))
        theme.questions[at["question"]] = made


_CHANGES: dict[str, Callable[[_Edit, Change], None]] = {
    "text": _Edit.text, "add": _Edit.add, "delete": _Edit.delete, "move": _Edit.move,
    "turn": _Edit.turn, "answer": _Edit.answer,
}  # fmt: skip


def _with(value: Any, named: Mapping[str, Any]) -> Any:
    return replace(value, **named)


def _inline(change: Change) -> Inline:
    """What was typed is text, unless it was shown as Markdown."""
    typed = " ".join(str(change["text"]).split())
    if change.get("markdown"):
        return parsed(typed, 1, Problems(Path()))
    return (Span(typed),) if typed else ()


def _new(kind: str, text: Inline) -> Any:
    if kind == "choice":
        return plain(text)
    return {"followup": FollowUp, "note": Note}.get(kind, lambda it: it)(text)


def _text_of(item: Any) -> Inline:
    if isinstance(item, str):
        return (Span(item),)
    return item.text if isinstance(item, FollowUp | Note) else item


def _like(old: Any, text: Inline) -> Any:
    if isinstance(old, str):
        return plain(text)
    return replace(old, text=text) if isinstance(old, FollowUp | Note) else text


def _numbered(old: Sequence[Theme], new: Sequence[_Open]) -> list[Theme]:
    """Numbers that were counted on, over the set or in each theme, are counted again; any others
    stand, and a new question has the next one after the largest."""
    before = [[each.number for each in theme.questions] for theme in old]
    flat = [number for numbers in before for number in numbers]
    through = flat == list(range(flat[0], flat[0] + len(flat)))
    each_anew = all(numbers == list(range(1, len(numbers) + 1)) for numbers in before)
    last, themes = flat[0] - 1, list[Theme]()
    largest = max(flat)
    for place, opened in enumerate(new, 1):
        questions = []
        last = 0 if each_anew and not through else last
        for question in opened.questions:
            last += 1
            if through or each_anew:
                number = last
            else:
                largest += not question.number
                number = question.number or largest
            questions.append(replace(question, number=number))
        themes.append(replace(opened.theme, number=place, questions=tuple(questions)))
    return themes


def _with_settings(question_set: QuestionSet, values: Change) -> QuestionSet:
    """What stands in the front matter, checked as it is there. Raises UsageError."""
    known = ("title", "subtitle", "author", "lang", "date")
    given = {key: str(values[key]) for key in known if key in values}
    named: dict[str, Any] = {key: given[key].strip() for key in known[:3] if key in given}
    if "title" in named and not named["title"]:
        _refuse("the set needs a title", "write one")
    if "lang" in given:
        named["lang"] = tag_of(given["lang"]) or question_set.lang
    if "date" in given:
        try:
            named["date"] = date.fromisoformat(given["date"]) if given["date"] else None
        except ValueError:
            _refuse(f"'{given['date']}' is not a date", "write it as 2026-01-31")
    others = {key: value for key, value in values.items() if key not in known}
    return replace(question_set, **named, settings=settings_of(others, question_set.settings))
