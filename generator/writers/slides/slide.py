"""One slide and its notes as XML, with their relationships."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from generator.model import Span, plain
from generator.text.bidi import is_bidirectional, right_to_left
from generator.writers.office.package import relationship
from generator.writers.office.xml import NOTHING, Value, Xml, a, filled, joined, p
from generator.writers.slides import shapes
from generator.writers.slides.look import surface, text_color
from generator.writers.slides.presentation import (
    NO_COLOR,
    Cell,
    Key,
    NoteParagraph,
    Paragraph,
    Placeholder,
    Plan,
    Slide,
    Table,
)

_NOTES_STEP = 228600
"""The indent of each list level in the notes: a quarter of an inch, in EMU."""
_ALIGNS = {"l": "r", "r": "l", "ctr": "ctr"}
"""Alignments mirrored for lines that run from right to left."""


_IMAGE = Xml(
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
    'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/>'
    "</p:sp>"
)
_NOTES, _PAGE = (
    p("ph", type=kind, sz="quarter", idx=i) for kind, i in (("body", 3), ("sldNum", 5))
)


def notes_xml(slide: Slide, number: int, lang: str) -> Xml:
    shown = joined([_note(paragraph, lang) for paragraph in slide.notes]) or a("p")
    page = a("p", shapes.page_field(str(number), lang))
    notes, foot = _text_shape(3, "Notes", _NOTES, shown), _text_shape(4, "Page", _PAGE, page)
    tree = p("spTree", shapes.GROUP, _IMAGE, notes, foot)
    return shapes.root("p:notes", {}, p("cSld", tree), shapes.MAPPED)


def _note(paragraph: NoteParagraph, lang: str) -> Xml:
    """Return a paragraph, or an item of a real list."""
    runs = [shapes.run(span, lang) for span in paragraph.text if span.text]
    rtl = shapes.direction(lang)
    if not paragraph.level:
        return a("p", a("pPr", rtl=rtl), *runs)
    level = min(paragraph.level, 9)
    mark = a("buChar", char="•")
    if paragraph.start is not None:
        mark = a("buAutoNum", type="arabicPeriod", startAt=paragraph.start)
    font, lvl = a("buFont", typeface="+mj-lt"), level - 1 or None
    place: dict[str, Value] = {"marL": _NOTES_STEP * level, "indent": -_NOTES_STEP}
    return a("p", a("pPr", font, mark, **place, lvl=lvl, rtl=rtl), *runs)


def _text_shape(
    number: int, name: str, placeholder: Xml, shown: Xml, body: Xml = NOTHING, link: Xml = NOTHING
) -> Xml:
    """Return a shape that fills a placeholder and has its position. `name` is one of ours. It is
    written as text, as large decks have many thousands."""
    return Xml(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{link}</p:cNvPr><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody>{body or '<a:bodyPr/>'}<a:lstStyle/>{shown}</p:txBody></p:sp>"
    )


class SlideXml:
    """The XML of one slide."""

    def __init__(self, slide: Slide, number: int, plan: Plan, numbers: Mapping[Key, int]) -> None:
        """Make the slide with this number; `numbers` are those of the slides that keys lead to."""
        self.relationships: dict[str, Xml] = {}
        """The relationships by their ids."""
        self._slide, self._number, self._plan = slide, number, plan
        self._lang, self._numbers = plan.lang, numbers
        self._rtl, self._style = right_to_left(plan.lang), plan.stylesheet.slides
        own, palette = plan.design.template is None, plan.stylesheet.palette
        self._accent = text_color(palette, slide.accent) if own else surface(slide.accent)
        self._ids = itertools.count(2)

    def xml(self) -> Xml:
        layout, drawn = self._slide.layout, self._slide.shapes
        made = [shapes.decoration(next(self._ids), *shape) for shape in drawn]
        # Two roles may share a placeholder, which only kind and idx together name: templates that
        # LibreOffice saved have no idx.
        texts: dict[tuple[str, int], list[Xml]] = {}
        for each in layout.placeholders:
            texts.setdefault((each.kind, each.idx), []).extend(self._texts(each))
        places = {(each.kind, each.idx): each for each in reversed(layout.placeholders)}
        made += [self._shape(places[key], shown) for key, shown in texts.items() if shown]
        if table := self._slide.table:
            made.append(self._table(table))
        tree = p("spTree", shapes.GROUP, *made)
        return shapes.root("p:sld", {}, p("cSld", tree), shapes.MAPPED)

    def _texts(self, place: Placeholder) -> list[Xml]:
        """Return the shape of a placeholder; nothing if this slide leaves it empty."""
        if place.role == "page":
            return [a("p", shapes.page_field(str(self._number), self._lang))]
        return [self._paragraph(each, place) for each in self._slide.fields.get(place.role, ())]

    def _shape(self, place: Placeholder, shown: Sequence[Xml]) -> Xml:
        number, body = next(self._ids), NOTHING
        if place.direct:
            body = a("bodyPr", a("noAutofit"))
        elif narrower := self._slide.narrower_pt.get(place.role):
            side = "lIns" if self._rtl else "rIns"
            body = a("bodyPr", **{side: shapes.emu(narrower)})
        link = self._jump(self._slide.links.get(place.role))
        name = f"{place.role.capitalize()} {number}"
        return _text_shape(number, name, shapes.ph(place), joined(shown), body, link)

    def _paragraph(self, paragraph: Paragraph, place: Placeholder) -> Xml:
        """Return a paragraph. Only slides in a template set a size; ours have layouts for it."""
        size = paragraph.size_pt if place.direct else 0
        runs = [self._run(span, size, place) for span in paragraph.text]
        if paragraph.number:
            # LibreOffice takes a link's colour and weight from the run behind it, and passes over
            # a tab that leads from the right.
            by_theme = self._slide.accent and not place.color.name.startswith("#")
            accent = self._accent if by_theme else place.color
            space = Span("\u2002\t" if self._rtl else "\t", strong=True)
            number, link = Span(paragraph.number, strong=True), self._jump(paragraph.target)
            before = shapes.run(number, self._lang, size, accent, link=link)
            runs[:0] = [before, shapes.run(space, self._lang, size, accent)]
        return a("p", self._properties(paragraph, place), *runs)

    def _run(self, span: Span, size_pt: float, place: Placeholder) -> Xml:
        fonts = a("latin", typeface=self._style.mono) if span.code else NOTHING
        color, link = place.color, NOTHING
        if span.link:
            key = f"rIdW{len(self.relationships)}"
            self.relationships[key] = relationship(key, RT.HYPERLINK, span.link, external=True)
            link = shapes.web(key, bool(color.name))
        elif not color.name.startswith("#"):
            color = NO_COLOR
        return shapes.run(span, self._lang, size_pt, color, fonts, link, place.bold)

    def _properties(self, paragraph: Paragraph, place: Placeholder) -> Xml:
        """Return the properties that a paragraph's layout does not set, or that LibreOffice does
        not inherit."""
        level, size, inside = paragraph.level, paragraph.size_pt, NOTHING
        attributes: dict[str, Value] = {}
        if place.direct or paragraph.mark is not None:
            left, hang, bullet = place.hung(paragraph)
            attributes |= {"marL": shapes.emu(left), "indent": -shapes.emu(hang)}
            attributes["rtl"] = shapes.direction(self._lang) if place.direct else None
            inside = joined([shapes.gaps(place), shapes.bullet(bullet)])
        elif level > 1:
            attributes["lvl"] = min(level, shapes.DEEPEST) - 1
        foreign = self._rtl and not is_bidirectional(plain(paragraph.text))
        if foreign and not place.indent_pt(1, size) and not place.direct:
            attributes["rtl"] = "0"  # on the same side, but in its own order
        inside = joined([inside, shapes.tab_stops(place, level, size)])
        return a("pPr", inside, **attributes) if attributes or inside else NOTHING

    def _jump(self, target: Key | None) -> Xml:
        """Return a link to the slide of a key, or nothing if the deck has no such slide."""
        number = self._numbers.get(target) if target else None
        if number is None or number == self._number:
            return NOTHING
        key = f"rIdS{number}"
        self.relationships[key] = relationship(key, RT.SLIDE, f"slide{number}.xml")
        return shapes.jump(key)

    def _table(self, table: Table) -> Xml:
        """Return a table. It is mirrored here for lines from right to left, as LibreOffice does not
        do that."""
        turn = -1 if self._rtl else 1
        columns = [a("gridCol", w=shapes.emu(width)) for width in table.columns_pt[::turn]]
        rows = [
            a("tr", *(self._cell(cell, table) for cell in cells[::turn]), h=shapes.emu(height))
            for height, cells in table.rows
        ]
        x, y, width, _ = table.box_pt
        return filled(
            __package__, "table.xml", number=next(self._ids), name=table.name, x=x, y=y,
            placeholder=shapes.ph(self._slide.layout.place("table")), width=width,
            height=sum(height for height, _ in table.rows), columns=joined(columns),
            rows=joined(rows),
        )  # fmt: skip

    def _cell(self, cell: Cell, table: Table) -> Xml:
        paragraph, fonts = cell.paragraph, shapes.typefaces(cell.major)
        size, link = paragraph.size_pt, self._jump(paragraph.target)
        bold = (replace(span, strong=span.strong or cell.bold) for span in paragraph.text)
        runs = [shapes.run(span, self._lang, size, cell.color, fonts, link) for span in bold]
        line = (shapes.fill(table.line_color), shapes.emu(table.line_pt))
        bar = (shapes.fill(cell.bar), shapes.emu(self._style.bar_pt))
        side = ("lnR" if self._rtl else "lnL") if cell.bar.name else ""
        edges = {"lnL": (a("noFill"), 0), "lnR": (a("noFill"), 0), "lnT": line, "lnB": line}
        borders = [
            a(edge, *inside[:1], w=inside[1])
            for edge, inside in (edges | ({side: bar} if side else {})).items()
        ]
        return filled(
            __package__, "cell.xml", align=_ALIGNS[cell.align] if self._rtl else cell.align,
            rtl=shapes.direction(self._lang) or "0", runs=joined(runs), lang=self._lang,
            size_pt=size, inset_pt=table.inset_pt, borders=joined(borders),
            fill=shapes.fill(cell.fill) or a("noFill"),
        )  # fmt: skip
