"""Sections about the file itself: contents, usage, licence, and those in which nothing asks.

No single sign tells them; the evidence adds up. What is left out is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.diagnostics import Problems
from generator.readers.asks import mean, pattern
from generator.readers.raw import RawTheme

ENOUGH = 2.0
"""Evidence from here on leaves a section out; flat from 1.6 to 2.0, and the one number that is
tight: at 2.1 usage and resources stay, at 1.5 prompts go whose theme has no name."""
STRONG_NAME, WEAK_NAME, LINKS, COPIES = 2.5, 2.0, 2.5, 3.0
NOTHING_ASKS, LEVEL, POSITION, RARE = 1.0, 1.0, 0.5, 1.5


class _Whole(NamedTuple):
    """What the evidence about one theme needs to know of all."""

    share: list[float]
    """How much of each theme asks."""
    names: list[float]
    mass: list[float]
    total: float
    named: float
    """The mass of all whose name is one of furniture: a list called "FAQ" is a list."""
    levels: dict[int, float]
    asking: list[int]
    """The places of themes that ask and have no such name."""
    copies: Counter[str]
    carriers: Counter[str]
    pure: bool
    """Whether hardly anything that does not ask stands in the themes that ask."""
    numbered: bool
    """Whether all questions of these are numbered."""


def without_furniture(drafts: list[RawTheme], problems: Problems) -> list[RawTheme]:
    """The themes that are left, and a message for each that is not."""
    themes = [each for each in drafts if not each.asked.skip]
    whole = _whole(themes)
    seen_later = _seen_later(themes)
    links = [mean(each.links for each in theme.questions) >= 0.5 for theme in themes]
    evidence = [
        _evidence(place, theme, whole, links[place], seen_later[place])
        for place, theme in enumerate(themes)
    ]
    out = {place for place, found in enumerate(evidence) if found >= ENOUGH}
    if len(out) == len(themes) and out:  # what asks most is the list, whatever it is called
        out.discard(max(out, key=lambda place: (whole.mass[place], -evidence[place])))
    for place, theme in enumerate(themes):
        if place in out:
            asking = whole.share[place] >= 0.5 and not seen_later[place]
            _say_left_out(theme, links[place], asking, problems)
        elif whole.share[place] < 0.2 and whole.total:
            message = f"nothing in '{theme.name}' asks; it is read as questions all the same"
            problems.warning(message, theme.line, "delete it if its lines are no questions")
    left_out = {id(themes[place]) for place in out}
    return [each for each in drafts if id(each) not in left_out]


def _say_left_out(theme: RawTheme, links: bool, asking: bool, problems: Problems) -> None:
    line = theme.line if theme.name else theme.questions[0].line
    if links:
        problems.note(
            f"'{theme.name}' was left out: it is a list of links"
            if theme.name
            else "a list of links was left out",
            line,
        )
    elif asking:
        hint = "give it another name if its questions belong to the set"
        problems.warning(f"'{theme.name}' was left out though it asks", line, hint)
    else:
        name = f"'{theme.name}'" if theme.name else "a list"
        problems.note(f"{name} was left out: nothing in it asks, or it comes again below", line)


def _whole(themes: Sequence[RawTheme]) -> _Whole:
    share = [mean(each.asks for each in theme.questions) for theme in themes]
    mass = [part * len(theme.questions) for part, theme in zip(share, themes, strict=True)]
    names = [_name_evidence(theme.name, part) for part, theme in zip(share, themes, strict=True)]
    levels: dict[int, float] = {}
    for theme, weight in zip(themes, mass, strict=True):
        levels[theme.level] = levels.get(theme.level, 0.0) + weight
    every = [each for theme in themes for each in theme.questions]
    asked = [
        each
        for part, theme in zip(share, themes, strict=True)
        if part >= 0.5
        for each in theme.questions
    ]
    return _Whole(
        share, names, mass, sum(mass),
        sum(weight for weight, name in zip(mass, names, strict=True) if name), levels,
        [place for place, part in enumerate(share) if part >= 0.5 and not names[place]],
        Counter(each.plain for each in every),
        Counter(each.carrier for each in every if each.asks),
        len(asked) > 2 and mean(each.asks for each in asked) >= 0.75,
        all(each.number is not None for each in asked),
    )  # fmt: skip


def _name_evidence(name: str, share: float) -> float:
    if share >= 0.5 and pattern("contents").search(name):
        return 0.0
    if pattern("strong").search(name):
        return STRONG_NAME
    return WEAK_NAME if pattern("weak").search(name) else 0.0


def _seen_later(themes: Sequence[RawTheme]) -> list[bool]:
    """Whether nearly all of a theme comes again below it, as a table of contents does."""
    below: set[str] = set()
    result: list[bool] = []
    for theme in reversed(themes):
        texts = [each.plain for each in theme.questions]
        result.append(len(texts) > 2 and mean(text in below for text in texts) > 0.8)
        below.update(texts)
    return result[::-1]


def _evidence(place: int, theme: RawTheme, whole: _Whole, links: bool, copies: bool) -> float:
    asking = whole.share[place] >= 0.5
    others = [other for other in whole.asking if other != place]
    found = whole.names[place] if whole.named <= whole.total / 2 else 0.0
    found += LINKS * links + COPIES * copies
    found += LEVEL * (whole.total > 0 and whole.levels[theme.level] < 0.1 * whole.total)
    if whole.share[place] < 0.2:
        alike = whole.numbered and all(each.number is not None for each in theme.questions)
        found += NOTHING_ASKS * (2 if whole.pure and not alike else 1)
    elif asking and not links:
        found -= 1.0
    if whole.asking:
        if asking and not whole.names[place]:
            outside = bool(others) and place < others[0]
        else:
            outside = place < whole.asking[0] or place > whole.asking[-1]
        found += POSITION * outside
    own = sum(whole.carriers[carrier] for carrier in {each.carrier for each in theme.questions})
    found += RARE * (whole.total >= 5 and own < 0.1 * whole.total)
    return found
