"""The deck's own master, layouts, notes master and theme part (ECMA-376, part 1, clause 19.3).

A theme's slides use the layouts of its accent, and every colour and font is that of the theme
part, so that a change of a layout, of the master or of the theme in PowerPoint changes the deck.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu

from generator.look.style import Logo, Palette, SlidesStyle
from generator.writers.office.xml import NOTHING, Value, Xml, a, element, joined, p, part
from generator.writers.slides.deck import Plan
from generator.writers.slides.layouts import INK, PALE, WHITE, Color, Layout, Placeholder
from generator.writers.slides.look import master_placeholders, mirrored_box
from generator.writers.slides.shapes import (
    GROUP,
    LEVELS,
    MAPPED,
    RECTANGLE,
    bullet,
    decoration,
    direction,
    emu,
    fill,
    indents,
    page_field,
    ph,
    root,
    spacing,
    tab_stops,
    typefaces,
    xfrm,
)

_LEFTOVERS = ("/printerSettings", "/thumbnail")
_COLORS = ("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2")
_LINKS = ("hlink", "folHlink")
COLOR_MAP = p(
    "clrMap",
    **dict(_COLORS),
    **{name: name for name in (*(f"accent{number}" for number in range(1, 7)), *_LINKS)},
)
_IMAGE_EMU = (685800, 1143000, 5486400, 3086100)
"""Place of the slide on a notes page, which is 7.5 x 10 in."""
_NOTES_EMU = (685800, 4400550, 5486400, 4114800)
_NUMBER_EMU = (3884613, 8685213, 2971800, 342900)


def own_presentation(plan: Plan, layouts: Sequence[Layout]) -> tuple[Any, list[Part]]:
    """python-pptx's presentation with our master and layouts, and no slide; and its layouts."""
    presentation = Presentation()
    style, palette = plan.stylesheet.slides, plan.stylesheet.palette
    package, master = presentation.part.package, presentation.slide_masters[0].part
    for owner in (presentation.part, package):
        rels = owner._rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_LEFTOVERS)]:
            rels.pop(key)
    theme = master.part_related_by(RT.THEME)
    for key in list(master.rels):
        master.rels.pop(key)
    made = []
    for number, (layout, name) in enumerate(zip(layouts, _names(layouts), strict=True), 1):
        uri = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
        own = Part(uri, CT.PML_SLIDE_LAYOUT, package, b"")
        own.rels.get_or_add(RT.SLIDE_MASTER, master)
        picture = NOTHING
        if layout.logo and (logo := plan.stylesheet.logo):
            image = package.get_or_add_image_part(io.BytesIO(logo.data))
            picture = _picture(logo, style, own.relate_to(image, RT.IMAGE), plan.lang)
        own.blob = part(_layout(layout, name, plan.lang, picture))
        master.rels.get_or_add(RT.SLIDE_LAYOUT, own)
        made.append(own)
    master.rels.get_or_add(RT.THEME, theme)
    master._element = parse_xml(_master(style, len(made), plan.lang))
    theme.blob = theme_xml(theme.blob.decode(), style, palette).encode()
    presentation.slide_width = Emu(emu(style.width_pt))
    presentation.slide_height = Emu(emu(style.height_pt))
    presentation.element.sldSz.attrib.pop("type", None)
    notes = presentation.part.notes_master_part
    notes._element = parse_xml(_notes_master(style, plan.lang))
    notes_theme = notes.part_related_by(RT.THEME)
    cast(Any, notes_theme)._element = parse_xml(theme.blob)
    return presentation, made


def _names(layouts: Sequence[Layout]) -> list[str]:
    """Names for people, each once: the size is part of them where there are several."""
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
    shapes = [_shape(number, each, lang) for number, each in enumerate(layout.placeholders, 2)]
    drawn = [decoration(number, *shape) for number, shape in enumerate(layout.shapes, 30)]
    tree = p("spTree", GROUP, *drawn, *shapes, picture)
    attributes: dict[str, Value] = {"type": layout.kind, "preserve": "1", "userDrawn": "1"}
    slide = element("p:cSld", {"name": name}, _background(layout.background), tree)
    return root("p:sldLayout", attributes, slide, MAPPED)


def _background(color: Color) -> Xml:
    return p("bg", p("bgPr", fill(color), a("effectLst")))


def _shape(number: int, placeholder: Placeholder, lang: str) -> Xml:
    name = placeholder.role.capitalize()
    shown = a("r", a("rPr", lang=lang), a("t", name))
    if placeholder.kind == "sldNum":
        shown = page_field("‹#›", lang)
    body = a(
        "bodyPr",
        a("noAutofit"),
        vert="horz",
        wrap="square",
        **dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), 0),
        rtlCol=direction(lang) or "0",
        anchor=placeholder.anchor,
    )
    levels = joined([_level(placeholder, level, lang) for level in LEVELS])
    return p(
        "sp",
        p(
            "nvSpPr",
            p("cNvPr", id=number, name=name),
            p("cNvSpPr", a("spLocks", noGrp=1)),
            p("nvPr", ph(placeholder)),
        ),
        p("spPr", xfrm(placeholder.box_pt), RECTANGLE),
        p("txBody", body, a("lstStyle", levels), a("p", shown, a("endParaRPr", lang=lang))),
    )


def _level(placeholder: Placeholder, level: int, lang: str) -> Xml:
    """How a layout sets a level of a list."""
    size = placeholder.level_pt(level, placeholder.size_pt)
    run = a(
        "defRPr",
        fill(placeholder.color, placeholder.opacity),
        typefaces(placeholder.major),
        sz=round(size * 100),
        b=int(placeholder.bold),
        spc=round(placeholder.tracking_pt * 100) or None,
    )
    return a(
        f"lvl{level}pPr",
        spacing(placeholder, size),
        bullet(placeholder, level),
        tab_stops(placeholder, level, size),
        run,
        **indents(placeholder, level, size),
        algn=placeholder.align,
        rtl=direction(lang),
    )


def _master(style: SlidesStyle, count: int, lang: str) -> Xml:
    shapes = [
        _shape(number, each, lang) for number, each in enumerate(master_placeholders(style), 2)
    ]
    ids = [
        element("p:sldLayoutId", {"id": 2147483648 + number, "r:id": f"rId{number}"})
        for number in range(1, count + 1)
    ]
    plain = fill(INK)
    levels = [
        a(f"lvl{level}pPr", a("defRPr", plain, a("latin", typeface="+mn-lt"), sz=2400))
        for level in range(1, 10)
    ]
    heading = a(
        "defRPr", plain, a("latin", typeface="+mj-lt"), sz=style.heading_sizes_pt[0] * 100, b=1
    )
    return root(
        "p:sldMaster",
        {},
        p("cSld", _background(WHITE), p("spTree", GROUP, *shapes)),
        COLOR_MAP,
        p("sldLayoutIdLst", *ids),
        p("hf", hdr=0, ftr=0, dt=0),
        p(
            "txStyles",
            p("titleStyle", a("lvl1pPr", heading)),
            p("bodyStyle", *levels),
            p("otherStyle", *levels),
        ),
    )


def handout_master() -> bytes:
    """For printing several slides on a page."""
    slide = p("cSld", _background(WHITE), p("spTree", GROUP))
    return part(root("p:handoutMaster", {}, slide, COLOR_MAP))


def _notes_master(style: SlidesStyle, lang: str) -> Xml:
    """A page with the slide, what the presenter reads, and its number."""
    locks = a("spLocks", noGrp=1, noRot=1, noChangeAspect=1)
    line = a("ln", fill(PALE), w=emu(style.hairline_pt))
    image = p(
        "sp",
        p(
            "nvSpPr",
            p("cNvPr", id=2, name="Slide image"),
            p("cNvSpPr", locks),
            p("nvPr", p("ph", type="sldImg", idx=2)),
        ),
        p("spPr", _place(_IMAGE_EMU), RECTANGLE, a("noFill"), line),
    )
    text = a("r", a("rPr", lang=lang), a("t", "Notes"))
    body = _notes_shape(3, "Notes", p("ph", type="body", sz="quarter", idx=3), _NOTES_EMU, text)
    foot = p("ph", type="sldNum", sz="quarter", idx=5)
    number = _notes_shape(4, "Page", foot, _NUMBER_EMU, page_field("‹#›", lang), "r")
    leading = a("lnSpc", a("spcPct", val=100000))
    run = a("defRPr", fill(INK), typefaces(False), sz=style.notes_pt * 100, kern=1200)
    levels = [
        a(
            f"lvl{level}pPr",
            leading,
            a("spcBef", a("spcPts", val=0)),
            a("spcAft", a("spcPts", val=400)),
            run,
            marL=(level - 1) * 228600,
            indent=0,
            algn="r" if direction(lang) else "l",
            rtl=direction(lang),
        )
        for level in range(1, 10)
    ]
    return root(
        "p:notesMaster",
        {},
        p("cSld", _background(WHITE), p("spTree", GROUP, image, body, number)),
        COLOR_MAP,
        p("hf", hdr=0, ftr=0, dt=0),
        p("notesStyle", *levels),
    )


def _place(emus: tuple[int, int, int, int]) -> Xml:
    x, y, width, height = emus
    return a("xfrm", a("off", x=x, y=y), a("ext", cx=width, cy=height))


def _notes_shape(
    number: int,
    name: str,
    placeholder: Xml,
    place: tuple[int, int, int, int],
    text: Xml,
    align: str = "",
) -> Xml:
    style = a("lstStyle", a("lvl1pPr", a("defRPr", sz=1200), algn=align) if align else NOTHING)
    return p(
        "sp",
        p(
            "nvSpPr",
            p("cNvPr", id=number, name=name),
            p("cNvSpPr", a("spLocks", noGrp=1)),
            p("nvPr", placeholder),
        ),
        p("spPr", _place(place), RECTANGLE),
        p("txBody", a("bodyPr", lIns=0, rIns=0), style, a("p", text)),
    )


def theme_xml(xml: str, style: SlidesStyle, palette: Palette) -> str:
    """A theme part with the palette's colours and the style's fonts."""
    colors = {"dk1": palette.ink, "lt1": palette.paper, "dk2": palette.muted}
    colors |= {"lt2": palette.hairline, "hlink": palette.ink, "folHlink": palette.ink}
    colors |= {f"accent{index}": color for index, color in enumerate(palette.surfaces, 1)}
    for name, color in colors.items():
        xml = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{color[1:]}"/></a:{name}>',
            xml,
            flags=re.DOTALL,
        )
    for name, font in (("major", style.serif), ("minor", style.sans)):
        pattern = rf'(<a:{name}Font>\s*<a:latin typeface=")[^"]*'
        xml = re.sub(pattern, rf"\g<1>{font}", xml)
    return xml


def _picture(logo: Logo, style: SlidesStyle, key: str, lang: str) -> Xml:
    """The logo over the title, where a line begins."""
    left, top, across, high = style.logo_box_pt
    width, height = logo.within(across, high)
    box = (left, top, width, height)
    if direction(lang):
        box = mirrored_box(box, style.width_pt)
    return p(
        "pic",
        p(
            "nvPicPr",
            p("cNvPr", id=60, name="Logo", descr=logo.alt),
            p("cNvPicPr", a("picLocks", noChangeAspect=1)),
            p("nvPr", userDrawn=1),
        ),
        p("blipFill", element("a:blip", {"r:embed": key}), a("stretch", a("fillRect"))),
        p("spPr", xfrm(box), RECTANGLE),
    )
