"""States of a delivery, its lanes and the channels: `sending` is committed before each call, so a dead worker leaves a trace."""

from __future__ import annotations

import enum

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
        Step("bounce", "退回", ("sent",), "failed", "jobs.send"),
        Step("lose", "结果不明", ("sending",), "unknown", "jobs.send"),
        Step("expire", "重试已不安全", ("queued",), "unknown", "jobs.send"),
        Step("return", "平台未收到，重发", ("unknown",), "queued", "jobs.send"),
        Step("drop", "放弃", ("queued",), "failed", "push.send"),
        Step("requeue", "人工重发", ("failed", "unknown"), "queued", "push.send"),
        Step("open", "查看", ("sending", "sent", "delivered", "unknown"), "opened", "firm.read"),
        Step("act", "响应", ("sending", "sent", "delivered", "unknown", "opened"), "acted", "firm.read"),
    ),
)  # fmt: skip

# Evidence that a message reached its contact. `sent` counts because most channels give no receipts: the platform took
# the message and said so (docs/algorithms/delivery.md). queued, sending, failed and unknown are evidence of nothing.
REACHED = ("sent", "delivered", "opened", "acted")
STUCK = ("failed", "unknown")


class Lane(enum.IntEnum):
    """Which queue a message stands in 通道: the smaller number goes first, looked at before each batch.

    URGENT 紧急 knows no quiet hours and no cap. REPLY 答复 answers what the recipient asked for, or is work for a post: quiet
    hours, no cap. BULK 批量 is everything else: quiet hours, the cap a firm and week, and a tenth of each minute left free.
    """

    URGENT = 0
    REPLY = 1
    BULK = 2


LANES = {Lane.URGENT: _("紧急"), Lane.REPLY: _("答复"), Lane.BULK: _("批量")}
INBOX = "inbox"
CHANNELS = {
    INBOX: _("站内信"), "sms": _("短信"), "email": _("电子邮件"), "dingtalk": _("钉钉"), "wecom": _("企业微信"),
    "dingtalk_group": _("钉钉群"), "wecom_group": _("企业微信群"),
}  # fmt: skip
WEBHOOK = "webhook"  # to programs, not to people: never among the channels that somebody is told through
GROUP_CHANNELS = ("dingtalk_group", "wecom_group")
LABELS = {**CHANNELS, WEBHOOK: _("事件推送")}
HELD = {
    "": "", "cap": _("企业本周次数已满"), "retry": _("稍后重试"), "doubt": _("未得到答复，稍后重试"), "ask": _("等待向平台查询"),
    "restored": _("恢复后待放行"),
}  # fmt: skip
