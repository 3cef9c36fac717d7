"""Counts answers, and keeps a sample of those in words."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.programme.collect import Row
from generator.programme.forms import Answer

KEPT = 200
"""Number of texts that are kept for a question, chosen at random with equal probability, to limit
memory."""


@dataclass(slots=True)
class Tally:
    """The answers of one kind to one question."""

    asked: Answer
    answered: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """Counts by option."""
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Each text with the name of its author."""

    @property
    def mean(self) -> float | None:
        """The mean of a scale."""
        if self.asked.kind != "scale" or not self.counts:
            return None
        return sum(int(option) * n for option, n in self.counts.items()) / self.counts.total()

    def add(self, person: str, answer: Answer, rng: random.Random) -> None:
        if not answer.answer and answer.answer != 0:
            return
        said = str(answer.answer)
        self.answered += 1
        if answer.options:
            self.counts.update(said.split("; ") if answer.kind == "choices" else [said])
        elif answer.kind == "text" and len(self.texts) < KEPT:
            self.texts.append((person, said))
        elif answer.kind == "text" and (place := rng.randrange(self.answered)) < KEPT:
            self.texts[place] = (person, said)


Tallies = dict[tuple[str, str], dict[str, Tally]]
"""Tallies by set and question, then by the kind of answer."""


def tallied(rows: Iterable[Row]) -> Tallies:
    """Count answers, in the order of the questions in the first file that has them."""
    rng, found = random.Random(0), Tallies()
    for row in rows:
        if row.answer.number is not None:
            kinds = found.setdefault((row.set, row.answer.question), {})
            tally = kinds.setdefault(row.answer.kind, Tally(row.answer))
            tally.add(row.person, row.answer, rng)
    return found
