"""States of a briefing, an interpretation and a letter, and the small vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Medium(TextChoices):
    """How a briefing is held 方式."""

    ONLINE = "online", _("线上")
    SITE = "site", _("现场")
    BOTH = "both", _("线上和现场")


class AttendedBy(TextChoices):
    """How we know that somebody was there 到会方式."""

    JOIN = "join", _("线上进入")
    LIST = "list", _("签到表")
    REPLAY = "replay", _("观看回放")


class Way(TextChoices):
    """How a measure was explained 讲解方式."""

    VISIT = "visit", _("上门讲解")
    LEADER = "leader", _("领导走访")
    PHONE = "phone", _("电话")
    ONLINE = "online", _("线上")


class Audience(TextChoices):
    """Whom a letter goes to 去信对象."""

    UNREACHED = "unreached", _("符合但还没送达的企业")
    FITTING = "fitting", _("符合该措施的企业")
    RULE = "rule", _("按条件选取的企业")


BRIEFING = Machine(
    name="briefing",
    label=_("政策宣讲"),
    states={
        "planned": _("计划"), "open": _("报名中"), "held": _("已举办"), "closed": _("已办结"), "cancelled": _("已取消"),
    },
    steps=(
        Step("announce", _("开放报名"), ("planned",), "open", "policy.draft"),
        Step("hold", _("登记已举办"), ("open",), "held", "policy.draft"),
        Step("close", _("办结"), ("held",), "closed", "policy.draft"),
        Step("cancel", _("取消"), ("planned", "open"), "cancelled", "policy.draft"),
    ),
)  # fmt: skip

INTERPRETATION = Machine(
    name="interpretation",
    label=_("政策解读"),
    states={"draft": _("草稿"), "published": _("已发布"), "superseded": _("已被替代"), "withdrawn": _("已撤回")},
    steps=(
        Step("publish", _("发布"), ("draft",), "published", "policy.publish"),
        Step("supersede", _("替代"), ("published",), "superseded", "policy.publish"),
        Step("withdraw", _("撤回"), ("draft", "published"), "withdrawn", "policy.publish"),
    ),
)

LETTER = Machine(
    name="letter",
    label=_("主动去信"),
    states={"draft": _("草稿"), "sent": _("已寄发")},
    steps=(Step("send", _("寄发"), ("draft",), "sent", "push.send"),),
)

PUBLIC = ("open", "held", "closed")
"""States of a briefing that firms see."""
