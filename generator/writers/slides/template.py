"""Reads a .pptx or .potx of the user's: which of its layouts can be used, and where their
placeholders are.

Layouts are found by the type that PowerPoint gives them, then by name, and may be named in the
front matter. Lengths, sizes and fonts come from the layout, or else from its master.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.oxml.shapes.autoshape import CT_Shape

from generator.diagnostics import Diagnostic, SourceError, error, warning
from generator.look.style import SlidesStyle
from generator.model import QuestionSet
from generator.settings import SlidesOptions
from generator.writers.office.template import opened, used
from generator.writers.slides import inherited, look
from generator.writers.slides.presentation import Color, Design, Layout, Placeholder

_SIDES = range(914400, 51206401)
"""The minimum and maximum side of a slide (ECMA-376, part 1, 19.7.14 ST_SlideSizeCoordinate)."""


class _Wanted(NamedTuple):
    use: str
    """The use that the front matter's `..._layout` is named after."""
    kinds: tuple[str, ...]
    """The types of layouts that fit."""
    types: tuple[str, ...]
    names: tuple[str, ...]
    """Words in the names of layouts that fit."""
    roles: tuple[str, ...]
    """The roles that a layout must have a place for."""


_WANTED = (
    _Wanted("title", ("title",), ("title",), ("title slide",), ("title",)),
    _Wanted("section", ("section",), ("secHead",), ("section",), ("title",)),
    _Wanted(
        "question",
        ("question", "followups", "list", "overview", "overview-few", "agenda"),
        ("obj", "tx"),
        ("content", "text"),
        ("title", "body"),
    ),
    _Wanted("closing", ("closing",), (), ("closing", "thank"), ("title",)),
)
_INSTEAD = {"title": "question", "section": "title", "closing": "title"}
"""The replacement of a use for which a template has no layout. There is none for questions."""

_ADDED = 4000
"""The idx and id of a text that is added to a layout."""
_INHERITED = ("title", "subtitle", "body")
_LOOK = ("p:spPr", "a:bodyPr", "a:pPr", "a:endParaRPr")
"""The elements that set the look of a placeholder and its text."""


def read_template(
    question_set: QuestionSet, options: SlidesOptions, data: bytes, style: SlidesStyle
) -> tuple[Design, tuple[Diagnostic, ...]]:
    """Return a template as a design, with warnings. Raises SourceError if it cannot be used."""
    assert options.template is not None
    path = options.template
    message = "this is not a PowerPoint file that can be used"
    hint = "open it in PowerPoint and save it again as .pptx or .potx"
    template = opened(data, "presentation", error(message, path, hint=hint))
    with used(template):
        layouts, warnings = _layouts(question_set, options, template.data, style)
        return Design(layouts, template), (*template.warnings, *warnings)


def _layouts(
    question_set: QuestionSet, options: SlidesOptions, data: bytes, style: SlidesStyle
) -> tuple[dict[tuple[str, int], Layout], list[Diagnostic]]:
    assert options.template is not None
    path, presentation = options.template, _presentation(data)
    width, height = int(presentation.slide_width or 0), int(presentation.slide_height or 0)
    if width not in _SIDES or height not in _SIDES:
        raise ValueError("its slides have no size that can be shown")
    layouts = _ordered(presentation)
    found: dict[str, Any] = {}
    problems: list[Diagnostic] = []
    for wanted in _WANTED:
        sought = layouts["body" in wanted.roles]
        able = [each for each in sought if set(wanted.roles) <= inherited.places(each).keys()]
        name = getattr(options, f"{wanted.use}_layout")
        if name and name not in [each.name for each in able]:
            problems.append(_no_such_layout(name, wanted, able, question_set, path))
        found[wanted.use] = _find(wanted, able, name)
    if found["question"] is None and not problems:
        hint = "add a layout with a title and a text to its slide master"
        problems.append(error("it has no layout with a title and a text", path, hint=hint))
    if problems:
        raise SourceError(problems)
    warnings = []
    if found["question"].placeholders[-1].placeholder_format.idx == _ADDED:
        message = f"it has no layout with a title and a text; '{found['question'].name}' got a text"
        warnings.append(warning(message, path, hint="add such a layout to its slide master"))
    for use in ("title", "section", "closing"):
        if found[use] is None:
            found[use] = found[_INSTEAD[use]] or found["question"]
            if use != "closing":
                message = f"it has no layout for a {use}; '{found[use].name}' is used"
                hint = f"name another in the front matter: `slides: {{{use}-layout: ...}}`"
                warnings.append(warning(message, path, hint=hint))
    factor = height / inherited.EMU / style.height_pt
    made = {
        (kind, 0): _layout(kind, found[wanted.use], style, factor)
        for wanted in _WANTED
        for kind in wanted.kinds
    }
    return made, warnings


def _presentation(data: bytes) -> Any:
    """Open a template, and mend its layouts where they cannot be used as they are.

    LibreOffice writes the layouts of one master for all masters, so that texts get the places and
    colours of another master: such layouts take them from their own. Its masters have no text
    styles. Where no layout has a place for text below a title, one is added.
    """
    presentation = Presentation(io.BytesIO(data))
    for layout in _layouts_of(filter(_by_libreoffice, presentation.slide_masters)):
        roles = [(inherited.role_of(each), each) for each in layout.placeholders]
        places = [(role, each) for role, each in roles if role in _INHERITED]
        for _, each in places if len(dict(places)) == len(places) else ():
            for part in each._element.iter(*map(qn, _LOOK)):
                part.clear()
    layouts = _layouts_of(presentation.slide_masters)
    if not any({"title", "body"} <= inherited.places(each).keys() for each in layouts):
        for layout in layouts:
            if title := inherited.places(layout).get("title"):
                _add_text(layout, title, int(presentation.slide_height or 0))
    return presentation


def _add_text(layout: Any, title: Any, height: int) -> None:
    """Add a text below a title, with as much room under it as there is above the title."""
    text = CT_Shape.new_placeholder_sp(_ADDED, "Text", PP_PLACEHOLDER.BODY, "horz", "full", _ADDED)
    text.x, text.y, text.cx = title.left, title.top + title.height, title.width
    text.cy = max(height - title.top - text.y, 0)
    layout.shapes._spTree.insert_element_before(text, "p:extLst")


def _by_libreoffice(master: Any) -> bool:
    return master._element.find(qn("p:txStyles")) is None


def _layouts_of(masters: Iterable[Any]) -> list[Any]:
    return [layout for master in masters for layout in master.slide_layouts]


def _ordered(presentation: Any) -> tuple[list[Any], list[Any]]:
    """Return the layouts among which one for the title, and one for the questions, is sought.

    A design that LibreOffice made has one master for the first slide and others for the rest.
    """
    masters = list(presentation.slide_masters)
    if len(masters) > 1 and len(presentation.slides) and _by_libreoffice(masters[0]):
        cover = presentation.slides[0].slide_layout.slide_master.part
        masters.sort(key=lambda each: each.part is not cover)
        return _layouts_of(masters), _layouts_of(masters[1:])
    return _layouts_of(masters), _layouts_of(masters)


def _no_such_layout(
    name: str, wanted: _Wanted, able: list[Any], question_set: QuestionSet, path: Path
) -> Diagnostic:
    key = f"slides.{wanted.use}-layout"
    lines = question_set.setting_lines
    line = lines.get(key) or lines.get(key.replace("-", "_"))
    needed = " and ".join(wanted.roles)
    message = f"{key}: {path.name} has no layout '{name}' with a place for {needed}"
    hint = f"it has {', '.join(each.name for each in able) or 'none that can be used'}"
    return error(message, question_set.path, line, hint)


def _find(wanted: _Wanted, able: list[Any], name: str) -> Any:
    """Return the layout with a given name, with a type, or with a usual name.

    Of several, the one with the most room for a text is taken.
    """
    able = sorted(able, key=_text_area, reverse=True) if "body" in wanted.roles else able
    matching = [each for each in able if name and each.name == name]
    for kind in wanted.types:
        matching += [each for each in able if each._element.get("type") == kind]
    for part in wanted.names:
        matching += [each for each in able if part in each.name.lower()]
    matching += able if "body" in wanted.roles else []
    return matching[0] if matching else None


def _text_area(layout: Any) -> int:
    body = inherited.places(layout)["body"]
    return int(body.width * body.height)


def _layout(use: str, layout: Any, style: SlidesStyle, factor: float) -> Layout:
    """Return a layout; `factor` is the height of its slides relative to ours."""
    places: list[Placeholder] = []
    found = inherited.places(layout)
    for name, shape in found.items():
        role = "body" if (use, name) == ("closing", "subtitle") and "body" not in found else name
        if role == "body" and use in ("question", "followups"):
            places += _parted(use, shape, style, factor)
        else:
            places.append(_placeholder(use, role, shape, style, factor))
    return Layout(use, layout.name, "", tuple(places), part=str(layout.part.partname))


def _parted(use: str, shape: Any, style: SlidesStyle, factor: float) -> Iterator[Placeholder]:
    """Yield the question and, below it in the same placeholder, its follow-ups."""
    asked = _placeholder(use, "question", shape, style, factor)
    x, y, width, height = asked.box_pt
    share = look.entries()["template"]["question_share"] if use == "followups" else 1
    yield replace(asked, box_pt=(x, y, width, height * share - asked.gap_pt))
    if use == "followups":
        box = (x, y + height * share, width, height * (1 - share))
        yield replace(_placeholder(use, "followups", shape, style, factor), box_pt=box)


def _placeholder(use: str, role: str, shape: Any, style: SlidesStyle, factor: float) -> Placeholder:
    """Return a placeholder. Titles and footers are not larger than the template's own."""
    chain = list(inherited.chain_of(shape))
    said = inherited.first(chain, "sz", "defRPr")
    own = int(said or inherited.first(chain, "sz", "endParaRPr") or 1800) / 100
    color = Color()
    fills = (each.find(f".//{qn('a:endParaRPr')}//{qn('a:srgbClr')}") for each in chain)
    if not said and (fill := next((each for each in fills if each is not None), None)) is not None:
        # LibreOffice says the look of a text only on its prompt, where no slide inherits it.
        color = Color(f"#{fill.get('val')}")
    given = look.entries()["template"]
    entry = given["any"][role] | given.get(use, {}).get(role, {})
    made = look.values(entry, style)
    made |= {key: _scaled(each, factor) for key, each in made.items() if key.endswith("_pt")}
    if role in ("title", "foot", "page"):
        made["sizes_pt"] = tuple(size for size in made["sizes_pt"] if size <= own) or (int(own),)
    typeface = inherited.first(chain, "typeface", "latin")
    typeface = typeface or ("+mj-lt" if role == "title" else "+mn-lt")
    # Capitals are as wide as a font that we do not know.
    capitals = inherited.first(chain, "cap", "defRPr") == "all"
    ph = shape._element.ph
    return Placeholder(
        role,
        inherited.box(shape, chain),
        idx=int(ph.get("idx", 0)),
        size_pt=own,
        leading=given["leading"],
        kind=ph.get("type", "obj"),
        color=color,
        family="" if capitals else inherited.family(shape, typeface),
        bold=inherited.first(chain, "b", "defRPr") in ("1", "true"),
        direct=role not in ("foot", "page"),
        **made,
    )


def _scaled(value: Any, factor: float) -> Any:
    """Scale lengths in points to slides of another height, where they have the same size on the
    screen."""
    if isinstance(value, tuple):
        return tuple(_scaled(each, factor) for each in value)
    return type(value)(round(value * factor, 2))


def emptied(blob: bytes) -> Any:
    """Return the template as a presentation without its slides, and without anything that refers to
    them."""
    presentation = _presentation(blob)
    element, part = presentation.element, presentation.part
    for name in ("p:sldIdLst", "p:custShowLst"):
        for each in element.findall(qn(name)):
            element.remove(each)
    for extension in element.iter(qn("p:ext")):
        if extension.get("uri") == SECTIONS:
            extension.getparent().remove(extension)
            break
    for key, rel in list(part.rels.items()):
        if rel.reltype == RT.SLIDE:
            part.rels.pop(key)
    return presentation


SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""The extension of the presentation part for sections (Office 2010)."""
