"""SECURITY.md: what it says is tested is tested, and nothing is fetched or started."""

from __future__ import annotations

import re
import socket
import subprocess
from pathlib import Path
from typing import NoReturn

import docx
import pptx
import pytest
from conftest import ROOT

from generator import kit
from generator.diagnostics import SourceError

SET = """\
---
title: "![x](https://example.org/a.png)"
handout: {template: own.docx}
slides: {template: own.pptx}
---
# <img src="https://example.org/a.png"> One

1. ![alt](https://example.org/b.png) Why? <script src="https://example.org/c.js"></script>
2. [How?](https://example.org/d) ```=WEBSERVICE("https://example.org/e")```

::: notes
<iframe src="https://example.org/f"></iframe>
:::
"""
BRAND = """\
typography: {base: Lato, fonts: [{source: google, family: Lato}]}
logo: {medium: {path: "https://example.org/logo.png"}}
"""


def test_a_build_opens_no_connection_and_starts_no_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection or a program")

    for module, name in ((socket, "socket"), (socket, "getaddrinfo"), (subprocess, "Popen")):
        monkeypatch.setattr(module, name, refused)
    docx.Document().save(str(tmp_path / "own.docx"))
    pptx.Presentation().save(str(tmp_path / "own.pptx"))
    (tmp_path / "set.md").write_text(SET, encoding="utf-8")
    assert len(kit.build([tmp_path / "set.md"], tmp_path / "out").written) == 3
    (tmp_path / "_brand.yml").write_text(BRAND, encoding="utf-8")
    with pytest.raises(SourceError, match=r"https:.*does not exist"):
        kit.build([tmp_path / "set.md"], tmp_path / "out")


def test_each_sentence_names_a_test_that_exists_or_says_that_it_has_none() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    sentences = re.findall(r"^- .*$", text, re.MULTILINE)
    assert len(sentences) > 20
    tests = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    for sentence in sentences:
        named = re.search(r"\[((?:test_\w+(?:, )?)+)\]$", sentence)
        assert named or sentence.endswith("*not tested*"), sentence
        assert not named or set(named[1].split(", ")) <= tests, sentence
