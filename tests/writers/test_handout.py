"""The Word handout, as planned and as read back by libraries that did not write it."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import mammoth
import pytest
from docx.oxml.ns import qn
from docx2python import docx2python
from lxml import html

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
    kept = ["Notes Kept"] * (CONTEXT.stylesheet.handout.notes_lines - 1)
    assert styles == [*expected, *kept, "Notes"]


def test_a_question_keeps_its_follow_ups() -> None:
    followups = (FollowUp((Span("Why?"),)), FollowUp((Span("And then?"),), 2))
    plan = handout.plan(asked(Question(1, (Span("What?"),), 1, followups)), CONTEXT)
    styles = [paragraph.style for paragraph in plan.paragraphs][3:6]
    assert styles == ["Question Kept", "Follow-up 1 Kept", "Follow-up 2 Kept"]


def test_only_the_last_question_of_a_theme_keeps_the_room_for_notes() -> None:
    plan = handout.plan(question_set([1, 2, 3]), CONTEXT)
    styles = [p.style for p in plan.paragraphs if p.style.startswith("Question")]
    assert styles == ["Question", "Question", "Question Kept"]


@pytest.mark.parametrize("answers", ["none", "lines", "fields"])
def test_no_paragraph_is_formatted_but_by_its_style_and_list(answers: str) -> None:
    document = opened(question_set([1, 5], [1], settings={"handout": {"answers": answers}}))
    body = document.element.body
    properties = {child.tag for mark in body.iter(qn("w:pPr")) for child in mark}
    assert properties == {qn("w:pStyle"), qn("w:numPr"), qn("w:rPr")}
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
    level = document.part.numbering_part.element.find(f".//{qn('w:lvlText')}")
    assert level.get(qn("w:val")) == "%1."


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

    assert "three or four" in hint(5)
    assert hint(4) == "4 questions in 1 theme"


def test_a_long_handout_lists_its_themes_with_links_that_lead_somewhere() -> None:
    assert opened(question_set([1, 2])).element.body.find(f".//{qn('w:bookmarkStart')}") is not None
    long = question_set(*[list(range(1, 31)) for _ in range(12)])
    document = opened(long)
    anchors = [mark.get(qn("w:anchor")) for mark in document.element.iter(qn("w:hyperlink"))]
    names = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    assert anchors == names
    assert len(set(names)) == 12
    entries = [p.text for p in document.paragraphs if p.style.name == "toc 1"]
    assert entries == [f"Theme no {place}" for place in range(1, 13)]
    kinds = [m.get(qn("w:fldCharType")) for m in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


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
    assert document.sections[0].header.paragraphs[0].text == text * 20
    assert document.core_properties.author == text


def test_header_from_the_second_page_and_page_of_count_on_all() -> None:
    section = opened(question_set([1])).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert section.header.paragraphs[0].text == "A set"
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
    path.write_bytes(written(question_set([1, 2], [3, 7])))
    expected = ["Theme no 1", "What is 1/1?", "What is 1/2?"]
    expected += ["Theme no 2", "What is 2/3?", "What is 2/7?"]
    with path.open("rb") as file:
        body = html.fromstring(mammoth.convert_to_html(file).value)
    blocks = [block.text_content() for block in body.iter("h1", "p", "li")]
    assert [block for block in blocks if block in expected] == expected
    with docx2python(path) as document:
        lines = document.text.splitlines()
    found = [text for line in lines for text in expected if line.endswith(text)]
    assert found == expected


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
