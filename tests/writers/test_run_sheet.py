"""The run sheet: minutes, the clock, rows as high as they are long, and what stands in them."""

import io
import random
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import page as validation
import pypdf
import pytest
from conftest import SHIPPED, squash
from docx.document import Document
from docx.oxml.ns import qn
from plans import Bar, Rules, Text, a_set, a_theme, inline, planned, question, written
from tagged import elements

from generator import kit, readers
from generator.diagnostics import SourceError
from generator.model import AnswerKind, AnswerSpace, FollowUp, Note, QuestionSet, Span
from generator.settings import DocumentName, settings_of
from generator.strings import for_language
from generator.writers import WRITERS, Context
from generator.writers.office.metrics import Fonts
from generator.writers.run_sheet.plan import Plan
from generator.writers.run_sheet.timing import DAY, schedule

MM = 72 / 25.4


def words(number: int) -> str:
    """A text of this many words, no two of its lines alike."""
    dice = random.Random(number)
    return " ".join(
        "".join(dice.choices("aeioulmnrst", k=dice.randint(2, 8))) for _ in range(number)
    )


LONG, OTHER, ITEM = words(200), words(201), words(202)
NOTES = (
    Note(inline("Two minutes alone.")),
    Note((Span("Then in "), Span("pairs", emphasis=True)), 1),
    Note(inline("A pen each."), 2),
    Note(inline("Count them."), 1, 1),
    Note(inline("Materials: pens, cards")),
)
LINKED = (Span("Read "), Span("this page", href="https://example.org"), Span(" first?"))


def timed(*minutes: int | None, theme: int | None = None, **settings: object) -> QuestionSet:
    asked = (question(n, minutes=each) for n, each in enumerate(minutes, 1))
    return replace(a_set(**settings), themes=(a_theme(1, "First", *asked, minutes=theme),))


def lengths(made: QuestionSet) -> list[tuple[int, bool] | None]:
    return [each.minutes and tuple(each.minutes) for each in schedule(made).entries]


def shown(plan: Plan) -> list[str]:
    return [box.text.strip() for page in plan.book.pages for box in page.boxes if type(box) is Text]


EVERYTHING = QuestionSet(
    "Everything there is",
    "all",
    (
        a_theme(1, "First", question(1, notes=NOTES, minutes=10), minutes=30, notes=NOTES[:1]),
        a_theme(
            2,
            "Second",
            question(2, LINKED, followups=(FollowUp(inline("Why?")), FollowUp(inline("So?"), 2))),
            question(3, LONG, notes=(Note(inline(OTHER)), Note(inline(ITEM), 1))),
        ),
    ),
    Path("all.md"),
)


def test_the_names_of_the_settings_are_those_of_the_writers() -> None:
    assert DocumentName.__args__ == tuple(WRITERS)


def test_minutes_that_were_given_stay_and_the_rest_of_a_theme_is_shared_by_its_questions() -> None:
    assert lengths(timed(10, None, None, theme=25)) == [(10, False), (8, True), (7, True)]
    assert lengths(timed(10, 5, theme=25)) == [(10, False), (10, False), (5, False)]


def test_the_rest_of_the_duration_is_shared_by_all_questions_without_minutes() -> None:
    assert lengths(timed(None, None, duration=45)) == [(23, True), (22, True)]
    assert lengths(timed(40, None, duration=30)) == [(40, False), (1, True)]


def test_without_a_duration_a_question_takes_as_long_as_the_others() -> None:
    assert lengths(timed(10, 20, None)) == [(10, False), (20, False), (15, True)]
    assert lengths(timed(None, None)) == [None, None]


def test_the_clock_begins_when_the_workshop_does_and_passes_midnight() -> None:
    made = schedule(timed(30, 45, starts="23:15"))
    assert [each.starts for each in made.entries] == ["23:15", "23:45"]
    assert (made.ends, made.total) == ("0:30", 75)
    assert schedule(timed(30, 45)).ends == "1:15"
    assert schedule(timed(DAY, 45)).ends == "24:45"


def test_minutes_that_contradict_each_other_are_named_with_a_remedy() -> None:
    made = timed(30, 45, theme=60, duration=90)
    made = replace(made, setting_lines={"duration": 3})
    one, two = planned("run-sheet", made).diagnostics
    assert str(one).startswith(
        "set.md:1: warning: 'First' has 60 minutes, and its questions take 75"
    )
    assert str(two) == (
        "set.md:3: warning: themes and questions take 75 minutes, 15 less than the duration\n"
        "  hint: give them other minutes, or write `duration: 75`"
    )
    assert written("run-sheet", made).diagnostics == (one, two)
    assert not planned("run-sheet", timed(30, 45, theme=75, duration=75)).diagnostics


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        ("starts: 14:60\n", "write a time of the day, such as 14:00"),
        ("starts: noon\n", "write a time of the day, such as 14:00"),
        ("duration: long\n", "write the minutes as a whole number, such as 90"),
        ("documents: []\n", "name at least one of workbook, handout, slides"),
        ("documents: [run-shet]\n", "did you mean run-sheet?"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    setting: str, wrong: str, tmp_path: Path
) -> None:
    path = tmp_path / "set.md"
    path.write_text(f"---\n{setting}---\n\n1. Why?\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"set\.md:2: error") as problem:
        readers.read(path)
    assert wrong in str(problem.value)


def test_the_set_says_which_documents_are_made_and_the_command_line_overrides_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "set.md"
    text = "documents: [run-sheet, handout]\nstarts: 9.30\nduration: 45 min\n"
    path.write_text(f"---\n{text}---\n\n1. Why?\n2. How?\n", encoding="utf-8")
    made = kit.build([path], tmp_path)
    assert [file.path.name for file in made.written] == [
        "set-run-sheet.pdf",
        "set-run-sheet.docx",
        "set-handout.docx",
    ]
    taken = made.question_sets[0].settings
    assert (taken.starts, taken.duration) == ("9:30", 45)
    made = kit.build([path], tmp_path, ["handout"])
    assert [file.path.name for file in made.written] == ["set-handout.docx"]


def test_rows_are_as_high_as_their_minutes_are_long() -> None:
    plan = planned("run-sheet", timed(20, 40, theme=70))
    bars = [box for box in plan.book.pages[0].boxes if type(box) is Bar and box.width < 10]
    assert [round(bar.height / MM / 1.55) for bar in bars] == [10, 20, 40]


def test_rows_are_a_little_lower_where_that_saves_a_page_with_hardly_anything_on_it() -> None:
    def heights(*minutes: int) -> list[list[int]]:
        pages = planned("run-sheet", timed(*minutes, theme=sum(minutes))).book.pages
        bars = [[box for box in page.boxes if type(box) is Bar] for page in pages]
        return [[round(bar.height + 0.5) for bar in page if bar.width < 10] for page in bars]

    def of(minutes: int, part: float = 1.0) -> int:
        return round(minutes * 1.55 * MM * part)

    assert heights(30, 30, 30) == [[of(30)] * 3]
    (lower,) = heights(30, 30, 30, 30, 20)
    part = lower[0] / of(30)
    assert 0.6 <= part < 1 and lower == [*[of(30, part)] * 4, of(20, part)]
    one, two = heights(*[30] * 6)  # the second page has enough on it
    assert {*one, *two} == {of(30)}


def test_rows_follow_each_other_and_their_texts_stand_in_them() -> None:
    asked = [question(1, LONG, notes=NOTES, minutes=2), question(2, minutes=30), question(3, OTHER)]
    for paper, margins in (("a4", 18 + 20), ("a5", 14 + 16)):
        book = planned("run-sheet", a_set(asked, asked, paper=paper)).book
        assert len(book.pages) > 1
        for page in book.pages:
            rules = [box for box in page.boxes if type(box) is Rules and box.x0 == 0]
            rules = sorted(box.y0 for box in rules if box.x1 > 100)
            assert rules[-1] <= book.height - margins * MM + 0.02
            bars = [box for box in page.boxes if type(box) is Bar and box.width < 10]
            for bar in bars:
                above = max(y for y in rules if y < bar.y)
                below = min(y for y in rules if y > bar.y)
                assert bar.y - above == pytest.approx(0.5)
                assert bar.y + bar.height == pytest.approx(below)
                inside = [box.y for box in page.boxes if type(box) is Text]
                inside = [y for y in inside if above < y < below]
                assert min(inside) == pytest.approx(above + 6.8 * MM)
                assert max(inside) <= below - 4.2 * MM + 0.01
            assert len(bars) in (len(rules) - 1, len(rules) - 2)  # the end has none


def test_above_the_table_stand_time_and_people_with_rules_for_what_is_open() -> None:
    def about(made: QuestionSet) -> tuple[list[str], list[tuple[float, float]]]:
        page = planned("run-sheet", made).book.pages[0]
        (base,) = (box.y for box in page.boxes if type(box) is Text and box.text == "with ")
        said = [box.text for box in page.boxes if type(box) is Text and box.y == base]
        lines = [box for box in page.boxes if type(box) is Rules and box.y0 == base + 2]
        return said, [(box.x0 / MM, box.x1 / MM) for box in lines]

    said, lines = about(timed(30, 30, starts="9:00"))
    assert said == ["60 min · 9:00–10:00 ", "with "]
    assert len(lines) == 1 and lines[0][1] == pytest.approx(210 - 2 * 18)
    said, lines = about(timed(30, 30))
    assert said == ["60 min · starts at ", "with "]
    assert lines[0][1] - lines[0][0] == pytest.approx(22)
    assert lines[0][1] < lines[1][0] and lines[1][1] == pytest.approx(210 - 2 * 18)
    said, lines = about(timed(None))
    assert said == ["1 question in 1 theme ", "with "] and len(lines) == 1


def test_what_is_to_be_brought_stands_between_title_and_table() -> None:
    def heights(*notes: Note) -> dict[str, float]:
        page = planned("run-sheet", a_set([question(1, notes=notes)])).book.pages[0]
        boxes = [box for box in page.boxes if type(box) is Text]
        return {box.text.strip(): box.y for box in reversed(boxes)}

    without, at = heights(), heights(Note(inline("Materials: pens")))
    assert at["with"] == without["with"]
    assert at["pens"] == pytest.approx(at["with"] + 1.7 * 14.5)
    assert at["What"] == pytest.approx(at["pens"] + 12 * MM)
    assert without["What"] == pytest.approx(without["with"] + 12 * MM)


def test_long_questions_are_set_regular_and_a_row_has_its_least_height() -> None:
    asked = [question(1, LONG[:400]), question(2), question(3, minutes=20)]
    page = planned("run-sheet", a_set(asked, duration=20)).book.pages[0]
    faces = {box.text.strip(): box.face for box in page.boxes if type(box) is Text}
    assert faces["Why?"] == "serif-semibold"
    (long,) = {face for text, face in faces.items() if text and text in LONG and len(text) > 9}
    assert long == "serif-regular"
    heights = [box.height for box in page.boxes if type(box) is Bar and box.width < 10]
    assert heights[1] == pytest.approx(16 * MM - 0.5)
    untimed = planned("run-sheet", a_set([question(1)], [question(2)])).book.pages[0]
    bars = [box for box in untimed.boxes if type(box) is Bar and box.width < 10]
    assert [round((bar.height + 0.5) / MM, 2) for bar in bars] == [12, 11, 12, 11]


def test_columns_stand_where_their_heads_do_and_numbers_end_at_them() -> None:
    notes = (Note(inline("Say")), Note(inline(ITEM[:150])))
    asked = [question(n, notes=notes) for n in (7, 1234)]
    context = Context(workbook_pages={(1, 1): "10"}, slide_numbers={(1, 1): 5})
    for minutes in ({}, {"duration": 40}):
        plan = planned("run-sheet", a_set(asked, **minutes), context)
        boxes = [box for box in plan.book.pages[0].boxes if type(box) is Text]
        at = {box.text.strip(): box for box in reversed(boxes)}
        ends = {
            text: box.x + plan.book.fonts.face(box.face).width(box.text.rstrip(), box.size)
            for text, box in at.items()
        }
        assert at["What"].x == at["7"].x == at["1234"].x < ends["1234"] < at["Why?"].x
        assert at["Why?"].x - at["7"].x == pytest.approx(5 * (ends["1234"] - at["1234"].x) / 4)
        assert at["Note to self"].x == at["Say"].x
        lines = [box for box in boxes if box.x == at["Say"].x]
        fonts = plan.book.fonts
        ends_at = [box.x + fonts.face(box.face).width(box.text, box.size) for box in lines]
        room = at["Slide"].x - at["Say"].x
        assert at["Say"].x + room * 0.6 < max(ends_at) < at["Slide"].x
        assert ends["Slide"] == pytest.approx(ends["5"]) and ends["Page"] == pytest.approx(
            ends["10"]
        )
        assert ("Time" in at) is bool(minutes)
        if minutes:
            assert at["Time"].x == at["0:00"].x and ends["Min"] == pytest.approx(ends["40"])
            assert ends["~20"] == pytest.approx(ends["40"])


@pytest.mark.parametrize("lang", ["ar", "de", "el", "en", "es", "fr", "hi", "pl", "ru"])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_no_head_of_a_column_touches_the_next_or_is_broken(lang: str, paper: str) -> None:
    made = replace(a_set([question(1)], duration=40, paper=paper), lang=lang)
    said = for_language(lang)
    plan = planned("run-sheet", made, Context(strings=said))
    names = [said.clock, said.minutes_short, said.what_asked, said.note_to_self, said.slide]
    heads = [*names, said.page[:1].upper() + said.page[1:]]
    boxes = [box for box in plan.book.pages[0].boxes if type(box) is Text]
    base = next(box.y for box in boxes if box.text.strip() == said.slide)
    face = plan.book.fonts.face
    spans = sorted(
        (box.x, box.x + face(box.face).width(box.text.rstrip(), box.size))
        for box in boxes
        if box.y == base
    )
    assert len(spans) >= len(heads)
    assert all(one[1] + 3 < other[0] for one, other in pairwise(spans))
    # In Word, where our own look has the widths of Calibri: 11 points, and margins of 4 points.
    table = (plan.word.paper_mm[0] - 44) * MM
    fonts, longest = Fonts(), [max(head.split(), key=len) for head in heads]
    taken = [fonts.measured(inline(word), "Calibri-bold").width * 11 for word in longest]
    room = [part * table - 8 for part in plan.word.columns]
    assert sum(plan.word.columns) == pytest.approx(1)
    for word, width, free in zip(longest, taken, room, strict=True):
        assert width < free or not fonts.knows(word)


def test_each_row_has_its_slide_and_its_page_of_the_workbook(tmp_path: Path) -> None:
    made = readers.read(SHIPPED).question_set
    pages = planned("workbook", made).page_labels
    slides = planned("slides", made, Context(workbook_pages=pages)).numbers["slide_numbers"]
    kit.build([SHIPPED], tmp_path, ["run-sheet"])
    path = tmp_path / "mentor-questions-run-sheet.pdf"
    cells = [each.text.strip() for each in elements(path) if each.type == "TD"]
    keys = [(theme, place) for theme in range(1, 5) for place in range(11)]
    assert cells == [text for key in keys for text in (str(slides[key]), pages[key])]


def test_what_there_is_to_choose_from_stands_below_the_question() -> None:
    answer = AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No"))
    made = a_set([question(1, answer=answer, followups=(FollowUp(inline("So?")),))])
    said = shown(planned("run-sheet", made))
    assert said[said.index("Why?") :][:4] == ["Why?", "Yes · No", "–", "So?"]
    document = docx.Document(io.BytesIO(written("run-sheet", made).also[".docx"]))
    assert cells_of(document)[1][0] == "1  Why?\nYes · No\n– So?"


def test_what_is_to_be_brought_is_collected_above_the_table() -> None:
    again = (Note(inline("materials: Pens, cards")), Note(inline("Materials: a timer")))
    first = EVERYTHING.themes[0]
    made = replace(EVERYTHING, themes=(first, a_theme(2, "B", question(2, notes=again))))
    text = "".join(span.text for span in planned("run-sheet", made).materials)
    assert text == "Materials: pens, cards; a timer"
    german = replace(
        made, themes=(a_theme(1, "A", question(1, notes=(Note(inline("Material: x")),))),)
    )
    context = Context(strings=for_language("de"))
    assert planned("run-sheet", german, context).materials[0].text == "Material: "


def test_no_row_crosses_the_foot_of_a_page_and_a_theme_stands_with_its_first_question() -> None:
    themes = [
        [question(t * 9 + n, LONG[: 20 * n + 9], minutes=7) for n in range(9)] for t in range(7)
    ]
    for paper in ("a4", "letter", "a5"):
        plan = planned("run-sheet", a_set(*themes, paper=paper))
        bottom = plan.book.height - plan.book.top - 11 * MM
        for page in plan.book.pages:
            bars = [box for box in page.boxes if type(box) is Bar]
            assert max(bar.y + bar.height for bar in bars) < bottom
            assert max(box.y for box in page.boxes if type(box) is Text and box.tag) < bottom
            last = max(bars, key=lambda bar: (bar.y, bar.width))
            assert last.width < 10, "a theme's tint is last"


def test_a_text_that_no_page_holds_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    made = replace(EVERYTHING, settings=settings_of({"paper": "a5", "duration": 90}))
    path = tmp_path / "long.pdf"
    path.write_bytes(written("run-sheet", made).data)
    said = [" ".join(each.text.split()) for each in elements(path)]
    assert {f"3 {LONG}", OTHER, ITEM} <= set(said)


def test_it_keeps_the_rules_of_pdf_ua_and_pdf_a_and_is_a_table(tmp_path: Path) -> None:
    paths = []
    for paper, lang, number in (("a4", "en", 1), ("letter", "ar", 2), ("a5", "en", 3)):
        asked = settings_of({"paper": paper, **({} if number == 3 else {"duration": 90})})
        made = replace(EVERYTHING, settings=asked, lang=lang)
        paths.append(tmp_path / f"{number}.pdf")
        context = Context(strings=for_language(lang))
        paths[-1].write_bytes(written("run-sheet", made, context).data)
        for profile in ("ua1", "2a"):
            report = validation.validate_pdf(str(paths[-1]), profile=profile)
            assert report.is_compliant, [failure.message for failure in report.failures]
    command = [sys.executable, "-m", "outloud.cli", "-q", "--fail-on", "warning", *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout
    heads = [each.text.strip() for each in elements(paths[0]) if each.type == "TH"]
    assert heads == ["Time", "Min", "What", "Note to self", "Slide", "Page"]


def cells_of(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_word_file_has_the_same_table_with_a_head_that_comes_again() -> None:
    made = replace(EVERYTHING, settings=settings_of({"duration": 60, "starts": "14:00"}))
    context = Context(workbook_pages={(1, 0): "3", (1, 1): "4"}, slide_numbers={(1, 1): 5})
    output = written("run-sheet", made, context)
    data = output.also[".docx"]
    document = docx.Document(io.BytesIO(data))
    head, first, one, second, two, three, end = cells_of(document)
    assert head == ["Time", "Min", "What", "Note to self", "Slide", "Page"]
    assert first == ["14:00", "30", "First", "Two minutes alone.", "", "3"]
    notes = "Two minutes alone.\n– Then in pairs\n\u2003– A pen each.\n1. Count them."
    assert one == ["14:20", "10", "1  Why?", f"{notes}\nMaterials: pens, cards", "5", "4"]
    assert second == ["", "~30", "Second", "", "", ""]
    assert two[:3] == ["14:30", "~15", "2  Read this page first?\n– Why?\n\u2003– So?"]
    assert three[2:4] == [f"3  {LONG}", f"{OTHER}\n– {ITEM}"]
    assert end == ["15:00", "60", "End", "", "", ""]
    above = [paragraph.text for paragraph in document.paragraphs]
    assert above[:3] == ["Everything there is", "60 min · 14:00–15:00", "Materials: pens, cards"]
    rows = document.tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] + 6 * [
        False
    ]
    again = written("run-sheet", made, context)
    assert data == again.also[".docx"] and output.data == again.data
    links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert links == ["https://example.org"]


def test_the_word_file_is_made_in_the_template_of_the_handout(tmp_path: Path) -> None:
    template = docx.Document()
    template.styles["Title"].font.name = "Papyrus"
    template.sections[0].header.paragraphs[0].text = "Letterhead"
    template.save(tmp_path / "letterhead.docx")
    source = tmp_path / "set.md"
    source.write_text("---\nhandout: {template: letterhead.docx}\n---\n\n1. Why?\n", "utf-8")
    report = kit.build([source], tmp_path, ["run-sheet"])
    assert not report.diagnostics
    document = docx.Document(tmp_path / "set-run-sheet.docx")
    assert document.sections[0].header.paragraphs[0].text == "Letterhead"
    assert document.styles["Title"].font.name == "Papyrus"
    assert cells_of(document)[1][0] == "1  Why?"
    assert kit.find_sets([tmp_path]) == [source]  # neither what was built nor the template


def test_libreoffice_shows_the_word_file(tmp_path: Path, to_pdf) -> None:
    path = tmp_path / "run-sheet.docx"
    made = replace(EVERYTHING, settings=settings_of({"duration": 60}))
    path.write_bytes(written("run-sheet", made).also[".docx"])
    shown = squash("".join(page.extract_text() for page in pypdf.PdfReader(to_pdf(path)).pages))
    for text in ("Time", "Materials: pens, cards", "1. Count them.", "End"):
        assert squash(text) in shown
    assert "Error" not in shown
