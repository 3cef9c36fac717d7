"""Markdown: any list of questions that a person would write in it."""

from __future__ import annotations

import re
from pathlib import Path

from generator.readers import Reading, blocks, front_matter
from generator.readers import old_html as html
from generator.readers import old_table as table
from generator.readers.blocks import Block
from generator.readers.grouped import assemble
from generator.readers.problems import Problems, cleaned

_HTML_ITEM = re.compile(r"<li[\s>]", re.IGNORECASE)
_HTML_BLOCK = re.compile(r"<(?:li|h[1-6])[\s>]", re.IGNORECASE)
_FENCE = re.compile(r"`{3,}|~{3,}")
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])\s", re.MULTILINE)


def read(text: str, path: Path) -> Reading:
    """Read a question set. Raises SourceError with every problem found.

    A text with more items in HTML than in Markdown is read as HTML from end to end.
    """
    problems = Problems(path)
    matter, body = front_matter.split(cleaned(text, problems), problems)
    if len(_HTML_ITEM.findall(body)) > len(_ITEM.findall(body)):
        found = html.parse(_without_code(body, problems), problems)
    else:
        found = [each for block in blocks.parse(body, problems) for each in _lists(block, problems)]
    return assemble(found, matter, problems, path)


def _without_code(text: str, problems: Problems) -> str:
    """The same lines, those of code in fences empty."""
    lines = text.split("\n")
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            lines[index] = ""
            fence = "" if mark and line.strip().startswith(fence) else fence
        elif mark:
            problems.warning("a code block was left out", index + 1, blocks.SHORT_CODE)
            lines[index], fence = "", mark[0]
    return "\n".join(lines)


def _lists(block: Block, problems: Problems) -> list[Block]:
    """What a table, and a list or a heading in HTML, are among Markdown."""
    if block.kind == "table":
        return table.in_markdown(block, problems)
    if block.kind == "html" and _HTML_BLOCK.search(block.html):
        return html.parse(block.html, problems, block.line)
    return [block]
