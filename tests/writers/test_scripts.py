"""Sets in other scripts: with fonts of the system, where it has them; required in CI."""

import os
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import docx
import page as validation
import pikepdf
import pypdfium2
import pytest
from conftest import squash
from PIL import ImageOps
from plans import Book, Box, Fonts, Link, Rules, Text
from tagged import elements, reversed_strings

from generator.look.style import StyleSheet
from generator.model import Question, QuestionSet, Span, Theme
from generator.strings import for_language
from generator.text.lines import Measured
from generator.writers import Context, handout, slides, workbook
from generator.writers.office import metrics

QUESTIONS = {
    "ar": (
        "أسئلة لمرشدك",
        "ما الفرق بين HTML (HyperText) و CSS؟",
        "كيف تتعامل مع النقد البنّاء خلال 12 شهرًا، خصوصًا حين يأتي من شخص لا تعرفه؟ اكتب ما تسمعه.",
        "هل نسبة 50% كافية، ولماذا لا؟",
    ),
    "he": ("שאלות למנטור", "מה תרצה להשיג ב-12 החודשים הקרובים (HTML)?"),
    "hi": (
        "मेंटर के लिए प्रश्न",
        "स्त्री-शक्ति, क्षमा और ज्ञान के बारे में आपके विचार क्या हैं, और HTML में क्या अंतर है?",
    ),
    "bn": ("পরামর্শদাতার জন্য প্রশ্ন", "কোন কৌশল আপনার জন্য সবচেয়ে ভালো কাজ করেছে?"),
    "zh": (
        "给导师的问题",
        "在接下来的 12 个月里，你想实现什么目标？你怎么知道自己已经"
        "达到了“目标”，谁会第一个注意到？",
    ),
    "ja": ("メンターへの質問", "「成功」とはどのような状態だと考えていますか。"),
    "ko": ("멘토에게 하는 질문", "앞으로 12개월 동안 무엇을 이루고 싶습니까?"),
    "el": ("Ερωτήσεις", "Τι θέλεις να πετύχεις, και γιατί;"),
}


def set_of(lang: str) -> QuestionSet:
    title, *texts = QUESTIONS[lang]
    questions = tuple(Question(n, (Span(text),), n) for n, text in enumerate(texts, 1))
    theme = Theme(1, (Span(title),), 1, questions, ((Span(title),),))
    return QuestionSet(title, "set", (theme,), Path("set.md"), lang=lang)


def plan_of(lang: str) -> Book:
    """Skips where the system has no font of the script."""
    if Fonts((), lang).missing((Span("".join(QUESTIONS[lang])),)):
        assert not os.environ.get("CI"), f"fonts for {lang} are required in CI"
        pytest.skip(f"no font for {lang}")
    return workbook.plan(set_of(lang), Context(strings=for_language(lang)))


def written(plan: Book, to: Path) -> Path:
    (to / "set.pdf").write_bytes(workbook.write(plan).data)
    return to / "set.pdf"


@pytest.mark.parametrize("lang", QUESTIONS)
def test_the_text_of_a_workbook_is_that_of_its_source_in_any_script(
    lang: str, tmp_path: Path
) -> None:
    path = written(plan_of(lang), tmp_path)
    said = [element.text.strip() for element in elements(path)]
    assert all(text in said for text in QUESTIONS[lang])
    for profile in ("ua1", "2a"):
        assert validation.validate_pdf(str(path), profile=profile).is_compliant


def test_arabic_strings_follow_each_other_as_they_are_read(tmp_path: Path) -> None:
    """ISO 32000-1, 14.8.2.3.3, for programs that know no ActualText: within a string characters are
    reversed, and no string is longer than a word."""
    path = written(plan_of("ar"), tmp_path)
    words = {word for text in QUESTIONS["ar"] for word in text.split()}
    shown = reversed_strings(path)
    assert all(" " not in string.strip() for string in shown)
    whole = [word for word in words if not any(c.isascii() and c.isalpha() for c in word)]
    assert sum(word in shown for word in whole) > len(whole) * 0.8


@pytest.mark.parametrize("lang", ["zh", "ja", "ko"])
def test_programs_that_know_no_tags_read_the_same_text(lang: str, tmp_path: Path) -> None:
    path = written(plan_of(lang), tmp_path)
    document = pypdfium2.PdfDocument(path)
    shown = "".join(page.get_textpage().get_text_range() for page in document)
    assert all(squash(text) in squash(shown) for text in QUESTIONS[lang])


def boxes_of(lang: str, kind: str) -> tuple[Box, ...]:
    plan = plan_of(lang)
    return next(page.boxes for page in plan.pages if page.kind == kind)


def test_a_page_in_arabic_is_mirrored() -> None:
    boxes = boxes_of("ar", "questions")
    (number,) = [box for box in boxes if isinstance(box, Text) and box.text == "1"]
    rules = [box for box in boxes if isinstance(box, Rules)]
    assert all(number.x > max(rule.x0, rule.x1) for rule in rules)
    assert {min(rule.x0, rule.x1) for rule in rules} == {0.0}


@pytest.mark.parametrize("lang", ["ar", "he", "hi", "bn"])
def test_slides_reckon_no_text_of_another_script_too_narrow(lang: str) -> None:
    """A line too many would hide what stands below it."""
    fonts, plan = metrics.Fonts(), plan_of(lang)
    more = [Span("أسئلة لمرشدك هل تستخدم أو"), Span("ما الذي دفعك إلى الموافقة")] * (lang == "ar")
    for span in (*map(Span, QUESTIONS[lang]), *more):
        face = plan.fonts.face(plan.fonts.name_of(span, StyleSheet().workbook.question))
        reckoned = fonts.measured((span,), "Cambria-bold").width
        assert reckoned >= face.width(span.text, 1.0), span.text


def test_the_contents_of_an_arabic_book_stand_between_rules_of_one_width() -> None:
    boxes = boxes_of("ar", "how-to")
    rules = {(round(box.x0, 1), round(box.x1, 1)) for box in boxes if isinstance(box, Rules)}
    assert len(rules) == 1


def test_an_arabic_book_is_bound_at_the_right(tmp_path: Path) -> None:
    arabic, greek = plan_of("ar"), plan_of("el")
    assert arabic.pages[0].left < arabic.pages[1].left
    assert greek.pages[0].left > greek.pages[1].left
    with pikepdf.open(written(arabic, tmp_path)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"


def test_latin_words_in_an_arabic_line_run_from_the_left_and_do_not_overlap() -> None:
    boxes = [box for box in boxes_of("ar", "questions") if isinstance(box, Text)]
    line = [box for box in boxes if box.y == next(b.y for b in boxes if "HTML" in b.text)]
    assert next(box for box in line if "HTML" in box.text).text == "HTML (HyperText)"
    placed = sorted((box for box in line if box.text.strip()), key=lambda box: box.x)
    assert [box.rtl for box in placed] == [True, False, True, False, True, False]
    faces = Fonts((), "ar")
    faces.missing((Span("".join(QUESTIONS["ar"])),))
    for left, right in pairwise(placed):
        width = faces.face(left.face).width(left.text, left.size)
        assert left.x + width <= right.x + 0.01


@pytest.mark.parametrize("lang", QUESTIONS)
def test_glyphs_stand_where_they_were_planned(lang: str, tmp_path: Path) -> None:
    """The ink of each text begins and ends where the plan says, in whatever order it was drawn."""
    plan, scale = plan_of(lang), 3
    document = pypdfium2.PdfDocument(written(plan, tmp_path))
    for page, drawn in zip(plan.pages, document, strict=True):
        if page.kind != "questions":
            continue
        picture = ImageOps.invert(drawn.render(scale=scale).to_pil().convert("L"))
        for box in page.boxes:
            if not (isinstance(box, Text) and box.text.strip()):
                continue
            left, base = page.left + box.x, plan.top + box.y
            width = plan.fonts.face(box.face).width(box.text.rstrip(), box.size)
            near = box.size / 2
            area = (left - near, base - box.size * 0.8, left + width + near, base + box.size * 0.2)
            ink = picture.crop(tuple(round(each * scale) for each in area)).getbbox()
            assert ink, box.text
            assert ink[0] < 3 * near * scale, box.text
            assert ink[2] > (width - near) * scale, box.text


def test_chinese_is_broken_between_characters_but_not_before_closing_punctuation() -> None:
    text = QUESTIONS["zh"][1]
    for width in range(3, 20):
        lines = Measured((Span(text),), lambda _: lambda word: float(len(word))).lines(width)
        shown = ["".join(span.text for span in line) for line in lines]
        assert all(len(line) <= width for line in shown)
        assert not any(line[0] in "，。？”" or line[-1] == "“" for line in shown)


def test_a_face_takes_quotation_marks_from_the_font_of_the_letters_between_them() -> None:
    plan = plan_of("zh")
    face = plan.fonts.face("serif-regular")
    assert len(face.words["“目标”"].runs) == 1
    assert len(face.words["“aims”"].runs) == 1


def test_word_and_powerpoint_are_told_the_direction_and_the_language(tmp_path: Path) -> None:
    for document, parts in (
        (handout, {"word/document.xml": ("<w:rtl/>", "<w:bidi"), "word/styles.xml":
                   ("<w:bidi/>", 'w:bidi="ar"', "<w:bCs/>"), "word/settings.xml": ('"ar"',)}),
        (slides, {"ppt/slideLayouts/slideLayout1.xml": ('rtl="1"', 'rtlCol="1"', 'algn="r"'),
                  "ppt/slides/slide4.xml": ('lang="ar"',)}),
    ):  # fmt: skip
        plan = document.plan(set_of("ar"), Context())
        path = tmp_path / "made.zip"
        path.write_bytes(document.write(plan).data)
        with ZipFile(path) as package:
            for name, wanted in parts.items():
                xml = package.read(name).decode()
                assert all(each in xml for each in wanted), name


def test_latin_words_in_arabic_are_runs_of_their_own_in_word(tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(handout.write(handout.plan(set_of("ar"), Context())).data)
    asked = next(each for each in docx.Document(path).paragraphs if "HTML" in each.text)
    turned = {run.text: run._r.find(".//{*}rtl") is not None for run in asked.runs}
    assert turned["HTML (HyperText)"] is False
    assert turned["CSS"] is False
    assert sum(turned.values()) == 3


def line_of(plan: Book, *spans: Span) -> list[Text]:
    """The texts of a first question, from the left."""
    page = next(page for page in plan.pages if page.kind == "questions")
    words = {word for span in spans for word in span.text.split()}
    boxes = [b for b in page.boxes if isinstance(b, Text) and words & set(b.text.split())]
    assert len({box.y for box in boxes}) == 1
    return sorted(boxes, key=lambda box: box.x)


def asking(lang: str, *spans: Span) -> Book:
    theme = Theme(1, (Span(QUESTIONS["ar"][0]),), 1, (Question(1, spans, 1),))
    made = QuestionSet("س", "set", (theme,), Path("set.md"), lang=lang)
    return workbook.plan(made, Context(strings=for_language(lang)))


def test_a_sentence_from_the_left_keeps_its_order_across_styles_in_an_arabic_book() -> None:
    spans = (Span("Why does "), Span("List", code=True), Span(" need "), Span("it", emphasis=True))
    shown = " ".join(box.text.strip() for box in line_of(asking("ar", *spans), *spans))
    assert shown.split() == ["Why", "does", "List", "need", "it"]


def test_an_arabic_sentence_keeps_its_order_across_styles_in_a_latin_book() -> None:
    spans = (Span("ما "), Span("الفرق", emphasis=True), Span(" هنا"), Span(" (CSS)"))
    shown = [box.text.strip() for box in line_of(asking("en", *spans), *spans)]
    assert [text for text in shown if text] == ["هنا", "الفرق", "ما", "(CSS)"]


def test_links_and_underlines_go_with_their_words() -> None:
    link = Span("page", href="https://example.org/a")
    spans = (Span("Why this "), link, Span(" and "), Span("هذا", strong=True), Span(" now"))
    plan = asking("ar", *spans)
    page = next(page for page in plan.pages if page.kind == "questions")
    texts = {box.text.strip(): box for box in line_of(plan, *spans)}
    (area,) = [box for box in page.boxes if isinstance(box, Link) and box.uri]
    assert area.x == texts["page"].x
    face = plan.fonts.face(texts["page"].face)
    assert area.width == pytest.approx(face.width("page", texts["page"].size))
    strong = texts["هذا"]
    (line,) = [b for b in page.boxes if isinstance(b, Rules) and 0 < b.y0 - strong.y < 4]
    assert line.x0 == strong.x
