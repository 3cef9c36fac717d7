"""A part of a question set: some themes, some questions, some of them by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.errors import UsageError, error
from generator.model import Question, QuestionSet, Theme, plain


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; empty is everything."""

    themes: str = ""
    """Their places in the set, or parts of their titles: `1,3-4` or `failure`."""
    questions: str = ""
    """Their numbers: `1-5,12`."""
    tags: Sequence[str] = ()
    """Those with one of these."""
    sample: int | None = None
    """As many of what is left, by chance, in their order."""
    shuffle: bool = False
    """The questions of each theme in an order by chance."""
    seed: int = 0
    """Another one gives other chances; the same gives the same."""
    renumber: bool = False
    """Count the questions from 1, instead of keeping their numbers."""


EVERYTHING = Choice()


def choose(question_set: QuestionSet, choice: Choice) -> QuestionSet:
    """The set with what is chosen; themes without questions are left out.

    Raises UsageError where nothing is left, or less than is to be sampled.
    """
    chance = random.Random(choice.seed)
    themes = list(_kept(question_set, choice))
    if choice.sample is not None:
        themes = _sampled(themes, choice.sample, chance)
    if choice.shuffle:
        themes = [
            replace(theme, questions=tuple(chance.sample(theme.questions, len(theme.questions))))
            for theme in themes
        ]
    themes = [theme for theme in themes if theme.questions]
    if not themes:
        hint = "see the themes, numbers and tags that there are with `check`"
        raise UsageError([error("no question is chosen", question_set.path, hint=hint)])
    if choice.renumber:
        themes = _renumbered(themes)
    placed = (replace(theme, number=place) for place, theme in enumerate(themes, 1))
    return replace(question_set, themes=tuple(placed))


def _kept(question_set: QuestionSet, choice: Choice) -> Iterator[Theme]:
    wanted_theme, wanted = _theme_test(choice.themes), _number_test(choice.questions)
    tags = {tag.casefold() for tag in choice.tags}
    for theme in question_set.themes:
        if wanted_theme(theme):
            yield replace(theme, questions=tuple(
                question
                for question in theme.questions
                if wanted(question.number)
                and (not tags or tags & {tag.casefold() for tag in question.tags})
            ))  # fmt: skip


def _theme_test(text: str) -> Callable[[Theme], bool]:
    parts = _parts(text)
    places = [part for part in parts if _RANGE.fullmatch(part)]
    words = [part.casefold() for part in parts if part not in places]
    by_place = _number_test(",".join(places)) if places else lambda _: False

    def test(theme: Theme) -> bool:
        title = plain(theme.title).casefold()
        return not parts or by_place(theme.number) or any(word in title for word in words)

    return test


_RANGE = re.compile(r"([0-9]{1,9})(?:\s*[-–]\s*([0-9]{1,9}))?")


def _number_test(text: str) -> Callable[[int], bool]:
    """Raises UsageError for what is no list of numbers."""
    ranges = []
    for part in _parts(text):
        found = _RANGE.fullmatch(part)
        if not found:
            message, hint = f"'{part}' is not a number", "write e.g. 1-5,12"
            raise UsageError([error(message, hint=hint)])
        ranges.append((int(found[1]), int(found[2] or found[1])))
    return lambda number: not ranges or any(low <= number <= high for low, high in ranges)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _sampled(themes: list[Theme], count: int, chance: random.Random) -> list[Theme]:
    places = [(t, q) for t, theme in enumerate(themes) for q in range(len(theme.questions))]
    if count < 1:
        raise UsageError([error(f"{count} questions cannot be sampled", hint="ask for 1 or more")])
    if count > len(places):
        message = f"{count} questions cannot be sampled: there are {len(places)} to choose from"
        raise UsageError([error(message, hint="ask for fewer")])
    kept = set(chance.sample(places, count))
    return [
        replace(
            theme, questions=tuple(q for n, q in enumerate(theme.questions) if (place, n) in kept)
        )
        for place, theme in enumerate(themes)
    ]


def _renumbered(themes: list[Theme]) -> list[Theme]:
    made: list[Theme] = []
    number = 0
    for theme in themes:
        questions: list[Question] = []
        for question in theme.questions:
            number += 1
            questions.append(replace(question, number=number))
        made.append(replace(theme, questions=tuple(questions)))
    return made
