"""Our own look of slides: a layout for each use, and for each accent where it shows one.

A rail in the accent stands at the side, with the number of the question or the theme. The texts
that slides share stand at the same place on all of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.look.color import lightness
from generator.look.style import Box, Palette, SlidesStyle
from generator.text.bidi import right_to_left
from generator.writers.slides.layouts import (
    INK,
    MUTED,
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
"""What people call the accents of our palette."""
_TALL = ("ARABIC", "HEBREW", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI", "KHMER", "MYANMAR")
_SQUARE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def own_design(style: SlidesStyle, palette: Palette, themes: int, lang: str) -> Design:
    accents = min(themes, len(palette.accents))
    made: dict[tuple[str, int], Layout] = {
        ("title", 0): _title(style, accents, themes),
        ("agenda", 0): _agenda(style),
    }
    for accent in range(1, accents + 1):
        ink, color = ink_on(palette, accent), text_color(palette, accent)
        name = _COLORS.get(palette.surface(accent), f"colour {accent}")
        layouts = (
            _section(style, accent, ink),
            _overview(style, accent, ink, color),
            _question(style, accent, ink, color),
            _followups(style, accent, ink, color),
            _list(style, accent, ink, color),
        )
        made |= {(each.use, accent): replace(each, name=f"{each.name}, {name}") for each in layouts}
    made["closing", 0] = _closing(style, accents)
    made = {place: _with_fonts(layout, style) for place, layout in made.items()}
    if right_to_left(lang):
        made = {place: mirrored(layout, style.width_pt) for place, layout in made.items()}
    return Design(made)


def surface(accent: int) -> Color:
    """The colour of large areas; the theme part has a brand's own, however light."""
    return Color(f"accent{accent}")


def text_color(palette: Palette, accent: int) -> Color:
    """The colour of text and thin lines: the same hue, as dark as need be to be read."""
    own, dark = palette.surface(accent), palette.accent(accent)
    return Color(f"accent{accent}", 1.0 if own == dark else lightness(dark) / lightness(own))


def ink_on(palette: Palette, accent: int) -> Color:
    """The colour of text on a surface: white, or dark where white could not be read."""
    color = palette.on_surface(accent)
    if color == palette.paper:
        return WHITE
    return INK if color == palette.ink else Color("tx1", 0.0)


def leading_of(texts: Iterable[str], style: SlidesStyle) -> SlidesStyle:
    """A style with more room between lines, where a script of the texts needs it."""
    letters = {each for text in texts if not text.isascii() for each in text if each > "\u0530"}
    names = {unicodedata.name(each, "").split(" ")[0] for each in letters}
    more = style.tall_leading if names & {*_TALL} else 1.0
    if names & {*_SQUARE}:
        more = max(more, style.square_leading)
    return replace(
        style,
        large_leading=style.large_leading * more,
        text_leading=style.text_leading * more,
        ascent=style.ascent + (more - 1) * style.large_leading,
    )


def mirrored(layout: Layout, width: float) -> Layout:
    """For scripts that run from right to left."""
    aligns = {"l": "r", "r": "l", "ctr": "ctr"}
    return replace(
        layout,
        placeholders=tuple(
            replace(each, box_pt=mirrored_box(each.box_pt, width), align=aligns[each.align])
            for each in layout.placeholders
        ),
        shapes=tuple(mirrored_shape(each, width) for each in layout.shapes),
    )


def mirrored_box(box: Box, width: float) -> Box:
    return width - box[0] - box[2], *box[1:]


def mirrored_shape(shape: Shape, width: float) -> Shape:
    return shape._replace(boxes_pt=tuple(mirrored_box(box, width) for box in shape.boxes_pt))


def _with_fonts(layout: Layout, style: SlidesStyle) -> Layout:
    def named(each: Placeholder) -> Placeholder:
        family = style.serif if each.major else style.sans
        return replace(each, family=family, size_pt=each.size_pt or each.sizes_pt[0])

    return replace(layout, placeholders=tuple(map(named, layout.placeholders)))


def master_placeholders(style: SlidesStyle) -> tuple[Placeholder, ...]:
    text = Placeholder("text", 1, style.agenda_box_pt, style.template_list_sizes_pt)
    master = Layout("", "", "", (_heading(style), text, _page(style)))
    return _with_fonts(master, style).placeholders


def _page(style: SlidesStyle, color: Color = MUTED, rail: bool = False) -> Placeholder:
    """The slide's number."""
    box = style.rail_page_box_pt if rail else style.page_box_pt
    return Placeholder("page", 21, box, (style.page_pt,), color=color, kind="sldNum",
                       align="ctr" if rail else "r")  # fmt: skip


def _heading(style: SlidesStyle) -> Placeholder:
    return Placeholder("title", 0, style.heading_box_pt, style.heading_sizes_pt, kind="title",
                       leading=style.large_leading, major=True, bold=True, anchor="b")  # fmt: skip


def _label(role: str, idx: int, box: Box, style: SlidesStyle, color: Color) -> Placeholder:
    return Placeholder(role, idx, box, (style.label_pt,), color=color, bold=True,
                       leading=style.text_leading)  # fmt: skip


def _title(style: SlidesStyle, accents: int, themes: int) -> Layout:
    named, left = themes <= style.index_most, style.width_pt - style.index_pt
    return Layout(
        "title", "Title", "title",
        (
            Placeholder("title", 0, style.title_box_pt, style.title_sizes_pt, kind="ctrTitle",
                        leading=style.large_leading, major=True, bold=True, anchor="b"),
            Placeholder("subtitle", 1, style.subtitle_box_pt, style.subtitle_sizes_pt,
                        color=MUTED, kind="subTitle", leading=style.text_leading),
            *((_table((left, 0.0, style.index_pt, style.height_pt), style),) if named else ()),
            Placeholder("imprint", 11, style.imprint_box_pt, (style.label_pt,), color=MUTED,
                        leading=style.text_leading),
        ),
        shapes=() if named else _bands(style, accents, left, style.index_pt),
        logo=True,
    )  # fmt: skip


def _agenda(style: SlidesStyle) -> Layout:
    placeholders = (_heading(style), _table(style.agenda_box_pt, style), _page(style))
    return Layout("agenda", "Agenda", "tbl", placeholders)


def _table(box: Box, style: SlidesStyle) -> Placeholder:
    return Placeholder("table", 19, box, style.index_sizes_pt, kind="tbl")


def _section(style: SlidesStyle, accent: int, ink: Color) -> Layout:
    label = _label("label", 11, style.section_label_box_pt, style, ink)
    return Layout(
        "section", "Theme", "secHead",
        (
            Placeholder("numeral", 15, style.numeral_box_pt, style.numeral_sizes_pt, color=ink,
                        leading=1.0, major=True, bold=True, align="r",
                        opacity=style.numeral_opacity),
            replace(label, sizes_pt=(style.section_label_pt,), tracking_pt=style.tracking_pt),
            Placeholder("title", 0, style.section_box_pt, style.section_sizes_pt, color=ink,
                        kind="title", leading=style.large_leading, major=True, bold=True),
            Placeholder("body", 10, style.section_intro_box_pt, style.section_intro_sizes_pt,
                        color=ink, leading=style.text_leading),
            replace(_label("extent", 12, style.section_foot_box_pt, style, ink), bold=False),
            _page(style, ink),
        ),
        background=surface(accent),
    )  # fmt: skip


def below_title(layout: Layout, height_pt: float, style: SlidesStyle) -> Layout:
    """A theme's layout with the intro right below a title of this height."""
    x, y, width, height = layout.place("body").box_pt
    top = style.section_box_pt[1] + height_pt + style.section_gap_pt
    return with_boxes(layout, {"body": (x, top, width, y + height - top)})


def _overview(style: SlidesStyle, accent: int, ink: Color, color: Color) -> Layout:
    x, y, width, height = style.overview_box_pt
    column = (width - style.overview_gutter_pt) / 2
    lists = tuple(
        Placeholder(role, idx, (left, y, across, height), sizes, leading=style.text_leading,
                    gap_pt=style.overview_gap_pt, hang_em=style.overview_hang_em)
        for role, idx, left, across, sizes in (
            ("body", 10, x, column, style.overview_sizes_pt),
            ("second", 14, x + column + style.overview_gutter_pt, column, style.overview_sizes_pt),
        )
    )  # fmt: skip
    label = _label("title", 0, style.overview_label_box_pt, style, color)
    heading = replace(_heading(style), role="heading", idx=13, kind="body")
    return Layout(
        "overview", "Which ones", "twoObj",
        (
            replace(heading, box_pt=style.overview_heading_box_pt),
            *lists,
            replace(label, kind="title", align="r", anchor="b"),
            _rail_number(style, ink),
            _page(style, ink, rail=True),
        ),
        shapes=_rail(style, accent),
    )  # fmt: skip


def few_in_one_column(layout: Layout, style: SlidesStyle) -> Layout:
    """An overview of few questions: in one column, and larger."""
    _, y, width, height = style.overview_box_pt
    body = layout.place("body")
    box = body.box_pt
    left = min(box[0], layout.place("second").box_pt[0])
    one = replace(body, box_pt=(left, y, width, height),
                  sizes_pt=style.overview_few_sizes_pt)  # fmt: skip
    kept = tuple(each for each in layout.placeholders if each.role not in ("body", "second"))
    name = layout.name.replace("Which ones", "Which one")
    return replace(layout, name=name, kind="obj", placeholders=(one, *kept))


def _rail_number(style: SlidesStyle, ink: Color) -> Placeholder:
    """The number of the theme, on the line of the heading."""
    _, top, _, height = style.overview_heading_box_pt
    box = (0.0, top, style.rail_pt, height)
    return Placeholder("number", 16, box, (style.overview_number_pt,), color=ink, major=True,
                       bold=True, leading=style.large_leading, align="ctr", anchor="b")  # fmt: skip


def _question(style: SlidesStyle, accent: int, ink: Color, color: Color) -> Layout:
    x, width, baseline = style.question_left_pt, style.question_width_pt, style.question_baseline_pt
    room = style.question_bottom_pt - baseline
    asked = Placeholder(
        "question", 0, (x, baseline, width, room), style.question_sizes_pt, kind="title",
        leading=style.large_leading, major=True, bold=True, calm_pt=style.question_calm_pt,
        calm_lines=style.question_lines, baseline_pt=baseline,
    )  # fmt: skip
    return Layout(
        "question", "Question", "titleOnly",
        (
            asked,
            Placeholder("number", 13, (0.0, baseline, style.rail_pt, 0.0), (style.number_pt,),
                        color=ink, major=True, bold=True, leading=style.large_leading,
                        align="ctr", baseline_pt=baseline),
            Placeholder("minutes", 14, style.minutes_box_pt, (style.minutes_pt,), color=color,
                        bold=True, leading=style.text_leading, align="r"),
            _label("label", 11, style.status_box_pt, style, color),
            Placeholder("count", 12, style.status_count_box_pt, (style.label_pt,), color=MUTED,
                        leading=style.text_leading, align="r"),
            _page(style, ink, rail=True),
        ),
        shapes=_rail(style, accent),
    )  # fmt: skip


def _followups(style: SlidesStyle, accent: int, ink: Color, color: Color) -> Layout:
    """The question's layout with the question higher up, and follow-ups below it, where
    `split` says."""
    question = _question(style, accent, ink, color)
    baseline = style.followups_baseline_pt

    def higher(each: Placeholder) -> Placeholder:
        x, _, width, _ = each.box_pt
        if not each.baseline_pt:
            return each
        sizes = style.followups_question_sizes_pt if each.role == "question" else each.sizes_pt
        box = (x, baseline, width, style.followups_question_pt - style.ascent * sizes[0])
        return replace(each, box_pt=box, baseline_pt=baseline, sizes_pt=sizes)

    body = Placeholder(
        "followups", 10, (style.question_left_pt, baseline, style.question_width_pt, 0.0),
        style.followup_sizes_pt, color=MUTED, leading=style.text_leading,
        gap_pt=style.followup_gap_pt, left_pt=style.followup_hang_pt,
        step_pt=style.followup_hang_pt, dashes_from=2,
    )  # fmt: skip
    placeholders = (*map(higher, question.placeholders), body)
    name = "Question with follow-ups"
    return replace(question, use="followups", name=name, kind="objTx", placeholders=placeholders)


def split(layout: Layout, height_pt: float, size_pt: float, style: SlidesStyle) -> Layout:
    """The layout with follow-ups right below a question of this height and size."""
    bottom = style.followups_baseline_pt - style.ascent * size_pt + height_pt
    top = bottom + style.followups_gap_pt
    x, _, width, _ = layout.place("followups").box_pt
    boxes = {"followups": (x, top, width, style.question_bottom_pt - top)}
    first = style.followups_baseline_pt
    boxes["question"] = (x, first, width, bottom - first)
    return with_boxes(layout, boxes)


def with_boxes(layout: Layout, boxes: Mapping[str, Box]) -> Layout:
    """The layout with other places for some roles."""
    return replace(
        layout,
        placeholders=tuple(
            replace(each, box_pt=boxes.get(each.role, each.box_pt)) for each in layout.placeholders
        ),
    )


def _list(style: SlidesStyle, accent: int, ink: Color, color: Color) -> Layout:
    body = Placeholder("body", 10, style.list_box_pt, style.list_sizes_pt, gap_pt=style.list_gap_pt,
                       hang_em=style.overview_hang_em, step_pt=style.followup_hang_pt,
                       leading=style.text_leading, dashes_from=2,
                       smaller_pt=style.list_smaller_pt, least_pt=style.least_pt)  # fmt: skip
    heading = _label("title", 0, style.list_heading_box_pt, style, color)
    heading = replace(heading, kind="title", sizes_pt=style.list_heading_sizes_pt, anchor="b")
    return Layout(
        "list", "Questions", "obj",
        (
            heading,
            body,
            _rail_number(style, ink),
            _page(style, ink, rail=True),
        ),
        shapes=_rail(style, accent),
    )  # fmt: skip


def _closing(style: SlidesStyle, accents: int) -> Layout:
    thanks = _label("thanks", 11, style.closing_thanks_box_pt, style, INK)
    return Layout(
        "closing", "Closing", "obj",
        (
            Placeholder("title", 0, style.closing_box_pt, style.closing_sizes_pt, kind="title",
                        leading=style.large_leading, major=True, bold=True, anchor="b"),
            Placeholder("body", 10, style.closing_hint_box_pt, style.closing_hint_sizes_pt,
                        color=MUTED, leading=style.text_leading),
            replace(thanks, sizes_pt=(style.closing_thanks_pt,)),
            _page(style),
        ),
        shapes=_bands(style, accents, 0.0, style.rail_pt),
    )  # fmt: skip


def _rail(style: SlidesStyle, accent: int) -> tuple[Shape, ...]:
    box = (0.0, 0.0, style.rail_pt, style.height_pt)
    return (Shape("Rail", (box,), surface(accent)),)


def _bands(style: SlidesStyle, accents: int, left: float, width: float) -> tuple[Shape, ...]:
    """The accents of the deck one over the other, a little white between them."""
    return tuple(_band(style, accents, left, width))


def _band(style: SlidesStyle, accents: int, left: float, width: float) -> Iterator[Shape]:
    step = (style.height_pt + style.white_pt) / accents
    for index in range(accents):
        box = (left, index * step, width, step - style.white_pt)
        yield Shape(f"Band {index + 1}", (box,), surface(index + 1))
