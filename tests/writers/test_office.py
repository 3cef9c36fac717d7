"""What Word and PowerPoint files share: XML that escapes, and a zip that is always alike."""

import io
import zipfile

import pytest
from lxml import etree

from generator.writers.office.package import stable_zip
from generator.writers.office.xml import declared, element, part, w


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


def zipped(year: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in ("b.xml", "a.xml"):
            target.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), name * 100)
    return out.getvalue()


def test_a_stable_zip_is_the_same_whenever_it_was_made() -> None:
    assert zipped(2001) != zipped(2002)
    assert stable_zip(zipped(2001)) == stable_zip(zipped(2002))
    with zipfile.ZipFile(io.BytesIO(stable_zip(zipped(2001)))) as made:
        assert made.namelist() == ["b.xml", "a.xml"]
        assert made.read("a.xml") == b"a.xml" * 100


def test_a_stable_zip_may_have_more_members_than_the_old_form_can_count() -> None:
    members = {f"{number}/ä.xml": b"%d" % number for number in range(70_000)}
    with zipfile.ZipFile(io.BytesIO(stable_zip(zipped(2001), more=members.items()))) as made:
        assert made.namelist() == ["b.xml", "a.xml", *members]
        assert made.read("69999/ä.xml") == b"69999"
