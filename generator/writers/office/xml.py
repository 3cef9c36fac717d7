"""XML as values that are built once, from the inside out, and never searched or changed again.

A child that is not `Xml` is text. It is escaped when it is added, so that nothing in it can act,
and characters that XML cannot hold are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from importlib.resources import files
from string import Formatter
from typing import Any, NamedTuple

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0, clause 2.2, cannot represent."""
_ESCAPED = re.compile('[<>&"\t\n\r\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
# A parser turns white space in the value of an attribute into spaces, unless it is written so.
_ATTRIBUTE = {**_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}

_SCHEMAS = "http://schemas.openxmlformats.org"
NAMESPACES = {
    "w": f"{_SCHEMAS}/wordprocessingml/2006/main",
    "a": f"{_SCHEMAS}/drawingml/2006/main",
    "p": f"{_SCHEMAS}/presentationml/2006/main",
    "r": f"{_SCHEMAS}/officeDocument/2006/relationships",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
}

Value = str | int | None
"""The value of an attribute; None omits it."""


class Xml(str):
    """Well-formed XML, which is not escaped again."""

    __slots__ = ()


NOTHING = Xml()


def element(name: str, attributes: Mapping[str, Value], *children: str) -> Xml:
    """Return an element with its children in the given order."""
    return _made(name, attributes, children)


def _made(name: str, attributes: Mapping[str, Value], children: tuple[str, ...]) -> Xml:
    """Return an element. A large deck has millions, so that numbers and names are not searched for
    characters to escape."""
    opening = name
    for key, value in attributes.items():
        if value is not None:
            text = str(value)
            opening += f' {key}="{text if text.isalnum() else _escaped(text, _ATTRIBUTE)}"'
    content = "".join([c if type(c) is Xml else _escaped(c, _TEXT) for c in children])
    return Xml(f"<{opening}>{content}</{name}>" if content else f"<{opening}/>")


def w(name: str, /, *children: str, **attributes: Value) -> Xml:
    """Return an element of Word's. All attributes are qualified, as its schema requires."""
    return _made(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()}, children)


def a(name: str, /, *children: str, **attributes: Value) -> Xml:
    """Return an element of DrawingML, which texts and shapes of slides consist of."""
    return _made(f"a:{name}", attributes, children)


def p(name: str, /, *children: str, **attributes: Value) -> Xml:
    """Return an element of PowerPoint's."""
    return _made(f"p:{name}", attributes, children)


def joined(parts: Iterable[Xml]) -> Xml:
    """Join consecutive elements."""
    return Xml("".join(parts))


def declared(*prefixes: str) -> dict[str, Value]:
    """Return the attributes of a root element that declare namespaces."""
    return {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in prefixes}


def part(root: Xml) -> bytes:
    """Return the file of a part with this root element."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()


def holdable(text: str) -> str:
    """Remove the characters that no XML document can hold."""
    return _FORBIDDEN.sub("", text)


def quoted(text: str) -> str:
    """Return a text as the value of an attribute."""
    return _escaped(text, _ATTRIBUTE)


def _escaped(text: str, names: Mapping[str, str]) -> str:
    if _ESCAPED.search(text) is None:
        return text
    return "".join([names.get(character, character) for character in holdable(text)])


_UNITS: Mapping[str, Callable[[Any], object]] = {
    "whole": round,
    "half": lambda points: round(points * 2),
    "eighths": lambda points: round(points * 8),
    "twips": lambda points: round(points * 20),
    "mm": lambda millimetres: round(millimetres * 72 / 25.4 * 20),
    "hundredths": lambda points: round(points * 100),
    "emu": lambda points: round(points * 12700),
    "thousandths": lambda part: round(part * 100000),
    "hex": lambda color: color[1:],
}
"""The units of lengths, sizes and shares in the schemas; `mm` are millimetres as twips."""


class _Hole(NamedTuple):
    """A placeholder such as `{style.title_pt:half}`, with a unit after the colon, and the text
    before it."""

    before: str
    name: str
    attributes: tuple[str, ...]
    unit: str


@cache
def _holes(package: str, file: str) -> tuple[_Hole, ...]:
    """Return a file of XML, cut at its placeholders. It is read once, as layouts and tables use it
    often."""
    lines = map(str.strip, (files(package) / file).read_text(encoding="utf-8").splitlines())
    text = "".join(line for line in lines if not line.startswith("<!--"))
    made = []
    for before, field, unit, _ in Formatter().parse(text):
        name, *attributes = (field or "").split(".")
        made.append(_Hole(before, name, tuple(attributes), unit or ""))
    return tuple(made)


def filled(package: str, file: str, /, **values: Any) -> Xml:
    """Fill in the placeholders of a file of XML in a package, with escaped values. Comments in the
    file are left out."""
    made = []
    for before, name, attributes, unit in _holes(package, file):
        made.append(before)
        if name:
            value = reduce(getattr, attributes, values[name])
            value = _UNITS[unit](value) if unit else value
            made.append(value if isinstance(value, Xml) else _escaped(str(value), _ATTRIBUTE))
    return Xml("".join(made))
