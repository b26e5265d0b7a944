"""`read`: one small document, invented, from shell to signature."""

from __future__ import annotations

from decimal import Decimal

import pytest

from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError

TEXT = """云溪市人民政府办公室关于印发支持企业稳产增效若干措施的通知
云政办发〔2021〕15号
各县区人民政府，市政府各部门：
现将《支持企业稳产增效若干措施》印发给你们，请认真执行。
云溪市人民政府办公室 2021年3月8日
支持企业稳产增效若干措施
为帮助企业稳产增效，制定以下措施。
一、降低成本
1.减免房租。对承租国有资产类经营用房的小微企业，2021年4月份、5月份租金减半。（责任单位：市国资委、财政局，各县（市、区）政府）
2.支持技改。对设备投资500万元以上的项目，按投资额的8%给予补助，单个企业最高不超过300万元。（责任单位：市工信局）
二、优化服务
3.简化流程。对企业申报事项，开设绿色通道，3个工作日内办结。（责任单位：市行政审批局）
本措施自发布之日起施行，有效期至2022年12月31日。
"""


def test_reads_the_frame() -> None:
    """Title of the attached text, number, day of issue and validity."""
    document = read(TEXT)
    assert document.title and document.title.value == "支持企业稳产增效若干措施"
    assert document.number and document.number.value == "云政办发〔2021〕15号"
    assert document.issued_on and document.issued_on.value == "2021-03-08"
    assert document.valid_from and document.valid_from.value == "2021-03-08"
    assert document.valid_until and document.valid_until.value == "2022-12-31"
    assert document.closing and document.closing.text.startswith("本措施自发布之日")


def test_reads_articles_units_and_values() -> None:
    """Articles under their sections, units split outside brackets, figures with unit and role."""
    first, second, third = read(TEXT).articles
    assert [article.number for article in (first, second, third)] == ["1", "2", "3"]
    assert first.section and first.section.text == "一、降低成本"
    assert first.title and first.title.text == "减免房租"
    assert [unit.name for unit in first.departments] == ["市国资委", "财政局", "各县（市、区）政府"]
    assert [(rate.low, rate.unit, rate.role) for rate in first.measures[0].rates] == [(Decimal(50), "%", "decrease")]
    assert [(moment.first, moment.last) for moment in first.measures[0].dates] == [("2021-04", "2021-05")]
    assert [(sum_.low, sum_.unit, sum_.role) for sum_ in second.measures[0].amounts] == [
        (Decimal(500), "万元", "threshold"),
        (Decimal(300), "万元", "cap"),
    ]
    assert third.measures[0].kind == "service"


def test_empty_text_is_refused() -> None:
    """Nothing to read is said, not passed on as an empty document."""
    with pytest.raises(ReadingError) as refusal:
        read(" \n ")
    assert refusal.value.code == "empty"
