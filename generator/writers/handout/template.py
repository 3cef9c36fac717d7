"""Filling a document with our paragraphs: one in our own look, or a .docx or .dotx of the user's.

Styles are found by name, as their ids depend on the language of the Word that made them. What the
document lacks is added from our look, which itself lacks nothing but its list.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from generator.diagnostics import SourceError
from generator.look.style import MM
from generator.model import QuestionSet
from generator.writers import setting_error
from generator.writers.handout import look
from generator.writers.handout.paragraphs import Plan
from generator.writers.handout.runs import fragment
from generator.writers.office.package import Package, as_document
from generator.writers.office.xml import NAMESPACES, Xml, declared, element, holdable, part

MARKER = "{{questions}}"
"""The whole text of the paragraph where ours begin; what stands before it is kept."""
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
_NOT_TAKEN = (
    "commentRangeStart", "commentRangeEnd", "commentReference", "altChunk", "object",
)  # fmt: skip
"""Marks of comments, which are not taken over, and what other programs would fill in."""
_REFERENCES = ("headerReference", "footerReference")
_SECTION = (*_REFERENCES, "footnotePr", "endnotePr", "type")
_BEFORE = {
    "pgSz": _SECTION, "pgMar": (*_SECTION, "pgSz"),
    "pPr": (
        "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority",
        "semiHidden", "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose",
        "personalReply", "rsid",
    ),
    "numPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
    "ilvl": (), "numId": ("ilvl",),
}  # fmt: skip
"""What the schema wants before a child (17.3.1.26, 17.6.17, 17.7.4.17)."""


class Names(NamedTuple):
    """What our styles, lists and bookmarks are called in a document that has others already."""

    styles: Mapping[str, str]
    """The document's ids of styles, by ours."""
    lists: int
    """Added to the number of each of our lists."""
    bookmarks: int
    """Added to the number of each of our bookmarks."""


def read_template(question_set: QuestionSet, path: Path, data: bytes) -> tuple[bytes, set[str]]:
    """The template as a document, and the names of its styles in lower case.

    Raises SourceError for a file that is no Word file.
    """
    place = "handout.template"
    import docx  # it takes long, and only a template is opened with it

    try:
        blob = as_document(data, "document")
        document = docx.Document(io.BytesIO(blob))
        if document.element.body is None:
            raise ValueError("no body")
        return blob, {name.lower() for _, name in _by_name(document.styles.element)}
    except Exception as problem:  # whatever a file made by others makes the libraries raise
        hint = "open it in Word and save it again as .docx or .dotx"
        message = f"{place}: {path} is not a Word file that can be used"
        raise SourceError([setting_error(question_set, place, message, hint)]) from problem


def prepared(package: Package, plan: Plan) -> Names:
    """Take out what stands from the marker on, and add the styles and the list that we need."""
    body = _body(package)
    _drop_content(package, body)
    _fill_page(body[-1], plan)
    styles = package.tree(_part(package, "styles", look.styles(plan)))
    lists = package.tree(_part(package, "numbering", element("w:numbering", declared("w"))))
    shift = max((int(_get(num, "numId")) for num in lists.iterfind(_w("num"))), default=0)
    ids = _join_styles(styles, plan, shift)
    for language in styles.iterfind(f"{_w('docDefaults')}//{_w('lang')}"):
        _set(language, holdable(plan.lang))
    question = _by_name(styles).get(("paragraph", "question"))
    if question is not None:
        _join_lists(lists, question, plan, ids, shift)
    marks = body.iter(_w("bookmarkStart"))
    return Names(ids, shift, max((int(_get(mark, "id")) for mark in marks), default=0))


def append(package: Package, paragraphs: list[Any]) -> None:
    """Put our paragraphs after what was kept, before the properties of the last section."""
    body = _body(package)
    body[-1:] = [*paragraphs, body[-1]]


def _body(package: Package) -> Any:
    return package.tree(package.main).find(_w("body"))


def _part(package: Package, kind: str, empty: Xml) -> str:
    """The part of a kind, which is made where there is none."""
    name = package.related(package.main, kind)
    if not name:
        name = package.add(f"word/{kind}.xml", f"wordprocessingml.{kind}", part(empty))
        package.relate(package.main, kind, name)
    return name


def _child(parent: Any, name: str) -> Any:
    """A child, which is made in its place where there is none."""
    found = parent.find(_w(name))
    if found is None:
        before = {_w(each) for each in _BEFORE[name]}
        places = [place for place, each in enumerate(parent, 1) if each.tag in before]
        found = parent.makeelement(_w(name))
        parent.insert(max(places, default=0), found)
    return found


def _w(name: str) -> str:
    return f"{{{NAMESPACES['w']}}}{name}"


def _get(element: Any, key: str = "val") -> str:
    return str(element.get(_w(key)))


def _set(element: Any, value: str, key: str = "val") -> None:
    element.set(_w(key), value)


def _by_name(styles: Any) -> dict[tuple[str, str], Any]:
    """Styles by kind and name. Word takes the names of built-in styles in any case."""
    named = ((style, style.find(_w("name"))) for style in styles.iterfind(_w("style")))
    return {
        (style.get(_w("type"), "paragraph"), _get(name).lower()): style
        for style, name in named
        if name is not None
    }


def _drop_content(package: Package, body: Any) -> None:
    """Keep what stands before the marker, and the last section.

    A section that says nothing of its header or footer has those of the section before it
    (17.10.5): so the last one takes over the references of the sections that are dropped.
    """
    if not len(body) or body[-1].tag != _w("sectPr"):
        body.append(etree.fromstring(element("w:sectPr", declared("w"))))
    *children, last = body
    texts = ["".join(t.text or "" for t in child.iter(_w("t"))).strip() for child in children]
    first = texts.index(MARKER) if MARKER in texts else 0
    dropped = [section for child in children[first:] for section in child.iter(_w("sectPr"))]
    references = {
        (reference.tag, _get(reference, "type")): reference
        for section in dropped
        for reference in section.iterchildren(*map(_w, _REFERENCES))
    }
    own = {(each.tag, _get(each, "type")) for each in last.iterchildren(*map(_w, _REFERENCES))}
    last[:0] = [reference for key, reference in references.items() if key not in own]
    body[:] = [*children[:first], last]
    for each in list(body.iter(*map(_w, _NOT_TAKEN))):
        each.getparent().remove(each)
    # Ids of content controls are unique in a document (17.5.2.18): Word gives these new ones.
    for control in list(body.iter(_w("sdtPr"))):
        for number in control.findall(_w("id")):
            control.remove(number)
    used = {value for each in body.iter() for value in each.attrib.values()}
    rows = package.relationships.get(package.main, {})
    for key in [key for key, row in rows.items() if row.kind.endswith(_OF_CONTENT)]:
        if key not in used:
            del rows[key]
    _drop_footnotes(package, body)


def _drop_footnotes(package: Package, body: Any) -> None:
    """Drop footnotes whose mark is gone. Those with a type are separators and stay (17.11)."""
    for kind in ("footnote", "endnote"):
        marks = {_get(mark, "id") for mark in body.iter(_w(f"{kind}Reference"))}
        name = package.related(package.main, f"{kind}s")
        for note in list(package.tree(name).iterchildren(_w(kind))) if name else ():
            if note.get(_w("type")) is None and _get(note, "id") not in marks:
                note.getparent().remove(note)


def _fill_page(section: Any, plan: Plan) -> None:
    """Set the page and the margins of which the document says nothing."""
    style = plan.stylesheet.handout
    page = dict(zip("wh", plan.paper_mm, strict=True))
    margins = dict.fromkeys(("left", "right"), style.side_margin_mm)
    margins |= {"top": style.top_margin_mm, "bottom": style.bottom_margin_mm}
    margins |= dict.fromkeys(("header", "footer"), style.edge_distance_mm) | {"gutter": 0.0}
    for name, lengths_mm in (("pgSz", page), ("pgMar", margins)):
        found = _child(section, name)
        for key, length_mm in lengths_mm.items():
            if found.get(_w(key)) is None:
                _set(found, str(round(length_mm * MM * 20)), key)


def _join_styles(theirs: Any, plan: Plan, shift: int) -> dict[str, str]:
    """Add the styles that are used and missing. Returns the document's ids by ours."""
    known = _by_name(theirs)
    taken = {_get(style, "styleId") for style in theirs.iterfind(_w("style"))}
    used = {style.lower() for style in plan.styles}
    used |= {name.removesuffix(" kept") for name in used}
    ids: dict[str, str] = {}
    added = []
    for (kind, name), style in _by_name(etree.fromstring(look.styles(plan))).items():
        own = _get(style, "styleId")
        if (kind, name) in known:
            ids[own] = _get(known[kind, name], "styleId")
        elif name in used or (kind == "character" and not name.startswith("accent")):
            ids[own] = own if own not in taken else f"{own}Handout"
            _set(style, ids[own], "styleId")
            added.append(style)
    if added and ("paragraph", "handout text") not in known:
        added.insert(0, etree.fromstring(look.base_style()))
    for style in added:
        _refer(style, ids)
        for number in style.iter(_w("numId")):
            _set(number, str(int(_get(number)) + shift))
    theirs.extend(added)
    return ids


def _refer(style: Any, ids: Mapping[str, str]) -> None:
    """Let a style of ours refer to styles by the document's ids.

    It stands on Handout Text instead of the template's Normal, whose spaces are not what ours are
    reckoned from. What would lead nowhere is dropped.
    """
    for refers in style.findall(_w("basedOn")) + style.findall(_w("next")):
        based_on_normal = refers.tag == _w("basedOn") and _get(refers) == "Normal"
        if based_on_normal and _get(style, "styleId") != look.BASE:
            _set(refers, look.BASE)
        elif _get(refers) in ids:
            _set(refers, ids[_get(refers)])
        else:
            style.remove(refers)


def _join_lists(theirs: Any, question: Any, plan: Plan, ids: Mapping[str, str], shift: int) -> None:
    """Add our list and its restarts, their numbers raised by `shift`.

    A Question style that has a list keeps its look: ours only says where it begins, and what its
    levels for follow-ups are where those belong to no style of the template. The children of
    w:numbering have a fixed order: pictures, lists, then w:num (17.9.17).
    """
    numbering: Any = etree.fromstring(look.numbering(plan))
    ours = numbering.find(_w("abstractNum"))
    lists = {_get(each, "abstractNumId"): each for each in theirs.findall(_w("abstractNum"))}
    for level in ours.findall(_w("lvl")):
        used = level.find(_w("pStyle"))
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
        theirs.insert(len(lists) + len(theirs.findall(_w("numPicBullet"))), ours)
    last = theirs.find(_w("numIdMacAtCleanup"))
    for num in numbering.findall(_w("num")):
        _set(num.find(_w("abstractNumId")), listed)
        if listed in lists and _get(num, "numId") == "1":
            start = look.restart(plan.first_number)
            num.append(etree.fromstring(fragment(start))[0])
        _set(num, str(int(_get(num, "numId")) + shift), "numId")
        theirs.append(num) if last is None else last.addprevious(num)
    numbers = question.find(f"{_w('pPr')}/{_w('numPr')}")
    if plan.fields:  # there numbers are fields, after the boxes
        if numbers is not None:
            numbers.getparent().remove(numbers)
        return
    numbers = _child(_child(question, "pPr"), "numPr")
    _set(_child(numbers, "ilvl"), "0")
    _set(_child(numbers, "numId"), str(shift + 1))


def _add_levels(theirs: Any, ours: Any) -> None:
    """Give a list of the template's the levels of ours but the first, where its have no style."""
    levels = {_get(level, "ilvl"): level for level in theirs.findall(_w("lvl"))}
    for level in ours.findall(_w("lvl"))[1:]:
        other = levels.get(_get(level, "ilvl"))
        if other is None:
            theirs.append(level)
        elif other.find(_w("pStyle")) is None:
            theirs.replace(other, level)


def _list_of(lists: Any, style: Any) -> str:
    """The id of the list whose first level a style has; empty where it has none."""
    numbers = style.find(f"{_w('pPr')}/{_w('numPr')}")
    found = None if numbers is None else numbers.find(_w("numId"))
    if numbers is None or found is None:
        return ""
    level = numbers.find(_w("ilvl"))
    if level is not None and _get(level) != "0":
        return ""
    number = _get(found)
    nums = [num for num in lists.iterfind(_w("num")) if _get(num, "numId") == number]
    found = _get(nums[0].find(_w("abstractNumId"))) if nums else ""
    with_levels = (
        each for each in lists.iterfind(_w("abstractNum")) if each.find(_w("lvl")) is not None
    )
    return found if found in [_get(each, "abstractNumId") for each in with_levels] else ""
