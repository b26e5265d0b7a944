"""The small vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    """What a meeting is for 会议类型."""

    BREAK = "break", _("攻坚会")
    WEEKLY = "weekly", _("周例会")
    TOPIC = "topic", _("专题会")


class Why(TextChoices):
    """Why something is on the agenda 上会原因, in the order in which it is taken."""

    DECISION = "decision", _("上次未完成的决定")
    SPECIAL = "special", _("超期的专案")
    HARD = "hard", _("超期的疑难事项")
    ADDED = "added", _("提请研究")
