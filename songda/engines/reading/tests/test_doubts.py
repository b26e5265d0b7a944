"""Doubts: each is raised by its cause, stays away without it, and none is told twice."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Document
from songda.engines.reading.drafts import read

TAIL = "\n二、对企业给予奖励5万元。（责任单位：市工信局）\n三、对商户给予补助2万元。（责任单位：市商务局）\n四、对园区给予补助3万元。（责任单位：市科技局）\n"


def _messages(text: str) -> list[str]:
    return [doubt.message for doubt in read(text).doubts]


@pytest.mark.parametrize(
    ("first", "part"),
    [
        ("一、对企业给予一定资金补贴。（责任单位：市财政局）", "未写金额"),
        ("一、对企业给予奖励5万元。", "没有读到"),
        ("一、对企业给予补贴，标准按照《某市补贴办法》执行。（责任单位：市财政局）", "其他文件"),
        ("一、对年产值1亿元以上的企业给予奖励10万元。（责任单位：市财政局）", "是否含本数"),
    ],
)
def test_causes(first: str, part: str) -> None:
    """A cause gives its doubt; the same document without the cause has none."""
    assert any(part in message for message in _messages(first + TAIL))
    assert not any(part in message for message in _messages("一、对企业给予奖励5万元。（责任单位：市财政局）" + TAIL))


def test_bounds_that_the_document_explains_are_no_doubt() -> None:
    """“以上”包含本数 anywhere in the document settles it."""
    text = "一、对年产值1亿元以上的企业给予奖励10万元。" + TAIL + "五、本政策“以上”包含本数。\n"
    assert not any("是否含本数" in message for message in _messages(text))


def test_the_title_counts_its_articles() -> None:
    """十条措施 with three articles."""
    text = "关于支持企业发展的十条措施\n一、对企业给予奖励5万元。\n二、对商户给予补助2万元。\n三、对园区给予补助3万元。\n"
    assert any("标题写明 10 条" in message for message in _messages(text))


def test_one_message_is_told_at_most_three_times_with_its_number() -> None:
    """Many of a kind are summed up, and no two stand on the same words."""
    numerals = "一二三四五六七八"
    text = "".join(f"{sign}、第{sign}类企业。对企业给予适当补贴。\n" for sign in numerals)
    document: Document = read(text)
    vague = [doubt for doubt in document.doubts if "未写金额" in doubt.message]
    assert len(vague) == 3
    assert "共 8 处" in vague[0].message
    assert len({(doubt.message, doubt.quote.start) for doubt in document.doubts}) == len(document.doubts)


def test_a_text_without_articles_is_told() -> None:
    """Nothing to confirm is itself a doubt."""
    assert read("某市领导到企业调研。").doubts[0].kind == "layout"
