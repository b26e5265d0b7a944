"""What became of a message 处理结果."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Fate(TextChoices):
    """What became of a message of another system."""

    WAITING = "waiting", _("待处理")
    APPLIED = "applied", _("已同步")
    SAME = "same", _("状态相同")
    OVERRULED = "overruled", _("以外部为准")
    LATE = "late", _("已有更新的消息")
    UNMAPPED = "unmapped", _("代码没有对应")
    CONFLICT = "conflict", _("冲突待处理")


OPEN: Final = (Fate.WAITING, Fate.UNMAPPED, Fate.CONFLICT)
"""Messages that may still be applied."""
