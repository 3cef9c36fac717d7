"""The answer space that a question asks for: `{lines=6}`, `{box="7cm"}`, `answer: none`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from generator.model import AnswerKind, AnswerSpace
from generator.readers.problems import Problems

KEYS = ("lines", "box", "grid", "dots", "scale", "answer")
MAX_LINES = 300
MIN_MM, MAX_MM = 5, 2000
MAX_STEPS = 11
"""Rules, millimetres and labels that a page can hold. More is an error, never cut."""

MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "line": 8.0, "lines": 8.0}
_BLOCK = re.compile(r"(?<!\\)\{([^{}\n]*)\}\s*$")
_PAIR = re.compile(r"""\s*([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'“]+))(?=\s|$)""")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(mm|cm|in|lines?)", re.IGNORECASE)
_SCALE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")


def take(text: str, line: int, problems: Problems) -> tuple[str, AnswerSpace | None]:
    """Part a Markdown text from the brace block at its end, if every key of it is ours."""
    block = _BLOCK.search(text)
    if not block:
        return text, None
    pairs = _pairs(block[1])
    unknown = [key for key in pairs or {} if key not in KEYS]
    if not pairs or unknown:
        _warn(block[0].strip(), unknown, line, problems)
        return text, None
    return text[: block.start()].rstrip(), answer_space(pairs, line, problems)


def from_setting(value: object, line: int, problems: Problems) -> AnswerSpace | None:
    """The front matter's `answer`: `lines=6`, `none`, or a mapping such as `{lines: 6}`."""
    pairs: dict[str, str] | None = None
    if isinstance(value, Mapping):
        pairs = {str(key): str(item) for key, item in value.items()}
    elif isinstance(value, str):
        text = value.strip().removeprefix("{").removesuffix("}")
        pairs = {"answer": text} if text == "none" else _pairs(text)
    if not pairs or any(key not in KEYS for key in pairs):
        problems.error("'answer' is not an answer space", line, _hint([]))
        return None
    return answer_space(pairs, line, problems)


def answer_space(pairs: Mapping[str, str], line: int, problems: Problems) -> AnswerSpace | None:
    """The space that known keys ask for; None, and an error, where they ask for no such thing."""
    if len(pairs) > 1:
        problems.error(
            f"more than one answer space: {', '.join(pairs)}", line, "keep the one that you want"
        )
        return None
    key, value = next(iter(pairs.items()))
    made: AnswerSpace | None
    if key == "lines":
        made, hint = _lines(value), f"give a whole number from 1 to {MAX_LINES}, or lines=fill"
    elif key == "scale":
        made = _scale(value)
        hint = f'give the first and the last label, as in scale="1-5"; at most {MAX_STEPS} labels'
    elif key == "answer":
        made = AnswerSpace(AnswerKind.NONE) if value == "none" else None
        hint = "only answer=none is known"
    else:
        made = _sized(AnswerKind(key), value)
        hint = (
            f'give a height from {MIN_MM} mm to {MAX_MM} mm, as in {key}="7cm" (mm, cm, in, lines)'
        )
    if made is None:
        problems.error(f"{key}={value} is not possible", line, hint)
    return made


def _pairs(text: str) -> dict[str, str] | None:
    """`key=value` pairs; None when there is anything else."""
    pairs: dict[str, str] = {}
    place = 0
    while text[place:].strip():
        pair = _PAIR.match(text, place)
        if not pair:
            return None
        pairs[pair[1]] = next(value for value in pair.groups()[1:] if value is not None).strip()
        place = pair.end()
    return pairs


def _lines(value: str) -> AnswerSpace | None:
    if value == "fill":
        return AnswerSpace(fill=True)
    if re.fullmatch(r"[0-9]{1,4}", value) and 1 <= int(value) <= MAX_LINES:
        return AnswerSpace(lines=int(value))
    return None


def _sized(kind: AnswerKind, value: str) -> AnswerSpace | None:
    size = _SIZE.fullmatch(value)
    height = float(size[1]) * MM[size[2].lower()] if size else 0.0
    return AnswerSpace(kind, height_mm=height) if MIN_MM <= height <= MAX_MM else None


def _scale(value: str) -> AnswerSpace | None:
    ends = _SCALE.fullmatch(value)
    first, last = (int(ends[1]), int(ends[2])) if ends else (0, 0)
    possible = 1 <= last - first < MAX_STEPS
    return AnswerSpace(AnswerKind.SCALE, scale=(first, last)) if possible else None


def _warn(block: str, unknown: list[str], line: int, problems: Problems) -> None:
    words = unknown or re.findall(r"[a-zA-Z]+", block)[:1]
    close = [key for word in words for key in difflib.get_close_matches(word.lower(), KEYS, n=1)]
    problems.warning(f"{block} is not an answer space and is shown as text", line, _hint(close))


def _hint(close: list[str]) -> str:
    if close:
        return f"did you mean {close[0]}=?"
    return (
        'known are lines=6, lines=fill, box="7cm", grid="7cm", dots="7cm", scale="1-5", answer=none'
    )
