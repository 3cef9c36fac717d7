"""From blocks to raw themes: decides how a page is read, and reports it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from generator.diagnostics import Problems
from generator.model import FollowUp, Inline, Note, Span, plain
from generator.readers.asks import ASKS, asks, mean, pattern
from generator.readers.attributes import NOTHING, Attributes
from generator.readers.furniture import without_furniture
from generator.readers.inline import BLANK_END, cut, tidy, without_blank
from generator.readers.prepared import is_short
from generator.readers.raw import SUMMARY, Block, Kind, RawQuestion, RawTheme, Source
from generator.readers.readings import taken
from generator.readers.sections import Own, Role, Section, depths, tree
from generator.readers.stationery import without_fields, without_letter
from generator.readers.vote import vote


class Decision(NamedTuple):
    title: str
    """The title of the set; empty if none is found."""
    themes: list[RawTheme]
    how: str
    """One line about what was read as questions, and how much of it asks."""


def themes(source: Source, problems: Problems, way: str = "") -> Decision:
    """Judge the blocks of a source. `way` is a key of `vote.CHOSEN`, or empty."""
    blocks = without_letter(_without_contents(source.blocks, problems), problems)
    root = tree(without_fields(blocks, problems))
    title_section, title = _title(root, source.matter.title or source.title)
    vote(root, title_section, problems, way or source.matter.read)
    walk = _Walk(title_section, title, problems)
    drafts = without_furniture(walk.drafts(root), problems)
    raw = [_settled(draft, problems) for draft in drafts]
    return Decision(title, [*walk.welcome(), *raw] if raw else [], _how(drafts))


def _without_contents(blocks: list[Block], problems: Problems) -> list[Block]:
    """Remove links that repeat the question of a heading on the page."""
    heads = {block.text for block in blocks if block.kind is Kind.HEADING and block.text}
    again = [
        block
        for block in blocks
        if block.links and block.kind is not Kind.HEADING and asks(block.text) >= ASKS
        and block.text in heads
    ]  # fmt: skip
    if again:
        problems.note("a table of contents was left out", again[0].line)
    left_out = set(map(id, again))
    return [block for block in blocks if id(block) not in left_out]


def _title(root: Section, given: str) -> tuple[Section | None, str]:
    """Return the section whose heading is the title of the set, if there is one, and the title."""
    sections = [each for each in root.all() if each.head and each.level < SUMMARY]
    found = _title_section(sections)
    if given or found:
        own = found if found and found.heading in ("", given or found.heading) else None
        return own, given or (found.heading if found else "")
    start = root.content[0] if root.content else None
    if isinstance(start, Section) and not sections and start.children and not start.own:
        return start, start.heading
    if isinstance(start, Block) and start.kind is Kind.PARAGRAPH and is_short(start.text):
        return None, start.text
    return None, ""


def _title_section(sections: list[Section]) -> Section | None:
    first = sections[0] if sections else None
    if first is None or first.level > min(each.level for each in sections):
        return None
    tops = [each for each in sections if each.level == first.level]
    alone = len(tops) == 1
    if sum(any(_has_questions(child) for child in each.children) for each in tops) > 1 and (
        _has_questions(first)
    ):
        return None  # several parts with themes of their own
    asking = any(asks(each.text) >= ASKS for each in first.own if each.kind is Kind.ITEM)
    if alone and (first.children or (first.own and first.level == 1)):
        return first
    quiet = not asking and asks(first.heading) < 0.9
    return first if first.level == 1 and quiet and (not alone or first.children) else None


def _has_questions(section: Section) -> bool:
    """Return True if a section has lists or tables of anything but links."""
    return any(
        each.kind is Kind.TABLE or (each.kind is Kind.ITEM and not each.links)
        for part in section.all()
        for each in part.own
    )


class _Walk:
    """Walks through the sections in order and makes themes by their roles."""

    def __init__(self, title: Section | None, name: str, problems: Problems) -> None:
        self.title, self.name, self.problems = title, name, problems
        self.found: list[RawTheme] = []
        self.of: Section | None = None
        """The section of the last theme."""
        self._welcome: list[Block] = []

    def welcome(self) -> list[RawTheme]:
        """Return the blocks before the first theme as a theme without a title, if there are any."""
        texts = [text for block in self._welcome if (text := tidy(block.spans))]
        if not texts:
            return []
        line = self._welcome[0].line
        self.problems.note("the text before the first theme is read as a welcome", line)
        return [RawTheme((), line, intro=texts)]

    def drafts(self, root: Section) -> list[RawTheme]:
        self._walk(root)
        for draft in self.found:
            for each in draft.questions:
                each.settle()
        return [each for each in self.found if each.questions]

    def _walk(self, section: Section) -> None:
        if section.role is not Role.THEME:
            parent = section.parent or section
            while parent.role is not Role.THEME and parent.parent:
                parent = parent.parent
            self._draft(parent).questions.append(self._question(section))
            return
        own = section.reading
        if self._tells_how(section, own.questions):
            only = own.questions.pop()
            own.intro.append(Block(Kind.PARAGRAPH, only.text, only.line))
        before = len(self.found)
        if own.questions:
            draft = self._draft(section, fresh=True)
            draft.intro, draft.notes = [each.spans for each in own.intro], own.notes
            self._fill(draft, section, own.questions)
        for child in section.children:
            self._walk(child)
        if not own.questions:
            self._leave(section, own, self.found[before:])

    def _tells_how(self, section: Section, questions: list[RawQuestion]) -> bool:
        """Return True if a lone paragraph, such as "Rate each of these.", tells how to answer the
        questions of the sections below it."""
        below = [each for child in section.children for each in child.all()]
        return (
            [each.carrier for each in questions] == [Kind.PARAGRAPH]
            and asks(questions[0].plain) < 0.9
            and not (questions[0].below or questions[0].notes)
            and any(each.asking for each in below)
        )

    def _leave(self, section: Section, own: Own, below: list[RawTheme]) -> None:
        """Handle a section without questions of its own. Its text introduces the first theme below
        it, but text under the title of the set belongs to the set."""
        asking = [each for each in below if each.questions]
        if asking and section.head and section is not self.title:
            if not _is_contents(section):
                asking[0].intro[:0] = [each.spans for each in own.intro]
            asking[0].notes[:0] = own.notes
            return
        if asking or not section.head or section is self.title:
            said = [each for each in own.intro if not all(span.href for span in each.spans)]
            # The first line is the set's title.
            self._welcome += said[1:] if said and said[0].text == self.name else said
            return
        name = plain(_without_colon(section.head.spans))
        if pattern("strong").search(name) or pattern("weak").search(name) or not own.intro:
            self.problems.note(f"'{name}' was left out: it asks nothing", section.head.line)
        else:
            hint = "write its questions as a list under it, or delete it"
            message = f"'{name}' was left out: it has no questions"
            self.problems.warning(message, section.head.line, hint)

    def _fill(self, draft: RawTheme, section: Section, questions: list[RawQuestion]) -> None:
        """Add the questions of a section; a column of a table may divide them into themes."""
        base, column = draft.title, ""
        for each in questions:
            name = plain(each.theme)
            if name and name != column:
                draft = self._draft(section, fresh=True) if draft.questions else draft
                outer = base if section is not self.title else ()
                draft.title = (*outer, Span(": "), *each.theme) if outer else each.theme
            column = name
            draft.questions.append(each)

    def _draft(self, section: Section, fresh: bool = False) -> RawTheme:
        if fresh or self.of is not section or not self.found:
            line = section.head.line if section.head else 1
            title, asked = self._name(section)
            level = 0 if section is self.title else section.level
            self.found.append(RawTheme(title, line, asked=asked, level=level))
            self.of = section
        return self.found[-1]

    def _name(self, section: Section | None) -> tuple[Inline, Attributes]:
        """Return name and attributes of a theme. One below another includes the name of that theme
        and inherits its attributes."""
        if section is None or section.head is None:
            return (), NOTHING
        above, around = self._name(section.parent)
        if section is self.title or section.role is not Role.THEME:
            return above, around
        own = _without_colon(section.head.spans)
        asked = section.head.asked
        asked = asked._replace(
            answer=asked.answer or around.answer,
            tags=tuple(dict.fromkeys((*around.tags, *asked.tags))),
            skip=asked.skip or around.skip,
        )
        if _is_contents(section):
            return above, around
        if not above or pattern("strong").search(plain(above)):
            return own, asked
        return (*above, Span(": "), *own), asked

    def _question(self, section: Section) -> RawQuestion:
        """Make a question of a heading that asks, or of the text under a label, with all that
        follows."""
        if section.role is Role.LABEL:
            question = taken(section.lead[0], "label", section.lead_text)
            counted = pattern("counted").fullmatch(section.heading)
            digits = re.search(r"\d+", section.heading) if counted else None
            question.number = int(digits[0]) if digits else question.number
            section.content = [each for each in section.content if each not in section.lead]
        else:
            assert section.head is not None
            question = taken(section.head)
        _add_below(section, question)
        return question


def _add_below(section: Section, question: RawQuestion) -> None:
    """Add the contents of a section to the question in its heading."""
    depth = depths(section.own)
    for each in section.content:
        if isinstance(each, Section):
            question.settle()
            if each.head and asks(each.heading) >= ASKS:
                question.followups.append(FollowUp(each.head.spans))
            elif each.head:
                question.notes.append(Note(each.head.spans))
            _add_below(each, question)
        elif each.kind is Kind.ITEM and not each.note:
            question.below.append((depth[id(each)] + 1, each))
        elif each.note or (each.kind is Kind.PARAGRAPH and not each.links):
            question.add_note(each)


def _is_contents(section: Section) -> bool:
    """Return True if a section is a list of links, which is a parent of what follows only by its
    level."""
    own = [each for each in section.own if each.spans]
    return bool(own) and section.children != [] and mean(each.links for each in own) > 0.5


def _without_colon(title: Inline) -> Inline:
    """Remove the colon of a title: `General:` before a list becomes `General`."""
    text = plain(title)
    bare = text.rstrip(" :：")
    return _evenly(cut(title, 0, len(bare)) if bare else title)


def _evenly(text: Inline) -> Inline:
    """Remove emphasis that covers a whole title or question: it is a matter of style, and no word
    stands out."""
    if all(span.strong for span in text if span.text.strip()):
        return tuple(replace(span, strong=False) for span in text)
    return text


CARRIERS = {
    "item": ("item of a list", "items of lists"),
    "heading": ("heading", "headings"),
    "label": ("text under a label", "texts under labels"),
    "paragraph": ("paragraph", "paragraphs"),
    "table": ("row of a table", "rows of tables"),
}
"""Names of what a question was read from, for one and for several."""


def _how(drafts: list[RawTheme]) -> str:
    """Describe in one line how the source was read, and why."""
    every = [each for draft in drafts for each in draft.questions]
    counts = Counter(each.carrier for each in every).most_common()
    parts = [f"{count} {CARRIERS[carrier][count > 1]}" for carrier, count in counts]
    asking = sum(each.asks for each in every)
    why = "each asks" if asking == len(every) else f"{asking} of {len(every)} ask"
    return f"{', '.join(parts)}; {why}" if every else ""


def _settled(theme: RawTheme, problems: Problems) -> RawTheme:
    """Tidy all texts of a theme for the model."""
    for question in theme.questions:
        quiet = asks(question.plain) < ASKS and not question.choices
        if question.carrier == Kind.PARAGRAPH and quiet:
            message = f"this is read as a question, like those around it: '{question.plain}'"
            problems.note(message, question.line)
        for block in question.asked_below:
            if block.asked.skip:
                problems.note(f"'{block.text}' is left out, as asked", block.line)
            else:
                message = "a follow-up cannot have its own answer space, tags or minutes"
                problems.warning(message, block.line, "put the braces after its question")
        question.text = _evenly(without_blank(tidy(question.text)))
        question.followups = [FollowUp(tidy(each.text), each.depth) for each in question.followups]
        question.choices = [_without_blank_end(" ".join(each.split())) for each in question.choices]
        question.notes = _tidy_notes(question.notes)
    theme.title = tidy(theme.title)
    theme.intro = [spans for spans in map(tidy, theme.intro) if spans]
    theme.notes = _tidy_notes(theme.notes)
    return theme


def _tidy_notes(notes: list[Note]) -> list[Note]:
    return [Note(tidy(note.text), note.depth, note.number) for note in notes]


def _without_blank_end(text: str) -> str:
    return BLANK_END.sub("", text) or text
