"""`check`: everything that was read, for a person and for a script."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import SHIPPED
from test_cli import run

from generator.checking import Check, report
from generator.diagnostics import warning
from generator.model import Question, QuestionSet, Span, Theme

SET = """\
---
title: Team review
subtitle: Spring
---

## Start {minutes=20}

Take *ten* minutes.

::: notes
Open a window.
:::

5. What **went** well? {lines=4 tags="goals" minutes=5}
   - At home?
     - And since when?

   ::: notes
   Let them talk.
   :::
"""


def test_as_json_it_prints_everything_that_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "review.md"
    source.write_text(SET, encoding="utf-8")
    status, out, _ = run(capsys, "check", source, "--json")
    assert (status, json.loads(out)["sets"][0]) == (
        0,
        {
            "path": str(source),
            "slug": "review",
            "title": "Team review",
            "subtitle": "Spring",
            "lang": "en",
            "intro": [],
            "read_as": "1 item of a list; each asks",
            "themes": [
                {
                    "title": "Start",
                    "line": 6,
                    "intro": ["Take ten minutes."],
                    "notes": ["Open a window."],
                    "minutes": 20,
                    "questions": [
                        {
                            "number": 5,
                            "line": 14,
                            "text": "What went well?",
                            "followups": [
                                {"text": "At home?", "depth": 1},
                                {"text": "And since when?", "depth": 2},
                            ],
                            "choices": [],
                            "notes": ["Let them talk."],
                            "answer": "lines=4",
                            "tags": ["goals"],
                            "minutes": 5,
                        }
                    ],
                }
            ],
        },
    )
    assert json.loads(out)["pages"] > 3


def test_what_was_read_is_printed_where_only_the_workbook_cannot_be_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "old.md"
    source.write_text("## Theme\n\n1. What does \U00018b00 mean?\n", encoding="utf-8")  # Khitan
    status, out, _ = run(capsys, "check", source, "--json")
    found = json.loads(out)
    assert (status, found["pages"]) == (1, None)
    assert found["sets"][0]["themes"][0]["questions"][0]["text"] == "What does \U00018b00 mean?"
    assert [each["severity"] for each in found["diagnostics"]] == ["error"]
    status, out, err = run(capsys, "check", source)
    assert (status, "font" in err) == (1, True)


def test_a_person_sees_each_question_with_what_belongs_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("review.md").write_text(SET, encoding="utf-8")
    status, out, err = run(capsys, "check", "review.md")
    assert (status, err) == (0, "")
    assert out == (
        "review.md: Team review\n"
        "  1 question in 1 theme, in English; each has lines=4, unless marked otherwise\n"
        "  read as questions: 1 item of a list; each asks\n"
        "\n"
        "Start   line 6 · 1 question · introduction of 3 words · 1 note · 20 min\n"
        "  5  What went well?   2 follow-ups · 1 note · 5 min · #goals\n"
        "\n"
        "Workbook: 5 pages\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["review.md"]


def test_verbose_adds_the_texts_and_the_room_that_each_question_gets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "review.md"
    source.write_text(SET, encoding="utf-8")
    _, out, _ = run(capsys, "check", source, "--verbose")
    assert "\n  Take ten minutes.\n" in out
    assert "#goals · gets 4 rules\n     - At home?\n       - And since when?\n" in out
    assert "     note: Let them talk.\n" in out


DOUBTS = """---
titel: Review
---
## One {answer=none}

```
code
```

1. A?
2. B? {scale="1-5"}
3. C? {lin=4}

```
code
```
"""


def test_doubts_stand_beside_what_they_are_about_and_alike_ones_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.md").write_text(DOUBTS, encoding="utf-8")
    status, out, err = run(capsys, "check", "x.md")
    assert (status, err) == (0, "")
    rows = [row.strip() for row in out.splitlines()]
    assert [row for row in rows if row[:1].isdigit() or row.startswith("warning")] == [
        "3 questions in 1 theme, in English; each has none, unless marked otherwise",
        "warning: line 2: 'titel' is not a known setting and is ignored",
        "warning: line 6: a code block was left out (also on line 14)",
        "1  A?",
        "2  B?   scale=1-5",
        "3  C? {lin=4}",
        "warning: line 12: {lin=4} is not understood and is printed as text",
    ]
    assert out.count("hint: did you mean lines=?") == 1


def sheets(*lines: int) -> QuestionSet:
    """Themes of one question each, on these lines."""
    themes = tuple(
        Theme(at, (Span("T"),), line, (Question(at, (Span("Why?"),), line),))
        for at, line in enumerate(lines, 1)
    )
    return QuestionSet("S", "s", themes, Path("s.xlsx"))


def shown(check: Check) -> list[str]:
    return ["".join(text for text, _ in line) for line in report(check)]


def test_doubts_stand_at_the_top_where_several_sheets_count_their_lines() -> None:
    doubt = (warning("odd", Path("s.xlsx"), 3),)
    assert shown(Check(sheets(2, 9), doubt)).index("     warning: line 3: odd") == 5
    assert shown(Check(sheets(9, 2), doubt)).index("  warning: line 3: odd") == 2


@pytest.mark.parametrize(
    "text", ["What now? " * 40, "何を学びましたか。" * 30, "https://example.org/" + "a" * 300]
)
def test_no_line_is_wider_than_a_hundred_columns(text: str) -> None:
    made = sheets(1)
    question = Question(1, (Span(text),), 1, tags=tuple(f"tag-{n}" for n in range(30)))
    theme = Theme(1, (Span(text),), 1, (question,))
    made = QuestionSet(text, "s", (theme,), Path("s.md"))
    rows = shown(Check(made, (warning(text, Path("s.md"), 1, text),)))
    wide = "何を学びましたか。"
    assert max(len(row) + sum(each in wide for each in row) for row in rows) <= 100
    assert "".join(text.split()) in "".join("".join(rows).split())


def test_one_set_that_cannot_be_read_does_not_hide_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    (tmp_path / "b.md").write_text(SET, encoding="utf-8")
    status, out, err = run(capsys, "check", tmp_path)
    assert status == 1
    assert "a.md: error: this file is empty" in err and "Team review" in out
    status, out, _ = run(capsys, "check", tmp_path, "--json")
    first, second = map(json.loads, out.splitlines())
    assert (status, first["sets"], len(second["sets"])) == (1, [], 1)


def test_pages_that_are_hardly_full_are_named() -> None:
    pages = [
        SimpleNamespace(kind="cover", label="1", fullness=0.2),
        SimpleNamespace(kind="questions", label="2", fullness=0.86),
        SimpleNamespace(kind="questions", label="3", fullness=0.6),
    ]
    rows = shown(Check(sheets(1), (), SimpleNamespace(pages=pages, fits=())))
    assert rows[-2:] == ["Workbook: 3 pages", "  page 3 is only 60% full"]


def test_a_terminal_has_colours(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    _, out, _ = run(capsys, "check", SHIPPED)
    assert "\x1b[1mTo learn about failure\x1b[0m\x1b[2m   line 7 · 10 questions" in out


def test_a_doubt_about_the_brand_names_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set.md").write_text("1. Why?\n2. How?\n")
    (tmp_path / "_brand.yml").write_text("color:\n  primary: '#FFCC00'\n")
    status, out, _ = run(capsys, "check", str(tmp_path / "set.md"))
    assert status == 0
    assert "warning: _brand.yml: line 2: color.primary" in " ".join(out.split())
