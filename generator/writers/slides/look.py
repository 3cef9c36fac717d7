"""Our own look of slides: the layouts of `look/slides.toml`, in the colours of a palette.

A layout that shows a theme's colour exists once for each accent. A rail in the accent stands at the
side, with the number of the question or the theme.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from generator.look.color import lightness
from generator.look.style import Box, Palette, SlidesStyle
from generator.text.bidi import right_to_left
from generator.writers.slides.presentation import (
    INK,
    MUTED,
    NO_COLOR,
    WHITE,
    Color,
    Design,
    Layout,
    Placeholder,
    Shape,
)

_COLORS = dict(
    zip(Palette().accents, ("brick", "green", "indigo", "plum", "ochre", "rose"), strict=True)
)
"""The names of our accents in layouts."""
_TALL = ("ARABIC", "HEBREW", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI", "KHMER", "MYANMAR")
_SQUARE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_PLAIN = {"ink": INK, "muted": MUTED, "white": WHITE, "surface": NO_COLOR}
"""The names in the file of layouts for colours that are not of the theme part."""


@cache
def entries() -> Mapping[str, Any]:
    """Return the entries of the file of layouts, by their uses."""
    return tomllib.loads((files("generator.look") / "slides.toml").read_text(encoding="utf-8"))


def own_design(style: SlidesStyle, palette: Palette, themes: int, lang: str) -> Design:
    accents = min(themes, len(palette.accents))
    made: dict[tuple[str, int], Layout] = {}
    title = "title" if themes <= style.index_most else "title-many"
    for use, entry in (("title", title), ("agenda", "agenda"), ("closing", "closing")):
        layout = _layout(entry, style, _PLAIN)
        made[use, 0] = replace(layout, use=use, shapes=tuple(_bands(entry, style, accents)))
    for accent in range(1, accents + 1):
        name = _COLORS.get(palette.surface(accent), f"colour {accent}")
        for use in ("section", "overview", "overview-few", "question", "followups", "list"):
            layout = _layout(use, style, _colors(palette, accent))
            made[use, accent] = replace(layout, name=f"{layout.name}, {name}")
        for use in ("question", "followups"):
            made[f"{use}-part", accent] = _titled_by_count(made[use, accent])
    if right_to_left(lang):
        made = {place: mirrored(layout, style.width_pt) for place, layout in made.items()}
    return Design(made)


def master_placeholders(style: SlidesStyle) -> tuple[Placeholder, ...]:
    return _layout("master", style, _PLAIN).placeholders


def surface(accent: int) -> Color:
    """Return the colour of large areas: a brand's own in the theme part, however light."""
    return Color(f"accent{accent}")


def text_color(palette: Palette, accent: int) -> Color:
    """Return the colour of text and thin lines: the same hue, dark enough to be read."""
    own, dark = palette.surface(accent), palette.accent(accent)
    return Color(f"accent{accent}", 1.0 if own == dark else lightness(dark) / lightness(own))


def ink_on(palette: Palette, accent: int) -> Color:
    """Return the colour of text on a surface: white, or dark if white could not be read."""
    color = palette.on_surface(accent)
    if color == palette.paper:
        return WHITE
    return INK if color == palette.ink else Color("tx1", 0.0)


def leading_of(texts: Iterable[str], style: SlidesStyle) -> SlidesStyle:
    """Return a style with more room between lines, if a script of the texts needs it."""
    letters = {each for text in texts if not text.isascii() for each in text if each > "\u0530"}
    names = {unicodedata.name(each, "").split(" ")[0] for each in letters}
    more = style.tall_leading if names & {*_TALL} else 1.0
    if names & {*_SQUARE}:
        more = max(more, style.square_leading)
    return style._replace(
        large_leading=style.large_leading * more,
        text_leading=style.text_leading * more,
        ascent=style.ascent + (more - 1) * style.large_leading,
    )


def mirrored(layout: Layout, width: float) -> Layout:
    """Mirror a layout for scripts that run from right to left."""
    aligns = {"l": "r", "r": "l", "ctr": "ctr"}
    turned = layout.changed(
        lambda each: replace(
            each, box_pt=mirrored_box(each.box_pt, width), align=aligns[each.align]
        )
    )
    return replace(turned, shapes=tuple(mirrored_shape(each, width) for each in layout.shapes))


def mirrored_box(box: Box, width: float) -> Box:
    return width - box[0] - box[2], *box[1:]


def mirrored_shape(shape: Shape, width: float) -> Shape:
    return shape._replace(boxes_pt=tuple(mirrored_box(box, width) for box in shape.boxes_pt))


def _layout(use: str, style: SlidesStyle, colors: Mapping[str, Color]) -> Layout:
    entry = entries()[use]
    rail = (0.0, 0.0, style.rail_pt, style.height_pt)
    return Layout(
        use.removesuffix("-few"),
        entry["name"],
        entry["kind"],
        tuple(_placeholder(each, style, colors) for each in entry["texts"]),
        background=colors[entry.get("background", "white")],
        shapes=(Shape("Rail", (rail,), colors["surface"]),) if "rail" in entry else (),
        logo="logo" in entry,
    )


def _placeholder(
    entry: Mapping[str, Any], style: SlidesStyle, colors: Mapping[str, Color]
) -> Placeholder:
    made = values(entry, style)
    leading = made.get("leading")
    if leading in ("large", "text"):
        made["leading"] = style.large_leading if leading == "large" else style.text_leading
    made["color"] = colors[made.get("color", "ink")]
    family = style.serif if made.get("major") else style.sans
    return Placeholder(**made, family=family, size_pt=made["sizes_pt"][0])


def values(entry: Mapping[str, Any], style: SlidesStyle) -> dict[str, Any]:
    """Return an entry of the file as fields of a placeholder, with those of the entry that it is
    `like`."""
    made = {**entries()["like"].get(entry.get("like"), {}), **entry}
    made.pop("like", None)
    if made.pop("numbered", False):
        made["hang_em"] = style.hang_em
    if made.pop("tracked", False):
        made["tracking_pt"] = style.tracking_pt
    return {key: tuple(each) if isinstance(each, list) else each for key, each in made.items()}


def _colors(palette: Palette, accent: int) -> dict[str, Color]:
    shown = {"surface": surface(accent), "on": ink_on(palette, accent)}
    return _PLAIN | shown | {"accent": text_color(palette, accent)}


def _titled_by_count(layout: Layout) -> Layout:
    """Return the same layout with the status line, such as the number of the question, as its
    title. It serves a text that cannot be a title, as it is a part of a long question or was asked
    before. It looks the same."""
    kinds: dict[str, Any] = {
        "question": {"kind": "body", "idx": 17}, "count": {"kind": "title", "idx": 0},
    }  # fmt: skip
    titled = layout.changed(lambda each: replace(each, **kinds.get(each.role, {})))
    return replace(titled, name=layout.name.replace(",", ", part,", 1), kind="obj")


def _bands(entry: str, style: SlidesStyle, accents: int) -> Iterator[Shape]:
    """Yield the accents of the deck one above the other, with a little white between them."""
    if "bands_pt" not in entries()[entry]:
        return
    (left, width), step = entries()[entry]["bands_pt"], (style.height_pt + style.white_pt) / accents
    for index in range(accents):
        box = (left, index * step, width, step - style.white_pt)
        yield Shape(f"Band {index + 1}", (box,), surface(index + 1))
