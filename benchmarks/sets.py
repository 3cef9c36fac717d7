"""Question sets of any size, the same in every run: themes of ten, an intro, follow-ups, notes.

`sets.py SIZE FOLDER` writes set.json and deck.md for the peers and set.md for us; size 0 is the
shipped set.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "source" / "mentor-questions.md"

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
    lines = ["---", f'title: "{book["title"]}"', "slug: set", "lang: en", "---", ""]
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


def deck(book: dict[str, Any]) -> str:
    """The set for pandoc's slides, a question on each; what stands under it is a list."""
    lines = [f"% {book['title']}", ""]
    for theme in book["themes"]:
        lines += [f"# {theme['title']}", ""]
        for question in theme["questions"]:
            lines += [f"## {question['number']}. {question['text']}", ""]
            lines += [f"- {text}" for text in question["followups"]]
            lines += ["", "::: notes", question["note"], ":::", ""] if question["note"] else [""]
    return "\n".join(lines)


def read(path: Path) -> dict[str, Any]:
    """A set of ours in the form of `book`, for those who do not read it."""
    sys.path.insert(0, str(ROOT))
    from generator import readers
    from generator.model import plain

    made = readers.read(path).question_set
    return {
        "title": made.title,
        "themes": [
            {
                "title": plain(theme.title),
                "intro": " ".join(map(plain, theme.intro)),
                "questions": [
                    {
                        "number": question.number,
                        "text": plain(question.text),
                        "followups": [plain(each.text) for each in question.followups],
                        "note": " ".join(plain(note.text) for note in question.notes),
                    }
                    for question in theme.questions
                ],
            }
            for theme in made.themes
        ],
    }


if __name__ == "__main__":
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    made = book(size) if size else read(SHIPPED)
    (folder / "set.json").write_text(json.dumps(made), encoding="utf-8")
    (folder / "set.md").write_text(markdown(made), encoding="utf-8")
    (folder / "deck.md").write_text(deck(made), encoding="utf-8")
