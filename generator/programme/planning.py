"""Plans who gets what: the files for a roster, and which of them are made from the same set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import kit
from generator.diagnostics import Diagnostic, GeneratorError, Severity, SourceError, error, warning
from generator.kit import Prepared
from generator.programme import roster as rosters
from generator.programme.jobs import Group, Target
from generator.programme.roster import Roster
from generator.programme.runs import Report
from generator.readers.language import tag_of
from generator.select import Selection

Plans = list[tuple[Group, list[Target]]]


def planned(
    roster: Roster,
    sets: Sequence[Path],
    document: str,
    settings: Mapping[str, Any],
    selection: Selection,
    report: Report,
) -> Plans:
    """Return who gets what, grouped by what they share: a set, options, and the lines of the cover
    that they have values for. Problems in rows and sets are added to the report."""
    asked: dict[tuple[Path, frozenset[tuple[str, str]]], list[int]] = {}
    people = {person.row: person for person in roster.people}
    for row, person in people.items():
        try:
            for path in rosters.sets_of(person, sets, roster.path):
                asked.setdefault((path, frozenset(person.choices.items())), []).append(row)
        except SourceError as problem:
            report.diagnostics += problem.diagnostics
    stems, made = rosters.stems(roster.people), []
    for (path, choices), rows in asked.items():
        try:
            prepared, found = _prepared(path, dict(choices), document, settings, selection)
        except GeneratorError as problem:
            report.diagnostics += _at_rows(problem, roster, rows)
            continue
        report.diagnostics += found
        group = Group.of(prepared, source_of(roster, document))
        same: dict[tuple[str, ...], list[Target]] = {}
        for row in rows:
            values = people[row].values
            target = group.target(document, stems[row], row, values)
            same.setdefault(tuple(values), []).append(target)
        made += [(group, targets) for targets in same.values()]
    _refuse_twice(made, roster, report)
    return made


def source_of(roster: Roster, document: str) -> str:
    """Return the source of the files, as the manifest records it."""
    return f"{roster.path.name}: {document}"


def _prepared(
    path: Path, choices: Mapping[str, str], document: str, settings: Mapping[str, Any],
    selection: Selection,
) -> tuple[Prepared, list[Diagnostic]]:  # fmt: skip
    """Return a set with the options of rows, which override those of the command."""
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
        prepared = _in_language(prepared, lang)
    if document == "workbook" and "cover" not in prepared.question_set.settings.workbook.pages:
        hint = "add `cover` to `pages:`"
        found.append(warning("there is no cover to write the names on", path, hint=hint))
    return prepared, found


def _in_language(prepared: Prepared, lang: str) -> Prepared:
    tag = tag_of(lang)
    if not tag:
        hint = "write a language tag such as en, de or pt-BR, or a language's name"
        raise SourceError([error(f"lang: there is no language '{lang}'", hint=hint)])
    question_set, context = replace(prepared.question_set, lang=tag), prepared.context
    made = kit.prepared_for(question_set, context.stylesheet, context.files)
    return made._replace(inputs=prepared.inputs)


def _at_rows(problem: GeneratorError, roster: Roster, rows: Sequence[int]) -> Iterator[Diagnostic]:
    """Yield problems in the file of a set, and any others at the rows that cause them."""
    for found in problem.diagnostics:
        if found.path and found.line and found.severity is Severity.ERROR:
            yield found
        for row in rows:
            yield replace(found, path=roster.path, line=row)


def _refuse_twice(made: Plans, roster: Roster, report: Report) -> None:
    """Reject two files with the same name, as sets with the same slug would have."""
    seen: set[str] = set()
    for _, targets in made:
        for target in list(targets):
            if target.file.casefold() in seen:
                targets.remove(target)
                message = "another of its files has the same name"
                hint = "give one of the sets another `slug:` in its front matter"
                report.diagnostics.append(error(message, roster.path, target.row, hint))
            seen.add(target.file.casefold())
