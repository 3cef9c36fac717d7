"""Question sets of any size, the same in every run: themes of ten, an intro, follow-ups, notes."""

from __future__ import annotations

import random
from typing import Any

_STEMS = """
ab ask bal bar bel ben bor bra cal can cer cha com cor cre dal del dis dor ela en fal fer fin fol
gar gen gra hal har hel in jun kan kel lam lan lem lis lo mal man mar mer min mor nal nel nor
ol or pal par pel per pin por ral ram ren ris ro sal san sel ser sil sol tal tam tel ter tor ul
val van ver vin vor wal wel win yar zel
""".split()  # noqa: SIM905
_ENDS = ["a", "ance", "ed", "el", "er", "ful", "ing", "ion", "ment", "ly", "o", "us"]
WORDS = [stem + end for stem in _STEMS for end in _ENDS]
"""About a thousand made-up words: more than one page's cache of widths."""


def book(questions: int, seed: int = 1) -> dict[str, Any]:
    """Title and themes; every third question has one to three follow-ups, every fifth a note."""
    pick = random.Random(seed)

    def sentence(low: int, high: int, end: str) -> str:
        return " ".join(pick.choices(WORDS, k=pick.randint(low, high))).capitalize() + end

    def question(number: int) -> dict[str, Any]:
        followups = pick.randint(1, 3) if number % 3 == 0 else 0
        return {
            "number": number,
            "text": sentence(5, 28, "?"),
            "followups": [sentence(4, 12, "?") for _ in range(followups)],
            "note": sentence(6, 20, ".") if number % 5 == 0 else "",
        }

    themes = [
        {
            "title": sentence(2, 5, ""),
            "intro": " ".join(sentence(8, 20, ".") for _ in range(3)),
            "questions": [question(n) for n in range(first, min(first + 10, questions + 1))],
        }
        for first in range(1, questions + 1, 10)
    ]
    return {"title": f"A set of {questions} questions", "themes": themes}


def markdown(book: dict[str, Any]) -> str:
    """The set as our source."""
    lines = ["---", f'title: "{book["title"]}"', "slug: set", "---", ""]
    for theme in book["themes"]:
        lines += [f"# {theme['title']}", "", theme["intro"], ""]
        for question in theme["questions"]:
            mark = f"{question['number']}. "
            indent = " " * len(mark)
            lines.append(mark + question["text"])
            lines += [f"{indent}- {text}" for text in question["followups"]]
            if question["note"]:
                lines += ["", f"{indent}::: notes", indent + question["note"], f"{indent}:::"]
            lines.append("")
    return "\n".join(lines)
