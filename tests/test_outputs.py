"""outputs/ is what source/ gives today, and every build of it is the same."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest
from conftest import ROOT, SHIPPED

NAMES = ["mentor-questions-handout.docx", "mentor-questions-slides.pptx"]
WORKBOOK = "mentor-questions-workbook.pdf"


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_office_files_are_fresh(name: str, shipped_kit: Path) -> None:
    # Members, not bytes: zlib packs differently from one version to the next.
    assert members(ROOT / "outputs" / name) == members(shipped_kit / name), "run make_docs.py"


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_workbook_is_fresh(shipped_kit: Path) -> None:
    committed, fresh = (
        pypdf.PdfReader(folder / WORKBOOK) for folder in (ROOT / "outputs", shipped_kit)
    )
    assert committed.metadata == fresh.metadata, "run make_docs.py"
    streams = [
        [page.get_contents().get_data() for page in reader.pages] for reader in (committed, fresh)
    ]
    assert streams[0] == streams[1], "run make_docs.py"


def test_outputs_hold_the_kit_and_nothing_else() -> None:
    files = [path.name for path in (ROOT / "outputs").iterdir() if path.is_file()]
    assert sorted(files) == sorted([*NAMES, WORKBOOK])


def test_two_processes_build_equal_bytes(tmp_path: Path) -> None:
    kits = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        environment.pop("SOURCE_DATE_EPOCH", None)
        command = [sys.executable, "make_docs.py", "build", str(SHIPPED), "-o", str(folder)]
        subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
        kits.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(kits[0]) == 3
    assert kits[0] == kits[1]


def test_source_date_epoch_dates_every_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator import kit

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")  # 2001-09-09
    kit.build([SHIPPED], tmp_path)
    reader = pypdf.PdfReader(tmp_path / WORKBOOK)
    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"].startswith("D:20010909")
    for name in NAMES:
        assert b"2001-09-09T" in members(tmp_path / name)["docProps/core.xml"]
