"""Fills in forms as programs of four makers do: pypdf, qpdf (pikepdf), PDFium (Chrome), MuPDF."""

import ctypes
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2.raw as pdfium

Values = Mapping[str, str]
"""Texts by the names of fields; of buttons the state that is on, as `c2` or `Yes`."""


def by_pypdf(path: Path, values: Values) -> bytes:
    writer = pypdf.PdfWriter(clone_from=path)
    fields = writer.get_fields() or {}
    given = {k: f"/{v}" if fields[k].get("/FT") == "/Btn" else v for k, v in values.items()}
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, given, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_pikepdf(path: Path, values: Values) -> bytes:
    """As Acrobat leaves a file: values in the fields, states in the widgets, new appearances."""
    with pikepdf.open(path) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            value = values.get(str(field.T))
            if value is None:
                continue
            if field.get("/FT", "/Btn") == "/Btn":
                field.V = pikepdf.Name(f"/{value}")
                for widget in field.get("/Kids", [field]):
                    on = f"/{value}" in widget.AP.N
                    widget.AS = pikepdf.Name(f"/{value}" if on else "/Off")
            else:
                field.V = pikepdf.String(value)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, linearize=True)
        return out.getvalue()


def by_pdfium(path: Path, values: Values) -> bytes:
    """Texts by the strings of annotations; what is on only by the states of widgets."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            value = values.get(_string(annotation, b"T"))
            if value is not None:
                key = b"AS" if value == "Yes" else b"V"
                wide = ctypes.create_string_buffer((value + "\0").encode("utf-16-le"))
                pointer = ctypes.cast(wide, ctypes.POINTER(ctypes.c_ushort))
                pdfium.FPDFAnnot_SetStringValue(annotation, key, pointer)
            pdfium.FPDFPage_CloseAnnot(annotation)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _string(annotation: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFAnnot_GetStringValue(annotation, key, pointer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def by_mupdf(path: Path, values: Values) -> bytes:
    """As viewers save: what has changed stands behind the old file (ISO 32000-1, 7.5.6)."""
    import pymupdf

    copy = path.with_suffix(".appended.pdf")
    copy.write_bytes(path.read_bytes())
    with pymupdf.open(copy) as document:
        for page in document:
            for widget in page.widgets():
                value = values.get(widget.field_name)
                if value is None:
                    continue
                if widget.field_type_string == "RadioButton":
                    widget.field_value = widget.on_state() == value
                elif widget.field_type_string == "CheckBox":
                    widget.field_value = value == "Yes"
                else:
                    widget.field_value = value
                widget.update()
        document.saveIncr()
    data = copy.read_bytes()
    copy.unlink()
    return data


WAYS: dict[str, Callable[[Path, Values], bytes]] = {
    "pypdf": by_pypdf, "pikepdf": by_pikepdf, "pdfium": by_pdfium,
    "mupdf": by_mupdf,
}  # fmt: skip
