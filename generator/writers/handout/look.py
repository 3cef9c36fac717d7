"""Our own look of a handout: the template that is filled if the user gives none.

The look itself is in the XML files beside this module (ECMA-376, part 1, clause 17); its measures
are in the style sheet.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from generator.look.style import MM, HandoutStyle, slants
from generator.model import plain
from generator.text.bidi import right_to_left
from generator.writers.handout.paragraphs import Plan, hanging_mm
from generator.writers.handout.runs import field, fragment, page_of, text_runs
from generator.writers.office.xml import (
    NOTHING,
    Xml,
    declared,
    element,
    filled,
    holdable,
    joined,
    w,
)

BASE = "HandoutText"
"""The id of the style that those added to a user's template are based on."""
TICK_BOX = "\u2610"
_UNUSED = ("stylesWithEffects", "customXml", "webSettings")
_UNUSED_IN_PACKAGE = ("thumbnail", "extended-properties")


def own_document(plan: Plan) -> Any:
    """Return a document in our look without a paragraph: python-docx's own, with our parts in
    it."""
    document = docx.Document()
    part = document.part
    for rels, unused in ((part.rels, _UNUSED), (part.package.rels, _UNUSED_IN_PACKAGE)):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(unused)]:
            del rels[key]
    part._styles_part._element = styles(plan)
    part.numbering_part._element = parse_xml(element("w:numbering", declared("w")))
    part._settings_part._element = parse_xml(filled(__package__, "settings.xml", lang=plan.lang))
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _theme_fonts(theme.blob, plan.stylesheet.handout)
    _lay_out(document.sections[0], plan)
    return document


def style_id(name: str) -> str:
    """Return the id of a style of ours; Word shows its name."""
    return name.replace(" ", "").replace("-", "")


def _lay_out(section: Any, plan: Plan) -> None:
    """Set up page, header and footer."""
    style, rtl = plan.stylesheet.handout, right_to_left(plan.lang)
    section.page_width, section.page_height = map(Mm, plan.paper_mm)
    section.left_margin = section.right_margin = Mm(style.side_margin_mm)
    section.top_margin, section.bottom_margin = Mm(style.top_margin_mm), Mm(style.bottom_margin_mm)
    section.header_distance = section.footer_distance = Mm(style.edge_distance_mm)
    section.different_first_page_header_footer = True
    if rtl:
        section._sectPr.titlePg.addnext(parse_xml(fragment(w("bidi")))[0])
    head = title = text_runs(plan.running, rtl)
    if plan.head:
        head = field('STYLEREF "heading 1"', text_runs(plain(plan.head), rtl))
    foot = joined(
        [NOTHING if head is title else title, w("r", w("tab")), *page_of(plan.page_of, rtl)]
    )
    _fill(section.header, head)
    _fill(section.first_page_header, NOTHING)
    _add_logo(section.first_page_header.paragraphs[0], plan)
    _fill(section.footer, foot)
    _fill(section.first_page_footer, foot)


def _fill(block: Any, runs: Xml) -> None:
    block.is_linked_to_previous = False
    block.paragraphs[0]._p.extend(list(parse_xml(fragment(runs))))


def _add_logo(paragraph: Any, plan: Plan) -> None:
    logo, style = plan.stylesheet.logo, plan.stylesheet.handout
    if not logo:
        return
    width, height = map(Mm, logo.within(*style.logo_mm))
    paragraph.paragraph_format.space_after = Mm(style.logo_after_mm)
    picture = paragraph.add_run().add_picture(io.BytesIO(logo.data), width, height)
    picture._inline.docPr.set("descr", holdable(logo.alt))
    for side in "TBLR":  # LibreOffice has distances of its own where nothing is said
        picture._inline.set(f"dist{side}", "0")


def styles(plan: Plan) -> Any:
    """Return the styles part. Joining scripts have bold and italics of their own."""
    style, palette = plan.stylesheet.handout, plan.stylesheet.palette
    slant = joined([w("i"), w("iCs")]) if slants(plan.lang) else NOTHING
    bold, hang_mm = joined([w("b"), w("bCs")]), _hanging_mm(plan)
    hanging = w("ind", left=round(hang_mm * MM * 20), hanging=round(hang_mm * MM * 20))
    rules = {
        name: w(edge, val="single", sz=round(style.line_pt * 8),
                space=round(style.line_space_pt), color=palette.rule[1:])
        for name, edge in (("rule", "bottom"), ("rule_between", "between"))
    }  # fmt: skip
    accents = [
        element(
            "w:style",
            {"w:type": "character", "w:customStyle": "1", "w:styleId": f"Accent{place}"},
            w("name", val=f"Accent {place}"), w("basedOn", val="DefaultParagraphFont"),
            w("qFormat"), w("rPr", bold, w("color", val=accent[1:])),
        )
        for place, accent in enumerate(palette.accents, start=1)
    ]  # fmt: skip
    followups = [
        filled(__package__, "followup.xml", level=level, style=style, palette=palette)
        for level in range(1, plan.followup_depth + 1)
    ]
    return parse_xml(
        filled(
            __package__, "styles.xml", style=style, palette=palette, lang=plan.lang, slant=slant,
            stress=slant or bold, serif=_theme_font("major"), sans=_theme_font("minor"),
            direction=w("pPr", w("bidi")) if right_to_left(plan.lang) else NOTHING,
            listed=NOTHING if plan.fields else w("numPr", w("ilvl", val=0), w("numId", val=1)),
            typed=hanging if plan.fields else NOTHING, hang_mm=hang_mm,
            choice_mm=hang_mm + style.indent_mm,
            side_mm=plan.paper_mm[0] - 2 * style.side_margin_mm,
            pitch_pt=style.line_pitch_mm * MM - style.line_space_pt - style.line_pt, **rules,
            accents=joined(accents), followups=joined(followups),
        )
    )  # fmt: skip


def base_style() -> Xml:
    """Return a style without the spacing and indents that a template's Normal may have."""
    spacing = w("spacing", before=0, after=0, line=240, lineRule="auto")
    return element(
        "w:style",
        {**declared("w"), "w:type": "paragraph", "w:customStyle": "1", "w:styleId": BASE},
        w("name", val="Handout Text"),
        w("basedOn", val="Normal"),
        w("pPr", spacing, w("ind", left=0, right=0, firstLine=0)),
    )


def _theme_font(role: str) -> Xml:
    """Return `major` or `minor` of the theme part, for all scripts."""
    fonts = {"asciiTheme": "HAnsi", "eastAsiaTheme": "EastAsia", "hAnsiTheme": "HAnsi"}
    return w("rFonts", **{k: role + script for k, script in fonts.items()}, cstheme=f"{role}Bidi")


def _hanging_mm(plan: Plan) -> float:
    return hanging_mm(plan.stylesheet.handout, plan.digits, not plan.template)


def numbering(plan: Plan) -> Any:
    """Return the numbering part.

    It has one list for the whole document, tied to the styles, so that a question typed between two
    others gets its box and number, and the Tab key makes a follow-up of it; and one more list for
    each number that does not follow the one before.
    """
    style, hang_mm = plan.stylesheet.handout, _hanging_mm(plan)
    levels = [
        _dash(level, hang_mm + level * style.indent_mm, style.indent_mm)
        for level in range(1, plan.followup_depth + 1)
    ]
    restarts = [
        w("num", w("abstractNumId", val=0), restart(start), numId=place)
        for place, start in enumerate(plan.restarts, start=2)
    ]
    questions = NOTHING if plan.fields else w("pStyle", val="Question")
    made = filled(
        __package__, "numbering.xml", plan=plan, style=style, hang_mm=hang_mm,
        levels=joined(levels), restarts=joined(restarts), style_of_questions=questions,
    )  # fmt: skip
    return parse_xml(made)


def _dash(level: int, left_mm: float, hanging_mm: float) -> Xml:
    left, hanging = (round(length * MM * 20) for length in (left_mm, hanging_mm))
    return w(
        "lvl", w("start", val=1), w("numFmt", val="bullet"), w("pStyle", val=f"Followup{level}"),
        w("lvlText", val="–"), w("lvlJc", val="left"),
        w("pPr", w("ind", left=left, hanging=hanging)), ilvl=level,
    )  # fmt: skip


def restart(number: int) -> Xml:
    """Let a list begin with a number."""
    return w("lvlOverride", w("startOverride", val=number), ilvl=0)


def _theme_fonts(theme: bytes, style: HandoutStyle) -> bytes:
    """Return the theme part with our fonts: headings in the serif, text in the sans."""
    root = parse_xml(theme)
    names = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for role, font in (("majorFont", style.serif), ("minorFont", style.sans)):
        for latin in root.iterfind(f".//a:{role}/a:latin", names):
            latin.set("typeface", font)
    return bytes(serialize_part_xml(root))
