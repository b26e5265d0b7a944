"""Implementing rules 实施细则: how a measure is had in practice, by version; which measures each covers; who owes a missing one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models.documents import Article, Document
from songda.deliveries.policy.library.models.measures import Measure
from songda.deliveries.policy.library.states import MEASURE, RulePart
from songda.registry.organisations.models import Organisation


class ImplementingRule(models.Model):
    """A set of implementing rules 实施细则 by code; what it says is in its versions (POL-03)."""

    code = models.SlugField(_("细则代码"), max_length=80, unique=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("实施细则")
        verbose_name_plural = _("实施细则")

    def __str__(self) -> str:
        return self.code


class ImplementingRuleVersion(models.Model):
    """One version: who handles it, on what conditions, with which papers and steps, in how many days, paid from what.

    It walks the same states as a measure. In force 现行 on a day: published (or superseded since) and the day lies in `valid_from` …
    `valid_until`; so the version of any past day can still be found. It holds for its territory (`area_path` and below).
    `edited_at` empty: as the reader drafted it.
    """

    rule = models.ForeignKey(ImplementingRule, models.PROTECT, related_name="versions", verbose_name=_("实施细则"))
    number = models.PositiveIntegerField(_("版本号"))
    title = models.CharField(_("名称"), max_length=160)
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    conditions = models.TextField(_("办理条件"), blank=True)
    papers = models.JSONField(_("申报材料"), default=list, blank=True)
    steps = models.JSONField(_("办理步骤"), default=list, blank=True)
    department = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任单位")
    )
    time_limit_days = models.PositiveSmallIntegerField(_("办理时限（工作日）"), null=True, blank=True)
    payment_basis = models.CharField(_("资金来源与拨付依据"), max_length=300, blank=True)
    contact = models.CharField(_("办理地点与咨询方式"), max_length=300, blank=True)
    valid_from = models.DateField(_("施行日期"), null=True, blank=True)
    valid_until = models.DateField(_("失效日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=list(MEASURE.states.items()), default="draft")
    measures = models.ManyToManyField(Measure, through="Coverage", related_name="implementing_versions")
    drafted_at = models.DateTimeField(_("起草时间"))
    edited_by = models.BigIntegerField(_("修改账号"), null=True)
    edited_at = models.DateTimeField(_("修改时间"), null=True)
    confirmed_by = models.BigIntegerField(_("审核账号"), null=True)
    confirmed_at = models.DateTimeField(_("审核时间"), null=True)
    published_by = models.BigIntegerField(_("发布账号"), null=True)
    published_at = models.DateTimeField(_("发布时间"), null=True)

    class Meta:
        verbose_name = _("实施细则版本")
        verbose_name_plural = _("实施细则版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "number"], name="implementing_version_once"),
            models.UniqueConstraint(
                fields=["rule"], condition=models.Q(state="published"), name="one_published_implementing_version"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("confirmed_by")),
                name="implementing_publisher_is_not_confirmer",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(valid_from__isnull=False),
                name="published_implementing_version_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Coverage(models.Model):
    """That a version says how a measure is had 覆盖. One version covers several measures, one measure may have several versions."""

    version = models.ForeignKey(ImplementingRuleVersion, models.CASCADE, related_name="coverages", verbose_name=_("实施细则版本"))
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="coverages", verbose_name=_("措施"))

    class Meta:
        verbose_name = _("细则覆盖")
        verbose_name_plural = _("细则覆盖")
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "measure"], name="covered_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.measure_id}"


class ImplementingSource(models.Model):
    """The verbatim piece of a document from which a part of a version was read. Written by hand, a version may have none."""

    version = models.ForeignKey(ImplementingRuleVersion, models.CASCADE, related_name="sources", verbose_name=_("实施细则版本"))
    part = models.CharField(_("内容"), max_length=12, choices=RulePart.choices)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("政策文件"))
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="+", verbose_name=_("条款"))
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    quote = models.TextField(_("原文"))

    class Meta:
        verbose_name = _("细则出处")
        verbose_name_plural = _("细则出处")
        ordering: ClassVar = ["document_id", "start", "pk"]

    def __str__(self) -> str:
        return self.quote[:40]


class GapAssignment(models.Model):
    """A missing set of rules handed to a department 交办 with the day it is due. Closed by the version that covers the measure.

    `area_path`: the territory in which the measure has no rules (a city's measure may have them in one zone and not in another).
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="gap_assignments", verbose_name=_("措施"))
    area_path = models.CharField(_("辖区"), max_length=120, blank=True)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    due_on = models.DateField(_("应于"))
    assigned_by = models.BigIntegerField(_("交办账号"), null=True)
    assigned_at = models.DateTimeField(_("交办时间"))
    closed_by = models.ForeignKey(
        ImplementingRuleVersion, models.PROTECT, null=True, blank=True, related_name="closes", verbose_name=_("办结的细则")
    )
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("细则交办")
        verbose_name_plural = _("细则交办")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "area_path"], condition=models.Q(closed_at=None), name="one_open_gap_assignment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.due_on}"
