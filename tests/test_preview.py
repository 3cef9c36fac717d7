"""`build --preview`: pictures of every page, and sheets of them."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator import cli, kit, preview
from generator.fingerprint import SOFTWARE

SET = "# Set\n\n1. Why?\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ein Kürs.md"
    path.write_text(SET, encoding="utf-8")
    return path


def test_each_page_of_the_workbook_is_a_picture_and_old_ones_go(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures = source.parent / "out" / "pictures"
    pages = pictures / "ein-Kürs-workbook"
    pages.mkdir(parents=True)
    about = PngInfo()
    about.add_text("Software", SOFTWARE)
    Image.new("RGB", (9, 9)).save(pages / "page-99.png", pnginfo=about)
    arguments = [str(source), "-o", str(source.parent / "out"), "--only", "workbook", "--preview"]
    assert cli.main(arguments) == 0
    count = int(capsys.readouterr().out.split(" pages")[0].split()[-1])
    names = sorted(path.name for path in pages.iterdir())
    assert names == [f"page-{number:02}.png" for number in range(1, count + 1)]
    with Image.open(pages / "page-01.png") as page:
        assert page.size == (827, 1170)  # A4 at 100 dots an inch
        assert len(page.getcolors(100000) or ()) > 10
    with Image.open(pictures / "ein-Kürs-workbook-1.png") as sheet:
        assert sheet.width == 1200


def test_of_a_document_in_two_formats_the_pdf_is_shown(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "OFFICE", ())
    report = kit.build([source], source.parent, ["run-sheet"])
    made, diagnostics = preview.pictures([file.path for file in report.written], Path())
    assert len(report.written) == 2
    assert [path.name for path in made] == ["page-01.png", "ein-Kürs-run-sheet-1.png"]
    assert not diagnostics


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_handout_and_slides_are_shown_by_libreoffice(source: Path) -> None:
    out = source.parent / "out"
    assert cli.main([str(source), "-o", str(out), "--preview", "-q"]) == 0
    for paper in ("handout", "slides"):
        with Image.open(out / "pictures" / f"ein-Kürs-{paper}" / "page-01.png") as page:
            assert len(page.getcolors(100000) or ()) > 10


def test_without_libreoffice_it_says_so_and_shows_the_workbook(
    source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "OFFICE", ("no-such-program",))
    out = source.parent / "out"
    assert cli.main([str(source), "-o", str(out), "--preview"]) == 0
    assert "LibreOffice is not installed" in capsys.readouterr().err
    assert [path.name for path in (out / "pictures").iterdir() if path.is_dir()] == [
        "ein-Kürs-workbook"
    ]


def _refused(out: Path, capsys: pytest.CaptureFixture[str], status: int, *more: str) -> str:
    """What is said of pictures that are refused, after the documents were written."""
    arguments = [str(out.parent / "ein Kürs.md"), "-o", str(out), "--preview", *more]
    assert cli.main([*arguments, "--only", "workbook"]) == status
    said = capsys.readouterr()
    assert f"{out / 'ein-Kürs-workbook.pdf'}" in said.out
    assert "no output was replaced" not in said.err
    return said.out if more else said.err


def test_pictures_that_are_refused_do_not_hide_the_documents(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = source.parent / "out"
    out.mkdir()
    (out / "pictures").write_text("a file", encoding="utf-8")
    assert "no picture was replaced" in _refused(out, capsys, 3)
    (out / "pictures").unlink()
    sheet = out / "pictures" / "ein-Kürs-workbook-1.png"
    sheet.parent.mkdir()
    Image.new("RGB", (9, 9)).save(sheet)
    assert f"{sheet}: error: is not replaced: it was changed" in _refused(out, capsys, 3)
    data = json.loads(_refused(out, capsys, 3, "--json"))
    assert [Path(file["path"]).suffix for file in data["written"]] == [".pdf"]
    assert "it was changed" in data["diagnostics"][0]["message"]
    assert [path for path in sheet.parent.rglob("*") if path.is_file()] == [sheet]


def test_without_pypdfium2_it_says_what_to_install(
    source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install" in _refused(source.parent / "out", capsys, 2)
