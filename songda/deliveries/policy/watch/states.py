"""States of a new superior document and of an application upward, and the small vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Source(TextChoices):
    """How a document came in 来源."""

    LETTER = "letter", _("上级来文")
    SITE = "site", _("网站发布")
    MEETING = "meeting", _("会议传达")
    OTHER = "other", _("其他")


class TaskKind(TextChoices):
    """What is handed on once a document is digested 后续任务."""

    PUSH = "push", _("推送")
    DECOMPOSE = "decompose", _("分解落实")


class Sort(TextChoices):
    """What is sought from above 争取类型."""

    FUND = "fund", _("资金")
    PILOT = "pilot", _("试点")
    PROJECT = "project", _("项目")
    QUOTA = "quota", _("指标要素")


class ReminderKind(TextChoices):
    """What a reminder says 提醒种类."""

    DIGEST_LATE = "digest_late", _("超期未梳理")
    PUSH_LATE = "push_late", _("超期未推送")
    DUE_SOON = "due_soon", _("申报临期")
    DUE_LATE = "due_late", _("内部时限已过")
    MISSED = "missed", _("错过申报窗口")


ARRIVAL = Machine(
    name="arrival",
    label=_("新政策跟踪"),
    states={"received": _("待梳理"), "summarised": _("待推送"), "pushed": _("已推送"), "set_aside": _("不予办理")},
    steps=(
        Step("summarise", _("梳理归纳"), ("received",), "summarised", "policy.edit"),
        Step("push", _("登记推送"), ("summarised",), "pushed", "policy.edit"),
        Step("set_aside", _("不予办理"), ("received", "summarised"), "set_aside", "policy.edit"),
        Step("resume", _("恢复办理"), ("set_aside",), "received", "policy.edit"),
    ),
)

BID = Machine(
    name="bid",
    label=_("向上争取"),
    states={
        "planned": _("计划"), "preparing": _("准备中"), "submitted": _("已申报"), "won": _("已获批"), "lost": _("未获批"),
        "missed": _("错过"), "given_up": _("放弃"),
    },
    steps=(
        Step("prepare", _("开始准备"), ("planned",), "preparing", "policy.draft"),
        Step("submit", _("申报"), ("planned", "preparing"), "submitted", "policy.draft"),
        Step("win", _("获批"), ("submitted",), "won", "policy.draft"),
        Step("lose", _("未获批"), ("submitted",), "lost", "policy.draft"),
        Step("miss", _("错过窗口"), ("planned", "preparing"), "missed", "system"),
        Step("give_up", _("放弃"), ("planned", "preparing"), "given_up", "policy.draft"),
    ),
)  # fmt: skip

AT_WORK = ("planned", "preparing")
"""States in which an application has yet to be handed in."""
