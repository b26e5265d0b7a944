"""What a schema says of an entry, as fields: kinds of values, words for choices, and which of them a form can ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from songda.portal.packs.entries import listing_of
from songda.portal.packs.sections import Section
from songda.portal.packs.shapes import schema_of

Node = dict[str, Any]
SINGLE = {"string": "text", "integer": "number", "boolean": "flag"}
DAY = ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", r"^\d{4}-\d{2}-\d{2}$")
LIMITS: tuple[str, ...] = ("minimum", "maximum", "maxLength")
WORDS = {"zh": "中文", "en": "英文"}
LONG = 160  # characters from which a text gets more than one line


@dataclass(frozen=True, slots=True)
class Part:
    """One value of an entry: its path, what it is called, how it is asked for, and what may be chosen or stands in its columns.

    `kind`: text, long, day, number, flag, choice, either (a number or a word), lines, words, rows, or yaml for what lies deeper.
    """

    path: tuple[str, ...]
    label: str
    hint: str
    kind: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Part, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the form's field."""
        return "__".join(self.path)


def parts_of(section: Section, name: str) -> tuple[Part, ...]:
    """The values that an entry of this name has or may have."""
    root = schema_of(section.name)
    listing = listing_of(section, name)
    if listing is None:
        lists = {one.key for one in section.lists}
        node = {**root, "properties": {key: one for key, one in root["properties"].items() if key not in lists}}
    else:
        node = _followed(root["properties"][listing.key]["items"], root)
    return tuple(_parts(node, root, (), needed=True))


def _parts(node: Node, root: Node, above: tuple[str, ...], *, needed: bool, title: str = "") -> Iterator[Part]:
    for key, inner in node["properties"].items():
        found, path = _followed(inner, root), (*above, key)
        required = needed and key in node.get("required", ())
        group = found.get("type") == "object" and "properties" in found and _flat(found, root)
        if group and not above:
            yield from _parts(found, root, path, needed=required, title=found.get("title", key))
        else:
            yield _part(found, root, path, title, required=required)


def _part(node: Node, root: Node, path: tuple[str, ...], above: str, *, required: bool) -> Part:
    kind, choices, columns = _kind(node, root)
    title = node.get("title", WORDS.get(path[-1], path[-1]))
    limits: dict[str, int] = {name: node[name] for name in LIMITS if name in node}
    return Part(
        path, f"{above}：{title}" if above else title, node.get("description", ""), kind, required, choices, columns, limits
    )


def _kind(node: Node, root: Node) -> tuple[str, tuple[tuple[str, str], ...], tuple[Part, ...]]:
    if "enum" in node:
        return "choice", _choices(node), ()
    kind = SINGLE.get(str(node.get("type")), "yaml")
    if kind == "text" and (node.get("pattern") in DAY or node.get("format") == "date"):
        return "day", (), ()
    if kind == "text" and node.get("maxLength", 0) >= LONG:
        return "long", (), ()
    if "anyOf" in node and all("const" in one or one.get("type") in SINGLE for one in node["anyOf"]):
        return "either", (), ()
    if node.get("type") == "array":
        return _list_kind(_followed(node.get("items", {}), root), root, node)
    return kind, (), ()


def _list_kind(items: Node, root: Node, node: Node) -> tuple[str, tuple[tuple[str, str], ...], tuple[Part, ...]]:
    if "enum" in items:
        return "words", _choices({**items, "description": items.get("description", node.get("description", ""))}), ()
    if items.get("type") == "string":
        return "lines", (), ()
    if items.get("type") == "integer":
        return "numbers", (), ()
    if items.get("type") == "object" and "properties" in items and _flat(items, root, lists=True):
        return "rows", (), tuple(_parts(items, root, ("",), needed=True))
    return "yaml", (), ()


def _flat(node: Node, root: Node, *, lists: bool = False) -> bool:
    """Whether a group holds single values alone, and lists of texts where `lists`."""
    return all(_single(_followed(inner, root), root, lists=lists) for inner in node["properties"].values())


def _single(node: Node, root: Node, *, lists: bool) -> bool:
    if "enum" in node or node.get("type") in SINGLE:
        return True
    items = _followed(node.get("items", {}), root)
    return lists and node.get("type") == "array" and ("enum" in items or items.get("type") == "string")


def _choices(node: Node) -> tuple[tuple[str, str], ...]:
    """The words for each choice: those beside it in the description (`sms 短信；email 电子邮件`), else the code itself."""
    said = node.get("description", "")
    found = {code: re.search(rf"(?:^|[；;：:、，]\s*){re.escape(str(code))}\s+([^；;，。]+)", said) for code in node["enum"]}
    return tuple((str(code), f"{match[1]}（{code}）" if match else str(code)) for code, match in found.items())


def _followed(node: Node, root: Node) -> Node:
    if "$ref" not in node:
        return node
    target: Node = root["$defs"][node["$ref"].rpartition("/")[2]]
    return {**target, **{key: value for key, value in node.items() if key != "$ref"}}
