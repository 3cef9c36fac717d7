"""The deck as a file. Slides are XML that goes straight into the zip.

python-pptx only reads templates: its own way of adding slides is quadratic, and its objects for
parts and relationships take longer than the texts.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Mapping
from posixpath import relpath

from lxml import etree

from generator.writers import Output
from generator.writers.office.package import (
    Package,
    core_properties,
    relationship,
    relationships,
    relationships_of,
)
from generator.writers.office.xml import NAMESPACES, Xml, declared, element, part
from generator.writers.slides.master import add_masters, own_presentation
from generator.writers.slides.presentation import Plan
from generator.writers.slides.slide import SlideXml, notes_xml

_LEVEL = 2
"""Of compression: half the time of zlib's usual 6 and 4 % more bytes, with members this small."""
_FIRST_ID = 256
"""The least id of a slide (ECMA-376, part 1, 19.7.13)."""


def write(plan: Plan) -> Output:
    """The .pptx of a plan; equal bytes for an equal plan."""
    layouts = list({id(slide.layout): slide.layout for slide in plan.slides}.values())
    if plan.design.template is None:
        package, parts = own_presentation(plan, layouts)
    else:
        package, parts = _emptied(plan.design.template), [each.part for each in layouts]
    add_masters(package, plan)
    for number in range(1, len(plan.slides) + 1):
        name = package.add(f"ppt/slides/slide{number}.xml", "presentationml.slide", None)
        package.relate(package.main, "slide", name, f"rIdS{number}")
        package.add(f"ppt/notesSlides/notesSlide{number}.xml", "presentationml.notesSlide", None)
    _add_lists(package, plan)
    names = {id(each): name for each, name in zip(layouts, parts, strict=True)}
    slides = _slides(plan, names, package.related(package.main, "notesMaster"))
    core = core_properties(plan.title, plan.subject, plan.author, plan.lang, plan.timestamp)
    out = io.BytesIO()
    package.write(out, core, slides, _LEVEL)
    return Output(out.getvalue(), len(plan.slides), plan.diagnostics)


def _slides(
    plan: Plan, layouts: Mapping[int, str], notes_master: str
) -> Iterator[tuple[str, bytes]]:
    """The members of the zip that are slides and their notes, each with its relationships."""
    numbers = {key: number for number, slide in enumerate(plan.slides, 1) for key in slide.keys}
    for_layout = {
        key: relationship("rIdLayout", "slideLayout", relpath(name, "ppt/slides"))
        for key, name in layouts.items()
    }
    master = relpath(notes_master, "ppt/notesSlides")
    for_master = relationship("rIdMaster", "notesMaster", master)
    for number, slide in enumerate(plan.slides, 1):
        made = SlideXml(slide, number, plan, numbers)
        xml = part(made.xml())
        name, notes = f"slide{number}.xml", f"notesSlide{number}.xml"
        own = [*made.relationships.values(), for_layout[id(slide.layout)]]
        own.append(relationship("rIdNotes", "notesSlide", f"../notesSlides/{notes}"))
        back = relationship("rIdSlide", "slide", f"../slides/{name}")
        yield f"ppt/slides/{name}", xml
        yield relationships_of(f"ppt/slides/{name}"), relationships(own)
        yield f"ppt/notesSlides/{notes}", part(notes_xml(slide, number, plan.lang))
        yield relationships_of(f"ppt/notesSlides/{notes}"), relationships([for_master, back])


def _emptied(template: bytes) -> Package:
    """The template without its slides, and without what names them."""
    package = Package(template)
    root, rows = package.tree(package.main), package.relationships[package.main]
    for each in [*root.iterfind(_p("sldIdLst")), *root.iterfind(_p("custShowLst"))]:
        root.remove(each)
    for extension in root.iterfind(f"{_p('extLst')}/{_p('ext')}[@uri='{SECTIONS}']"):
        extension.getparent().remove(extension)
    for key in [key for key, row in rows.items() if row.kind == "slide"]:
        del rows[key]
    return package


def _p(name: str) -> str:
    return f"{{{NAMESPACES['p']}}}{name}"


def _add_lists(package: Package, plan: Plan) -> None:
    """Masters, slides and sections, in the presentation part (19.2.1.26)."""
    root, rows = package.tree(package.main), package.relationships[package.main]
    last = root.find(_p("sldMasterIdLst"))
    for name in ("notesMaster", "handoutMaster"):
        found = root.find(_p(f"{name}IdLst"))
        if found is None:
            key = next(key for key, row in rows.items() if row.kind == name)
            row = element(f"p:{name}Id", {"r:id": key})
            found = etree.fromstring(element(f"p:{name}IdLst", declared("p", "r"), row))
            last.addnext(found)
        last = found
    ids = [
        element("p:sldId", {"id": _FIRST_ID + number, "r:id": f"rIdS{number}"})
        for number in range(1, len(plan.slides) + 1)
    ]
    last.addnext(etree.fromstring(element("p:sldIdLst", declared("p", "r"), *ids)))
    extensions = root.find(_p("extLst"))
    if extensions is None:
        extensions = etree.SubElement(root, _p("extLst"))
    extensions.append(etree.fromstring(_sections(plan)))


SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""The extension of the presentation part that has the sections (Office 2010)."""


def _sections(plan: Plan) -> Xml:
    """PowerPoint's sections (extension of Office 2010), with ids made from their place."""
    made, number = [], _FIRST_ID
    for place, (name, count) in enumerate(plan.sections):
        identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{place} {name}")).upper()
        ids = [element("p14:sldId", {"id": number + index}) for index in range(1, count + 1)]
        number += count
        attributes = {"name": name, "id": f"{{{identifier}}}"}
        made.append(element("p14:section", attributes, element("p14:sldIdLst", {}, *ids)))
    sections = element("p14:sectionLst", declared("p14"), *made)
    return element("p:ext", {**declared("p"), "uri": SECTIONS}, sections)
