"""A job: files that are made from the same set, with the same options.

People who get the same files share a job, which is planned and drawn once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from generator import kit, writers
from generator.diagnostics import Diagnostic, GeneratorError, OutputError, SourceError, error
from generator.kit import Prepared
from generator.model import Span
from generator.programme.manifest import Made, fingerprint, fingerprint_of
from generator.programme.roster import LINES
from generator.programme.store import Store
from generator.writers import WRITERS, Output


@dataclass(frozen=True, slots=True)
class Group:
    """A set with its options, ready to be planned."""

    prepared: Prepared = field(compare=False)
    source: str = field(compare=False)
    """The set or the roster that it comes from, as the manifest records it."""
    fingerprint: str

    @classmethod
    def of(cls, prepared: Prepared, source: str) -> Group:
        return cls(prepared, source, fingerprint_of(prepared))

    def target(
        self, document: str, stem: str = "", row: int = 0, values: Mapping[str, str] | None = None
    ) -> Target:
        """Return a file of this set, named by the stem of the person if it belongs to one."""
        question_set, values = self.prepared.question_set, values or {}
        edition = question_set.settings.workbook.edition if document == "workbook" else ""
        first = f"{stem}-{question_set.slug}" if stem else question_set.slug
        file = kit.file_name(first, document, edition)
        mark = fingerprint(self.fingerprint, file, sorted(values.items()))
        return Target(file, document, mark, row, values)


class Target(NamedTuple):
    """A file to be made."""

    file: str
    document: str
    fingerprint: str
    row: int
    """The row of the roster; 0 if there is none."""
    values: Mapping[str, str]
    """The lines of the cover for one person."""


class Job(NamedTuple):
    group: Group
    targets: tuple[Target, ...]
    """All files, including those that exist, as a file must not depend on which others are
    missing."""
    wanted: frozenset[str]
    """The files to make now."""
    store: Store


class Failed(NamedTuple):
    target: Target
    diagnostics: tuple[Diagnostic, ...]
    unwritten: bool
    """True if it could be made, but not written."""

    @classmethod
    def by(cls, problem: GeneratorError, target: Target) -> Failed:
        return cls(target, problem.diagnostics, isinstance(problem, OutputError))


class Result(NamedTuple):
    made: list[Made]
    failed: list[Failed]


def make(job: Job) -> Result:
    """Make the files of a job, even if one of them cannot be made.

    It has no effect but its files, so that it can be done anywhere, and repeated.
    """
    made: list[Made] = []
    failed: list[Failed] = []
    left = {target.file: target for target in job.targets if target.file in job.wanted}
    first = job.targets[0]
    draw = _COPIES[first.document] if first.values else _documents
    try:
        for target, output in draw(job):
            left.pop(target.file)
            try:
                made += _written(job, target, output)
            except GeneratorError as problem:
                failed.append(Failed.by(problem, target))
    except GeneratorError as problem:  # nothing more can be made of this set
        failed += [Failed.by(problem, target) for target in left.values()]
    return Result(made, failed)


def _written(job: Job, target: Target, output: Output | SourceError) -> Iterator[Made]:
    """Write the document last, so that one whose other formats are missing does not count as
    made."""
    if isinstance(output, SourceError):
        raise output
    suffix = WRITERS[target.document].suffix
    for ending, data in {**output.also, suffix: output.data}.items():
        name = target.file.removesuffix(suffix) + ending
        job.store.write(name, data)
        pages = output.count if ending == suffix else 0
        yield Made(name, job.group.source, target.fingerprint, len(data), pages)


Drawn = Iterator[tuple[Target, Output | SourceError]]
"""Each file to make, or the reason why it cannot be made although others can."""


def _documents(job: Job) -> Drawn:
    targets = {each.document: each for each in job.targets if each.file in job.wanted}
    for document, output in kit.documents_of(job.group.prepared, list(targets)):
        yield targets[document], output


@lru_cache(maxsize=2)
def _plan(group: Group, document: str) -> Any:
    """Return the plan, which is cached for the next job, as that often has the same group."""
    return writers.load(document).plan(group.prepared.question_set, group.prepared.context)


def _workbooks(job: Job) -> Drawn:
    from generator.writers.workbook.draw import copies

    plan, shown, unset = with_fonts(job.group, job.targets)
    yield from unset
    if shown:
        copy = copies(plan, [target.values for target in shown])
        sides = len(plan.pages) // (2 if plan.edition == "booklet" else 1)
        for target in shown:
            if target.file in job.wanted:
                yield target, Output(copy(target.values), sides)


def with_fonts(
    group: Group, targets: Sequence[Target]
) -> tuple[Any, list[Target], list[tuple[Target, SourceError]]]:
    """Return the plan of a workbook with fonts for all values, the people whom they suffice for,
    and the others with the reasons.

    Fonts of the system are added anew for each job: they depend on the characters that were missing
    before, and the files of a job must not depend on earlier jobs.
    """
    from generator.writers.workbook.fonts import opened

    plan = _plan(group, "workbook")
    said = "".join(text for target in targets for text in target.values.values())
    covers = plan.fonts.face("sans-regular").covers
    if all(each.isspace() or covers(each) for each in set(said)):
        return plan, list(targets), []
    plan = replace(plan, fonts=opened(group.prepared.question_set, group.prepared.context)[1])
    lacking = set(plan.fonts.missing((Span(said),)))
    shown, unset = [], []
    for target in targets:
        if missing := sorted(lacking.intersection("".join(target.values.values()))):
            named = ", ".join(f"U+{ord(character):04X}" for character in missing)
            hint = "give a font that has them with --font FILE"
            found = error(f"the workbook's fonts lack {named}", hint=hint)
            unset.append((target, SourceError([found])))
        else:
            shown.append(target)
    return plan, shown, unset


def _handouts(job: Job) -> Drawn:
    """Yield handouts with the person's lines under the title."""
    from generator.writers.handout import write
    from generator.writers.handout.paragraphs import Paragraph

    plan, words = _plan(job.group, "handout"), job.group.prepared.context.strings
    at = next((n for n, each in enumerate(plan.paragraphs) if each.style == "Title"), -1) + 1
    for target in job.targets:
        if target.file in job.wanted:
            lines = (
                f"{getattr(words, LINES[line])}: {value}" for line, value in target.values.items()
            )
            said = Paragraph("Subtitle", (Span("   ".join(lines)),))
            own = replace(plan, paragraphs=(*plan.paragraphs[:at], said, *plan.paragraphs[at:]))
            yield target, write(own)


_COPIES = {"workbook": _workbooks, "handout": _handouts}
"""The documents that can be made for each person."""
