"""Sections about the file itself (contents, usage, licence), and those in which nothing asks.

No single sign is proof, so the evidence is added up. Every section that is left out is reported.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from generator.diagnostics import Problems
from generator.model import plain
from generator.readers.asks import ASKS, asks, mean, pattern
from generator.readers.raw import Kind, RawQuestion, RawTheme

ENOUGH = 2.0
"""Evidence from which a section is left out. Results are the same from 1.6 to 2.0, a narrow range:
at 2.1 usage and resources stay, at 1.5 prompts are lost whose theme has no name."""
STRONG_NAME, WEAK_NAME, LINKS, COPIES = 2.5, 2.0, 2.5, 3.0
NOTHING_ASKS, LEVEL, POSITION, RARE, NAMED = 1.0, 1.0, 0.5, 1.5, 1.5
NAMING = 1 / 3
"""The part of a name, in words, that must be about the file itself."""
_WORD = re.compile(r"\w+")
_OPENING = re.compile(r"[^?？؟;¿]*[.!。！:]\s")
"""A statement before anything that asks."""


class _Theme:
    """A theme with the evidence against it."""

    def __init__(self, raw: RawTheme) -> None:
        self.raw, self.questions = raw, raw.questions
        self.share = mean(each.asks for each in raw.questions)
        """The share of its questions that ask."""
        self.strength = mean(map(_strength, raw.questions))
        """How much its questions ask, on average; a word that asks counts less than a mark."""
        self.called = bool(pattern("lead_in").search(raw.name))
        """True if it is called "Discussion questions" or the like."""
        self.asking = self.share >= 0.5
        self.mass = self.share * len(raw.questions)
        self.evidence = 0.0
        self.name = _name_evidence(raw.name, self.share)
        self.links = mean(each.links for each in raw.questions) >= 0.5
        self.numbered = all(each.number is not None for each in raw.questions)
        self.carriers = {each.carrier for each in raw.questions}
        self.answered = self.carriers == {Kind.HEADING} and all(q.notes for q in raw.questions)
        """True if each is a heading with a text below, as in "What is this?"."""
        self.talk = self.carriers == {Kind.PARAGRAPH}
        """True if it may be a text that asks by the way: "Run it. Is the result as expected?"."""
        self.opening = self.talk and all(map(_OPENING.match, (q.plain for q in raw.questions)))
        """True if it says something before it asks, as who introduces an interview does."""
        self.again = False
        """True if it repeats what is below, as a table of contents does."""


def _strength(question: RawQuestion) -> float:
    """Return how much a question asks by its answers or its text; 0 if it does not."""
    return question.asks * (1.0 if question.choices else max(ASKS, asks(question.plain)))


def without_furniture(drafts: list[RawTheme], problems: Problems) -> list[RawTheme]:
    """Return the themes that are kept, and report each one that is not."""
    themes = [_Theme(each) for each in drafts if not each.asked.skip]
    _mark_copies(themes)
    _weigh(themes)
    out = [each for each in themes if each.evidence >= ENOUGH]
    if len(out) == len(themes) and out:  # what asks most is the list, whatever it is called
        out.remove(max(out, key=lambda each: (each.mass, -each.evidence)))
    for each in themes:
        if each in out:
            _say_left_out(each, problems)
        elif each.share < 0.2 and any(other.mass for other in themes):
            message = f"nothing in '{each.raw.name}' asks; it is read as questions anyway"
            problems.warning(message, each.raw.line, "delete it if its lines are not questions")
    return [each for each in drafts if not any(each is theme.raw for theme in out)]


def _say_left_out(theme: _Theme, problems: Problems) -> None:
    first = theme.questions[0]
    alone = theme.asking and len(theme.questions) == 1 and not theme.name
    line = theme.raw.line if theme.raw.name and not alone else first.line
    title = first.plain if alone else theme.raw.name
    name = f"'{title}'" if title else "a list"
    if theme.links:
        message = f"{name} was left out: it is a list of links"
        problems.note(message if theme.raw.name else "a list of links was left out", line)
    elif theme.asking and not theme.again:
        hint = "give it another name if its questions belong to the set"
        if not theme.name:
            hint = "write its questions as a list if they belong to the set"
        problems.warning(f"{name} was left out although it asks", line, hint)
    elif not theme.again and _asking_below(theme.questions) > 1:
        hint = "write them as a list of their own, under a heading"
        problems.warning(f"{name} was left out although lines below its items ask", line, hint)
    else:
        problems.note(f"{name} was left out: nothing in it asks, or it is repeated below", line)


def _asking_below(questions: Sequence[RawQuestion]) -> int:
    """Return how many texts under the items of a list end in a question."""
    texts = [each.text for question in questions for each in question.followups]
    texts += [each.text for question in questions for each in question.notes]
    return sum(asks(plain(text)) >= 0.9 for text in texts)


def _name_evidence(name: str, share: float) -> float:
    """Where most lines ask, the words of the file's own sections must be a good part of the name:
    "Contributing to the team" is a theme."""
    if share >= 0.5 and pattern("contents").search(name):
        return 0.0
    for kind, evidence in (("strong", STRONG_NAME), ("weak", WEAK_NAME)):
        if found := pattern(kind).search(name):
            words = _WORD.findall(name.rpartition(": ")[2])
            part = len(_WORD.findall(found[0])) / max(1, len(words))
            return evidence if share < 0.5 or part >= NAMING else 0.0
    return 0.0


def _mark_copies(themes: Sequence[_Theme]) -> None:
    """Mark the lists at the start that repeat the questions of several themes below, or of one that
    writes them in another way. The same questions for each of several meetings are no copies."""
    below: dict[str, _Theme] = {}
    copies: list[bool] = []
    for theme in reversed(themes):
        texts = dict.fromkeys(each.plain for each in theme.questions)
        found = {id(below[text]): below[text] for text in texts if text in below}.values()
        other = len(found) > 1 or any(each.carriers != theme.carriers for each in found)
        shares = [mean(each.plain in texts for each in source.questions) for source in found]
        listed = mean(text in below for text in texts)
        copies.append(len(texts) > 2 and other and min(listed, *shares) > 0.8)
        below.update(dict.fromkeys(texts, theme))
    for theme, again in zip(themes, reversed(copies), strict=True):
        theme.again = again
        if theme.asking and not again:
            break


def _weigh(themes: Sequence[_Theme]) -> None:
    """Add up the evidence against each theme."""
    total = sum(each.mass for each in themes)
    levels = defaultdict[int, float](float)
    for each in themes:
        levels[each.raw.level] += each.mass
    carriers = Counter(q.carrier for each in themes for q in each.questions if q.asks)
    asked = [question for each in themes if each.asking for question in each.questions]
    # Hardly anything that does not ask stands in the themes that ask; all of these are numbered.
    pure = len(asked) > 2 and mean(question.asks for question in asked) >= 0.75
    numbered = all(each.numbered for each in themes if each.asking)
    # A list called "FAQ" is a list, where most of what asks stands in such lists.
    named = sum(each.mass for each in themes if each.name) <= total / 2
    # Where most of what asks stands below "Questions", anything else is the text around them.
    called = sum(each.mass for each in themes if each.called) > max(2, total / 2)
    inner = [place for place, each in enumerate(themes) if each.asking and not each.name]
    first, last = (inner or [0])[0], (inner or [0])[-1]
    for place, each in enumerate(themes):
        found = each.name * named + LINKS * each.links + COPIES * each.again
        found += LEVEL * (levels[each.raw.level] < 0.1 * total)
        found += NAMED * (called and not each.called) * (2 if each.answered else 1)
        if each.strength < 0.2:
            found += NOTHING_ASKS * (2 if pure and not (numbered and each.numbered) else 1)
        elif each.asking and not each.links and not (each.opening and place == 0):
            found -= 1.0
        if inner:
            found += POSITION * (place < first or place > last or place == first != last)
        own = sum(carriers[carrier] for carrier in each.carriers)
        few = (0.2 if each.talk or each.strength < 0.9 else 0.1) * total
        each.evidence = found + RARE * (total >= 5 and own < few)
