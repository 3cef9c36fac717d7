"""How soon the studio follows: `python benchmarks/studio.py [--sizes 40,200,1000]`.

In Chromium, over the command itself: from the last key to the page of the workbook that is in view,
drawn anew; and from a click to all three documents in one .zip. Medians.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from sets import book, markdown

ROOT = Path(__file__).parent.parent
KEYS = 15
_WATCH = """
window.begun = 0; window.took = [];
addEventListener("input", () => { window.begun = performance.now(); }, true);
document.addEventListener("painted", ({ detail }) => {
  if (window.begun && detail.document === "workbook") {
    window.took.push(performance.now() - window.begun);
    window.begun = 0;
  }
});
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="40,200,1000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    command = [sys.executable, "-m", "generator", "studio", "--no-browser", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    found = re.search(r"http\S+", server.stdout.readline())
    assert found
    try:
        print("| questions | read, s | page after the last key, ms | slowest, ms | all three, s |")
        print("|--:|--:|--:|--:|--:|")
        with sync_playwright() as playwright:
            program = shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for size in sizes:
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.add_init_script(_WATCH)
                page.goto(found[0])
                print("|", " | ".join([str(size), *measured(page, size)]), "|")
                page.goto("about:blank")
                page.close()
            browser.close()
    finally:
        server.terminate()


def measured(page: Page, size: int) -> list[str]:
    page.wait_for_selector("html[data-ready]")
    started = time.perf_counter()
    data = markdown(book(size)).encode()
    page.set_input_files("#file", {"name": "set.md", "mimeType": "text/markdown", "buffer": data})
    page.wait_for_selector("#workbook img", timeout=120_000)
    read = time.perf_counter() - started
    page.locator(".question textarea").nth(1).focus()
    for _ in range(KEYS):
        before = page.evaluate("window.took.length")
        page.keyboard.type("a")
        while page.evaluate("window.took.length") == before:
            page.wait_for_timeout(10)
        page.wait_for_timeout(400)
    took = page.evaluate("window.took")
    page.click("#take")
    started = time.perf_counter()
    with page.expect_download(timeout=120_000):
        page.click("#get-all")
    ready = time.perf_counter() - started
    return [f"{read:.1f}", f"{statistics.median(took):.0f}", f"{max(took):.0f}", f"{ready:.2f}"]


if __name__ == "__main__":
    main()
