"""Answers that were typed into a handout: into its fields, or on the lines under its questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from generator.diagnostics import SourceError
from generator.programme.forms import Answer, Filled, NotRead, Value
from generator.programme.roster import lines_by_word
from generator.readers.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = re.compile(r"\s*[☐☑☒]?\s*(?:(\d+)\.\t)?(.*)", re.DOTALL)
_TICKED = ("☑", "☒")
_ASIDE = ("Hint", "TOC", "toc", "Theme Intro", "Subtitle", "Follow-up", "Caption", "List Question")


def read_handout(data: bytes, path: Path) -> Filled:
    """Raises NotRead."""
    try:
        package = Package(data, path, "Word document")
        body, styles = package.xml("word/document.xml"), package.xml("word/styles.xml")
        numbering = package.xml("word/numbering.xml")
    except SourceError as problem:
        message = problem.diagnostics[0].message
        state = "encrypted" if "password" in message else "damaged"
        raise NotRead(state, problem.diagnostics[0].hint) from None
    names = {
        each.get(f"{W}styleId"): name.get(f"{W}val")
        for each in (styles if styles is not None else [])
        if (name := each.find(f"{W}name")) is not None
    }
    if body is None or "Question" not in names.values():
        raise NotRead("foreign", "it is no handout that was made here")
    reading = _Reading(names, _starts(numbering))
    for paragraph in body.iter(f"{W}p"):
        reading.add(paragraph)
    if not reading.asked:
        raise NotRead("foreign", "it has no question in the style Question")
    return Filled(reading.title, reading.person, tuple(reading.answers()))


@dataclass(slots=True)
class _Asked:
    number: int
    theme: str
    text: str
    ticked: bool | None
    lines: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    listed: bool = False
    """Its options are a list to choose one from."""


@dataclass(slots=True)
class _Reading:
    names: dict[str | None, str | None]
    starts: dict[str, int]
    """The first number of a list, where it has one of its own."""
    title: str = ""
    theme: str = ""
    person: dict[str, str] = field(default_factory=dict)
    asked: list[_Asked] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def add(self, paragraph: Any) -> None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = self.names.get(style.get(f"{W}val") if style is not None else None) or ""
        text = _text(paragraph)
        if name == "Title":
            self.title = self.title or text.strip()
        elif name.lower() == "heading 1":
            self.theme = text.strip()
        elif name == "Subtitle":
            self._persons(text)
        elif name in ("Question", "Question Kept"):
            self._question(paragraph, text)
        elif name.startswith("Choice") and self.asked:
            choice = _NUMBERED.fullmatch(text)[2].strip()  # type: ignore[index]
            if "\u2003" in choice:  # a scale to mark by hand
                return
            self.asked[-1].options.append(choice)
            if text.strip().startswith(_TICKED):
                self.asked[-1].chosen.append(choice)
        elif name.startswith("Notes"):
            self._note(paragraph, name, text)
        elif self.asked and not name.startswith(_ASIDE):
            self._answer(paragraph, text)

    def _persons(self, text: str) -> None:
        for part in text.split("   "):
            word, _, value = part.partition(": ")
            if line := lines_by_word().get(word.strip().casefold()):
                self.person[line] = value.strip()

    def _question(self, paragraph: Any, text: str) -> None:
        number, asked = _NUMBERED.fullmatch(text).groups()  # type: ignore[union-attr]
        listed = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        key = listed.get(f"{W}val") if listed is not None else ""
        after = self.asked[-1].number + 1 if self.asked else 1
        if key not in self.used and key in self.starts:
            after = self.starts[key]
        self.used.add(key)
        ticked = text.strip().startswith(_TICKED) if "☐☑☒".find(text.strip()[:1]) >= 0 else None
        given = int(number) if number else after
        self.asked.append(_Asked(given, self.theme, asked.strip(), ticked))

    def _note(self, paragraph: Any, name: str, text: str) -> None:
        """The first paragraph of notes is their label, where they are no field."""
        if text.strip() and not _is_prompt(paragraph):
            self.notes.append((name, text.strip()))

    def _answer(self, paragraph: Any, text: str) -> None:
        asked, control = self.asked[-1], next(paragraph.iterancestors(f"{W}sdt"), None)
        if control is not None:
            items = control.iterfind(f"{W}sdtPr/{W}dropDownList/{W}listItem")
            options = [each.get(f"{W}displayText") for each in items]
            asked.options, asked.listed = options or asked.options, bool(options)
        if text.strip() and not _is_prompt(paragraph):
            (asked.chosen if asked.listed else asked.lines).append(text.strip())

    def answers(self) -> Iterator[Answer]:
        for each in self.asked:
            place = (f"q{each.number}", each.number, each.theme, each.text)
            if each.ticked is not None:
                yield Answer(f"q{each.number}-tick", *place[1:], each.ticked, "tick")
            options, words = tuple(each.options), "\n".join(each.lines) or None
            if each.listed:
                scale = all(re.fullmatch(r"-?\d+", option) for option in options)
                value: Value = each.chosen[0] if each.chosen else None
                if scale and value in options:
                    value = int(str(value))
                yield Answer(*place, value, "scale" if scale else "choice", options)
            elif options:
                yield Answer(*place, "; ".join(each.chosen) or None, "choices", options)
            if words or not options:
                yield Answer(*place, words, "text")
        labels = {text for name, text in self.notes if name == "Notes"}
        for number, (name, text) in enumerate(self.notes, 1):
            if name == "Notes Field" or (len(labels) > 1 and text not in list(labels)[:1]):
                yield Answer(f"notes-{number}", None, "", "", text, "text")


def _starts(numbering: etree._Element | None) -> dict[str, int]:
    found: dict[str, int] = {}
    if numbering is None:
        return found
    first = {
        each.get(f"{W}abstractNumId"): each.find(f"{W}lvl/{W}start")
        for each in numbering.iterfind(f"{W}abstractNum")
    }
    for each in numbering.iterfind(f"{W}num"):
        own = each.find(f"{W}lvlOverride/{W}startOverride")
        base = each.find(f"{W}abstractNumId")
        start = (
            own if own is not None else first.get(base.get(f"{W}val") if base is not None else None)
        )
        if start is not None:
            found[each.get(f"{W}numId") or ""] = int(start.get(f"{W}val") or 1)
    return found


def _text(paragraph: Any) -> str:
    """With tabs and breaks; a box to click says by its mark whether it is on."""
    parts = []
    for each in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"):
        tag = etree.QName(each).localname
        if tag == "tab" and etree.QName(each.getparent()).localname == "tabs":
            continue
        parts.append(each.text or "" if tag == "t" else "\t" if tag == "tab" else "\n")
    return "".join(parts)


def _is_prompt(paragraph: Any) -> bool:
    """Whether it says what to type, as nobody has typed there."""
    control = next(paragraph.iterancestors(f"{W}sdt"), None)
    shown = control is not None and control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    runs = paragraph.iterfind(f"{W}r/{W}rPr/{W}rStyle")
    return shown and any("laceholder" in (run.get(f"{W}val") or "") for run in runs)
