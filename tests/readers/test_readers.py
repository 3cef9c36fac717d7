"""From a file to text: what is no set is one error with a hint."""

import io
from pathlib import Path

import pytest

from generator import readers
from generator.diagnostics import SourceError
from generator.model import plain


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as raised:
        readers.read(path)
    (problem,) = raised.value.diagnostics
    assert problem.hint
    return f"{problem.line}: {problem.message}"


BYTES = {
    "Cyrillic of DOS": (
        "1. Почему?\n".encode("cp866"),
        "1: this file is not UTF-8 text: byte 0x8F",
    ),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0", "None: this is not a text file"),
    "empty": (b"", "None: this file is empty"),
}


@pytest.mark.parametrize("case", BYTES)
def test_bytes_that_are_no_set(case: str, tmp_path: Path) -> None:
    data, message = BYTES[case]
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert refused(path) == message


def test_other_encodings_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    for encoding, said in (("cp1252", "Windows-1252"), ("utf-16", "UTF-16")):
        path.write_bytes("# A\n\n1. Café – why?\n".encode(encoding))
        question_set, diagnostics = readers.read(path)
        assert plain(question_set.themes[0].questions[0].text) == "Café – why?"
        assert any(said in each.message for each in diagnostics)


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.md") == "None: there is no such file"


def test_an_unknown_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.xyz"
    path.write_text("1. Why?", encoding="utf-8")
    assert refused(path) == "None: cannot read '.xyz' files"


def test_how_a_source_was_read_is_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# A\n\n## Why?\n\nSo.\n\n## How?\n\nSo.\n\n## Who?\n", encoding="utf-8")
    assert readers.read(path).question_set.read_as == "3 headings; each asks"
    path.write_text("1. Why?\n2. Your trade\n", encoding="utf-8")
    assert readers.read(path).question_set.read_as == "2 items of lists; 1 of 2 ask"


def test_the_front_matter_or_the_caller_decides_how_a_source_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "## Why?\n\n- When?\n- Where?\n\n## How?\n\n- Who?\n- With whom?\n"
    path.write_text(text, encoding="utf-8")
    assert readers.read(path, "lists").question_set.question_count == 4
    assert readers.read(path, "headings").question_set.question_count == 2
    path.write_text(f"---\nread: headings\n---\n{text}", encoding="utf-8")
    assert readers.read(path).question_set.question_count == 2


def test_files_of_other_programs_are_refused_with_the_way_to_save_them(tmp_path: Path) -> None:
    for suffix, remedy in readers.REMEDIES.items():
        path = tmp_path / f"a{suffix}"
        path.write_bytes(b"x")
        with pytest.raises(SourceError) as raised:
            readers.read(path)
        (problem,) = raised.value.diagnostics
        assert suffix in problem.message
        assert problem.hint == remedy
        assert ".docx" in remedy or ".xlsx" in remedy


def test_standard_input_is_read_as_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"# A\n\n1. Why?\n")))
    made = readers.read(readers.STANDARD_INPUT).question_set
    assert (made.title, made.question_count, made.slug) == ("A", 1, "questions")


def test_a_directory(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert refused(tmp_path / "a.md").startswith("None: ")
    assert refused(tmp_path) == "None: this is a folder, not a file"


def test_byte_order_mark_and_windows_line_ends_are_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n\r\nOne\r\nIntro.\r\n\r\n1. Why?\r\n")
    question_set, diagnostics = readers.read(path)
    assert diagnostics == ()
    assert question_set.title == "A"
    assert plain(question_set.themes[0].title) == "One"
    assert plain(question_set.themes[0].questions[0].text) == "Why?"
    assert question_set.themes[0].questions[0].line == 8


def test_what_is_bold_from_end_to_end_is_so_by_its_style(tmp_path: Path) -> None:
    (tmp_path / "set.md").write_text(
        "**One**\n\n1. **Why?**\n2. **Who** else?\n\n## **Two**\n\n1. How?\n"
    )
    question_set = readers.read(tmp_path / "set.md")[0]
    strong = [[span.strong for span in each.title] for each in question_set.themes]
    asked = [[span.strong for span in each.text] for each in question_set.themes[0].questions]
    assert (strong, asked) == ([[False], [False]], [[False], [True, False]])
