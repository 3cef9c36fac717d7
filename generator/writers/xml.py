"""The boundary to Office files: text that enters their XML, and templates that users have.

What XML cannot hold is dropped, what acts in it is escaped.
"""

from __future__ import annotations

import io
import re
import zipfile
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


def as_document(template: bytes, kind: str) -> bytes:
    """A template (.dotx, .potx) as the `document` or `presentation` that it is otherwise.

    Raises whatever zipfile does for what is no package.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(made, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b".template.main+xml", f".{kind}.main+xml".encode())
            new.writestr(name, part)
    return made.getvalue()
