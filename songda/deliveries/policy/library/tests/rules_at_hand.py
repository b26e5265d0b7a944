"""Invented implementing rules and published measures, for the tests of POL-03."""

from __future__ import annotations

from songda.deliveries.policy.library.actions import (
    confirm_implementing_rule,
    draft_implementing_rule,
    edit_implementing_rule,
    link_measures,
    publish_implementing_rule,
    publish_measure,
)
from songda.deliveries.policy.library.models import ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, confirmed, drafts_of, received
from songda.registry.people.tests.cast import Cast

GUIDE = """示例市稳岗补贴申报指南
示例人社〔2020〕9号
为落实稳岗补贴政策，方便企业申领，制定本指南。
一、补贴标准
对不裁员的参保中小微企业，返还其上年度实际缴纳失业保险费的50%。
二、申报条件
（一）在示例市登记注册。
（二）上年度未裁员或裁员率低于5.5%。
三、申报材料
1. 企业申请表（一式两份）。
2. 上年度缴费凭证。
四、办理流程
网上申报→材料初审→名单公示→资金拨付
五、办理时限
自受理之日起15个工作日内办结。
六、资金来源
所需资金从失业保险基金中列支。
七、咨询电话
0000-0000000（示例市人力资源社会保障局）
示例市人力资源和社会保障局
2020年3月2日
"""


def all_published(cast: Cast) -> list[MeasureVersion]:
    """The four measures of the package, in force."""
    drafts = drafts_of(received(cast.editor, cast.zone.area_path))
    return [publish_measure(confirmed(one, cast.editor).pk, by=cast.publisher, now=NOW) for one in drafts]


def drafted(cast: Cast, *measures: MeasureVersion, title: str = "示例细则", **more: object) -> ImplementingRuleVersion:
    """Complete rules for these measures, not confirmed."""
    version = draft_implementing_rule(title=title, area_path=cast.zone.area_path, by=cast.editor, now=NOW)
    content = {
        "papers": ["申请表", "租赁合同"], "steps": ["申报", "审核", "拨付"], "department_id": cast.bureau.pk, "time_limit_days": 5,
        "payment_basis": "示例纾困资金，按审核结果拨付", "contact": "示例政务中心一楼窗口", **more,
    }  # fmt: skip
    edit_implementing_rule(version.pk, content, by=cast.editor, now=NOW)
    return link_measures(version.pk, [one.measure_id for one in measures], by=cast.editor, now=NOW)


def in_force(cast: Cast, *measures: MeasureVersion, **more: object) -> ImplementingRuleVersion:
    """The same, confirmed and published by two persons."""
    version = confirm_implementing_rule(drafted(cast, *measures, **more).pk, by=cast.editor, now=NOW)
    return publish_implementing_rule(version.pk, by=cast.publisher, now=NOW)
