"""States of a delivery: `sending` is committed before each call, so a dead worker leaves a trace and nothing is doubled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step

DELIVERY = Machine(
    name="delivery",
    label="送达",
    states={
        "queued": _("待发送"), "sending": _("发送中"), "sent": _("已发出"), "delivered": _("已送达"),
        "opened": _("已查看"), "acted": _("已响应"), "failed": _("发送失败"), "unknown": _("结果不明"),
    },
    steps=(
        Step("begin", "开始发送", ("queued",), "sending", "jobs.send"),
        Step("retry", "稍后重试", ("sending",), "queued", "jobs.send"),
        Step("send", "发出", ("sending", "unknown"), "sent", "jobs.send"),
        Step("deliver", "送达", ("sending", "sent", "unknown"), "delivered", "jobs.send"),
        Step("fail", "失败", ("sending", "unknown"), "failed", "jobs.send"),
        Step("lose", "结果不明", ("sending",), "unknown", "jobs.send"),
        Step("requeue", "人工重发", ("failed", "unknown"), "queued", "push.send"),
        Step("open", "查看", ("sending", "sent", "delivered", "unknown"), "opened", "firm.read"),
        Step("act", "响应", ("sending", "sent", "delivered", "unknown", "opened"), "acted", "firm.read"),
    ),
)  # fmt: skip

# Evidence that a message reached its contact. `sent` counts because the channels in use give no receipts: the platform took
# the message and said so (docs/algorithms/delivery.md). queued, sending, failed and unknown are evidence of nothing.
REACHED = ("sent", "delivered", "opened", "acted")
