"""The order of text on a line; capitals are right-to-left letters in the comments."""

import pytest

from generator.text import bidi


def shown(text: str, rtl: bool) -> str:
    """The line from the left, as its letters stand."""
    runs = bidi.runs(text, rtl)
    assert "".join(run.text for run in runs) == text
    return "|".join(
        runs[place].text[::-1] if runs[place].rtl else runs[place].text
        for place in bidi.from_left(runs)
    )


@pytest.mark.parametrize(
    ("text", "rtl", "line"),
    [
        ("plain (text) 12.", False, "plain (text) 12."),
        ("car אבג end", False, "car |גבא| end"),
        ("אבג car דה.", True, ".הד |car| גבא"),
        ("אבג 12.5% דה", True, "הד |12.5%| גבא"),
        ("אב-12", True, "12|-בא"),
        ("אב HTML (CSS) גד", True, "דג |HTML (CSS)| בא"),
        ("אב (CSS) גד", True, "דג )|CSS|( בא"),
        ("אבג 1 דה", False, "הד |1| גבא"),
        ("مئة 3/4 و", True, "و |3/4| ةئم"),
        ("אב ", False, "בא| "),
        ("CSS ", True, " |CSS"),
        ("أب 3-4 جد", True, "دج |4|-|3| بأ"),  # W2: digits after Arabic letters do not join a range
        ("אב $12 גד", True, "דג |$12| בא"),  # W5: a sign before a number goes with it
    ],
)
def test_runs_stand_in_the_order_of_the_unicode_algorithm(text: str, rtl: bool, line: str) -> None:
    assert shown(text, rtl) == line


def test_marks_and_joiners_stay_with_their_letter() -> None:
    assert [run.text for run in bidi.runs("שָׁ\u200dל a", True)] == ["שָׁ\u200dל ", "a"]


@pytest.mark.parametrize(
    ("lang", "rtl"),
    [("ar", True), ("he-IL", True), ("fa", True), ("az-Arab", True), ("de", False),
     ("ur-Latn", False), ("zh-Hant-TW", False)],
)  # fmt: skip
def test_languages_say_in_which_direction_they_run(lang: str, rtl: bool) -> None:
    assert bidi.right_to_left(lang) is rtl
