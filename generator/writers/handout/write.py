"""The plan as a Word file. The body is XML text that goes straight into the zip: python-docx's own
way of adding a paragraph looks through all that stand before it."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from generator import bidi
from generator.model import Inline, Span
from generator.publish import stable_zip
from generator.writers import Output
from generator.writers.handout import into_template, template
from generator.writers.handout.plan import Paragraph, Plan
from generator.writers.xml import attribute, content, holdable

_LONGEST_PROPERTY = 255
"""Characters that python-docx takes for a core property."""
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_TICK = (
    "<w:sdt><w:sdtPr><w:alias w:val={name}/><w:tag w:val={name}/><w:id/>"
    '<w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
    f"<w:sdtContent><w:r><w:t>{template.TICK_BOX}</w:t></w:r></w:sdtContent></w:sdt>"
    '<w:r><w:t xml:space="preserve">\u2002</w:t></w:r>'
)
_BODY = "word/document.xml"
_UNUSED = ("stylesWithEffects", "customXml", "webSettings")
_UNUSED_IN_PACKAGE = ("thumbnail", "extended-properties")


def write(plan: Plan) -> Output:
    """Only Word knows how many pages it makes of it: the count is 0."""
    document = docx.Document(io.BytesIO(plan.template) if plan.template else None)
    links: dict[str, str] = {}
    rows = "".join(_paragraph(paragraph, plan, links) for paragraph in plan.paragraphs)
    rows = _number_controls(rows)
    if plan.template:
        body = f"<w:body {template.W} {_W14} {_R}>{rows}</w:body>"
        into_template.dress(document, plan, list(parse_xml(body)))
    else:
        _dress(document, plan)
        _lay_out(document.sections[0], plan)
    for href, key in links.items():
        document.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, href, key, True)
    _describe(document.core_properties, plan)
    out = io.BytesIO()
    document.save(out)
    members = {} if plan.template else {_BODY: _filled(document.part.blob, rows)}
    return Output(stable_zip(out.getvalue(), members), 0, plan.diagnostics)


def _filled(frame: bytes, rows: str) -> bytes:
    """The document part with paragraphs before its section, where its names are known."""
    head, section, rest = frame.partition(b"<w:sectPr")
    return b"".join([head, rows.encode(), section, rest])


def _dress(document: Any, plan: Plan) -> None:
    """Put our styles, numbering and settings in the place of python-docx's."""
    part = document.part
    for rels, unused in ((part.rels, _UNUSED), (part.package.rels, _UNUSED_IN_PACKAGE)):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(unused)]:
            del rels[key]
    part._styles_part._element = template.styles(plan)
    part.numbering_part._element = template.numbering(plan)
    part._settings_part._element = template.settings(holdable(plan.lang))
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = template.theme_fonts(theme.blob, plan.stylesheet.handout)


def _lay_out(section: Any, plan: Plan) -> None:
    style = plan.stylesheet.handout
    section.page_width, section.page_height = map(Mm, plan.paper_mm)
    section.left_margin = section.right_margin = Mm(style.side_margin_mm)
    section.top_margin, section.bottom_margin = Mm(style.top_margin_mm), Mm(style.bottom_margin_mm)
    section.header_distance = section.footer_distance = Mm(style.edge_distance_mm)
    section.different_first_page_header_footer = True
    rtl = bidi.right_to_left(plan.lang)
    if rtl:
        section._sectPr.titlePg.addnext(parse_xml(f"<w:bidi {template.W}/>"))
    title = _text_run(plan.title, rtl)
    page_of = holdable(plan.page_of)
    page_of = page_of.replace("{page}", "\0PAGE\0").replace("{count}", "\0NUMPAGES\0")
    pieces = [
        _text_run(piece, rtl) if place % 2 == 0 else _field(piece)
        for place, piece in enumerate(page_of.split("\0"))
    ]
    foot = f"{title}<w:r><w:tab/></w:r>{''.join(pieces)}"
    _fill(section.header, title)
    _fill(section.first_page_header, "")
    if logo := plan.stylesheet.logo:
        width, height = map(Mm, logo.within(*style.logo_mm))
        paragraph = section.first_page_header.paragraphs[0]
        paragraph.paragraph_format.space_after = Mm(style.logo_after_mm)
        picture = paragraph.add_run().add_picture(io.BytesIO(logo.data), width, height)
        picture._inline.docPr.set("descr", holdable(logo.alt))
        for side in "TBLR":  # LibreOffice has its own where nothing is said
            picture._inline.set(f"dist{side}", "0")
    _fill(section.footer, foot)
    _fill(section.first_page_footer, foot)


def _fill(block: Any, runs: str) -> None:
    holder = parse_xml(f"<w:p {template.W}>{runs}</w:p>")
    block.is_linked_to_previous = False
    block.paragraphs[0]._p.extend(list(holder))


def _field(name: str) -> str:
    """A complex field (17.16.18); Word counts anew when it opens the file."""
    begin, code, separate, end = _field_marks(name)
    return f"{begin}{code}{separate}{_text_run('1', False)}{end}"


def _field_marks(instruction: str) -> tuple[str, str, str, str]:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return begin, code, separate, end


def _paragraph(paragraph: Paragraph, plan: Plan, links: dict[str, str]) -> str:
    """No direct formatting: the only properties are names of styles, and the list of a question
    whose number does not follow."""
    properties = [f'<w:pStyle w:val="{template.style_id(paragraph.style)}"/>']
    if paragraph.numbering > 1:
        number = f'<w:ilvl w:val="0"/><w:numId w:val="{paragraph.numbering}"/>'
        properties.append(f"<w:numPr>{number}</w:numPr>")
    accent = f"Accent {paragraph.accent}" if paragraph.accent else ""
    heading = paragraph.style == "Heading 1"
    if accent:  # of the paragraph's mark: the number is set in it, the text is not
        properties.append(f'<w:rPr><w:rStyle w:val="{template.style_id(accent)}"/></w:rPr>')
    of_runs = "Placeholder Text" if paragraph.field else accent if heading else ""
    runs = _runs(paragraph.text, of_runs, links, bidi.right_to_left(plan.lang))
    tick = _TICK.format(name=attribute(paragraph.tick)) if paragraph.tick else ""
    runs = _anchored(paragraph, runs)
    xml = f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{tick}{runs}</w:p>"
    if not paragraph.field:
        return xml
    name = attribute(paragraph.field)
    items = "".join(f'<w:listItem w:displayText="{c}" w:value="{c}"/>' for c in paragraph.choices)
    chosen = f"<w:dropDownList>{items}</w:dropDownList>" if items else ""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={name}/><w:tag w:val={name}/><w:id/><w:showingPlcHdr/>"
        f"{chosen}</w:sdtPr><w:sdtContent>{xml}</w:sdtContent></w:sdt>"
    )


def _anchored(paragraph: Paragraph, runs: str) -> str:
    """A heading with its bookmark, or an entry of the contents with its link. The entries stand in
    one field (17.16.5.68), filled in, so that Word can renew it and need not ask to."""
    if not paragraph.anchor:
        return runs
    name = f"_Toc{paragraph.anchor}"
    if paragraph.style == "Heading 1":
        start = f'<w:bookmarkStart w:id="{paragraph.anchor}" w:name="{name}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{paragraph.anchor}"/>'
    begin, code, separate, end = _field_marks('TOC \\o "1-1" \\h \\n')
    link = f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>'
    return (begin + code + separate) * paragraph.opens + link + end * paragraph.closes


def _number_controls(body: str) -> str:
    """Each content control gets an id of its own (17.5.2.18), in their order."""
    first, *others = body.split("<w:id/>")
    return first + "".join(
        f'<w:id w:val="{place}"/>{other}' for place, other in enumerate(others, start=1)
    )


def _runs(text: Inline, style: str, links: dict[str, str], rtl: bool) -> str:
    runs = []
    for span in text:
        href = holdable(span.link or "").strip()
        linked = bool(href)
        run = _text_run(span.text, rtl, _character_style(span, linked) or style)
        if linked:
            key = links.setdefault(href, f"rIdLink{len(links) + 1}")
            run = f'<w:hyperlink r:id="{key}" w:history="1">{run}</w:hyperlink>'
        runs.append(run)
    return "".join(runs)


def _character_style(span: Span, linked: bool) -> str:
    if span.code:
        return "Code"
    if linked:
        return "Hyperlink"
    return " ".join(["Strong"] * span.strong + ["Emphasis"] * span.emphasis)


def _text_run(text: str, rtl: bool, style: str = "") -> str:
    """Word wants letters from the right in runs of their own, with what stands between them."""
    runs = bidi.runs(text, rtl) if bidi.is_bidirectional(text) else [bidi.Run(text, 0)]
    named = f'<w:rStyle w:val="{template.style_id(style)}"/>' if style else ""
    made = ""
    for run in runs:
        inside = named + "<w:rtl/>" * run.rtl
        properties = f"<w:rPr>{inside}</w:rPr>" if inside else ""
        made += f'<w:r>{properties}<w:t xml:space="preserve">{content(run.text)}</w:t></w:r>'
    return made


def _describe(properties: Any, plan: Plan) -> None:
    properties.title = holdable(plan.title)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = holdable(plan.author)[:_LONGEST_PROPERTY]
    properties.language = holdable(plan.lang)[:_LONGEST_PROPERTY]
    properties.comments = ""
    moment = plan.timestamp.astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = moment
