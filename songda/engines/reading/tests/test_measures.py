"""Measures: what promises something, what does not, and how an article is parted into promises."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Article
from songda.engines.reading.drafts import read


def _first(body: str, heading: str = "") -> Article:
    return read(f"{heading}1.{body}\n2.补贴。对企业给予补贴。\n").articles[0]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("减租。对企业给予租金减免。", "measures"),
        ("本办法所称小微企业，是指从业人员20人以下的企业。", "definition"),
        ("申请认定的企业应当同时满足以下条件：注册满1年，科技人员占比不低于10%。", "conditions"),
        ("加强组织领导。各级各部门要提高认识。", "admin"),
        ("各区要切实承担责任，完成率达到100%。", "admin"),
        ("本政策由市财政局负责解释。", "general"),
    ],
)
def test_what_an_article_is_for(body: str, kind: str) -> None:
    """Only articles that promise something to someone have measures; their figures are not read as benefits."""
    article = _first(body)
    assert article.kind == kind
    assert bool(article.measures) == (kind == "measures")


@pytest.mark.row("POL-02")
def test_parts_of_an_article() -> None:
    """。 and ； part promises; a part without a promise of its own stays with the one before."""
    article = _first("支持技改。对首次认定的企业，给予20万元奖励；对再次认定的企业，给予10万元奖励。单个企业最高不超过25万元。")
    assert [[str(one.low) for one in measure.amounts] for measure in article.measures] == [["20"], ["10", "25"]]


@pytest.mark.row("POL-19")
@pytest.mark.parametrize(
    ("body", "benefit", "kind"),
    [
        ("对企业给予贷款贴息。", "interest_subsidy", "fund"),
        ("对企业房租减半。", "rent", "fund"),
        ("返还企业上年度失业保险费的50%。", "refund", "fund"),
        ("对企业给予20万元奖励。", "reward", "fund"),
        ("对企业申报事项开设绿色通道。", "service", "service"),
        ("企业可延期申报纳税。", "tax_defer", "fund"),
    ],
)
def test_sort_of_benefit(body: str, benefit: str, kind: str) -> None:
    """Money or service, and which sort."""
    measure = _first(body).measures[0]
    assert (measure.benefit, measure.kind) == (benefit, kind)


def test_who_what_and_channel() -> None:
    """The beneficiary, the giving clause and the channel, verbatim."""
    measure = _first("技改补助。对完成改造的中小企业，通过企业服务平台申报后，给予投资额8%的补助。").measures[0]
    assert measure.who is not None
    assert measure.who.text == "完成改造的中小企业"
    assert measure.what.text == "完成改造的中小企业，通过企业服务平台申报后，给予投资额8%的补助"
    assert measure.channel is not None
    assert measure.channel.text == "企业服务平台"
