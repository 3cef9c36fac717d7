"""Markdown as people write their lists, into the document model.

Blocks are taken in their order. A list is questions; what stands over it makes the theme:

- a heading, and the paragraphs after it as the introduction;
- without a heading, the first line of the first paragraph, when it is short; the rest of that
  paragraph and the paragraphs after it are the introduction;
- nothing: the list goes on with the theme before it, or opens one that has the set's title.

Text between two lists under one heading joins the theme's introduction. Further paragraphs of an
item belong to the question. Everything that is passed over is said, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.container import container_plugin

from generator.errors import Diagnostic, SourceError, error, warning
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
from generator.readers import Reading, front_matter
from generator.readers.attributes import (
    AttributeProblem,
    answer_space,
    meant,
    split_attributes,
    unknown_key,
)
from generator.readers.inline import InlineParser

SHORT = 80
"""Characters of a line over a list that is taken for a theme's title."""
DEEPEST = 60
"""Nested blocks that are read; a list counts two."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def read(text: str, path: Path) -> Reading:
    """Raises SourceError with every problem of the text, warnings among them."""
    problems: list[Diagnostic] = []
    text = _clean(text.replace("\r\n", "\n").replace("\r", "\n"), path, problems)
    matter = front_matter.split(text, path, problems)
    values = front_matter.Values(matter.values, text, path, problems)
    answer = values.answer()
    env: EnvType = {}
    tokens = _block_parser().parse(matter.body, env)
    lines = matter.body.split("\n")
    builder = _Builder(path, matter.offset, lines, InlineParser(env), answer, problems)
    for block in _blocks(tokens):
        builder.take(block)
    builder.finish()
    title = values.text("title") or builder.title or _readable(path.stem)
    themes = tuple(theme.frozen(number, title) for number, theme in enumerate(builder.themes, 1))
    question_set = QuestionSet(
        title=title,
        slug=front_matter.slug(values.text("slug"), path),
        themes=themes,
        path=path,
        subtitle=values.text("subtitle"),
        lang=values.lang(),
        author=values.text("author"),
        date=values.date(),
        settings=matter.values,
    )
    problems.sort(key=lambda problem: problem.line or 0)
    if any(problem.severity == "error" for problem in problems):
        raise SourceError(problems)
    return Reading(question_set, tuple(problems))


def _clean(text: str, path: Path, problems: list[Diagnostic]) -> str:
    """Without characters that no document can hold; one warning a line."""
    if not _CONTROL.search(text):
        return text
    for number, line in enumerate(text.split("\n"), 1):
        if found := _CONTROL.findall(line):
            names = ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in found))
            message = f"control characters were removed: {names}"
            problems.append(warning(message, path, number, "delete them in the source"))
    return _CONTROL.sub("", text)


def _readable(stem: str) -> str:
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:] or "Questions"


def _block_parser() -> MarkdownIt:
    """Blocks only: inline content is parsed by `InlineParser`, once attributes are cut off."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.use(container_plugin, "notes", validate=lambda info, _: info.split()[:1] in _NOTES)
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


_NOTES = (["notes"], ["{.notes}"])


def _blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The top-level blocks, each from its opening to its closing token; quotes are unwrapped."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            continue
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


@dataclass(slots=True)
class _Theme:
    """A theme while it is read."""

    title: Inline
    line: int
    answer: AnswerSpace
    intro: list[Inline]
    notes: list[Note]
    from_heading: bool
    questions: list[Question] = field(default_factory=list)

    def frozen(self, number: int, set_title: str) -> Theme:
        title = self.title or (Span(set_title),)
        return Theme(
            number, title, self.line, tuple(self.questions), tuple(self.intro), tuple(self.notes)
        )


@dataclass(slots=True)
class _Heading:
    title: Inline
    line: int
    level: int
    answer: AnswerSpace
    led: bool = False
    """Whether it led to anything: questions, a table of contents, or headings under it."""


class _Builder:
    """Takes the blocks one by one and makes the themes."""

    def __init__(
        self,
        path: Path,
        offset: int,
        lines: list[str],
        inline: InlineParser,
        answer: AnswerSpace,
        problems: list[Diagnostic],
    ) -> None:
        self._path, self._offset, self._lines, self._inline = path, offset, lines, inline
        self._answer, self._problems = answer, problems
        self.title = ""
        self.themes: list[_Theme] = []
        self._heading: _Heading | None = None
        self._text: list[Token] = []  # paragraphs since the last heading or list
        self._notes: list[Note] = []  # notes that wait for their theme
        self._number = 0

    def take(self, block: list[Token]) -> None:
        kind = block[0].type
        if kind == "heading_open":
            self._take_heading(block)
        elif kind == "paragraph_open":
            self._text.append(block[1])
        elif kind == "html_block":
            if not block[0].content.lstrip().startswith("<!--"):
                self._text.append(block[0])
        elif kind in ("ordered_list_open", "bullet_list_open"):
            self._take_list(block)
        elif kind == "container_notes_open":
            self._take_notes(block)
        elif kind in ("fence", "code_block"):
            self._warn(block[0], "a code block is left out", "write short code as `code`")

    def finish(self) -> None:
        self._close_heading(None)
        if not self.themes:
            hint = "write them as a list, numbered (1.) or bulleted (-)"
            self._problems.append(
                error("there are no questions in this file", self._path, hint=hint)
            )

    # -- headings and text

    def _take_heading(self, block: list[Token]) -> None:
        level = int(block[0].tag[1:])
        self._close_heading(level)
        text, answer = self._attributes(block[1], block[1].content, self._answer)
        title = self._inline.heading(text, self._left_out(block[1]))
        if level == 1 and not self.title:
            self.title = plain(title)
        self._heading = _Heading(title, self._line(block[1]), level, answer)

    def _close_heading(self, level: int | None) -> None:
        """Say what of the heading and the text before a heading of `level`, or the end, is lost."""
        heading, text = self._heading, [token for token in self._text if token.content.strip()]
        deeper = heading is not None and level is not None and level > heading.level
        if heading and not heading.led and not deeper:
            name = plain(heading.title)
            self._problems.append(
                warning(
                    f"'{name}' is no theme: no questions stand under it",
                    self._path,
                    heading.line,
                    "write its questions as a list, or leave it",
                )
            )
        elif text:
            hint = "put it after the heading of a theme, or leave it"
            self._warn(text[0], "this text is left out: no questions follow it", hint)
        self._text = []

    def _take_notes(self, block: list[Token]) -> None:
        self._check_closed(block[0])
        notes = self._notes_of(block)
        follows_questions = bool(self.themes) and not self._text
        if follows_questions and (self._heading is None or self._heading.led):
            questions = self.themes[-1].questions
            questions[-1] = replace(questions[-1], notes=(*questions[-1].notes, *notes))
        else:
            self._notes += notes

    # -- lists

    def _take_list(self, block: list[Token]) -> None:
        items = [token for token in block if token.type == "inline"]
        if items and all(self._inline.only_links_into_the_page(item.content) for item in items):
            if self._heading:
                self._heading.led = True
            self._text = []
            return
        theme = self._theme_over(block[0])
        answer = theme.answer
        for item, number in _items(block):
            if question := self._question(item, number, answer):
                theme.questions.append(question)
                self._number = question.number
        if not theme.questions:
            self.themes.remove(theme)

    def _theme_over(self, first: Token) -> _Theme:
        heading, text = self._heading, self._text
        self._text = []
        if heading and not heading.led:
            heading.led = True
            return self._open(heading.title, heading.line, heading.answer, text, True)
        if heading and self.themes:
            self.themes[-1].intro += self._paragraphs(text)
            return self.themes[-1]
        lead, _, rest = text[0].content.strip().partition("\n") if text else ("", "", "")
        if lead and len(lead) <= SHORT:
            words, answer = self._attributes(text[0], lead, self._answer)
            title = self._inline.parse(words, self._left_out(text[0]))
            following = [*self._paragraphs_of(text[0], rest), *self._paragraphs(text[1:])]
            theme = self._open(title, self._line(text[0]), answer, [], False)
            theme.intro += following
            return theme
        if self.themes:
            self.themes[-1].intro += self._paragraphs(text)
            return self.themes[-1]
        return self._open((), self._line(first), self._answer, text, False)

    def _open(
        self, title: Inline, line: int, answer: AnswerSpace, text: list[Token], heading: bool
    ) -> _Theme:
        theme = _Theme(title, line, answer, self._paragraphs(text), self._notes, heading)
        self._notes = []
        self.themes.append(theme)
        return theme

    def _question(
        self, item: list[Token], number: int | None, inherited: AnswerSpace
    ) -> Question | None:
        parts: list[Inline] = []
        followups: list[FollowUp] = []
        notes: list[Note] = []
        answer, depth, inside, start = inherited, 0, 0, 0
        for index, token in enumerate(item):
            if token.type == "container_notes_open":
                inside, start = inside + 1, index
                self._check_closed(token)
            elif token.type == "container_notes_close":
                inside -= 1
                notes += self._notes_of(item[start : index + 1])
            elif inside:
                continue
            elif token.type.endswith("_list_open") or token.type.endswith("_list_close"):
                depth += token.nesting
            elif token.type in ("fence", "code_block"):
                self._warn(token, "a code block is left out", "write short code as `code`")
            elif token.type in ("inline", "html_block") and depth:
                text = self._inline.parse(token.content, self._left_out(token))
                followups.append(FollowUp(text, depth))
            elif token.type in ("inline", "html_block"):
                words, answer = self._attributes(token, token.content, answer)
                parts.append(self._inline.parse(words, self._left_out(token)))
            self._check_depth(token)
        text = _sentence([part for part in parts if part])
        if not text:
            self._warn(item[0], "an item without text is passed over", "write its question")
            return None
        number = self._number + 1 if number is None else number
        return Question(number, text, self._line(item[0]), tuple(followups), tuple(notes), answer)

    # -- the parts of both

    def _attributes(
        self, token: Token, text: str, inherited: AnswerSpace
    ) -> tuple[str, AnswerSpace]:
        bare, attributes = split_attributes(text)
        if not attributes:
            return text, inherited
        if key := unknown_key(attributes):
            self._warn(token, f"'{key}' is not known: the braces are kept as text", meant(key))
            return text, inherited
        try:
            return bare, answer_space(attributes)
        except AttributeProblem as problem:
            self._problems.append(error(str(problem), self._path, self._line(token), problem.hint))
            return bare, inherited

    def _paragraphs(self, tokens: list[Token]) -> list[Inline]:
        return [part for token in tokens for part in self._paragraphs_of(token, token.content)]

    def _paragraphs_of(self, token: Token, text: str) -> list[Inline]:
        parsed = self._inline.parse(text, self._left_out(token))
        return [parsed] if parsed else []

    def _notes_of(self, block: list[Token]) -> list[Note]:
        notes: list[Note] = []
        depth, number = 0, None
        for token in block:
            if token.type.endswith("_list_open") or token.type.endswith("_list_close"):
                depth += token.nesting
            elif token.type == "list_item_open":
                number = int(token.info) if token.info else None
            elif token.type in ("inline", "html_block", "fence", "code_block"):
                for text in self._paragraphs_of(token, token.content):
                    notes.append(Note(text, depth, number if depth else None))
        return notes

    def _line(self, token: Token) -> int:
        return self._offset + (token.map[0] if token.map else 0) + 1

    def _warn(self, token: Token, message: str, hint: str) -> None:
        self._problems.append(warning(message, self._path, self._line(token), hint))

    def _left_out(self, token: Token):  # type: ignore[no-untyped-def]
        return lambda address: self._warn(
            token, f"a picture is left out: {address}", "its description stays as text"
        )

    def _check_closed(self, token: Token) -> None:
        end = token.map[1] if token.map else 0
        if end >= len(self._lines) or not self._lines[end].strip().startswith(":::"):
            self._problems.append(
                error("these notes have no end", self._path, self._line(token), "close with `:::`")
            )

    def _check_depth(self, token: Token) -> None:
        if token.level >= DEEPEST - 1:
            self._warn(token, "what is nested deeper is left out", "use fewer levels")


def _items(block: list[Token]) -> Iterator[tuple[list[Token], int | None]]:
    """The tokens and the number of each item; counted on where all say the same, as `1.` `1.`."""
    items: list[list[Token]] = []
    base = block[0].level + 1
    for token in block[1:-1]:
        if token.type == "list_item_open" and token.level == base:
            items.append([])
        items[-1].append(token)
    infos = [item[0].info for item in items]
    counted = len(infos) > 1 and len(set(infos)) == 1
    for index, (item, info) in enumerate(zip(items, infos, strict=True)):
        yield item, int(info) + index * counted if info else None


def _sentence(parts: list[Inline]) -> Inline:
    spans: list[Span] = []
    for part in parts:
        spans += [Span(" "), *part] if spans else part
    return tuple(spans)
