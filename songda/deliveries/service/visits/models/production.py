"""Reaching and widening capacity 达产扩产: plan and actual by the week."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.ledger.cases.models import Case
from songda.registry.subjects.models import Subject


class Production(models.Model):
    """A firm's plan for one product 生产计划. `normal` is the week's output before the epidemic, `capacity` the designed one."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="productions", verbose_name=_("主体"))
    product = models.CharField(_("产品"), max_length=80)
    unit = models.CharField(_("计量单位"), max_length=16)
    normal = models.PositiveBigIntegerField(_("疫前周产量"))
    capacity = models.PositiveBigIntegerField(_("设计周产能"))
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("生产计划")
        verbose_name_plural = _("生产计划")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "product"], name="product_once_a_firm")]

    def __str__(self) -> str:
        return self.product


class ProductionWeek(models.Model):
    """A week of it 周: planned, actual (None: not reported), what stood in the way, and the case that came of it."""

    production = models.ForeignKey(Production, models.CASCADE, related_name="weeks", verbose_name=_("生产计划"))
    monday = models.DateField(_("周一"))
    planned = models.PositiveBigIntegerField(_("计划产量"))
    actual = models.PositiveBigIntegerField(_("实际产量"), null=True)
    bottleneck = models.CharField(_("瓶颈"), max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("台账事项"))

    class Meta:
        verbose_name = _("周产量")
        verbose_name_plural = _("周产量")
        constraints: ClassVar = [models.UniqueConstraint(fields=["production", "monday"], name="week_once_a_product")]

    def __str__(self) -> str:
        return f"{self.production_id} {self.monday}"
