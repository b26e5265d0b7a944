"""Lists of attendance 签到表: columns by their usual headings."""

from __future__ import annotations

from collections.abc import Sequence

NAMES = {
    "firm": ("企业名称", "单位名称", "企业", "单位"),
    "code": ("统一社会信用代码", "信用代码", "本地编号"),
    "person": ("参会人", "姓名", "参会人员", "签到人"),
}
HINT = "前十行内应有一行表头，至少含“参会人”，以及“企业名称”或“统一社会信用代码”。"


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each thing stands in a table with these headings."""
    return {name: at for at, title in enumerate(headings) for name, known in NAMES.items() if title in known}


def is_attendance(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a list of attendance."""
    found = columns_of(headings)
    return "person" in found and ("firm" in found or "code" in found)
