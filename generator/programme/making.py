"""A job: files for people who get the same, which is planned once for all and drawn once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from generator import writers
from generator.diagnostics import Diagnostic, GeneratorError, error
from generator.model import Span
from generator.programme import roster as rosters
from generator.programme.jobs import Store
from generator.programme.manifest import Made
from generator.programme.planning import Group, Target


class Job(NamedTuple):
    group: Group
    document: str
    targets: tuple[Target, ...]
    """All of those who share a job, so that a file does not depend on which others are missing."""
    wanted: frozenset[str]
    """The files to be made now."""
    place: str


class Result(NamedTuple):
    made: tuple[Made, ...]
    problems: tuple[tuple[int, Diagnostic], ...]
    """Places in the roster, and what was wrong."""


def make(job: Job) -> Result:
    """Make the files of a job; the rest of them when one cannot be made. Other than by its files
    it has no effect, so that it can be done anywhere and twice."""
    problems: list[tuple[int, Diagnostic]] = []
    files = _workbooks(job, problems) if job.document == "workbook" else _handouts(job)
    store, made = Store(job.place), []
    try:
        for target, data, pages in files:
            try:
                store.write(target.file, data)
            except OSError as problem:
                what = f"cannot be written: {problem.strerror or problem}"
                hint = "check the disk; the same command makes what is missing"
                problems.append((target.person, error(what, hint=hint)))
            else:
                made.append(Made(target.file, target.fingerprint, len(data), pages))
    except GeneratorError as problem:  # nothing can be made of this set
        problems += [(target.person, problem.diagnostics[0]) for target in job.targets]
    return Result(tuple(made), tuple(problems))


@lru_cache(maxsize=2)
def _plan(group: Group, document: str) -> Any:
    """Kept for the next job, which is often of the same group."""
    return writers.load(document).plan(group.prepared.question_set, group.prepared.context)


def _workbooks(
    job: Job, problems: list[tuple[int, Diagnostic]]
) -> Iterator[tuple[Target, bytes, int]]:
    from generator.writers.workbook.draw import copies

    plan, shown = with_fonts(_plan(job.group, "workbook"), job, problems)
    if shown:
        copy = copies(plan, [target.values for target in shown])
        sides = len(plan.pages) // (2 if plan.edition == "booklet" else 1)
        for target in shown:
            if target.file in job.wanted:
                yield target, copy(target.values), sides


def with_fonts(
    plan: Any, job: Job, problems: list[tuple[int, Diagnostic]]
) -> tuple[Any, list[Target]]:
    """The plan with fonts for all values, and whom they suffice for.

    Fonts of the system are added anew for each job: which they are depends on what was lacking
    before, and a job's files must not depend on the jobs before it.
    """
    from generator.writers.workbook.fonts import opened

    said = "".join(text for target in job.targets for text in target.values.values())
    covers = plan.fonts.face("sans-regular").covers
    if all(each.isspace() or covers(each) for each in set(said)):
        return plan, list(job.targets)
    plan = replace(
        plan, fonts=opened(job.group.prepared.question_set, job.group.prepared.context)[1]
    )
    lacking = set(plan.fonts.missing((Span(said),)))
    shown = []
    for target in job.targets:
        if missing := sorted(lacking.intersection("".join(target.values.values()))):
            named = ", ".join(f"U+{ord(character):04X}" for character in missing)
            hint = "give a font that has them with --font FILE"
            what = f"the workbook's fonts lack {named}"
            problems.append((target.person, error(what, hint=hint)))
        else:
            shown.append(target)
    return plan, shown


def _handouts(job: Job) -> Iterator[tuple[Target, bytes, int]]:
    """With the person's lines under the title."""
    from generator.writers.handout import write
    from generator.writers.handout.paragraphs import Paragraph

    plan, words = _plan(job.group, "handout"), job.group.prepared.context.strings
    at = next((n for n, each in enumerate(plan.paragraphs) if each.style == "Title"), -1) + 1
    for target in job.targets:
        if target.file in job.wanted:
            lines = (
                f"{getattr(words, rosters.LINES[line])}: {value}"
                for line, value in target.values.items()
            )
            said = Paragraph("Subtitle", (Span("   ".join(lines)),))
            own = replace(plan, paragraphs=(*plan.paragraphs[:at], said, *plan.paragraphs[at:]))
            output = write(own)
            yield target, output.data, output.count
