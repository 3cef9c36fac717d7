"""XML as values that are built once, from the inside out, and never searched or changed again.

A child that is no `Xml` is text. It is escaped where it enters, so that nothing in it can act, and
characters that XML cannot hold are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from importlib.resources import files
from string import Formatter
from typing import Any, NamedTuple

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0, clause 2.2, has no way to write."""
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
"""What an attribute may be given; one that is None is not written."""


class Xml(str):
    """Well-formed XML, which is not escaped a second time."""

    __slots__ = ()


NOTHING = Xml()


def element(name: str, attributes: Mapping[str, Value], *children: str) -> Xml:
    """An element with its children in the order in which they are given."""
    return _made(name, attributes, children)


def _made(name: str, attributes: Mapping[str, Value], children: tuple[str, ...]) -> Xml:
    """A large deck has millions: numbers and words are not looked through for what to escape."""
    opening = name
    for key, value in attributes.items():
        if value is not None:
            text = str(value)
            opening += f' {key}="{text if text.isalnum() else _escaped(text, _ATTRIBUTE)}"'
    content = "".join([c if type(c) is Xml else _escaped(c, _TEXT) for c in children])
    return Xml(f"<{opening}>{content}</{name}>" if content else f"<{opening}/>")


def w(name: str, /, *children: str, **attributes: Value) -> Xml:
    """An element of Word's. All attributes are qualified, as its schema wants them."""
    return _made(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()}, children)


def a(name: str, /, *children: str, **attributes: Value) -> Xml:
    """An element of DrawingML, which is what text and shapes of slides are made of."""
    return _made(f"a:{name}", attributes, children)


def p(name: str, /, *children: str, **attributes: Value) -> Xml:
    """An element of PowerPoint's."""
    return _made(f"p:{name}", attributes, children)


def joined(parts: Iterable[Xml]) -> Xml:
    """Elements that follow one another."""
    return Xml("".join(parts))


def declared(*prefixes: str) -> dict[str, Value]:
    """The attributes of a root element that declare namespaces."""
    return {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in prefixes}


def part(root: Xml) -> bytes:
    """A part of a package: its root element as a file."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()


def holdable(text: str) -> str:
    """A text without the characters that no XML document can hold."""
    return _FORBIDDEN.sub("", text)


def quoted(text: str) -> str:
    """A text as it stands in the value of an attribute."""
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
"""What the schemas count lengths, sizes and shares in; `mm` are millimetres as twips."""


class _Hole(NamedTuple):
    """A hole such as `{style.title_pt:half}`, with a unit behind the colon; the text before it."""

    before: str
    name: str
    attributes: tuple[str, ...]
    unit: str


@cache
def _holes(package: str, file: str) -> tuple[_Hole, ...]:
    """A file of XML, cut at its holes; read once, as a layout or a table is made of many of it."""
    lines = map(str.strip, (files(package) / file).read_text(encoding="utf-8").splitlines())
    text = "".join(line for line in lines if not line.startswith("<!--"))
    made = []
    for before, field, unit, _ in Formatter().parse(text):
        name, *attributes = (field or "").split(".")
        made.append(_Hole(before, name, tuple(attributes), unit or ""))
    return tuple(made)


def filled(package: str, file: str, /, **values: Any) -> Xml:
    """A file of XML in a package, with values in its holes, escaped. Lines of comment are for its
    readers alone."""
    made = []
    for before, name, attributes, unit in _holes(package, file):
        made.append(before)
        if name:
            value = reduce(getattr, attributes, values[name])
            value = _UNITS[unit](value) if unit else value
            made.append(value if isinstance(value, Xml) else _escaped(str(value), _ATTRIBUTE))
    return Xml("".join(made))
