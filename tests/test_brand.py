"""A brand beside the set: colours, letters and logo in all three documents, read back by others."""

import io
import re
import zipfile
from pathlib import Path

import page as validation
import pikepdf
import pypdf
import pytest
from PIL import Image

from generator import kit
from generator.brand import branded
from generator.color import CONTRAST, contrast, darkened, parsed, shaded
from generator.errors import SourceError
from generator.look.fonts import file_of
from generator.look.style import Palette, StyleSheet

SET = "---\ntitle: Set\n---\n# One\n\n1. *Why* `me`?\n\n# Two\n\n2. How?\n"
COLORS = "color:\n  palette: {sea: '#005B99', leaf: '#2E7D32', fog: '#EEEEEE'}\n  primary: sea\n"


def brand(folder: Path, text: str, logo: bool = False) -> Path:
    if logo:
        Image.new("RGBA", (300, 100), (0, 91, 153, 128)).save(folder / "logo.png")
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    (folder / "set.md").write_text(SET, encoding="utf-8")
    return folder


def look(folder: Path, text: str) -> tuple[StyleSheet, list[str]]:
    made, found = branded(brand(folder, text), StyleSheet())
    return made, [str(each) for each in found]


def part(path: Path, pattern: str) -> str:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.search(pattern, name)]
        return "\n".join(archive.read(name).decode() for name in names)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a brand whose headings are set in our sans and whose text in our serif."""
    folder = tmp_path_factory.mktemp("branded ä")
    files = {
        family: [str(file_of(f"{family}-{cut}")) for cut in ("regular", "semibold")]
        for family in ("serif", "sans")
    }
    typography = (
        "typography:\n  base: My Text\n  headings: {family: My Titles}\n  fonts:\n"
        f"    - {{source: file, family: My Titles, files: {files['sans']}}}\n"
        f"    - {{source: file, family: My Text, files: {files['serif']}}}\n"
    )
    logo = "logo: {medium: {path: logo.png, alt: 'Harbour & {College}'}}\n"
    brand(folder, COLORS + typography + logo, logo=True)
    report = kit.build([folder / "set.md"], folder / "out")
    assert report.diagnostics == ()
    return folder / "out"


def test_the_workbook_has_colours_letters_and_logo(papers: Path) -> None:
    path = papers / "set-workbook.pdf"
    cover = pypdf.PdfReader(path).pages[0]
    content = cover.get_contents()
    assert content is not None
    assert b"0 0.3569 0.6 rg" in content.get_data()  # 005B99
    assert b"0.7059 0.2627 0.1843 rg" not in content.get_data()  # our brick
    fonts: list[tuple[str, float]] = []

    def seen(_: str, __: object, ___: object, font: dict[str, str], size: float) -> None:
        fonts.append((font["/BaseFont"].partition("+")[2] if font else "", size))

    cover.extract_text(visitor_text=seen)
    assert max(fonts, key=lambda each: each[1])[0].startswith("SourceSansPro")
    assert [image.image.size for image in cover.images if image.image] == [(300, 100)]
    with pikepdf.open(path) as pdf:
        assert str(_figure(pdf.Root.StructTreeRoot).Alt) == "Harbour & {College}"


def _figure(element: pikepdf.Object) -> pikepdf.Object:
    waiting = [element]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary):
            if found.get("/S") == "/Figure":
                return found
            kids = found.get("/K", [])
            waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    raise AssertionError("no figure")


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_branded_workbook_keeps_its_promises(papers: Path, profile: str) -> None:
    found = validation.validate_pdf(str(papers / "set-workbook.pdf"), profile=profile)
    assert found.is_compliant, [failure.message for failure in found.failures]


def test_the_handout_has_colours_letters_and_logo(papers: Path) -> None:
    path = papers / "set-handout.docx"
    assert 'w:val="005B99"' in part(path, "styles.xml")
    theme = part(path, "theme1.xml")
    assert 'majorFont><a:latin typeface="My Titles"' in re.sub(r">\s+<", "><", theme)
    assert 'minorFont><a:latin typeface="My Text"' in re.sub(r">\s+<", "><", theme)
    assert 'descr="Harbour &amp; {College}"' in part(path, r"header\d\.xml")


def test_the_slides_have_colours_letters_and_logo(papers: Path) -> None:
    path = papers / "set-slides.pptx"
    theme = re.sub(r">\s+<", "><", part(path, "theme1.xml"))
    shades = [shaded(color)[1:] for color in ("#005B99", "#2E7D32")]
    for number, color in enumerate(("005B99", "2E7D32", *shades, "005B99", "2E7D32"), 1):
        assert f'<a:accent{number}><a:srgbClr val="{color}"/>' in theme
    assert 'majorFont><a:latin typeface="My Titles"' in theme
    assert 'minorFont><a:latin typeface="My Text"' in theme
    assert 'descr="Harbour &amp; {College}"' in part(path, "slideLayout1.xml")
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.startswith("ppt/media/"))
        with Image.open(io.BytesIO(archive.read(name))) as logo:
            assert logo.size == (300, 100)


def test_a_booklet_has_the_logo_too(tmp_path: Path) -> None:
    brand(tmp_path, "logo: logo.png\n", logo=True)
    settings = {"workbook": {"edition": "booklet"}}
    kit.build([tmp_path / "set.md"], tmp_path, ["workbook"], settings)
    first = pypdf.PdfReader(tmp_path / "set-workbook-booklet.pdf").pages[0]
    assert len(first.images) == 1


def test_a_colour_too_light_to_read_is_darkened_and_named(tmp_path: Path) -> None:
    made, found = look(tmp_path, "color:\n  primary: '#fc0'\n")
    assert contrast("#FFCC00") < CONTRAST <= contrast(made.palette.accents[0])
    assert len(found) == 1
    assert "_brand.yml:2: warning: color.primary #FFCC00 is too light for text" in found[0]
    assert made.palette.accents[0] in found[0]


def test_large_areas_keep_a_light_colour_with_dark_text(tmp_path: Path) -> None:
    made, _ = look(tmp_path, "color:\n  primary: '#fc0'\n  secondary: '#222'\n")
    assert made.palette.surfaces[:2] == ("#FFCC00", "#222222")
    assert [made.palette.on_surface(number) for number in (1, 2)] == [made.palette.ink, "#FFFFFF"]


def test_text_on_any_surface_can_be_read() -> None:
    for grey in (f"#{level:02X}{level:02X}{level:02X}" for level in range(256)):
        assert contrast(Palette(surfaces=(grey,)).on_surface(1), grey) >= CONTRAST
        assert shaded(grey) != grey


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#1a5fb4", "#1A5FB4"), ("1A5FB4", "#1A5FB4"), ("#fc0", "#FFCC00"), ("Teal", "#008080"),
        ("#1A5FB4cc", "#1A5FB4"), ("rgb(26, 95, 180)", "#1A5FB4"),
        ("rgb(26 95 180 / 50%)", "#1A5FB4"),
        ("rgb(300,0,0)", "#FF0000"), ("hsl(120deg 100% 25%)", "#008000"),
    ],
)  # fmt: skip
def test_colours_are_those_of_css(text: str, color: str) -> None:
    assert parsed(text) == color


@pytest.mark.parametrize("text", ["", "sea", "#12", "rgb(1)", "rgb(a b c)", "transparent", "#ggg"])
def test_what_is_no_colour_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        parsed(text)


def test_white_itself_can_be_darkened() -> None:
    assert contrast(darkened("#FFFFFF")) >= CONTRAST


def test_accents_are_parts_first_then_colours_of_the_palette(tmp_path: Path) -> None:
    made, found = look(tmp_path, COLORS + "  secondary: leaf\n  foreground: '#102030'\n")
    two = ("#005B99", "#2E7D32")
    assert made.palette.accents == made.palette.surfaces == (*two, *map(shaded, two), *two)
    assert made.palette.ink == "#102030"
    assert found == []


def test_what_the_convention_has_besides_is_left_alone(tmp_path: Path) -> None:
    text = "meta: {link: x}\ndefaults: {shiny: 1}\nmine: 2\ncolor: {danger: '#f00', mine: 3}\n"
    made, found = look(tmp_path, text)
    assert (made, found) == (StyleSheet(), [])


def test_letters_without_files_are_said_for_the_workbook(tmp_path: Path) -> None:
    made, found = look(tmp_path, "typography:\n  base: Lato\n")
    assert made.handout.sans == made.handout.serif == made.slides.sans == "Lato"
    assert len(found) == 1
    assert "there is no file of Lato" in found[0]


BROKEN = {
    "color:\n  primary: sea\n": "_brand.yml:2: error: color.primary: 'sea' is no colour",
    "color: [\n": "_brand.yml:1: error: the YAML is broken",
    "color: red\n": "_brand.yml:1: error: 'color' has nothing under it",
    "logo: logo.svg\n": "_brand.yml:1: error: logo: logo.svg cannot be used",
    "logo: set.md\n": "_brand.yml:1: error: logo: set.md cannot be used",
    "typography:\n  base: '<b>'\n": "_brand.yml:2: error: typography.base",
    "typography:\n  base: X\n  fonts: [{family: X, files: [set.md]}]\n": "_brand.yml:3: error: ",
    "color: {primary: a, palette: {a: b, b: a}}\n": "_brand.yml:1: error: color.primary: ",
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_wrong_in_a_brand_is_an_error_with_its_line(text: str, tmp_path: Path) -> None:
    brand(tmp_path, text)
    with pytest.raises(SourceError) as raised:
        kit.build([tmp_path / "set.md"], tmp_path / "out")
    assert BROKEN[text] in str(raised.value)
    assert "hint:" in str(raised.value)
    assert not (tmp_path / "out").exists()
