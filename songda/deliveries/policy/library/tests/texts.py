"""An invented package of a zone and what becomes of it, for the tests of the library."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.library.actions import (
    confirm_measure,
    edit_draft,
    give_contact,
    receive_document,
    settle_condition,
    write_rule,
)
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.registry.actors import Actor
from songda.registry.rulebook.tests.books import AMOUNT, CASES, TEXT

NOW = dt.datetime(2020, 3, 10, 2, 0, tzinfo=dt.UTC)
CONTACT = {"section": "示例政策科", "post_title": "政策专员", "phone": "0371-0000 0101"}
PACKAGE = """甲开发区管理委员会关于支持示例企业渡过难关的若干措施
甲管〔2020〕7号
各有关单位：
为帮助示例企业稳定经营，制定以下措施，简称“示例三条”，共3条4项举措。
一、减免房屋租金。对承租国有房屋的中小微企业，免收2个月房租。对入驻孵化载体的小微企业，按2个月租金的50%给予补贴，最高不超过3万元。（责任单位：甲区科工信局）
二、优化审批服务。对在建项目的施工许可，开辟绿色通道，5个工作日内办结。对新设立的小微企业，提供开办全程帮办服务。（责任单位：甲区审批局）
三、加强组织领导。各单位要加强统筹协调，明确责任分工，推动工作落实。
本措施自发布之日起施行，有效期至2020年12月31日。
甲开发区管理委员会
2020年2月20日
"""
CITY = """示例市人民政府关于促进示例经济平稳运行的若干举措
示例政〔2020〕3号
各有关单位：
一、减免国有房屋租金。对承租国有房屋的小微企业，免收2个月房租。（责任单位：示例市国资委）
二、提高审批效率。各部门要公布办理流程，提供网上办理服务。（责任单位：示例市审批局）
示例市人民政府
2020年2月10日
"""


def received(by: Actor, area_path: str, text: str = PACKAGE, level: str = "park", **more: object) -> Document:
    """The package received."""
    return receive_document(text, level=level, area_path=area_path, by=by, now=NOW, **more)


def completed(version: MeasureVersion, by: Actor) -> MeasureVersion:
    """A draft with everything it needs to be confirmed and published."""
    give_contact(version.pk, CONTACT, by=by, now=NOW)
    edit_draft(version.pk, {"budget_line": "示例纾困资金", "time_limit_days": 5}, by=by, now=NOW)
    write_rule(version.pk, text=TEXT, amount_text=AMOUNT, cases=CASES, by=by, now=NOW)
    for condition in version.open_conditions.all():
        settle_condition(condition.pk, by=by, now=NOW)
    version.refresh_from_db()
    return version


def confirmed(version: MeasureVersion, by: Actor) -> MeasureVersion:
    """The same, confirmed."""
    return confirm_measure(completed(version, by).pk, by=by, now=NOW)


def drafts_of(document: Document) -> list[MeasureVersion]:
    """Its draft measures in the order of the text."""
    return list(MeasureVersion.objects.filter(sources__article__document=document).order_by("pk"))
