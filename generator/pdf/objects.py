"""PDF objects written as bytes, for what reportlab has no object of its own."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFObject


class Raw(PDFObject):  # type: ignore[misc]
    """An indirect object: its bytes, or what makes them when the document is written."""

    __RefOnly__ = 1

    def __init__(self, data: str | bytes | Callable[[], str | bytes], stream: bool = False) -> None:
        self.data, self.stream = data, stream

    def format(self, _: Any) -> bytes:
        data = self.data() if callable(self.data) else self.data
        return data if isinstance(data, bytes) else data.encode("latin-1")


def dictionary(**entries: object) -> str:
    """`<</Key value ...>>`; values are PDF already. Those that are None are left out."""
    return "<<" + " ".join(f"/{k} {v}" for k, v in entries.items() if v is not None) + ">>"


def stream(data: bytes, **entries: object) -> Raw:
    """A compressed stream. PDF/A wants an end-of-line before `endstream` (ISO 19005-2, 6.1.7.1)."""
    return Raw(stream_of(data, **entries), stream=True)


def stream_of(data: bytes, **entries: object) -> bytes:
    packed = zlib.compress(data)
    head = dictionary(Length=len(packed), Filter="/FlateDecode", **entries)
    return head.encode("latin-1") + b"\nstream\n" + packed + b"\r\nendstream"


def reference(document: Any, thing: PDFObject) -> str:
    """Add an object to reportlab's document, if it is not there: `12 0 R`.

    Ours are registered here: there are a dozen for each question, and reportlab's way, which allows
    for names and for objects that are references, takes three times as long.
    """
    if not isinstance(thing, Raw) or hasattr(thing, "__InternalName__"):
        return f"{number(document, document.Reference(thing).name)} 0 R"
    document.objectcounter += 1
    made = document.objectcounter
    name = thing.__InternalName__ = f"R{made}"
    document.idToObject[name] = thing
    document.numberToId[made] = name
    document.idToObjectNumberAndVersion[name] = (made, 0)
    return f"{made} 0 R"


def number(document: Any, name: str) -> int:
    """The object number of one of reportlab's named objects."""
    found: int = document.idToObjectNumberAndVersion[name][0]
    return found


def image(data: bytes) -> Raw:
    """A picture file as an image XObject (ISO 32000-1, 8.9.5), without transparency."""
    with Image.open(io.BytesIO(data)) as opened:
        layer = opened.convert("RGBA")
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer)
    return stream(
        flat.tobytes(), Type="/XObject", Subtype="/Image", Width=flat.width, Height=flat.height,
        ColorSpace="/DeviceRGB", BitsPerComponent=8,
    )  # fmt: skip


_ESCAPES = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})


def text(value: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII where it is, else hexadecimal UTF-16."""
    if value.isascii() and value.isprintable():
        return f"({value.translate(_ESCAPES)})"
    return f"<feff{value.encode('utf-16-be', 'replace').hex()}>"


KAPPA = 0.5523
"""Of a Bezier curve that is a quarter of a circle: 4/3 (sqrt(2) - 1)."""


def rounded(x: float, y: float, width: float, height: float, radius: float = 0.0) -> str:
    """The path of a rectangle with round corners; a circle where the radius is half a side."""
    if not radius:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    right, high, k = x + width, y + height, radius * (1 - KAPPA)
    return " ".join([
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l",
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + radius:.2f} c",
        f"{right:.2f} {high - radius:.2f} l",
        f"{right:.2f} {high - k:.2f} {right - k:.2f} {high:.2f} {right - radius:.2f} {high:.2f} c",
        f"{x + radius:.2f} {high:.2f} l",
        f"{x + k:.2f} {high:.2f} {x:.2f} {high - k:.2f} {x:.2f} {high - radius:.2f} c",
        f"{x:.2f} {y + radius:.2f} l",
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h",
    ])  # fmt: skip
