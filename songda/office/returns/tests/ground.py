"""A small ground: an invented daily form over six indicators, one unit that owes it, three persons who answer for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from songda.office.indicators.models import IndicatorVersion
from songda.office.returns import actions
from songda.office.returns.actions import Said
from songda.office.returns.models import FormVersion, Return
from songda.registry.actors import Actor
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, Cast, hire

MONDAY = dt.datetime(2020, 3, 9, 2, 0, tzinfo=dt.UTC)  # ten in the morning; due at nine in the evening UTC+8's seventeen
CUTOFF = dt.datetime(2020, 3, 9, 9, 0, tzinfo=dt.UTC)  # 17:00 in the place
INDICATORS = (
    ("checked", "检查企业", "家", {}),
    ("sound", "合格企业", "家", {}),
    ("mending", "整改企业", "家", {}),
    ("due", "应到人数", "人", {}),
    ("present", "到岗人数", "人", {}),
    ("rate", "到岗率", "%", {"kind": "rate", "numerator": "present", "denominator": "due", "decimals": 2, "may_exceed": True}),
    ("bonus", "奖补资金", "万元", {"stage": "paid"}),
)
COUNTS = {"家": "firms", "人": "people", "%": "none", "万元": "money"}
RULES = [
    {"code": "parts", "label": "分项等于合计", "importance": "block", "at": "checked", "text": "检查企业 = 合格企业 + 整改企业", "instruction": "请核对。"},
    {"code": "jump", "label": "突变", "importance": "warn", "at": "present", "text": "到岗人数 ≤ 上期到岗人数 × 1.5", "instruction": "请说明。"},
]  # fmt: skip
GOOD = {"checked": Said("20"), "sound": Said("18"), "mending": Said("2"), "due": Said("1000"), "present": Said("９００")}


def indicator(code: str, label: str, unit: str, more: dict[str, object]) -> IndicatorVersion:
    """An indicator in force."""
    body = {
        "code": code, "label": label, "unit": unit, "counts": COUNTS[unit], "origin": "returned", "population": "本区企业", "basis": "申报",
        **more,
    }  # fmt: skip
    return IndicatorVersion.objects.create(code=code, number=1, label=label, body=body, since=NOW)


def form(code: str = "daily", **more: object) -> FormVersion:
    """A form in force; daily, of `bureau-a`, unless told."""
    lines = [{"indicator": one, "required": one in ("checked", "present")} for one, _label, _unit, _more in INDICATORS]
    body = {
        "code": code, "label": "示例日报", "period": "daily", "since": "2020-03-06", "units": ["bureau-a"], "expires": 3,
        "lines": lines, "rules": RULES, **more,
    }  # fmt: skip
    return FormVersion.objects.create(code=code, number=1, label=str(body["label"]), body=body, since=NOW)


@dataclass(frozen=True)
class Ground:
    """The cast with a statistician, and the return of Monday."""

    cast: Cast
    statistician: Actor
    one: Return

    @property
    def desk(self) -> Actor:
        """Who fills in."""
        return self.cast.desk

    @property
    def lead(self) -> Actor:
        """Who approves."""
        return self.cast.lead

    def fill(self, said: dict[str, Said] | None = None, *, now: dt.datetime = MONDAY, of: Return | None = None) -> Return:
        """A draft, submitted."""
        return_ = of or self.one
        actions.save_draft(return_.pk, said or GOOD, by=self.desk, now=now)
        return actions.submit_return(return_.pk, by=self.desk, now=now)

    def accepted(self, said: dict[str, Said] | None = None, *, of: Return | None = None) -> Return:
        """All the way into the store."""
        return_ = self.fill(said, of=of)
        actions.approve_return(return_.pk, by=self.lead, now=MONDAY)
        return actions.accept_return(return_.pk, by=self.statistician, now=MONDAY)


@pytest.fixture
def ground(cast: Cast) -> Ground:
    """Fresh for each test."""
    for row in INDICATORS:
        indicator(*row)
    form()
    actions.expect_returns(now=MONDAY)
    statistician = hire(Role.STATISTICIAN, at=cast.zone)
    return Ground(cast, statistician, Return.objects.get(last="2020-03-09"))
