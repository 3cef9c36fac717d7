"""Metadata that PDF/UA-1 and PDF/A-2a require: XMP, and the meaning of the colours."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import Any


def xmp(**values: Any) -> bytes:
    """Return the packet for title, author, subject, lang, date (ISO 8601), creator and producer.

    PDF/A does not know PDF/UA, so that its schema is described in the packet (ISO 19005-2,
    6.6.2.3).
    """
    packet = (files(__package__) / "xmp.xml").read_text(encoding="utf-8")
    values = {key: escape(str(value), quote=False) for key, value in values.items()}
    return packet.format(**values).encode("utf-8", "replace")


def srgb() -> bytes:
    """Return the sRGB profile of Little CMS (`PIL.ImageCms.createProfile`) without its date and id
    (ICC.1:2010, 7.2). It is free of rights; making it anew would take longer than drawing a
    page."""
    return (files(__package__) / "srgb.icc").read_bytes()
