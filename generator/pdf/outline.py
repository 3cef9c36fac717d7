"""Bookmarks: places that links lead to, and the outline that viewers show (ISO 32000-1, 12.3)."""

from __future__ import annotations

from typing import Any

from generator.pdf.objects import Raw, dictionary, number, reference, text


class Entry:
    """An entry of the outline, with those under it."""

    def __init__(self, title: str = "", key: str = "") -> None:
        self.title, self.key = title, key
        self.kids: list[Entry] = []


class Outline:
    """In the place of reportlab's, which makes several objects of each bookmark."""

    ready = 1

    def __init__(self) -> None:
        self._root = Entry()
        self._open = [self._root]
        self._places: dict[str, tuple[int, float]] = {}

    def add(self, key: str, page: int, top: float, title: str, level: int) -> None:
        """`page` counts from 1; without a title it is a place alone."""
        self._places.setdefault(key, (page, top))
        if title:
            entry = Entry(title, key)
            self._open[level].kids.append(entry)
            self._open[level + 1 :] = [entry]

    def destination(self, document: Any, key: str) -> str:
        """The place of a bookmark, at the zoom that the reader has."""
        page, top = self._places[key]
        return f"[{number(document, f'Page{page}')} 0 R /XYZ 0 {top:.2f} 0]"

    def prepare(self, document: Any, _: Any) -> None:
        """Called by reportlab's document before it is written."""
        catalog = document.Catalog
        if not self._root.kids:
            catalog.Outlines = None
            return
        catalog.Outlines = Raw("")
        self._write(document, self._root, catalog.Outlines)

    def _write(self, document: Any, entry: Entry, raw: Raw, **links: str) -> None:
        """An entry and those under it; all of them are closed at first."""
        own = reference(document, raw)
        kids = [Raw("") for _ in entry.kids]
        names = [reference(document, kid) for kid in kids]
        above = entry is self._root
        raw.data = dictionary(
            Title=None if above else text(entry.title),
            Dest=None if above else self.destination(document, entry.key),
            **links,
            **({"First": names[0], "Last": names[-1]} if names else {}),
            Count=(len(names) if above else -len(names)) if names else None,
        )
        for index, (kid, child) in enumerate(zip(kids, entry.kids, strict=True)):
            around = {"Parent": own}
            if index:
                around["Prev"] = names[index - 1]
            if index < len(names) - 1:
                around["Next"] = names[index + 1]
            self._write(document, child, kid, **around)
