"""Channels, papers, stacking, definitions, and fields joined to the measures they are for."""

from __future__ import annotations

import pytest

from songda.engines.reading.drafts import read
from songda.engines.reading.promises.channels import channel
from songda.engines.reading.promises.stacking import stacking


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("企业可通过市企业服务平台申报。", "市企业服务平台"),
        ("可登录“一网通办”或“企业之家”小程序办理。", "“一网通办”或“企业之家”小程序"),
        ("网址为https://www.example.gov.cn/a，请登记。", "https://www.example.gov.cn/a"),
        ("可向主管税务部门申请减免。", "主管税务部门"),
        ("由市商务局统一组织申报。", "由市商务局统一组织申报"),
        ("实行免申即享。", "免申即享"),
        ("咨询电话：0371-12345678。", "咨询电话：0371-12345678"),
        ("期限顺延至疫情结束后办理。", None),
        ("加大向社会筹资的力度。", None),
    ],
)
def test_channels(said: str, name: str | None) -> None:
    """A platform, a line, a unit one applies to, or none at all."""
    found = channel(said, 0, len(said))
    assert (found.text if found else None) == name


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("对企业给予补助5万元，与市级补助不重复享受。", "与市级补助不重复享受"),
        ("给予奖励5万元。同一项目按就高不重复原则执行。", "同一项目按就高不重复原则执行"),
        ("给予奖励5万元，可叠加享受市级奖励。", "可叠加享受市级奖励"),
        ("最高奖励额度5万元。", None),
    ],
)
def test_stacking(said: str, told: str | None) -> None:
    """The clause about other benefits, verbatim."""
    found = stacking(said, 0, len(said))
    assert (found.text if found else None) == told


def test_papers_of_a_list_go_to_their_article() -> None:
    """The items after 提交下列材料：, without their numbers."""
    text = "一、设备补贴\n对购置设备的企业给予补贴5万元。申请时提交下列材料：\n1.营业执照；\n2.购置发票。\n二、用电补贴\n对企业给予用电补贴。\n"
    first, second = (article.measures[0] for article in read(text).articles)
    assert [paper.text for paper in first.papers] == ["营业执照", "购置发票"]
    assert second.papers == ()


def test_definitions_go_to_the_measures_that_use_the_word() -> None:
    """本办法所称…是指 and “以上”包含本数, on the measures with these words only."""
    text = (
        "第一条 对示范企业给予奖励5万元。\n第二条 对年产值1亿元以上的企业给予奖励10万元。\n"
        "第三条 本办法所称示范企业，是指经市工信局认定的企业。\n第四条 本办法“以上”均包含本数。\n"
    )
    measures = [measure for article in read(text).articles for measure in article.measures]
    assert [[one.text for one in measure.definitions] for measure in measures] == [
        ["本办法所称示范企业，是指经市工信局认定的企业"],
        ["“以上”均包含本数"],
    ]


def test_labelled_paragraphs_make_one_measure() -> None:
    """补贴条件, 补贴对象, 补贴标准, 申请材料 of an article are one promise, told by its title."""
    text = (
        "1、创业补贴\n补贴条件：\n（1）登记注册满6个月；\n（2）有3名以上员工。\n补贴对象：符合条件的创业者。\n补贴标准：10000元。\n申请材料：营业执照；申请表。\n"
        "2、租金补贴\n补贴条件：租用经营场所。\n补贴对象：创业者。\n补贴标准：每年6000元。\n"
    )
    first, second = read(text).articles
    (measure,) = first.measures
    assert measure.what.text == "创业补贴"
    assert measure.who is not None
    assert [paper.text for paper in measure.papers] == ["营业执照", "申请表"]
    assert any("满6个月" in one.quote.text for one in measure.conditions)
    assert not any("满6个月" in one.quote.text for one in second.measures[0].conditions)
