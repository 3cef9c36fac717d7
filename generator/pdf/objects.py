"""Values as they are written in a PDF file (ISO 32000-1, 7.3)."""

from __future__ import annotations

import zlib


def dictionary(**entries: object) -> str:
    """Return `<</Key value ...>>`; values are PDF already, and None is left out."""
    return "<<" + " ".join(f"/{k} {v}" for k, v in entries.items() if v is not None) + ">>"


def stream(data: bytes, packed: bool = True, level: int = -1, **entries: object) -> bytes:
    """Return a stream; `level` is zlib's. PDF/A requires an end of line before `endstream` (ISO
    19005-2, 6.1.7.1)."""
    if packed:
        data, entries = zlib.compress(data, level), {"Filter": "/FlateDecode", **entries}
    head = dictionary(Length=len(data), **entries)
    return head.encode("latin-1") + b"\nstream\n" + data + b"\r\nendstream"


_ESCAPES = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})


def text(value: str) -> str:
    """Return a text string (7.9.2.2), in ASCII if possible, otherwise in hexadecimal UTF-16."""
    if value.isascii() and value.isprintable():
        return f"({value.translate(_ESCAPES)})"
    return f"<feff{value.encode('utf-16-be', 'replace').hex()}>"


def numbers(*values: float) -> str:
    """Return an array such as `[0.5 12 3.25]`."""
    return f"[{' '.join(f'{value:.2f}' for value in values)}]"


KAPPA = 0.5523
"""Distance of the control points of a Bézier curve that is a quarter of a circle: 4/3 (sqrt(2) -
1)."""


def circle(x: float, y: float, radius: float) -> str:
    """Return the path of a circle around a point."""
    r, k = radius, radius * KAPPA
    curves = [
        (x + r, y + k, x + k, y + r, x, y + r), (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r), (x + k, y - r, x + r, y - k, x + r, y),
    ]  # fmt: skip
    drawn = " ".join("{:.2f} {:.2f} {:.2f} {:.2f} {:.2f} {:.2f} c".format(*c) for c in curves)
    return f"{x + r:.2f} {y:.2f} m {drawn} h"
