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


def _marked(page: pikepdf.Page) -> dict[int, str]:  # noqa: PLR0912
    """MCID to text; text outside of tags and artifacts is an error."""
    texts: dict[int, str] = {}
    inside: int | None = None
    marked = 0
    said: str | None = None
    turned: list[str] | None = None
    codes: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            marked += 1
            if marked > 1:
                said = str(operands[1].ActualText)
                continue
            inside = None if str(operands[0]) == "/Artifact" else int(operands[1].MCID)
            if inside is not None:
                texts[inside] = ""
        elif name == "BMC":
            assert str(operands[0]) == "/ReversedChars"
            turned = []
            marked += 1
        elif name == "EMC":
            marked -= 1
            shown, said, last = said or "", None, said is None
            if last and turned is not None and marked:
                shown, turned = "".join(reversed(turned)), None
            if turned is not None:
                turned.append(shown)
            elif inside is not None and marked:
                texts[inside] += shown
            inside = inside if marked else None
        elif name == "Tf":
            codes = _unicode(page.Resources.Font[str(operands[0])])
        elif name == "TJ":
            assert marked, "text outside of tags and artifacts"
            if inside is not None and said is None:
                strings = [bytes(item) for item in operands[0] if isinstance(item, pikepdf.String)]
                parts = [part for string in strings for part in _decoded(string, codes)]
                if turned is None:
                    texts[inside] += "".join(parts)
                else:
                    turned += parts
    return texts


def _unicode(font: Dictionary) -> dict[int, str]:
    rows = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>\n", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}


def _decoded(string: bytes, codes: dict[int, str]) -> list[str]:
    """The text of each glyph."""
    return [codes[int.from_bytes(string[at : at + 2], "big")] for at in range(0, len(string), 2)]
