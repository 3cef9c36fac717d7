"""Writes the plan as a Word file.

The body is made as XML text and parsed once, because python-docx looks through all paragraphs
before it adds one.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml

from generator.look.style import MM
from generator.model import Inline, Span
from generator.text import bidi
from generator.writers import Output
from generator.writers.handout import look, template
from generator.writers.handout.paragraphs import Paragraph, Plan, Row
from generator.writers.handout.runs import field, field_marks, fragment, text_runs
from generator.writers.office.package import describe, stable_zip
from generator.writers.office.template import used
from generator.writers.office.xml import NOTHING, Xml, element, holdable, joined, w


def write(plan: Plan) -> Output:
    """Return the .docx of a plan. Its page count is 0, as only Word knows it."""
    with used(plan.template):
        return _written(plan)


def _written(plan: Plan) -> Output:
    users = docx.Document(io.BytesIO(plan.template.data)) if plan.template else None
    document = users or look.own_document(plan)
    body = _Body(plan, template.prepared(document, plan))
    table = [body.table(plan)] if plan.table else []
    rows = list(parse_xml(fragment(*map(body.block, plan.paragraphs), *table)))
    template.append(document, rows)
    for address, key in body.links.items():
        document.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, key, True)
    describe(document.core_properties, plan.title, "", plan.author, plan.lang, plan.timestamp)
    out = io.BytesIO()
    document.save(out)
    return Output(stable_zip(out.getvalue()), 0, plan.diagnostics)


class _Body:
    """Paragraphs as XML, with the document's ids of our styles and lists.

    Nothing is formatted directly: a paragraph only has a style and, if it is a question, its list.
    """

    def __init__(self, plan: Plan, names: template.Names) -> None:
        self.links: dict[str, str] = {}
        """The ids of relationships, by their target URLs."""
        self._names = names
        self._rtl = bidi.right_to_left(plan.lang)
        self._control_ids = itertools.count(1)
        self._last: int | None = None
        """The number before, in a form, whose numbers are fields."""

    def block(self, paragraph: Paragraph) -> Xml:
        """Return a paragraph, in a content control if it is a field."""
        made = self._paragraph(paragraph)
        if not paragraph.field:
            return made
        items = [
            element("w:listItem", {"w:displayText": c, "w:value": c}) for c in paragraph.choices
        ]
        kind = w("dropDownList", *items) if items else NOTHING
        return self._control(paragraph.field, joined([w("showingPlcHdr"), kind]), made)

    def table(self, plan: Plan) -> Xml:
        """Return the table with hairlines between its rows, none of which is cut by the end of a
        page (17.4). Word needs a paragraph after it."""
        line = plan.stylesheet.palette.hairline[1:]
        edges = [w(edge, val="single", sz=4, color=line) for edge in ("bottom", "insideH")]
        fixed, whole = w("tblLayout", type="fixed"), w("tblW", w=5000, type="pct")
        mirrored = w("bidiVisual") if self._rtl else NOTHING
        sides = [w(side, w=80, type="dxa") for side in ("top", "left", "bottom", "right")]
        borders, margins = w("tblBorders", *edges), w("tblCellMar", *sides)
        properties = w("tblPr", mirrored, whole, borders, fixed, margins)
        measure = (plan.paper_mm[0] - 2 * plan.stylesheet.handout.side_margin_mm) * MM * 20
        grid = w("tblGrid", *(w("gridCol", w=round(part * measure)) for part in plan.columns))
        rows = (self._row(row, plan.columns, row is plan.table[0]) for row in plan.table)
        return joined([w("tbl", properties, grid, *rows), w("p")])

    def _row(self, row: Row, columns: Sequence[float], head: bool) -> Xml:
        height = w("trHeight", val=round(row.height_mm * MM * 20), hRule="atLeast")
        properties = w("trPr", w("cantSplit"), height, w("tblHeader") if head else NOTHING)
        tint = w("shd", val="clear", color="auto", fill=row.tint[1:]) if row.tint else NOTHING
        cells = (
            w(
                "tc",
                w("tcPr", w("tcW", w=round(part * 5000), type="pct"), tint),
                *map(self.block, cell),
            )
            for part, cell in zip(columns, row.cells, strict=True)
        )
        return w("tr", properties, *cells)

    def _paragraph(self, paragraph: Paragraph) -> Xml:
        accent = self._style(f"Accent {paragraph.accent}") if paragraph.accent else ""
        of_runs = accent if paragraph.style == "Heading 1" else ""
        if paragraph.field:
            of_runs = self._style("Placeholder Text")
        runs = self._anchored(paragraph, self._inline(paragraph.text, of_runs))
        before = self._before(paragraph, accent)
        return w("p", self._properties(paragraph, accent), before, runs)

    def _properties(self, paragraph: Paragraph, accent: str) -> Xml:
        """Return the properties. The list of a question is repeated here though its style has it,
        as many programs only look for it here."""
        number = NOTHING
        if paragraph.style.startswith("Question") and not paragraph.box:
            listed = paragraph.numbering + self._names.lists
            number = w("numPr", w("ilvl", val=0), w("numId", val=listed))
        mark = w("rPr", w("rStyle", val=accent)) if accent else NOTHING  # its number is set in it
        return w("pPr", w("pStyle", val=self._style(paragraph.style)), number, mark)

    def _before(self, paragraph: Paragraph, accent: str) -> Xml:
        """Return a box, and a number that counts on from the one before it (17.16.5.56)."""
        if not paragraph.box:
            return NOTHING
        made = [self._tick(paragraph.tick) if paragraph.tick else text_runs(look.TICK_BOX, False)]
        if (number := paragraph.number) is not None:
            restart = (
                "" if self._last is not None and number == self._last + 1 else f" \\r {number}"
            )
            shown = text_runs(str(number), False, accent)
            made.append(text_runs("\u2002", False))
            made.append(field(f"SEQ Question \\* ARABIC{restart}", shown, accent))
            made.append(text_runs(".", False, accent))
            self._last = number
        return joined([*made, w("r", w("tab"))])

    def _style(self, name: str) -> str:
        return self._names.styles[look.style_id(name)]

    def _control(self, name: str, kind: Xml, content: Xml) -> Xml:
        """Return a content control; its id is unique in the document (17.5.2.18)."""
        number = w("id", val=next(self._control_ids))
        properties = w("sdtPr", w("alias", val=name), w("tag", val=name), number, kind)
        return w("sdt", properties, w("sdtContent", content))

    def _tick(self, name: str) -> Xml:
        """Return a box that can be clicked."""
        font = "MS Gothic"
        states = {"checkedState": "2612", "uncheckedState": "2610"}
        kind = element(
            "w14:checkbox",
            {},
            element("w14:checked", {"w14:val": "0"}),
            *(
                element(f"w14:{state}", {"w14:val": code, "w14:font": font})
                for state, code in states.items()
            ),
        )
        return self._control(name, kind, w("r", w("t", look.TICK_BOX)))

    def _anchored(self, paragraph: Paragraph, runs: Xml) -> Xml:
        """Return a heading with its bookmark, or an entry of the contents with its link.

        The entries stand in one field (17.16.5.68) that is filled in, so that Word can update it
        but need not offer to.
        """
        if not paragraph.anchor:
            return runs
        name = f"_Toc{paragraph.anchor}"
        if paragraph.style == "Heading 1":
            number = paragraph.anchor + self._names.bookmarks
            start = w("bookmarkStart", id=number, name=name)
            return joined([start, runs, w("bookmarkEnd", id=number)])
        without_pages = "" if paragraph.page else " \\n"
        before, after = field_marks(f'TOC \\o "1-1" \\h{without_pages}')
        page = NOTHING
        if paragraph.page:
            shown = field(f"PAGEREF {name} \\h", text_runs(str(paragraph.page), False))
            page = joined([w("r", w("tab")), shown])
        link = w("hyperlink", runs, page, anchor=name, history="1")
        opens, closes = (
            before if paragraph.opens else NOTHING,
            after if paragraph.closes else NOTHING,
        )
        return joined([opens, link, closes])

    def _inline(self, text: Inline, style: str) -> Xml:
        """Return spans, each in the character style of its kind, or else in that of an id."""
        runs = []
        for span in text:
            address = holdable(span.link or "").strip()
            name = _character_style(span, bool(address))
            run = text_runs(span.text, self._rtl, self._style(name) if name else style)
            if address:
                key = self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")
                run = element("w:hyperlink", {"r:id": key, "w:history": "1"}, run)
            runs.append(run)
        return joined(runs)


def _character_style(span: Span, linked: bool) -> str:
    if span.code:
        return "Code"
    if linked:
        return "Hyperlink"
    return " ".join(["Strong"] * span.strong + ["Emphasis"] * span.emphasis)
