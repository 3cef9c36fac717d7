"""Writes the set that was read as our Markdown, so that a doubt can be corrected by hand.

With `read: exactly` in its front matter, nothing is guessed when it is read back. All texts are
escaped, so that they read back unchanged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.model import (
    AnswerKind,
    AnswerSpace,
    FollowUp,
    Inline,
    Note,
    Question,
    QuestionSet,
    Theme,
)
from generator.schema import written_as
from generator.settings import Settings

_SPECIAL = re.compile(
    r"[\\`*\[\]{|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # within a word it is no emphasis (CommonMark, 6.2)
    r"|<(?=[a-zA-Z/!?])"
    r"|&(?=#|[a-zA-Z])"
)
"""Characters that are mark-up anywhere."""
_LEADING = re.compile(r"[#>+=:-]|\d{1,9}(?=[.)])")
"""Characters that begin a block at the start of a line; after a number it is the point that
does."""
_CLOSING = re.compile(r"(?:(?<=\s)|^)#+$")
"""Characters that would close a heading and vanish (CommonMark, 4.2)."""
BACKSLASHED = r"\\\g<0>"
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""Links that stay; those within the old page would lead nowhere."""
_IN_ADDRESS = re.compile(r"[\\<>&]")


def to_markdown(question_set: QuestionSet, stem: str = "", folder: Path = Path()) -> str:
    """Return the set as Markdown; `stem` is the name of the file that it will have in `folder`."""
    usual = _usual_answer(question_set)
    matter = _front_matter(question_set, stem, folder, usual)
    head = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10**6)
    lines = [line for paragraph in question_set.intro for line in ("", text(paragraph))]
    lines += [line for theme in question_set.themes for line in _theme(theme, usual)]
    return "\n".join(["---", head + "---", *lines, ""])


def _usual_answer(question_set: QuestionSet) -> AnswerSpace | None:
    """Return the answer space of most questions, if each has one; the front matter names it."""
    answers = [each.answer for theme in question_set.themes for each in theme.questions]
    answers = [each for each in answers if not (each.choices or any(each.scale_ends))]
    if not answers or AnswerSpace() in answers:
        return None
    return Counter(answers).most_common(1)[0][0]


def _front_matter(
    question_set: QuestionSet, stem: str, folder: Path, usual: AnswerSpace | None
) -> dict[str, Any]:
    slug = question_set.slug if question_set.slug != stem else ""
    date = question_set.date.isoformat() if question_set.date else ""
    known = {
        "title": question_set.title,
        "subtitle": question_set.subtitle,
        "slug": slug,
        "lang": question_set.lang,
        "author": question_set.author,
        "date": date,
        "answer": answer_text(usual) if usual else "",
        "read": "exactly",
    }
    settings = _changed(question_set.settings, Settings(), folder)
    return {key: value for key, value in known.items() if value} | settings


def _changed(given: Any, usual: Any, folder: Path) -> dict[str, Any]:
    """Return the options that differ from the defaults, as the front matter has them."""
    changed = {}
    for field in fields(given):
        value, default = getattr(given, field.name), getattr(usual, field.name)
        if value != default:
            inner = _changed(value, default, folder) if is_dataclass(value) else None
            changed[written_as(field.name)] = inner or _plain_value(value, folder)
    return changed


def _plain_value(value: Any, folder: Path) -> Any:
    if isinstance(value, Path):
        path, base = value.resolve(), folder.resolve()
        return str(path.relative_to(base) if path.is_relative_to(base) else path)
    if isinstance(value, tuple):
        return [_plain_value(each, folder) for each in value]
    if isinstance(value, Mapping):
        return {written_as(key): _plain_value(each, folder) for key, each in value.items()}
    return value


def _theme(theme: Theme, usual: AnswerSpace | None) -> Iterator[str]:
    yield from ("", f"## {text(theme.title)}{_braces(minutes=theme.minutes)}", "")
    for paragraph in theme.intro:
        yield from (text(paragraph), "")
    if theme.notes:
        yield from (*_notes(theme.notes), "")
    for question in theme.questions:
        yield from _question(question, usual)


def _question(question: Question, usual: AnswerSpace | None) -> Iterator[str]:
    mark = f"{question.number}. "
    answer = question.answer if question.answer != usual else None
    braces = _braces(answer, question.tags, question.minutes)
    below = [*_followups(question.followups), *_choices(question.answer)]
    below += ["", *_notes(question.notes), ""] if question.notes else []
    yield f"{mark}{text(question.text)}{braces}"
    for line in below:
        yield " " * len(mark) + line if line else ""


def _followups(followups: Iterable[FollowUp]) -> Iterator[str]:
    for followup in followups:
        yield f"{'  ' * (followup.depth - 1)}- {text(followup.text)}"


def _choices(answer: AnswerSpace) -> Iterator[str]:
    for choice in answer.choices:
        yield f"- [ ] {escaped(choice)}"


def _notes(notes: Sequence[Note]) -> Iterator[str]:
    """Yield notes between fences, with empty lines between those that would be read as one
    paragraph or list."""
    yield "::: notes"
    marks: list[str] = []
    """The marks of the open items, down to the last note."""
    for note in notes:
        mark = "" if not note.depth else "- " if note.number is None else f"{note.number}. "
        before = marks
        marks = [*marks[: max(note.depth - 1, 0)], mark]
        bullets = mark == "- " and before and before[-1]
        numbers = mark and len(before) == len(marks) and before[-1].endswith(". ")
        if before and not (bullets or numbers):
            yield ""
        yield f"{' ' * sum(map(len, marks[:-1]))}{mark}{text(note.text)}"
    yield ":::"


def _braces(
    answer: AnswerSpace | None = None, tags: Iterable[str] = (), minutes: int | None = None
) -> str:
    pairs = [_space(answer)] if answer else []
    pairs += [f'tags="{" ".join(map(escaped, tags))}"'] if tags else []
    pairs += [f"minutes={minutes}"] if minutes else []
    inside = " ".join(filter(None, pairs))
    return f" {{{inside}}}" if inside else ""


def _space(answer: AnswerSpace) -> str:
    """Return an answer space between braces, with the words at the ends of its scale."""
    pairs = [f"answer={found}" if (found := answer_text(answer)) == "none" else found]
    for key, value in zip(("from", "to"), answer.scale_ends, strict=True):
        pairs += [f"{key}={_quoted(value)}"] if value else []
    pairs += ["pick=many"] if answer.pick_many else []
    return " ".join(filter(None, pairs))


def _quoted(value: str) -> str:
    """Quote a value in quotation marks that it does not contain; braces cannot be nested."""
    value = value.translate({ord("{"): "(", ord("}"): ")"})
    for first, last in ('""', "''", "“”"):
        if first not in value and last not in value:
            return f"{first}{escaped(value)}{last}"
    return '"' + escaped(value.replace('"', "'")) + '"'


def answer_text(answer: AnswerSpace) -> str:
    """Return an answer space in the form of braces, such as `lines=4`; empty if there is none."""
    if answer.kind is AnswerKind.NONE:
        return "none"
    if answer.fill:
        return "lines=fill"
    if answer.scale:
        return f"scale={answer.scale[0]}-{answer.scale[1]}"
    if answer.height_mm:
        return f"{answer.kind}={answer.height_mm:g}mm"
    return f"lines={answer.lines}" if answer.lines else ""


def text(inline: Inline) -> str:
    """Return a text with its styles, on one line that begins no block."""
    made = ""
    for place, span in enumerate(inline):
        after = inline[place + 1].text if place + 1 < len(inline) else ""
        inner = _code(span.text) if span.code else escaped(span.text)
        for wanted, mark, tag in ((span.emphasis, "*", "em"), (span.strong, "**", "strong")):
            if wanted:
                inner = _styled(inner, mark, tag, made, after)
        bare = span.text == span.href == inner and not (made[-1:] + after[:1]).strip()
        if span.href and _ABSOLUTE.match(span.href) and not bare:
            made = f"{made[:-1]}\\!" if made.endswith("!") else made  # else it were an image
            inner = f"[{inner}](<{_IN_ADDRESS.sub(BACKSLASHED, span.href)}>)"
        made += inner
    return _line_start(made)


def escaped(plain_text: str) -> str:
    """Escape everything in a text that would be mark-up."""
    return _SPECIAL.sub(BACKSLASHED, plain_text)


def _line_start(line: str) -> str:
    found = _LEADING.match(line)
    if found:
        at = 0 if found[0][0] in "#>+=:-" else found.end()
        line = f"{line[:at]}\\{line[at:]}"
    return _CLOSING.sub(BACKSLASHED, line)


def _styled(inner: str, mark: str, tag: str, before: str, after: str) -> str:
    """Add a style by asterisks if they would open and close (CommonMark, 6.2), otherwise by
    tags."""
    opens = not before or before[-1].isspace()
    closes = not after or after[0].isspace() or after[0] in ".,;:!?"
    if opens and closes and inner[0].isalnum() and inner[-1].isalnum():
        return f"{mark}{inner}{mark}"
    return f"<{tag}>{inner}</{tag}>"


def _code(plain_text: str) -> str:
    if "`" in plain_text or plain_text.strip() != plain_text:
        return f"<code>{escaped(plain_text)}</code>"
    return f"`{plain_text}`"
