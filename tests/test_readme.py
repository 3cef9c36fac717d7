"""What the README says can be done: every command and every sample in it, run."""

import re
import shlex
from pathlib import Path

import docx
import pikepdf
import pptx
import pytest
import yaml
from conftest import ROOT
from PIL import Image

from generator import cli, kit
from generator.readers import READERS

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line
    for kind, block in BLOCKS
    if kind == "text"
    for line in block.splitlines()
    if "--watch" not in line  # it does not end; test_watching.py has it
]


def blocks(kind: str, first: str = "") -> list[str]:
    return [block for name, block in BLOCKS if name == kind and block.startswith(first)]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the README's sample and the files that its commands name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-questions.md").write_text(blocks("markdown")[0], encoding="utf-8")
    (tmp_path / "people.csv").write_text(blocks("csv", "name,")[0], encoding="utf-8")
    docx.Document().save(str(tmp_path / "letterhead.docx"))
    pptx.Presentation().save(str(tmp_path / "corporate.pptx"))
    Image.new("RGB", (30, 10), "navy").save(tmp_path / "logo.png")
    return tmp_path


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_work(command: str) -> None:
    program, *arguments = shlex.split(command, comments=True)
    assert program == "workshop-papers"
    if "my-workshop/source" in arguments:
        cli.main(["init", "my-workshop"])
    if arguments[0] == "collect":
        cli.main(["personalise", "people.csv", "my-questions.md", "-o", "copies"])
        (form,) = Path("copies").glob("*-fillable.pdf")
        with pikepdf.open(form, allow_overwriting_input=True) as pdf:
            next(each for each in pdf.Root.AcroForm.Fields if each.T == "q1").V = "Because"
            pdf.save()
    try:
        assert cli.main(arguments) == 0
    except SystemExit as stopped:  # argparse leaves so after --version
        assert stopped.code == 0


def test_its_sample_is_read_as_it_says(desk: Path) -> None:
    report = kit.build([desk / "my-questions.md"], desk / "out")
    themes = report.question_sets[0].themes
    assert [len(theme.questions) for theme in themes] == [2, 2]
    assert report.diagnostics == ()


@pytest.mark.usefixtures("desk")
def test_its_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line]) <= 6
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("First meetings [('my-questions-workbook.pdf', ")


def test_its_table_is_read(desk: Path) -> None:
    (desk / "table.csv").write_text(blocks("csv")[0], encoding="utf-8")
    (theme,) = kit.build([desk / "table.csv"], desk / "out").question_sets[0].themes
    assert [len(question.followups) for question in theme.questions] == [1, 0]


@pytest.mark.usefixtures("desk")
def test_what_it_says_that_check_says_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", "my-questions.md"])
    assert capsys.readouterr().out == blocks("console")[0]


def test_its_data_is_a_question_set(desk: Path) -> None:
    (data,) = blocks("yaml", "# my-questions.yaml")
    (desk / "data.yaml").write_text(data, encoding="utf-8")
    assert kit.build([desk / "data.yaml"], desk / "out").diagnostics == ()


def test_its_front_matter_and_its_brand_are_taken(desk: Path) -> None:
    front, (brand,) = "".join(blocks("yaml", "# front matter")), blocks("yaml", "# _brand.yml")
    (desk / "set.md").write_text(f"---\n{front}---\n# A\n\n1. b?\n", encoding="utf-8")
    (desk / "_brand.yml").write_text(brand, encoding="utf-8")
    report = kit.build([desk / "set.md"], desk / "out")
    families = [yaml.safe_load(brand)["typography"]["base"], "Merriweather"]
    assert len(report.diagnostics) == 2
    for found in report.diagnostics:
        assert any(f"no file of {family} is named" in found.message for family in families)


def test_every_block_is_of_a_kind_that_is_run() -> None:
    kinds = {"sh", "text", "markdown", "yaml", "python", "csv", "console"}
    assert {kind for kind, _ in BLOCKS} == kinds
    assert len(blocks("sh")) == 2  # .ci/run runs these two


def test_its_links_into_the_project_lead_to_files() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert len(targets) > 6
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_it_names_every_suffix_that_is_read() -> None:
    named = {".csv", ".xlsx", ".yaml", ".json"} & READERS.keys()
    assert all(suffix in README for suffix in named)
