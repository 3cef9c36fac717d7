"""All files at once, or none; and no file that someone else has written to."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import docx
import pikepdf
import pptx
import pytest
from conftest import ROOT
from PIL import Image

from generator import kit
from generator.diagnostics import OutputError
from generator.fingerprint import unchanged
from generator.publish import publish

SET = "# Set\n\n## Theme\n\n1. Why?\n2. How? {scale=1-5}\n"
NAMES = ["set-handout.docx", "set-slides.pptx", "set-workbook.pdf"]
posix = pytest.mark.skipif(os.name == "nt", reason="has no such files or signals")


def put(files: dict[Path, bytes]) -> None:
    """Publish over files that are not ours."""
    publish(files, force=True)


def break_replacing(
    monkeypatch: pytest.MonkeyPatch, name: str, problem: BaseException | None = None
) -> None:
    replace = Path.replace
    problem = problem or PermissionError(13, "Permission denied")

    def broken(self: Path, target: Path) -> Path:
        if target.name == name and self.read_bytes().startswith(b"new"):
            raise problem
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", broken)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_replaced_and_folders_made(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    put({tmp_path / "a": b"new", tmp_path / "in" / "b": b"b"})
    assert (tmp_path / "a").read_bytes() == b"new"
    assert contents(tmp_path / "in") == {"b": b"b"}


@pytest.mark.parametrize("problem", [None, KeyboardInterrupt(), MemoryError()])
def test_a_failure_at_the_second_file_leaves_both_as_they_were(
    problem: BaseException | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put({tmp_path / "a": b"old a", tmp_path / "b": b"old b"})
    break_replacing(monkeypatch, "b", problem)
    with pytest.raises(type(problem) if problem else OutputError) as raised:
        put({tmp_path / "a": b"new a", tmp_path / "b": b"new b", tmp_path / "c": b"new c"})
    assert contents(tmp_path) == {"a": b"old a", "b": b"old b"}
    if problem is None:
        assert "b: error: cannot be written: Permission denied" in str(raised.value)


def test_a_failure_removes_the_new_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_replacing(monkeypatch, "b")
    with pytest.raises(OutputError):
        publish({tmp_path / "a": b"new a", tmp_path / "b": b"new b"})
    assert contents(tmp_path) == {}


def test_a_folder_in_the_place_of_a_file_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="hint: "):
        put({tmp_path / "a": b"new", tmp_path / "b": b"b"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@posix
def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    for force in (False, True):
        with pytest.raises(OutputError, match="is a device or a pipe"):
            publish({tmp_path / "a": b"new"}, force=force)
    assert stat.S_ISFIFO((tmp_path / "a").stat().st_mode)


@posix
def test_modes_are_those_of_the_umask_or_of_the_file_before(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        put({tmp_path / "a": b"a"})
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644
        (tmp_path / "a").chmod(0o640)
        put({tmp_path / "a": b"b"})
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    finally:
        os.umask(before)


@posix
def test_links_are_kept(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for name in ("soft", "hard"):
        (tmp_path / "there" / name).write_bytes(b"old")
    (tmp_path / "soft").symlink_to("there/soft")
    os.link(tmp_path / "there" / "hard", tmp_path / "hard")
    put({tmp_path / "soft": b"new", tmp_path / "hard": b"new"})
    assert (tmp_path / "soft").is_symlink()
    assert contents(tmp_path / "there") == {"soft": b"new", "hard": b"new"}


def test_an_output_is_never_one_of_its_inputs(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    other = tmp_path / "b"
    os.link(tmp_path / "a", other)
    with pytest.raises(OutputError, match="a: error: this output is also an input"):
        publish({tmp_path / "a": b"new", tmp_path / "c": b"new"}, [other], force=True)
    assert contents(tmp_path) == {"a": b"mine", "b": b"mine"}


def test_a_template_that_is_the_output_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "set.md").write_text(SET, encoding="utf-8")
    docx.Document().save(str(tmp_path / "set-handout.docx"))
    before = (tmp_path / "set-handout.docx").read_bytes()
    settings = {"handout": {"template": tmp_path / "set-handout.docx"}}
    with pytest.raises(OutputError, match="is also an input"):
        kit.build([tmp_path / "set.md"], tmp_path, ["handout"], settings, force=True)
    assert (tmp_path / "set-handout.docx").read_bytes() == before


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "set.md").write_text(SET, encoding="utf-8")
    kit.build([tmp_path / "set.md"], tmp_path / "out", settings={"workbook": {"edition": "print"}})
    return tmp_path / "out"


def edit_handout(path: Path) -> None:
    document = docx.Document(str(path))
    document.paragraphs[0].add_run(" and mine")
    document.save(str(path))


def edit_slides(path: Path) -> None:
    presentation = pptx.Presentation(str(path))
    presentation.slides[0].shapes[0].text_frame.text = "Mine"
    presentation.save(str(path))


def edit_workbook(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(path)


def append_a_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


EDITS = {
    "set-handout.docx": edit_handout, "set-slides.pptx": edit_slides,
    "set-workbook.pdf": edit_workbook,
}  # fmt: skip


def test_what_was_not_changed_is_replaced_by_another_build(built: Path) -> None:
    for name in NAMES:
        assert unchanged((built / name).read_bytes()), name
    (built.parent / "set.md").write_text(SET + "3. What?\n", encoding="utf-8")
    before = contents(built)
    kit.build([built.parent / "set.md"], built)
    after = contents(built)
    assert sorted(after) == NAMES
    assert all(before[name] != after[name] for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_output_that_was_changed_is_replaced_only_by_force(name: str, built: Path) -> None:
    EDITS[name](built / name)
    (built.parent / "set.md").write_text(SET + "3. What?\n", encoding="utf-8")
    before = contents(built)
    with pytest.raises(OutputError) as raised:
        kit.build([built.parent / "set.md"], built)
    (found,) = raised.value.diagnostics
    assert found.path == built / name and "changed since it was built" in found.message
    assert "--force" in found.hint
    assert contents(built) == before
    kit.build([built.parent / "set.md"], built, force=True)
    assert unchanged((built / name).read_bytes())


@pytest.mark.parametrize("member", ["word/document.xml", "docProps/core.xml"])
def test_one_changed_part_of_a_package_is_noticed(member: str, built: Path) -> None:
    path = built / "set-handout.docx"
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for changed in (False, True):
        if changed:
            parts[member] = parts[member].replace(b"Set", b"Sat")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as new:
            for name, part in parts.items():
                new.writestr(name, part)
        assert unchanged(buffer.getvalue()) != changed


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG", b"text" * 99])
def test_any_other_file_is_not_ours(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(OutputError, match="or built by another"):
        publish({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == data


def test_only_pictures_of_ours_are_deleted(built: Path) -> None:
    folder = built / "pictures"
    report = kit.build([built.parent / "set.md"], built, ["workbook"])
    kit.preview(report.written, folder)
    pages = folder / "set-workbook"
    (pages / "page-01.png").rename(pages / "page-98.png")
    Image.new("RGB", (9, 9)).save(pages / "page-99.png")
    kit.preview(report.written, folder)
    names = {path.name for path in pages.iterdir()}
    assert "page-99.png" in names and "page-98.png" not in names and "page-01.png" in names


def test_what_a_killed_build_left_is_cleaned_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".workshop-papers-abc.tmp").write_bytes(b"half")
    (tmp_path / ".mine.tmp").write_bytes(b"mine")
    publish({tmp_path / "a": b"a"})
    assert contents(tmp_path) == {"a": b"a", ".mine.tmp": b"mine"}


STOPPED = """\
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from generator import cli, publish
replace = Path.replace
def slow(self, target):
    made = replace(self, target)
    os.kill(os.getpid(), {signal})  # while some are replaced and others are not
    return made
if {when!r} == "replacing":
    Path.replace = slow
else:
    stage = publish._stage
    def staged(target, data):
        made = stage(target, data)
        os.kill(os.getpid(), {signal})
        return made
    publish._stage = staged
sys.exit(cli.main(["set.md", "-o", "out"]))
"""


@posix
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("when", ["staging", "replacing"])
def test_a_signal_leaves_all_old_files_or_all_new_ones(number: str, when: str, built: Path) -> None:
    before = contents(built)
    (built.parent / "set.md").write_text(SET + "3. What?\n", encoding="utf-8")
    code = STOPPED.format(root=str(ROOT), signal=getattr(signal, number).value, when=when)
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=built.parent, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    after = contents(built)
    assert result.returncode == 128 + getattr(signal, number), result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(after) == NAMES
    changed = [before[name] != after[name] for name in NAMES]
    assert changed == [when == "replacing"] * 3


@posix
def test_builds_at_once_do_not_mix_their_files(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "make_docs.py"), "-o", "out", "-q"]
    builds = []
    for number in range(4):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "set.md").write_text(f"# Set number {number}\n\n1. Why?\n", encoding="utf-8")
        builds.append(subprocess.Popen([*command, f"{number}/set.md"], cwd=tmp_path))
    assert [build.wait(300) for build in builds] == [0] * 4
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == NAMES
    with pikepdf.open(out / "set-workbook.pdf") as pdf:
        titles = {str(pdf.docinfo["/Title"])}
    titles.add(docx.Document(str(out / "set-handout.docx")).core_properties.title)
    titles.add(pptx.Presentation(str(out / "set-slides.pptx")).core_properties.title)
    assert len(titles) == 1
