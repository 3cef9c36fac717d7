"""YAML and JSON: the same set as Markdown, the schema that describes it, and every mistake."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from test_tables import MARKDOWN, bare

from generator import readers
from generator.diagnostics import SourceError
from generator.model import plain
from generator.readers import data, headers

SCHEMA = json.loads((Path(data.__file__).parent / "question-set.schema.json").read_text("utf-8"))

YAML = """\
slug: other
themes:
  - title: First
    intro: An intro with *emphasis*.
    questions:
      - text: Why, `code`?
        number: 7
        followups:
          - text: And then?
            followups: ["Really?"]
          - Or else?
        notes: |
          Say this:

          1. one
        answer: lines=4
        tags: [goals, start]
        minutes: 5
      - text: How, [link](https://example.org)?
        number: 9
        answer: {box: 7cm}
  - title: Second
    questions:
      - {text: "When?", number: 10, answer: none}
"""


def written(text: str, tmp_path: Path, name: str = "set.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_data_says_what_markdown_says(tmp_path: Path) -> None:
    source = written(f"---\nslug: other\n---\n\n{MARKDOWN}", tmp_path, "set.md")
    expected = bare(readers.read(source).question_set)
    as_json = json.dumps(yaml.safe_load(YAML), indent="\t")
    assert bare(readers.read(written(YAML, tmp_path)).question_set) == expected
    assert bare(readers.read(written(as_json, tmp_path, "set.json")).question_set) == expected


def test_the_schema_takes_what_is_read_and_names_every_part() -> None:
    validator = Draft202012Validator(SCHEMA)
    validator.validate(yaml.safe_load(YAML))
    parts = SCHEMA["$defs"]
    for part in (parts["theme"], parts["question"]["anyOf"][1], parts["followup"]["anyOf"][1]):
        assert None not in map(headers.role, part["properties"])
    assert not validator.is_valid({"themes": [{"questions": [{"txt": "Why?"}]}]})


def test_texts_are_taken_as_they_were_typed(tmp_path: Path) -> None:
    path = written("themes:\n  - {title: no, questions: [1.0, yes, 2026-01-01]}\n", tmp_path)
    (theme,) = readers.read(path).question_set.themes
    assert [plain(theme.title), *(plain(q.text) for q in theme.questions)] == [
        "no", "1.0", "yes", "2026-01-01"
    ]  # fmt: skip


def test_escapes_of_json_are_read(tmp_path: Path) -> None:
    text = r'{"themes":[{"questions":["a\/b \u00e9 \ud83d\ude00 \"q\" \\ c"]}]}'
    (theme,) = readers.read(written(text, tmp_path, "set.json")).question_set.themes
    assert plain(theme.questions[0].text) == 'a/b é 😀 "q" \\ c'


NONE = "no questions were found in this data"
MISTAKES = {
    "themes: 3": [f"error 1: {NONE}"],
    "title: x": [f"error 1: {NONE}"],
    "[]": [f"error 1: {NONE}"],
    "themes:\n- {title: a, questions: []}\n": [f"error 1: {NONE}"],
    "themes:\n- &a {questions: [b]}\n- *a\n": [
        "error 3: '*a' is an alias, and aliases are not read"
    ],
    "themes: [": ["error 1: the YAML is broken: did not find expected node content"],
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes_are_named_with_their_lines(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as raised:
        readers.read(written(text, tmp_path))
    found = [f"{each.severity} {each.line}: {each.message}" for each in raised.value.diagnostics]
    assert found == MISTAKES[text]
    assert all(each.hint for each in raised.value.diagnostics)


def test_an_odd_value_is_said_and_stops_nothing(tmp_path: Path) -> None:
    text = """\
themes:
- questions:
  - {text: a, number: x}
  - {text: b, minutes: 1e9, number: 7}
  - {text: c, number: 8}
"""
    reading = readers.read(written(text, tmp_path))
    assert [(found.line, found.message) for found in reading.diagnostics] == [
        (3, "'x' is no number; the question is counted"),
        (4, "'1e9' is no number of minutes and is left out"),
    ]
    assert [q.number for q in reading.question_set.themes[0].questions] == [1, 7, 8]


def test_an_unknown_part_is_a_warning(tmp_path: Path) -> None:
    path = written("themes:\n- questions:\n  - text: a\n    minuts: 4\n", tmp_path)
    (warning,) = readers.read(path).diagnostics
    assert warning.message == "the key 'minuts' is not read"
    assert (warning.line, warning.hint) == (2, "did you mean minutes?")


def test_a_number_without_end_is_said_in_both(tmp_path: Path) -> None:
    text = '{"themes": [{"questions": [{"text": "a", "number": ' + "9" * 5_000 + "}]}]}"
    for name in ("set.json", "set.yaml"):
        reading = readers.read(written(text, tmp_path, name))
        assert reading.question_set.themes[0].questions[0].number == 1
        assert [found.message for found in reading.diagnostics] == ["the key 'number' is not read"]


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"themes": [1,]}'])
def test_what_is_no_json_is_an_error(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is not JSON|levels deep"):
        readers.read(written(text, tmp_path, "set.json"))
