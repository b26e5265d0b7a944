"""Guides: headings and line heads that are labels give fields, each within its own bounds."""

from __future__ import annotations

from songda.engines.reading.drafts import read

GUIDE = """关于申报工业设计中心的通知
各有关单位：
一、企业申报条件
（一）在本市注册；
（二）近三年无失信记录。
二、申报材料
1.申请表
2.执照
三、申报时间安排
即日起至2022年5月31日。
四、联系方式
联系电话：12345678
附件
申请表
单位名称：
联系人：
"""


def test_numbered_headings() -> None:
    """A heading that ends in a label is that label; its value runs to the next heading, and forms of attachments give none."""
    fields = {one.label: one.quote.text for one in read(GUIDE).fields}
    assert fields["企业申报条件"] == "（一）在本市注册；\n（二）近三年无失信记录。"
    assert fields["申报材料"] == "1.申请表\n2.执照"
    assert fields["申报时间安排"] == "即日起至2022年5月31日。"
    assert fields["联系电话"] == "12345678"
    assert "联系人" not in fields


def test_labels_within_articles() -> None:
    """A label inside an article keeps to it."""
    text = "补贴指南\n1、创业补贴\n补贴对象：毕业生。\n补贴期限：一次性。\n2、租金补贴\n补贴对象：企业。\n补贴期限：三年。\n"
    document = read(text)
    assert [(one.label, one.quote.text) for one in document.fields] == [
        ("补贴对象", "毕业生。"),
        ("补贴期限", "一次性。"),
        ("补贴对象", "企业。"),
        ("补贴期限", "三年。"),
    ]
    assert [article.number for article in document.articles] == ["1", "2"]


def test_headings_without_numbers() -> None:
    """申报条件 and 申报程序, each on a line of its own, part the lists below them."""
    text = "产品认定指南\n申报条件\n（一）在本市注册。\n（二）产品有市场。\n申报程序\n（一）填写申请。\n（二）报送材料。\n联系方式\n甲 12345678\n"
    document = read(text)
    assert [article.section.text for article in document.articles if article.section] == ["申报条件"] * 2 + ["申报程序"] * 2
    assert {one.label: one.quote.text for one in document.fields}["申报条件"] == "（一）在本市注册。\n（二）产品有市场。"


def test_units_of_measures_are_not_fields() -> None:
    """责任单位 is read with the departments."""
    assert read("若干措施\n一、减租\n给予减租。\n责任单位：市财政局\n二、减费\n给予减费。\n责任单位：市税务局\n").fields == ()


def test_policies_with_labels_of_their_own() -> None:
    """In a booklet each numbered policy has its labels; those of the last are not the closing."""
    one = "【支持对象】企业\n【支持标准】给予10万元奖励。\n【联系部门】市工信局\n"
    document = read(f"政策汇编\n1. 升规奖励\n{one}2. 技改补助\n{one}")
    assert [article.body.text.count("【") for article in document.articles] == [3, 3]
    assert [field.label for field in document.fields] == ["支持对象", "支持标准", "联系部门"] * 2
