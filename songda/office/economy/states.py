"""Words of the room with a fixed list: how a target is held against time, how it stands, which way a number went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Pace(TextChoices):
    """How a target is held against time 进度算法."""

    SUM = "sum", _("按全年累计")
    LEVEL = "level", _("按时点水平")


class Light(TextChoices):
    """How a target stands 进度状态; the value names the lamp it is shown with."""

    GREEN = "green", _("进度正常")
    YELLOW = "yellow", _("略慢于时间")
    RED = "red", _("落后")
    NONE = "none", _("暂无数据")


class Turn(TextChoices):
    """Which way a number went against the period before 变动."""

    UP = "up", _("上升")
    DOWN = "down", _("下降")
    SAME = "same", _("持平")
    NONE = "none", _("无可比上期")


class Basis(TextChoices):
    """What a number is compared with 比较基准."""

    MOMENT = "moment", _("比上一时点")
    YEAR = "year", _("比上年同期")
    PERIOD = "period", _("比上一期")


ENTRY_STATES: Final[Mapping[str, str | Promise]] = {
    "issued": _("落实条件"), "accepted": _("落实条件"), "done": _("待核准"), "verified": _("已入库"), "cancelled": _("已取消"),
}  # fmt: skip
"""The states of the ledger's task as entries into the register call them 入库状态."""

STAT_ENTRY: Final = "stat-entry"
"""The kind of case by which projects and firms enter the statistical register 统计入库; its course is the ledger's task."""
