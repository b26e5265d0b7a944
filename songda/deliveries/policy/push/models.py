"""Pushes: who was to be told what, as decided by a person on a dry run."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.registry.campaigns.models import Campaign
from songda.registry.organisations.models import Organisation


class Push(models.Model):
    """One push 推送: its measures or texts, its scope, and what came of it. Counts are queries over notices, never stored.

    `rule` narrows the audience (of a text: makes it). `urgent` goes before everything else and to those who declined bulk messages,
    for the reason given. `request_key` comes from the form: pressed twice, it is one push.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="pushes", null=True, verbose_name=_("活动"))
    title = models.CharField(_("标题"), max_length=160)
    area_path = models.CharField(_("推送辖区"), max_length=120)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("推送单位"))
    channels = models.JSONField(_("渠道"), default=list)
    rule = models.TextField(_("补充条件"), blank=True)
    urgent = models.BooleanField(_("紧急"), default=False)
    urgent_reason = models.CharField(_("紧急理由"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("发起时间"))
    account_id = models.BigIntegerField(_("发起账号"), null=True)
    name = models.CharField(_("发起人"), max_length=80)
    finished_at = models.DateTimeField(_("生成完毕"), null=True)
    request_key = models.CharField(_("提交编号"), max_length=48, unique=True, null=True)

    class Meta:
        verbose_name = _("推送")
        verbose_name_plural = _("推送")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(urgent=False) | ~models.Q(urgent_reason=""), name="urgent_push_says_why")
        ]

    def __str__(self) -> str:
        return self.title


class Announcement(models.Model):
    """A text of its own 通知公告, not a document of the library: the same words are told to a firm once."""

    title = models.CharField(_("标题"), max_length=160)
    text = models.CharField(_("内容"), max_length=360)
    digest = models.CharField(_("内容摘要"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("拟稿时间"))

    class Meta:
        verbose_name = _("通知公告")
        verbose_name_plural = _("通知公告")

    def __str__(self) -> str:
        return self.title


class PushLine(models.Model):
    """One thing that the push tells about: a measure's version, a document, or an announcement."""

    push = models.ForeignKey(Push, models.PROTECT, related_name="lines", verbose_name=_("推送"))
    version = models.ForeignKey(MeasureVersion, models.PROTECT, null=True, related_name="push_lines", verbose_name=_("措施版本"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("政策文件"))
    announcement = models.ForeignKey(Announcement, models.PROTECT, null=True, related_name="+", verbose_name=_("通知公告"))

    class Meta:
        verbose_name = _("推送内容")
        verbose_name_plural = _("推送内容")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["push", "version"], name="push_line_once"),
            models.UniqueConstraint(fields=["push", "document"], name="push_document_once"),
            models.UniqueConstraint(fields=["push", "announcement"], name="push_announcement_once"),
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, document=None, announcement=None)
                | models.Q(version=None, document__isnull=False, announcement=None)
                | models.Q(version=None, document=None, announcement__isnull=False),
                name="push_line_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.push_id}: {self.thing}"

    @property
    def thing(self) -> MeasureVersion | Document | Announcement | None:
        """What the line is about."""
        return self.version or self.document or self.announcement
