"""The cards: what stands on each, and that backs lie behind their fronts."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import page as validation
import pypdfium2
import pypdfium2.raw
import pytest
from conftest import SHIPPED, Listed
from PIL import Image, ImageOps
from plans import Bar, Rules, Text, a_set, a_theme, inline, planned, question, written
from tagged import elements

from generator import kit, readers
from generator.model import AnswerKind, AnswerSpace, FollowUp, QuestionSet
from generator.settings import settings_of
from generator.strings import for_language
from generator.writers import Context
from generator.writers.cards.plan import Plan

MM = 72 / 25.4
CUT_MM = 5.0
NEAR_MM = 0.1
TURNED = {"long": ImageOps.mirror, "short": ImageOps.flip}


def cards_of(*counts: int, paper: str = "a4", **asked: object) -> QuestionSet:
    """As many questions in each theme."""
    numbers = iter(range(1, 1000))
    themes = [[question(next(numbers), f"What is {n}?") for n in range(c)] for c in counts]
    return a_set(*themes, paper=paper, cards=asked)


def bars(plan: Plan, page: int) -> list[Bar]:
    return [box for box in plan.book.pages[page].boxes if type(box) is Bar]


def texts(plan: Plan, page: int) -> list[Text]:
    return [box for box in plan.book.pages[page].boxes if type(box) is Text]


def filled(pdf: Path, page: int) -> list[tuple[float, ...]]:
    """Left, bottom, right and top of each area that begins where a cell does, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        kind = [pypdfium2.raw.FPDF_PAGEOBJ_PATH]
        found = [each.get_bounds() for each in document[page].get_objects(kind)]
        half = document[page].get_width() / 2 / MM
    bounds = [tuple(value / MM for value in each) for each in found]
    at_cell = (each for each in bounds if min(each[0] % half, half - each[0] % half) < 1)
    return [each for each in at_cell if each[3] - each[1] > 30 and each[2] - each[0] > 9]


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
@pytest.mark.parametrize("size", ["a6", "a7", "business"])
def test_backs_lie_behind_their_fronts_within_a_tenth_of_a_millimetre(
    size: str, paper: str, flip: str, tmp_path: Path
) -> None:
    made = cards_of(1, 2, 3, size=size, paper=paper, flip=flip)
    path = tmp_path / "cards.pdf"
    path.write_bytes(written("cards", made).data)
    with pypdfium2.PdfDocument(path) as document:
        width, height = (side / MM for side in document[0].get_size())
        sides = [document[n].render(scale=1).to_pil().convert("RGB") for n in (0, 1)]
    turned = TURNED[flip](sides[1])
    fronts, backs = sorted(filled(path, 0)), filled(path, 1)
    assert len(fronts) == len(backs) >= 4
    behind = []
    for left, low, right, high in backs:
        if flip == "long":
            behind.append((width - right, low, width - left, high))
        else:
            behind.append((left, height - high, right, height - low))
    for front, back in zip(fronts, sorted(behind), strict=True):
        # The edge begins where the back does, and both run as far past the cut above and below.
        assert front[0] == pytest.approx(back[0], abs=NEAR_MM)
        assert front[1] == pytest.approx(back[1], abs=NEAR_MM)
        assert front[3] == pytest.approx(back[3], abs=NEAR_MM)
        x, y = (front[0] + 8) * MM, (height - (front[1] + front[3]) / 2) * MM
        assert sides[0].getpixel((int(x), int(y))) == turned.getpixel((int(x), int(y)))


def test_folded_sheets_have_each_back_across_the_fold(tmp_path: Path) -> None:
    made = cards_of(2, 3, fold=True)
    path = tmp_path / "cards.pdf"
    path.write_bytes(written("cards", made).data)
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == 2
        picture: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
    turned = ImageOps.mirror(picture)
    for row in range(4):
        at = (int(8 * MM), int((row + 0.5) * 74.25 * MM))
        assert picture.getpixel(at) == turned.getpixel(at) != (255, 255, 255)
    fold = [box for box in planned("cards", made).book.pages[0].boxes if type(box) is Rules][-1]
    assert fold.x0 == fold.x1 == pytest.approx(105 * MM)


@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
@pytest.mark.parametrize("size", ["a6", "a7", "business"])
def test_no_text_comes_near_the_cut_and_colours_run_past_it(size: str, paper: str) -> None:
    long = " ".join(["considerable"] * 30)
    made = cards_of(1, 1, size=size, paper=paper)
    themes = (
        a_theme(1, "A theme that has a long title for a card", question(1, long)),
        a_theme(2, "Two", question(200, "Why?", followups=(FollowUp(inline(long)),))),
    )
    made = replace(made, themes=themes, title="And a set that has a long title, too")
    plan = planned("cards", made)
    rows = {"a6": (2, 2), "a7": (4, 3), "business": (5, 4)}[size][paper == "a5"]
    width, height = plan.book.width / 2, plan.book.height / rows
    for page, clear in ((0, CUT_MM + 5), (1, CUT_MM + 6)):
        assert len(bars(plan, page)) == 2 * rows
        for box in texts(plan, page):
            face = plan.book.fonts.face(box.face)
            x, y = box.x % width, box.y % height
            right = x + face.width(box.text.rstrip(), box.size)
            assert x > clear * MM and right < width - clear * MM, box.text
            assert y - box.size * 0.7 > clear * MM and y < height - clear * MM, box.text
    for bar in bars(plan, 1):
        assert (bar.width, bar.height) == pytest.approx((width, height))


def test_every_question_has_a_card_in_its_order_with_its_theme(
    listed: list[Listed], tmp_path: Path
) -> None:
    kit.build([SHIPPED], tmp_path, ["cards"])
    said = [each.text.strip() for each in elements(tmp_path / "mentor-questions-cards.pdf")]
    expected = []
    for theme in listed:
        for number, asked in theme.questions:
            expected += [theme.title, f"{number} {asked}", theme.title]
    for shown, text in zip(said, expected, strict=True):
        assert " ".join(shown.removesuffix("Mentoring…").split()).rstrip("…") in text


def test_what_there_is_to_choose_from_stands_on_the_card() -> None:
    yes = AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No, never"))
    scale = AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=("never", ""))
    asked = [question(1, answer=yes), question(2, answer=scale), question(3)]
    shown = [box.text.strip() for box in texts(planned("cards", a_set(asked)), 0)]
    assert "Yes · No, never" in shown and "1 never – 5" in shown
    assert sum(" – " in text or " · " in text for text in shown) == 2


def test_what_is_left_of_a_sheet_is_cards_to_write_on() -> None:
    plan = planned("cards", cards_of(3))
    own = [box for box in texts(plan, 0) if box.text == "Or your own:"]
    lines = [box for box in plan.book.pages[0].boxes if type(box) is Rules and box.number > 2]
    assert len(own) == len(lines) == 5
    assert len(planned("cards", cards_of(8, backs=False)).book.pages) == 1


def test_short_questions_are_set_larger_than_long_ones_and_none_is_cut() -> None:
    asked = [question(n, " ".join(["what"] * n)) for n in (3, 25, 50, 61)]
    plan = planned("cards", a_set(asked))
    sizes = [card.paragraphs[0].style.size for card in plan.cards]
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == 4
    for card in plan.cards:
        lines = card.paragraphs[0].lines
        assert "".join(span.text for line in lines for span in line) == card.question.text[0].text
    (found,) = plan.diagnostics
    assert str(found) == (
        "set.md:61: warning: question 61 is long for a card, and set in small type\n"
        "  hint: shorten it, or ask for larger cards: `cards: {size: a6}`"
    )


def test_what_fits_on_no_card_is_left_out_by_name() -> None:
    long = " ".join(["question"] * 200)
    asked = [question(1, long), question(2, followups=(FollowUp(inline(long)),))]
    plan = planned("cards", a_set(asked))
    assert [card.question.number for card in plan.cards] == [2]
    one, two = (found.message for found in written("cards", a_set(asked)).diagnostics)
    assert one == "question 1 has no card: its text does not fit on one"
    assert two == "the follow-ups of question 2 do not fit on its card"
    assert not planned("cards", a_set([question(1)])).diagnostics


def test_a_set_of_which_nothing_fits_still_has_a_sheet_to_write_on() -> None:
    plan = planned("cards", a_set([question(1, " ".join(["question"] * 400))]))
    assert not plan.cards and len(plan.diagnostics) == 1
    assert [len(texts(plan, page)) for page in (0, 1)] == [8, 8]


def test_marks_to_cut_by_stand_at_the_corners_of_each_card() -> None:
    plan = planned("cards", cards_of(1))
    width, height, long = plan.book.width / 2, plan.book.height / 4, 3.5 * MM
    ends = set()
    for box in plan.book.pages[0].boxes:
        if type(box) is Rules and box.number == 2:
            for n in range(2):
                x0, y0 = box.x0 + n * box.dx, box.y0 + n * box.dy
                x1, y1 = box.x1 + n * box.dx, box.y1 + n * box.dy
                ends.add(tuple(round(value, 1) for value in (x0, y0, x1, y1)))
    cut = CUT_MM * MM
    expected = set()
    for column in range(2):
        for row in range(4):
            left, top = column * width, row * height
            for x in (left + cut, left + width - cut):
                for y in (top, top + height - long):
                    expected.add(tuple(round(value, 1) for value in (x, y, x, y + long)))
            for y in (top + cut, top + height - cut):
                for x in (left, left + width - long):
                    expected.add(tuple(round(value, 1) for value in (x, y, x + long, y)))
    assert ends == expected


def test_a_theme_is_a_heading_on_its_first_card_alone(tmp_path: Path) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(written("cards", cards_of(2, 1)).data)
    kinds = [each.type for each in elements(path) if each.text.strip().startswith("Theme ")]
    assert kinds == ["H1", "P", "P", "P", "H1", "P"]


def test_a_full_sheet_is_followed_by_none_without_questions() -> None:
    assert len(planned("cards", cards_of(8)).book.pages) == 2
    assert len(planned("cards", cards_of(9)).book.pages) == 4
    assert len(planned("cards", cards_of(4, fold=True)).book.pages) == 1


def test_titles_on_backs_are_as_large_as_they_fit_in_the_middle_of_the_card() -> None:
    short, long = "One", "A theme that has a title which is far too long for any card " * 3
    themes = (a_theme(1, short, question(1)), a_theme(2, long, question(2)))
    plan = planned("cards", replace(cards_of(1, 1), themes=themes, title="Ours"))
    width, height = plan.book.width / 2, plan.book.height / 4
    backs = texts(plan, 1)
    (one,) = (box for box in backs if box.text == "One ")
    assert one.size == 20
    face = plan.book.fonts.face(one.face)
    assert one.x + face.width("One", one.size) / 2 == pytest.approx(1.5 * width, abs=1)
    assert one.y == pytest.approx(height / 2 + 0.32 * one.size)
    ours = [box for box in backs if box.text.strip() and box.text.split()[0] in long.split()]
    room = width - 2 * (CUT_MM + 6) * MM
    assert len(ours) > 2 and {box.size for box in ours} == {17}
    for box in ours:
        assert plan.book.fonts.face(box.face).width(box.text.rstrip(), box.size) <= room + 0.01
        assert 0 < box.x < width
    widest = max(plan.book.fonts.face(box.face).width(box.text.rstrip(), box.size) for box in ours)
    assert widest > room * 0.8


def test_shuffled_and_chosen_questions_are_those_of_the_cards(tmp_path: Path) -> None:
    kit.build([SHIPPED], tmp_path, ["cards"], selection=kit.Selection(questions="3,12"))
    said = [each.text for each in elements(tmp_path / "mentor-questions-cards.pdf")]
    assert [text.split()[0] for text in said if text[0].isdigit()] == ["3", "12"]


def test_they_keep_the_rules_of_pdf_ua_and_pdf_a(tmp_path: Path) -> None:
    paths = []
    made = readers.read(SHIPPED).question_set
    for number, (lang, asked) in enumerate([("en", {}), ("ar", {}), ("en", {})]):
        settings = settings_of({"cards": asked, "paper": ("a4", "letter", "a5")[number]})
        context = Context(strings=for_language(lang))
        output = written("cards", replace(made, settings=settings, lang=lang), context)
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(output.data)
        for profile in ("ua1", "2a"):
            report = validation.validate_pdf(str(paths[-1]), profile=profile)
            assert report.is_compliant, [failure.message for failure in report.failures]
    command = [
        sys.executable,
        "-m",
        "outloud.cli",
        "-q",
        "--fail-on",
        "warning",
        *map(str, paths[:2]),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout


def test_viewers_are_told_on_which_edge_the_printer_turns() -> None:
    for flip in ("long", "short"):
        data = written("cards", cards_of(1, flip=flip)).data
        assert planned("cards", cards_of(1, flip=flip)).book.flip == flip.capitalize()
        assert data == written("cards", cards_of(1, flip=flip)).data
