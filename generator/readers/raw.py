"""The output of the readers: a stream of blocks to be judged, or themes that need no judgement.

A format whose structure is a matter of judgement (Markdown, text, a web page, Word) delivers
`Block`s in the order of the page, and `decide.py` judges what asks, what is a heading and what is
furniture. A format that names its themes and questions (a table, data) delivers `RawTheme`s, and
nothing is guessed twice. No module after this one knows the format of a source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from generator.model import FollowUp, Inline, Note, plain
from generator.readers.asks import ASKS, asks, mean, pattern
from generator.readers.attributes import NOTHING, Attributes, rated
from generator.readers.front_matter import FrontMatter


class Kind(StrEnum):
    """The kind of a block, by its form alone."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    CODE = "code"
    END = "end"
    """The end of a fold or a callout; it has no text."""


class Mark(StrEnum):
    """The kind of mark before an item, whether it was typed or comes from a list."""

    NUMBER = "number"
    """1. (1) Q1: 1\\. \u2460 \uff11\uff0e"""
    DOTTED = "dotted"
    """1.1"""
    LETTER = "letter"
    """a) and, in other alphabets, \u03b1)"""
    CAPITAL = "capital"
    """A. over 1. over a) is three levels."""
    ROMAN = "roman"
    BULLET = "bullet"
    CIRCLE = "circle"
    SQUARE = "square"
    """\u25cf over \u25cb over \u25a0 is three levels, where a list was pasted as text."""
    BOX = "box"
    """[ ] and \u2610: something to tick"""


BULLETS = (Mark.BULLET, Mark.CIRCLE, Mark.SQUARE)


SUMMARY = 7
"""The level of a `<summary>` or of a callout's title, deeper than every heading."""
LINE = 8
"""The level of a short line that acts as a heading."""
LIST_ITEM = 9
"""The level of an item that acts as a heading."""
CHOICE = 80
"""Maximum characters of a choice."""


@dataclass(slots=True)
class Row:
    """One row of a table, and its line or its row number in a sheet."""

    line: int
    cells: tuple[Inline, ...]
    texts: list[str] = field(init=False)
    """The texts of its cells, without styles and surrounding white space."""

    def __post_init__(self) -> None:
        self.texts = [plain(cell).strip() if cell else "" for cell in self.cells]

    @property
    def filled(self) -> list[str]:
        """The texts that are not empty."""
        return [text for text in self.texts if text]

    @property
    def first(self) -> Inline:
        """The first cell that is not empty."""
        return next((cell for cell, text in zip(self.cells, self.texts, strict=True) if text), ())


class Line(NamedTuple):
    """A line of a text, before its mark is read."""

    line: int
    indent: float
    spans: Inline


@dataclass(slots=True, eq=False)
class Block:
    """One block of a page, in reading order. Nested lists differ in `indent`; there is no tree."""

    kind: Kind
    spans: Inline = ()
    r"""The text with styles, without the mark or number at its start and without our braces. Line
    breaks are `\n`."""
    line: int = 0
    """Counted from 1, as in editors; in Word, the number of the paragraph in the document."""
    level: int = 0
    """HEADING only: 1 to 6, or SUMMARY, LINE, LIST_ITEM."""
    indent: float = 0
    """In columns of text, for an item and for a line below it; a deeper list level is indented by
    at least two columns more."""
    mark: Mark = Mark.BULLET
    """ITEM only."""
    number: int | None = None
    """ITEM only: the number that was typed, or that the list gives."""
    inside: bool = False
    """True for a further paragraph (or code, or table) within the item before it."""
    styled: bool = False
    """True if all of the text is bold or underlined by its style."""
    links: bool = False
    """True if the text is little more than links."""
    note: bool = False
    """True if the author marked it as a note for the facilitator (`::: notes`, a footnote, a
    comment)."""
    depth: int = 0
    """For a note that is an item of a list: its depth, 1 for the outermost."""
    blank: bool = True
    """True if there is an empty line before it."""
    rows: list[Row] = field(default_factory=list)
    """TABLE only."""
    lines: list[Line] = field(default_factory=list)
    """The lines of the text, if the format knows how far each is indented."""
    asked: Attributes = NOTHING
    """The attributes in braces at its end, or those of a `<!-- skip -->` beside it."""

    @property
    def text(self) -> str:
        """The text without styles."""
        return plain(self.spans)

    @property
    def called(self) -> bool:
        """True if a word or a code before it says that it is a question: `Statement: ...`."""
        return self.kind is Kind.ITEM and self.mark is Mark.NUMBER and self.number is None

    @property
    def bold(self) -> bool:
        """True if all of the text is bold."""
        written = [span for span in self.spans if span.text.strip()]
        return self.styled or (bool(written) and all(span.strong for span in written))


@dataclass(slots=True, eq=False)
class RawQuestion:
    """A question as it was read; numbers, inheritance and answer spaces are settled later."""

    text: Inline
    line: int
    number: int | None = None
    followups: list[FollowUp] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    asked: Attributes = NOTHING
    carrier: str = Kind.TABLE
    """The kind of block that it was read from."""
    theme: Inline = ()
    """The theme that a column names."""
    links: bool = False
    """True if the text was little more than links."""
    called: bool = False
    """True if a word or a code before it said that it is a question."""
    below: list[tuple[int, Block]] = field(default_factory=list)
    """Items below it with their depths, from 1, until they are settled."""
    asked_below: list[Block] = field(default_factory=list)
    """The items among them that have attributes in braces, or are to be skipped."""

    @property
    def plain(self) -> str:
        """The text without styles."""
        return plain(self.text)

    @property
    def asks(self) -> bool:
        """True if it asks by its text, its choices, its answer space or the word before it."""
        answered = bool(self.choices) or self.asked.answer is not None
        return self.called or answered or asks(self.plain) >= ASKS or are_choices(self.below)

    def add_note(self, block: Block) -> None:
        """Add a note after all that was found under the question so far; one that describes a scale
        is the answer space."""
        self.settle()
        scale = rated(block.text) if pattern("scale").match(block.text) else None
        if scale and not self.choices and self.asked.answer is None:
            self.asked = self.asked._replace(answer=scale)
            return
        self.notes.append(Note(block.spans, block.depth, block.number if block.depth else None))

    def settle(self) -> None:
        """Settle the items under the question: those that ask are follow-ups, two or more short
        ones that do not are choices, and all others are notes. Under a list of labels ("Time: 3
        minutes", "Follow-up: why?") each is judged alone, and none is a choice."""
        below = [each for each in self.below if not each[1].asked.skip]
        self.asked_below += [block for _, block in self.below if block.asked != NOTHING]
        self.below = []
        if not below:
            return
        top = [block for depth, block in below if depth == 1]
        marks = {block.mark for block in top}
        enough = 0.75 if self.notes else 0.5
        lone = len(top) == 1 and Mark.DOTTED in marks
        # "Explain the following terms:" names parts of what it asks, not answers to choose from.
        leads = self.plain.endswith((":", "：")) and asks(self.plain) < 0.9
        parts = leads and Mark.BOX not in marks
        flat = len(top) == len(below) and Mark.BOX not in marks
        if flat and mean(is_labelled(block.spans) for block in top) > 0.5:
            for _, block in below:
                if asks(block.text) >= ASKS:
                    self.followups.append(FollowUp(block.spans))
                else:
                    self.add_note(block)
        elif mean(asks(block.text) for block in top) >= enough or lone or parts:
            self.followups += [FollowUp(block.spans, depth) for depth, block in below]
        elif Mark.BOX in marks or (not self.notes and len(top) == len(below) and _choices(top)):
            self.choices += [block.text for _, block in below]
        else:
            self.notes += [Note(block.spans, depth, block.number) for depth, block in below]


def is_labelled(spans: Inline) -> bool:
    """Return True if a text begins with a label in bold: "**Scale**: 1-5"."""
    bold = plain(tuple(takewhile(lambda span: span.strong, spans)))
    return bool(bold) and plain(spans)[len(bold.rstrip(" :：")) :].lstrip()[:1] in (":", "：")


def are_choices(below: list[tuple[int, Block]]) -> bool:
    """Return True if the items under a text are boxes with a few words each. A statement over them
    is a question as well, but the name of a checklist is not."""
    words_of = [len(block.text.split()) for _, block in below if block.mark is Mark.BOX]
    return len(words_of) > 1 and len(words_of) == len(below) and mean(words_of) <= 4


def _choices(items: list[Block]) -> bool:
    return len(items) > 1 and all(
        len(each.text) <= CHOICE and not each.text.endswith(".") for each in items
    )


@dataclass(slots=True, eq=False)
class RawTheme:
    """A theme as it was read; `title` is empty if the source names none."""

    title: Inline
    line: int
    questions: list[RawQuestion] = field(default_factory=list)
    intro: list[Inline] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    asked: Attributes = NOTHING
    level: int = 0
    """The level of its heading; 0 if it has none, or if it is that of the set."""

    @property
    def name(self) -> str:
        """The title without styles."""
        return plain(self.title)


@dataclass(slots=True)
class Source:
    """The result of a reader: blocks to be judged, or themes that need no judgement."""

    matter: FrontMatter
    blocks: list[Block] = field(default_factory=list)
    themes: list[RawTheme] | None = None
    """None if `blocks` are to be judged."""
    title: str = ""
    """The title in the document itself, such as a paragraph in Word's style Title. The front matter
    overrides it, and it overrides every guess."""
    subtitle: str = ""
