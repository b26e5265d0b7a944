"""Notices, their lines, the evidence per recipient; groups; and what keeps the pace of a channel."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.ledger.notices.states import CHANNELS, DELIVERY, GROUP_CHANNELS, HELD, LABELS, LANES, Lane
from songda.registry.people.models import Contact, Post
from songda.registry.subjects.models import Subject

ONE_RECIPIENT = (
    models.Q(subject__isnull=False, post=None, group=None)
    | models.Q(subject=None, post__isnull=False, group=None)
    | models.Q(subject=None, post=None, group__isnull=False)
)

LANE_CHOICES = [(int(lane), label) for lane, label in LANES.items()]


class Group(models.Model):
    """A chat group 群 of a messaging platform, told through its robot. One message there counts as its `members` (SUP-04).

    The robot's address and secret are in the installation's channels file, under the group's code.
    """

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("群名"), max_length=80)
    channel = models.CharField(_("渠道"), max_length=16, choices=[(code, CHANNELS[code]) for code in GROUP_CHANNELS])
    members = models.PositiveIntegerField(_("人数"))
    counted_on = models.DateField(_("人数核对日期"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("群")
        verbose_name_plural = _("群")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(members__gt=0), name="group_has_members")]

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """What one recipient is told in one go: a subject, a post or a group. `cause` says which push or step it came from
    ('push:12'), once a recipient. `link` is the page that a post is led to; firms get a signed link instead."""

    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="notices", verbose_name=_("主体"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("岗位"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", verbose_name=_("群"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    cause = models.CharField(_("起因"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    link = models.CharField(_("链接"), max_length=200, blank=True)
    body_digest = models.CharField(_("正文摘要"), max_length=64)
    created_at = models.DateTimeField(_("生成时间"))

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_RECIPIENT, name="notice_has_one_recipient"),
            models.UniqueConstraint(fields=["subject", "cause"], name="one_notice_a_cause"),
            models.UniqueConstraint(fields=["post", "cause"], name="one_notice_a_post"),
            models.UniqueConstraint(fields=["group", "cause"], name="one_notice_a_group"),
        ]
        indexes: ClassVar = [models.Index(fields=["cause", "area_path", "id"], name="notice_cause_area")]

    def __str__(self) -> str:
        return self.title


class NoticeLine(models.Model):
    """One thing told. A recipient is told a topic ('measure_version', 17) at most once, ever (POL-07)."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="lines", verbose_name=_("通知"))
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("主体"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("岗位"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("群"))
    topic = models.CharField(_("事由"), max_length=24)
    topic_id = models.BigIntegerField(_("事由编号"))
    text = models.CharField(_("内容"), max_length=400)
    reason = models.CharField(_("为何推送"), max_length=400, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("序号"), default=0)

    class Meta:
        verbose_name = _("通知内容")
        verbose_name_plural = _("通知内容")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "topic", "topic_id"], name="told_once"),
            models.UniqueConstraint(fields=["post", "topic", "topic_id"], name="post_told_once"),
            models.UniqueConstraint(fields=["group", "topic", "topic_id"], name="group_told_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["topic", "topic_id"], name="line_topic")]

    def __str__(self) -> str:
        return self.text


class NoticeDelivery(models.Model):
    """One message to one contact (or group) on one channel, with what is known of its fate.

    `next_at` is when it is due while queued, until when its worker is believed alive while sending, and when the platform is asked
    again while unknown. `held` and `failure` say why it has not gone out; `members` is how many people one message stands for.
    `post` is copied from the notice: a post's own messages are not part of what firms were told. `contact` is empty for a post's
    inbox and for a group. What goes to a program has its `hook` and the `event`; its notice is the owner's.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", verbose_name=_("通知"))
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", verbose_name=_("联系方式"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("岗位"))
    hook = models.ForeignKey(
        "Hook", models.PROTECT, null=True, related_name="deliveries", db_index=False, verbose_name=_("事件推送")
    )
    event = models.ForeignKey(
        "Event", models.PROTECT, null=True, related_name="deliveries", db_index=False, verbose_name=_("事件")
    )
    channel = models.CharField(_("渠道"), max_length=16, choices=list(LABELS.items()))
    lane = models.PositiveSmallIntegerField(_("通道"), choices=LANE_CHOICES, default=int(Lane.BULK))
    members = models.PositiveIntegerField(_("人数"), default=1)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    key = models.CharField(_("幂等键"), max_length=64, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=list(DELIVERY.states.items()), default="queued")
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    asks = models.PositiveSmallIntegerField(_("查询次数"), default=0)
    next_at = models.DateTimeField(_("下次尝试"))
    held = models.CharField(_("未发原因"), max_length=10, choices=list(HELD.items()), blank=True)
    provider_id = models.CharField(_("平台消息号"), max_length=80, blank=True)
    failure = models.CharField(_("失败原因"), max_length=200, blank=True)
    link_digest = models.CharField(_("链接摘要"), max_length=64, unique=True)
    begun_at = models.DateTimeField(_("最近一次发送"), null=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True)
    opened_at = models.DateTimeField(_("查看时间"), null=True)
    acted_at = models.DateTimeField(_("响应时间"), null=True)

    class Meta:
        verbose_name = _("送达记录")
        verbose_name_plural = _("送达记录")
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "contact"], name="one_delivery_a_contact")]
        indexes: ClassVar = [
            models.Index(fields=["channel", "state", "lane", "next_at", "id"], name="delivery_in_line"),
            models.Index(fields=["area_path", "id"], name="delivery_area"),
            # A post's own messages as the home shows them, and what went wrong on the way to firms: both are asked for at every turn.
            models.Index(
                fields=["post", "state", "channel", "lane", "-id"],
                condition=models.Q(post__isnull=False),
                name="delivery_of_post",
            ),
            models.Index(fields=["state", "area_path"], condition=models.Q(post=None), name="delivery_state_area"),
            models.Index(fields=["hook", "-id"], condition=models.Q(hook__isnull=False), name="delivery_of_hook"),
            models.Index(fields=["event"], condition=models.Q(event__isnull=False), name="delivery_of_event"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.channel} ({self.state})"


class ChannelTerms(models.Model):
    """What a campaign sets for a channel 渠道规则: messages a minute (0: no limit), messages a firm and week, quiet hours."""

    code = models.CharField(_("渠道"), max_length=16, unique=True, choices=list(CHANNELS.items()))
    name = models.CharField(_("名称"), max_length=40)
    per_minute = models.PositiveIntegerField(_("每分钟条数"), default=0)
    weekly = models.PositiveSmallIntegerField(_("每家企业每周次数"), default=0)
    quiet_from = models.TimeField(_("免打扰起"), null=True)
    quiet_to = models.TimeField(_("免打扰止"), null=True)

    class Meta:
        verbose_name = _("渠道规则")
        verbose_name_plural = _("渠道规则")

    def __str__(self) -> str:
        return self.name


class Pace(models.Model):
    """How fast a channel has been used in the last minute, and until when its platform wants to be left alone.

    One row a channel, changed under its version by every claim: that row is what two workers share.
    """

    channel = models.CharField(_("渠道"), max_length=16, unique=True)
    version = models.PositiveBigIntegerField(_("版本"), default=0)
    spent = models.TextField(_("近一分钟"), default="{}")
    closed_until = models.DateTimeField(_("暂停至"), null=True)
    trouble = models.CharField(_("暂停原因"), max_length=200, blank=True)
    troubles = models.PositiveSmallIntegerField(_("连续暂停次数"), default=0)

    class Meta:
        verbose_name = _("渠道速率")
        verbose_name_plural = _("渠道速率")

    def __str__(self) -> str:
        return self.channel


class Hook(models.Model):
    """Where a program is told of events 事件推送, by HTTP: it belongs to a post, and is told what that post may see.

    The secrets are sealed; the one before goes on signing until `old_until`. Nothing is sent while it is paused, and never again once it
    is closed. `failing_since`: no call has been taken since then.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="hooks", verbose_name=_("岗位"))
    label = models.CharField(_("名称"), max_length=80)
    url = models.CharField(_("地址"), max_length=400)
    events = models.JSONField(_("事件"), default=list)
    secret = models.CharField(_("密钥（加密）"), max_length=300)
    old_secret = models.CharField(_("旧密钥（加密）"), max_length=300, blank=True)
    old_until = models.DateTimeField(_("旧密钥有效至"), null=True)
    made_at = models.DateTimeField(_("登记时间"))
    paused_at = models.DateTimeField(_("暂停时间"), null=True)
    closed_at = models.DateTimeField(_("停用时间"), null=True)
    why = models.CharField(_("停的原因"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("最近成功"), null=True)
    failing_since = models.DateTimeField(_("失败始于"), null=True)

    class Meta:
        verbose_name = _("事件推送")
        verbose_name_plural = _("事件推送")

    def __str__(self) -> str:
        return self.label

    @property
    def state(self) -> str:
        """closed, paused, failing or live."""
        if self.closed_at or self.paused_at:
            return "closed" if self.closed_at else "paused"
        return "failing" if self.failing_since else "live"


class Event(models.Model):
    """Something that happened 事件, as programs are told: a type of `rules.events`, codes and a link, never a person's values.

    `number` is what a program tells repeats apart by.
    """

    number = models.CharField(_("编号"), max_length=40, unique=True)
    type = models.CharField(_("类型"), max_length=40)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    at = models.DateTimeField(_("发生时间"))
    data = models.JSONField(_("内容"), default=dict)

    class Meta:
        verbose_name = _("事件")
        verbose_name_plural = _("事件")

    def __str__(self) -> str:
        return f"{self.type} {self.number}"

    @property
    def about(self) -> str:
        """The number of what it speaks of."""
        return next((str(self.data[name]) for name in ("case", "measure", "push", "return", "number") if name in self.data), "")
