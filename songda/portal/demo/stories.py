"""What invented firms ask for and how it goes: titles by difficulty, and the steps that lead a matter to a state."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from songda.engines.clocks.calendar import Calendar, Desk

DAY = dt.timedelta(days=1)

TITLES: Mapping[str, tuple[str, ...]] = {
    "labour": ("缺一线操作工{n}人", "外地返岗员工{n}人隔离安置", "夜班装配岗位招不到人"),
    "supplies": ("口罩只够用{n}天", "消毒液、测温枪不足", "食堂防疫物资采购不到"),
    "transport": ("外省货车进不了厂区", "原料车辆在高速口滞留", "办理通行证后仍被劝返"),
    "funds": ("流动资金贷款到期需续贷{n}0万元", "工程款回笼慢，工资发放困难", "申请减免{n}个月房租"),
    "supply-chain": ("上游配套厂未复工，停线{n}天", "主机厂推迟提货"),
    "materials": ("钢材到货推迟{n}天", "包装材料断供"),
    "sales": ("订单取消{n}笔，库存积压", "门店客流不足，租金压力大"),
    "power": ("用电负荷不足，需增容{n}0千伏安", "计划停电影响复产"),
    "land": ("厂房扩建用地手续未办结", "围挡外堆场需要临时用地"),
    "approval": ("施工许可办理卡在图审", "环评批复等了{n}周"),
    "foreign-trade": ("出口订单违约风险，申请不可抗力证明", "报关单证邮寄受阻"),
    "other": ("厂区门口道路积水", "员工通勤公交未恢复"),
}
NOTES: Mapping[str, tuple[str, ...]] = {
    "progress": ("已对接相关单位，等待回复。", "已现场查看，正在协调。", "材料已补齐，转窗口办理。"),
    "pause": ("等待企业补充材料。", "等待上级主管部门批复。"),
    "propose": ("已协调解决，请企业确认。", "已办理完毕，凭证附后。"),
    "solve_on_spot": ("现场协调，当场解决。",),
    "dispute": ("不属于本单位职责，建议由主管部门承办。",),
    "decline": ("属于法院正在审理的合同纠纷，按规定不予受理。",),
    "object": ("问题只解决了一半。",),
    "contact": ("已电话联系企业，了解情况。",),
}
WAYS: Mapping[str, tuple[str, ...]] = {
    "filed": (),
    "assigned": ("assign",),
    "disputed": ("assign", "dispute"),
    "working": ("assign", "take", "contact", "progress"),
    "paused": ("assign", "take", "contact", "pause"),
    "proposed": ("assign", "take", "contact", "progress", "propose"),
    "confirmed": ("assign", "take", "contact", "propose", "confirm"),
    "closed": ("assign", "take", "contact", "progress", "propose", "confirm", "close"),
    "spot": ("solve_on_spot", "confirm", "close"),
    "again": ("assign", "take", "contact", "propose", "object", "progress", "propose", "confirm", "close"),
    "declined": ("decline",),
    "withdrawn": ("assign", "take", "withdraw"),
}
OPEN = {"filed": 8, "assigned": 10, "disputed": 3, "working": 48, "paused": 6, "proposed": 18, "confirmed": 7}
RESTING = {"closed": 62, "spot": 22, "again": 7, "declined": 4, "withdrawn": 5}
FIRM_STEPS = frozenset({"confirm", "object", "withdraw"})


@dataclass(frozen=True, slots=True)
class Told:
    """A matter as invented: what it is, when it came in, and each step with its moment."""

    category: str
    title: str
    difficulty: str
    opened_at: dt.datetime
    steps: tuple[tuple[str, dt.datetime], ...] = field(default=())


class Teller:
    """Tells matters, the same for the same seed; nothing happens outside the hours of a desk, nothing after `now`."""

    def __init__(self, seed: str, calendar: Calendar, now: dt.datetime) -> None:
        self.random, self.calendar, self.now = random.Random(seed), calendar, now
        self.desk = Desk()

    def pick(self, choices: Sequence[str]) -> str:
        """One of them."""
        return choices[int(self.random.random() * len(choices))]

    def told(self, *, rests: bool, since: dt.datetime) -> Told:
        """One matter: at rest (opened at any time since), or open (opened in the last days)."""
        weights = RESTING if rests else OPEN
        way = WAYS[self.random.choices(list(weights), list(weights.values()))[0]]
        earliest = since if rests else max(since, self.now - 9 * DAY)
        span = (self.now - earliest).total_seconds()
        opened = self._in_hours(earliest + dt.timedelta(seconds=span * self.random.random() * (0.75 if rests else 1)))
        steps, at = [], opened
        left = (self.now - opened) / max(1, len(way)) * 0.9
        for name in way:
            at = self._in_hours(at + min(left, dt.timedelta(hours=1 + 20 * self.random.random())))
            steps.append((name, at))
        category = self.pick(tuple(TITLES))
        title = self.pick(TITLES[category]).format(n=2 + int(self.random.random() * 28))
        difficulty = self.random.choices(("ordinary", "consult", "hard", "joint"), (70, 10, 15, 5))[0]
        return Told(category, title, difficulty, opened, tuple(steps))

    def note(self, step: str) -> str:
        """What is written with a step."""
        return self.pick(NOTES[step]) if step in NOTES else ""

    def _in_hours(self, at: dt.datetime) -> dt.datetime:
        return min(self.desk.received_at(at, self.calendar), self.now).astimezone(dt.UTC)
