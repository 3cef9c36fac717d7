"""What PDF/UA-1 and PDF/A-2a want to be told about a file: XMP and the meaning of its colours."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import Any


def xmp(**values: Any) -> bytes:
    """The packet for title, author, subject, lang, date (ISO 8601), creator and producer.

    PDF/A knows no PDF/UA: its schema is described in the packet (ISO 19005-2, 6.6.2.3).
    """
    packet = (files(__package__) / "xmp.xml").read_text(encoding="utf-8")
    values = {key: escape(str(value), quote=False) for key, value in values.items()}
    return packet.format(**values).encode("utf-8", "replace")


def srgb() -> bytes:
    """An sRGB profile without its date and id, so that equal input gives equal bytes.

    ICC.1:2010, 7.2: bytes 24 to 35 are the date, 84 to 99 the id.
    """
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((0x07, 0xD0, 0, 1, 0, 1)) + bytes(6)
    profile[84:100] = bytes(16)
    return bytes(profile)
