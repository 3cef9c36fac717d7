"""The settings of front matter and command line: options of the set and of each document.

They are made once, when a set is read, and plans use them as they are. To add an option, add a
field with its type and default; `schema.build` says which types there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, TypeVar, get_args

from generator import schema
from generator.diagnostics import Problems, UsageError
from generator.schema import InvalidValue, written_as
from generator.strings import Strings, for_language
from generator.tree import Node, of_values

Paper = Literal["a4", "letter", "a5"]
Edition = Literal["print", "fillable", "large-print", "booklet"]
DocumentName = Literal["workbook", "handout", "slides", "run-sheet", "cards"]

PageName = Literal[
    "cover", "how-to", "contents", "agreement", "themes", "questions", "conversations", "stood-out",
    "action-plan", "notes",
]  # fmt: skip

TEMPLATES = {".docx": "handout", ".dotx": "handout", ".pptx": "slides", ".potx": "slides"}
"""The document that a template with this suffix is for."""


def _pages(node: Node) -> tuple[PageName, ...]:
    """Read the pages of a workbook: the questions once, all others but notes at most once."""
    pages: tuple[PageName, ...] = schema.valid(node, tuple[PageName, ...])
    twice = [name for name in pages if pages.count(name) > 1 and name != "notes"]
    if twice:
        raise InvalidValue(
            "delete one of them; only notes can be repeated", f"{twice[0]} is listed twice"
        )
    if len({"themes", "questions"} & set(pages)) != 1:
        hint = "`themes` opens each theme with a list of its questions, `questions` does not"
        raise InvalidValue(hint, "name either themes or questions")
    return pages


def _documents(node: Node) -> tuple[DocumentName, ...]:
    names: tuple[DocumentName, ...] = schema.valid(node, tuple[DocumentName, ...])
    if not names:
        raise InvalidValue(f"name at least one of {', '.join(get_args(DocumentName))}")
    return tuple(dict.fromkeys(names))


def _clock(node: Node) -> str:
    """Read a time of the day, as in 9:05."""
    hour, _, minute = (node.text or "").strip().replace(".", ":").partition(":")
    if re.fullmatch("[0-9]{1,2}", hour) and re.fullmatch("[0-5][0-9]|", minute) and int(hour) < 24:
        return f"{int(hour)}:{minute or '00'}"
    raise InvalidValue("write a time of the day, such as 14:00")


def _minutes(node: Node) -> int:
    """Read whole minutes, with or without a unit after them."""
    number = Node(
        (node.text or "").casefold().removesuffix("minutes").removesuffix("min").strip(), 0
    )
    try:
        return schema.whole_number(1, 24 * 60)(number)
    except InvalidValue:
        raise InvalidValue("write the minutes as a whole number, such as 90") from None


def _like(usual: Any) -> Callable[[Node], Any]:
    """Return a function that reads replacements of `usual` words: same type, no other
    placeholders."""

    def words(node: Node) -> Any:
        made = schema.valid(node, tuple[str, ...] if isinstance(usual, tuple) else str)
        if isinstance(made, str) and not _placeholders(made) <= _placeholders(usual):
            raise InvalidValue(f"write it like {usual!r}")
        return made

    return words


def _placeholders(text: str) -> set[str]:
    """Return the names in braces. Raises InvalidValue if `str.format` would do more."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise InvalidValue("double a brace that is text: {{ or }}") from None
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise InvalidValue("write only a name between braces")
    return {str(name) for _, name, _, _ in parts}


OWN_WORDS: dict[str, Any] = {
    name: Annotated[Any, _like(default)]
    for name, default in Strings()._asdict().items()
    if name != "lang"
}
"""The annotations of a set's own words."""


@dataclass(frozen=True, slots=True)
class WorkbookOptions:
    edition: Edition = "print"
    pages: Annotated[tuple[PageName, ...], _pages] = (
        "cover", "how-to", "contents", "themes", "stood-out", "action-plan", "notes"
    )  # fmt: skip
    """The pages in their order; `questions` is `themes` without a list of the questions before
    each."""
    open_right: bool = False
    """If True, themes open on right-hand pages, with a page for notes before if needed."""
    fonts: tuple[Path, ...] = ()
    """Fonts for characters that the workbook's own fonts lack."""
    cover: Literal["full", "quiet"] = "full"
    """The quiet cover saves toner."""


@dataclass(frozen=True, slots=True)
class HandoutOptions:
    answers: Literal["none", "lines", "fields"] = "none"
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class SlidesOptions:
    """Settings of the slides. Each `..._layout` is the name of a layout in the template, to be used
    instead of the one that we find."""

    questions_per_slide: int = 1
    agenda: bool = True
    section: bool = True
    overview: bool = True
    closing: bool = True
    template: Path | None = None
    title_layout: str = ""
    section_layout: str = ""
    question_layout: str = ""
    closing_layout: str = ""


@dataclass(frozen=True, slots=True)
class CardsOptions:
    size: Literal["a6", "a7", "business"] = "a7"
    """4, 8 or 10 to a sheet of A4 or Letter."""
    backs: bool = True
    flip: Literal["long", "short"] = "long"
    """The edge of the paper on which the printer flips the sheet for its back."""
    fold: bool = False
    """If True, fronts and backs are side by side, to be folded back to back."""


@dataclass(frozen=True, slots=True)
class Settings:
    paper: Paper = "a4"
    documents: Annotated[tuple[DocumentName, ...], _documents] = ("workbook", "handout", "slides")
    """The documents to make if the command line names none."""
    starts: Annotated[str, _clock] = ""
    """The start of the workshop, such as 14:00; without it the run sheet's clock begins at 0:00."""
    duration: Annotated[int, _minutes] = 0
    """The duration of the workshop in minutes; 0 if it is not given."""
    strings: Annotated[Mapping[str, Any], OWN_WORDS] = field(default_factory=dict)
    """A set's own words, in place of those of its language."""
    workbook: WorkbookOptions = WorkbookOptions()
    handout: HandoutOptions = HandoutOptions()
    slides: SlidesOptions = SlidesOptions()
    cards: CardsOptions = CardsOptions()


def strings_of(settings: Settings, lang: str) -> Strings:
    """Return the words of a language with a set's own in their place. These follow the plural rules
    of that language, too."""
    words = for_language(lang)
    return words._replace(lang=lang, **settings.strings) if settings.strings else words


KEYS = tuple(field.name for field in fields(Settings))

INSIDE = {
    written_as(inner.name): outer.name
    for outer in fields(Settings)
    if is_dataclass(outer.default)
    for inner in fields(outer.default)
}
"""The options of documents, each with the document that it belongs to."""


def settings_of(values: Mapping[str, Any], own: Settings | None = None) -> Settings:
    """Return settings with some of them replaced; options of a document are replaced one by one.

    Paths are relative to the current folder. Raises UsageError for invalid keys and values.
    """
    problems = Problems(Path())
    given = schema.build(of_values(values), Settings, problems)
    if problems.fatal:
        raise UsageError(replace(found, path=None, line=None) for found in problems.found)
    return _merged(own or Settings(), given, values)


T = TypeVar("T")


def _merged(own: T, given: T, keys: Mapping[str, Any]) -> T:
    changes: dict[str, Any] = {}
    for key, value in keys.items():
        name = key.replace("-", "_")
        old, new = getattr(own, name), getattr(given, name)
        if is_dataclass(new) and isinstance(value, Mapping):
            new = _merged(old, new, value)
        elif isinstance(new, Mapping):
            new = {**old, **new}
        changes[name] = new
    return replace(own, **changes)  # type: ignore[type-var]
