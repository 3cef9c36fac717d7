"""Names of form fields: by a question's number, so that answers of many people can be collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import QuestionSet
from generator.writers.workbook.boxes import Key


@dataclass(frozen=True, slots=True)
class Names:
    by_key: Mapping[Key, str]

    def of(self, key: Key, part: int = 0) -> str:
        """`q12`; the second part of its space, on a further page, is `q12-2`."""
        return f"{self.by_key[key]}-{part + 1}" if part else self.by_key[key]


def names_of(question_set: QuestionSet) -> Names:
    """`q12`, or `t3-q12` where the number comes again, or `t3-q12-n4`, if even there, by place."""
    keys = {
        (theme.number, place): question.number
        for theme in question_set.themes
        for place, question in enumerate(theme.questions, 1)
    }
    overall = Counter(keys.values())
    inside = Counter((theme, number) for (theme, _), number in keys.items())
    names = {}
    for (theme, place), number in keys.items():
        name = f"q{number}"
        if overall[number] > 1:
            name = f"t{theme}-{name}"
        if inside[theme, number] > 1:
            name = f"{name}-n{place}"
        names[theme, place] = name
    return Names(names)
