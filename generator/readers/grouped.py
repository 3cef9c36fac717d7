"""From blocks to the document model. Every reader makes blocks; what they mean is decided here.

What is a theme:
- A heading over questions. All paragraphs under it are its intro, those between two lists too.
- Without a heading, the first of the paragraphs before a list whose first line is short and ends
  as no sentence does (or in braces) is the title; what follows it, up to the list, is the intro.
- A list with no title over it goes on with the theme before it; the first takes the set's title.
- The first heading of level 1 is the set's title, not a theme, when it has no questions of its
  own, or when the only questions are under it and more than one plain title stands there. Where
  several of them have themes under them, they are parts of the set.
- Any other heading without questions over headings with some is a part: `Part: theme`.

Headings that end in a question mark are questions themselves, where more of them have no list under
them than there are lists; the text under one is notes for the facilitator. Where there is no list
at all, lines that end in a question mark are questions.

A question is the text of its item; further paragraphs of the item are joined to it. When all items
of a theme have one and the same number, they are counted from it. `::: notes` belong to the
question before them, or to the theme when a title or an intro stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.errors import SourceError
from generator.model import (
    AnswerSpace,
    FollowUp,
    Inline,
    Note,
    Question,
    QuestionSet,
    Span,
    Theme,
    plain,
)
from generator.readers import Reading, front_matter, inline
from generator.readers.attributes import NOTHING, Attributes
from generator.readers.blocks import Block
from generator.readers.front_matter import FrontMatter
from generator.readers.grouping import (
    Group,
    Section,
    grouped,
    with_asking_headings,
    with_asking_lines,
)
from generator.readers.problems import Problems


def assemble(found: list[Block], matter: FrontMatter, problems: Problems, path: Path) -> Reading:
    """Raises SourceError with every problem found."""
    reader = _Reader(problems)
    heading, groups = reader.group(found)
    title = matter.title or (plain(reader._asked(heading, title=True)[0]) if heading else "")
    title = title or _readable(path.stem)
    themes = reader.themes(groups, heading, title, matter.answer or AnswerSpace())
    if not themes and not problems.fatal:
        message = "has no questions" if found else "is empty"
        problems.error(message, None, "write the questions as a list: lines that begin with `1. `")
    if problems.fatal:
        raise SourceError(problems.sorted())
    question_set = QuestionSet(
        title=title,
        slug=matter.slug or front_matter.safe_name(path.stem) or "questions",
        themes=themes,
        path=path,
        subtitle=matter.subtitle,
        lang=matter.lang,
        author=matter.author,
        date=matter.date,
        settings=matter.settings,
        setting_lines=matter.lines,
    )
    return Reading(question_set, problems.sorted())


@dataclass(slots=True)
class _Reader:
    problems: Problems
    contents: list[int] = field(default_factory=list)
    """The lines of headings over a list of links."""
    names: dict[int, tuple[Inline, Attributes]] = field(default_factory=dict)
    """Of groups."""

    def group(self, found: list[Block]) -> tuple[Block | None, list[Group]]:
        """The heading that is the set's title, and the themes with those that have no question."""
        sections: list[Section] = [(None, [])]
        for block in with_asking_lines(found, self.problems):
            if block.kind == "heading":
                sections.append((block, []))
            elif not self._is_links(block):
                sections[-1][1].append(block)
            else:
                self.problems.note("a list of links was left out", block.line)
                head = sections[-1][0]
                if block.kind == "list" and head and (head.level > 1 or head is not found[0]):
                    self.contents.append(head.line)
        return grouped(with_asking_headings(sections), self.contents)

    def _is_links(self, block: Block) -> bool:
        """A table of contents, a list of translations, of people, of further reading; badges."""
        if block.kind == "paragraph":
            return inline.is_navigation(block.spans)
        texts = [child for child in block.walk() if child.kind not in ("list", "item")]
        return (
            block.kind == "list"
            and bool(texts)
            and all(child.kind == "paragraph" and inline.is_links(child.spans) for child in texts)
        )

    def themes(
        self, groups: list[Group], heading: Block | None, title: str, answer: AnswerSpace
    ) -> tuple[Theme, ...]:
        """The groups that have questions; a warning for each text that is shown nowhere."""
        themes: list[Theme] = []
        parents = {id(group.above) for group in groups}
        last = 0
        for group in groups:
            name, asked = self._name(group)
            if group.skip or asked.skip:
                self.problems.note(f"'{plain(name)}' is left out, as asked", _line(group))
                continue
            questions = self._questions(group.items, asked, answer, last)
            if not questions:
                if id(group) not in parents:
                    self._say_left_out(group, heading, name)
                continue
            last = questions[-1].number
            if group.late:
                message = "this text stands after questions; it is printed in its theme's intro"
                self.problems.note(message, group.late)
            themes.append(
                Theme(
                    number=len(themes) + 1,
                    title=name or (Span(title),),
                    line=_line(group),
                    questions=tuple(questions),
                    intro=tuple(filter(None, map(_text, group.intro))),
                    notes=self._notes(group.notes),
                    minutes=asked.minutes,
                )
            )
        return tuple(themes)

    def _name(self, group: Group) -> tuple[Inline, Attributes]:
        """Of a theme; one under another is named after both, and asks for what that asks for."""
        if group.title is None or id(group) in self.names:
            return self.names.get(id(group), ((), NOTHING))
        own, asked = self._asked(group.title, title=True)
        name = _without_colon(own)
        if group.above:
            above, around = self._name(group.above)
            name = (*above, Span(": "), *name)
            asked = asked._replace(
                answer=asked.answer or around.answer,
                tags=tuple(dict.fromkeys((*around.tags, *asked.tags))),
                skip=asked.skip or around.skip,
            )
        self.names[id(group)] = name, asked
        return name, asked

    def _say_left_out(self, group: Group, heading: Block | None, name: Inline) -> None:
        if group.title and group.title.line in self.contents:
            return
        if group.title and group.title is not heading:
            self.problems.warning(
                f"'{plain(name)}' is not a theme: it has no questions",
                group.title.line,
                "write its questions as a list under it, or delete it",
            )
        elif group.intro:
            self.problems.warning(
                "this text belongs to no theme and was left out",
                group.intro[0].line,
                "put it under the title of a theme",
            )

    def _asked(self, block: Block, title: bool = False) -> tuple[Inline, Attributes]:
        """The text of a block, and what is asked for at its end or beside it."""
        spans, found = inline.with_attributes(block.spans, block.line, self.problems)
        spans = inline.without_anchors(spans) if title else spans
        return inline.tidy(spans), found if any(found) else block.asked

    def _questions(
        self, items: list[Block], theme: Attributes, answer: AnswerSpace, last: int
    ) -> list[Question]:
        """The questions of a theme; `last` is the number of the question before it."""
        numbers = [item.number for item in items if item.number is not None]
        first = numbers[0] if len(numbers) > 1 and len(set(numbers)) == 1 else None
        questions: list[Question] = []
        for item in items:
            text, asked = self._asking(item)
            if asked.skip:
                self.problems.note(f"'{plain(text)}' is left out, as asked", item.line)
                continue
            if not text:
                self.problems.warning(
                    "an empty question was left out", item.line, "write a text after its number"
                )
                continue
            number = item.number if item.number is not None else last + 1
            if first is not None:
                number = first + len(questions)
            last = number
            questions.append(
                Question(
                    number=number,
                    text=text,
                    line=item.line,
                    followups=tuple(self._followups(item, 1)),
                    notes=self._notes(block for block in item.walk() if block.kind == "notes"),
                    answer=asked.answer or theme.answer or answer,
                    tags=tuple(dict.fromkeys((*theme.tags, *asked.tags))),
                    minutes=asked.minutes,
                )
            )
        return questions

    def _asking(self, item: Block) -> tuple[Inline, Attributes]:
        """The paragraphs of an item as one text, and what stands in braces at the end of one."""
        spans: list[Span] = []
        found = NOTHING
        for block in item.children:
            if block.kind in ("paragraph", "heading", "html"):
                part, asked = (_text(block), NOTHING) if block.html else self._asked(block)
                spans += [Span(" "), *part] if spans and part else part
                found = asked if any(asked) else found
        return tuple(spans), found

    def _followups(self, item: Block, depth: int) -> Iterable[FollowUp]:
        for nested in item.children:
            for child in nested.children if nested.kind == "list" else ():
                text, asked = self._asking(child)
                if asked.skip:
                    self.problems.note(f"'{plain(text)}' is left out, as asked", child.line)
                    continue
                if any(asked):
                    self.problems.warning(
                        "a follow-up has no answer space, tags or minutes of its own",
                        child.line,
                        "put the braces after its question",
                    )
                if text:
                    yield FollowUp(text, depth)
                yield from self._followups(child, depth + 1)

    def _notes(self, found: Iterable[Block]) -> tuple[Note, ...]:
        return tuple(note for block in found for note in self._note(block, 0, None))

    def _note(self, parent: Block, depth: int, number: int | None) -> Iterable[Note]:
        for block in parent.children:
            if block.kind in ("paragraph", "heading", "html"):
                text = _text(block)
                if text:
                    yield Note(text, depth, number)
                number = None
            for item in block.children if block.kind == "list" else ():
                yield from self._note(item, depth + 1, item.number)


def _text(block: Block) -> Inline:
    return inline.literal(block.html) if block.kind == "html" else inline.tidy(block.spans)


def _without_colon(title: Inline) -> Inline:
    """`General:` is a title that leads over to its list; by itself it is `General`."""
    last = replace(title[-1], text=title[-1].text.rstrip(" :：")) if title else Span("")
    return (*title[:-1], last) if last.text else title


def _line(group: Group) -> int:
    first = [group.title] if group.title else [*group.items, *group.intro]
    return first[0].line if first else 1


def _readable(stem: str) -> str:
    text = re.sub(r"[-_\s]+", " ", stem).strip()
    return text[:1].upper() + text[1:] or "Questions"
