"""Answers in a handout: in its form fields, or typed on the lines under its questions."""

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
from generator.readers.word_styles import VAL, Numbering, Styles, W, inside, paragraph_style

_NUMBERED = re.compile(r"\s*[☐☑☒]?\s*(?:(\d+)\.\t)?(.*)", re.DOTALL)
_TICKED = ("☑", "☒")
_BOXES = ("☐", *_TICKED)
_ASIDE = ("Hint", "TOC", "toc", "Theme Intro", "Subtitle", "Follow-up", "Caption", "List Question")


def read_handout(data: bytes, path: Path) -> Filled:
    """Read a handout. Raises NotRead."""
    try:
        package = Package(data, path, "Word document")
        parts = (package.xml(f"word/{name}.xml") for name in ("document", "styles", "numbering"))
        body, root, lists = parts
    except SourceError as problem:
        message = problem.diagnostics[0].message
        state = "encrypted" if "password" in message else "damaged"
        raise NotRead(state, problem.diagnostics[0].hint) from None
    styles = Styles(root)
    if body is None or "Question" not in styles.names:
        raise NotRead("foreign", "it is not a handout that was made here")
    reading = _Reading(styles, Numbering(lists, styles))
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
    """True if its options are a list to choose one from."""


@dataclass(slots=True)
class _Reading:
    styles: Styles
    numbering: Numbering
    title: str = ""
    theme: str = ""
    person: dict[str, str] = field(default_factory=dict)
    asked: list[_Asked] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, paragraph: Any) -> None:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.styles.paragraph(None if named is None else named.get(VAL))
        name, text = style.name, _text(paragraph)
        if name == "Title":
            self.title = self.title or text.strip()
        elif name.lower() == "heading 1":
            self.theme = text.strip()
        elif name == "Subtitle":
            self._persons(text)
        elif name in ("Question", "Question Kept"):
            properties = inside(paragraph.find(f"{W}pPr"))
            self._question(paragraph_style(style, properties).list_id, text)
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

    def _question(self, listed: str | None, text: str) -> None:
        number, asked = _NUMBERED.fullmatch(text).groups()  # type: ignore[union-attr]
        counted = self.numbering.count(listed, 0) if listed else len(self.asked) + 1
        ticked = text.strip().startswith(_TICKED) if text.strip().startswith(_BOXES) else None
        self.asked.append(_Asked(int(number or counted), self.theme, asked.strip(), ticked))

    def _note(self, paragraph: Any, name: str, text: str) -> None:
        """Add a paragraph of notes. Outside a field, the first one is their label."""
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


def _text(paragraph: Any) -> str:
    """Return the text with tabs and line breaks; the mark of a clickable box shows if it is on."""
    parts = []
    for each in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"):
        tag = etree.QName(each).localname
        if tag == "tab" and etree.QName(each.getparent()).localname == "tabs":
            continue
        parts.append(each.text or "" if tag == "t" else "\t" if tag == "tab" else "\n")
    return "".join(parts)


def _is_prompt(paragraph: Any) -> bool:
    """Return True if it still shows the prompt, as nobody has typed there."""
    control = next(paragraph.iterancestors(f"{W}sdt"), None)
    shown = control is not None and control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    runs = paragraph.iterfind(f"{W}r/{W}rPr/{W}rStyle")
    return shown and any("laceholder" in (run.get(VAL) or "") for run in runs)
