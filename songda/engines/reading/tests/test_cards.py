"""Cards: labelled fields, verbatim, in several layouts; what they give are the articles, the rest is the frame."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Document
from songda.engines.reading.drafts import read
from songda.engines.reading.language.field_words import kind_of_label
from songda.engines.reading.to_json import as_json

CARD = """云溪市支持工业设计
依据文件 《云溪市工业设计若干措施》
发文机构 云溪市经济局、云溪市财政局
发文字号 云经规〔2022〕3 号
发布日期 2022-03-15
工具分类 资金支持 服务对象 全市设计企业
服务内容
1．支持首次获奖。对获得金奖的企业给予 20 万元奖励。
2．支持开办工作室。按投资额的 10%给予补助，最高 50 万元。
条件要求
1．在本市注册；
2．近三年无失信记录。
办理流程企业向所在区提出申请→区里初审→市里公示
时间/频度 每年 3 月
联络方式 云溪市经济局：12345678
云溪市财政局：87654321
"""


def _fields(text: str) -> dict[str, str]:
    return {one.label: one.quote.text for one in read(text).fields}


def test_fields_of_a_card() -> None:
    """Two labels on a line, values over lines, a label whose blank is lost, a contact that goes on."""
    fields = _fields(CARD)
    assert fields["工具分类"] == "资金支持"
    assert fields["服务对象"] == "全市设计企业"
    assert fields["条件要求"] == "1．在本市注册；\n2．近三年无失信记录。"
    assert fields["办理流程"].startswith("企业向所在区")
    assert fields["联络方式"] == "云溪市经济局：12345678\n云溪市财政局：87654321"


def test_frame_and_articles_of_a_card() -> None:
    """The fields of issue make the frame; the numbered items of what is given are the articles."""
    document = read(CARD)
    assert document.genre == "card"
    assert document.title is not None
    assert document.title.value == "云溪市支持工业设计"
    assert [one.value for one in document.issuers] == ["云溪市经济局", "云溪市财政局"]
    assert document.number is not None
    assert document.number.value == "云经规〔2022〕3 号"
    assert document.issued_on is not None
    assert document.issued_on.value == "2022-03-15"
    assert [article.number for article in document.articles] == ["1", "2"]
    assert [one.kind for one in document.references] == ["implements"]


def test_a_card_of_another_layout() -> None:
    """Labels never seen together, with colons, brackets, or on lines of their own, without numbers in what is given."""
    text = (
        "稳岗补贴\n【适用对象】中小企业\n【补贴标准】\n每人每月给予500元补贴。\n申领条件：不裁员。\n所需材料：\n1.申请表\n2.执照\n"
        "咨询电话：12345678\n分享到：微信\n"
    )
    document = read(text)
    fields = {one.label: one.quote.text for one in document.fields}
    assert fields == {
        "适用对象": "中小企业",
        "补贴标准": "每人每月给予500元补贴。",
        "申领条件": "不裁员。",
        "所需材料": "1.申请表\n2.执照",
        "咨询电话": "12345678",
    }
    assert [article.body.text for article in document.articles] == ["每人每月给予500元补贴。"]


def test_measures_are_not_cards() -> None:
    """Labels below numbers make no card."""
    text = "若干措施\n一、减租\n给予减租。\n支持对象：小微企业\n支持标准：每户1万元\n申报条件：正常经营\n申报材料：申请表\n二、减费\n给予减费。\n"
    assert read(text).genre != "card"


def test_labels_that_come_again_are_joined_in_json() -> None:
    """No value is lost where a label stands twice."""
    text = "若干措施\n1、甲补贴\n补贴标准：每人1万元。\n2、乙补贴\n补贴标准：每人2万元。\n"
    assert as_json(read(text))["fields"] == {"补贴标准": "每人1万元。\n每人2万元。"}


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("扶持对象", "who"),
        ("奖补标准", "substance"),
        ("支持方式", "substance"),
        ("申报方式", "process"),
        ("联系方式", "contact"),
        ("申报条件及要求", "conditions"),
        ("受理时限", "time"),
        ("发布机构", "identity"),
    ],
)
def test_kinds_of_labels(label: str, kind: str) -> None:
    """The last word tells what a field holds, except of the issue and of ways 方式."""
    assert kind_of_label(label) == kind


def test_glued_labels_are_not_sentences() -> None:
    """服务对象应当 … is a sentence, not a label."""
    text = CARD.replace("1．在本市注册；", "1．在本市注册；\n申报条件的解释由市经济局作出。")
    assert "申报条件" not in {one.label for one in read(text).fields}
    assert Document(text).fields == ()


def test_bullets_tables_and_pages_without_line_breaks() -> None:
    """Signs before labels are no part of values; cells of a table; labels in one line; the name of the policy as title."""
    bullets = "用工补贴\n■ 补贴对象\n小微企业\n■ 补贴标准\n每人给予1000元。\n■ 申领条件\n在保。\n■ 咨询电话\n12345\n"
    assert _fields(bullets) == {"补贴对象": "小微企业", "补贴标准": "每人给予1000元。", "申领条件": "在保。", "咨询电话": "12345"}
    table = "政策名称\t首台套措施\n发文机关\t市工信局\t发文字号\t云工信〔2022〕8号\n支持对象\t企业\n支持内容\t给予奖励。\n申报条件\t在库。\n"
    document = read(table)
    assert document.title is not None
    assert (document.title.value, [one.value for one in document.issuers]) == ("首台套措施", ["市工信局"])
    inline = "稳岗政策 享受主体：参保企业 优惠内容：给予返还60%。 享受条件：不裁员。 办理方式：免申即享\n"
    assert _fields(inline)["优惠内容"] == "给予返还60%。"
