"""A .docx or .dotx of the user's: its styles, pages, header and footer, with our paragraphs in it.

Styles are found by name, as their ids depend on the language of the Word that made them. What the
template lacks is added from our own.
"""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart
from docx.shared import Mm

from generator.writers.handout import template
from generator.writers.handout.plan import Plan
from generator.writers.handout.users_file import named
from generator.writers.xml import holdable

MARKER = "{{questions}}"
"""The whole text of the paragraph where ours begin; what stands before it is kept."""
_BASE = (
    f'<w:style {template.W} w:type="paragraph" w:customStyle="1" w:styleId="HandoutText">'
    '<w:name w:val="Handout Text"/><w:basedOn w:val="Normal"/><w:pPr>'
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/></w:pPr></w:style>'
)
"""Under the styles that we add: our spaces are reckoned from none, whatever Normal has."""
_OF_CONTENT = (
    "image",
    "hyperlink",
    "chart",
    "oleObject",
    "package",
    "header",
    "footer",
    "stylesWithEffects",
)
"""Relationships that go with what is dropped, and that of the copy which Word 2010 kept of styles
that are not ours."""
_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))


def dress(document: Any, plan: Plan, paragraphs: list[Any]) -> None:
    """Fill the template with our paragraphs, whose styles and lists become those of the template's
    names and numbers."""
    kept = _emptied(document, plan)
    styles = document.styles.element
    before = len(styles)
    ids = _join_styles(styles, plan)
    lists = _numbering(document.part)
    shift = max((int(_get(num, "numId")) for num in lists.iterfind(qn("w:num"))), default=0)
    for style in styles[before:]:
        for number in style.iter(qn("w:numId")):
            _set(number, str(int(_get(number)) + shift))
    for language in styles.iterfind(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        _set(language, holdable(plan.lang))
    question = named(styles).get(("paragraph", "question"))
    if question is not None:
        _join_lists(lists, question, plan, ids, shift)
    marks = [
        int(mark.get(qn("w:id"))) for each in kept for mark in each.iter(qn("w:bookmarkStart"))
    ]
    shifts = {"numId": shift, "bookmarkStart": max(marks, default=0)}
    shifts["bookmarkEnd"] = shifts["bookmarkStart"]
    for paragraph in paragraphs:
        for used in paragraph.iter(qn("w:pStyle"), qn("w:rStyle")):
            _set(used, ids[_get(used)])
        for tag, by in shifts.items():
            key = "val" if tag == "numId" else "id"
            for each in paragraph.iter(qn(f"w:{tag}")):
                _set(each, str(int(_get(each, key)) + by), key)
    body = document.element.body
    body[:] = [*kept, *paragraphs, body[-1]]


def _get(element: Any, key: str = "val") -> str:
    return str(element.get(qn(f"w:{key}")))


def _set(element: Any, value: str, key: str = "val") -> None:
    element.set(qn(f"w:{key}"), value)


def _emptied(document: Any, plan: Plan) -> list[Any]:
    """What stands before the marker. The last section keeps its page and what it shows at head and
    foot, also where it has that from a section which is dropped."""
    body = document.element.body
    if not len(body) or body[-1].tag != qn("w:sectPr"):
        body.append(parse_xml(f"<w:sectPr {template.W}/>"))
    *children, last = body
    texts = ["".join(t.text or "" for t in child.iter(qn("w:t"))).strip() for child in children]
    first = texts.index(MARKER) if MARKER in texts else 0
    references = {
        (reference.tag, _get(reference, "type")): reference
        for section in [s for child in children[first:] for s in child.iter(qn("w:sectPr"))]
        + [last]
        for reference in section.iterchildren(*_REFERENCES)
    }
    last[:0] = references.values()
    body[:] = [*children[:first], last]
    for control in list(body.iter(qn("w:sdtPr"))):
        for number in control.findall(qn("w:id")):  # Word gives it one that is free
            control.remove(number)
    used = {value for element in body.iter() for value in element.attrib.values()}
    rels = document.part.rels
    for key in [k for k, rel in rels.items() if rel.reltype.endswith(_OF_CONTENT)]:
        if key not in used:
            del rels[key]
    _drop_footnotes(document.part, body)
    _fill_page(document.sections[-1], plan)
    kept: list[Any] = children[:first]
    return kept


def _drop_footnotes(part: Any, body: Any) -> None:
    """Those whose mark is gone; what is drawn above them has a type and stays (17.11)."""
    for kind in ("footnote", "endnote"):
        marks = {_get(mark, "id") for mark in body.iter(qn(f"w:{kind}Reference"))}
        for rel in part.rels.values():
            if rel.reltype.endswith(f"/{kind}s"):
                notes = parse_xml(rel.target_part.blob)
                for note in notes.findall(qn(f"w:{kind}")):
                    if note.get(qn("w:type")) is None and _get(note, "id") not in marks:
                        notes.remove(note)
                rel.target_part._blob = serialize_part_xml(notes)


def _fill_page(section: Any, plan: Plan) -> None:
    """Page and margins where the template says nothing of them."""
    style = plan.stylesheet.handout
    lengths = dict(zip(("page_width", "page_height"), plan.paper_mm, strict=True))
    lengths |= dict.fromkeys(("left_margin", "right_margin"), style.side_margin_mm)
    lengths |= {"top_margin": style.top_margin_mm, "bottom_margin": style.bottom_margin_mm}
    lengths |= dict.fromkeys(("header_distance", "footer_distance"), style.edge_distance_mm)
    for name, length_mm in lengths.items():
        if getattr(section, name) is None:
            setattr(section, name, Mm(length_mm))


def _join_styles(theirs: Any, plan: Plan) -> dict[str, str]:
    """Add the styles that are used and not there. Returns the template's ids by ours."""
    known = named(theirs)
    taken = {_get(style, "styleId") for style in theirs.iterfind(qn("w:style"))}
    used = {paragraph.style.lower() for paragraph in plan.paragraphs}
    used |= {name.removesuffix(" kept") for name in used}
    ids: dict[str, str] = {}
    added = [parse_xml(_BASE)] if ("paragraph", "handout text") not in known else []
    for (kind, name), style in named(template.styles(plan)).items():
        own = _get(style, "styleId")
        if (kind, name) in known:
            ids[own] = _get(known[kind, name], "styleId")
        elif name in used or (kind == "character" and not name.startswith("accent")):
            ids[own] = own if own not in taken else f"{own}Handout"
            _set(style, ids[own], "styleId")
            added.append(style)
    for style in added:
        for refers in style.findall(qn("w:basedOn")) + style.findall(qn("w:next")):
            based_on_normal = refers.tag == qn("w:basedOn") and _get(refers) == "Normal"
            if based_on_normal and _get(style, "styleId") != "HandoutText":
                _set(refers, "HandoutText")
            elif _get(refers) in ids:
                _set(refers, ids[_get(refers)])
            else:
                style.remove(refers)
    theirs.extend(added)
    return ids


def _join_lists(theirs: Any, question: Any, plan: Plan, ids: dict[str, str], shift: int) -> None:
    """Add our list, its numbers raised by `shift`.

    A Question style that has a list of its own keeps its look: ours sets where it begins, and what
    its levels for follow-ups are where they belong to no style of the template.
    """
    numbering = template.numbering(plan)
    ours = numbering.find(qn("w:abstractNum"))
    lists = {_get(each, "abstractNumId"): each for each in theirs.findall(qn("w:abstractNum"))}
    for level in ours.findall(qn("w:lvl")):
        used = level.find(qn("w:pStyle"))
        if _get(used) in ids:
            _set(used, ids[_get(used)])
        else:
            level.remove(used)
    listed = None if plan.fields else _list_of(theirs, question)  # there the box is no part of it
    if listed:
        _add_levels(lists[listed], ours)
    else:
        listed = str(1 + max(map(int, lists), default=-1))
        _set(ours, listed, "abstractNumId")
        theirs.insert(len(lists) + len(theirs.findall(qn("w:numPicBullet"))), ours)
    last = theirs.find(qn("w:numIdMacAtCleanup"))
    for num in numbering.findall(qn("w:num")):
        _set(num.find(qn("w:abstractNumId")), listed)
        if listed in lists and _get(num, "numId") == "1":
            start = f'<w:startOverride w:val="{plan.first_number}"/></w:lvlOverride>'
            num.append(parse_xml(f'<w:lvlOverride {template.W} w:ilvl="0">{start}'))
        _set(num, str(int(_get(num, "numId")) + shift), "numId")
        theirs.append(num) if last is None else last.addprevious(num)
    numbers = question.get_or_add_pPr().get_or_add_numPr()
    _set(numbers.get_or_add_ilvl(), "0")
    _set(numbers.get_or_add_numId(), str(shift + 1))


def _add_levels(theirs: Any, ours: Any) -> None:
    """The levels of our list but for the first, where theirs have no style."""
    levels = {_get(level, "ilvl"): level for level in theirs.findall(qn("w:lvl"))}
    for level in ours.findall(qn("w:lvl"))[1:]:
        other = levels.get(_get(level, "ilvl"))
        if other is None:
            theirs.append(level)
        elif other.find(qn("w:pStyle")) is None:
            theirs.replace(other, level)


def _list_of(lists: Any, style: Any) -> str:
    """The id of the list whose first level is a style's; empty where it has none."""
    number = _get(style.pPr.numPr.numId) if _has_list(style) else ""
    nums = [num for num in lists.iterfind(qn("w:num")) if _get(num, "numId") == number]
    found = _get(nums[0].find(qn("w:abstractNumId"))) if nums else ""
    with_levels = [
        each for each in lists.iterfind(qn("w:abstractNum")) if each.findall(qn("w:lvl"))
    ]
    return found if found in [_get(each, "abstractNumId") for each in with_levels] else ""


def _has_list(style: Any) -> bool:
    numbers = style.pPr.numPr if style.pPr is not None else None
    return (
        numbers is not None
        and numbers.numId is not None
        and (numbers.ilvl is None or _get(numbers.ilvl) == "0")
    )


def _numbering(part: Any) -> Any:
    try:
        return part.numbering_part.element
    except NotImplementedError:  # python-docx makes none
        made = parse_xml(f"<w:numbering {template.W}/>")
        name = PackURI("/word/numbering.xml")
        new = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, made, part.package)
        part.relate_to(new, RELATIONSHIP_TYPE.NUMBERING)
        return made
