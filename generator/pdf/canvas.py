"""A reportlab Canvas that writes PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

What is drawn stands between `begin(tag)` and `end()`, or between `artifact()` and `end()` when it
is decoration. Such runs do not nest. A page on which something stands outside of both is a bug.
"""

from __future__ import annotations

import hashlib
import string
from datetime import datetime
from typing import IO, Any, NamedTuple
from urllib.parse import quote

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from generator.pdf import metadata, writer
from generator.pdf.fonts import Font
from generator.pdf.objects import Raw, dictionary, image, number, reference, stream, text
from generator.pdf.outline import Outline
from generator.pdf.tags import Structure, Tag

rl_config.useA85 = 0  # streams as bytes: smaller, and quicker to write

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's left lower corner."""


class Description(NamedTuple):
    title: str
    author: str = ""
    subject: str = ""
    lang: str = "en"
    """BCP 47."""
    creator: str = ""
    date: datetime = datetime(2000, 1, 1)
    """In UTC; no clock enters the file."""


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """`root` is the tag of the document; None makes a file without tags and without promises."""

    def __init__(
        self, file: IO[bytes], size: tuple[float, float], root: Tag | None, about: Description
    ) -> None:
        self._root, self._about = root, about
        self.structure = Structure()
        self._fonts: dict[Font, str] = {}
        self._fields: list[str] = []
        self.form: dict[str, object] = {}
        """More entries of the interactive form's dictionary."""
        super().__init__(
            file, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang=about.lang
        )
        self.bookmarks = self._doc.Outlines = Outline()
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setSubject(about.subject)
        self.setCreator(about.creator)
        self.setViewerPreference("DisplayDocTitle", "true")
        stamp = self._doc._timeStamp
        stamp.YMDhms = about.date.timetuple()[:6]
        stamp.dhh = stamp.dmm = 0

    def _make_preamble(self) -> None:
        """Without reportlab's initial font, which is not embedded."""
        self._preamble = ""

    # -- marked content

    def begin(self, tag: Tag) -> None:
        if self._root:
            mcid = self.structure.mark(tag, self._pageNumber - 1)
            self._code.append(f"/{tag.type} <</MCID {mcid}>> BDC")

    def artifact(self, kind: str = "/Type /Layout") -> None:
        """`kind` as in ISO 32000-1, 14.8.2.2: `/Type /Pagination /Subtype /Footer`."""
        if self._root:
            self._code.append(f"/Artifact <<{kind}>> BDC")

    def end(self) -> None:
        if self._root:
            self._code.append("EMC")

    # -- fonts and annotations

    def font_name(self, font: Font) -> str:
        """The name of a font among this document's resources, as `Tf` wants it."""
        name = self._fonts.get(font)
        if name is None:
            name = self._fonts[font] = f"T{len(self._fonts) + 1}"
        return "/" + name

    def link(self, tag: Tag, area: Rect, words: str, key: str = "", uri: str = "") -> None:
        """To the bookmark `key` of this document or to `uri`; `words` say where it leads."""
        entries: dict[str, object] = {"Border": "[0 0 0]", "Contents": text(words)}
        if uri:
            ascii_uri = quote(uri, safe=string.punctuation)  # ISO 32000-1, 12.6.4.7
            entries["A"] = f"<</Type /Action /S /URI /URI {text(ascii_uri)}>>"
        self._annotate({"Subtype": "/Link", **entries}, tag, area, key)

    def picture(self, tag: Tag, area: Rect, data: bytes, alt: str) -> None:
        """A PNG or JPEG, on white where it is transparent, as a figure with its words in the tag
        (ISO 14289-1, 7.3; its box as in ISO 32000-1, table 344)."""
        name = f"P{hashlib.sha256(data).hexdigest()[:16]}"
        if not self.hasForm(name):
            self._doc.addForm(name, image(data))
        self._formsinuse.append(name)
        left, low, right, high = area
        box = f"[{left:.2f} {low:.2f} {right:.2f} {high:.2f}]"
        tag.attributes = f"/Alt {text(alt)} /A <</O /Layout /Placement /Block /BBox {box}>>"
        self.begin(tag)
        size = f"{right - left:.2f} 0 0 {high - low:.2f} {left:.2f} {low:.2f}"
        self._code.append(f"q {size} cm /{self._doc.getXObjectName(name)} Do Q")
        self.end()

    def field(self, tag: Tag, area: Rect, entries: dict[str, object], parent: str = "") -> str:
        """A widget, as `12 0 R`; without `parent` it is a field of the form itself."""
        made = self._annotate({"Subtype": "/Widget", **entries}, tag, area)
        if not parent:
            self.add_field(made)
        return made

    def add_field(self, field: str) -> None:
        """A field of the form, as `12 0 R`."""
        self._fields.append(field)

    def _annotate(self, entries: dict[str, object], tag: Tag, area: Rect, key: str = "") -> str:
        """/F 4: it is printed, and not hidden (PDF/A-2, 6.3.2). `key` is where it leads."""
        page = self._pageNumber
        raw = Raw(lambda: dictionary(
            Type="/Annot", F=4, P=self._page(page), **entries,
            Dest=self.bookmarks.destination(self._doc, key) if key else None,
        ))  # fmt: skip
        made = reference(self._doc, raw)
        entries["Rect"] = "[{:.2f} {:.2f} {:.2f} {:.2f}]".format(*area)
        if self._root:
            entries["StructParent"] = self.structure.annotate(tag, page - 1, made)
        self._annotationrefs.append(self._doc.Reference(raw))
        return made

    def bookmark(self, key: str, top: float, title: str = "", level: int = 0) -> None:
        """A place on this page that links lead to; with a title, an entry of the outline."""
        self.bookmarks.add(key, self._pageNumber, top, title, level)

    # -- pages

    def _setAnnotations(self, page: Any) -> None:
        """reportlab's hook in showPage: the last moment at which the page can be given entries."""
        super()._setAnnotations(page)
        code, page.stream = page.stream.encode("latin-1"), None
        page.Contents = self._doc.Reference(stream(code))
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self.structure.end_page() if self._root else None
        page.Tabs = pdfdoc.PDFName("S") if self._root else None

    def _page(self, page: int) -> str:
        return f"{number(self._doc, f'Page{page}')} 0 R"

    # -- the end of the document

    def save(self) -> None:
        catalog, doc = self._doc.Catalog, self._doc
        if self._fields:
            catalog.AcroForm = Raw(dictionary(Fields=f"[{' '.join(self._fields)}]", **self.form))
        if self._root:
            pages = [self._page(page) for page in range(1, self._pageNumber)]
            profile = reference(doc, stream(metadata.srgb(), N=3))
            about = self._about
            packet = metadata.xmp(
                **about._asdict() | {"date": f"{about.date:%Y-%m-%dT%H:%M:%SZ}"},
                producer=doc.info.producer,
            )
            intent = dictionary(
                Type="/OutputIntent", S="/GTS_PDFA1", OutputConditionIdentifier="(sRGB)",
                Info="(sRGB IEC61966-2.1)", DestOutputProfile=profile,
            )  # fmt: skip
            catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
            catalog.OutputIntents = Raw(f"[{intent}]")
            catalog.MarkInfo = Raw("<</Marked true>>")
            catalog.StructTreeRoot = self.structure.write(doc, self._root, pages)
            # XMP stays readable to programs that know no PDF: not compressed.
            head = dictionary(Type="/Metadata", Subtype="/XML", Length=len(packet)).encode()
            data = head + b"\nstream\n" + packet + b"\nendstream"
            catalog.Metadata = doc.Reference(Raw(data, stream=True))
        self._filename.write(self.getpdfdata())

    def getpdfdata(self) -> bytes:
        """The file's bytes, in place of reportlab's own writer."""
        doc = self._doc
        for font, name in self._fonts.items():
            doc.idToObject["BasicFonts"].dict[name] = font.embed(doc)
        doc.info.invariant = True
        doc.Outlines.prepare(doc, self)
        doc.Reference(doc.Catalog)
        doc.Reference(doc.info)
        return writer.write(doc)
