"""A part of a set: what is kept, in which order, with which numbers."""

from pathlib import Path

import pypdf
import pytest
from conftest import SHIPPED

from generator import cli, kit
from generator.choosing import Choice, choose
from generator.errors import UsageError
from generator.model import Question, QuestionSet, Span, Theme, plain

SET = QuestionSet(
    "A set",
    "set",
    (
        Theme(1, (Span("On failure"),), 1, tuple(
            Question(n, (Span(f"Q{n}?"),), n, tags=("goals",) if n % 2 else ()) for n in range(1, 6)
        )),
        Theme(2, (Span("On success"),), 9, tuple(
            Question(n, (Span(f"Q{n}?"),), n, tags=("First",)) for n in range(11, 14)
        )),
    ),
    Path("set.md"),
)  # fmt: skip


def numbers(choice: Choice) -> list[tuple[int, list[int]]]:
    chosen = choose(SET, choice)
    return [(theme.number, [q.number for q in theme.questions]) for theme in chosen.themes]


ALL = [(1, [1, 2, 3, 4, 5]), (2, [11, 12, 13])]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice(), ALL),
        (Choice(themes="2"), [(1, [11, 12, 13])]),
        (Choice(themes="FAIL"), [(1, [1, 2, 3, 4, 5])]),
        (Choice(themes="1-2, nothing"), ALL),
        (Choice(questions="2-3,12"), [(1, [2, 3]), (2, [12])]),
        (Choice(questions="4–9"), [(1, [4, 5])]),
        (Choice(tags=("GOALS",)), [(1, [1, 3, 5])]),
        (Choice(tags=("goals", "first"), questions="5-11"), [(1, [5]), (2, [11])]),
        (Choice(questions="3,12", renumber=True), [(1, [1]), (2, [2])]),
    ],
)
def test_what_is_chosen_keeps_its_order_and_numbers(
    choice: Choice, kept: list[tuple[int, list[int]]]
) -> None:
    assert numbers(choice) == kept


def test_a_sample_is_as_large_as_asked_in_order_and_the_same_each_time() -> None:
    first = numbers(Choice(sample=4, seed=1))
    kept = [number for _, found in first for number in found]
    assert kept == sorted(kept)
    assert len(kept) == 4
    assert first == numbers(Choice(sample=4, seed=1))
    assert len({str(numbers(Choice(sample=4, seed=seed))) for seed in range(9)}) > 3


def test_shuffling_keeps_every_question_in_its_theme() -> None:
    shuffled = numbers(Choice(shuffle=True, seed=3))
    assert shuffled != ALL
    assert [(theme, sorted(found)) for theme, found in shuffled] == ALL


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(tags=("none",)), "no question is chosen"),
        (Choice(questions="99"), "no question is chosen"),
        (Choice(questions="x"), "'x' is not a number"),
        (Choice(sample=-1), "ask for 1 or more"),
        (Choice(sample=9), "there are 8 to choose from"),
    ],
)
def test_a_choice_that_cannot_be_made_is_an_error(choice: Choice, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        choose(SET, choice)


def test_the_command_line_chooses_for_all_three_documents(tmp_path: Path) -> None:
    asked = ["--themes", "2-3", "--sample", "5", "--seed", "7", "--renumber"]
    assert cli.main([str(SHIPPED), "-o", str(tmp_path), *asked]) == 0
    reader = pypdf.PdfReader(tmp_path / "mentor-questions-workbook.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert "5 questions in 2 themes" in text
    choice = Choice(themes="2-3", sample=5, seed=7, renumber=True)
    report = kit.build([SHIPPED], tmp_path, choice=choice)
    (chosen,) = report.question_sets
    assert [q.number for theme in chosen.themes for q in theme.questions] == [1, 2, 3, 4, 5]
    for theme in chosen.themes:
        for question in theme.questions:
            assert plain(question.text) in text.replace("\n", "")
