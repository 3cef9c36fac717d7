"""Selects a part of a question set: some themes, some questions, a random sample of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from generator.diagnostics import Diagnostic, UsageError, error
from generator.model import QuestionSet, Theme, plain
from generator.schema import meant


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a set to select; an empty selection is the whole set."""

    themes: str = ""
    """Their places in the set, or parts of their titles: `1,3-4` or `failure`."""
    questions: str = ""
    """Their numbers: `1-5,12`."""
    tags: Sequence[str] = ()
    """Select only questions with one of these."""
    sample: int | None = None
    """The size of a random sample of the rest, which keeps its order."""
    shuffle: bool = False
    """If True, the questions of each theme are in random order."""
    seed: int = 0
    """The random seed: the same seed selects the same questions."""
    renumber: bool = False
    """If True, questions are numbered from 1 instead of keeping their numbers."""


EVERYTHING = Selection()


def select(question_set: QuestionSet, selection: Selection) -> QuestionSet:
    """Return the set with only the selected questions; themes without questions are left out.

    Raises UsageError if something in the selection does not exist.
    """
    if selection == EVERYTHING:
        return question_set
    problems = [*_missing_themes(question_set, selection), *_missing(question_set, selection)]
    if problems:
        raise UsageError(problems)
    rng = random.Random(selection.seed)
    themes = list(_kept(question_set, selection))
    if selection.sample is not None:
        themes = _sampled(themes, selection.sample, rng)
    if selection.shuffle:
        themes = [
            replace(theme, questions=tuple(rng.sample(theme.questions, len(theme.questions))))
            for theme in themes
        ]
    themes = [theme for theme in themes if theme.questions]
    if not themes:
        hint = "`check` shows the themes, numbers and tags that there are"
        raise UsageError([error("no question is selected", question_set.path, hint=hint)])
    if selection.renumber:
        themes = _renumbered(themes)
    placed = (replace(theme, number=place) for place, theme in enumerate(themes, 1))
    return replace(question_set, themes=tuple(placed))


_RANGE = re.compile(r"([0-9]{1,9})(?:\s*[-–]\s*([0-9]{1,9}))?")


def _range(text: str) -> range | None:
    found = _RANGE.fullmatch(text)
    low, high = sorted((int(found[1]), int(found[2] or found[1]))) if found else (0, 0)
    return range(low, high + 1) if found else None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _fits(theme: Theme, part: str) -> bool:
    places = _range(part)
    return theme.number in places if places else part.casefold() in plain(theme.title).casefold()


def _missing_themes(question_set: QuestionSet, selection: Selection) -> Iterator[Diagnostic]:
    themes = question_set.themes
    known = f"its themes have the numbers 1 to {len(themes)}"
    titles = {plain(theme.title).casefold(): plain(theme.title) for theme in themes}
    for part in _parts(selection.themes):
        if not any(_fits(theme, part) for theme in themes):
            close = titles.get(meant(part, titles), "")
            hint = f"did you mean '{close}'?" if close else known
            yield error(f"--themes: there is no theme '{part}'", question_set.path, hint=hint)


def _missing(question_set: QuestionSet, selection: Selection) -> Iterator[Diagnostic]:
    questions = [question for theme in question_set.themes for question in theme.questions]
    numbers = [question.number for question in questions]
    for part in _parts(selection.questions):
        wanted = _range(part)
        if wanted is None:
            message = f"--questions: '{part[:40]}' is not a number or a range"
            yield error(message, question_set.path, hint="write them as in 1-5,12")
        elif not any(number in wanted for number in numbers):
            hint = f"the set's numbers go from {min(numbers)} to {max(numbers)}"
            yield error(f"--questions: there is no question {part}", question_set.path, hint=hint)
    tags = {tag.casefold() for question in questions for tag in question.tags}
    for tag in selection.tags:
        if tag.casefold() not in tags:
            close = meant(tag, tags)
            known = f"there are {', '.join(sorted(tags))}" if tags else "the set has no tags"
            hint = f"did you mean {close}?" if close else known
            yield error(f"--tag: no question has the tag '{tag}'", question_set.path, hint=hint)


def _kept(question_set: QuestionSet, selection: Selection) -> Iterator[Theme]:
    parts = _parts(selection.themes)
    ranges = [found for part in _parts(selection.questions) if (found := _range(part))]
    tags = {tag.casefold() for tag in selection.tags}
    for theme in question_set.themes:
        if not parts or any(_fits(theme, part) for part in parts):
            yield replace(theme, questions=tuple(
                question
                for question in theme.questions
                if (not ranges or any(question.number in each for each in ranges))
                and (not tags or tags & {tag.casefold() for tag in question.tags})
            ))  # fmt: skip


def _sampled(themes: list[Theme], size: int, rng: random.Random) -> list[Theme]:
    places = [(t, q) for t, theme in enumerate(themes) for q in range(len(theme.questions))]
    if not 1 <= size <= len(places):
        hint = f"valid values are whole numbers from 1 to {len(places)}"
        raise UsageError([error(f"--sample: {size} is not a valid value", hint=hint)])
    kept = set(rng.sample(places, size))
    return [
        replace(theme, questions=tuple(q for n, q in enumerate(theme.questions) if (t, n) in kept))
        for t, theme in enumerate(themes)
    ]


def _renumbered(themes: list[Theme]) -> list[Theme]:
    numbers = count(1)
    return [
        replace(theme, questions=tuple(replace(q, number=next(numbers)) for q in theme.questions))
        for theme in themes
    ]
