"""Each language has all the words, with the same places to fill."""

from dataclasses import fields
from importlib.resources import files
from string import Formatter

import pytest

from generator.strings import ENGLISH, Strings, for_language

LANGUAGES = sorted(
    file.name.removesuffix(".toml") for file in files("generator.languages").iterdir()
)
NAMES = [field.name for field in fields(Strings)]


def places(words: str | tuple[str, ...]) -> list[str | None]:
    return sorted(name for _, name, _, _ in Formatter().parse(str(words)) if name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_every_word_with_the_same_places_to_fill(lang: str) -> None:
    words = for_language(lang)
    for name in NAMES:
        assert places(getattr(words, name)) == places(getattr(ENGLISH, name)), name
    alike = [name for name in NAMES if getattr(words, name) == getattr(ENGLISH, name)]
    assert len(alike) < 10, alike


def test_a_language_is_found_by_its_first_part_and_english_stands_in() -> None:
    assert for_language("pt_BR") == for_language("PT") != ENGLISH
    assert for_language("nl") is for_language("../de") is for_language("en-GB") is ENGLISH
