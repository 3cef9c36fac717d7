"""YAML and JSON: the set as data. `question-set.schema.json` describes it, for editors and for us.

Its texts are Markdown, as those of questions are elsewhere.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from generator.errors import SourceError
from generator.model import Inline
from generator.readers import Reading, blocks, front_matter, inline
from generator.readers.attributes import NOTHING, Attributes, of_fields
from generator.readers.blocks import Block
from generator.readers.grouped import assemble
from generator.readers.problems import Problems, cleaned
from generator.tree import Node, from_json, from_yaml

THEME = ("title", "intro", "notes", "answer", "tags", "minutes", "questions")
QUESTION = ("text", "number", "followups", "notes", "answer", "tags", "minutes")
FOLLOWUP = ("text", "followups")
DEEPEST = 20
"""Follow-ups under follow-ups."""


def read(text: str, path: Path) -> Reading:
    """Raises SourceError with every problem found."""
    problems = Problems(path)
    text = cleaned(text, problems)
    node = (from_json if path.suffix.lower() == ".json" else from_yaml)(text, problems)
    if problems.fatal:
        raise SourceError(problems.sorted())
    matter = front_matter.from_tree(node, problems, others=("themes",))
    data = _Data(problems)
    found = list(data.themes(node)) if node else []
    return assemble(found, matter, problems, path)


class _Data:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def themes(self, root: Node) -> Iterator[Block]:
        entries = root.entries
        if "themes" not in entries:
            hint = "write `themes:`, and under it a list of themes with `title` and `questions`"
            self.problems.error("has no themes", _line(root), hint)
            return
        for theme in self._list(entries["themes"], "themes"):
            known = self._mapping(theme, THEME, "a theme")
            if "title" in known:
                line = _line(theme)
                asked = self._asked(known, line)
                yield Block("heading", line, self._inline(known["title"]), level=2, asked=asked)
            yield from self._blocks(known.get("intro"))
            if "notes" in known:
                yield self._notes(known["notes"])
            questions = self._list(known["questions"], "questions") if "questions" in known else []
            yield Block("list", _line(theme), children=[self._question(each) for each in questions])

    def _question(self, node: Node) -> Block:
        line = _line(node)
        if node.text is not None:
            return _item(line, self._inline(node))
        known = self._mapping(node, QUESTION, "a question")
        item = _item(line, self._inline(known.get("text")), self._asked(known, line))
        if "number" in known:
            number = self._text(known["number"])
            if re.fullmatch("[0-9]{1,9}", number):
                item.number = int(number)
            else:
                self.problems.error(f"'{number}' is not a number", line, "write a whole number")
        self._add_followups(item, known, 1)
        if "notes" in known:
            item.children.append(self._notes(known["notes"]))
        return item

    def _add_followups(self, item: Block, known: dict[str, Node], depth: int) -> None:
        if "followups" not in known or depth > DEEPEST:
            return
        below = Block("list", item.line)
        item.children.append(below)
        for node in self._list(known["followups"], "followups"):
            simple = node.text is not None
            inside = {"text": node} if simple else self._mapping(node, FOLLOWUP, "a follow-up")
            below.children.append(_item(_line(node), self._inline(inside.get("text"))))
            self._add_followups(below.children[-1], inside, depth + 1)

    def _inline(self, node: Node | None) -> Inline:
        return inline.parse(self._text(node), _line(node), self.problems) if node else ()

    def _asked(self, known: dict[str, Node], line: int) -> Attributes:
        tags = known.get("tags")
        words = [self._text(tag) for tag in tags.items] if tags else []
        return of_fields(
            self._text(known.get("answer")), " ".join(words) or self._text(tags),
            self._text(known.get("minutes")), line, self.problems,
        )  # fmt: skip

    def _notes(self, node: Node) -> Block:
        return Block("notes", _line(node), children=self._blocks(node))

    def _blocks(self, node: Node | None) -> list[Block]:
        """Paragraphs and lists of a text, or of a list of texts."""
        if node is None:
            return []
        texts = node.items or [node]
        text = "\n\n".join(map(self._text, texts))
        return blocks.parse(text, self.problems, _line(node))

    def _text(self, node: Node | None) -> str:
        """A scalar as it was typed; `{lines: 6}` is `lines=6`."""
        if node is None:
            return ""
        if node.entries:
            return " ".join(f'{key}="{value.text}"' for key, value in node.entries.items())
        if node.text is not None:
            return node.text
        self.problems.error(
            "a text is expected here", _line(node), "write a text, in quotes if need be"
        )
        return ""

    def _list(self, node: Node, name: str) -> list[Node]:
        if isinstance(node.value, list):
            return node.value
        self.problems.error(f"'{name}' is not a list", _line(node), "begin each entry with `- `")
        return []

    def _mapping(self, node: Node, keys: tuple[str, ...], what: str) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            hint = f"write its parts as `key: value`: {', '.join(keys)}"
            self.problems.error(f"this is not {what}", _line(node), hint)
            return {}
        known = dict(node.value)
        for key in [key for key in known if key not in keys]:
            close = difflib.get_close_matches(key, keys, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(keys)}"
            self.problems.warning(f"'{key}' is not a part of {what}", _line(known[key]), hint)
        return known


def _item(line: int, text: Inline, asked: Attributes = NOTHING) -> Block:
    return Block("item", line, children=[Block("paragraph", line, text, asked=asked)])


def _line(node: Node) -> int:
    return node.line
