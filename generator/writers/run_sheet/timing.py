"""When each theme and question begins, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.diagnostics import Diagnostic, warning
from generator.model import Question, QuestionSet, Theme, plain
from generator.writers.workbook.boxes import Key

DAY = 24 * 60


class Minutes(NamedTuple):
    length: int
    shared: bool = False
    """True if they were not given, but are a share of the available time."""

    def __str__(self) -> str:
        return f"{'~' * self.shared}{self.length}"


class Entry(NamedTuple):
    """A theme, or a question of it, with its time."""

    theme: Theme
    question: Question | None
    place: int
    """The place of the question in its theme, from 1; 0 for the theme itself."""
    starts: str = ""
    """The start by the clock; empty if nothing has minutes."""
    minutes: Minutes | None = None

    @property
    def key(self) -> Key:
        return self.theme.number, self.place


class Schedule(NamedTuple):
    entries: tuple[Entry, ...]
    total: int
    """The total in minutes; 0 if nothing has any."""
    ends: str

    def minutes_of(self, entry: Entry) -> Minutes | None:
        """Return the minutes of a question, or of a whole theme; None if nothing has minutes."""
        if entry.question or not self.total:
            return entry.minutes
        inside = [each.minutes for each in self.entries if each.theme is entry.theme]
        taken = [each for each in inside if each]
        shared = not entry.theme.minutes and any(each.shared for each in taken)
        return Minutes(sum(each.length for each in taken), shared)


def schedule(question_set: QuestionSet) -> Schedule:
    """Schedule every theme and question in order. A theme has minutes of its own if its questions
    do not take all of its time."""
    minutes = _minutes(question_set)
    first, now, made = _minute_of(question_set.settings.starts), 0, list[Entry]()
    for theme in question_set.themes:
        for place, question in enumerate((None, *theme.questions)):
            taken = minutes.get((theme.number, place))
            if len(question_set.themes) == 1 and not (question or taken or theme.notes):
                continue  # a theme that is all of the set, and says nothing
            clock = _clock(first, now) if minutes else ""
            made.append(Entry(theme, question, place, clock, taken))
            now += taken.length if taken else 0
    return Schedule(tuple(made), now, _clock(first, now))


def problems(question_set: QuestionSet, total: int) -> Iterator[Diagnostic]:
    """Yield warnings about minutes that contradict each other."""
    path, duration = question_set.path, question_set.settings.duration
    for theme in question_set.themes:
        asked = sum(question.minutes or 0 for question in theme.questions)
        if theme.minutes and asked > theme.minutes:
            title = plain(theme.title)
            message = f"'{title}' has {theme.minutes} minutes, and its questions take {asked}"
            yield warning(message, path, theme.line, "change one of them; those of questions count")
    if duration and total != duration:
        differs = f"{abs(total - duration)} {'more' if total > duration else 'less'}"
        message = f"themes and questions take {total} minutes, {differs} than the duration"
        hint = f"give them other minutes, or write `duration: {total}`"
        yield warning(message, path, question_set.setting_lines.get("duration"), hint)


def _minute_of(clock: str) -> int | None:
    """Return the minute of the day, or None if no time is given."""
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute) if clock else None


def _clock(first: int | None, minutes: int) -> str:
    """Return the time of day, or the time since the start."""
    at = minutes if first is None else (first + minutes) % DAY
    return f"{at // 60}:{at % 60:02}"


def _minutes(question_set: QuestionSet) -> dict[Key, Minutes]:
    """Return given minutes, and share out the rest: that of a theme among its questions, that of
    the duration among all. Without a duration, a question takes as long as others do."""
    made: dict[Key, Minutes] = {}
    open_: list[Key] = []
    for theme in question_set.themes:
        asked = list(enumerate(theme.questions, 1))
        made |= {(theme.number, n): Minutes(each.minutes) for n, each in asked if each.minutes}
        missing = [(theme.number, place) for place, each in asked if not each.minutes]
        if theme.minutes is None:
            open_ += missing
            continue
        rest = theme.minutes - sum(each.minutes or 0 for _, each in asked)
        if missing:
            made |= _shares(rest, missing)
        elif rest > 0:
            made[theme.number, 0] = Minutes(rest)
    known = sum(each.length for each in made.values())
    if question_set.settings.duration:
        return made | _shares(question_set.settings.duration - known, open_)
    usual = round(known / len(made)) if made else 0
    return made | (_shares(usual * len(open_), open_) if usual else {})


def _shares(total: int, keys: Sequence[Key]) -> dict[Key, Minutes]:
    """Share out whole minutes, at least one each. If there is a remainder, the first have one
    more."""
    each, more = divmod(max(total, len(keys)), max(1, len(keys)))
    return {key: Minutes(each + (n < more), True) for n, key in enumerate(keys)}
