"""The work of one user, by the functions that the command uses. Nothing here opens a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator import readers, writers
from generator.convert import to_markdown
from generator.diagnostics import (
    Diagnostic,
    Problems,
    Severity,
    SourceError,
    UsageError,
    error,
    warning,
)
from generator.kit import NEEDS, Prepared, documents_of, prepared_for, stem_of
from generator.look.brand import Look, branded_by
from generator.look.style import StyleSheet
from generator.model import QuestionSet
from generator.readers.front_matter import safe_name
from generator.starter import NAMES
from generator.starter import __name__ as STARTER
from generator.studio import view
from generator.studio.edit import changed
from generator.studio.pages import pages
from generator.writers import WRITERS

BRAND = "_brand.yml"
PARTS = ("primary", "secondary", "tertiary")
"""Colours of a brand that the page asks for."""
KEPT = 50 << 20
"""Maximum bytes of all templates and logos together."""
PARSED, JUDGED, READ_BACK = 0.15, 0.35, 0.55
"""Shares of the time from a long list to its workbook, as measured with 40,000 questions."""


class _Open(NamedTuple):
    """A set as it was last shown."""

    markdown: str
    brand: dict[str, Any]
    name: str
    question_set: QuestionSet
    prepared: Prepared
    plans: dict[str, Any]
    pages: dict[str, Any]


class Desk:
    """The uploaded files by name, and the last set."""

    def __init__(self, share: Callable[[float], None] = lambda _: None) -> None:
        """Begin; `share` is called with the finished part of a long task."""
        self.files: dict[str, bytes] = {}
        self._share = share
        self._last: _Open | None = None
        self._original: tuple[Path, bytes] | None = None
        self._fonts: dict[Any, Any] = {}
        """Fonts and words that were shaped for this list; typing adds a few words."""
        for name in WRITERS:
            writers.load(name)

    def keep(self, name: str, data: bytes) -> None:
        """Keep a template or a logo, by a name without a folder. Raises UsageError for too many."""
        kept = self.files | {Path(name).name: data}
        if sum(map(len, kept.values())) > KEPT:
            hint = "make the pictures in them smaller"
            raise UsageError([error("these files are too large together", hint=hint)])
        self.files = kept
        self._last = None

    # -- bringing a list

    def sample(self) -> dict[str, Any]:
        return self.read(NAMES[0], (files(STARTER) / NAMES[0]).read_bytes())

    def read(self, name: str, data: bytes, way: str = "") -> dict[str, Any]:
        """Return a list in any format as our Markdown, with the doubts of its reader."""
        path = Path(f"{safe_name(Path(name).stem) or 'questions'}{Path(name).suffix[:10].lower()}")
        self._original, self._fonts = (path, data), {}
        reading = readers.read_bytes(data, path, way, lambda: self._share(PARSED))
        self._share(JUDGED)
        question_set = _without_folders(reading.question_set)
        doubts = list(view.doubts(question_set, reading.diagnostics))
        stem, titled = question_set.slug, safe_name(question_set.title)
        markdown = to_markdown(question_set, stem)
        return {"markdown": markdown, "name": stem, "titled": titled, "doubts": doubts}

    def original(self) -> list[tuple[int, str]]:
        """Return the lines of the uploaded file, or its paragraphs or rows."""
        if self._original is None:
            return []
        path, data = self._original
        if path.suffix in readers.BINARY:
            source = readers.source_of(data, path, Problems(path))
            return [(each.line, each.text) for each in source.blocks if each.text]
        return list(enumerate(data.decode("utf-8", "replace").splitlines(), 1))

    # -- working on it

    def work(
        self, markdown: str, name: str, brand: dict[str, Any], change: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the set of a Markdown text after one change, and everything to report about it."""
        at, name = None, safe_name(name) or "questions"
        if change:
            markdown, at = self._changed(markdown, name, change)
        markdown = markdown.encode("utf-8", "replace").decode()  # halves of characters are none
        look = _look(brand, self.files)
        question_set, diagnostics = _read(markdown, name)
        self._share(READ_BACK)
        served, missing = _served(question_set, self.files)
        problems = [*diagnostics, *look.diagnostics, *missing]
        if self._last is None or self._last[:3] != (markdown, brand, name):
            uploads = {Path(name): data for name, data in self.files.items()}
            prepared = prepared_for(served, look.stylesheet, uploads, self._fonts)
            self._last = _Open(markdown, brand, name, question_set, prepared, {}, {})
        plan = None
        try:
            plan = self._plan("workbook")
        except SourceError as problem:
            problems += problem.diagnostics
        return {
            "markdown": markdown,
            "at": at,
            "set": view.front(question_set),
            "rows": list(view.rows(question_set)),
            "problems": list(view.doubts(question_set, problems)),
            "fit": view.fit(plan) if plan else None,
            "pages": {"workbook": self.show("workbook")} if plan else {},
            "colors": view.colors(look.stylesheet),
        }

    def _changed(self, markdown: str, name: str, change: dict[str, Any]) -> tuple[str, int | None]:
        """Return the set after a change. The Markdown of the last answer is not read again."""
        last = self._last
        known = last and (last.markdown, last.name) == (markdown, name)
        question_set = last.question_set if last and known else _read(markdown, name)[0]
        if change.get("do") == "set" and isinstance(values := change.get("values"), dict):
            return _with_settings(to_markdown(question_set, name), values), None
        made, at = changed(question_set, change)
        return to_markdown(made, name), at

    def show(self, document: str) -> dict[str, Any]:
        """Return the number of a document's pages and their size in points. `places` are the pages
        of themes and questions by `theme,place`, with the theme from 0 and the question from 1."""
        shown = self._pages(document)
        return {"size": shown.size, "names": shown.names, "places": shown.places}

    def page(self, document: str, number: int, pixels: int) -> Any:
        """Return one page: of a PDF a picture, of other documents shapes and lines of text."""
        shown = self._pages(document)
        if not 0 <= number < len(shown.names):
            raise UsageError([error("this page is no longer there", hint="look at another")])
        return shown.page(number, pixels)

    def _plan(self, document: str) -> Any:
        last = self._opened()
        if document not in WRITERS:
            raise UsageError([error(f"there is no document '{document}'", hint="choose another")])
        if document not in last.plans:
            question_set, context = last.prepared.question_set, last.prepared.context
            for each in NEEDS[document]:
                context = replace(context, **self._numbers(each))
            last.plans[document] = writers.load(document).plan(question_set, context)
        return last.plans[document]

    def _pages(self, document: str) -> Any:
        made, plan = self._opened().pages, self._plan(document)
        if document not in made:
            made[document] = pages(document, plan)
        return made[document]

    def _numbers(self, document: str) -> dict[str, Any]:
        """Return the numbers of a document that others print; none if it cannot be planned."""
        try:
            numbers: dict[str, Any] = self._plan(document).numbers
        except SourceError:
            numbers = {}
        return numbers

    def _opened(self) -> _Open:
        if self._last is None:
            raise UsageError([error("there is no list yet", hint="add one first")])
        return self._last

    # -- taking it

    def take(self, documents: Sequence[str]) -> tuple[str, bytes]:
        """Return a document, or several in one .zip, under the names that the command gives
        them."""
        prepared = self._opened().prepared
        wanted = [name for name in WRITERS if name in documents]
        if not wanted:
            raise UsageError([error("no document is chosen", hint="choose at least one")])
        slug, made = prepared.question_set.slug, dict[str, bytes]()
        for name, output in documents_of(prepared, wanted):
            stem = stem_of(slug, name, output.edition)
            parts = {WRITERS[name].suffix: output.data, **output.also}
            made |= {f"{stem}{suffix}": data for suffix, data in parts.items()}
        return _one(made, slug)

    def save(self) -> tuple[str, bytes]:
        """Return the list as Markdown; with a brand or a template, as a .zip of everything that it
        needs."""
        last = self._opened()
        settings = last.question_set.settings
        made = {f"{last.name}.md": last.markdown.encode()}
        if brand := _brand(last.brand):
            made[BRAND] = brand.encode()
        named = {str(settings.handout.template), str(settings.slides.template)}
        named.add(str(last.brand.get("logo")))
        made |= {name: data for name, data in self.files.items() if name in named}
        return _one(made, last.question_set.slug)


def _read(markdown: str, name: str) -> tuple[QuestionSet, Sequence[Diagnostic]]:
    reading = readers.read_bytes(markdown.encode(), Path(f"{name}.md"))
    return _without_folders(reading.question_set), reading.diagnostics


def _with_settings(markdown: str, values: Mapping[str, Any]) -> str:
    """Return the Markdown with these values in its front matter, where its reader checks them."""
    head, _, body = markdown.partition("\n---\n")
    matter = yaml.safe_load(head)
    for key, value in values.items():
        old = matter.get(key, {})
        matter[key] = old | value if isinstance(value, dict) and isinstance(old, dict) else value
    head = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10**6)
    return f"---\n{head}---\n{body}"


def _look(brand: Mapping[str, Any], files: Mapping[str, bytes]) -> Look:
    """Return our style sheet with a brand. Raises SourceError for an invalid colour or logo."""
    look = branded_by(_brand(brand) or "{}", StyleSheet(), Problems(Path(BRAND)), files)
    if any(found.severity is Severity.ERROR for found in look.diagnostics):
        raise SourceError(look.diagnostics)
    return look


def _brand(brand: Mapping[str, Any]) -> str:
    """Return the brand from the page as the file that the command reads; empty if there is none."""
    colors = {name: str(brand[name]) for name in PARTS if brand.get(name)}
    file: dict[str, Any] = {"color": colors} if colors else {}
    if brand.get("logo"):
        file["logo"] = {"medium": {"path": str(brand["logo"]), "alt": str(brand.get("alt", ""))}}
    return yaml.safe_dump(file, allow_unicode=True, sort_keys=False) if file else ""


def _without_folders(question_set: QuestionSet) -> QuestionSet:
    """Remove the folders from file names in a set, as files are uploads."""
    settings = question_set.settings
    for document in ("handout", "slides"):
        own = getattr(settings, document)
        if own.template:
            own = replace(own, template=Path(own.template.name))
            settings = replace(settings, **{document: own})
    return replace(question_set, settings=settings)


def _served(
    question_set: QuestionSet, files: Mapping[str, bytes]
) -> tuple[QuestionSet, list[Diagnostic]]:
    """Remove settings that name files which were not uploaded, with warnings.

    No path in a list is ever opened.
    """
    settings, missing = question_set.settings, list[Path]()
    for document in ("handout", "slides"):
        own = getattr(settings, document)
        if own.template and own.template.name not in files:
            missing.append(own.template)
            settings = replace(settings, **{document: replace(own, template=None)})
    missing += settings.workbook.fonts
    settings = replace(settings, workbook=replace(settings.workbook, fonts=()))
    hint = "choose it under Make it yours, or delete its line in the Markdown"
    said = [
        warning(f"{path.name} was not uploaded", question_set.path, hint=hint) for path in missing
    ]
    return replace(question_set, settings=settings), said


def _one(files: Mapping[str, bytes], name: str) -> tuple[str, bytes]:
    """Return a single file as it is, and several as one .zip, whose entries have a constant
    time."""
    if len(files) == 1:
        return next(iter(files.items()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for each, data in files.items():
            archive.writestr(zipfile.ZipInfo(each), data)
    return f"{name}.zip", buffer.getvalue()
