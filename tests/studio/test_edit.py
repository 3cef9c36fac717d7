"""Changes of a list, row by row: a set comes out of each, and nothing is lost on the way."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.convert import text, to_markdown
from generator.diagnostics import UsageError
from generator.model import Inline, QuestionSet, Span, plain
from generator.studio.edit import LEVELS, changed, folded, restyled, rows_of

LIST = """---
title: Trust
read: exactly
---

## First
Why we ask.

::: notes
Take your time.
:::

1. One?
   - More of one?
     - Still more?
   - The rest of one?
2. Two?
   - [ ] Yes
   - [ ] No

   ::: notes
   Ask them all.
   :::

## Second

3. Three? {lines=4}
4. Four?
"""


def read(markdown: str = LIST) -> QuestionSet:
    return readers.read_bytes(markdown.encode(), Path("trust.md")).question_set


def shown(question_set: QuestionSet) -> list[str]:
    """Each row as its kind's first letter and its text."""
    return [f"{row.kind[0]} {plain(row.text)}" for row in rows_of(question_set)]


def after(asked: dict[str, Any], markdown: str = LIST) -> list[str]:
    made = changed(read(markdown), asked)[0]
    again = read(to_markdown(made, "trust"))
    assert shown(again) == shown(made)
    return shown(made)


ROWS = [
    "t First", "i Why we ask.", "n Take your time.",
    "q One?", "f More of one?", "f Still more?", "f The rest of one?",
    "q Two?", "c Yes", "c No", "n Ask them all.",
    "t Second", "q Three?", "q Four?",
]  # fmt: skip


def test_a_set_is_its_rows_and_comes_out_of_them_as_it_was() -> None:
    assert shown(read()) == ROWS
    assert folded(rows_of(read()), read()) == read()


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[2].glob("source/*.md")))
def test_so_do_the_sets_that_come_with_this(path: Path) -> None:
    question_set = readers.read(path).question_set
    assert folded(rows_of(question_set), question_set) == question_set


@pytest.mark.parametrize(
    ("at", "into", "wanted"),
    [
        (7, "theme", [*ROWS[:7], "t Two?", "q Yes", "q No", *ROWS[10:]]),
        (7, "followup", [*ROWS[:7], "f Two?", "c Yes", "c No", *ROWS[10:]]),
        (7, "note", [*ROWS[:7], "c Yes", "c No", "n Two?", *ROWS[10:]]),
        (4, "question", [*ROWS[:4], "f Still more?", ROWS[6], "q More of one?", *ROWS[7:]]),
        (11, "question", [*ROWS[:11], "q Second", *ROWS[12:]]),
        (11, "nothing", [*ROWS[:11], *ROWS[12:]]),
        (0, "question", ["t Trust", "q First", "n Why we ask.", *ROWS[2:]]),
        (10, "intro", ["t First", "i Why we ask.", "i Ask them all.", *ROWS[2:10], *ROWS[11:]]),
        (3, "nothing", [*ROWS[:3], *ROWS[7:]]),
    ],
)
def test_what_was_read_as_one_thing_is_another(at: int, into: str, wanted: list[str]) -> None:
    assert after({"do": "turn", "at": at, "into": into}) == wanted


def test_follow_ups_without_a_question_are_questions_with_what_is_under_them() -> None:
    deep = "## A\n\n1. One?\n2. Two?\n   - In?\n     - Deeper?\n   - Out?\n"
    made = after({"do": "turn", "at": 2, "into": "theme"}, f"---\nread: exactly\n---\n{deep}")
    assert made == ["t A", "q One?", "t Two?", "q In?", "f Deeper?", "q Out?"]


@pytest.mark.parametrize(
    ("at", "move", "wanted"),
    [
        (7, {"by": -1}, [*ROWS[:3], *ROWS[7:11], *ROWS[3:7], *ROWS[11:]]),
        (7, {"by": 1}, [*ROWS[:7], "t Second", *ROWS[7:11], *ROWS[12:]]),
        (12, {"by": -1}, [*ROWS[:11], "q Three?", "t Second", "q Four?"]),
        (3, {"by": -1}, ROWS),
        (13, {"by": 1}, ROWS),
        (0, {"by": 1}, [*ROWS[11:], *ROWS[:11]]),
        (0, {"to": 14}, [*ROWS[11:], *ROWS[:11]]),
        (9, {"by": -1}, [*ROWS[:8], "c No", "c Yes", *ROWS[10:]]),
        (8, {"by": -1}, ROWS),
        (12, {"to": 3}, [*ROWS[:3], "q Three?", *ROWS[3:12], "q Four?"]),
        (3, {"to": 5}, ROWS),
    ],
)
def test_a_row_moves_with_all_that_stands_under_it(
    at: int, move: dict[str, int], wanted: list[str]
) -> None:
    assert after({"do": "move", "at": at, **move}) == wanted


@pytest.mark.parametrize(
    ("at", "kind", "wanted", "left"),
    [
        (3, "question", [*ROWS[:7], "q New", *ROWS[7:]], 7),
        (0, "question", [*ROWS[:3], "q New", *ROWS[3:]], 3),
        (3, "theme", [*ROWS[:11], "t New", "q First of it?", *ROWS[11:]], 11),
        (4, "followup", [*ROWS[:5], "f New", *ROWS[5:]], 5),
        (7, "choice", [*ROWS[:10], "c New", *ROWS[10:]], 10),
        (11, "intro", [*ROWS[:12], "i New", *ROWS[12:]], 12),
    ],
)
def test_something_is_added_where_its_kind_stands(
    at: int, kind: str, wanted: list[str], left: int
) -> None:
    asked = {"do": "add", "at": at, "kind": kind, "text": "New", "first": "First of it?"}
    assert after(asked) == wanted
    assert changed(read(), asked)[1] == left


def test_numbers_are_counted_again_where_they_were_counted_on() -> None:
    made, _ = changed(read(), {"do": "delete", "at": 3})
    assert [each.number for theme in made.themes for each in theme.questions] == [1, 2, 3]
    odd = read(LIST.replace("4. Four?", "9. Four?"))
    made, _ = changed(odd, {"do": "add", "at": 3, "kind": "question", "text": "New?"})
    assert [each.number for theme in made.themes for each in theme.questions] == [1, 10, 2, 3, 9]


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"do": "burn", "at": 0}, {"do": "delete", "at": 99}, {"do": "delete", "at": -1},
        {"do": "delete", "at": "0"}, {"do": "turn", "at": 3, "into": "dust"},
        {"do": "text", "at": 3}, {"do": "move", "at": 3}, {"do": "add", "at": 3, "kind": "x"},
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_had_is_refused_with_a_remedy(asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        changed(read(), asked)
    assert refused.value.diagnostics[0].hint


def test_no_theme_is_left_without_a_question() -> None:
    short = "## A\n\n1. One?\n\n## B\n\n2. Two?\n"
    for asked in ({"do": "delete", "at": 1}, {"do": "move", "at": 1, "by": 1}):
        with pytest.raises(UsageError, match="a theme needs a question"):
            changed(read(short), asked)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("Say **yes** now", "Say yes then now", "Say **yes** then now"),
        ("Say **yes** now", "Say yess now", "Say **yess** now"),
        ("Say **yes** now", "Say yes", "Say **yes**"),
        ("Say **yes** now", "Do say yes now", "Do say **yes** now"),
        ("**Yes**", "No", "No"),
    ],
)
def test_a_text_keeps_its_styles(old: str, new: str, wanted: str) -> None:
    given_ = read(f"---\nread: exactly\n---\n## A\n\n1. {old}\n").themes[0].questions[0].text
    made = restyled(given_, new)
    assert plain(made) == new
    assert text(made) == wanted


styled = st.lists(st.builds(Span, st.text("ab *", min_size=1), strong=st.booleans())).map(tuple)


@given(styled, st.text("ab *c"))
def test_what_is_typed_is_what_stands_there(old: Inline, new: str) -> None:
    assert plain(restyled(old, new)) == new


@given(st.integers(0, 13), st.sampled_from([*LEVELS, "nothing"]))
def test_whatever_a_row_is_turned_into_no_text_is_lost(at: int, into: str) -> None:
    try:
        made = after({"do": "turn", "at": at, "into": into})
    except UsageError:
        return
    left = {row[2:] for row in ROWS} - {row[2:] for row in made}
    assert into == "nothing" or not left
