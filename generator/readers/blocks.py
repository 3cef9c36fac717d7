"""From Markdown to a tree of blocks, with `::: notes` among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from generator.errors import Diagnostic, Severity
from generator.model import Inline
from generator.readers.attributes import Attributes
from generator.readers.problems import Problems

MAX_NESTING = 60
"""Levels of blocks (a list and its item are two); what is deeper is left out with a warning."""
_FENCE = re.compile(r":{3,}\s*(.*?)\s*:*\s*")
_NOTES = re.compile(r"notes|\{\s*\.notes\s*\}")
_NESTS = ("list_item_open", "blockquote_open", "notes_open")
_LEFT_OUT = {"fence": "a code block", "code_block": "a code block (a text indented by four spaces)"}


@dataclass(slots=True)
class Block:
    """One of: heading, paragraph, html, list, item, notes."""

    kind: str
    line: int
    content: str = ""
    """Markdown of a heading or paragraph; literal text of html."""
    level: int = 0
    """Of a heading, from 1."""
    number: int | None = None
    """The item's own number; None for a bullet."""
    children: list[Block] = field(default_factory=list)
    asked: Attributes | None = None
    """Answer space, tags and minutes that stand beside the text, not in it."""
    spans: Inline | None = None
    """The text, where it is no Markdown; `content` is it without its styles then."""

    def walk(self) -> Iterator[Block]:
        """Every block under this one, in order."""
        for child in self.children:
            yield child
            yield from child.walk()


def parse(
    text: str, env: MutableMapping[str, Any], problems: Problems, first: int = 1
) -> list[Block]:
    """The blocks of a text that begins on line `first`; `env` receives its link definitions."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.core.ruler.disable(["inline", "text_join"])
    parser.block.ruler.before(
        "fence", "div", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    root = Block("root", 1)
    open_blocks = [root]
    for token in parser.parse(text, env):
        line = token.map[0] + first if token.map else 0
        if token.level + 1 >= MAX_NESTING and token.type in _NESTS:
            problems.warning("what is nested deeper than this was left out", line, "indent it less")
        if token.type == "problem":
            problems.found.append(Diagnostic(path=problems.path, **token.meta))
        elif token.type in _LEFT_OUT:
            problems.warning(
                f"{_LEFT_OUT[token.type]} was left out", line, "put short code between `backticks`"
            )
        elif token.type == "html_block":
            open_blocks[-1].children.append(Block("html", line, token.content))
        elif token.type == "inline":
            open_blocks[-1].content = token.content
        elif token.type.removesuffix("_open") in _KINDS and token.nesting == 1:
            block = Block(_KINDS[token.type.removesuffix("_open")], line)
            block.level = int(token.tag[1]) if block.kind == "heading" else 0
            block.number = int(token.info) if block.kind == "item" and token.info else None
            open_blocks[-1].children.append(block)
            open_blocks.append(block)
        elif token.type.removesuffix("_close") in _KINDS and token.nesting == -1:
            open_blocks.pop()
    return root.children


_KINDS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "notes": "notes",
}
# A quotation is read as what stands in it; a rule between blocks says nothing.


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: notes` and its lines; other `:::` lines are left out with a warning, their text kept."""
    opener = _fence(state, start)
    if opener is None or state.is_code_block(start):
        return False
    if silent:
        return True
    state.line = start + 1
    if not _NOTES.fullmatch(opener):
        _other_fence(state, start, opener)
        return True
    close = _closing(state, start, end)
    if close is None:
        hint = "end the notes with a line ':::'"
        _problem(state, start, Severity.ERROR, "'::: notes' is not closed", hint)
    token = state.push("notes_open", "div", 1)
    token.map = [start, end if close is None else close]
    line_max, parent = state.lineMax, state.parentType
    state.lineMax = end if close is None else close
    state.parentType = "notes"
    state.md.block.tokenize(state, start + 1, state.lineMax)
    state.lineMax, state.parentType = line_max, parent
    state.push("notes_close", "div", -1)
    if close is not None:
        state.line = close + 1
    return True


def _other_fence(state: StateBlock, line: int, name: str) -> None:
    """Warn once for a fenced block that is not ours: at its opening."""
    unknown = state.env.get("unknown_fences", 0)
    if name or not unknown:
        message = f"'::: {name}' is not known" if name else "':::' closes nothing"
        hint = "notes for the facilitator stand between '::: notes' and ':::'"
        _problem(state, line, Severity.WARNING, message, hint)
    state.env["unknown_fences"] = max(0, unknown + (1 if name else -1))


def _problem(state: StateBlock, line: int, severity: Severity, message: str, hint: str) -> None:
    token = state.push("problem", "", 0)
    token.meta = {"severity": severity, "message": message, "line": line + 1, "hint": hint}


def _fence(state: StateBlock, line: int) -> str | None:
    """What follows `:::` on a line; None when the line is no such fence."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    fence = _FENCE.fullmatch(text) if text.startswith(":::") else None
    return fence[1] if fence else None


def _closing(state: StateBlock, start: int, end: int) -> int | None:
    """The line of the `:::` that belongs to `start`; a fence with a name opens another."""
    depth = 1
    for line in range(start + 1, end):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return None
        name = _fence(state, line)
        if name is not None:
            depth += 1 if name else -1
        if depth == 0:
            return line
    return None
