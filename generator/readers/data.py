"""YAML, JSON and JSON Lines, with any names of keys.

A list of texts is a list of questions; a list of mappings is a table whose header is the keys; a
mapping with a name and a list below it is a theme. `question-set.schema.json` describes the form
that we publish: `themes` with `questions`. Its texts are Markdown; those of any other form are
plain.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable

from generator.diagnostics import Problems
from generator.model import Inline, Span
from generator.readers import front_matter, markdown, nodes, table
from generator.readers.asks import ASKS, asks, mean
from generator.readers.attributes import of_fields
from generator.readers.front_matter import FrontMatter
from generator.readers.headers import Role, is_container, is_language, role
from generator.readers.raw import RawTheme, Row, Source
from generator.readers.records import is_space, joined, lines, notes
from generator.tree import Node, from_json, from_yaml

_MAX_KEYS = 100
"""Maximum number of keys in a list of records."""
_ASKED = (Role.ANSWER, Role.TAGS, Role.MINUTES)
_MATTER = (*front_matter.KEYS, "language")


def read(text: str, problems: Problems) -> Source:
    """Read questions in any common form of data; report an error with its line if the file is
    broken."""
    tree = _tree(text, problems.path.suffix.lower(), problems)
    if tree is None:
        return Source(FrontMatter(), themes=[])
    root = nodes.as_meant(tree, problems)
    published = any(item.entries for item in root.entries.get("themes", Node([], 0)).items)
    known = {
        key: value for key, value in root.entries.items()
        if published or (key in _MATTER and value.text is not None)
    }  # fmt: skip
    matter = front_matter.from_tree(Node(known, root.line), problems, others=("themes",))
    made = _Data(problems, published)
    rest = {key: value for key, value in root.entries.items() if key not in known}
    name = rest.pop("name", None) if nodes.parts_below(root) else None
    if published:
        for theme in root.entries["themes"].items:
            made.section(theme, ())
    elif rest or root.items:
        made.walk(Node(rest, root.line) if rest else root, ())
    if not made.themes and not problems.fatal:
        hint = "write `themes:`, and under it a list of themes with `title` and `questions`"
        problems.error("no questions were found in this data", root.line, hint)
    return Source(matter, themes=made.themes, title=name.text or "" if name else "")


def _tree(text: str, suffix: str, problems: Problems) -> Node | None:
    if suffix in (".jsonl", ".ndjson"):
        rows = enumerate(text.split("\n"), 1)
        found = [from_json(row, problems, line) for line, row in rows if row.strip()]
        return Node([node for node in found if node], 1)
    return (from_json if suffix == ".json" else from_yaml)(text, problems)


class _Data:
    def __init__(self, problems: Problems, markdown: bool) -> None:
        self.problems = problems
        self.markdown = markdown
        self.themes: list[RawTheme] = []
        self._said: set[str] = set()

    def walk(self, node: Node, title: Inline) -> None:
        """Add the questions of a list or a mapping, in themes whose names begin with `title`."""
        if node.items:
            self._list(node.items, title, node.line)
        elif node.entries:
            self._mapping(node, title)

    def _list(self, items: list[Node], title: Inline, line: int) -> None:
        if len(items) > 1 and all(len(item.items) > 1 for item in items):  # the rows of a table
            rows = [Row(row.line, tuple(map(self._cell, row.items))) for row in items]
            if read := table.read(rows, self.problems):
                self._take(read.themes, title)
                return
        inner = [item for item in items if item.items or nodes.is_section(item)]
        own = [item for item in items if not any(item is each for each in inner)]
        if inner and nodes.only_tell(own):
            self._leave("a list", own[0].line)
        else:
            self._add(own, title, line)
        for item in inner:
            self.walk(item, title) if item.items else self.section(item, title)

    def _add(self, found: list[Node], title: Inline, line: int) -> None:
        """Add a list of mappings as a table whose header is their keys; a text becomes one of its
        cells."""
        found = [nodes.unnested(item) for item in found]
        known = [key for item in found for key in item.entries]
        asking = next((key for key in known if role(key) in (Role.QUESTION, Role.TEXT)), "question")
        records = [item.entries or {asking: item} for item in found]
        times = Counter(key for record in records for key in record)
        if len(times) > _MAX_KEYS:
            times = Counter(dict(times.most_common(_MAX_KEYS)))
            self.problems.warning("only the most frequent keys are read", line, "use the same keys")
        keys = {key: at for at, key in enumerate(times)}
        lists = frozenset(
            keys[key] for each in records for key in each if key in keys and each[key].items
        )
        rows = [Row(line, tuple((Span(key),) for key in keys))] + [
            Row(item.line, tuple(self._cell(record.get(key)) for key in keys))
            for item, record in zip(found, records, strict=True)
        ]
        doubts = Problems(self.problems.path)
        read = table.read(rows, doubts, lists) if records else None
        for doubt in doubts.found:
            if doubt.message not in self._said:  # what is odd in one theme is often odd in all
                self.problems.found.append(doubt)
                self._said.add(doubt.message)
        self._take(read.themes if read else (), title)

    def _take(self, themes: Iterable[RawTheme], title: Inline) -> None:
        for theme in themes:
            theme.title = joined(filter(None, (title, theme.title)), ": ")
            self.themes.append(theme)

    def _cell(self, node: Node | None) -> Inline:
        found = list(nodes.text_lines(node, "")) if node else []
        if not self.markdown:
            text = html.unescape("\n".join(found))
            return (Span(text),) if text else ()
        line = node.line if node else 0
        indents = [" " * (len(text) - len(text.lstrip(" "))) for text in found]
        texts = [markdown.text(text, line, self.problems) for text in found]
        parts = zip(indents, texts, strict=True)
        return joined([(Span(indent), *text) for indent, text in parts], "\n")

    def _mapping(self, node: Node, title: Inline) -> None:
        """Add a mapping: its keys are the names of themes, the numbers of records, or the numbers
        of questions or their texts; or it only contains such a mapping."""
        entries = node.entries
        if sum(map(is_language, entries)) == len(entries) > 1:
            self.walk(nodes.first_translation(node, self.problems), title)
        elif mean(map(asks, entries)) >= ASKS or not nodes.parts_below(node):
            self._add(list(nodes.records_in(node)), title, node.line)
        elif nodes.are_records(list(entries.values())):
            numbered = [
                Node({"number": Node(key, each.line), **each.entries}, each.line)
                for key, each in entries.items()
            ]
            self._add(numbered, title, node.line)
        else:
            self.section(node, title)

    def section(self, node: Node, title: Inline) -> None:
        """Add a mapping with lists below it: a theme with its own name, or one theme for each
        list."""
        before = len(self.themes)
        below, named = nodes.parts_below(node), nodes.name_key(node)
        own = joined(filter(None, (title, self._cell(node.entries.get(named)))), ": ")
        nested = any(value.items or nodes.parts_below(value) for value in below.values())
        records = any(item.entries for value in below.values() for item in value.items)
        questions = any(role(key) is Role.QUESTION for key in below)
        for key, value in list(below.items()):
            if value.entries:
                texts, known = nodes.texts_of(value), not nodes.parts_below(value)
            else:
                texts = [item.text or "" for item in value.items]
                known = records and role(key) is Role.THEME
            if nested and known and all(texts) and mean(map(asks, texts)) < 0.5:
                self.problems.note(f"'{key}' has no questions and is left out", value.line)
                del below[key]
            elif role(key) is None and questions and nodes.only_tell(value.items):
                self._leave(f"'{key}'", value.line)
                del below[key]
        for key, value in below.items():
            told = bool(own) or role(key) in (Role.THEME, Role.TEXT)
            silent = is_container(key) or role(key) is Role.QUESTION or (len(below) == 1 and told)
            silent = silent or (nodes.is_counted(key) and bool(nodes.name_key(value)))
            name = () if silent else self._cell(Node(key, value.line))
            self.walk(value, joined(filter(None, (own, name)), ": "))
        self._inherit(node, self.themes[before:], named)

    def _leave(self, what: str, line: int) -> None:
        """Report records beside questions that ask nothing: people, or texts between the parts."""
        hint = "name a key `question` if they are questions"
        self.problems.warning(f"{what} was left out: nothing in it asks", line, hint)

    def _inherit(self, node: Node, themes: list[RawTheme], named: str) -> None:
        """Apply the fields of a section to its themes: the first one gets introduction and notes,
        all of them get answer spaces and tags."""
        if not themes:
            return
        texts: dict[Role, str] = {}
        for key, value in node.entries.items():
            kind = role(key)
            told = kind is Role.TEXT and key != named and not nodes.is_counted(value.text or "1")
            if kind is Role.INTRO or told:
                themes[0].intro += lines(self._cell(value))
            elif kind is Role.CHOICES and len(value.items) > 1:
                for question in (each for theme in themes for each in theme.questions):
                    question.choices = question.choices or list(nodes.text_lines(value, ""))
            elif kind is Role.NOTES and key != named:
                themes[0].notes += notes(self._cell(value))
            elif kind in _ASKED:
                text = " ".join(nodes.text_lines(value, ""))
                if kind is not Role.ANSWER or is_space(text):
                    texts[kind] = text
        if texts:
            answer, tags, minutes = (texts.get(kind, "") for kind in _ASKED)
            asked = of_fields(answer, tags, minutes, node.line, self.problems)
            for theme in themes:
                theme.asked = asked
