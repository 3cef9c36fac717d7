"""Fonts of the system, for scripts that the workbook's own fonts lack.

Only families that are known to set running text well are tried; which of them serves is decided by
the characters that it has.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts",
    "C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts",
)  # fmt: skip
_EASTERN = ("CJK", "CJKsc", "CJKjp", "CJKkr", "CJKtc", "SC", "JP", "KR", "TC")
_SCRIPTS = (
    *_EASTERN, "Arabic", "Hebrew", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil",
    "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Armenian",
    "Georgian", "Ethiopic",
)  # fmt: skip
_FAMILIES = {
    "serif": (
        "NotoNaskhArabic", *(f"NotoSerif{script}" for script in _SCRIPTS), "SourceHanSerif",
        "Songti", "SimSun", "YuMin", "ヒラギノ明朝 ProN", "Batang", "AppleMyungjo", "Mangal",
    ),
    "sans": (
        *(f"NotoSans{script}" for script in _SCRIPTS), "NotoKufiArabic", "SourceHanSans",
        "PingFang", "Hiragino Sans GB", "ヒラギノ角ゴシック W3", "AppleSDGothicNeo", "msyh",
        "YuGothR", "malgun", "msjh", "GeezaPro", "ArialHB", "Kohinoor", "KohinoorBangla",
        "Nirmala", "Vrinda", "segoeui", "Arial Unicode", "NotoSans", "DejaVuSans",
    ),
}  # fmt: skip
_WEIGHTS = {
    "regular": ("-Regular", "", "-VF", "[wght]", "[wdth,wght]"),
    "semibold": ("-SemiBold", "-Bold", "bd", "b", " Bold"),
}


def candidates(family: str, weight: str) -> Iterator[Path]:
    """Files for `serif` or `sans`, of the weight first, then of others."""
    other = "sans" if family == "serif" else "serif"
    names = (*_FAMILIES[family], *_FAMILIES[other])
    suffixes = (*(_WEIGHTS[weight] if weight != "regular" else ()), *_WEIGHTS["regular"])
    found = _files(FOLDERS)
    for name, suffix in product(names, suffixes):
        if path := found.get(f"{name}{suffix}".lower()):
            yield path


@cache
def _files(folders: tuple[str, ...]) -> dict[str, Path]:
    """The fonts of the system by their names in lower case."""
    return {
        Path(name).stem.lower(): Path(folder, name)
        for root in folders
        for folder, _, names in sorted(os.walk(Path(root).expanduser()))
        for name in sorted(names)
        if name.lower().endswith((".ttf", ".otf", ".ttc"))
    }
