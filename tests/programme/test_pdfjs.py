"""A workbook that was filled and saved by PDF.js, the viewer of Firefox, read by other programs."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pymupdf
import pypdf
import pytest
from conftest import ROOT

from generator import kit
from generator.programme.forms import read_form

LIBRARY = ROOT / "build" / "pdfjs"
"""`.ci/run` puts it there, by npm."""
SET = '# Set\n\n1. Why? {lines=4}\n2. How? {scale=1-5}\n3. Which? {choices="Yes|No" pick=one}\n'
TYPED = {"name": "Ayşe Öztürk", "mentor": "Łukasz", "q1": "Because Ω, Жя", "q2": "c4", "q3": "c1"}


@pytest.fixture(scope="module")
def node() -> str:
    program = shutil.which("node")
    if program and (LIBRARY / "node_modules" / "pdfjs-dist").exists():
        return program
    if os.environ.get("CI"):
        pytest.fail("PDF.js is required in CI")
    pytest.skip("PDF.js is not installed")


def test_what_was_typed_in_pdfjs_is_read_and_shown_by_others(node: str, tmp_path: Path) -> None:
    (tmp_path / "set.md").write_text(SET, encoding="utf-8")
    settings = {"workbook": {"edition": "fillable"}}
    report = kit.build([tmp_path / "set.md"], tmp_path, ["workbook"], settings)
    saved = tmp_path / "saved.pdf"
    command = [node, str(ROOT / "tests" / "programme" / "pdfjs_fill.mjs"), str(LIBRARY)]
    command += [str(report.written[0].path), str(saved), json.dumps(TYPED)]
    said = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout
    assert json.loads(said) == TYPED
    fields = pypdf.PdfReader(saved).get_fields()
    assert {name: str(fields[name]["/V"]).lstrip("/") for name in TYPED} == TYPED
    with pymupdf.open(saved) as document:
        text = document[0].get_text()
    assert "Łukasz" in text and "Ayşe Öztürk" in text
    read = read_form(saved.read_bytes())
    assert read.person["name"] == "Ayşe Öztürk"
    assert [answer.answer for answer in read.answers if answer.number] == [
        "Because Ω, Жя",
        4,
        "Yes",
    ]
