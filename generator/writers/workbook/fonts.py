"""The fonts of a book, opened before it is planned, and the set as they can show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from generator.errors import Diagnostic, SourceError, error
from generator.look.fonts import Fonts
from generator.model import AnswerSpace, Inline, Question, QuestionSet, Span, Theme, plain
from generator.strings import Strings
from generator.writers import Context, setting_error


def opened(question_set: QuestionSet, context: Context) -> tuple[QuestionSet, Fonts]:
    """The set without invisible characters, and fonts for all the others.

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
    return settable(question_set, context.strings, fonts), fonts


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

    def of_answer(answer: AnswerSpace, line: int) -> AnswerSpace:
        low, high = (plain(clean((Span(words),), line)) for words in answer.scale_ends)
        choices = tuple(plain(clean((Span(choice),), line)) for choice in answer.choices)
        return replace(answer, scale_ends=(low, high), choices=choices)

    def of_question(question: Question) -> Question:
        followups = tuple(
            replace(followup, text=clean(followup.text, question.line))
            for followup in question.followups
        )
        text = clean(question.text, question.line)
        answer = of_answer(question.answer, question.line)
        return replace(question, text=text, followups=followups, answer=answer)

    def of_theme(theme: Theme) -> Theme:
        intro = tuple(clean(paragraph, theme.line) for paragraph in theme.intro)
        title = clean(theme.title, theme.line)
        questions = tuple(map(of_question, theme.questions))
        return replace(theme, title=title, intro=intro, questions=questions)

    cleaned = replace(
        question_set,
        themes=tuple(map(of_theme, question_set.themes)),
        intro=tuple(clean(paragraph, 1) for paragraph in question_set.intro),
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
