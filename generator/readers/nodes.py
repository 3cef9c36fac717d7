"""The meaning of nodes in data, by their keys and their texts: records, sections, translations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Problems
from generator.readers.asks import ASKS, asks, ends, mean
from generator.readers.attributes import SPACES
from generator.readers.headers import Role, is_container, is_language, role
from generator.readers.records import numeral
from generator.tree import Node

_BELONGS = (
    Role.CHOICES, Role.WRONG, Role.FOLLOWUPS, Role.TAGS, Role.NOTES, Role.ANSWER, Role.INTRO,
    Role.KIND, Role.MINUTES, Role.OTHER, Role.NUMBER,
)  # fmt: skip
"""Keys whose lists describe their mapping and hold no questions."""
_HOLDS = (Role.QUESTION, Role.TEXT, Role.THEME)


def as_meant(node: Node, problems: Problems) -> Node:
    """Reduce translations to one, and restore texts whose colons YAML took for keys."""
    if node.items:
        return Node([_rejoined(as_meant(item, problems)) for item in node.items], node.line)
    if not node.entries:
        return node
    texts = all(value.text is not None for value in node.entries.values())
    if texts and len(node.entries) > 1 and all(map(is_language, node.entries)):
        return first_translation(node, problems)
    made: dict[str, Node] = {}
    for key, value in node.entries.items():
        name, told = _told(key, as_meant(value, problems))
        made[key if name in node.entries else name] = told
    return Node(made, node.line)


def _told(key: str, node: Node) -> tuple[str, Node]:
    """Return what a record is about if it is wrapped in a list of one mapping with one key, of the
    list's own name: `headings: [{heading: How was it?}]`. Anything else stays as it is."""
    for item in node.items if len(node.items) == 1 else ():
        for inner, value in item.entries.items():
            alone = len(item.entries) == 1 and value.text and key.startswith(inner)
            if alone and role(inner) in (Role.THEME, Role.TEXT):
                return "text", value
    return key, node


def first_translation(node: Node, problems: Problems) -> Node:
    """Return the first of several translations."""
    first = next(iter(node.entries))
    message = f"there are several translations; '{first}' is read"
    if not any(found.message == message for found in problems.found):
        problems.warning(message, node.line, "make a file of each, or delete the others")
    return node.entries[first]


def texts_of(node: Node) -> list[str]:
    return [value.text for value in node.entries.values() if value.text]


def _rejoined(item: Node) -> Node:
    """Restore a text such as `- Which is better: A or B?`, which YAML reads as a mapping."""
    if len(item.entries) != 1:
        return item
    key, value = next(iter(item.entries.items()))
    if value.text is None or (role(key) and len(key.split()) < 3):
        return item
    return Node(f"{key}: {value.text}".strip(), item.line)


def unnested(item: Node) -> Node:
    """Merge the mappings that only wrap parts of a record: `properties`, `questionItem`."""
    if not any(value.entries for value in item.entries.values()):
        return item
    made: dict[str, Node] = {}
    for key, value in item.entries.items():
        kinds = {role(inner) for inner, each in value.entries.items() if each.text}
        lists = any(each.items for each in value.entries.values())
        known = (role(key) in _BELONGS and not lists) or kinds & {Role.QUESTION, Role.TEXT}
        if value.entries and not (role(key) and known):
            made |= {k: v for k, v in unnested(value).entries.items() if k not in item.entries}
        else:
            made[key] = value
    return Node(made, item.line)


def is_counted(text: str) -> bool:
    """Return True if a text is a word with a number, as programs generate them: `page_1`."""
    return bool(re.fullmatch(r"[A-Za-z]{0,12}[ _-]?\d+", text))


def parts_below(node: Node) -> dict[str, Node]:
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
        any(asks(text) >= ASKS for text in texts_of(item)) for item in items
    )


def only_tell(items: list[Node]) -> bool:
    """Return True if these are records without a question: no text asks or is a sentence, and no
    key says that it is one."""
    return bool(items) and not any(
        not item.entries
        or any(role(key) is Role.QUESTION for key in item.entries)
        or any(asks(text) >= ASKS or ends(text) for text in texts_of(item))
        for item in items
    )


def is_section(node: Node) -> bool:
    """Return True if a mapping in a list contains questions instead of being one."""
    below = parts_below(node)
    own = [value for key, value in node.entries.items() if role(key) is Role.QUESTION]
    if not below or any(value.text or texts_of(value) for value in own):
        return False
    lists = (each.items for value in below.values() for each in (value, *value.entries.values()))
    if not any(lists):  # a record whose question lies deeper
        inner = [text for value in below.values() for text in texts_of(value)]
        if sum(asks(text) >= ASKS for text in inner) == 1:
            return False
    told = any(
        value.items and (is_container(key) or role(key) in _HOLDS or _ask(value.items))
        for key, value in below.items()
    )
    return told or not any(asks(text) >= ASKS for text in texts_of(node))


def are_records(nodes: list[Node]) -> bool:
    """Return True if all of these are questions with their parts."""
    return all(
        any(value.text and role(key) in (Role.QUESTION, Role.TEXT) for key, value in e.items())
        for e in (node.entries for node in nodes)
    ) and not any(map(is_section, nodes))


def name_key(node: Node) -> str:
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


def records_in(node: Node) -> Iterator[Node]:
    """Yield the records of a mapping from numbers to questions or from questions to answers; a
    mapping that is a record yields itself."""
    entries = node.entries
    texts = {key: value.text for key, value in entries.items() if value.text}
    numbered = all(numeral(key) is not None for key in entries)
    if mean(map(asks, entries)) >= ASKS:
        for key, value in entries.items():
            known = "choices" if len(value.items) > 1 else "answer"
            yield Node({"question": Node(key, value.line), known: value}, value.line)
    elif numbered or (mean(map(asks, texts.values())) > 0.5 and len(texts) > 1):
        for key, value in entries.items():
            number = {"number": Node(key, value.line)} if numbered else {}
            yield Node({**number, "question": value}, value.line)
    else:
        yield node


def text_lines(node: Node, indent: str) -> Iterator[str]:
    """Yield the lines of a text, of a list of texts, or of a text with others below it,
    indented."""
    if node.text is not None:
        yield from (indent + line for line in node.text.split("\n"))
        return
    for item in node.items:
        yield from text_lines(item, indent)
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
        yield from text_lines(entries[key], indent)
    for key, value in entries.items():
        if value.items and role(key) is Role.FOLLOWUPS:
            yield from text_lines(value, indent + "  ")
