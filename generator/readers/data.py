"""YAML and JSON: the set as data. `question-set.schema.json` describes it, for editors and for us.

Its texts are Markdown, as those of questions are elsewhere. JSON is checked by Python itself and
then read as the YAML that it is, which knows lines.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.errors import SourceError
from generator.model import Inline
from generator.readers import Reading, blocks, front_matter, inline
from generator.readers.assembly import assemble
from generator.readers.attributes import NOTHING, Attributes, of_fields
from generator.readers.blocks import Block
from generator.readers.problems import Problems, cleaned

THEME = ("title", "intro", "notes", "answer", "tags", "minutes", "questions")
QUESTION = ("text", "number", "followups", "notes", "answer", "tags", "minutes")
FOLLOWUP = ("text", "followups")
DEEPEST = 20
"""Follow-ups under follow-ups."""


def read(text: str, path: Path) -> Reading:
    """Raises SourceError with every problem found."""
    problems = Problems(path)
    text = cleaned(text, problems)
    if path.suffix.lower() == ".json":
        text = _as_yaml(text, problems)
    matter, node = front_matter.read(text, problems)
    settings = dict(matter.settings)
    settings.pop("themes", None)
    matter.settings = settings
    data = _Data(problems)
    found = list(data.themes(node)) if node else []
    return assemble(found, matter, problems, path)


_SURROGATES = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_SLASH = re.compile(r"(?<!\\)((?:\\\\)*)\\/")


def _as_yaml(text: str, problems: Problems) -> str:
    """JSON without what YAML reads otherwise: tabs, `\\/`, characters in two halves.

    Raises SourceError for what is no JSON.
    """
    try:
        json.loads(text, parse_int=str)  # Python refuses to read numbers of 4,300 digits
    except json.JSONDecodeError as problem:
        hint = "mend it in an editor that knows JSON"
        problems.error(f"is not JSON: {problem.msg}", problem.lineno, hint)
        raise SourceError(problems.sorted()) from None
    except RecursionError:
        problems.error("is nested too deep", 1, "write themes, questions and follow-ups only")
        raise SourceError(problems.sorted()) from None
    text = _SURROGATES.sub(
        lambda pair: bytes.fromhex(pair[1] + pair[2]).decode("utf-16-be"), text.replace("\t", " ")
    )
    return _SLASH.sub(r"\1/", text)


class _Data:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self._seen: set[int] = set()

    def themes(self, root: yaml.MappingNode) -> Iterator[Block]:
        entries = {key.value: value for key, value in root.value}
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

    def _question(self, node: yaml.Node) -> Block:
        line = _line(node)
        if isinstance(node, yaml.ScalarNode):
            return _item(line, self._inline(node))
        known = self._mapping(node, QUESTION, "a question")
        item = _item(line, self._inline(known.get("text")), self._asked(known, line))
        if "number" in known:
            number = self._text(known["number"])
            if number.isdecimal():
                item.number = int(number)
            else:
                self.problems.error(f"'{number}' is not a number", line, "write a whole number")
        self._add_followups(item, known, 1)
        if "notes" in known:
            item.children.append(self._notes(known["notes"]))
        return item

    def _add_followups(self, item: Block, known: dict[str, yaml.Node], depth: int) -> None:
        if "followups" not in known or depth > DEEPEST:
            return
        below = Block("list", item.line)
        item.children.append(below)
        for node in self._list(known["followups"], "followups"):
            simple = isinstance(node, yaml.ScalarNode)
            inside = {"text": node} if simple else self._mapping(node, FOLLOWUP, "a follow-up")
            below.children.append(_item(_line(node), self._inline(inside.get("text"))))
            self._add_followups(below.children[-1], inside, depth + 1)

    def _inline(self, node: yaml.Node | None) -> Inline:
        return inline.parse(self._text(node), _line(node), self.problems) if node else ()

    def _asked(self, known: dict[str, yaml.Node], line: int) -> Attributes:
        tags = known.get("tags")
        words = (
            [self._text(tag) for tag in tags.value] if isinstance(tags, yaml.SequenceNode) else []
        )
        return of_fields(
            self._text(known.get("answer")), " ".join(words) or self._text(tags),
            self._text(known.get("minutes")), line, self.problems,
        )  # fmt: skip

    def _notes(self, node: yaml.Node) -> Block:
        return Block("notes", _line(node), children=self._blocks(node))

    def _blocks(self, node: yaml.Node | None) -> list[Block]:
        """Paragraphs and lists of a text, or of a list of texts."""
        if node is None:
            return []
        texts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        text = "\n\n".join(map(self._text, texts))
        return blocks.parse(text, self.problems, _line(node))

    def _text(self, node: yaml.Node | None) -> str:
        """A scalar as it was typed; `{lines: 6}` is `lines=6`."""
        if node is None:
            return ""
        if isinstance(node, yaml.MappingNode):
            return " ".join(f'{key.value}="{value.value}"' for key, value in node.value)
        if isinstance(node, yaml.ScalarNode):
            return "" if node.tag.endswith(":null") else str(node.value)
        self.problems.error(
            "a text is expected here", _line(node), "write a text, in quotes if need be"
        )
        return ""

    def _list(self, node: yaml.Node, name: str) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode) and self._once(node):
            return list(node.value)
        if not isinstance(node, yaml.SequenceNode):
            self.problems.error(
                f"'{name}' is not a list", _line(node), "begin each entry with `- `"
            )
        return []

    def _mapping(self, node: yaml.Node, keys: tuple[str, ...], what: str) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            hint = f"write its parts as `key: value`: {', '.join(keys)}"
            self.problems.error(f"this is not {what}", _line(node), hint)
            return {}
        known = {str(key.value): value for key, value in node.value} if self._once(node) else {}
        for key in [key for key in known if key not in keys]:
            close = difflib.get_close_matches(key, keys, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(keys)}"
            self.problems.warning(f"'{key}' is not a part of {what}", _line(known[key]), hint)
        return known

    def _once(self, node: yaml.Node) -> bool:
        """An alias stands for what was read already: with many of them a small file is endless."""
        if id(node) in self._seen:
            self.problems.error("an alias repeats this", _line(node), "write it out")
            return False
        self._seen.add(id(node))
        return True


def _item(line: int, text: Inline, asked: Attributes = NOTHING) -> Block:
    return Block("item", line, children=[Block("paragraph", line, text, asked=asked)])


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
