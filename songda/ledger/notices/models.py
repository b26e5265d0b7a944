"""Notices, their lines and the evidence per recipient."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.ledger.notices.states import DELIVERY
from songda.registry.people.models import Contact
from songda.registry.subjects.models import Subject


class Notice(models.Model):
    """What one subject is told in one go; `cause` says which push or step it came from ('push:12'), once per subject."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="notices", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    cause = models.CharField(_("起因"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    body_digest = models.CharField(_("正文摘要"), max_length=64)
    created_at = models.DateTimeField(_("生成时间"))

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "cause"], name="one_notice_a_cause")]
        indexes: ClassVar = [models.Index(fields=["cause", "area_path", "id"], name="notice_cause_area")]

    def __str__(self) -> str:
        return self.title


class NoticeLine(models.Model):
    """One thing told. A subject is told a topic ('measure_version', 17) at most once, ever (POL-07)."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="lines", verbose_name=_("通知"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", db_index=False, verbose_name=_("主体"))
    topic = models.CharField(_("事由"), max_length=24)
    topic_id = models.BigIntegerField(_("事由编号"))
    text = models.CharField(_("内容"), max_length=400)
    reason = models.CharField(_("为何推送"), max_length=400, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("序号"), default=0)

    class Meta:
        verbose_name = _("通知内容")
        verbose_name_plural = _("通知内容")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "topic", "topic_id"], name="told_once")]
        indexes: ClassVar = [models.Index(fields=["topic", "topic_id"], name="line_topic")]

    def __str__(self) -> str:
        return self.text


class NoticeDelivery(models.Model):
    """One message to one contact on one channel, with what is known of its fate.

    `next_at` is when it is due while queued, and until when its worker is believed alive while sending.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", verbose_name=_("通知"))
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name=_("联系方式"))
    channel = models.CharField(_("渠道"), max_length=10, choices=Contact.Channel.choices)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    key = models.CharField(_("幂等键"), max_length=64, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=list(DELIVERY.states.items()), default="queued")
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_at = models.DateTimeField(_("下次尝试"))
    provider_id = models.CharField(_("平台消息号"), max_length=80, blank=True)
    failure = models.CharField(_("失败原因"), max_length=200, blank=True)
    link_digest = models.CharField(_("链接摘要"), max_length=64, unique=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True)
    opened_at = models.DateTimeField(_("查看时间"), null=True)
    acted_at = models.DateTimeField(_("响应时间"), null=True)

    class Meta:
        verbose_name = _("送达记录")
        verbose_name_plural = _("送达记录")
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "contact"], name="one_delivery_a_contact")]
        indexes: ClassVar = [
            models.Index(fields=["channel", "state", "next_at"], name="delivery_due"),
            models.Index(fields=["area_path", "id"], name="delivery_area"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.contact_id} ({self.state})"
