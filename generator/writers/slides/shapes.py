"""Shapes and text in DrawingML (ECMA-376, part 1, clause 20), for layouts, slides and notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from generator.look.style import Box, slants
from generator.model import Span
from generator.text.bidi import right_to_left
from generator.writers.office.xml import NOTHING, Value, Xml, a, declared, element, joined, p
from generator.writers.slides.presentation import NO_COLOR, Color, Placeholder

EMU = 12700
"""EMU in a point."""
DEEPEST = 4
"""The deepest level of a list."""
FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
"""The id of fields with the number of a slide."""

_ORIGIN = (a("off", x=0, y=0), a("ext", cx=0, cy=0), a("chOff", x=0, y=0), a("chExt", cx=0, cy=0))
GROUP = joined(
    [
        p("nvGrpSpPr", p("cNvPr", id=1, name=""), p("cNvGrpSpPr"), p("nvPr")),
        p("grpSpPr", a("xfrm", *_ORIGIN)),
    ]
)
"""The first elements of a tree of shapes."""
MAPPED = p("clrMapOvr", a("masterClrMapping"))


def _extension(uri: str, name: str, space: str, value: str) -> Xml:
    """Return an extension of a later Office, which older programs ignore."""
    prefix = name.partition(":")[0]
    inner = element(name, {f"xmlns:{prefix}": f"{_OFFICE}/{space}", "val": value})
    return a("extLst", a("ext", inner, uri=uri))


_OFFICE = "http://schemas.microsoft.com/office/drawing"
_DECORATIVE = _extension(
    "{C183D7F6-B498-43B3-948B-1728B52AA6E4}", "adec:decorative", "2017/decorative", "1"
)
"""Marks a shape as one that screen readers skip."""
_TEXT_COLOR = _extension(
    "{A12FA001-AC4F-418D-AE19-62706E023703}", "ahyp:hlinkClr", "2018/hyperlinkcolor", "tx"
)
"""Gives a link the colour of its text, which may stand on an accent."""


def root(name: str, attributes: dict[str, Value], *children: str) -> Xml:
    """Return the root element of a part."""
    return element(name, {**declared("a", "r", "p"), **attributes}, *children)


def emu(length_pt: float) -> int:
    return round(length_pt * EMU)


def xfrm(box_pt: Box) -> Xml:
    x, y, width, height = map(emu, box_pt)
    return a("xfrm", a("off", x=x, y=y), a("ext", cx=width, cy=height))


RECTANGLE = a("prstGeom", a("avLst"), prst="rect")


def fill(color: Color, opacity: float = 1.0) -> Xml:
    """Return a fill; nothing for a colour without a name."""
    if not color.name:
        return NOTHING
    darker = a("lumMod", val=round(color.luminance * 100000)) if color.luminance < 1 else NOTHING
    alpha = a("alpha", val=round(opacity * 100000)) if opacity < 1 else NOTHING
    if color.name.startswith("#"):
        return a("solidFill", a("srgbClr", alpha, val=color.name[1:]))
    return a("solidFill", a("schemeClr", darker, alpha, val=color.name))


def decoration(number: int, name: str, boxes_pt: tuple[Box, ...], color: Color) -> Xml:
    """Return filled rectangles as one shape, with one of our names."""
    return Xml(f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" {_decoration(name, boxes_pt, color)}')


@lru_cache(maxsize=1024)
def _decoration(name: str, boxes_pt: tuple[Box, ...], color: Color) -> str:
    """Return all of the shape but its number. Cached, as themes of equal length have the same bars
    (a sixth of the time)."""
    left, top = min(box[0] for box in boxes_pt), min(box[1] for box in boxes_pt)
    right = max(box[0] + box[2] for box in boxes_pt)
    bottom = max(box[1] + box[3] for box in boxes_pt)
    whole = (left, top, right - left, bottom - top)
    geometry = RECTANGLE if len(boxes_pt) == 1 else _rectangles(whole, boxes_pt)
    return (
        f'name="{name}">{_DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{xfrm(whole)}{geometry}{fill(color)}'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _rectangles(whole: Box, boxes_pt: Sequence[Box]) -> Xml:
    """Return a path with a rectangle for each box."""
    steps = []
    for x, y, width, height in boxes_pt:
        x0, y0 = emu(x - whole[0]), emu(y - whole[1])
        x1, y1 = x0 + emu(width), y0 + emu(height)
        sides = "".join(
            f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in ((x1, y0), (x1, y1), (x0, y1))
        )
        steps.append(f'<a:moveTo><a:pt x="{x0}" y="{y0}"/></a:moveTo>{sides}<a:close/>')
    path = a("path", Xml("".join(steps)), w=emu(whole[2]), h=emu(whole[3]))
    return a("custGeom", _NO_GUIDES, a("pathLst", path))


_NO_GUIDES = joined(
    [a("avLst"), a("gdLst"), a("ahLst"), a("cxnLst"), a("rect", l=0, t=0, r="r", b="b")]
)


def ph(placeholder: Placeholder) -> Xml:
    return _ph(placeholder.kind, placeholder.idx)


@lru_cache(maxsize=256)
def _ph(kind: str, idx: int) -> Xml:
    size = "quarter" if kind in ("body", "ftr", "sldNum") else None
    return p("ph", type=None if kind == "obj" else kind, sz=size, idx=idx or None)


def direction(lang: str) -> str | None:
    """Return the attribute `rtl` of a paragraph, for a script that runs from right to left."""
    return "1" if right_to_left(lang) else None


def gaps(placeholder: Placeholder) -> Xml:
    after = a("spcPts", val=round(placeholder.gap_pt * 100))
    return joined([a("spcBef", a("spcPts", val=0)), a("spcAft", after)])


def bullet(character: str) -> Xml:
    if not character:
        return a("buNone")
    return joined([a("buFont", typeface="+mj-lt"), a("buChar", char=character)])


def tab_stops(placeholder: Placeholder, level: int, size_pt: float) -> Xml:
    """Return a tab stop after the number. Slides repeat it, as LibreOffice does not inherit tab
    stops."""
    hang = placeholder.hang_em * size_pt
    if not hang or level > 1:
        return NOTHING
    return a("tabLst", a("tab", pos=emu(hang), algn="l"))


def typefaces(major: bool) -> Xml:
    """Return the theme's font for headings or texts, in all scripts."""
    font = "mj" if major else "mn"
    return joined(
        [
            a(tag, typeface=f"+{font}-{s}")
            for tag, s in (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
        ]
    )


def run(
    span: Span,
    lang: str,
    size_pt: float = 0,
    color: Color = NO_COLOR,
    fonts: Xml = NOTHING,
    link: Xml = NOTHING,
    in_bold: bool = False,
) -> Xml:
    """Return a run of text. The layout sets anything that is 0 or empty."""
    own = _properties(span.strong, span.emphasis, lang, size_pt, color, fonts, link, in_bold)
    return Xml(f"<a:r>{own}{a('t', span.text)}</a:r>")


@lru_cache(maxsize=1024)
def _properties(
    strong: bool, emphasis: bool, lang: str, size_pt: float, color: Color, fonts: Xml, link: Xml,
    in_bold: bool,
) -> Xml:  # fmt: skip
    """Return run properties. Strong text within bold is in italics or, if the script has none,
    underlined. Cached, as most runs are alike (a sixth of the time)."""
    has_italics, stressed = slants(lang), in_bold and strong
    italic = has_italics and (emphasis or stressed)
    bold = (strong and not in_bold) or (emphasis and not has_italics)
    marks = {"b": "1" if bold else None, "i": "1" if italic else None}
    marks["u"] = "sng" if stressed and not has_italics else None
    size = round(size_pt * 100) or None
    return a("rPr", fill(color), fonts, link, lang=lang, sz=size, **marks, dirty="0")


def page_field(text: str, lang: str) -> Xml:
    """Return a field with the number of the slide, and the text that is shown until it is
    updated."""
    return a("fld", a("rPr", lang=lang), a("t", text), id=FIELD, type="slidenum")


@lru_cache(maxsize=1024)
def jump(key: str) -> Xml:
    """Return a link to a slide, by its relationship."""
    attributes: dict[str, Value] = {"r:id": key, "action": "ppaction://hlinksldjump"}
    return element("a:hlinkClick", attributes, _TEXT_COLOR)


def web(key: str, in_text_color: bool) -> Xml:
    """Return a link to the web; one in a template has the colour of its links."""
    return element("a:hlinkClick", {"r:id": key}, _TEXT_COLOR if in_text_color else NOTHING)
