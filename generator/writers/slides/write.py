"""Writes the deck as a file. Slides are XML that goes straight into the zip.

python-pptx writes everything around them. Its own way of adding slides is quadratic, and its
objects for parts and relationships take longer than the texts.
"""

from __future__ import annotations

import io
import uuid
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
from generator.writers.office.package import (
    content_types_with,
    describe,
    relationship,
    relationships,
    relationships_with,
    stable_zip,
)
from generator.writers.office.template import used
from generator.writers.office.xml import Xml, declared, element, part
from generator.writers.slides.master import add_notes_master, handout_master, own_presentation
from generator.writers.slides.presentation import Layout, Plan
from generator.writers.slides.slide import SlideXml, notes_xml
from generator.writers.slides.template import SECTIONS, emptied

_LEVEL = 3
"""The compression level: two thirds of the time of zlib's usual 6 for 6 % more bytes; 1 is not
faster."""
_FIRST_ID = 256
"""The smallest id of a slide (ECMA-376, part 1, 19.7.13)."""


def write(plan: Plan) -> Output:
    """Return the .pptx of a plan; equal plans give equal bytes."""
    with used(plan.design.template):
        return _written(plan)


def _written(plan: Plan) -> Output:
    layouts = list({id(slide.layout): slide.layout for slide in plan.slides}.values())
    if plan.design.template is None:
        presentation, parts = own_presentation(plan, layouts)
    else:
        presentation, parts = _from_template(plan, layouts)
    _add_lists(presentation, plan)
    properties = presentation.core_properties
    describe(properties, plan.title, plan.subject, plan.author, plan.lang, plan.timestamp)
    buffer = io.BytesIO()
    presentation.save(buffer)
    names = {id(each): str(own.partname) for each, own in zip(layouts, parts, strict=True)}
    data, count = buffer.getvalue(), len(plan.slides)
    members = content_types_with(data, _types(count))
    folder, name = split(str(presentation.part.partname))
    slides = relpath("/ppt/slides", folder)
    rows = [
        relationship(f"rIdS{number}", RT.SLIDE, f"{slides}/slide{number}.xml")
        for number in range(1, count + 1)
    ]
    members |= relationships_with(data, f"{folder[1:]}/_rels/{name}.rels", rows)
    made = _slides(plan, names, str(presentation.part.notes_master_part.partname))
    return Output(stable_zip(data, members, made, _LEVEL), count, plan.diagnostics)


def _slides(plan: Plan, layouts: dict[int, str], notes_master: str) -> Iterator[tuple[str, bytes]]:
    """Yield the members of the zip for slides and their notes, each with its relationships."""
    numbers = {key: number for number, slide in enumerate(plan.slides, 1) for key in slide.keys}
    for_layout = {
        key: relationship("rIdLayout", RT.SLIDE_LAYOUT, relpath(name, "/ppt/slides"))
        for key, name in layouts.items()
    }
    master = relpath(notes_master, "/ppt/notesSlides")
    for_master = relationship("rIdMaster", RT.NOTES_MASTER, master)
    for number, slide in enumerate(plan.slides, 1):
        made = SlideXml(slide, number, plan, numbers)
        xml = part(made.xml())
        name, notes = f"slide{number}.xml", f"notesSlide{number}.xml"
        own = [*made.relationships.values(), for_layout[id(slide.layout)]]
        own.append(relationship("rIdNotes", RT.NOTES_SLIDE, f"../notesSlides/{notes}"))
        back = relationship("rIdSlide", RT.SLIDE, f"../slides/{name}")
        yield f"ppt/slides/{name}", xml
        yield f"ppt/slides/_rels/{name}.rels", relationships(own)
        yield f"ppt/notesSlides/{notes}", part(notes_xml(slide, number, plan.lang))
        yield f"ppt/notesSlides/_rels/{notes}.rels", relationships([for_master, back])


def _types(count: int) -> Iterator[tuple[str, str]]:
    for number in range(1, count + 1):
        yield f"/ppt/slides/slide{number}.xml", CT.PML_SLIDE
        yield f"/ppt/notesSlides/notesSlide{number}.xml", CT.PML_NOTES_SLIDE


def _from_template(plan: Plan, layouts: list[Layout]) -> tuple[Any, list[Part]]:
    assert plan.design.template is not None
    presentation = emptied(plan.design.template.data)
    owner = presentation.part
    if not any(rel.reltype == RT.NOTES_MASTER for rel in owner.rels.values()):
        theme = presentation.slide_masters[0].part.part_related_by(RT.THEME)
        add_notes_master(owner, theme.blob, plan)
    parts = {
        str(layout.part.partname): layout.part
        for master in presentation.slide_masters
        for layout in master.slide_layouts
    }
    return presentation, [parts[each.part] for each in layouts]


def _add_lists(presentation: Any, plan: Plan) -> None:
    """Add masters, slides and sections to the presentation part (19.2.1.26)."""
    root, owner = presentation.element, presentation.part
    last = root.find(qn("p:sldMasterIdLst"))
    for name, own, kind in (
        ("notesMasterId", owner.notes_master_part, RT.NOTES_MASTER),
        ("handoutMasterId", _handout_master(owner), RT.HANDOUT_MASTER),
    ):
        found = root.find(qn(f"p:{name}Lst"))
        if found is None:
            row = element(f"p:{name}", {"r:id": owner.relate_to(own, kind)})
            found = parse_xml(element(f"p:{name}Lst", declared("p", "r"), row))
            last.addnext(found)
        last = found
    rows = [
        element("p:sldId", {"id": _FIRST_ID + number, "r:id": f"rIdS{number}"})
        for number in range(1, len(plan.slides) + 1)
    ]
    last.addnext(parse_xml(element("p:sldIdLst", declared("p", "r"), *rows)))
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        extensions = parse_xml(element("p:extLst", declared("p")))
        root.append(extensions)
    extensions.append(parse_xml(_sections(plan)))


def _handout_master(owner: Any) -> Part:
    """Return the master for printing several slides on a page, which PowerPoint makes when it first
    needs it."""
    for rel in owner.rels.values():
        if rel.reltype == RT.HANDOUT_MASTER:
            return cast(Part, rel.target_part)
    package, theme = owner.package, owner.notes_master_part.part_related_by(RT.THEME)
    own = Part(package.next_partname("/ppt/theme/theme%d.xml"), CT.OFC_THEME, package, theme.blob)
    name = PackURI("/ppt/handoutMasters/handoutMaster1.xml")
    made = Part(name, CT.PML_HANDOUT_MASTER, package, handout_master())
    made.rels.get_or_add(RT.THEME, own)
    return made


def _sections(plan: Plan) -> Xml:
    """Return PowerPoint's sections (extension of Office 2010), with ids made from their
    positions."""
    made, number = [], _FIRST_ID
    for place, (name, count) in enumerate(plan.sections):
        identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{place} {name}")).upper()
        ids = [element("p14:sldId", {"id": number + index}) for index in range(1, count + 1)]
        number += count
        attributes = {"name": name, "id": f"{{{identifier}}}"}
        made.append(element("p14:section", attributes, element("p14:sldIdLst", {}, *ids)))
    sections = element("p14:sectionLst", declared("p14"), *made)
    return element("p:ext", {**declared("p"), "uri": SECTIONS}, sections)
