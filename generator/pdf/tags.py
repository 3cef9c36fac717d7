"""The structure tree of a tagged PDF (ISO 32000-1, 14.7; PDF/UA-1 is ISO 14289-1).

`Tag`s are made in reading order, before or while the pages are drawn. The canvas tells
`Structure` what stands where; only tags that own something, and those above them, are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator.pdf.objects import Raw, dictionary, reference

LEAF = 64
"""Rows of a leaf of the parent tree."""


class Tag:
    """A structure element: a standard type such as `H1`, `L` or `Link`, and its kids in order."""

    __slots__ = ("attributes", "kids", "parent", "type")

    def __init__(self, kind: str, parent: Tag | None = None, attributes: str = "") -> None:
        self.type, self.parent, self.attributes = kind, parent, attributes
        self.kids: list[Tag] = []
        if parent is not None:
            parent.kids.append(self)

    def add(self, kind: str, attributes: str = "") -> Tag:
        return Tag(kind, self, attributes)


def numbered_list(parent: Tag) -> Tag:
    """A list whose labels are numbers (ISO 32000-1, 14.8.5.5)."""
    return parent.add("L", "/A <</O /List /ListNumbering /Decimal>>")


Place = tuple[int, int | str]
"""A page's index, and there an MCID or the reference of an annotation."""


class Structure:
    """Which marked content and which annotations belong to which tag."""

    def __init__(self) -> None:
        self._places: dict[Tag, list[Place]] = {}
        self._rows: list[list[Tag] | Tag] = []
        """Of the parent tree: the tags of a page by MCID, or the tag of an annotation."""
        self._page: list[Tag] = []

    def mark(self, tag: Tag, page: int) -> int:
        """The MCID of the next marked content of the page that is being drawn."""
        mcid = len(self._page)
        self._page.append(tag)
        self._places.setdefault(tag, []).append((page, mcid))
        return mcid

    def annotate(self, tag: Tag, page: int, annotation: str) -> int:
        """The StructParent of an annotation, given as `12 0 R`."""
        self._places.setdefault(tag, []).append((page, annotation))
        self._rows.append(tag)
        return len(self._rows) - 1

    def end_page(self) -> int:
        """The StructParents of the page that is finished."""
        self._rows.append(self._page)
        self._page = []
        return len(self._rows) - 1

    def write(self, document: Any, root: Tag, pages: Sequence[str]) -> Raw:
        """The StructTreeRoot, added to reportlab's document; `pages` are references by index."""
        top = Raw("")
        top_reference = reference(document, top)
        live = self._live()
        references: dict[Tag | None, str] = {root.parent: top_reference}
        for tag in _walk(root, live):
            element = Raw(partial(self._element, tag, references, pages))
            references[tag] = reference(document, element)
        leaves = " ".join(
            reference(document, Raw(partial(self._leaf, start, references)))
            for start in range(0, len(self._rows), LEAF)
        )
        top.data = dictionary(
            Type="/StructTreeRoot", K=f"[{references[root]}]", ParentTreeNextKey=len(self._rows),
            ParentTree=reference(document, Raw(dictionary(Kids=f"[{leaves}]"))),
        )  # fmt: skip
        return top

    def _element(self, tag: Tag, references: Mapping[Tag | None, str], pages: Sequence[str]) -> str:
        places = self._places.get(tag, ())
        first = places[0][0] if places else None
        kids = [
            f"<</Type /OBJR /Obj {what} /Pg {pages[page]}>>"
            if isinstance(what, str)
            else str(what)
            if page == first
            else f"<</Type /MCR /Pg {pages[page]} /MCID {what}>>"
            for page, what in places
        ]
        kids += [references[kid] for kid in tag.kids if kid in references]
        page = f" /Pg {pages[first]}" if first is not None else ""
        return (
            f"<</Type /StructElem /S /{tag.type} /P {references[tag.parent]}{page}"
            f" {tag.attributes} /K [{' '.join(kids)}]>>"
        )

    def _leaf(self, start: int, references: Mapping[Tag | None, str]) -> str:
        rows = self._rows[start : start + LEAF]
        entries = (
            f"{start + index} "
            + (
                f"[{' '.join(references[t] for t in row)}]"
                if isinstance(row, list)
                else references[row]
            )
            for index, row in enumerate(rows)
        )
        return f"<</Limits [{start} {start + len(rows) - 1}] /Nums [{' '.join(entries)}]>>"

    def _live(self) -> set[Tag]:
        """Tags that own something, and all above them."""
        live: set[Tag] = set()
        for tag in self._places:
            up: Tag | None = tag
            while up is not None and up not in live:
                live.add(up)
                up = up.parent
        return live


def _walk(root: Tag, live: set[Tag]) -> Iterator[Tag]:
    """The live tags in document order; a tree may be deeper than Python's stack."""
    waiting = [root]
    while waiting:
        tag = waiting.pop()
        yield tag
        waiting += [kid for kid in reversed(tag.kids) if kid in live]
