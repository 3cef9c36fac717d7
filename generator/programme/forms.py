"""Answers in a fillable workbook, saved by any program."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_FIELDS = 50_000
DEEPEST = 8
"""Maximum depth of fields: ours has two levels, for radio buttons."""
LONGEST = 1_000_000
"""Maximum characters of an answer."""
LINES = ("name", "mentor", "from", "to")

_QUESTION = re.compile(r"(?:t(\d+)-)?q(\d+)(?:-n\d+)?(?:-(tick|words|c\d+))?")
_NUMBERED = re.compile(r"(\d+)\. (.*)", re.DOTALL)

Value = str | bool | int | float | None
"""The value of a field; None if nothing was answered."""


class Answer(NamedTuple):
    field: str
    """Its name in the form; a question may have answers in several fields."""
    number: int | None
    """The number of the question; None outside the themes."""
    theme: str
    question: str
    answer: Value
    kind: str
    """text, scale, choice, choices (several may be ticked) or tick."""
    options: tuple[str, ...] = ()
    """The options of a scale or of choices."""


class Filled(NamedTuple):
    """The contents of one file."""

    title: str
    """The title of the set."""
    person: dict[str, str]
    """The person's details by the lines of the cover."""
    answers: tuple[Answer, ...]

    @property
    def blank(self) -> bool:
        return not any(each.answer for each in self.answers)


class NotRead(Exception):
    """The reason why a file was not read, such as `encrypted`; the second argument is the
    remedy."""


class _Field(NamedTuple):
    name: str
    kind: str
    value: str
    """The name of a button's state, without a slash; `Off` if none is on."""
    words: str
    states: tuple[tuple[str, str], ...]
    """For radio buttons, the states with their labels."""


def read_form(data: bytes) -> Filled:
    """Read a form. Raises NotRead. As no library documents everything that it raises for damaged
    files, any error in reading one counts as damage."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _filled(pdf)
    except pikepdf.PasswordError:
        raise NotRead("encrypted", "save it without a password") from None
    except NotRead:
        raise
    except Exception as problem:
        hint = "open it in a PDF program and save it again, or ask for it again"
        raise NotRead("damaged", hint) from problem


def _filled(pdf: Any) -> Filled:
    form = pdf.Root.get("/AcroForm")
    fields = list(_fields(form.get("/Fields", []))) if form is not None else []
    ours = [each for each in fields if _QUESTION.fullmatch(each.name)]
    if not ours:
        if str(pdf.docinfo.get("/Creator", "")) == "workshop-papers":
            raise NotRead("without fields", "it was printed to PDF, or is not the fillable edition")
        raise NotRead("foreign", "it is not a workbook that was made here")
    themes = _themes(pdf)
    person = {each.name: each.value for each in fields if each.name in LINES and each.value}
    answers = [a for each in fields if each.name not in LINES for a in _answer(each, themes)]
    title = str(pdf.docinfo.get("/Title", ""))
    return Filled(title, person, tuple(_joined(answers)))


def _fields(kids: Any, name: str = "", above: Any = None, depth: int = 0) -> Iterator[_Field]:
    """Yield fields with a value of their own; FT and V may be inherited (12.7.3.2)."""
    if depth > DEEPEST or len(kids) > MOST_FIELDS:
        raise NotRead("damaged", "its form has too many fields")
    for kid in kids:
        own = str(kid.get("/T", ""))
        full = ".".join(filter(None, (name, own)))
        inside = kid.get("/Kids", [])
        if any("/T" in each for each in inside):
            yield from _fields(inside, full, kid, depth + 1)
            continue
        kind = kid.get("/FT", above.get("/FT") if above is not None else None)
        if kind is not None and full:
            widgets = list(inside) or [kid]
            value = _value(kid.get("/V"), widgets)
            states = tuple(_states(inside)) if str(kind) == "/Btn" else ()
            yield _Field(full, str(kind), value, str(kid.get("/TU", "")), states)


def _value(value: Any, widgets: list[Any]) -> str:
    """Return the value. Some programs only set it in the widgets (12.7.4.2.3)."""
    if value is None or str(value) == "/Off":
        on = [str(each.get("/AS", "/Off")) for each in widgets]
        shown = next((state for state in on if state != "/Off"), "")
        return shown.removeprefix("/")
    if hasattr(value, "read_bytes") and type(value).__name__ == "Stream":
        value = value.read_bytes().decode("utf-8", "replace")
    text = str(value)
    if len(text) > LONGEST:
        raise NotRead("damaged", f"an answer is longer than {LONGEST:,} characters")
    return text.removeprefix("/").replace("\r\n", "\n").replace("\r", "\n").strip()


def _states(kids: Any) -> Iterator[tuple[str, str]]:
    for kid in kids:
        normal = kid.get("/AP", {}).get("/N", {})
        names = [name.removeprefix("/") for name in getattr(normal, "keys", list)()]
        yield next((name for name in names if name != "Off"), ""), str(kid.get("/TU", ""))


def _themes(pdf: Any) -> dict[str, tuple[str, str]]:
    """Return theme and text of each question in the outline, by its number, also with that of its
    theme as in the name of a field."""
    found: dict[str, tuple[str, str]] = {}
    for entry in pdf.open_outline().root:
        if theme := _NUMBERED.fullmatch(entry.title):
            found[f"t{theme[1]}"] = (theme[2], "")
            for child in entry.children:
                if asked := _NUMBERED.fullmatch(child.title):
                    found.setdefault(f"q{asked[1]}", (theme[2], asked[2]))
                    found[f"t{theme[1]}-q{asked[1]}"] = (theme[2], asked[2])
    return found


def _answer(field: _Field, themes: dict[str, tuple[str, str]]) -> Iterator[Answer]:
    named = _QUESTION.fullmatch(field.name)
    if not named:
        tick = field.kind == "/Btn"
        value: Value = field.value not in ("", "Off") if tick else field.value or None
        if value:
            yield Answer(field.name, None, "", field.words, value, "tick" if tick else "text")
        return
    theme, number, part = named.groups()
    key = f"t{theme}-q{number}" if theme else f"q{number}"
    about, text = themes.get(key) or themes.get(f"t{theme}") or ("", "")
    asked = text if field.words.startswith(text) and text else field.words
    made = Answer(field.name, int(number), about, text or asked, field.value or None, "text")
    if part == "tick":
        yield made._replace(kind="tick", answer=field.value not in ("", "Off"))
    elif part and part != "words":
        choice = field.words.removeprefix(asked).strip()
        ticked = choice if field.value not in ("", "Off") else None
        yield made._replace(kind="choices", answer=ticked, options=(choice,))
    elif field.kind == "/Btn":
        words = {state: said.removeprefix(field.words).strip() for state, said in field.states}
        scale = all(f"c{said}" == state for state, said in words.items())
        chosen = words.get(field.value) or None
        answer = int(chosen) if scale and chosen else chosen
        kind = "scale" if scale else "choice"
        yield made._replace(answer=answer, kind=kind, options=tuple(words.values()))
    else:
        yield made


def _joined(answers: list[Answer]) -> Iterator[Answer]:
    """Join the boxes of a question with several choices into one answer."""
    grouped: dict[tuple[str, str], list[Answer]] = {}
    for each in answers:
        name = each.field.rpartition("-c")[0] if each.kind == "choices" else each.field
        grouped.setdefault((name, each.kind), []).append(each)
    for (name, kind), same in grouped.items():
        if kind != "choices":
            yield from same
            continue
        ticked = "; ".join(str(box.answer) for box in same if box.answer)
        options = tuple(option for box in same for option in box.options)
        yield same[0]._replace(field=name, answer=ticked or None, options=options)
