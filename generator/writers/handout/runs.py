"""Runs of text and fields in Word's XML (ECMA-376, part 1, 17.3.2 and 17.16)."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from generator.text import bidi
from generator.writers.office.xml import NOTHING, Xml, declared, element, joined, w


def text_runs(text: str, rtl: bool, style: str = "") -> Xml:
    """Return a text in the character style with this id. Word needs words that run from right to
    left in runs of their own, with the spaces and digits between them."""
    runs = bidi.runs(text, rtl) if bidi.is_bidirectional(text) else [bidi.Run(text, 0)]
    return joined(_run(run.text, bool(run.rtl), style) for run in runs)


def _run(text: str, rtl: bool, style: str) -> Xml:
    properties = NOTHING
    if style or rtl:
        named = w("rStyle", val=style) if style else NOTHING
        properties = w("rPr", named, w("rtl") if rtl else NOTHING)
    return w("r", properties, element("w:t", {"xml:space": "preserve"}, text))


def field_marks(instruction: str, style: str = "") -> tuple[Xml, Xml]:
    """Return the elements before and after the result of a complex field, in a character style."""
    named = w("rPr", w("rStyle", val=style)) if style else NOTHING
    begin, separate, end = (
        w("r", named, w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")
    )
    code = element("w:instrText", {"xml:space": "preserve"}, f" {instruction} ")
    return joined([begin, w("r", named, code), separate]), end


def field(instruction: str, result: Xml, style: str = "") -> Xml:
    """Return a field with the result that is shown until Word updates it."""
    before, after = field_marks(instruction, style)
    return joined([before, result, after])


def page_of(words: str, rtl: bool) -> Iterator[Xml]:
    """Yield `Page {page} of {count}` with fields in place of the braces. They show 1 until Word
    updates them, as it does when it opens the file."""
    fields = {"page": "PAGE", "count": "NUMPAGES"}
    for text, name, _, _ in Formatter().parse(words):
        if text:
            yield text_runs(text, rtl)
        if name in fields:
            yield field(fields[name], text_runs("1", False))


def fragment(*elements: Xml) -> Xml:
    """Return a root element that declares the namespaces of a document's body."""
    return element("w:body", declared("w", "r", "w14"), *elements)
