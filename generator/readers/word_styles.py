"""Styles and lists of a Word document.

ECMA-376 Part 1, clauses 17.7 (styles) and 17.9 (numbering). Lengths are in twips, 1/20 pt.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lxml import etree

from generator.readers.raw import Mark
from generator.readers.styles import PLAIN, Style, is_monospaced, role_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
Element = etree._Element

_TOGGLES = {
    f"{W}i": "italic", f"{W}b": "bold", f"{W}u": "underlined", f"{W}vanish": "hidden",
}  # fmt: skip
_FONTS, _RAISED, _LISTED = f"{W}rFonts", f"{W}vertAlign", f"{W}numPr"
_SYMBOLS = re.compile(r"wingdings|webdings", re.IGNORECASE)
_BOXES = frozenset("\uf06f\uf071\uf072\uf0a8\uf0fe\uf0fdoqr\xa8")
"""Characters that Wingdings draws as boxes."""
_LETTERS = ("lowerLetter", "upperLetter", "russianLower", "russianUpper", "hebrew1", "hebrew2",
            "arabicAlpha", "arabicAbjad", "thaiLetters", "ganada", "chosung", "aiueo",
            "iroha")  # fmt: skip


def is_on(element: Element) -> bool:
    """Return the value of a toggle property (17.3.2); an element without a value is on."""
    return element.get(VAL) not in ("0", "false", "off", "none")


def number(element: Element | None, default: int | None = None) -> int | None:
    """Return an element's value as a whole number; `default` if it has none."""
    try:
        return default if element is None else int(element.get(VAL, ""))
    except ValueError:
        return default


def left_of(indent: Element | None) -> int | None:
    """Return the left indent in twips."""
    left = "" if indent is None else indent.get(f"{W}left") or indent.get(f"{W}start") or ""
    return int(left) if re.fullmatch(r"-?\d{1,6}", left) else None


def inside(element: Element | None) -> dict[str, Element]:
    """Return the children of an element by tag, if each tag occurs at most once. None has none."""
    return {} if element is None else {child.tag: child for child in element}


def run_style(base: Style, properties: dict[str, Element]) -> Style:
    """Return a style with the run properties (rPr) on top of it."""
    said: dict[str, Any] = {
        name: is_on(properties[tag]) for tag, name in _TOGGLES.items() if tag in properties
    }
    if _FONTS in properties and (font := properties[_FONTS].get(f"{W}ascii")):
        said["code"] = is_monospaced(font)
    if _RAISED in properties:
        said["raised"] = properties[_RAISED].get(VAL)
    return base._replace(**said) if said else base


def paragraph_style(base: Style, properties: dict[str, Element]) -> Style:
    """Return a style with the paragraph properties (pPr) on top of it. Number and level of a list
    are inherited separately (17.7.4.14), and outline level 9 ends the role of a heading."""
    if _LISTED in properties:
        listed = inside(properties[_LISTED])
        if f"{W}numId" in listed:
            base = base._replace(list_id=listed[f"{W}numId"].get(VAL))
        base = base._replace(ilvl=number(listed.get(f"{W}ilvl"), base.ilvl))
    outline = number(properties.get(f"{W}outlineLvl"))
    if outline is not None and base.role in ("", "heading"):
        role = "heading" if outline < 9 else ""
        base = base._replace(role=role, level=min(outline + 1, 6))
    return base


class Styles:
    """The styles of a document by id. One that is based on itself is based on nothing."""

    def __init__(self, root: Element | None) -> None:
        styles = _all(root, "style")
        self._elements = {each.get(f"{W}styleId"): each for each in styles}
        self._made: dict[str | None, Style] = {}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = run_style(PLAIN, inside(defaults))
        self.names = {name.get(VAL, "") for each in styles for name in each.findall(f"{W}name")}
        kinds = [each for each in styles if _is_default(each)]
        self._default = next((each.get(f"{W}styleId") for each in kinds), None)

    def paragraph(self, identifier: str | None) -> Style:
        """Return a paragraph style; None is the default style, Normal."""
        return self._get(self._default if identifier is None else identifier, self._defaults)

    def own(self, identifier: str | None) -> Style:
        """Return a style without the document's defaults, such as that of a run or a list."""
        return self._get(identifier, PLAIN)

    def _get(self, identifier: str | None, base: Style) -> Style:
        if identifier not in self._made:
            element = self._elements.get(identifier)
            self._made[identifier] = base
            if element is not None:
                self._made[identifier] = self._read(element, identifier or "", base)
        return self._made[identifier]

    def _read(self, element: Element, identifier: str, base: Style) -> Style:
        based = element.find(f"{W}basedOn")
        style = base if based is None else self._get(based.get(VAL), base)
        name = element.find(f"{W}name")
        shown = identifier if name is None else name.get(VAL, "")
        role, level = role_of(shown)
        role, level = (role, level) if role else role_of(identifier)
        style = style._replace(name=shown)
        if role:
            style = style._replace(role=role, level=level)
        if is_monospaced(shown):
            style = style._replace(code=True)
        elif shown in ("Emphasis", "Strong"):
            style = style._replace(italic=shown == "Emphasis", bold=shown == "Strong")
        properties = inside(element)
        style = paragraph_style(style, inside(properties.get(f"{W}pPr")))
        return run_style(style, inside(properties.get(f"{W}rPr")))


def _all(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else root.findall(W + name)


def _is_default(style: Element) -> bool:
    """Return True for the default paragraph style."""
    default = style.get(f"{W}default") in ("1", "true", "on")
    return default and style.get(f"{W}type") == "paragraph"


class Level(NamedTuple):
    """One level of a list (17.9.6)."""

    form: str = "decimal"
    text: str | None = None
    """The text with %1 for the number of the first level; None means unspecified."""
    start: int = 1
    restarts: bool = True
    left: int | None = None
    symbols: bool = False

    def mark(self, depth: int) -> Mark | None:
        """Return the mark before an item, or None if there is none."""
        own = f"%{depth + 1}"
        if self.form not in ("bullet", "none") and (self.text is None or own in self.text):
            if self.form in _LETTERS:
                return Mark.CAPITAL if self.form.startswith("upper") else Mark.LETTER
            if self.form.endswith("Roman"):
                return Mark.ROMAN
            return Mark.DOTTED if (self.text or "").count("%") > 1 else Mark.NUMBER
        if (self.symbols and self.text in _BOXES) or self.text in ("☐", "□", "❏", "❑"):
            return Mark.BOX
        return Mark.BULLET if self.text or self.form == "bullet" else None


class Numbering:
    """The lists of a document, numbered as in Word: lists with the same definition count
    together."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        nums, definitions = _all(root, "num"), _all(root, "abstractNum")
        self._nums = {each.get(f"{W}numId"): each for each in nums}
        self._abstract = {each.get(f"{W}abstractNumId"): each for each in definitions}
        self._levels: dict[tuple[str, int], tuple[str, Level, int | None]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def level(self, num_id: str, depth: int) -> tuple[str, Level, int | None]:
        """Return the list that counts for it, the level, and the number that it is set to restart
        at."""
        key = num_id, depth
        if key not in self._levels:
            self._levels[key] = self._find(num_id, depth)
        return self._levels[key]

    def count(self, num_id: str, depth: int) -> int:
        """Return the number of the next item of a list."""
        counting, level, restart = self.level(num_id, depth)
        counters = self._counters.setdefault(counting, {})
        if restart is not None and (num_id, depth) not in self._started:
            self._started.add((num_id, depth))
            counters[depth] = restart - 1
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [each for each in counters if each > depth]:
            if self.level(num_id, deeper)[1].restarts:
                del counters[deeper]
        return counters[depth]

    def _find(self, num_id: str, depth: int) -> tuple[str, Level, int | None]:
        num = self._nums.get(num_id)
        if num is None:
            return f"num {num_id}", Level(), None
        override = next(
            (each for each in num.findall(f"{W}lvlOverride") if each.get(f"{W}ilvl") == str(depth)),
            None,
        )
        restart = None if override is None else number(override.find(f"{W}startOverride"))
        named = num.find(f"{W}abstractNumId")
        identifier = "" if named is None else named.get(VAL, "")
        own = None if override is None else override.find(f"{W}lvl")
        element = own if own is not None else self._defined(identifier, depth)
        return identifier, Level() if element is None else _level(element), restart

    def _defined(self, identifier: str, depth: int) -> Element | None:
        abstract = self._abstract.get(identifier)
        link = None if abstract is None else abstract.find(f"{W}numStyleLink")
        if link is not None:
            num = self._nums.get(self._styles.own(link.get(VAL)).list_id)
            named = None if num is None else num.find(f"{W}abstractNumId")
            abstract = None if named is None else self._abstract.get(named.get(VAL))
        levels = [] if abstract is None else abstract.findall(f"{W}lvl")
        return next((each for each in levels if each.get(f"{W}ilvl") == str(depth)), None)


def _level(element: Element) -> Level:
    form, text = element.find(f"{W}numFmt"), element.find(f"{W}lvlText")
    indent, fonts = element.find(f"{W}pPr/{W}ind"), element.find(f"{W}rPr/{W}rFonts")
    return Level(
        "decimal" if form is None else form.get(VAL, "decimal"),
        None if text is None else text.get(VAL, ""),
        number(element.find(f"{W}start"), 1) or 0,
        number(element.find(f"{W}lvlRestart")) != 0,
        left_of(indent),
        fonts is not None and bool(_SYMBOLS.search(fonts.get(f"{W}ascii") or "")),
    )
