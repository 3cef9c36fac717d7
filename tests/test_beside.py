"""Documents that are made in a second process: the same files, warnings and errors as in one."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from generator import beside, kit, writers
from generator.diagnostics import SourceError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")

SET = "---\ntitle: {0}\nslug: {0}\n---\n# One\n1. What, {0}?\n2. Why? {{lines=3\n\n# Two\n3. Who?\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(SET.format(name), encoding="utf-8")
    return tmp_path


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were forked. Those who run the tests may have threads."""
    made: list[int] = []
    fork = os.fork

    def counted() -> int:
        if process := fork():
            made.append(process)
        return process

    monkeypatch.setattr(beside, "_possible", lambda _: True)
    monkeypatch.setattr(os, "fork", counted)
    return made


def built(source: Path, name: str, **options: object) -> tuple[dict[str, bytes], object]:
    folder = source / name
    report = kit.build([source], folder, **options)  # type: ignore[arg-type]
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    said = [(file.path.name, file.count) for file in report.written], report.diagnostics
    return files, said


def ended(process: int) -> bool:
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    return True


@pytest.mark.parametrize(
    "documents",
    [
        (),
        ("slides", "workbook"),
        ("handout", "slides"),
        ("run-sheet", "handout"),
        ("workbook", "handout", "slides", "run-sheet", "cards"),
    ],
)
def test_two_processes_make_what_one_does(
    source: Path, forks: list[int], documents: tuple[str, ...]
) -> None:
    alone = built(source, "alone", documents=documents)
    assert not forks
    assert built(source, "beside", documents=documents, side_by_side=True) == alone
    (process,) = forks
    assert ended(process)


@pytest.mark.usefixtures("forks")
def test_the_other_process_makes_handout_and_slides(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = []
    monkeypatch.setattr(
        writers, "load", lambda name, load=writers.load: (loaded.append(name), load(name))[1]
    )
    built(source, "out", side_by_side=True)
    assert set(loaded) == {"workbook"}


def test_an_error_of_the_other_process_is_the_same(source: Path, forks: list[int]) -> None:
    (source / "broken.pptx").write_bytes(b"PK")
    settings = {"slides": {"template": source / "broken.pptx"}}
    said = []
    for side_by_side in (False, True):
        with pytest.raises(SourceError) as caught:
            built(source, "out", settings=settings, side_by_side=side_by_side)
        said.append(caught.value.diagnostics)
    assert said[0] == said[1]
    assert not (source / "out").exists()
    assert ended(forks[0])


@pytest.mark.usefixtures("forks")
def test_a_bug_in_the_other_process_keeps_its_traceback(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("generator.writers.handout.plan", wrong)
    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*in wrong.*KeyError: 'a bug'"):
        built(source, "out", side_by_side=True)
    assert not (source / "out").exists()


def test_when_the_other_process_is_killed_this_one_makes_all(
    source: Path, forks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = built(source, "alone")
    ours, write = os.getpid(), writers.load("handout").write

    def killed(plan: object) -> writers.Output:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(plan)

    monkeypatch.setattr("generator.writers.handout.write", killed)
    assert built(source, "beside", side_by_side=True) == alone
    assert forks


def test_nothing_is_forked_for_one_process_alone() -> None:
    assert not beside._possible(["workbook"])
    assert not beside._possible(["slides"])
    assert not beside._possible(["workbook", "cards"])


def test_nothing_is_forked_beside_threads() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not beside._possible(())
    finally:
        done.set()
        thread.join()
