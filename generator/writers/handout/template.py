"""Fills a document with our paragraphs: one in our own look, or a .docx or .dotx of the user's.

Styles are found by name, as their ids depend on the language of the Word that made them. What the
document lacks is added from our look.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart
from docx.shared import Mm

from generator.model import QuestionSet
from generator.writers import setting_error
from generator.writers.handout import look
from generator.writers.handout.paragraphs import Plan
from generator.writers.handout.runs import fragment
from generator.writers.office.template import Template, opened, used
from generator.writers.office.xml import declared, element, holdable

MARKER = "{{questions}}"
"""The whole text of the paragraph at which ours begin; everything before it is kept."""
_OF_CONTENT = ("image", "hyperlink", "chart", "header", "footer", "stylesWithEffects")
"""Relationships that are dropped with the content, and the one to the copy of styles that Word 2010
kept, which are not ours."""
_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))


class Names(NamedTuple):
    """The ids of our styles, lists and bookmarks in a document that has others already."""

    styles: Mapping[str, str]
    """The document's ids of styles, by ours."""
    lists: int
    """The offset of the numbers of our lists."""
    bookmarks: int
    """The offset of the numbers of our bookmarks."""


def read_template(question_set: QuestionSet, path: Path, data: bytes) -> tuple[Template, set[str]]:
    """Return the template as a document, and the names of its styles in lower case.

    Raises SourceError for a file that is no Word file.
    """
    place, hint = "handout.template", "open it in Word and save it again as .docx or .dotx"
    message = f"{place}: {path} is not a Word file that can be used"
    template = opened(data, "document", setting_error(question_set, place, message, hint))
    with used(template):
        document = docx.Document(io.BytesIO(template.data))
        if document.element.body is None:
            raise ValueError("it has no body")
        return template, {name for _, name in _by_name(document.styles.element)}


def prepared(document: Any, plan: Plan) -> Names:
    """Remove everything from the marker on, and add the styles and the list that we need."""
    _drop_content(document, plan)
    styles = document.styles.element
    lists = _numbering(document.part)
    shift = max((int(_get(num, "numId")) for num in lists.iterfind(qn("w:num"))), default=0)
    ids = _join_styles(styles, plan, shift)
    for language in styles.iterfind(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        _set(language, holdable(plan.lang))
    question = _by_name(styles).get(("paragraph", "question"))
    if question is not None:
        _join_lists(lists, question, plan, ids, shift)
    marks = document.element.body.iter(qn("w:bookmarkStart"))
    return Names(ids, shift, max((int(_get(mark, "id")) for mark in marks), default=0))


def append(document: Any, paragraphs: list[Any]) -> None:
    """Put our paragraphs after the content that was kept, before the properties of the last
    section."""
    body = document.element.body
    body[-1:] = [*paragraphs, body[-1]]


def _get(element: Any, key: str = "val") -> str:
    return str(element.get(qn(f"w:{key}")))


def _set(element: Any, value: str, key: str = "val") -> None:
    element.set(qn(f"w:{key}"), value)


def _by_name(styles: Any) -> dict[tuple[str, str], Any]:
    """Return styles by kind and name. Word ignores case in the names of built-in styles."""
    named = ((style, style.find(qn("w:name"))) for style in styles.iterfind(qn("w:style")))
    return {
        (style.get(qn("w:type"), "paragraph"), _get(name).lower()): style
        for style, name in named
        if name is not None
    }


def _drop_content(document: Any, plan: Plan) -> None:
    """Keep the content before the marker, a table that has it in a cell, and the last section.

    A section that specifies no header or footer has those of the section before it (17.10.5), so
    that the last one takes over the references of the sections that are dropped.
    """
    body = document.element.body
    if not len(body) or body[-1].tag != qn("w:sectPr"):
        body.append(parse_xml(element("w:sectPr", declared("w"))))
    *children, last = body
    first = _first_dropped(children)
    dropped = [section for child in children[first:] for section in child.iter(qn("w:sectPr"))]
    references = {
        (reference.tag, _get(reference, "type")): reference
        for section in dropped
        for reference in section.iterchildren(*_REFERENCES)
    }
    own = {(each.tag, _get(each, "type")) for each in last.iterchildren(*_REFERENCES)}
    last[:0] = [reference for key, reference in references.items() if key not in own]
    body[:] = [*children[:first], last]
    # Ids of content controls are unique in a document (17.5.2.18): Word gives these new ones.
    for control in list(body.iter(qn("w:sdtPr"))):
        for number in control.findall(qn("w:id")):
            control.remove(number)
    used = {value for each in body.iter() for value in each.attrib.values()}
    rels = document.part.rels
    for key in [k for k, rel in rels.items() if rel.reltype.endswith(_OF_CONTENT)]:
        if key not in used:
            del rels[key]
    _drop_footnotes(document.part, body)
    _fill_page(document.sections[-1], plan)


def _first_dropped(children: list[Any]) -> int:
    for place, child in enumerate(children):
        for paragraph in child.iter(qn("w:p")):
            if "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip() == MARKER:
                if next(paragraph.iterancestors(qn("w:tbl")), None) is None:
                    return place
                paragraph[:] = paragraph.findall(qn("w:pPr"))  # a cell ends with a paragraph
                return place + 1
    return 0


def _drop_footnotes(part: Any, body: Any) -> None:
    """Drop footnotes whose reference is gone. Those with a type are separators and stay (17.11)."""
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
    """Set the page size and the margins that the template does not specify."""
    style = plan.stylesheet.handout
    lengths = dict(zip(("page_width", "page_height"), plan.paper_mm, strict=True))
    lengths |= dict.fromkeys(("left_margin", "right_margin"), style.side_margin_mm)
    lengths |= {"top_margin": style.top_margin_mm, "bottom_margin": style.bottom_margin_mm}
    lengths |= dict.fromkeys(("header_distance", "footer_distance"), style.edge_distance_mm)
    for name, length_mm in lengths.items():
        if getattr(section, name) is None:
            setattr(section, name, Mm(length_mm))


def _join_styles(theirs: Any, plan: Plan, shift: int) -> dict[str, str]:
    """Add the styles that are used and missing. Returns the document's ids by ours."""
    known = _by_name(theirs)
    taken = {_get(style, "styleId") for style in theirs.iterfind(qn("w:style"))}
    used = {style.lower() for style in plan.styles}
    used |= {name.removesuffix(" kept") for name in used}
    ids: dict[str, str] = {}
    added = []
    for (kind, name), style in _by_name(look.styles(plan)).items():
        own = _get(style, "styleId")
        if (kind, name) in known:
            ids[own] = _get(known[kind, name], "styleId")
        elif name in used or (kind == "character" and not name.startswith("accent")):
            ids[own] = own if own not in taken else f"{own}Handout"
            _set(style, ids[own], "styleId")
            added.append(style)
    if added and ("paragraph", "handout text") not in known:
        added.insert(0, parse_xml(look.base_style()))
    for style in added:
        _refer(style, ids)
        for number in style.iter(qn("w:numId")):
            _set(number, str(int(_get(number)) + shift))
    theirs.extend(added)
    return ids


def _refer(style: Any, ids: Mapping[str, str]) -> None:
    """Let a style of ours refer to styles by the document's ids.

    It is based on Handout Text instead of the template's Normal, whose spacing ours does not build
    on. References to missing styles are dropped.
    """
    for refers in style.findall(qn("w:basedOn")) + style.findall(qn("w:next")):
        based_on_normal = refers.tag == qn("w:basedOn") and _get(refers) == "Normal"
        if based_on_normal and _get(style, "styleId") != look.BASE:
            _set(refers, look.BASE)
        elif _get(refers) in ids:
            _set(refers, ids[_get(refers)])
        else:
            style.remove(refers)


def _join_lists(theirs: Any, question: Any, plan: Plan, ids: Mapping[str, str], shift: int) -> None:
    """Add our list and its restarts, with their numbers raised by `shift`.

    A Question style that has a list keeps its look: ours only sets where it begins, and the levels
    for follow-ups if those belong to no style of the template. The children of w:numbering have a
    fixed order: pictures, lists, then w:num (17.9.17).
    """
    numbering = look.numbering(plan)
    ours = numbering.find(qn("w:abstractNum"))
    lists = {_get(each, "abstractNumId"): each for each in theirs.findall(qn("w:abstractNum"))}
    for level in ours.findall(qn("w:lvl")):
        used = level.find(qn("w:pStyle"))
        if used is None:
            continue
        if _get(used) in ids:
            _set(used, ids[_get(used)])
        else:
            level.remove(used)
    listed = _list_of(theirs, question)
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
            start = look.restart(plan.first_number)
            num.append(parse_xml(fragment(start))[0])
        _set(num, str(int(_get(num, "numId")) + shift), "numId")
        theirs.append(num) if last is None else last.addprevious(num)
    if plan.fields:  # there numbers are fields, after the boxes
        if question.pPr is not None and question.pPr.numPr is not None:
            question.pPr.remove(question.pPr.numPr)
        return
    numbers = question.get_or_add_pPr().get_or_add_numPr()
    _set(numbers.get_or_add_ilvl(), "0")
    _set(numbers.get_or_add_numId(), str(shift + 1))


def _add_levels(theirs: Any, ours: Any) -> None:
    """Give a list of the template's all levels of ours except the first, if its own have no
    style."""
    levels = {_get(level, "ilvl"): level for level in theirs.findall(qn("w:lvl"))}
    for level in ours.findall(qn("w:lvl"))[1:]:
        other = levels.get(_get(level, "ilvl"))
        if other is None:
            theirs.append(level)
        elif other.find(qn("w:pStyle")) is None:
            theirs.replace(other, level)


def _list_of(lists: Any, style: Any) -> str:
    """Return the id of the list whose first level a style has; empty if it has none."""
    numbers = style.pPr.numPr if style.pPr is not None else None
    if numbers is None or numbers.numId is None:
        return ""
    if numbers.ilvl is not None and _get(numbers.ilvl) != "0":
        return ""
    number = _get(numbers.numId)
    nums = [num for num in lists.iterfind(qn("w:num")) if _get(num, "numId") == number]
    found = _get(nums[0].find(qn("w:abstractNumId"))) if nums else ""
    with_levels = (
        each for each in lists.iterfind(qn("w:abstractNum")) if each.find(qn("w:lvl")) is not None
    )
    return found if found in [_get(each, "abstractNumId") for each in with_levels] else ""


def _numbering(part: Any) -> Any:
    try:
        return part.numbering_part.element
    except NotImplementedError:  # python-docx makes none
        made = parse_xml(element("w:numbering", declared("w")))
        name = PackURI("/word/numbering.xml")
        new = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, made, part.package)
        part.relate_to(new, RELATIONSHIP_TYPE.NUMBERING)
        return made
