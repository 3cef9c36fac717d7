"""One slide and its notes as XML, with the relationships that they need."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from generator.model import Span, plain
from generator.text.bidi import is_bidirectional, right_to_left
from generator.writers.office.package import relationship
from generator.writers.office.xml import NOTHING, Value, Xml, a, element, joined, p
from generator.writers.slides.deck import Cell, Plan, Slide, Table
from generator.writers.slides.fit import Key, Paragraph
from generator.writers.slides.layouts import PALE, Color, Placeholder
from generator.writers.slides.look import surface, text_color
from generator.writers.slides.notes import NoteParagraph
from generator.writers.slides.shapes import (
    GROUP,
    LEVELS,
    MAPPED,
    bullet,
    dash,
    decoration,
    direction,
    emu,
    fill,
    frame,
    gaps,
    indents,
    jump,
    page_field,
    ph,
    root,
    run,
    tab_stops,
    typefaces,
    web,
)

_NOTES_STEP = 228600
"""Indent of each level of a list in the notes: a quarter of an inch, in EMU."""
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_EDGES = ("lnL", "lnR", "lnT", "lnB")
_PAD_PT = 6.0
"""Between the text of a cell and its sides."""


def notes_xml(slide: Slide, number: int, lang: str) -> Xml:
    shown = joined([_note(paragraph, lang) for paragraph in slide.notes]) or a("p")
    locks = a("spLocks", noGrp=1, noRot=1, noChangeAspect=1)
    return root(
        "p:notes",
        {},
        p(
            "cSld",
            p(
                "spTree",
                GROUP,
                p("sp", _named(2, "Slide image", locks, p("ph", type="sldImg")), p("spPr")),
                _text_shape(3, "Notes", p("ph", type="body", sz="quarter", idx=3), shown),
                _text_shape(
                    4,
                    "Page",
                    p("ph", type="sldNum", sz="quarter", idx=5),
                    a("p", page_field(str(number), lang)),
                ),
            ),
        ),
        MAPPED,
    )


def _named(number: int, name: str, locks: Xml, placeholder: Xml, link: Xml = NOTHING) -> Xml:
    return p(
        "nvSpPr",
        p("cNvPr", link, id=number, name=name),
        p("cNvSpPr", locks),
        p("nvPr", placeholder),
    )


def _text_shape(
    number: int,
    name: str,
    placeholder: Xml,
    shown: Xml,
    body: Xml | None = None,
    link: Xml = NOTHING,
) -> Xml:
    """A shape that fills a placeholder and has its place."""
    named = _named(number, name, a("spLocks", noGrp=1), placeholder, link)
    text = p("txBody", body or a("bodyPr"), a("lstStyle"), shown)
    return p("sp", named, p("spPr"), text)


class SlideXml:
    """One slide's XML."""

    def __init__(self, slide: Slide, number: int, plan: Plan, numbers: Mapping[Key, int]) -> None:
        """`numbers` are those of the slides that keys lead to."""
        self.relationships: dict[str, Xml] = {}
        """By their ids."""
        self._slide, self._number, self._layout = slide, number, slide.layout
        self._plan, self._lang, self._numbers = plan, plan.lang, numbers
        self._rtl = right_to_left(plan.lang)
        palette = plan.stylesheet.palette
        own = plan.design.template is None
        self._accent = text_color(palette, slide.accent) if own else surface(slide.accent)
        self._ids = itertools.count(2)

    def xml(self) -> Xml:
        drawn = [decoration(next(self._ids), *shape) for shape in self._slide.shapes]
        texts: dict[int, list[Xml]] = {}
        for each in self._layout.placeholders:
            texts.setdefault(each.idx, []).extend(self._texts(each))
        places = {each.idx: each for each in reversed(self._layout.placeholders)}
        shapes = [self._shape(places[idx], shown) for idx, shown in texts.items() if shown]
        if table := self._slide.table:
            shapes.append(self._table(table))
        return root("p:sld", {}, p("cSld", p("spTree", GROUP, *drawn, *shapes)), MAPPED)

    def _texts(self, placeholder: Placeholder) -> list[Xml]:
        """What fills a placeholder; nothing for one that this slide leaves empty."""
        if placeholder.role == "page":
            return [a("p", page_field(str(self._number), self._lang))]
        fields = self._slide.fields.get(placeholder.role, ())
        return [self._paragraph(each, placeholder) for each in fields]

    def _shape(self, placeholder: Placeholder, shown: Sequence[Xml]) -> Xml:
        number = next(self._ids)
        body = a("bodyPr", a("noAutofit")) if placeholder.direct else a("bodyPr")
        if placeholder.role == "question" and self._slide.narrower_pt:
            side = "lIns" if self._rtl else "rIns"
            body = a("bodyPr", **{side: emu(self._slide.narrower_pt)})
        name = f"{placeholder.role.capitalize()} {number}"
        link = self._link_of(placeholder)
        return _text_shape(number, name, ph(placeholder), joined(shown), body, link)

    def _link_of(self, placeholder: Placeholder) -> Xml:
        """The link of a whole shape: unlike one of its text, no program underlines it."""
        first, *_ = self._slide.fields.get(placeholder.role, (Paragraph(()),))
        return NOTHING if first.number else self._jump(first.target)

    def _paragraph(self, paragraph: Paragraph, placeholder: Placeholder) -> Xml:
        """Only a template's slides say a size; ours have layouts for it."""
        size = paragraph.size_pt
        shown_size = size if placeholder.direct and size != placeholder.size_pt else 0
        attributes, inside = self._properties(paragraph, placeholder, size)
        runs = self._runs(paragraph, placeholder.color, shown_size)
        properties = a("pPr", inside, **attributes) if attributes or inside else NOTHING
        return a("p", properties, *runs)

    def _runs(self, paragraph: Paragraph, color: Color, size_pt: float) -> list[Xml]:
        if not paragraph.number:
            return [self._run(span, size_pt, color) for span in paragraph.text]
        link = self._jump(paragraph.target)
        accent = self._accent if self._slide.accent else color
        number = run(Span(paragraph.number, strong=True), self._lang, size_pt, accent, link=link)
        # LibreOffice takes a link's colour and weight from the run behind it, and passes over a tab
        # that leads from the right.
        space = Span("\u2002\t" if self._rtl else "\t", strong=True)
        gap = run(space, self._lang, size_pt, accent)
        return [number, gap, *(self._run(span, size_pt, color) for span in paragraph.text)]

    def _run(self, span: Span, size_pt: float, color: Color, link: Xml = NOTHING) -> Xml:
        mono = self._plan.stylesheet.slides.mono
        fonts = a("latin", typeface=mono) if span.code else NOTHING
        link = self._web(span.link, bool(color.name)) if span.link else NOTHING
        shown = color if link else Color()
        return run(span, self._lang, size_pt, shown, fonts, link)

    def _properties(
        self, paragraph: Paragraph, placeholder: Placeholder, size: float
    ) -> tuple[dict[str, Value], Xml]:
        """Of a paragraph only what its layout does not say, or LibreOffice does not inherit."""
        level, inside = paragraph.level, NOTHING
        attributes: dict[str, Value] = {}
        if placeholder.direct:
            attributes = {**indents(placeholder, level, size), "rtl": direction(self._lang)}
            inside = joined([gaps(placeholder), bullet(placeholder, level)])
        elif level > 1:
            attributes["lvl"] = min(level, LEVELS[-1]) - 1
        if paragraph.mark:
            hang = emu(self._plan.stylesheet.slides.followup_hang_pt)
            attributes |= {"marL": hang, "indent": -hang}
            inside = joined([gaps(placeholder), dash(paragraph.mark)])
        foreign = self._rtl and not is_bidirectional(plain(paragraph.text))
        if foreign and not placeholder.indent_pt(1, size) and not placeholder.direct:
            attributes["rtl"] = "0"  # on the same side, but in its own order
        return attributes, joined([inside, tab_stops(placeholder, level, size)])

    def _jump(self, target: Key | None) -> Xml:
        """A link to the slide of a key; none where the deck has no such slide."""
        number = self._numbers.get(target) if target else None
        if number is None or number == self._number:
            return NOTHING
        key = f"rIdS{number}"
        self.relationships[key] = relationship(key, RT.SLIDE, f"slide{number}.xml")
        return jump(key)

    def _web(self, address: str, colored: bool) -> Xml:
        key = f"rIdW{len(self.relationships)}"
        self.relationships[key] = relationship(key, RT.HYPERLINK, address, external=True)
        return web(key, colored)

    # -- tables

    def _table(self, table: Table) -> Xml:
        x, y, width, _ = table.box_pt
        box = (x, y, width, sum(height for height, _ in table.rows))
        # Turned here: LibreOffice knows no tables that run from right to left.
        turn = -1 if self._rtl else 1
        columns = [a("gridCol", w=emu(width)) for width in table.columns_pt[::turn]]
        rows = []
        for place, (height, cells) in enumerate(table.rows):
            edges = (place > 0, place < len(table.rows) - 1)
            made = [self._cell(cell, table, edges) for cell in cells[::turn]]
            rows.append(a("tr", *made, h=emu(height)))
        made_table = a("tbl", a("tblPr"), a("tblGrid", *columns), *rows)
        number = next(self._ids)
        return p(
            "graphicFrame",
            p(
                "nvGraphicFramePr",
                p("cNvPr", id=number, name=f"{table.name} {number}"),
                p("cNvGraphicFramePr", a("graphicFrameLocks", noGrp=1)),
                p("nvPr", ph(self._layout.place("table"))),
            ),
            frame(box),
            a("graphic", a("graphicData", made_table, uri=_TABLE)),
        )

    def _cell(self, cell: Cell, table: Table, inner: tuple[bool, bool]) -> Xml:
        paragraph, size = cell.paragraph, cell.paragraph.size_pt
        runs = []
        link = self._jump(paragraph.target)
        for span in paragraph.text:
            shown = Span(span.text, span.emphasis, span.strong or cell.bold, span.code)
            runs.append(run(shown, self._lang, size, cell.color, typefaces(cell.major), link))
        align = {"l": "r", "r": "l", "ctr": "ctr"}[cell.align] if self._rtl else cell.align
        leading = a("lnSpc", a("spcPct", val=100000))
        end = NOTHING if runs else a("endParaRPr", lang=self._lang, sz=round(size * 100))
        text = a(
            "txBody",
            a("bodyPr"),
            a("lstStyle"),
            a("p", a("pPr", leading, algn=align, rtl=direction(self._lang)), *runs, end),
        )
        style = self._plan.stylesheet.slides
        line = fill(table.line_color)
        sides = {"lnL": NOTHING, "lnR": NOTHING}
        if cell.bar.name:
            sides["lnR" if self._rtl else "lnL"] = a("ln", fill(cell.bar), w=emu(style.bar_pt))
        above, below = inner
        borders = []
        for edge in _EDGES:
            if edge in sides and cell.bar.name and sides[edge]:
                borders.append(a(edge, fill(cell.bar), w=emu(style.bar_pt), cap="flat"))
            elif (edge == "lnT" and (above or table.line_color == PALE)) or (
                edge == "lnB" and (below or table.line_color == PALE)
            ):
                borders.append(a(edge, line, w=emu(table.line_pt)))
            else:
                borders.append(a(edge, a("noFill"), w=0))
        ground = fill(cell.fill) or a("noFill")
        pad = emu(_PAD_PT)
        return a(
            "tc",
            text,
            a("tcPr", *borders, ground, marL=pad, marR=pad, marT=0, marB=0, anchor="ctr"),
        )


def _note(paragraph: NoteParagraph, lang: str) -> Xml:
    """A paragraph, or an item of a real list."""
    runs = [run(span, lang) for span in paragraph.text if span.text]
    rtl = direction(lang)
    if not paragraph.level:
        return a("p", a("pPr", rtl=rtl), *runs)
    level = min(paragraph.level, 9)
    mark = a("buChar", char="•")
    if paragraph.start is not None:
        mark = a("buAutoNum", type="arabicPeriod", startAt=paragraph.start)
    attributes: dict[str, Value] = {"marL": _NOTES_STEP * level, "indent": -_NOTES_STEP}
    attributes |= {"lvl": level - 1 if level > 1 else None, "rtl": rtl}
    inside = joined([a("buFont", typeface="+mj-lt"), mark])
    return a("p", element("a:pPr", attributes, inside), *runs)
