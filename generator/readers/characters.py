"""From bytes to text. Characters that no document may contain are removed, or replaced by what they
stand for."""

from __future__ import annotations

import re

from generator.diagnostics import Problems, SourceError, error, without_controls

MOSTLY_LATIN = 0.2
"""A text that is not UTF-8 may be Windows-1252 if no larger share of its bytes is above 0x7F."""
_HIGH = re.compile(rb"[\x80-\xff]")
_SPACES = re.compile("[ \t]*[\x0b\x0c\x85\u2028\u2029][ \t]*(?=\\S)|[\x0b\x0c\x85\u2028\u2029]")
"""Line and page breaks that other programs write within a line."""
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Zero-width spaces and direction marks. Joiners stay because they shape words, and soft hyphens
because they say where a word may break."""
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Any character that needs cleaning; a text without one is returned as it is."""
_BULLET = re.compile(
    "^([ \t]*)[\x01-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f](?=[ \t\u00a0]*[^\\s\x00-\x1f])",
    re.MULTILINE,
)
"""A bullet of Word or Windows-1252 that was pasted as text."""


def cleaned(text: str, problems: Problems) -> str:
    r"""Return the text with `\n` as line ends and without control characters. Warns once for each
    line."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not _ODD.search(text):
        return text
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    if len(_BULLET.findall(text)) > 1:
        text = _BULLET.sub("\\1\u2022 ", text)
    return without_controls(text, problems)


def text_of(data: bytes, problems: Problems) -> str:
    """Decode the text of a file. Raises SourceError if it is not text."""
    return cleaned(_decoded(data, problems), problems)


def _decoded(data: bytes, problems: Problems) -> str:
    """Decode bytes. The encodings of older programs are accepted, with a warning, as the guess may
    be wrong."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.note("this file was read as UTF-16", None)
        return data.decode("utf-16", "replace")
    if b"\0" in data[:8192]:
        hint = "give a text file, saved as UTF-8"
        raise SourceError([error("this is not a text file", problems.path, hint=hint)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        hint = "save it again as UTF-8"
        if len(_HIGH.findall(data)) > MOSTLY_LATIN * len(data):
            message = f"this file is not UTF-8 text: byte 0x{data[problem.start]:02X}"
            raise SourceError([error(message, problems.path, line, hint)]) from None
        message = "this file is not UTF-8; it was read as Windows-1252"
        problems.warning(message, line, f"check its accented letters, or {hint}")
        return data.decode("cp1252", "replace")
