"""A part of a set: what is kept, in which order, with which numbers."""

from pathlib import Path

import pypdf
import pytest
from conftest import SHIPPED

from generator import cli, kit
from generator.diagnostics import UsageError
from generator.model import Question, QuestionSet, Span, Theme, plain
from generator.select import Selection, select

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


def numbers(selection: Selection) -> list[tuple[int, list[int]]]:
    chosen = select(SET, selection)
    return [(theme.number, [q.number for q in theme.questions]) for theme in chosen.themes]


ALL = [(1, [1, 2, 3, 4, 5]), (2, [11, 12, 13])]


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (Selection(), ALL),
        (Selection(themes="2"), [(1, [11, 12, 13])]),
        (Selection(themes="FAIL"), [(1, [1, 2, 3, 4, 5])]),
        (Selection(themes="2-1"), ALL),
        (Selection(questions="2-3,12"), [(1, [2, 3]), (2, [12])]),
        (Selection(questions="4–9"), [(1, [4, 5])]),
        (Selection(questions="9-4, 12"), [(1, [4, 5]), (2, [12])]),
        (Selection(themes="fail,2", questions="5-11"), [(1, [5]), (2, [11])]),
        (Selection(tags=("GOALS",)), [(1, [1, 3, 5])]),
        (Selection(tags=("goals", "first"), questions="5-11"), [(1, [5]), (2, [11])]),
        (Selection(questions="3,12", renumber=True), [(1, [1]), (2, [2])]),
    ],
)
def test_what_is_chosen_keeps_its_order_and_numbers(
    selection: Selection, kept: list[tuple[int, list[int]]]
) -> None:
    assert numbers(selection) == kept


def test_a_sample_is_as_large_as_asked_in_order_and_the_same_each_time() -> None:
    first = numbers(Selection(sample=4, seed=1))
    kept = [number for _, found in first for number in found]
    assert kept == sorted(kept)
    assert len(kept) == 4
    assert first == numbers(Selection(sample=4, seed=1))
    assert len({str(numbers(Selection(sample=4, seed=seed))) for seed in range(9)}) > 3


def test_shuffling_keeps_every_question_in_its_theme() -> None:
    shuffled = numbers(Selection(shuffle=True, seed=3))
    assert shuffled != ALL
    assert [(theme, sorted(found)) for theme, found in shuffled] == ALL


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(themes="1,9"), "there is no theme '9'.*its themes have the numbers 1 to 2"),
        (Selection(themes="on sucess"), "no theme 'on sucess'.*did you mean 'On success'"),
        (Selection(tags=("none",)), "no question has the tag 'none'.*there are first, goals"),
        (Selection(tags=("goal",)), "did you mean goals"),
        (Selection(questions="99"), "there is no question 99.*numbers go from 1 to 13"),
        (Selection(questions="6-10"), "there is no question 6-10"),
        (Selection(questions="x"), "'x' is not a number or a range"),
        (Selection(themes="2", questions="1"), "no question is selected"),
        (Selection(sample=0), "0 is not a valid value.*from 1 to 8"),
        (Selection(sample=9), "9 is not a valid value.*from 1 to 8"),
    ],
)
def test_what_does_not_exist_is_an_error_that_says_what_does(
    selection: Selection, message: str
) -> None:
    with pytest.raises(UsageError, match=f"(?s){message}"):
        select(SET, selection)


def test_all_that_does_not_exist_is_named_at_once() -> None:
    with pytest.raises(UsageError) as raised:
        select(SET, Selection(themes="9", questions="99", tags=("x",)))
    assert len(raised.value.diagnostics) == 3


def test_a_sample_can_be_all_there_is() -> None:
    assert numbers(Selection(sample=8)) == ALL


def test_the_command_line_chooses_for_all_three_documents(tmp_path: Path) -> None:
    asked = ["--themes", "2-3", "--sample", "5", "--seed", "7", "--renumber"]
    assert cli.main([str(SHIPPED), "-o", str(tmp_path), *asked]) == 0
    reader = pypdf.PdfReader(tmp_path / "mentor-questions-workbook.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert "5 questions in 2 themes" in text
    selection = Selection(themes="2-3", sample=5, seed=7, renumber=True)
    report = kit.build([SHIPPED], tmp_path, selection=selection)
    (chosen,) = report.question_sets
    assert [q.number for theme in chosen.themes for q in theme.questions] == [1, 2, 3, 4, 5]
    for theme in chosen.themes:
        for question in theme.questions:
            assert plain(question.text) in text.replace("\n", "")
