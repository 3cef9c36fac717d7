"""Two readings of a section's own blocks compete: its items are questions, or its paragraphs are.

Each reading takes some blocks and has a score: the sum of how much each of them asks, less the cost
of taking a block of that form.
"""

from __future__ import annotations

from itertools import takewhile

from generator.diagnostics import Problems
from generator.model import AnswerKind, AnswerSpace, Inline, Note, Span, plain
from generator.readers import table
from generator.readers.asks import ASKS, asks, ends, is_speech, mean
from generator.readers.attributes import NOTHING
from generator.readers.raw import Block, Kind, Mark, RawQuestion, are_choices
from generator.readers.sections import Own, Section, depths

ITEM, PARAGRAPH = 0.3, 0.6
"""The cost of taking an item, or a paragraph or heading, for a question. Results are the same for
items from 0.1 to 0.35 (above 0.4 short items under a line become choices), and for paragraphs from
0.55 to 0.85."""


def taken(block: Block, carrier: str = "", text: Inline | None = None) -> RawQuestion:
    """Make a question of a block, or of another text in its place."""
    return RawQuestion(
        text or block.spans, block.line, block.number, asked=block.asked,
        carrier=carrier or block.kind, links=block.links and block.kind is not Kind.HEADING,
        called=block.called,
    )  # fmt: skip


def lifted(value: float, pool: float) -> float:
    """Raise a value by the evidence of siblings of the same form; they never lower it."""
    return max(value, (value + pool) / 2)


def best(section: Section, problems: Problems, only: Kind | None = None) -> Own:
    """Return the reading of a section's own blocks with the highest score. `only` allows just one
    reading, by items or by paragraphs."""
    own, found = section.own, list[Own]()
    depth = depths(own)
    enough = ASKS
    if only is not Kind.PARAGRAPH and (depth or any(each.kind is Kind.TABLE for each in own)):
        found.append(_Flow(own, depth, Kind.ITEM, problems).read())
        if any(each.carrier is Kind.TABLE for each in found[0].questions):
            enough = 0.9  # "Signature: ......" under a table of questions is none
    asking = any(_is_text(block) and asks(block.text) >= enough for block in own)
    if only is Kind.PARAGRAPH or (only is None and asking):
        found.append(_Flow(own, depth, Kind.PARAGRAPH, problems).read())
    if found:
        return max(found, key=lambda reading: reading.score)
    texts = [block for block in own if block.spans and not block.note]
    return Own(intro=texts, notes=[Note(each.spans, each.depth) for each in own if each.note])


def _is_text(block: Block) -> bool:
    return block.kind is Kind.PARAGRAPH and not block.inside and not block.note


def _quiet_runs(own: list[Block], depth: dict[int, int], level: int) -> set[int]:
    """Return the items of those lists, divided by paragraphs, in which nothing asks."""
    quiet: set[int] = set()
    run: list[Block] = []
    for block in [*own, Block(Kind.END)]:
        if id(block) in depth:
            run.append(block)
        elif not block.inside and not block.note:
            tops = [each for each in run if depth[id(each)] <= level]
            if len(tops) > 1 and not any(asks(each.text) for each in run):
                quiet.update(id(each) for each in tops)
            run = []
    return quiet


class _Flow:
    """Reads a section from start to end with items or paragraphs (`carrier`) as the questions.
    Anything else under a question belongs to it."""

    def __init__(
        self, own: list[Block], depth: dict[int, int], carrier: Kind, problems: Problems
    ) -> None:
        self.own, self.depth, self.carrier, self.problems = own, depth, carrier, problems
        self.level = min(depth.values(), default=0)
        self.pool = mean(asks(b.text) for b in own if depth.get(id(b)) == self.level)
        """How much the items ask, on average."""
        self.quiet = _quiet_runs(own, depth, self.level) if self.pool >= 0.5 else set()
        """Items of lists in which nothing asks, next to lists that do."""
        values = {at: asks(block.text) for at, block in enumerate(own) if _is_text(block)}
        self.share = mean(value >= ASKS for value in values.values())
        self.last_asking = max((at for at in values if values[at] >= ASKS), default=-1)
        self.by_bold = mean(values[at] for at in values if own[at].bold) >= ASKS
        """True if paragraphs in bold ask and the others answer."""
        self.place = 0
        self.found = Own(0.0)
        self.last: RawQuestion | None = None

    def read(self) -> Own:
        for place, block in enumerate(self.own):
            self.place = place
            if block.kind is Kind.TABLE:
                self._table(block)
            elif block.kind is Kind.CODE or (self.last and self._belongs(block, self.last)):
                continue
            elif block.note:
                self.found.notes.append(Note(block.spans, block.depth))
            elif block.kind is Kind.ITEM:
                self._item(block)
            else:
                self._paragraph(block)
        return self.found

    def _table(self, block: Block) -> None:
        """Take the questions of a table. A table without any becomes notes, one for each row, under
        a question, and is left out elsewhere."""
        found = None if block.inside and self.last else table.themes(block.rows, self.problems)
        for theme in found or ():
            for each in theme.questions:
                each.theme = theme.title
                self.found.score += (asks(each.plain) + 1) / 2 - ITEM
            self.found.questions += theme.questions
        if found:
            if self.last and self.own[self.place - 1].line == self.last.line:
                self._lead(self.last, [each for theme in found for each in theme.questions])
            self.last = None
        elif self.last:
            self.last.settle()
            texts = (filter(None, map(plain, row.cells)) for row in block.rows)
            self.last.notes += [Note((Span(" | ".join(cells)),)) for cells in texts]
        else:
            hint = "name a column `question` if its rows are questions"
            self.problems.warning("a table was left out", block.line, hint)

    def _lead(self, last: RawQuestion, rated: list[RawQuestion]) -> None:
        """Give no space of its own to a question that is answered in the table right below it: "How
        much do you agree?", over statements to rate."""
        if last.asked.answer is None and all(each.choices or each.asked.answer for each in rated):
            last.asked = last.asked._replace(answer=AnswerSpace(AnswerKind.NONE))

    def _belongs(self, block: Block, last: RawQuestion) -> bool:
        """Return True if a block belongs to the question before it, and add it there."""
        value = asks(block.text)
        fresh = not last.notes and not last.below
        broken = block.text[:1].islower() and not ends(last.plain)
        if block.note or (block.inside and block.kind is Kind.PARAGRAPH):
            if not block.note and asks(last.plain) < ASKS <= value and fresh:
                self._join(last, block)  # the first paragraph does not ask, the next one does
            else:
                last.add_note(block)
        elif block.kind is Kind.PARAGRAPH and fresh and broken:
            self._join(last, block)  # a sentence in several paragraphs
        elif block.kind is Kind.ITEM and not self._takes(block):
            depth = self.depth[id(block)] - self.level + (self.carrier is Kind.PARAGRAPH)
            last.below.append((max(depth, 1), block))
            self.found.score -= 0.3 * (value >= ASKS)
        else:
            return False
        return True

    def _join(self, last: RawQuestion, block: Block) -> None:
        last.text = (*last.text, Span(" "), *block.spans)
        last.asked = block.asked if block.asked != NOTHING else last.asked

    def _takes(self, block: Block) -> bool:
        top = self.depth[id(block)] <= self.level and id(block) not in self.quiet
        offered = block.mark is Mark.BOX and self.last and self.last.carrier is Kind.PARAGRAPH
        return self.carrier is Kind.ITEM and top and not offered

    def _item(self, block: Block) -> None:
        if self._is_spoken(block):
            self.found.notes.append(Note(block.spans))
        elif self._leads_elsewhere(block):
            self._leave(block)
        elif self._takes(block):
            value = lifted(asks(block.text), self.pool)
            self._take(block, (1.0 if self._gives_choices(block) else value) - ITEM)
        else:
            self._leave(block)

    def _is_spoken(self, block: Block) -> bool:
        """Return True for a speech to read out. What has a number among the questions is one."""
        told = block.number is None and asks(block.text) < ASKS
        return told and self.pool > 0 and is_speech(block.text)

    def _leads_elsewhere(self, block: Block) -> bool:
        """Return True for a link over a list of questions: the same form on the web."""
        first = self.last is None and block.number is None
        return first and block.links and self.pool >= 0.5 and asks(block.text) < ASKS

    def _gives_choices(self, block: Block) -> bool:
        """Return True if boxes to tick directly follow a text of several words."""
        after = self.own[self.place + 1 : self.place + 30]
        boxes = [(1, each) for each in takewhile(lambda each: each.mark is Mark.BOX, after)]
        return len(block.text.split()) > 3 and are_choices(boxes)

    def _paragraph(self, block: Block) -> None:
        gives = self._gives_choices(block)
        value = 1.0 if gives else asks(block.text)
        around = self.own[max(0, self.place - 1) : self.place + 2]
        if self.carrier is Kind.PARAGRAPH:
            # Where most paragraphs ask, those between them are read as questions, too.
            like = bool(self.found.questions) and self.place < self.last_asking
            asking = value >= ASKS or (like and self.share >= 0.6)
            if self.by_bold:
                asking = value >= ASKS and block.bold
            if around[-1].kind is Kind.TABLE and block.text.endswith((":", "：")):
                asking = False  # "Rate the following:" leads over to the rows
            # What asks about code is left, as no document shows the code.
            if asking and not any(each.kind is Kind.CODE for each in around):
                self._take(block, lifted(value, self.share) - PARAGRAPH)
                return
        elif value >= 0.9 and (gives or not block.text.endswith((":", "："))):
            first = self.last is None and self.pool >= 0.5 and around[-1].kind is Kind.ITEM
            if first and not gives:  # a line that asks introduces a list that asks
                self.found.score -= value - PARAGRAPH
            elif not self._within_numbers(around[-1]):
                self._take(block, value - PARAGRAPH)
                return
        self._leave(block)

    def _within_numbers(self, after: Block) -> bool:
        """Return True if a text between two items with consecutive numbers belongs to the first."""
        number = self.last.number if self.last else None
        return number is not None and after.number == number + 1

    def _take(self, block: Block, score: float) -> None:
        self.last = taken(block)
        self.found.questions.append(self.last)
        self.found.score += score

    def _leave(self, block: Block) -> None:
        if self.last:
            self.last.add_note(block)
        elif block.spans:
            self.found.intro.append(block)
