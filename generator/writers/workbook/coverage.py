"""What the fonts can set: a set without invisible characters, or an error that names the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from generator.errors import Diagnostic, SourceError, error
from generator.look.fonts import Fonts
from generator.model import Inline, QuestionSet, Span, Theme, plain
from generator.strings import Strings


def settable(question_set: QuestionSet, strings: Strings, fonts: Fonts) -> QuestionSet:
    """Raises SourceError for characters that no font has, with all their lines."""
    lines: dict[str, list[int]] = {}

    def clean(text: Inline, line: int) -> Inline:
        text = fonts.printable(text)
        for character in fonts.missing(text):
            lines.setdefault(character, []).append(line)
        return text

    def bare(text: str, setting: str) -> str:
        return plain(clean((Span(text),), question_set.setting_lines.get(setting, 1)))

    def theme_of(theme: Theme) -> Theme:
        questions = tuple(
            replace(
                question,
                text=clean(question.text, question.line),
                followups=tuple(
                    replace(followup, text=clean(followup.text, question.line))
                    for followup in question.followups
                ),
            )
            for question in theme.questions
        )
        intro = tuple(clean(paragraph, theme.line) for paragraph in theme.intro)
        title = clean(theme.title, theme.line)
        return replace(theme, title=title, intro=intro, questions=questions)

    cleaned = replace(
        question_set,
        themes=tuple(map(theme_of, question_set.themes)),
        title=bare(question_set.title, "title"),
        subtitle=bare(question_set.subtitle, "subtitle"),
        author=bare(question_set.author, "author"),
    )
    for name, words in asdict(strings).items():
        for text in [words] if isinstance(words, str) else words:
            bare(text, f"strings.{name}")
    if lines:
        raise SourceError([_lacking(question_set, lines)])
    return cleaned


def _lacking(question_set: QuestionSet, lines: Mapping[str, list[int]]) -> Diagnostic:
    named = [f"{character} (U+{ord(character):04X})" for character in list(lines)[:12]]
    if len(lines) > len(named):
        named.append(f"{len(lines) - len(named)} more")
    places = sorted({line for found in lines.values() for line in found})
    shown = ", ".join(map(str, places[:12])) + (
        f" and {len(places) - 12} more" if len(places) > 12 else ""
    )
    return error(
        f"the workbook's fonts lack {', '.join(named)}; on lines {shown}",
        question_set.path,
        places[0],
        "give a font that has them with --font FILE (.ttf or .otf), write them otherwise, or make"
        " the other two with --only handout --only slides",
    )
