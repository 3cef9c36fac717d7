"""The deck as a file. Slides are XML text that goes straight into the zip.

python-pptx writes what is around them: its own way of adding slides is quadratic, and its objects
for parts and relationships take longer than the texts.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator
from posixpath import relpath, split
from typing import Any, cast

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from generator.writers import Output
from generator.writers.office.package import stable_zip
from generator.writers.slides.deck import Plan
from generator.writers.slides.layouts import Design
from generator.writers.slides.master import HANDOUT_MASTER, HEAD, NAMESPACES, own_presentation
from generator.writers.slides.slide_xml import SlideXml, notes_xml, relationship, relationships_xml
from generator.writers.slides.template import SECTIONS, emptied
from generator.writers.xml import attribute, holdable

_LEVEL = 2
"""Of compression: half the time of zlib's usual 6 and 4 % more bytes, with members this small."""
_FIRST_ID = 256
"""The least id of a slide (ECMA-376, part 1, 19.7.13)."""


def write(plan: Plan) -> Output:
    """The .pptx of a plan; equal bytes for an equal plan."""
    if plan.design.template is None:
        presentation, layouts = own_presentation(plan)
    else:
        presentation, layouts = _from_template(plan.design, plan.design.template)
    _add_lists(presentation, plan)
    _set_properties(presentation, plan)
    buffer = io.BytesIO()
    presentation.save(buffer)
    places = {place: str(part.partname) for place, part in layouts.items()}
    notes_master = str(presentation.part.notes_master_part.partname)
    members = dict(_slides(plan, places, notes_master))
    with zipfile.ZipFile(buffer) as frame:
        for name, end, rows in _listed(str(presentation.part.partname), len(plan.slides)):
            text = frame.read(name).decode()
            members[name] = text.replace(end, rows + end).encode()
    data = stable_zip(buffer.getvalue(), members, _LEVEL)
    return Output(data, len(plan.slides), plan.diagnostics)


def _slides(
    plan: Plan, layouts: dict[tuple[str, int], str], notes_master: str
) -> Iterator[tuple[str, bytes]]:
    """The members of the zip that are slides and their notes, each with its relationships."""
    numbers = {key: number for number, slide in enumerate(plan.slides, 1) for key in slide.keys}
    for_layout = {
        place: relationship("rIdLayout", RT.SLIDE_LAYOUT, f'"{relpath(part, "/ppt/slides")}"')
        for place, part in layouts.items()
    }
    master = f'"{relpath(notes_master, "/ppt/notesSlides")}"'
    for_master = relationship("rIdMaster", RT.NOTES_MASTER, master)
    for number, slide in enumerate(plan.slides, 1):
        place = (slide.layout, slide.accent)
        made = SlideXml(slide, number, plan.design.layout(*place), plan, numbers)
        xml = made.xml()
        notes = relationship("rIdNotes", RT.NOTES_SLIDE, f'"../notesSlides/notesSlide{number}.xml"')
        back = relationship("rIdSlide", RT.SLIDE, f'"../slides/slide{number}.xml"')
        layout = for_layout.get(place) or for_layout[slide.layout, 0]
        own = "".join((*made.relationships.values(), layout, notes))
        yield f"ppt/slides/slide{number}.xml", xml.encode()
        yield f"ppt/slides/_rels/slide{number}.xml.rels", relationships_xml(own).encode()
        yield f"ppt/notesSlides/notesSlide{number}.xml", notes_xml(slide, plan.lang).encode()
        rels = relationships_xml(for_master + back).encode()
        yield f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels", rels


def _listed(presentation: str, count: int) -> Iterator[tuple[str, str, str]]:
    """Where the file lists its slides: member, what ends its list, and the rows."""
    kinds = (("slides/slide", CT.PML_SLIDE), ("notesSlides/notesSlide", CT.PML_NOTES_SLIDE))
    types = "".join(
        f'<Override PartName="/ppt/{name}{number}.xml" ContentType="{kind}"/>'
        for number in range(1, count + 1)
        for name, kind in kinds
    )
    yield "[Content_Types].xml", "</Types>", types
    folder, name = split(presentation)
    slides = relpath("/ppt/slides", folder)
    slide = f'<Relationship Type="{RT.SLIDE}" Target="{slides}/slide'
    related = "".join(f'{slide}{number}.xml" Id="rIdS{number}"/>' for number in range(1, count + 1))
    yield f"{folder[1:]}/_rels/{name}.rels", "</Relationships>", related


def _from_template(design: Design, blob: bytes) -> tuple[Any, dict[tuple[str, int], Part]]:
    presentation = emptied(blob)
    parts = {
        layout.part.partname: layout.part
        for master in presentation.slide_masters
        for layout in master.slide_layouts
    }
    return presentation, {place: parts[each.part] for place, each in design.layouts.items()}


def _add_lists(presentation: Any, plan: Plan) -> None:
    """Masters, slides and sections, in the presentation part (19.2.1.26)."""
    element, owner = presentation.element, presentation.part
    last = element.find(qn("p:sldMasterIdLst"))
    for name, part, kind in (
        ("notesMasterId", owner.notes_master_part, RT.NOTES_MASTER),
        ("handoutMasterId", _handout_master(owner), RT.HANDOUT_MASTER),
    ):
        found = element.find(qn(f"p:{name}Lst"))
        if found is None:
            key = owner.relate_to(part, kind)
            xml = f'<p:{name}Lst {NAMESPACES}><p:{name} r:id="{key}"/></p:{name}Lst>'
            found = parse_xml(xml)
            last.addnext(found)
        last = found
    rows = "".join(
        f'<p:sldId id="{_FIRST_ID + number}" r:id="rIdS{number}"/>'
        for number in range(1, len(plan.slides) + 1)
    )
    last.addnext(parse_xml(f"<p:sldIdLst {NAMESPACES}>{rows}</p:sldIdLst>"))
    extensions = element.find(qn("p:extLst"))
    if extensions is None:
        extensions = parse_xml(f"<p:extLst {NAMESPACES}/>")
        element.append(extensions)
    extensions.append(parse_xml(_sections(plan)))


def _handout_master(owner: Any) -> Part:
    """For printing several slides on a page; PowerPoint makes one when it first needs it."""
    for rel in owner.rels.values():
        if rel.reltype == RT.HANDOUT_MASTER:
            return cast(Part, rel.target_part)
    package, theme = owner.package, owner.notes_master_part.part_related_by(RT.THEME)
    own = Part(package.next_partname("/ppt/theme/theme%d.xml"), CT.OFC_THEME, package, theme.blob)
    xml = f"{HEAD}<p:handoutMaster {NAMESPACES}>{HANDOUT_MASTER}</p:handoutMaster>"
    name = PackURI("/ppt/handoutMasters/handoutMaster1.xml")
    part = Part(name, CT.PML_HANDOUT_MASTER, package, xml.encode())
    part.rels.get_or_add(RT.THEME, own)
    return part


def _sections(plan: Plan) -> str:
    """PowerPoint's sections (extension of Office 2010), with ids made from their place."""
    made, number = "", 0
    for place, (name, count) in enumerate(plan.sections):
        identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{place} {name}")).upper()
        ids = "".join(
            f'<p14:sldId id="{_FIRST_ID + number + index}"/>' for index in range(1, count + 1)
        )
        number += count
        made += (
            f'<p14:section name={attribute(name)} id="{{{identifier}}}">'
            f"<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"
        )
    return (
        f'<p:ext {NAMESPACES} uri="{SECTIONS}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f"{made}</p14:sectionLst></p:ext>"
    )


def _set_properties(presentation: Any, plan: Plan) -> None:
    properties = presentation.core_properties
    properties.title, properties.subject = (
        holdable(text)[:255] for text in (plan.title, plan.subject)
    )
    properties.author = properties.last_modified_by = holdable(plan.author)[:255]
    properties.language, properties.revision = plan.lang, 1
    properties.created = properties.modified = plan.timestamp.replace(tzinfo=None)
