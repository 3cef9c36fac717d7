"""The same jobs on a Dask cluster: a real scheduler and two workers, one of which is killed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

SETS = 60
SET = "---\ntitle: Course {n}\nslug: course-{n}\n---\n\n## One\n\n1. Why {n}?\n2. How?\n"


class Cluster(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    import json

    told = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = [
        "--port",
        "0",
        "--host",
        "127.0.0.1",
        "--no-dashboard",
        "--scheduler-file",
        str(told),
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
    scheduler = subprocess.Popen([*dask, *options], **quiet)
    for _ in range(300):
        if told.exists():
            break
        time.sleep(0.1)
    address = json.loads(told.read_text())["address"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-dashboard"]
    worker += ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path / "scratch")]
    workers = [subprocess.Popen(worker, **quiet) for _ in range(2)]
    yield Cluster(address, workers)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    courses = tmp_path / "courses"
    courses.mkdir()
    for n in range(SETS):
        (courses / f"{n}.md").write_text(SET.format(n=n), encoding="utf-8")
    build = [sys.executable, "make_docs.py", "build", str(courses), "-q", "--only", "workbook"]
    one, many = tmp_path / "one", tmp_path / "many"
    subprocess.run([*build, "-o", str(one)], cwd=ROOT, check=True)
    running = subprocess.Popen(
        [*build, "-o", str(many), "--cluster", cluster.address], cwd=ROOT, stderr=subprocess.PIPE
    )
    while running.poll() is None and len(list(many.glob("*.pdf"))) < SETS // 4:
        time.sleep(0.02)
    assert running.poll() is None, "it ended before a worker could be killed"
    cluster.workers[0].kill()
    _, said = running.communicate(timeout=300)
    assert running.returncode == 0, said.decode()
    made = {path.name: path.read_bytes() for path in many.glob("*.pdf")}
    assert made == {path.name: path.read_bytes() for path in one.glob("*.pdf")}
    assert len(made) == SETS
    lines = (many / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == SETS and not list(many.glob(".*.part"))


def test_a_worker_replaces_no_file_that_was_changed(cluster: Cluster, tmp_path: Path) -> None:
    source, out = tmp_path / "set.md", tmp_path / "out"
    source.write_text(SET.format(n=1), encoding="utf-8")
    build = [sys.executable, "make_docs.py", "build", str(source), "-q", "-o", str(out)]
    build += ["--only", "workbook,handout", "--cluster", cluster.address]
    subprocess.run(build, cwd=ROOT, check=True)
    changed, other = out / "course-1-workbook.pdf", out / "course-1-handout.docx"
    whole = changed.read_bytes()
    changed.write_bytes(whole + b"mine")
    other.unlink()
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3 and "is not replaced" in done.stderr
    assert changed.read_bytes() == whole + b"mine" and other.exists()
    subprocess.run([*build, "--force"], cwd=ROOT, check=True)
    assert changed.read_bytes() == whole


def test_where_no_scheduler_answers_it_says_so(tmp_path: Path) -> None:
    source = tmp_path / "set.md"
    source.write_text(SET.format(n=1), encoding="utf-8")
    address = "tcp://127.0.0.1:9"
    build = [sys.executable, "make_docs.py", "build", str(source), "-o", str(tmp_path / "out")]
    done = subprocess.run(
        [*build, "--cluster", address], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"no scheduler answers at {address}" in done.stderr and "dask scheduler" in done.stderr
