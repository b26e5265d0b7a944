"""Guides by industry, their versions and what each was made from; who wants to be told of changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.guides.rules.openness import Industry
from songda.deliveries.policy.library.models import ContactCard, ImplementingRuleVersion, MeasureVersion
from songda.registry.subjects.models import Subject


class IndustryGroup(models.Model):
    """A group of industries 行业组 that gets a guide of its own: classes of GB/T 4754 with everything below them."""

    code = models.SlugField(_("行业组代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    classes = models.JSONField(_("国民经济行业"), default=list)
    ordinal = models.PositiveSmallIntegerField(_("次序"))

    class Meta:
        verbose_name = _("行业组")
        verbose_name_plural = _("行业组")
        ordering: ClassVar = ["ordinal", "pk"]

    def __str__(self) -> str:
        return self.name

    def as_industry(self) -> Industry:
        """As the rules take it."""
        return Industry(self.code, self.name, tuple(self.classes))


class FactScope(models.Model):
    """That a yes/no fact can only be 是 in certain industries 行业限定 (工业企业: B, C, D)."""

    fact = models.CharField(_("事实代码"), max_length=60, unique=True)
    classes = models.JSONField(_("国民经济行业"), default=list)

    class Meta:
        verbose_name = _("行业限定")
        verbose_name_plural = _("行业限定")

    def __str__(self) -> str:
        return self.fact


class Guide(models.Model):
    """The guide of an industry in a territory 操作指南; what it says is in its versions."""

    group = models.ForeignKey(IndustryGroup, models.PROTECT, related_name="guides", verbose_name=_("行业组"))
    area_path = models.CharField(_("适用辖区"), max_length=120)

    class Meta:
        verbose_name = _("操作指南")
        verbose_name_plural = _("操作指南")
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "area_path"], name="guide_once")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.area_path}"


class GuideVersion(models.Model):
    """A guide as issued 指南版本, never changed. `digest` is that of what it was made from (`GuideLine`).

    `stale_at`: when the nightly job first found that it is not what would be made today. The page does not rely on it.
    """

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="versions", verbose_name=_("操作指南"))
    number = models.PositiveIntegerField(_("版本号"))
    digest = models.CharField(_("摘要"), max_length=64)
    issued_at = models.DateTimeField(_("发布时间"))
    issued_by = models.BigIntegerField(_("发布账号"), null=True)
    issuer = models.CharField(_("发布人"), max_length=80)
    stale_at = models.DateTimeField(_("发现过期时间"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("被替代时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("指南版本")
        verbose_name_plural = _("指南版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once"),
            models.UniqueConstraint(fields=["guide"], condition=models.Q(superseded_at=None), name="one_guide_version_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} v{self.number}"


class GuideLine(models.Model):
    """One measure of a guide, with the version of the measure, the rules and the card it was told by."""

    version = models.ForeignKey(GuideVersion, models.CASCADE, related_name="lines", verbose_name=_("指南版本"))
    ordinal = models.PositiveSmallIntegerField(_("次序"))
    measure = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="+", verbose_name=_("措施版本"))
    implementing = models.ForeignKey(
        ImplementingRuleVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("实施细则版本")
    )
    card = models.ForeignKey(ContactCard, models.PROTECT, null=True, related_name="+", verbose_name=_("联系卡"))

    class Meta:
        verbose_name = _("指南条目")
        verbose_name_plural = _("指南条目")
        ordering: ClassVar = ["ordinal"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "measure"], name="guide_line_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.measure_id}"


class Subscription(models.Model):
    """A firm that wants to be told when a guide changes 订阅."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="subscriptions", verbose_name=_("操作指南"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("主体"))
    since = models.DateTimeField(_("订阅时间"))
    ended_at = models.DateTimeField(_("退订时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("指南订阅")
        verbose_name_plural = _("指南订阅")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guide", "subject"], condition=models.Q(ended_at=None), name="subscribed_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} → {self.guide_id}"
