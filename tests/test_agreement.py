"""The three documents say the same: themes, questions, numbers and order.

Each is read back with another library than the one that wrote it, and held against the lines of
the source, not against our reader.
"""

import itertools
from pathlib import Path

import mammoth
import pypdf
import pypdfium2
import pytest
from conftest import Listed, squash
from lxml import html


def pdf_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [squash(page.get_textpage().get_text_bounded()) for page in document]


def test_the_source_lists_forty_questions_in_four_themes(listed: list[Listed]) -> None:
    assert [len(theme.questions) for theme in listed] == [10, 10, 10, 10]
    numbers = [number for theme in listed for number, _ in theme.questions]
    assert numbers == list(range(1, 41))


def test_the_workbook_outline_has_every_theme_and_question_in_order(
    shipped_kit: Path, listed: list[Listed]
) -> None:
    reader = pypdf.PdfReader(shipped_kit / "mentor-questions-workbook.pdf")
    themes: list[tuple[str, list[str]]] = []
    for entry, following in itertools.pairwise([*reader.outline, None]):
        if isinstance(following, list):
            themes.append((entry.title, [question.title for question in following]))
    assert len(themes) == len(listed)
    for (title, questions), theme in zip(themes, listed, strict=True):
        assert squash(theme.title) in squash(title)
        assert len(questions) == len(theme.questions)
        for shown, (number, text) in zip(questions, theme.questions, strict=True):
            assert squash(text) in squash(shown)
            assert str(number) in shown


def test_the_workbook_asks_each_question_on_one_page_after_its_opener(
    shipped_kit: Path, listed: list[Listed]
) -> None:
    pages = pdf_pages(shipped_kit / "mentor-questions-workbook.pdf")
    previous = -1
    for theme in listed:
        for _, text in theme.questions:
            listing, asking = (i for i, page in enumerate(pages) if squash(text) in page)
            assert squash(theme.title) in pages[listing]
            assert squash(theme.title) in pages[asking]  # the running foot
            assert listing < asking
            assert asking >= previous
            previous = asking


def test_the_handout_numbers_every_question_under_its_theme(
    shipped_kit: Path, listed: list[Listed]
) -> None:
    path = shipped_kit / "mentor-questions-handout.docx"
    with path.open("rb") as file:
        body = html.fromstring(mammoth.convert_to_html(file).value)
    flow = [squash(block.text_content()) for block in body.iter("h1", "li", "p")]
    places = [
        flow.index(squash(text))
        for theme in listed
        for text in [theme.title, *(question for _, question in theme.questions)]
    ]
    assert places == sorted(places)
    headings = [squash(heading.text_content()) for heading in body.iter("h1")]
    assert headings == [squash(theme.title) for theme in listed]


@pytest.mark.parametrize("name", ["handout.docx", "slides.pptx"])
def test_libreoffice_shows_every_text_once_in_order_and_inside_the_page(
    shipped_kit: Path, listed: list[Listed], to_pdf, name: str
) -> None:
    converted = to_pdf(shipped_kit / f"mentor-questions-{name}")
    # pdfium takes a hyphen at the end of a line for one that was added there.
    pages = [page.replace("-", "") for page in pdf_pages(converted)]
    previous = -1
    for theme in listed:
        for number, text in theme.questions:
            # The handout's numbers are made by its list; a slide has its own place for them.
            text = squash(text).replace("-", "")  # noqa: PLW2901
            wanted = text if name.endswith("pptx") else f"{number}.{text}"
            shown = [i for i, page in enumerate(pages) if wanted in page]
            # A slide deck lists its questions in an overview before it asks them.
            assert len(shown) == (2 if name.endswith("pptx") else 1), text
            assert shown[-1] >= previous
            previous = shown[-1]
    assert characters_outside(converted) == []


def characters_outside(path: Path) -> list[tuple[int, str]]:
    """Page number and text of every character whose box leaves its page."""
    outside = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if left < 0 or bottom < 0 or right > width or top > height:
                    outside.append((number, text.get_text_range(index, 1)))
    return outside
