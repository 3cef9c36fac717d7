"""One slide and its notes as XML text, with the relationships that they need."""

from __future__ import annotations

from collections.abc import Mapping

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from generator.model import Span, plain
from generator.text.bidi import is_bidirectional, right_to_left
from generator.writers.slides.deck import AGENDA_KEY, Plan, Slide
from generator.writers.slides.fit import Key, Paragraph
from generator.writers.slides.layouts import Layout, Placeholder
from generator.writers.slides.master import (
    FIELD,
    GROUP,
    HEAD,
    LEVELS,
    NAMESPACES,
    bullet,
    direction,
    indents,
    ph,
    rectangle,
    spaced,
    tab_stops,
)
from generator.writers.slides.metrics import line_of
from generator.writers.slides.notes import NoteParagraph
from generator.writers.xml import attribute, content

NOTES_STEP = 228600
"""Indent of each level of a list in the notes: a quarter of an inch."""


def relationship(key: str, kind: str, target: str, mode: str = "") -> str:
    """`target` is relative to the part, in quotes."""
    return f'<Relationship Id="{key}" Type="{kind}" Target={target} {mode}/>'


def relationships_xml(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{rows}</Relationships>'


def notes_xml(slide: Slide, lang: str) -> str:
    shown = "".join(_note(paragraph, lang) for paragraph in slide.notes)
    return (
        f"{HEAD}<p:notes {NAMESPACES}><p:cSld><p:spTree>{GROUP}"
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1"'
        ' noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr>'
        '</p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr>'
        "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>"
        f"{shown or '<a:p/>'}</p:txBody></p:sp></p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


class SlideXml:
    """One slide's XML."""

    def __init__(
        self, slide: Slide, number: int, layout: Layout, plan: Plan, numbers: Mapping[Key, int]
    ) -> None:
        """`numbers` are those of the slides that keys lead to."""
        self.relationships: dict[str, str] = {}
        """By their keys."""
        self._slide, self._number, self._layout = slide, number, layout
        self._plan, self._lang, self._numbers = plan, plan.lang, numbers
        self._id = 1

    def xml(self) -> str:
        texts: dict[int, str] = {}
        for each in self._layout.placeholders:
            texts[each.idx] = texts.get(each.idx, "") + self._text(each)
        places = {each.idx: each for each in reversed(self._layout.placeholders)}
        shapes = [self._shape(places[idx], text) for idx, text in texts.items() if text]
        return (
            f"{HEAD}<p:sld {NAMESPACES}><p:cSld><p:spTree>{GROUP}{self._decoration()}"
            f"{''.join(shapes)}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )

    def _next_id(self) -> int:
        self._id += 1
        return self._id

    def _decoration(self) -> str:
        slide, layout = self._slide, self._layout
        shapes = []
        if layout.ruled:
            style = self._plan.stylesheet.slides
            width = style.width_pt - style.left_pt - style.right_pt
            shapes += [
                (f"Rule {index}", (style.left_pt, y, width, style.hairline_pt), "bg2")
                for index, y in enumerate(slide.rows_pt, 1)
            ]
        if layout.track_pt:
            x, y, width, height = layout.track_pt
            done = width * slide.progress
            start = x + width - done if right_to_left(self._lang) else x
            bar = (start, y, done, height)
            shapes.append(("Progress", bar, f"accent{slide.accent}"))
        return "".join(rectangle(self._next_id(), *shape) for shape in shapes)

    def _text(self, placeholder: Placeholder) -> str:
        """What fills a placeholder; nothing for one that this slide leaves empty."""
        if placeholder.role == "page":
            return self._page_number()
        if placeholder.role == "foot":
            return self._foot(placeholder)
        fields = self._slide.fields.get(placeholder.role, ())
        return "".join(self._paragraph(each, placeholder) for each in fields)

    def _shape(self, placeholder: Placeholder, text: str) -> str:
        name = f"{placeholder.role.capitalize()} {self._next_id()}"
        fit = "<a:bodyPr><a:noAutofit/></a:bodyPr>" if placeholder.direct else "<a:bodyPr/>"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._id}" name="{name}"/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{ph(placeholder)}</p:nvPr></p:nvSpPr>'
            f"<p:spPr/><p:txBody>{fit}<a:lstStyle/>{text}</p:txBody></p:sp>"
        )

    def _page_number(self) -> str:
        lang = self._lang
        return (
            f'<a:p><a:fld id="{FIELD}" type="slidenum"><a:rPr lang="{lang}"/>'
            f"<a:t>{self._number}</a:t></a:fld></a:p>"
        )

    def _foot(self, placeholder: Placeholder) -> str:
        """A link back to the agenda, but not on the agenda."""
        if AGENDA_KEY in self._slide.keys:
            return ""
        key = self._link(AGENDA_KEY)
        inside = _fill(placeholder.color) + _jump(key) if key else ""
        return f"<a:p>{self._run(Span(self._plan.foot), '', inside)}</a:p>"

    def _paragraph(self, paragraph: Paragraph, placeholder: Placeholder) -> str:
        size = ""
        if paragraph.size_pt and paragraph.size_pt != placeholder.size_pt:
            size = f' sz="{round(paragraph.size_pt * 100)}"'
        runs = ""
        if paragraph.number:
            fill = _fill(f"accent{paragraph.accent or self._slide.accent}")
            key = self._link(paragraph.target) if paragraph.target else ""
            link = _jump(key) if key else ""
            runs += self._run(Span(paragraph.number, strong=True), size, fill + link)
            # The same colour and weight: LibreOffice takes a link's from the run behind it.
            # LibreOffice passes over a tab that leads from the right.
            gap = "\u2002\t" if right_to_left(self._lang) else "\t"
            runs += self._run(Span(gap, strong=True), size, fill)
        runs += "".join(
            self._run(span, size, self._web(span, placeholder.color)) for span in paragraph.text
        )
        runs += f'<a:br><a:rPr lang="{self._lang}"{size}/></a:br>' * paragraph.blank
        line = ""
        if self._layout.ruled:  # whatever font stands in, rows keep to their rules
            height = line_of(paragraph.size_pt or placeholder.size_pt, placeholder.font)
            line = f'<a:lnSpc><a:spcPts val="{round(height * 100)}"/></a:lnSpc>'
        ordered = _properties(paragraph, placeholder, self._lang, line)
        return f"<a:p>{ordered}{runs}</a:p>"

    def _run(self, span: Span, size: str, inside: str) -> str:
        mono = self._plan.stylesheet.slides.mono if span.code else ""
        return _run(span, self._lang, size, inside, mono)

    def _link(self, target: Key) -> str:
        """The relationship to the slide of a key; empty where the deck has none."""
        number = self._numbers.get(target)
        if number is None:
            return ""
        key = f"rIdS{number}"
        self.relationships[key] = relationship(key, RT.SLIDE, f'"slide{number}.xml"')
        return key

    def _web(self, span: Span, color: str) -> str:
        """A link to the web; one in a template has the colour of its links."""
        if not span.link:
            return ""
        key = f"rIdW{len(self.relationships)}"
        target = attribute(span.link)
        self.relationships[key] = relationship(key, RT.HYPERLINK, target, 'TargetMode="External"')
        if color:
            return _fill(color) + _click(key)
        return f'<a:hlinkClick r:id="{key}"/>'


def _jump(key: str) -> str:
    """A link to a slide."""
    return _click(key, ' action="ppaction://hlinksldjump"')


def _click(key: str, action: str = "") -> str:
    """In the colour of its text (extension of Office 2019), which may stand on an accent."""
    return (
        f'<a:hlinkClick r:id="{key}"{action}><a:extLst>'
        '<a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr'
        ' xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
        "</a:ext></a:extLst></a:hlinkClick>"
    )


def _fill(color: str) -> str:
    """Nothing for the colour that a template's layout has."""
    return f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>' if color else ""


def _properties(paragraph: Paragraph, placeholder: Placeholder, lang: str, line: str) -> str:
    """Of a paragraph: only what its layout does not say, or LibreOffice does not take from it."""
    attributes, inside, level = "", line, paragraph.level
    if placeholder.direct:
        attributes = indents(placeholder, level) + direction(lang)
        inside += spaced(placeholder) + bullet(placeholder, level)
    elif level > 1:
        attributes = f' lvl="{min(level, LEVELS[-1]) - 1}"'
    foreign = right_to_left(lang) and not is_bidirectional(plain(paragraph.text))
    if foreign and not placeholder.hang_pt and not placeholder.direct:
        attributes += ' rtl="0"'  # on the same side, but in its own order
    inside += tab_stops(placeholder, level)
    return f"<a:pPr{attributes}>{inside}</a:pPr>" if attributes or inside else ""


def _run(span: Span, lang: str, size: str = "", inside: str = "", mono: str = "") -> str:
    marks = (' b="1"' if span.strong else "") + (' i="1"' if span.emphasis else "")
    fill, found, link = inside.partition("<a:hlinkClick")
    font = f'<a:latin typeface="{mono}"/>' if mono else ""
    return (
        f'<a:r><a:rPr lang="{lang}"{size}{marks} dirty="0">{fill}{font}{found}{link}</a:rPr>'
        f"<a:t>{content(span.text)}</a:t></a:r>"
    )


def _note(paragraph: NoteParagraph, lang: str) -> str:
    """A paragraph, or an item of a real list."""
    runs = "".join(_run(span, lang) for span in paragraph.text if span.text)
    rtl = direction(lang)
    if not paragraph.level:
        return f"<a:p><a:pPr{rtl}/>{runs}</a:p>"
    left = NOTES_STEP * min(paragraph.level, 9)
    mark = '<a:buFont typeface="+mj-lt"/>'
    if paragraph.start is None:
        mark += '<a:buChar char="•"/>'
    else:
        mark += f'<a:buAutoNum type="arabicPeriod" startAt="{paragraph.start}"/>'
    level = f' lvl="{min(paragraph.level, 9) - 1}"' if paragraph.level > 1 else ""
    return (
        f'<a:p><a:pPr marL="{left}" indent="-{NOTES_STEP}"{level}{rtl}>{mark}</a:pPr>{runs}</a:p>'
    )
