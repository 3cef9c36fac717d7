"""Breaking lines: nothing wider than asked, nothing lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Inline, Span, plain
from generator.typeset import wrap

texts = st.text(alphabet=st.sampled_from("ab \t\u00a0-—/(’.,漢字。（"), max_size=30)
inlines = st.lists(st.builds(Span, texts, emphasis=st.booleans()), max_size=4).map(tuple)


def wide(text: str, span: Span) -> float:
    return len(text) * (2 if span.emphasis else 1)


def lines(text: str | Inline, width: float) -> list[str]:
    inline = (Span(text),) if isinstance(text, str) else text
    return [plain(line) for line in wrap(inline, wide, width)]


def test_words_fill_a_line_and_go_on_in_the_next() -> None:
    assert lines("one two three", 7) == ["one two", "three"]


def test_no_word_is_left_alone_on_the_last_line() -> None:
    assert lines("a text of words", 9) == ["a text", "of words"]
    assert lines("one two three", 7) == ["one two", "three"]  # nor on the line before it
    assert lines("so a bc defghijkl", 9) == ["so a bc", "defghijkl"]  # there is no room
    styled = (Span("a text "), Span("of", strong=True), Span(" words"))
    assert wrap(styled, wide, 9) == [
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


def test_styles_stay_with_their_words() -> None:
    assert wrap((Span("a "), Span("b", emphasis=True), Span("c d")), wide, 5) == [
        (Span("a "), Span("b", emphasis=True), Span("c")),
        (Span("d"),),
    ]


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap((), wide, 5) == [()]
    assert wrap((Span(""),), wide, 5) == [()]


@given(inlines, st.integers(2, 12))
def test_no_line_is_wider_and_the_text_survives(text: Inline, width: int) -> None:
    found = wrap(text, wide, width)
    for line in found:
        assert sum(wide(span.text, span) for span in line) <= width
        assert plain(line) == plain(line).strip(" ")
    squeezed = re.sub(r"[ \t]+", "", plain(text))
    assert "".join(plain(line).replace(" ", "") for line in found) == squeezed
