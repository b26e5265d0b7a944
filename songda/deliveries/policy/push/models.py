"""Pushes: who was to be told what, as decided by a person on a dry run."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.registry.campaigns.models import Campaign


class Push(models.Model):
    """One push 推送: its measures, its scope, and what came of it. Counts are queries over notices, never stored."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="pushes", null=True, verbose_name=_("活动"))
    title = models.CharField(_("标题"), max_length=160)
    area_path = models.CharField(_("推送辖区"), max_length=120)
    channels = models.JSONField(_("渠道"), default=list)
    created_at = models.DateTimeField(_("发起时间"))
    account_id = models.BigIntegerField(_("发起账号"), null=True)
    name = models.CharField(_("发起人"), max_length=80)
    finished_at = models.DateTimeField(_("生成完毕"), null=True)

    class Meta:
        verbose_name = _("推送")
        verbose_name_plural = _("推送")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.title


class PushLine(models.Model):
    """A measure version that the push tells about."""

    push = models.ForeignKey(Push, models.PROTECT, related_name="lines", verbose_name=_("推送"))
    version = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="push_lines", verbose_name=_("措施版本"))

    class Meta:
        verbose_name = _("推送内容")
        verbose_name_plural = _("推送内容")
        constraints: ClassVar = [models.UniqueConstraint(fields=["push", "version"], name="push_line_once")]

    def __str__(self) -> str:
        return f"{self.push_id}: {self.version_id}"
