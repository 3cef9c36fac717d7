"""What several test modules need: the shipped set, its kit built once, and LibreOffice."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import kit

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "source" / "mentor-questions.md"


class Listed(NamedTuple):
    """A theme as the shipped source lists it, read without our reader."""

    title: str
    questions: list[tuple[int, str]]


@pytest.fixture(scope="session")
def listed() -> list[Listed]:
    """Themes and numbered questions of the shipped source, by its lines alone."""
    body = SHIPPED.read_text(encoding="utf-8").split("---\n", 2)[2]
    themes: list[Listed] = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        first = paragraph.strip().splitlines()[0]
        if numbered := re.fullmatch(r"(\d+)\. (.+)", first):
            themes[-1].questions.append((int(numbered[1]), numbered[2]))
        else:
            themes.append(Listed(first, []))
    return themes


@pytest.fixture(scope="session")
def shipped_kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three documents of the shipped set."""
    folder = tmp_path_factory.mktemp("kit")
    kit.build([SHIPPED], folder)
    return folder


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory: pytest.TempPathFactory):
    """Convert an Office file by LibreOffice; skipped where it is missing, required in CI."""
    soffice = shutil.which("soffice")
    if soffice is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is required in CI")
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile").as_uri()
    folder = tmp_path_factory.mktemp("converted")

    def convert(path: Path) -> Path:
        command = [soffice, f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return folder / f"{path.stem}.pdf"  # it exits 0 on failure too: the caller opens this

    return convert


def squash(text: str) -> str:
    """A text without its spaces, as line breaks differ between documents."""
    return re.sub(r"[\s\u00ad\ufffe\x02]+", "", text)
