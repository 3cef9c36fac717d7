"""The handout in a template of the user's: its styles, page and header, and what is kept of it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from lxml import etree
from test_handout import CONTEXT, asked, numbers_shown, question_set

from generator.diagnostics import SourceError
from generator.model import FollowUp, Question, Span
from generator.settings import settings_of
from generator.writers import Context, handout

W = f"xmlns:w='{qn('w:p')[1:-2]}'"


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """python-docx's own template, with a style of ours, a header and text on both sides of the
    marker."""
    document = docx.Document()
    document.styles.add_style("question", WD_STYLE_TYPE.PARAGRAPH).font.name = "Georgia"
    document.styles["question"].element.set(qn("w:styleId"), "Frage")
    document.add_paragraph("A letter to you")
    document.add_paragraph("{{questions}}")
    document.add_paragraph("Lorem ipsum")
    document.sections[0].header.paragraphs[0].text = "Brand Ltd"
    document.sections[0].left_margin = Pt(116)
    path = tmp_path / "brand.docx"
    document.save(path)
    return path


def with_file(path: Path) -> Context:
    return replace(CONTEXT, files={path: path.read_bytes()})


def filled(path: Path, *numbers: list[int], **options: object):
    questions = question_set(*numbers, settings={"handout": {"template": path, **options}})
    output = handout.write(handout.plan(questions, with_file(path)))
    return docx.Document(io.BytesIO(output.data)), output.diagnostics


def query(element, path: str) -> list[str]:
    return etree._Element.xpath(element, path, namespaces={"w": qn("w:p")[1:-2]})


def texts(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_page_header_and_styles_are_the_templates(brand: Path) -> None:
    document, _ = filled(brand, [1, 2])
    (section,) = document.sections
    assert section.left_margin == Pt(116)
    assert section.header.paragraphs[0].text == "Brand Ltd"
    assert [s.font.name for s in document.styles if s.name == "question"] == ["Georgia"]
    (asked, *_) = (p for p in document.paragraphs if p.text.startswith("What"))
    assert "Frage" in (asked.style.style_id, asked.style.base_style.style_id)


def test_only_what_stands_before_the_marker_is_kept(brand: Path) -> None:
    shown = texts(filled(brand, [1])[0])
    assert shown[:2] == ["A letter to you", "A set"]
    assert not {"Lorem ipsum", "{{questions}}"} & set(shown)


def test_a_table_with_the_marker_in_a_cell_is_kept_and_the_questions_follow_it(brand: Path) -> None:
    document = docx.Document(str(brand))
    for paragraph in document.paragraphs:
        if paragraph.text == "{{questions}}":
            paragraph.text = ""
            table = document.add_table(1, 2)
            table.cell(0, 0).text, table.cell(0, 1).text = "To:", "{{questions}}"
            paragraph._p.addnext(table._tbl)
    document.save(str(brand))
    made, _ = filled(brand, [1])
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["To:", ""]
    assert texts(made)[0] == "A letter to you"
    assert "Lorem ipsum" not in texts(made)
    assert made.tables[0]._tbl.getnext().findtext(f".//{qn('w:t')}") == "A set"


def test_styles_that_are_missing_are_added_and_named(brand: Path) -> None:
    document, (said,) = filled(brand, [1])
    assert "Hint, Theme Intro, Notes;" in said.message
    used = {each.get(qn("w:val")) for each in document.element.iter(qn("w:pStyle"), qn("w:rStyle"))}
    assert used <= {style.style_id for style in document.styles}


@pytest.mark.parametrize("answers", ["none", "lines", "fields"])
def test_numbers_are_kept_in_a_template(brand: Path, answers: str) -> None:
    document, _ = filled(brand, [117, 118, 125], [1, 2], answers=answers)
    lists = document.part.numbering_part.element
    ids = [each.get(qn("w:numId")) for each in lists.iterfind(qn("w:num"))]
    assert len(ids) == len(set(ids))
    assert {each.get(qn("w:val")) for each in document.element.iter(qn("w:numId"))} <= set(ids)
    tags = [each.tag for each in lists]
    assert tags == sorted(tags)  # abstractNum before num
    properties = document.styles["question"].element.pPr
    listed = None if properties is None else properties.numPr
    assert listed is None if answers == "fields" else str(listed.numId.val) in ids


def test_followups_that_are_added_are_our_level_of_the_templates_list(brand: Path) -> None:
    followup = FollowUp((Span("Why?"),), 1)
    questions = asked(Question(1, (Span("What?"),), 1, followups=(followup,)))
    questions = replace(questions, settings=settings_of({"handout": {"template": brand}}))
    data = handout.write(handout.plan(questions, with_file(brand))).data
    document = docx.Document(io.BytesIO(data))
    lists = document.part.numbering_part.element
    numbers = document.styles["Follow-up 1"].element.pPr.numPr
    (num,) = [each for each in lists.iterfind(qn("w:num")) if each.numId == numbers.numId.val]
    (found,) = lists.xpath(f"./w:abstractNum[@w:abstractNumId='{num.abstractNumId.val}']")
    of_question = document.styles["question"].element.pPr.numPr.numId.val
    assert of_question == numbers.numId.val and numbers.ilvl.val == 1
    assert query(found, "./w:lvl[@w:ilvl='1']/w:pStyle/@w:val") == ["Followup1"]
    assert query(found, "./w:lvl[@w:ilvl='1']/w:lvlText/@w:val") == ["–"]


def test_a_list_of_the_templates_is_kept_and_gets_a_level_for_followups(brand: Path) -> None:
    document = docx.Document(brand)
    listed = document.styles["List Number"].element.pPr.numPr.numId.val
    style = document.styles["question"].element.get_or_add_pPr()
    style.get_or_add_numPr().get_or_add_numId().val = listed
    document.save(brand)
    followup = FollowUp((Span("Why?"),), 1)
    questions = asked(Question(7, (Span("What?"),), 1, followups=(followup,)))
    questions = replace(questions, settings=settings_of({"handout": {"template": brand}}))
    made = docx.Document(io.BytesIO(handout.write(handout.plan(questions, with_file(brand))).data))
    lists = made.part.numbering_part.element
    of_style = made.styles["question"].element.pPr.numPr.numId.val
    (num,) = [each for each in lists.iterfind(qn("w:num")) if each.numId == of_style]
    assert num.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "7"
    (found,) = lists.xpath(f"./w:abstractNum[@w:abstractNumId='{num.abstractNumId.val}']")
    assert query(found, "./w:lvl/@w:ilvl") == ["0", "1"]
    assert query(found, "./w:lvl/w:pStyle/@w:val") == ["ListNumber", "Followup1"]


def test_footnotes_go_with_the_text_that_they_belong_to(tmp_path: Path) -> None:
    note = '<w:footnote {}w:id="{}"><w:p/></w:footnote>'
    notes = note.format('w:type="separator" ', 0) + note.format("", 1) + note.format("", 2)
    document = docx.Document()
    kept, _, dropped = (document.add_paragraph(text) for text in ("A", "{{questions}}", "B"))
    for number, paragraph in ((1, kept), (2, dropped)):
        mark = f"<w:footnoteReference {W} w:id='{number}'/>"
        paragraph.runs[0]._r.append(parse_xml(mark))
    xml = f"<w:footnotes {W}>{notes}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, xml, document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)
    document.save(tmp_path / "brand.docx")
    made, _ = filled(tmp_path / "brand.docx", [1])
    found = parse_xml(made.part.part_related_by(RT.FOOTNOTES).blob)
    assert [each.get(qn("w:id")) for each in found] == ["0", "1"]


def test_a_handout_of_ours_is_a_template_that_lacks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(handout.write(handout.plan(question_set([1, 2]), CONTEXT)).data)
    document, diagnostics = filled(path, [117, 118], [5])
    assert not diagnostics
    assert "What is 1/1?" not in texts(document)
    nums = document.part.numbering_part.element.findall(qn("w:num"))
    of_style = document.styles["Question"].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    (num,) = [each for each in nums if each.get(qn("w:numId")) == of_style]
    assert num.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "117"


def test_comments_macros_and_the_names_of_people_are_not_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "brand.docx"
    document = docx.Document()
    run = document.add_paragraph("Kept").add_run("with a comment")
    document.add_comment(run, "Secret", author="Ann Example")
    document.add_paragraph("{{questions}}")
    properties = document.core_properties
    properties.author = properties.keywords = properties.category = "Ann Example"
    macros = Part(PackURI("/word/vbaProject.bin"), "application/vnd.ms-office.vbaProject", b"Auto")
    document.part.relate_to(
        macros, "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    )
    document.save(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "a.docx", "w") as new:
        for name in old.namelist():
            macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
            new.writestr(name, old.read(name).replace(CT.WML_DOCUMENT_MAIN.encode(), macro))
    made = question_set([1], settings={"handout": {"template": str(tmp_path / "a.docx")}})
    context = replace(CONTEXT, files={tmp_path / "a.docx": (tmp_path / "a.docx").read_bytes()})
    data = handout.write(handout.plan(made, context)).data
    assert "Kept" in texts(docx.Document(io.BytesIO(data)))[0]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"Secret", b"Ann Example", b"commentReference", b"vbaProject", b"macroEnabled"):
        assert secret not in everything


def test_a_dotx_becomes_a_document(brand: Path) -> None:
    dotx = brand.with_suffix(".dotx")
    with zipfile.ZipFile(brand) as old, zipfile.ZipFile(dotx, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b".document.main+xml", b".template.main+xml"))
    assert "What is 1/1?" in texts(filled(dotx, [1])[0])


def test_a_template_without_page_lists_or_section_is_filled_in(tmp_path: Path) -> None:
    document = docx.Document()
    body = document.element.body
    body.remove(body.sectPr)
    rels = document.part.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("numbering")]:
        del rels[key]
    path = tmp_path / "bare.docx"
    document.save(path)
    made, _ = filled(path, [7, 8], [1])
    assert round(made.sections[0].page_width.mm) == 210
    assert numbers_shown(made) == [7, 8, 1]


def test_a_head_that_a_dropped_section_has_stays(brand: Path) -> None:
    document = docx.Document(brand)
    document.add_section()
    document.save(brand)
    assert filled(brand, [1])[0].sections[-1].header.paragraphs[0].text == "Brand Ltd"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_template_that_is_broken_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "brand.docx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"handout\.template: .*brand\.docx"):
        filled(path, [1])
