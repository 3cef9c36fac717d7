"""Our own look of a handout: the template that is filled where the user gives none.

ECMA-376, part 1, clause 17. Lengths in the XML are twips (1/20 pt), sizes are half points, and
borders eighths of a point. The children of a paragraph's and a run's properties have a fixed order
(17.3.1.26, 17.3.2.28), which two functions here keep for all styles.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from generator.look.style import MM, HandoutStyle, slants
from generator.model import plain
from generator.text import bidi
from generator.writers.handout.paragraphs import Plan, hanging_mm
from generator.writers.handout.runs import field, fragment, page_of, text_runs
from generator.writers.office.xml import NOTHING, Xml, declared, element, holdable, joined, w

BASE = "HandoutText"
"""The id of the style under those that are added to a user's template."""
TICK_BOX = "\u2610"
DASH = "\u2013"
_UNUSED = ("stylesWithEffects", "customXml", "webSettings")
_UNUSED_IN_PACKAGE = ("thumbnail", "extended-properties")
_IN_LOWER_CASE = ("Heading 1", "Header", "Footer", "TOC 1")
"""Word's own names of these styles are in lower case; it shows them with a capital."""
_BUILT_IN = (
    *_IN_LOWER_CASE,
    "TOC Heading",
    "Title",
    "Subtitle",
    "Emphasis",
    "Strong",
    "Hyperlink",
    "Placeholder Text",
)
_COMPATIBILITY = {
    "compatibilityMode": 15,  # less, and Word opens the file "in compatibility mode"
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
    "useWord2013TrackBottomHyphenation": 0,
}


def own_document(plan: Plan) -> Any:
    """A document in our look without a paragraph: python-docx's own, with our parts in it."""
    document = docx.Document()
    part = document.part
    for rels, unused in ((part.rels, _UNUSED), (part.package.rels, _UNUSED_IN_PACKAGE)):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(unused)]:
            del rels[key]
    part._styles_part._element = styles(plan)
    part.numbering_part._element = parse_xml(element("w:numbering", declared("w")))
    part._settings_part._element = _settings(holdable(plan.lang))
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _theme_fonts(theme.blob, plan.stylesheet.handout)
    _lay_out(document.sections[0], plan)
    return document


def style_id(name: str) -> str:
    """The id of a style of ours; Word shows its name."""
    return name.replace(" ", "").replace("-", "")


def twips(mm: float) -> int:
    return round(mm * MM * 20)


def _lay_out(section: Any, plan: Plan) -> None:
    """Page, header and footer."""
    style = plan.stylesheet.handout
    section.page_width, section.page_height = map(Mm, plan.paper_mm)
    section.left_margin = section.right_margin = Mm(style.side_margin_mm)
    section.top_margin, section.bottom_margin = Mm(style.top_margin_mm), Mm(style.bottom_margin_mm)
    section.header_distance = section.footer_distance = Mm(style.edge_distance_mm)
    section.different_first_page_header_footer = True
    rtl = bidi.right_to_left(plan.lang)
    if rtl:
        section._sectPr.titlePg.addnext(parse_xml(fragment(w("bidi")))[0])
    title = text_runs(plan.title, rtl)
    head = field('STYLEREF "heading 1"', text_runs(plain(plan.head), rtl))
    foot = joined([title, w("r", w("tab")), *page_of(plan.page_of, rtl)])
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
    """The styles part: what all paragraphs begin with, and our styles."""
    style, lang = plan.stylesheet.handout, plan.lang
    text = run(fonts=_theme_font("minor"), color=plan.stylesheet.palette.ink, size_pt=style.text_pt)
    language = w("lang", val=lang, eastAsia=lang, bidi=lang)
    # The style that all others stand on has their direction: then its left is where a line begins.
    normal = paragraph(w("bidi")) if bidi.right_to_left(lang) else NOTHING
    no_list = w("name", val="No List")
    font = [w("name", val="Default Paragraph Font"), w("uiPriority", val=1)]
    return parse_xml(
        element(
            "w:styles",
            declared("w"),
            w("docDefaults", w("rPrDefault", w("rPr", text, language)), w("pPrDefault")),
            _default("paragraph", "Normal", w("name", val="Normal"), w("qFormat"), normal),
            _default("character", "DefaultParagraphFont", *font),
            _default("numbering", "NoList", no_list),
            *_paragraph_styles(plan),
            *_character_styles(plan),
        )
    )


def _default(kind: str, key: str, *inside: Xml) -> Xml:
    attributes = {"w:type": kind, "w:default": "1", "w:styleId": key}
    return element("w:style", attributes, *inside)


def run(
    fonts: Xml = NOTHING,
    bold: bool = False,
    italic: bool = False,
    color: str = "",
    size_pt: float = 0,
    underlined: bool = False,
) -> Xml:
    """The children of a run's properties, in their order. Scripts whose letters join have bold,
    italics and sizes of their own."""
    size = round(size_pt * 2)
    return joined(
        [
            fonts,
            *([w("b"), w("bCs")] if bold else []),
            *([w("i"), w("iCs")] if italic else []),
            w("color", val=color[1:]) if color else NOTHING,
            *([w("sz", val=size), w("szCs", val=size)] if size else []),
            w("u", val="single") if underlined else NOTHING,
        ]
    )


def paragraph(
    direction: Xml = NOTHING,
    keep_next: bool = False,
    keep_lines: bool = False,
    level: int | None = None,
    borders: Xml = NOTHING,
    tab_mm: float = 0,
    before_pt: float | None = None,
    after_pt: float | None = None,
    pitch_mm: float = 0,
    left_mm: float = 0,
    hang_mm: float = 0,
    outline: int | None = None,
) -> Xml:
    """A paragraph's properties, their children in order. `level` is that of our list, `pitch_mm` an
    exact height of its lines, `tab_mm` the place of a right tab stop."""
    spacing: dict[str, int | str] = {}
    if before_pt is not None:
        spacing["before"] = round(before_pt * 20)
    if after_pt is not None:
        spacing["after"] = round(after_pt * 20)
    if pitch_mm:
        spacing |= {"line": twips(pitch_mm), "lineRule": "exact"}
    inside = joined(
        [
            w("keepNext") if keep_next else NOTHING,
            w("keepLines") if keep_lines else NOTHING,
            NOTHING if level is None else w("numPr", w("ilvl", val=level), w("numId", val=1)),
            w("pBdr", borders) if borders else NOTHING,
            w("tabs", w("tab", val="right", pos=twips(tab_mm))) if tab_mm else NOTHING,
            direction,
            w("spacing", **spacing) if spacing else NOTHING,
            w("ind", left=twips(left_mm), hanging=twips(hang_mm) or None) if left_mm else NOTHING,
            NOTHING if outline is None else w("outlineLvl", val=outline),
        ]
    )
    return w("pPr", inside) if inside else NOTHING


def _paragraph_styles(plan: Plan) -> Iterator[Xml]:
    style, palette = plan.stylesheet.handout, plan.stylesheet.palette
    serif, side = _theme_font("major"), plan.paper_mm[0] - 2 * style.side_margin_mm
    small = run(color=palette.muted, size_pt=style.small_pt)
    quiet = run(color=palette.muted, size_pt=style.intro_pt)
    yield _style(
        "Title", "Subtitle", paragraph(keep_next=True, keep_lines=True),
        run(serif, bold=True, color=palette.ink, size_pt=style.title_pt),
    )  # fmt: skip
    yield _style(
        "Subtitle", "Hint", paragraph(keep_next=True, keep_lines=True),
        run(color=palette.muted, size_pt=style.subtitle_pt),
    )  # fmt: skip
    yield _style(
        "Hint", "Heading 1",
        paragraph(keep_next=True, keep_lines=True, before_pt=style.hint_before_pt, after_pt=0),
        run(italic=slants(plan.lang), color=palette.muted, size_pt=style.text_pt),
    )  # fmt: skip
    heading = paragraph(
        keep_next=True, keep_lines=True, outline=0,
        borders=_border("bottom", style.theme_rule_pt, palette.rule, style.theme_space_pt),
        before_pt=style.theme_before_pt, after_pt=style.theme_after_pt,
    )  # fmt: skip
    bold = run(serif, bold=True, color=palette.ink, size_pt=style.theme_pt)
    yield _style("Heading 1", "Theme Intro", heading, bold)
    intro = paragraph(keep_next=True, keep_lines=True, before_pt=0, after_pt=style.theme_after_pt)
    yield _style("Theme Intro", "Question", intro, quiet)
    after = style.question_after_pt
    hang, indent = _hanging_mm(plan), style.indent_mm
    asked = paragraph(keep_lines=True, level=0, before_pt=0, after_pt=after)
    if plan.fields:  # its box and number are text before a tab
        asked = paragraph(keep_lines=True, before_pt=0, after_pt=after, left_mm=hang, hang_mm=hang)
    yield from _with_kept("Question", asked)
    choice = paragraph(
        keep_lines=True, before_pt=0, after_pt=after, left_mm=hang + indent, hang_mm=indent
    )
    yield from _with_kept("Choice", choice)
    yield from _ruled_styles(plan, small)
    contents = paragraph(
        keep_next=True, keep_lines=True, before_pt=style.theme_before_pt, after_pt=0
    )
    yield _style("TOC Heading", "TOC 1", contents, run(bold=True))
    yield _style("TOC 1", "TOC 1")
    yield _style("Header", "Header", paragraph(tab_mm=side), small)
    yield _style("Footer", "Footer", paragraph(tab_mm=side), small)
    for depth in range(1, plan.followup_depth + 1):
        listed = paragraph(keep_lines=True, level=depth, before_pt=0, after_pt=after)
        yield from _with_kept(f"Follow-up {depth}", listed, quiet)


def _ruled_styles(plan: Plan, small: Xml) -> Iterator[Xml]:
    """Room to write in. Equal borders of paragraphs that follow each other merge into one, unless
    there is one between them (17.3.1.24)."""
    style, colour = plan.stylesheet.handout, plan.stylesheet.palette.rule
    text_mm, room = _hanging_mm(plan), style.room_after_pt
    pitch = style.line_pitch_mm - (style.line_space_pt + style.line_pt) / MM
    rule = _border("bottom", style.line_pt, colour, style.line_space_pt)
    rules = joined([rule, _border("between", style.line_pt, colour, style.line_space_pt)])
    answer = paragraph(
        keep_lines=True, borders=rules, before_pt=0, after_pt=room, pitch_mm=pitch, left_mm=text_mm
    )
    yield from _with_kept(
        "Answer", answer, small, paragraph(keep_next=True, before_pt=0, after_pt=0)
    )
    yield from _with_kept("Notes", paragraph(keep_lines=True, borders=rules, pitch_mm=pitch), small)
    field = paragraph(borders=rule, before_pt=0, after_pt=room, left_mm=text_mm)
    yield from _with_kept("Field", field)
    # Its indent differs from that of the field above: else the two would share one rule.
    notes = paragraph(borders=rule, before_pt=0, after_pt=room)
    yield _style("Notes Field", "Notes Field", notes)


def _with_kept(name: str, own: Xml, inside: Xml = NOTHING, kept: Xml = NOTHING) -> Iterator[Xml]:
    """A style, and one like it for a paragraph that stays with the next."""
    yield _style(name, name, own, inside)
    yield _style(f"{name} Kept", name, kept or paragraph(keep_next=True), base=name)


def _character_styles(plan: Plan) -> Iterator[Xml]:
    palette, mono = plan.stylesheet.palette, plan.stylesheet.handout.mono
    slant = slants(plan.lang)
    made = {"Emphasis": run(italic=slant, bold=not slant), "Strong": run(bold=True)}
    made["Strong Emphasis"] = run(bold=True, italic=slant)
    made["Code"] = run(w("rFonts", ascii=mono, hAnsi=mono, cs=mono))
    made |= {"Hyperlink": run(underlined=True), "Placeholder Text": run(color=palette.muted)}
    for place, accent in enumerate(palette.accents, start=1):
        made[f"Accent {place}"] = run(bold=True, color=accent)
    for name, inside in made.items():
        yield _style(name, inside=inside, kind="character", base="Default Paragraph Font")


def _style(
    name: str,
    following: str = "",
    properties: Xml = NOTHING,
    inside: Xml = NOTHING,
    kind: str = "paragraph",
    base: str = "Normal",
) -> Xml:
    """`inside` are the properties of its runs."""
    custom = None if name in _BUILT_IN else "1"
    return element(
        "w:style",
        {"w:type": kind, "w:customStyle": custom, "w:styleId": style_id(name)},
        w("name", val=name.lower() if name in _IN_LOWER_CASE else name),
        w("basedOn", val=style_id(base)),
        w("next", val=style_id(following)) if following else NOTHING,
        w("qFormat"),
        properties,
        w("rPr", inside) if inside else NOTHING,
    )


def base_style() -> Xml:
    """A style without the spaces and indents that a template's Normal may have."""
    return element(
        "w:style",
        {**declared("w"), "w:type": "paragraph", "w:customStyle": "1", "w:styleId": BASE},
        w("name", val="Handout Text"),
        w("basedOn", val="Normal"),
        w(
            "pPr",
            w("spacing", before=0, after=0, line=240, lineRule="auto"),
            w("ind", left=0, right=0, firstLine=0),
        ),
    )


def _theme_font(role: str) -> Xml:
    """`major` or `minor` of the theme part, in all scripts."""
    font = f"{role}HAnsi"
    return w(
        "rFonts",
        asciiTheme=font,
        eastAsiaTheme=f"{role}EastAsia",
        hAnsiTheme=font,
        cstheme=f"{role}Bidi",
    )


def _border(edge: str, width_pt: float, colour: str, space_pt: float) -> Xml:
    size, space = round(width_pt * 8), round(space_pt)
    return w(edge, val="single", sz=size, space=space, color=colour[1:])


def _hanging_mm(plan: Plan) -> float:
    return hanging_mm(plan.stylesheet.handout, plan.digits, not plan.template)


def numbering(plan: Plan) -> Any:
    """One list for the whole document, tied to the styles, so that a question typed between two
    others gets its box and number, and the Tab key makes a follow-up of it; and one more for each
    number that does not follow.

    The box is of the range that Word sets in the font of hAnsi, the digits in that of ascii.
    """
    style = plan.stylesheet.handout
    indent, step = twips(_hanging_mm(plan)), twips(style.indent_mm)
    fonts = w("rFonts", asciiTheme="minorHAnsi", hAnsi=style.symbols)
    shown = f"{TICK_BOX}\u2002%1."
    tab = w("tabs", w("tab", val="num", pos=indent))
    own = w("pPr", tab, w("ind", left=indent, hanging=indent))
    first = "" if plan.fields else "Question"
    levels = [_level(0, plan.first_number, "decimal", first, shown, own, w("rPr", fonts, w("b")))]
    for level in range(1, plan.followup_depth + 1):
        own = w("pPr", w("ind", left=indent + level * step, hanging=step))
        levels.append(_level(level, 1, "bullet", f"Follow-up {level}", DASH, own))
    return parse_xml(
        element(
            "w:numbering",
            declared("w"),
            w(
                "abstractNum",
                w("nsid", val="51E5710A"),
                w("multiLevelType", val="multilevel"),
                w("tmpl", val="51E5710B"),
                *levels,
                abstractNumId=0,
            ),
            _num(1),
            *(_num(place, start) for place, start in enumerate(plan.restarts, start=2)),
        )
    )


def _level(
    level: int, start: int, form: str, style: str, text: str, own: Xml, inside: Xml = NOTHING
) -> Xml:
    return w(
        "lvl",
        w("start", val=start),
        w("numFmt", val=form),
        w("pStyle", val=style_id(style)) if style else NOTHING,
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        own,
        inside,
        ilvl=level,
    )


def _num(number: int, start: int | None = None) -> Xml:
    """A list that begins with a number of its own, or goes on with the one before."""
    anew = NOTHING if start is None else w("lvlOverride", w("startOverride", val=start), ilvl=0)
    return w("num", w("abstractNumId", val=0), anew, numId=number)


def _settings(lang: str) -> Any:
    uri = "http://schemas.microsoft.com/office/word"
    compatibility = [
        w("compatSetting", name=name, uri=uri, val=value) for name, value in _COMPATIBILITY.items()
    ]
    return parse_xml(
        element(
            "w:settings",
            declared("w"),
            w("zoom", percent=100),
            w("defaultTabStop", val=720),
            w("compat", *compatibility),
            w("themeFontLang", val=lang, eastAsia=lang, bidi=lang),
            w("decimalSymbol", val="."),
            w("listSeparator", val=","),
        )
    )


def _theme_fonts(theme: bytes, style: HandoutStyle) -> bytes:
    """The theme part with our fonts: headings in the serif, text in the sans."""
    root = parse_xml(theme)
    names = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for role, font in (("majorFont", style.serif), ("minorFont", style.sans)):
        for latin in root.iterfind(f".//a:{role}/a:latin", names):
            latin.set("typeface", font)
    return bytes(serialize_part_xml(root))
