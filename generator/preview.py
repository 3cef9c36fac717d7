"""Pictures of documents: each page, and sheets of many. Pages as PNG, by pypdfium2.

Handout and slides are first converted to PDF by LibreOffice, if it is installed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, UsageError, error, warning
from generator.fingerprint import SOFTWARE
from generator.look.style import PreviewStyle

if TYPE_CHECKING:
    from PIL.Image import Image

OFFICE = (
    "soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)  # fmt: skip
_SECONDS = 300


def pictures(
    papers: Sequence[Path], folder: Path, style: PreviewStyle | None = None
) -> tuple[dict[Path, bytes], tuple[Diagnostic, ...]]:
    """Render documents as PNG files: `<name>/page-01.png`, and `<name>-1.png`, a sheet of pages.

    Of a document in several formats the first is shown. Raises UsageError if pypdfium2 is missing.
    """
    made: dict[Path, bytes] = {}
    first = {paper.stem: paper for paper in reversed(papers)}
    papers = [paper for paper in papers if paper is first[paper.stem]]
    style = style or PreviewStyle()
    with tempfile.TemporaryDirectory() as temporary:
        found, diagnostics = _as_pdf(papers, Path(temporary))
        for paper, pdf in found:
            pages = list(_pages(pdf, style.dpi))
            for number, page in enumerate(pages, 1):
                made[folder / paper.stem / f"page-{number:02}.png"] = _png(page)
            for number, sheet in enumerate(_sheets(pages, style), 1):
                made[folder / f"{paper.stem}-{number}.png"] = _png(sheet)
    return made, diagnostics


def _as_pdf(
    papers: Sequence[Path], folder: Path
) -> tuple[list[tuple[Path, Path]], tuple[Diagnostic, ...]]:
    office = [paper for paper in papers if paper.suffix != ".pdf"]
    program = next(filter(None, map(shutil.which, OFFICE)), None)
    if office and not program:
        names = ", ".join(paper.name for paper in office)
        hint = "install LibreOffice for them, or leave them out with --only workbook"
        message = f"no pictures of {names}: LibreOffice is not installed"
        return _there(papers, papers[:0], folder), (warning(message, hint=hint),)
    if office and program:
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", str(folder), *map(str, office)]
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    missing = [paper for paper in office if not (folder / f"{paper.stem}.pdf").exists()]
    hint = "open the file in LibreOffice to see why"
    return _there(papers, office, folder), tuple(
        warning("no picture: LibreOffice cannot show it", paper, hint=hint) for paper in missing
    )


def _there(papers: Sequence[Path], office: Sequence[Path], folder: Path) -> list[tuple[Path, Path]]:
    made = [(paper, folder / f"{paper.stem}.pdf" if paper in office else paper) for paper in papers]
    return [(paper, pdf) for paper, pdf in made if pdf.suffix == ".pdf" and pdf.exists()]


def _pages(pdf: Path, dpi: int) -> Iterator[Image]:
    try:
        import pypdfium2
    except ImportError:
        hint = "pip install 'workshop-papers[preview]'"
        raise UsageError([error("--preview needs the package pypdfium2", hint=hint)]) from None
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def _sheets(pages: Sequence[Image], style: PreviewStyle) -> Iterator[Image]:
    from PIL import Image

    wide = pages[0].width > pages[0].height
    columns, rows = style.wide_grid if wide else style.tall_grid
    gap = style.gap_px
    width = (style.sheet_px - gap) // columns - gap
    columns = min(columns, len(pages))
    height = round(width * pages[0].height / pages[0].width)
    for start in range(0, len(pages), columns * rows):
        group = pages[start : start + columns * rows]
        lines = -(-len(group) // columns)
        size = (gap + columns * (width + gap), gap + lines * (height + gap))
        sheet = Image.new("RGB", size, style.ground)
        for place, page in enumerate(group):
            row, column = divmod(place, columns)
            at = (gap + column * (width + gap), gap + row * (height + gap))
            sheet.paste(page.resize((width, height), Image.Resampling.LANCZOS), at)
        yield sheet


def _png(image: Image) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    buffer = io.BytesIO()
    about = PngInfo()
    about.add_text("Software", SOFTWARE)
    image.save(buffer, "PNG", optimize=True, pnginfo=about)
    return buffer.getvalue()
