"""A rule of the schedule 保管期限: how long, and what then. Read from the pack's words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from songda.office.retention.rules.holdings import Holding
from songda.office.retention.rules.table import HOLDINGS

FOREVER: Final = ("永久", "长期")
SPAN: Final = re.compile(r"^([1-9][0-9]{0,3})(年|天)$")
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Rule:
    """How long the records of a holding are kept, what happens then, and the basis in law."""

    code: str
    period: str
    action: str
    basis: str = ""

    @property
    def ends(self) -> bool:
        """Whether anything happens to the records at all."""
        return self.action != "keep"

    def cutoff(self, on: dt.date) -> dt.date:
        """The day before which a record must have begun to count for its time to be over on `on`.

        Years run from 1 January of the year after, as files are kept: '10年' from any day of 2015 ends with 2025. Days run from the
        day itself.
        """
        found = SPAN.match(self.period)
        if found is None:
            raise ValueError(f"{self.code}: {self.period} has no end")
        number = int(found[1])
        return dt.date(max(on.year - number, 1), 1, 1) if found[2] == "年" else on - dt.timedelta(days=number)


def rule_of(item: Mapping[str, Any]) -> Rule:
    """A rule as the pack writes it."""
    return Rule(str(item["code"]), str(item["period"]), str(item["action"]), str(item["basis"]))


def faults(items: list[Mapping[str, Any]]) -> Iterator[tuple[int | None, str]]:
    """What does not hold together in a whole table: the row (None: the table as a whole) and a sentence."""
    codes = [str(item["code"]) for item in items]
    yield from ((at, f"保管期限表中 {code} 出现不止一次") for at, code in enumerate(codes) if code in codes[:at])
    missing = [f"{code}（{HOLDINGS[code].label}）" for code in HOLDINGS if code not in codes]
    if missing:
        yield None, f"保管期限表缺少门类：{'、'.join(missing)}"
    for at, item in enumerate(items):
        holding = HOLDINGS.get(str(item["code"]))
        if holding is None:
            yield at, f"没有门类 {item['code']}"
        else:
            yield from ((at, f"{holding.label}（{holding.code}）：{fault}") for fault in faults_of(rule_of(item), holding))


def faults_of(rule: Rule, holding: Holding) -> Iterator[str]:
    """What is wrong with one rule."""
    found = SPAN.match(rule.period)
    if found is None:
        if rule.ends:
            yield f"期限为{rule.period}，到期处置只能是 keep"
        return
    days = int(found[1]) * (DAYS_A_YEAR if found[2] == "年" else 1)
    if days < holding.least:
        yield f"至少应保存 {holding.least} 天"
    if rule.ends and not holding.since:
        yield "长期保存的门类不能销毁或去标识，到期处置只能是 keep"
    elif rule.action == "destroy" and holding.counted:
        yield "统计数字或其他记录以它为依据，不能销毁，只能去标识"
    elif rule.action == "depersonalise" and not holding.blank:
        yield "没有可去标识的栏目，只能销毁或保存"
