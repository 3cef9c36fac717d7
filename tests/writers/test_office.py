"""What Word and PowerPoint files share: XML that escapes, and a zip that is always alike."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from lxml import etree

from generator.fingerprint import unchanged
from generator.writers.office.package import Package, core_properties, stable_zip
from generator.writers.office.xml import declared, element, part, w
from generator.writers.office.zipped import Zip


@pytest.mark.parametrize(
    "text",
    [
        "<b>&\"'",
        "]]> <!-- x -->",
        "a\tb\nc\rd",
        "&amp; &#10;",
        " two  spaces ",
        "日本語 \U0001f600",
    ],
)
def test_text_arrives_as_it_was_in_content_and_in_attributes(text: str) -> None:
    root = etree.fromstring(part(element("w:t", declared("w") | {"a": text}, text)))
    assert root.text == text
    assert root.get("a") == text


def test_what_xml_cannot_hold_is_dropped() -> None:
    noisy = "a\x00b\x0bc\ud800d\ufffee\uffff"
    root = etree.fromstring(part(element("t", {"a": noisy}, noisy)))
    assert (root.text, root.get("a")) == ("abcde", "abcde")


def test_elements_are_not_escaped_twice_and_keep_their_order() -> None:
    made = w("p", w("b"), "<", w("i", "x", val=None, id=3))
    assert made == '<w:p><w:b/>&lt;<w:i w:id="3">x</w:i></w:p>'


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    made = Zip(out)
    for name, data in members:
        made.add(name, data)
    made.finish()
    return out.getvalue()


def test_a_zip_has_its_members_in_order_and_no_date_of_its_own() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped([("b/ä.xml", b"b" * 5000), ("a.xml", b"")]))) as made:
        assert made.testzip() is None
        assert made.namelist() == ["b/ä.xml", "a.xml"]
        assert made.read("b/ä.xml") == b"b" * 5000
        assert {info.date_time for info in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("count", [65_534, 65_535, 70_000])
def test_a_zip_may_have_more_members_than_the_old_form_can_count(count: int) -> None:
    members = [(f"{number}.xml", b"%d" % number) for number in range(count)]
    with zipfile.ZipFile(io.BytesIO(zipped(members))) as made:
        assert made.namelist() == [name for name, _ in members]
        assert made.read(f"{count - 1}.xml") == b"%d" % (count - 1)


CORE = core_properties("A set", "", "Ann Example", "en", datetime(2024, 2, 3, tzinfo=UTC))


def saved(package: Package, more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    out = io.BytesIO()
    package.write(out, CORE, more)
    return out.getvalue()


def a_package() -> Package:
    package = Package()
    main = package.add("word/document.xml", "wordprocessingml.document.main", b"<a><b/></a>")
    package.relate("", "officeDocument", main)
    package.relate(main, "image", package.add("word/media/one.png", "image/png", b"one"))
    return package


def test_a_package_is_the_same_when_it_is_opened_and_written_again() -> None:
    data = saved(a_package())
    assert saved(Package(data)) == data
    assert unchanged(data)


def test_what_no_relationship_leads_to_is_not_written() -> None:
    package = Package(saved(a_package()))
    (key,) = package.relationships[package.main]
    del package.relationships[package.main][key]
    with zipfile.ZipFile(io.BytesIO(saved(package))) as file:
        assert "word/media/one.png" not in file.namelist()
        assert b"one.png" not in file.read("[Content_Types].xml")


def test_a_relationship_that_leads_nowhere_is_not_written() -> None:
    package = a_package()
    package.relate(package.main, "image", "word/media/lost.png")
    package.relate(package.main, "hyperlink", "https://example.org", external=True)
    with zipfile.ZipFile(io.BytesIO(saved(package))) as file:
        rows = file.read("word/_rels/document.xml.rels")
    assert b"lost.png" not in rows
    assert b'Target="media/one.png"' in rows
    assert b'Target="https://example.org" TargetMode="External"' in rows


def test_what_is_changed_in_the_elements_of_a_part_is_written() -> None:
    package = a_package()
    package.tree(package.main).find("b").text = "<new>"
    with zipfile.ZipFile(io.BytesIO(saved(package))) as file:
        assert file.read("word/document.xml").endswith(b"<a><b>&lt;new&gt;</b></a>")


def test_parts_without_content_are_written_when_they_come() -> None:
    package = a_package()
    name = package.add("word/later.xml", "wordprocessingml.later", None)
    package.relate(package.main, "later", name)
    data = saved(package, [(name, b"<later/>")])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.read(name) == b"<later/>"
        assert b'PartName="/word/later.xml"' in file.read("[Content_Types].xml")
    assert unchanged(data)


def test_a_part_is_numbered_where_others_have_its_name() -> None:
    package = a_package()
    names = [package.add("word/header{}.xml", "wordprocessingml.header", b"") for _ in range(3)]
    assert names == ["word/header1.xml", "word/header2.xml", "word/header3.xml"]


def test_the_properties_of_whoever_made_a_template_are_not_kept() -> None:
    package = Package(saved(a_package()))
    package.parts["docProps/core.xml"] = CORE.replace(b"Ann", b"Bob")
    data = saved(package)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.namelist().count("docProps/core.xml") == 1
        assert b"Ann Example" in file.read("docProps/core.xml")
        assert file.read("_rels/.rels").count(b"core-properties") == 1


def test_what_another_program_wrote_again_is_made_as_ours_are() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(a_package()))) as old, zipfile.ZipFile(out, "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, (2001, 1, 1, 0, 0, 0)), old.read(name))
    assert not unchanged(out.getvalue())
    assert unchanged(stable_zip(out.getvalue()))
