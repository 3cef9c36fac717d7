"""The pages to look at: all that a document says stands on them, where it will stand."""

import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from generator.strings import page_words
from generator.studio.desk import Desk
from generator.studio.edit import LEVELS

STATIC = Path(__file__).parents[2] / "generator" / "studio" / "static"
ENGLISH = """---
title: Trust
author: Harbour College
---
## What it takes
Why we ask, in a sentence that goes on for so long that no line of a handout can hold all of it.

1. When do you feel **trusted**?
   - At work?
     - By whom?
2. What breaks trust for you?
   - [ ] A lie
   - [ ] Silence

## Far from home

5. How was it? {scale=1-5 from="bad" to="good"}
"""
ARABIC = """---
title: الثقة
lang: ar
---
## ما يلزم

1. متى تشعر **بالثقة** في العمل؟
   - ومع من؟
2. ما الذي يكسر الثقة عندك؟
   - [ ] الكذب
   - [ ] الصمت
"""


def pages(markdown: str, document: str) -> tuple[dict[str, Any], list[list[Any]]]:
    desk = Desk()
    desk.work(markdown, "trust", {})
    shown = desk.show(document)
    return shown, [desk.page(document, number, 600) for number in range(len(shown["names"]))]


def texts(shapes: list[Any]) -> list[str]:
    return ["".join(text for text, *_ in each["runs"]) for each in shapes if "runs" in each]


@pytest.mark.parametrize("markdown", [ENGLISH, ARABIC])
@pytest.mark.parametrize("document", ["handout", "slides"])
def test_all_that_is_asked_stands_on_the_pages(markdown: str, document: str) -> None:
    _, drawn = pages(markdown, document)
    words = " ".join(chain.from_iterable(map(texts, drawn)))
    body = re.sub(r"---.*?---|[#*]|\{.*?\}|\[ \]|^\s*(?:-|\d\.)", "", markdown, flags=re.S | re.M)
    for word in body.split():
        assert word in words


@pytest.mark.parametrize("markdown", [ENGLISH, ARABIC])
@pytest.mark.parametrize("document", ["handout", "slides"])
def test_nothing_stands_outside_the_page(markdown: str, document: str) -> None:
    shown, drawn = pages(markdown, document)
    width, height = shown["size"]
    for each in chain.from_iterable(drawn):
        left, right = each["x"], each["x"] + each.get("w", 0)
        if "runs" in each:
            length = each.get("len", 0)
            part = {"l": 0, "ctr": 0.5, "r": 1}[each["align"]]
            left, right = each["x"] - part * length, each["x"] + (1 - part) * length
        assert left >= -0.1
        assert right <= width + 0.1
        assert 0 <= each["y"] <= height + 0.1


@pytest.mark.parametrize("document", ["handout", "slides"])
def test_lines_that_run_from_right_to_left_begin_at_the_right(document: str) -> None:
    shown, drawn = pages(ARABIC, document)
    title = next(each for each in drawn[0] if "runs" in each and each["runs"][0][0] == "الثقة")
    assert title["align"] == "r"
    assert title["x"] > shown["size"][0] / 2


def test_a_handout_has_its_boxes_numbers_dashes_and_words_in_their_styles() -> None:
    _, (shapes,) = pages(ENGLISH, "handout")
    shown = texts(shapes)
    assert [each for each in shown if each.startswith("☐ ")] == ["☐ 1.", "☐ 2.", "☐ 5."]
    assert shown.count("☐") == shown.count("–") == 2
    bold = [text for each in shapes for text, strong, _ in each.get("runs", ()) if strong]
    assert "trusted" in bold
    by_text = {text: each["x"] for text, each in zip(shown, filter(_is_text, shapes), strict=True)}
    assert by_text["When do you feel trusted?"] < by_text["At work?"] < by_text["By whom?"]


def _is_text(shape: dict[str, Any]) -> bool:
    return "runs" in shape


def test_lines_to_write_on_are_as_many_as_planned() -> None:
    desk = Desk()
    change = {"do": "set", "values": {"handout": {"answers": "lines"}}}
    desk.work(ENGLISH, "trust", {}, change)
    names = desk.show("handout")["names"]
    drawn = chain.from_iterable(desk.page("handout", number, 600) for number in range(len(names)))
    styles = [each.style.removesuffix(" Kept") for each in desk._plan("handout").paragraphs]
    rules = styles.count("Answer") + styles.count("Notes")
    assert rules > 6
    assert sum(each.get("h") == 0.5 for each in drawn) == rules


def test_choices_on_a_slide_have_their_marks_and_follow_ups_a_dash() -> None:
    _, drawn = pages(ENGLISH, "slides")
    slide = next(shapes for shapes in drawn if "A lie" in texts(shapes))
    assert len([text for text in texts(slide) if text in "○◯☐"]) == 2
    assert any("–" in texts(shapes) and "By whom?" in texts(shapes) for shapes in drawn)


@pytest.mark.parametrize("document", ["workbook", "handout", "slides", "run-sheet", "cards"])
def test_places_are_those_of_themes_and_questions(document: str) -> None:
    desk = Desk()
    rows = desk.work(ENGLISH, "trust", {})["rows"]
    shown = desk.show(document)
    wanted = {f"{row['theme']},{row['place']}" for row in rows if row["kind"] == "question"}
    if document in ("workbook", "handout", "slides"):
        assert wanted <= set(shown["places"])
    assert all(0 <= number < len(shown["names"]) for number in shown["places"].values())


def test_every_word_that_the_page_asks_for_is_there() -> None:
    source = "".join(path.read_text("utf-8") for path in STATIC.iterdir() if path.suffix != ".svg")
    asked = set(re.findall(r'\bt\("(\w+)"|data-(?:t|label)="(\w+)"', source))
    words, _ = page_words("en")
    assert {first or second for first, second in asked} <= set(words)
    own = tomllib.loads((STATIC.parent / "words.toml").read_text("utf-8"))
    built = r"^(answer|by|edition|bring|page|template|handout|slides|workbook|cards|run_sheet)_"
    unused = {name for name in own if f'"{name}"' not in source and not re.match(built, name)}
    assert unused <= {*LEVELS, "handout", "slides"}


def test_what_is_kept_for_a_person_is_bounded() -> None:
    from generator.diagnostics import UsageError

    desk = Desk()
    for number in range(4):
        desk.keep(f"{number}.docx", bytes(12 << 20))
    with pytest.raises(UsageError, match="too large together"):
        desk.keep("5.docx", bytes(12 << 20))
    desk.keep("0.docx", b"small")
