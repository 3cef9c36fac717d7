"""Slides on a template of the user's: which layouts serve, and that texts fit them."""

import io
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from test_slides import LONG, plan_of, question

from generator.errors import SourceError
from generator.model import FollowUp, Span
from generator.writers import slides
from generator.writers.slides import fit
from generator.writers.slides.deck import Plan


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    """python-pptx's own template: 4:3, eleven layouts, with a slide on it."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = "A slide of the template's"
    slide.notes_slide.notes_text_frame.text = "And its notes"
    presentation.save(tmp_path / "brand.pptx")
    return tmp_path / "brand.pptx"


def planned(path: Path, **settings: object) -> Plan:
    followups = tuple(FollowUp((Span(f"And why {number}?"),)) for number in range(9))
    themes = [question(1), question(2, LONG * 2), question(3, followups=followups)], [question(4)]
    files = {path: path.read_bytes()}
    return plan_of(*themes, settings={"template": path, **settings}, files=files)


def reopened(plan: Plan):
    return Presentation(io.BytesIO(slides.write(plan).data))


def edited(path: Path, name: str, **texts: str) -> Path:
    """A copy in which the old texts of a part are new ones."""
    copy = path.with_name(name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            for before, after in texts.items():
                data = data.replace(before.replace("__", ".").encode(), after.encode())
            new.writestr(part, data)
    return copy


def test_slides_are_laid_out_on_the_templates_layouts_and_its_own_slides_are_dropped(
    standard: Path,
) -> None:
    deck = reopened(planned(standard))
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    names = [slide.slide_layout.name for slide in deck.slides]
    assert names[0] == names[-1] == "Title Slide"
    assert names.count("Section Header") == 2
    assert set(names[3:6]) == {"Title and Content"}
    assert "A slide of the template's" not in [slide.shapes.title.text for slide in deck.slides]
    related = [rel for rel in deck.part.rels.values() if rel.reltype == RT.SLIDE]
    assert len(related) == len(deck.slides)
    for slide in deck.slides:
        known = {shape.placeholder_format.idx for shape in slide.slide_layout.placeholders}
        assert {shape.placeholder_format.idx for shape in slide.placeholders} <= known
        assert slide.has_notes_slide


def test_each_slide_has_a_title_of_its_own_and_every_question_is_there_in_order(
    standard: Path,
) -> None:
    deck = reopened(planned(standard))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if "·" in title][:2] == [
        "1 · Theme 1 · 1 of 3",
        "2 · Theme 1 · 2 of 3",
    ]
    shown = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.placeholders)
    for number in range(9):
        assert f"And why {number}?" in shown


def test_a_text_keeps_off_the_edges_of_its_placeholder(standard: Path) -> None:
    layout = Presentation(standard).slide_layouts[1]
    shape = layout.placeholders[1]
    place = planned(standard).design.layout("agenda", 0).place("body")
    assert place.box_pt[0] == shape.left.pt + 7.2
    assert place.box_pt[2] == shape.width.pt - 14.4


def test_texts_fit_the_placeholders_of_the_template(standard: Path) -> None:
    plan = planned(standard)
    for slide in plan.slides:
        layout = plan.design.layout(slide.layout, 0)
        for role, paragraphs in slide.fields.items():
            place = layout.role(role)
            if place is None:
                continue
            heights = [
                fit.height(each.text, place, each.size_pt or 0, each.level) + place.gap_pt
                for each in paragraphs
            ]
            assert sum(heights) <= fit.room(place), (slide.title, role)


def test_a_potx_serves_as_a_pptx_does(standard: Path) -> None:
    potx = edited(standard, "brand.potx", presentation__main="template.main")
    assert b"template.main" in zipfile.ZipFile(potx).read("[Content_Types].xml")
    deck = reopened(planned(potx))
    assert deck.slides[0].shapes.title.text == "A set"


def test_a_layout_that_is_missing_is_made_up_for_and_told(standard: Path) -> None:
    plan = planned(edited(standard, "less.pptx", **{'type="secHead"': "", "Section Header": "X"}))
    assert [message.message for message in plan.diagnostics] == [
        "it has no layout for a section; 'Title Slide' is used"
    ]
    assert plan.design.layout("section", 1).name == "Title Slide"


def test_the_front_matter_names_another_layout(standard: Path) -> None:
    plan = planned(standard, section_layout="Title Only")
    assert plan.design.layout("section", 1).name == "Title Only"


def test_a_layout_that_the_template_does_not_have_is_an_error(standard: Path) -> None:
    with pytest.raises(
        SourceError, match=r"no layout 'Title Only' with a place for title and body"
    ):
        planned(standard, question_layout="Title Only")


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 and then nothing"])
def test_a_broken_template_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "brand.pptx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="not a PowerPoint file"):
        planned(path)


def test_a_word_file_is_no_template(tmp_path: Path) -> None:
    path = tmp_path / "brand.pptx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(SourceError, match="not a PowerPoint file"):
        planned(path)


def test_a_template_with_no_room_at_all_still_has_every_title(standard: Path) -> None:
    presentation = Presentation(standard)
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            shape.height = 1000
    presentation.save(standard)
    deck = reopened(planned(standard))
    assert all(slide.shapes.title.text for slide in deck.slides)
