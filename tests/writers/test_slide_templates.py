"""Slides on a template of the user's: which layouts serve, and that texts fit them."""

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import measured
import pytest
from plans import a_set, inline, planned, question, written
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from generator.diagnostics import SourceError
from generator.model import FollowUp, QuestionSet, plain
from generator.writers import Context

LONG = " ".join(["When you were small, which room of the house felt safest to you?"] * 16)


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    """python-pptx's own template: 4:3, eleven layouts, with a slide on it."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = "A slide of the template's"
    slide.notes_slide.notes_text_frame.text = "And its notes"
    presentation.save(tmp_path / "brand.pptx")
    return tmp_path / "brand.pptx"


def on(path: Path, **settings: Any) -> tuple[QuestionSet, Context]:
    """A set with a long question and one with follow-ups, on a template."""
    followups = tuple(FollowUp(inline(f"And why {number}?")) for number in range(9))
    themes = [question(1), question(2, LONG * 2), question(3, followups=followups)], [question(4)]
    made = a_set(*themes, slides={"template": str(path), **settings})
    return made, Context(files={path: path.read_bytes()})


def reopened(made: QuestionSet, context: Context) -> Any:
    return Presentation(io.BytesIO(written("slides", made, context).data))


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
    deck = reopened(*on(standard))
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
    deck = reopened(*on(standard))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if title[0].isdigit()][:2] == [
        "1 · Theme 1 · 1 of 3",
        "2 · Theme 1 · 2 of 3 · 1 of 4",
    ]
    shown = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.placeholders)
    for number in range(9):
        assert f"And why {number}?" in shown


def test_a_text_keeps_off_the_edges_of_its_placeholder(standard: Path) -> None:
    layout = Presentation(standard).slide_layouts[1]
    shape = layout.placeholders[1]
    place = planned("slides", *on(standard)).design.layout("agenda", 0).place("body")
    assert place.box_pt[0] == shape.left.pt + 7.2
    assert place.box_pt[2] == shape.width.pt - 14.4


def test_texts_fit_the_placeholders_of_the_template(standard: Path) -> None:
    single = 1.22  # line spacing of Calibri, which has the widths of Carlito
    for settings in ({}, {"questions_per_slide": 3}):
        for slide in planned("slides", *on(standard, **settings)).slides:
            for role, paragraphs in slide.fields.items():
                place = slide.layout.place(role)
                used = 0.0
                for each in paragraphs:
                    words = measured.words_of([(plain(each.text), place.bold)])
                    room = place.box_pt[2] - place.indent_pt(each.level, each.size_pt)
                    count = measured.lines(words, "Carlito", each.size_pt, room)
                    used += count * single * each.size_pt + place.gap_pt
                assert used <= place.box_pt[3] + place.gap_pt, (slide.title, role)


def test_a_potx_serves_as_a_pptx_does(standard: Path) -> None:
    potx = edited(standard, "brand.potx", presentation__main="template.main")
    assert b"template.main" in zipfile.ZipFile(potx).read("[Content_Types].xml")
    deck = reopened(*on(potx))
    assert deck.slides[0].shapes.title.text == "A set"


def test_a_layout_that_is_missing_is_made_up_for_and_told(standard: Path) -> None:
    less = edited(standard, "less.pptx", **{'type="secHead"': "", "Section Header": "X"})
    plan = planned("slides", *on(less))
    assert [message.message for message in plan.diagnostics] == [
        "it has no layout for a section; 'Title Slide' is used"
    ]
    assert plan.design.layout("section", 1).name == "Title Slide"


def test_the_front_matter_names_another_layout(standard: Path) -> None:
    plan = planned("slides", *on(standard, section_layout="Title Only"))
    assert plan.design.layout("section", 1).name == "Title Only"


def test_a_layout_that_the_template_does_not_have_is_an_error(standard: Path) -> None:
    with pytest.raises(
        SourceError, match=r"no layout 'Title Only' with a place for title and body"
    ):
        planned("slides", *on(standard, question_layout="Title Only"))


def test_a_layout_with_vertical_text_is_never_taken(standard: Path) -> None:
    presentation = Presentation(standard)
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            shape._element.txBody.bodyPr.set("vert", "vert270")
    presentation.save(standard)
    with pytest.raises(SourceError, match="no layout with a title and a text"):
        planned("slides", *on(standard))


def test_placeholders_without_idx_are_told_apart_by_their_kind(standard: Path) -> None:
    """LibreOffice saves templates so."""
    presentation = Presentation(standard)
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            shape._element.ph.attrib.pop("idx", None)
    presentation.save(standard)
    for slide in reopened(*on(standard)).slides:
        shapes = {shape._element.ph.get("type"): shape.text_frame.text for shape in slide.shapes
                  if shape.is_placeholder}  # fmt: skip
        assert len(shapes) >= 2
        title = shapes.get("title") or shapes["ctrTitle"]
        assert not any(title in text for kind, text in shapes.items() if "itle" not in str(kind))


def test_notes_pages_are_ours_where_the_template_has_none(standard: Path, tmp_path: Path) -> None:
    Presentation().save(tmp_path / "bare.pptx")
    masters = [reopened(*on(path)).notes_master for path in (tmp_path / "bare.pptx", standard)]
    kinds = [{shape.placeholder_format.type.name for shape in m.placeholders} for m in masters]
    assert kinds[0] == {"SLIDE_IMAGE", "BODY", "SLIDE_NUMBER"}
    assert "DATE" in kinds[1]  # its own


def test_macros_and_the_names_of_people_are_not_taken_over(standard: Path) -> None:
    presentation = Presentation(standard)
    presentation.core_properties.author = presentation.core_properties.keywords = "Ann Example"
    presentation.save(standard)
    macro = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    usual = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    path = edited(standard, "macro.pptx", **{usual.replace(".", "__"): macro})
    assert macro.encode() in zipfile.ZipFile(path).read("[Content_Types].xml")
    data = written("slides", *on(path)).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Ann Example" not in everything
    assert b"macroEnabled" not in everything


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 and then nothing"])
def test_a_broken_template_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "brand.pptx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="not a PowerPoint file"):
        planned("slides", *on(path))


def test_a_word_file_is_no_template(tmp_path: Path) -> None:
    path = tmp_path / "brand.pptx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(SourceError, match="not a PowerPoint file"):
        planned("slides", *on(path))


def test_a_template_with_no_room_at_all_still_has_every_title(standard: Path) -> None:
    presentation = Presentation(standard)
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            shape.height = 1000
    presentation.save(standard)
    deck = reopened(*on(standard))
    assert all(slide.shapes.title.text for slide in deck.slides)


DESIGNS = sorted(Path("/usr/lib/libreoffice/share/template/common/presnt").glob("*.otp"))


@pytest.fixture(scope="session")
def designs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """LibreOffice's own designs as it saves them for PowerPoint; required in CI."""
    soffice = shutil.which("soffice")
    if not (soffice and DESIGNS):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("LibreOffice has no designs here")
    folder = tmp_path_factory.mktemp("designs")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pptx", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, DESIGNS)], check=True, capture_output=True, timeout=600)
    return sorted(folder.glob("*.pptx"))


def said_color(shape: Any) -> str:
    """The first colour that a shape's own text has; its prompt's, where it shows none."""
    found = shape._element.txBody.find(f".//{qn('a:solidFill')}/{qn('a:srgbClr')}")
    return "" if found is None else str(found.get("val"))


def of_type(slide: Any, kind: str | None) -> Any:
    return next(each for each in slide.placeholders if each._element.ph.get("type") == kind)


def test_on_libreoffices_designs_texts_stand_and_look_as_the_master_says(
    designs: list[Path],
) -> None:
    """Its layouts are those of another master; its first slide's master is for covers alone."""
    assert len(designs) == len(DESIGNS)
    for path in designs:
        design, deck = Presentation(str(path)), reopened(*on(path))
        cover = design.slides[0].slide_layout.slide_master.part.partname
        assert deck.slides[0].slide_layout.slide_master.part.partname == cover, path
        question = next(slide for slide in deck.slides if slide.shapes.title.text.startswith("4"))
        master = question.slide_layout.slide_master
        assert (master.part.partname != cover) == (len(design.slide_masters) > 1), path
        for kind, of_kind in (("title", "title"), (None, "body")):
            # By the layout, as python-pptx matches by idx alone, and LibreOffice writes none.
            place, wanted = of_type(question.slide_layout, kind), of_type(master, of_kind)
            box = (wanted.left, wanted.top, wanted.width, wanted.height)
            assert (place.left, place.top, place.width, place.height) == box, path
            assert said_color(of_type(question, kind)) == said_color(wanted) != "", path
        # The colours of its theme are those of any other file, and may not be seen on the design.
        assert not [
            each for slide in deck.slides for each in slide._element.iter(qn("a:schemeClr"))
        ]


def test_a_template_without_a_layout_for_texts_gets_a_place_below_the_title(
    standard: Path,
) -> None:
    presentation = Presentation(str(standard))
    presentation.part.drop_rel(presentation.slides._sldIdLst[0].rId)
    del presentation.slides._sldIdLst[0]
    for layout in list(presentation.slide_layouts):
        if layout.name not in ("Title Only", "Blank"):
            presentation.slide_layouts.remove(layout)
    presentation.save(str(standard))
    made, context = on(standard)
    plan, deck = planned("slides", made, context), reopened(made, context)
    (added, *_) = plan.diagnostics
    assert added.message == "it has no layout with a title and a text; 'Title Only' got a text"
    asked = [slide for slide in deck.slides if slide.shapes.title.text.startswith("4")][-1]
    assert asked.slide_layout.name == "Title Only"
    title, *_, text = asked.placeholders
    assert plain(made.themes[1].questions[0].text) in text.text_frame.text
    assert title.top + title.height <= text.top
    assert text.top + text.height == deck.slide_height - title.top
    assert (text.left, text.width) == (title.left, title.width)


def test_a_placeholder_that_stands_on_end_is_never_filled(standard: Path) -> None:
    turned = edited(standard, "turned.pptx")
    presentation = Presentation(str(standard))
    (layout,) = (each for each in presentation.slide_layouts if each.name == "Title and Content")
    layout.placeholders[1]._element.spPr.get_or_add_xfrm().set("rot", "5391000")
    presentation.save(turned)
    plan = planned("slides", *on(turned))
    assert plan.design.layouts["question", 0].name != "Title and Content"
    layout.placeholders[1]._element.spPr.get_or_add_xfrm().set("rot", "-500000")
    presentation.save(turned)
    plan = planned("slides", *on(turned))
    assert plan.design.layouts["question", 0].name == "Title and Content"
