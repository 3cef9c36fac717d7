"""The deck's plan, asserted as data; and the file, reopened with python-pptx."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SHIPPED, squash
from lxml import etree
from pptx import Presentation

from generator.look.style import SlidesStyle, StyleSheet
from generator.model import FollowUp, Note, Question, QuestionSet, Span, Theme, plain
from generator.readers import read
from generator.settings import settings_of
from generator.writers import Context, slides
from generator.writers.slides import fit
from generator.writers.slides.deck import Plan, Slide

LONG = " ".join(["When you were small, which room of the house felt safest to you?"] * 16)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def question(number: int, text: str = "Why?", **more: object) -> Question:
    return Question(number, (Span(text),), number, **more)  # type: ignore[arg-type]


def plan_of(
    *themes: list[Question], settings: dict[str, object] | None = None, **context: object
) -> Plan:
    made = tuple(
        Theme(number, (Span(f"Theme {number}"),), 1, tuple(questions))
        for number, questions in enumerate(themes, 1)
    )
    return slides.plan(
        QuestionSet(
            "A set", "set", made, Path("set.md"), settings=settings_of({"slides": settings or {}})
        ),
        Context(**context),  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def shipped() -> Plan:
    return slides.plan(
        read(SHIPPED).question_set, Context(timestamp=datetime(2020, 7, 22, tzinfo=UTC))
    )


@pytest.fixture(scope="module")
def deck(shipped: Plan):
    return Presentation(io.BytesIO(slides.write(shipped).data))


def asked(plan: Plan) -> list[str]:
    return [slide.title for slide in plan.slides if "question" in slide.fields]


def texts(slide: Slide, role: str) -> list[str]:
    return [plain(paragraph.text) for paragraph in slide.fields.get(role, ())]


def notes_of(plan: Plan, title: str) -> list[str]:
    (slide,) = (slide for slide in plan.slides if slide.title == title)
    return [plain(paragraph.text) for paragraph in slide.notes]


def test_a_deck_has_title_agenda_and_for_each_theme_section_overview_and_questions(
    shipped: Plan,
) -> None:
    theme = ["section", "overview", *["question"] * 10]
    assert [slide.layout for slide in shipped.slides] == ["title", "agenda", *theme * 4, "closing"]
    assert [count for _, count in shipped.sections] == [2, 12, 12, 12, 13]


def test_no_two_slides_have_one_title() -> None:
    plan = plan_of([question(1), question(2)], [question(3)])
    assert asked(plan) == ["Why?", "Why? (2)", "Why? (3)"]
    assert len({slide.title for slide in plan.slides}) == len(plan.slides)


def test_a_question_is_set_as_large_as_it_fits_and_never_under_24_points(shipped: Plan) -> None:
    def sizes(plan: Plan) -> list[float]:
        shown = [slide.fields["question"][0] for slide in plan.slides if "question" in slide.fields]
        return [paragraph.size_pt or 0 for paragraph in shown]

    assert min(sizes(shipped)) >= 40
    assert 24 <= min(sizes(plan_of([question(1, LONG)]))) < 32


@pytest.mark.parametrize("count", [1, 7, 30])
@pytest.mark.parametrize("length", [1, 3, 9])
def test_whatever_is_set_fits_its_placeholder(count: int, length: int) -> None:
    followups = tuple(FollowUp((Span("And why was it so? " * length),), 1) for _ in range(count))
    themes = [[question(1, "What did you learn? " * length**2, followups=followups)]] * 2
    for settings in ({}, {"questions_per_slide": 3}):
        plan = plan_of(*themes, settings=settings)
        for slide in plan.slides:
            layout = plan.design.layout(slide.layout, slide.accent)
            for role, paragraphs in slide.fields.items():
                place = layout.place(role)
                height = sum(
                    fit.height(each.text, place, each.size_pt or 0, each.level) + place.gap_pt
                    for each in paragraphs
                    if role != "numeral"
                )
                assert height <= fit.room(place), (slide.title, role)


def test_a_text_too_long_for_a_slide_goes_on_and_loses_no_word() -> None:
    parts = asked(plan_of([question(1, LONG * 2)]))
    assert len(parts) > 2
    assert parts[0].endswith(f"(1 of {len(parts)})")
    joined = " ".join(re.sub(r" \(\d+ of \d+\)$", "", part) for part in parts)
    assert squash(joined) == squash(LONG * 2)


def test_many_follow_ups_go_on_and_each_is_shown_once() -> None:
    wanted = [f"Follow-up number {number}, which is of some length?" for number in range(30)]
    followups = tuple(FollowUp((Span(text),), 1) for text in wanted)
    plan = plan_of([question(1, followups=followups)])
    shown = [text for slide in plan.slides for text in texts(slide, "followups")]
    assert shown == wanted


def test_forty_themes_fill_several_agendas_evenly() -> None:
    plan = plan_of(*[[question(number)] for number in range(1, 41)])
    rows = [len(slide.fields["body"]) for slide in plan.slides if slide.rows_pt]
    assert sum(rows) == 40
    assert max(rows) - min(rows) <= 2
    bottoms = [slide.rows_pt[-1] for slide in plan.slides if slide.rows_pt]
    assert max(bottoms) <= SlidesStyle().list_bottom_pt


def test_notes_hold_follow_ups_the_facilitators_notes_and_the_workbook_page() -> None:
    one = question(
        1,
        followups=(FollowUp((Span("And then?"),)),),
        notes=(Note((Span("Wait."),)), Note((Span("Twice."),), 1, 1)),
    )
    plan = plan_of([one], workbook_pages={(1, 1): "12", (1, 0): "11"})
    notes = notes_of(plan, "Why?")
    assert notes == [
        "Follow-up questions", "And then?", "For the facilitator", "Wait.", "Twice.",
        "Workbook page 12",
    ]  # fmt: skip
    assert "Workbook page 11" in notes_of(plan, "Theme 1")


def test_facilitators_notes_are_in_the_notes_alone() -> None:
    plan = plan_of([question(1, notes=(Note((Span("Secret."),)),))])
    deck = Presentation(io.BytesIO(slides.write(plan).data))
    shown = [shape.text_frame.text for slide in deck.slides for shape in slide.placeholders]
    assert not any("Secret." in text for text in shown)
    assert any("Secret." in slide.notes_slide.notes_text_frame.text for slide in deck.slides)


def test_every_slide_fills_placeholders_of_its_layout(deck) -> None:
    for slide in deck.slides:
        known = {shape.placeholder_format.idx for shape in slide.slide_layout.placeholders}
        used = [shape.placeholder_format.idx for shape in slide.placeholders]
        assert set(used) <= known
        assert len(used) == len(set(used))
        assert slide.shapes.title.text_frame.text
        assert slide.has_notes_slide
        for shape in slide.shapes:
            assert shape.is_placeholder or b"adec:decorative" in etree.tostring(shape._element)


def test_links_lead_to_the_slides_they_name(deck) -> None:
    agenda, overview = deck.slides[1], deck.slides[3]
    assert [slide.shapes.title.text_frame.text for slide in linked(agenda)] == [
        "To learn about failure",
        "To learn about success",
        "To learn about introspection",
        "To learn more about your mentor in general",
    ]
    questions = [deck.slides[number] for number in range(4, 14)]
    assert linked(overview) == [*questions, agenda]
    assert all(agenda in linked(slide) for slide in list(deck.slides)[2:])


def linked(slide) -> list:
    return [
        slide.part.related_part(link.get(f"{R}id")).slide
        for link in slide._element.iter(f"{A}hlinkClick")
    ]


def test_rows_of_the_agenda_have_the_height_that_their_rules_are_set_for(deck) -> None:
    paragraphs = deck.slides[1].placeholders[10].text_frame.paragraphs
    heights = {
        round(each.line_spacing.pt / each.runs[-1].font.size.pt, 2)
        if each.runs[-1].font.size
        else round(each.line_spacing.pt / 22, 2)
        for each in paragraphs
    }
    assert heights == {1.22}


def test_a_link_to_the_web_has_the_colour_of_the_text_around_it() -> None:
    link = (Span("See "), Span("this", href="https://example.org"))
    theme = Theme(1, (Span("One"),), 1, (question(1),), intro=(link,))
    plan = slides.plan(QuestionSet("Set", "set", (theme,), Path("set.md")), Context())
    section = Presentation(io.BytesIO(slides.write(plan).data)).slides[2]
    (run,) = section._element.xpath('.//a:r[a:t="this"]/a:rPr')
    assert run.find(f"{A}solidFill/{A}schemeClr").get("val") == "bg1"
    assert run.find(f"{A}hlinkClick")[0][0][0].get("val") == "tx"


def test_sections_name_every_slide_once_under_its_theme(deck) -> None:
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


def test_the_masters_of_notes_and_handouts_are_listed_before_the_slides(deck) -> None:
    names = [etree.QName(child).localname for child in deck.part._element]
    assert names[:4] == ["sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst"]


def test_every_run_has_the_language(deck) -> None:
    for slide in deck.slides:
        for run in slide._element.iter(f"{A}r"):
            assert run.find(f"{A}rPr").get("lang") == "en"


def test_nothing_is_under_18_points_but_foot_and_number() -> None:
    style = StyleSheet().slides
    assert min(style.list_sizes_pt + style.intro_sizes_pt + style.followup_sizes_pt) >= 18
    assert (
        min(style.label_pt, style.number_pt, *style.question_sizes_pt, *style.dense_sizes_pt) >= 18
    )


def test_properties_are_the_sets(deck) -> None:
    properties = deck.core_properties
    assert (properties.title, properties.author) == ("Mentoring...", "")
    assert properties.created.year == 2020


def test_parts_of_the_deck_can_be_left_out() -> None:
    off = {"agenda": False, "section": False, "overview": False, "closing": False}
    plan = plan_of([question(1)], [question(2, "What?")], settings=off)
    assert [slide.layout for slide in plan.slides] == ["title", "question", "question"]
    assert plan.foot == "A set"
    slides.write(plan)


def test_a_set_without_themes_has_no_section_slide_that_repeats_its_title() -> None:
    theme = Theme(1, (Span("A set"),), 1, (question(1),))
    for intro, kinds in (((), []), (((Span("Read this."),),), ["section"])):
        one = replace(theme, intro=intro)
        plan = slides.plan(QuestionSet("A set", "set", (one,), Path("set.md")), Context())
        assert [slide.layout for slide in plan.slides if slide.layout == "section"] == kinds


def test_without_sections_the_agenda_leads_to_the_first_question_of_a_theme() -> None:
    plan = plan_of([question(1)], [question(2)], settings={"section": False, "overview": False})
    deck = Presentation(io.BytesIO(slides.write(plan).data))
    assert linked(deck.slides[1]) == [deck.slides[2], deck.slides[3]]


def test_several_questions_on_a_slide_keep_their_numbers_links_and_notes() -> None:
    asked = [question(n, f"Why {n}?", notes=(Note((Span(f"Note {n}"),)),)) for n in range(117, 124)]
    plan = plan_of(asked, settings={"questions_per_slide": 3})
    lists = [slide for slide in plan.slides if slide.layout == "list"]
    assert [slide.title for slide in lists] == [
        "Theme 1 · 117–119", "Theme 1 · 120–122", "Theme 1 · 123",
    ]  # fmt: skip
    assert [text for slide in lists for text in texts(slide, "body")] == [
        f"Why {number}?" for number in range(117, 124)
    ]
    assert notes_of(plan, "Theme 1 · 123") == ["Question 123", "For the facilitator", "Note 123"]
    deck = Presentation(io.BytesIO(slides.write(plan).data))
    assert linked(deck.slides[3])[:7] == [deck.slides[4]] * 3 + [deck.slides[5]] * 3 + [
        deck.slides[6]
    ]


def test_a_question_too_long_to_share_a_slide_has_its_own() -> None:
    plan = plan_of([question(1), question(2, LONG * 2)], settings={"questions_per_slide": 2})
    assert {slide.layout for slide in plan.slides[4:-1]} == {"question"}


def test_lists_in_notes_are_lists_and_go_on_counting() -> None:
    notes = (
        Note((Span("Wait for "), Span("silence", emphasis=True))),
        Note((Span("three"),), 1, 3),
        Note((Span("under it"),), 2),
        Note((Span("four"),), 1, 4),
        Note((Span("anew"),), 1, 1),
    )
    plan = plan_of([question(1, notes=notes)])
    (slide,) = (each for each in plan.slides if each.title == "Why?")
    assert [(each.level, each.start) for each in slide.notes] == [
        (0, None), (0, None), (1, 3), (2, None), (1, 3), (1, 1),
    ]  # fmt: skip
    deck = Presentation(io.BytesIO(slides.write(plan).data))
    written = deck.slides[4].notes_slide.notes_text_frame._txBody
    assert [each.get("startAt") for each in written.iter(f"{A}buAutoNum")] == ["3", "3", "1"]
    assert [each.get("char") for each in written.iter(f"{A}buChar")] == ["•"]
    assert [run.text for run in written.iter(f"{A}r") if run.rPr.get("i")] == ["silence"]


def test_where_things_stand_and_what_colour_they_have_is_said_by_layouts_and_theme(deck) -> None:
    for slide in deck.slides:
        for shape in slide.placeholders:
            assert shape._element.spPr.find(f"{A}xfrm") is None
    layouts = [slide.slide_layout for slide in deck.slides]
    for each in {id(part): part for part in [*deck.slides, *layouts, deck.slide_master]}.values():
        assert not list(each._element.iter(f"{A}srgbClr"))
        fonts = {font.get("typeface") for font in each._element.iter(f"{A}latin")}
        assert fonts <= {"+mj-lt", "+mn-lt"}


def test_no_two_shapes_of_a_slide_have_one_id_and_every_relationship_is_there(deck) -> None:
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
    asked = Question(1, (Span("What is "), Span("<b>&", code=True)), 1)
    deck = Presentation(io.BytesIO(slides.write(plan_of([asked])).data))
    (run,) = (run for run in deck.slides[4].shapes.title._element.iter(f"{A}r") if "&" in run.text)
    assert run.find(f"{A}rPr/{A}latin").get("typeface") == SlidesStyle().mono


def test_an_arabic_deck_runs_from_right_to_left() -> None:
    theme = Theme(1, (Span("أسئلة عامة"),), 1, (question(1, "ماذا تعلمت بالأمس؟"),))
    plan = slides.plan(QuestionSet("أسئلة", "set", (theme,), Path("set.md"), lang="ar"), Context())
    label, count = (plan.design.layout("question", 1).place(role) for role in ("label", "count"))
    assert label.box_pt[0] > count.box_pt[0]
    deck = Presentation(io.BytesIO(slides.write(plan).data))
    levels = list(deck.slides[4].slide_layout._element.iter(f"{A}lvl1pPr"))
    assert levels and all(each.get("rtl") == "1" for each in levels)


def test_minutes_stand_in_the_agenda_and_in_the_notes() -> None:
    themes = [question(1, minutes=5), question(2, "How?", minutes=10)], [question(3, "Who?")]
    plan = plan_of(*themes)
    agenda = next(slide for slide in plan.slides if slide.layout == "agenda")
    assert [each.after for each in agenda.fields["body"]] == ["2 questions, 15 min", "1 question"]
    by_title = {slide.title: [plain(each.text) for each in slide.notes] for slide in plan.slides}
    said = [notes for title, notes in by_title.items() if "How?" in title]
    assert said and all("10 min" in notes for notes in said)
    assert not any("min" in text for title, n in by_title.items() if "Who?" in title for text in n)


@pytest.mark.parametrize(
    "text", ["你在工作中学到了什么？" * 60, "https://example.org/" + "path" * 300]
)
def test_a_text_without_spaces_goes_on_without_any(text: str) -> None:
    parts = asked(plan_of([question(1, text)]))
    assert len(parts) > 1
    assert "".join(re.sub(r" \(\d+ of \d+\)$", "", part) for part in parts) == text


@pytest.mark.parametrize("settings", [{}, {"questions_per_slide": 3}])
def test_a_number_of_many_digits_stays_before_its_question(settings: dict[str, object]) -> None:
    for number in (7, 999, 1234, 123456):
        plan = plan_of([question(number), question(number + 1)], settings=settings)
        lists = [slide for slide in plan.slides if slide.layout in ("overview", "list")]
        for slide in lists:
            place = plan.design.layout(slide.layout, slide.accent).place("body")
            bold = (Span(str(number), strong=True),)
            size = slide.fields["body"][0].size_pt or 0
            assert fit.lines_of(bold, place.font, size, place.hang_pt - 4).ends == [1]


def test_nine_themes_stand_on_one_agenda() -> None:
    plan = plan_of(*[[question(number)] for number in range(1, 10)])
    assert [slide.layout for slide in plan.slides].count("agenda") == 1
