"""The shape of each file: JSON Schema, with every error at its line and in a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, Sheet

_TYPES = {"string": "文本（加引号）", "integer": "整数", "boolean": "true 或 false", "array": "列表", "object": "“名称: 值”的组"}
DEEPEST = 4  # the file itself, a list or group in it, an item, a group in the item: three levels below the file


def shape_problems(pack: Pack) -> Iterator[PackProblem]:
    """What is wrong with the shape of any file."""
    for sheet in pack.sheets:
        for error in schema(sheet.section).iter_errors(sheet.data):
            yield sheet.problem(tuple(error.absolute_path), _sentence(error))
        if depth(sheet.data) > DEEPEST:
            yield sheet.problem((), "层级太深：活动包的文件最多三层", "请拆成几个文件")


@cache
def schema(section: str) -> Draft202012Validator:
    """The validator of a section's files."""
    return Draft202012Validator(schema_of(section))


def schema_of(section: str) -> dict[str, Any]:
    """The JSON Schema of a section's files."""
    text = files("songda.portal.packs").joinpath("schema", f"{section}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def depth(value: Any) -> int:
    """How many groups lie inside one another (lists of groups count with their items, not by themselves)."""
    if isinstance(value, dict):
        return 1 + max((depth(item) for item in value.values()), default=0)
    return max((depth(item) for item in value), default=0) if isinstance(value, list) else 0


def sheets_in_shape(pack: Pack) -> tuple[Sheet, ...]:
    """The files whose shape is right: only these can be looked into further."""
    return tuple(sheet for sheet in pack.sheets if schema(sheet.section).is_valid(sheet.data))


def _sentence(error: ValidationError) -> str:
    rule: Any = error.validator_value
    value: Any = error.instance
    shape: Any = error.schema
    match error.validator:
        case "required":
            return f"缺少 {'、'.join(name for name in rule if name not in value)}"
        case "additionalProperties":
            return f"不认识的项 {'、'.join(sorted(set(value) - set(shape['properties'])))}"
        case "type":
            return f"应为{_TYPES.get(rule, rule)}，现为 {value!r}"
        case "enum":
            return f"只能是 {'、'.join(map(str, rule))}，现为 {value!r}"
        case "pattern":
            return f"写法不对：{value!r}（应符合 {rule}）"
        case "minItems":
            return f"至少要有 {rule} 项，现有 {len(value)} 项"
        case _:
            return f"不合规定（{error.validator} {rule}）：{str(value)[:40]!r}"
