"""What one person works on, by the functions that the command uses. Nothing here opens a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator import readers, writers
from generator.checking import Check, beside
from generator.convert import text, to_markdown
from generator.diagnostics import (
    Diagnostic,
    Problems,
    Severity,
    SourceError,
    UsageError,
    error,
    warning,
)
from generator.kit import NEEDS, Prepared, documents_of, prepared_for
from generator.look.brand import branded_by
from generator.look.color import contrast
from generator.look.style import StyleSheet
from generator.model import Inline, QuestionSet, Span, plain
from generator.readers.front_matter import safe_name
from generator.starter import NAMES
from generator.starter import __name__ as STARTER
from generator.studio import drawn
from generator.studio.edit import changed
from generator.writers import WRITERS
from generator.writers.workbook.boxes import Bookmark, Field, Link

BRAND = "_brand.yml"
QUALITY = 88
"""Of the pictures of pages, as JPEG."""
PARTS = ("primary", "secondary", "tertiary")
"""Of a brand, the colours that the page asks for."""


class _Open(NamedTuple):
    """A set as it was last shown."""

    key: tuple[str, str, str]
    """Its Markdown, its brand and its name."""
    prepared: Prepared
    markdown: str
    question_set: QuestionSet
    plans: dict[str, Any]


class Desk:
    """Files that were uploaded, by their names, and the last set."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._last: _Open | None = None
        self._original: tuple[Path, bytes] | None = None
        for name in WRITERS:
            writers.load(name)

    def keep(self, name: str, data: bytes) -> None:
        """A template, a logo or a font, by a name without a folder."""
        self.files[Path(name).name] = data
        self._last = None

    # -- bringing a list

    def sample(self) -> dict[str, Any]:
        from importlib.resources import files

        return self.read(NAMES[0], (files(STARTER) / NAMES[0]).read_bytes())

    def read(self, name: str, data: bytes, way: str = "") -> dict[str, Any]:
        """A list, whatever it is, as our Markdown, with what its reader was in doubt about."""
        path = Path(f"{safe_name(Path(name).stem) or 'questions'}{Path(name).suffix[:10].lower()}")
        self._original = (path, data)
        reading = readers.read_bytes(data, path, way)
        question_set = _without_folders(reading.question_set)
        stem = question_set.slug
        doubts = _doubts(question_set, reading.diagnostics)
        return {"markdown": to_markdown(question_set, stem), "name": stem, "doubts": doubts}

    def original(self) -> list[tuple[int, str]]:
        """The lines of what was brought, or its paragraphs or rows."""
        if self._original is None:
            return []
        path, data = self._original
        source = readers.source_of(data, path, Problems(path))
        if path.suffix in readers.BINARY:
            return [(each.line, each.text) for each in source.blocks if each.text]
        return list(enumerate(data.decode("utf-8", "replace").splitlines(), 1))

    # -- working on it

    def work(
        self, markdown: str, name: str, brand: dict[str, Any], change: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The set of a Markdown with one change, and all that is to be said of it."""
        if change:
            markdown = to_markdown(changed(self._set(markdown, name), change), name)
        look = self._brand(brand)
        reading = readers.read_bytes(markdown.encode(), Path(f"{name}.md"))
        question_set = _without_folders(reading.question_set)
        served, files, missing = _served(question_set, self.files)
        problems = [*reading.diagnostics, *look.diagnostics, *missing]
        key = (markdown, str(brand), name)
        if self._last is None or self._last.key != key:
            prepared = prepared_for(served, look.stylesheet, files)
            self._last = _Open(key, prepared, markdown, question_set, {})
        plan = None
        try:
            plan = self._plan("workbook")
        except SourceError as problem:
            problems += problem.diagnostics
        return {
            "markdown": markdown,
            "set": _outline(Check(question_set, (), plan)),
            "problems": _doubts(question_set, problems),
            "fit": _fit(plan) if plan else None,
            "pages": {"workbook": self.show("workbook")} if plan else {},
            "colors": _colors(look.stylesheet),
        }

    def _set(self, markdown: str, name: str) -> QuestionSet:
        """What was read from this Markdown just now is not read again with each change."""
        if self._last and (self._last.key[0], self._last.key[2]) == (markdown, name):
            return self._last.question_set
        read = readers.read_bytes(markdown.encode(), Path(f"{name}.md"))
        return _without_folders(read.question_set)

    def show(self, document: str) -> dict[str, Any]:
        """How many pages a document has, and how large they are, in points."""
        plan = self._plan(document)
        if WRITERS[document].suffix == ".pdf":
            book = getattr(plan, "book", plan)
            names = [page.label for page in book.pages]
            at = {label: number for number, label in reversed(list(enumerate(names)))}
            places = {
                f"{theme - 1},{place}": at[label]
                for (theme, place), label in book.page_labels.items()
                if label in at
            }
            return {"size": (book.width, book.height), "names": names, "places": places}
        pages = self._drawn(document)
        return {"size": pages.size, "names": pages.names, "places": pages.places}

    def page(self, document: str, number: int, pixels: int) -> Any:
        """One page: of a PDF a picture, of the others shapes and lines of text."""
        plan, is_pdf = self._plan(document), WRITERS[document].suffix == ".pdf"
        book = getattr(plan, "book", plan)
        if not 0 <= number < len(book.pages if is_pdf else self._drawn(document).names):
            raise UsageError([error("this page is no longer there", hint="look at another")])
        if not is_pdf:
            return self._drawn(document).shapes(number)
        whole = book.pages[number]  # without what leads to other pages, which are not there
        boxes = tuple(each for each in whole.boxes if type(each) not in (Bookmark, Field, Link))
        one = replace(book, edition="print", pages=(replace(whole, boxes=boxes),))
        data = writers.load("workbook").write(one).data
        return _picture(data, min(max(pixels, 100), 3000))

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

    def _drawn(self, document: str) -> drawn.Pages:
        plans, key = self._opened().plans, f"{document}, drawn"
        plans[key] = plans.get(key) or drawn.pages(document, plans[document])
        made: drawn.Pages = plans[key]
        return made

    def _numbers(self, document: str) -> dict[str, Any]:
        """What other documents say of its pages; nothing where it cannot be planned."""
        try:
            numbers: dict[str, Any] = self._plan(document).numbers
        except SourceError:
            numbers = {}
        return numbers

    def _opened(self) -> _Open:
        if self._last is None:
            raise UsageError([error("there is no list yet", hint="bring one first")])
        return self._last

    # -- taking it

    def take(self, documents: Sequence[str]) -> tuple[str, bytes]:
        """A document, or several in one .zip, under the names that the command gives them."""
        last = self._opened()
        wanted = [name for name in WRITERS if name in documents]
        if not wanted:
            raise UsageError([error("no document is chosen", hint="choose at least one")])
        made: dict[str, bytes] = {}
        for name, output in documents_of(last.prepared, wanted):
            parts = (last.prepared.question_set.slug, name, output.edition)
            for suffix, data in {WRITERS[name].suffix: output.data, **output.also}.items():
                made[f"{'-'.join(filter(None, parts))}{suffix}"] = data
        return _one(made, last.prepared.question_set.slug)

    def save(self, brand: dict[str, Any]) -> tuple[str, bytes]:
        """The list as Markdown; with a brand or a template, a .zip of all that it needs."""
        last = self._opened()
        question_set = last.prepared.question_set
        made = {f"{last.key[2]}.md": last.markdown.encode()}
        if brand_text := _brand_text(brand):
            made[BRAND] = brand_text.encode()
        settings = question_set.settings
        named = {_name(settings.handout.template), _name(settings.slides.template)}
        named.add(str(brand.get("logo", "")))
        made |= {name: data for name, data in self.files.items() if name in named}
        return _one(made, question_set.slug)

    def _brand(self, brand: dict[str, Any]) -> Any:
        """Our style sheet with a brand. Raises SourceError for a colour or logo that is none."""
        problems = Problems(Path(BRAND))
        look = branded_by(_brand_text(brand) or "{}", StyleSheet(), problems, self.files)
        if any(found.severity is Severity.ERROR for found in look.diagnostics):
            raise SourceError(look.diagnostics)
        return look


def _served(
    question_set: QuestionSet, files: Mapping[str, bytes]
) -> tuple[QuestionSet, dict[Path, bytes], list[Diagnostic]]:
    """A set with the uploaded files that its settings name; what is not here is left out, and said.

    No path of a list is ever opened.
    """
    settings = question_set.settings
    handout, slides = settings.handout, settings.slides
    paths = [path for path in (handout.template, slides.template) if path]
    hint = "choose it under Make it yours, or delete its line in the Markdown"
    missing = [path for path in (*paths, *settings.workbook.fonts) if path.name not in files]
    if handout.template in missing:
        handout = replace(handout, template=None)
    if slides.template in missing:
        slides = replace(slides, template=None)
    workbook = replace(settings.workbook, fonts=())
    settings = replace(settings, workbook=workbook, handout=handout, slides=slides)
    said = [warning(f"{path.name} is not here", question_set.path, hint=hint) for path in missing]
    found = {path: files[path.name] for path in paths if path.name in files}
    return replace(question_set, settings=settings), found, said


def _without_folders(question_set: QuestionSet) -> QuestionSet:
    """Files that a set names are uploads: their names alone count."""
    settings = question_set.settings
    named = {
        document: replace(own, template=Path(own.template.name))
        for document in ("handout", "slides")
        if (own := getattr(settings, document)).template
    }
    return replace(question_set, settings=replace(settings, **named))


def _brand_text(brand: Mapping[str, Any]) -> str:
    """What the page knows of a brand, as the file that the command reads; empty where nothing."""
    colors = {name: str(brand[name]) for name in PARTS if brand.get(name)}
    file: dict[str, Any] = {"color": colors} if colors else {}
    if brand.get("logo"):
        file["logo"] = {"medium": {"path": str(brand["logo"]), "alt": str(brand.get("alt", ""))}}
    return yaml.safe_dump(file, allow_unicode=True, sort_keys=False) if file else ""


def _one(files: Mapping[str, bytes], name: str) -> tuple[str, bytes]:
    """A file as it is, several as one .zip; its entries have the time of no clock."""
    if len(files) == 1:
        return next(iter(files.items()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in files.items():
            archive.writestr(zipfile.ZipInfo(each), data)
    return f"{name}.zip", buffer.getvalue()


def _picture(pdf: bytes, pixels: int) -> bytes:
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[0]
    buffer = io.BytesIO()
    image = page.render(scale=pixels / page.get_width()).to_pil()
    image.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
    return buffer.getvalue()


def _fit(plan: Any) -> dict[str, int]:
    """Pages of the workbook, and the sheets that they take, printed on both sides."""
    pages = len(plan.pages)
    a_sheet = 4 if plan.edition == "booklet" else 2
    return {"pages": pages, "sheets": -(-pages // a_sheet)}


def _colors(stylesheet: StyleSheet) -> list[dict[str, Any]]:
    """The accents of a look and their contrast to white, as it is printed."""
    palette = stylesheet.palette
    pairs = zip(palette.surfaces, palette.accents, strict=True)
    return [
        {"surface": surface, "text": accent, "contrast": round(contrast(accent), 1)}
        for surface, accent in pairs
    ]


def _doubts(question_set: QuestionSet, found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Problems with their places: the theme or question that each stands beside, and its text;
    `here` says that it is of just that text, and not of one that was left out below it."""
    places: list[tuple[dict[str, int], Inline, int]] = [({}, (), 0)]
    for at, theme in enumerate(question_set.themes):
        places.append(({"theme": at}, theme.title, theme.line))
        for number, each in enumerate(theme.questions):
            places.append(({"theme": at, "question": number}, each.text, each.line))
    found = list(found)
    sorted_ = beside(question_set, found)
    errors = [each for each in found if each.severity is Severity.ERROR]
    sorted_[0] = errors + sorted_[0]
    return [
        {
            "severity": doubt.severity, "message": doubt.message, "hint": doubt.hint, "at": at,
            "line": doubt.line if doubt.path == question_set.path else None,
            "beside": plain(text), "here": doubt.line == line,
        }
        for place, (at, text, line) in enumerate(places) for doubt in sorted_[place]
    ]  # fmt: skip


def _outline(check: Check) -> dict[str, Any]:
    """What `check --json` says of a set, with its settings, and Markdown of texts with styles."""
    question_set = check.question_set
    assert question_set
    data: dict[str, Any]
    (data,) = check.as_data()["sets"]
    settings = question_set.settings
    book, handout, slides = settings.workbook, settings.handout, settings.slides
    data |= {"author": question_set.author, "paper": settings.paper}
    data["documents"] = settings.documents
    data["date"] = question_set.date.isoformat() if question_set.date else ""
    data["workbook"] = {"edition": book.edition, "pages": book.pages, "cover": book.cover}
    data["handout"] = {"answers": handout.answers, "template": _name(handout.template)}
    data["slides"] = {
        "questions-per-slide": slides.questions_per_slide, "template": _name(slides.template)
    }  # fmt: skip
    for theme, about in zip(question_set.themes, data["themes"], strict=True):
        about["markdown"] = _styled(theme.title)
        for question, own in zip(theme.questions, about["questions"], strict=True):
            own["markdown"] = _styled(question.text)
    return data


def _name(path: Path | None) -> str:
    return path.name if path else ""


def _styled(inline: Inline) -> str:
    """A text as Markdown where that says more than its characters; else nothing."""
    return text(inline) if any(replace(span, text="") != Span("") for span in inline) else ""
