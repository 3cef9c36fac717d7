"""The deck's own master, layouts and theme part, in XML (ECMA-376, part 1, clauses 19 and 20).

A theme's slides use the layouts of its accent, and every colour and font is that of the theme
part, so that a change of a layout, of the master or of the theme in PowerPoint changes the deck.
"""

from __future__ import annotations

import io
import re
from typing import Any

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu

from generator.look.style import Logo, Palette, SlidesStyle
from generator.text.bidi import right_to_left
from generator.writers.slides.deck import Plan
from generator.writers.slides.layouts import (
    Box,
    Layout,
    Placeholder,
    master_placeholders,
)
from generator.writers.xml import attribute

EMU = 12700
"""In a point."""

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


def rectangle(number: int, name: str, box_pt: Box, color: str) -> str:
    """A filled rectangle, marked as decoration for screen readers (Office 2019 extension)."""
    decorative = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
        ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst>"
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{decorative}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{xfrm(box_pt)}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "</p:sp>"
    )


def xfrm(box_pt: Box) -> str:
    x, y, width, height = (round(length * EMU) for length in box_pt)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _shape(number: int, placeholder: Placeholder, lang: str) -> str:
    name = placeholder.role.capitalize()
    style = f'<a:rPr lang="{lang}"/>'
    text = f"<a:r>{style}<a:t>{name}</a:t></a:r>"
    if placeholder.kind == "sldNum":
        text = f'<a:fld id="{FIELD}" type="slidenum">{style}<a:t>‹#›</a:t></a:fld>'
    bold = ' b="1"' if placeholder.bold else ' b="0"'
    font = "mj" if placeholder.major else "mn"
    alpha = f'<a:alpha val="{round(placeholder.opacity * 100000)}"/>'
    if placeholder.opacity == 1:
        alpha = ""
    levels = "".join(
        f"<a:lvl{level}pPr{indents(placeholder, level)}"
        f' algn="{placeholder.align}"{direction(lang)}>'
        f'<a:lnSpc><a:spcPct val="{round(placeholder.spacing * 100000)}"/></a:lnSpc>'
        f"{spaced(placeholder)}{bullet(placeholder, level)}{tab_stops(placeholder, level)}"
        f'<a:defRPr sz="{round(placeholder.size_pt * 100)}"{bold}><a:solidFill>'
        f'<a:schemeClr val="{placeholder.color}">{alpha}</a:schemeClr></a:solidFill>'
        f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/>'
        f'<a:cs typeface="+{font}-cs"/>'
        f"</a:defRPr></a:lvl{level}pPr>"
        for level in LEVELS
    )
    ends = f'<a:endParaRPr lang="{lang}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{ph(placeholder)}</p:nvPr></p:nvSpPr><p:spPr>{xfrm(placeholder.box_pt)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
        f' rtlCol="{int(right_to_left(lang))}" anchor="{placeholder.anchor}"><a:noAutofit/>'
        "</a:bodyPr>"
        f"<a:lstStyle>{levels}</a:lstStyle><a:p>{text}{ends}</a:p></p:txBody></p:sp>"
    )


def direction(lang: str) -> str:
    """The attribute of a paragraph in a script that runs from right to left."""
    return ' rtl="1"' if right_to_left(lang) else ""


def indents(placeholder: Placeholder, level: int) -> str:
    """Of a paragraph whose number or dash hangs before its text."""
    left = placeholder.indent_pt(level)
    hang = placeholder.step_pt if level > 1 else placeholder.hang_pt
    return f' marL="{round(left * EMU)}" indent="{-round(hang * EMU)}"'


def spaced(placeholder: Placeholder) -> str:
    gap = round(placeholder.gap_pt * 100)
    return f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{gap}"/></a:spcAft>'


def bullet(placeholder: Placeholder, level: int) -> str:
    if 0 < placeholder.bullets_from <= level:
        return '<a:buFont typeface="+mj-lt"/><a:buChar char="–"/>'
    return "<a:buNone/>"


def tab_stops(placeholder: Placeholder, level: int) -> str:
    """After the number. Slides repeat it: LibreOffice does not inherit tab stops."""
    if not placeholder.hang_pt or level > 1:
        return ""
    stop = round(placeholder.hang_pt * EMU)
    return f'<a:tabLst><a:tab pos="{stop}" algn="l"/></a:tabLst>'


LEVELS = (1, 2, 3, 4)
FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"


def ph(placeholder: Placeholder) -> str:
    idx = f' idx="{placeholder.idx}"' if placeholder.idx else ""
    kind = f' type="{placeholder.kind}"' if placeholder.kind != "obj" else ""
    size = ' sz="quarter"' if placeholder.kind in ("body", "ftr", "sldNum") else ""
    return f"<p:ph{kind}{size}{idx}/>"


def layout_xml(layout: Layout, lang: str) -> str:
    shapes = "".join(
        _shape(number, placeholder, lang)
        for number, placeholder in enumerate(layout.placeholders, 2)
    )
    drawn = "".join(rectangle(number, *shape) for number, shape in enumerate(layout.shapes, 30))
    return (
        f'{HEAD}<p:sldLayout {NAMESPACES} type="{layout.kind}" preserve="1" userDrawn="1">'
        f'<p:cSld name="{layout.name}">{_background(layout.background)}<p:spTree>{GROUP}'
        f"{drawn}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _background(color: str) -> str:
    return (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{color}"/></a:solidFill><a:effectLst/>'
        "</p:bgPr></p:bg>"
    )


def master_xml(style: SlidesStyle, count: int, lang: str) -> str:
    shapes = "".join(
        _shape(number, each, lang) for number, each in enumerate(master_placeholders(style), 2)
    )
    ids = "".join(
        f'<p:sldLayoutId id="{2147483648 + number}" r:id="rId{number}"/>'
        for number in range(1, count + 1)
    )
    levels = "".join(
        f'<a:lvl{level}pPr><a:defRPr sz="2400"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 10)
    )
    return (
        f"{HEAD}<p:sldMaster {NAMESPACES}><p:cSld>{_background('bg1')}<p:spTree>{GROUP}{shapes}"
        f"</p:spTree></p:cSld>{COLOR_MAP}"
        f'<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:hf hdr="0" dt="0"/><p:txStyles>'
        f'<p:titleStyle><a:lvl1pPr><a:defRPr sz="{style.heading_sizes_pt[0] * 100}" b="1">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/>'
        f"</a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{levels}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


COLOR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2"'
    ' accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink"'
    ' folHlink="folHlink"/>'
)
HANDOUT_MASTER = f"<p:cSld>{_background('bg1')}<p:spTree>{GROUP}</p:spTree></p:cSld>{COLOR_MAP}"


def theme_xml(xml: str, style: SlidesStyle, palette: Palette) -> str:
    """A theme part with the palette's colours and the style's fonts."""
    colors = {"dk1": palette.ink, "lt1": palette.paper, "dk2": palette.muted}
    colors |= {"lt2": palette.hairline, "hlink": palette.ink, "folHlink": palette.ink}
    colors |= {f"accent{index}": color for index, color in enumerate(palette.accents, 1)}
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


def _picture(logo: Logo, style: SlidesStyle) -> str:
    """Over the right end of the foot; `{}` stands for the relationship."""
    width, height = logo.within(*style.logo_pt)
    box = (style.width_pt - style.right_pt - width, style.logo_foot_pt - height, width, height)
    alt = attribute(logo.alt).replace("{", "{{").replace("}", "}}")
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="60" name="Logo" descr={alt}/><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
        '<p:blipFill><a:blip r:embed="{}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def own_presentation(plan: Plan) -> tuple[Any, dict[tuple[str, int], Part]]:
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
    made: dict[tuple[str, int], Part] = {}
    for number, (place, layout) in enumerate(plan.design.layouts.items(), 1):
        name = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
        part = Part(name, CT.PML_SLIDE_LAYOUT, package, layout_xml(layout, plan.lang).encode())
        part.rels.get_or_add(RT.SLIDE_MASTER, master)
        if place[0] == "title" and plan.stylesheet.logo:
            image = package.get_or_add_image_part(io.BytesIO(plan.stylesheet.logo.data))
            key, pic = part.relate_to(image, RT.IMAGE), _picture(plan.stylesheet.logo, style)
            part.blob = part.blob.replace(b"</p:spTree>", pic.format(key).encode() + b"</p:spTree>")
        master.rels.get_or_add(RT.SLIDE_LAYOUT, part)
        made[place] = part
    master.rels.get_or_add(RT.THEME, theme)
    master._element = parse_xml(master_xml(style, len(made), plan.lang).encode())
    theme.blob = theme_xml(theme.blob.decode(), style, palette).encode()
    presentation.slide_width = Emu(round(style.width_pt * EMU))
    presentation.slide_height = Emu(round(style.height_pt * EMU))
    presentation.element.sldSz.attrib.pop("type", None)
    return presentation, made


_LEFTOVERS = ("/printerSettings", "/thumbnail")
