"""The workbook's file, read back by libraries that did not write it."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import page as validation
import pikepdf
import pypdf
import pytest
from conftest import SHIPPED, Listed, squash
from fontTools import agl
from pikepdf import Name
from pikepdf.form import Form
from plans import Field, Outline, planned
from tagged import elements

from generator.look.style import MM
from generator.model import AnswerKind, AnswerSpace, FollowUp, Question, QuestionSet, Span, Theme
from generator.readers import read
from generator.settings import settings_of
from generator.writers import Context, workbook

EDITIONS = ["print", "fillable", "large-print"]
PAPERS = ["a4", "letter"]

LINK = Span("a link", href="https://example.org/a")


def question(number: int, text: str, **more: object) -> Question:
    return Question(number, (Span(text),), number, **more)  # type: ignore[arg-type]


SPACES = (
    question(1, "A box?", answer=AnswerSpace(AnswerKind.BOX, height_mm=70)),
    question(2, "A grid?", answer=AnswerSpace(AnswerKind.GRID, height_mm=50)),
    question(3, "Dots?", answer=AnswerSpace(AnswerKind.DOTS, height_mm=50)),
    question(4, "How?", answer=AnswerSpace(AnswerKind.SCALE, scale=(0, 10))),
    question(5, "None.", answer=AnswerSpace(AnswerKind.NONE)),
    question(6, "Lines?", answer=AnswerSpace(lines=60)),
)
LINKED = Question(
    7,
    (Span("Has it "), LINK, Span(" and "), Span("code<int>", code=True), Span("?")),
    7,
    (
        FollowUp((Span("First?"),)),
        FollowUp((Span("Under it, "), LINK), 2),
        FollowUp((Span("Second?"),)),
    ),
)
INTRO = ((Span("An introduction with "), LINK, Span(" in it.")), (Span("And a second one."),))
EVERY_KIND = QuestionSet(
    'Every kind <b>&"',
    "every",
    (
        Theme(1, (Span("Spaces"),), 1, (*SPACES, LINKED), INTRO),
        Theme(2, (Span("One question"),), 8, (question(1, "Ελληνικά, Tiếng Việt?"),)),
    ),
    Path("every.md"),
    author="The authors",
)


def built(question_set: QuestionSet, folder: Path, paper: str, edition: str) -> Path:
    settings = {"paper": paper, "workbook": {"edition": edition}}
    plan = workbook.plan(replace(question_set, settings=settings_of(settings)), Context())
    path = folder / f"{question_set.slug}-{paper}-{edition}.pdf"
    path.write_bytes(workbook.write(plan).data)
    return path


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The shipped set and one of every kind, in all editions for the screen."""
    folder = tmp_path_factory.mktemp("books")
    return [
        built(question_set, folder, paper, edition)
        for question_set in (read(SHIPPED).question_set, EVERY_KIND)
        for paper in PAPERS
        for edition in EDITIONS
    ]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_they_keep_the_rules_of_pdf_ua_1_and_pdf_a_2a(profile: str, books: list[Path]) -> None:
    for path in books:
        report = validation.validate_pdf(
            str(path), profile=profile, limits=validation.SafetyLimits.unlimited()
        )
        assert report.is_compliant, (path.name, [failure.message for failure in report.failures])


def test_an_accessibility_checker_has_nothing_to_say(books: list[Path]) -> None:
    command = [sys.executable, "-m", "outloud.cli", "-q", "--fail-on", "warning"]
    result = subprocess.run(
        [*command, *map(str, books)], capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_tags_agree_with_the_pages_and_their_text_is_the_source_in_its_order(
    books: list[Path], listed: list[Listed]
) -> None:
    source = "".join(
        squash(theme.title) + "".join(f"{number}{squash(text)}" for number, text in theme.questions)
        for theme in listed
    )
    for path in books:
        read_out = elements(path)
        if not path.name.startswith("mentor"):
            continue
        asked = [element for element in read_out if element.type in ("H1", "H2", "Lbl", "P")]
        start = [element.text for element in asked].index("THEME 1 OF 4") + 1
        said = "".join(squash(element.text) for element in asked[start:])
        for theme in listed:
            assert squash(theme.title) in said
        questions = [
            squash(label.text + body.text)
            for label, body in pairwise(read_out)
            if label.type == "Lbl" and body.type == "P"
        ]
        assert questions == [
            squash(f"{number}{text}") for theme in listed for number, text in theme.questions
        ]
        assert all(question in source for question in questions)


def test_follow_ups_are_lists_in_their_question_and_links_stand_where_they_are_read(
    tmp_path: Path,
) -> None:
    read_out = elements(built(EVERY_KIND, tmp_path, "a4", "print"))
    texts = [(element.type, element.text.strip()) for element in read_out]
    start = texts.index(("P", "None."))
    after = texts[start:]
    seven = after.index(("Lbl", "7"))
    assert after[seven : seven + 10] == [
        ("Lbl", "7"),
        ("Span", "Has it"),
        ("Link", "a link"),
        ("Span", "and code<int>?"),
        ("P", "example.org/a"),
        ("P", "First?"),
        ("Span", "Under it,"),
        ("Link", "a link"),
        ("P", "example.org/a"),
        ("P", "Second?"),
    ]
    depth = {element.text.strip(): element.depth for element in read_out}
    assert depth["Under it,"] > depth["First?"] == depth["Second?"]
    assert depth["Under it,"] == depth["First?"] + 4  # L, LI, LBody, and the paragraph's Span


def test_a_text_that_runs_over_pages_is_one_paragraph_read_in_its_order(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(2500)]
    theme = Theme(1, (Span("T"),), 1, (question(1, " ".join(words)), question(2, "And?")))
    made = QuestionSet("Long", "long", (theme,), Path("l.md"))
    for edition in ("print", "fillable"):
        read_out = elements(built(made, tmp_path, "a4", edition))
        (text,) = [each.text for each in read_out if "word1234" in each.text and each.type == "P"]
        assert text.split() == words


ALL_PAGES = [
    "cover", "how-to", "contents", "agreement", "themes", "conversations", "stood-out",
    "action-plan", "notes",
]  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_pages_for_mentoring_keep_the_rules_too(edition: str, tmp_path: Path) -> None:
    themes = (Theme(1, (Span("T"),), 1, CHOICES), *EVERY_KIND.themes[1:])
    asked = {"workbook": {"edition": edition, "pages": ALL_PAGES, "cover": "quiet"}}
    made = replace(EVERY_KIND, themes=themes, settings=settings_of(asked), intro=INTRO)
    path = tmp_path / "all.pdf"
    path.write_bytes(workbook.write(planned("workbook", made)).data)
    for profile in ("ua1", "2a"):
        assert validation.validate_pdf(str(path), profile=profile).is_compliant
    command = [sys.executable, "-m", "outloud.cli", "-q", "--fail-on", "warning", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout
    said = " ".join(element.text for element in elements(path))
    assert "What we agree" in said and "Conversations" in said


def test_headings_contents_and_lists_are_said_to_be_what_they_are(books: list[Path]) -> None:
    with pikepdf.open(books[0]) as pdf:
        kinds = [str(kind) for kind in _kinds(pdf.Root.StructTreeRoot.K[0])]
    assert kinds.count("/TOCI") == 4 + 2
    assert kinds.count("/Document") == 1
    assert kinds.count("/LI") >= 40 + 40
    assert "/Form" not in kinds
    headings = [kind for kind in kinds if re.fullmatch("/H[1-6]", kind)]
    assert headings[0] == "/H1"
    assert headings.count("/H1") == 1
    assert headings.count("/H2") == 2 + 4 + 2  # how to use, contents; themes; action plan, notes
    assert headings.count("/H3") == 4  # the panels


def _kinds(element: pikepdf.Dictionary):
    yield element.S
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/S"):
            yield from _kinds(kid)


def test_a_booklet_is_two_pages_a_side_and_promises_nothing(tmp_path: Path) -> None:
    path = built(read(SHIPPED).question_set, tmp_path, "a4", "booklet")
    with pikepdf.open(path) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "/Metadata" not in pdf.Root
        assert len(pdf.pages) % 2 == 0
        assert [round(float(value)) for value in pdf.pages[0].MediaBox] == [0, 0, 842, 595]
    first = pypdf.PdfReader(path).pages[0].extract_text()
    assert "Mentoring…" in first
    assert "Notes" in first


# -- forms


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(EVERY_KIND, tmp_path_factory.mktemp("form"), "a4", "fillable")


ANSWERS = {
    "q2": "Grün – “quoted”",
    "q3": "Ελληνικά Привет 你好",
    "q6": "one\ntwo",
    "name": "Zoë Ånd",
}


def test_every_question_has_one_field_with_the_question_as_its_tooltip(form: Path) -> None:
    fields = pypdf.PdfReader(form).get_fields() or {}
    assert {"q2", "q3", "q4", "q6", "t1-q1", "t2-q1", "q7-tick", "name", "notes"} <= set(fields)
    assert "q5" not in fields
    assert fields["q2"]["/TU"] == "A grid?"
    assert fields["q4"]["/TU"] == "How?"
    assert fields["q4"]["/_States_"] == [f"/c{value}" for value in range(11)]


def test_answers_filled_in_by_pypdf_are_read_back(form: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=form)
    answers = {**ANSWERS, "q4": "/c7", "q2-tick": "/Yes"}
    for page in writer.pages:
        writer.update_page_form_field_values(page, answers, auto_regenerate=False)
    writer.write(tmp_path / "filled.pdf")
    with pikepdf.open(tmp_path / "filled.pdf") as pdf:
        values = {str(field.T): str(field.get("/V")) for field in pdf.Root.AcroForm.Fields}
    assert {name: values[name] for name in answers} == answers


def test_answers_filled_in_by_pikepdf_are_read_back(form: Path, tmp_path: Path) -> None:
    with pikepdf.open(form) as pdf:
        fields = Form(pdf)
        for name, answer in ANSWERS.items():
            fields[name].value = answer
        fields["q2-tick"].checked = True
        fields["q4"].value = pikepdf.Name("/c7")
        pdf.save(tmp_path / "filled.pdf")
    read_back = pypdf.PdfReader(tmp_path / "filled.pdf").get_fields() or {}
    assert {name: read_back[name]["/V"] for name in ANSWERS} == ANSWERS
    assert (read_back["q4"]["/V"], read_back["q2-tick"]["/V"]) == ("/c7", "/Yes")


def test_programs_that_make_appearances_of_their_own_find_what_they_need(form: Path) -> None:
    """A font for marks, and the mark of each button (ISO 32000-1, 12.7.4.2.3)."""
    with pikepdf.open(form) as pdf:
        resources = pdf.Root.AcroForm.DR.Font
        assert resources.ZaDb.BaseFont == Name.ZapfDingbats
        buttons = [
            widget
            for page in pdf.pages
            for widget in page.get("/Annots", [])
            if widget.get("/Subtype") == Name.Widget and "/AS" in widget
        ]
        assert {str(button.MK.CA) for button in buttons} == {"4", "l"}
        assert all(str(button.DA).startswith("/ZaDb 0 Tf") for button in buttons)


@pytest.mark.parametrize(
    ("lang", "answer"),
    [
        ("en", "Ayşe Öztürk, Łukasz Żak, Jiří – “so”"),
        ("ru", "Привет, Юлия"),
        ("el", "Καλημέρα"),
    ],
)
def test_names_show_whole_after_a_program_has_filled_them_in(
    lang: str, answer: str, tmp_path: Path
) -> None:
    """The appearance that pypdf makes, decoded by the font's own encoding."""
    path = built(replace(EVERY_KIND, lang=lang), tmp_path, "a4", "fillable")
    writer = pypdf.PdfWriter(clone_from=path)
    for page in writer.pages:
        writer.update_page_form_field_values(page, {"name": answer}, auto_regenerate=False)
    writer.write(tmp_path / "filled.pdf")
    with pikepdf.open(tmp_path / "filled.pdf") as pdf:
        (field,) = [each for each in pdf.Root.AcroForm.Fields if str(each.T) == "name"]
        shown = next(
            bytes(operands[0])
            for operands, operator in pikepdf.parse_content_stream(field.AP.N)
            if str(operator) == "Tj"
        )
        codes = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
        code = 0
        for entry in pdf.Root.AcroForm.DR.Font.Typed.Encoding.Differences:
            if isinstance(entry, Name):
                codes[code] = agl.toUnicode(str(entry)[1:])
                code += 1
            else:
                code = int(entry)
    assert "".join(codes[byte] for byte in shown) == answer


def test_pages_are_printed_as_large_as_they_are_and_on_both_sides(tmp_path: Path) -> None:
    for edition, duplex in (("print", "/DuplexFlipLongEdge"), ("booklet", "/DuplexFlipShortEdge")):
        with pikepdf.open(built(EVERY_KIND, tmp_path, "a4", edition)) as pdf:
            preferences = pdf.Root.ViewerPreferences
            assert str(preferences.PrintScaling) == "/None"
            assert str(preferences.Duplex) == duplex


CHOICES = (
    question(1, "Yes or no?", answer=AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No"))),
    question(
        2,
        "Which of these?",
        answer=AnswerSpace(
            AnswerKind.CHOICES, choices=("One", "Two", "Three"), pick_many=True, lines=2
        ),
    ),
    question(
        3,
        "How sure?",
        answer=AnswerSpace(AnswerKind.SCALE, scale=(1, 5), scale_ends=("not at all", "fully")),
    ),
)


def test_choices_are_radio_buttons_for_one_and_boxes_to_tick_for_many(tmp_path: Path) -> None:
    made = QuestionSet("C", "c", (Theme(1, (Span("T"),), 1, CHOICES),), Path("c.md"))
    path = built(made, tmp_path, "a4", "fillable")
    fields = pypdf.PdfReader(path).get_fields() or {}
    assert fields["q1"]["/_States_"] == ["/c1", "/c2"]
    assert fields["q1"]["/TU"] == "Yes or no?"
    assert [fields[f"q2-c{n}"]["/TU"] for n in (1, 2, 3)] == [
        f"Which of these? {choice}" for choice in ("One", "Two", "Three")
    ]
    assert {"q2-words", "q3"} <= set(fields)
    assert "q2" not in fields
    said = [element.text.strip() for element in elements(path)]
    assert [each for each in said if each in (
        "Yes", "No", "One", "Two", "Three")] == ["Yes", "No", "One", "Two", "Three"]  # fmt: skip
    assert {"not at all", "fully"} <= set(said)
    for profile in ("ua1", "2a"):
        assert validation.validate_pdf(str(path), profile=profile).is_compliant


def test_what_is_written_into_one_field_shows_in_no_other(form: Path) -> None:
    with pikepdf.open(form) as pdf:
        looks = [field.AP.N.objgen for field in pdf.Root.AcroForm.Fields if Name.Tx == field.FT]
    assert len(looks) == len(set(looks)) > 20


def test_fields_lie_in_their_panels(form: Path) -> None:
    """Each text field of the file is where the plan has a panel, 2 mm inside it."""
    settings = settings_of({"paper": "a4", "workbook": {"edition": "fillable"}})
    plan = planned("workbook", replace(EVERY_KIND, settings=settings))
    places = {}
    for page in plan.pages:
        panels = [box for box in page.boxes if isinstance(box, Outline)]
        for box in page.boxes:
            if isinstance(box, Field) and box.kind == "text" and not box.name.startswith("action"):
                x, y = page.left + box.x, plan.height - plan.top - box.y
                places[box.name] = (x, y - box.height, x + box.width, y)
                around = [p for p in panels if abs(p.x + 2 * MM - box.x) < 0.01]
                if box.name not in ("t1-q1", "q2", "q3"):  # drawn areas have an edge already
                    assert any(abs(p.y + 2 * MM - box.y) < 0.01 for p in around), box.name
    with pikepdf.open(form) as pdf:
        rects = {str(field.T): field.get("/Rect") for field in pdf.Root.AcroForm.Fields}
    assert {"q2", "q3", "q6", "t1-q1", "t2-q1"} <= set(places)
    for name, place in places.items():
        assert [float(value) for value in rects[name]] == pytest.approx(place, abs=0.01), name


# -- the file
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
        theme = Theme(1, (Span("A theme"),), 1, (Question(1, (Span(text),), 1),))
        made = QuestionSet("One title", "one", (theme,), Path("one.md"))
        path = built(made, tmp_path, "a4", "print")
        identifiers.append(str(pypdf.PdfReader(path).trailer["/ID"][0]))
    assert identifiers[0] != identifiers[1]


def test_a_plan_is_written_twice_with_equal_bytes() -> None:
    plan = workbook.plan(EVERY_KIND, Context())
    assert workbook.write(plan).data == workbook.write(plan).data


def test_copied_text_is_what_was_typed(tmp_path: Path) -> None:
    words = 'ffi fl AVATAR "straight" “curly” don’t'
    theme = Theme(1, (Span("A theme"),), 1, (Question(1, (Span(words),), 1),))
    made = QuestionSet("Copied", "copied", (theme,), Path("copied.md"))
    reader = pypdf.PdfReader(built(made, tmp_path, "a4", "print"))
    assert squash(words) in squash("".join(page.extract_text() for page in reader.pages))


def test_links_lead_to_addresses_in_ascii(tmp_path: Path) -> None:
    span = Span("Why (here)?", href="https://example.org/größe(1)?a=%20b")
    theme = Theme(1, (Span("A theme"),), 1, (Question(1, (span,), 1),))
    path = built(QuestionSet("Links", "links", (theme,), Path("l.md")), tmp_path, "a4", "print")
    with pikepdf.open(path) as pdf:
        annotations = [a for page in pdf.pages for a in page.get("/Annots", [])]
        uris = [str(a.A.URI) for a in annotations if "/A" in a]
    assert uris == ["https://example.org/gr%C3%B6%C3%9Fe(1)?a=%20b"]
