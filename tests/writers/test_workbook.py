"""The workbook's plan, asserted as data; and the file that is drawn from it."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from conftest import SHIPPED
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import SourceError
from generator.model import (
    AnswerKind,
    AnswerSpace,
    FollowUp,
    Question,
    QuestionSet,
    Span,
    Theme,
    plain,
)
from generator.readers import read
from generator.stylesheet import MM, PAPERS_MM, StyleSheet
from generator.writers import Context, workbook
from generator.writers.workbook.boxes import (
    Bookmark,
    Dots,
    Link,
    Outline,
    PageNumber,
    Rule,
    Text,
)
from generator.writers.workbook.plan import Page, Plan
from generator.writers.workbook.questions import height_of
from generator.writers.workbook.sheet import sheet

LONG = " ".join(["When you were small, which room of the house felt safest to you?"] * 16)


def question(number: int, text: str = "Why?", **more: object) -> Question:
    return Question(number, (Span(text),), number, **more)  # type: ignore[arg-type]


def a_set(*themes: list[Question], **settings: object) -> QuestionSet:
    made = tuple(
        Theme(number, (Span(f"Theme {number}"),), 1, tuple(questions))
        for number, questions in enumerate(themes, 1)
    )
    return QuestionSet("A set", "set", made, Path("set.md"), settings=settings)


def plan_of(*themes: list[Question], **settings: object) -> Plan:
    return workbook.plan(a_set(*themes, **settings), Context())


@pytest.fixture(scope="module")
def shipped() -> Plan:
    return workbook.plan(read(SHIPPED).question_set, Context())


def question_pages(plan: Plan) -> list[Page]:
    return [page for page in plan.pages if page.kind == "questions"]


def rules(page: Page) -> list[float]:
    return [box.y0 for box in page.boxes if isinstance(box, Rule) and box.y0 == box.y1]


HARD = {
    "one question": [[question(1)]],
    "ten alike": [[question(n) for n in range(1, 11)]],
    "thirty themes": [[question(n)] for n in range(1, 31)],
    "two hundred words": [[question(1, LONG), question(2), question(3, LONG)]],
    "a text longer than a page": [[question(1, LONG * 6), question(2)]],
    "many follow-ups": [
        [question(1, followups=tuple(FollowUp((Span(LONG),), 1 + n % 3) for n in range(12)))]
    ],
    # Text that leaves less than two rules on a page, but fits on it.
    "texts of about a page": [
        [question(n, "Why did you choose that? " * (25 + n) * 4) for n in range(1, 31)]
    ],
    "more lines than a page has": [[question(1, answer=AnswerSpace(lines=90)), question(2)]],
    "a box higher than a page": [
        [question(1, answer=AnswerSpace(AnswerKind.BOX, height_mm=600)), question(2)]
    ],
    "no answers": [[question(n, answer=AnswerSpace(AnswerKind.NONE)) for n in range(1, 41)]],
    "every kind": [
        [
            question(1, answer=AnswerSpace(AnswerKind.BOX, height_mm=50)),
            question(2, answer=AnswerSpace(AnswerKind.GRID, height_mm=50)),
            question(3, answer=AnswerSpace(AnswerKind.DOTS, height_mm=50)),
            question(4, answer=AnswerSpace(AnswerKind.SCALE, scale=(0, 10))),
            question(5, answer=AnswerSpace(fill=True)),
        ]
    ],
    "wide numbers": [[question(117), question(12345)]],
}


@pytest.mark.parametrize("paper", PAPERS_MM)
@pytest.mark.parametrize("name", HARD)
def test_everything_stays_in_the_frame(name: str, paper: str) -> None:
    plan = plan_of(*HARD[name], paper=paper)
    width = plan.width - sum(page.left for page in plan.pages[:2])
    for page in plan.pages:
        frame = plan.height - plan.top
        for box in page.boxes:
            if isinstance(box, Text):
                assert -5 <= box.x <= width
                assert 0 <= box.y <= frame - 20 * MM * 0.8
            elif isinstance(box, Rule):
                assert 0 <= box.x0 <= box.x1 <= width + 0.01
                assert box.y1 <= frame - 20 * MM * 0.8


@pytest.mark.parametrize("name", HARD)
def test_every_question_begins_once_and_in_order(name: str) -> None:
    plan = plan_of(*HARD[name])
    begun = [
        box.key for page in question_pages(plan) for box in page.boxes if isinstance(box, Bookmark)
    ]
    expected = [
        (number, place)
        for number, questions in enumerate(HARD[name], 1)
        for place in range(1, len(questions) + 1)
    ]
    assert begun == expected
    assert set(expected) <= set(plan.page_labels)


@pytest.mark.parametrize("name", HARD)
def test_no_question_is_parted_from_its_space(name: str) -> None:
    """The page where a question's text ends has the beginning of its space below it."""
    plan = plan_of(*HARD[name])
    ends = {block.key: page for page in question_pages(plan) for block in page.blocks if block.head}
    for (theme, place), page in ends.items():
        if HARD[name][theme - 1][place - 1].answer.kind is AnswerKind.NONE:
            continue
        text, space = 0.0, 0.0
        own = next(block for block in page.blocks if block.key == (theme, place))
        shown = [plain(line.text).strip() for line in own.head]
        for box in page.boxes:
            if isinstance(box, Text) and box.text.strip() == shown[-1]:
                text = max(text, box.y)
            elif isinstance(box, Rule | Outline | Dots):
                space = max(space, box.y0 if isinstance(box, Rule) else box.y + box.height)
        assert 0 < text < space


def test_text_that_flows_over_pages_leaves_two_lines_on_each() -> None:
    for page in question_pages(plan_of(*HARD["a text longer than a page"])):
        for block in page.blocks:
            assert len(block.head) != 1 or (block.first and plain(block.head[0].text) == "Why?")


def test_all_of_a_long_text_is_set() -> None:
    plan = plan_of(*HARD["a text longer than a page"])
    shown = "".join(
        box.text for page in question_pages(plan) for box in page.boxes if isinstance(box, Text)
    )
    assert LONG * 5 in shown


def test_the_last_rule_lies_on_one_height_on_every_question_page(shipped: Plan) -> None:
    last = [max(rules(page)) for page in question_pages(shipped)]
    assert max(last) - min(last) < 0.01
    assert all(page.fullness == pytest.approx(1.0) for page in question_pages(shipped))


def test_rules_are_eight_millimetres_apart(shipped: Plan) -> None:
    for page in question_pages(shipped):
        steps = [round(low - high, 3) for high, low in pairwise(rules(page))]
        assert min(steps) == round(8 * MM, 3)


def test_the_pages_of_a_theme_hold_two_or_three_of_ten_questions(shipped: Plan) -> None:
    counts = [len(page.blocks) for page in question_pages(shipped)]
    assert set(counts) == {2, 3}


def test_rules_are_shared_evenly_on_a_page() -> None:
    plan = plan_of([question(n) for n in range(1, 4)])
    given = [fit.given for fit in plan.fits]
    assert max(given) - min(given) <= 1


def test_lines_asked_for_are_given_and_more_go_to_a_question_that_fills() -> None:
    asked = question(1, answer=AnswerSpace(lines=4))
    fills = question(2, answer=AnswerSpace(fill=True))
    first, second = plan_of([asked, fills]).fits
    assert (first.asked, first.given) == (4, 4)
    assert second.given > 15


def test_more_lines_than_a_page_has_are_all_given() -> None:
    assert plan_of(*HARD["more lines than a page has"]).fits[0].given >= 90


def test_contents_and_openers_name_the_pages_where_things_are(shipped: Plan) -> None:
    assert not any(isinstance(box, PageNumber) for page in shipped.pages for box in page.boxes)
    openers = [page.label for page in shipped.pages if page.kind == "opener"]
    assert openers == [shipped.page_labels[number, 0] for number in range(1, 5)]
    contents = next(page for page in shipped.pages if page.kind == "contents")
    shown = [box.text for box in contents.boxes if isinstance(box, Text)]
    assert all(label in shown for label in openers)
    leads = {box.key for box in contents.boxes if isinstance(box, Link)}
    assert {(number, 0) for number in range(1, 5)} <= leads


def test_openers_have_a_box_to_tick_for_each_question(shipped: Plan) -> None:
    for page in shipped.pages:
        if page.kind == "opener":
            assert sum(isinstance(box, Outline) for box in page.boxes) == 10


def test_margins_are_mirrored_and_the_punch_is_on_the_inside(shipped: Plan) -> None:
    lefts = [round(page.left / MM, 1) for page in shipped.pages]
    assert lefts[::2] == [25.0] * len(lefts[::2])
    assert lefts[1::2] == [18.0] * len(lefts[1::2])


def test_the_thumb_tabs_number_stands_six_millimetres_inside(shipped: Plan) -> None:
    for page in question_pages(shipped):
        tab = page.decoration[1]
        assert isinstance(tab, Text)
        assert 6 * MM <= tab.x <= shipped.width - 6 * MM


def test_the_running_foot_never_collides() -> None:
    themes = [[question(1)]]
    made = a_set(*themes)
    theme = Theme(1, (Span(LONG),), 1, made.themes[0].questions)
    plan = workbook.plan(QuestionSet(LONG, "s", (theme,), Path("s.md")), Context())
    for page in question_pages(plan):
        foot = sorted((box.x, box.text) for box in page.decoration[2:] if isinstance(box, Text))
        assert len(foot) == 3
        assert all("…" in text for _, text in foot if not text.isdigit())


def test_the_contents_of_thirty_themes_leave_no_page_with_a_line_or_two() -> None:
    pages = [page for page in plan_of(*HARD["thirty themes"]).pages if page.kind == "contents"]
    assert len(pages) == 2
    assert all(sum(isinstance(box, Link) for box in page.boxes) > 8 for page in pages)


def test_missing_letters_are_an_error_that_names_them_and_their_lines() -> None:
    with pytest.raises(SourceError) as raised:
        plan_of([question(7, "你好?"), question(9, "好?")])
    (problem,) = raised.value.diagnostics
    assert "你 (U+4F60), 好 (U+597D); on lines 7, 9" in problem.message
    assert "--only handout" in problem.hint


def test_an_italic_that_lacks_a_letter_is_set_upright() -> None:
    greek = Question(1, (Span("Τι μάθατε;", emphasis=True),), 1)
    latin = Question(2, (Span("What?", emphasis=True),), 2)
    plan = plan_of([greek, latin])
    faces = {
        box.text: box.face
        for page in question_pages(plan)
        for box in page.boxes
        if isinstance(box, Text)
    }
    assert faces["Τι μάθατε; "] == "serif-semibold"
    assert faces["What? "] == "serif-semibold-italic"


def test_an_unknown_paper_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(SourceError, match="use a4, letter, a5"):
        plan_of([question(1)], paper="foolscap")


@pytest.fixture(scope="module")
def drawn(shipped_kit: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(shipped_kit / "mentor-questions-workbook.pdf")


def test_only_embedded_fonts_are_used(drawn: pypdf.PdfReader) -> None:
    names = set()
    for page in drawn.pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]))
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+SourceS.*", name) for name in names), names


def test_words_stay_apart_where_a_line_ends(drawn: pypdf.PdfReader) -> None:
    opener = next(page for page in drawn.pages if "THEME 1 OF 4" in page.extract_text())
    text = re.sub(r"\s+", " ", opener.extract_text())
    assert "tell you about when the times when everything" in text


def test_title_language_and_date_are_in_the_file(drawn: pypdf.PdfReader) -> None:
    assert drawn.metadata is not None
    assert drawn.metadata.title == "Mentoring..."
    assert drawn.metadata.creation_date == datetime(2020, 7, 22, tzinfo=UTC)
    root = drawn.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not None


def test_sets_of_one_title_and_other_text_have_other_file_identifiers(tmp_path: Path) -> None:
    identifiers = []
    for text in ("Why?", "How?"):
        path = tmp_path / "book.pdf"
        path.write_bytes(workbook.write(plan_of([question(1, text)])).data)
        identifiers.append(str(pypdf.PdfReader(path).trailer["/ID"][0]))
    assert identifiers[0] != identifiers[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=40))
def test_questions_stand_on_as_few_pages_as_hold_them(lines: list[int]) -> None:
    questions = [question(n, answer=AnswerSpace(lines=m)) for n, m in enumerate(lines, 1)]
    pages = question_pages(plan_of(questions))
    measures = sheet(StyleSheet().workbook, StyleSheet().palette, "a4")
    gap, fewest, used = measures.style.block_gap_mm * MM, 0, float("inf")
    for block in (block for page in pages for block in page.blocks):
        used += height_of(block, measures) + gap
        if used > measures.frame_height + gap:
            fewest, used = fewest + 1, height_of(block, measures) + gap
    assert len(pages) == fewest
