"""The workbook's plan, asserted as data; and the file that is drawn from it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path

import pypdf
import pytest
from conftest import SHIPPED
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from plans import (
    Bar,
    Book,
    Bookmark,
    Box,
    Field,
    Fonts,
    Link,
    Outline,
    Page,
    PageNumber,
    Picture,
    Rules,
    Text,
    a_set,
    a_theme,
    imposition,
    inline,
    planned,
    question,
    system_fonts,
)

from generator.diagnostics import Severity, SourceError
from generator.look.style import MM, PAPERS_MM, Logo, StyleSheet
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
from generator.settings import settings_of
from generator.strings import for_language
from generator.writers import Context, workbook

LONG = " ".join(["When you were small, which room of the house felt safest to you?"] * 16)


def plan_of(*themes: list[Question], **settings: object) -> Book:
    return workbook.plan(a_set(*themes, **settings), Context())


@pytest.fixture(scope="module")
def shipped() -> Book:
    return workbook.plan(read(SHIPPED).question_set, Context())


def question_pages(plan: Book) -> list[Page]:
    return [page for page in plan.pages if page.kind == "questions"]


def rules(page: Page, to_write_on: bool = False) -> list[float]:
    """The heights of rules, from the top; those to write on alone, if that is asked for."""
    hairline = StyleSheet().palette.hairline
    return [
        box.y0 + index * box.dy
        for box in page.boxes
        if isinstance(box, Rules) and box.y0 == box.y1
        if not (to_write_on and (box.dots or box.color in (hairline, "#7B8794")))
        for index in range(box.number)
    ]


def texts(boxes: Iterable[Box]) -> list[str]:
    return [box.text for box in boxes if isinstance(box, Text)]


def scales(low: str, high: str) -> list[Question]:
    scale = AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=(low, high))
    return [question(number, answer=scale) for number in (1, 2, 3)]


HARD = {
    "words of scales": [
        scales("I would warn my best friend against it " * 3 + "now", "fully and " * 12 + "more")
    ],
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
@pytest.mark.parametrize("edition", ["print", "large-print"])
@pytest.mark.parametrize("name", HARD)
def test_everything_stays_in_the_frame(name: str, edition: str, paper: str) -> None:
    plan = plan_of(*HARD[name], paper=paper, workbook={"edition": edition})
    width = plan.width - sum(page.left for page in plan.pages[:2])
    near = 0.8 if paper == "a5" else 1.0
    style = StyleSheet().workbook
    bottom = 30.0 * MM if edition == "large-print" else style.bottom_margin
    frame = plan.height - plan.top - bottom * near + 0.02
    for page in plan.pages:
        foot = plan.height - plan.top - 9.9 * MM if page.kind == "cover" else frame
        for box in page.boxes:
            if isinstance(box, Text):
                assert -0.12 * box.size <= box.x <= width
                assert 0 <= box.y <= foot
            elif isinstance(box, Rules):
                assert 0 <= box.x0 <= box.x1 <= width + 0.01
                assert box.y1 + (box.number - 1) * box.dy <= foot
            elif isinstance(box, Outline | Field):
                assert 0 <= box.x <= box.x + box.width <= width + 0.01
                assert box.y + box.height <= foot


@pytest.mark.parametrize("name", HARD)
def test_every_question_begins_once_and_in_order(name: str) -> None:
    plan = plan_of(*HARD[name])
    begun = [
        box.key
        for page in question_pages(plan)
        for box in page.boxes
        if isinstance(box, Bookmark) and box.key[1]
    ]
    expected = [
        (number, place)
        for number, questions in enumerate(HARD[name], 1)
        for place in range(1, len(questions) + 1)
    ]
    assert begun == expected
    assert set(expected) <= set(plan.page_labels)


LEAD = 9.7 * MM


@pytest.mark.parametrize("name", HARD)
def test_no_question_is_parted_from_its_space(name: str) -> None:
    """The last baseline of a question stands 9.7 mm above the first rule or edge of its space."""
    plan = plan_of(*HARD[name])
    seen = set()
    for page in question_pages(plan):
        tops = [*rules(page), *(b.y for b in page.boxes if isinstance(b, Outline))]
        for block, _, places in page.placed:
            if not places:
                continue
            seen.add(block.key)
            words = plain(block.head[-1].text).strip()
            bases = [b.y for b in page.boxes if isinstance(b, Text) and b.text.strip() == words]
            near = 5 * MM if block.answer.kind in ("grid", "dots", "choices") else 0.1
            assert any(abs(top - base - LEAD) <= near for top in tops for base in bases), words
    asking = {
        (number, place)
        for number, questions in enumerate(HARD[name], 1)
        for place, each in enumerate(questions, 1)
        if each.answer.kind is not AnswerKind.NONE
    }
    assert seen == asking


def test_text_that_flows_over_pages_leaves_two_lines_on_each() -> None:
    pages = question_pages(plan_of(*HARD["a text longer than a page"]))
    parts = [placed.block for page in pages for placed in page.placed if placed.block.number == 1]
    assert len(parts) > 1
    assert all(len(part.head) > 2 for part in parts)


def test_all_of_a_long_text_is_set() -> None:
    plan = plan_of(*HARD["a text longer than a page"])
    shown = "".join(
        box.text
        for page in question_pages(plan)
        for box in page.boxes
        if isinstance(box, Text) and "continued" not in box.text
    )
    assert LONG * 5 in shown


@pytest.mark.parametrize("edition", ["print", "large-print", "booklet"])
@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
@pytest.mark.parametrize("name", HARD)
def test_every_rule_of_every_question_page_lies_on_the_grid(
    name: str, paper: str, edition: str
) -> None:
    """Counted from the frame's foot, so that rules of facing pages meet."""
    if (paper, edition) == ("a5", "booklet"):
        return
    plan = plan_of(*HARD[name], paper=paper, workbook={"edition": edition})
    gap, near = (12 if edition == "large-print" else 8) * MM, 0.8 if plan.width < 450 else 1.0
    bottom = (30.0 if edition == "large-print" else 24.0) * near * MM
    foot = plan.height - plan.top - bottom
    for page in question_pages(plan):
        for y in rules(page, to_write_on=True):
            places = (foot - y) / gap
            assert places == pytest.approx(round(places), abs=0.002), (page.label, y)


def test_the_last_rule_lies_on_one_height_on_every_question_page(shipped: Book) -> None:
    full = [page for page in question_pages(shipped) if len(page.placed) == 3]
    assert len(full) == 12
    last = [max(rules(page)) for page in full]
    assert max(last) - min(last) < 0.01


def test_rules_are_eight_millimetres_apart(shipped: Book) -> None:
    for page in question_pages(shipped):
        heights = sorted({round(y, 3) for y in rules(page)})
        steps = [round(low - high, 3) for high, low in pairwise(heights)]
        assert min(steps) == round(8 * MM, 3)


def test_each_question_of_a_theme_has_as_many_rules_as_the_others(shipped: Book) -> None:
    assert {fit.given for fit in shipped.fits} == {8}
    odd = plan_of([question(n, LONG if n == 4 else "Why?") for n in range(1, 12)])
    assert len({fit.given for fit in odd.fits}) == 1


def test_what_a_page_has_left_stays_at_its_head() -> None:
    """Three lines of a question take a place more, which the page of one line leaves free."""
    long = "What would you do if nobody ever paid you for it? " * 3
    plan = plan_of([question(n, long if n == 1 else "Why?") for n in range(1, 8)])
    first, second, _ = question_pages(plan)
    assert max(rules(first)) == max(rules(second))
    assert min(rules(first)) >= min(rules(second))


def test_pages_hold_three_questions_until_a_theme_ends_in_its_panel(shipped: Book) -> None:
    assert [len(page.placed) for page in question_pages(shipped)] == [3, 3, 3, 1] * 4
    for page in question_pages(shipped):
        panel = "Before you turn the page " in texts(page.boxes)
        assert panel is (len(page.placed) == 1)
    assert "stood-out" not in {page.kind for page in shipped.pages}


def test_rules_are_shared_evenly_on_a_page() -> None:
    plan = plan_of([question(n) for n in range(1, 4)])
    given = [fit.given for fit in plan.fits]
    assert max(given) - min(given) <= 1


def test_lines_asked_for_are_given_and_more_go_to_a_question_that_fills() -> None:
    asked = question(1, answer=AnswerSpace(lines=4))
    fills = question(2, answer=AnswerSpace(fill=True))
    first, second = plan_of([asked, fills]).fits
    assert (first.asked, first.given) == (4, 4)
    assert second.given == 15  # of the 22 places below the opener's tint, less 4 and a gap of 3


def test_more_lines_than_a_page_has_are_all_given() -> None:
    assert plan_of(*HARD["more lines than a page has"]).fits[0].given >= 90


def test_contents_and_openers_name_the_pages_where_things_are(shipped: Book) -> None:
    assert not any(isinstance(box, PageNumber) for page in shipped.pages for box in page.boxes)
    openers = [page.label for page in shipped.pages if page.kind == "opener"]
    assert openers == [shipped.page_labels[number, 0] for number in range(1, 5)]
    contents = next(page for page in shipped.pages if page.kind == "how-to")
    spans = ["3–7", "8–12", "13–17", "18–22"]
    assert [text for text in texts(contents.boxes) if "–" in text] == spans
    assert openers == [span.partition("–")[0] for span in spans]
    leads = {box.key for box in contents.boxes if isinstance(box, Link)}
    assert {(number, 0) for number in range(1, 5)} <= leads


def test_openers_have_a_box_to_tick_for_each_question(shipped: Book) -> None:
    for page in shipped.pages:
        if page.kind == "opener":
            assert sum(isinstance(box, Outline) for box in page.boxes) == 10


def test_margins_are_mirrored_and_the_punch_is_on_the_inside(shipped: Book) -> None:
    lefts = [round(page.left / MM, 1) for page in shipped.pages]
    assert lefts[::2] == [25.0] * len(lefts[::2])
    assert lefts[1::2] == [18.0] * len(lefts[1::2])


def test_the_thumb_tabs_number_stands_six_millimetres_inside(shipped: Book) -> None:
    for page in question_pages(shipped):
        tab = page.decoration[1]
        assert isinstance(tab, Text)
        assert 6 * MM <= tab.x <= shipped.width - 6 * MM


def test_the_running_foot_stays_on_the_page() -> None:
    made = a_set([question(n) for n in range(1, 5)])
    theme = Theme(1, (Span(f"{LONG} why"),), 1, made.themes[0].questions)
    plan = workbook.plan(QuestionSet(LONG, "s", (theme,), Path("s.md")), Context())
    for page in question_pages(plan):
        number, *words = page.foot
        assert number.text == page.label
        assert all(box.text.endswith("…") for box in words)
        face = Fonts().face(words[0].face)
        ends = [(box.x, box.x + face.width(box.text, box.size)) for box in words]
        assert all(9 * MM < left < right < plan.width - 9 * MM for left, right in ends)
        assert not any(
            left < number.x < right or left < number.x + 6 < right for left, right in ends
        )


def test_a_lone_themes_title_is_said_once_in_the_foot_where_it_is_the_sets() -> None:
    theme = a_set([question(1)]).themes[0]
    plan = workbook.plan(QuestionSet("Theme 1", "s", (theme,), Path("s.md")), Context())
    (page,) = question_pages(plan)
    assert texts(page.foot) == ["3", "Theme 1"]
    assert "THEME 1 OF 1" not in texts(page.boxes)


def test_the_contents_name_the_questions_of_a_lone_theme_with_the_title_of_the_set() -> None:
    plan = planned("workbook", replace(a_set([question(1), question(2)]), title="Theme 1"))
    contents = next(page for page in plan.pages if page.kind == "how-to")
    said = {text.strip() for text in texts(contents.boxes)}
    assert "2 questions" in said
    assert "Theme 1" not in said


@pytest.mark.parametrize(
    ("edition", "paper"),
    [
        *(("print", paper) for paper in ("a4", "letter", "a5")),
        *((edition, paper) for edition in ("large-print", "booklet") for paper in ("a4", "letter")),
    ],
)
def test_a_list_that_two_pages_hold_is_seen_at_once(edition: str, paper: str) -> None:
    """The contents are on one page; a theme's list of ten on one or on two that face each other."""
    settings = settings_of({"paper": paper, "workbook": {"edition": edition}})
    plan = workbook.plan(replace(read(SHIPPED).question_set, settings=settings), Context())
    lists: dict[int, set[int]] = {}
    for number, page in enumerate(plan.pages, 1):
        for theme, place in (box.key for box in page.boxes if isinstance(box, Link) and box.key):
            if page.kind == "opener" or not place:
                lists.setdefault(theme if place else 0, set()).add(number)
    assert sorted(lists) == [0, 1, 2, 3, 4]
    assert len(lists.pop(0)) == 1
    assert all(len({number // 2 for number in pages}) == 1 for pages in lists.values()), lists


def test_the_contents_of_thirty_themes_leave_no_page_with_a_line_or_two() -> None:
    plan = plan_of(*HARD["thirty themes"])
    pages = [page for page in plan.pages if page.kind in ("how-to", "contents")]
    assert len(pages) == 2
    assert all(sum(isinstance(box, Link) for box in page.boxes) > 8 for page in pages)


def test_missing_letters_are_an_error_that_names_them_and_their_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_fonts, "FOLDERS", ())
    with pytest.raises(SourceError) as raised:
        plan_of([question(7, "你好?"), question(9, "好?")])
    (problem,) = raised.value.diagnostics
    assert "你 (U+4F60), 好 (U+597D); on lines 7, 9" in problem.message
    assert "--only handout" in problem.hint
    with pytest.raises(SourceError) as raised:
        plan_of([question(7, "好?")])
    assert "好 (U+597D); on line 7" in raised.value.diagnostics[0].message


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


def test_questions_that_stand_on_the_opener_are_not_listed_on_it() -> None:
    plan = plan_of([question(1, "Only this?")])
    (page,) = question_pages(plan)
    assert plan.page_labels[1, 0] == plan.page_labels[1, 1] == page.label
    assert "".join(texts(page.boxes)).count("Only this?") == 1
    assert max(rules(page)) == pytest.approx((297 - 22 - 24) * MM)


def test_the_further_parts_of_a_question_say_that_they_are() -> None:
    plan = plan_of(*HARD["more lines than a page has"])
    first, second, *_ = question_pages(plan)
    assert "Question 1, continued " not in texts(first.boxes)
    assert "Question 1, continued " in texts(second.boxes)


def test_pages_are_left_out_and_put_in_another_order() -> None:
    plan = plan_of(*HARD["ten alike"], workbook={"pages": ["contents", "notes", "themes", "notes"]})
    kinds = [page.kind for page in plan.pages]
    assert kinds[:3] == ["contents", "notes", "opener"]
    assert set(kinds[3:-1]) == {"questions"}
    assert kinds[-1] == "notes"
    names = [box.name for page in plan.pages for box in page.boxes if isinstance(box, Field)]
    assert len(names) == len(set(names))


def test_without_openers_a_theme_is_headed_on_its_first_page_of_questions() -> None:
    plan = plan_of(*HARD["ten alike"], workbook={"pages": ["questions"]})
    assert {page.kind for page in plan.pages} == {"questions"}
    assert "Theme 1" in texts(plan.pages[0].boxes)
    assert "Theme 1" not in texts(plan.pages[1].boxes)
    assert not any(isinstance(box, Link) for box in plan.pages[0].boxes)


def test_themes_can_open_on_right_hand_pages_and_no_page_is_left_blank() -> None:
    plan = plan_of(*HARD["thirty themes"], workbook={"open-right": True})
    assert {int(plan.page_labels[number, 0]) % 2 for number in range(1, 31)} == {1}
    notes = [page for page in plan.pages if page.kind == "notes"]
    assert all(rules(page) for page in notes)
    assert (
        plan.page_labels[0, 5] == notes[-1].label
    )  # those between the themes are not in the contents


def test_in_large_print_no_text_is_smaller_than_18_points() -> None:
    for paper in PAPERS_MM:
        plan = plan_of(*HARD["every kind"], paper=paper, workbook={"edition": "large-print"})
        boxes = [box for page in plan.pages for box in (*page.boxes, *page.decoration, *page.foot)]
        assert min(box.size for box in boxes if isinstance(box, Text)) >= 18


def test_large_print_says_what_print_says(shipped: Book) -> None:
    question_set = read(SHIPPED).question_set
    large = replace(question_set, settings=settings_of({"workbook": {"edition": "large-print"}}))
    plans = (shipped, workbook.plan(large, Context()))
    heads = [
        [
            plain(line.text)
            for page in question_pages(plan)
            for placed in page.placed
            for line in placed.block.head
        ]
        for plan in plans
    ]
    words = [" ".join(lines).split() for lines in heads]
    assert words[0] == words[1]


def test_a_booklet_reads_in_order_when_it_is_folded() -> None:
    """A sheet's front and back lie on each other: fold, and leaf through."""
    for count in (4, 8, 36):
        sides = list(imposition(count))
        fronts, backs = sides[::2], sides[1::2]
        leaves = [(front[1], back[0]) for front, back in zip(fronts, backs, strict=True)]
        leaves += [
            (back[1], front[0]) for front, back in reversed(list(zip(fronts, backs, strict=True)))
        ]
        assert [page for leaf in leaves for page in leaf] == list(range(count))


def test_a_booklet_has_pages_of_half_a_sheet_in_fours() -> None:
    plan = plan_of(*HARD["ten alike"], workbook={"edition": "booklet"})
    assert len(plan.pages) % 4 == 0
    assert (round(plan.width / MM, 1), round(plan.height / MM)) == (148.5, 210)
    with pytest.raises(SourceError, match="use --paper a4 or --paper letter"):
        plan_of([question(1)], paper="a5", workbook={"edition": "booklet"})


def test_fields_are_named_by_the_questions_number_and_never_twice() -> None:
    plan = plan_of([question(1), question(2), question(2)], [question(1), question(12)])
    names = {box.name for page in plan.pages for box in page.boxes if isinstance(box, Field)}
    assert {"q12", "t1-q1", "t2-q1", "t1-q2-n2", "t1-q2-n3"} <= names


def test_words_are_kerned_and_letters_never_joined() -> None:
    face = Fonts().face("serif-regular")
    apart = sum(face.width(letter, 100) for letter in "AVATAR")
    assert face.width("AVATAR", 100) < apart - 20
    (word,) = face.words["office"].runs
    assert [glyph.text for glyph in word.glyphs] == [*"office"]


def a_font_with(character: str, path: Path) -> None:
    """A TrueType font that has this one letter, a square."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(character): "square"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (700, 700), (700, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics({".notdef": (800, 0), "square": (800, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_a_font_of_ones_own_sets_the_letters_that_ours_lack(tmp_path: Path) -> None:
    a_font_with("你", tmp_path / "squares.ttf")
    plan = plan_of(
        [question(1, "Why 你, and why not?")], workbook={"fonts": [tmp_path / "squares.ttf"]}
    )
    words = plan.fonts.face("serif-semibold").words["你,"]
    assert [run.text for run in words.runs] == ["你", ","]
    path = tmp_path / "book.pdf"
    path.write_bytes(workbook.write(plan).data)
    shown = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "Why 你, and why not?" in shown


def test_the_cover_of_large_print_has_whole_titles() -> None:
    asked = settings_of({"workbook": {"edition": "large-print"}})
    plan = workbook.plan(replace(read(SHIPPED).question_set, settings=asked), Context())
    titles = "".join(box.text for box in plan.pages[0].boxes if isinstance(box, Text))
    assert "your mentor in general" in titles


def test_symbols_that_no_font_has_are_left_out_and_named_and_letters_are_an_error() -> None:
    asked = [question(1, "What makes you \U0010fff0 smile\U0010fff1?"), question(2, "\U0010fff0")]
    output = workbook.write(plan_of(asked))
    (said,) = output.diagnostics
    assert said.severity is Severity.WARNING
    assert "U+10FFF0" in said.message
    assert "; on lines 1, 2; the workbook leaves them out" in said.message
    shown = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(output.data)).pages)
    assert "What makes you smile?" in shown
    with pytest.raises(SourceError, match=r"U\+13000"):  # a letter
        plan_of([question(1, "Which \U00013000?")])


@pytest.mark.parametrize(
    ("name", "message"), [("no.ttf", "opened"), ("text.ttf", "read as a font")]
)
def test_a_file_that_is_no_font_is_an_error(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "text.ttf").write_text("not a font", encoding="utf-8")
    with pytest.raises(SourceError, match=f"cannot be {message}"):
        plan_of([question(1)], workbook={"fonts": [str(tmp_path / name)]})


def extent(page: Page) -> list[tuple[float, float, float]]:
    """Of each text: its baseline, and where it begins and ends."""
    fonts = Fonts()
    return [
        (box.y, box.x, box.x + fonts.face(box.face).width(box.text.rstrip(), box.size))
        for box in page.boxes
        if isinstance(box, Text)
    ]


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es", "pt", "long"])
@pytest.mark.parametrize("edition", ["print", "large-print"])
def test_our_words_never_run_into_each_other(lang: str, edition: str) -> None:
    words = for_language(lang)
    if lang == "long":
        long = "Facilitator of the workshop and of much more that takes a whole line"
        words = words._replace(
            name=long, mentor=long, what=long, by_when=long, done=long, after=long
        )
    made = a_set(*HARD["ten alike"], paper="a5", workbook={"edition": edition})
    plan = workbook.plan(made, Context(strings=words))
    width = plan.width - sum(page.left for page in plan.pages[:2])
    for page in plan.pages:
        placed = sorted(extent(page))
        assert all(right <= width + 0.01 for _, _, right in placed), page.kind
        for (base, _, right), (other, left, _) in pairwise(placed):
            assert base != other or right <= left + 0.01, (page.kind, page.label)


def test_how_to_says_only_what_is_true_of_the_book() -> None:
    def steps(*themes: list[Question], **settings: object) -> int:
        page = next(p for p in plan_of(*themes, **settings).pages if p.kind == "how-to")
        contents = texts(page.boxes).index("Contents") if "Contents" in texts(page.boxes) else None
        return sum(text.isdigit() for text in texts(page.boxes)[:contents])

    assert steps(*HARD["ten alike"]) == 3, "no introduction to read"
    assert steps(*HARD["one question"]) == 2
    assert steps(*HARD["ten alike"], workbook={"pages": ["how-to", "questions"]}) == 2


def test_how_to_speaks_of_introductions_and_boxes_only_where_both_are_there() -> None:
    def first(count: int, intro: str) -> str:
        asked = [question(number) for number in range(1, 2 * count + 1)]
        themes = [a_theme(1, "One", *asked[:count]), a_theme(2, "Two", *asked[count:])]
        themes = [replace(theme, intro=(inline(intro),) if intro else ()) for theme in themes]
        made = QuestionSet("A set", "set", tuple(themes), Path("set.md"))
        (page,) = [p for p in planned("workbook", made).pages if p.kind == "how-to"]
        return next(text for text in texts(page.boxes) if " " in text.strip() and text[0] in "RBA")

    assert first(6, "Take ten minutes.").startswith("Read the introduction")
    assert first(6, "").startswith("Before you meet")
    assert first(3, "Take ten minutes.").startswith("Before you meet"), "no list to tick"


def test_rules_are_hair_thin_but_those_at_the_head_of_a_list_in_a_colour(shipped: Book) -> None:
    (opener, *_) = (page for page in shipped.pages if page.kind == "opener")
    head, *rows = (box for box in opener.boxes if isinstance(box, Rules) and box.number == 1)
    assert (head.width, head.color) == (1.0, StyleSheet().palette.accent(1))
    assert {row.width for row in rows} == {0.5}
    assert {row.color for row in rows[:10]} == {StyleSheet().palette.hairline}


def test_links_lie_over_their_text_and_bookmarks_above_their_title() -> None:
    text = (Span("Read "), Span("this page", href="https://example.org"), Span(" first?"))
    plan = plan_of([question(1, text)])
    boxes = [box for page in plan.pages for box in page.boxes]
    (link, *_) = (box for box in boxes if isinstance(box, Link) and box.uri)
    (shown,) = (box for box in boxes if isinstance(box, Text) and box.tag is link.tag)
    assert (link.x, link.height) == (shown.x, 18.5)
    assert link.y == pytest.approx(shown.y - 0.75 * 18.5)
    assert link.width == pytest.approx(width(plan, shown))
    (page,) = (page for page in plan.pages if "Contents" in texts(page.boxes))
    at = {box.text: box for box in page.boxes if isinstance(box, Text)}
    places = {box.title: box.y for box in page.boxes if isinstance(box, Bookmark)}
    assert at["Contents"].y - places["Contents"] == pytest.approx(20)
    assert places["How to use this workbook"] == 0


def test_themes_without_a_panel_have_rules_in_the_back_and_notes_fill_their_page() -> None:
    numbers = iter(range(1, 100))
    plan = plan_of(*[[question(next(numbers)) for _ in range(3)] for _ in range(19)])
    pages = [page for page in plan.pages if page.kind == "back"]
    said = [text.strip() for page in pages for text in texts(page.boxes)]
    assert [text for text in said if text.startswith("Theme ")] == [
        f"Theme {n}" for n in range(1, 20)
    ]
    foot = max(rules(question_pages(plan)[0]))
    for page in pages:
        ruled = [box for box in page.boxes if isinstance(box, Rules) and box.number > 1]
        assert len(ruled) >= 4 and min(box.number for box in ruled) >= 3
        assert len({box.number for box in ruled}) == 1
        assert max(rules(page)) == pytest.approx(foot)
        for box in ruled:
            titles = [each.y for each in page.boxes if isinstance(each, Text) and each.y < box.y0]
            assert box.y0 - max(titles) == pytest.approx(9.7 * MM)
    (notes,) = (page for page in plan.pages if page.kind == "notes")
    assert max(rules(notes)) == pytest.approx(foot) and len(rules(notes)) >= 26


def test_capitals_have_air_between_them_where_characters_do_not_join() -> None:
    def spacing(lang: str) -> float:
        made = replace(a_set([question(1)], [question(2)]), lang=lang)
        plan = workbook.plan(made, Context(strings=for_language(lang)))
        (label, *_) = (box for box in plan.pages[0].boxes if isinstance(box, Text))
        return label.spacing

    assert spacing("en") == spacing("ru") == 0.9
    assert spacing("ar") == spacing("hi") == spacing("he") == 0


def test_pages_that_fill_a_place_do_not_rename_the_field_of_the_notes() -> None:
    plan = plan_of(*HARD["thirty themes"], workbook={"open-right": True})
    names = [box.name for page in plan.pages for box in page.boxes if isinstance(box, Field)]
    assert "notes" in names
    assert "notes-2" not in names


def test_more_room_is_shared_without_losing_what_was_asked_for() -> None:
    first, second = plan_of(
        [question(1, answer=AnswerSpace(lines=5)), question(2, answer=AnswerSpace(lines=3))]
    ).fits
    assert first.given - second.given in (2, 3)


def test_the_circles_of_a_scale_never_touch() -> None:
    for paper in PAPERS_MM:
        for edition in ("print", "large-print"):
            plan = plan_of(*HARD["every kind"], paper=paper, workbook={"edition": edition})
            circles = sorted(
                (box.y, box.x, box.x + box.width)
                for page in question_pages(plan)
                for box in page.boxes
                if isinstance(box, Field) and box.kind == "choice"
            )
            assert len(circles) == 11
            assert all(
                y != other or right < left for (y, _, right), (other, left, _) in pairwise(circles)
            )


def drawn_texts(page: Page) -> list[Text]:
    return [box for box in page.boxes if isinstance(box, Text)]


def test_follow_ups_have_a_dash_and_stand_deeper_the_deeper_they_are() -> None:
    followups = tuple(FollowUp((Span(f"Depth {depth}?"),), depth) for depth in (1, 2, 3))
    (page, *_) = question_pages(plan_of([question(1, "Why?", followups=followups)]))
    at = {box.text.strip(): box for box in drawn_texts(page)}
    steps = [at[f"Depth {depth}?"].x - at["Why?"].x for depth in (1, 2, 3)]
    assert steps == pytest.approx([5 * MM, 10 * MM, 15 * MM])
    dashes = [box for box in drawn_texts(page) if box.text == "–"]
    assert [dash.y for dash in dashes] == [at[f"Depth {depth}?"].y for depth in (1, 2, 3)]
    assert all(dash.x < at[f"Depth {depth}?"].x for depth, dash in enumerate(dashes, 1))


def test_the_second_part_of_a_space_has_a_field_of_its_own() -> None:
    plan = plan_of(*HARD["more lines than a page has"])
    names = [box.name for page in plan.pages for box in page.boxes if isinstance(box, Field)]
    assert {"q1", "q1-2", "q1-3"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("paper", PAPERS_MM)
def test_thumb_tabs_stay_on_the_page(paper: str) -> None:
    plan = plan_of(*HARD["thirty themes"], paper=paper)
    tabs = [page.decoration[-2:] for page in plan.pages if page.kind in ("opener", "questions")]
    assert len(tabs) == 30
    for bar, number in tabs:
        assert isinstance(bar, Bar) and isinstance(number, Text)
        assert 20 * MM < bar.y < bar.y + bar.height < plan.height - 20 * MM
        assert bar.y < number.y < bar.y + bar.height
        assert bar.x in (0.0, pytest.approx(plan.width - bar.width))
    assert len({bar.y for bar, _ in tabs}) > 3


def test_the_address_of_a_link_stands_under_the_question() -> None:
    docs = Span("the docs", href="https://example.org/docs/")
    same = Span("example.org", href="https://example.org")
    asked = [question(1, (Span("Why, see "), docs, Span("?"))), question(2, (same,))]
    shown = [text.strip() for text in texts(question_pages(plan_of(asked))[0].boxes)]
    assert shown[shown.index("the docs") + 2] == "example.org/docs"
    assert shown.count("example.org") == 1


def test_code_is_mono_and_strong_shows_in_a_question() -> None:
    spans = (Span("Why "), Span("f(x)", code=True), Span(" and "), Span("now", strong=True))
    (page, *_) = question_pages(plan_of([question(1, spans)]))
    faces = {box.text.strip(): (box.face, box.size) for box in drawn_texts(page)}
    assert faces["f(x)"] == ("mono-semibold", pytest.approx(13.5 * 0.92))
    assert faces["now"][0] == "serif-semibold-italic"


def test_strong_is_underlined_in_a_script_without_italics() -> None:
    spans = (Span("Why "), Span("Ж", strong=True), Span("?"))
    (page, *_) = question_pages(plan_of([question(1, spans)]))
    (strong,) = [box for box in drawn_texts(page) if box.text == "Ж"]
    italic = strong.face.endswith("italic")
    lines = [b for b in page.boxes if isinstance(b, Rules) and 0 < b.y0 - strong.y < 4]
    assert italic is not bool(lines)
    greek = (Span("Τι "), Span("μάθατε", strong=True), Span(";"))
    (page, *_) = question_pages(plan_of([question(1, greek)]))
    (strong,) = [box for box in drawn_texts(page) if box.text == "μάθατε"]
    (line,) = [b for b in page.boxes if isinstance(b, Rules) and 0 < b.y0 - strong.y < 4]
    assert (line.x0, line.color) == (strong.x, strong.color)


ALL_PAGES = [
    "cover", "how-to", "contents", "agreement", "themes", "conversations", "stood-out",
    "action-plan", "notes",
]  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS_MM)
@pytest.mark.parametrize("edition", ["print", "fillable", "large-print"])
def test_pages_for_mentoring_have_their_fields_and_stay_in_the_frame(
    paper: str, edition: str
) -> None:
    asked = {"edition": edition, "pages": ALL_PAGES}
    plan = plan_of(*HARD["ten alike"], paper=paper, workbook=asked)
    kinds = [page.kind for page in plan.pages]
    assert kinds.index("agreement") < kinds.index("opener") < kinds.index("conversations")
    names = [box.name for page in plan.pages for box in page.boxes if isinstance(box, Field)]
    assert sum(name.startswith(("meeting-", "signed-")) for name in names) == 6 + 2
    width = plan.width - sum(page.left for page in plan.pages[:2])
    for kind, least in (("agreement", 4 + 6 + 2), ("conversations", 4)):
        pages = [page for page in plan.pages if page.kind == kind]
        boxes = [box for page in pages for box in page.boxes]
        assert sum(isinstance(box, Field) for box in boxes) >= least
        for page in pages:
            for one, other in pairwise(sorted(rules(page))):
                assert one == other or other - one > 5 * MM
        for box in boxes:
            if isinstance(box, Field | Outline | Bar):
                assert -0.01 <= box.x <= box.x + box.width <= width + 0.01
                assert 0 <= box.y <= box.y + box.height <= plan.height - plan.top - 19 * MM


@pytest.mark.parametrize("edition", ["print", "fillable", "large-print"])
@pytest.mark.parametrize("paper", PAPERS_MM)
def test_the_words_of_the_pages_for_mentoring_are_whole(paper: str, edition: str) -> None:
    asked = {"edition": edition, "pages": ["agreement", "questions", "conversations"]}
    plan = plan_of([question(1)], paper=paper, workbook=asked)
    pages = [page for page in plan.pages if page.kind in ("agreement", "conversations")]
    said = " ".join(text.strip() for page in pages for text in texts(page.boxes))
    words = for_language("en")
    for whole in (
        words.agree_wants, words.agree_how, words.agree_between, words.agree_tell, words.when_meet,
        words.mentee_date, words.mentor_date, words.date, words.asked_numbers, words.talked_about,
        words.next_step, words.meet_again,
    ):  # fmt: skip
        assert whole in said
    names = [box.name for page in pages for box in page.boxes if isinstance(box, Field)]
    assert {f"agreement-{each}" for each in ("wants", "how", "between", "tell")} <= set(names)
    assert len(names) == len(set(names))


def test_scales_that_are_alike_become_a_table() -> None:
    scale = AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=("not at all", "fully"))
    (page, *_) = question_pages(
        plan_of([question(n, f"I know {n}", answer=scale) for n in range(1, 5)])
    )
    circles = [box for box in page.boxes if isinstance(box, Field) and box.kind == "choice"]
    rows = sorted({round(circle.y, 2) for circle in circles})
    assert len(circles) == 20
    assert [low - high for high, low in pairwise(rows)] == pytest.approx([16 * MM] * 3, abs=0.02)
    columns = {round(circle.x, 2) for circle in circles}
    assert len(columns) == 5
    shown = [text.strip() for text in texts(page.boxes)]
    assert shown.count("not at all") == shown.count("fully") == 1


def test_areas_end_on_the_grid_and_take_what_their_page_has_left() -> None:
    box = AnswerSpace(AnswerKind.BOX, height_mm=50)
    plan = plan_of([question(n, answer=box) for n in range(1, 12)])
    first, *_ = question_pages(plan)
    outlines = [each for each in first.boxes if isinstance(each, Outline)]
    foot = (297 - 22 - 24) * MM
    assert max(each.y + each.height for each in outlines) == pytest.approx(foot)
    assert all(each.height >= 50 * MM for each in outlines)
    assert max(e.height for e in outlines) - min(e.height for e in outlines) <= 8 * MM + 0.01


def test_the_cover_says_author_and_date_and_shows_bands_to_the_edge() -> None:
    made = replace(a_set(*HARD["ten alike"] * 4), author="A college", date=date(2026, 3, 1))
    for cover, width in (("full", PAPERS_MM["a4"][0]), ("quiet", 13)):
        asked = replace(made, settings=settings_of({"workbook": {"cover": cover}}))
        (page, *_) = workbook.plan(asked, Context()).pages
        assert "A college · 1 March 2026" in texts(page.boxes)
        bands = [box for box in page.decoration if isinstance(box, Bar)]
        assert len(bands) == 4
        assert {round(band.width / MM, 2) for band in bands} == {width}
        assert {band.color for band in bands} == set(StyleSheet().palette.surfaces[:4])
    assert "1–10 " in [f"{text} " for text in texts(page.boxes)]


@pytest.mark.parametrize("edition", ["print", "large-print"])
@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
def test_the_logo_touches_no_words_and_author_and_date_are_whole(paper: str, edition: str) -> None:
    asked = settings_of({"paper": paper, "workbook": {"edition": edition}})
    made = replace(a_set(*HARD["ten alike"] * 4), author="Mentoring Office", settings=asked)
    made = replace(made, date=date(2026, 9, 30))
    logo = Logo(b"", 900, 240, "Ours")
    for style in (StyleSheet(), StyleSheet()._replace(logo=logo)):
        plan = workbook.plan(made, Context(stylesheet=style))
        boxes = plan.pages[0].boxes
        shown = " ".join(texts(boxes))
        assert "Mentoring Office" in shown and "30 September 2026" in shown
        for picture in (box for box in boxes if isinstance(box, Picture)):
            for box in (box for box in boxes if isinstance(box, Text)):
                beside = box.x + width(plan, box) <= picture.x
                assert beside or not picture.y - 2 < box.y < picture.y + picture.height, box.text


@pytest.mark.parametrize("edition", ["print", "large-print"])
@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
def test_a_long_author_is_whole_beside_the_dates_and_touches_no_words(
    paper: str, edition: str
) -> None:
    made = replace(
        a_set(*HARD["ten alike"] * 2, paper=paper, workbook={"edition": edition}),
        author="Dr. Jo Maria van den Berg-Sommerfeld", date=date(2026, 9, 30),
    )  # fmt: skip
    plan = workbook.plan(made, Context())
    right = plan.width - sum(page.left for page in plan.pages[:2])
    words = [box for box in plan.pages[0].boxes if isinstance(box, Text)]
    imprint = [box for box in words if abs(box.x + width(plan, box) - right) < 6]
    said = " ".join(box.text.strip() for box in imprint if box.y > words[0].y + 300 * right / 500)
    if (paper, edition) != ("a5", "large-print"):
        assert "Dr. Jo Maria van den Berg-Sommerfeld" in said.replace("Berg- ", "Berg-")
    (mentor,) = (box for box in words if box.text == "Mentor ")
    assert all(box.y > mentor.y + 0.9 * box.size for box in imprint if box.y > mentor.y - 5)


@pytest.mark.parametrize("edition", ["print", "large-print"])
@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
def test_a_long_title_and_subtitle_end_above_the_bands(paper: str, edition: str) -> None:
    made = replace(
        a_set(*HARD["ten alike"] * 2, paper=paper, workbook={"edition": edition}),
        title=LONG[:190], subtitle=LONG[:150],
    )  # fmt: skip
    plan = workbook.plan(made, Context())
    top = plan.pages[0].decoration[0].y - plan.top
    words = [box for box in plan.pages[0].boxes if isinstance(box, Text)]
    above = [box.y for box in words if box.y < top + 3]
    assert len(above) >= 3 and max(above) < top - 3


def test_a_brands_own_colour_fills_large_areas_and_is_darkened_in_text_alone() -> None:
    palette = StyleSheet().palette._replace(accents=("#8C7500",), surfaces=("#FFD400",))
    look = StyleSheet()._replace(palette=palette)
    plan = workbook.plan(a_set(*HARD["ten alike"]), Context(stylesheet=look))
    colors = {
        type(box).__name__: set() for page in plan.pages for box in (*page.decoration, *page.boxes)
    }
    for page in plan.pages:
        for box in (*page.decoration, *page.boxes):
            colors[type(box).__name__].add(getattr(box, "color", ""))
    assert "#FFD400" in colors["Bar"]
    assert "#8C7500" in colors["Text"]
    assert "#FFD400" not in colors["Text"]


def test_a_list_that_breaks_begins_on_a_left_hand_page() -> None:
    plan = plan_of([question(n) for n in range(1, 41)])
    openers = [page for page in plan.pages if page.kind == "opener"]
    assert len(openers) > 1
    assert int(openers[0].label) % 2 == 0


def test_a_welcome_stands_on_the_page_before_the_contents() -> None:
    made = replace(a_set(*HARD["ten alike"]), intro=((Span("Welcome to all of you."),),))
    plan = workbook.plan(made, Context())
    (page,) = [page for page in plan.pages if "Welcome to all of you." in texts(page.boxes)]
    assert int(page.label) <= int(plan.page_labels[0, 2])
    assert texts(page.boxes).index("Welcome to all of you.") == 0


MIXED = a_set(
    [
        question(1, "What is it?", answer=AnswerSpace(AnswerKind.GRID, height_mm=40)),
        question(2, LONG, followups=(FollowUp((Span("And then?"),)),)),
        question(
            3,
            "How sure?",
            answer=AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=("no", "yes")),
        ),
        question(
            4,
            "Which of these are true?",
            answer=AnswerSpace(
                AnswerKind.CHOICES,
                choices=("One", "Two", "Three", "Four", "Five"),
                pick_many=True,
                lines=2,
            ),
        ),
        question(5, (Span("See "), Span("this", href="https://example.org/page"), Span("?"))),
        question(6, answer=AnswerSpace(AnswerKind.NONE)),
    ],
    [question(n, f"What would you do about number {n}, if anything?") for n in range(7, 17)],
    [question(n) for n in range(17, 20)],
    title="A book of all that there is",
)
MIXED = replace(MIXED, author="A college", intro=((Span("Welcome to all of you. " * 12),),))


@pytest.mark.parametrize("cover", ["full", "quiet"])
@pytest.mark.parametrize("paper", PAPERS_MM)
@pytest.mark.parametrize("edition", ["print", "fillable", "large-print", "booklet"])
def test_no_text_touches_another_or_a_rule(edition: str, paper: str, cover: str) -> None:
    """Of any page, from the descenders of a text to the height of its small letters."""
    if (edition, paper) == ("booklet", "a5"):
        return
    asked = {"edition": edition, "pages": ALL_PAGES, "cover": cover}
    made = replace(MIXED, settings=settings_of({"paper": paper, "workbook": asked}))
    plan = workbook.plan(made, Context())
    for page in plan.pages:
        placed = [
            (box.x, box.y - box.size * 0.5, box.x + width(plan, box), box.y + box.size * 0.18, box)
            for box in drawn_texts(page)
            if box.text.strip()
        ]
        lines = [
            (box.x0, box.y0 + n * box.dy, box.x1)
            for box in page.boxes
            if isinstance(box, Rules) and box.y0 == box.y1
            for n in range(box.number)
        ]
        for left, top, right, bottom, box in placed:
            for start, y, end in lines:
                over = min(right, end) - max(left, start) > 0.5 and top < y < bottom
                assert not over, (page.label, page.kind, box.text, y)
        for (left, top, right, bottom, one), (x, high, end, low, other) in combinations(placed, 2):
            apart = min(right, end) - max(left, x) < 0.01 or min(bottom, low) - max(top, high) < 0
            numeral = max(one.size, other.size) > 60
            assert apart or numeral, (page.label, page.kind, one.text, other.text)


def width(plan: Book, box: Text) -> float:
    text = box.text.rstrip()
    return plan.fonts.face(box.face).width(text, box.size) + box.spacing * len(text)


def marks(page: Page) -> list[tuple[Outline, Field]]:
    """What is ticked, with its field."""
    fields = [b for b in page.boxes if isinstance(b, Field) and b.kind in ("check", "radio")]
    squares = {(b.x, b.y, b.width): b for b in page.boxes if isinstance(b, Outline)}
    return [(squares[field.x, field.y, field.width], field) for field in fields]


def test_what_is_ticked_is_a_square_beside_its_text() -> None:
    for page in workbook.plan(MIXED, Context()).pages:
        for square, field in marks(page):
            assert square.width == square.height == pytest.approx(3.6 * MM)
            middle = square.y + square.height / 2
            beside = [
                box
                for box in drawn_texts(page)
                if 0 < box.x - square.x - square.width < 8 * MM and abs(box.y - middle) < 3 * MM
            ]
            if not field.name.startswith(("theme-", "action-")):
                assert beside, field.name


def test_choices_stand_in_even_columns() -> None:
    (page,) = [
        page
        for page in question_pages(workbook.plan(MIXED, Context()))
        if any(field.name == "q4-c1" for _, field in marks(page))
    ]
    places = [(round(f.x), round(f.y)) for _, f in marks(page) if f.name.startswith("q4-c")]
    assert [len({y for _, y in places}), len({x for x, _ in places})] == [2, 3]
    assert len(places) == 5
    lines = [box for box in page.boxes if isinstance(box, Field) and box.name == "q4-words"]
    assert lines[0].height == pytest.approx(2 * 8 * MM)


def test_a_grid_has_whole_squares_of_five_millimetres() -> None:
    page = next(page for page in question_pages(workbook.plan(MIXED, Context())))
    down, across = [b for b in page.boxes if isinstance(b, Rules) and b.number > 8][:2]
    assert down.dy == across.dx == pytest.approx(5 * MM)
    assert down.y0 + (down.number - 1) * down.dy == pytest.approx(across.y1)
    assert across.x0 + (across.number - 1) * across.dx == pytest.approx(down.x1)
    assert (across.y0, down.x0) == (pytest.approx(down.y0), pytest.approx(across.x0))


def test_the_panels_of_the_fillable_edition_are_near_their_question() -> None:
    made = replace(MIXED, settings=settings_of({"workbook": {"edition": "fillable"}}))
    plan = workbook.plan(made, Context())
    for page in question_pages(plan):
        fields = {box.name: box for box in page.boxes if isinstance(box, Field)}
        for block, _, places in page.placed:
            if block.answer.kind == "lines" and places:
                field = fields[f"q{block.number}"]
                last = max(
                    box.y for box in drawn_texts(page) if box.y < field.y and box.x >= field.x - 10
                )
                assert field.y - last == pytest.approx((4 + 2) * MM)
        rule = StyleSheet().palette.rule
        lined = [b for b in page.boxes if isinstance(b, Rules) and b.color == rule]
        assert all(box.number == 1 for box in lined)


def test_the_panel_at_a_themes_end_has_rules_boxes_and_lines() -> None:
    page = next(
        page
        for page in question_pages(workbook.plan(MIXED, Context()))
        if page.placed[-1].block.number == 16
    )
    (panel,) = [box for box in page.boxes if isinstance(box, Bar)]
    fields = {box.name: box for box in page.boxes if isinstance(box, Field)}
    bases = {box.text.strip(): box.y for box in drawn_texts(page)}
    inside = [fields["stood-out-2"], *(fields[f"theme-2-do-{n}"] for n in (1, 2, 3))]
    for field in inside:
        assert panel.x < field.x < field.x + field.width < panel.x + panel.width
        assert panel.y < field.y < field.y + field.height < panel.y + panel.height
    assert panel.y < bases["Before you turn the page"] < bases["What I take from this theme"]
    assert bases["What stood out"] < inside[0].y + 8 * MM < inside[0].y + inside[0].height
    assert inside[0].y + inside[0].height < bases["What I will do"] < inside[1].y + 8 * MM
    assert panel.y + panel.height < (297 - 22 - 24 + 4) * MM


Area = tuple[float, float, float, float]


def overlap(one: Area, other: Area) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.1
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.1
    )


def area(box: Field | Outline | Bar) -> Area:
    return box.x, box.y, box.x + box.width, box.y + box.height


@pytest.mark.parametrize("paper", PAPERS_MM)
@pytest.mark.parametrize("edition", ["print", "fillable", "large-print"])
def test_fields_stand_apart_and_lines_to_write_on_are_their_lower_edge(
    edition: str, paper: str
) -> None:
    asked = {"edition": edition, "pages": ALL_PAGES}
    made = replace(MIXED, settings=settings_of({"paper": paper, "workbook": asked}))
    plan = workbook.plan(made, Context())
    for page in plan.pages:
        fields = [box for box in page.boxes if isinstance(box, Field)]
        for one, other in combinations(fields, 2):
            assert not overlap(area(one), area(other)), (page.label, one.name, other.name)
        written = [field for field in fields if field.kind in ("text", "line")]
        for text in drawn_texts(page):
            if not text.text.strip():
                continue
            place = (text.x, text.y - text.size * 0.5, text.x + width(plan, text), text.y)
            for field in written:
                if not field.name.startswith(("action-", "meeting-")):
                    assert not overlap(place, area(field)), (page.label, text.text, field.name)
        ruled = {
            (round(box.x0), round(box.x1), round(box.y0 + n * box.dy))
            for box in page.boxes
            if isinstance(box, Rules)
            for n in range(box.number)
        }
        for field in written:
            if field.kind == "line" and not field.name.startswith("meeting-"):
                lower = (
                    round(field.x),
                    round(field.x + field.width),
                    round(field.y + field.height),
                )
                assert lower in ruled, field.name
                assert field.width > 8 * MM, field.name


def test_boxes_to_tick_stand_left_of_their_lines_and_dates_in_their_boxes() -> None:
    made = replace(MIXED, settings=settings_of({"workbook": {"pages": ALL_PAGES}}))
    for page in workbook.plan(made, Context()).pages:
        fields = {box.name: box for box in page.boxes if isinstance(box, Field)}
        outlines = [area(box) for box in page.boxes if isinstance(box, Outline)]
        for name, field in fields.items():
            if name.endswith("-done") and name.startswith("theme-"):
                line, by = fields[name.removesuffix("-done")], fields[name[:-5] + "-by"]
                assert 3 * MM < line.x - field.x - field.width + 3 * MM < 8 * MM
                assert line.x + line.width + 3 * MM < by.x
                assert 0 < line.y + line.height - field.y - field.height < 2 * MM
            if name.startswith("meeting-"):
                x, y, right, bottom = area(field)
                assert any(
                    left <= x and top <= y and right <= end and bottom <= low
                    for left, top, end, low in outlines
                )


def test_the_labels_of_a_scale_stand_in_the_middle_of_their_circles() -> None:
    plan = workbook.plan(MIXED, Context())
    for page in question_pages(plan):
        for box in page.boxes:
            if isinstance(box, Field) and box.kind == "choice":
                (label,) = [
                    text
                    for text in drawn_texts(page)
                    if box.x < text.x < box.x + box.width and box.y < text.y < box.y + box.height
                ]
                middle = label.x + width(plan, label) / 2
                assert middle == pytest.approx(box.x + box.width / 2, abs=0.1)
                assert label.text.strip() == box.value
                assert box.width == pytest.approx(8 * MM)
    circles = [
        box
        for page in question_pages(plan)
        for box in page.boxes
        if isinstance(box, Field) and box.kind == "choice"
    ]
    assert len(circles) == 5
    assert circles[-1].x + circles[-1].width == pytest.approx((210 - 25 - 18) * MM)


def test_a_scale_that_is_too_wide_has_rows() -> None:
    scale = AnswerSpace(AnswerKind.SCALE, scale=(1, 30))
    (page, *_) = question_pages(plan_of([question(1, answer=scale), question(2)]))
    circles = [b for b in page.boxes if isinstance(b, Field) and b.kind == "choice"]
    rows = sorted({round(circle.y, 1) for circle in circles})
    assert [len([c for c in circles if round(c.y, 1) == row]) for row in rows] == [15, 15]
    assert rows[1] - rows[0] == pytest.approx(8 * 1.3 * MM, abs=0.1)
    first = next(y for y in rules(page))
    assert first > circles[-1].y + circles[-1].height + 15 * MM


def test_the_words_of_a_scale_are_not_cut_and_end_at_its_sides() -> None:
    table = scales("not at all satisfied today", "as good as can be wished")
    for asked in (HARD["words of scales"][0], table):
        ends = asked[0].answer.scale_ends
        plan = plan_of(asked)
        (page, *_) = question_pages(plan)
        boxes = [box for box in page.boxes if isinstance(box, Text)]
        shown = " ".join(" ".join(texts(boxes)).split())
        assert all(end in shown for end in ends)
        circles = [box for box in page.boxes if isinstance(box, Field) and box.kind == "choice"]
        right = max(circle.x + circle.width for circle in circles)
        last = [box for box in boxes if box.text.strip() and box.text.strip() in ends[1]]
        last = [box for box in last if box.x > right / 2 and not box.text.strip().isdigit()]
        assert len(last) > 1
        assert all(box.x + width(plan, box) == pytest.approx(right, abs=0.1) for box in last)


def test_the_list_of_an_opener_has_a_head_and_ends_in_a_line_for_a_question_of_ones_own() -> None:
    plan = plan_of([question(n) for n in range(1, 5)])
    page = next(page for page in plan.pages if page.kind == "opener")
    at = {box.text.strip(): box for box in drawn_texts(page)}
    head, own = at["page"], at["Or your own:"]
    right = (210 - 25 - 18) * MM
    assert head.x + width(plan, head) == pytest.approx(right)
    assert at["Tick the ones you want to start with."].y == head.y
    assert own.y > max(box.y for box in drawn_texts(page) if box.text.startswith("Why?"))
    line = next(b for b in page.boxes if isinstance(b, Field) and b.name == "theme-1-own")
    assert own.x + width(plan, own) < line.x < line.x + line.width <= right + 0.01
    assert at["Notes"].y > own.y
    assert max(rules(page, to_write_on=True)) == pytest.approx((297 - 22 - 24) * MM)


def test_contents_that_do_not_fit_below_begin_on_a_page_of_their_own() -> None:
    plan = plan_of(*HARD["thirty themes"], paper="a5", workbook={"edition": "large-print"})
    (page, *_) = [page for page in plan.pages if page.kind == "contents"]
    assert texts(page.boxes)[0] == "Contents"
    assert page.label == plan.page_labels[0, 2]


def test_questions_without_a_space_are_given_no_rules() -> None:
    assert {fit.given for fit in plan_of(*HARD["no answers"]).fits} == {0}
