"""YAML, JSON and JSON Lines, with any names of keys.

A list of texts is a list of questions; a list of mappings is a table whose header is the keys; a
mapping with a name and a list below it is a theme. `question-set.schema.json` describes the form
that we publish: `themes` with `questions`. Its texts are Markdown; those of any other form are
plain.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.diagnostics import Problems
from generator.model import Inline, Span
from generator.readers import front_matter, markdown, table
from generator.readers.asks import ASKS, asks
from generator.readers.attributes import SPACES, of_fields
from generator.readers.front_matter import FrontMatter
from generator.readers.headers import Role, is_container, is_language, role
from generator.readers.raw import RawTheme, Row, Source
from generator.readers.records import is_space, joined, lines, notes, numeral
from generator.tree import Node, from_json, from_yaml

_BELONGS = (
    Role.CHOICES, Role.WRONG, Role.FOLLOWUPS, Role.TAGS, Role.NOTES, Role.ANSWER, Role.INTRO,
    Role.KIND, Role.MINUTES, Role.OTHER, Role.NUMBER,
)  # fmt: skip
"""Keys whose lists describe their mapping and hold no questions."""
_MAX_KEYS = 100
"""Maximum number of keys in a list of records."""
_ASKED = (Role.ANSWER, Role.TAGS, Role.MINUTES)
_HOLDS = (Role.QUESTION, Role.TEXT, Role.THEME)
_MATTER = (*front_matter.KEYS, "language")


def read(text: str, problems: Problems) -> Source:
    """Read questions in any common form of data; report an error with its line if the file is
    broken."""
    tree = _tree(text, problems.path.suffix.lower(), problems)
    if tree is None:
        return Source(FrontMatter(), themes=[])
    root = _as_meant(tree, problems)
    published = any(item.entries for item in _items(root.entries.get("themes")))
    known = {
        key: value for key, value in root.entries.items()
        if published or (key in _MATTER and value.text is not None)
    }  # fmt: skip
    matter = front_matter.from_tree(Node(known, root.line), problems, others=("themes",))
    made = _Data(problems, published)
    rest = {key: value for key, value in root.entries.items() if key not in known}
    name = rest.pop("name", None) if _below(root) else None
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
        inner = [item for item in items if item.items or _is_section(item)]
        own = {id(item) for item in inner}
        self._add([item for item in items if id(item) not in own], title, line)
        for item in inner:
            self.walk(item, title) if item.items else self.section(item, title)

    def _add(self, found: list[Node], title: Inline, line: int) -> None:
        """Add a list of mappings as a table whose header is their keys; a text becomes one of its
        cells."""
        found = [_unnested(item) for item in found]
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
        found = list(_lines(node, "")) if node else []
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
            self.walk(_first(node, self.problems), title)
        elif _mean(entries) >= ASKS or not _below(node):
            self._add(list(_flat(node)), title, node.line)
        elif _are_records(list(entries.values())):
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
        below, named = _below(node), _name(node)
        own = joined(filter(None, (title, self._cell(node.entries.get(named)))), ": ")
        nested = any(value.items or _below(value) for value in below.values())
        records = any(item.entries for value in below.values() for item in value.items)
        for key, value in list(below.items()):
            texts = _texts(value) if value.entries else [item.text for item in value.items]
            known = not _below(value) if value.entries else records and role(key) is Role.THEME
            if nested and known and all(texts) and _mean(map(str, texts)) < 0.5:
                self.problems.note(f"'{key}' has no questions and is left out", value.line)
                del below[key]
        for key, value in below.items():
            told = bool(own) or role(key) in (Role.THEME, Role.TEXT)
            silent = is_container(key) or role(key) is Role.QUESTION or (len(below) == 1 and told)
            silent = silent or (_is_counted(key) and bool(_name(value)))
            name = () if silent else self._cell(Node(key, value.line))
            self.walk(value, joined(filter(None, (own, name)), ": "))
        self._inherit(node, self.themes[before:], named)

    def _inherit(self, node: Node, themes: list[RawTheme], named: str) -> None:
        """Apply the fields of a section to its themes: the first one gets introduction and notes,
        all of them get answer spaces and tags."""
        if not themes:
            return
        texts: dict[Role, str] = {}
        for key, value in node.entries.items():
            kind = role(key)
            told = kind is Role.TEXT and key != named and not _is_counted(value.text or "1")
            if kind is Role.INTRO or told:
                themes[0].intro += lines(self._cell(value))
            elif kind is Role.CHOICES and len(value.items) > 1:
                for question in (each for theme in themes for each in theme.questions):
                    question.choices = question.choices or list(_lines(value, ""))
            elif kind is Role.NOTES and key != named:
                themes[0].notes += notes(self._cell(value))
            elif kind in _ASKED:
                text = " ".join(_lines(value, ""))
                if kind is not Role.ANSWER or is_space(text):
                    texts[kind] = text
        if texts:
            answer, tags, minutes = (texts.get(kind, "") for kind in _ASKED)
            asked = of_fields(answer, tags, minutes, node.line, self.problems)
            for theme in themes:
                theme.asked = asked


# -- what a node is


def _items(node: Node | None) -> list[Node]:
    return node.items if node else []


def _mean(texts: Iterable[str]) -> float:
    values = [asks(text) for text in texts]
    return sum(values) / len(values) if values else 0.0


def _as_meant(node: Node, problems: Problems) -> Node:
    """Reduce translations to one, and restore texts whose colons YAML took for keys."""
    if node.items:
        return Node([_rejoined(_as_meant(item, problems)) for item in node.items], node.line)
    if not node.entries:
        return node
    texts = all(value.text is not None for value in node.entries.values())
    if texts and len(node.entries) > 1 and all(map(is_language, node.entries)):
        return _first(node, problems)
    made = {key: _as_meant(value, problems) for key, value in node.entries.items()}
    return Node(made, node.line)


def _first(node: Node, problems: Problems) -> Node:
    """Return the first of several translations."""
    first = next(iter(node.entries))
    message = f"there are several translations; '{first}' is read"
    if not any(found.message == message for found in problems.found):
        problems.warning(message, node.line, "make a file of each, or delete the others")
    return node.entries[first]


def _texts(node: Node) -> list[str]:
    return [value.text for value in node.entries.values() if value.text]


def _rejoined(item: Node) -> Node:
    """Restore a text such as `- Which is better: A or B?`, which YAML reads as a mapping."""
    if len(item.entries) != 1:
        return item
    key, value = next(iter(item.entries.items()))
    if value.text is None or (role(key) and len(key.split()) < 3):
        return item
    return Node(f"{key}: {value.text}".strip(), item.line)


def _unnested(item: Node) -> Node:
    """Merge the mappings that only wrap parts of a record: `properties`, `questionItem`."""
    if not any(value.entries for value in item.entries.values()):
        return item
    made: dict[str, Node] = {}
    for key, value in item.entries.items():
        kinds = {role(inner) for inner, each in value.entries.items() if each.text}
        lists = any(each.items for each in value.entries.values())
        known = (role(key) in _BELONGS and not lists) or kinds & {Role.QUESTION, Role.TEXT}
        if value.entries and not (role(key) and known):
            made |= {k: v for k, v in _unnested(value).entries.items() if k not in item.entries}
        else:
            made[key] = value
    return Node(made, item.line)


def _is_counted(text: str) -> bool:
    """Return True if a text is a word with a number, as programs generate them: `page_1`."""
    return bool(re.fullmatch(r"[A-Za-z]{0,12}[ _-]?\d+", text))


def _below(node: Node) -> dict[str, Node]:
    """Return the lists and mappings that may hold questions. Choices, tags and the like are left
    out unless there is nothing else."""
    inner = {key: value for key, value in node.entries.items() if value.items or value.entries}
    if len(inner) < len(node.entries) or any(role(key) in _HOLDS for key in inner):
        return {
            key: value
            for key, value in inner.items()
            if role(key) not in _BELONGS or (role(key) is Role.ANSWER and _ask(value.items))
        }
    return {key: value for key, value in inner.items() if role(key) is not Role.TAGS}


def _ask(items: list[Node]) -> bool:
    """Return True if these records ask, each in one of its texts, such as `response` in a
    survey."""
    return len(items) > 1 and all(
        any(asks(text) >= ASKS for text in _texts(item)) for item in items
    )


def _is_section(node: Node) -> bool:
    """Return True if a mapping in a list contains questions instead of being one."""
    below = _below(node)
    own = [value for key, value in node.entries.items() if role(key) is Role.QUESTION]
    if not below or any(value.text or _texts(value) for value in own):
        return False
    if not any(value.items for value in below.values()):  # a record whose question lies deeper
        inner = [text for value in below.values() for text in _texts(value)]
        if sum(asks(text) >= ASKS for text in inner) == 1:
            return False
    told = any(
        value.items and (is_container(key) or role(key) in _HOLDS or _ask(value.items))
        for key, value in below.items()
    )
    return told or not any(asks(text) >= ASKS for text in _texts(node))


def _are_records(nodes: list[Node]) -> bool:
    """Return True if all of these are questions with their parts."""
    return all(
        any(value.text and role(key) in (Role.QUESTION, Role.TEXT) for key, value in e.items())
        for e in (node.entries for node in nodes)
    ) and not any(map(_is_section, nodes))


def _name(node: Node) -> str:
    """Return the key whose text names a section, or an empty text."""
    texts = [key for key, value in node.entries.items() if value.text]
    kinds = [role(key) for key in texts]
    for word in ("title", "name"):
        if word in texts:
            return word
    for kind in (Role.THEME, Role.TEXT):
        if kind in kinds and (found := texts[kinds.index(kind)]) not in ("description", "summary"):
            return found
    return ""


def _flat(node: Node) -> Iterator[Node]:
    """Yield the records of a mapping from numbers to questions or from questions to answers; a
    mapping that is a record yields itself."""
    entries = node.entries
    texts = {key: value.text for key, value in entries.items() if value.text}
    numbered = all(numeral(key) is not None for key in entries)
    if _mean(entries) >= ASKS:
        for key, value in entries.items():
            known = "choices" if len(value.items) > 1 else "answer"
            yield Node({"question": Node(key, value.line), known: value}, value.line)
    elif numbered or (_mean(texts.values()) > 0.5 and len(texts) > 1):
        for key, value in entries.items():
            number = {"number": Node(key, value.line)} if numbered else {}
            yield Node({**number, "question": value}, value.line)
    else:
        yield node


def _lines(node: Node, indent: str) -> Iterator[str]:
    """Yield the lines of a text, of a list of texts, or of a text with others below it,
    indented."""
    if node.text is not None:
        yield from (indent + line for line in node.text.split("\n"))
        return
    for item in node.items:
        yield from _lines(item, indent)
    entries = node.entries
    if any(key in SPACES for key in entries):  # an answer space
        yield " ".join(f'{key}="{value.text}"' for key, value in entries.items())
        return
    lettered = all(len(key) == 1 for key in entries)  # {"A": "Dog", "B": "Cat"}
    kinds = () if lettered else (Role.QUESTION, Role.TEXT, Role.ANSWER, Role.CHOICES)
    texts = [
        key for kind in kinds for key, value in entries.items() if value.text and role(key) is kind
    ]
    texts.sort(key=lambda key: key not in ("text", "label"))
    for key in texts[:1] or [key for key, value in entries.items() if value.text]:
        yield from _lines(entries[key], indent)
    for key, value in entries.items():
        if value.items and role(key) is Role.FOLLOWUPS:
            yield from _lines(value, indent + "  ")
