"""All files at once, or none."""

from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.publish import publish


def break_replacing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    replace = Path.replace

    def broken(self: Path, target: Path) -> Path:
        if target.name == name:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", broken)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_replaced_and_folders_made(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    publish({tmp_path / "a": b"new", tmp_path / "in" / "b": b"b"})
    assert (tmp_path / "a").read_bytes() == b"new"
    assert contents(tmp_path / "in") == {"b": b"b"}


def test_a_failure_at_the_second_file_leaves_both_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish({tmp_path / "a": b"old a", tmp_path / "b": b"old b"})
    break_replacing(monkeypatch, "b")
    with pytest.raises(OutputError, match=r"b: error: cannot be written: Permission denied"):
        publish({tmp_path / "a": b"new a", tmp_path / "b": b"new b"})
    assert contents(tmp_path) == {"a": b"old a", "b": b"old b"}


def test_a_failure_removes_the_new_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_replacing(monkeypatch, "b")
    with pytest.raises(OutputError):
        publish({tmp_path / "a": b"a", tmp_path / "b": b"b"})
    assert contents(tmp_path) == {}


def test_a_folder_in_the_place_of_a_file_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="hint: "):
        publish({tmp_path / "a": b"new", tmp_path / "b": b"b"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
