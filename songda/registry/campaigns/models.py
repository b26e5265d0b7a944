"""Packs applied to this place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Campaign(models.Model):
    """A campaign 活动 (三送一强 2020): what a pack declared, at one version."""

    code = models.SlugField(_("活动代码"), max_length=60)
    version = models.CharField(_("版本"), max_length=20)
    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    demonstration = models.BooleanField(_("演示"), default=False)
    digest = models.CharField(_("内容摘要"), max_length=64)
    applied_at = models.DateTimeField(_("装载时间"))

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "version"], name="campaign_version_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
