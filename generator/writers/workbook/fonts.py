"""The fonts of a book, opened before it is planned, and the set as they can show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from generator.diagnostics import Diagnostic, SourceError, error
from generator.look.fonts import Fonts
from generator.model import AnswerSpace, FollowUp, Note, Question, QuestionSet, Span, Theme, plain
from generator.strings import Strings
from generator.writers import Context, setting_error


def opened(
    question_set: QuestionSet, context: Context, notes: bool = False
) -> tuple[QuestionSet, Fonts]:
    """The set without invisible characters, and fonts for all the others; those of the
    facilitator's notes are looked at where `notes` are shown.

    Raises SourceError for a file that is no font and for characters that no font has.
    """
    further = question_set.settings.workbook.fonts
    try:
        fonts = Fonts(further, question_set.lang, context.stylesheet.font_files)
    except ValueError as problem:
        error_ = setting_error(
            question_set, "workbook.fonts", str(problem), "give a .ttf or .otf file"
        )
        raise SourceError([error_]) from None
    return settable(question_set, context.strings, fonts, notes), fonts


SHOWN: dict[type, tuple[str, ...]] = {
    Theme: ("title", "intro", "questions"), Question: ("text", "followups", "answer"),
    FollowUp: ("text",), AnswerSpace: ("scale_ends", "choices"), Note: ("text",),
}  # fmt: skip
"""What the workbook shows of each part of a set."""


def settable(
    question_set: QuestionSet, strings: Strings, fonts: Fonts, notes: bool = False
) -> QuestionSet:
    """Raises SourceError for characters that no font has, with all their lines."""
    lines: dict[str, list[int]] = {}

    def clean(value: Any, line: int) -> Any:
        """A part of a set, a tuple of parts, or a text, as the fonts can show it."""
        if type(value) is str:
            return plain(clean((Span(value),), line))
        if type(value) in SHOWN:
            line = getattr(value, "line", line)
            more = ("notes",) if notes and type(value) in (Theme, Question) else ()
            names = (*SHOWN[type(value)], *more)
            shown = {name: clean(getattr(value, name), line) for name in names}
            return replace(value, **shown)
        if not (value and isinstance(value[0], Span)):
            return tuple(clean(each, line) for each in value)
        text = fonts.printable(value)
        for character in fonts.missing(text):
            lines.setdefault(character, []).append(line)
        return text

    own = ("title", "subtitle", "author", "intro", "themes")
    cleaned = {
        name: clean(getattr(question_set, name), question_set.setting_lines.get(name, 1))
        for name in own
    }
    for name, words in asdict(strings).items():
        clean(words, question_set.setting_lines.get(f"strings.{name}", 1))
    if lines:
        raise SourceError([_lacking(question_set, lines)])
    return replace(question_set, **cleaned)


def _lacking(question_set: QuestionSet, lines: Mapping[str, list[int]]) -> Diagnostic:
    named = [f"{character} (U+{ord(character):04X})" for character in list(lines)[:12]]
    if len(lines) > len(named):
        named.append(f"{len(lines) - len(named)} more")
    places = sorted({line for found in lines.values() for line in found})
    shown = ", ".join(map(str, places[:12])) + (
        f" and {len(places) - 12} more" if len(places) > 12 else ""
    )
    where = "lines" if places[1:] else "line"
    return error(
        f"the workbook's fonts lack {', '.join(named)}; on {where} {shown}",
        question_set.path,
        places[0],
        "give a font that has them with --font FILE (.ttf or .otf), write them otherwise, or make"
        " the other two with --only handout --only slides",
    )
