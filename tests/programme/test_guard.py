"""No run replaces a file that somebody has changed, or made: only --force does."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filling import by_pikepdf

from generator import cli

SET = "---\ntitle: Try\nslug: {slug}\n---\n\n## One\n\n1. Why?\n2. How?\n"
CHANGED = "is not replaced: it was changed since it was built, or built by another"

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, in a folder with two sets and a roster."""
    monkeypatch.chdir(tmp_path)
    Path("sets").mkdir()
    for slug in ("a", "b"):
        Path("sets", f"{slug}.md").write_text(SET.format(slug=slug), encoding="utf-8")
    Path("people.csv").write_text("name\nAna\nBo\n", encoding="utf-8")
    return lambda *given: cli.main([str(each) for each in given])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def change(path: Path) -> None:
    """As a program that saves a file again does."""
    if path.suffix in (".docx", ".xlsx", ".pptx"):
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("note.txt", "mine")
    else:
        path.write_bytes(path.read_bytes() + b"mine\n")


@pytest.mark.parametrize("name", ["a-workbook.pdf", "a-handout.docx", "a-slides.pptx"])
@pytest.mark.parametrize("place", ["out", "local://{}/out"])
def test_build_in_several_processes(
    name: str, place: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out, place = Path("out"), place.format(Path.cwd())
    build = ["build", "sets", "-o", place, "--jobs", 2, "-q"]
    assert run(*build) == 0
    whole = {name: data for name, data in contents(out).items() if name != "manifest.jsonl"}
    change(out / name)
    mine = (out / name).read_bytes()
    (out / "b-workbook.pdf").unlink()
    assert run(*build) == 3
    said = capsys.readouterr().err
    assert f"{name}: error: {CHANGED}" in said and "--force" in said
    assert contents(out)[name] == mine
    assert contents(out)["b-workbook.pdf"] == whole["b-workbook.pdf"]
    assert run(*build, "--force") == 0
    assert {n: d for n, d in contents(out).items() if n != "manifest.jsonl"} == whole


@pytest.mark.parametrize("document", ["workbook", "handout"])
def test_copies_for_people(document: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    out = Path("out")
    copies = ["personalise", "people.csv", "sets/a.md", "-o", out, "--only", document, "-q"]
    assert run(*copies) == 0
    whole = contents(out)
    path = next(out.glob("Ana-*"))
    change(path)
    mine = path.read_bytes()
    assert run(*copies) == 3
    said = capsys.readouterr().err
    assert f"people.csv:2: error: {CHANGED}" in said and "Ana" not in said
    assert path.read_bytes() == mine
    with Path(out, "report.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["state"] for row in csv.DictReader(file)] == [CHANGED, "kept"]
    assert run(*copies, "--force") == 0
    assert path.read_bytes() == whole[path.name]


def test_the_report_of_copies(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    copies = ["personalise", "people.csv", "sets/a.md", "-o", "out", "-q"]
    for _ in range(3):
        assert run(*copies) == 0
    report = Path("out", "report.csv")
    change(report)
    mine = report.read_bytes()
    assert run(*copies) == 3
    assert f"report.csv: error: {CHANGED}" in capsys.readouterr().err
    assert report.read_bytes() == mine
    assert run(*copies, "--force") == 0 and run(*copies) == 0


def test_a_report_of_another_program(run: Run) -> None:
    Path("out").mkdir()
    Path("out", "report.csv").write_bytes(b"mine")
    assert run("personalise", "people.csv", "sets/a.md", "-o", "out", "-q") == 3
    assert Path("out", "report.csv").read_bytes() == b"mine"


@pytest.mark.parametrize("data", [b'{"files": []}\n', b"mine", b'{"file": "a"}\n'])
@pytest.mark.parametrize("command", ["build", "personalise"])
def test_a_manifest_of_another_program(
    command: str, data: bytes, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out").mkdir()
    Path("out", "manifest.jsonl").write_bytes(data)
    given = {"build": ["sets", "--jobs", 2], "personalise": ["people.csv", "sets/a.md"]}[command]
    assert run(command, *given, "-o", "out") == 3
    assert "manifest.jsonl: error: this is not a manifest of ours" in capsys.readouterr().err
    assert contents(Path("out")) == {"manifest.jsonl": data}


def test_the_file_for_the_printer(run: Run) -> None:
    command = ["personalise", "people.csv", "sets/a.md", "--print", "all.pdf", "-q"]
    assert run(*command) == 0 and run(*command) == 0
    change(Path("all.pdf"))
    mine = Path("all.pdf").read_bytes()
    assert run(*command) == 3 and Path("all.pdf").read_bytes() == mine
    assert run(*command, "--force") == 0 and Path("all.pdf").read_bytes() != mine


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "name", ["a.xlsx", "a.csv", "a.jsonl", "a-files.csv", "summary.docx", "summary.pptx"]
)
def test_answers_and_their_summary(name: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("personalise", "people.csv", "sets/a.md", "-o", "out", "--edition", "fillable") == 0
    path = Path("out", "Ana-a-workbook-fillable.pdf")
    path.write_bytes(by_pikepdf(path, {"q1": "Because"}))
    table = name.replace("-files.csv", ".csv") if name.startswith("a") else "a.xlsx"
    given = ["collect", "out", "-o", table]
    given += ["--summary", name] if name.startswith("summary") else []
    assert run(*given) == 0
    if name.endswith(("x", "docx")):  # these have a fingerprint, and are replaced while unchanged
        assert run(*given) == 0
    change(Path(name))
    capsys.readouterr()
    mine = contents(Path())
    assert run(*given, "--json") == 3
    (found,) = (
        each for each in json.loads(capsys.readouterr().out)["diagnostics"] if each["path"] == name
    )
    assert CHANGED in found["message"] or "already exists" in found["message"]
    assert "--force" in found["hint"]
    assert contents(Path()) == mine
    assert run(*given, "--force") == 0
    assert Path(name).read_bytes() != mine[name]


def test_a_filled_file_is_never_the_output(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    Path("out", "s.docx").write_bytes(b"filled")
    given = ["collect", "out", "-o", "a.xlsx", "--summary", "out/s.docx", "--force"]
    assert run(*given) == 3
    assert "also an input" in capsys.readouterr().err
    assert Path("out", "s.docx").read_bytes() == b"filled"


def test_a_template_is_never_the_output(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "sets/a.md", "-o", "out", "--only", "handout", "-q") == 0
    template = Path("out", "a-handout.docx")
    before = template.read_bytes()
    build = ["build", "sets/a.md", "-o", "out", "--jobs", 2, "--only", "handout", "--force"]
    assert run(*build, "--template", template) == 3
    assert "also an input" in capsys.readouterr().err
    assert template.read_bytes() == before
