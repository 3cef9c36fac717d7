"""One vote for each level of headings: are they themes, questions, or labels over what asks?

Every heading scores all three roles; the sums decide, and an exception has a cost. So a heading
without evidence of its own follows its siblings.
"""

from __future__ import annotations

from collections import Counter
from itertools import takewhile

from generator.diagnostics import Problems
from generator.model import plain
from generator.readers.asks import ASKS, asks, mean, pattern
from generator.readers.raw import SUMMARY, Block, Kind, Mark
from generator.readers.readings import PARAGRAPH, best, lifted
from generator.readers.sections import Role, Section

THEME = 0.25
"""The cost of a theme. Results are the same from 0.12; above 0.25 themes with one question
vanish."""
EXCEPTION = 0.3
"""The cost of another role than most headings of a level; results are the same from 0.2 to 2."""
CLOSE = 0.15
"""A vote with a smaller margin for each heading is doubtful."""


CHOSEN = {
    "headings": (Role.QUESTION, None),
    "summaries": (Role.QUESTION, None),
    "labels": (Role.LABEL, None),
    "lists": (Role.THEME, Kind.ITEM),
    "tables": (Role.THEME, Kind.ITEM),
    "lines": (Role.THEME, Kind.PARAGRAPH),
    "paragraphs": (Role.THEME, Kind.PARAGRAPH),
}
"""Values of `read:` in the front matter: the role of headings, and the carriers of questions."""


def vote(root: Section, title: Section | None, problems: Problems, way: str = "") -> None:
    """Decide the roles of all headings, the deepest level first. The title takes no part."""
    chosen, only = CHOSEN.get(way, (None, None))
    levels: dict[int, list[Section]] = {}
    for section in root.all():
        section.reading = best(section, problems, only)
        if section.head and section is not title:
            levels.setdefault(section.level, []).append(section)
            section.lead = _lead(section)
    for _, group in sorted(levels.items(), reverse=True):
        _Level(group).decide(chosen, problems)


class _Level:
    """The headings of one level, except for those that cannot be questions."""

    def __init__(self, group: list[Section]) -> None:
        asking = mean(asks(section.heading) >= ASKS for section in group) > 0.5
        self.leaves = [section for section in group if _may_ask(section, asking)]
        self.offering = _with_same_choices(self.leaves)
        self.pool = mean(map(self._value, self.leaves))
        """How much the headings ask, on average."""
        self.lead_pool = mean(_value_of_lead(each) for each in self.leaves if each.lead)
        """How much the texts under them ask, on average."""
        lone = all(len(section.reading.questions) == 1 for section in self.leaves)
        self.lone = 0.2 * lone
        """The cost of themes that have one question each: it may continue the heading, as in "Would
        you rather" over "sing or dance?"."""
        self.alike = self.pool >= (0.4 if group[0].level == SUMMARY else 0.6)

    def _value(self, section: Section) -> float:
        return max(asks(section.heading), ASKS * (id(section) in self.offering))

    def decide(self, chosen: Role | None, problems: Problems) -> None:
        """Give each heading its role; if one is `chosen`, all have it."""
        rows = list(map(self._scores, self.leaves))
        totals = {
            role: sum(max(row.get(role, -9.0), max(row.values()) - EXCEPTION) for row in rows)
            for role in Role
        }
        winner = chosen or max(totals, key=lambda role: (totals[role], role is Role.THEME))
        score, second = max((totals[role], role) for role in Role if role is not winner)
        close = score > 0 and totals[winner] - score < CLOSE * len(self.leaves)
        if close and not chosen and Role.QUESTION in (winner, second):
            message = f"the headings here may be themes or questions; they are read as {winner}"
            hint = (
                "check that this is right; `read: headings` or `read: lists` at the top settles it"
            )
            head = self.leaves[0].head
            problems.warning(message, head.line if head else None, hint)
        for section, row in zip(self.leaves, rows, strict=True):
            if not chosen:
                section.role = self._role(section, row, winner)
            elif winner in row and not section.children:
                section.role = winner

    def _scores(self, section: Section) -> dict[Role, float]:
        own, value = section.reading, self._value(section)
        # Having nothing in it is no reason against a theme: a list of prompts scores little, too.
        row = {Role.THEME: max(own.score - THEME, 0.0)}
        row[Role.THEME] -= self.lone * self.pool
        if section.heading:
            asking = section.asking
            below = 0.3 * asking + (asking > 1 and asking >= len(own.questions) / 2)
            row[Role.QUESTION] = lifted(value, self.pool) - PARAGRAPH - below * (1 - self.pool)
            row[Role.QUESTION] -= 0.5 if value < 0.4 and not self.alike else 0.0
        if plain(section.lead_text):
            within = sum(asks(each.text) >= ASKS for each in section.lead)
            row[Role.LABEL] = lifted(_value_of_lead(section), self.lead_pool) - PARAGRAPH
            row[Role.LABEL] -= 0.7 * max(0, section.asking - within) + self.lone * self.pool
            # To glue texts of which each asks is seldom right, unless a number makes them one.
            counted = pattern("counted").fullmatch(section.heading)
            row[Role.LABEL] += 0.5 if counted else -0.3 * max(0, within - 1)
        return row

    def _role(self, section: Section, row: dict[Role, float], winner: Role) -> Role:
        """Return the role of one heading. An exception has to gain something that asks. A heading
        that asks among others that ask is never one: its answer may well have questions in it."""
        other = max(row, key=lambda role: row[role])
        captures = other is not Role.THEME or section.asking > 0
        if winner is Role.QUESTION and asks(section.heading) >= ASKS and self.pool >= ASKS:
            captures = False
        follows = winner in row and not captures and (winner is Role.LABEL or self.alike)
        return winner if follows or row.get(winner, -9.0) >= row[other] - EXCEPTION else other


def _with_same_choices(sections: list[Section]) -> set[int]:
    """Return the sections over boxes, or over the same short items as another section: statements
    to agree or disagree with. They ask without a word that does."""
    offered: dict[int, tuple[str, ...]] = {}
    boxes: set[int] = set()
    for section in sections:
        items = [each for each in section.own if each.kind is Kind.ITEM and not each.note]
        if len(items) > 1 and not any(asks(each.text) >= ASKS for each in items):
            offered[id(section)] = tuple(each.text for each in items)
            boxes |= {id(section)} if all(each.mark is Mark.BOX for each in items) else set()
    count = Counter(offered.values())
    return boxes | {name for name, texts in offered.items() if count[texts] > 1}


def _may_ask(section: Section, most: bool) -> bool:
    """Return True if a section can be one question: nothing in the sections below it asks, or
    `most` headings of its level do."""
    below = [each for child in section.children for each in child.all()]
    asking = any(each.role is not Role.THEME or each.asking for each in below)
    empty = not any(each.reading.questions for each in below)
    value = asks(section.heading)
    return (not asking and (value >= ASKS or empty)) or (value >= 0.9 and most)


def _value_of_lead(section: Section) -> float:
    called = any(block.called for block in section.lead)
    return 1.0 if called else asks(plain(section.lead_text))


def _lead(section: Section) -> list[Block]:
    """Return the blocks under a label that are its question: its paragraphs up to the last one that
    asks, or its only item."""
    own = section.own
    paragraphs = [each for each in own if each.kind is Kind.PARAGRAPH and not each.note]
    items = [each for each in own if each.kind is Kind.ITEM and not each.note]
    if (own and own[0].called) or (not paragraphs and len(items) == 1):
        return items[:1]
    if not paragraphs or any(each.kind is Kind.TABLE for each in own):
        return []
    first = own.index(paragraphs[0])
    if any(each.kind is Kind.ITEM for each in own[:first]):
        return []
    if any(each.kind is Kind.CODE for each in own[max(0, first - 1) : first + 2]):
        return []  # it asks about code, which no document shows
    run = list(takewhile(lambda each: each.kind is Kind.PARAGRAPH and not each.note, own[first:]))
    last = max((place for place, each in enumerate(run) if asks(each.text) >= ASKS), default=0)
    return run[: last + 1]
