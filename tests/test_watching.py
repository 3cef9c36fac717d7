"""`build --watch` in a process of its own, with files that are really saved."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

SET = "# Set\n\n1. Why?\n"
PATIENCE = 30.0
"""Seconds."""


class Watched:
    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log.out"
        self.save("set.md", SET.encode())
        command = [sys.executable, str(ROOT / "make_docs.py"), "build", "set.md", "-o", "."]
        command += ["--watch", "--only", "handout"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)

    def save(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)

    def wait(self, text: str, times: int = 1) -> None:
        end = time.monotonic() + PATIENCE
        while self.log.read_text(encoding="utf-8").count(text) < times:
            assert time.monotonic() < end, (text, self.log.read_text(encoding="utf-8"))
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.05)
        time.sleep(0.3)  # until it listens again


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path)
    yield made
    made.process.kill()
    made.process.wait()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process there")
def test_it_builds_on_save_survives_errors_and_stops_cleanly(watched: Watched) -> None:
    watched.wait("1 question)")
    paper = watched.folder / "set-handout.docx"
    before = paper.read_bytes()
    watched.save("set.md", SET.encode() + b"2. How?\n")
    watched.wait("2 questions)")
    after = paper.read_bytes()
    assert after != before
    watched.save("set.md", b"\xff")
    watched.wait("build failed; still watching")
    assert paper.read_bytes() == after
    watched.save("set.md", SET.encode())
    watched.wait("1 question)", times=2)
    watched.save("_brand.yml", b"color: {primary: '#005B99'}\n")
    watched.wait("1 question)", times=3)
    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(PATIENCE) == 0
    lines = watched.log.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "stopped"
    # Each save is one line; what it writes itself, beside the set, is no reason to build.
    assert len([line for line in lines if "1 file from 1 set" in line]) == 4


def test_without_watchfiles_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from generator import cli

    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert cli.main(["build", str(tmp_path), "--watch"]) == 2
    assert "pip install" in capsys.readouterr().err
