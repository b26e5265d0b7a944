"""Condition phrases: verbatim, one thing each, brackets and alternatives whole, only what limits the promise."""

from __future__ import annotations

import time

import pytest

from songda.engines.reading.drafts import read
from songda.engines.reading.terms.conditions import beneficiary, conditions


def _phrases(text: str) -> list[str]:
    return [one.quote.text for one in conditions(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("对受疫情影响、暂时困难的中小微企业，给予贴息。", ["受疫情影响", "暂时困难", "中小微企业"]),
        ("对有订单但有暂时困难且信用良好的小微企业，给予贴息。", ["有订单", "有暂时困难", "信用良好", "小微企业"]),
        (
            "小微企业租用厂房从事生产，按要求开工且不裁员、少裁员的，免收一个月租金。",
            ["小微企业", "租用厂房从事生产", "按要求开工", "不裁员、少裁员的"],
        ),
        ("疫情期间，市属担保机构对受灾严重的小微企业降低费率1个百分点。", ["疫情期间", "受灾严重", "小微企业"]),
        (
            "对新上的工业类项目（不含采矿类项目）投资2000万元及以上的，给予5%奖励。",
            ["新上的工业类项目", "不含采矿类项目", "投资2000万元及以上的"],
        ),
        ("对规上工业企业年产值增长20%及以上的，奖励10万元。", ["规上工业企业", "年产值增长20%及以上的"]),
        ("为参加展会的外贸企业提供咨询服务。", ["参加展会", "外贸企业"]),
        ("符合条件的农业企业可申请贷款贴息。", ["符合条件", "农业企业"]),
        ("对受灾较重的餐饮等行业，以及有前景的企业，不得抽贷。", ["受灾较重的餐饮等行业，以及有前景的企业"]),
        ("鼓励银行加大投放，提升服务水平。", []),
        ("力争贷款增长不低于15%，对失联的企业，暂不列入异常名录。", ["失联的企业"]),
    ],
)
def test_phrases(text: str, phrases: list[str]) -> None:
    """What limits the promise, cut where each piece says something whole."""
    assert _phrases(text) == phrases


def test_items_of_which_one_is_enough_stay_together() -> None:
    """下列情形之一: alternatives are one open phrase, never several conditions that all must hold."""
    text = "有下列情形之一的，可以申请缓缴：\n（一）停产的；\n（二）因不可抗力造成损失，无法正常经营的。\n"
    assert "无法正常经营的" not in _phrases(text)


def test_provisos_after_the_promise_count() -> None:
    """但…除外 limits too."""
    assert "但房地产企业除外" in _phrases("对购置设备的企业给予10%补助，但房地产企业除外。")


def test_beneficiary_is_the_object_of_the_giving() -> None:
    """Whom a bank's help is for, not the bank; a holder that only serves another is the beneficiary itself."""
    given = "鼓励银行对暂时困难的企业减免利息。"
    served = "对为小微企业减免租金的园区，给予奖励。"
    assert (beneficiary(given, 0, len(given)) or pytest.fail()).text == "暂时困难的企业"
    assert (beneficiary(served, 0, len(served)) or pytest.fail()).text == "为小微企业减免租金的园区"


def test_requirements_apart_from_the_promise() -> None:
    """A list 应符合下列条件 holds for the article's measures; an item about a case or a time is one phrase."""
    text = (
        "第一条 对首次上榜企业给予20万元奖励。申请企业应符合下列条件：\n（一）具有独立法人资格；\n"
        "（二）近两年财务状况良好，无不良信用记录；\n（三）成立不满一年的企业，自成立之日起无处罚。\n第二条 对企业给予补贴。\n"
    )
    found = [one.quote.text for one in read(text).articles[0].measures[0].conditions]
    assert "具有独立法人资格" in found
    assert "无不良信用记录" not in found
    assert "（三）成立不满一年的企业，自成立之日起无处罚。" in found


def test_hostile_text_takes_time_in_proportion() -> None:
    """Long runs of joints and brackets do not multiply."""
    began = time.process_time()
    for piece in ("对企业、", "（不含", "的企业且", "受疫情影响", "或以及及和"):
        text = "对" + piece * 4000 + "的企业，给予奖励。"
        conditions(text, 0, len(text))
    assert time.process_time() - began < 5
