"""Fits texts into placeholders: finds the size at which they fit, or divides them.

Nothing is left to autofit, which no program applies when it opens a file. Lines have an exact
height, so that the height of a text depends on the number of lines alone, whichever font replaces
ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.model import Inline
from generator.writers.office.metrics import Fonts
from generator.writers.slides.presentation import Paragraph, Placeholder


class Row(NamedTuple):
    """Paragraphs that stay together, and their height with the gaps after them."""

    paragraphs: tuple[Paragraph, ...]
    height_pt: float


class Fit:
    """Fits the texts of one deck, with the widths of its fonts."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts

    def count(self, text: Inline, place: Placeholder, size: float, level: int = 1) -> int:
        """Return the number of lines of a text, at least one."""
        return self._fonts.measured(text, place.font).count(_width(place, size, level))

    def width_pt(self, text: Inline, font: str, size: float) -> float:
        """Return the width of a text on one line."""
        return self._fonts.measured(text, font).width * size

    def height(self, text: Inline, place: Placeholder, size: float, level: int = 1) -> float:
        return self.count(text, place, size, level) * place.line_pt(size)

    def size_of(self, texts: Sequence[Inline], place: Placeholder) -> int | None:
        """Return the first of the placeholder's sizes at which texts fit into it, or None."""
        measured = [self._fonts.measured(text, place.font) for text in texts]
        widest = max((each.widest for each in measured), default=0.0)
        for size in place.sizes_pt:
            width, line = _width(place, size, 1), place.line_pt(size)
            if widest > width and size > place.sizes_pt[-1]:
                continue  # a word would be broken between its letters
            counts = [each.count(width) for each in measured]
            calm = not place.calm_pt or size < place.calm_pt or max(counts) <= place.calm_lines
            if calm and sum(counts) * line + place.gap_pt * len(counts) <= room(place):
                return size
        return None

    def parts(self, text: Inline, place: Placeholder, level: int = 1) -> tuple[list[Inline], int]:
        """Return a text in the largest size that fits. If none does, return parts of about equal
        length, none taller than the placeholder."""
        if level == 1 and (size := self.size_of([text], place)):
            return [text], size
        size = place.sizes_pt[-1]
        most = max(int(place.box_pt[3] // place.line_pt(size)), 1)
        full = self.count(text, place, size, level)
        if full <= most:
            return [text], size
        step = -(-full // -(-full // most))
        measured = self._fonts.measured(text, place.font)
        return measured.parts(_width(place, size, level), step), size

    def shortened(self, texts: Sequence[Inline], place: Placeholder) -> tuple[list[Inline], int]:
        """Return paragraphs in the largest size that fits. If none does, return as much of them as
        fits in the smallest, at least a line, and an ellipsis."""
        if size := self.size_of(texts, place):
            return list(texts), size
        size, made = place.sizes_pt[-1], list[Inline]()
        left = room(place)
        for text in texts:
            most = int((left - place.gap_pt) // place.line_pt(size))
            if most < 1 and made:
                break
            made.append(self.begun(text, place, size, max(most, 1)))
            left -= self.height(text, place, size) + place.gap_pt
        return made, size

    def begun(self, text: Inline, place: Placeholder, size: float, most: int) -> Inline:
        """Return a text, or its first lines and an ellipsis."""
        return self._fonts.measured(text, place.font).begun(most, _width(place, size, 1))

    def narrower_pt(self, text: Inline, place: Placeholder) -> float:
        """Return how much narrower the placeholder must be for lines of about equal length."""
        width = _width(place, place.size_pt, 1)
        lines = self._fonts.measured(text, place.font).balanced(width)
        if len(lines) < 2:
            return 0.0
        widest = max(self._fonts.measured(line, place.font).width for line in lines)
        return max(0.0, round((width - widest - _SLACK) * place.size_pt))

    def row(self, paragraphs: Sequence[Paragraph], place: Placeholder, size: float) -> Row:
        """Return paragraphs in the sizes of their levels, with `size` for the first level."""
        made = [each._replace(size_pt=place.level_pt(each.level, size)) for each in paragraphs]
        heights = [self.height(e.text, place, e.size_pt, e.level) + place.gap_pt for e in made]
        # A number stands on a line of its own where the word behind it is wider than the line.
        parted = made[0].number and not self._holds_words(made[0].text, place, size)
        return Row(tuple(made), sum(heights) + (place.line_pt(size) if parted else 0))

    def _holds_words(self, text: Inline, place: Placeholder, size: float) -> bool:
        return self._fonts.measured(text, place.font).widest <= _width(place, size, 1)

    def columns(
        self, entries: Sequence[Sequence[Paragraph]], place: Placeholder, beside: int
    ) -> list[list[Row]]:
        """Return columns of about equal height, in the largest size that needs no more slides than
        the smallest. A slide has `beside` columns."""
        most_pt = room(place)
        least = [self.row(entry, place, place.sizes_pt[-1]) for entry in entries]
        slides = -(-len(_filled(least, most_pt)) // beside)
        for size in place.sizes_pt:
            if place.line_pt(size) * len(entries) > most_pt * beside * slides:
                continue
            rows = [self.row(entry, place, size) for entry in entries]
            fits = all(each.height_pt <= most_pt for each in rows)
            if fits and len(_filled(rows, most_pt)) <= beside * slides:
                return _evened(rows, most_pt, beside)
        return _evened(least, most_pt, beside)


_RANGE = 1.5
"""A text that would be smaller than the median by this much has a size of its own."""
_STEP = 1.25
"""Maximum step between the sizes of a deck."""
_SLACK = 0.4
"""Room in em that is kept free on a line, as other programs measure slightly differently."""


def room(place: Placeholder) -> float:
    """Return the height for texts; the gap after the last paragraph may extend below it."""
    return place.box_pt[3] + place.gap_pt


def _width(place: Placeholder, size: float, level: int) -> float:
    """Return the width in em."""
    return max((place.box_pt[2] - place.indent_pt(level, size)) / size, 1.0)


def _evened(rows: Sequence[Row], most_pt: float, beside: int) -> list[list[Row]]:
    """Return as few columns as possible, with the tallest of them as low as possible."""
    full = len(_filled(rows, most_pt))
    most = -(-full // beside) * beside
    low, high = 0.0, most_pt
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(rows, middle)) <= most else (middle, high)
    return _filled(rows, high) if rows else []


def _filled(rows: Sequence[Row], most_pt: float) -> list[list[Row]]:
    made: list[list[Row]] = [[]]
    used = 0.0
    for each in rows:
        if made[-1] and used + each.height_pt > most_pt:
            made.append([])
            used = 0.0
        made[-1].append(each)
        used += each.height_pt
    return made


def few_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """Reduce the sizes that the texts of a deck could have to a few.

    These are one that nearly all can have, and one a step larger if half of them can: slides that
    change their size from one to the next look restless. One long text does not make all others
    small.
    """
    if not sizes:
        return ()
    ordered = sorted(sizes)
    usual = ordered[len(ordered) // 2]
    base = next(each for each in ordered[len(ordered) // 10 :] if each * _RANGE >= usual)
    larger = [each for each in ordered[len(ordered) // 2 :: -1] if each <= base * _STEP]
    smaller = {each for each in ordered if each < base}
    return tuple(sorted({base, larger[0], *smaller}, reverse=True))
