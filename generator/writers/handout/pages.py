"""Predicts the pages of the paragraphs, so that rules for notes fill the last one.

Only Word knows them for certain. This follows its rules as far as our styles use them: a paragraph
that is kept with the next moves with it (17.3.1.15), and lines are broken by the widths of the
fonts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.look.style import MM, HandoutStyle, Logo
from generator.model import Inline, Span, plain
from generator.text.lines import Measured
from generator.writers.handout.paragraphs import Paragraph
from generator.writers.office.metrics import Fonts

_LINE = {"Cambria": 1.172, "Calibri": 1.221}
"""The height of a line relative to its size: ascent, descent and line gap of each family."""
_OTHER_LINE = 1.3
KEPT = ("Title", "Subtitle", "Hint", "Heading 1", "Theme Intro", "TOC Heading")
"""Styles that keep a paragraph with the next, though their names do not say so."""
_BORDER_PT = 3.75
"""The height under a heading of the rule and its distance from the text."""
_DESCENT_PT = 3.0
"""The maximum descent of the line that a logo stands on."""


class Pages(NamedTuple):
    starts: tuple[int, ...]
    """The index of the first paragraph on each page."""
    left_pt: float
    """The free height of the last page."""


class Setting(NamedTuple):
    """The measures of a paragraph. One without a text is a rule to write on, and all of its height
    is before it."""

    before_pt: float
    after_pt: float
    text: Measured | None = None
    width_em: float = 0.0
    size_pt: float = 0.0
    line_pt: float = 0.0
    font: str = ""
    indent_pt: float = 0.0

    @property
    def lines(self) -> list[Inline]:
        return self.text.lines(self.width_em) if self.text else []

    @property
    def height_pt(self) -> float:
        count = self.text.count(self.width_em) if self.text else 0
        return self.before_pt + count * self.line_pt + self.after_pt


class Paper:
    """A page's measures for a handout, and the texts that were measured for it."""

    def __init__(
        self, paper_mm: tuple[float, float], hanging_mm: float, style: HandoutStyle,
        logo: Logo | None,
    ) -> None:  # fmt: skip
        """Set up the page; the logo stands in the header of the first one."""
        width_mm = paper_mm[0] - 2 * style.side_margin_mm
        height_mm = paper_mm[1] - style.top_margin_mm - style.bottom_margin_mm
        self._width_pt, self._height_pt = width_mm * MM, height_mm * MM
        self._taken_pt = 0.0
        if logo:
            above_mm = style.edge_distance_mm + style.logo_after_mm - style.top_margin_mm
            above_mm += logo.within(*style.logo_mm)[1]
            self._taken_pt = max(0.0, above_mm * MM + _DESCENT_PT)
        self._hanging_pt, self._style, self.fonts = hanging_mm * MM, style, Fonts()

    def pages(self, paragraphs: Sequence[Paragraph]) -> Pages:
        starts, used = [0], self._taken_pt
        for start, height, after in self._blocks(paragraphs):
            if used and used + height - after > self._height_pt:
                starts.append(start)
                used = 0.0
            used += height
            while used - after > self._height_pt:  # higher than a page
                starts.append(start)
                used -= self._height_pt
        return Pages(tuple(starts), self._height_pt - used)

    def is_short(self, paragraphs: Sequence[Paragraph]) -> bool:
        """Return True if a theme, without its notes, is so short that no page break needs to divide
        it."""
        asking = (each for each in paragraphs if not each.style.startswith("Notes"))
        heights = (self.setting(each).height_pt for each in asking)
        return sum(heights) < self._style.whole * self._height_pt

    def free_lines(self, paragraphs: Sequence[Paragraph], pages: Pages) -> int:
        """Return how many rules fit on the last page. Returns 0 if the widths of the characters are
        not known, so that no further page is begun by mistake."""
        left_pt = pages.left_pt - self._style.spare_mm * MM
        free = max(int(left_pt // (self._style.line_pitch_mm * MM)), 0)
        return free if free and self.knows(paragraphs) else 0

    def knows(self, paragraphs: Sequence[Paragraph]) -> bool:
        """Return True if the widths of all characters are known, and with them the pages."""
        return all(self.fonts.knows(span.text) for each in paragraphs for span in each.text)

    def on_a_line(self, text: str, page_of: str) -> str:
        """Return as much of a text as fits beside the number of a page."""
        font, size = f"{self._style.sans}-regular", self._style.small_pt
        page = page_of.format(page=100, count=100)
        taken = self.fonts.measured((Span(page),), font).width
        line = self.fonts.measured((Span(text),), font).begun(1, self._width_pt / size - taken - 1)
        return plain(line)

    def _blocks(self, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, float, float]]:
        """Yield groups of paragraphs that no page break divides: the index of the first, their
        height, and the part of it that is space after the last, which may extend beyond the
        page."""
        start, height = 0, 0.0
        for place, each in enumerate(paragraphs):
            set_ = self.setting(each)
            height += set_.height_pt
            kept = each.style in KEPT or each.style.endswith(" Kept")
            if not kept or place == len(paragraphs) - 1:
                yield start, height, set_.after_pt
                start, height = place + 1, 0.0

    def setting(self, paragraph: Paragraph) -> Setting:
        """Return the measures of a paragraph in its style."""
        style, name = self._style, paragraph.style.removesuffix(" Kept")
        if name in ("Answer", "Notes"):
            last = paragraph.style == "Answer"
            return Setting(style.line_pitch_mm * MM, style.room_after_pt * last)
        before, after = 0.0, style.question_after_pt
        family, weight, size, indent = style.sans, "regular", style.text_pt, 0.0
        if name == "Title":
            family, weight, size, after = style.serif, "bold", style.title_pt, 0.0
        elif name == "Heading 1":
            family, weight, size = style.serif, "bold", style.theme_pt
            before, after = style.theme_before_pt, style.theme_after_pt + _BORDER_PT
        elif name == "Subtitle":
            size, after = style.subtitle_pt, 0.0
        elif name == "Hint":
            before, after = style.hint_before_pt, style.hint_after_pt
        elif name.startswith("TOC"):
            before, after = style.theme_before_pt * (name == "TOC Heading"), 0.0
        elif name == "Theme Intro":
            size, after = style.intro_pt, style.theme_after_pt
        elif name in ("Question", "Choice", "Field") or name.startswith("Follow-up"):
            indent = self._hanging_pt + style.indent_mm * MM * (name[-1:].isdigit() + 0)
            after = style.room_after_pt if name == "Field" else after
        font, line = f"{family}-{weight}", size * _LINE.get(family, _OTHER_LINE)
        text = self.fonts.measured(paragraph.text, font)
        width = max((self._width_pt - indent) / size, 1.0)
        return Setting(before, after, text, width, size, line, font, indent)
