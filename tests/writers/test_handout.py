"""The Word handout, as planned and as read back by libraries that did not write it."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import mammoth
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx2python import docx2python
from lxml import html
from PIL import Image

from generator.look.style import Logo
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
from generator.writers import Context, handout

CONTEXT = Context(timestamp=datetime(2020, 7, 22, tzinfo=UTC))


FIELDS = {"handout": {"answers": "fields"}}


def question_set(*numbers: list[int], settings: dict[str, object] | None = None) -> QuestionSet:
    themes = tuple(
        Theme(
            place,
            (Span(f"Theme no {place}"),),
            1,
            tuple(Question(n, (Span(f"What is {place}/{n}?"),), 1) for n in listed),
            intro=((Span("An intro."),),),
        )
        for place, listed in enumerate(numbers, start=1)
    )
    return QuestionSet("A set", "set", themes, Path("set.md"), settings=settings_of(settings or {}))


def asked(*questions: Question) -> QuestionSet:
    theme = Theme(1, (Span("Theme"),), 1, questions)
    return QuestionSet("A set", "set", (theme,), Path("set.md"))


def written(questions: QuestionSet) -> bytes:
    return handout.write(handout.plan(questions, CONTEXT)).data


def opened(questions: QuestionSet):
    return docx.Document(io.BytesIO(written(questions)))


def numbers_shown(document) -> list[int]:
    """Count as Word does: one counter for the list; a num with an override sets it at first use."""
    numbering = document.part.numbering_part.element
    starts = {
        num.get(qn("w:numId")): num.find(f".//{qn('w:startOverride')}")
        for num in numbering.iterfind(qn("w:num"))
    }
    following = int(numbering.find(f".//{qn('w:start')}").get(qn("w:val")))
    of_style = document.styles["Question"].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    seen, shown = set(), []
    for paragraph in document.paragraphs:
        if paragraph.style.name not in ("Question", "Question Kept"):
            continue
        own = paragraph._p.find(f".//{qn('w:numId')}")
        key = of_style if own is None else own.get(qn("w:val"))
        if key not in seen and starts[key] is not None:
            following = int(starts[key].get(qn("w:val")))
        seen.add(key)
        shown.append(following)
        following += 1
    return shown


@pytest.mark.parametrize(
    "numbers",
    [
        [[1, 2, 3], [4, 5]],
        [[117, 118, 120], [121, 130, 131]],
        [[1, 2], [1, 2], [1]],
        [[0, 9, 3]],
        [[5, 5]],
    ],
)
def test_the_numbers_are_those_of_the_questions(numbers: list[list[int]]) -> None:
    expected = [number for listed in numbers for number in listed]
    assert numbers_shown(opened(question_set(*numbers))) == expected


def test_numbers_that_follow_need_no_second_list() -> None:
    plan = handout.plan(question_set([1, 2], [3]), CONTEXT)
    assert plan.restarts == ()
    assert {paragraph.numbering for paragraph in plan.paragraphs} == {1}


def test_a_theme_is_a_heading_its_intro_its_questions_and_room_for_notes() -> None:
    plan = handout.plan(question_set([1, 2]), CONTEXT)
    styles = [paragraph.style for paragraph in plan.paragraphs]
    expected = ["Title", "Hint", "Heading 1", "Theme Intro", "Question", "Question Kept"]
    assert styles[:6] == [*expected[:4], "Question Kept", "Question Kept"]
    assert set(styles[6:-1]) == {"Notes Kept"}
    assert styles[-1] == "Notes"


def test_a_question_keeps_its_follow_ups() -> None:
    followups = (FollowUp((Span("Why?"),)), FollowUp((Span("And then?"),), 2))
    plan = handout.plan(asked(Question(1, (Span("What?"),), 1, followups)), CONTEXT)
    styles = [paragraph.style for paragraph in plan.paragraphs][3:6]
    assert styles == ["Question Kept", "Follow-up 1 Kept", "Follow-up 2 Kept"]


def test_only_the_last_question_of_a_theme_keeps_the_room_for_notes() -> None:
    plan = handout.plan(question_set(list(range(1, 31))), CONTEXT)
    styles = [p.style for p in plan.paragraphs if p.style.startswith("Question")]
    assert styles == ["Question"] * 29 + ["Question Kept"]


def test_a_short_theme_is_parted_by_no_page() -> None:
    plan = handout.plan(question_set([1, 2, 3]), CONTEXT)
    styles = [p.style for p in plan.paragraphs if p.style.startswith("Question")]
    assert styles == ["Question Kept"] * 3


@pytest.mark.parametrize("answers", ["none", "lines", "fields"])
def test_no_paragraph_is_formatted_but_by_its_style_and_list(answers: str) -> None:
    document = opened(question_set([1, 5], [1], settings={"handout": {"answers": answers}}))
    body = document.element.body
    properties = {child.tag for mark in body.iter(qn("w:pPr")) for child in mark}
    listed = {qn("w:numPr")} if answers != "fields" else set()
    assert properties == {qn("w:pStyle"), qn("w:rPr")} | listed
    assert {child.tag for mark in body.iter(qn("w:rPr")) for child in mark} == {qn("w:rStyle")}


def test_lines_are_as_many_as_a_question_asks_for() -> None:
    spaces = [AnswerSpace(lines=5), AnswerSpace(), AnswerSpace(AnswerKind.NONE)]
    listed = [Question(n, (Span("What?"),), 1, answer=s) for n, s in enumerate(spaces, start=1)]
    questions = replace(asked(*listed), settings=settings_of({"handout": {"answers": "lines"}}))
    styles = [paragraph.style for paragraph in handout.plan(questions, CONTEXT).paragraphs]
    places = [place for place, style in enumerate(styles) if style.startswith("Question")]
    assert [places[1] - places[0] - 1, places[2] - places[1] - 1] == [5, 3]
    assert "Answer" not in styles[places[2] :]


def test_fields_and_tick_boxes_are_content_controls_with_ids_of_their_own() -> None:
    document = opened(question_set([1, 2], [1], settings={"handout": {"answers": "fields"}}))
    controls = list(document.element.body.iter(qn("w:sdt")))
    ids = [control.find(f".//{qn('w:id')}").get(qn("w:val")) for control in controls]
    names = [mark.get(qn("w:val")) for mark in document.element.body.iter(qn("w:alias"))]
    assert ids == [str(place) for place in range(1, 9)]  # a box and a field each, and the notes
    assert names == [
        *("Question 1: Done", "Question 1", "Question 2: Done", "Question 2", "Notes"),
        *("Question 1: Done", "Question 1", "Notes"),
    ]


@pytest.mark.parametrize("numbers", [[[1, 2], [3]], [[117, 118, 120], [1]]])
def test_in_fields_the_box_stands_first_and_numbers_are_fields_that_count_on(
    numbers: list[list[int]],
) -> None:
    document = opened(question_set(*numbers, settings={"handout": {"answers": "fields"}}))
    asked = [p for p in document.paragraphs if p.style.name == "Question Kept"]
    wanted = [number for listed in numbers for number in listed]
    assert [p.text.split("\t")[0] for p in asked] == [f"\u2002{number}." for number in wanted]
    previous = None
    for paragraph, number in zip(asked, wanted, strict=True):
        assert paragraph._p.index(paragraph._p.find(qn("w:sdt"))) == 1  # after its properties
        (code,) = (each.text.strip() for each in paragraph._p.iter(qn("w:instrText")))
        anew = "" if previous is not None and number == previous + 1 else f" \\r {number}"
        assert code == f"SEQ Question \\* ARABIC{anew}"
        previous = number


def test_the_number_of_a_question_is_in_its_paragraph_too_for_programs_that_know_no_styles() -> (
    None
):
    document = opened(question_set([1, 2], [7]))
    listed = [
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name.startswith("Question")
    ]
    assert listed == [1, 1, 2]


def test_choices_are_boxes_and_where_answers_are_fields_boxes_to_click_or_a_list() -> None:
    def of(answers: str, many: bool):
        space = AnswerSpace(AnswerKind.CHOICES, choices=("Yes", "No"), pick_many=many)
        made = asked(Question(1, (Span("Which?"),), 1, answer=space))
        settings = settings_of({"handout": {"answers": answers}})
        return opened(replace(made, settings=settings))

    for answers in ("none", "lines"):
        document = of(answers, False)
        shown = [p.text for p in document.paragraphs if p.style.name.startswith("Choice")]
        assert shown == ["\u2610\tYes", "\u2610\tNo"]
        assert not list(document.element.body.iter(qn("w:sdt")))
        assert "Answer" not in {p.style.name for p in document.paragraphs}
    names = [mark.get(qn("w:val")) for mark in of("fields", True).element.iter(qn("w:alias"))]
    assert names == ["Question 1: Done", "Question 1: Yes", "Question 1: No", "Notes"]
    items = of("fields", False).element.body.iter(qn("w:listItem"))
    assert [item.get(qn("w:value")) for item in items] == ["Yes", "No"]


def test_a_scale_is_printed_with_its_ends() -> None:
    space = AnswerSpace(AnswerKind.SCALE, scale=(1, 3), scale_ends=("not at all", "fully"))
    made = asked(Question(1, (Span("How?"),), 1, answer=space))
    (shown,) = (p.text for p in opened(made).paragraphs if p.style.name.startswith("Choice"))
    assert shown.split() == ["not", "at", "all", "1", "2", "3", "fully"]


def test_author_date_and_welcome_stand_before_the_themes() -> None:
    made = replace(
        question_set([1]), subtitle="Sub", author="Ada", date=date(2026, 3, 12),
        intro=((Span("Welcome."),),),
    )  # fmt: skip
    shown = [(p.style.name, p.text) for p in opened(made).paragraphs][:5]
    assert shown == [
        ("Title", "A set"), ("Subtitle", "Sub"), ("Subtitle", "Ada · 12 March 2026"),
        ("Hint", "1 question in 1 theme"), ("Theme Intro", "Welcome."),
    ]  # fmt: skip


def test_scripts_without_italics_are_not_slanted() -> None:
    def italic(lang: str) -> list[bool]:
        styles = opened(replace(question_set([1]), lang=lang)).styles
        return [bool(styles[name].font.italic) for name in ("Hint", "Emphasis", "Strong Emphasis")]

    assert italic("de") == [True] * 3
    for lang in ("zh", "ja-JP", "ko", "ar", "he"):
        assert italic(lang) == [False] * 3


PAGES = [(1, 3, "none"), (4, 10, "none"), (2, 25, "lines"), (22, 3, "none"), (5, 12, "fields")]


@pytest.mark.parametrize(("themes", "questions", "answers"), PAGES)
def test_rules_fill_the_last_page_and_begin_no_other(
    themes: int, questions: int, answers: str, to_pdf, tmp_path: Path
) -> None:
    numbers = [
        [theme * questions + place + 1 for place in range(questions)] for theme in range(themes)
    ]
    made = question_set(*numbers, settings={"handout": {"answers": answers}})
    path = tmp_path / f"{themes}-{questions}-{answers}.docx"
    path.write_bytes(written(made))
    with pypdfium2.PdfDocument(to_pdf(path)) as pdf:
        last = pdf[len(pdf) - 1]
        assert "An intro" in last.get_textpage().get_text_bounded() or questions > 20
        if answers != "fields":
            rules = [each.get_bounds()[1] for each in last.get_objects() if each.type == 2]
            lowest = min(y for y in rules if y > 60)  # above the foot
            assert lowest < 72 + 40 / 25.4 * 72  # within 40 mm of the bottom margin


def test_rules_leave_room_for_the_logo(to_pdf, tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#005B99").save(picture, "PNG")
    logo = Logo(picture.getvalue(), 300, 100, "Ours")
    context = replace(CONTEXT, stylesheet=CONTEXT.stylesheet._replace(logo=logo))
    path, ten = tmp_path / "logo.docx", list(range(1, 11))
    path.write_bytes(handout.write(handout.plan(question_set(ten, ten, ten), context)).data)
    with pypdfium2.PdfDocument(to_pdf(path)) as pdf:
        assert len(pdf) == 2
        rules = [each.get_bounds()[1] for each in pdf[1].get_objects() if each.type == 2]
        assert min(y for y in rules if y > 60) < 72 + 40 / 25.4 * 72


@pytest.mark.parametrize(("themes", "listed"), [(20, False), (30, True)])
def test_seven_pages_or_more_list_their_themes(
    themes: int, listed: bool, to_pdf, tmp_path: Path
) -> None:
    made = question_set(*[[3 * theme + place for place in (1, 2, 3)] for theme in range(themes)])
    path = tmp_path / f"{themes}.docx"
    path.write_bytes(written(made))
    with pypdfium2.PdfDocument(to_pdf(path)) as pdf:
        assert (len(pdf) >= 7) is listed
    styles = {paragraph.style for paragraph in handout.plan(made, CONTEXT).paragraphs}
    assert ("TOC 1" in styles) is listed


def test_a_scale_is_a_field_to_choose_from() -> None:
    scale = Question(1, (Span("How much?"),), 1, answer=AnswerSpace(AnswerKind.SCALE, scale=(1, 4)))
    document = opened(
        replace(asked(scale), settings=settings_of({"handout": {"answers": "fields"}}))
    )
    items = document.element.body.findall(f".//{qn('w:dropDownList')}/{qn('w:listItem')}")
    assert [item.get(qn("w:value")) for item in items] == ["1", "2", "3", "4"]


def test_a_few_questions_are_not_to_be_chosen_from() -> None:
    def hint(count: int) -> str:
        paragraphs = handout.plan(question_set(list(range(1, count + 1))), CONTEXT).paragraphs
        return next(plain(each.text) for each in paragraphs if each.style == "Hint")

    assert "three or four" in hint(7)
    assert hint(6) == "6 questions in 1 theme"


def test_a_long_handout_lists_its_themes_with_links_that_lead_somewhere() -> None:
    assert opened(question_set([1, 2])).element.body.find(f".//{qn('w:bookmarkStart')}") is not None
    long = question_set(*[list(range(1, 31)) for _ in range(12)])
    document = opened(long)
    anchors = [mark.get(qn("w:anchor")) for mark in document.element.iter(qn("w:hyperlink"))]
    names = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    assert anchors == names
    assert len(set(names)) == 12
    entries = [p.text for p in document.paragraphs if p.style.name == "toc 1"]
    assert [entry.split("\t")[0] for entry in entries] == [f"Theme no {n}" for n in range(1, 13)]
    marks = [m.get(qn("w:fldCharType")) for m in document.element.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", *["begin", "separate", "end"] * 12, "end"]
    codes = [code.text.strip() for code in document.element.iter(qn("w:instrText"))]
    assert codes == [r'TOC \o "1-1" \h', *(rf"PAGEREF {name} \h" for name in names)]


def test_the_contents_name_the_pages_of_the_themes(to_pdf, tmp_path: Path) -> None:
    made = question_set(*[[3 * theme + place for place in (1, 2, 3)] for theme in range(30)])
    path = tmp_path / "30.docx"
    path.write_bytes(written(made))
    entries = [p.text for p in docx.Document(str(path)).paragraphs if p.style.name == "toc 1"]
    with pypdfium2.PdfDocument(to_pdf(path)) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    where = {
        place: max(number for number, text in enumerate(texts, 1) if f"no {place}\r\nAn" in text)
        for place in range(1, 31)
    }
    assert entries == [f"Theme no {place}\t{page}" for place, page in where.items()]


def test_contents_name_no_pages_where_the_widths_of_letters_are_not_known() -> None:
    made = question_set(*[list(range(1, 31)) for _ in range(12)])
    themes = tuple(replace(theme, title=(Span("关于失败"),)) for theme in made.themes)
    document = opened(replace(made, themes=themes))
    entries = {p.text for p in document.paragraphs if p.style.name == "toc 1"}
    assert entries == {"关于失败"}
    code = next(document.element.iter(qn("w:instrText"))).text
    assert code == r' TOC \o "1-1" \h \n '


def test_a_lone_theme_with_the_title_of_the_set_is_not_named_twice(tmp_path: Path) -> None:
    theme = Theme(1, (Span("A set"),), 1, (Question(1, (Span("Why?"),), 1),))
    made = QuestionSet("A set", "set", (theme,), Path("set.md"))
    document = opened(made)
    assert [p.text for p in document.paragraphs][:3] == ["A set", "1 question in 1 theme", "Why?"]
    head = document.sections[0].header._element
    assert not list(head.iter(qn("w:instrText")))  # Word finds no heading for a field
    path = tmp_path / "set-handout.docx"
    path.write_bytes(written(made))
    found = read(path).question_set
    assert [plain(each.title) for each in found.themes] == ["A set"]
    assert "Heading 1" in {p.style for p in handout.plan(question_set([1]), CONTEXT).paragraphs}


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([range(1, 11), range(11, 21), range(21, 31)], "Theme no 3"),  # begins the second page
        ([range(1, 60)], "Theme no 1"),  # goes on
        ([range(1, 60), range(60, 63)], ""),  # the first goes on, and another begins below it
        ([range(1, 11)], "A set"),
    ],
)
def test_the_header_names_the_theme_at_the_top_of_a_page_or_none(
    numbers: list[range], shown: str
) -> None:
    plan = handout.plan(question_set(*map(list, numbers)), CONTEXT)
    assert plain(plan.head) == shown
    section = opened(question_set(*map(list, numbers))).sections[0]
    foot = section.footer.paragraphs[0].text
    assert foot.startswith("A set") == bool(shown)
    assert section.header.paragraphs[0].text == (shown or "A set")


def test_a_long_title_takes_one_line_at_the_foot() -> None:
    title = "Questions for the first, second and third conversation between a mentor and a mentee "
    plan = handout.plan(replace(question_set([1]), title=title * 3), CONTEXT)
    assert plan.running.endswith("…")
    assert plan.running.removesuffix("…") in title * 3
    assert 60 < len(plan.running) < 130


def test_a_short_handout_has_no_contents() -> None:
    styles = {p.style for p in handout.plan(question_set([1, 2], [3]), CONTEXT).paragraphs}
    assert "TOC 1" not in styles


@pytest.mark.parametrize("kind", AnswerKind)
def test_every_answer_kind_is_taken(kind: AnswerKind) -> None:
    question = Question(1, (Span("What?"),), 1, answer=AnswerSpace(kind))
    assert numbers_shown(opened(asked(question))) == [1]


@pytest.mark.parametrize("depth", [1, 2, 12])
@pytest.mark.parametrize("answers", ["none", "lines", "fields"])
def test_every_style_and_list_that_is_used_is_defined(depth: int, answers: str) -> None:
    followup = FollowUp((Span("Why?", code=True),), depth)
    spans = (
        Span("a", emphasis=True),
        Span("b", strong=True),
        Span("c", emphasis=True, strong=True),
        Span("d", href="https://example.org/?a=1&b=2"),
    )
    questions = asked(Question(1, spans, 1, (followup,)), Question(7, spans, 1))
    document = opened(replace(questions, settings=settings_of({"handout": {"answers": answers}})))
    used = {
        mark.get(qn("w:val"))
        for tag in ("w:pStyle", "w:rStyle", "w:next", "w:basedOn")
        for root in (document.element, document.styles.element)
        for mark in root.iter(qn(tag))
    }
    assert used <= {style.style_id for style in document.styles}
    numbering = document.part.numbering_part.element
    lists = {num.get(qn("w:numId")) for num in numbering.iterfind(qn("w:num"))}
    assert {mark.get(qn("w:val")) for mark in document.element.iter(qn("w:numId"))} <= lists


def test_only_web_and_mail_addresses_are_links() -> None:
    hrefs = ["https://example.org/", "mailto:a@example.org", "file:///etc/passwd", "javascript:x"]
    spans = tuple(Span(f"text {place}", href=href) for place, href in enumerate(hrefs))
    document = opened(asked(Question(1, spans, 1)))
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == hrefs[:2]
    (question,) = (p for p in document.paragraphs if p.style.name == "Question Kept")
    assert question.text == "text 0text 1text 2text 3"


def test_text_is_data() -> None:
    text = '<b>&" List<int> =SUM(A1) ]]> {page} <w:p/>'
    noisy = text + "\x00\x0b\ud800\ufffe"
    questions = replace(asked(Question(1, (Span(noisy),), 1)), title=noisy * 20, author=noisy)
    document = opened(questions)
    assert text in [paragraph.text for paragraph in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text.startswith(text[:9] * 1)
    assert len(document.sections[0].header.paragraphs[0].text) < 140
    assert document.core_properties.author == text


def test_header_from_the_second_page_and_page_of_count_on_all() -> None:
    section = opened(question_set([1])).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    head = section.header._element
    assert [code.text.strip() for code in head.iter(qn("w:instrText"))] == ['STYLEREF "heading 1"']
    for footer in (section.footer, section.first_page_footer):
        xml = footer._element
        assert [code.text.strip() for code in xml.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
        kinds = [mark.get(qn("w:fldCharType")) for mark in xml.iter(qn("w:fldChar"))]
        assert kinds == ["begin", "separate", "end"] * 2


def test_the_properties_are_those_of_the_set() -> None:
    questions = replace(question_set([1]), author="Ada", lang="fr")
    properties = opened(questions).core_properties
    assert (properties.title, properties.author, properties.language) == ("A set", "Ada", "fr")
    assert properties.created == properties.modified == CONTEXT.timestamp
    with zipfile.ZipFile(io.BytesIO(written(questions))) as archive:
        assert b"python-docx" not in b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(("paper", "width_mm"), [("a4", 210.0), ("letter", 215.9), ("A5", 148.0)])
def test_the_paper_is_that_of_the_settings(paper: str, width_mm: float) -> None:
    width = opened(question_set([1], settings={"paper": paper})).sections[0].page_width
    assert width is not None
    assert width.mm == pytest.approx(width_mm, abs=0.02)


def test_other_libraries_read_each_question_once_under_its_theme(tmp_path: Path) -> None:
    path = tmp_path / "set.docx"
    path.write_bytes(written(question_set([1, 2], [3, 4])))
    expected = ["Theme no 1", "What is 1/1?", "What is 1/2?"]
    expected += ["Theme no 2", "What is 2/3?", "What is 2/4?"]
    with path.open("rb") as file:
        body = html.fromstring(mammoth.convert_to_html(file).value)
    blocks = [(block.tag, block.text_content()) for block in body.iter("h1", "p", "li")]
    listed = [("li" if text.startswith("What") else "h1", text) for text in expected]
    assert [block for block in blocks if block[1] in expected] == listed  # HTML has no numbers
    with docx2python(path) as document:
        lines = document.text.splitlines()
    found = [line for line in lines if line.endswith(tuple(expected))]
    assert found == [
        "Theme no 1", "1)\tWhat is 1/1?", "2)\tWhat is 1/2?",
        "Theme no 2", "3)\tWhat is 2/3?", "4)\tWhat is 2/4?",
    ]  # fmt: skip


@pytest.mark.parametrize("answers", ["none", "lines", "fields"])
def test_a_handout_that_is_read_back_asks_the_same(answers: str, tmp_path: Path) -> None:
    path = tmp_path / "set-handout.docx"
    made = question_set([1, 2], [7, 9], settings={"handout": {"answers": answers}})
    path.write_bytes(written(made))
    found = read(path).question_set
    assert [
        (question.number, plain(question.text))
        for theme in found.themes
        for question in theme.questions
    ] == [(1, "What is 1/1?"), (2, "What is 1/2?"), (7, "What is 2/7?"), (9, "What is 2/9?")]


def test_two_processes_write_the_same_bytes() -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_handout import question_set, written\n"
        "import hashlib; print(hashlib.sha256(written(question_set([1, 5], [1]))).hexdigest())"
    )
    here = Path(__file__).parent
    digests = {
        subprocess.run(
            [sys.executable, "-c", script, str(here), str(here.parents[1])],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }
    assert digests == {hashlib.sha256(written(question_set([1, 5], [1]))).hexdigest()}
