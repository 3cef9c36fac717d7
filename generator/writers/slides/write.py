"""The deck as slides of XML text in generic parts: linear, where python-pptx's own is quadratic."""

from __future__ import annotations

import io
import uuid
from typing import Any, cast

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TARGET_MODE as MODE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part, _Relationship
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from generator.model import Span
from generator.publish import stable_zip
from generator.writers import Output
from generator.writers.slides.fit import Key, Paragraph
from generator.writers.slides.layouts import Design, Layout, Placeholder
from generator.writers.slides.master import (
    FIELD,
    GROUP,
    HANDOUT_MASTER,
    HEAD,
    LEVELS,
    NAMESPACES,
    bullet,
    indents,
    own_presentation,
    ph,
    rectangle,
    right_to_left,
    spaced,
    tab_stops,
)
from generator.writers.slides.notes import NoteParagraph
from generator.writers.slides.plan import AGENDA_KEY, Plan, Slide
from generator.writers.slides.template import SECTIONS, emptied
from generator.writers.xml import attribute, content, holdable

_FIRST_ID = 256
"""The least id of a slide (ECMA-376, part 1, 19.7.13)."""

NOTES_STEP = 228600
"""Indent of each level of a list in the notes: a quarter of an inch."""


def write(plan: Plan) -> Output:
    """The .pptx of a plan; equal bytes for an equal plan."""
    deck = _Deck(plan)
    for number, slide in enumerate(plan.slides, 1):
        deck.add(number, slide)
    deck.finish()
    buffer = io.BytesIO()
    deck.presentation.save(buffer)
    return Output(stable_zip(buffer.getvalue()), len(plan.slides), plan.diagnostics)


class _Deck:
    """The package while slides are added to it."""

    def __init__(self, plan: Plan) -> None:
        if plan.design.template is None:
            self.presentation, self._layouts = own_presentation(plan)
        else:
            self.presentation, self._layouts = _from_template(plan.design, plan.design.template)
        self._plan = plan
        self._package = self.presentation.part.package
        self._notes_master = self.presentation.part.notes_master_part
        # All parts first, so that slides can link to later ones.
        self._parts = [
            Part(PackURI(f"/ppt/slides/slide{number}.xml"), CT.PML_SLIDE, self._package, b"")
            for number in range(1, len(plan.slides) + 1)
        ]
        self._number = {
            key: number for number, slide in enumerate(plan.slides, 1) for key in slide.keys
        }

    def add(self, number: int, slide: Slide) -> None:
        place = (slide.layout, slide.accent)
        layout_part = self._layouts.get(place) or self._layouts[slide.layout, 0]
        layout = self._plan.design.layout(*place)
        part = self._parts[number - 1]
        _relate(part, "rId1", RT.SLIDE_LAYOUT, layout_part)
        part.blob = _SlideXml(self, slide, layout, part, number, self._plan).xml().encode()
        self._add_notes(number, slide, part)

    def link(self, source: Part, target: Key) -> str:
        """The relationship from a slide to that of a key; empty where the deck has none."""
        number = self._number.get(target)
        if number is None:
            return ""
        key = f"rIdS{number}"
        if key not in source.rels:
            _relate(source, key, RT.SLIDE, self._parts[number - 1])
        return key

    def _add_notes(self, number: int, slide: Slide, part: Part) -> None:
        lang = self._plan.lang
        shown = "".join(_note(paragraph, lang) for paragraph in slide.notes)
        xml = (
            f"{HEAD}<p:notes {NAMESPACES}><p:cSld><p:spTree>{GROUP}"
            '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1"'
            ' noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr>'
            '</p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr>'
            '<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr>'
            "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>"
            f"{shown or '<a:p/>'}</p:txBody></p:sp></p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
        )
        name = PackURI(f"/ppt/notesSlides/notesSlide{number}.xml")
        notes = Part(name, CT.PML_NOTES_SLIDE, self._package, xml.encode())
        _relate(notes, "rId1", RT.NOTES_MASTER, self._notes_master)
        _relate(notes, "rId2", RT.SLIDE, part)
        _relate(part, "rIdNotes", RT.NOTES_SLIDE, notes)

    def finish(self) -> None:
        """The lists of the presentation part, and what the file says of itself."""
        element, owner = self.presentation.element, self.presentation.part
        for number, part in enumerate(self._parts, 1):
            _relate(owner, f"rIdS{number}", RT.SLIDE, part)
        rows = "".join(
            f'<p:sldId id="{_FIRST_ID + number}" r:id="rIdS{number}"/>'
            for number in range(1, len(self._parts) + 1)
        )
        slides = parse_xml(f"<p:sldIdLst {NAMESPACES}>{rows}</p:sldIdLst>")
        self._set_list("notesMasterIdLst", "notesMasterId", self._notes_master, RT.NOTES_MASTER)
        self._set_list(
            "handoutMasterIdLst", "handoutMasterId", self._handout_master(), RT.HANDOUT_MASTER
        )
        last = element.find(qn("p:handoutMasterIdLst"))
        last.addnext(slides)
        extensions = element.find(qn("p:extLst"))
        if extensions is None:
            extensions = parse_xml(f"<p:extLst {NAMESPACES}/>")
            element.append(extensions)
        extensions.append(parse_xml(self._sections()))
        properties = self.presentation.core_properties
        plan = self._plan
        properties.title, properties.subject = (
            holdable(text)[:255] for text in (plan.title, plan.subject)
        )
        properties.author = properties.last_modified_by = holdable(plan.author)[:255]
        properties.language, properties.revision = plan.lang, 1
        properties.created = properties.modified = plan.timestamp.replace(tzinfo=None)

    def _set_list(self, name: str, entry: str, part: Part, kind: str) -> None:
        """A list of one master, after those that stand before it (19.2.1.26)."""
        element = self.presentation.element
        if element.find(qn(f"p:{name}")) is None:
            key = self.presentation.part.relate_to(part, kind)
            xml = f'<p:{name} {NAMESPACES}><p:{entry} r:id="{key}"/></p:{name}>'
            before = element.findall(qn("p:sldMasterIdLst")) + element.findall(
                qn("p:notesMasterIdLst")
            )
            before[-1].addnext(parse_xml(xml))

    def _handout_master(self) -> Part:
        """For printing several slides on a page; PowerPoint makes one when it first needs it."""
        owner = self.presentation.part
        for rel in owner.rels.values():
            if rel.reltype == RT.HANDOUT_MASTER:
                return cast(Part, rel.target_part)
        theme = self._notes_master.part_related_by(RT.THEME)
        name = self._package.next_partname("/ppt/theme/theme%d.xml")
        own = Part(name, CT.OFC_THEME, self._package, theme.blob)
        xml = f"{HEAD}<p:handoutMaster {NAMESPACES}>{HANDOUT_MASTER}</p:handoutMaster>"
        name = PackURI("/ppt/handoutMasters/handoutMaster1.xml")
        part = Part(name, CT.PML_HANDOUT_MASTER, self._package, xml.encode())
        part.rels.get_or_add(RT.THEME, own)
        return part

    def _sections(self) -> str:
        """PowerPoint's sections (extension of Office 2010), with ids made from their place."""
        made, number = "", 0
        for place, (name, count) in enumerate(self._plan.sections):
            identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{place} {name}")).upper()
            ids = "".join(
                f'<p14:sldId id="{_FIRST_ID + number + index}"/>' for index in range(1, count + 1)
            )
            number += count
            title = attribute(name)
            made += (
                f'<p14:section name={title} id="{{{identifier}}}">'
                f"<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"
            )
        return (
            f'<p:ext {NAMESPACES} uri="{SECTIONS}">'
            '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
            f"{made}</p14:sectionLst></p:ext>"
        )


def _from_template(design: Design, blob: bytes) -> tuple[Any, dict[tuple[str, int], Part]]:
    presentation = emptied(blob)
    parts = {
        layout.part.partname: layout.part
        for master in presentation.slide_masters
        for layout in master.slide_layouts
    }
    return presentation, {place: parts[each.part] for place, each in design.layouts.items()}


class _SlideXml:
    """One slide's XML."""

    def __init__(
        self, deck: _Deck, slide: Slide, layout: Layout, part: Part, number: int, plan: Plan
    ) -> None:
        self._deck, self._slide, self._layout, self._part = deck, slide, layout, part
        self._number, self._plan, self._lang = number, plan, plan.lang
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
            bar = (x, y, width * slide.progress, height)
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
        key = self._deck.link(self._part, AGENDA_KEY)
        inside = _fill(placeholder.color) + _jump(key) if key else ""
        return f"<a:p>{self._run(Span(self._plan.foot), '', inside)}</a:p>"

    def _paragraph(self, paragraph: Paragraph, placeholder: Placeholder) -> str:
        size = ""
        if paragraph.size_pt and paragraph.size_pt != placeholder.size_pt:
            size = f' sz="{round(paragraph.size_pt * 100)}"'
        runs = ""
        if paragraph.number:
            fill = _fill(f"accent{paragraph.accent or self._slide.accent}")
            key = self._deck.link(self._part, paragraph.target) if paragraph.target else ""
            link = _jump(key) if key else ""
            runs += self._run(Span(paragraph.number, strong=True), size, fill + link)
            # The same colour and weight: LibreOffice takes a link's from the run behind it.
            runs += self._run(Span("\t", strong=True), size, fill)
        runs += "".join(self._run(span, size, self._web(span)) for span in paragraph.text)
        runs += f'<a:br><a:rPr lang="{self._lang}"{size}/></a:br>' * paragraph.blank
        return f"<a:p>{_properties(paragraph.level, placeholder, self._lang)}{runs}</a:p>"

    def _run(self, span: Span, size: str, inside: str) -> str:
        mono = self._plan.stylesheet.slides.mono if span.code else ""
        return _run(span, self._lang, size, inside, mono)

    def _web(self, span: Span) -> str:
        if not span.link:
            return ""
        key = f"rIdW{len(self._part.rels)}"
        address = holdable(span.link)
        base = self._part.partname.baseURI
        self._part.rels._rels[key] = _Relationship(base, key, RT.HYPERLINK, MODE.EXTERNAL, address)
        return f'<a:hlinkClick r:id="{key}"/>'


def _relate(source: Part, key: str, kind: str, target: Part) -> None:
    """A relationship under a key of our own: the library's way looks through all there are."""
    base = source.partname.baseURI
    source.rels._rels[key] = _Relationship(base, key, kind, MODE.INTERNAL, target)


def _jump(key: str) -> str:
    """A link to a slide, in the colour of its text (extension of Office 2019)."""
    return (
        f'<a:hlinkClick r:id="{key}" action="ppaction://hlinksldjump"><a:extLst>'
        '<a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr'
        ' xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
        "</a:ext></a:extLst></a:hlinkClick>"
    )


def _fill(color: str) -> str:
    """Nothing for the colour that a template's layout has."""
    return f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>' if color else ""


def _properties(level: int, placeholder: Placeholder, lang: str) -> str:
    """Of a paragraph: only what its layout does not say, or LibreOffice does not take from it."""
    attributes, inside = "", ""
    if placeholder.direct:
        attributes = indents(placeholder, level) + right_to_left(lang)
        inside = spaced(placeholder) + bullet(placeholder, level)
    elif level > 1:
        attributes = f' lvl="{min(level, LEVELS[-1]) - 1}"'
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
    rtl = right_to_left(lang)
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
