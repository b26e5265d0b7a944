"""The machine of a visit 走访 and of a plan 一企一策, and the small vocabularies of the room."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step

VISIT: Final = Machine(
    name="visit",
    label=_("走访"),
    states={
        "planned": _("已计划"), "offered": _("待企业答复"), "accepted": _("企业同意"), "declined": _("企业谢绝"), "moved": _("企业另约"),
        "under_way": _("进行中"), "recorded": _("已记录"), "closed": _("已办结"), "cancelled": _("已取消"),
    },
    steps=(
        Step("offer", _("预约"), ("planned", "moved", "accepted"), "offered", "visits.do"),
        Step("accept", _("企业同意"), ("offered",), "accepted", "firm.act"),
        Step("decline", _("企业谢绝"), ("offered", "accepted"), "declined", "firm.act"),
        Step("propose", _("企业另约"), ("offered", "accepted"), "moved", "firm.act"),
        Step("start", _("开始"), ("planned", "accepted"), "under_way", "visits.do"),
        Step("record", _("记录完成"), ("under_way",), "recorded", "visits.do"),
        Step("close", _("办结"), ("recorded",), "closed", "visits.do"),
        Step("cancel", _("取消"), ("planned", "offered", "accepted", "moved"), "cancelled", "visits.do"),
    ),
)  # fmt: skip

PLAN: Final = Machine(
    name="plan",
    label=_("一企一策"),
    states={"draft": _("草稿"), "active": _("执行中"), "past": _("已更新")},
    steps=(
        Step("activate", _("启用"), ("draft",), "active", "visits.do"),
        Step("supersede", _("更新"), ("active",), "past", "visits.do"),
    ),
)

AT_REST: Final = frozenset({"declined", "closed", "cancelled"})
COMING: Final = ("planned", "offered", "accepted", "moved")
APPROVES: Final = "cases.assign"
"""The permission of who hands out work (the dispatcher): the same post lets one more contact through."""


class VisitKind(TextChoices):
    """What a visit is for 走访类型."""

    ROUTINE = "routine", _("日常走访")
    LEADER = "leader", _("领导走访")
    INSPECTION = "inspection", _("检查")
    SURVEY = "survey", _("调研")
    JOINT = "joint", _("联合走访")


class Way(TextChoices):
    """How a firm is approached 联系方式: each counts against its month alike."""

    VISIT = "visit", _("上门")
    CALL = "call", _("电话")
    INSPECTION = "inspection", _("检查")
    SURVEY = "survey", _("问卷调研")


class Reply(TextChoices):
    """What a firm says of a stop at its door 答复. `NONE`: nobody has to be asked, or nobody was asked yet."""

    NONE = "none", _("未预约")
    ASKED = "asked", _("待答复")
    ACCEPTED = "accepted", _("同意")
    DECLINED = "declined", _("谢绝")
    MOVED = "moved", _("另约时间")
    MERGED = "merged", _("并入联合走访")


class FindingKind(TextChoices):
    """What was found 发现."""

    ISSUE = "issue", _("问题")
    BREACH = "breach", _("检查发现")
    PROMISE = "promise", _("承诺")


class Tier(TextChoices):
    """How a firm is looked after 服务方式 (SVC-02): by a named officer, by a shared desk, or by itself with a way to ask."""

    NAMED = "named", _("一对一包联")
    DESK = "desk", _("街道（园区）共管")
    SELF = "self", _("自助服务")
