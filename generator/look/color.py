"""Colours as `#RRGGBB`: parsing, contrast, and shades with enough contrast."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator

CONTRAST = 4.5
"""Minimum contrast of text to its background (WCAG 2.2, 1.4.3)."""
_SHADE = 0.65
_DARK = 8.0
"""Contrast to white from which a darker shade of a colour would look the same."""


def parsed(text: str) -> str:
    """Parse a CSS colour (`#1A5FB4`, `rgb(26 95 180)`, `hsl(213, 74%, 40%)`, `teal`).

    Its opacity is ignored. Raises ValueError for anything else.
    """
    from PIL import ImageColor

    text = text.strip().lower()
    if function := re.fullmatch(r"(rgb|hsl)a?\(([^()]*)\)", text):
        parts = re.split(r"[\s,/]+", function[2].replace("deg", "").strip())
        text = f"{function[1]}({','.join(parts[:3])})"
    elif re.fullmatch("[0-9a-f]{3}|[0-9a-f]{6}", text):
        text = f"#{text}"
    return _hex(min(max(part, 0), 255) / 255 for part in ImageColor.getrgb(text)[:3])


def contrast(color: str, other: str = "#FFFFFF") -> float:
    """Return the contrast ratio, between 1 and 21 (WCAG 2.2)."""
    low, high = sorted(map(_luminance, (color, other)))
    return (high + 0.05) / (low + 0.05)


def darkened(color: str) -> str:
    """Return the same hue, dark enough for text on white."""
    hue, light, saturation = colorsys.rgb_to_hls(*_fractions(color))
    while contrast(color) < CONTRAST:
        light -= 0.005
        color = _hex(colorsys.hls_to_rgb(hue, light, saturation))
    return color


def shaded(color: str) -> str:
    """Return a shade that is distinct from the colour: darker, or lighter if it is dark."""
    end = 1.0 if contrast(color) > _DARK else 0.0
    return _hex(_SHADE * part + (1 - _SHADE) * end for part in _fractions(color))


def lightness(color: str) -> float:
    """Return the lightness in HSL, from 0 for black to 1 for white."""
    return colorsys.rgb_to_hls(*_fractions(color))[1]


def chroma(color: str) -> float:
    """Return the chroma, from 0 for a grey to 1."""
    parts = list(_fractions(color))
    return max(parts) - min(parts)


def _hex(fractions: Iterator[float] | tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in fractions)


def _fractions(color: str) -> Iterator[float]:
    return (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _luminance(color: str) -> float:
    parts = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _fractions(color))
    return sum(part * share for part, share in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def tinted(color: str, part: float) -> str:
    """Mix white with a share of a colour, from 0 to 1."""
    return _hex(part * each + 1 - part for each in _fractions(color))
