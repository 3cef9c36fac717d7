"""The deck's plan, asserted as data; and the file, reopened with python-pptx."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import measured
import pytest
from conftest import SHIPPED, squash
from lxml import etree
from plans import a_set, a_theme, inline, planned, question, written
from pptx import Presentation

from generator.look.style import Palette, StyleSheet
from generator.model import AnswerKind, AnswerSpace, FollowUp, Note, Question, QuestionSet, plain
from generator.model import Span as S
from generator.readers import read
from generator.settings import settings_of
from generator.strings import for_language
from generator.writers import ACTION_PLAN, Context

LONG = " ".join(["When you were small, which room of the house felt safest to you?"] * 16)
MIXED = tuple(
    S(f"{word}{'' if place % 3 else ' '}", emphasis=bool(place % 2), strong=place % 5 == 0)
    for place, word in enumerate(LONG.split(" "))
)
"""Spans that begin and end inside words and between them."""
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def plan_of(*themes: list[Question], **settings: Any) -> Any:
    return planned("slides", a_set(*themes, slides=settings))


def deck_of(question_set: QuestionSet, context: Context | None = None) -> Any:
    return Presentation(io.BytesIO(written("slides", question_set, context).data))


@pytest.fixture(scope="module")
def shipped() -> Any:
    context = Context(timestamp=datetime(2020, 7, 22, tzinfo=UTC))
    return planned("slides", read(SHIPPED).question_set, context)


@pytest.fixture(scope="module")
def deck() -> Any:
    context = Context(timestamp=datetime(2020, 7, 22, tzinfo=UTC))
    return deck_of(read(SHIPPED).question_set, context)


def uses(plan: Any) -> list[str]:
    return [slide.layout.use for slide in plan.slides]


def asking(plan: Any) -> list[Any]:
    return [slide for slide in plan.slides if "question" in slide.fields]


def asked(plan: Any) -> list[str]:
    """The large texts of a deck, in order."""
    return [text for slide in asking(plan) for text in texts(slide, "question")]


def of_use(plan: Any, use: str) -> list[Any]:
    return [slide for slide in plan.slides if slide.layout.use == use]


def texts(slide: Any, role: str) -> list[str]:
    return [plain(paragraph.text) for paragraph in slide.fields.get(role, ())]


def sizes(plan: Any) -> list[float]:
    return [slide.fields["question"][0].size_pt for slide in asking(plan)]


def notes_of(plan: Any, title: str) -> list[str]:
    (slide,) = (slide for slide in plan.slides if slide.title == title)
    return [plain(paragraph.text) for paragraph in slide.notes]


def linked(slide: Any) -> list[Any]:
    return [
        slide.part.related_part(link.get(f"{R}id")).slide
        for link in slide._element.iter(f"{A}hlinkClick")
    ]


# -- which slides there are


def test_a_deck_has_title_agenda_and_for_each_theme_section_overview_and_questions(
    shipped: Any,
) -> None:
    theme = ["section", "overview", *["question"] * 10]
    assert uses(shipped) == ["title", "agenda", *theme * 4, "closing"]
    assert [count for _, count in shipped.sections] == [2, 12, 12, 12, 12, 1]


def test_the_last_section_holds_the_closing_slide_alone(shipped: Any) -> None:
    assert shipped.sections[-1] == ("Thank you", 1)


def test_parts_of_the_deck_can_be_left_out() -> None:
    off = {"agenda": False, "section": False, "overview": False, "closing": False}
    plan = plan_of([question(1)], [question(2, "What?")], **off)
    assert uses(plan) == ["title", "question", "question"]
    written("slides", a_set([question(1)], slides=off))


def test_two_questions_need_no_overview_and_one_theme_no_agenda() -> None:
    assert uses(plan_of([question(1), question(2, "How?")])) == [
        "title", "section", "question", "question", "closing",
    ]  # fmt: skip


def test_a_set_without_themes_has_no_section_slide_that_repeats_its_title() -> None:
    theme = a_theme(1, "A set", question(1))
    for intro, kinds in (((), []), ((inline("Read this."),), ["section"])):
        one = replace(theme, intro=intro)
        plan = planned("slides", QuestionSet("A set", "set", (one,), Path("set.md")))
        assert [use for use in uses(plan) if use == "section"] == kinds


def test_questions_that_share_slides_are_about_equally_many_on_each() -> None:
    ten = [question(number, f"Why {number}?") for number in range(1, 11)]
    plan = plan_of(ten, questions_per_slide=3)
    lists = [slide for slide in plan.slides if slide.layout.use == "list"]
    assert [len(slide.fields["body"]) for slide in lists] == [2, 3, 3, 2]


@pytest.mark.parametrize(("words", "columns"), [(3, 2), (14, 2), (22, 1)])
def test_six_questions_stand_in_one_column_where_two_would_break_their_lines_and_be_no_larger(
    words: int, columns: int
) -> None:
    text = " ".join(LONG.split()[:words])
    (slide,) = of_use(plan_of([question(n, f"{text} {n}") for n in range(1, 7)]), "overview")
    assert ("second" in slide.fields) == (columns == 2)
    assert len(slide.fields["body"]) == 6 / columns
    # Not smaller than five of the same.
    five = [question(n, f"{text} {n}") for n in range(1, 6)]
    (fewer,) = of_use(plan_of(five), "overview")
    assert slide.fields["body"][0].size_pt <= fewer.fields["body"][0].size_pt


def test_ten_short_questions_stand_in_two_columns_as_one_would_be_smaller() -> None:
    text = "What did you learn from it, and from whom, number"
    (slide,) = of_use(plan_of([question(n, f"{text} {n}?") for n in range(1, 13)]), "overview")
    assert len(slide.fields["body"]) == len(slide.fields["second"]) == 6


def test_a_row_of_an_overview_leads_to_its_question_and_not_into_the_web() -> None:
    link = (S("Have you read "), S("this", href="https://example.org/"), S("?"))
    deck = deck_of(a_set([question(1, link), question(2), question(3, "How?")]))
    assert deck.slides[2].shapes.title.text == "Theme 1 · 3\u00a0questions"
    targets = [rel for rel in deck.slides[2].part.rels.values() if rel.is_external]
    assert not targets
    assert any(rel.is_external for rel in deck.slides[3].part.rels.values())


def test_words_wider_than_a_line_keep_an_overview_on_its_slide() -> None:
    wide = ["Supercalifragilisticexpialidocious" * 4, "https:__example.org_" + "a_long_path_" * 12]
    some = [question(n, f"{wide[n % 2]} {n}?") for n in range(1, 11)]
    for settings in ({}, {"questions_per_slide": 3}):
        assert measured.overfull(written("slides", a_set(some, slides=settings)).data) == []


# -- texts


def test_no_two_slides_have_one_title_and_no_question_is_altered_for_it() -> None:
    plan = plan_of([question(1), question(2)], [question(3)])
    assert asked(plan) == ["Why?"] * 3
    titles = [slide.title for slide in plan.slides]
    assert len(set(titles)) == len(titles)
    assert titles[2:5] == ["Theme 1", "Why?", "Question 2 · 2 of 2"]


@pytest.mark.parametrize("text", [LONG, MIXED], ids=["plain", "mixed"])
@pytest.mark.parametrize("settings", [{}, {"questions_per_slide": 3}])
def test_a_text_too_long_for_a_slide_goes_on_and_loses_no_word(
    text: Any, settings: dict[str, Any]
) -> None:
    twice = (*inline(text), S(" "), *inline(text))
    plan = plan_of([question(1, twice)], **settings)
    parts = asked(plan)
    assert len(parts) > 2
    assert squash("".join(parts)) == squash(plain(twice))
    spans = [span for slide in asking(plan) for span in slide.fields["question"][0].text]
    for style in ("emphasis", "strong"):
        kept, wanted = (
            squash("".join(each.text for each in some if getattr(each, style)))
            for some in (spans, twice)
        )
        assert kept == wanted
    titles = [slide.title for slide in asking(plan)]
    assert titles[1] == f"Question 1 · 2 of {len(parts)}"


@pytest.mark.parametrize(
    "text", ["你在工作中学到了什么？" * 60, "https://example.org/" + "path" * 300]
)
def test_a_text_without_spaces_goes_on_without_any(text: str) -> None:
    parts = asked(plan_of([question(1, text)]))
    assert len(parts) > 1
    assert "".join(parts) == text


def test_many_follow_ups_go_on_and_each_is_shown_once() -> None:
    wanted = [f"Follow-up number {number}, which is of some length?" for number in range(30)]
    followups = tuple(FollowUp(inline(text), 1) for text in wanted)
    plan = plan_of([question(1, followups=followups)])
    shown = [text for slide in plan.slides for text in texts(slide, "followups")]
    assert shown == wanted
    assert set(asked(plan)) == {"Why?"}


def test_a_long_question_stands_alone_and_is_repeated_in_small_over_its_follow_ups() -> None:
    text = " ".join(LONG.split()[:70])
    plan = plan_of([question(1, text, followups=(FollowUp(inline("And then?")),))])
    first, last = asking(plan)
    assert "followups" not in first.fields
    assert texts(last, "question") == [text]
    assert sizes(plan)[1] < sizes(plan)[0]


def test_the_slide_of_a_theme_shows_the_first_sentence_and_its_notes_have_all() -> None:
    intro = (
        (S("Ask about "), S("e.g. this", emphasis=True), S(". Then listen. And wait.")),
        inline("And more."),
    )
    theme = a_theme(1, "One", question(1), intro=intro)
    plan = planned("slides", QuestionSet("Set", "set", (theme,), Path("set.md")))
    (section,) = (slide for slide in plan.slides if slide.layout.use == "section")
    assert texts(section, "body") == ["Ask about e.g. this."]
    assert notes_of(plan, "One")[:2] == [plain(each) for each in intro]


def test_an_intro_is_in_the_notes_of_the_first_question_where_its_theme_has_no_slide() -> None:
    theme = a_theme(1, "One", question(1), intro=(inline("Take your time."),))
    off = settings_of({"slides": {"section": False, "overview": False}})
    made = QuestionSet("Set", "set", (theme,), Path("set.md"), settings=off)
    context = Context(workbook_pages={(1, 0): "3", (1, 1): "4"})
    assert notes_of(planned("slides", made, context), "Why?") == [
        "Take your time.", "Workbook page 4",
    ]  # fmt: skip


def test_an_intro_is_in_the_notes_once(shipped: Any) -> None:
    notes = [plain(note.text) for slide in shipped.slides for note in slide.notes]
    for theme in read(SHIPPED).question_set.themes:
        for paragraph in theme.intro:
            assert notes.count(plain(paragraph)) == 1


def test_choices_are_listed_with_boxes_or_circles_and_a_scale_with_its_ends() -> None:
    some = [
        question(
            number,
            f"Which {number}?",
            answer=AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No"), pick_many=many),
        )
        for number, many in ((1, False), (2, True))
    ]
    scale = AnswerSpace(AnswerKind.SCALE, scale=(1, 3), scale_ends=("not at all", "fully"))
    plan = plan_of([*some, question(3, "How?", answer=scale)])
    one, many, rated = asking(plan)
    assert texts(one, "followups") == texts(many, "followups") == ["Yes", "No"]
    assert [each.mark for each in one.fields["followups"]] == ["○", "○"]
    assert [each.mark for each in many.fields["followups"]] == ["☐", "☐"]
    assert texts(rated, "followups")[0].split() == ["not", "at", "all", "1", "2", "3", "fully"]


def test_author_and_date_stand_on_the_title_slide() -> None:
    made = replace(a_set([question(1)]), author="Harbour College", date=date(2026, 3, 12))
    first = planned("slides", made).slides[0]
    assert texts(first, "imprint") == ["Harbour College · 12 March 2026"]
    german = planned("slides", replace(made, lang="de")).slides[0]
    assert texts(german, "imprint") == ["Harbour College · 12. März 2026"]


def test_a_long_author_and_the_date_take_several_lines_and_are_not_cut() -> None:
    author = "The Department for Continuing Professional Development of the Western Region"
    made = replace(a_set([question(1)]), author=author, date=date(2026, 3, 12))
    (shown,) = texts(planned("slides", made).slides[0], "imprint")
    assert shown == f"{author} · 12 March 2026"
    assert measured.overfull(written("slides", made).data) == []


def test_the_only_theme_has_no_number_and_one_with_the_sets_title_is_not_named_twice() -> None:
    def band(title: str) -> list[str]:
        theme = a_theme(1, title, question(1), question(2), question(3))
        plan = planned("slides", QuestionSet("A set", "set", (theme,), Path("set.md")))
        assert all("number" not in slide.fields for slide in of_use(plan, "overview"))
        assert all("label" not in slide.fields for slide in of_use(plan, "section"))
        ((_, cells),) = plan.slides[0].table.rows
        return [plain(cell.paragraph.text) for cell in cells]

    assert band("A theme") == ["", "A theme"]
    assert band("A set") == ["", ""]


def test_a_theme_is_named_by_its_number_where_its_title_leaves_no_room() -> None:
    long = "What we can learn from the people who came before us and from those who will come " * 2
    themes = [a_theme(n, f"{long}{n}", *map(question, (1, 2, 3))) for n in (1, 2)]
    made = QuestionSet("A set", "set", tuple(themes), Path("set.md"))
    titles = [slide.title for slide in of_use(planned("slides", made), "overview")]
    assert titles == ["Theme 1 of 2 · 3\u00a0questions", "Theme 2 of 2 · 3\u00a0questions"]
    made = replace(made, settings=settings_of({"slides": {"questions_per_slide": 3}}))
    titles = [slide.title for slide in of_use(planned("slides", made), "list")]
    assert titles == ["Theme 1 of 2 · 1–3", "Theme 2 of 2 · 1–3"]


def test_the_closing_slide_asks_and_says_where_to_write_it_down() -> None:
    context = Context(workbook_pages={ACTION_PLAN: "24"})
    last = planned("slides", a_set([question(1)]), context).slides[-1]
    assert last.title == "Which question will you ask first?"
    assert texts(last, "body") == ["Write it down: Workbook page 24"]
    assert texts(last, "thanks") == ["Thank you"]


# -- sizes


def test_a_question_is_set_as_large_as_it_fits_and_never_under_28_points(shipped: Any) -> None:
    assert set(sizes(shipped)) == {60, 48}
    assert min(sizes(plan_of([question(1, LONG)]))) == 28
    assert sizes(plan_of([question(1)])) == [72]


def test_one_long_question_does_not_make_the_others_small() -> None:
    short = [question(number, f"Why {number}?") for number in range(1, 12)]
    made = sizes(plan_of([*short, question(12, " ".join(LONG.split()[:40]))]))
    assert set(made[:-1]) == {72}
    assert made[-1] < 50


@pytest.mark.parametrize("count", [1, 7, 30])
@pytest.mark.parametrize("length", [1, 3, 9])
def test_whatever_is_set_fits_its_placeholder(count: int, length: int) -> None:
    followups = tuple(FollowUp(inline("And why was it so? " * length), 1) for _ in range(count))
    themes = [[question(1, "What did you learn? " * length**2, followups=followups)]] * 2
    for settings in ({}, {"questions_per_slide": 3}):
        assert measured.overfull(written("slides", a_set(*themes, slides=settings)).data) == []


def test_shipped_texts_and_those_in_many_styles_fit_their_placeholders() -> None:
    assert measured.overfull(written("slides", read(SHIPPED).question_set).data) == []
    many = [question(n, MIXED[: 6 * n], followups=(FollowUp(MIXED[: 4 * n]),)) for n in range(1, 9)]
    for settings in ({}, {"questions_per_slide": 3}):
        assert measured.overfull(written("slides", a_set(many, slides=settings)).data) == []


def test_no_text_is_under_18_points_but_the_number_of_a_slide() -> None:
    themes = [
        [question(n, LONG, followups=(FollowUp(inline(LONG)),)) for n in range(1, 4)]
        for _ in range(40)
    ]
    for settings in ({}, {"questions_per_slide": 3}):
        plan = plan_of(*themes, **settings)
        for slide in plan.slides:
            for role, some in slide.fields.items():
                for each in some:
                    assert each.size_pt >= 18, (slide.title, role)
            for _, cells in slide.table.rows if slide.table else ():
                assert all(cell.paragraph.size_pt >= 18 for cell in cells)


def test_sizes_are_said_by_layouts_so_that_a_reset_keeps_them(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.placeholders:
            if shape.has_text_frame:
                assert not shape._element.xpath(".//a:rPr[@sz]")


@pytest.mark.parametrize("settings", [{}, {"questions_per_slide": 3}])
def test_a_number_of_many_digits_stays_before_its_question(settings: dict[str, Any]) -> None:
    for number in (7, 999, 1234):
        plan = plan_of([question(number + n) for n in range(3)], **settings)
        lists = [slide for slide in plan.slides if slide.layout.use in ("overview", "list")]
        assert lists
        for slide in lists:
            place, first = slide.layout.place("body"), slide.fields["body"][0]
            hang = place.indent_pt(1, first.size_pt)
            assert measured.width(str(number), "Carlito", True, first.size_pt) < hang - 4
        for slide in asking(plan):
            (shown,) = slide.fields["number"]
            assert measured.width(str(number), "Caladea", True, shown.size_pt) < 110


def test_a_long_question_makes_only_its_own_slide_small_where_questions_share_slides() -> None:
    some = [question(1, LONG), question(2), question(3, "Who?")]
    first, second = of_use(plan_of(some, questions_per_slide=3), "list")
    assert first.fields["body"][0].size_pt < 26
    assert second.fields["body"][0].size_pt == 36


def test_a_long_title_of_a_theme_is_set_in_four_lines_at_most() -> None:
    title = "What we can learn from the people who came before us and from those who will come"
    for text, size in (("Short", 60), (title, 40)):
        theme = a_theme(1, text, question(1), intro=(inline("Take your time."),))
        plan = planned("slides", QuestionSet("A set", "set", (theme,), Path("set.md")))
        (section,) = of_use(plan, "section")
        upper, lower = (section.layout.place(role) for role in ("title", "body"))
        assert section.fields["title"][0].size_pt == size
        assert lower.box_pt[1] == pytest.approx(sum(upper.box_pt[1::2]) + 22)


# -- where things stand


def test_the_first_line_of_all_questions_and_their_numbers_stand_at_one_height() -> None:
    texts = ["Why?", "What did you learn from it, and from whom?", LONG[:150]]
    plan = plan_of([question(n, text) for n, text in enumerate(texts, 1)])
    ascent = StyleSheet().slides.ascent
    tops = {
        round(place.box_pt[1] + ascent * place.size_pt)
        for slide in asking(plan)
        for place in (slide.layout.place("question"), slide.layout.place("number"))
    }
    assert len({slide.layout.place("question").size_pt for slide in asking(plan)}) > 1
    assert len(tops) == 1


def test_the_placeholders_of_a_slide_do_not_cross() -> None:
    followups = tuple(FollowUp(inline("And why?")) for _ in range(3))
    plan = plan_of(
        [question(n, LONG[: 40 * n], followups=followups, minutes=5) for n in range(1, 5)],
        [question(5), question(6, "How?"), question(7, "Who?")],
    )
    for slide in plan.slides:
        boxes = [
            slide.layout.place(role).box_pt for role in slide.fields if role not in ("numeral",)
        ]
        for place, (x, y, width, height) in enumerate(boxes):
            for left, top, across, high in boxes[place + 1 :]:
                apart = x + width <= left or left + across <= x or y + height <= top + 0.5
                assert apart or top + high <= y + 0.5, slide.title


def test_rows_of_an_agenda_never_cross_and_forty_themes_fill_several_evenly() -> None:
    for count in (2, 9, 40):
        plan = plan_of(*[[question(number)] for number in range(1, count + 1)])
        tables = [slide.table for slide in plan.slides if slide.layout.use == "agenda"]
        rows = [len(table.rows) for table in tables]
        assert sum(rows) == count
        assert max(rows) - min(rows) <= 1
        assert len(rows) == {2: 1, 9: 1, 40: 4}[count]
        for table in tables:
            assert sum(height for height, _ in table.rows) <= table.box_pt[3]


def test_an_agenda_with_some_titles_of_two_lines_ends_above_the_foot() -> None:
    names = ["Conversations with people who disagree with us about nearly everything", "Rest"]
    themes = tuple(
        a_theme(number, f"Evening {number}: {names[number % 4 > 0]}", question(number))
        for number in range(1, 29)
    )
    plan = planned("slides", QuestionSet("Set", "set", themes, Path("set.md")))
    tables = [slide.table for slide in plan.slides if slide.layout.use == "agenda"]
    assert len(tables) > 1
    for table in tables:
        assert len({height for height, _ in table.rows}) == 2
        assert sum(height for height, _ in table.rows) <= table.box_pt[3]


def test_a_row_of_the_agenda_is_as_high_as_its_title_needs() -> None:
    themes = (a_theme(1, "A " + "very long " * 12 + "title", question(1)),)
    themes += tuple(a_theme(number, "Short", question(number)) for number in range(2, 12))
    plan = planned("slides", QuestionSet("Set", "set", themes, Path("set.md")))
    (table,) = [slide.table for slide in plan.slides if slide.layout.use == "agenda"]
    (high, cells), (low, _), *_ = table.rows
    size = cells[1].paragraph.size_pt
    room = table.columns_pt[1] - 12
    words = measured.words_of([(plain(cells[1].paragraph.text), False)])
    needed = measured.lines(words, "Carlito", size, room)
    assert needed > 1
    assert high >= needed * size * 1.2 > low


def test_progress_has_a_segment_for_each_question_and_one_bar_for_many() -> None:
    few, many = (
        [shape for slide in asking(plan_of([question(n, f"Why {n}?") for n in range(count)]))[:1]
         for shape in slide.shapes]
        for count in (5, 20)
    )  # fmt: skip
    assert [len(shape.boxes_pt) for shape in few] == [1, 4]
    assert [len(shape.boxes_pt) for shape in many] == [1, 1]
    (x, _, width, _), (left, _, rest, _) = (shape.boxes_pt[0] for shape in many)
    assert (x + width, width + rest) == pytest.approx((left, 714))


def test_a_bar_stands_before_each_follow_up_and_is_as_high_as_its_lines() -> None:
    followups = (
        FollowUp(inline("Short?")), FollowUp(inline("Under it?"), 2), FollowUp(inline(LONG[:100])),
    )  # fmt: skip
    (slide,) = asking(plan_of([question(1, followups=followups)]))
    (bars,) = [shape for shape in slide.shapes if shape.name == "Bars"]
    first, second = bars.boxes_pt
    line = slide.layout.place("followups").line_pt(slide.fields["followups"][0].size_pt)
    assert first[3] == line
    assert second[3] == 2 * line
    assert second[1] == pytest.approx(first[1] + 2 * (line + 10))


def test_an_arabic_deck_runs_from_right_to_left() -> None:
    themes = (
        a_theme(1, "أسئلة عامة", question(1, "ماذا تعلمت بالأمس؟")),
        a_theme(2, "أخرى", question(2, "كيف؟")),
    )
    made = QuestionSet("أسئلة", "set", themes, Path("set.md"), lang="ar")
    plan = planned("slides", made)
    (first, _) = asking(plan)
    label, count, number = (first.layout.place(role) for role in ("label", "count", "number"))
    assert number.box_pt[0] > label.box_pt[0] > count.box_pt[0]
    deck = deck_of(made)
    levels = list(deck.slides[3].slide_layout._element.iter(f"{A}lvl1pPr"))
    assert levels and all(each.get("rtl") == "1" for each in levels)
    rows = [
        [cell.findtext(f".//{A}t") for cell in row.iter(f"{A}tc")]
        for row in deck.slides[1]._element.iter(f"{A}tr")
    ]
    assert [row[-1] for row in rows] == ["1", "2"]


def leading(text: str) -> float:
    (slide,) = asking(plan_of([question(1, text)]))
    return slide.layout.place("question").leading


@pytest.mark.parametrize(
    "text", ["لماذا؟", "למה?", "क्यों?", "কেন?", "ஏன்?", "ఎందుకు?", "ทำไม?", "ហេតុអ្វី?", "ဘာကြောင့်လဲ?"]
)
def test_scripts_with_high_marks_have_more_room_between_lines(text: str) -> None:
    assert leading("Why?") == leading("Γιατί;") == leading("Почему?")
    assert leading(text) == pytest.approx(1.3 * leading("Why?"))


@pytest.mark.parametrize("text", ["为什么？", "なぜ", "ナゼ", "왜?"])
def test_square_scripts_have_a_little_more_room_between_lines(text: str) -> None:
    assert leading(text) == pytest.approx(1.15 * leading("Why?"))


def test_segments_of_the_progress_fill_its_width_with_equal_gaps() -> None:
    for count in (3, 19):
        plan = plan_of([question(n, f"Why {n}?") for n in range(1, count + 1)])
        slide = asking(plan)[1]
        done, rest = slide.shapes
        assert (len(done.boxes_pt), len(rest.boxes_pt)) == (2, count - 2)
        boxes = [*done.boxes_pt, *rest.boxes_pt]
        gaps = [right[0] - left[0] - left[2] for left, right in pairwise(boxes)]
        assert gaps == pytest.approx([6.0] * (count - 1))
        assert boxes[0][0] == 164
        assert boxes[-1][0] + boxes[-1][2] == pytest.approx(878)


def test_the_slide_of_a_theme_says_how_many_questions_it_has_and_where_they_are() -> None:
    context = Context(workbook_pages={(1, 0): "3"})
    plan = planned("slides", a_set([question(1), question(2)]), context)
    (section,) = of_use(plan, "section")
    assert texts(section, "extent") == ["2 questions · Workbook page 3"]


def test_the_rail_stands_at_the_side_where_lines_begin() -> None:
    for lang, left in (("en", 0.0), ("ar", 840.0)):
        made = replace(a_set([question(1)]), lang=lang)
        (slide,) = asking(planned("slides", made))
        (rail,) = slide.layout.shapes
        assert rail.boxes_pt == ((left, 0.0, 120.0, 540.0),)


def test_lines_about_equally_long_keep_some_room_for_other_programs() -> None:
    (slide,) = asking(plan_of([question(1, "What did you learn from it, and from whom was it?")]))
    place, narrower = slide.layout.place("question"), slide.narrower_pt["question"]
    size = slide.fields["question"][0].size_pt
    text = plain(slide.fields["question"][0].text)
    across = place.box_pt[2] - narrower
    count = measured.lines(measured.words_of([(text, True)]), "Caladea", size, place.box_pt[2])
    for spared, more in ((0.3, 0), (0.8, 1)):  # in sizes
        room = across - spared * size
        lines = measured.lines(measured.words_of([(text, True)]), "Caladea", size, room)
        assert lines == count + more


def test_choices_and_scales_stand_under_the_text_of_their_question() -> None:
    spaces = [
        AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No")),
        AnswerSpace(AnswerKind.SCALE, scale=(1, 3)),
    ]
    some = [question(n, answer=space) for n, space in enumerate(spaces, 1)]
    alone, together = (a_set(some, slides={"questions_per_slide": n}) for n in (1, 2))

    def places(made: QuestionSet, text: str) -> tuple[int, int, bool]:
        found = [each for slide in deck_of(made).slides for each in slide._element.iter(f"{A}p")]
        (shown,) = (each for each in found if "".join(each.itertext()).startswith(text))
        own = shown.find(f"{A}pPr")
        place = int(own.get("marL")), int(own.get("marL")) + int(own.get("indent"))
        return (*place, own.find(f"{A}buChar") is not None)

    assert places(alone, "Yes") == (34 * 12700, 0, True)
    assert places(alone, "1\u2003") == (0, 0, False)
    size = planned("slides", together).slides[2].fields["body"][0].size_pt
    hang = round(1.9 * (size - 6) * 12700)
    assert places(together, "Yes") == (hang + 34 * 12700, hang, True)
    assert places(together, "1\u2003") == (hang, hang, False)


def test_strong_in_a_bold_question_is_in_italics_and_underlined_where_a_script_has_none() -> None:
    def marks(lang: str) -> dict[str, str]:
        made = replace(a_set([question(1, (S("Why "), S("now", strong=True)))]), lang=lang)
        (run,) = deck_of(made).slides[2]._element.xpath('.//a:r[a:t="now"]/a:rPr')
        return {mark: run.get(mark) for mark in "biu" if run.get(mark)}

    assert marks("en") == {"i": "1"}
    assert marks("ar") == {"u": "sng"}


def test_a_label_of_a_script_without_capitals_is_not_spaced_out() -> None:
    def tracking(lang: str) -> float:
        made = replace(a_set([question(1)], [question(2)]), lang=lang)
        context = Context(strings=for_language(lang))
        section = of_use(planned("slides", made, context), "section")[0]
        return section.layout.place("label").tracking_pt

    assert tracking("en") > 0
    assert tracking("ar") == tracking("hi") == 0


def test_texts_keep_off_the_sides_of_the_bands_of_the_title(deck: Any) -> None:
    cells = list(deck.slides[0]._element.iter(f"{A}tcPr"))
    assert cells
    assert {(cell.get("marL"), cell.get("marR")) for cell in cells} == {("228600", "228600")}


# -- colours


def test_what_stands_on_an_accent_can_be_read_and_the_brands_colour_stays() -> None:
    palette = Palette(accents=("#8A7300",) * 6, surfaces=("#FFD400",) * 6)
    context = Context(StyleSheet(palette=palette))
    deck = deck_of(a_set([question(1), question(2)], [question(3)]), context)
    section = deck.slides[2].slide_layout
    colors = {each.get("val") for each in section._element.iter(f"{A}defRPr")}
    inks = {each.get("val") for each in section._element.findall(f".//{A}defRPr//{A}schemeClr")}
    assert colors == {None} and inks == {"tx1"}
    label = deck.slides[3].slide_layout._element.xpath(
        './/p:sp[p:nvSpPr/p:cNvPr/@name="Label"]//a:lvl1pPr//a:schemeClr'
    )[0]
    assert label.get("val") == "accent1"
    assert int(label[0].get("val")) / 1000 == pytest.approx(54, abs=1)  # of the lightness of yellow


def test_a_link_to_the_web_has_the_colour_of_the_text_around_it() -> None:
    link = (S("See "), S("this", href="https://example.org"))
    theme = a_theme(1, "One", question(1), intro=(link,))
    section = deck_of(QuestionSet("Set", "set", (theme,), Path("set.md"))).slides[1]
    (run,) = section._element.xpath('.//a:r[a:t="this"]/a:rPr')
    assert run.find(f"{A}solidFill/{A}schemeClr").get("val") == "bg1"
    assert run.find(f"{A}hlinkClick")[0][0][0].get("val") == "tx"


def test_where_things_stand_and_what_colour_they_have_is_said_by_layouts_and_theme(
    deck: Any,
) -> None:
    for slide in deck.slides:
        for shape in slide.placeholders:
            if shape.has_text_frame:
                assert shape._element.spPr.find(f"{A}xfrm") is None
    layouts = [slide.slide_layout for slide in deck.slides]
    for each in {id(part): part for part in [*deck.slides, *layouts, deck.slide_master]}.values():
        assert not list(each._element.iter(f"{A}srgbClr"))
        fonts = {font.get("typeface") for font in each._element.iter(f"{A}latin")}
        assert fonts <= {"+mj-lt", "+mn-lt"}


def test_layouts_have_names_of_their_own_that_say_theme_colours(deck: Any) -> None:
    names = [layout.name for layout in deck.slide_layouts]
    assert len(set(names)) == len(names)
    assert {"Title", "Agenda", "Theme, brick", "Question, plum, 60 pt", "Closing"} <= set(names)


def test_layouts_are_called_by_the_colours_of_our_palette() -> None:
    plan = plan_of(*[[question(number)] for number in range(1, 8)])
    names = [slide.layout.name for slide in of_use(plan, "section")]
    colors = ["brick", "green", "indigo", "plum", "ochre", "rose", "brick"]
    assert names == [f"Theme, {color}" for color in colors]


# -- notes


def test_notes_hold_follow_ups_the_facilitators_notes_and_the_workbook_page() -> None:
    one = question(
        1,
        followups=(FollowUp(inline("And then?")),),
        notes=(Note(inline("Wait.")), Note(inline("Twice."), 1, 1)),
    )
    plan = planned("slides", a_set([one]), Context(workbook_pages={(1, 1): "12", (1, 0): "11"}))
    assert notes_of(plan, "Why?") == [
        "Follow-up questions", "And then?", "For the facilitator", "Wait.", "Twice.",
        "Workbook page 12",
    ]  # fmt: skip
    assert "Workbook page 11" in notes_of(plan, "Theme 1")


def test_facilitators_notes_are_in_the_notes_alone() -> None:
    deck = deck_of(a_set([question(1, notes=(Note(inline("Secret.")),))]))
    shown = [b"Secret." in etree.tostring(slide._element) for slide in deck.slides]
    assert not any(shown)
    assert any("Secret." in slide.notes_slide.notes_text_frame.text for slide in deck.slides)


def test_lists_in_notes_are_lists_and_go_on_counting() -> None:
    notes = (
        Note((S("Wait for "), S("silence", emphasis=True))),
        Note(inline("three"), 1, 3),
        Note(inline("under it"), 2),
        Note(inline("four"), 1, 4),
        Note(inline("anew"), 1, 1),
    )
    plan = plan_of([question(1, notes=notes)])
    (slide,) = (each for each in plan.slides if each.title == "Why?")
    assert [(each.level, each.start) for each in slide.notes] == [
        (0, None), (0, None), (1, 3), (2, None), (1, 3), (1, 1),
    ]  # fmt: skip
    deck = deck_of(a_set([question(1, notes=notes)]))
    written = deck.slides[2].notes_slide.notes_text_frame._txBody
    assert [each.get("startAt") for each in written.iter(f"{A}buAutoNum")] == ["3", "3", "1"]
    assert [each.get("char") for each in written.iter(f"{A}buChar")] == ["•"]
    assert [run.text for run in written.iter(f"{A}r") if run.rPr.get("i")] == ["silence"]


def test_notes_pages_have_a_wide_slide_a_number_and_no_date(deck: Any) -> None:
    master = deck.notes_master
    kinds = {shape.placeholder_format.type.name: shape for shape in master.placeholders}
    assert set(kinds) == {"SLIDE_IMAGE", "BODY", "SLIDE_NUMBER"}
    image, body = kinds["SLIDE_IMAGE"], kinds["BODY"]
    assert image.width / image.height == pytest.approx(16 / 9, abs=0.01)
    assert image.top + image.height <= body.top
    first = master._element.find(f"{P}notesStyle/{A}lvl1pPr")
    assert first.get("indent") == "0"
    assert first.find(f"{A}defRPr").get("sz") == "1400"


def test_minutes_stand_in_the_agenda_on_the_slide_and_in_the_notes() -> None:
    themes = [question(1, minutes=5), question(2, "How?", minutes=10)], [question(3, "Who?")]
    plan = plan_of(*themes)
    (table,) = [slide.table for slide in plan.slides if slide.layout.use == "agenda"]
    counts = [plain(cells[2].paragraph.text) for _, cells in table.rows]
    assert counts == ["2 questions, 15 min", "1 question"]
    assert [texts(slide, "minutes") for slide in asking(plan)] == [["5 min"], ["10 min"], []]
    by_title = {slide.title: [plain(each.text) for each in slide.notes] for slide in plan.slides}
    assert "10 min" in by_title["How?"]
    assert not any("min" in text for text in by_title["Who?"])


# -- the file


def test_every_slide_fills_placeholders_of_its_layout(deck: Any) -> None:
    for slide in deck.slides:
        known = {shape.placeholder_format.idx for shape in slide.slide_layout.placeholders}
        used = [shape.placeholder_format.idx for shape in slide.placeholders]
        assert set(used) <= known
        assert len(used) == len(set(used))
        assert slide.shapes.title.text_frame.text
        assert slide.has_notes_slide
        for shape in slide.shapes:
            assert shape.is_placeholder or b"adec:decorative" in etree.tostring(shape._element)


def test_links_lead_to_the_slides_they_name(deck: Any) -> None:
    agenda, overview = deck.slides[1], deck.slides[3]
    assert [slide.shapes.title.text_frame.text for slide in linked(agenda)] == [
        "To learn about failure",
        "To learn about success",
        "To learn about introspection",
        "To learn more about your mentor in general",
    ]
    questions = [deck.slides[number] for number in range(4, 14)]
    assert all(each in [*questions, agenda] for each in linked(overview))
    assert [each for each in linked(overview) if each != agenda] == questions
    assert all(agenda in linked(slide) for slide in list(deck.slides)[2:-1])


def test_without_sections_the_agenda_leads_to_the_first_question_of_a_theme() -> None:
    off = {"section": False, "overview": False}
    deck = deck_of(a_set([question(1)], [question(2)], slides=off))
    assert linked(deck.slides[1]) == [deck.slides[2], deck.slides[3]]


def test_several_questions_on_a_slide_keep_their_numbers_links_and_notes() -> None:
    asked = [question(n, f"Why {n}?", notes=(Note(inline(f"Note {n}")),)) for n in range(117, 124)]
    made = a_set(asked, slides={"questions_per_slide": 3})
    plan, deck = planned("slides", made), deck_of(made)
    lists = [slide for slide in plan.slides if slide.layout.use == "list"]
    assert [slide.title for slide in lists] == [
        "Theme 1 · 117–118", "Theme 1 · 119–121", "Theme 1 · 122–123",
    ]  # fmt: skip
    assert [text for slide in lists for text in texts(slide, "body")] == [
        f"Why {number}?" for number in range(117, 124)
    ]
    assert notes_of(plan, "Theme 1 · 122–123")[:3] == [
        "Question 122", "For the facilitator", "Note 122",
    ]  # fmt: skip
    first, second, third = (deck.slides[number] for number in (3, 4, 5))
    assert linked(deck.slides[2]) == [first] * 2 + [second] * 3 + [third] * 2


def test_a_question_too_long_to_share_a_slide_has_its_own() -> None:
    plan = plan_of([question(1), question(2, LONG * 2)], questions_per_slide=2)
    assert set(uses(plan)[2:-1]) == {"question"}


def test_sections_name_every_slide_once_under_its_theme(deck: Any) -> None:
    root = deck.part._element
    ids = [item.get("id") for item in root.find(f"{P}sldIdLst")]
    sections = root.xpath('//*[local-name()="section"]')
    assert [each.get("name") for each in sections][1:3] == [
        "To learn about failure",
        "To learn about success",
    ]
    assert [
        item.get("id") for each in sections for item in each.iter() if item.get("id") in ids
    ] == ids


def test_the_masters_of_notes_and_handouts_are_listed_before_the_slides(deck: Any) -> None:
    names = [etree.QName(child).localname for child in deck.part._element]
    assert names[:4] == ["sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst"]


def test_every_run_has_the_language(deck: Any) -> None:
    for slide in deck.slides:
        for run in slide._element.iter(f"{A}r"):
            assert run.find(f"{A}rPr").get("lang") == "en"


def test_properties_are_the_sets_and_name_no_library(deck: Any) -> None:
    properties = deck.core_properties
    assert (properties.title, properties.author) == ("Mentoring...", "")
    assert properties.comments == ""
    assert properties.created.year == 2020


def test_no_two_shapes_of_a_slide_have_one_id_and_every_relationship_is_there(deck: Any) -> None:
    for slide in deck.slides:
        ids = [each.get("id") for each in slide._element.iter(f"{P}cNvPr")]
        assert len(set(ids)) == len(ids)
        used = {
            value
            for each in slide._element.iter()
            for name, value in each.attrib.items()
            if name.startswith(R)
        }
        assert used <= set(slide.part.rels)


def test_code_is_in_a_font_of_its_own() -> None:
    deck = deck_of(a_set([question(1, (S("What is "), S("<b>&", code=True)))]))
    (run,) = (run for run in deck.slides[2].shapes.title._element.iter(f"{A}r") if "&" in run.text)
    assert run.find(f"{A}rPr/{A}latin").get("typeface") == StyleSheet().slides.mono
