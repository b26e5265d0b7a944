"""The columns of the classic ledger table 三送一强台账, out and in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

OUT = (
    "序号", "编号", "企业名称", "所在辖区", "类别", "问题分类", "事项", "具体内容", "来源", "渠道", "登记时间", "难度", "牵头单位", "经办人",
    "状态", "办结期限", "灯", "最近进展", "进展时间", "办结时间", "结果", "企业评价",
)  # fmt: skip

IN: Mapping[str, tuple[str, ...]] = {
    "number": ("编号", "原编号", "台账编号"),
    "uscc": ("统一社会信用代码", "信用代码"),
    "firm": ("企业名称", "单位名称", "项目名称", "主体名称"),
    "title": ("事项", "问题", "存在问题", "困难问题", "诉求", "需求"),
    "text": ("具体内容", "问题描述", "内容", "详细情况"),
    "category": ("问题分类", "困难类别", "分类"),
    "on": ("登记时间", "登记日期", "提出时间", "日期"),
    "channel": ("渠道",),
    "origin": ("来源",),
    "progress": ("最近进展", "办理进展", "进展情况", "办理情况"),
}
NEEDED = ("title",)
_PLACE_OF = {word: place for place, words in IN.items() for word in words}


def plain(heading: str) -> str:
    """A heading without blanks, stars and what stands in brackets."""
    return re.sub(r"[（(].*?[)）]|[\s*＊:：]+", "", heading)


def places(headings: Sequence[str]) -> dict[str, int]:
    """Which column says what; the first of two that say the same."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        place = _PLACE_OF.get(plain(heading))
        if place is not None:
            found.setdefault(place, at)
    return found


def identify(headings: Sequence[str]) -> bool:
    """Whether a row is the headings of a ledger: what is asked, and whose matter it is."""
    found = places(headings)
    return "title" in found and bool(found.keys() & {"uscc", "firm"})
