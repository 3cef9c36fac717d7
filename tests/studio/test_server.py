"""The doors of the studio: who may ask what, and what becomes of what asks too much."""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from people import Studio, running

from generator import kit
from generator.studio.session import Failed, Session, Sessions

LIST = b"# Trust\n\n1. When do you feel trusted?\n2. What breaks trust for you?\n"


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    with running() as made:
        yield made


def test_the_page_needs_no_token_and_everything_else_does(studio: Studio) -> None:
    assert studio.send("GET", "/")[0] == 200
    for path in ("/api/begin", "/api/sample", "/api/stop"):
        assert studio.send("POST", path)[0] == 403
        assert studio.send("POST", path, headers={"X-Studio-Token": "wrong"})[0] == 403
    assert studio.begin().ask("sample")[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:80"])
def test_another_host_name_is_refused(studio: Studio, host: str) -> None:
    for method, path in (("GET", "/"), ("POST", "/api/begin")):
        assert studio.send(method, path, headers={**studio.own(), "Host": host})[0] == 403


def test_another_site_may_not_ask(studio: Studio) -> None:
    for origin in ("http://evil.example", "null", f"http://localhost:{studio.port}"):
        headers = {**studio.own(), "Origin": origin}
        assert studio.send("POST", "/api/begin", headers=headers)[0] == 403
    own = {**studio.own(), "Origin": f"http://127.0.0.1:{studio.port}"}
    assert studio.send("POST", "/api/begin", headers=own)[0] == 200


def test_each_answer_says_that_nothing_from_elsewhere_runs(studio: Studio) -> None:
    for path in ("/", "/static/studio.css", "/static/none.js", "/words/en", "/api/sample"):
        headers = studio.send("GET", path)[1]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e%2fapp.py", "/fonts/../../etc/passwd", "/x"]
)
def test_no_other_file_is_served(studio: Studio, path: str) -> None:
    assert studio.send("GET", path)[0] in (403, 404)


def test_what_is_too_large_or_of_another_kind_is_refused_with_a_remedy(studio: Studio) -> None:
    person = studio.begin()
    status, body = person.bring("read", "list.md", b"1. Why?\n" * 2_000_000)
    assert status == 422
    assert "larger than 12 MB" in body["problems"][0]["message"]
    status, body = person.bring("keep", "run.exe", b"MZ")
    assert status == 422
    assert ".docx" in body["problems"][0]["hint"]
    status, body = person.bring("read", "old.doc", b"\xd0\xcf")
    assert status == 422
    assert "save it as .docx" in body["problems"][0]["hint"]
    assert person.bring("read", "list.md", LIST)[0] == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"at": 3}', b"[" * 100_000, b"\xff"])
def test_a_request_that_is_none_breaks_nothing(studio: Studio, body: bytes) -> None:
    person = studio.begin()
    for task in ("work", "show", "page", "take", "save"):
        status, _, _ = person.send("POST", f"/api/{task}", body, person.own())
        assert status in (400, 422)
    assert person.ask("sample")[0] == 200


NO_CHANGES: list[dict[str, object]] = [
    {}, {"do": "set"}, {"do": "set", "values": {"title": {"a": 1}}}, {"do": "x", "at": []},
    {"do": "set", "values": [1]}, {"do": "set", "values": {"workbook": {"pages": [None]}}},
    {"do": "text", "at": 1, "text": "Half \ud800 a character?"},
    {"do": "text", "at": 1, "text": None}, {"do": "move", "at": 1, "to": {}},
]  # fmt: skip


def test_a_change_that_is_none_ends_nothing(studio: Studio) -> None:
    person = studio.begin()
    _, read = person.bring("read", "trust.md", LIST)
    given = {"markdown": read["markdown"], "name": "../trust", "brand": {}}
    for change in NO_CHANGES:
        assert person.ask("work", **given, change=change)[0] in (200, 422), change
        assert person.ask("work", **given)[0] == 200
        assert person.ask("save")[0] == 200


def test_a_path_in_a_list_is_never_opened(studio: Studio) -> None:
    person = studio.begin()
    head = b"---\nhandout: {template: /etc/passwd}\nworkbook: {fonts: [/etc/shadow]}\n---\n"
    _, read = person.bring("read", "list.md", head + LIST)
    status, work = person.ask("work", markdown=read["markdown"], name=read["name"], brand={})
    assert status == 200
    said = [each["message"] for each in work["problems"]]
    assert said == ["passwd was not uploaded", "shadow was not uploaded"]
    assert person.ask("take", documents=["handout"])[0] == 200
    status, body = person.ask(
        "work", markdown=read["markdown"], name="x", brand={"logo": "../../../etc/passwd"}
    )
    assert status == 422
    assert "does not exist" in body["problems"][0]["message"]


def test_people_do_not_see_each_others_lists(studio: Studio) -> None:
    first, second = studio.begin(), studio.begin()
    first.bring("read", "list.md", LIST)
    assert first.ask("original")[1][0] == [1, "# Trust"]
    assert second.ask("original")[1] == []
    assert second.ask("take", documents=["workbook"])[0] == 422


def test_a_session_that_is_gone_is_said(studio: Studio) -> None:
    person = studio.begin()
    person.send("POST", "/api/stop", headers=person.own())
    assert person.ask("sample") == (410, {"failed": "session"})


def test_the_documents_are_those_of_the_command(studio: Studio, tmp_path: Path) -> None:
    person = studio.begin()
    _, read = person.bring("read", "trust.md", LIST)
    brand = {"primary": "#1A5FB4"}
    _, work = person.ask("work", markdown=read["markdown"], name=read["name"], brand=brand)
    (tmp_path / "trust.md").write_text(work["markdown"], encoding="utf-8")
    (tmp_path / "_brand.yml").write_text('color: {primary: "#1A5FB4"}', encoding="utf-8")
    report = kit.build([tmp_path / "trust.md"], tmp_path / "outputs")
    assert len(report.written) == 3
    for file, document in zip(report.written, ("workbook", "handout", "slides"), strict=True):
        assert person.ask("take", documents=[document])[1] == file.path.read_bytes(), document


def test_a_template_is_saved_with_the_list_and_makes_what_the_command_makes(
    studio: Studio, tmp_path: Path
) -> None:
    made, person = io.BytesIO(), studio.begin()
    template = docx.Document()
    template.styles["Normal"].font.name = "Georgia"
    template.save(made)
    person.bring("keep", "house.docx", made.getvalue())
    _, read = person.bring("read", "trust.md", LIST)
    change = {"do": "set", "values": {"handout": {"template": "house.docx"}}}
    given = {"markdown": read["markdown"], "name": read["name"], "brand": {}}
    status, work = person.ask("work", **given, change=change)
    assert (status, work["set"]["handout"]["template"]) == (200, "house.docx")
    with zipfile.ZipFile(io.BytesIO(person.ask("save")[1])) as archive:
        assert archive.read("house.docx") == made.getvalue()
        archive.extractall(tmp_path / "saved")
    kit.build([tmp_path / "saved" / "trust.md"], tmp_path / "outputs")
    (handout,) = (tmp_path / "outputs").rglob("*.docx")
    assert person.ask("take", documents=["handout"])[1] == handout.read_bytes()
    others = studio.begin()
    others.bring("read", "trust.md", LIST)
    assert "was not uploaded" in str(
        others.ask("work", **given | {"markdown": work["markdown"]})[1]
    )


def test_what_takes_too_long_is_ended() -> None:
    session = Session()
    with pytest.raises(Failed, match="time"):
        session.ask("sample", {}, 0.001)
    with pytest.raises(Failed, match="stopped"):
        session.ask("sample", {}, 60)


def test_what_takes_too_much_memory_is_ended() -> None:
    session = Session(memory=220 << 20)
    rows = (b"%d,What do you do with the %d of them?\n" % (n, n) for n in range(150_000))
    with pytest.raises(Failed, match="memory"):
        session.ask("read", {"name": "list.csv", "data": b"No,Question\n" + b"".join(rows)}, 120)


def test_there_are_only_so_many_sessions_and_old_ones_end(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions(most=2)
    try:
        sessions.begin()
        sessions.begin()
        with pytest.raises(Failed, match="full"):
            sessions.begin()
        later = time.monotonic() + 3 * 60 * 60
        monkeypatch.setattr(time, "monotonic", lambda: later)
        sessions.begin()
    finally:
        sessions.end_all()
