"""The deck's master, layouts and theme part, in XML (ECMA-376, part 1, clauses 19 and 20).

Layouts are data: each is a name, a ground and a list of `Placeholder`s. A theme's slides use the
layouts of its accent, so that a change of a layout, of the master or of the theme colours in
PowerPoint changes the deck.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu

from generator.stylesheet import Palette, SlidesStyle
from generator.writers.slides.plan import Plan

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


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`idx` and `kind` are those of `p:ph`; lengths in points; `color` is a scheme colour."""

    role: str
    idx: int
    box_pt: tuple[float, float, float, float]
    size_pt: float
    color: str = "tx1"
    kind: str = "body"
    major: bool = False
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    gap_pt: float = 0.0
    """After a paragraph."""
    hang_pt: float = 0.0
    """Of a number before the text."""
    spacing: float = 1.0
    tint: str = ""
    """Changes to the scheme colour, as XML."""


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    kind: str
    """`p:sldLayout/@type`, where one fits, by which other tools find a layout."""
    placeholders: tuple[Placeholder, ...]
    background: str = "bg1"
    shapes: str = ""

    def role(self, role: str) -> Placeholder:
        return next(each for each in self.placeholders if each.role == role)


def layouts(style: SlidesStyle, accents: int) -> dict[tuple[str, int], Layout]:
    """(name, accent) to layout; accent 0 for those of no theme."""
    made: dict[tuple[str, int], Layout] = {
        ("title", 0): _title(style, accents),
        ("agenda", 0): _agenda(style),
        ("closing", 0): _closing(style, accents),
    }
    for accent in range(1, accents + 1):
        made["section", accent] = _section(style, accent)
        made["overview", accent] = _overview(style, accent)
        made["question", accent] = _question(style, accent)
    return made


def _feet(style: SlidesStyle, color: str = "tx2") -> tuple[Placeholder, ...]:
    top, right = style.foot_top_pt, style.width_pt - style.right_pt
    size = style.foot_pt
    return (
        Placeholder("foot", 20, (style.left_pt, top, 300, 24), size, color, "ftr"),
        Placeholder("page", 21, (right - 100, top, 100, 24), size, color, "sldNum", align="r"),
    )


def _width(style: SlidesStyle) -> float:
    return style.width_pt - style.left_pt - style.right_pt


def _title(style: SlidesStyle, accents: int) -> Layout:
    x, width = style.left_pt, _width(style)
    return Layout(
        "Title", "title",
        (
            Placeholder("title", 0, (x, 60, width, 230), style.title_sizes_pt[0], kind="ctrTitle",
                        major=True, bold=True, anchor="b"),
            Placeholder("subtitle", 1, (x, 298, width, 90), 24, "tx2", "subTitle"),
            Placeholder("label", 11, (x, style.foot_top_pt - 10, width, 28), 18, "tx2"),
        ),
        shapes=_band(style, accents),
    )  # fmt: skip


def _heading(style: SlidesStyle, size: float, color: str = "tx1") -> Placeholder:
    box = (style.left_pt, 40, _width(style), 76)
    return Placeholder("title", 0, box, size, color, "title", major=True, bold=True, anchor="b")


def _agenda(style: SlidesStyle) -> Layout:
    top, width = style.list_top_pt + style.agenda_gap_pt / 2, _width(style)
    height, aside = style.list_bottom_pt - top, style.agenda_count_pt
    size, gap = style.list_sizes_pt[0], style.agenda_gap_pt
    body = Placeholder(
        "body",
        10,
        (style.left_pt, top, width - aside, height),
        size,
        gap_pt=gap,
        hang_pt=style.agenda_hang_pt,
    )
    counts = Placeholder(
        "second",
        14,
        (style.left_pt + width - aside, top, aside, height),
        size,
        "tx2",
        gap_pt=gap,
        align="r",
    )
    return Layout("Agenda", "twoObj", (_heading(style, style.heading_pt), body, counts,
                                       *_feet(style)))  # fmt: skip


def _closing(style: SlidesStyle, accents: int) -> Layout:
    x, width = style.left_pt, _width(style)
    title = Placeholder("title", 0, (x, 140, width, 130), style.section_sizes_pt[0], kind="title",
                        major=True, bold=True, anchor="b")  # fmt: skip
    body = Placeholder("body", 10, (x, 284, width, 120), 24, "tx2")
    shapes = _band(style, accents)
    return Layout("Closing", "obj", (title, body, *_feet(style)), shapes=shapes)


def _section(style: SlidesStyle, accent: int) -> Layout:
    x, width = style.left_pt, _width(style) * 0.78
    pale = '<a:lumMod val="75000"/><a:lumOff val="25000"/>'
    return Layout(
        f"Section {accent}", "secHead",
        (
            Placeholder("title", 0, (x, 102, width, 130), style.section_sizes_pt[0], "bg1", "title",
                        major=True, bold=True, anchor="b"),
            Placeholder("label", 11, (x, 74, width, 28), style.label_pt, "bg1", bold=True),
            Placeholder("body", 10, (x, 246, width, 222), style.intro_sizes_pt[0], "bg1",
                        gap_pt=style.followup_gap_pt),
            Placeholder("numeral", 15, (640, 84, style.numeral_width_pt, 380), style.numeral_pt,
                        f"accent{accent}", major=True, bold=True, align="r", anchor="ctr",
                        tint=pale),
            *_feet(style, "bg1"),
        ),
        background=f"accent{accent}",
    )  # fmt: skip


def _overview(style: SlidesStyle, accent: int) -> Layout:
    x, top = style.left_pt, style.list_top_pt
    column, height = (_width(style) - style.gutter_pt) / 2, style.list_bottom_pt - style.list_top_pt
    lists = tuple(
        Placeholder(role, idx, (left, top, column, height), style.list_sizes_pt[1],
                    gap_pt=style.row_gap_pt, hang_pt=style.overview_hang_pt)
        for role, idx, left in (("body", 10, x), ("second", 14, x + column + style.gutter_pt))
    )  # fmt: skip
    heading = _heading(style, 32, f"accent{accent}")
    return Layout(
        f"Overview {accent}", "twoObj", (heading, *lists, *_feet(style)), shapes=_bar(style, accent)
    )


def _question(style: SlidesStyle, accent: int) -> Layout:
    x, width, color = style.left_pt, _width(style), f"accent{accent}"
    top, bottom = style.question_top_pt, style.question_bottom_pt
    right = style.width_pt - style.right_pt
    track = (x, style.progress_top_pt, width, style.progress_height_pt)
    return Layout(
        f"Question {accent}", "objTx",
        (
            Placeholder("title", 0, (x, top, width, bottom - top), style.question_sizes_pt[0],
                        kind="title", major=True, bold=True, spacing=style.question_spacing),
            Placeholder("label", 11, (x, 46, width - 180, 30), style.label_pt, color, bold=True),
            Placeholder("count", 12, (right - 170, 46, 170, 30), style.label_pt, "tx2", align="r"),
            Placeholder("number", 13, (x, top - 44, width, 40), style.number_pt, color, major=True,
                        bold=True, anchor="b"),
            Placeholder("body", 10, (x, bottom - 110, width, 110), style.followup_sizes_pt[0],
                        "tx2", gap_pt=style.followup_gap_pt,
                        hang_pt=style.followup_hang_pt),
            *_feet(style),
        ),
        shapes=_bar(style, accent) + rectangle(31, "Track", track, "bg2"),
    )  # fmt: skip


# -- shapes


def rectangle(number: int, name: str, box_pt: tuple[float, float, float, float], color: str) -> str:
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


def xfrm(box_pt: tuple[float, float, float, float]) -> str:
    x, y, width, height = (round(length * EMU) for length in box_pt)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _bar(style: SlidesStyle, accent: int) -> str:
    box = (0.0, 0.0, style.bar_pt, style.height_pt)
    return rectangle(30, "Accent bar", box, f"accent{accent}")


def _band(style: SlidesStyle, accents: int) -> str:
    """The accents of the deck, one over the other."""
    step = style.height_pt / accents
    return "".join(
        rectangle(30 + index, f"Band {index}", (0.0, (index - 1) * step, style.bar_pt, step),
                  f"accent{index}")
        for index in range(1, accents + 1)
    )  # fmt: skip


def _shape(number: int, placeholder: Placeholder, lang: str) -> str:
    name = placeholder.role.capitalize()
    style = f'<a:rPr lang="{lang}"/>'
    text = f"<a:r>{style}<a:t>{name}</a:t></a:r>"
    if placeholder.kind == "sldNum":
        text = f'<a:fld id="{FIELD}" type="slidenum">{style}<a:t>‹#›</a:t></a:fld>'
    bold = ' b="1"' if placeholder.bold else ' b="0"'
    font = "mj" if placeholder.major else "mn"
    levels = "".join(
        f'<a:lvl{level}pPr marL="{round(placeholder.hang_pt * level * EMU)}"'
        f' indent="{-round(placeholder.hang_pt * EMU)}" algn="{placeholder.align}">'
        f'<a:lnSpc><a:spcPct val="{round(placeholder.spacing * 100000)}"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(placeholder.gap_pt * 100)}"/></a:spcAft><a:buNone/>'
        f"{tab_stops(placeholder)}"
        f'<a:defRPr sz="{round(placeholder.size_pt * 100)}"{bold}><a:solidFill>'
        f'<a:schemeClr val="{placeholder.color}">{placeholder.tint}</a:schemeClr></a:solidFill>'
        f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/>'
        f'<a:cs typeface="+{font}-cs"/>'
        f"</a:defRPr></a:lvl{level}pPr>"
        for level in (1, 2, 3)
    )
    ends = f'<a:endParaRPr lang="{lang}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{ph(placeholder)}</p:nvPr></p:nvSpPr><p:spPr>{xfrm(placeholder.box_pt)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
        f' anchor="{placeholder.anchor}"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{levels}</a:lstStyle><a:p>{text}{ends}</a:p></p:txBody></p:sp>"
    )


def tab_stops(placeholder: Placeholder) -> str:
    """After the number. Slides repeat it: LibreOffice does not inherit tab stops."""
    if not placeholder.hang_pt:
        return ""
    stop = round(placeholder.hang_pt * EMU)
    return f'<a:tabLst><a:tab pos="{stop}" algn="l"/></a:tabLst>'


FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"


def ph(placeholder: Placeholder) -> str:
    idx = f' idx="{placeholder.idx}"' if placeholder.idx else ""
    size = ' sz="quarter"' if placeholder.kind in ("body", "ftr", "sldNum") else ""
    return f'<p:ph type="{placeholder.kind}"{size}{idx}/>'


def layout_xml(layout: Layout, lang: str) -> str:
    shapes = "".join(
        _shape(number, placeholder, lang)
        for number, placeholder in enumerate(layout.placeholders, 2)
    )
    return (
        f'{HEAD}<p:sldLayout {NAMESPACES} type="{layout.kind}" preserve="1" userDrawn="1">'
        f'<p:cSld name="{layout.name}">{_background(layout.background)}<p:spTree>{GROUP}'
        f"{layout.shapes}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _background(color: str) -> str:
    return (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{color}"/></a:solidFill><a:effectLst/>'
        "</p:bgPr></p:bg>"
    )


def master_xml(style: SlidesStyle, count: int, lang: str) -> str:
    x, width = style.left_pt, _width(style)
    placeholders = (
        Placeholder("title", 0, (x, 40, width, 76), style.heading_pt, kind="title", major=True,
                    bold=True, anchor="b"),
        Placeholder("text", 1, (x, style.list_top_pt, width, 340), 24),
        *_feet(style),
    )  # fmt: skip
    shapes = "".join(_shape(number, each, lang) for number, each in enumerate(placeholders, 2))
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
        '</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1"'
        ' accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5"'
        ' accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f'<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:hf hdr="0" dt="0"/><p:txStyles>'
        f'<p:titleStyle><a:lvl1pPr><a:defRPr sz="{round(style.heading_pt * 100)}" b="1">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/>'
        f"</a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{levels}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


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


def presentation_for(plan: Plan) -> tuple[Any, dict[tuple[str, int], tuple[Layout, Part]]]:
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
    made: dict[tuple[str, int], tuple[Layout, Part]] = {}
    for number, (place, layout) in enumerate(layouts(style, plan.accents).items(), 1):
        name = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
        xml = layout_xml(layout, plan.lang).encode()
        part = Part(name, CT.PML_SLIDE_LAYOUT, package, xml)
        part.rels.get_or_add(RT.SLIDE_MASTER, master)
        master.rels.get_or_add(RT.SLIDE_LAYOUT, part)
        made[place] = (layout, part)
    master.rels.get_or_add(RT.THEME, theme)
    master._element = parse_xml(master_xml(style, len(made), plan.lang).encode())
    theme.blob = theme_xml(theme.blob.decode(), style, palette).encode()
    presentation.slide_width = Emu(round(style.width_pt * EMU))
    presentation.slide_height = Emu(round(style.height_pt * EMU))
    presentation.element.sldSz.attrib.pop("type", None)
    return presentation, made


_LEFTOVERS = ("/printerSettings", "/thumbnail")
