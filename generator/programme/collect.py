"""Collects the answers in filled-in workbooks and handouts into one table.

Files are read one after the other into a spool beside the table, which is read again for each
output and then deleted. Memory holds the reports about files, but never all answers.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from generator import readers
from generator.diagnostics import Diagnostic, SourceError, error, warning
from generator.files import MB, Unreadable, contents
from generator.fingerprint import hash_of
from generator.model import plain
from generator.programme.forms import Answer, Filled, NotRead, read_form
from generator.programme.handouts import read_handout
from generator.programme.workers import ALONE, Workers, run

TOGETHER = 20
"""Number of files in a job."""
LARGEST = 50 * MB
FEW = 5
"""A group with fewer people is so small that its members are recognised by what they say."""
_WORD = re.compile(r"[^\W\d_]{3,}")


class Row(NamedTuple):
    """One person's answer to one question."""

    person: str
    mentor: str
    file: str
    set: str
    answer: Answer


class Read(NamedTuple):
    state: str
    """`answered`, or the reason why it was not read."""
    hint: str = ""
    filled: Filled | None = None


class File(NamedTuple):
    name: str
    """Its path in the folder."""
    state: str
    hint: str


@dataclass(slots=True)
class Collected:
    """The files that were read. Their answers are in the spool, with a line for each file."""

    spool: IO[str]
    anonymous: bool = False
    asked: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The current number and theme of each question by its text; empty if no set is given."""
    files: list[File] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    people: int = 0
    _seen: dict[str, str] = field(default_factory=dict)
    _texts: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    """Counts of files by the questions that they ask, for each title of a set and each field."""
    _owners: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Number of files of each person and set."""
    _names: set[str] = field(default_factory=set)
    """The words in the names of people and mentors."""

    def states(self) -> Counter[str]:
        return Counter(each.state for each in self.files)

    def add(self, name: str, read: Read) -> None:
        state, hint, filled = read
        if state == "answered" and filled:
            line = json.dumps([filled.title, filled.person, filled.answers])
            first = self._seen.setdefault(hash_of(line.encode()), name)
            if first == name:
                self._note(filled)
                self.spool.write(f"{json.dumps(name)}\t{line}\n")
            else:
                state, hint = "duplicate", f"it has the same answers as {first}"
        self.files.append(File(name, state, hint))

    def _note(self, filled: Filled) -> None:
        self.people += 1
        name, mentor = filled.person.get("name", ""), filled.person.get("mentor", "")
        self._names |= _words(f"{name} {mentor}")
        if name:
            self._owners[name.casefold(), filled.title] += 1
        for each in filled.answers:
            if each.number is not None:
                counts = self._texts.setdefault((filled.title, each.field), Counter())
                counts[_same(each.question)] += 1

    def filled(self) -> Iterator[tuple[str, Filled]]:
        """Yield each file again, with its answers."""
        self.spool.seek(0)
        for line in self.spool:
            name, _, values = line.partition("\t")
            title, person, answers = json.loads(values)
            made = tuple(Answer(*each)._replace(options=tuple(each[6])) for each in answers)
            yield json.loads(name), Filled(title, person, made)

    def rows(self) -> Iterator[Row]:
        """Yield each answer, with the current number and theme of its question."""
        for number, (file, filled) in enumerate(self.filled(), 1):
            name = filled.person.get("name", "") or Path(file).stem
            mentor = filled.person.get("mentor", "")
            who = (str(number), "", "") if self.anonymous else (name, mentor, file)
            for each in filled.answers:
                now = None if each.number is None else self.asked.get(_same(each.question))
                current = each._replace(number=now[0], theme=now[1]) if now else each
                yield Row(*who, filled.title, current)

    def finish(self, folder: Path) -> None:
        """Add the problems that concern the files together."""
        places = {each.name: place for place, each in enumerate(self.files)}
        usual = {key: counts.most_common(1)[0][0] for key, counts in self._texts.items()}
        sets: Counter[str] = Counter()
        others = named = 0
        for file, filled in self.filled():
            sets[filled.title] += 1
            for each in filled.answers:
                named += each.kind == "text" and bool(_words(str(each.answer)) & self._names)
            moved = sorted({
                each.number
                for each in filled.answers
                if each.number is not None and self._differs(filled.title, each, usual)
            })  # fmt: skip
            if moved:
                others += 1
                shown = ", ".join(map(str, moved[:10])) + (" and more" if moved[10:] else "")
                hint = f"another edition of the set: it asks something else in question {shown}"
                place = places[file]
                self.files[place] = self.files[place]._replace(hint=hint)
        small = sum(count < FEW for count in sets.values())
        said = [*self._remarks(others), *(self._dangers(named, small) if self.anonymous else ())]
        self.diagnostics += [warning(message, folder, hint=hint) for message, hint in said]

    def _differs(self, title: str, answer: Answer, usual: dict[tuple[str, str], str]) -> bool:
        """Return True if a file asks another question there than the set, or than most files."""
        text = _same(answer.question)
        if self.asked:
            return self.asked.get(text, (None,))[0] != answer.number
        return text != usual[title, answer.field]

    def _remarks(self, others: int) -> Iterator[tuple[str, str]]:
        unread = {state: n for state, n in self.states().items() if state != "answered"}
        if unread:
            listed = ", ".join(f"{count:,} {state}" for state, count in sorted(unread.items()))
            hint = "--verbose names them, and so does the list of files beside the answers"
            yield f"not collected: {listed}", hint
        if others:
            hint = "their answers are kept under the questions that they ask"
            yield f"files of another edition of the set: {others:,}", hint
        if twice := self._owners.total() - len(self._owners):
            message = f"files that differ from another of the same person: {twice:,}"
            yield message, "all answers are kept; delete those that do not count"

    def _dangers(self, named: int, small: int) -> Iterator[tuple[str, str]]:
        """Yield ways in which people may be recognised although their names are left out."""
        message = "names are left out, but answers are as they were written"
        yield message, "read them before you pass them on"
        if named:
            message = f"answers that contain the name of a person or a mentor: {named:,}"
            yield message, "remove the names"
        if small:
            hint = "in such a small group people can be recognised by what they say"
            yield f"sets that fewer than {FEW} people answered: {small:,}", hint


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(text: str) -> set[str]:
    return set(map(str.casefold, _WORD.findall(text)))


def spool_in(folder: Path) -> IO[str]:
    """Return a file without a name, which is deleted when it is closed."""
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile("w+", dir=folder, encoding="utf-8")


def collect(
    folder: Path,
    spool: IO[str],
    sets: Sequence[Path] = (),
    workers: Workers = ALONE,
    anonymous: bool = False,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> Collected:
    """Read all answers in a folder into the spool. They are compared to `sets`, or else to each
    other. Raises SourceError for a folder without files."""
    paths = found_in(folder)
    if anonymous:
        random.Random(seed).shuffle(paths)
    asked = {
        _same(plain(question.text)): (question.number, plain(theme.title))
        for path in sets
        for theme in readers.read(path).question_set.themes
        for question in theme.questions
    }
    made = Collected(spool, anonymous, asked)
    jobs = [tuple(paths[at : at + TOGETHER]) for at in range(0, len(paths), TOGETHER)]
    lost = Read("unreadable", "the process that read it ended")
    for job, reads in run(read_files, jobs, workers):
        for path, read in zip(job, reads or [lost] * len(job), strict=True):
            made.add(str(path.relative_to(folder)), read)
        progress(len(made.files), len(paths))
    made.finish(folder)
    return made


def found_in(folder: Path) -> list[Path]:
    """Return the files to read. Raises SourceError if there are none."""
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".pdf", ".docx") and path.is_file()
        if not path.name.startswith((".", "~$"))
    ]
    if not paths:
        hint = "give the folder with the filled-in .pdf and .docx files"
        raise SourceError([error("there are no filled-in files in this folder", folder, hint=hint)])
    return paths


def read_files(paths: tuple[Path, ...]) -> list[Read]:
    """Read the files of a job; no file stops the others."""
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
    return Read("blank", "nothing is filled in") if filled.blank else Read("answered", "", filled)
