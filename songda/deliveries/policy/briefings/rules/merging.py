"""Fields of a letter 合并字段: names in braces, each replaced once; nothing else in the text means anything."""

from __future__ import annotations

import re
from collections.abc import Mapping

FIELDS = ("企业名称", "企业代码", "所在辖区", "措施名称", "支持内容", "受理截止", "服务专员", "日期")
FIELD = re.compile(r"\{([^{}\n]{1,20})\}")


def unknown_fields(text: str) -> list[str]:
    """Names in braces that are no field, in order, each once."""
    return list(dict.fromkeys(name for name in FIELD.findall(text) if name not in FIELDS))


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with each field's value; what a value says is never read again as a field."""
    return FIELD.sub(lambda found: values.get(found[1], "") if found[1] in FIELDS else found[0], text)
