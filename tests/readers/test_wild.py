"""Sets as people write them, with exact results. Everything here was counted in the files by eye
and with grep, never by the reader."""

from pathlib import Path
from typing import NamedTuple

import pytest

from generator import readers
from generator.model import plain

WILD = Path(__file__).parents[1] / "fixtures" / "wild"


class Set(NamedTuple):
    title: str
    lang: str
    themes: list[tuple[str, int, int]]
    """Title, questions, follow-ups."""
    first: str
    last: str
    said: list[str]
    """Severity, line and a word of each diagnostic."""


def _code(*lines: int) -> list[str]:
    return [f"warning {line} code block" for line in lines]


SETS = {
    "css-questions": Set(
        "CSS Questions", "en", [("CSS Questions", 35, 2)],
        "What is CSS selector specificity and how does it work?",
        "What is the difference between fixed, fluid and responsive layouts?", [],
    ),
    "general-questions": Set(
        "General Questions", "en", [("General Questions", 29, 3)],
        "What did you learn yesterday/this week?",
        "Describe the difference between SSR and CSR. Discuss the pros and cons.", [],
    ),
    "frontend-de": Set(
        "Fragen im Bewerbungsgespräch für Frontend-Entwickler/-innen", "de",
        [
            ("Allgemeine Fragen", 30, 3), ("HTML Fragen", 13, 0), ("CSS Fragen", 35, 2),
            ("JS Fragen", 43, 6), ("Code Fragen", 4, 0), ("Test Fragen", 5, 0),
            ("Performance Fragen", 3, 0), ("Netzwerk Fragen", 7, 6), ("Spaß Fragen", 4, 0),
        ],
        "Was hast du gestern/diese Woche gelernt?",
        "Hast du irgendwelche Nebenprojekte? Welche Art?",
        ["note None taken to be German", "note 9 list of links", *_code(167, 172)],
    ),
    "frontend-el": Set(
        "Ερωτήσεις συνέντευξης για υποψήφιους Frond-end developers", "el",
        [
            ("Γενικές Ερωτήσεις", 19, 1), ("HTML Ερωτήσεις", 8, 2), ("CSS Ερωτήσεις", 24, 3),
            ("JS Ερωτήσεις", 38, 4), ("jQuery Ερωτήσεις", 11, 0),
            ("Code Ερωτήσεις", 5, 0), ("Διασκεδαστικές Ερωτήσεις", 4, 0),
        ],
        "Τι μάθατε χτές/αυτή την εβδομάδα;",
        "Ποιο είναι το αγαπημένο σας χαρακτηριστικό στον Internet Explorer?",
        [
            "note 10 welcome", "note 18 list of links", "note 28 list of links",
            *_code(164, 186), *_code(193, 199, 206, 213, 220),
            "note 236 list of links",
        ],
    ),
    "frontend-zh": Set(
        "前端工作面试问题", "zh",
        [
            ("常见问题", 20, 1), ("HTML 相关问题", 13, 0), ("CSS 相关问题", 31, 2),
            ("JS 相关问题", 42, 7), ("测试相关问题", 4, 0), ("效能相关问题", 3, 0),
            ("网络相关问题", 6, 6), ("趣味问题", 6, 0),
        ],
        "你在昨天/本周学到了什么？", "你对咖啡有没有什么喜好？",
        [
            "note 10 welcome", "note 14 list of links", "note 28 list of links", *_code(140),
            "warning 191 '代码相关的问题'", *_code(194, 199, 205, 210, 215, 225, 232, 239),
            "note 257 '贡献者'",
        ],
    ),
    "frontend-hi": Set(
        "फ्रंट-एंड डेवलपर साक्षात्कार प्रश्न", "hi",
        [
            ("सामान्य सवाल", 30, 3), ("एच.टी.एम्.एल के प्रश्न", 13, 1), ("CSS प्रश्न", 34, 0),
            ("JS प्रश्न", 49, 0), ("कोडिंग प्रश्न", 4, 0), ("कोडिंग प्रश्न: परीक्षण के प्रश्न", 5, 0),
            ("कोडिंग प्रश्न: प्रदर्शन के प्रश्न", 3, 0), ("कोडिंग प्रश्न: नेटवर्क के प्रश्न", 7, 6),
            ("कोडिंग प्रश्न: मजेदार सवाल", 4, 0),
        ],
        "क्या आपने कल/इस हफ्ते कुछ सीखा?",
        "क्या आपने कोई व्यक्तिगत परियोजनाएं बनाई है? अगर हां, तो किस प्रकार की बनाई है उसका वर्णन करें?",
        ["note 12 list of links", "note 22 list of links", *_code(175, 180)],
    ),
    "frontend-ar": Set(
        "أسئلة مقابله شخصية في تطوير واجهةالويب", "ar",
        [
            ("أسئلة عامة", 20, 1), ("أسئلة HTML", 13, 0), ("أسئلة CSS", 31, 2), ("أسئلة JS", 41, 8),
            ("أسئلة اختبار البرمجيات Testing", 4, 0), ("أسئلة أداء البرمجيات Performance", 3, 0),
            ("أسئلة شبكات Network", 5, 6), ("أسئلة برمجة", 8, 0),
            ("أسئلة مسلية", 6, 0),
        ],
        "ماذا تعلمت بالأمس/هذا الأسبوع؟", "كيف تحب قهوتك؟",
        [
            "note 10 welcome", "note 18 list of links", "note 32 list of links", *_code(157),
            *_code(223, 229, 236, 242, 248, 259, 267, 275),
            "warning 293 'المساهمون'",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SETS)
def test_a_set_from_the_wild_is_read_whole(name: str) -> None:
    expected = SETS[name]
    made, diagnostics = readers.read(WILD / f"{name}.md")
    assert (made.title, made.lang) == (expected.title, expected.lang)
    themes = [
        (plain(theme.title), len(theme.questions), sum(len(q.followups) for q in theme.questions))
        for theme in made.themes
    ]
    assert themes == expected.themes
    first, last = made.themes[0].questions[0], made.themes[-1].questions[-1]
    assert (plain(first.text), plain(last.text)) == (expected.first, expected.last)
    numbers = [question.number for theme in made.themes for question in theme.questions]
    assert numbers == list(range(1, sum(questions for _, questions, _ in themes) + 1))
    assert len(diagnostics) == len(expected.said)
    for found, said in zip(diagnostics, expected.said, strict=True):
        severity, line, words = said.split(" ", 2)
        assert (found.severity, str(found.line)) == (severity, line)
        assert words in found.message
