"""The shape of each file: JSON Schema, with every error at its line and in a sentence."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, Sheet, Where

_TYPES = {"string": "文本（加引号）", "integer": "整数", "boolean": "true 或 false", "array": "列表", "object": "“名称: 值”的组"}
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOUNDS = {
    "minItems": "至少要有 {rule} 项，现有 {held} 项",
    "minLength": "不能是空的",
    "maxLength": "最多 {rule} 字，现有 {held} 字",
    "minimum": "不能小于 {rule}，现为 {held}",
    "maximum": "不能大于 {rule}，现为 {held}",
}
DEEPEST = 4  # the file itself, a list or group in it, an item, a group in the item: three levels below the file


def shape_problems(sheets: Iterable[Sheet]) -> Iterator[PackProblem]:
    """What is wrong with the shape of any of these files."""
    for sheet in sheets:
        for error in schema(sheet.section).iter_errors(sheet.data):
            yield from _told(sheet, error)
        for where, day in _days(sheet.data, ()):
            yield sheet.problem(where, f"没有 {day} 这一天", "日期写成 2026-03-01 这样")
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


def _told(sheet: Sheet, error: ValidationError) -> Iterator[PackProblem]:
    """A problem for each name that is not known, at its own line; one for any other error."""
    where = tuple(error.absolute_path)
    if error.validator != "additionalProperties":
        yield sheet.problem(where, _sentence(error), _advice(error))
        return
    known = list(error.schema["properties"]) if isinstance(error.schema, dict) else []
    given: Any = error.instance
    for name in sorted(set(given) - set(known)):
        near = (
            "冒号要用半角的“:”，后面空一格"
            if "：" in str(name)
            else "、".join(get_close_matches(str(name), known, 3, 0.5) or known)
        )
        hint = near if "：" in str(name) else f"可以是：{near}"
        yield sheet.problem((*where, name), f"不认识的项 {name}", hint)


def _advice(error: ValidationError) -> str:
    """What the schema says of the field, and its example."""
    shape = error.schema if isinstance(error.schema, dict) else {}
    said = [shape.get("description", "")] if error.validator in ("enum", "pattern") else []
    if shape.get("examples") and error.validator != "required":
        said.append(f"例：{json.dumps(shape['examples'][0], ensure_ascii=False)}")
    return "；".join(filter(None, said))


def _sentence(error: ValidationError) -> str:
    rule: Any = error.validator_value
    value: Any = error.instance
    title = str(error.schema.get("title", "")) if isinstance(error.schema, dict) and error.absolute_path else ""
    match error.validator:
        case "required":
            return f"缺少 {'、'.join(name for name in rule if name not in value)}"
        case "type":
            return f"{title}应为{_TYPES.get(rule, rule)}，现为 {_shown(value)}"
        case "enum":
            return f"{title}只能是 {'、'.join(map(str, rule))}，现为 {_shown(value)}"
        case "pattern":
            return f"{title}写法不对：{_shown(value)}"
        case "minItems" | "minLength" | "maxLength" | "minimum" | "maximum" as bound:
            held = len(value) if isinstance(value, str | list) else value
            return f"{title}{_BOUNDS[bound].format(rule=rule, held=held)}"
        case _:
            return f"{title}不合规定（{error.validator} {rule}）：{_shown(value)}"


def _shown(value: Any) -> str:
    """A value as it was read, not too long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _days(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    """Texts that look like a day of the calendar and are none."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _days(inner, (*where, step))
    elif isinstance(value, str) and _DAY.fullmatch(value):
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            yield where, value
