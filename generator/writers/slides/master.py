"""The deck's own master, layouts, notes master and theme part (ECMA-376, part 1, clause 19.3).

A theme's slides use the layouts of its accent, and every colour and font is that of the theme
part, so that a change of a layout, of the master or of the theme in PowerPoint changes the deck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from generator.look.style import SlidesStyle
from generator.writers.office.package import Package
from generator.writers.office.theme import theme
from generator.writers.office.xml import (
    NOTHING,
    Value,
    Xml,
    a,
    declared,
    element,
    filled,
    joined,
    p,
    part,
)
from generator.writers.slides import shapes
from generator.writers.slides.look import master_placeholders, mirrored_box
from generator.writers.slides.presentation import WHITE, Color, Layout, Placeholder, Plan

_ROLES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_SAME = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
_COLOR_MAP = p("clrMap", **_ROLES, **dict(zip(_SAME, _SAME, strict=True)))
_FIRST_ID = 1 << 31
"""The least id of a master, and of a layout (19.7.11, 19.7.16)."""
_TABLE_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""What PowerPoint gives a table that someone adds: Medium Style 2, Accent 1."""
_file = partial(filled, __package__)


def own_presentation(plan: Plan, layouts: Sequence[Layout]) -> tuple[Package, list[str]]:
    """A presentation with our master and layouts, and no slide; and its layouts."""
    package, style = Package(), plan.stylesheet.slides
    main = package.add(
        "ppt/presentation.xml", "presentationml.presentation.main", _presentation(style)
    )
    package.relate("", "officeDocument", main)
    master = package.add(
        "ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster",
        part(_master(style, len(layouts), plan.lang)),
    )  # fmt: skip
    package.relate(main, "slideMaster", master)
    names = zip(layouts, _names(layouts), strict=True)
    made = [_layout_part(layout, name, plan, package, master) for layout, name in names]
    colors = theme(plan.stylesheet.palette, style.serif, style.sans)
    own = package.add("ppt/theme/theme{}.xml", "theme", colors)
    package.relate(master, "theme", own)
    package.relate(main, "theme", own)
    # What says nothing, but PowerPoint repairs a file that lacks it.
    for name, root in (
        ("presProps", shapes.root("p:presentationPr", {})),
        ("viewProps", shapes.root("p:viewPr", {})),
        ("tableStyles", element("a:tblStyleLst", {**declared("a"), "def": _TABLE_STYLE})),
    ):
        own = package.add(f"ppt/{name}.xml", f"presentationml.{name}", part(root))
        package.relate(main, name, own)
    return package, made


def add_masters(package: Package, plan: Plan) -> None:
    """The masters of the notes pages and of printed pages with several slides, where there are
    none; PowerPoint makes the latter when it first needs it."""
    main, style = package.main, plan.stylesheet.slides
    own_theme = package.related(package.related(main, "slideMaster"), "theme")
    colors = package.parts[own_theme]
    notes = _notes_master(style, plan.lang)
    for name, content in (("notesMaster", notes), ("handoutMaster", _handout_master())):
        if not package.related(main, name):
            own = package.add(
                f"ppt/{name}s/{name}{{}}.xml", f"presentationml.{name}", part(content)
            )
            package.relate(main, name, own)
            package.relate(own, "theme", package.add("ppt/theme/theme{}.xml", "theme", colors))


def _layout_part(layout: Layout, name: str, plan: Plan, package: Package, master: str) -> str:
    made = package.add("ppt/slideLayouts/slideLayout{}.xml", "presentationml.slideLayout", b"")
    package.relate(made, "slideMaster", master)
    package.relate(master, "slideLayout", made)
    picture, logo, style = NOTHING, plan.stylesheet.logo, plan.stylesheet.slides
    if layout.logo and logo:  # over the title, where a line begins
        x, y, across, high = style.logo_box_pt
        box = (x, y, *logo.within(across, high))
        box = mirrored_box(box, style.width_pt) if shapes.direction(plan.lang) else box
        image = package.add("ppt/media/logo.png", "image/png", logo.data)
        key, place = package.relate(made, "image", image), shapes.xfrm(box)
        picture = _file("picture.xml", logo=logo, key=key, place=place)
    package.parts[made] = part(_layout(layout, name, plan.lang, picture))
    return made


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
    """How a layout sets a level of a list."""
    size = place.level_pt(level, place.size_pt)
    left_pt, first_pt = place.indent_pt(level, size), -place.hanging_pt(level, size)
    return _file(
        "level.xml", level=level, place=place, left_pt=left_pt, first_pt=first_pt,
        rtl=shapes.direction(lang) or "0", line_pt=place.line_pt(size), size_pt=size,
        bullet=shapes.bullet(place, level), tab=shapes.tab_stops(place, level, size),
        bold=int(place.bold), fill=shapes.fill(place.color, place.opacity),
        font="mj" if place.major else "mn",
    )  # fmt: skip


def _master(style: SlidesStyle, count: int, lang: str) -> Xml:
    places = master_placeholders(style)
    texts = [_shape(number, each, lang) for number, each in enumerate(places, 2)]
    ids = [
        element("p:sldLayoutId", {"id": _FIRST_ID + number, "r:id": f"rId{number}"})
        for number in range(1, count + 1)
    ]
    return _file(
        "master.xml", background=_background(WHITE), group=shapes.GROUP, shapes=joined(texts),
        colors=_COLOR_MAP, layouts=joined(ids), heading_pt=places[0].size_pt,
        levels=_notes_levels(style, lang),
    )  # fmt: skip


def _presentation(style: SlidesStyle) -> bytes:
    """The presentation part (19.2.1.26), with the look of a text box that someone adds."""
    size: dict[str, Value] = {
        "cx": shapes.emu(style.width_pt), "cy": shapes.emu(style.height_pt),
    }  # fmt: skip
    colors, fonts = a("solidFill", a("schemeClr", val="tx1")), shapes.typefaces(major=False)
    levels = (
        a(f"lvl{level}pPr", a("defRPr", colors, fonts, sz=1800, kern=1200),
          marL=457200 * (level - 1), algn="l", defTabSz=457200, eaLnBrk=1, latinLnBrk=0)
        for level in range(1, 10)
    )  # fmt: skip
    masters = p("sldMasterIdLst", element("p:sldMasterId", {"id": _FIRST_ID, "r:id": "rId1"}))
    notes = p("notesSz", cx=6858000, cy=9144000)
    return part(shapes.root(
        "p:presentation", {}, masters, element("p:sldSz", size), notes,
        p("defaultTextStyle", *levels),
    ))  # fmt: skip


def _handout_master() -> Xml:
    slide = p("cSld", _background(WHITE), p("spTree", shapes.GROUP))
    return shapes.root("p:handoutMaster", {}, slide, _COLOR_MAP)


def _notes_master(style: SlidesStyle, lang: str) -> Xml:
    """A page with the slide, what the presenter reads, and its number."""
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
