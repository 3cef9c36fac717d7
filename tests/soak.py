"""Hours of bad luck in minutes: kills, builds at once, damaged files. Not run by pytest.

    python tests/soak.py [--kills 200] [--rounds 100] [--minutes 10] [--seed 0]

Kills a build at a random moment, with SIGTERM, SIGHUP, SIGINT or SIGKILL in turn; builds four sets
at once into one folder; and damages sets, templates, brands, logos and fonts, each build in a
process that is bounded in time and memory. A template is damaged as a file, or in one of its parts
and zipped again: only then the damage gets past the checksums of the zip. After each build it
checks what SECURITY.md promises: no traceback, no stray file, no folder with files of different
builds after the next build. It prints figures, and the first failures with what reproduces them,
and exits 1 if there were any.
"""

from __future__ import annotations

import argparse
import copy
import io
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import docx
import pikepdf
import pptx
from lxml import etree
from PIL import Image

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, str(ROOT / "make_docs.py")]
NAMES = ["set-handout.docx", "set-slides.pptx", "set-workbook.pdf"]
SECONDS, BYTES = 60, 2 << 30
VALUES = ("", "0", "-1", "1.5", "x", "true", "rId1", "rId99", "9" * 30, "\u0661", "../../x", "#")
"""What attributes are given: numbers that are none, relationships, paths."""
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL)


class Soak:
    def __init__(self, seed: int, folder: Path) -> None:
        self.rng, self.folder = random.Random(seed), folder
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.build_s = 1.0
        """How long a build takes: a kill comes before it has ended."""

    def expect(self, holds: bool, what: str) -> None:
        if not holds:
            self.failures.append(what)

    def source(self, name: str, title: str) -> Path:
        path = self.folder / name / "set.md"
        path.parent.mkdir(exist_ok=True)
        questions = "\n".join(f"{number}. Why is {title} {number}?" for number in range(1, 40))
        path.write_text(f"# {title}\n\n{questions}\n", encoding="utf-8")
        return path

    def titles(self, out: Path) -> set[str]:
        """Those of the three files: one, where they come from one build."""
        with pikepdf.open(out / NAMES[2]) as pdf:
            found = {str(pdf.docinfo["/Title"])}
        found.add(docx.Document(str(out / NAMES[0])).core_properties.title)
        found.add(pptx.Presentation(str(out / NAMES[1])).core_properties.title)
        return found

    def kill(self, number: int) -> None:
        """A killed build, and the next one, into a folder that has files of another."""
        out, title = self.folder / "out", f"Set {number}"
        command = [*PROGRAM, str(self.source("killed", title)), "-o", str(out), "-q"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        time.sleep(self.rng.uniform(0, self.build_s))
        sent = SIGNALS[number % len(SIGNALS)]
        process.send_signal(sent)
        error = process.communicate(timeout=SECONDS)[1]
        self.counts[f"ended by {sent.name}"] += process.returncode != 0
        # Python has its own traceback for Ctrl-C while it still imports.
        early = "importlib" in error or "import " in error
        self.expect("Traceback" not in error or early, f"kill {number}: {error[-500:]}")
        if out.exists() and sent is not signal.SIGKILL:
            names = sorted(path.name for path in out.iterdir())
            self.expect(names in ([], NAMES), f"kill {number}: {names}")
            self.expect(not names or len(self.titles(out)) == 1, f"kill {number}: mixed")
        started = time.monotonic()
        subprocess.run(command, check=True, timeout=SECONDS)
        self.build_s = time.monotonic() - started
        self.expect(sorted(path.name for path in out.iterdir()) == NAMES, f"after kill {number}")
        self.expect(self.titles(out) == {title}, f"after kill {number}: {self.titles(out)}")

    def at_once(self, number: int) -> None:
        out = self.folder / "at-once"
        builds = [
            subprocess.Popen([*PROGRAM, str(self.source(f"s{n}", f"{n} of {number}")), "-o",
                              str(out), "-q"]) for n in range(4)
        ]  # fmt: skip
        self.expect([build.wait(SECONDS) for build in builds] == [0] * 4, f"round {number}")
        self.expect(sorted(path.name for path in out.iterdir()) == NAMES, f"round {number}: stray")
        self.expect(len(self.titles(out)) == 1, f"round {number}: {self.titles(out)}")

    def damage(self, number: int, samples: dict[str, bytes]) -> None:
        """One file of a set that has all kinds, damaged in a few places."""
        folder = self.folder / "damaged"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        name = self.rng.choice(sorted(samples))
        for each, data in samples.items():
            (folder / each).write_bytes(self.damaged(data) if each == name else data)
        result = subprocess.run(
            [*PROGRAM, str(folder / "set.md"), "-o", str(folder / "out"), "-q"],
            capture_output=True, text=True, timeout=4 * SECONDS, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES)),
        )  # fmt: skip
        self.counts[f"{name}: exit {result.returncode}"] += 1
        if result.returncode not in (0, 1, 3) or "Traceback" in result.stderr:
            kept = self.folder.parent / f"soak-failure-{number}-{name}"
            shutil.copy(folder / name, kept)
            self.failures.append(f"damage {number}: {kept}: {result.stderr[-700:]}")

    def damaged(self, data: bytes) -> bytes:
        inside = data.startswith(b"PK") and self.rng.random() < 0.8
        return self.damaged_inside(data) if inside else self.damaged_bytes(data)

    def damaged_inside(self, data: bytes) -> bytes:
        """A package with one part changed: as bytes, or as XML that is still well-formed."""
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = self.rng.choice([each for each in parts if each.endswith((".xml", ".rels"))])
        if self.rng.random() < 0.2:
            parts[name] = self.damaged_bytes(parts[name])
        else:
            parts[name] = self.damaged_xml(parts[name])
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for each, part in parts.items():
                package.writestr(each, part)
        return made.getvalue()

    def damaged_xml(self, part: bytes) -> bytes:
        """Elements are dropped, doubled, moved or emptied; attributes dropped or given values."""
        root = etree.fromstring(part)
        for _ in range(self.rng.randint(1, 3)):
            element = self.rng.choice([*root.iter(etree.Element)])
            parent, name = element.getparent(), self.rng.choice([*element.keys(), ""])
            deed = self.rng.randrange(6)
            if name and deed < 3:
                element.set(name, self.rng.choice(VALUES))
            elif name and deed == 3:
                del element.attrib[name]
            elif parent is not None and deed < 2:
                parent.remove(element)
            elif parent is not None and deed == 2:
                parent.append(copy.deepcopy(element))
            elif parent is not None and deed == 3:
                parent.insert(0, element)
            else:
                tail = element.tail
                element.clear()
                element.tail = tail
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def damaged_bytes(self, data: bytes) -> bytes:
        """A font is read only where its tables stay in their places: often only bytes change."""
        made, deeds = bytearray(data), self.rng.choice((1, 4))
        for _ in range(self.rng.randint(1, 6)):
            at = self.rng.randrange(len(made))
            deed: Callable[[], object] = self.rng.choice([
                lambda at=at: made.__setitem__(at, self.rng.randrange(256)),
                lambda at=at: made.__delitem__(slice(at, at + self.rng.randint(1, 40))),
                lambda at=at: made.__setitem__(slice(at, at), made[at : at + 40]),
                lambda at=at: made.__setitem__(slice(at, at), self.rng.randbytes(4)),
            ][:deeds])  # fmt: skip
            deed()
            if not made:
                break
        return bytes(made) or b"\0"


def samples(folder: Path) -> dict[str, bytes]:
    letter = docx.Document()
    letter.sections[0].header.paragraphs[0].text = "A head"
    letter.add_table(2, 2).cell(1, 1).text = "{{questions}}"
    letter.save(str(folder / "own.docx"))
    pptx.Presentation().save(str(folder / "own.pptx"))
    Image.new("RGB", (60, 20), "navy").save(folder / "logo.png")
    font = files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf"
    made = {name: (folder / name).read_bytes() for name in ("own.docx", "own.pptx", "logo.png")}
    return made | {
        "own.ttf": font.read_bytes(),
        "set.md": b"---\ntitle: A set\nhandout: {template: own.docx, answers: fields}\n"
        b"slides: {template: own.pptx}\n---\n# One\n\n1. Why? {lines=4}\n2. How? {scale=1-5}\n",
        "_brand.yml": b"color: {primary: '#1A5FB4'}\nlogo: logo.png\ntypography: {base: Own, "
        b"fonts: [{source: file, family: Own, files: [own.ttf]}]}\n",
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for name, default in (("kills", 200), ("rounds", 100), ("minutes", 10), ("seed", 0)):
        parser.add_argument(f"--{name}", type=float if name == "minutes" else int, default=default)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "soak"
        folder.mkdir()
        soak = Soak(asked.seed, folder)
        for number in range(asked.kills):
            soak.kill(number)
        for number in range(asked.rounds):
            soak.at_once(number)
        good, end, number = samples(folder), time.monotonic() + 60 * asked.minutes, 0
        while time.monotonic() < end:
            number += 1
            soak.damage(number, good)
        print(f"{asked.kills} kills, {asked.rounds} rounds of four builds, {number} damaged files")
        for name, count in sorted(soak.counts.items()):
            print(f"{count:6} {name}")
        for failure in soak.failures[:20]:
            print(failure, file=sys.stderr)
        print(f"{len(soak.failures)} failures")
        if soak.failures:
            shutil.copytree(Path(temporary), Path(tempfile.gettempdir()) / "soak-kept",
                            dirs_exist_ok=True)  # fmt: skip
        return int(bool(soak.failures))


if __name__ == "__main__":
    sys.exit(main())
