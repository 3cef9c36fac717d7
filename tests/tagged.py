"""Reading a tagged PDF as a screen reader does: elements in the order of the tree, with their text.

Checkers of accessibility do not compare the tree with the pages; this does.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name


class Element(NamedTuple):
    type: str
    depth: int
    text: str


def elements(path: Path) -> list[Element]:
    """Every element with text of its own. Asserts that tree, pages and annotations agree."""
    with pikepdf.open(path) as pdf:
        return list(_Reader(pdf).walk(pdf.Root.StructTreeRoot.K[0], 0))


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: page for page in pdf.pages}
        self.texts = {objgen: _marked(page) for objgen, page in self.pages.items()}
        self.rows = dict(_number_tree(pdf.Root.StructTreeRoot.ParentTree))

    def walk(self, element: Dictionary, depth: int) -> Iterator[Element]:
        kids = element.K if isinstance(element.K, Array) else [element.K]
        own, below = "", []
        for kid in kids:
            if isinstance(kid, Dictionary) and kid.get("/S"):
                assert kid.P.objgen == element.objgen
                below.append(kid)
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                assert self.rows[int(kid.Obj.StructParent)].objgen == element.objgen
            else:
                own += self._content(kid, element)
        if own:
            yield Element(str(element.S)[1:], depth, own)
        for kid in below:
            yield from self.walk(kid, depth + 1)

    def _content(self, kid: object, element: Dictionary) -> str:
        page, mcid = (
            (kid.Pg, int(kid.MCID)) if isinstance(kid, Dictionary) else (element.Pg, int(kid))
        )
        row = self.rows[int(self.pages[page.objgen].obj.StructParents)]
        assert row[mcid].objgen == element.objgen
        return self.texts[page.objgen].pop(mcid)


def _number_tree(node: Dictionary) -> Iterator[tuple[int, object]]:
    for kid in node.get("/Kids", []):
        yield from _number_tree(kid)
    numbers = node.get("/Nums", [])
    for index in range(0, len(numbers), 2):
        yield int(numbers[index]), numbers[index + 1]


def reversed_strings(path: Path) -> list[str]:
    """What strings with reversed characters say, in the order of the pages' contents."""
    with pikepdf.open(path) as pdf:
        return [string for page in pdf.pages for string in _Content(page).reversed]


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """MCID to text; text outside of tags and artifacts is an error."""
    return _Content(page).texts


class _Content:
    """A content stream, read from its beginning to its end."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.texts: dict[int, str] = {}
        self.open: list[str] = []
        """The marked content that is open."""
        self.mcid: int | None = None
        self.said: str | None = None
        self.codes: dict[int, str] = {}
        self.reversed: list[str] = []
        """The strings whose characters are reversed, as they are read."""
        self.fonts = page.Resources.get("/Font", {})
        for operands, operator in pikepdf.parse_content_stream(page):
            self.read(str(operator), operands)

    def read(self, operator: str, operands: list) -> None:
        if operator in ("BDC", "BMC"):
            self.begin(str(operands[0]), operands)
        elif operator == "EMC":
            closed = self.open.pop()
            if closed == "/Span" and self.open:
                self.say(self.said or "")
                self.said = None
            if not self.open:
                self.mcid = None
        elif operator == "Tf":
            self.codes = _unicode(self.fonts[str(operands[0])])
        elif operator == "TJ":
            assert self.open, "text outside of tags and artifacts"
            for string in operands[0]:
                if isinstance(string, pikepdf.String) and self.said is None:
                    self.say(self.shown(bytes(string)))

    def begin(self, tag: str, operands: list) -> None:
        if not self.open and tag != "/Artifact":
            self.mcid = int(operands[1].MCID)
            self.texts[self.mcid] = ""
        elif self.open:
            assert tag in ("/Span", "/ReversedChars")
        if self.open and tag == "/Span":
            self.said = str(operands[1].ActualText)
        self.open.append(tag)

    def shown(self, string: bytes) -> str:
        """ISO 32000-1, 14.8.2.3.3: strings follow each other as they are read; within each, where
        that is said, the characters are reversed."""
        glyphs = _decoded(string, self.codes)
        if "/ReversedChars" not in self.open:
            return "".join(glyphs)
        self.reversed.append("".join(reversed(glyphs)))
        return self.reversed[-1]

    def say(self, text: str) -> None:
        if self.mcid is not None:
            self.texts[self.mcid] += text


def _unicode(font: Dictionary) -> dict[int, str]:
    rows = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>\n", font.ToUnicode.read_bytes())
    texts = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}
    return {code: text.replace("\u200b", "") for code, text in texts.items()}


def _decoded(string: bytes, codes: dict[int, str]) -> list[str]:
    """The text of each glyph."""
    return [codes[int.from_bytes(string[at : at + 2], "big")] for at in range(0, len(string), 2)]
