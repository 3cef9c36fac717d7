"""Our own look of a handout: the template that is filled where the user gives none.

The look itself is in the XML files beside this module (ECMA-376, part 1, clause 17); the style
sheet has its numbers.
"""

from __future__ import annotations

from functools import partial

from generator.look.style import MM, slants
from generator.model import plain
from generator.text.bidi import right_to_left
from generator.writers.handout.paragraphs import Plan, hanging_mm
from generator.writers.handout.runs import field, page_of, text_runs
from generator.writers.office.package import Package
from generator.writers.office.theme import theme
from generator.writers.office.xml import (
    NOTHING,
    Xml,
    declared,
    element,
    filled,
    joined,
    part,
    w,
)

BASE = "HandoutText"
"""The id of the style under those that are added to a user's template."""
TICK_BOX = "\u2610"
_file = partial(filled, __package__)


def own_document(plan: Plan) -> Package:
    """A document in our look without a paragraph."""
    package = Package()
    main = package.add("word/document.xml", "wordprocessingml.document.main", b"")
    package.relate("", "officeDocument", main)
    style = plan.stylesheet.handout
    fonts = (element("w:font", {"w:name": name}) for name in (style.serif, style.sans, style.mono))
    for name, content in (
        ("styles", styles(plan)),
        ("numbering", element("w:numbering", declared("w"))),
        ("fontTable", element("w:fonts", declared("w"), *fonts)),
        ("settings", _file("settings.xml", lang=plan.lang)),
    ):
        own = package.add(f"word/{name}.xml", f"wordprocessingml.{name}", part(content))
        package.relate(main, name, own)
    colors = theme(plan.stylesheet.palette, style.serif, style.sans)
    package.relate(main, "theme", package.add("word/theme/theme1.xml", "theme", colors))
    section = _section(package, main, plan)
    spaces = {**declared("w", "r", "w14", "mc"), "mc:Ignorable": "w14"}
    package.parts[main] = part(element("w:document", spaces, w("body", section)))
    return package


def style_id(name: str) -> str:
    """The id of a style of ours; Word shows its name."""
    return name.replace(" ", "").replace("-", "")


def _section(package: Package, main: str, plan: Plan) -> Xml:
    """Its header and footer; the page is that of a template that says nothing of it."""
    rtl = right_to_left(plan.lang)
    title = text_runs(plan.title, rtl)
    foot = joined([title, w("r", w("tab")), *page_of(plan.page_of, rtl)])
    head = plan.head and field('STYLEREF "heading 1"', text_runs(plain(plan.head), rtl))
    made = [
        _block(package, main, kind, place, runs, plan)
        for kind, place, runs in (
            ("header", "default", head or NOTHING), ("header", "first", NOTHING),
            ("footer", "default", foot), ("footer", "first", foot),
        )
    ]  # fmt: skip
    return w(
        "sectPr", *made, w("cols", space=720), w("titlePg"), w("bidi") if rtl else NOTHING,
        w("docGrid", linePitch=360),
    )  # fmt: skip


def _block(package: Package, main: str, kind: str, place: str, runs: Xml, plan: Plan) -> Xml:
    """What refers to a header or footer that is made; the logo is in that of the first page."""
    name = package.add(f"word/{kind}{{}}.xml", f"wordprocessingml.{kind}", b"")
    after, style, logo = NOTHING, plan.stylesheet.handout, plan.stylesheet.logo
    if logo and (kind, place) == ("header", "first"):
        after = w("spacing", after=round(style.logo_after_mm * MM * 20))
        key = package.relate(
            name, "image", package.add("word/media/logo.png", "image/png", logo.data)
        )
        width, height = logo.within(*style.logo_mm)
        runs = _file("logo.xml", key=key, alt=logo.alt, width_pt=width * MM, height_pt=height * MM)
    paragraph = w("p", w("pPr", w("pStyle", val=kind.capitalize()), after), runs)
    spaces = declared("w", "r", "wp", "a", "pic") if logo else declared("w", "r")
    root = element("w:hdr" if kind == "header" else "w:ftr", spaces, paragraph)
    package.parts[name] = part(root)
    return element(
        f"w:{kind}Reference", {"w:type": place, "r:id": package.relate(main, kind, name)}
    )


def styles(plan: Plan) -> Xml:
    """The styles part. Scripts whose letters join have bold and italics of their own."""
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
        _file("followup.xml", level=level, style=style, palette=palette)
        for level in range(1, plan.followup_depth + 1)
    ]
    return _file(
            "styles.xml", style=style, palette=palette, lang=plan.lang, slant=slant,
            stress=slant or bold, serif=_theme_font("major"), sans=_theme_font("minor"),
            direction=w("pPr", w("bidi")) if right_to_left(plan.lang) else NOTHING,
            listed=NOTHING if plan.fields else w("numPr", w("ilvl", val=0), w("numId", val=1)),
            typed=hanging if plan.fields else NOTHING, hang_mm=hang_mm,
            choice_mm=hang_mm + style.indent_mm,
            side_mm=plan.paper_mm[0] - 2 * style.side_margin_mm,
            pitch_pt=style.line_pitch_mm * MM - style.line_space_pt - style.line_pt, **rules,
            accents=joined(accents), followups=joined(followups),
    )  # fmt: skip


def base_style() -> Xml:
    """A style without the spaces and indents that a template's Normal may have."""
    spacing = w("spacing", before=0, after=0, line=240, lineRule="auto")
    return element(
        "w:style",
        {**declared("w"), "w:type": "paragraph", "w:customStyle": "1", "w:styleId": BASE},
        w("name", val="Handout Text"),
        w("basedOn", val="Normal"),
        w("pPr", spacing, w("ind", left=0, right=0, firstLine=0)),
    )


def _theme_font(role: str) -> Xml:
    """`major` or `minor` of the theme part, in all scripts."""
    fonts = {"asciiTheme": "HAnsi", "eastAsiaTheme": "EastAsia", "hAnsiTheme": "HAnsi"}
    return w("rFonts", **{k: role + script for k, script in fonts.items()}, cstheme=f"{role}Bidi")


def _hanging_mm(plan: Plan) -> float:
    return hanging_mm(plan.stylesheet.handout, plan.digits, not plan.template)


def numbering(plan: Plan) -> Xml:
    """One list for the whole document, tied to the styles, so that a question typed between two
    others gets its box and number, and the Tab key makes a follow-up of it; and one more for each
    number that does not follow."""
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
    return _file(
        "numbering.xml", plan=plan, style=style, hang_mm=hang_mm,
        levels=joined(levels), restarts=joined(restarts), style_of_questions=questions,
    )  # fmt: skip


def _dash(level: int, left_mm: float, hanging_mm: float) -> Xml:
    left, hanging = (round(length * MM * 20) for length in (left_mm, hanging_mm))
    return w(
        "lvl", w("start", val=1), w("numFmt", val="bullet"), w("pStyle", val=f"Followup{level}"),
        w("lvlText", val="–"), w("lvlJc", val="left"),
        w("pPr", w("ind", left=left, hanging=hanging)), ilvl=level,
    )  # fmt: skip


def restart(number: int) -> Xml:
    """Lets a list begin with a number."""
    return w("lvlOverride", w("startOverride", val=number), ilvl=0)
