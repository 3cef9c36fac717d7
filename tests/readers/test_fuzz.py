"""Whatever a file holds, a reader returns a set or raises SourceError: nothing else, in any format.

`python tests/readers/test_fuzz.py 600` tries for ten minutes, with other chances each time.
"""

import io
import random
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from office_files import odt
from test_data import YAML
from test_tables import MARKDOWN, TABLE, csv_of, ods, ods_row, package, sheet

from generator import readers
from generator.diagnostics import SourceError

TOKENS = [
    b"{lines=6}", b"{.skip}", b"<!-- skip -->", b"::: notes\n", b":::", b"# ", b"- ", b"1. ",
    b"    ", b"\t", b"\n\n", b"[x](#y)", b"`", b"*", b"<", b"&amp;", b"---\n", b"themes:", b"&a ",
    b"*a", b"{", b"[", b'"', b",", b";", b"\r", b"\0", b"\xff", b"\xed\xa0\x80", b": ", b"|", b"%",
    b"999999999999", b"-1", b"\\ud800", "é😀\u202e\u2028".encode(),
]  # fmt: skip


ZIPPED = (".xlsx", ".ods", ".docx", ".odt")
HTML = (
    "<html lang=en><title>A set</title><h1>A set</h1><details><summary>Why?</summary><p>So.</p>"
    "</details><ol start=3><li>How <b>so</b>?<ul><li>When?</li></ul></li></ol><table><tr><th>Frage"
    "</th><th>Notes</th></tr><tr><td rowspan=2>Who?<br>Where?</td><td>x</td></tr></table>"
)


def samples(folder: Path) -> dict[str, bytes]:
    """A good file of each format."""
    document = Document()
    document.add_heading("First", 1)
    for style in ("List Number", "List Bullet 2", "List Number"):
        document.add_paragraph("Why? {lines=4}", style=style)
    document.save(folder / "set.docx")
    found = {
        ".md": f"---\ntitle: A set\nanswer: lines=3\n---\n\n{MARKDOWN}".encode(),
        ".csv": csv_of(TABLE, folder / "set.csv").read_bytes(),
        ".xlsx": sheet(TABLE, folder / "set.xlsx").read_bytes(),
        ".ods": ods(
            {"One": f">{''.join(ods_row(*row) for row in TABLE)}"}, folder / "set.ods"
        ).read_bytes(),
        ".yaml": YAML.encode(),
        ".json": b'{"title": "A set", "themes": [{"title": "One", "questions": ["Why?", {"text": '
        b'"How?", "number": 3, "followups": ["So?"], "answer": {"box": "7cm"}, "tags": ["a"]}]}]}',
        ".jsonl": b'{"question": "Why?", "topic": "One", "options": ["a", "b"]}\n\n{"q": 1}',
        ".docx": (folder / "set.docx").read_bytes(),
        ".odt": odt(),
        ".txt": MARKDOWN.encode(),
        ".html": HTML.encode(),
    }
    others = {".markdown", ".tsv", ".yml", ".xlsm", ".htm", ".text", ".ndjson", ".docm"}
    assert set(found) | others == set(readers.READERS)
    return found


def mutated_part(data: bytes, chance: random.Random) -> bytes:
    """A package with one part changed, which the checksums of a zip would hide from the reader."""
    with zipfile.ZipFile(io.BytesIO(data)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    name = chance.choice(list(parts))
    return package({**parts, name: mutated(parts[name], chance)})


def mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice([0, 1, 5, 50]))
        new = chance.choice([b"", chance.choice(TOKENS), chance.randbytes(3), data[at:end] * 2])
        data = data[:at] + new + data[end:]
    return data


def try_one(suffix: str, data: bytes, folder: Path) -> None:
    path = folder / f"set{suffix}"
    path.write_bytes(data)
    try:
        reading = readers.read(path)
    except SourceError as problem:
        assert problem.diagnostics
        assert all(found.path for found in problem.diagnostics)
    else:
        assert reading.question_set.question_count > 0


@pytest.mark.parametrize(
    "suffix",
    [".md", ".csv", ".xlsx", ".ods", ".yaml", ".json", ".jsonl", ".docx", ".odt", ".txt", ".html"],
)
def test_no_mutation_raises_anything_undocumented(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(suffix)
    good = samples(tmp_path)[suffix]
    try_one(suffix, good, tmp_path)
    for count in range(90 if suffix in ZIPPED else 300):
        change = mutated_part if suffix in ZIPPED and count % 3 else mutated
        try_one(suffix, change(good, chance), tmp_path)


DEEP: dict[str, Callable[[int], str]] = {
    ".md": lambda n: "".join(f"{'  ' * k}- a\n" for k in range(n)),
    ".yaml": lambda n: "themes: " + "[" * n,
    ".json": lambda n: '{"themes": ' + "[" * n + "]" * n + "}",
    ".csv": lambda n: '"' * n + ",a\n",
}


@pytest.mark.parametrize("suffix", DEEP)
def test_nesting_without_end_is_answered_soon(suffix: str, tmp_path: Path) -> None:
    started = time.process_time()
    try_one(suffix, DEEP[suffix](1500).encode(), tmp_path)
    assert time.process_time() - started < 20  # a hang, not a measure


if __name__ == "__main__":
    import tempfile

    end = time.monotonic() + float(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        good, count, chance = samples(Path(name)), 0, random.Random()
        while time.monotonic() < end:
            suffix = chance.choice(list(good))
            change = chance.choice([mutated, mutated_part]) if suffix in ZIPPED else mutated
            try_one(suffix, change(good[suffix], chance), Path(name))
            count += 1
    print(f"{count} mutations")
