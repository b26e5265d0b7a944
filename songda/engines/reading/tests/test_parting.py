"""Parting: what is one promise and what are two, and which sorts they are."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Measure
from songda.engines.reading.drafts import read

NEXT = "\n2.补贴用电。对企业给予用电补贴。\n"


def _measures(body: str) -> tuple[Measure, ...]:
    return read("1.帮扶企业。" + body + NEXT).articles[0].measures


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("对上云企业给予补贴5万元，最高不超过投资额的20%。", 1),
        ("对上云企业给予补贴5万元；对上市企业给予奖励50万元。", 2),
        ("对上云企业给予补贴5万元。同一企业每年最高补贴20万元。", 1),
        ("对上云企业给予补贴5万元。补贴期间不重复享受其他补贴。", 1),
        ("对上云企业给予补贴5万元，对上市企业给予奖励50万元。", 2),
        ("对符合条件的项目，在完成改造后，对购置设备超过100万元的，给予奖励。", 1),
        ("建立合理补偿机制，对造成损失的商户给予补偿。", 1),
        ("扩大企业规模。提高企业水平。对上市企业给予奖励50万元。", 1),
        ("设立服务热线，帮助企业解决困难。为企业提供法律服务。简化手续。", 1),
        ("开通绿色通道，为企业提供服务。对上市企业给予奖励50万元。", 2),
        ("对经营困难的企业，由街道集中安排。对上市企业，可提前办理登记。", 2),
        ("对未按要求整改的企业不予补助。对整改的企业给予补助3万元。", 1),
        ("（1）设备补助。对购置设备的企业给予补助5万元。（2）贷款贴息。对贷款企业给予贴息。", 2),
        ("招用3人以下的企业给予补助1万元；招用4人以上的企业给予补助2万元。", 1),
        ("对企业给予补助5万元。办理程序按有关规定执行。", 1),
        ("缓缴期限不超过6个月，企业可缓缴社会保险费。缓缴期间免收滞纳金。", 1),
    ],
)
def test_counts(body: str, count: int) -> None:
    """Caps, sequels, refusals and aims go with a promise; a new holder who is given something begins another."""
    assert len(_measures(body)) == count


@pytest.mark.parametrize(
    ("body", "benefit", "kind"),
    [
        ("对为租户减免租金的企业，给予一定资金补贴。", "subsidy", "fund"),
        ("对减免租金的园区，优先予以政策扶持。", "other", "service"),
        ("对出口企业，给予出口信用保险保费支持。", "insurance", "fund"),
        ("设立2亿元产业发展资金，用于企业发展。", "fund", "fund"),
        ("对企业增值税留抵税额予以退税。", "tax", "fund"),
        ("企业可延期申报纳税。", "tax_defer", "fund"),
        ("对企业职工养老保险单位缴费部分免征。", "social_insurance", "fund"),
        ("对企业贷款给予贴息和担保费补贴。", "interest_subsidy", "fund"),
        ("对受影响的企业不得抽贷、断贷。", "loan", "service"),
        ("企业高管子女可优先安排入学。", "talent", "service"),
        ("对新引进的高层次人才，给予安家补贴20万元。", "talent", "fund"),
        ("为企业提供法律服务。", "service", "service"),
    ],
)
def test_sorts(body: str, benefit: str, kind: str) -> None:
    """The sort is that of the words that give, not of the words about who gets it."""
    (measure,) = _measures(body)
    assert (measure.benefit, measure.kind) == (benefit, kind)


def test_a_heading_in_the_text_is_no_promise_of_its_own() -> None:
    """The first sentence of an article without a title leads up to the promise."""
    text = "1.对企业贷款给予贴息支持。对贷款企业按利息的50%给予贴息，每家不超过10万元。（责任单位：市财政局）\n2.对企业给予用电补贴。对企业按电费的10%给予补贴。\n"
    assert [len(article.measures) for article in read(text).articles] == [1, 1]


def test_each_paragraph_has_its_units_and_contact() -> None:
    """Units named after each paragraph are that promise's own; a telephone beside them is its channel."""
    text = (
        "1.帮扶企业\n对上云企业给予补贴5万元。\n对接部门：区工信局；联系人：某某；联系电话：12345678\n"
        "对上市企业给予奖励50万元。\n对接部门：区金融办；联系人：某某；联系电话：87654321\n2.补贴用电\n对企业给予用电补贴。\n对接部门：区商务局\n"
    )
    article = read(text).articles[0]
    assert [[unit.name for unit in one.departments] for one in article.measures] == [["区工信局"], ["区金融办"]]
    assert [one.channel.text for one in article.measures if one.channel] == [
        "联系人：某某；联系电话：12345678",
        "联系人：某某；联系电话：87654321",
    ]
    assert [unit.name for unit in article.departments] == ["区工信局", "区金融办"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("对首次认定为示范企业的，给予一次性奖励20万元。", "首次认定为示范企业的，给予一次性奖励20万元"),
        ("除享受市级补助外，对示范企业再给予奖励5万元。", "除享受市级补助外，对示范企业再给予奖励5万元"),
        ("对在特殊时期为承租房屋的中小微企业减免租金的特色园、孵化器、众创空间、创业基地等载体，优先予以扶持。", "优先予以扶持"),
        ("（2）企业可缓缴社会保险费。", "企业可缓缴社会保险费"),
    ],
)
def test_what(body: str, what: str) -> None:
    """The clause that gives, verbatim, with what stands before it where a heading has room."""
    assert _measures(body)[0].what.text == what
    assert all(len(one.what.text) <= 40 for one in _measures(body))
