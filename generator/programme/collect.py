"""Answers that come home: filled workbooks and handouts to one table.

Files are read one after the other into a spool beside the table, which is read again for each
output and then deleted: memory holds what is said of files, never all answers.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from generator import readers
from generator.diagnostics import Diagnostic, SourceError, error, warning
from generator.files import MB, Unreadable, contents
from generator.model import QuestionSet, plain
from generator.programme.forms import Answer, Filled, NotRead, read_form
from generator.programme.handouts import read_handout
from generator.programme.workers import ALONE, Workers, run

TOGETHER = 20
"""Files of a job."""
LARGEST = 50 * MB
FEW = 5
"""People in a group so small that its members are known by what they say."""
_WORD = re.compile(r"[^\W\d_]{3,}")

Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """One person's answer to one question."""

    person: str
    mentor: str
    file: str
    set: str
    answer: Answer


class Read(NamedTuple):
    state: str
    """`answered`, or why it was not read."""
    hint: str = ""
    filled: Filled | None = None


class File(NamedTuple):
    name: str
    """Its path in the folder."""
    state: str
    hint: str


@dataclass(slots=True)
class Collected:
    """What was found; `rows` reads the answers again, each time it is called."""

    rows: Callable[[], Iterator[Row]]
    files: list[File] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    questions: dict[tuple[str, str], Answer] = field(default_factory=dict)
    """By set and question, in the order of the first file that has them."""
    people: int = 0
    anonymous: bool = False

    def states(self) -> Counter[str]:
        return Counter(each.state for each in self.files)


def read_files(paths: tuple[Path, ...]) -> list[Read]:
    """A job; no file stops the others."""
    return [_read(path) for path in paths]


def _read(path: Path) -> Read:
    try:
        data = contents(path, LARGEST)
        word = path.suffix.lower() == ".docx"
        filled = read_handout(data, path) if word else read_form(data)
    except Unreadable as problem:
        return Read("unreadable", str(problem))
    except NotRead as problem:
        return Read(*problem.args)
    return (
        Read("blank", "nothing is filled in", filled)
        if filled.blank
        else Read("answered", "", filled)
    )


class Spool:
    """Files' answers, a line each, in a file that goes when it is closed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = tempfile.TemporaryFile(  # noqa: SIM115
            "w+", dir=folder, encoding="utf-8", errors="surrogatepass"
        )

    def add(self, file: str, filled: Filled) -> None:
        json.dump([file, filled.title, filled.person, filled.answers], self._file)
        self._file.write("\n")

    def read(self) -> Iterator[tuple[str, Filled]]:
        self._file.seek(0)
        for line in self._file:
            file, title, person, answers = json.loads(line)
            made = tuple(Answer(*each)._replace(options=tuple(each[6])) for each in answers)
            yield file, Filled(title, person, made)

    def close(self) -> None:
        self._file.close()


def collect(
    folder: Path,
    spool: Spool,
    sets: Sequence[Path] = (),
    workers: Workers = ALONE,
    anonymous: bool = False,
    seed: int = 0,
    progress: Progress = lambda _, __: None,
) -> Collected:
    """Read all answers of a folder into the spool. `sets` are what they are held against; else
    they are held against each other. Raises SourceError for a folder without files."""
    paths = found_in(folder)
    if anonymous:
        random.Random(seed).shuffle(paths)
    known = [readers.read(path).question_set for path in sets]
    collecting = _Collecting(spool, Collected(lambda: iter(()), anonymous=anonymous))
    jobs = [tuple(paths[at : at + TOGETHER]) for at in range(0, len(paths), TOGETHER)]
    for job, reads in _in_order(jobs, run(read_files, jobs, workers)):
        lost = Read("unreadable", "the process that read it ended")
        for path, read in zip(job, reads or [lost] * len(job), strict=True):
            collecting.add(str(path.relative_to(folder)), read)
        progress(len(collecting.made.files), len(paths))
    made = collecting.made
    asked = Asked(known, collecting.texts)
    made.rows = lambda: _rows(spool, asked, anonymous)
    collecting.finish(asked, folder, anonymous)
    return made


def found_in(folder: Path) -> list[Path]:
    """Raises SourceError where there is none."""
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".pdf", ".docx") and path.is_file()
        if not path.name.startswith((".", "~$"))
    ]
    if not paths:
        hint = "give the folder with the filled .pdf and .docx files"
        raise SourceError([error("there is no filled file in this folder", folder, hint=hint)])
    return paths


def _in_order(
    jobs: Sequence[tuple[Path, ...]], done: Iterable[tuple[tuple[Path, ...], list[Read] | None]]
) -> Iterator[tuple[tuple[Path, ...], list[Read] | None]]:
    """Results in the order of their jobs, in whichever they are done."""
    early: dict[tuple[Path, ...], list[Read] | None] = {}
    waiting = iter(jobs)
    expected = next(waiting, None)
    for job, reads in done:
        early[job] = reads
        while expected in early:
            yield expected, early.pop(expected)
            expected = next(waiting, None)


class Asked:
    """What the sets ask now, to which answers of older editions are held."""

    def __init__(self, sets: Sequence[QuestionSet], texts: Mapping[tuple[str, str], Any]) -> None:
        """`texts` count what the files ask in each field of a set, where no set is given."""
        self.by_text: dict[str, tuple[int, str]] = {
            _same(plain(question.text)): (question.number, plain(theme.title))
            for each in sets
            for theme in each.themes
            for question in theme.questions
        }
        self._usual = {key: count.most_common(1)[0][0] for key, count in texts.items()}

    def differs(self, title: str, answer: Answer) -> bool:
        """Whether a file asks what the set, or most of the other files, do not ask there."""
        if answer.number is None:
            return False
        if self.by_text:
            return self.by_text.get(_same(answer.question), (None,))[0] != answer.number
        return bool(_same(answer.question) != self._usual[title, answer.field])

    def current(self, answer: Answer) -> Answer:
        """With the number and theme that its question has now."""
        now = self.by_text.get(_same(answer.question)) if answer.number is not None else None
        return answer._replace(number=now[0], theme=now[1]) if now else answer


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


class _Collecting:
    def __init__(self, spool: Spool, made: Collected) -> None:
        self.spool, self.made = spool, made
        self.texts: dict[tuple[str, str], Counter[str]] = {}
        self._seen: dict[str, str] = {}
        self._people: dict[tuple[str, str], int] = {}

    def add(self, file: str, read: Read) -> None:
        state, hint, filled = read
        if state == "answered" and filled:
            digest = hashlib.sha256(repr(filled).encode("utf-8", "surrogatepass")).hexdigest()
            if first := self._seen.get(digest):
                state, hint = "duplicate", f"it has the same answers as {first}"
            else:
                self._seen[digest] = file
                self._note(filled)
                self.spool.add(file, filled)
        self.made.files.append(File(file, state, hint))

    def _note(self, filled: Filled) -> None:
        self.made.people += 1
        if name := filled.person.get("name", ""):
            key = (name.casefold(), filled.title)
            self._people[key] = self._people.get(key, 0) + 1
        for each in filled.answers:
            if each.number is not None:
                text = _same(each.question)
                self.texts.setdefault((filled.title, each.field), Counter())[text] += 1

    def finish(self, asked: Asked, folder: Path, anonymous: bool) -> None:
        """What is to be said of the files together."""
        made, others = self.made, 0
        places = {each.name: place for place, each in enumerate(made.files)}
        names, mentioned = self._names() if anonymous else set(), 0
        sets: Counter[str] = Counter()
        for file, filled in self.spool.read():
            sets[filled.title] += 1
            moved = sorted(
                {a.number or 0 for a in filled.answers if asked.differs(filled.title, a)}
            )
            if moved:
                others += 1
                shown = ", ".join(map(str, moved[:10])) + (" and more" if moved[10:] else "")
                place = places[file]
                hint = f"another edition of the set: it asks something else in question {shown}"
                made.files[place] = made.files[place]._replace(hint=hint)
            for each in filled.answers:
                current = asked.current(each)
                key = (filled.title, current.field if each.number is None else current.question)
                made.questions.setdefault(key, current)
                words = set(map(str.casefold, _WORD.findall(str(each.answer or ""))))
                mentioned += each.kind == "text" and not names.isdisjoint(words)
        self._say(folder, others, anonymous, mentioned, sets)

    def _names(self) -> set[str]:
        """The words that people and mentors are called by."""
        said = (filled.person.get(line, "") for _, filled in self.spool.read()
                for line in ("name", "mentor"))  # fmt: skip
        return {word.casefold() for text in said for word in _WORD.findall(text)}

    def _say(
        self, folder: Path, others: int, anonymous: bool, mentioned: int, sets: Counter[str]
    ) -> None:
        made = self.made
        unread = {s: n for s, n in made.states().items() if s != "answered"}
        if unread:
            listed = ", ".join(f"{count:,} {state}" for state, count in sorted(unread.items()))
            hint = "--verbose names them, and so does the list of files beside the answers"
            made.diagnostics.append(warning(f"not collected: {listed}", folder, hint=hint))
        if others:
            message = f"files of another edition of the set: {others:,}"
            hint = "their answers are kept under the questions that they ask"
            made.diagnostics.append(warning(message, folder, hint=hint))
        if twice := sum(count - 1 for count in self._people.values()):
            message = f"people with several files that differ: {twice:,} files more than people"
            hint = "all answers are kept; delete those that do not count"
            made.diagnostics.append(warning(message, folder, hint=hint))
        if not anonymous:
            return
        message = "names are left out, but answers are as they were written"
        hint = "read them before you pass them on"
        made.diagnostics.append(warning(message, folder, hint=hint))
        if mentioned:
            message = f"answers in which the name of a person or a mentor stands: {mentioned:,}"
            made.diagnostics.append(warning(message, folder, hint="take the names out"))
        if small := sum(count < FEW for count in sets.values()):
            message = f"sets that fewer than {FEW} people answered: {small:,}"
            hint = "in so small a group people are known by what they say"
            made.diagnostics.append(warning(message, folder, hint=hint))


def _rows(spool: Spool, asked: Asked, anonymous: bool) -> Iterator[Row]:
    for number, (file, filled) in enumerate(spool.read(), 1):
        name = filled.person.get("name", "") or Path(file).stem
        mentor = filled.person.get("mentor", "")
        who = (str(number), "", "") if anonymous else (name, mentor, file)
        for each in filled.answers:
            yield Row(*who, filled.title, asked.current(each))
