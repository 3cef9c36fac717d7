"""A brand's logo: converts any picture to a PNG that every document can contain."""

from __future__ import annotations

import importlib.util
import io
import re
import subprocess
import sys
import warnings
from importlib import resources
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image, ImageCms, ImageOps

from generator.files import MB, Unreadable, contents
from generator.look import drawing
from generator.look.style import Logo

MOST_PIXELS = 50_000_000
"""Maximum pixels of a picture: more would take hundreds of megabytes of memory."""
LONGEST_PX = 2000
"""Maximum side of the converted picture: 600 dpi at the largest width of a logo on paper."""
LARGEST = 20 * MB
SECONDS = 20
"""Maximum time to draw an SVG."""
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_SLIMMEST = 50


def opened(path: Path, alt: str) -> Logo:
    """Convert the picture in a file. Raises Unreadable."""
    return of_bytes(contents(path, LARGEST), alt, path.suffix)


def of_bytes(data: bytes, alt: str, suffix: str = "") -> Logo:
    """Convert a picture, without its metadata such as a location. Raises Unreadable."""
    if suffix.lower() == ".svg" or b"<svg" in data[:1000]:
        data = _drawn(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our limit is lower
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise Unreadable(f"has more than {MOST_PIXELS:,} pixels")
        picture = ImageOps.exif_transpose(_in_srgb(image))
    except Image.DecompressionBombError:
        raise Unreadable(f"has more than {MOST_PIXELS:,} pixels") from None
    except (OSError, ValueError, SyntaxError) as problem:
        raise Unreadable("is not a picture in PNG, JPEG, WebP, GIF or SVG") from problem
    picture.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", icc_profile=None)
    return Logo(buffer.getvalue(), *picture.size, alt)


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture with eight bits a channel; CMYK is converted by its own profile, if it has
    one."""
    image.load()
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip
        return image.point(lambda value: value / 256).convert("L").convert(mode)
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if made:
                return made
        except (ImageCms.PyCMSError, OSError):
            pass  # A damaged profile: the colours as they stand are the next best.
    return image.convert(mode)


def _drawn(data: bytes) -> bytes:
    """Draw an SVG as PNG. Its links are removed: nothing is opened or fetched for it."""
    if importlib.util.find_spec("resvg_py") is None:
        raise Unreadable("is an SVG, which needs: pip install 'workshop-papers[svg]'")
    internal: Any = "internal"  # of the document itself, as Illustrator writes them
    parser = etree.XMLParser(resolve_entities=internal, no_network=True, remove_comments=True)
    font = resources.files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf"
    named = (str(font), "Source Sans Pro")
    try:
        root = etree.fromstring(data, parser)
        _without_links(root)
        width, height = _size(root)
        sides = (LONGEST_PX, 0) if width >= height else (0, LONGEST_PX)
        command = [sys.executable, "-P", drawing.__file__, *named, *map(str, sides)]
        return subprocess.run(
            command, input=etree.tostring(root, encoding="utf-8"), capture_output=True,
            timeout=SECONDS, check=True,
        ).stdout  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unreadable(f"is an SVG that takes longer than {SECONDS} s to draw") from None
    except (etree.XMLSyntaxError, ValueError, subprocess.CalledProcessError) as problem:
        raise Unreadable("is an SVG that cannot be drawn") from problem


def _without_links(root: Any) -> None:
    """Remove links to pictures in other files; embedded ones stay."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and not value.startswith(("#", "data:")):
                del element.attrib[name]


def _size(root: Any) -> tuple[float, float]:
    """Return width and height, of which only the ratio matters. Raises ValueError if there is
    none."""
    sides = [_number(root.get(name, "")) for name in ("width", "height")]
    if not all(sides):
        box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
        sides = [_number(side) for side in box[2:4]]
    if len(sides) < 2 or not min(sides) or max(sides) > _SLIMMEST * min(sides):
        raise ValueError("no size that can be drawn")
    return sides[0], sides[1]


def _number(text: str) -> float:
    found = re.fullmatch(r"\+?(\d{1,9}(?:\.\d{0,9})?)(?:px|pt|mm|cm|in|pc)?", text.strip())
    return float(found[1]) if found else 0.0
