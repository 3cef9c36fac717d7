"""The structure tree of a tagged PDF (ISO 32000-1, 14.7; PDF/UA-1 is ISO 14289-1).

`Tag`s are made in reading order, before or while the pages are drawn. The canvas tells `Structure`
what they contain; only tags that own something, and those above them, are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.pdf.document import Document, Reference
from generator.pdf.objects import dictionary, text

LEAF = 64
"""Number of rows in a leaf of the parent tree."""


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
    """Return a list whose labels are numbers (ISO 32000-1, 14.8.5.5)."""
    return parent.add("L", "/A <</O /List /ListNumbering /Decimal>>")


class Structure:
    """Records which marked content and which annotations belong to which tag."""

    def __init__(self) -> None:
        self._owned: dict[Tag, tuple[Reference, str]] = {}
        """The page of a tag, and its marked content and annotations as its kids."""
        self._rows: list[list[Tag] | Tag] = []
        """Rows of the parent tree: the tags of a page by MCID, or the tag of an annotation."""
        self._page: list[Tag] = []

    def mark(self, tag: Tag, page: Reference) -> int:
        """Return the MCID of the next marked content on the current page."""
        mcid = len(self._page)
        self._page.append(tag)
        self._own(tag, page, str(mcid), f"<</Type /MCR /Pg {page} /MCID {mcid}>>")
        return mcid

    def annotate(self, tag: Tag, page: Reference, annotation: Reference) -> int:
        """Return the StructParent of an annotation."""
        kid = f"<</Type /OBJR /Obj {annotation} /Pg {page}>>"
        self._own(tag, page, kid, kid)
        self._rows.append(tag)
        return len(self._rows) - 1

    def _own(self, tag: Tag, page: Reference, kid: str, elsewhere: str) -> None:
        """Add a kid on the page of its tag, or one that names another page."""
        own, kids = self._owned.get(tag, (page, ""))
        self._owned[tag] = (own, f"{kids} {kid if own == page else elsewhere}")

    def end_page(self) -> int:
        """Return the StructParents of the finished page."""
        self._rows.append(self._page)
        self._page = []
        return len(self._rows) - 1

    def write(self, document: Document, root: Tag) -> Reference:
        """Write the tree and return the StructTreeRoot."""
        top = document.reserve()
        tags = list(_walk(root, self._live()))
        references: dict[Tag | None, Reference] = {root.parent: top}
        references.update((tag, document.reserve()) for tag in tags)
        for tag in tags:
            document.set(references[tag], self._element(tag, references))
        leaves = " ".join(
            document.add(self._leaf(start, references)) for start in range(0, len(self._rows), LEAF)
        )
        document.set(top, dictionary(
            Type="/StructTreeRoot", K=f"[{references[root]}]", ParentTreeNextKey=len(self._rows),
            ParentTree=document.add(dictionary(Kids=f"[{leaves}]")),
        ))  # fmt: skip
        return top

    def _element(self, tag: Tag, references: Mapping[Tag | None, Reference]) -> str:
        """Return an element, written without `dictionary`, as there are a dozen for each
        question."""
        page, kids = self._owned.get(tag, ("", ""))
        shown = f" /Pg {page}" if page else ""
        below = " ".join([references[kid] for kid in tag.kids if kid in references])
        return (
            f"<</Type /StructElem /S /{tag.type} /P {references[tag.parent]}{shown}"
            f" {tag.attributes} /K [{kids} {below}]>>"
        )

    def _leaf(self, start: int, references: Mapping[Tag | None, Reference]) -> str:
        rows = self._rows[start : start + LEAF]
        entries = []
        for index, row in enumerate(rows, start):
            if isinstance(row, list):
                entries.append(f"{index} [{' '.join([references[tag] for tag in row])}]")
            else:
                entries.append(f"{index} {references[row]}")
        return f"<</Limits [{start} {start + len(rows) - 1}] /Nums [{' '.join(entries)}]>>"

    def _live(self) -> set[Tag]:
        """Return the tags that own something, and all above them; a table's row keeps its empty
        cells."""
        live: set[Tag] = set()
        for tag in self._owned:
            up: Tag | None = tag
            while up is not None and up not in live:
                live.add(up)
                up = up.parent
        live.update([cell for tag in live if tag.type == "TR" for cell in tag.kids])
        return live


def _walk(root: Tag, live: set[Tag]) -> Iterator[Tag]:
    """Yield the live tags in document order, without recursion, as a tree may be deeper than
    Python's stack."""
    waiting = [root]
    while waiting:
        tag = waiting.pop()
        yield tag
        waiting += [kid for kid in reversed(tag.kids) if kid in live]


class Outline:
    """Bookmarks: the targets of links, and the outline that viewers show (12.3)."""

    def __init__(self) -> None:
        self._root = Entry("", "")
        self._open = [self._root]
        self._places: dict[str, str] = {}

    def add(self, key: str, page: Reference, top: float, title: str, level: int) -> None:
        """Add a bookmark. Without a title it is only a target, at the reader's own zoom."""
        self._places.setdefault(key, f"[{page} /XYZ 0 {top:.2f} 0]")
        if title:
            entry = Entry(title, key)
            self._open[level].kids.append(entry)
            self._open[level + 1 :] = [entry]

    def destination(self, key: str) -> str:
        """Return the destination of a bookmark."""
        return self._places[key]

    def write(self, document: Document) -> Reference | None:
        if not self._root.kids:
            return None
        root = document.reserve()
        first, last = self._entries(document, self._root, root)
        count = len(self._root.kids)
        document.set(root, dictionary(Type="/Outlines", First=first, Last=last, Count=count))
        return root

    def _entries(
        self, document: Document, above: Entry, parent: Reference
    ) -> tuple[Reference | None, Reference | None]:
        """Write the entries below another, and return the first and the last. All of them are
        closed at first."""
        names = [document.reserve() for _ in above.kids]
        around = [None, *names, None]
        for index, (name, entry) in enumerate(zip(names, above.kids, strict=True)):
            first, last = self._entries(document, entry, name)
            document.set(name, dictionary(
                Title=text(entry.title), Dest=self._places[entry.key], Parent=parent,
                First=first, Last=last, Count=-len(entry.kids) or None,
                Prev=around[index], Next=around[index + 2],
            ))  # fmt: skip
        return (names[0], names[-1]) if names else (None, None)


class Entry:
    """An entry of the outline, with those below it."""

    def __init__(self, title: str, key: str) -> None:
        self.title, self.key = title, key
        self.kids: list[Entry] = []
