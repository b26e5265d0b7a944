"""Call records 话单 as telephone systems export them: columns by their usual headings, a row read or why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songda.kernel.whole import whole_number
from songda.kernel.words import gettext as _

NAMES = {
    "line": ("热线", "热线号码", "被叫号码", "接入号码"),
    "at": ("来电时间", "呼叫时间", "开始时间"),
    "caller": ("主叫号码", "来电号码"),
    "result": ("结果", "接听情况", "呼叫结果"),
    "topic": ("话题", "咨询内容", "来电事由"),
    "seconds": ("通话秒数", "通话时长"),
}
NEEDED = ("line", "at", "caller", "result")
ANSWERED, MISSED = ("已接", "接通", "已接听", "是"), ("未接", "未接通", "漏接", "放弃", "否")
HINT = "前十行内应有一行表头，至少含“热线号码”“来电时间”“主叫号码”和“结果”。"


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call: when, from which number, whether it was answered, about what, how many seconds."""

    at: dt.datetime
    caller: str
    answered: bool
    topic: str = ""
    seconds: int = 0


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each thing stands in a table with these headings."""
    return {name: at for at, title in enumerate(headings) for name, known in NAMES.items() if title in known}


def is_call_table(headings: Sequence[str]) -> bool:
    """Whether these are the headings of call records."""
    return all(name in columns_of(headings) for name in NEEDED)


def row_of(said: Mapping[str, str], place: dt.tzinfo) -> CallRow | str:
    """A row read, or the sentence of what is wrong with it."""
    try:
        at = dt.datetime.fromisoformat(said["at"].replace("/", "-"))
    except ValueError:
        return _("来电时间“%(text)s”无法识别，应如 2020-03-10 09:30。") % {"text": said["at"]}
    if not said["caller"]:
        return _("主叫号码为空。")
    if said["result"] not in (*ANSWERED, *MISSED):
        return _("结果“%(text)s”无法识别，应为“已接”或“未接”。") % {"text": said["result"]}
    seconds = whole_number(said.get("seconds", "") or "0")
    if seconds is None:
        return _("通话秒数“%(text)s”应为整数。") % {"text": said["seconds"]}
    moment = at.replace(tzinfo=place) if at.tzinfo is None else at
    return CallRow(moment, said["caller"][:40], said["result"] in ANSWERED, said.get("topic", "")[:40], seconds)
