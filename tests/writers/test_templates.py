"""Templates of strangers: what could act is not taken over, and what is broken is one error."""

import io
import re
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pptx
import pytest
from lxml import etree

from generator import kit
from generator.diagnostics import SourceError, error
from generator.files import UNPACKED
from generator.writers.office.template import opened

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
BROKEN = error("cannot be used")
MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml"}
Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def template(suffix: str) -> Parts:
    out = io.BytesIO()
    if suffix == "docx":
        document = docx.Document()
        document.add_paragraph("A letter")
        document.add_paragraph("{{questions}}")
        document.sections[0].header.paragraphs[0].text = "Head"
        document.save(out)
    else:
        pptx.Presentation().save(out)
    return parts_of(out.getvalue())


def related(parts: Parts, source: str, rows: str) -> Parts:
    """With more relationships of a part."""
    folder, name = source.rsplit("/", 1)
    member = f"{folder}/_rels/{name}.rels"
    old = parts.get(member, b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/"
                            b"relationships'></Relationships>")  # fmt: skip
    return {**parts, member: old.replace(b"</Relationships>", f"{rows}</Relationships>".encode())}


def row(key: str, kind: str, target: str, external: bool = False) -> str:
    whole = kind if ":" in kind else f"{R}/{kind}"
    mode = 'TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{whole}" Target="{target}" {mode}/>'


def changed(parts: Parts, name: str, before: str, after: str) -> Parts:
    assert before.encode() in parts[name], (name, before)
    return {**parts, name: parts[name].replace(before.encode(), after.encode(), 1)}


def built(parts: Parts, suffix: str, folder: Path) -> tuple[Parts, str]:
    """The parts of what is made with a template, and what is said of it."""
    (folder / f"own.{suffix}").write_bytes(packed(parts))
    (folder / "set.md").write_text("# Set\n\n1. Why?\n2. How?\n", encoding="utf-8")
    document = "handout" if suffix == "docx" else "slides"
    settings = {document: {"template": folder / f"own.{suffix}"}}
    report = kit.build([folder / "set.md"], folder / "out", [document], settings, force=True)
    made = parts_of(report.written[0].path.read_bytes())
    assert dangling(made) == []
    return made, " ".join(found.message for found in report.diagnostics)


def dangling(parts: Parts) -> list[tuple[str, str]]:
    """References to relationships that a part does not have."""
    found = []
    for name, data in parts.items():
        if name.endswith(".xml"):
            folder, _, own = name.rpartition("/")
            rows = parts.get(f"{folder}/_rels/{own}.rels", b"")
            for each in etree.fromstring(data).iter("*"):
                for key, value in each.attrib.items():
                    if key.startswith(f"{{{R}}}") and f'Id="{value}"'.encode() not in rows:
                        found.append((name, value))
    return found


def field(code: str, shown: str) -> str:
    char = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
    return (
        f"{char('begin')}<w:r><w:instrText>{code[:3]}</w:instrText></w:r>"
        f"<w:r><w:instrText>{code[3:]}</w:instrText></w:r>{char('separate')}"
        f"<w:r><w:t>{shown}</w:t></w:r>{char('end')}"
    )


NESTED = (
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + field("QUOTE 68 68 69", "DDE")
    + "<w:r><w:instrText> excel</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
)  # fmt: skip
OBJECT = (
    "<w:r><w:object><o:OLEObject xmlns:o='urn:schemas-microsoft-com:office:office' Type='Link' "
    f"xmlns:r='{R}' r:id='bad1'/></w:object></w:r>"
)
PICTURE = (
    "<w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
    f"xmlns:r='{R}' r:link='bad1'/></w:drawing></w:r>"
)
IN_WORD = {
    "a DDE field": (field("DDEAUTO c:\\\\cmd.exe x", "Shown"), "fields that open files"),
    "a picture that is fetched": (field('INCLUDEPICTURE "http://x/y"', "Shown"), "fields that"),
    "a field whose name a field makes": (NESTED, "fields that"),
    "a simple field": (
        "<w:fldSimple w:instr=' LINK Excel.Sheet x'><w:r><w:t>Shown</w:t></w:r></w:fldSimple>",
        "fields that open files or start programs",
    ),
    "an object": (OBJECT, "links to files"),
    "a linked picture": (PICTURE, "links to files"),
    "a file to be included": (f"<w:r/></w:p><w:altChunk xmlns:r='{R}' r:id='bad2'/><w:p>", "files"),
    "a link to a file": (
        f"<w:hyperlink xmlns:r='{R}' r:id='bad3'><w:r><w:t>Shown</w:t></w:r></w:hyperlink>",
        "links to files",
    ),
}
ACTS = re.compile(
    rb"DDEAUTO| excel|INCLUDEPICTURE|LINK Excel|OLEObject|altChunk|bad\d|file:|evil|r:link"
)


@pytest.mark.parametrize("place", ["word/document.xml", "word/header1.xml"])
@pytest.mark.parametrize("case", IN_WORD)
def test_what_acts_in_a_word_template_is_left_out_and_said(
    case: str, place: str, tmp_path: Path
) -> None:
    xml, said = IN_WORD[case]
    rows = row("bad1", "oleObject", "file:///evil.xls", external=True)
    rows += row("bad2", "aFChunk", "evil.html") + row("bad3", "hyperlink", "file:///evil", True)
    parts = related({**template("docx"), "word/evil.html": b"<script/>"}, place, rows)
    end = "</w:pPr>" if place.endswith("header1.xml") else "<w:p><w:r>"
    new = f"{end}{xml}" if end == "</w:pPr>" else f"<w:p>{xml}<w:r>"
    made, message = built(changed(parts, place, end, new), "docx", tmp_path)
    assert said in message
    assert not ACTS.search(b"".join(made.values()))
    assert made[place].count(b"Shown") == xml.count("Shown")


def test_fields_that_only_show_are_kept(tmp_path: Path) -> None:
    xml = field("PAGE \\* MERGEFORMAT", "1") + field('HYPERLINK "https://example.org"', "Web")
    parts = changed(template("docx"), "word/header1.xml", "</w:pPr>", f"</w:pPr>{xml}")
    made, message = built(parts, "docx", tmp_path)
    assert "not taken over" not in message
    assert made["word/header1.xml"].count(b"instrText>") == 8


SETTINGS = (
    f"<w:attachedTemplate xmlns:r='{R}' r:id='bad1'/><w:mailMerge><w:query w:val='evil'/>"
    f"<w:dataSource xmlns:r='{R}' r:id='bad2'/></w:mailMerge>"
)


def test_what_settings_attach_is_left_out(tmp_path: Path) -> None:
    rows = row("bad1", "attachedTemplate", "https://evil/a.dotm", True)
    rows += row("bad2", "mailMergeSource", "file:///evil.csv", True)
    parts = related(template("docx"), "word/settings.xml", rows)
    parts = changed(parts, "word/settings.xml", "</w:settings>", f"{SETTINGS}</w:settings>")
    made, message = built(parts, "docx", tmp_path)
    assert "an attached template, links to files" in message
    assert not ACTS.search(b"".join(made.values()))


def test_what_acts_in_a_slide_template_is_left_out_and_said(tmp_path: Path) -> None:
    place = "ppt/slideLayouts/slideLayout1.xml"
    rows = row("bad1", "hyperlink", "file:///evil.exe", True) + row("bad2", "tags", "../tag.xml")
    rows += row("bad3", "oleObject", "file:///evil.xls", True)
    rows += row("good1", "hyperlink", "https://example.org/", True)
    parts = related({**template("pptx"), "ppt/tag.xml": b"<evil/>"}, place, rows)
    run = f"<a:hlinkClick xmlns:r='{R}' r:id='{{}}' action='{{}}'/>"
    acts = run.format("bad1", "ppaction://program") + run.format("", "ppaction://macro?name=evil")
    name = re.search(rb'<p:cNvPr id="\d+" name="[^"]*"/>', parts[place])[0].decode()
    opens = name.replace("/>", ">")
    parts = changed(parts, place, name, f"{opens}{acts}{run.format('good1', '')}</p:cNvPr>")
    frame = (
        f"<p:graphicFrame><p:oleObj xmlns:r='{R}' r:id='bad3'/></p:graphicFrame></p:spTree>"
        f"<p:custDataLst><p:tags xmlns:r='{R}' r:id='bad2'/></p:custDataLst>"
    )
    made, message = built(changed(parts, place, "</p:spTree>", frame), "pptx", tmp_path)
    assert "links to files" in message
    assert not ACTS.search(b"".join(made.values())) and b"macro" not in made[place]
    assert made[place].count(b"hlinkClick") == 1


MACROS = [("docx", "ms-word.document"), ("pptx", "ms-powerpoint.presentation")]


@pytest.mark.parametrize(("suffix", "kind"), MACROS)
def test_a_file_with_macros_makes_none(suffix: str, kind: str, tmp_path: Path) -> None:
    place = MAIN[suffix]
    folder = place.split("/")[0]
    rows = row("bad1", f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin")
    parts = related({**template(suffix), f"{folder}/vbaProject.bin": b"evil"}, place, rows)
    old = re.search(rb'application/[^"]*\.main\+xml', parts["[Content_Types].xml"])[0].decode()
    types = f"application/vnd.{kind}.macroEnabled.main+xml"
    made, message = built(changed(parts, "[Content_Types].xml", old, types), suffix, tmp_path)
    assert "macros" in message
    assert b"macroEnabled" not in made["[Content_Types].xml"]
    assert not any("vba" in name for name in made)


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def with_doctype(data: bytes, encoding: str) -> bytes:
    head, _, rest = data.partition(b"?>")
    text = (head + b"?>" + DOCTYPE + rest).decode().replace("UTF-8", encoding)
    return text.encode(encoding)


@pytest.mark.parametrize("suffix", MAIN)
def test_a_broken_part_is_an_error_that_names_it(suffix: str, tmp_path: Path) -> None:
    good = template(suffix)
    theme = next(name for name in good if "theme/theme" in name)
    for name in (MAIN[suffix], theme, "[Content_Types].xml", "_rels/.rels"):
        for data, said in (
            (good[name][: len(good[name]) // 2], "is damaged"),
            (b"", "is damaged"),
            (with_doctype(good[name], "UTF-8"), "has a document type"),
            (with_doctype(good[name], "UTF-16"), "has a document type"),
        ):
            with pytest.raises(SourceError) as raised:
                built({**good, name: data}, suffix, tmp_path)
            assert f"its part {name} {said}" in str(raised.value)
            assert f"own.{suffix}" in str(raised.value)


NUMBERS = {
    "docx": [("word/numbering.xml", "w:numId"), ("word/numbering.xml", "w:abstractNumId")],
    "pptx": [("ppt/slideMasters/slideMaster1.xml", "cx"), ("ppt/presentation.xml", "cx")],
}


@pytest.mark.parametrize("number", ["x", "9" * 5000, ""])
@pytest.mark.parametrize(("suffix", "place"), [(s, n) for s, each in NUMBERS.items() for n in each])
def test_a_number_that_is_none_is_an_error(
    suffix: str, place: tuple[str, str], number: str, tmp_path: Path
) -> None:
    name, attribute = place
    parts = template(suffix)
    pattern = rf'{attribute}="\d+"'.encode()
    text = f'{attribute}="{number}"'.encode()
    with pytest.raises(SourceError, match=f"own.{suffix}"):
        built({**parts, name: re.sub(pattern, text, parts[name])}, suffix, tmp_path)


@pytest.mark.parametrize("suffix", MAIN)
def test_core_properties_of_any_kind_do_no_harm(suffix: str, tmp_path: Path) -> None:
    good = template(suffix)
    core, types = "docProps/core.xml", "[Content_Types].xml"
    other = changed(good, types, "package.core-properties+xml", "custom+xml")
    twice = {**good, "docProps/core2.xml": good[core], "_rels/.rels": good["_rels/.rels"].replace(
        b"</Relationships>", row("again", "http://schemas.openxmlformats.org/package/2006/"
        "relationships/metadata/core-properties", "docProps/core2.xml").encode()
        + b"</Relationships>")}  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for parts in (other, twice, {**good, core: b"<a/>"}):
            made, _ = built(parts, suffix, tmp_path)
            assert [name for name in made if "core" in name] == [core]
            assert made["_rels/.rels"].count(b"metadata/core-properties") == 1


@pytest.mark.parametrize(("suffix", "kind"), [("docx", "document"), ("pptx", "presentation")])
def test_a_member_that_is_longer_than_it_says_is_refused_before_it_takes_memory(
    suffix: str, kind: str
) -> None:
    size, said = 100_000_000, 10
    data = bytearray(packed({**template(suffix), "media/x.bin": bytes(size)}))
    at = data.index(struct.pack("<L", size), data.rindex(b"PK\1\2", 0, data.rindex(b"media/x.bin")))
    data[at : at + 4] = struct.pack("<L", said)
    tracemalloc.start()
    with pytest.raises(SourceError, match="cannot be used: Bad CRC-32"):
        opened(bytes(data), kind, BROKEN)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_what_a_template_may_unpack_to_is_bounded() -> None:
    data = packed({**template("docx"), "word/bomb.bin": bytes(UNPACKED)})
    with pytest.raises(SourceError, match="unpacks to more than 200 MB"):
        opened(data, "document", BROKEN)


def test_a_file_of_the_other_kind_is_an_error(tmp_path: Path) -> None:
    for suffix, other in (("docx", "pptx"), ("pptx", "docx")):
        with pytest.raises(SourceError, match=rf"own\.{suffix}.* that can be used: .*content type"):
            built(template(other), suffix, tmp_path)
