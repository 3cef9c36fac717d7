"""Work grows with the questions, not with their square. Calls are counted; nothing is timed."""

import gc
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from generator import kit, readers, writers
from generator.model import QuestionSet
from generator.writers import WRITERS, Context

SMALL, LARGE = 60, 240
SLACK = 40
"""Calls that a function may have more: what a set has once, caches that fill."""
TOLERANCE = 1.3
"""Pages are not all alike; with the square of the questions calls would grow fourfold more."""

Calls = Counter[str]


def counted(work: Callable[[], object]) -> Calls:
    """How often each function was called, by module and name; those written in C as well."""
    calls: Calls = Counter()

    def note(frame: FrameType, event: str, function: object) -> None:
        if event == "call":
            calls[f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}"] += 1
        elif event == "c_call":
            module = (
                getattr(function, "__module__", None)
                or type(getattr(function, "__self__", None)).__name__
            )
            calls[f"{module}.{getattr(function, '__qualname__', function)}"] += 1

    gc.collect()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def source(folder: Path, questions: int, first: int = 1) -> Path:
    """Themes of ten; every question has a follow-up, every fifth has notes. Questions that are
    counted from another `first` have other texts, which no cache knows."""
    lines = []
    for number in range(first, first + questions):
        if number % 10 == 1:
            lines += ["", f"# Theme of the questions from {number:05}", "", "An intro.", ""]
        lines += [f"{number}. What is it about {number:05} that you like, and what not?"]
        lines += ["   - And why is that?"]
        lines += ["", "   ::: notes", "   Give it time.", "   :::"] if number % 5 == 0 else []
    path = folder / f"set-{first}-{questions}.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def read(folder: Path, questions: int) -> QuestionSet:
    return readers.read(source(folder, questions)).question_set


def grown_too_fast(
    small: Calls, large: Calls, times: float = LARGE / SMALL
) -> dict[str, tuple[int, int]]:
    factor = times * TOLERANCE
    return {
        name: (small[name], number)
        for name, number in large.items()
        if number > factor * (small[name] + SLACK)
    }


def test_reading_calls_each_function_in_proportion_to_the_questions(tmp_path: Path) -> None:
    sizes = ((SMALL, 10_001), (SMALL, 20_001), (LARGE, 30_001))
    paths = [source(tmp_path, size, first) for size, first in sizes]
    _, small, large = (counted(lambda path=path: readers.read(path)) for path in paths)
    assert not grown_too_fast(small, large)


@pytest.mark.parametrize("name", WRITERS)
def test_a_document_calls_each_function_in_proportion_to_the_questions(
    name: str, tmp_path: Path
) -> None:
    writer = writers.load(name)
    sets = [read(tmp_path, size) for size in (SMALL, LARGE)]
    for made in sets:  # caches fill
        writer.write(writer.plan(made, Context()))
    small, large = (
        counted(lambda made=made: writer.write(writer.plan(made, Context()))) for made in sets
    )
    assert not grown_too_fast(small, large)


ENDLESS: dict[str, Callable[[int], str]] = {
    "choices": lambda many: "\n".join(f"   - [ ] Choice {each}" for each in range(many)),
    "follow-ups": lambda many: "\n".join(f"   - Why {each}?" for each in range(many)),
    "words": lambda many: "   " + " ".join(f"word{each}" for each in range(4 * many)),
    "letters": lambda many: "   " + "x" * (10 * many),
    "styles": lambda many: "   " + " ".join(f"`a{each}` b" for each in range(2 * many)),
}
"""What one question may hold without end, by its amount."""


@pytest.mark.parametrize("kind", ENDLESS)
@pytest.mark.parametrize("name", WRITERS)
def test_one_question_without_end_calls_each_function_in_proportion_to_its_length(
    name: str, kind: str, tmp_path: Path
) -> None:
    """A function whose calls grow too fast does so twice; once is a step that only longer
    questions take."""

    def made(many: int) -> QuestionSet:
        path = tmp_path / f"{many}.md"
        path.write_text(f"# T\n\n1. Which of these?\n{ENDLESS[kind](many)}\n", encoding="utf-8")
        return readers.read(path).question_set

    writer, sets = writers.load(name), [made(many) for many in (200, 400, 800)]
    for each in sets:  # caches fill
        writer.write(writer.plan(each, Context()))
    small, medium, large = (
        counted(lambda each=each: writer.write(writer.plan(each, Context()))) for each in sets
    )
    first, then = grown_too_fast(small, medium, 2), grown_too_fast(medium, large, 2)
    assert not first.keys() & then.keys(), [then[name] for name in first.keys() & then.keys()]


def test_a_quadratic_step_is_seen() -> None:
    def step(size: int) -> None:
        for one in range(size):
            for other in range(one):
                max(one, other)

    assert grown_too_fast(counted(lambda: step(SMALL)), counted(lambda: step(LARGE)))


def test_three_builds_in_one_process_leave_no_growing_cache(tmp_path: Path) -> None:
    def held() -> dict[str, int]:
        """The sizes of all collections of modules, and of caches that have no bound."""
        sizes = {}
        for name, module in list(sys.modules.items()):
            for key, value in vars(module).items() if name.startswith("generator") else ():
                if hasattr(value, "cache_info"):
                    bounded = value.cache_parameters()["maxsize"] is not None
                    sizes[f"{name}.{key}"] = 0 if bounded else value.cache_info().currsize
                elif isinstance(value, dict | list | set) and not key.startswith("__"):
                    sizes[f"{name}.{key}"] = len(value)
        return sizes

    def build(number: int) -> None:
        source = tmp_path / "set.md"
        lines = (f"{n}. Why {number} and {number * n}?\n   - And {n}?\n" for n in range(1, 21))
        source.write_text(f"# Part {number}\n\n{''.join(lines)}", encoding="utf-8")
        kit.build([source], tmp_path / "out", list(WRITERS))

    build(1)
    before = held()
    build(2)
    build(3)
    assert held() == before
