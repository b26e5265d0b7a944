"""The sheet of the daily report 日报表: its headings, what a row says, the words for states and causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from songda.kernel.whole import whole_number
from songda.kernel.words import gettext as _
from songda.office.resumption.states import Cause, Production

HEADINGS: Final = ("编号", "名称", "辖区", "复工状态", "应到岗", "到岗", "在册返岗", "超基数原因", "说明")
NEEDED: Final = ("编号", "到岗")
NUMBERS: Final[Mapping[str, str]] = {"应到岗": "due", "到岗": "present", "在册返岗": "roll_present"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says; `why` is what is wrong with its writing."""

    subject_id: int = 0
    state: str = ""
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    cause: str = ""
    text: str = ""
    why: str = ""


def is_sheet(titles: Sequence[str]) -> bool:
    """Whether a row of titles heads a daily report."""
    return all(one in titles for one in NEEDED)


def said(titles: Sequence[str], cells: Sequence[str]) -> Said:
    """Read one row."""
    told = {title: cells[at].strip() for at, title in enumerate(titles) if title in HEADINGS and at < len(cells)}
    key = whole_number(told.get("编号", ""))
    if key is None:
        return Said(why=_("“编号”应为本系统的主体编号（数字），请用导出的日报表填写。"))
    numbers = {}
    for title, name in NUMBERS.items():
        words = told.get(title, "").replace(",", "")
        numbers[name] = whole_number(words)
        if words and numbers[name] is None:
            return Said(key, why=_("“%(title)s”应为整数，现为“%(words)s”。") % {"title": title, "words": words})
    state, cause = coded(told.get("复工状态", ""), Production), coded(told.get("超基数原因", ""), Cause)
    return Said(key, state, numbers, cause, told.get("说明", ""))


def coded(words: str, choices: type[Production] | type[Cause]) -> str:
    """A code by itself or by its label; what is neither stays, to be refused."""
    return next((one.value for one in choices if words in (one.value, str(one.label))), words)
