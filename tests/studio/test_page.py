"""The page in a real browser, as people use it: Debian's Chromium, driven by Playwright."""

import base64
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from people import ROOT, Studio, proxied, running
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator import kit

expect.set_options(timeout=20_000)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
LIST = """Mentoring 2026

Getting to know each other
1. What brought you here?
2. What do you hope for?

About work
3. What was your best day at work?
4. A good mentor listens.
5. What would you change tomorrow?
"""
DOUBTFUL = """# Trust

What it takes.

1. When do you feel **trusted**?
   - At work?
2. What breaks trust for you?
   - [ ] A lie
   - [ ] Silence

# House rules

The coffee machine is on the left.
"""
ARABIC = """# الثقة

1. متى تشعر بالثقة؟
2. ما الذي يكسر الثقة عندك؟

# المكان

القاعة في الطابق الثاني.
"""
WATCHED = "window.painted = 0; document.addEventListener('painted', () => window.painted++)"


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    with running() as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is required in CI")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


class Person:
    """Somebody at the page; whatever the console says against it is a failure."""

    def __init__(self, browser: Browser, studio: Studio | str, **context: Any) -> None:
        given = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **context}
        self.context = browser.new_context(**given)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda problem: self.said.append(str(problem)))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_init_script(WATCHED)
        self.page.goto(studio if isinstance(studio, str) else studio.address)
        self.page.wait_for_selector("html[data-ready]")

    def paste(self, text: str) -> "Person":
        self.page.fill("#text", text)
        self.page.click("text=Read it")
        self.read()
        return self

    def read(self) -> None:
        self.page.wait_for_selector("#outline .question")
        self.page.wait_for_selector("#workbook img")

    def drop(self, name: str, data: bytes) -> None:
        script = """([name, text]) => {
          const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
          const given = new DataTransfer();
          given.items.add(new File([bytes], name));
          for (const kind of ["dragover", "drop"]) {
            document.body.dispatchEvent(
              new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: given }));
          }
        }"""
        self.page.evaluate(script, [name, base64.b64encode(data).decode()])

    def leave(self) -> None:
        self.page.goto("about:blank")
        self.context.close()

    def texts(self) -> list[str]:
        return [each.input_value() for each in self.page.locator("#outline textarea").all()]

    def markdown(self) -> str:
        self.page.click("#tab-markdown")
        text = self.page.input_value("#source")
        self.page.click("#tab-questions")
        return text

    def take(self, button: str, folder: Path) -> Path:
        with self.page.expect_download() as waiting:
            self.page.click(button)
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


@pytest.fixture
def person(browser: Browser, studio: Studio) -> Iterator[Person]:
    made = Person(browser, studio)
    yield made
    made.leave()
    assert made.said == []


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def test_from_a_mail_to_the_papers_which_are_those_of_the_command(
    person: Person, tmp_path: Path
) -> None:
    page = person.paste(LIST).page
    assert "A good mentor listens." in person.texts()
    page.locator(".question", has=page.get_by_label("Question 4")).locator(".more").click()
    page.click("#menu >> text=Note for the facilitator >> nth=0")
    expect(page.locator("#outline .note textarea")).to_have_value("A good mentor listens.")
    page.click("#tab-look")
    page.fill("#set-subtitle", "For the first evening")
    page.fill("#color-primary", "#ffd400")
    expect(page.locator(".colors")).to_contain_text("too light for text")
    page.press("#color-primary", "Tab")
    expect(page.locator("#color-secondary")).to_be_visible()
    page.click("#take")
    papers = unpacked(person.take("#get-all", tmp_path), tmp_path / "papers")
    source = unpacked(person.take("#taking >> text=Save my list", tmp_path), tmp_path / "source")
    report = kit.build([source], tmp_path / "outputs")
    assert len(report.written) == 3
    for file in report.written:
        assert (papers / file.path.name).read_bytes() == file.path.read_bytes(), file.path.name
    assert "title: Mentoring 2026" in (next(source.glob("*.md"))).read_text("utf-8")


def test_what_was_left_out_is_put_in_and_the_original_is_a_click_away(person: Person) -> None:
    page = person.paste(
        "# Trust\n\n1. Why?\n\n# Parking\n\nWhere is it?\n\n# House\n\nIt is old.\n"
    ).page
    doubt = page.locator(".doubt", has_text="'House' was left out").first
    doubt.get_by_text("Show the original").click()
    expect(doubt.locator("pre")).to_contain_text("It is old.")
    doubt.get_by_text("Question", exact=True).click()
    expect(page.locator("#outline .question textarea").last).to_have_value("House")
    assert page.locator(".doubt", has_text="'House' was left out").count() == 0


@pytest.mark.parametrize(
    "case", ["choices-to-tick.docx", "choices-in-columns.xlsx", "choices-in-columns.csv"]
)
def test_a_file_is_dropped(person: Person, case: str) -> None:
    path = ROOT / "tests" / "readers" / "cases" / case
    person.drop(case, path.read_bytes())
    person.read()
    read = kit.check([path])[0].question_set
    wanted = [each for theme in read.themes for each in theme.questions]
    assert person.page.locator("#outline .question").count() == len(wanted)


def test_a_file_that_is_none_is_said_with_its_remedy(person: Person) -> None:
    person.drop("list.doc", b"\xd0\xcf\x11\xe0")
    expect(person.page.locator("#notice")).to_contain_text("save it as .docx")


def test_what_is_typed_is_in_the_list_and_on_the_page(person: Person) -> None:
    page = person.paste(LIST).page
    page.evaluate("window.painted = 0")
    page.get_by_label("Question 1", exact=True).fill("What *is* 2 * 3 [really]?")
    while not page.evaluate("window.painted"):
        page.wait_for_timeout(20)
    expect(page.locator("#undo")).to_be_enabled()
    assert r"1. What \*is\* 2 \* 3 \[really\]?" in person.markdown()
    page.click("#undo")
    expect(page.get_by_label("Question 1", exact=True)).to_have_value("What brought you here?")
    page.click("#redo")
    expect(page.get_by_label("Question 1", exact=True)).to_have_value("What *is* 2 * 3 [really]?")


def test_markdown_and_outline_stay_in_step_and_a_fault_is_said(person: Person) -> None:
    page = person.paste(LIST).page
    page.click("#tab-markdown")
    source = page.input_value("#source")
    page.fill("#source", source.replace("What do you hope for?", "What *else*?"))
    expect(page.locator("#undo")).to_be_enabled()
    page.wait_for_timeout(600)
    page.click("#tab-questions")
    question = page.get_by_label("Question 2", exact=True)
    expect(question).to_have_value("What else?")
    question.fill("So what else?")
    expect(page.locator("#workbook img").first).to_be_visible()
    page.click("#tab-markdown")
    expect(page.locator("#source")).to_have_value(re.compile(r"2\. So what \*else\*\?"))
    page.fill("#source", source.replace("title:", "paper: a9\ntitle:"))
    expect(page.locator("#faults")).to_contain_text("paper")
    assert "paper: a9" in page.input_value("#source")


def test_everything_is_done_by_keys_alone(person: Person) -> None:
    page = person.page
    page.focus("#text")
    page.keyboard.insert_text(LIST)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    person.read()
    page.get_by_label("Question 1", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_label("Question 2", exact=True)).to_have_value("What brought you here?")
    expect(page.get_by_label("Question 2", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Question 3", exact=True)).to_be_focused()
    page.keyboard.type("Who else should be here?")
    expect(page.get_by_label("Question 3", exact=True)).to_have_value("Who else should be here?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    page.keyboard.press("Control+z")
    expect(page.locator("#outline .question")).not_to_have_count(0)
    page.focus("#tab-questions")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#look")).to_be_visible()
    page.focus("#take")
    page.keyboard.press("Enter")
    expect(page.locator("#taking")).to_be_visible()


def test_arabic_runs_from_right_to_left(browser: Browser, studio: Studio) -> None:
    person = Person(browser, studio, locale="ar-EG")
    page = person.page
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.fill("#text", ARABIC)
    page.locator("#paste button").first.click()
    person.read()
    page.click("#tab-slides")
    page.wait_for_selector("#slides svg text[direction=rtl]")
    assert person.said == []
    person.leave()


def test_nothing_in_a_question_acts_and_nothing_is_fetched(person: Person, studio: Studio) -> None:
    hostile = (
        "# <img src=x onerror=alert(1)>\n\n1. <script>alert(2)</script> Why?\n"
        "2. [Click](javascript:alert(3)) and ![x](http://evil.example/x.png)?\n"
        '3. "><svg onload=alert(4)> What {{7*7}} ${alert(5)}?\n'
    )
    page = person.paste(hostile).page
    for name in ("handout", "slides"):
        page.click(f"#tab-{name}")
        page.wait_for_selector(f"#{name} svg text")
    assert page.locator("#work script, #work img:not([src^=blob]), #work a").count() == 0
    own = (f"http://127.0.0.1:{studio.port}/", f"blob:http://127.0.0.1:{studio.port}/")
    assert [each for each in person.asked if not each.startswith(own)] == []


def test_a_server_that_is_killed_takes_nothing_with_it(browser: Browser) -> None:
    first = Studio().start()
    person = Person(browser, first)
    page = person.paste(LIST).page
    first.stop()
    page.get_by_label("Question 2", exact=True).fill("What did the storm leave?")
    expect(page.locator("#notice")).to_contain_text("does not answer")
    second = Studio(first.port).start()
    try:
        page.goto("about:blank")
        page.goto(second.address)
        page.wait_for_selector("html[data-ready]")
        page.click("#goon")
        person.read()
        expect(page.get_by_label("Question 2", exact=True)).to_have_value(
            "What did the storm leave?"
        )
    finally:
        second.stop()
        person.leave()


def test_the_address_of_the_new_server_goes_on_in_the_same_page(browser: Browser) -> None:
    first = Studio().start()
    person = Person(browser, first)
    page = person.paste(LIST).page
    first.stop()
    second = Studio(first.port).start()
    try:
        page.get_by_label("Question 2", exact=True).fill("What is new?")
        expect(page.locator("#notice")).to_contain_text("behind #")
        page.evaluate(f"location.hash = '{second.token}'")
        expect(page.locator("#notice")).to_be_empty()
        assert "What is new?" in person.markdown()
    finally:
        second.stop()
        person.leave()


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [
        (1440, "light", "en-GB"), (1440, "dark", "de-DE"), (2560, "light", "en-GB"),
        (390, "light", "ar-EG"), (390, "dark", "en-GB"), (320, "light", "de-DE"),
    ],
)  # fmt: skip
def test_each_view_is_accessible(
    browser: Browser, studio: Studio, width: int, scheme: str, locale: str
) -> None:
    """By axe, and by eye: nothing is wider than the page, down to 320 px (1280 at 400 %)."""
    viewport = {"width": width, "height": 844}
    person = Person(browser, studio, color_scheme=scheme, viewport=viewport, locale=locale)
    page = person.page
    found = violations(page, "start")
    page.fill("#text", ARABIC if locale == "ar-EG" else DOUBTFUL)
    page.click("#paste button")
    page.wait_for_selector("#outline .question")
    page.locator(".doubt [aria-expanded]").first.click()
    page.wait_for_selector(".doubt pre:not([hidden])")
    found += violations(page, "questions")
    for name in ("look", "markdown", "questions"):
        page.click(f"#tab-{name}")
        found += violations(page, name)
    page.locator(".question .more").first.click()
    found += violations(page, "menu")
    page.keyboard.press("Escape")
    page.click("#take")
    found += violations(page, "take")
    page.keyboard.press("Escape")
    if width < 860:
        page.click("#see-papers")
    for name in ("workbook", "handout", "slides", "run-sheet", "cards"):
        page.click(f"#tab-{name}")
        page.wait_for_selector(f"#{name} img, #{name} svg")
        found += violations(page, name)
    assert not found, "\n".join(found)
    person.leave()
    assert person.said == []


def violations(page: Page, view: str) -> list[str]:
    page.evaluate(axe_source())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    said = [f"{view}: {e['id']}: {e['nodes'][0]['html'][:200]}" for e in found]
    return said + ([f"{view} is wider than the window"] if wide else [])


def axe_source() -> str:
    import axe_playwright_python

    folder = Path(axe_playwright_python.__file__).parent
    return next(folder.rglob("axe.min.js")).read_text("utf-8")


def test_nothing_stays_on_the_server_when_the_page_is_closed(
    browser: Browser, studio: Studio
) -> None:
    for _ in range(20):  # more than there may be at a time
        person = Person(browser, studio)
        person.page.click("#sample")
        person.page.wait_for_selector("#outline .question")
        person.leave()


def test_it_works_in_a_folder_behind_a_reverse_proxy(
    browser: Browser, studio: Studio, tmp_path: Path
) -> None:
    with proxied(studio, "papers") as address:
        person = Person(browser, address).paste(LIST)
        person.page.click("#take")
        assert person.take("#get-workbook", tmp_path).read_bytes().startswith(b"%PDF")
        site = address.partition("#")[0]
        own = [each for each in person.asked if not each.startswith("blob:")]
        assert [each for each in own if not each.startswith(site)] == []
        person.leave()
    assert person.said == []


@pytest.mark.parametrize("document", ["run-sheet", "cards"])
def test_run_sheet_and_cards_are_seen_and_taken(
    person: Person, tmp_path: Path, document: str
) -> None:
    page = person.paste(LIST).page
    page.click(f"#tab-{document}")
    expect(page.locator(f"#{document} img").first).to_be_visible()
    expect(page.locator("#workbook")).to_be_hidden()
    page.click("#take")
    expect(page.locator(f"#with-{document}")).not_to_be_checked()
    path = person.take(f"#get-{document}", tmp_path)
    data = path.read_bytes()
    if path.suffix == ".zip":
        data = next(unpacked(path, tmp_path / "papers").glob("*.pdf")).read_bytes()
    assert data.startswith(b"%PDF")


def test_a_long_file_says_how_much_is_read_and_can_be_stopped(person: Person) -> None:
    page = person.paste(LIST).page
    page.click("#new")
    lines = "".join(f"{number}. What of number {number}?\n" for number in range(1, 30_000))
    page.set_input_files("#file", {
        "name": "long.md", "mimeType": "text/markdown", "buffer": f"# All\n\n{lines}".encode(),
    })  # fmt: skip
    expect(page.locator("#notice progress[value]")).to_be_visible()
    assert 0 < page.evaluate("document.querySelector('#notice progress').value") < 1
    page.click("#notice button")
    expect(page.locator("#notice")).to_contain_text("Your list is as it was")
    page.click("#goon")
    expect(page.locator("#outline .question")).to_have_count(5)
    page.get_by_label("Question 1", exact=True).fill("Still there?")
    expect(page.locator("#undo")).to_be_enabled()


def test_rows_are_moved_with_the_mouse(person: Person) -> None:
    page = person.paste(LIST).page
    row = page.locator("#outline .question")
    row.nth(0).locator(".sign").drag_to(row.nth(3))
    expect(page.get_by_label("Question 3", exact=True)).to_have_value("What brought you here?")
    theme = page.locator("#outline .theme")
    theme.nth(1).locator(".sign").drag_to(theme.nth(0))
    expect(page.get_by_label("Theme 1", exact=True)).to_have_value("About work")
    row.nth(0).locator(".sign").drag_to(page.locator("#outline .adding").last)
    expect(page.get_by_label("Question 5", exact=True)).to_have_value(
        "What was your best day at work?"
    )


def test_the_whole_list_is_read_in_another_way_and_back(person: Person) -> None:
    page = person.paste("# Why?\n\n- To talk\n- To learn\n\n# How?\n\n- Softly\n").page
    before = person.texts()
    assert "Why?" in before[1:]
    page.focus("#way")
    page.select_option("#way", "lists")
    expect(page.locator("#outline .question textarea").first).to_have_value("To talk")
    expect(page.locator("#way")).to_be_focused()
    page.select_option("#way", "lines")
    expect(page.locator("#notice")).to_contain_text("no questions were found")
    expect(page.locator("#way")).to_have_value("lists")
    page.click("#undo")
    expect(page.locator("#outline .question textarea").first).to_have_value("Why?")
    assert person.texts() == before


def test_a_list_with_its_marks_is_pasted_from_a_program_that_has_them(person: Person) -> None:
    html = "<h2>Trust</h2><ol><li>Why <b>now</b>?</li><li>How?</li></ol>"
    script = """html => {
      const given = new DataTransfer();
      given.setData("text/html", html);
      given.setData("text/plain", "Trust\\nWhy now?\\nHow?");
      document.querySelector("#text").dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: given, bubbles: true }));
    }"""
    person.page.evaluate(script, html)
    person.paste("Trust\nWhy now?\nHow?")
    assert person.texts() == ["Trust", "Why now?", "How?"]
    assert "Why **now**?" in person.markdown()


def test_which_documents_are_made_is_saved_with_the_list(person: Person, tmp_path: Path) -> None:
    page = person.paste(LIST).page
    page.click("#take")
    page.uncheck("#with-slides")
    page.check("#with-cards")
    made = unpacked(person.take("#get-all", tmp_path), tmp_path / "papers")
    path = person.take("#taking >> text=Save my list", tmp_path)
    assert path.name == "Mentoring-2026.md"
    report = kit.build([path], tmp_path / "outputs")
    assert {file.path.name for file in report.written} == {each.name for each in made.iterdir()}
    page.keyboard.press("Escape")
    page.click("#tab-look")
    expect(page.locator("#make-slides")).not_to_be_checked()


def test_what_cannot_be_made_is_said_where_it_was_asked_for(person: Person) -> None:
    page = person.paste(LIST).page
    page.click("#take")
    for name in ("workbook", "handout", "slides"):
        page.uncheck(f"#with-{name}")
    page.click("#get-all")
    expect(page.locator("#taking #notice")).to_contain_text("no document is chosen")
    page.keyboard.press("Escape")
    expect(page.locator("#taking")).to_be_hidden()
    expect(page.locator("#notice")).to_be_visible()


def test_a_logo_stands_on_the_papers_and_can_be_taken_off(person: Person, tmp_path: Path) -> None:
    Image.new("RGB", (60, 20), "#0b7a5e").save(tmp_path / "logo.png")
    page = person.paste(LIST).page
    page.click("#tab-look")
    page.set_input_files("#logo", tmp_path / "logo.png")
    for name in ("handout", "slides"):
        page.click(f"#tab-{name}")
        expect(page.locator(f"#{name} svg image").first).to_be_visible()
    page.get_by_label("Remove: logo.png").click()
    expect(page.locator("#slides svg image")).to_have_count(0)


def test_the_workbook_is_opened_to_be_printed(person: Person) -> None:
    page = person.paste(LIST).page
    page.click("#take")
    with person.context.expect_page() as opened:
        page.click("#print")
    assert opened.value.url.startswith("blob:")


def test_the_page_speaks_the_language_that_is_chosen(person: Person) -> None:
    page = person.paste(LIST).page
    page.select_option("#lang", "de")
    expect(page.get_by_label("Frage 1", exact=True)).to_have_value("What brought you here?")
    expect(page.get_by_label("Mehr: Frage 1")).to_be_visible()
    page.select_option("#lang", "he")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_row_gets_another_room_and_follow_ups_of_its_own(person: Person) -> None:
    page = person.paste(LIST).page
    first = page.locator("#outline .question").first
    first.locator(".more").click()
    page.select_option("#room", "grid=6cm")
    page.keyboard.press("Escape")
    expect(first.locator(".room")).to_have_text("a grid, 60mm")
    first.locator(".more").click()
    page.get_by_role("dialog").get_by_role("button", name="Follow-up").last.click()
    expect(page.locator("#outline .followup textarea")).to_be_focused()
    page.keyboard.type("And why?")
    expect(page.locator("#outline .followup textarea")).to_have_value("And why?")
    page.click("#tab-markdown")
    wanted = re.compile(r"1\. What brought you here\? {grid=60mm}\n   - And why\?")
    expect(page.locator("#source")).to_have_value(wanted)
