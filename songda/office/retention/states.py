"""The course of a purge, and the small vocabularies of the room."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step


class Action(TextChoices):
    """What becomes of a record when its years are over 到期处置."""

    KEEP = "keep", _("永久保存")
    DESTROY = "destroy", _("销毁")
    DEPERSONALISE = "depersonalise", _("去标识")


class Skipped(TextChoices):
    """Why a record on an approved list was not touched after all 未执行的原因."""

    GONE = "gone", _("已不存在")
    HELD = "held", _("暂停销毁，或情况已变")


PURGE: Final = Machine(
    name="purge",
    label=_("销毁"),
    states={
        "proposed": _("待批准"),
        "approved": _("执行中"),
        "done": _("已执行"),
        "rejected": _("未批准"),
        "withdrawn": _("已撤回"),
    },
    steps=(
        Step("approve", _("批准"), ("proposed",), "approved", "retention.approve"),
        Step("reject", _("不批准"), ("proposed",), "rejected", "retention.approve"),
        Step("withdraw", _("撤回"), ("proposed",), "withdrawn", "retention.propose"),
        Step("finish", _("执行完毕"), ("approved",), "done", "jobs.run"),
    ),
)
