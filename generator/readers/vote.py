"""One vote for each level of headings: are they themes, questions, or labels over what asks?

Every heading scores all three; the sums decide, and being an exception costs. So a heading without
evidence of its own follows its siblings.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from generator.diagnostics import Problems
from generator.model import Inline, Span
from generator.readers.asks import ASKS, asks, mean, pattern
from generator.readers.raw import SUMMARY, Block, Kind, Mark
from generator.readers.readings import PARAGRAPH, Own, best, lifted
from generator.readers.sections import Section

THEME = 0.25
"""What it costs to open a theme; flat from 0.12. Above 0.25 themes of one question vanish."""
EXCEPTION = 0.3
"""What it costs to be read otherwise than most headings of a level; flat from 0.2 to 2."""
CLOSE = 0.15
"""For each heading: a vote closer than this is doubtful."""


class Role(StrEnum):
    THEME = "themes"
    QUESTION = "questions"
    LABEL = "labels over the questions"


@dataclass(slots=True, eq=False)
class Votes:
    """What was decided about each section, by its `id`."""

    roles: dict[int, Role] = field(default_factory=dict)
    own: dict[int, Own] = field(default_factory=dict)
    leads: dict[int, tuple[Block, Inline]] = field(default_factory=dict)
    chosen: Role | None = None
    """What headings are, where the front matter says it."""

    def role(self, section: Section) -> Role:
        return self.roles.get(id(section), Role.THEME)

    def reading(self, section: Section) -> Own:
        return self.own.get(id(section)) or Own()

    def lead_text(self, section: Section) -> str:
        found = self.leads.get(id(section))
        return "".join(span.text for span in found[1]) if found else ""

    def asking(self, section: Section) -> int:
        """How many of the questions of its own blocks ask."""
        return sum(asks(each.plain) >= ASKS for each in self.reading(section).questions)


CHOSEN = {
    "headings": (Role.QUESTION, None),
    "summaries": (Role.QUESTION, None),
    "labels": (Role.LABEL, None),
    "lists": (Role.THEME, Kind.ITEM),
    "tables": (Role.THEME, Kind.ITEM),
    "lines": (Role.THEME, Kind.PARAGRAPH),
    "paragraphs": (Role.THEME, Kind.PARAGRAPH),
}
"""What `read:` in the front matter asks for: the role of headings, and what asks under them."""


def vote(root: Section, title: Section | None, problems: Problems, way: str = "") -> Votes:
    """Decide about all headings, the deepest level first. The title takes no part."""
    role, only = CHOSEN.get(way, (None, None))
    votes = Votes(chosen=role)
    levels: dict[int, list[Section]] = {}
    for section in root.all():
        votes.own[id(section)] = best(section, problems, only)
        if section.head and section is not title:
            levels.setdefault(section.level, []).append(section)
            if lead := _lead(section):
                votes.leads[id(section)] = lead
    for level, group in sorted(levels.items(), reverse=True):
        _vote_of_level(level, group, votes, problems)
    return votes


def _vote_of_level(level: int, group: list[Section], votes: Votes, problems: Problems) -> None:
    raw = mean(asks(section.heading) >= ASKS for section in group)
    leaves = [section for section in group if _may_ask(section, raw, votes)]
    offering = _with_same_choices(leaves)
    pool = mean(max(asks(each.heading), ASKS * (id(each) in offering)) for each in leaves)
    lead_pool = mean(asks(text) for text in map(votes.lead_text, leaves) if text)
    alike = pool >= (0.4 if level == SUMMARY else 0.6)
    scores = [
        _scores(section, votes, pool, lead_pool, alike, id(section) in offering)
        for section in leaves
    ]
    totals = {
        role: sum(max(row.get(role, -9.0), max(row.values()) - EXCEPTION) for row in scores)
        for role in Role
    }
    winner = max(totals, key=lambda role: (totals[role], role is Role.THEME))
    winner = votes.chosen or winner
    second = max((totals[role], role) for role in Role if role is not winner)
    close = second[0] > 0 and totals[winner] - second[0] < CLOSE * len(leaves)
    if close and not votes.chosen and Role.QUESTION in (winner, second[1]):
        message = f"the headings here may be themes or questions; they are read as {winner}"
        hint = "look whether that is right; `read: headings` or `read: lists` at the top decides it"
        head = leaves[0].head
        problems.warning(message, head.line if head else None, hint)
    for section, row in zip(leaves, scores, strict=True):
        votes.roles[id(section)] = _role(section, row, winner, pool, alike, votes)


def _with_same_choices(sections: list[Section]) -> set[int]:
    """Those over boxes, or over the same short items as another: statements to agree or disagree
    with. They ask without a word that does."""
    items = {
        id(each): [block for block in each.own if block.kind is Kind.ITEM and not block.note]
        for each in sections
    }
    offered = {
        name: tuple(block.text for block in found)
        for name, found in items.items()
        if len(found) > 1 and not any(asks(block.text) >= ASKS for block in found)
    }
    count = Counter(offered.values())
    return {
        name
        for name, texts in offered.items()
        if count[texts] > 1 or all(block.mark is Mark.BOX for block in items[name])
    }


def _scores(
    section: Section, votes: Votes, pool: float, lead_pool: float, alike: bool, offering: bool
) -> dict[Role, float]:
    own, heading = votes.reading(section), section.heading
    asking, value = votes.asking(section), max(asks(heading), ASKS * offering)
    # Having nothing in it is no reason against a theme: a list of prompts scores little, too.
    row = {Role.THEME: max(own.score - THEME, 0.0)}
    if heading:
        below = 0.3 * asking + (asking > 1 and asking >= len(own.questions) / 2)
        row[Role.QUESTION] = lifted(value, pool) - PARAGRAPH - below * (1 - pool)
        row[Role.QUESTION] -= 0.5 if value < 0.4 and not alike else 0.0
    if text := votes.lead_text(section):
        within = sum(asks(each.text) >= ASKS and each.text in text for each in section.own)
        row[Role.LABEL] = lifted(asks(text), lead_pool) - PARAGRAPH
        row[Role.LABEL] -= 0.7 * max(0, asking - within)
        # To glue texts of which each asks is seldom right, unless a number says that they are one.
        counted = pattern("counted").fullmatch(heading)
        row[Role.LABEL] += 0.5 if counted else -0.3 * max(0, within - 1)
    return row


def _role(
    section: Section,
    row: dict[Role, float],
    winner: Role,
    pool: float,
    alike: bool,
    votes: Votes,
) -> Role:
    """An exception has to capture something that asks, and a heading that asks among headings that
    ask is none: it may well have an answer with questions in it."""
    if votes.chosen:
        return winner if winner in row and not section.children else Role.THEME
    other = max(row, key=lambda role: row[role])
    captures = other is not Role.THEME or votes.asking(section) > 0
    captures = captures and not (
        winner is Role.QUESTION and asks(section.heading) >= ASKS and pool >= ASKS
    )
    follows = winner in row and not captures and (winner is Role.LABEL or alike)
    return winner if follows or row.get(winner, -9.0) >= row[other] - EXCEPTION else other


def _may_ask(section: Section, raw: float, votes: Votes) -> bool:
    """Whether a section can be one question: nothing under its own sections asks, or most headings
    of its level do."""
    below = [each for child in section.children for each in child.all()]
    asking = any(votes.role(each) is not Role.THEME or votes.asking(each) for each in below)
    empty = not any(votes.reading(each).questions for each in below)
    value = asks(section.heading)
    return (not asking and (value >= ASKS or empty)) or (value >= 0.9 and raw > 0.5)


def _lead(section: Section) -> tuple[Block, Inline] | None:
    """The text under a label that is its question: its paragraphs up to the last one that asks,
    or its lone item."""
    own = section.own
    paragraphs = [each for each in own if each.kind is Kind.PARAGRAPH and not each.note]
    items = [each for each in own if each.kind is Kind.ITEM and not each.note]
    called = items and items[0].mark is Mark.NUMBER and items[0].number is None  # "Question: ..."
    if not paragraphs and (len(items) == 1 or called):
        return items[0], items[0].spans
    if not paragraphs or any(each.kind is Kind.TABLE for each in own):
        return None
    first = own.index(paragraphs[0])
    if any(each.kind is Kind.ITEM for each in own[:first]):
        return None
    beside = own[max(0, first - 1) : first + 2]
    if any(each.kind is Kind.CODE for each in beside):
        return None  # it asks about code, which no document shows
    run = list(takewhile(lambda each: each.kind is Kind.PARAGRAPH and not each.note, own[first:]))
    last = max((place for place, each in enumerate(run) if asks(each.text) >= ASKS), default=0)
    text = list(run[0].spans)
    for each in run[1 : last + 1]:
        text += [Span(" "), *each.spans]
    return run[0], tuple(text)
