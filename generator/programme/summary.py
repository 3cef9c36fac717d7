"""What was answered, by theme and question, in the look of handout and slides."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator import kit, writers
from generator.diagnostics import UsageError, error
from generator.look.style import StyleSheet
from generator.model import FollowUp, Question, QuestionSet, Span, Theme
from generator.programme.collect import Collected
from generator.programme.forms import Answer
from generator.publish import publish
from generator.readers.language import with_language
from generator.settings import HandoutOptions, Settings, SlidesOptions
from generator.strings import Strings
from generator.writers.office.package import stable_zip
from generator.writers.office.xml import NOTHING, Xml, w

MOST_QUOTES = {".docx": 200, ".pptx": 8}
"""Of one question; how many more there are is said."""
COLUMNS = 24
"""Of the grid that a bar is made of, in Word."""
LINE_PT, FOOT_PT = 48, 80
"""Room above a chart for the line that says how many answered, and below it for the foot."""
QUOTE = "“{}”"


@dataclass(slots=True)
class Tally:
    """The answers to one question."""

    asked: Answer
    counts: Counter[str] = field(default_factory=Counter)
    quotes: list[tuple[str, str]] = field(default_factory=list)
    """Persons and texts, of which only as many are kept as are shown, by chance."""
    texts: int = 0
    people: int = 0
    """Who chose something, where there are options."""

    @property
    def mean(self) -> float | None:
        if self.asked.kind != "scale" or not self.counts:
            return None
        return sum(int(k) * n for k, n in self.counts.items()) / self.counts.total()


def tallied(collected: Collected, most: int) -> dict[tuple[str, str], Tally]:
    """By set and question, as they come. Raises nothing."""
    rng, found = random.Random(0), dict[tuple[str, str], Tally]()
    for row in collected.rows():
        each = row.answer
        if each.number is None or each.kind == "tick":
            continue
        tally = found.setdefault((row.set, each.question), Tally(each))
        if each.options:
            tally.asked = each
            parts = str(each.answer).split("; ") if each.kind == "choices" else [str(each.answer)]
            tally.counts.update(parts if each.answer is not None else ())
            tally.people += each.answer is not None
        elif each.answer:
            tally.texts += 1
            said = (row.person, str(each.answer))
            if len(tally.quotes) < most:
                tally.quotes.append(said)
            elif (place := rng.randrange(tally.texts)) < most:
                tally.quotes[place] = said
    return found


def write_summary(target: Path, collected: Collected, names: bool, force: bool = False) -> None:
    """Raises UsageError for another suffix, OutputError."""
    write = {".docx": _docx, ".pptx": _pptx}.get(target.suffix.lower())
    if write is None:
        message, hint = "a summary is not written as such a file", "name it .docx or .pptx"
        raise UsageError([error(message, target, hint=hint)])
    tallies = tallied(collected, MOST_QUOTES[target.suffix.lower()])
    if not tallies:
        hint = "collect files that are filled in"
        raise UsageError([error("there is no answer to sum up", target, hint=hint)])
    publish({target: write(_Summary(tallies, collected.people, names))}, force=force)


class _Summary:
    """A set of the questions that were answered, for the writers."""

    def __init__(self, tallies: dict[tuple[str, str], Tally], people: int, names: bool) -> None:
        self.people, self.names = people, names
        self.themes: dict[tuple[str, str], list[Tally]] = {}
        for (title, _), tally in tallies.items():
            self.themes.setdefault((title, tally.asked.theme), []).append(tally)
        titles = list(dict.fromkeys(title for title, _ in self.themes))
        self.many = len(titles) > 1
        self.set = QuestionSet(titles[0], "summary", tuple(self._themes()), Path("summary"))
        self.set = with_language(self.set)[0]
        self.prepared = kit.prepared_for(self.set, StyleSheet(), {})
        self.words = words = self.prepared.context.strings
        if self.many:
            self.set = replace(self.set, title=words.answers_summary)
        subtitle = f"{words.answers_summary} · {words.people_answered.format(count=people)}"
        self.set = replace(self.set, subtitle=subtitle)

    def _themes(self) -> Iterator[Theme]:
        for place, ((title, theme), tallies) in enumerate(self.themes.items(), 1):
            name = ": ".join(filter(None, (title if self.many else "", theme))) or title
            questions = tuple(
                Question(t.asked.number or 0, (Span(t.asked.question),), 1) for t in tallies
            )
            yield Theme(place, (Span(name),), 1, questions)

    def told(self, tally: Tally) -> str:
        """How many answered, and their mean."""
        answers = self.words.answers_count.format(count=tally.people or tally.texts)
        mean = f" · {self.words.mean.format(mean=f'{tally.mean:.1f}')}" if tally.mean else ""
        return answers + mean

    def quotes(self, tally: Tally) -> list[str]:
        made = [
            QUOTE.format(text) + (f" – {person}" if self.names else "")
            for person, text in tally.quotes
        ]
        left = tally.texts - len(tally.quotes)
        return made + ([self.words.more_answers.format(count=left)] if left else [])

    def plan(self, document: str, question_set: QuestionSet) -> Any:
        context = replace(self.prepared.context, strings=self.words)
        return writers.load(document).plan(question_set, context)


def _docx(summary: _Summary) -> bytes:
    from docx.oxml.parser import parse_xml

    from generator.writers.handout import look, template
    from generator.writers.handout.runs import fragment

    settings = Settings(handout=HandoutOptions(answers="fields"))
    plan = summary.plan("handout", replace(summary.set, settings=settings))
    document = look.own_document(plan)
    names = template.prepared(document, plan)
    palette = plan.stylesheet.palette
    rows = [
        _paragraph(names, "Title", summary.set.title),
        _paragraph(names, "Hint", summary.set.subtitle),
    ]
    for theme, tallies in zip(summary.set.themes, summary.themes.values(), strict=True):
        color = palette.accent(theme.number)[1:]
        rows.append(_paragraph(names, "Heading 1", theme.title[0].text))
        for tally in tallies:
            number = f"{tally.asked.number}.\t"
            rows.append(_paragraph(names, "Question Kept", number + tally.asked.question))
            if tally.asked.options:
                rows.append(_bars(names, tally, color))
            rows.append(_paragraph(names, "Choice", summary.told(tally)))
            rows += [_paragraph(names, "Follow-up 1", quote) for quote in summary.quotes(tally)]
    template.append(document, list(parse_xml(fragment(*rows))))
    out = io.BytesIO()
    document.save(out)
    return stable_zip(out.getvalue())


def _paragraph(names: Any, style: str, text: str, *properties: Xml) -> Xml:
    from generator.writers.handout.look import style_id
    from generator.writers.handout.runs import text_runs

    own = w("pPr", w("pStyle", val=names.styles[style_id(style)]), *properties)
    return w("p", own, text_runs(text, False))


def _bars(names: Any, tally: Tally, color: str) -> Xml:
    """A table of options, a row each: words, a bar as wide as its share, the count."""
    most = max(tally.counts.values(), default=0) or 1
    grid = [2600, *([220] * COLUMNS), 700]
    rows = []
    for option in tally.asked.options:
        count = tally.counts[option]
        filled = round(COLUMNS * count / most)
        cells = [_cell(names, option, grid[0])]
        if filled:
            cells.append(_cell(names, "", filled * grid[1], color, filled))
        if filled < COLUMNS:
            rest = COLUMNS - filled
            cells.append(_cell(names, "", rest * grid[1], "", rest))
        cells.append(_cell(names, str(count), grid[-1]))
        rows.append(w("tr", w("trPr", w("cantSplit")), *cells))
    properties = w(
        "tblPr", w("tblW", w=sum(grid), type="dxa"), w("tblInd", w=560, type="dxa"),
        w("tblLayout", type="fixed"),
    )  # fmt: skip
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=each) for each in grid)), *rows)


def _cell(names: Any, text: str, width: int, color: str = "", span: int = 1) -> Xml:
    edges = [w(edge, val="single", sz=24, color="FFFFFF") for edge in ("top", "bottom")]
    properties = w(
        "tcPr", w("tcW", w=width, type="dxa"), w("gridSpan", val=span) if span > 1 else NOTHING,
        w("tcBorders", *edges), w("shd", val="clear", fill=color) if color else NOTHING,
    )  # fmt: skip
    spacing = w("spacing", before=0, after=0)
    return w("tc", properties, _paragraph(names, "Theme Intro", text, w("keepNext"), spacing))


def _pptx(summary: _Summary) -> bytes:
    """The slides of the questions, with quotes as their follow-ups, and native charts."""
    themes = tuple(
        replace(theme, questions=tuple(
            replace(question, followups=tuple(
                FollowUp((Span(text),)) for text in (summary.told(tally), *summary.quotes(tally))
            ))
            for question, tally in zip(theme.questions, tallies, strict=True)
        ))
        for theme, tallies in zip(summary.set.themes, summary.themes.values(), strict=True)
    )  # fmt: skip
    options = SlidesOptions(overview=False, closing=False)
    question_set = replace(summary.set, themes=themes, settings=Settings(slides=options))
    plan = summary.plan("slides", question_set)
    data = writers.load("slides").write(plan).data
    charts: list[_Chart] = []
    tallies = list(summary.themes.values())
    for place, slide in enumerate(plan.slides):
        for theme, number in slide.keys:
            if number and theme and (tally := tallies[theme - 1][number - 1]).counts:
                color = plan.stylesheet.palette.accent(theme)
                charts.append(_Chart(place, tally, color, summary.told(tally)))
    return _with_charts(data, charts, summary.words) if charts else data


class _Chart(NamedTuple):
    slide: int
    tally: Tally
    color: str
    below: str
    """The line that it stands under."""


def _with_charts(data: bytes, charts: Sequence[_Chart], words: Strings) -> bytes:
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    presentation = Presentation(io.BytesIO(data))
    for place, tally, color, below in charts:
        slide = presentation.slides[place]
        values: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        values.categories = list(tally.asked.options)
        values.add_series(words.answers_summary, [tally.counts[o] for o in tally.asked.options])
        scale = tally.asked.kind == "scale"
        kind = XL_CHART_TYPE.COLUMN_CLUSTERED if scale else XL_CHART_TYPE.BAR_CLUSTERED
        box = next(each for each in slide.placeholders if each.text_frame.text.startswith(below))
        top = box.top + Pt(LINE_PT)
        area = (box.left, top, box.width, presentation.slide_height - top - Pt(FOOT_PT))
        frame = slide.shapes.add_chart(kind, *area, values)
        frame.name = tally.asked.question[:100]
        chart = frame.chart
        chart.has_legend = chart.has_title = False
        chart.font.size = Pt(16)
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale = 0
        chart.category_axis.reverse_order = not scale
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 60, True
        fill = plot.series[0].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor(*bytes.fromhex(color[1:]))  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    presentation.save(out)
    return stable_zip(out.getvalue())
