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
from generator.diagnostics import SourceError
from generator.look import logo as logo_module
from generator.look.brand import branded
from generator.look.color import CONTRAST, contrast, darkened, parsed, shaded
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
    made, found, of_fonts, _ = branded(brand(folder, text), StyleSheet())
    return made, [str(each) for each in (*found, *of_fonts)]


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
    text = (
        "meta: {link: x}\ndefaults: {shiny: 1}\ndate: soon\ntitle: [x]\nlang: 7\n"
        "color: {danger: '#f00', mine: 3}\ntypography: {link: {color: red}}\n"
    )
    made, found = look(tmp_path, text)
    assert (made, found) == (StyleSheet(), [])


def test_letters_without_files_are_said_for_the_workbook(tmp_path: Path) -> None:
    made, found = look(tmp_path, "typography:\n  base: Lato\n")
    assert made.handout.sans == made.handout.serif == made.slides.sans == "Lato"
    assert len(found) == 1
    assert "no file of Lato is named" in found[0]


BROKEN = {
    "color:\n  primary: sea\n": "_brand.yml:2: error: color.primary: 'sea' is not a colour",
    "color: [\n": "_brand.yml:1: error: the YAML is broken",
    "color: red\n": "_brand.yml:1: error: color: expected a mapping, found 'red'",
    "- color\n": "_brand.yml:1: error: expected a mapping, found a list",
    "meta:\nlogo: logo.svg\n": "_brand.yml:2: error: logo: logo.svg does not exist",
    "logo: ''\ncolor: &x\n  light: *x\n": "_brand.yml:3: error: '*x' is an alias",
    "logo: .\n": "_brand.yml:1: error: logo: . is a folder, not a file",
    "logo: set.md\n": "_brand.yml:1: error: logo: set.md is not a picture",
    "logo: /dev/zero\n": "_brand.yml:1: error: logo: /dev/zero is a device or a pipe",
    "typography:\n  base: '<b>'\n": "_brand.yml:2: error: typography.base: '<b>' is not the name",
    "typography:\n  base: X\n  fonts: [{family: X, files: [x.ttf, x.ttf]}]\n": "x.ttf cannot be",
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


def test_a_font_that_is_missing_is_said_once_and_only_for_the_workbook(tmp_path: Path) -> None:
    text = "typography:\n  base: X\n  headings: X\n  fonts:\n    - {family: X, files: [x.ttf]}\n"
    brand(tmp_path, text)
    with pytest.raises(SourceError) as raised:
        kit.build([tmp_path / "set.md"], tmp_path / "out")
    assert [each.line for each in raised.value.diagnostics] == [4]
    report = kit.build([tmp_path / "set.md"], tmp_path / "out", ["slides", "handout"])
    assert report.diagnostics == ()


def test_a_colour_that_yaml_takes_for_a_comment_is_named(tmp_path: Path) -> None:
    made, found = look(tmp_path, "color:\n  primary: #FFD400\n  palette:\n    sea: #005B99\n")
    assert made == StyleSheet()
    assert [
        "_brand.yml:2: warning: the colour primary has no value" in found[0],
        "_brand.yml:4: warning: the colour sea has no value" in found[1],
    ] == [True, True]


def test_a_brand_without_its_underscore_is_named_and_is_no_set(tmp_path: Path) -> None:
    brand(tmp_path, "color: {primary: teal}\n")
    (tmp_path / "_brand.yml").rename(tmp_path / "brand.yml")
    report = kit.build([tmp_path], tmp_path / "out", ["handout"])
    (found,) = report.diagnostics
    assert (found.path, found.hint) == (tmp_path / "brand.yml", "rename it to _brand.yml")


def test_a_brand_that_is_not_utf_8_is_an_error_that_says_so(tmp_path: Path) -> None:
    brand(tmp_path, "")
    (tmp_path / "_brand.yml").write_bytes("meta: {name: Höfe}".encode("latin-1"))
    with pytest.raises(SourceError, match=r"_brand\.yml: error: is not UTF-8"):
        kit.build([tmp_path / "set.md"], tmp_path / "out")


PALETTE = Image.new("RGB", (300, 100), (200, 30, 30)).quantize(4)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" '
    'fill="#C81E1E"/><image href="/{red}" width="9" height="9"/></svg>'
)


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("cmyk.jpg", Image.new("CMYK", (300, 100), (0, 217, 217, 55))),
        ("palette.png", PALETTE),
        ("palette.gif", PALETTE),
        ("grey.png", Image.new("I;16", (300, 100), 0x7000)),
        ("two.png", Image.new("LA", (300, 100), (0, 9))),
        ("bits.png", Image.new("1", (300, 100))),
        ("large.png", Image.new("RGB", (6000, 2000), (200, 30, 30))),
        ("webp.webp", Image.new("RGBA", (300, 100), (200, 30, 30, 255))),
    ],
)
def test_a_logo_is_a_plain_png_whatever_it_was(
    name: str, picture: Image.Image, tmp_path: Path
) -> None:
    picture.save(tmp_path / name)
    made, found = look(tmp_path, f"logo: {name}\n")
    assert made.logo and not found
    with Image.open(io.BytesIO(made.logo.data)) as logo:
        assert logo.format == "PNG" and logo.mode in ("RGB", "RGBA")
        assert logo.width == min(picture.width, 2000) == pytest.approx(3 * logo.height, abs=1)
        expected = {"grey.png": 0x70, "two.png": 0, "bits.png": 0}.get(name, 200)
        assert logo.convert("RGB").getpixel((9, 9))[0] == pytest.approx(expected, abs=6)


def test_an_svg_logo_is_drawn_without_what_it_links_to(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9), (0, 0, 255)).save(tmp_path / "blue.png")
    (tmp_path / "logo.svg").write_text(SVG.replace("/{red}", str(tmp_path / "blue.png")))
    made, found = look(tmp_path, "logo: logo.svg\n")
    assert made.logo and not found
    with Image.open(io.BytesIO(made.logo.data)) as logo:
        assert logo.size == (2000, 667)
        assert logo.convert("RGB").getcolors() == [(2000 * 667, (200, 30, 30))]


@pytest.mark.parametrize("family", ["", "sans-serif", "serif", "monospace", "No Such, Font"])
def test_the_text_of_an_svg_logo_is_drawn_whatever_its_font(tmp_path: Path, family: str) -> None:
    font = f'font-family="{family}"' if family else ""
    text = f'<text y="9" font-size="9" {font}>A</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">{text}</svg>'
    (tmp_path / "logo.svg").write_text(svg)
    made, found = look(tmp_path, "logo: logo.svg\n")
    assert made.logo and not found
    with Image.open(io.BytesIO(made.logo.data)) as logo:
        assert logo.getchannel("A").getbbox()


BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(8))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.svg", b"<svg", "is an SVG that cannot be drawn"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG that cannot be drawn"),
        ("a.svg", SVG.replace("30 10", "1 100000000").encode(), "is an SVG that cannot be drawn"),
        (
            "a.svg",
            f'<!DOCTYPE s [<!ENTITY a0 "aaaa">{BOMB}]><svg viewBox="0 0 9 9">&a8;</svg>'.encode(),
            "is an SVG that cannot be drawn",
        ),
        (
            "a.svg",
            SVG.replace("<rect", "<g>" * 250 + "<rect")
            .replace("/></svg>", "/>" + "</g>" * 250 + "</svg>")
            .encode(),
            "is an SVG that cannot be drawn",
        ),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is not a picture"),
        ("a.png", bytes(21 << 20), "is larger than 20 MB"),
    ],
)
def test_a_logo_that_cannot_be_drawn_is_an_error(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    _, found = look(tmp_path, f"logo: {name}\n")
    assert len(found) == 1 and f"logo: {name} {said}" in found[0]


def test_an_svg_logo_that_takes_too_long_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logo_module, "SECONDS", 2)
    blurred = '<filter id="f"><feTurbulence baseFrequency="5" numOctaves="999999"/></filter>'
    drawn = SVG.replace("<rect", f'{blurred}<rect filter="url(#f)"')
    (tmp_path / "a.svg").write_text(drawn, encoding="utf-8")
    _, found = look(tmp_path, "logo: a.svg\n")
    assert "logo: a.svg is an SVG that takes longer than 2 s to draw" in found[0]


def test_a_logo_of_too_many_pixels_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    Image.new("1", (13_000, 13_000)).save(tmp_path / "a.png")
    _, found = look(tmp_path, "logo: a.png\n")
    assert "has more than 50,000,000 pixels" in found[0]


def test_metadata_of_a_logo_stays_behind_and_it_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Secret place"  # turned by a quarter
    Image.new("RGB", (100, 300)).save(tmp_path / "a.jpg", exif=exif)
    made, _ = look(tmp_path, "logo: a.jpg\n")
    assert made.logo and (made.logo.width, made.logo.height) == (300, 100)
    assert b"Secret" not in made.logo.data


def test_a_damaged_font_is_an_error_that_names_it(tmp_path: Path) -> None:
    data = bytearray(file_of("sans-regular").read_bytes())
    place = data.index(b"GPOS", 0, 400)
    offset, length = (int.from_bytes(data[place + at : place + at + 4], "big") for at in (8, 12))
    data[offset : offset + length] = bytes([255]) * length
    (tmp_path / "own.ttf").write_bytes(data)
    brand(tmp_path, "typography: {base: Own, fonts: [{family: Own, files: [own.ttf]}]}\n")
    with pytest.raises(SourceError, match=r"own\.ttf: error: this font cannot be embedded"):
        kit.build([tmp_path / "set.md"], tmp_path / "out")
