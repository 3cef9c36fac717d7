"""Answers that come home: from a roster over filled files to a table and a summary."""

import csv
import json
import shutil
import time
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pptx
import pytest
from docx.oxml.ns import qn
from filling import WAYS, by_pikepdf

from generator import cli, kit
from generator.programme.forms import NotRead, read_form
from generator.programme.handouts import read_handout

SET = """---
title: Try
---

## One

1. Which of these? {choices="Yes|No|Perhaps"}
2. How much? {scale="1-5" from="not" to="fully"}
3. Which ones? {choices="A|B|C" pick=many}
4. Why?
5. What for?

## Two

6. How?
"""
FORMULA = '=SUM(A1) – "Łódź", 中文'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Fillable copies for five people, one of whom fills in nothing."""
    source, roster = tmp_path / "try.md", tmp_path / "people.csv"
    source.write_text(SET, encoding="utf-8")
    roster.write_text(
        "name,mentor\nAna,Bo\nJosé,Zoë\nKim,Lee\nLena,Lee\nNil,Lee\n", encoding="utf-8"
    )
    copies = tmp_path / "copies"
    asked = ["personalise", roster, source, "-o", copies, "--edition", "fillable", "-q"]
    assert cli.main(list(map(str, asked))) == 0
    return copies


@pytest.fixture
def home(out: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    for number, (way, path) in enumerate(zip(WAYS, sorted(out.glob("*.pdf")), strict=False)):
        values = {"q4": FORMULA, "q6": f"Ask Zoë, says {way}", "q3-c1": "Yes", "q3-c3": "Yes"}
        values |= {"q1-tick": "Yes", "notes": "A note"}
        if way != "pdfium":  # it has no plain way to press radio buttons
            values |= {"q1": "c2", "q2": f"c{number + 2}"}
        (home / path.name).write_bytes(WAYS[way](path, values))
    return home


@pytest.mark.filterwarnings("ignore")
def test_answers_that_four_programs_filled_in_come_home(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "a.jsonl"
    summaries = [tmp_path / "s.docx", tmp_path / "s.pptx"]
    extra = [part for path in summaries for part in ("--summary", str(path))]
    assert cli.main(["collect", str(home), "-o", str(table), "--names", *extra]) == 0
    rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    assert {(row["person"], row["mentor"]) for row in rows} == {
        ("Ana", "Bo"), ("José", "Zoë"), ("Kim", "Lee"), ("Lena", "Lee"),
    }  # fmt: skip
    for number, person in enumerate(("Ana", "José", "Kim", "Lena")):
        own = {(r["number"], r["kind"]): r for r in rows if r["person"] == person}
        assert own[4, "text"]["answer"] == FORMULA
        assert own[6, "text"]["theme"] == "Two" and own[4, "text"]["question"] == "Why?"
        assert own[3, "choices"]["answer"] == "A; C"
        assert own[1, "tick"]["answer"] is True and own[2, "tick"]["answer"] is False
        assert own[None, "text"]["answer"] == "A note"
        if person != "Kim":
            assert own[1, "choice"]["answer"] == "No"
            assert own[2, "scale"]["answer"] == number + 2
    document = docx.Document(str(summaries[0]))
    text = "\n".join(each.text for each in document.paragraphs)
    assert text.count(f"“{FORMULA}” – ") == 4 and "Mean: 3.3" in text
    bars = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [(row[0], row[-1]) for row in bars] == [("Yes", "0"), ("No", "3"), ("Perhaps", "0")]
    section = document.sections[0]
    text_width = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:  # as wide as the text, so that no program indents the wrong edge
        assert sum(column.width for column in table.columns) == pytest.approx(text_width, rel=0.001)
        assert table._tbl.tblPr.find(qn("w:tblInd")) is None
    slides = pptx.Presentation(str(summaries[1])).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert [list(chart.plots[0].series[0].values) for chart in charts] == [
        [0, 3, 0], [0, 1, 1, 0, 1], [4, 0, 4],
    ]  # fmt: skip


@pytest.mark.filterwarnings("ignore")
def test_an_answer_of_many_lines_is_one_paragraph_of_a_summary(out: Path, tmp_path: Path) -> None:
    path = next(out.glob("*.pdf"))
    path.write_bytes(WAYS["pypdf"](path, {"q4": "First\n\nsecond\n" + "\n" * 30 + "last"}))
    made = tmp_path / "s.pptx"
    table = str(tmp_path / "a.jsonl")
    assert cli.main(["collect", str(out), "-o", table, "--summary", str(made), "-q"]) == 0
    shapes = [shape for slide in pptx.Presentation(str(made)).slides for shape in slide.shapes]
    paragraphs = [p.text for s in shapes if s.has_text_frame for p in s.text_frame.paragraphs]
    assert "“First / second / last”" in paragraphs


@pytest.mark.filterwarnings("ignore")
def test_equal_answers_make_equal_bytes_at_another_time(home: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        extra = [part for kind in ("docx", "pptx") for part in ("--summary", folder / f"s.{kind}")]
        asked = ["collect", home, "-o", folder / "a.xlsx", *extra, "-q"]
        assert cli.main(list(map(str, asked))) == 0
        made.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
        time.sleep(1.1)  # office files know seconds
    assert made[0].keys() == {"a.xlsx", "s.docx", "s.pptx"}
    for name, data in made[0].items():
        assert data == made[1][name], name


@pytest.mark.filterwarnings("ignore")
def test_no_answer_begins_a_formula(home: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv"):
        assert cli.main(["collect", str(home), "-o", str(tmp_path / name), "-q"]) == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    said = [cell for cell in cells if cell.value == FORMULA]
    assert len(said) == 8 and {cell.data_type for cell in said} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]
    rows = book["Counts"].iter_rows(values_only=True)
    counts = {row[3]: row for row in rows if row[4] != "tick"}
    assert counts["How much?"][5:7] == (3, 3.33)
    assert [sheet.title for sheet in book][3:5] == ["1. Which of these", "2. How much"]
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        answers = [row["answer"] for row in csv.DictReader(file)]
    assert answers.count(f"'{FORMULA}") == 4 and not [a for a in answers if a.startswith("=")]


@pytest.mark.filterwarnings("ignore")
def test_every_file_is_accounted_for(
    home: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ana = home / "Ana-try-workbook-fillable.pdf"
    shutil.copy(out / "Nil-try-workbook-fillable.pdf", home)
    shutil.copy(ana, home / "again.pdf")
    (home / "broken.pdf").write_bytes(ana.read_bytes()[:2000])
    with pikepdf.open(ana) as pdf:
        pdf.save(home / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
        del pdf.Root.AcroForm
        pdf.save(home / "flat.pdf")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(home / "letter.pdf")
    docx.Document().save(str(home / "letter.docx"))
    (home / "no.docx").write_bytes(b"PK nothing")
    assert cli.main(["collect", str(home), "-o", str(tmp_path / "a.csv")]) == 0
    with (tmp_path / "a-files.csv").open(encoding="utf-8-sig", newline="") as file:
        states = {row["file"]: row["state"] for row in csv.DictReader(file)}
    assert states == {
        "Ana-try-workbook-fillable.pdf": "answered", "José-try-workbook-fillable.pdf": "answered",
        "Kim-try-workbook-fillable.pdf": "answered",
        "Lena-try-workbook-fillable.pdf": "answered", "Nil-try-workbook-fillable.pdf": "blank",
        "again.pdf": "duplicate", "broken.pdf": "damaged", "flat.pdf": "without fields",
        "letter.docx": "foreign", "letter.pdf": "foreign", "locked.pdf": "encrypted",
        "no.docx": "damaged",
    }  # fmt: skip
    said = capsys.readouterr().err
    assert "1 blank, 2 damaged, 1 duplicate, 1 encrypted, 2 foreign, 1 without fields" in said
    assert "Ana" not in said and "José" not in said


@pytest.mark.filterwarnings("ignore")
def test_an_older_edition_is_noticed_and_its_answers_stay_with_their_questions(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = tmp_path / "now.md"
    now.write_text(
        SET.replace("4. Why?", "4. How?").replace("6. How?", "6. Whence?"), encoding="utf-8"
    )
    table = tmp_path / "a.jsonl"
    assert cli.main(["collect", str(home), str(now), "-o", str(table)]) == 0
    assert "files of another edition of the set: 4" in capsys.readouterr().err
    rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    texts = {(r["number"], r["question"]) for r in rows if r["kind"] == "text" and r["number"]}
    assert texts == {(4, "Why?"), (4, "How?"), (5, "What for?")}


@pytest.mark.filterwarnings("ignore")
def test_anonymous_answers_have_no_names_and_say_what_else_could_tell(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = []
    for seed in range(4):
        table = tmp_path / f"{seed}.csv"
        asked = ["collect", str(home), "-o", str(table), "--anonymous", "--seed", str(seed)]
        assert cli.main([*asked, "--summary", str(tmp_path / "s.docx"), "--names"]) == 0
        text = table.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines(keepends=True)))
        assert {row["person"] for row in rows} == {"1", "2", "3", "4"}
        assert not any(row["mentor"] or row["file"] for row in rows)
        assert "Ana" not in text and "José" not in text
        orders.append([row["answer"] for row in rows if row["question"] == "How?"])
        assert "Ana" not in (tmp_path / f"{seed}-files.csv").read_text(encoding="utf-8-sig")
        paragraphs = docx.Document(str(tmp_path / "s.docx")).paragraphs
        assert not [each.text for each in paragraphs if "– Ana" in each.text]
    assert len({tuple(filter(None, order)) for order in orders}) > 1
    said = capsys.readouterr().err
    assert "answers that contain the name of a person or a mentor: 4" in said
    assert "sets that fewer than 5 people answered: 1" in said


@pytest.mark.parametrize("answers", ["lines", "fields"])
def test_answers_typed_into_handouts_come_home(answers: str, tmp_path: Path) -> None:
    source = tmp_path / "try.md"
    asked = f"title: Try\nhandout: {{answers: {answers}}}"
    source.write_text(SET.replace("title: Try", asked), encoding="utf-8")
    kit.build([source], tmp_path, ["handout"])
    path = tmp_path / "try-handout.docx"
    assert read_handout(path.read_bytes(), path).blank
    document = docx.Document(str(path))
    wanted = "Answer" if answers == "lines" else "Field"
    for each in document.element.body.iter("{*}p"):
        paragraph = docx.text.paragraph.Paragraph(each, document)
        if paragraph.style.name.startswith(wanted):
            for run in list(each.iter("{*}r")):
                run.getparent().remove(run)
            paragraph.add_run(FORMULA)
    for each in list(document.element.body.iter("{*}showingPlcHdr")):
        each.getparent().remove(each)
    document.save(str(path))
    filled = read_handout(path.read_bytes(), path)
    texts = {a.number: a.answer for a in filled.answers if a.kind == "text" and a.number}
    assert str(texts[4]).startswith(FORMULA) and str(texts[6]).startswith(FORMULA)
    assert {a.theme for a in filled.answers if a.number == 6} == {"Two"}


def test_limits_of_forms(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        field = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("q1"), FT=pikepdf.Name.Tx))
        field.Kids = pikepdf.Array([field])  # a circle
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(tmp_path / "circle.pdf")
    with pytest.raises(NotRead) as caught:
        read_form((tmp_path / "circle.pdf").read_bytes())
    assert caught.value.args[0] == "damaged"


def test_an_answer_without_end_is_refused(out: Path) -> None:
    path = out / "Ana-try-workbook-fillable.pdf"
    with pytest.raises(NotRead):
        read_form(by_pikepdf(path, {"q4": "x" * 1_000_001}))


@pytest.mark.parametrize("answers", ["none", "lines", "fields"])
def test_questions_of_handouts_have_the_numbers_that_word_shows(
    answers: str, tmp_path: Path
) -> None:
    source = tmp_path / "try.md"
    text = f"---\ntitle: Try\nhandout: {{answers: {answers}}}\n---\n\n## One\n\n"
    source.write_text(f"{text}3. Why?\n4. How?\n\n## Two\n\n9. When?\n", encoding="utf-8")
    kit.build([source], tmp_path, ["handout"])
    path = tmp_path / "try-handout.docx"
    filled = read_handout(path.read_bytes(), path)
    numbers = {answer.question: answer.number for answer in filled.answers}
    assert numbers == {"Why?": 3, "How?": 4, "When?": 9}
