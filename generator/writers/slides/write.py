"""The deck as slides of XML text in generic parts: linear, where python-pptx's own is quadratic."""

from __future__ import annotations

import io
import uuid

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TARGET_MODE as MODE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part, _Relationship
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from generator.model import Span
from generator.publish import stable_zip
from generator.writers import Output
from generator.writers.slides.plan import AGENDA, AGENDA_KEY, Field, Key, Paragraph, Plan, Slide
from generator.writers.slides.template import (
    FIELD,
    GROUP,
    HEAD,
    NAMESPACES,
    Layout,
    Placeholder,
    ph,
    presentation_for,
    rectangle,
    tab_stops,
    xfrm,
)
from generator.writers.xml import attribute, content, holdable

_FIRST_ID = 256
"""The least id of a slide (ECMA-376, part 1, 19.7.13)."""


def write(plan: Plan) -> Output:
    """The .pptx of a plan; equal bytes for an equal plan."""
    deck = _Deck(plan)
    for number, slide in enumerate(plan.slides, 1):
        deck.add(number, slide)
    deck.finish()
    buffer = io.BytesIO()
    deck.presentation.save(buffer)
    return Output(stable_zip(buffer.getvalue()), len(plan.slides))


class _Deck:
    """The package while slides are added to it."""

    def __init__(self, plan: Plan) -> None:
        self.presentation, self._layouts = presentation_for(plan)
        self._plan = plan
        self._package = self.presentation.part.package
        self._notes_master = self.presentation.part.notes_master_part
        # All parts first, so that slides can link to later ones.
        self._parts = [
            Part(PackURI(f"/ppt/slides/slide{number}.xml"), CT.PML_SLIDE, self._package, b"")
            for number in range(1, len(plan.slides) + 1)
        ]
        self._number = {
            slide.key: number for number, slide in enumerate(plan.slides, 1) if slide.key
        }

    def add(self, number: int, slide: Slide) -> None:
        layout, layout_part = self._layouts[slide.layout, slide.accent]
        part = self._parts[number - 1]
        _relate(part, "rId1", RT.SLIDE_LAYOUT, layout_part)
        part.blob = _SlideXml(self, slide, layout, part, number, self._plan).xml().encode()
        self._add_notes(number, slide, part)

    def link(self, source: Part, target: Key) -> str:
        """The relationship from a slide to that of a key."""
        number = self._number[target]
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
            f"{shown or _paragraph('', lang)}</p:txBody></p:sp></p:spTree></p:cSld>"
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
        notes = owner.relate_to(self._notes_master, RT.NOTES_MASTER)
        masters = parse_xml(
            f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{notes}"/>'
            "</p:notesMasterIdLst>"
        )
        element.sldMasterIdLst.addnext(masters)
        masters.addnext(slides)
        element.append(parse_xml(self._sections()))
        properties = self.presentation.core_properties
        plan = self._plan
        properties.title, properties.subject = (
            holdable(text)[:255] for text in (plan.title, plan.subject)
        )
        properties.author = properties.last_modified_by = holdable(plan.author)[:255]
        properties.language, properties.revision = plan.lang, 1
        properties.created = properties.modified = plan.timestamp.replace(tzinfo=None)

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
            f'<p:extLst {NAMESPACES}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
            f"{made}</p14:sectionLst></p:ext></p:extLst>"
        )


class _SlideXml:
    """One slide's XML."""

    def __init__(
        self, deck: _Deck, slide: Slide, layout: Layout, part: Part, number: int, plan: Plan
    ) -> None:
        self._deck, self._slide, self._layout, self._part = deck, slide, layout, part
        self._number, self._plan, self._lang = number, plan, plan.lang
        self._id = 1

    def xml(self) -> str:
        shapes = [self._filled(each) for each in self._layout.placeholders]
        return (
            f"{HEAD}<p:sld {NAMESPACES}><p:cSld><p:spTree>{GROUP}{self._decoration()}"
            f"{''.join(shapes)}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )

    def _next_id(self) -> int:
        self._id += 1
        return self._id

    def _decoration(self) -> str:
        style, slide = self._plan.stylesheet.slides, self._slide
        width = style.width_pt - style.left_pt - style.right_pt
        shapes = [
            rectangle(self._next_id(), f"Rule {index}", (style.left_pt, y, width, 0.75), "bg2")
            for index, y in enumerate(slide.rows_pt, 1)
        ]
        if slide.progress is not None:
            box = (style.left_pt, style.progress_top_pt, width * slide.progress)
            color = f"accent{slide.accent}"
            bar = (*box, style.progress_height_pt)
            shapes.append(rectangle(self._next_id(), "Progress", bar, color))
        return "".join(shapes)

    def _filled(self, placeholder: Placeholder) -> str:
        """A placeholder with its text; nothing for one that this slide leaves empty."""
        role = placeholder.role
        if role == "page":
            return self._shape(placeholder, self._page_number(), "")
        if role == "foot":
            agenda = self._slide.layout == AGENDA
            return "" if agenda else self._shape(placeholder, self._foot(placeholder), "")
        field = self._slide.fields.get(role)
        if field is None:
            return ""
        text = "".join(self._paragraph(each, field, placeholder) for each in field.paragraphs)
        return self._shape(placeholder, text or _paragraph("", self._lang), _box(field))

    def _shape(self, placeholder: Placeholder, text: str, box: str) -> str:
        name = f"{placeholder.role.capitalize()} {self._next_id()}"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._id}" name="{name}"/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{ph(placeholder)}</p:nvPr></p:nvSpPr>'
            f"<p:spPr>{box}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"
        )

    def _page_number(self) -> str:
        lang = self._lang
        return (
            f'<a:p><a:fld id="{FIELD}" type="slidenum"><a:rPr lang="{lang}"/>'
            f"<a:t>{self._number}</a:t></a:fld></a:p>"
        )

    def _foot(self, placeholder: Placeholder) -> str:
        """A link back to the agenda."""
        key = self._deck.link(self._part, AGENDA_KEY)
        inside = _fill(placeholder.color) + _jump(key)
        run = _run(Span(self._plan.strings.back_to_agenda), self._lang, "", inside)
        return f"<a:p>{run}</a:p>"

    def _paragraph(self, paragraph: Paragraph, field: Field, placeholder: Placeholder) -> str:
        size = f' sz="{round(field.size_pt * 100)}"' if field.size_pt else ""
        link = ""
        if paragraph.target:
            link = _jump(self._deck.link(self._part, paragraph.target))
        runs = ""
        if paragraph.number:
            fill = _fill(f"accent{paragraph.accent or self._slide.accent}")
            number = Span(paragraph.number, strong=True)
            runs += _run(number, self._lang, size, fill + link)
            # The same colour and weight: LibreOffice takes a link's from the run behind it.
            runs += _run(Span("\t", strong=True), self._lang, size, fill)
        runs += "".join(_run(span, self._lang, size, self._web(span)) for span in paragraph.text)
        runs += f'<a:br><a:rPr lang="{self._lang}"{size}/></a:br>' * paragraph.blank
        level = f' lvl="{min(paragraph.level, 3) - 1}"' if paragraph.level > 1 else ""
        return f"<a:p><a:pPr{level}>{tab_stops(placeholder)}</a:pPr>{runs}</a:p>"

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
    return f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>'


def _box(field: Field) -> str:
    return xfrm(field.box_pt) if field.box_pt else ""


def _run(span: Span, lang: str, size: str, inside: str) -> str:
    marks = (' b="1"' if span.strong else "") + (' i="1"' if span.emphasis else "")
    text = content(span.text)
    return (
        f'<a:r><a:rPr lang="{lang}"{size}{marks} dirty="0">{inside}</a:rPr><a:t>{text}</a:t></a:r>'
    )


def _paragraph(text: str, lang: str) -> str:
    return f"<a:p>{_run(Span(text), lang, '', '')}</a:p>"


def _note(paragraph: Paragraph, lang: str) -> str:
    lead = f"{paragraph.number} " if paragraph.number else ""
    runs = "".join(_run(span, lang, "", "") for span in (Span(lead), *paragraph.text) if span.text)
    level = f' lvl="{min(paragraph.level, 9) - 1}"' if paragraph.level > 1 else ""
    return f"<a:p><a:pPr{level}/>{runs}</a:p>"
