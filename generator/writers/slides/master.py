"""The deck's own master, layouts, notes master and theme part (ECMA-376, part 1, clause 19.3).

A theme's slides use the layouts of its accent, and every colour and font is that of the theme part,
so that editing a layout, the master or the theme in PowerPoint changes the deck.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu

from generator.look.style import Palette, SlidesStyle
from generator.writers.office.xml import NOTHING, Value, Xml, a, element, filled, joined, p, part
from generator.writers.slides import shapes
from generator.writers.slides.look import master_placeholders, mirrored_box
from generator.writers.slides.presentation import WHITE, Color, Layout, Placeholder, Plan

_LEFTOVERS = ("/printerSettings", "/thumbnail")
_ROLES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_SAME = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
_COLOR_MAP = p("clrMap", **_ROLES, **dict(zip(_SAME, _SAME, strict=True)))
_file = partial(filled, __package__)


def own_presentation(plan: Plan, layouts: Sequence[Layout]) -> tuple[Any, list[Part]]:
    """Return python-pptx's presentation with our master and layouts and no slide, and its
    layouts."""
    presentation = Presentation()
    style, owner = plan.stylesheet.slides, presentation.part
    master = presentation.slide_masters[0].part
    for source in (owner, owner.package):
        for key, rel in list(source._rels.items()):
            if rel.reltype.endswith(_LEFTOVERS):
                source._rels.pop(key)
    theme = master.part_related_by(RT.THEME)
    for key in list(master.rels):
        master.rels.pop(key)
    made = [
        _layout_part(number, layout, name, plan, master)
        for number, (layout, name) in enumerate(zip(layouts, _names(layouts), strict=True), 1)
    ]
    master.rels.get_or_add(RT.THEME, theme)
    master._element = parse_xml(_master(style, len(made), plan.lang))
    theme.blob = _theme(theme.blob, style, plan.stylesheet.palette)
    presentation.slide_width = Emu(shapes.emu(style.width_pt))
    presentation.slide_height = Emu(shapes.emu(style.height_pt))
    presentation.element.sldSz.attrib.pop("type", None)
    add_notes_master(owner, theme.blob, plan)
    return presentation, made


def add_notes_master(owner: Any, theme: bytes, plan: Plan) -> None:
    """Replace the notes master: python-pptx's own has a date, and the frame of a 4:3 slide."""
    notes, style = owner.notes_master_part, plan.stylesheet.slides
    notes._element = parse_xml(_notes_master(style, plan.lang))
    cast(Any, notes.part_related_by(RT.THEME))._element = parse_xml(theme)


def _layout_part(number: int, layout: Layout, name: str, plan: Plan, master: Any) -> Part:
    uri = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
    own = Part(uri, CT.PML_SLIDE_LAYOUT, master.package, b"")
    own.rels.get_or_add(RT.SLIDE_MASTER, master)
    picture, logo, style = NOTHING, plan.stylesheet.logo, plan.stylesheet.slides
    if layout.logo and logo:  # over the title, where a line begins
        image = master.package.get_or_add_image_part(io.BytesIO(logo.data))
        x, y, across, high = style.logo_box_pt
        box = (x, y, *logo.within(across, high))
        box = mirrored_box(box, style.width_pt) if shapes.direction(plan.lang) else box
        key, place = own.relate_to(image, RT.IMAGE), shapes.xfrm(box)
        picture = _file("picture.xml", logo=logo, key=key, place=place)
    own.blob = part(_layout(layout, name, plan.lang, picture))
    master.rels.get_or_add(RT.SLIDE_LAYOUT, own)
    return own


def _names(layouts: Sequence[Layout]) -> list[str]:
    """Return unique names of layouts for people; they include the size if there are several."""
    counts = Counter(layout.name for layout in layouts)
    names: list[str] = []
    for layout in layouts:
        name = layout.name
        if counts[name] > 1:
            role = "question" if layout.role("question") else "body"
            place = layout.role(role) or layout.place("title")
            name = f"{name}, {place.size_pt:g} pt"
        again = sum(each.startswith(name) for each in names)
        names.append(f"{name} ({again + 1})" if name in names else name)
    return names


def _layout(layout: Layout, name: str, lang: str, picture: Xml) -> Xml:
    texts = [_shape(number, each, lang) for number, each in enumerate(layout.placeholders, 2)]
    drawn = [shapes.decoration(number, *shape) for number, shape in enumerate(layout.shapes, 30)]
    tree = p("spTree", shapes.GROUP, *drawn, *texts, picture)
    attributes: dict[str, Value] = {"type": layout.kind, "preserve": "1", "userDrawn": "1"}
    slide = element("p:cSld", {"name": name}, _background(layout.background), tree)
    return shapes.root("p:sldLayout", attributes, slide, shapes.MAPPED)


def _background(color: Color) -> Xml:
    return p("bg", p("bgPr", shapes.fill(color), a("effectLst")))


def _shape(number: int, placeholder: Placeholder, lang: str) -> Xml:
    name = placeholder.role.capitalize()
    shown = a("r", a("rPr", lang=lang), a("t", name))
    if placeholder.kind == "sldNum":
        shown = shapes.page_field("‹#›", lang)
    return _file(
        "shape.xml", number=number, name=name, placeholder=shapes.ph(placeholder), text=shown,
        place=shapes.xfrm(placeholder.box_pt), anchor=placeholder.anchor, lang=lang,
        rtl=shapes.direction(lang) or "0",
        levels=joined([_level(placeholder, level, lang) for level in placeholder.levels]),
    )  # fmt: skip


def _level(place: Placeholder, level: int, lang: str) -> Xml:
    """Return the settings of a list level in a layout."""
    size = place.level_pt(level, place.size_pt)
    left_pt, first_pt = place.indent_pt(level, size), -place.hanging_pt(level, size)
    return _file(
        "level.xml", level=level, place=place, left_pt=left_pt, first_pt=first_pt,
        rtl=shapes.direction(lang) or "0", line_pt=place.line_pt(size), size_pt=size,
        bullet=shapes.bullet(place.dash(level)), tab=shapes.tab_stops(place, level, size),
        bold=int(place.bold), fill=shapes.fill(place.color, place.opacity),
        font="mj" if place.major else "mn",
    )  # fmt: skip


def _master(style: SlidesStyle, count: int, lang: str) -> Xml:
    places = master_placeholders(style)
    texts = [_shape(number, each, lang) for number, each in enumerate(places, 2)]
    ids = [
        element("p:sldLayoutId", {"id": 2147483648 + number, "r:id": f"rId{number}"})
        for number in range(1, count + 1)
    ]
    return _file(
        "master.xml", background=_background(WHITE), group=shapes.GROUP, shapes=joined(texts),
        colors=_COLOR_MAP, layouts=joined(ids), heading_pt=places[0].size_pt,
        levels=_notes_levels(style, lang),
    )  # fmt: skip


def handout_master() -> bytes:
    """Return the master for printing several slides on a page."""
    slide = p("cSld", _background(WHITE), p("spTree", shapes.GROUP))
    return part(shapes.root("p:handoutMaster", {}, slide, _COLOR_MAP))


def _notes_master(style: SlidesStyle, lang: str) -> Xml:
    """Return a page with the slide, the notes and the page number."""
    return _file(
        "notes_master.xml", background=_background(WHITE), group=shapes.GROUP, lang=lang,
        number=shapes.page_field("‹#›", lang), colors=_COLOR_MAP, levels=_notes_levels(style, lang),
    )  # fmt: skip


def _notes_levels(style: SlidesStyle, lang: str) -> Xml:
    rtl = shapes.direction(lang)
    return joined(
        _file("notes_level.xml", level=level, left_pt=18 * (level - 1), rtl=rtl or "0",
              align="r" if rtl else "l", size_pt=style.notes_pt)
        for level in range(1, 10)
    )  # fmt: skip


def _theme(blob: bytes, style: SlidesStyle, palette: Palette) -> bytes:
    """Return a theme part with the palette's colours and the style's fonts."""
    root = parse_xml(blob)
    colors = {"dk1": palette.ink, "lt1": palette.paper, "dk2": palette.muted}
    colors |= {"lt2": palette.hairline, "hlink": palette.ink, "folHlink": palette.ink}
    colors |= {f"accent{index}": color for index, color in enumerate(palette.surfaces, 1)}
    for name, color in colors.items():
        (slot,) = root.iter(qn(f"a:{name}"))
        slot[:] = [slot.makeelement(qn("a:srgbClr"), {"val": color[1:]})]
    for name, font in (("major", style.serif), ("minor", style.sans)):
        root.find(f".//{qn(f'a:{name}Font')}/{qn('a:latin')}").set("typeface", font)
    return etree.tostring(root, encoding="UTF-8", standalone=True)
