"""Subjects, their names over time, and what was merged."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.registry.organisations.models import Organisation


class Subject(models.Model):
    """A market subject 主体. The key is `id`; companies carry a unified social credit code, others a local number.

    Only what lists filter by stands here (industry, size, listed status …), each a copy of a fact kept by `registry.facts`.
    `registered_at` is when the row came: what was known before does not count it (SUP-08). None: known from the start.
    """

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("企业")
        MERCHANT = "merchant", _("商户")
        FARM = "farm", _("农业经营主体")
        SITE = "site", _("工地")
        PROJECT = "project", _("项目")
        MARKET = "market", _("市场")
        PARK = "park", _("园区")

    class Status(models.TextChoices):
        OPEN = "open", _("存续")
        SUSPENDED = "suspended", _("停业")
        CLOSED = "closed", _("注销")

    kind = models.CharField(_("主体类型"), max_length=12, choices=Kind.choices)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)
    local_number = models.CharField(_("本地编号"), max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(_("名称"), max_length=160)
    name_key = models.CharField(_("拼音排序键"), max_length=200, db_index=True)
    name_core = models.CharField(_("名称主干"), max_length=160, db_index=True)
    home = models.ForeignKey(Organisation, models.PROTECT, related_name="subjects", verbose_name=_("所在辖区"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    industry = models.CharField(_("行业代码"), max_length=8, blank=True)
    size = models.CharField(_("企业规模"), max_length=8, blank=True)
    above_scale = models.BooleanField(_("规模以上"), null=True)
    status = models.CharField(_("状态"), max_length=12, choices=Status.choices, default=Status.OPEN)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)
    registered_at = models.DateTimeField(_("入库时间"), null=True)
    # No index: nearly every row is NULL here, and planners take an index on it for the range over area_path they should use.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="absorbed", verbose_name=_("并入")
    )

    class Meta:
        verbose_name = _("主体")
        verbose_name_plural = _("主体")
        indexes: ClassVar = [
            models.Index(fields=["area_path", "name_key", "id"], name="subject_area_name"),
            models.Index(fields=["kind", "area_path"], name="subject_kind_area"),
            # How many there are in a territory: 58,000 in 3 ms, 59 ms by the index above, which does not know who was merged;
            # and the first fifty of them by name, sorted from the index alone: 8 ms instead of 32.
            models.Index(
                fields=["area_path", "name_key", "id"], condition=models.Q(merged_into=None), name="subject_present_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another name 曾用名 or 别名 of a subject, and since when."""

    class Kind(models.TextChoices):
        FORMER = "former", _("曾用名")
        SHORT = "short", _("简称")
        VARIANT = "variant", _("别名")

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="aliases", verbose_name=_("主体"))
    name = models.CharField(_("名称"), max_length=160)
    name_core = models.CharField(_("名称主干"), max_length=160, db_index=True)
    kind = models.CharField(_("类别"), max_length=8, choices=Kind.choices)
    until = models.DateField(_("使用至"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("别名")
        verbose_name_plural = _("别名")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class Merge(models.Model):
    """A merge 合并 of two rows for one subject; reversible, so nothing is deleted."""

    kept = models.ForeignKey(Subject, models.PROTECT, related_name="merges", verbose_name=_("保留"))
    merged = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("被合并"))
    reason = models.CharField(_("理由"), max_length=200)
    merged_at = models.DateTimeField(_("合并时间"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = _("主体合并")
        verbose_name_plural = _("主体合并")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["merged"], condition=models.Q(undone_at=None), name="merged_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class Belonging(models.Model):
    """A subject's membership in a park 园区 (beside its home area), with dates."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="belongings", verbose_name=_("主体"))
    park = models.ForeignKey(Organisation, models.PROTECT, related_name="tenants", verbose_name=_("园区"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("入驻")
        verbose_name_plural = _("入驻")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "park"], condition=models.Q(ends_on=None), name="tenant_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} in {self.park_id}"
