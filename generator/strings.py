"""The words that we add to the user's own, by language.

English is defined here, and each other language in a file of `languages/`; `for_language` finds it.
Braces are filled with `str.format`.

A counted noun has a form for each of the plural categories of Unicode's CLDR that its language
distinguishes (UTS 35, part 3, "Language Plural Rules"): `_other` always, in English also `_one`, in
Russian `_few` and `_many`. A form may omit its number, as Hebrew does for one and two.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple
from unicodedata import normalize


class Strings(NamedTuple):
    lang: str = "en"
    """The language whose plural rules choose between the forms of a counted noun (BCP 47)."""
    workbook: str = "Workbook"
    slides: str = "Workshop slides"
    minutes: str = "{count} min"
    contents: str = "Contents"
    agenda: str = "Agenda"
    theme_of: str = "Theme {number} of {count}"
    question_of: str = "{number} of {count}"
    question: str = "Question {number}"
    question_continued: str = "Question {number}, continued"
    questions_one: str = "{count} question"
    questions_two: str = "{count} questions"
    questions_few: str = "{count} questions"
    questions_many: str = "{count} questions"
    questions_other: str = "{count} questions"
    themes_one: str = "{count} theme"
    themes_two: str = "{count} themes"
    themes_few: str = "{count} themes"
    themes_many: str = "{count} themes"
    themes_other: str = "{count} themes"
    questions_in_themes: str = "{questions} in {themes}"
    continued: str = "{title} ({part} of {count})"
    name: str = "Name"
    mentor: str = "Mentor"
    from_date: str = "From"
    to_date: str = "To"
    how_to_use: str = "How to use this workbook"
    how_to_steps: tuple[str, ...] = (
        "Read the introduction of a theme and tick the questions that you want to start with.",
        "Before you meet, choose three or four. Leave the rest for another time.",
        "Ask, listen, and write down what you hear in your own words, while it is fresh.",
        "When a theme is done, turn to the last pages: what stood out, and what you will do.",
    )
    how_to_end: str = (
        "When a theme is done, fill in its last page: what stood out, and what you will do."
    )
    tick_to_start: str = "Tick the ones you want to start with."
    page: str = "page"
    your_own: str = "Or your own:"
    before_turning: str = "Before you turn the page"
    take_away: str = "What I take from this theme"
    after: str = "After the conversations"
    stood_out: str = "What stood out"
    action_plan: str = "Action plan"
    what: str = "What I will do"
    first_step: str = "First step"
    by_when: str = "By when"
    by: str = "by"
    done: str = "Done"
    notes: str = "Notes"
    before_meeting: str = "Before the first conversation"
    agreement: str = "What we agree"
    agree_wants: str = "What I want from this, in one sentence"
    agree_how: str = "How often, how long, and where we meet"
    agree_between: str = "What stays between us"
    agree_tell: str = "How we tell each other when something is not working"
    when_meet: str = "When we meet"
    mentee_date: str = "Mentee, date"
    mentor_date: str = "Mentor, date"
    each_time: str = "Each time you meet"
    conversations: str = "Conversations"
    date: str = "Date"
    asked_numbers: str = "Questions we discussed"
    talked_about: str = "What we talked about"
    next_step: str = "Next step"
    meet_again: str = "We meet again on"
    handout_hint: str = "Tick three or four before you meet; leave the rest for next time."
    answer_prompt: str = "Click here and type your answer."
    choose_prompt: str = "Click here and choose."
    page_of: str = "Page {page} of {count}"
    overview: str = "Which ones?"
    closing: str = "Thank you"
    closing_hint: str = "Which question will you ask first?"
    write_down: str = "Write it down: {page}"
    followups: str = "Follow-up questions"
    workbook_page: str = "Workbook page {page}"
    for_facilitator: str = "For the facilitator"
    run_sheet: str = "Run sheet"
    cards: str = "Conversation cards"
    clock: str = "Time"
    minutes_short: str = "Min"
    what_asked: str = "What"
    note_to_self: str = "Note to self"
    slide: str = "Slide"
    materials: str = "Materials"
    starts_at: str = "starts at"
    led_with: str = "with"
    end: str = "End"
    back_to_agenda: str = "Agenda"
    answers_summary: str = "Summary of the answers"
    people_answered: str = "People who answered: {count}"
    answers_count: str = "Answers: {count}"
    mean: str = "Mean: {mean}"
    more_answers: str = "More answers: {count}"
    quote: str = "“{text}”"

    def questions(self, count: int) -> str:
        return self._counted("questions", count)

    def themes(self, count: int) -> str:
        return self._counted("themes", count)

    def _counted(self, noun: str, count: int) -> str:
        form: str = getattr(self, f"{noun}_{_plural_category(self.lang, count)}")
        return form.format(count=count)

    def summary(self, questions: int, themes: int) -> str:
        """Return a summary such as `40 questions in 4 themes`."""
        return self.questions_in_themes.format(
            questions=self.questions(questions), themes=self.themes(themes)
        )


ENGLISH = Strings()

_CATEGORIES = ("one", "two", "few", "many")
_NOUNS = ("questions", "themes")


@cache
def for_language(lang: str) -> Strings:
    """Return the words for a BCP 47 tag by its primary language, or else in English."""
    primary = lang.replace("_", "-").split("-")[0].lower()
    file = files(__package__) / "languages" / f"{primary}.toml"
    if not (primary.isalpha() and file.is_file()):
        return ENGLISH
    words: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    words.pop("studio", None)
    words["how_to_steps"] = tuple(words["how_to_steps"])
    for noun, category in product(_NOUNS, _CATEGORIES):
        words.setdefault(f"{noun}_{category}", words[f"{noun}_other"])
    return Strings(lang=primary, **words)


LANGUAGES = tuple(
    sorted({"en", *(each.name[:-5] for each in (files(__package__) / "languages").iterdir())})
)
"""The languages with words of ours."""


def page_words(lang: str) -> tuple[dict[str, str], str]:
    """Return the words of the studio's page for a BCP 47 tag and their language, or else in
    English."""
    primary = lang.replace("_", "-").split("-")[0].lower()
    own = tomllib.loads((files(__package__) / "studio" / "words.toml").read_text("utf-8"))
    if primary not in LANGUAGES:
        primary = "en"
    if primary != "en":
        file = files(__package__) / "languages" / f"{primary}.toml"
        own |= tomllib.loads(file.read_text("utf-8")).get("studio", {})
    shared = for_language(primary)._asdict()
    return {key: word for key, word in (shared | own).items() if isinstance(word, str)}, primary


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def long_date(day: date, lang: str) -> str:
    """Write a date as its language does in full, such as "12 March 2026"."""
    if lang == "en":  # spares most builds the import
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    from babel.core import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        locale = Locale.parse(lang.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return day.isoformat()
    return format_date(day, "long", locale)


def _plural_category(lang: str, count: int) -> str:
    """Return a CLDR plural category. `zero` is left out, as none of our nouns needs it.

    A language without rules follows those of English.
    """
    english = "one" if count == 1 else "other"
    if lang == "en":  # spares most builds the import
        return english
    from babel.core import Locale, UnknownLocaleError

    try:
        category = Locale.parse(lang, sep="-").plural_form(count)
    except (ValueError, UnknownLocaleError):
        return english
    return "other" if category == "zero" else category


def capitals(text: str, lang: str) -> str:
    """Write a text in capitals: Turkish keeps the dot of its i, Greek drops its accents."""
    if lang[:2] in ("tr", "az"):
        text = text.replace("i", "\u0130")
    if lang[:2] == "el":
        text = normalize("NFC", normalize("NFD", text).replace("\u0301", ""))
    return text.upper()


def english_name(lang: str) -> str:
    """Return the name of a language, such as `French (fr)`."""
    if lang == "en":
        return "English"
    from babel.core import Locale

    names = Locale.parse("en").languages
    name = names.get(lang.replace("-", "_")) or names.get(lang.partition("-")[0])
    return f"{name} ({lang})" if name else lang
