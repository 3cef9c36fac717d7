"""From raw themes to the document model: numbers, inheritance and answer spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.diagnostics import Problems, SourceError
from generator.model import AnswerKind, AnswerSpace, Question, QuestionSet, Span, Theme, plain
from generator.readers import Reading, asks, decide, front_matter
from generator.readers.attributes import Attributes, rated
from generator.readers.raw import RawQuestion, RawTheme, Source


def assemble(source: Source, path: Path, problems: Problems, way: str = "") -> Reading:
    """Judge the blocks of a source and make the question set of them.

    Raises SourceError with every problem found.
    """
    matter = source.matter
    title, raw, how = matter.title or source.title, source.themes, ""
    if raw is None:
        title, raw, how = decide.themes(source, problems, way)
    title = " ".join(title.split()) or readable(path.stem)
    themes = tuple(_themes(raw, title, matter.answer or AnswerSpace(), problems))
    if not themes and not problems.fatal:
        message = "no questions were found" if raw or source.blocks else "this file is empty"
        problems.error(message, None, "write the questions as a list: lines that begin with `1. `")
    if problems.fatal:
        raise SourceError(problems.sorted())
    question_set = QuestionSet(
        title=title,
        slug=matter.slug or front_matter.safe_name(path.stem) or "questions",
        themes=themes,
        path=path,
        intro=tuple(raw[0].intro) if raw and not (raw[0].title or raw[0].questions) else (),
        subtitle=matter.subtitle or source.subtitle,
        lang=matter.lang,
        author=matter.author,
        date=matter.date,
        settings=matter.settings,
        setting_lines=matter.lines,
        read_as=how or "entries of data or rows of a table, by their names",
    )
    return Reading(question_set, problems.sorted())


def readable(stem: str) -> str:
    """Turn the name of a file into a title."""
    text = re.sub(r"[-_\s]+", " ", stem).strip()
    return text[:1].upper() + text[1:] or "Questions"


def _themes(
    raw: Iterable[RawTheme], title: str, default: AnswerSpace, problems: Problems
) -> Iterable[Theme]:
    number = last = 0
    for theme in raw:
        if theme.asked.skip:
            _say_skipped(plain(theme.title), theme.line, problems)
            continue
        asking = [each for each in theme.questions if _is_kept(each, problems)]
        if not asking:
            continue
        numbers = _numbers(asking, last)
        number, last = number + 1, numbers[-1]
        yield Theme(
            number=number,
            title=theme.title or (Span(title),),
            line=theme.line,
            questions=tuple(
                _question(each, own, theme.asked, default)
                for each, own in zip(asking, numbers, strict=True)
            ),
            intro=tuple(theme.intro),
            notes=tuple(theme.notes),
            minutes=theme.asked.minutes,
        )


def _is_kept(question: RawQuestion, problems: Problems) -> bool:
    if question.asked.skip:
        _say_skipped(plain(question.text), question.line, problems)
    elif not question.text:
        hint = "write a text after its number"
        problems.warning("an empty question was left out", question.line, hint)
    return bool(question.text) and not question.asked.skip


def _say_skipped(name: str, line: int, problems: Problems) -> None:
    problems.note(f"'{name}' is left out, as asked", line)


def _numbers(questions: list[RawQuestion], last: int) -> list[int]:
    """Number questions. A number in the source is kept, and a question without one counts on from
    the last. If all have the same number, as Markdown allows (`1.` before each), they are counted
    from it."""
    given = [each.number for each in questions if each.number is not None]
    if len(given) > 1 and len(set(given)) == 1:
        return list(range(given[0], given[0] + len(questions)))
    numbers: list[int] = []
    for each in questions:
        last = each.number if each.number is not None else last + 1
        numbers.append(last)
    return numbers


def _scale_of(choices: list[str]) -> AnswerSpace | None:
    """Return a scale if the choices are the numbers of one: 1, 2, 3, 4 and 5."""
    steps = [int(found[1]) for each in choices if (found := re.fullmatch(r"\W*(\d{1,2})\W*", each))]
    counted = len(steps) > 2 and steps == list(range(steps[0], steps[0] + len(choices)))
    return rated(f"{steps[0]}-{steps[-1]}") if counted else None


def _question(raw: RawQuestion, number: int, theme: Attributes, default: AnswerSpace) -> Question:
    answer = raw.asked.answer or theme.answer or default
    if raw.choices and (raw.asked.answer is None or answer.kind is AnswerKind.LINES):
        own = raw.asked.answer
        answer = _scale_of(raw.choices) or AnswerSpace(
            AnswerKind.CHOICES,
            lines=own.lines if own else None,
            choices=tuple(raw.choices),
            pick_many=asks.picks_many(plain(raw.text)),
        )
    elif answer.kind is AnswerKind.CHOICES and raw.choices:
        answer = replace(answer, choices=answer.choices or tuple(raw.choices))
    if answer.kind is AnswerKind.CHOICES and not answer.choices:
        answer = AnswerSpace(lines=answer.lines)  # there is nothing to pick
    return Question(
        number=number,
        text=raw.text,
        line=raw.line,
        followups=tuple(raw.followups),
        notes=tuple(raw.notes),
        answer=answer,
        tags=tuple(dict.fromkeys((*theme.tags, *raw.asked.tags))),
        minutes=raw.asked.minutes,
    )
