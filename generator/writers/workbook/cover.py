"""The cover: title, the themes on bands in their colours, lines for names and dates.

Bands run to the edges of the paper; they are part of the ground, in the page's coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Inline, QuestionSet, Span, Theme, plain
from generator.pdf.structure import Tag, numbered_list
from generator.strings import long_date
from generator.writers.workbook.boxes import Bar, Picture
from generator.writers.workbook.draft import Draft
from generator.writers.workbook.frame import EQUAL, Frame, unlinked


def typeset(text: str) -> str:
    """Replace three full stops by an ellipsis, which is one character."""
    return text.replace("...", "…")


def cover(question_set: QuestionSet, frame: Frame, section: Tag) -> Draft:
    page, themes = Draft(frame, "cover", section=section), question_set.themes
    page.tracked(frame.words.workbook, frame.style.cover_label_y, page.tag())
    _title(page, question_set)
    bands = _Bands(page, question_set.settings.workbook.cover == "quiet")
    if len(themes) == 1:
        bands.question(themes[0], question_set.title)
    elif len(themes) <= frame.style.cover_bands:
        bands.themes(themes)
    else:
        bands.columns(themes)
    _foot(page, question_set)
    return page


def _title(page: Draft, question_set: QuestionSet) -> None:
    """Set the title, as large as possible with the whole subtitle above the bands."""
    frame, style = page.frame, page.style
    count, themes = question_set.question_count, len(question_set.themes)
    summary = frame.words.summary(count, themes) if themes > 1 else frame.words.questions(count)
    below = frame.display(style.cover_subtitle)
    subtitle = (Span(question_set.subtitle or summary),)
    under = frame.balanced(subtitle, below, frame.width)
    title, bottom = (Span(typeset(question_set.title)),), frame.at(style.cover_band_y[0])
    base, gap = frame.at(style.cover_title_y), style.cover_subtitle_below * frame.scale
    for size in style.cover_title_sizes:
        most = 3 if size > style.cover_title_sizes[-3] else 4
        lines, shown = frame.largest(title, style.cover_title, [size], frame.width, most)
        last = base + (len(lines) - 1) * shown.leading
        whole = frame.measured(title, shown).widest <= frame.width / shown.size
        fit = 1 + int((bottom - style.clear - last - gap) // below.leading)
        if whole and len(lines) <= most and len(under) <= fit:
            break
    if len(under) > fit:
        under = frame.at_most(max(1, fit), subtitle, below, frame.width)
    page.set(lines, shown, 0.0, base, page.tag("H1"))
    page.set(under, below, 0.0, last + gap, page.tag())


class _Bands:
    def __init__(self, page: Draft, quiet: bool) -> None:
        """If `quiet`, only the outer edge is coloured, and the text stands beside it."""
        self.page, self.frame, self.style, self.quiet = page, page.frame, page.style, quiet
        self.top, self.bottom = map(page.frame.at, page.style.cover_band_y)
        self.edge = page.style.cover_edge if quiet else 0.0
        self.room = page.frame.width - self.edge

    def _band(self, y: float, height: float, color: str) -> None:
        """Draw a band from edge to edge, or at the outer edge alone."""
        x = self.frame.page_width - (self.edge or self.frame.page_width)
        area = (x, self.style.top_margin + y, self.frame.page_width - x, height)
        self.page.ground.append(Bar(*area, color))

    def _ink(self, theme: Theme) -> str:
        return self.page.palette.ink if self.quiet else self.page.palette.on_surface(theme.number)

    def themes(self, themes: Sequence[Theme]) -> None:
        """Draw a band for each theme, with its title and its range of numbers."""
        page, frame, style, gap = self.page, self.frame, self.style, self.style.cover_band_gap
        height = (self.bottom - self.top - (len(themes) - 1) * gap) / len(themes)
        numeral, text = frame.display(style.cover_numeral), frame.display(style.cover_theme)
        x, most = style.cover_text * frame.scale, max(1, int(height / text.leading - 0.5))
        listed = numbered_list(page.section)
        for theme in themes:
            y, ink = self.top + (theme.number - 1) * (height + gap), self._ink(theme)
            self._band(y, height, page.palette.surface(theme.number))
            accent = page.palette.accent(theme.number) if self.quiet else ink
            item, middle = listed.add("LI"), y + height / 2
            label, body = item.add("Lbl"), item.add("LBody")
            base = frame.middle(middle, numeral)
            page.text(str(theme.number), numeral, 0.0, base, label, accent)
            numbers = _range(theme)
            right = frame.width_of(numbers, style.cover_range) if numbers else 0.0
            room = self.room - x - right - style.clear
            title, sizes = unlinked(theme.title), style.cover_theme_sizes
            lines, shown = frame.largest(title, style.cover_theme, sizes, room, most)
            lines = lines if len(lines) <= most else frame.at_most(most, title, shown, room)
            page.set(lines, shown, x, frame.middle(middle, shown, len(lines)), body, ink, " ")
            base, end = frame.middle(middle, style.cover_range), frame.width - self.edge / 2
            page.text(numbers, style.cover_range, end, base, body, ink, 1.0)

    def question(self, theme: Theme, title: str) -> None:
        """Set the first question on the band of the only theme."""
        page, frame, style, room = self.page, self.frame, self.style, self.room
        height, ink = self.bottom - self.top, self._ink(theme)
        self._band(self.top, height, page.palette.surface(theme.number))
        text = unlinked(theme.questions[0].text)
        for size in style.cover_question_sizes:
            lines, shown = frame.largest(text, style.cover_question, [size], room, 4)
            most = int(height * 0.62 / shown.leading)
            if len(lines) <= most:
                break
        lines = lines if len(lines) <= most else frame.at_most(most, text, shown, room)
        page.set(lines, shown, 0.0, self.top + height * 0.16 + shown.size, page.tag(), ink, " ")
        if plain(theme.title) != title:
            below, base = frame.display(style.cover_range), self.bottom - style.closer_padding * 1.6
            line = frame.at_most(1, unlinked(theme.title), below, room)
            page.set(line, below, 0.0, base, page.tag(), ink)

    def columns(self, themes: Sequence[Theme]) -> None:
        """Set the titles of many themes, as many as can be read; the contents have all of them."""
        page, frame, style, height = self.page, self.frame, self.style, self.bottom - self.top
        if self.quiet:
            each = height / len(themes)
            for theme in themes:
                surface = page.palette.surface(theme.number)
                self._band(self.top + (theme.number - 1) * each, each, surface)
        else:
            self._band(self.top, height, style.cover_panel)
        columns, row, text = style.cover_columns, style.cover_column_row, style.cover_column
        if len(themes) <= style.cover_few:
            columns, row, text = 2, style.cover_few_row, style.cover_theme
        text, ink = frame.display(text), page.palette.ink if self.quiet else page.palette.paper
        number = text._replace(family="serif", weight="semibold")
        indent = frame.width_of(str(len(themes)), number)
        high = height - 2 * style.cover_column_pad * frame.scale
        most = int((high + EQUAL) / text.leading)

        def fitted(columns: int) -> tuple[int, int, int, float]:
            """Return how many titles are whole in this number of columns, with the columns, rows
            and width."""
            rows = min(-(-len(themes) // columns), most)
            width = (self.room - (columns - 1) * style.clear) / columns
            room = width - indent - style.number_gap
            shown = (plain(theme.title) for theme in themes[: rows * columns])
            return sum(frame.width_of(each, text) <= room for each in shown), columns, rows, width

        _, columns, rows, width = max(map(fitted, range(1, columns + 1)))
        pitch = max(min(row * frame.scale, high / rows), text.leading)
        first = (self.top + self.bottom - rows * pitch) / 2 + pitch / 2
        listed = numbered_list(page.section)
        for index, theme in enumerate(themes[: rows * columns]):
            column, place = divmod(index, rows)
            x, base = column * (width + style.clear), frame.middle(first + place * pitch, text)
            item, right = listed.add("LI"), x + indent
            page.text(str(theme.number), number, right, base, item.add("Lbl"), ink, 1.0)
            begins, body = right + style.number_gap, item.add("LBody")
            page.label(plain(theme.title), text, begins, base, x + width - begins, body, ink)


def _range(theme: Theme) -> str:
    """Return `11–20` if the questions of a theme have consecutive numbers."""
    first, last = theme.questions[0].number, theme.questions[-1].number
    if last - first != len(theme.questions) - 1:
        return ""
    return f"{first}–{last}" if last > first else str(first)


def _foot(page: Draft, question_set: QuestionSet) -> None:
    """Set lines for names and dates; opposite these author and date, or the logo."""
    frame, style, words, small = page.frame, page.style, page.words, page.style.small
    gutter = style.cover_gutter * frame.scale
    half = (frame.width - gutter) / 2
    quarter = (half - gutter) / 2
    imprint = _imprint(frame, question_set, half)
    low = frame.page_height - style.top_margin - style.edge - small.leading
    dates = min(frame.at(style.cover_dates_y), low)
    names = min(frame.at(style.cover_names_y), dates - frame.gap - small.leading)
    if frame.logo:
        base, above = frame.at(style.cover_label_y), style.edge - style.top_margin
    else:
        # An imprint of several lines lifts the names, as far as there is room below the bands.
        needed = sum(frame.measured(each, small).count(half / small.size) for each in imprint)
        highest = min(names, frame.at(style.cover_band_y[1]) + frame.gap * 0.8)
        names = max(highest, min(names, dates - needed * small.leading))
        base, above = dates + small.leading, names + small.leading
    for name, said, x, width, y in (
        ("name", words.name, 0.0, half, names),
        ("mentor", words.mentor, half + gutter, half, names),
        ("from", words.from_date, 0.0, quarter, dates),
        ("to", words.to_date, quarter + gutter, quarter, dates),
    ):
        page.signed(x, y, width, name, said, page.tag())
    if frame.logo:
        width, height = style.logo
        clear = dates - names - small.leading / 2  # of the words under the line above
        width, height = frame.logo.within(min(width, half), min(height, clear))
        area = (frame.width - width, dates + small.leading - height, width, height)
        page.add(Picture(*area, frame.logo, page.tag("Figure")))
    most = int((base - above + EQUAL) / small.leading)
    _set_imprint(page, imprint, base, half, most)


def _imprint(frame: Frame, made: QuestionSet, room: float) -> list[Inline]:
    """Return author and date, as one text if that fits on a line."""
    day = long_date(made.date, made.lang) if made.date else ""
    said = [each for each in (made.author, day) if each]
    together = " · ".join(said)
    if said and frame.width_of(together, frame.style.small) <= room:
        said = [together]
    return [(Span(each),) for each in said]


def _set_imprint(
    page: Draft, imprint: Sequence[Inline], last: float, room: float, most: int
) -> None:
    """Set author and date flush right, upwards from the last baseline. An author takes as many
    lines as there are free."""
    frame, small = page.frame, page.style.small
    most = max(1, most - len(imprint) + 1)
    made = [frame.at_most(most, text, small, room) for text in imprint]
    base = last - (sum(map(len, made)) - 1) * small.leading
    for lines in made:
        tag = page.tag()
        for line in map(plain, lines):
            x = frame.width - frame.width_of(line.rstrip(), small)
            page.text(line, small, x, base, tag)
            base += small.leading
