"""Sections about the file itself (contents, usage, licence), and those in which nothing asks; the
fields at the head of a form, and the end of a letter.

For a section, no single sign is proof, so the evidence is added up. All that is left out is
reported.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from generator.diagnostics import Problems
from generator.model import plain
from generator.readers.asks import ASKS, asks, mean, pattern
from generator.readers.inline import cut
from generator.readers.raw import Block, Kind, RawQuestion, RawTheme

ENOUGH = 2.0
"""Evidence from which a section is left out. Results are the same from 1.6 to 2.0, a narrow range:
at 2.1 usage and resources stay, at 1.5 prompts are lost whose theme has no name."""
STRONG_NAME, WEAK_NAME, LINKS, COPIES = 2.5, 2.0, 2.5, 3.0
NOTHING_ASKS, LEVEL, POSITION, RARE, NAMED = 1.0, 1.0, 0.5, 1.5, 1.5
_FIELD = re.compile(r"\W*+(\w[^:：?？_.…\n]{0,40}?)\s*+[:：][\s_.…]*+(?:\([^()\n]*+\)\s*+)?+")
"""A label with a blank to write on, or with nothing after its colon. What it repeats, it never
tries again, as a line may have many."""
_FIELDS = re.compile(f"(?:{_FIELD.pattern})++")
_SUBJECT = re.compile(r"\w{2,12}\s?[:：]\s+(?=\S)")
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
        self.talk = self.carriers == {Kind.PARAGRAPH}
        """True if it may be a text that asks by the way: "Run it. Is the result as expected?"."""
        self.opening = self.talk and all(map(_OPENING.match, (q.plain for q in raw.questions)))
        """True if it says something before it asks, as who introduces an interview does."""
        self.again = False
        """True if nearly all of it is repeated below, as a table of contents is."""


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


def without_fields(blocks: list[Block], problems: Problems) -> list[Block]:
    """Return the blocks without the fields for a name, a date or the like at the head of a form,
    where enough else asks, and report them."""
    labels = {
        id(block): found
        for block, below in pairwise([*blocks, Block(Kind.END)])
        if below.kind is not Kind.ITEM and (found := _labels(block))
    }
    others = [block for block in blocks if id(block) not in labels]
    if sum(block.number is not None or asks(block.text) >= ASKS for block in others) < 2:
        return blocks
    kept: list[Block] = []
    for is_field, run in groupby(blocks, lambda block: id(block) in labels):
        group = list(run)
        names = [name for block in group for name in labels.get(id(block), ())]
        person = [name for name in names if pattern("person").fullmatch(re.split("[/(]", name)[0])]
        if not is_field or not person:
            kept += group
            continue
        message = f"what is to be filled in is left out: {', '.join(names)}"
        if person == names:
            problems.note(message, group[0].line)
        else:
            hint = "write it as questions if it belongs to the set"
            problems.warning(message, group[0].line, hint)
    return kept


def without_letter(blocks: list[Block], problems: Problems) -> list[Block]:
    """Return the blocks of a letter ("Hi all,") without the word before its subject, and without
    what it says after its last list."""
    start = next((at for at, block in enumerate(blocks[:4]) if _is_greeting(block)), None)
    items = [at for at, block in enumerate(blocks) if block.kind is Kind.ITEM]
    if start is None or not items or items[0] < start:
        return blocks
    end = [block for block in blocks[items[-1] :] if block.kind is Kind.PARAGRAPH]
    end = [block for block in end if not block.inside]
    asking = [block for block in end if asks(block.text) >= ASKS]
    if len(asking) > sum(asks(blocks[at].text) >= ASKS for at in items) / 2:
        return blocks
    for block in asking:
        message = f"this is read as the end of a letter, and left out: '{block.text}'"
        hint = "write it as an item of a list if it belongs to the set"
        problems.warning(message, block.line, hint)
    if end and not asking:
        problems.note("the end of the letter was left out", end[0].line)
    if found := _SUBJECT.match(blocks[0].text):
        blocks = [replace(blocks[0], spans=cut(blocks[0].spans, found.end())), *blocks[1:]]
    left_out = set(map(id, end))
    return [block for block in blocks if id(block) not in left_out]


def _is_greeting(block: Block) -> bool:
    short = len(block.text.split()) <= 5
    return block.kind is Kind.PARAGRAPH and short and block.text.rstrip().endswith((",", "，", "،"))


def _labels(block: Block) -> list[str]:
    """Return the labels of a block that is nothing but fields: "Name: ____ Date: ____"."""
    if block.kind is not Kind.PARAGRAPH or block.note or not _FIELDS.fullmatch(block.text):
        return []
    return [found[1] for found in _FIELD.finditer(block.text)]


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
    below: set[str] = set()
    for theme in reversed(themes):
        texts = [each.plain for each in theme.questions]
        theme.again = len(texts) > 2 and mean(text in below for text in texts) > 0.8
        below.update(texts)


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
        found += NAMED * (called and not each.called)
        if each.strength < 0.2:
            found += NOTHING_ASKS * (2 if pure and not (numbered and each.numbered) else 1)
        elif each.asking and not each.links and not (each.opening and place == 0):
            found -= 1.0
        if inner:
            found += POSITION * (place < first or place > last or place == first != last)
        own = sum(carriers[carrier] for carrier in each.carriers)
        few = (0.2 if each.talk or each.strength < 0.9 else 0.1) * total
        each.evidence = found + RARE * (total >= 5 and own < few)
