"""Rules of quality over plain values: each shown with a value that offends and one that does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from songda.office.indicators.rules.quality import Stated, blocked, doubts

T = dt.datetime(2020, 3, 16, 16, tzinfo=dt.UTC)
FIRMS = Stated(
    "resumed-firms", "复工企业", Fraction(101), "家", organisation="惠济区", as_of=T, scope="规模以上工业", units=("家",)
)
RATE = Stated(
    "project-rate", "建设工程复工率", Fraction("88.12"), "%", organisation="惠济区", kind="rate", as_of=T, scope="全区建设工程",
    numerator=Fraction(89), denominator=Fraction(101), may_exceed=True,
)  # fmt: skip


def said(*stated: Stated) -> list[tuple[str, str]]:
    return [(one.severity, one.sort) for one in doubts(stated)]


@pytest.mark.row("SUP-10")
def test_sound_values_raise_nothing():
    assert doubts([FIRMS, RATE]) == ()


@pytest.mark.row("SUP-10")
def test_a_rate_above_a_hundred_waits_for_an_explanation():
    rate = replace(RATE, number=Fraction("211.22"), numerator=Fraction(17075), denominator=Fraction(8084))
    (doubt,) = doubts([rate])
    assert (doubt.severity, doubt.sort, doubt.codes) == ("block", "over_100", ("project-rate",))
    assert doubt.text == "惠济区 建设工程复工率为211.22%，超过100%：请核对分母是否过时；确实如此的，写明原因，否则不发布。"
    explained = doubts([replace(rate, explanation="应复工人数为节前数")])
    assert [(one.severity, one.sort) for one in explained] == [("warn", "over_100")] and "应复工人数为节前数" in explained[0].text
    assert said(replace(rate, may_exceed=False, explanation="应复工人数为节前数")) == [("block", "over_100")]


@pytest.mark.row("SUP-10")
@pytest.mark.parametrize(
    ("changed", "sort"),
    [
        (replace(RATE, numerator=None), "base"),
        (replace(RATE, denominator=Fraction(0)), "base"),
        (replace(RATE, number=Fraction("88.21")), "ratio"),
        (replace(RATE, number=Fraction(-1), numerator=Fraction(-1), denominator=Fraction(100)), "negative"),
        (replace(FIRMS, as_of=None), "missing"),
        (replace(FIRMS, scope=" "), "missing"),
        (replace(FIRMS, unit=""), "missing"),
        (replace(FIRMS, unit="万户"), "unit"),
        (replace(FIRMS, claims_all=True), "all"),
        (replace(FIRMS, claims_all=True, exceptions=("甲公司（示例）",)), "all"),
        (replace(FIRMS, former=Fraction(102), cumulative=True), "fell"),
    ],
)
def test_what_blocks_one_value(changed, sort):
    assert said(changed) == [("block", sort)]


def test_what_only_warns():
    assert said(replace(FIRMS, former=Fraction(50), jump=Fraction(1, 2))) == [("warn", "jump")]
    assert said(replace(FIRMS, former=Fraction(50), jump=Fraction(1, 2), explanation="新纳统企业")) == []
    assert said(FIRMS, FIRMS) == [("warn", "twice")]
    assert said(replace(FIRMS, claims_all=True, exceptions=())) == []


@pytest.mark.row("SUP-10")
def test_parts_make_the_total_and_a_channel_is_no_part():
    """687 + 560 + 226 + 538 = 2011; the 80 that were mailed are a second dimension (Appendix G 2)."""
    total = replace(FIRMS, code="licences", label="办理营业执照", number=Fraction(2011), unit="份", units=())
    names = ("设立", "变更", "注销", "补发")
    kinds = [
        replace(total, cell=name, number=Fraction(number), part_of=total.key)
        for name, number in zip(names, (687, 560, 226, 538), strict=True)
    ]
    mailed = replace(total, code="mailed", label="邮寄执照", number=Fraction(80), channel=True, within=total.key)
    assert said(total, *kinds, mailed) == []
    assert said(total, *kinds, replace(mailed, part_of=total.key)) == [("block", "channel")]
    (doubt,) = doubts([replace(total, number=Fraction(2091)), *kinds])
    assert doubt.text == "惠济区 办理营业执照：各项相加 687 + 560 + 226 + 538 = 2011，合计却写2091份：请核对各项和合计。"
    assert said(total, replace(mailed, number=Fraction(2012))) == [("block", "over_whole")]
    assert said(total, replace(kinds[0], as_of=T - dt.timedelta(days=1)), *kinds[1:]) == [("block", "parts")]
    assert said(total, replace(kinds[0], unit="件"), *kinds[1:]) == [("block", "parts")]


@pytest.mark.row("SUP-09")
def test_bounds_of_parts_are_heeded():
    """70余万 and 6万 are at least 76万: a total of 80万 is possible, one of 75万 is not."""
    total = replace(FIRMS, code="masks", label="口罩", number=Fraction(800_000), unit="只", units=())
    parts = [
        replace(total, cell="捐赠", number=Fraction(700_000), precision="at_least", part_of=total.key),
        replace(total, cell="采购", number=Fraction(60_000), part_of=total.key),
    ]
    assert said(total, *parts) == []
    (doubt,) = doubts([replace(total, number=Fraction(750_000)), *parts])
    assert "700000 + 60000 ≥ 760000，合计却写750000只" in doubt.text


@pytest.mark.row("SUP-10")
def test_exactly_a_hundred_everywhere_is_asked_about():
    full = replace(RATE, number=Fraction(100), numerator=Fraction(78), denominator=Fraction(78))
    everywhere = [replace(full, code=f"rate-{n}", label=f"复工率{n}") for n in range(3)]
    found = doubts(everywhere)
    assert [(one.severity, one.sort) for one in found] == [("warn", "full_100")] * 3 and "逐项核实" in found[0].text
    assert "列明例外" in doubts([full])[0].text
    assert said(replace(full, exceptions=())) == []
    assert said(replace(full, exceptions=("甲公司（示例）",))) == [("block", "all")]


@pytest.mark.row("SUP-10")
def test_two_values_for_one_thing_block():
    assert said(FIRMS, replace(FIRMS, number=Fraction(100))) == [("block", "two_values")]
    assert said(FIRMS, replace(FIRMS, number=Fraction(100), as_of=T - dt.timedelta(days=1))) == []
    assert blocked(doubts([FIRMS, replace(FIRMS, number=Fraction(100))])) and not blocked(doubts([FIRMS, FIRMS]))
