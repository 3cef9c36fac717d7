"""What a deck's slides are laid out on, as plain data: our own design, or a template's.

A layout is a list of placeholders, each with the role that the plan fills. Of the fields that a
slide has, the writer fills those that the layout has a place for, so that one plan serves them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.look.style import SlidesStyle
from generator.text.bidi import right_to_left

KINDS = ("title", "agenda", "section", "overview", "question", "followups", "list", "closing")
"""`question` has no follow-ups; `list` is for several questions on a slide."""

Box = tuple[float, float, float, float]
"""Left, top, width and height in points."""


@dataclass(frozen=True)
class Placeholder:
    """`idx` and `kind` are those of `p:ph`; `color` is a scheme colour, or none of ours."""

    role: str
    idx: int
    box_pt: Box
    """Of the text, within the placeholder's insets."""
    sizes_pt: tuple[int, ...]
    """What its text may be set in, the largest first."""
    size_pt: float = 0.0
    """What the layout sets it in; 0 stands for the first of the sizes."""
    color: str = "tx1"
    kind: str = "body"
    major: bool = False
    family: str = ""
    """The font it is measured in."""
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    gap_pt: float = 0.0
    """After a paragraph."""
    hang_pt: float = 0.0
    """Of a number or bullet before the text."""
    step_pt: float = 0.0
    """Further in, for each level below the first."""
    bullets_from: int = 0
    """The level from which paragraphs have a dash; 0 is none."""
    spacing: float = 1.0
    opacity: float = 1.0
    direct: bool = False
    """Its paragraphs carry indents and gaps themselves, as a template's layout has other ones."""

    @cached_property
    def font(self) -> str:
        return f"{self.family}-{'bold' if self.bold else 'regular'}"

    def indent_pt(self, level: int) -> float:
        return self.hang_pt + self.step_pt * max(level - 1, 0)


@dataclass(frozen=True)
class Layout:
    name: str
    kind: str
    """`p:sldLayout/@type`, where one fits, by which other tools find a layout."""
    placeholders: tuple[Placeholder, ...]
    background: str = "bg1"
    shapes: tuple[tuple[str, Box, str], ...] = ()
    """Decoration: name, box and scheme colour."""
    track_pt: Box | None = None
    """Where a slide draws its progress."""
    ruled: bool = False
    """Hairlines part the rows of the body."""
    part: str = ""
    """Its name in the template."""

    @cached_property
    def roles(self) -> Mapping[str, Placeholder]:
        return {each.role: each for each in reversed(self.placeholders)}

    def role(self, role: str) -> Placeholder | None:
        return self.roles.get(role)

    def place(self, role: str) -> Placeholder:
        """One that every layout of its kind has."""
        return self.roles[role]

    @cached_property
    def heading(self) -> str:
        """The role whose text is the title of a slide."""
        return next(each.role for each in self.placeholders if each.kind in ("title", "ctrTitle"))


@dataclass(frozen=True, slots=True)
class Design:
    layouts: Mapping[tuple[str, int], Layout]
    """By kind and accent; accent 0 serves where there is none of a theme's own."""
    template: bytes | None = None

    def layout(self, kind: str, accent: int) -> Layout:
        return self.layouts.get((kind, accent)) or self.layouts[kind, 0]


def own_design(style: SlidesStyle, accents: int, lang: str) -> Design:
    made = {
        ("title", 0): _title(style, accents),
        ("agenda", 0): _agenda(style),
    }
    for accent in range(1, accents + 1):
        made["section", accent] = _section(style, accent)
        made["overview", accent] = _overview(style, accent)
        made["question", accent] = _question(style, accent)
        made["followups", accent] = _followups(style, accent)
        made["list", accent] = _list(style, accent)
    made["closing", 0] = _closing(style, accents)
    made = {place: _with_fonts(layout, style) for place, layout in made.items()}
    if right_to_left(lang):
        made = {place: _mirrored(layout, style.width_pt) for place, layout in made.items()}
    return Design(made)


def _mirrored(layout: Layout, width: float) -> Layout:
    def box(each: Box) -> Box:
        return width - each[0] - each[2], *each[1:]

    aligns = {"l": "r", "r": "l"}
    return replace(
        layout,
        placeholders=tuple(
            replace(each, box_pt=box(each.box_pt), align=aligns[each.align])
            for each in layout.placeholders
        ),
        shapes=tuple((name, box(each), color) for name, each, color in layout.shapes),
        track_pt=layout.track_pt and box(layout.track_pt),
    )


def _with_fonts(layout: Layout, style: SlidesStyle) -> Layout:
    def named(each: Placeholder) -> Placeholder:
        family = style.serif if each.major else style.sans
        return replace(each, family=family, size_pt=each.size_pt or each.sizes_pt[0])

    return replace(layout, placeholders=tuple(map(named, layout.placeholders)))


def master_placeholders(style: SlidesStyle) -> tuple[Placeholder, ...]:
    box = (style.left_pt, style.list_top_pt, _width(style), _list_height(style))
    text = Placeholder("text", 1, box, style.list_sizes_pt)
    master = Layout("", "", (_heading(style), text, *_feet(style)))
    return _with_fonts(master, style).placeholders


def _width(style: SlidesStyle) -> float:
    return style.width_pt - style.left_pt - style.right_pt


def _list_height(style: SlidesStyle) -> float:
    return style.list_bottom_pt - style.list_top_pt


def _feet(style: SlidesStyle, color: str = "tx2") -> tuple[Placeholder, ...]:
    top, right, sizes = style.foot_top_pt, style.width_pt - style.right_pt, (round(style.foot_pt),)
    return (
        Placeholder("foot", 20, (style.left_pt, top, 300, 24), sizes, color=color, kind="ftr"),
        Placeholder("page", 21, (right - 100, top, 100, 24), sizes, color=color, kind="sldNum",
                    align="r"),
    )  # fmt: skip


def _heading(style: SlidesStyle, color: str = "tx1") -> Placeholder:
    box = (style.left_pt, 34.0, _width(style), 80.0)
    return Placeholder("title", 0, box, style.heading_sizes_pt, color=color, kind="title",
                       major=True, bold=True, anchor="b")  # fmt: skip


def _title(style: SlidesStyle, accents: int) -> Layout:
    x, width = style.left_pt, _width(style)
    return Layout(
        "Title", "title",
        (
            Placeholder("title", 0, (x, 60, width, 230), style.title_sizes_pt, kind="ctrTitle",
                        major=True, bold=True, anchor="b"),
            Placeholder("subtitle", 1, (x, 298, width, 90), style.subtitle_sizes_pt, color="tx2",
                        kind="subTitle"),
            Placeholder("label", 11, (x, style.foot_top_pt - 10, width, 28), (style.label_pt,),
                        color="tx2"),
        ),
        shapes=_band(style, accents),
    )  # fmt: skip


def _closing(style: SlidesStyle, accents: int) -> Layout:
    x, width = style.left_pt, _width(style)
    return Layout(
        "Closing", "obj",
        (
            Placeholder("title", 0, (x, 140, width, 130), style.section_sizes_pt, kind="title",
                        major=True, bold=True, anchor="b"),
            Placeholder("body", 10, (x, 284, width, 120), style.subtitle_sizes_pt, color="tx2"),
            *_feet(style),
        ),
        shapes=_band(style, accents),
    )  # fmt: skip


def _agenda(style: SlidesStyle) -> Layout:
    gap, aside = style.agenda_gap_pt, style.agenda_count_pt
    x, top, width = style.left_pt, style.list_top_pt + gap / 2, _width(style) - aside
    height, sizes = _list_height(style) - gap, style.list_sizes_pt
    return Layout(
        "Agenda", "twoObj",
        (
            _heading(style),
            Placeholder("body", 10, (x, top, width, height), sizes, gap_pt=gap,
                        hang_pt=style.agenda_hang_pt),
            Placeholder("counts", 14, (x + width, top, aside, height), sizes, color="tx2",
                        gap_pt=gap, align="r"),
            *_feet(style),
        ),
        ruled=True,
    )  # fmt: skip


def _section(style: SlidesStyle, accent: int) -> Layout:
    x, width = style.left_pt, _width(style) * 0.78
    return Layout(
        f"Section {accent}", "secHead",
        (
            Placeholder("title", 0, (x, 102, width, 130), style.section_sizes_pt, color="bg1",
                        kind="title", major=True, bold=True, anchor="b"),
            Placeholder("label", 11, (x, style.label_top_pt, width, 28), (style.label_pt,),
                        color="bg1", bold=True),
            Placeholder("body", 10, (x, 246, width, 222), style.intro_sizes_pt, color="bg1",
                        gap_pt=style.followup_gap_pt),
            Placeholder("numeral", 15, (style.numeral_left_pt, 84, style.numeral_width_pt, 388),
                        style.numeral_sizes_pt, color="bg1", major=True, bold=True,
                        align="r", anchor="ctr", opacity=style.numeral_opacity),
            *_feet(style, "bg1"),
        ),
        background=f"accent{accent}",
    )  # fmt: skip


def _overview(style: SlidesStyle, accent: int) -> Layout:
    x, column = style.left_pt, (_width(style) - style.gutter_pt) / 2
    lists = tuple(
        Placeholder(role, idx, (left, style.list_top_pt, column, _list_height(style)),
                    style.list_sizes_pt, gap_pt=style.row_gap_pt, hang_pt=style.overview_hang_pt)
        for role, idx, left in (("body", 10, x), ("second", 14, x + column + style.gutter_pt))
    )  # fmt: skip
    return Layout(
        f"Overview {accent}", "twoObj",
        (_heading(style, f"accent{accent}"), *lists, *_feet(style)), shapes=_bar(style, accent),
    )  # fmt: skip


def _list(style: SlidesStyle, accent: int) -> Layout:
    box = (style.left_pt, style.list_top_pt, _width(style), _list_height(style))
    body = Placeholder("body", 10, box, style.dense_sizes_pt, gap_pt=style.dense_gap_pt,
                       hang_pt=style.dense_hang_pt, step_pt=style.followup_hang_pt,
                       bullets_from=2)  # fmt: skip
    return Layout(
        f"Questions {accent}", "obj", (_heading(style, f"accent{accent}"), body, *_feet(style)),
        shapes=_bar(style, accent),
    )  # fmt: skip


def _question(style: SlidesStyle, accent: int) -> Layout:
    x, width, color = style.left_pt, _width(style), f"accent{accent}"
    top, aside = style.question_top_pt, style.width_pt - style.right_pt - 170
    track = (x, style.progress_top_pt, width, style.progress_height_pt)
    return Layout(
        f"Question {accent}", "titleOnly",
        (
            Placeholder("question", 0, (x, top, width, style.question_bottom_pt - top),
                        style.question_sizes_pt, kind="title", major=True, bold=True,
                        spacing=style.question_spacing),
            Placeholder("label", 11, (x, style.label_top_pt, width - 180, 30), (style.label_pt,),
                        color=color, bold=True),
            Placeholder("count", 12, (aside, style.label_top_pt, 170, 30), (style.label_pt,),
                        color="tx2", align="r"),
            Placeholder("number", 13, (x, top - 44, width, 40), (style.number_pt,), color=color,
                        major=True, bold=True, anchor="b"),
            *_feet(style),
        ),
        shapes=(*_bar(style, accent), ("Track", track, "bg2")),
        track_pt=track,
    )  # fmt: skip


def _followups(style: SlidesStyle, accent: int) -> Layout:
    """The question's layout, with the lower part for the follow-ups under a hairline."""
    plain = _question(style, accent)
    asked, *labels = plain.placeholders
    x, top, width, _ = asked.box_pt
    middle = style.followups_top_pt
    body = Placeholder("followups", 10, (x, middle, width, style.question_bottom_pt - middle),
                       style.followup_sizes_pt, color="tx2", gap_pt=style.followup_gap_pt,
                       hang_pt=style.followup_hang_pt, step_pt=style.followup_hang_pt,
                       bullets_from=1)  # fmt: skip
    height = middle - top - 2 * style.followup_rule_pt
    rule = ("Rule", (x, middle - style.followup_rule_pt, width, style.hairline_pt), "bg2")
    asked = replace(asked, box_pt=(x, top, width, height))
    return replace(
        plain, name=f"Question with follow-ups {accent}", kind="objTx",
        placeholders=(asked, body, *labels), shapes=(*plain.shapes, rule),
    )  # fmt: skip


def _bar(style: SlidesStyle, accent: int) -> tuple[tuple[str, Box, str], ...]:
    return (("Accent bar", (0.0, 0.0, style.bar_pt, style.height_pt), f"accent{accent}"),)


def _band(style: SlidesStyle, accents: int) -> tuple[tuple[str, Box, str], ...]:
    """The accents of the deck, one over the other."""
    step = style.height_pt / accents
    return tuple(
        (f"Band {index}", (0.0, (index - 1) * step, style.bar_pt, step), f"accent{index}")
        for index in range(1, accents + 1)
    )
