"""Each language has all the words, with the same places to fill."""

import tomllib
from importlib.resources import files
from string import Formatter

import pytest
from babel.core import Locale

from generator.strings import ENGLISH, Strings, capitals, for_language, page_words

LANGUAGES = sorted(
    file.name.removesuffix(".toml") for file in files("generator.languages").iterdir()
)
NAMES = Strings._fields


def places(words: str | tuple[str, ...]) -> list[str | None]:
    return sorted(name for _, name, _, _ in Formatter().parse(str(words)) if name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_every_word_with_the_same_places_to_fill(lang: str) -> None:
    words = for_language(lang)
    for name in NAMES:
        wanted = places(getattr(ENGLISH, name))
        may_lack_number = name.endswith(("_one", "_two")) and lang in ("ar", "he")
        assert places(getattr(words, name)) in (wanted, [] if may_lack_number else wanted), name
    alike = [name for name in NAMES if getattr(words, name) == getattr(ENGLISH, name)]
    assert len(alike) < 12, alike


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_its_own_form_for_each_plural_category_that_counting_meets(
    lang: str,
) -> None:
    rule = Locale.parse(lang).plural_form
    needed = {rule(count) for count in range(1, 1000)}
    file = files("generator.languages") / f"{lang}.toml"
    given = set(tomllib.loads(file.read_text(encoding="utf-8")))
    for noun in ("questions", "themes"):
        forms = {name.removeprefix(f"{noun}_") for name in given if name.startswith(f"{noun}_")}
        assert forms - {"in_themes"} == needed | {"other"}


@pytest.mark.parametrize(
    ("lang", "count", "expected"),
    [
        ("en", 1, "1 question"),
        ("en", 40, "40 questions"),
        ("fr-CA", 1, "1 question"),
        ("pl", 1, "1 pytanie"),
        ("pl", 22, "22 pytania"),
        ("pl", 25, "25 pytań"),
        ("ru", 21, "21 вопрос"),
        ("ru", 42, "42 вопроса"),
        ("ru", 11, "11 вопросов"),
        ("uk", 5, "5 запитань"),
        ("ar", 2, "سؤالان"),
        ("ar", 7, "7 أسئلة"),
        ("ar", 40, "40 سؤالًا"),
        ("ar", 100, "100 سؤال"),
        ("he", 1, "שאלה אחת"),
        ("he", 2, "שתי שאלות"),
        ("he", 40, "40 שאלות"),
        ("ja", 1, "質問 1 問"),
    ],
)
def test_questions_are_counted_as_the_language_counts(lang: str, count: int, expected: str) -> None:
    assert for_language(lang).questions(count) == expected


def test_words_of_ones_own_are_counted_by_the_rules_of_the_language_named_with_them() -> None:
    czech = {"questions_one": "{count} otázka", "questions_few": "{count} otázky"}
    words = ENGLISH._replace(lang="cs", **czech)
    assert [words.questions(count) for count in (1, 3)] == ["1 otázka", "3 otázky"]
    assert ENGLISH._replace(lang="no such").questions(1) == "1 question"


def test_a_language_is_found_by_its_first_part_and_english_stands_in() -> None:
    assert for_language("pt_BR") == for_language("PT") != ENGLISH
    assert for_language("sv") is for_language("../de") is for_language("en-GB") is ENGLISH


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Theme 1 of 2", "THEME 1 OF 2"),
        ("tr", "Çalışma kitabı, içindekiler", "ÇALIŞMA KİTABI, İÇİNDEKİLER"),
        ("el", "Τετράδιο", "ΤΕΤΡΑΔΙΟ"),
    ],
)
def test_capitals_are_those_of_the_language(lang: str, text: str, expected: str) -> None:
    assert capitals(text, lang) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_every_word_of_the_page_with_the_same_places_to_fill(lang: str) -> None:
    english = tomllib.loads((files("generator.studio") / "words.toml").read_text("utf-8"))
    file = files("generator.languages") / f"{lang}.toml"
    own = tomllib.loads(file.read_text("utf-8"))["studio"]
    assert set(english) - set(own) == {"studio", "markdown_tab"}
    for name, words in own.items():
        assert places(words) == places(english[name]), name
    words, language = page_words(f"{lang}-XX")
    assert language == lang
    assert words["take"] == own["take"]


def test_the_page_speaks_english_where_it_has_no_other_words() -> None:
    assert page_words("xx")[1] == "en"
    assert page_words("../../x")[1] == "en"
