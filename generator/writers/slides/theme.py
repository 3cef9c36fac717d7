"""The slides of a theme: its title, an overview, and its questions, one by one or together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import NamedTuple

from generator.look.style import Box
from generator.model import AnswerKind, Inline, Question, QuestionSet, Span, Theme, plain
from generator.strings import capitals
from generator.writers.slides import look
from generator.writers.slides.deck import Deck, Field, text
from generator.writers.slides.fit import Fit, few_sizes, room
from generator.writers.slides.notes import notes_of_question, notes_of_theme, with_name
from generator.writers.slides.presentation import (
    AGENDA,
    PALE,
    Design,
    Key,
    Layout,
    Paragraph,
    Placeholder,
    Shape,
    Slide,
)

ONE, MANY = "\u25cb", "\u2610"
"""The mark before an answer to choose: a circle, or a box if several can be ticked."""
_SENTENCE = re.compile(r"[.!?…؟।]+[\"”’»)]*(?=\s+[^\sa-z])|[。！？][」』”]*")


def theme_slides(deck: Deck, theme: Theme) -> list[Slide]:
    """Return the slides of a theme. Links to the theme lead to the first."""
    options, made = deck.question_set.settings.slides, _ThemeSlides(deck, theme)
    slides: list[Slide] = []
    if options.section and (theme.intro or plain(theme.title) != deck.question_set.title):
        slides.append(made.section())
    if options.overview and len(theme.questions) > 2:
        slides += made.overview()
    notes = notes_of_theme(theme, made.page(0) if slides else "", deck.words)
    if options.questions_per_slide == 1:
        for place in range(1, len(theme.questions) + 1):
            slides += made.question(place)
    else:
        slides += made.lists(options.questions_per_slide)
    first = slides[0]
    keys, notes = ((theme.number, 0), *first.keys), (*notes, *first.notes)
    return [first._replace(keys=keys, notes=notes), *slides[1:]]


class _Part(NamedTuple):
    """The part of a question on one slide."""

    use: str
    """The use of its layout."""
    asked: Paragraph
    below: list[Paragraph]


class _ThemeSlides:
    """Makes the slides of one theme. The places of its questions are counted from 1."""

    def __init__(self, deck: Deck, theme: Theme) -> None:
        self.deck, self.theme, self.words = deck, theme, deck.words
        self.accent, self.style, self.fit = deck.accent(theme), deck.style, deck.fit
        self.number = str(theme.number) if deck.has_themes else ""

    def page(self, place: int) -> str:
        """Return where the workbook has a question, or the theme; empty if it has not."""
        page = self.deck.context.workbook_pages.get((self.theme.number, place))
        return self.words.workbook_page.format(page=page) if page else ""

    def layout(self, use: str) -> Layout:
        return self.deck.design.layout(use, self.accent)

    def slide(self, layout: Layout, fields: Mapping[str, Field], links: Mapping[str, Key]) -> Slide:
        """Return a slide of the theme. If a template has a footer, that leads to the agenda."""
        if self.deck.agenda:
            fields = {**fields, "foot": self.words.back_to_agenda}
            links = {**links, "foot": AGENDA}
        return self.deck.slide(layout, fields, self.accent, links)

    @property
    def label(self) -> str:
        """The number of the theme among all of them; empty for a single one."""
        count = len(self.deck.question_set.themes)
        return self.words.theme_of.format(number=self.number, count=count) if self.number else ""

    def heading(self, about: str, layout: Layout) -> str:
        """Return the title of a slide about the theme. The theme is named by its number if its own
        title leaves no room for the rest."""
        whole = f"{plain(self.theme.title)} · {about}"
        if self.fit.size_of([text(whole)], layout.place(layout.heading)):
            return whole
        return " · ".join(filter(None, (self.label, about)))

    def section(self) -> Slide:
        theme, layout = self.theme, self.layout("section")
        fields: dict[str, Field] = {
            "title": theme.title,
            "label": capitals(self.label, self.deck.question_set.lang),
            "body": first_sentence(theme.intro[0]) if theme.intro else "",
            "extent": " · ".join(filter(None, (self.deck.extent(theme), self.page(0)))),
        }
        if (large := layout.role("numeral")) and self.number:
            size = large.sizes_pt[min(len(self.number), len(large.sizes_pt)) - 1]
            fields["numeral"] = [Paragraph(text(self.number), size)]
        return self.slide(layout, fields, self.deck.back("label"))

    def overview(self) -> Iterator[Slide]:
        words, questions = self.words, self.theme.questions
        layout, pages = self._overview_pages()
        count = words.questions(len(questions)).replace(" ", "\u00a0")
        about = count if layout.role("heading") else words.overview
        for part, page in enumerate(pages, 1):
            title = self.heading(self.deck.part(about, part, len(pages)), layout)
            fields: dict[str, Field] = {"heading": words.overview, "title": title}
            fields |= {"number": self.number, **page}
            yield self.slide(layout, fields, self.deck.back("title"))

    def _overview_pages(self) -> tuple[Layout, list[dict[str, list[Paragraph]]]]:
        """Return the overview in one column if there are few questions, or if two columns would
        break their lines without showing them larger."""
        one, two = self.layout("overview-few"), self.layout("overview")
        in_one = list(self.deck.pages(self._entries(one.place("body")), one))
        if len(self.theme.questions) <= self.style.overview_few:
            return one, in_one
        body = two.place("body")
        in_two = list(self.deck.pages(self._entries(body), two))
        sizes = [pages[0]["body"][0].size_pt for pages in (in_one, in_two)]
        broken = any(self.fit.count(e.text, body, sizes[1]) > 1 for e in self.theme.questions)
        better = len(in_one) <= len(in_two) and sizes[0] >= sizes[1] and broken
        return (one, in_one) if better else (two, in_two)

    def _entries(self, body: Placeholder) -> list[list[Paragraph]]:
        """Return questions that lead to their slides and nowhere else."""
        made = []
        for place, each in enumerate(self.theme.questions, 1):
            asked = tuple(replace(span, href=None) for span in each.text)
            begun = self.fit.begun(asked, body, body.sizes_pt[-1], self.style.overview_lines)
            target = (self.theme.number, place)
            made.append([Paragraph(begun, number=str(each.number), target=target)])
        return made

    # -- one question a slide

    def question(self, place: int) -> Iterator[Slide]:
        question, key = self.theme.questions[place - 1], (self.theme.number, place)
        notes = notes_of_question(question, self.page(place), self.words)
        parts = list(self._parts(question))
        for number, part in enumerate(parts, 1):
            slide = self._asking(place, part, (number, len(parts)))
            slide = slide._replace(shapes=(*self._progress(place), *self._bars(slide)))
            yield slide._replace(keys=(key,), notes=notes) if number == 1 else slide

    def _asking(self, place: int, part: _Part, of: tuple[int, int]) -> Slide:
        """Return the slide that asks a question, or a part of one."""
        words, title = self.words, self.theme.title
        question, layout = self.theme.questions[place - 1], self.layout(part.use)
        count = words.question_of.format(number=place, count=len(self.theme.questions))
        further = words.question_of.format(number=of[0], count=of[1]) if of[1] > 1 else ""
        status = f"{count} · {further}" if further else count
        if layout.heading == "question" and (further or not self.deck.is_title(part.asked.text)):
            layout = self.layout(f"{part.use}-part")
            count = f"{words.question.format(number=question.number)} · {further or count}"
        size = min(round(part.asked.size_pt * self.style.number_size), self.style.number_pt)
        number = Paragraph(text(str(question.number)), max(size, self.style.least_pt))
        fields: dict[str, Field] = {
            "title": f"{question.number} · {plain(title)} · {status}",
            "question": [part.asked],
            "followups": part.below,
            "label": title,
            "count": count,
            "minutes": words.minutes.format(count=question.minutes) if question.minutes else "",
            "number": [number],
        }
        links = {**self.deck.back("label"), "count": (self.theme.number, 0)}
        return self.slide(layout, fields, links)

    def _parts(self, question: Question) -> Iterator[_Part]:
        """Yield the slides of a question. One that leaves no room for its follow-ups or choices
        comes first on slides of its own, and is repeated above them in small type."""
        asked, below = question.text, _below(question)
        both = self.layout("followups")
        above, place = both.place("question"), both.place("followups")
        size = self.fit.size_of([asked], above) if below else None
        if size is None:
            pieces, largest = self.fit.parts(asked, self.layout("question").place("question"))
            for piece in pieces:
                yield _Part("question", Paragraph(piece, largest), [])
            if not below:
                return
            box, sizes = (*above.box_pt[:3], self.style.reminder_pt), self.style.reminder_sizes_pt
            small = replace(above, box_pt=box, sizes_pt=sizes, calm_pt=0)
            (asked, *_), size = self.fit.shortened([asked], small)
        repeated = Paragraph(asked, size)
        if place.below:
            place = place.lowered(self.deck.bottom_pt(above, repeated))
        rest = [
            each._replace(text=piece)
            for each in below
            for piece in self.fit.parts(each.text, place, max(each.level, 2))[0]
        ]
        for rows in self.fit.columns([[each] for each in rest], place, 1):
            yield _Part("followups", repeated, [row.paragraphs[0] for row in rows])

    def _progress(self, place: int) -> Iterator[Shape]:
        """Yield a segment for each question of the theme, or one bar for many."""
        if self.deck.design.template is not None:
            return
        style, count = self.style, len(self.theme.questions)
        x, y, width, height = style.progress_box_pt
        if count > style.progress_most:
            boxes = [(x, y, width * place / count, height)]
            rest = [(x + boxes[0][2], y, width - boxes[0][2], height)]
        else:
            step = (width + style.progress_gap_pt) / count
            across = step - style.progress_gap_pt
            segments = [(x + index * step, y, across, height) for index in range(count)]
            boxes, rest = segments[:place], segments[place:]
        accent = look.surface(self.accent)
        for name, some, color in (("Progress", boxes, accent), ("To come", rest, PALE)):
            if some and some[0][2]:
                shape = Shape(name, tuple(some), color)
                yield look.mirrored_shape(shape, style.width_pt) if self.deck.rtl else shape

    def _bars(self, slide: Slide) -> Iterator[Shape]:
        """Yield a bar before each follow-up of the first level, as tall as its lines."""
        place = slide.layout.role("followups")
        if place is None or place.direct:
            return
        boxes: list[Box] = []
        x, y, width, _ = place.box_pt
        x += width - self.style.followup_bar_pt if self.deck.rtl else 0
        for each in slide.fields.get("followups", ()):
            height = self.fit.height(each.text, place, each.size_pt, each.level)
            if each.level == 1 and each.mark is None:
                boxes.append((x, y, self.style.followup_bar_pt, height))
            y += height + place.gap_pt
        if boxes:
            yield Shape("Bars", tuple(boxes), look.surface(self.accent))

    # -- several questions on a slide

    def lists(self, most: int) -> Iterator[Slide]:
        """Yield slides with about equally many questions; each has a slide of its own if one is too
        long for that."""
        count, body = len(self.theme.questions), self.layout("list").place("body")
        slides = -(-count // most)
        ends = [round(count * part / slides) for part in range(slides + 1)]
        for start, end in pairwise(ends):
            entries = [_entry(each) for each in self.theme.questions[start:end]]
            rows = (self.fit.row(each, body, body.sizes_pt[-1]) for each in entries)
            if max(row.height_pt for row in rows) <= room(body):
                yield from self._list(entries, start + 1)
            else:
                for place in range(start + 1, end + 1):
                    yield from self.question(place)

    def _list(self, entries: Sequence[Sequence[Paragraph]], first: int) -> Iterator[Slide]:
        layout = self.layout("list")
        body = layout.place("body")
        for column in self.fit.columns(entries, body, 1):
            (rows,) = self.fit.columns([row.paragraphs for row in column], body, 1)
            places = range(first, first + len(rows))
            first += len(rows)
            questions = [self.theme.questions[place - 1] for place in places]
            numbers = dict.fromkeys((questions[0].number, questions[-1].number))
            fields: dict[str, Field] = {
                "title": self.heading("–".join(map(str, numbers)), layout),
                "number": self.number,
                "body": [paragraph for row in rows for paragraph in row.paragraphs],
            }
            notes = (
                with_name(
                    notes_of_question(each, self.page(place), self.words),
                    self.words.question.format(number=each.number),
                )
                for place, each in zip(places, questions, strict=True)
            )
            slide = self.slide(layout, fields, self.deck.back("title"))
            keys = tuple((self.theme.number, place) for place in places)
            yield slide._replace(keys=keys, notes=tuple(chain.from_iterable(notes)))


def first_sentence(paragraph: Inline) -> Inline:
    """Return the first sentence, which an audience can read at a glance; the notes have the
    rest."""
    found = _SENTENCE.search(plain(paragraph))
    if not found:
        return paragraph
    left, made = found.end(), list[Span]()
    for span in paragraph:
        made.append(replace(span, text=span.text[: max(left, 0)]))
        left -= len(span.text)
    return tuple(each for each in made if each.text)


def _below(question: Question) -> list[Paragraph]:
    """Return the choices or scale of a question, and its follow-ups."""
    space = question.answer
    made = []
    if space.kind is AnswerKind.CHOICES:
        mark = MANY if space.pick_many else ONE
        made += [Paragraph(text(each), mark=mark) for each in space.choices]
    if space.scale:
        made.append(Paragraph(text(space.scale_line), mark=""))
    made += [Paragraph(each.text, level=each.depth) for each in question.followups]
    return made


def _entry(question: Question) -> tuple[Paragraph, ...]:
    below = (each._replace(level=each.level + 1) for each in _below(question))
    return (Paragraph(question.text, number=str(question.number)), *below)


# -- few sizes for all of a deck


def with_few_sizes(design: Design, question_set: QuestionSet, fit: Fit) -> Design:
    """Return our own design with only a few sizes in its layouts of questions."""
    if design.template is not None:
        return design
    made = dict(design.layouts)
    questions = [question for theme in question_set.themes for question in theme.questions]
    for use, below in (("question", False), ("followups", True)):
        place = design.layout(use, 1).place("question")
        asked = [each.text for each in questions if bool(_below(each)) == below]
        fitting = (fit.size_of([each], place) for each in asked)
        if few := few_sizes([size for size in fitting if size]):
            sizes = tuple(dict.fromkeys((*few, place.sizes_pt[-1])))
            restricted = {key: each for key, each in made.items() if each.use == use}
            made |= {key: _with_sizes(each, sizes) for key, each in restricted.items()}
    return Design(made)


def _with_sizes(layout: Layout, sizes: tuple[int, ...]) -> Layout:
    return layout.changed(
        lambda each: (
            replace(each, sizes_pt=sizes, size_pt=sizes[0]) if each.role == "question" else each
        )
    )
