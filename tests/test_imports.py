"""A command imports what its documents need, and nothing else: imports are half of a start."""

import subprocess
import sys
from pathlib import Path

import pytest

LARGE = {
    "babel", "docx", "email", "http.client", "matplotlib", "multiprocessing", "pptx",
    "reportlab.platypus", "ssl", "starlette", "urllib.request",
}  # fmt: skip
CODE = """
import sys
from generator.__main__ import main
status = main()
print(*sys.modules)
sys.exit(status)
"""


@pytest.mark.parametrize(
    ("document", "needed"),
    [
        ("workbook", set()),
        ("handout", {"docx"}),
        ("slides", {"pptx", "email", "http.client", "ssl", "urllib.request"}),
    ],
)
def test_large_modules_are_imported_where_they_are_needed(
    tmp_path: Path, document: str, needed: set[str]
) -> None:
    source = tmp_path / "set.md"
    source.write_text("---\nlang: en\ndate: 2026-03-12\n---\n1. What?\n2. Why?\n", encoding="utf-8")
    command = [sys.executable, "-c", CODE, "build", source, "-o", tmp_path, "--only", document]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert LARGE & set(shown.split()) <= needed
