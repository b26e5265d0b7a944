"""What pages show of hooks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from songda.ledger.notices.models import Hook, NoticeDelivery
from songda.ledger.notices.rules.events import KINDS

STATES = {"live": _("正常"), "failing": _("连不上，正在重试"), "paused": _("已暂停"), "closed": _("已停用")}
"""States of a hook, in words."""


def labels(events: Sequence[str]) -> list[str]:
    """Events in words."""
    return [str(KINDS[one].label) for one in events if one in KINDS]


def calls_of(hook: Hook) -> QuerySet[NoticeDelivery]:
    """What was sent to a hook, newest first, with the events."""
    return NoticeDelivery.objects.filter(hook=hook).select_related("event", "notice").order_by("-id")
