"""Summarises the answers by theme and question, in the look of handout and slides."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from generator import kit, writers
from generator.diagnostics import UsageError, error
from generator.look.style import MM, StyleSheet
from generator.model import FollowUp, Question, QuestionSet, Span, Theme
from generator.programme.tally import KEPT, Tallies, Tally
from generator.publish import publish
from generator.readers.language import with_language
from generator.settings import HandoutOptions, Settings, SlidesOptions
from generator.strings import Strings
from generator.text.bidi import right_to_left
from generator.writers.office.package import stable_zip
from generator.writers.office.xml import NOTHING, Xml, w

ON_SLIDES = 8
"""Number of texts that are shown for a question; the number of others is stated."""
STEPS = 24
"""Number of grid columns that a bar consists of, in Word."""
BARS_MM, LABEL_MM, NUMBER_MM, INDENT_MM = 100.0, 44.0, 10.0, 10.0
"""Lengths of the longest bar, of the words beside bars, of the numbers of a scale, and of the
indent."""
BEFORE_PT = 8
"""Space before a question in Word."""
LINE_PT, FOOT_PT = 48, 80
"""Heights above a chart, for the line with the number of answers, and below it, for the foot."""
NO_PROPERTIES = (
    b'<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)


class Entry(NamedTuple):
    """A question with the summary of its answers."""

    question: Question
    told: str
    """The number of answers, and their mean."""
    bars: Tally | None
    quotes: list[str]


class Summary(NamedTuple):
    set: QuestionSet
    themes: list[tuple[Theme, list[Entry]]]
    words: Strings

    def plan(self, document: str, settings: Settings, themes: tuple[Theme, ...]) -> Any:
        """Return the plan of a document for the summary, in the summary's language."""
        own = replace(self.set, settings=settings, themes=themes)
        context = kit.prepared_for(own, StyleSheet(), {}).context
        return writers.load(document).plan(own, context)


def write_summary(
    target: Path, tallies: Tallies, people: int, names: bool, force: bool = False
) -> None:
    """Write a summary. Raises UsageError for another suffix or without answers, and OutputError."""
    word = target.suffix.lower() == ".docx"
    if not word and target.suffix.lower() != ".pptx":
        message, hint = "a summary cannot be written to this kind of file", "name it .docx or .pptx"
        raise UsageError([error(message, target, hint=hint)])
    if not tallies:
        hint = "collect files that are filled in"
        raise UsageError([error("there are no answers to summarise", target, hint=hint)])
    summary = _summary(tallies, people, names, KEPT if word else ON_SLIDES)
    publish({target: _docx(summary) if word else _pptx(summary)}, force=force)


def _summary(tallies: Tallies, people: int, names: bool, most: int) -> Summary:
    """Return the questions that were answered as a set; if there are several sets, themes name
    theirs."""
    titles = list(dict.fromkeys(title for title, _ in tallies))
    grouped: dict[str, list[list[Tally]]] = {}
    for (title, _), kinds in tallies.items():
        asked = [tally for kind, tally in kinds.items() if kind != "tick"]
        if asked:
            names_both = filter(None, [title if titles[1:] else "", asked[0].asked.theme])
            grouped.setdefault(": ".join(names_both) or title, []).append(asked)
    themes = []
    for place, (name, questions) in enumerate(grouped.items(), 1):
        made = tuple(
            Question(kinds[0].asked.number or 0, (Span(kinds[0].asked.question),), 1)
            for kinds in questions
        )
        themes.append(Theme(place, (Span(name),), 1, made))
    question_set = QuestionSet(titles[0], "summary", tuple(themes), Path("summary"))
    question_set = with_language(question_set)[0]
    words = kit.prepared_for(question_set, StyleSheet(), {}).context.strings
    entries = [
        [
            _entry(question, kinds, words, names, most)
            for question, kinds in zip(theme.questions, questions, strict=True)
        ]
        for theme, questions in zip(themes, grouped.values(), strict=True)
    ]
    subtitle = f"{words.answers_summary} · {words.people_answered.format(count=people)}"
    title = words.answers_summary if titles[1:] else question_set.title
    question_set = replace(question_set, title=title, subtitle=subtitle)
    return Summary(question_set, list(zip(themes, entries, strict=True)), words)


def _entry(question: Question, kinds: list[Tally], words: Strings, names: bool, most: int) -> Entry:
    count = words.answers_count.format(count=max(tally.answered for tally in kinds))
    bars = next((tally for tally in kinds if tally.asked.options), None)
    if bars and bars.mean is not None:
        count += f" · {words.mean.format(mean=f'{bars.mean:.1f}')}"
    quotes = []
    for tally in kinds:
        shown = tally.texts[:most]
        quotes += [
            words.quote.format(text=_on_one_line(text)) + (f" – {person}" if names else "")
            for person, text in shown
        ]
        if not tally.asked.options and (left := tally.answered - len(shown)):
            quotes.append(words.more_answers.format(count=left))
    return Entry(question, count, bars, quotes)


def _on_one_line(text: str) -> str:
    """Return an answer with strokes between its lines, as in quotations of verse: a slide has room
    for so many lines, and an answer may be nothing but line breaks."""
    return " / ".join(filter(None, map(str.strip, text.splitlines())))


def _docx(summary: Summary) -> bytes:
    from docx.oxml.parser import parse_xml

    from generator.writers.handout import look, template
    from generator.writers.handout.runs import fragment

    settings = Settings(handout=HandoutOptions(answers="fields"))
    plan = summary.plan("handout", settings, summary.set.themes)
    document = look.own_document(plan)
    body = _Body(template.prepared(document, plan), plan)
    template.append(document, list(parse_xml(fragment(*body.paragraphs(summary)))))
    out = io.BytesIO()
    document.save(out)
    return stable_zip(out.getvalue())


class _Body:
    def __init__(self, names: Any, plan: Any) -> None:
        self._names, self._palette = names, plan.stylesheet.palette
        self._width_mm = plan.paper_mm[0] - 2 * plan.stylesheet.handout.side_margin_mm
        self._rtl = right_to_left(plan.lang)

    def paragraphs(self, summary: Summary) -> Iterator[Xml]:
        yield self._paragraph("Title", summary.set.title)
        yield self._paragraph("Hint", summary.set.subtitle)
        for theme, entries in summary.themes:
            yield self._paragraph("Heading 1", theme.title[0].text)
            for entry in entries:
                asked = f"{entry.question.number}.\t{entry.question.text[0].text}"
                yield self._paragraph("Question Kept", asked, w("spacing", before=BEFORE_PT * 20))
                kept = w("keepNext") if entry.bars or entry.quotes else NOTHING
                yield self._paragraph("Choice", entry.told, kept)
                if entry.bars:
                    yield self._bars(entry.bars, self._palette.accent(theme.number)[1:])
                for quote in entry.quotes:
                    yield self._paragraph("Follow-up 1", quote)

    def _paragraph(self, style: str, text: str, *properties: Xml) -> Xml:
        from generator.writers.handout.look import style_id
        from generator.writers.handout.runs import text_runs

        own = w("pPr", w("pStyle", val=self._names.styles[style_id(style)]), *properties)
        return w("p", own, text_runs(text, self._rtl))

    def _bars(self, tally: Tally, color: str) -> Xml:
        """Return a table with a row for each option: words, a bar as long as its share, a count.

        It is as wide as the text: programs differ on which edge of a table that runs from right to
        left is indented.
        """
        label = INDENT_MM + (NUMBER_MM if tally.asked.kind == "scale" else LABEL_MM)
        widths = [label, *[BARS_MM / STEPS] * STEPS, self._width_mm - label - BARS_MM]
        rows = [self._row(tally, option, color) for option in tally.asked.options]
        properties = w(
            "tblPr", w("bidiVisual") if self._rtl else NOTHING,
            w("tblW", w=5000, type="pct"), w("tblLayout", type="fixed"),
        )  # fmt: skip
        grid = w("tblGrid", *(w("gridCol", w=_twips(width)) for width in widths))
        return w("tbl", properties, grid, *rows)

    def _row(self, tally: Tally, option: str, color: str) -> Xml:
        """Return a row. All but the last are kept with the next one."""
        kept = NOTHING if option == tally.asked.options[-1] else w("keepNext")
        count = tally.counts[option]
        filled = round(STEPS * count / (max(tally.counts.values(), default=0) or 1))
        bar = [self._cell("", kept, filled, color)] if filled else []
        number = self._cell(str(count), kept, STEPS + 1 - filled)
        label = self._cell(option, kept, indent_mm=INDENT_MM)
        return w("tr", w("trPr", w("cantSplit")), label, *bar, number)

    def _cell(
        self, text: str, kept: Xml, span: int = 1, color: str = "", indent_mm: float = 0.0
    ) -> Xml:
        edges = [w(edge, val="single", sz=24, color="FFFFFF") for edge in ("top", "bottom")]
        properties = w(
            "tcPr", w("gridSpan", val=span), w("tcBorders", *edges),
            w("shd", val="clear", fill=color) if color else NOTHING,
        )  # fmt: skip
        spacing, indent = w("spacing", before=0, after=0), w("ind", left=_twips(indent_mm))
        return w("tc", properties, self._paragraph("Theme Intro", text, kept, spacing, indent))


def _twips(mm: float) -> int:
    return round(mm * MM * 20)


def _pptx(summary: Summary) -> bytes:
    """Return slides of the questions, with quotes as their follow-ups, and native charts."""
    from pptx import Presentation

    shown = [[part for each in entries for part in _parts(each)] for _, entries in summary.themes]
    themes = tuple(
        replace(theme, questions=tuple(
            replace(entry.question, followups=tuple(
                FollowUp((Span(text),)) for text in (entry.told, *entry.quotes)
            ))
            for entry in entries
        ))
        for (theme, _), entries in zip(summary.themes, shown, strict=True)
    )  # fmt: skip
    settings = Settings(slides=SlidesOptions(overview=False, closing=False))
    plan = summary.plan("slides", settings, themes)
    presentation = Presentation(io.BytesIO(writers.load("slides").write(plan).data))
    height = presentation.slide_height or 0
    for slide, planned in zip(presentation.slides, plan.slides, strict=True):
        for theme, number in planned.keys:
            entry = shown[theme - 1][number - 1] if theme and number else None
            if entry and entry.bars:
                color = plan.stylesheet.palette.accent(theme)
                _add_chart(slide, height, entry.told, entry.bars, color, summary)
    out = io.BytesIO()
    presentation.save(out)
    return stable_zip(out.getvalue())


def _parts(entry: Entry) -> Iterator[Entry]:
    """Yield the slides of a question, as a chart takes a whole one."""
    if entry.bars:
        yield entry._replace(quotes=[])
    if entry.quotes or not entry.bars:
        yield entry._replace(bars=None)


def _add_chart(
    slide: Any, height: int, told: str, tally: Tally, color: str, summary: Summary
) -> None:
    """Add a chart below a line that says `told`: a scale as columns, other choices as bars, whose
    labels need room. `height` is that of the slide."""
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    scale, rtl = tally.asked.kind == "scale", right_to_left(summary.set.lang)
    values: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    values.categories = list(tally.asked.options)
    values.add_series(summary.words.answers_summary, [tally.counts[o] for o in tally.asked.options])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if scale else XL_CHART_TYPE.BAR_CLUSTERED
    box = next(e for e in slide.placeholders if e.text_frame.text.startswith(told))
    top = box.top + Pt(LINE_PT)
    frame = slide.shapes.add_chart(
        kind, box.left, top, box.width, height - top - Pt(FOOT_PT), values
    )
    frame.name = tally.asked.question[:100]
    book = frame.chart.part.chart_workbook  # its properties say when it was made
    timeless = stable_zip(book.xlsx_part.blob, {"docProps/core.xml": NO_PROPERTIES})
    book.update_from_xlsx_blob(timeless)
    made, plot = frame.chart, frame.chart.plots[0]
    made.has_legend = made.has_title = False
    made.font.size = Pt(16)
    made.value_axis.visible = made.value_axis.has_major_gridlines = False
    made.value_axis.minimum_scale = 0
    made.category_axis.reverse_order = rtl or not scale
    made.value_axis.reverse_order = rtl and not scale
    plot.gap_width, plot.has_data_labels = 60, True
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(*bytes.fromhex(color[1:]))  # type: ignore[no-untyped-call]
