"""The keys of `_brand.yml` that are used, as dataclasses for `schema.build`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, NamedTuple

from generator.diagnostics import Severity
from generator.schema import InvalidValue
from generator.tree import Node

_FAMILY = re.compile(r"[^<>&\"\\{}\x00-\x1f]{1,100}")


class _Picture(NamedTuple):
    path: str
    alt: str


class _FontFiles(NamedTuple):
    family: str
    files: tuple[str, ...]


def _texts(node: Node) -> Mapping[str, str]:
    return {key: (value.text or "").strip() for key, value in node.entries.items()}


def _family(node: Node) -> str:
    """Read `Open Sans` or `{family: Open Sans, ...}`."""
    text = (node.entries.get("family", node).text or "").strip()
    if text and not _FAMILY.fullmatch(text):
        raise InvalidValue("write e.g. Open Sans", f"{node} is not the name of a font")
    return text


def _fonts(node: Node) -> tuple[_FontFiles, ...]:
    """Read the fonts that are files; other programs fetch the others."""
    found = []
    for font in node.items:
        about = _texts(font)
        if about.get("source", "file") == "file" and "files" in font.entries:
            files = (_texts(file).get("path") or file.text for file in font.entries["files"].items)
            found.append(_FontFiles(about.get("family", ""), tuple(filter(None, files))))
    return tuple(found)


def _logo(node: Node) -> _Picture | None:
    """Read the logo for a light page: a path, or a path or name for each size and background."""
    images = node.entries.get("images", Node({}, 0)).entries
    sizes = (node.entries.get(size) for size in ("medium", "large", "small"))
    chosen = next((size for size in sizes if size and size.value), node)
    chosen = chosen.entries.get("light", chosen)
    chosen = images.get(chosen.text or "", chosen)
    path = _texts(chosen).get("path") or chosen.text
    return _Picture(path, _texts(chosen).get("alt", "")) if path else None


def _organisation(node: Node) -> str:
    names = _texts(node)
    return names.get("short") or names.get("full") or node.text or ""


@dataclass(frozen=True, slots=True)
class _Colors:
    other_keys: ClassVar[Severity | None] = None
    palette: Annotated[Mapping[str, str], _texts] = field(default_factory=dict)
    primary: str = ""
    secondary: str = ""
    tertiary: str = ""
    foreground: str = ""
    background: str = ""
    light: str = ""
    dark: str = ""


@dataclass(frozen=True, slots=True)
class _Typography:
    other_keys: ClassVar[Severity | None] = None
    base: Annotated[str, _family] = ""
    headings: Annotated[str, _family] = ""
    monospace: Annotated[str, _family] = ""
    fonts: Annotated[tuple[_FontFiles, ...], _fonts] = ()


@dataclass(frozen=True, slots=True)
class _Meta:
    other_keys: ClassVar[Severity | None] = None
    name: Annotated[str, _organisation] = ""


@dataclass(frozen=True, slots=True)
class BrandFile:
    other_keys: ClassVar[Severity | None] = None
    color: _Colors = _Colors()
    typography: _Typography = _Typography()
    logo: Annotated[_Picture | None, _logo] = None
    meta: _Meta = _Meta()
