"""A copy for each person: what is in it, what is said, and that a run can be stopped anywhere."""

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pikepdf
import pypdf
import pytest
from conftest import ROOT, SHIPPED

from generator import cli, kit, publish
from generator.programme.personalise import personalise
from generator.programme.roster import read_roster
from generator.programme.store import Store
from generator.programme.workers import Workers, run
from generator.select import EVERYTHING
from generator.writers.workbook.draw import copies

SET = "---\ntitle: Try\n---\n\n## One\n\n1. Why?\n2. How?\n\n## Two\n\n3. When?\n"
KILLS = int(os.environ.get("KILLS", "4"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "try.md"
    path.write_text(SET, encoding="utf-8")
    return path


def a_roster(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}


@pytest.mark.parametrize("edition", ["print", "fillable", "large-print", "booklet"])
def test_a_copy_is_what_build_makes_but_for_the_lines_of_the_cover(
    edition: str, source: Path, tmp_path: Path
) -> None:
    settings = {"workbook": {"edition": edition}}
    kit.build([source], tmp_path / "built", ["workbook"], settings)
    roster = a_roster(tmp_path, "name,mentor\nAna Größe,Zoë\nKim,Lee\n")
    report = personalise(roster, [source], Store(str(tmp_path / "out")), settings=settings)
    (built,) = (tmp_path / "built").iterdir()
    named = tmp_path / "out" / report.rows[0].file
    with pikepdf.open(built) as old, pikepdf.open(named) as new:
        assert len(old.pages) == len(new.pages)
        with old.open_outline() as one, new.open_outline() as two:
            assert [str(each) for each in one.root] == [str(each) for each in two.root]
    old_pages, new_pages = (
        [page.extract_text() for page in pypdf.PdfReader(path).pages] for path in (built, named)
    )
    assert new_pages[1:] == old_pages[1:]
    if edition == "fillable":
        fields = pypdf.PdfReader(named).get_fields() or {}
        assert fields["name"]["/V"] == "Ana Größe" and fields["mentor"]["/V"] == "Zoë"
        assert fields.keys() == (pypdf.PdfReader(built).get_fields() or {}).keys()
        look = fields["name"].indirect_reference.get_object()["/AP"]["/N"]
        assert b" TJ" in look.get_data() and "/Font" in look["/Resources"]
    else:
        words = new_pages[0].split()
        for word in ["Ana", "Größe", "Zoë"]:
            words.remove(word)
        assert words == old_pages[0].split()


@pytest.mark.parametrize("edition", ["print", "fillable"])
def test_a_copy_among_others_says_the_same_as_one_that_is_made_alone(
    edition: str, source: Path
) -> None:
    from generator import writers

    (prepared,), _ = kit.prepare(
        [source], ["workbook"], {"workbook": {"edition": edition}}, EVERYTHING
    )
    plan = writers.load("workbook").plan(prepared.question_set, prepared.context)
    people = [{"name": "Ana", "mentor": "שרה Levi"}, {"name": "Łukasz", "mentor": "Zoë"}]
    alone, among = (copies(plan, each)(people[0]) for each in (people[:1], people))
    for one, two in zip(tags(alone), tags(among), strict=True):
        assert one == two


def tags(data: bytes) -> list[str]:
    """The structure tree: types with their kinds of kids, in order."""
    import io

    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: list[str] = []
        waiting = [pdf.Root.StructTreeRoot.K]
        while waiting:
            each = waiting.pop()
            if isinstance(each, pikepdf.Array):
                waiting += list(each)
            elif isinstance(each, pikepdf.Dictionary) and "/S" in each:
                found.append(f"{each.S} {len(each.get('/K', []))}")
                waiting.append(each.K)
        return found


def test_copies_conform_to_pdf_ua_and_pdf_a(tmp_path: Path) -> None:
    import page as validation

    roster = a_roster(tmp_path, "name,mentor,edition\nAna,שרה,\nJosé,Łukasz,fillable\n李明,,\n")
    report = personalise(roster, [SHIPPED], Store(str(tmp_path / "out")))
    assert report.count("made") == 3, report.diagnostics
    for path in [tmp_path / "out" / file for file in report.states]:
        for profile in ("ua1", "2a"):
            assert validation.validate_pdf(str(path), profile=profile).is_compliant, path.name
        command = [sys.executable, "-m", "outloud.cli", "-q", "--fail-on", "warning", str(path)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_bad_row_stops_nobody_else_and_no_message_names_a_person(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        "Name,Mentor,lang,edition,paper,set,copies", "Ana,Bo,,,,,", "Ana,,de,fillable,,,",
        ",Nobody,,,,,", "Jürgen,Zoë,,booklet,a5,,", "Paul,,,,b9,,", "Petra,,,,,nowhere,",
        "Karin,,,,,,0", "Olga,,no such,,,,", "Sven,\ue000,,,,,",
    ]  # fmt: skip
    roster = a_roster(tmp_path, "\n".join(rows))
    out = tmp_path / "out"
    status = cli.main(["personalise", str(roster), str(source), "-o", str(out)])
    said = capsys.readouterr()
    assert status == 1
    assert sorted(contents(out)) == [
        "Ana-row2-try-workbook.pdf", "Ana-row3-try-workbook-fillable.pdf",
    ]  # fmt: skip
    for row in range(4, 11):
        assert f"people.csv:{row}: error:" in said.err, row
    for name in ("Ana", "Jürgen", "Paul", "Petra", "Karin", "Olga", "Sven", "Nobody", "Zoë"):
        assert name not in said.err + said.out.replace(str(out), ""), name
    with (out / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [int(row["row"]) for row in table] == list(range(2, 11))
    assert [row["state"] == "made" for row in table] == [True, True] + [False] * 7


def test_a_roster_may_be_a_spreadsheet_with_columns_in_another_language(
    source: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Mentor oder Mentorin"])
    book.active.append(["Ana", "Bo"])
    book.save(tmp_path / "people.xlsx")
    report = personalise(tmp_path / "people.xlsx", [source], Store(str(tmp_path / "out")))
    assert report.count("made") == 1
    assert [dict(each.values) for each in read_roster(tmp_path / "people.xlsx").people] == [
        {"name": "Ana", "mentor": "Bo"}
    ]


def test_handouts_are_named_too(source: Path, tmp_path: Path) -> None:
    import docx

    roster = a_roster(tmp_path, "name,mentor\nAna,Bo\n")
    report = personalise(roster, [source], Store(str(tmp_path / "out")), "handout")
    document = docx.Document(str(tmp_path / "out" / report.rows[0].file))
    assert "Name: Ana   Mentor: Bo" in [each.text for each in document.paragraphs]


def test_only_what_is_missing_or_changed_is_made_again(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    roster = a_roster(tmp_path, "name,mentor\nAna,Bo\nKim,Lee\nEva,Max\n")
    first = personalise(roster, [source], Store(str(out)))
    before = contents(out)
    assert (first.count("made"), first.count("kept")) == (3, 0)
    assert personalise(roster, [source], Store(str(out))).count("kept") == 3
    a_roster(tmp_path, "name,mentor\nAna,Bo\nKim,Other\nEva,Max\n")
    (out / "Eva-try-workbook.pdf").unlink()
    with (out / "manifest.jsonl").open("a", encoding="utf-8") as manifest:
        manifest.write('{"file": "Ana-try-wo')
    again = personalise(roster, [source], Store(str(out)))
    states = again.states
    assert states["Ana-try-workbook.pdf"] == "kept"
    assert (again.count("made"), again.count("kept")) == (2, 1)
    a_roster(tmp_path, "name,mentor\nAna,Bo\n")
    assert personalise(roster, [source], Store(str(out))).strays == [
        "Eva-try-workbook.pdf", "Kim-try-workbook.pdf",
    ]  # fmt: skip
    source.write_text(SET.replace("Why?", "Why now?"), encoding="utf-8")
    assert personalise(roster, [source], Store(str(out))).count("made") == 1
    assert contents(out)["Ana-try-workbook.pdf"] != before["Ana-try-workbook.pdf"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_killed_at_any_time_goes_on_and_loses_nothing(
    jobs: str, source: Path, tmp_path: Path
) -> None:
    people, out, rng = 4000, tmp_path / "out", random.Random(int(jobs))
    roster = a_roster(tmp_path, "name\n" + "".join(f"Person {n}\n" for n in range(people)))
    personalise(roster, [source], Store(str(tmp_path / "whole")))
    expected = contents(tmp_path / "whole")
    command = [sys.executable, "make_docs.py", "personalise", str(roster), str(source), "-q"]
    command += ["-o", str(out), "--jobs", jobs]
    hits = kills = 0
    while kills < KILLS:
        shutil.rmtree(out, ignore_errors=True)
        for _ in range(4):
            before = len(list(out.glob("*.pdf")))
            wanted = before + rng.randrange(1, people // 4)
            process = subprocess.Popen([*command], cwd=ROOT)
            while process.poll() is None and len(list(out.glob("*.pdf"))) < wanted:
                time.sleep(rng.uniform(0, 0.05))
            process.kill()
            kills += 1
            hits += process.wait() == -signal.SIGKILL and before < len(list(out.glob("*.pdf")))
            for name, data in contents(out).items():
                assert data == expected[name]
        subprocess.run(command, cwd=ROOT, check=True)
        assert contents(out) == expected
        assert not list(out.glob(".*"))
        assert len((out / "manifest.jsonl").read_bytes().splitlines()) == people + 1
    assert hits >= kills * 3 // 4, f"only {hits} of {kills} kills hit a run that was under way"


def test_two_processes_make_the_bytes_of_one(source: Path, tmp_path: Path) -> None:
    names = ["Ana", "שרה", "李明", "Łukasz", "Зоя"]
    roster = a_roster(tmp_path, "name\n" + "".join(f"{names[n % 5]} {n}\n" for n in range(1500)))
    personalise(roster, [source], Store(str(tmp_path / "one")))
    personalise(roster, [source], Store(str(tmp_path / "two")), workers=Workers(2))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(contents(tmp_path / "one")) == 1500


def dies_once(path: Path) -> str:
    if not path.exists():
        path.touch()
        os._exit(9)
    return path.name


def dies(_: Path) -> None:
    os._exit(9)


def test_what_a_dead_process_had_not_done_is_done_by_another(tmp_path: Path) -> None:
    paths = [tmp_path / str(n) for n in range(3)]
    done = dict(run(dies_once, paths, Workers(2)))
    assert done == {path: path.name for path in paths}
    assert dict(run(dies, paths[:1], Workers(2))) == {paths[0]: None}


def test_a_full_disk_is_said_and_the_next_run_goes_on(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = a_roster(tmp_path, "name\n" + "".join(f"P{n}\n" for n in range(4)))
    stage = publish._stage

    def full(path: Path, data: bytes, sync: bool = True) -> Path:
        if path.name.startswith("P2"):
            raise OSError(28, "No space left on device")
        return stage(path, data, sync)

    with monkeypatch.context() as patched:
        patched.setattr(publish, "_stage", full)
        report = personalise(roster, [source], Store(str(tmp_path / "out")))
    assert report.count("made") == 3
    assert [d.line for d in report.diagnostics] == [4]
    assert "No space left" in report.diagnostics[0].message
    again = personalise(roster, [source], Store(str(tmp_path / "out")))
    assert (again.count("made"), again.count("kept")) == (1, 3)


def test_one_file_for_the_printer_begins_each_person_on_a_right_hand_page(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "name,edition,copies\nAna,,\nBo,booklet,2\nCy,,\n"
    roster, target = a_roster(tmp_path, text), tmp_path / "all.pdf"
    assert cli.main(["personalise", str(roster), str(source), "--print", str(target)]) == 0
    reader = pypdf.PdfReader(target)
    starts = [(e["/Title"], reader.get_destination_page_number(e)) for e in reader.outline]
    assert [title for title, _ in starts] == ["Ana", "Bo", "Bo", "Cy"]
    assert all(page % 2 == 0 for _, page in starts)
    for title, page in starts:
        assert title in "".join(reader.pages[at].extract_text() for at in (page, page + 1))
    pages = len(reader.pages)
    assert f"3 people, {pages} pages on {pages // 2} sheets" in capsys.readouterr().out


def test_a_hole_of_a_cover_says_a_text_and_never_acts(source: Path, tmp_path: Path) -> None:
    """Names are data: as file names, in the PDF, and in the report."""
    roster = a_roster(tmp_path, 'name\n"../../=cmd()|%hole 0% (ET) >>"\n')
    report = personalise(roster, [source], Store(str(tmp_path / "out")))
    ((_, file, state),) = report.rows
    assert state == "made" and (tmp_path / "out" / file).is_file() and "/" not in file
    text = pypdf.PdfReader(tmp_path / "out" / file).pages[0].extract_text()
    assert "../../=cmd()|%hole 0% (ET) >>" in text
