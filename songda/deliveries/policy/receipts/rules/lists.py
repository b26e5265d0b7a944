"""The drawn list 名单, and the columns of the workbook that goes to officers and comes back signed."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

OUT = (
    "序号", "企业名称", "统一社会信用代码", "辖区", "包联干部", "签收情况", "签收方式", "签收日期", "签收人职务", "送达人", "备注",
)  # fmt: skip
IN: Mapping[str, tuple[str, ...]] = {
    "firm": ("企业名称", "单位名称", "主体名称"),
    "code": ("统一社会信用代码", "信用代码", "本地编号"),
    "method": ("签收方式", "送达方式"),
    "on": ("签收日期", "签收时间", "送达日期"),
    "receiver": ("签收人职务", "签收人", "职务"),
    "note": ("备注",),
}
_PLACE_OF = {word: place for place, words in IN.items() for word in words}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def digest_of_list(subject_ids: Iterable[int]) -> str:
    """SHA-256 of the subjects' numbers in ascending order, one a line."""
    return hashlib.sha256("\n".join(str(one) for one in sorted(subject_ids)).encode()).hexdigest()


def places(headings: Sequence[str]) -> dict[str, int]:
    """Which column says what; the first of two that say the same."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        place = _PLACE_OF.get(re.sub(r"[（(].*?[)）]|[\s*＊:：]+", "", heading))
        if place is not None:
            found.setdefault(place, at)
    return found


def identify(headings: Sequence[str]) -> bool:
    """Whether a row is the headings of a signed list: whose, and on which day."""
    found = places(headings)
    return "on" in found and bool(found.keys() & {"firm", "code"})


def day_in(text: str) -> dt.date | None:
    """The day that a cell says (2020-3-17, 2020/3/17, 2020年3月17日); None where it says none."""
    found = _DAY.match(text.strip())
    try:
        return dt.date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
