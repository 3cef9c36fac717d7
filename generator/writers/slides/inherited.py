"""The placeholders of a template's layouts, with the look that they inherit from its masters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from generator.look.style import Box

EMU = 12700
_QUARTER = 5400000
"""A right angle (ECMA-376, part 1, 20.1.10.3 ST_Angle)."""
_ROLES = {"title": "title", "ctrTitle": "title", "subTitle": "subtitle", "obj": "body"}
_ROLES |= {"body": "body", "ftr": "foot", "sldNum": "page"}


def places(layout: Any) -> dict[str, Any]:
    """Return the placeholders to use: the first of each role, and the largest of the bodies."""
    found: dict[str, Any] = {}
    for each in layout.placeholders:
        role = role_of(each)
        chain = list(chain_of(each))
        turns = (int(at.get("rot", 0)) for part in chain for at in part.iter(qn("a:xfrm")))
        on_end = _QUARTER / 2 < next(turns, 0) % (2 * _QUARTER) < 1.5 * _QUARTER
        if on_end or (first(chain, "vert", "bodyPr") or "horz") != "horz":
            continue  # its lines would run up or down
        if role and None not in (each.left, each.top, each.width, each.height):
            other = found.get(role)
            larger = other and each.width * each.height > other.width * other.height
            if other is None or (role == "body" and larger):
                found[role] = each
    return found


def role_of(shape: Any) -> str | None:
    return _ROLES.get(shape._element.ph.get("type", "obj"))


def box(shape: Any, chain: list[Any]) -> Box:
    """Return the box without its insets, which by default are 0.1 in at the sides and 0.05 in above
    and below."""
    left, right = (int(first(chain, name, "bodyPr") or 91440) for name in ("lIns", "rIns"))
    top, bottom = (int(first(chain, name, "bodyPr") or 45720) for name in ("tIns", "bIns"))
    corner = (shape.left + left, shape.top + top)
    size = (shape.width - left - right, shape.height - top - bottom)
    x, y, width, height = (length / EMU for length in (*corner, *size))
    return x, y, max(width, 1.0), max(height, 1.0)


def chain_of(shape: Any) -> Iterator[Any]:
    """Yield the elements that set a placeholder's look, the nearest first: layout, then master."""
    yield shape._element
    master = shape.part.slide_layout.slide_master
    role = role_of(shape) or "body"
    title = role == "title"
    for each in master.placeholders:
        if role_of(each) == role.replace("subtitle", "body"):
            yield each._element
            break
    styles = master._element.find(qn("p:txStyles"))
    if styles is not None:
        yield from styles.findall(qn("p:titleStyle" if title else "p:bodyStyle"))


def first(chain: list[Any], attribute: str, tag: str) -> str | None:
    """Return the nearest value of an attribute, at the first level of a list."""
    for element in chain:
        for found in element.iter(qn(f"a:{tag}")):
            if found.get(attribute) is not None:
                return str(found.get(attribute))
            if tag == "defRPr":
                break  # the levels below say it of themselves
    return None


def family(shape: Any, typeface: str) -> str:
    """Return a font's name; `+mj-lt` and `+mn-lt` stand for those of the theme."""
    if not typeface.startswith("+"):
        return typeface
    theme = shape.part.slide_layout.slide_master.part.part_related_by(RT.THEME)
    name = "majorFont" if typeface.startswith("+mj") else "minorFont"
    fonts = parse_xml(theme.blob).find(f".//{qn(f'a:{name}')}/{qn('a:latin')}")
    return "" if fonts is None else str(fonts.get("typeface"))
