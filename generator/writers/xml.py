"""Text at the boundary to XML: what it cannot hold is dropped, what acts in it is escaped."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0, clause 2.2, has no way to hold."""


def holdable(text: str) -> str:
    """A text without the characters that no XML document can hold."""
    return _FORBIDDEN.sub("", text)


def content(text: str) -> str:
    """A text as the content of an element."""
    return escape(holdable(text))


def attribute(text: str) -> str:
    """A text as the value of an attribute, with its quotes."""
    return quoteattr(holdable(text))
