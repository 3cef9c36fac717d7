"""A canvas that writes PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

Each page is drawn on a reportlab Canvas, of which only the content is used. The file around the
pages is written here, because reportlab has no tags, no object streams and no form fields with
fonts of their own.

Everything is drawn between `begin(tag)` and `end()`, or between `artifact()` and `end()` if it is
decoration. These are not nested. Anything outside of both on a page is a bug.
"""

from __future__ import annotations

import hashlib
import io
import string
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import IO, NamedTuple
from urllib.parse import quote

from reportlab.pdfgen.canvas import Canvas

from generator.pdf import metadata
from generator.pdf.document import Document, End, Reference, number_of
from generator.pdf.fonts import Typesetter
from generator.pdf.objects import dictionary, numbers, stream, text
from generator.pdf.structure import Outline, Structure, Tag
from generator.text.shape import Face

PRODUCER = "ReportLab PDF Library - (opensource)"

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's bottom left corner."""


Values = Mapping[str, str]
"""The values of one copy of a file, by the names of its holes."""


class Description(NamedTuple):
    title: str
    author: str = ""
    subject: str = ""
    lang: str = "en"
    """A BCP 47 tag."""
    creator: str = ""
    date: datetime = datetime(2000, 1, 1)
    """The date in UTC; no clock enters the file."""


class TaggedCanvas:
    """The canvas. `root` is the tag of the document; None makes an untagged file that claims no
    conformance."""

    def __init__(
        self, file: IO[bytes], size: tuple[float, float], root: Tag | None, about: Description
    ) -> None:
        """Write pages into `file` as they end, and the rest with `finish`."""
        self._file, self._size, self._root, self._about = file, size, root, about
        self.document = Document(file)
        self.typesetter = Typesetter()
        self.form: dict[str, object] = {}
        """Further entries of the interactive form's dictionary."""
        self.preferences: dict[str, str] = {"DisplayDocTitle": "true"}
        self._structure, self._outline = Structure(), Outline()
        self._pages: list[Reference] = []
        self._parent, self.resources = self.document.reserve(), self.document.reserve()
        self._pictures: dict[str, Reference] = {}
        self._links: list[tuple[Reference, str, str]] = []
        """Links within this document: an annotation, all of it but its end, and a bookmark."""
        self._fields: list[Reference] = []
        self.closing: list[Callable[[], None]] = []
        """Functions that are called before the end of the file is made, to set objects that grew
        with the pages."""
        self._late: dict[Reference, Callable[[Values], str | bytes]] = {}
        self._holes: list[Callable[[Values], str]] = []
        """The holes of the open page."""

    def begin_page(self) -> None:
        self._drawing = Canvas(io.BytesIO(), pagesize=self._size)
        self._states: dict[str, str] = {}
        self._page = self.document.reserve()
        self._annotations: list[Reference] = []

    @property
    def page_count(self) -> int:
        """The number of finished pages."""
        return len(self._pages)

    # -- what is drawn on the page that is open

    def write(self, operators: str) -> None:
        """Add operators of a content stream (annex A). They leave colours, lines and font
        unchanged, or are within `q` and `Q`."""
        self._drawing.addLiteral(operators)

    def state(self, kind: str, operators: str) -> None:
        """Add operators that set a colour, a line or the font, unless it is set already, which
        saves a sixth of a page."""
        if self._states.get(kind) != operators:
            self._states[kind] = operators
            self.write(operators)

    def text(
        self, face: Face, text: str, size: float, at: tuple[float, float], rtl: bool = False,
        spacing: float = 0.0,
    ) -> None:  # fmt: skip
        font, shown = self.typesetter.show(face, text, size, at, rtl, spacing)
        if font:
            self.state("font", font)
        else:
            self._states.pop("font", None)
        self.write(shown)

    def rectangle(self, area: Rect, filled: bool = False, radius: float = 0.0) -> None:
        """Fill a rectangle, or draw its outline, in the current colours and line."""
        left, low, right, high = area
        draw = partial(self._drawing.roundRect, radius=radius) if radius else self._drawing.rect
        draw(left, low, right - left, high - low, stroke=not filled, fill=filled)

    # -- what each copy of the file has of its own

    def hole(self, operators: Callable[[Values], str]) -> None:
        """Add operators that depend on the copy."""
        self.write(_hole(len(self._holes)))
        self._states.clear()
        self._holes.append(operators)

    def defer(self, reference: Reference, body: Callable[[Values], str | bytes]) -> None:
        """Set an object that depends on the copy."""
        self._late[reference] = body

    def copies(self) -> Callable[[Values], bytes]:
        """Return a function that makes a copy of the file from its values. All glyphs that any copy
        needs must have been shown by `typesetter` before."""
        late = sorted(self._late, key=number_of)
        end = self._end(late)
        self._file.seek(0)
        fixed = self._file.read()
        bodies = [self._late[reference] for reference in late]
        return lambda values: fixed + end.data(body(values) for body in bodies)

    def finish(self) -> None:
        """Write the end of the file."""
        self._file.write(self._end([]).data(()))

    # -- marked content

    def begin(self, tag: Tag) -> None:
        if self._root:
            mcid = self._structure.mark(tag, self._page)
            self.write(f"/{tag.type} <</MCID {mcid}>> BDC")

    def artifact(self, kind: str = "/Type /Layout") -> None:
        """Begin an artifact; `kind` as in ISO 32000-1, 14.8.2.2: `/Type /Pagination /Subtype
        /Footer`."""
        if self._root:
            self.write(f"/Artifact <<{kind}>> BDC")

    def end(self) -> None:
        if self._root:
            self.write("EMC")

    def picture(self, tag: Tag, area: Rect, data: bytes, alt: str) -> None:
        """Draw a PNG or JPEG, on white if it is transparent, as a figure with its alternative text
        in the tag (ISO 14289-1, 7.3; its box as in ISO 32000-1, table 344)."""
        name = f"P{hashlib.sha256(data).hexdigest()[:16]}"
        if name not in self._pictures:
            self._pictures[name] = self.document.add(_image(data))
        left, low, right, high = area
        box = f"<</O /Layout /Placement /Block /BBox {numbers(*area)}>>"
        tag.attributes = f"/Alt {text(alt)} /A {box}"
        self.begin(tag)
        size = f"{right - left:.2f} 0 0 {high - low:.2f} {left:.2f} {low:.2f}"
        self.write(f"q {size} cm /{name} Do Q")
        self.end()

    # -- annotations and bookmarks

    def link(self, tag: Tag, area: Rect, words: str, key: str = "", uri: str = "") -> None:
        """Link to the bookmark `key` of this document or to `uri`; `words` describe the target."""
        entries: dict[str, object] = {"Border": "[0 0 0]", "Contents": text(words)}
        if uri:
            ascii_uri = quote(uri, safe=string.punctuation)  # ISO 32000-1, 12.6.4.7
            entries["A"] = f"<</Type /Action /S /URI /URI {text(ascii_uri)}>>"
        reference, link = self._annotation({"Subtype": "/Link", **entries}, tag, area)
        if uri:
            self.document.set(reference, dictionary(**link))
        else:
            self._links.append((reference, dictionary(**link).removesuffix(">>"), key))

    def field(
        self, tag: Tag, area: Rect, entries: dict[str, object], parent: Reference = "",
        value: str = "",
    ) -> Reference:  # fmt: skip
        """Add a widget; without `parent` it is a field of the form itself. `value` names the value
        that each copy of the file has in it."""
        reference, widget = self._annotation({"Subtype": "/Widget", **entries}, tag, area)
        if value:
            self.defer(reference, lambda values: dictionary(**widget, V=text(values[value])))
        else:
            self.document.set(reference, dictionary(**widget))
        if not parent:
            self.add_field(reference)
        return reference

    def add_field(self, field: Reference) -> None:
        """Add a field to the form."""
        self._fields.append(field)

    def _annotation(
        self, entries: dict[str, object], tag: Tag, area: Rect
    ) -> tuple[Reference, dict[str, object]]:
        """Return an annotation. /F 4 means that it is printed and not hidden (PDF/A-2, 6.3.2)."""
        made = self.document.reserve()
        self._annotations.append(made)
        entries = {"Type": "/Annot", "F": 4, "P": self._page, **entries, "Rect": numbers(*area)}
        if self._root:
            entries["StructParent"] = self._structure.annotate(tag, self._page, made)
        return made, entries

    def bookmark(self, key: str, top: float, title: str = "", level: int = 0) -> None:
        """Add a place on this page for links; with a title, it is an entry of the outline."""
        self._outline.add(key, self._page, top, title, level)

    # -- pages

    def end_page(self) -> None:
        holes = bool(self._holes)
        body, contents = self._body(), self.document.reserve()
        if holes:
            self.defer(contents, body)
        else:
            self.document.set(contents, body({}))
        self._add_page(contents, self._size)

    def end_sheet(self) -> Callable[[Values], Reference]:
        """Finish the drawing as the contents of later pages; all share it if nothing depends on the
        copy."""
        holes = bool(self._holes)
        body, add = self._body(), self.document.add
        if holes:
            return lambda values: add(body(values))
        shared = add(body({}))
        return lambda _: shared

    def repeat(self, contents: Reference, size: tuple[float, float]) -> None:
        """Add a page with contents that were drawn before."""
        self._page, self._annotations = self.document.reserve(), []
        self._add_page(contents, size)

    def _body(self) -> Callable[[Values], bytes]:
        """Return the content stream of the drawing."""
        code, holes = self._drawing.getCurrentPageContent(), self._holes
        parts, self._holes = [], []
        for index in range(len(holes)):
            before, _, code = code.partition(_hole(index))
            parts.append(before)

        def body(values: Values) -> bytes:
            shown = "".join(p + hole(values) for p, hole in zip(parts, holes, strict=True))
            return stream((shown + code).encode("latin-1"), level=1 if holes else -1)

        return body

    def _add_page(self, contents: Reference, size: tuple[float, float]) -> None:
        tagged = {"StructParents": self._structure.end_page(), "Tabs": "/S"} if self._root else {}
        annotations = f"[{' '.join(self._annotations)}]" if self._annotations else None
        self.document.set(self._page, dictionary(
            Type="/Page", Parent=self._parent, MediaBox=numbers(0, 0, *size),
            Resources=self.resources, Contents=contents, Annots=annotations, **tagged,
        ))  # fmt: skip
        self._pages.append(self._page)

    # -- the end of the document

    def _end(self, late: list[Reference]) -> End:
        document, pages = self.document, self._pages
        for close in self.closing:
            close()
        for reference, link, key in self._links:
            document.set(reference, f"{link} /Dest {self._outline.destination(key)}>>")
        kids = f"[{' '.join(pages)}]"
        document.set(self._parent, dictionary(Type="/Pages", Kids=kids, Count=len(pages)))
        pictures = dictionary(**self._pictures) if self._pictures else None
        fonts = self.typesetter.resources(document)
        document.set(self.resources, dictionary(Font=fonts, XObject=pictures))
        return document.end(late, document.add(self._catalog()), document.add(self._info()))

    def _catalog(self) -> str:
        form, outline = None, self._outline.write(self.document)
        if self._fields:
            form = dictionary(Fields=f"[{' '.join(self._fields)}]", **self.form)
        return dictionary(
            Type="/Catalog", Pages=self._parent, Lang=text(self._about.lang), AcroForm=form,
            Outlines=outline, PageMode="/UseOutlines" if outline else None,
            PageLabels="<</Nums [0 <</S /D>>]>>" if self._root else None,
            ViewerPreferences=dictionary(**self.preferences), **self._promises(),
        )  # fmt: skip

    def _promises(self) -> dict[str, object]:
        """Return the entries of a catalog that PDF/UA and PDF/A require."""
        document, about = self.document, self._about
        if not self._root:
            return {}
        profile = document.add(stream(metadata.srgb(), N=3))
        intent = dictionary(
            Type="/OutputIntent", S="/GTS_PDFA1", OutputConditionIdentifier="(sRGB)",
            Info="(sRGB IEC61966-2.1)", DestOutputProfile=profile,
        )  # fmt: skip
        values = about._asdict() | {"date": f"{about.date:%Y-%m-%dT%H:%M:%SZ}"}
        packet = metadata.xmp(**values, producer=PRODUCER)
        return {
            "OutputIntents": f"[{intent}]",
            "MarkInfo": "<</Marked true>>",
            "StructTreeRoot": self._structure.write(document, self._root),
            # Not compressed, so that programs that know no PDF can read it.
            "Metadata": document.add(
                stream(packet, packed=False, Type="/Metadata", Subtype="/XML")
            ),
        }

    def _info(self) -> str:
        about = self._about
        date = f"({about.date:D:%Y%m%d%H%M%S}+00'00')"
        return dictionary(
            Title=text(about.title), Author=text(about.author), Subject=text(about.subject),
            Creator=text(about.creator), Producer=text(PRODUCER), CreationDate=date, ModDate=date,
        )  # fmt: skip


def _hole(index: int) -> str:
    """Return a comment, as no other content has one: texts are written as hexadecimal digits."""
    return f"%hole {index}%"


def _image(data: bytes) -> bytes:
    """Return a picture file as an image XObject (8.9.5), without transparency."""
    from PIL import Image  # few sets have a logo

    with Image.open(io.BytesIO(data)) as opened:
        layer = opened.convert("RGBA")
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer)
    return stream(
        flat.tobytes(), Type="/XObject", Subtype="/Image", Width=flat.width, Height=flat.height,
        ColorSpace="/DeviceRGB", BitsPerComponent=8,
    )  # fmt: skip
