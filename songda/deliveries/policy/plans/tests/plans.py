"""An invented superior package of three measures and a zone's plan for it."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.tests.texts import received
from songda.deliveries.policy.plans.actions import NewPlan, RowSaid, confirm_plan, draft_plan, edit_row, publish_plan
from songda.deliveries.policy.plans.models import Plan
from songda.registry.people.tests.cast import NOW, Cast

UPPER = """示例市人民政府关于促进示例经济平稳运行的若干举措
示例政〔2020〕3号
各有关单位：
一、减免国有房屋租金。对承租国有房屋的小微企业，免收2个月房租。（责任单位：科工信部门）
二、提高审批效率。各部门要公布办理流程，提供网上办理服务。（责任单位：审批部门）
三、支持购置设备。对扩大产能的企业给予设备补贴。（责任单位：工信部门）
示例市人民政府
2020年2月10日
"""
LATER = UPPER.replace("免收2个月房租", "免收3个月房租").replace(
    "三、支持购置设备。对扩大产能的企业给予设备补贴。（责任单位：工信部门）",
    "三、支持稳定就业。对不裁员的企业返还失业保险费。（责任单位：人社部门）",
)
DUE = dt.date(2020, 4, 15)


def upper(cast: Cast) -> Document:
    """The city's package, as the zone received it."""
    return received(cast.editor, cast.zone.area_path, UPPER, "city")


def drafted(cast: Cast, of: Document | None = None) -> Plan:
    """A draft with what the machine proposes."""
    return draft_plan(NewPlan("示例区落实方案", of or upper(cast), cast.zone.area_path), by=cast.editor, now=NOW)


def whole(cast: Cast, of: Document | None = None) -> Plan:
    """The same, every measure answered for: two with the bureau, one that does not apply."""
    plan = drafted(cast, of)
    first, second, third = plan.rows.all()
    edit_row(first.pk, RowSaid(cast.bureau.pk, due_on=DUE), by=cast.editor, now=NOW)
    edit_row(second.pk, RowSaid(not_applicable="由市级统一办理"), by=cast.editor, now=NOW)
    said = RowSaid(cast.bureau.pk, (cast.street_office.pk,), DUE, "1:0.5", "设备购置追加配比")
    edit_row(third.pk, said, by=cast.editor, now=NOW)
    return plan


def published(cast: Cast, of: Document | None = None) -> Plan:
    """The same in force, by two persons."""
    plan = confirm_plan(whole(cast, of).pk, by=cast.editor, now=NOW)
    return publish_plan(plan.pk, by=cast.publisher, now=NOW)
