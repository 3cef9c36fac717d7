"""The parts of the package that hold no question: styles, numbering, settings.

ECMA-376 Part 1, clause 17. Lengths in the XML are twips (1/20 pt), sizes half points, and borders
eighths of a point. The children of pPr, rPr and style have a fixed order.
"""

from __future__ import annotations

from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

from generator.bidi import right_to_left
from generator.stylesheet import MM, HandoutStyle
from generator.writers.handout.plan import Plan
from generator.writers.xml import attribute

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TICK_BOX = "\u2610"
DASH = "\u2013"
_IN_LOWER_CASE = ("Heading 1", "Header", "Footer", "TOC 1")
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


def twips(mm: float) -> int:
    return round(mm * MM * 20)


def hanging_mm(plan: Plan) -> float:
    """From the tick box to the text of a question."""
    style = plan.stylesheet.handout
    hanging_mm = style.hanging_mm + max(0, plan.digits - 2) * style.digit_mm
    return hanging_mm * (style.template_hanging if plan.template else 1)


def border(edge: str, width_pt: float, colour: str) -> str:
    size = round(width_pt * 8)
    return f'<w:{edge} w:val="single" w:sz="{size}" w:space="3" w:color="{colour[1:]}"/>'


def styles(plan: Plan) -> Any:
    style = plan.stylesheet.handout
    lang = attribute(plan.lang)
    xml = (
        f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts('minor')}"
        f"{_type(style.text_pt, plan.stylesheet.palette.ink)}"
        f"<w:lang w:val={lang} w:eastAsia={lang} w:bidi={lang}/></w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/>{direction(plan.lang)}</w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        f"</w:style>{_paragraph_styles(plan)}{_character_styles(plan)}</w:styles>"
    )
    # Scripts with letters that join have bold and italics of their own (17.3.2.2).
    return parse_xml(xml.replace("<w:b/>", "<w:b/><w:bCs/>").replace("<w:i/>", "<w:i/><w:iCs/>"))


def direction(lang: str) -> str:
    """Of the style that all others stand on: its left is what a line begins at (17.3.1.6)."""
    return "<w:pPr><w:bidi/></w:pPr>" if right_to_left(lang) else ""


def _paragraph_styles(plan: Plan) -> str:
    style, palette = plan.stylesheet.handout, plan.stylesheet.palette
    keep = "<w:keepNext/><w:keepLines/>"
    serif = _fonts("major")
    small = _type(style.small_pt, palette.muted)
    side = twips(plan.paper_mm[0] - 2 * style.side_margin_mm)
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{side}"/></w:tabs>'
    rule = border("bottom", style.line_pt, palette.rule)
    rules = rule + border("between", style.line_pt, palette.rule)
    pitch = twips(style.line_pitch_mm)
    ruled = f'<w:pBdr>{rules}</w:pBdr><w:spacing w:line="{pitch}" w:lineRule="exact"/>'
    room = _gap(0, style.room_after_pt)
    answer = ruled.replace("<w:spacing ", room.removesuffix("/>") + " ")
    text = f'<w:ind w:left="{twips(hanging_mm(plan))}"/>'
    after = _gap(0, style.question_after_pt)
    made = [
        _style("Title", "Subtitle", keep, serif + "<w:b/>" + _type(style.title_pt, palette.ink)),
        _style("Subtitle", "Hint", keep, _type(style.subtitle_pt, palette.muted)),
        _style(
            "Hint",
            "Heading 1",
            keep + _gap(style.hint_before_pt, 0),
            "<w:i/>" + _type(style.text_pt, palette.muted),
        ),
        _style(
            "Heading 1",
            "Theme Intro",
            f"{keep}<w:pBdr>{border('bottom', style.theme_rule_pt, palette.rule)}</w:pBdr>"
            f'{_gap(style.theme_before_pt, style.theme_after_pt)}<w:outlineLvl w:val="0"/>',
            f"{serif}<w:b/>{_type(style.theme_pt, palette.ink)}",
        ),
        _style(
            "Theme Intro",
            "Question",
            keep + _gap(0, style.theme_after_pt),
            _type(style.intro_pt, palette.muted),
        ),
        *_kept("Question", f"<w:keepLines/>{_list(0)}{after}", ""),
        *_kept("Answer", f"<w:keepLines/>{answer}{text}", small, _gap(0, 0)),
        *_kept("Notes", f"<w:keepLines/>{ruled}", small),
        *_kept("Field", f"<w:pBdr>{rule}</w:pBdr>{room}{text}", ""),
        # Of another indent than the field over it: paragraphs of equal borders share one rule.
        _style("Notes Field", "Notes Field", f"<w:pBdr>{rule}</w:pBdr>{room}", ""),
        _style("TOC Heading", "TOC 1", keep + _gap(style.theme_before_pt, 0), "<w:b/>"),
        _style("TOC 1", "TOC 1", "", ""),
        _style("Header", "Header", tabs, small),
        _style("Footer", "Footer", tabs, small),
    ]
    for depth in range(1, plan.followup_depth + 1):
        paragraph = f"<w:keepLines/>{_list(depth)}{after}"
        run = _type(style.intro_pt, palette.muted)
        made += _kept(f"Follow-up {depth}", paragraph, run)
    return "".join(made)


def _kept(name: str, paragraph: str, run: str, over: str = "") -> list[str]:
    """A style, and one like it for a paragraph that stays with the next."""
    kept = _style(f"{name} Kept", name, f"<w:keepNext/>{over}", "", base=name)
    return [_style(name, name, paragraph, run), kept]


def _list(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _character_styles(plan: Plan) -> str:
    palette, mono = plan.stylesheet.palette, plan.stylesheet.handout.mono
    code = f'<w:rFonts w:ascii="{mono}" w:hAnsi="{mono}" w:cs="{mono}"/>'
    made = {"Emphasis": "<w:i/>", "Strong": "<w:b/>", "Strong Emphasis": "<w:b/><w:i/>"}
    made |= {"Code": code, "Hyperlink": '<w:u w:val="single"/>'}
    made["Placeholder Text"] = f'<w:color w:val="{palette.muted[1:]}"/>'
    for place, accent in enumerate(palette.accents, start=1):
        made[f"Accent {place}"] = f'<w:b/><w:color w:val="{accent[1:]}"/>'
    return "".join(_style(name, "", "", run, "character") for name, run in made.items())


def style_id(name: str) -> str:
    return name.replace(" ", "").replace("-", "")


def _style(
    name: str,
    following: str,
    paragraph: str,
    run: str,
    kind: str = "paragraph",
    base: str = "",
) -> str:
    base = style_id(base) or ("Normal" if kind == "paragraph" else "DefaultParagraphFont")
    built_in = name in _BUILT_IN
    # Word's own names of these are in lower case; it shows them with a capital.
    shown = name.lower() if name in _IN_LOWER_CASE else name
    custom = "" if built_in else ' w:customStyle="1"'
    next_ = f'<w:next w:val="{style_id(following)}"/>' if following else ""
    of_paragraph = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    of_run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style_id(name)}"><w:name w:val="{shown}"/>'
        f'<w:basedOn w:val="{base}"/>{next_}<w:qFormat/>{of_paragraph}{of_run}</w:style>'
    )


def _fonts(role: str) -> str:
    font = f"{role}HAnsi"
    return (
        f'<w:rFonts w:asciiTheme="{font}" w:eastAsiaTheme="{role}EastAsia" '
        f'w:hAnsiTheme="{font}" w:cstheme="{role}Bidi"/>'
    )


def _type(size_pt: float, colour: str) -> str:
    size = round(size_pt * 2)
    return f'<w:color w:val="{colour[1:]}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _gap(before_pt: float, after_pt: float) -> str:
    return f'<w:spacing w:before="{round(before_pt * 20)}" w:after="{round(after_pt * 20)}"/>'


def numbering(plan: Plan) -> Any:
    """One list for the whole document, tied to the styles, so that a question typed between two
    others gets its box and number, and the Tab key makes a follow-up of it; and one more for each
    number that does not follow.

    The box is of the range that Word sets in the font of hAnsi, the digits in that of ascii.
    """
    indent = twips(hanging_mm(plan))
    symbols = plan.stylesheet.handout.symbols
    shown = "%1." if plan.fields else f"{TICK_BOX}\u2002%1."
    step = twips(plan.stylesheet.handout.indent_mm)
    dashes = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{style_id(f"Follow-up {level}")}"/><w:lvlText w:val="{DASH}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent + level * step}" '
        f'w:hanging="{step}"/></w:pPr></w:lvl>'
        for level in range(1, plan.followup_depth + 1)
    )
    restarts = "".join(
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for place, start in enumerate(plan.restarts, start=2)
    )
    return parse_xml(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="51E5710A"/>'
        '<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="51E5710B"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="{plan.first_number}"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Question"/><w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsi="{symbols}"/><w:b/></w:rPr></w:lvl>'
        f'{dashes}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f"{restarts}</w:numbering>"
    )


def settings(lang: str) -> Any:
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in _COMPATIBILITY.items()
    )
    return parse_xml(
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f"<w:compat>{compatibility}</w:compat><w:themeFontLang w:val={attribute(lang)}"
        f" w:eastAsia={attribute(lang)} w:bidi={attribute(lang)}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def theme_fonts(theme: bytes, style: HandoutStyle) -> bytes:
    """The theme part with our fonts: headings in the serif, text in the sans."""
    root = parse_xml(theme)
    names = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for role, font in (("majorFont", style.serif), ("minorFont", style.sans)):
        for latin in root.iterfind(f".//a:{role}/a:latin", names):
            latin.set("typeface", font)
    return bytes(serialize_part_xml(root))
