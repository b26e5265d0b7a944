"""Packs applied to this place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.audit.models import AppendOnlyModel


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


class SheetVersion(AppendOnlyModel):
    """A file of the applied pack 活动包文件 in one version, as text; the highest number is the one in force.

    Appended only: who changes a file first takes its next number (unique index), who changed it from an older reading is refused.
    """

    class Origin(models.TextChoices):
        """How a version came about."""

        PACK = "pack", _("装载活动包")
        PAGE = "page", _("管理页面")

    campaign = models.SlugField(_("活动代码"), max_length=60)
    file = models.CharField(_("文件"), max_length=120)
    number = models.PositiveIntegerField(_("版本号"))
    text = models.TextField(_("内容"), blank=True)
    present = models.BooleanField(_("在包内"), default=True)
    digest = models.CharField(_("内容摘要"), max_length=64)
    entries = models.PositiveIntegerField(_("条目数"), default=0)
    origin = models.CharField(_("来自"), max_length=8, choices=Origin.choices)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("变更时间"))
    post_id = models.BigIntegerField(_("岗位编号"), null=True)
    changed_name = models.CharField(_("经手人"), max_length=80)

    class Meta:
        verbose_name = _("活动包文件版本")
        verbose_name_plural = _("活动包文件版本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "file", "number"], name="campaign_sheet_once")]

    def __str__(self) -> str:
        return f"{self.file} v{self.number}"


class SheetChange(AppendOnlyModel):
    """What a version changed in one entry 条目: its text before and after; empty before for a new one, empty after for one taken out."""

    version = models.ForeignKey(SheetVersion, models.PROTECT, related_name="changes", verbose_name=_("文件版本"))
    entry = models.CharField(_("条目"), max_length=200)
    before = models.TextField(_("变更前"), blank=True)
    after = models.TextField(_("变更后"), blank=True)

    class Meta:
        verbose_name = _("条目变更")
        verbose_name_plural = _("条目变更")
        indexes: ClassVar = [models.Index(fields=["entry", "version"], name="campaign_entry")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.entry}"
