"""Who gets what: which files a roster asks for, and which of them are made from the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator import kit
from generator.diagnostics import Diagnostic, GeneratorError, Severity, SourceError, error
from generator.kit import Prepared
from generator.programme import roster as rosters
from generator.programme.manifest import fingerprint, fingerprint_of
from generator.programme.roster import Roster
from generator.readers.language import tag_of
from generator.select import Selection


@dataclass(frozen=True, slots=True)
class Group:
    """What some people get: a set with its options."""

    fingerprint: str
    prepared: Prepared = field(compare=False)


class Target(NamedTuple):
    """A file to be made."""

    person: int
    """Its place in the roster."""
    values: Mapping[str, str]
    file: str
    fingerprint: str


@dataclass(slots=True)
class Report:
    """What became of each row, in the roster's order."""

    roster: Roster
    files: list[tuple[int, str, str]] = field(default_factory=list)
    """Place in the roster, file, and its state: made, kept, or what was wrong."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    """Files of earlier runs that no row of the roster asks for."""
    seconds: float = 0.0

    def count(self, state: str) -> int:
        return sum(each == state for _, _, each in self.files)


def planned(
    roster: Roster,
    sets: Sequence[Path],
    document: str,
    settings: Mapping[str, Any],
    selection: Selection,
    report: Report,
) -> list[tuple[Group, list[Target]]]:
    """Who gets what, by what they share. What is wrong with rows and sets goes into the report."""
    asked: dict[tuple[Path, frozenset[tuple[str, str]]], list[int]] = {}
    for at, person in enumerate(roster.people):
        try:
            for path in rosters.sets_of(person, sets, roster.path):
                choices = {k: v for k, v in person.choices.items() if k != "set"}
                asked.setdefault((path, frozenset(choices.items())), []).append(at)
        except SourceError as problem:
            report.diagnostics += problem.diagnostics
            report.files.append((at, "", problem.diagnostics[0].message))
    stems = rosters.stems(roster.people)
    made = []
    for (path, wanted), people in asked.items():
        try:
            group = _group(path, dict(wanted), document, settings, selection, report)
        except GeneratorError as problem:
            report.diagnostics += _at_rows(problem, roster, people)
            what = problem.diagnostics[0].message
            report.files += [(at, "", what) for at in people]
            continue
        question_set = group.prepared.question_set
        edition = question_set.settings.workbook.edition if document == "workbook" else ""
        targets = []
        for at in people:
            stem = f"{stems[at]}-{question_set.slug}"
            values = roster.people[at].values
            name = kit.file_name(stem, document, edition)
            mark = fingerprint(group.fingerprint, document, values)
            targets.append(Target(at, values, name, mark))
        made.append((group, targets))
    _refuse_twice(made, roster, report)
    return made


def _group(
    path: Path, choices: Mapping[str, str], document: str, settings: Mapping[str, Any],
    selection: Selection, report: Report,
) -> Group:  # fmt: skip
    """A set as rows ask for it, over what the command asks for."""
    asked: dict[str, Any] = {**settings}
    if "paper" in choices:
        asked["paper"] = choices["paper"].casefold()
    if "edition" in choices:
        edition = {"edition": choices["edition"].casefold()}
        asked["workbook"] = {**asked.get("workbook", {}), **edition}
    tags = [tag.strip() for tag in choices.get("tags", "").split(",")]
    selected = replace(
        selection, themes=choices.get("themes", selection.themes),
        questions=choices.get("questions", selection.questions),
        tags=tuple(filter(None, tags)) or selection.tags,
    )  # fmt: skip
    (prepared,), found = kit.prepare([path], [document], asked, selected)
    if lang := choices.get("lang"):
        tag = tag_of(lang)
        if not tag:
            hint = "write a language tag such as en, de or pt-BR, or a language's name"
            raise SourceError([error(f"lang: there is no language '{lang}'", hint=hint)])
        question_set = replace(prepared.question_set, lang=tag)
        context = prepared.context
        prepared = kit.prepared_for(question_set, context.stylesheet, context.files)
    report.diagnostics += found
    if document == "workbook" and "cover" not in prepared.question_set.settings.workbook.pages:
        report.diagnostics.append(rosters.not_filled(path))
    return Group(fingerprint_of(prepared), prepared)


def _at_rows(
    problem: GeneratorError, roster: Roster, people: Sequence[int]
) -> Iterator[Diagnostic]:
    """What the file of a set says of itself, and what else is wrong with what rows ask for."""
    for found in problem.diagnostics:
        if found.path and found.line and found.severity is Severity.ERROR:
            yield found
        for at in people:
            yield replace(found, path=roster.path, line=roster.people[at].row)


def _refuse_twice(
    made: Sequence[tuple[Group, list[Target]]], roster: Roster, report: Report
) -> None:
    """Two files of one name would replace each other: sets with the same slug."""
    seen: set[str] = set()
    for _, targets in made:
        for target in list(targets):
            if target.file.casefold() in seen:
                targets.remove(target)
                message = "another of its files has the same name"
                hint = "give one of the sets another `slug:` in its front matter"
                row = roster.people[target.person].row
                report.diagnostics.append(error(message, roster.path, row, hint))
                report.files.append((target.person, "", message))
            seen.add(target.file.casefold())


def alike(targets: Sequence[Target]) -> list[list[Target]]:
    """Those of people who have values for the same lines of the cover."""
    found: dict[tuple[str, ...], list[Target]] = {}
    for target in targets:
        found.setdefault(tuple(target.values), []).append(target)
    return list(found.values())
