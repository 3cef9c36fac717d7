"""The theme part: the colours and fonts that styles and layouts call by name (ECMA-376, part 1,
clause 20.1.6)."""

from __future__ import annotations

from generator.look.style import Palette
from generator.writers.office.xml import a, element, filled, joined, part

_FONTS = {
    "Jpan": "Yu Gothic", "Hang": "Malgun Gothic", "Hans": "Microsoft YaHei",
    "Hant": "Microsoft JhengHei", "Arab": "Arial", "Hebr": "Arial", "Thai": "Leelawadee UI",
    "Khmr": "Leelawadee UI", "Laoo": "Leelawadee UI", "Mymr": "Myanmar Text", "Ethi": "Ebrima",
    "Armn": "Arial", "Geor": "Calibri", "Viet": "Arial",
    **dict.fromkeys(
        ("Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh"),
        "Nirmala UI",
    ),
}  # fmt: skip
"""For scripts that our fonts do not have, those that Windows and Office bring along."""


def theme(palette: Palette, serif: str, sans: str) -> bytes:
    """Headings in the serif, text in the sans."""
    colors = {"dk1": palette.ink, "lt1": palette.paper, "dk2": palette.muted}
    colors |= {"lt2": palette.hairline}
    colors |= {f"accent{number}": palette.surface(number) for number in range(1, 7)}
    colors |= {"hlink": palette.ink, "folHlink": palette.ink}
    own = a("solidFill", a("schemeClr", val="phClr"))
    return part(filled(
        __package__, "theme.xml", serif=serif, sans=sans, fills=joined([own] * 3),
        colors=joined(a(name, a("srgbClr", val=color[1:])) for name, color in colors.items()),
        scripts=joined(
            element("a:font", {"script": script, "typeface": font})
            for script, font in _FONTS.items()
        ),
        lines=joined(a("ln", own, a("prstDash", val="solid"), w=width)
                     for width in (6350, 12700, 19050)),
        effects=joined([a("effectStyle", a("effectLst"))] * 3),
    ))  # fmt: skip
