"""Trees of YAML, JSON and TOML, and the dataclasses made of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import pytest

from generator.diagnostics import Problems, Severity
from generator.schema import InvalidValue, build, whole_number
from generator.tree import (
    DEEPEST,
    Node,
    from_json,
    from_toml,
    from_yaml,
    lines,
    of_values,
)

PATH = Path("a.yml")
Load = Callable[[str, Problems], Node | None]


def loaded(load: Load, text: str) -> tuple[Node | None, list[str]]:
    problems = Problems(PATH)
    node = load(text, problems)
    return node, [f"{found.severity} {found.line}: {found.message}" for found in problems.found]


@pytest.mark.parametrize(
    ("load", "text"),
    [
        (from_yaml, "a: no\nb:\n  c: 007\n  d: [x, '8', ~]\ne: true\n"),
        (from_json, '{"a": "no",\n"b": {\n"c": "007",\n"d": ["x", "8", null]},\n"e": true}'),
        (from_toml, 'a = "no"\n[b]\nc = "007"\nd = ["x", "8"]\n'),
    ],
)
def test_a_tree_keeps_texts_and_knows_its_lines(load: Load, text: str) -> None:
    node, problems = loaded(load, text)
    assert node and not problems
    found = dict(lines(node))
    assert node.entries["a"].text == "no" and node.entries["b"].entries["c"].text == "007"
    assert [item.text for item in node.entries["b"].entries["d"].items][:2] == ["x", "8"]
    assert (found["a"], found["b"], found["b.c"], found["b.d"]) == (1, 2, 3, 4)


def test_json_has_every_escape_and_its_lines() -> None:
    text = (
        '{"a\\/b": "\\ud83d\\ude00 \\"\\\\ \\u0007",\n"n": [1.50, -2,\n{"x": false}], "m": "a\\nb"}'
    )
    node, problems = loaded(from_json, text)
    assert node and not problems
    assert node.entries["a/b"].text == '😀 "\\ '
    assert [item.text for item in node.entries["n"].items[:2]] == ["1.50", "-2"]
    assert node.entries["n"].items[2].entries["x"].line == 3
    assert node.entries["m"].text == "a\nb"


@pytest.mark.parametrize(
    ("load", "text", "message"),
    [
        (from_yaml, "a: 1\nb: [", "error 2: the YAML is broken: did not find expected node"),
        (from_yaml, "a: &x 1\nb: *x", "error 2: '*x' is an alias, and aliases are not read"),
        (from_yaml, "? [a]\n: b", "error 1: a key is not a text"),
        (from_yaml, "a: 1\n---\nb: 2", "error 3: a second document begins here"),
        (from_yaml, "a: 1\nb: 2\na: 3", "warning 3: 'a' appears 2 times; the last one is used"),
        (from_json, '{"a": 1,\n"a": 2}', "warning 2: 'a' appears 2 times; the last one is used"),
        (from_json, '{"a": 1,\n}', "error 2: is not JSON"),
        (from_toml, 'a = "b"\nb = c', "error 2: the TOML is broken: Invalid value"),
        (from_toml, "a" * 100_001, "error 1: the TOML is broken: it has more than 100000"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(load: Load, text: str, message: str) -> None:
    node, problems = loaded(load, text)
    assert len(problems) == 1 and problems[0].startswith(message)
    assert (node is None) == message.startswith("error")


@pytest.mark.parametrize("load", [from_yaml, from_json])
@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_depth_is_bounded(load: Load, pair: str) -> None:
    within = ("[" * (DEEPEST - 1) if pair == "[]" else '{"a":' * (DEEPEST - 1)) + pair
    node, problems = loaded(load, within + pair[1] * (DEEPEST - 1))
    assert node and not problems
    deeper = "[" * 100_000 if pair == "[]" else '{"a":' * 100_000
    node, problems = loaded(load, deeper + "1" + pair[1] * 100_000)
    assert node is None and ("levels deep" in problems[0] or "nesting depth" in problems[0])


def test_aliases_of_aliases_are_refused_at_once() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    started = time.perf_counter()
    node, problems = loaded(from_yaml, bomb)
    assert node is None and len(problems) == 1 and time.perf_counter() - started < 1


def _even(node: Node) -> int:
    if node.text not in ("2", "4"):
        raise InvalidValue("valid values are 2 and 4")
    return int(node.text)


@dataclass(frozen=True)
class Inner:
    other_keys: ClassVar[Severity | None] = Severity.WARNING
    count: int = 1
    even: Annotated[int, _even] = 2


@dataclass(frozen=True)
class Named:
    two_words: int = 1


@dataclass(frozen=True)
class Outer:
    inner: Inner = Inner()
    text: str = ""
    wanted: bool = True
    when: date | None = None
    file: Path | None = None
    word: Literal["one", "two-three"] = "one"
    words: tuple[Literal["one", "two"], ...] = ()
    named: Annotated[Mapping[str, str], {"x": str}] = field(default_factory=dict)
    few: Annotated[int, whole_number(1, 3)] = 1


def built(text: str) -> tuple[Outer, list[str]]:
    problems = Problems(PATH)
    node = from_yaml(text, problems)
    assert node
    made = build(node, Outer, problems)
    return made, [f"{each.line}: {each.message} ({each.hint})" for each in problems.found]


def test_a_dataclass_takes_every_kind_of_value() -> None:
    made, problems = built(
        "inner: {count: 7, even: '4'}\ntext: 12 a\nwanted: Off\nwhen: 2020-02-29T10:00\n"
        "file: a/b.ttf\nword: Two_Three\nwords: [two, one]\nnamed: {x: y}\nfew: 3\n"
    )
    assert not problems
    assert made == Outer(
        Inner(7, 4), "12 a", False, date(2020, 2, 29), Path("a/b.ttf"), "two-three",
        ("two", "one"), {"x": "y"}, 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "value"), [("true yes on TRUE", True), ("false no off False", False)]
)
def test_true_and_false_have_more_than_one_word(words: str, value: bool) -> None:
    for word in words.split():
        made, problems = built(f"wanted: {word}\n")
        assert (made.wanted, problems) == (value, [])


def test_keys_may_be_written_with_underscores() -> None:
    assert "did you mean two-three?" in built("word: two_thre\n")[1][0]
    problems = Problems(PATH)
    build(of_values({"two_word": 1, "two_wrd": 1}), Named, problems)
    assert [found.hint for found in problems.found] == ["did you mean two-words?"] * 2


def test_a_key_without_a_value_counts_as_not_given() -> None:
    assert built("inner:\ntext: ~\nwhen:\nwords:\n") == (Outer(), [])


def test_all_problems_are_reported_each_with_its_line_and_remedy() -> None:
    made, problems = built(
        "inner:\n  evn: 2\n  even: 3\n  count: 0\ntext: [a]\nwanted: 1\nwhen: 2021-02-29\n"
        "file: ''\nword: two-thre\nwords: one\nfew: 4\nwrod: one\nzzz: 1\nnamed: {y: z}\n"
    )
    assert made == Outer()
    assert problems == [
        "2: unknown key 'inner.evn' (did you mean even?)",
        "3: inner.even: '3' is not a valid value (valid values are 2 and 4)",
        "4: inner.count: '0' is not a valid value (valid values are whole numbers from 1 to "
        "999999999)",
        "5: text: a list is not a valid value (write text, in quotes if necessary)",
        "6: wanted: '1' is not a valid value (valid values are true and false)",
        "7: when: '2021-02-29' is not a valid value (write the date as in 2026-01-31)",
        "8: file: '' is not a valid value (write the path of a file)",
        "9: word: 'two-thre' is not a valid value (did you mean two-three? valid values are one, "
        "two-three)",
        "10: words: 'one' is not a valid value (write a list, as in [one, two])",
        "11: few: '4' is not a valid value (valid values are whole numbers from 1 to 3)",
        "12: unknown key 'wrod' (did you mean word?)",
        "13: unknown key 'zzz' (known keys are inner, text, wanted, when, file, word, words, "
        "named, few)",
        "14: unknown key 'named.y' (known keys are x)",
    ]


def test_other_keys_are_errors_unless_the_dataclass_says_otherwise() -> None:
    problems = Problems(PATH)
    build(of_values({"x": 1, "inner": {"y": 2}}), Outer, problems)
    assert [each.severity for each in problems.found] == [Severity.ERROR, Severity.WARNING]


def test_messages_stay_short_whatever_a_value_is() -> None:
    _, problems = built(f"few: {'9' * 5000}\nword: {{a: b}}\ninner: [x]\n")
    assert len(problems) == 3 and all(len(problem) < 200 for problem in problems)
    assert problems[1].startswith("2: word: a mapping is not a valid value")
    assert problems[2] == (
        "3: inner: expected a mapping, found a list (write it as lines of `key: value`, such "
        "as `count: ...`)"
    )
