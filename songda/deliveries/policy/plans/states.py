"""States of a plan: drafted, confirmed by one person, published by another."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step

PLAN = Machine(
    name="plan",
    label=_("落实方案"),
    states={
        "draft": _("草稿"), "reviewed": _("已审核"), "published": _("已发布"), "superseded": _("已被替代"),
        "withdrawn": _("已撤回"),
    },
    steps=(
        Step("confirm", _("审核确认"), ("draft",), "reviewed", "policy.edit"),
        Step("return", _("退回修改"), ("reviewed",), "draft", "policy.publish"),
        Step("publish", _("发布"), ("reviewed",), "published", "policy.publish"),
        Step("supersede", _("替代"), ("published",), "superseded", "policy.publish"),
        Step("withdraw", _("撤回"), ("draft", "reviewed"), "withdrawn", "policy.edit"),
    ),
)  # fmt: skip


class Standing(TextChoices):
    """How far a row has come, told from the state of its task."""

    WAITING = "waiting", _("未开始")
    WORKING = "working", _("进行中")
    LATE = "late", _("已逾期")
    DONE = "done", _("已完成")
    CANCELLED = "cancelled", _("已取消")
    NONE = "none", _("不适用")
