"""What readers of formats hand on: a stream of blocks, or themes that they know already.

A format whose structure is a matter of judgement (Markdown, text, a web page, Word) delivers
`Block`s in the order of the page, and `decide.py` judges what asks, what is a heading and what is
furniture. A format that names its themes and questions (a table, data) delivers `RawTheme`s and
nothing is guessed twice. Nothing after this module knows the format that a source had.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.model import FollowUp, Inline, Note, plain
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


@dataclass(slots=True)
class Row:
    """One row of a table, and the line (or the row of the sheet) where it stands."""

    line: int
    cells: tuple[Inline, ...]
    texts: list[str] = field(init=False)
    """Of its cells, without styles and without white space at their ends."""

    def __post_init__(self) -> None:
        self.texts = [plain(cell).strip() if cell else "" for cell in self.cells]


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
    bold: bool = False
    """All of its text is strong."""
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
    asked: Attributes = NOTHING
    """What braces of ours at its end ask for, or a `<!-- skip -->` beside it."""

    @property
    def text(self) -> str:
        """The text alone."""
        return plain(self.spans)


@dataclass(slots=True)
class RawQuestion:
    """A question as it was read: numbers, inheritance and answer spaces are settled later."""

    text: Inline
    line: int
    number: int | None = None
    followups: list[FollowUp] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    asked: Attributes = NOTHING


@dataclass(slots=True)
class RawTheme:
    """A theme as it was read. `title` is empty where the source names none."""

    title: Inline
    line: int
    questions: list[RawQuestion] = field(default_factory=list)
    intro: list[Inline] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    asked: Attributes = NOTHING


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
