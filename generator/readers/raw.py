"""What readers of formats hand on: a stream of blocks, or themes that they know already.

A format whose structure is a matter of judgement (Markdown, text, a web page, Word) delivers
`Block`s in the order of the page, and `decide.py` judges what asks, what is a heading and what is
furniture. A format that names its themes and questions (a table, data) delivers `RawTheme`s and
nothing is guessed twice. Nothing after this module knows the format that a source had.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from generator.model import FollowUp, Inline, Note, plain
from generator.readers.asks import ASKS, asks, mean
from generator.readers.attributes import NOTHING, Attributes
from generator.readers.front_matter import FrontMatter


class Kind(StrEnum):
    """What a block is by its form alone."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    CODE = "code"
    END = "end"
    """Where a summary or a callout closes; it has no text."""


class Mark(StrEnum):
    """The kind of mark that an item has, however it was typed or whichever list gave it."""

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
    BOX = "box"
    """[ ] and \u2610: something to tick"""


SUMMARY = 7
"""Level of a `<summary>`, or of the title of a callout: deeper than every heading."""
LINE = 8
"""Level of a short line that acts as a heading."""
LIST_ITEM = 9
"""Level of a list's item that acts as a heading."""
CHOICE = 80
"""Characters of the longest choice."""


@dataclass(slots=True)
class Row:
    """One row of a table, and the line (or the row of the sheet) where it stands."""

    line: int
    cells: tuple[Inline, ...]
    texts: list[str] = field(init=False)
    """Of its cells, without styles and without white space at their ends."""

    def __post_init__(self) -> None:
        self.texts = [plain(cell).strip() if cell else "" for cell in self.cells]

    @property
    def filled(self) -> list[str]:
        """The texts that are there."""
        return [text for text in self.texts if text]

    @property
    def first(self) -> Inline:
        """The first cell that has a text."""
        return next((cell for cell, text in zip(self.cells, self.texts, strict=True) if text), ())


class Line(NamedTuple):
    """A line of a text, before its mark is read."""

    line: int
    indent: float
    spans: Inline


@dataclass(slots=True, eq=False)
class Block:
    """One block of a page, in reading order; list nesting is in `indent`, never in a tree."""

    kind: Kind
    spans: Inline = ()
    """Its text with styles, without the mark or number at its start and without braces of ours.
    Line breaks are `\\n`."""
    line: int = 0
    """Counted from 1, as editors do; in Word the paragraph's place in the document."""
    level: int = 0
    """HEADING only: 1 to 6, or SUMMARY, LINE, LIST_ITEM."""
    indent: float = 0
    """ITEM only: in columns of text; a deeper list level is at least two columns more."""
    mark: Mark = Mark.BULLET
    """ITEM only."""
    number: int | None = None
    """ITEM only: the numeral that was typed, or that the list gives it."""
    inside: bool = False
    """A further paragraph (or code, or table) within the item before it."""
    styled: bool = False
    """All of its text is bold or underlined by its style."""
    links: bool = False
    """It is hardly more than links."""
    note: bool = False
    """Its author marked it as a note for the facilitator (`::: notes`, a footnote, a comment)."""
    depth: int = 0
    """Of a note that is an item of a list: 1 for the outermost."""
    blank: bool = True
    """There is an empty line before it."""
    rows: list[Row] = field(default_factory=list)
    """TABLE only."""
    lines: list[Line] = field(default_factory=list)
    """Of its text, where the format knows how far each is indented."""
    asked: Attributes = NOTHING
    """What braces of ours at its end ask for, or a `<!-- skip -->` beside it."""

    @property
    def text(self) -> str:
        """The text alone."""
        return plain(self.spans)

    @property
    def bold(self) -> bool:
        """Whether all of its text is bold."""
        written = [span for span in self.spans if span.text.strip()]
        return self.styled or (bool(written) and all(span.strong for span in written))


@dataclass(slots=True, eq=False)
class RawQuestion:
    """A question as it was read: numbers, inheritance and answer spaces are settled later."""

    text: Inline
    line: int
    number: int | None = None
    followups: list[FollowUp] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    asked: Attributes = NOTHING
    carrier: str = Kind.TABLE
    """The kind of block that it was."""
    theme: Inline = ()
    """That a column names."""
    links: bool = False
    """It was hardly more than links."""
    below: list[tuple[int, Block]] = field(default_factory=list)
    """Items under it and their depth, from 1, until they are settled."""
    asked_below: list[Block] = field(default_factory=list)
    """Those of them that ask for something in braces, or to be skipped."""

    @property
    def plain(self) -> str:
        """The text alone."""
        return plain(self.text)

    @property
    def asks(self) -> bool:
        """Whether it asks by its text, its choices or the answer space that it wants."""
        answered = bool(self.choices) or self.asked.answer is not None
        return answered or asks(self.plain) >= ASKS or are_choices(self.below)

    def add_note(self, block: Block) -> None:
        """Put a block below what stands under the question already."""
        self.settle()
        self.notes.append(Note(block.spans, block.depth, block.number if block.depth else None))

    def settle(self) -> None:
        """What the items under it are: follow-ups if they ask, choices if they are two or more
        short ones that do not, else notes."""
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
        if mean(asks(block.text) for block in top) >= enough or lone or parts:
            self.followups += [FollowUp(block.spans, depth) for depth, block in below]
        elif Mark.BOX in marks or (not self.notes and len(top) == len(below) and _choices(top)):
            self.choices += [block.text for _, block in below]
        else:
            self.notes += [Note(block.spans, depth, block.number) for depth, block in below]


def are_choices(below: list[tuple[int, Block]]) -> bool:
    """Whether what stands under a text are boxes with a few words each: a statement over them is a
    question as well, but the name of a check list is none."""
    words_of = [len(block.text.split()) for _, block in below if block.mark is Mark.BOX]
    return len(words_of) > 1 and len(words_of) == len(below) and mean(words_of) <= 4


def _choices(items: list[Block]) -> bool:
    return len(items) > 1 and all(
        len(each.text) <= CHOICE and not each.text.endswith(".") for each in items
    )


@dataclass(slots=True, eq=False)
class RawTheme:
    """A theme as it was read. `title` is empty where the source names none."""

    title: Inline
    line: int
    questions: list[RawQuestion] = field(default_factory=list)
    intro: list[Inline] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    asked: Attributes = NOTHING
    level: int = 0
    """Of its heading; 0 where it has none, or that of the set."""

    @property
    def name(self) -> str:
        """The title alone."""
        return plain(self.title)


@dataclass(slots=True)
class Source:
    """What the module of a format makes of a file: blocks to be judged, or themes that it knows."""

    matter: FrontMatter
    blocks: list[Block] = field(default_factory=list)
    themes: list[RawTheme] | None = None
    """None where `blocks` are to be judged."""
    title: str = ""
    """That the document names itself by, such as a paragraph in Word's style Title. It stands
    below the front matter's and over every guess."""
    subtitle: str = ""
