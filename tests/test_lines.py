"""Breaking lines: nothing wider than asked, nothing lost."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import Inline, Span, plain
from generator.text.lines import Measured

texts = st.text(alphabet=st.sampled_from("ab \t\u00a0-—/(’.,漢字。（"), max_size=30)
inlines = st.lists(st.builds(Span, texts, emphasis=st.booleans()), max_size=4).map(tuple)


def wide(span: Span) -> Callable[[str], float]:
    return lambda text: len(text) * (2 if span.emphasis else 1)


def measured(text: str | Inline) -> Measured:
    return Measured((Span(text),) if isinstance(text, str) else text, wide)


def lines(text: str | Inline, width: float, **how: bool) -> list[str]:
    return [plain(line) for line in measured(text).lines(width, **how)]


def wrap(text: Inline, width: float) -> list[Inline]:
    return measured(text).lines(width)


def test_words_fill_a_line_and_go_on_in_the_next() -> None:
    assert lines("one two three", 7) == ["one two", "three"]


def test_no_word_is_left_alone_on_the_last_line() -> None:
    assert lines("a text of words", 9) == ["a text", "of words"]
    assert lines("one two three", 7) == ["one two", "three"]  # nor on the line before it
    assert lines("so a bc defghijkl", 9) == ["so a bc", "defghijkl"]  # there is no room
    styled = (Span("a text "), Span("of", strong=True), Span(" words"))
    assert wrap(styled, 9) == [
        (Span("a text"),),
        (Span("of", strong=True), Span(" words")),
    ]


def test_spaces_at_the_end_and_between_are_one_or_none() -> None:
    assert lines("one  two \n three  ", 7) == ["one two", "three"]


def test_a_no_break_space_holds() -> None:
    assert lines("a b\u00a0c", 4) == ["a", "b\u00a0c"]


def test_a_long_word_is_broken_between_characters() -> None:
    assert lines("a abcdefgh b", 5) == ["a", "abcde", "fgh b"]


def test_a_line_ends_after_a_dash_and_between_ideographs() -> None:
    assert lines("so—when", 5) == ["so—", "when"]
    assert lines("漢字漢。", 3) == ["漢字", "漢。"]


def test_a_dash_between_spaces_begins_no_line() -> None:
    assert lines("one two – three", 7) == ["one", "two –", "three"]
    assert lines("– one two", 6) == ["– one", "two"]
    assert lines("abcdef – g h", 4) == ["abcd", "ef –", "g h"]
    assert lines("abcdefgh – i", 4) == ["abcd", "efgh", "– i"]  # there is no room for it
    styled = (Span("one two "), Span("–", emphasis=True), Span(" three"))
    assert [plain(line) for line in wrap(styled, 8)] == ["one", "two –", "three"]


def test_styles_stay_with_their_words() -> None:
    assert wrap((Span("a "), Span("b", emphasis=True), Span("c d")), 5) == [
        (Span("a "), Span("b", emphasis=True), Span("c")),
        (Span("d"),),
    ]


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap((), 5) == [()]
    assert wrap((Span(""),), 5) == [()]


@given(inlines, st.integers(2, 12))
def test_no_line_is_wider_and_the_text_survives(text: Inline, width: int) -> None:
    found = wrap(text, width)
    for line in found:
        assert sum(wide(span)(span.text) for span in line) <= width
        assert plain(line) == plain(line).strip(" ")
    squeezed = re.sub(r"[ \t]+", "", plain(text))
    assert "".join(plain(line).replace(" ", "") for line in found) == squeezed


@given(inlines, st.integers(2, 12))
def test_as_many_lines_are_counted_as_there_are(text: Inline, width: int) -> None:
    made = measured(text)
    assert made.count(width) == len(made.lines(width))
    assert sum(map(len, (plain(part) for part in made.parts(width, 2)))) <= len(plain(text))
    assert len(made.parts(width, 2)) == -(-made.count(width) // 2)


@given(inlines, st.integers(2, 12))
def test_balanced_lines_are_no_more_lines_and_none_is_wider(text: Inline, width: int) -> None:
    made = measured(text)
    balanced = made.balanced(width, most=4)
    assert len(balanced) == len(made.lines(width))
    assert [plain(line).replace(" ", "") for line in [sum(balanced, ())]] == [
        plain(sum(made.lines(width), ())).replace(" ", "")
    ]
    for line in balanced:
        assert sum(wide(span)(span.text) for span in line) <= width


def test_balanced_lines_are_about_equally_long() -> None:
    text = "what would you do if nobody ever paid you for it"
    assert lines(text, 40) == ["what would you do if nobody ever paid", "you for it"]
    balanced = [plain(line) for line in measured(text).balanced(40)]
    assert balanced == ["what would you do if nobody", "ever paid you for it"]
    assert [plain(line) for line in measured(text).balanced(12)] == lines(text, 12)  # five lines
    assert [plain(line) for line in measured("abcdefgh b").balanced(5)] == ["abcde", "fgh b"]


def test_lines_end_in_the_space_at_which_they_were_broken_where_that_is_asked_for() -> None:
    assert lines("one two three", 7, spaced=True) == ["one two ", "three"]
    assert lines("so—when", 5, spaced=True) == ["so—", "when"]
    assert lines("漢字漢。", 3, spaced=True) == ["漢字", "漢。"]
    styled = (Span("a"), Span(" b", strong=True))
    assert measured(styled).lines(1, spaced=True) == [(Span("a "),), (Span("b", strong=True),)]


@given(inlines, st.integers(2, 12))
def test_with_their_spaces_lines_say_the_text(text: Inline, width: int) -> None:
    said = "".join(lines(text, width, spaced=True))
    if all(len(word) * 2 <= width for word in plain(text).split()):
        assert said == re.sub(r"[ \t]+", " ", plain(text)).strip(" ")


@pytest.mark.parametrize(
    ("text", "count", "width", "begun"),
    [
        ("one two three", 2, 7, "one two three"),
        ("one two three", 1, 7, "one…"),
        ("one two three", 1, 8, "one two…"),
        ("one, two three", 1, 6, "one…"),
        ("abcdefgh", 1, 5, "abcd…"),
        ("one two abcdefgh", 2, 7, "one two abcdef…"),
        ("漢字漢字", 1, 3, "漢字…"),
    ],
)
def test_a_text_that_is_only_begun_ends_in_an_ellipsis_that_fits(
    text: str, count: int, width: int, begun: str
) -> None:
    assert plain(measured(text).begun(count, width)) == begun


@given(inlines, st.integers(4, 12), st.integers(1, 3))
@example((Span("aaaa’(。(a.("), Span("a", emphasis=True)), 4, 3)
def test_what_is_begun_needs_no_further_line(text: Inline, width: int, count: int) -> None:
    begun = measured(text).begun(count, width)
    assert measured(begun).count(width) <= count
    assert plain(begun) == plain(text) or plain(begun).endswith("…")


def test_marks_stay_with_their_letter_where_a_word_is_broken() -> None:
    assert lines("e\u0301" * 4, 4) == ["e\u0301e\u0301"] * 2


def test_the_width_of_a_text_is_that_of_its_one_line() -> None:
    assert measured("one  two").width == 7
    assert measured((Span("one "), Span("two", emphasis=True))).width == 10
    assert measured("").width == 0
