"""The fonts of a book, which are opened before it is planned, and the set as they can show it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.diagnostics import SourceError, error, warning
from generator.look.fonts import Fonts
from generator.model import (
    AnswerSpace,
    FollowUp,
    Inline,
    Note,
    Question,
    QuestionSet,
    Span,
    Theme,
    plain,
)
from generator.strings import Strings
from generator.text.shape import JOINERS
from generator.writers import Context, setting_error


def opened(
    question_set: QuestionSet, context: Context, notes: bool = False
) -> tuple[QuestionSet, Fonts]:
    """Open the fonts for a set, and remove invisible characters and symbols that none of them has.
    The facilitator's notes are included if `notes` are shown.

    Raises SourceError for a file that is no font, and for letters that no font has.
    """
    further = question_set.settings.workbook.fonts
    try:
        own, known = context.stylesheet.font_files, context.known_fonts
        fonts = Fonts(further, question_set.lang, own, known)
    except ValueError as problem:
        error_ = setting_error(
            question_set, "workbook.fonts", str(problem), "give a .ttf or .otf file"
        )
        raise SourceError([error_]) from None
    return settable(question_set, context.strings, fonts, notes), fonts


FONT = "give a font that has them with --font FILE (.ttf or .otf)"
SHOWN: dict[type, tuple[str, ...]] = {
    Theme: ("title", "intro", "questions"), Question: ("text", "followups", "answer"),
    FollowUp: ("text",), AnswerSpace: ("scale_ends", "choices"), Note: ("text",),
}  # fmt: skip
"""The fields of each part of a set that the workbook shows."""


class _Cleaner:
    """Removes from parts of a set what the fonts cannot show, and collects it with its lines."""

    def __init__(self, fonts: Fonts, notes: bool) -> None:
        self.fonts, self.notes = fonts, notes
        self.letters = defaultdict[str, list[int]](list)
        self.symbols = defaultdict[str, list[int]](list)

    def clean(self, value: Any, line: int) -> Any:
        """Clean a part of a set, a tuple of parts, or a text."""
        if type(value) is str:
            return plain(self.clean((Span(value),), line))
        if type(value) in SHOWN:
            line = getattr(value, "line", line)
            more = ("notes",) if self.notes and type(value) in (Theme, Question) else ()
            names = (*SHOWN[type(value)], *more)
            return replace(
                value, **{each: self.clean(getattr(value, each), line) for each in names}
            )
        if not (value and isinstance(value[0], Span)):
            return tuple(self.clean(each, line) for each in value)
        text = self.fonts.printable(value)
        lacking = self.fonts.missing(text)
        for character in lacking:
            (self.letters if _is_letter(character) else self.symbols)[character].append(line)
        return _without(text, lacking) if lacking else text


def settable(
    question_set: QuestionSet, strings: Strings, fonts: Fonts, notes: bool = False
) -> QuestionSet:
    """Remove symbols that no font has; `fonts.left_out` names them.

    Raises SourceError for letters that no font has, with all their lines.
    """
    cleaner, places = _Cleaner(fonts, notes), question_set.setting_lines
    own = ("title", "subtitle", "author", "intro", "themes")
    cleaned = {
        name: cleaner.clean(getattr(question_set, name), places.get(name, 1)) for name in own
    }
    fonts.left_out = ()
    if cleaner.symbols:
        message, line = _named(cleaner.symbols)
        hint = f"{FONT}, or write them in words"
        message = f"{message}; the workbook leaves them out"
        fonts.left_out = (warning(message, question_set.path, line, hint),)
    for name, words in strings._asdict().items():
        for text in words if isinstance(words, tuple) else (words,):
            for character in fonts.missing((Span(text),)):
                cleaner.letters[character].append(places.get(f"strings.{name}", 1))
    if cleaner.letters:
        message, line = _named(cleaner.letters)
        hint = (
            f"{FONT}, write them otherwise, or make the other two with --only handout --only slides"
        )
        raise SourceError([error(message, question_set.path, line, hint)])
    return replace(question_set, **cleaned)


def _is_letter(character: str) -> bool:
    """Return True if a text cannot do without this character: a letter, a mark or a digit, but no
    emoji."""
    return unicodedata.category(character)[0] in "LMN"


def _without(text: Inline, characters: Iterable[str]) -> Inline:
    """Remove characters from a text, each with the space before it and the joiners after it. A text
    with nothing else becomes their names."""
    these = f"[{re.escape(''.join(characters))}]"
    pattern = re.compile(f" ?{these}[{JOINERS}\ufe0f]*")
    made = [replace(span, text=pattern.sub("", span.text)) for span in text]
    if plain(tuple(made)).strip():
        made[0] = replace(made[0], text=made[0].text.lstrip())
        return tuple(span for span in made if span.text)
    named = (unicodedata.name(each, "").lower() for each in plain(text) if re.match(these, each))
    return (replace(text[0], text=" ".join(dict.fromkeys(filter(None, named))) or "–"),)


def _named(lines: Mapping[str, list[int]]) -> tuple[str, int]:
    """Name the characters that no font has, and return the first line with one."""
    named = [f"{character} (U+{ord(character):04X})" for character in list(lines)[:12]]
    if len(lines) > len(named):
        named.append(f"{len(lines) - len(named)} more")
    places = sorted({line for found in lines.values() for line in found})
    shown = ", ".join(map(str, places[:12])) + (
        f" and {len(places) - 12} more" if len(places) > 12 else ""
    )
    where = "lines" if places[1:] else "line"
    return f"the workbook's fonts lack {', '.join(named)}; on {where} {shown}", places[0]
