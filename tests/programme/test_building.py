"""The documents of many sets, made in several processes."""

from pathlib import Path

import pytest

from generator import cli
from generator.programme.building import build_many
from generator.programme.store import Store

SET = "---\ntitle: Course {n}\nslug: course-{n}\n---\n\n## One\n\n1. Why {n}?\n"


@pytest.mark.parametrize("option", ["--watch", "--preview"])
def test_options_that_many_processes_do_not_know_are_refused(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "set.md", tmp_path / "out"
    source.write_text(SET.format(n=1), encoding="utf-8")
    assert cli.main(["build", str(source), "-o", str(out), "--jobs", "2", option]) == 2
    assert f"{option} cannot be combined with --jobs" in capsys.readouterr().err
    assert not out.exists()


def test_progress_counts_sets_and_ends_at_their_number(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.md").write_text(SET.format(n=n), encoding="utf-8")
    (tmp_path / "1.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    build_many([tmp_path], Store(str(tmp_path / "out")), progress=lambda *each: seen.append(each))
    assert seen[-1] == (3, 3)
    assert all(done <= total for done, total in seen)
