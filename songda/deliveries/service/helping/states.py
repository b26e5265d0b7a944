"""The small vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TeamKind(TextChoices):
    """What sort of team 队伍类型; a subject has at most one of each."""

    FORCE = "force", _("服务专班")
    GROUP = "group", _("服务指导小组")
    SQUAD = "squad", _("政策小分队")
    RESIDENT = "resident", _("驻企服务队")


class Rank(TextChoices):
    """Rank of a leader 职级, the lowest first."""

    STAFF = "staff", _("科员")
    SECTION = "section", _("科级")
    DIVISION = "division", _("处级")
    BUREAU = "bureau", _("局级")


class Channel(TextChoices):
    """How an enquiry came in 咨询渠道."""

    PHONE = "phone", _("电话")
    MAIL = "mail", _("邮件")
    WECHAT = "wechat", _("微信")
    COUNTER = "counter", _("服务窗口")


class FeedbackKind(TextChoices):
    """What was said 来信种类."""

    THANKS = "thanks", _("感谢信")
    PRAISE = "praise", _("表扬")
    COMPLAINT = "complaint", _("投诉")


class Period(TextChoices):
    """After how long a quota begins anew 周期."""

    MONTH = "month", _("每月")
    QUARTER = "quarter", _("每季度")
    YEAR = "year", _("每年")


class UsageState(TextChoices):
    """A service asked for: within the quota, or waiting for a place."""

    USED = "used", _("已安排")
    QUEUED = "queued", _("排队")
