"""The text of a Word paragraph: its runs, however they are wrapped, as spans.

ECMA-376 Part 1, clauses 17.3.3 (contents of a run), 17.13.5 (changes), 17.16 (fields), 22.1 (math).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.model import Span
from generator.readers.pages import Text, raised
from generator.readers.styles import Style
from generator.readers.word_styles import VAL, Element, Styles, W, inside, run_style

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
UNSEEN = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr",
        "rt", "rubyPr", "sectPr",
    )
)  # fmt: skip
"""Elements without visible text."""
_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n",
    W + "noBreakHyphen": "-", W + "softHyphen": "\xad",
}  # fmt: skip
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_RESULT = "\0"
"""Ends the instruction of a field whose result has begun."""
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_GENERATED = re.compile(r"\s*(TOC|INDEX|TOA|BIBLIOGRAPHY)\b")
"""Fields whose result lists other parts of the document."""
_TICKED = re.compile("[\uf052\uf053\uf054\uf078\uf0fd\uf0fe]")
_UNTICKED = re.compile("[\uf02a\uf06f\uf071\uf072\uf0a8]")
"""Boxes in Wingdings, whose characters Word stores from U+F000 on."""


class Fields:
    """The fields that are open. They may span paragraphs and be nested."""

    def __init__(self) -> None:
        self.open: list[str] = []

    def turn(self, kind: str | None) -> None:
        """Begin, separate or end a field, at a `fldChar`."""
        if kind == "begin":
            self.open.append("")
        elif self.open and kind == "separate":
            self.open[-1] += _RESULT
        elif self.open and kind == "end":
            self.open.pop()

    def instruct(self, text: str) -> None:
        if self.open:
            self.open[-1] += text

    @property
    def shown(self) -> bool:
        """True if text here belongs to the results of all open fields."""
        return all(field.endswith(_RESULT) for field in self.open)

    @property
    def generated(self) -> bool:
        return any(map(_GENERATED.match, self.open))

    @property
    def href(self) -> str | None:
        return next((link[1] for link in map(_HYPERLINK.match, self.open) if link), None)


class Runs:
    """Reads the contents of one paragraph into `text`."""

    def __init__(
        self,
        styles: Styles,
        style: Style,
        fields: Fields,
        links: Mapping[str, str],
        notes: dict[str, Iterable[Element]],
    ) -> None:
        self._styles, self._style, self._fields, self._links = styles, style, fields, links
        self._notes = notes
        """Footnotes and endnotes by name, such as `footnote 2`; each is read once."""
        self._href: str | None = None
        self.text = Text(style)
        self.generated = fields.generated
        """True if the paragraph is a line of a table of contents."""

    def read(self, parent: Element) -> None:
        """Read all runs in an element, however they are wrapped."""
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                properties = inside(child.find(W + "rPr"))
                self._run(child, self._look(properties) if properties else self._style)
            elif tag == W + "hyperlink":
                self._hyperlink(child)
            elif tag == M + "oMath":
                self._add(linear(child), self._style)
            elif tag == MC + "AlternateContent":
                self.read(chosen(child))
            elif tag == W + "sdt":
                self._control(inside(child.find(W + "sdtPr")), child)
            elif tag not in UNSEEN:
                self.read(child)

    def _control(self, properties: dict[str, Element], control: Element) -> None:
        """Read a content control. The prompt of an empty one, "Click here", is not text."""
        listed = properties.get(W + "dropDownList", properties.get(W + "comboBox"))
        if listed is not None:
            shown = (item.get(W + "displayText") for item in listed if item.get(W + "value"))
            self.text.choices += [text for text in shown if text]
        elif W + "showingPlcHdr" not in properties:
            self.read(control)

    def _hyperlink(self, link: Element) -> None:
        target, anchor = self._links.get(link.get(R + "id", "")), link.get(W + "anchor") or ""
        self.generated = self.generated or anchor.startswith("_Toc")
        before, self._href = self._href, target or (f"#{anchor}" if anchor else None)
        self.read(link)
        self._href = before

    def _look(self, properties: dict[str, Element]) -> Style:
        named = properties.get(W + "rStyle")
        base = self._style if named is None else self._style.under(self._styles.own(named.get(VAL)))
        return run_style(base, properties)

    def _run(self, run: Element, look: Style) -> None:
        for child in run:
            tag = child.tag
            if tag == W + "t":
                self._add(child.text or "", look)
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], look)
            elif tag == W + "sym":
                self._add(_symbol(child), look)
            elif tag == W + "fldChar":
                self._fields.turn(child.get(W + "fldCharType"))
                if child.find(f"{W}ffData/{W}checkBox") is not None:
                    self.text.spans.append(Span("☐"))
            elif tag == W + "instrText":
                self._fields.instruct(child.text or "")
            elif tag in _NOTES:
                name = f"{_NOTES[tag]} {child.get(W + 'id')}"
                self.text.notes += [] if look.hidden else [self._notes.pop(name, ())]
            elif tag == MC + "AlternateContent":
                self._run(chosen(child), look)
            elif tag == W + "ruby":
                for base in child.findall(W + "rubyBase"):
                    self.read(base)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child)

    def _drawing(self, drawing: Element) -> None:
        boxes = list(_text_boxes(drawing))
        self.text.boxes += boxes
        pictures = drawing.iter("{*}blip", "{*}imagedata", "{*}chart", "{*}relIds")
        self.text.pictures += not boxes and any(True for _ in pictures)

    def _add(self, text: str, look: Style) -> None:
        fields = self._fields
        if fields.open and not (fields.shown or look.hidden):
            return
        if fields.open and fields.generated and not look.hidden:
            self.generated = True
        if not text.isascii():
            text = _UNTICKED.sub("☐", _TICKED.sub("☒", text))
        self.text.add(text, look, self._href or (fields.href if fields.open else None))


def chosen(alternatives: Element) -> Element:
    """Return the alternative of `mc:AlternateContent` that current programs show (Part 3, 7.6)."""
    first = alternatives.find(MC + "Choice")
    return alternatives if first is None else first


def _text_boxes(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == W + "txbxContent":
            yield child
        else:
            yield from _text_boxes(chosen(child) if child.tag == MC + "AlternateContent" else child)


def _symbol(element: Element) -> str:
    try:
        return chr(int(element.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return ""


def linear(math: Element) -> str:
    """Write a formula on one line: 1/2, x², √(2)."""
    tag = math.tag.removeprefix(M) if isinstance(math.tag, str) else ""
    if tag == "t":
        return math.text or ""
    parts = [linear(child) for child in math if not str(child.tag).endswith(("Pr", "}rPr"))]
    if tag == "f" and len(parts) == 2:
        return "/".join(part if part.isalnum() else f"({part})" for part in parts)
    if tag in ("sSup", "sSub") and len(parts) == 2:
        moved = raised(parts[1], "superscript" if tag == "sSup" else "subscript")
        plain = f"{'^' if tag == 'sSup' else '_'}({moved})"
        return parts[0] + (plain if moved == parts[1] else moved)
    joined = "".join(parts)
    return {"rad": f"√({joined})", "d": f"({joined})"}.get(tag, joined)
