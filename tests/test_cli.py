"""The command line: what it makes, says and returns. Nothing is lost on any way out."""

import ast
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT, SHIPPED

import generator
from generator import __version__, cli, kit
from generator.model import AnswerKind
from generator.writers import slides

ENDS = ("handout.docx", "slides.pptx")
GOOD = "# Set\n\n## Theme\n\n1. Why?\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_bare_command_builds_source_into_outputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "set.md").write_text(GOOD, encoding="utf-8")
    assert cli.main([], root=tmp_path) == 0
    names = sorted(path.name for path in (tmp_path / "outputs").iterdir())
    assert names == ["set-handout.docx", "set-slides.pptx", "set-workbook.pdf"]
    out = capsys.readouterr().out
    assert "3 files from 1 set (1 theme, 1 question)" in out
    assert "pages" in out and "slides" in out
    assert "\x1b" not in out


def test_only_makes_the_documents_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, _ = run(capsys, "build", SHIPPED, "-o", tmp_path, "--only", "handout")
    assert status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["mentor-questions-handout.docx"]


BROKEN = {
    "cyrillic of DOS": ("1. Почему?\n".encode("cp866"), "x.md:1: error: this file is not UTF-8"),
    "binary": (b"\x7fELF\0\0\0", "x.md: error: this is not a text file"),
    "empty": (b"", "x.md"),
    "without questions": (b"# Set\n\nOnly text.\n", "x.md"),
    "front matter": (b"---\ntitle: [\n---\n\n1. Why?\n", "x.md:"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_source_is_one_clear_error_with_a_hint_and_writes_nothing(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, message = BROKEN[case]
    source, outputs = tmp_path / "x.md", tmp_path / "out"
    source.write_bytes(data)
    status, _, err = run(capsys, "build", source, "-o", outputs)
    assert status == 1
    assert message in err
    assert err.count("error:") == 1
    assert "hint:" in err
    assert "Traceback" not in err
    assert not outputs.exists()


def test_a_missing_file_and_an_empty_folder_are_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "build", tmp_path / "no.md", "-o", tmp_path / "out")
    assert (status, "no.md: error: there is no such file" in err) == (1, True)
    status, _, err = run(capsys, "build", tmp_path, "-o", tmp_path / "out")
    assert (status, "error: this folder has no question set" in err) == (1, True)
    assert "hint:" in err


def test_problems_of_several_sets_are_reported_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    (tmp_path / "b.md").write_bytes(b"\xff\xfea")
    (tmp_path / "c.md").write_text(GOOD, encoding="utf-8")
    status, _, err = run(capsys, "build", tmp_path, "-o", tmp_path / "out")
    assert status == 1
    assert "a.md" in err and "b.md" in err
    assert not (tmp_path / "out").exists()


def test_two_sets_with_one_slug_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"---\nslug: same\n---\n{GOOD}", encoding="utf-8")
    status, _, err = run(capsys, "build", tmp_path, "-o", tmp_path / "out")
    assert status == 1
    assert "slug" in err


def test_wrong_usage_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["build", "--only", "poster"])
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_wrong_source_date_epoch_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    status, _, err = run(capsys, "build", SHIPPED, "-o", tmp_path)
    assert (status, "SOURCE_DATE_EPOCH" in err) == (2, True)


def test_an_output_folder_that_is_a_file_exits_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    status, _, err = run(capsys, "build", SHIPPED, "-o", tmp_path / "out")
    assert (status, "hint:" in err) == (3, True)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_exits_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o500)
    status, _, err = run(capsys, "build", SHIPPED, "-o", tmp_path / "out")
    tmp_path.chmod(0o700)
    assert (status, "permissions" in err) == (3, True)


def test_a_file_open_elsewhere_leaves_all_three_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.build([SHIPPED], tmp_path)
    for path in tmp_path.iterdir():
        path.write_text("old", encoding="utf-8")
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target.suffix == ".pptx":  # as Windows does while PowerPoint has it
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    status, _, err = run(capsys, "build", SHIPPED, "-o", tmp_path, "--force")
    assert status == 3
    assert "mentor-questions-slides.pptx: error: cannot be written" in err
    assert "close it in other programs" in err
    assert len(list(tmp_path.iterdir())) == 3
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"old"}


def test_a_bug_in_one_writer_keeps_its_traceback_and_touches_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.build([SHIPPED], tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(slides, "write", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        kit.build([SHIPPED], tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_terminal_shows_progress_on_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    _, out, _ = run(capsys, "build", SHIPPED, "-o", tmp_path, "--only", "handout")
    assert "\r\x1b[2Kmentor-questions: handout ..." in out


def test_help_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    assert "my-questions.md --paper letter --edition fillable" in capsys.readouterr().out


def test_a_set_alone_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "set.md").write_text(GOOD, encoding="utf-8")
    status, _, _ = run(capsys, tmp_path / "set.md", "-o", tmp_path / "out", "--only", "handout")
    assert status == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["set-handout.docx"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_without_all_letters_is_told_nevertheless(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "ελλ.md").write_text(GOOD, encoding="utf-8")
    command = [sys.executable, str(ROOT / "make_docs.py"), "ελλ.md", "-o", "out"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "ελλ-workbook.pdf").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_the_work_is_done_though_nobody_listens(tmp_path: Path) -> None:
    (tmp_path / "set.md").write_text(GOOD, encoding="utf-8")
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, str(ROOT / "make_docs.py"), "set.md", "-o", "out"]
    result = subprocess.run(
        command, cwd=tmp_path, stdout=write_end, stderr=subprocess.PIPE, check=False
    )
    os.close(write_end)
    assert (result.returncode, result.stderr) == (0, b"")
    assert (tmp_path / "out" / "set-slides.pptx").exists()


def test_init_makes_a_set_that_shows_everything_and_builds_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ein Kurs für Ältere"
    status, out, _ = run(capsys, "init", folder)
    assert status == 0
    assert "first-meetings.md" in out and "_brand.yml" in out
    report = kit.build([folder / "source"], folder / "outputs")
    assert report.diagnostics == tuple(
        found for found in report.diagnostics if found.severity == "note"
    )
    themes = report.question_sets[0].themes
    kinds = {question.answer.kind for theme in themes for question in theme.questions}
    assert kinds == set(AnswerKind)
    assert any(question.followups for theme in themes for question in theme.questions)


def test_init_says_the_command_that_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/workshop-papers"])
    _, out, _ = run(capsys, "init", tmp_path / "my kit")
    command = out.strip().splitlines()[-1].partition("Then: workshop-papers ")[2]
    assert cli.main(shlex.split(command)) == 0
    assert len(list((tmp_path / "my kit" / "outputs").iterdir())) == 6


def test_init_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "_brand.yml").write_text("mine", encoding="utf-8")
    status, _, err = run(capsys, "init", tmp_path)
    assert (status, "_brand.yml: error: already exists" in err) == (3, True)
    assert [path.name for path in (tmp_path / "source").iterdir()] == ["_brand.yml"]


def test_a_bare_command_without_sets_says_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([], root=tmp_path) == 1
    assert "`init` to create one" in capsys.readouterr().err


BAD = "# Set\n\n1. Why? {lins=3}\n"


def test_quiet_says_errors_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "set.md").write_text(BAD, encoding="utf-8")
    arguments = (tmp_path / "set.md", "-o", tmp_path / "out", "--only", "handout", "--quiet")
    assert run(capsys, *arguments) == (0, "", "")
    (tmp_path / "set.md").write_text("", encoding="utf-8")
    status, out, err = run(capsys, *arguments)
    assert (status, out, "error:" in err) == (1, "", True)


def test_verbose_says_each_step_and_notes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set.md").write_text(GOOD + "2. Not this. {.skip}\n", encoding="utf-8")
    arguments = (tmp_path / "set.md", "-o", tmp_path / "out", "--only", "handout")
    assert "note:" not in run(capsys, *arguments)[2]
    _, _, err = run(capsys, *arguments, "--verbose")
    assert "set.md:6: note: " in err
    assert re.search(r"^ +[0-9.]+ s  set: handout$", err, re.MULTILINE)


def test_json_is_one_line_of_what_was_read_written_and_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "set.md"
    source.write_text(BAD, encoding="utf-8")
    status, out, err = run(capsys, source, "-o", tmp_path, "--only", "handout", "--json")
    told = json.loads(out)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert told["sets"][0]["themes"] == [{"title": "Set", "line": 1, "questions": 1}]
    assert [file["path"] for file in told["written"]] == [str(tmp_path / "set-handout.docx")]
    found = told["diagnostics"][0]
    assert (found["severity"], found["path"], found["line"]) == ("warning", str(source), 3)
    source.write_text("", encoding="utf-8")
    status, out, _ = run(capsys, "check", source, "--json")
    assert (status, json.loads(out)["diagnostics"][0]["severity"]) == (1, "error")


@pytest.mark.parametrize(("variable", "colored"), [("UNSET", True), ("NO_COLOR", False)])
def test_a_terminal_has_colours_unless_they_are_not_wanted(
    variable: str,
    colored: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, "1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    _, _, err = run(capsys, "check", tmp_path / "no.md")
    assert ("\x1b[1;31merror:\x1b[0m there is no such file" in err) == colored


def test_completion_is_printed_for_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--completion", "bash"])
    assert stopped.value.code == 0
    assert "--edition" in capsys.readouterr().out


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_make_the_same_papers(end: str, tmp_path: Path) -> None:
    made = []
    for name, text in (("a", GOOD), ("b", GOOD.replace("\n", end))):
        source = tmp_path / name / "set.md"
        source.parent.mkdir()
        source.write_bytes(text.encode())
        kit.build([source], tmp_path / name / "out")
        made.append([path.read_bytes() for path in sorted((tmp_path / name / "out").iterdir())])
    assert made[0] == made[1]


def test_the_source_folder_is_not_written_to(tmp_path: Path) -> None:
    source = tmp_path / "read only ä"
    source.mkdir()
    (source / "set.md").write_text(GOOD, encoding="utf-8")
    source.chmod(0o500)
    try:
        kit.build([source], tmp_path / "out")
        assert [path.name for path in source.iterdir()] == ["set.md"]
    finally:
        source.chmod(0o700)


def test_a_handout_that_was_built_beside_its_set_is_no_set(tmp_path: Path) -> None:
    (tmp_path / "set.md").write_text(GOOD, encoding="utf-8")
    for _ in range(2):
        report = kit.build([tmp_path], tmp_path)
    assert len(report.question_sets) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["biuld", "source"], "did you mean build?"),
        (["--template", "no.pptx"], "there is no file 'no.pptx'"),
        (["--font", "no.ttf"], "there is no file 'no.ttf'"),
    ],
)
def test_what_is_mistyped_is_named(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert (stopped.value.code, told in capsys.readouterr().err) == (2, True)


def test_a_file_that_is_not_there_is_sought_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "questions.md").write_text(GOOD, encoding="utf-8")
    for typed in ("question.md", "questions"):
        status, _, err = run(capsys, "build", tmp_path / typed, "-o", tmp_path / "out")
        assert (status, f"did you mean {tmp_path / 'questions.md'}?" in err) == (1, True)


def test_what_asks_can_be_said_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "set.md"
    source.write_text(
        "## Why?\n\n- When?\n- Where?\n\n## How?\n\n- Who?\n- With whom?\n", encoding="utf-8"
    )
    for way, said in (("lists", "4 items of lists"), ("headings", "2 headings")):
        status, out, _ = run(capsys, "check", source, "--read", way)
        assert status == 0
        assert f"read as questions: {said}" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--editon", "booklet"], "unknown option --editon; did you mean --edition?"),
        (["check", "x.md", "--papr=a4"], "unknown option --papr=a4; did you mean --paper?"),
        (["--zzz"], "unknown option --zzz; `"),
        (["--only", "slidse"], "unknown document 'slidse'; did you mean slides?"),
        (["--edition", "boklet"], "invalid choice: 'boklet'"),
        (["--sample", "many"], "'many' is not a whole number"),
        (["-o", "papers/out.pdf"], "did you mean -o papers?"),
        (["init", "a", "b"], "unexpected argument 'b'"),
        (["x.md", "--only", "slides,", "handout"], "'handout'; a list has commas and no spaces"),
        (["--slides"], "unknown option --slides; did you mean --only slides?"),
        (["--seed", "9" * 5000], f"'{'9' * 40}' is not a whole number\n"),
        (["--completion", "cmd"], "valid values are bash"),
        (["--template", "a\0.docx"], "there is no file"),
    ],
)
def test_what_a_tired_person_types_is_an_error_that_says_what_is_meant(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_what_a_tired_person_types_is_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "more.md").write_text(GOOD, encoding="utf-8")
    arguments = ["--only", "Slides,handout", "--paper", "A5", "--edition", "Print"]
    sets = (tmp_path / "set.md", "-o", tmp_path / "out", tmp_path / "more.md")
    assert run(capsys, *sets, *arguments)[0] == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"{name}-{end}" for name in ("set", "more") for end in ENDS}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["help"], "exit status:"), (["help", "check"], "a part of the set"), (["-h"], "examples:")],
)
def test_help_is_a_command_too(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert (stopped.value.code, said in capsys.readouterr().out) == (0, True)


def test_completion_completes_names_of_files(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--completion", "bash"])
    out = capsys.readouterr().out
    assert re.search(r"_build_pos_0_COMPGEN=_shtab_compgen_files", out)
    assert re.search(r"__template_COMPGEN=_shtab_compgen_files", out)
    assert re.search(r"_build__o_COMPGEN=_shtab_compgen_dirs", out)


@pytest.mark.skipif(os.name == "nt", reason="has no such devices")
@pytest.mark.parametrize("output", ["/dev/full", None])
def test_messages_that_cannot_be_printed_do_not_fail_a_build(
    output: str | None, tmp_path: Path
) -> None:
    (tmp_path / "set.md").write_text(GOOD, encoding="utf-8")
    command = [sys.executable, str(ROOT / "make_docs.py"), "set.md", "-o", "out"]
    redirected = (
        f"{shlex.join(command)} >{output} 2>&1" if output else f"{shlex.join(command)} >&- 2>&-"
    )
    result = subprocess.run(["sh", "-c", redirected], cwd=tmp_path, check=False)
    assert result.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_control_characters_of_names_and_values_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a\x1b]0;gone\x07\nerror: b.md"
    (tmp_path / f"{name}.md").write_text('---\npaper: "\\e[2J"\n---\n1. Why?\n', encoding="utf-8")
    status, out, err = run(capsys, tmp_path / f"{name}.md", "-o", tmp_path / "out")
    assert status == 1
    assert "\\x1b]0;gone\\x07\\nerror: b.md.md:2: error: paper: '" in err
    (tmp_path / f"{name}.md").write_text(GOOD, encoding="utf-8")
    status, out, err = run(capsys, tmp_path / f"{name}.md", "-o", tmp_path / f"{name} out")
    assert status == 0 and "gone" in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", out + err)
    assert len(out.splitlines()) == 4


@pytest.mark.skipif(os.name == "nt", reason="has no such devices")
def test_devices_pipes_and_paths_that_cannot_be_are_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    for name, said in (
        ("pipe.md", "is a device or a pipe, not a file"),
        ("zero.md", "is a device or a pipe, not a file"),
        ("a\0.md", "there is no such file"),
        ("a\udcff.md", "there is no such file"),
        (".", "this folder has no question set"),
    ):
        status, _, err = run(capsys, "build", tmp_path / name, "-o", tmp_path / "out")
        assert (status, said in err, "hint:" in err) == (1, True, True), (name, err)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed there")
def test_a_working_directory_that_is_gone_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    program = f"cd gone && rmdir ../gone && {sys.executable} {ROOT / 'make_docs.py'} x.md -o out"
    result = subprocess.run(
        ["sh", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (result.returncode, "x.md: error: there is no such file" in result.stderr) == (1, True)
    assert "Traceback" not in result.stderr


def older_pythons() -> Iterator[str]:
    """Those of this machine, on the path or from pyenv."""
    pyenv = Path.home() / ".pyenv" / "versions"
    for minor in (8, 9, 10):
        for python in (f"python3.{minor}", *pyenv.glob(f"3.{minor}.*/bin/python")):
            asked = [python, "-c", "import sys; print(sys.version_info[1])"]
            with suppress(OSError):
                result = subprocess.run(asked, capture_output=True, text=True, check=False)
                if result.stdout == f"{minor}\n":  # what is on the path may stand for others
                    yield str(python)


@pytest.mark.parametrize("command", [[str(ROOT / "make_docs.py")], ["-m", "generator"]])
def test_an_older_python_says_which_it_needs(command: list[str]) -> None:
    for name in ("make_docs.py", "generator/__init__.py", "generator/__main__.py"):
        ast.parse((ROOT / name).read_text(encoding="utf-8"), name, feature_version=(3, 8))
    for python in older_pythons():
        result = subprocess.run(
            [python, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        said = result.stderr.startswith("This needs Python 3.11 or newer")
        assert (result.returncode, said) == (1, True), (python, result.stderr)


def test_ctrl_c_ends_the_command_while_its_arguments_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli, "parsed", lambda *_: signal.raise_signal(signal.SIGINT))
    assert cli.main([]) == 130


def test_the_library_is_imported_when_it_is_asked_for() -> None:
    code = "import sys, generator; assert 'generator.kit' not in sys.modules; generator.build"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    with pytest.raises(AttributeError, match="no attribute 'paint'"):
        generator.paint  # noqa: B018
