"""The workbook as it prints: no page is blank, and no text nears the edge."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageOps

from generator.look.style import Palette

DPI = 40
EDGE_MM = 8
OPENERS = (3, 8, 13, 18)


@pytest.fixture(scope="module")
def pictures(shipped_kit: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(shipped_kit / "mentor-questions-workbook.pdf") as document:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]


def ink(picture: Image.Image, box: tuple[int, int, int, int] | None = None) -> bool:
    part = picture.crop(box) if box else picture
    return ImageOps.invert(part).getbbox() is not None


def test_the_bands_of_the_cover_have_the_colours_of_their_themes(shipped_kit: Path) -> None:
    with pypdfium2.PdfDocument(shipped_kit / "mentor-questions-workbook.pdf") as document:
        assert [round(length) for length in document[0].get_size()] == [595, 842]
        cover = document[0].render(scale=1).to_pil()
    middle = [
        cover.getpixel((3, round((132 + 103 / 8 + 103 / 4 * n) * 72 / 25.4))) for n in range(4)
    ]
    assert ["#{:02X}{:02X}{:02X}".format(*color) for color in middle] == list(
        Palette().surfaces[:4]
    )


def test_no_page_is_blank(pictures: list[Image.Image]) -> None:
    assert all(ink(picture) for picture in pictures)


def test_nothing_is_printed_near_the_edges_but_tints_bands_and_the_thumb_tab(
    pictures: list[Image.Image],
) -> None:
    edge = round(EDGE_MM / 25.4 * DPI)
    for number, picture in enumerate(pictures, 1):
        width, height = picture.size
        right_hand = number % 2 == 1
        inner = (0, 0, edge, height) if right_hand else (width - edge, 0, width, height)
        colored = number == 1 or number in OPENERS
        for box in [(0, 0, width, edge), (0, height - edge, width, height), inner]:
            part = picture.crop(box)
            # Areas of one colour run to the edge; text would have other colours in its row.
            rows = (part.crop((0, y, part.width, y + 1)) for y in range(part.height))
            assert all(len(set(row.getextrema())) == 1 for row in rows), f"page {number}"
            assert colored or not ink(picture, box), f"page {number}"
