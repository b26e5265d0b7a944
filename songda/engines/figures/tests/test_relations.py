"""Stated relations are found and computed again; what fails is said to fail, what is not stated is left alone."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from songda.engines.figures.reader import read_figures
from songda.engines.figures.tests.wordings import SAID, SOUND


def results(text: str) -> list[tuple[str, bool | None]]:
    return [(one.kind, one.holds) for one in read_figures(text).checks]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("sum", "工业60家、服务业30家，合计90家。", "工业60家、服务业30家，合计95家。"),
        ("sum", "共受理90件，包括用工60件、融资30件。", "共受理98件，包括用工60件、融资30件。"),
        ("sum", "拨付1000万元（其中省级700万元、市级300万元）。", "拨付1000万元（其中省级700万元、市级350万元）。"),
        ("sum", "收到问题98个，解决54个，其余44个正在办理。", "收到问题98个，解决54个，剩余46个正在办理。"),
        ("ratio", "应复工企业200家，已复工180家，复工率90%。", "应复工企业200家，已复工180家，复工率95%。"),
        ("ratio", "累计受理200件，其中用工类50件，占25%。", "累计受理200件，其中用工类50件，占35%。"),
        ("ratio", "去年办理50件，今年75件，是去年的1.5倍。", ""),
        ("growth", "今年入库120吨，去年同期100吨，同比增长20%。", "今年入库120吨，去年同期100吨，同比增长25%。"),
        ("growth", "达到45家，比年初增加9家，增长25%。", "达到45家，比年初增加9家，增长35%。"),
        ("difference", "由20个增加到35个，增加15个。", "由20个增加到35个，增加16个。"),
        ("difference", "返岗率由65%提高到92%，提高27个百分点。", "返岗率由65%提高到92%，提高29个百分点。"),
        ("product", "按每人500元向40人发放补贴，共计2万元。", "按每人500元向40人发放补贴，共计20万元。"),
        ("average", "为30户商户授信900万元，户均30万元。", "为30户商户授信900万元，户均35万元。"),
    ],
)
def test_a_relation_holds_or_fails(kind: str, right: str, wrong: str) -> None:
    assert (kind, True) in results(right)
    assert not wrong or (kind, False) in results(wrong)


def test_subsets_may_not_exceed_their_whole() -> None:
    assert results("共有企业300家，其中外资30家。") == [("subset", True)]
    assert results("共有企业300家，其中外资330家。") == [("subset", False)]


def test_what_all_have_done_is_its_own_denominator() -> None:
    (check,) = read_figures("在建项目25个已全部开工，开工率达100%。").checks
    assert (check.kind, [int(one) for one in check.numbers], check.holds) == ("ratio", [100, 25], True)


def test_estimates_are_undecided() -> None:
    assert results("工业60余家、服务业30家，合计98家。") == [("sum", None)]


def test_rounding_is_no_error() -> None:
    assert ("ratio", True) in results("共150户，已开业100户，开业率66.67%。")
    assert ("ratio", True) in results("共150户，已开业100户，开业率66.6%。")
    assert ("sum", True) in results("合同额3.2亿元、1.1亿元，合计4.4亿元。")


@pytest.mark.parametrize(
    "text",
    [
        "企业100家，其中规上企业20家，用电量恢复率95%。",
        "共300家，其中高新技术企业120家、外贸企业90家。",
        "对一、二、三等奖分别给予50万元、30万元、10万元奖励。",
        "甲园区10家、乙园区20家复工，全市共有企业5000家。",
        "增加值增长12.5%，投资增长9.1%。",
    ],
)
def test_what_is_not_stated_is_not_called_wrong(text: str) -> None:
    assert not any(holds is False for _, holds in results(text))


def test_parts_may_stand_in_the_next_sentence() -> None:
    assert results("全区共办理业务90件。其中，受理60件，咨询30件。") == [("sum", True)]


@pytest.mark.parametrize(("text", "numbers", "holds"), SAID)
def test_relations_are_found_in_many_wordings(text: str, numbers: list[int | Decimal], holds: bool) -> None:
    checks = read_figures(text).checks
    assert any(Counter(one.numbers) == Counter(map(Decimal, numbers)) and one.holds is holds for one in checks)
    assert not holds or all(one.holds for one in checks)


@pytest.mark.parametrize(
    "text",
    [
        "投资36亿元，增长9.1%，去年同期33亿元；税收8亿元，增长5%。",
        "复工率达到70%，就业率提高到90%，提高5个百分点。",
        "甲项返岗率95%，上月为90%，提高5个百分点；乙项返岗率80%，提高3个百分点。",
        "今年招商项目30个，比去年多5个，引资20亿元，增长15%。",
        "共有375件（其中重点74件），有320件已完成（其中重点68件），55件正在推进。",
        "咨询类共33件，占47%；求助类共21件，占30%；建议类共10件，占14%。",
        "在册企业5万家，复工率70%；217家总部企业复工率93%；22家重点企业复工率100%。",
    ],
)
def test_figures_of_different_things_are_kept_apart(text: str) -> None:
    assert all(one.holds for one in read_figures(text).checks)


@pytest.mark.parametrize("text", SOUND)
def test_sound_sentences_are_not_called_wrong(text: str) -> None:
    read = read_figures(text)
    assert all(one.holds for one in read.checks)
    assert not any(one.severity == "high" for one in read.flags)
