"""Tables that spreadsheet programs open: every text in them stays a text."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


def as_text(text: str) -> str:
    """A cell of a .csv file. What would begin a formula gets an apostrophe before it, as programs
    show it (OWASP, CSV injection)."""
    acts = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text)
    return f"'{text}" if acts else text
