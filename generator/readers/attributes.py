"""Attributes in braces after a question or a title: `{lines=6}`, `{tags="goals" minutes=5}`.

They give its answer space, its tags and minutes, or `.skip` to leave it out. An identifier
(`{#goals}`, as pandoc and Google Docs write it after headings) has no meaning here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.diagnostics import Problems
from generator.model import AnswerKind, AnswerSpace

SPACES = ("lines", "box", "grid", "dots", "scale", "choices", "answer")
DETAILS = ("from", "to", "pick")
"""Keys that add to a scale or to choices: the words at its ends; one or many to tick."""
KEYS = (*SPACES, *DETAILS, "tags", "minutes", ".skip")
MAX_LINES = 300
MIN_MM, MAX_MM = 5, 2000
MAX_STEPS = 11
"""Maximum rules, millimetres and labels that fit on a page. More is an error, and never cut."""
MAX_MINUTES = 600

MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "line": 8.0, "lines": 8.0}
ESCAPED, IMAGE = "\ufdd0", "\ufdd2"
"""Characters that mark places in the text of a block, and that no source can contain. ESCAPED: the
brace after it was typed with a backslash. IMAGE: the description of an image begins or ends."""
_SKIP = re.compile(r"<!--\s*skip\s*-->", re.IGNORECASE)
_BLOCK = re.compile(rf"(?<!{ESCAPED})\{{([^{{}}\n]*)\}}\s*$")
_STRAY = re.compile(rf"(?<!{ESCAPED})\{{\s*(?:{'|'.join(KEYS[:-1])})\s*=[^}}\n]*\}}?")
_VALUE = r"""(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'“]+))"""
_PAIR = re.compile(rf"\s*(?:(\.skip|#[\w.:-]+)|([\w-]+)\s*=\s*{_VALUE})(?=\s|$)")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(mm|cm|in|lines?)", re.IGNORECASE)
_SCALE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_TO = r"(?:-|–|—|\.\.\.?|to|bis|à|a|al|até|tot|do|till|til|до)"
_RATED = re.compile(
    rf"\D{{0,30}}(\d{{1,2}})\s*{_TO}\s*(\d{{1,2}})\s*(?:\((.{{1,60}}?)\s{_TO}\s(.{{1,60}})\)|\D{{0,3}})"
)
_LABELS = re.compile(r"\W*(?:\d{1,2}\W+){2,10}\d{1,2}\W*")
"""Labels of a scale one after the other, with or without a mark at each."""
_OUT_OF = re.compile(r"[_\s.…]*/\s*(\d{1,2})")


class Attributes(NamedTuple):
    answer: AnswerSpace | None = None
    tags: tuple[str, ...] = ()
    minutes: int | None = None
    skip: bool = False


NOTHING = Attributes()


def is_skip(html: str) -> bool:
    """Return True if a comment asks to skip the block that it stands in."""
    return bool(_SKIP.fullmatch(html.strip()))


def with_braces(text: str) -> bool:
    """Return True if a text ends in braces in which every key is known."""
    block = _BLOCK.search(text)
    pairs = _pairs(block[1]) if block else None
    return bool(pairs) and all(key in KEYS or key[0] == "#" for key in pairs or ())


def take(text: str, line: int, problems: Problems) -> tuple[int, Attributes]:
    """Return the length of a text without the braces at its end, and the attributes in them. Braces
    are only taken if every key in them is known."""
    if _SKIP.search(text):
        return len(text), Attributes(skip=True)
    block = _BLOCK.search(text)
    inside = text[: block.start()] if block else text
    if stray := _STRAY.search(inside):
        hint = "write one pair of braces, at the very end of the question or the title"
        problems.warning(f"{stray[0]} is printed as text, because it is not at the end", line, hint)
    if not block:
        return len(text), NOTHING
    pairs = _pairs(block[1])
    unknown = [key for key in pairs or {} if key not in KEYS and key[0] != "#"]
    if not pairs or unknown:
        _warn(block[0].strip(), unknown, line, problems)
        return len(text), NOTHING
    spaces = {key: value for key, value in pairs.items() if key in (*SPACES, *DETAILS)}
    found = Attributes(
        answer_space(spaces, line, problems) if spaces else None,
        tags_in(pairs.get("tags", "")),
        _minutes(pairs["minutes"], line, problems) if "minutes" in pairs else None,
        ".skip" in pairs,
    )
    return len(inside.rstrip()), found


def of_fields(answer: str, tags: str, minutes: str, line: int, problems: Problems) -> Attributes:
    """Return the attributes that are given in columns or keys of their own, such as `lines=6` or
    `none`, `goals first-meeting`, and `5`."""
    return Attributes(
        from_setting(answer, line, problems) if answer else None,
        tags_in(tags),
        _minutes(minutes, line, problems) if minutes else None,
    )


def tags_in(text: str) -> tuple[str, ...]:
    """Split tags at spaces, commas and semicolons."""
    return tuple(filter(None, re.split(r"[\s,;]+", text)))


def from_setting(value: object, line: int, problems: Problems) -> AnswerSpace | None:
    """Parse the `answer` of the front matter: `lines=6`, `none`, or a mapping such as `{lines:
    6}`."""
    pairs: dict[str, str] | None = None
    if isinstance(value, Mapping):
        pairs = {str(key): str(item) for key, item in value.items()}
    elif isinstance(value, str):
        text = value.strip().removeprefix("{").removesuffix("}")
        pairs = {"answer": text} if text == "none" else _pairs(text)
    if not pairs or any(key not in (*SPACES, *DETAILS) for key in pairs):
        problems.error("'answer' is not an answer space", line, _KNOWN_SPACES)
        return None
    return answer_space(pairs, line, problems)


def answer_space(pairs: Mapping[str, str], line: int, problems: Problems) -> AnswerSpace | None:
    """Return the answer space that known keys describe. Reports an error and returns None if they
    are not valid together."""
    if {"choices", "pick"} & pairs.keys() and pairs.keys() <= {"choices", "pick", "lines"}:
        return _choices(pairs, line, problems)
    spaces = {key: value for key, value in pairs.items() if key not in DETAILS}
    if len(spaces) != 1 or (len(pairs) > 1 and ("scale" not in pairs or "pick" in pairs)):
        hint = "keep the one that you want; `from` and `to` belong to a scale, `pick` to choices"
        problems.error(f"more than one answer space: {', '.join(pairs)}", line, hint)
        return None
    key, value = next(iter(spaces.items()))
    made: AnswerSpace | None
    if key == "lines":
        made, hint = _lines(value), f"give a whole number from 1 to {MAX_LINES}, or lines=fill"
    elif key == "scale":
        made = _scale(value, (pairs.get("from", ""), pairs.get("to", "")))
        hint = f'give the first and the last label, as in scale="1-5"; at most {MAX_STEPS} labels'
    elif key == "answer":
        made = AnswerSpace(AnswerKind.NONE) if value == "none" else None
        hint = "the only known value is answer=none"
    else:
        made = _sized(AnswerKind(key), value)
        hint = (
            f'give a height from {MIN_MM} mm to {MAX_MM} mm, as in {key}="7cm" (mm, cm, in, lines)'
        )
    if made is None:
        problems.error(f"{key}={value} is not a valid value", line, hint)
    return made


def _pairs(text: str) -> dict[str, str] | None:
    """Parse `key=value` pairs; return None if there is anything else."""
    pairs: dict[str, str] = {}
    place = 0
    while text[place:].strip():
        pair = _PAIR.match(text, place)
        if not pair:
            return None
        values = (value for value in pair.groups()[2:] if value is not None)
        pairs[pair[1] or pair[2]] = next(values, "").strip()
        place = pair.end()
    return pairs


def _minutes(value: str, line: int, problems: Problems) -> int | None:
    if re.fullmatch(r"[0-9]{1,3}", value) and 1 <= int(value) <= MAX_MINUTES:
        return int(value)
    hint = f"give a whole number from 1 to {MAX_MINUTES}"
    problems.error(f"minutes={value} is not a valid value", line, hint)
    return None


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


def _choices(pairs: Mapping[str, str], line: int, problems: Problems) -> AnswerSpace | None:
    """Return choices that stand in braces instead of a list below, perhaps with rules under
    them."""
    pick, space = pairs.get("pick", "one"), _lines(pairs.get("lines", "1"))
    if pick not in ("one", "many") or space is None or space.fill:
        hint = 'write it as in {choices="Yes|No|Not sure" pick=many lines=2}'
        problems.error(f"pick={pick} lines={pairs.get('lines', '')} is not valid", line, hint)
        return None
    texts = tuple(filter(None, map(str.strip, pairs.get("choices", "").split("|"))))
    lines = space.lines if "lines" in pairs else None
    return AnswerSpace(AnswerKind.CHOICES, lines=lines, choices=texts, pick_many=pick == "many")


def _scale(value: str, ends: tuple[str, str]) -> AnswerSpace | None:
    found = _SCALE.fullmatch(value)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    possible = 1 <= last - first < MAX_STEPS
    return AnswerSpace(AnswerKind.SCALE, scale=(first, last), scale_ends=ends) if possible else None


def rated(text: str) -> AnswerSpace | None:
    """Return the scale that a text describes: "1-5", "Scale: 1 to 7 (never to always)", "☐ 1 ☐ 2
    ☐ 3", "___/5"."""
    if _LABELS.fullmatch(text):
        labels = list(map(int, re.findall(r"\d+", text)))
        if labels == list(range(labels[0], labels[0] + len(labels))):
            text = f"{labels[0]}-{labels[-1]}"
    elif out_of := _OUT_OF.fullmatch(text):
        text = f"1-{out_of[1]}"
    found = _RATED.fullmatch(text)
    if not found or not 0 <= int(found[1]) < 2:
        return None
    return _scale(f"{found[1]}-{found[2]}", (found[3] or "", found[4] or ""))


def _warn(block: str, unknown: list[str], line: int, problems: Problems) -> None:
    words = unknown or re.findall(r"[a-zA-Z]+", block)[:1]
    close = [key for word in words for key in difflib.get_close_matches(word.lower(), KEYS, n=1)]
    hint = _hint(close)
    if not unknown and close and f"{close[0]}=" in block:
        hint = "put values with spaces in quotation marks, and in '...' what has \" in it"
    problems.warning(f"{block} is not understood and is printed as text", line, hint)


_KNOWN_SPACES = (
    'known are lines=6, lines=fill, box="7cm", grid="7cm", dots="7cm", scale="1-5", '
    'choices="Yes|No", answer=none'
)


def _hint(close: list[str]) -> str:
    if not close:
        return f'{_KNOWN_SPACES}, tags="a b", minutes=5, .skip'
    return f"did you mean {close[0]}{'' if close[0].startswith('.') else '='}?"
