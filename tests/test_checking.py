"""`check`: everything that was read, for a person and for a script."""

import json
from pathlib import Path

import pytest
from test_cli import run

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
