"""A few things to find."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.search import actions
from songda.kernel.search.actions import Told

THINGS = {
    1: Told("关于做好稳岗返还工作的通知", "郑人社〔2020〕5号", "对不裁员或少裁员的企业，返还失业保险费。申报贷款贴息的，另行通知。", dt.date(2020, 2, 10), {"level": ["city"], "category": ["jobs", "tax"]}),
    2: Told("支持中小微企业共渡难关若干措施", "郑政（２０２０）15号", "给予贷款贴息，补贴房租。5G基站按1：0.5配套，最高50万元。", dt.date(2020, 2, 20), {"level": ["city"], "category": ["loans"]}),
    3: Told("施工许可手续办理的通知", "建〔2020〕2号", "疫情防控期间，暂缓缴纳农民工工资保证金。岗，位。", None, {"level": ["district"], "category": ["jobs"]}),
}  # fmt: skip


@pytest.fixture
def filled(db: None) -> None:
    """Three things of one kind, one of another."""
    for key, told in THINGS.items():
        actions.put("paper", key, told)
    actions.put("other", 1, Told("贴息贴息", "", "贴息"))
