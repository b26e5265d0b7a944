"""Kinds and states of the room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step

HANDOUT = Machine(
    name="handout",
    label="送达任务",
    states={"open": _("进行中"), "closed": _("已结束")},
    steps=(
        Step("close", _("结束"), ("open",), "closed", "push.send"),
        Step("reopen", _("继续"), ("closed",), "open", "push.send"),
    ),
)


class Method(models.TextChoices):
    """How a text reached the firm 送达方式."""

    PAPER = "paper", _("纸质送达")
    VISIT = "visit", _("上门送达")
    ONLINE = "online", _("在线签收")


IN_PERSON = (Method.PAPER, Method.VISIT)
