"""The fields of a pack's files for the handbook 字段表: from the JSON Schemas, so that the two never differ."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from songda.engines.rules.catalogue_files import PlainLoader
from songda.portal.packs.reading import SECTIONS
from songda.portal.packs.shapes import schema_of

Node = dict[str, Any]
TYPES = {"string": "文本", "integer": "整数", "boolean": "true/false", "array": "列表", "object": "组"}
SHAPES = {
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "日期",
    r"^\d{4}-\d{2}-\d{2}$": "日期",
    r"^[A-Za-z0-9][A-Za-z0-9-]*$": "代码",
}
NEEDED = frozenset({"pack", "sources", "facts", "organisations", "dictionary"})
"""Sections without which a pack is no pack."""


def field_tables() -> str:
    """One table a section, as Markdown."""
    return "\n\n".join(_table(section, place) for section, place in SECTIONS.items())


def _table(section: str, place: str) -> str:
    root = schema_of(section)
    named = f"{place}*.yaml" if place.endswith("/") else place
    head = f"### {named}\n\n{root['title']}。\n\n| 字段 | 名称 | 写什么 | 必填 | 说明 | 例 |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(_row(*one) for one in _fields(root, root.get("$defs", {}), ""))


def _row(path: str, node: Node, kind: str, needed: str) -> str:
    said = [f"`{path}`", node.get("title", ""), kind, needed, node.get("description", ""), _example(node)]
    return f"| {' | '.join(one.replace('|', chr(92) + '|') for one in said)} |"


def _fields(node: Node, defs: Node, above: str) -> Iterator[tuple[str, Node, str, str]]:
    """The fields below a node, each followed by those inside it: path, schema, kind in words, whether it must be there."""
    for name, inner in node.get("properties", {}).items():
        found, path = _followed(inner, defs), f"{above}{name}"
        yield path, found, _kind(found, defs), "是" if name in node.get("required", ()) else ""
        yield from _below(found, defs, path)


def _below(node: Node, defs: Node, path: str) -> Iterator[tuple[str, Node, str, str]]:
    inner = node.get("items")
    if isinstance(inner, dict):
        yield from _fields(_followed(inner, defs), defs, f"{path}[].")
    rest = node.get("additionalProperties")
    if isinstance(rest, dict):
        yield from _below(_followed(rest, defs), defs, f"{path}.*")
    yield from _fields(node, defs, f"{path}.")


def _followed(node: Node, defs: Node) -> Node:
    """A node with what its reference says, its own words first."""
    reference = re.fullmatch(r"#/\$defs/(\w+)", str(node.get("$ref", "")))
    return {**defs[reference[1]], **node} if reference else node


def _kind(node: Node, defs: Node) -> str:
    if "enum" in node:
        return "、".join(map(str, node["enum"]))
    if "anyOf" in node:
        return "或".join(_kind(one, defs) for one in node["anyOf"])
    if "const" in node:
        return str(node["const"])
    if node.get("type") == "array":
        inside = _followed(node.get("items", {}), defs)
        return "列表" if inside.get("type") == "object" else f"列表：{_kind(inside, defs)}"
    if node.get("pattern") in SHAPES:
        return SHAPES[node["pattern"]]
    return TYPES.get(str(node.get("type")), "")


def _example(node: Node) -> str:
    if not node.get("examples"):
        return ""
    one = node["examples"][0]
    return f"`{one if isinstance(one, str) and is_text(one) else json.dumps(one, ensure_ascii=False)}`"


def is_text(written: str) -> bool:
    """Whether it is this text as it stands, without quotes around it."""
    try:
        return bool(PlainLoader(written).get_single_data() == written)
    except yaml.YAMLError:
        return False
