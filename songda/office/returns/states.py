"""Words of the room with a fixed list, and the machine of a return."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Every(TextChoices):
    """How often a form is owed 周期."""

    DAILY = "daily", _("日报")
    WEEKLY = "weekly", _("周报")
    MONTHLY = "monthly", _("月报")
    ONCE = "once", _("专项")


class Importance(TextChoices):
    """Whether a rule stops a return or asks about it."""

    BLOCK = "block", _("拦截")
    WARN = "warn", _("提示")


class RuleKind(TextChoices):
    """What a rule of a form looks at: this return alone, or others beside it."""

    RULE = "rule", _("表内关系")
    CHILDREN = "children", _("下级合计")
    AGREE = "agree", _("部门一致")
    EVERYWHERE = "everywhere", _("处处100%")


class ViolationState(TextChoices):
    """Where a violation stands; only open ones ask for something."""

    OPEN = "open", _("待处理")
    EXPLAINED = "explained", _("已说明")
    CORRECTED = "corrected", _("已改正")
    WAIVED = "waived", _("已豁免")


class Cause(TextChoices):
    """Why a figure is unusual 原因类别."""

    DENOMINATOR = "denominator", _("分母过时")
    SCOPE = "scope", _("口径变化")
    ENTRY = "entry", _("填报有误")
    TRUE = "true", _("情况属实")
    OTHER = "other", _("其他")


RETURN = Machine(
    "return",
    _("报表"),
    {
        "expected": _("待报"),
        "draft": _("填报中"),
        "submitted": _("待审核"),
        "approved": _("待验收"),
        "accepted": _("已验收"),
        "sent_back": _("已退回"),
    },
    (
        Step("draft", _("填报"), ("expected", "draft", "sent_back"), "draft", "returns.fill"),
        Step("submit", _("提交"), ("draft",), "submitted", "returns.fill"),
        Step("approve", _("审核"), ("submitted",), "approved", "returns.approve"),
        Step("accept", _("验收"), ("approved",), "accepted", "returns.accept"),
        Step("send_back", _("退回"), ("submitted", "approved"), "sent_back", "returns.approve"),
        Step("correct", _("更正"), ("accepted",), "draft", "returns.fill"),
    ),
)
"""Complete (submitted), approved and accepted are three things, by three persons. While a correction is under way the accepted
version stays in effect."""
