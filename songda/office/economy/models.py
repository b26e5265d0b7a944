"""Yearly targets, each version kept; and what the pack sets for this room."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.versions import Declared
from songda.office.economy.states import Pace
from songda.registry.organisations.models import Organisation


class Parameter(Declared):
    """A set of parameters as the pack declares it 口径参数: `pace` (how behind is told) or `entry` (the register's conditions)."""

    class Meta(Declared.Meta):
        verbose_name = _("口径参数")
        verbose_name_plural = _("口径参数")


class Target(models.Model):
    """What a unit has to reach in a year 全年目标 by one indicator: `number` × 10^-`scale` in the indicator's unit.

    A row is never changed: another number is another row that `replaces` it with a reason. What nothing replaces is in force.
    """

    code = models.SlugField(_("指标代码"), max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.BigIntegerField(_("目标值"))
    scale = models.PositiveSmallIntegerField(_("小数位"), default=0)
    pace = models.CharField(_("进度算法"), max_length=5, choices=Pace.choices, default=Pace.SUM)
    source = models.CharField(_("依据文件"), max_length=200)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    set_at = models.DateTimeField(_("登记时间"))
    set_by = models.BigIntegerField(_("登记账号"), null=True)
    set_name = models.CharField(_("登记人"), max_length=80)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("原目标"))
    reason = models.CharField(_("调整原因"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("全年目标")
        verbose_name_plural = _("全年目标")
        indexes: ClassVar = [models.Index(fields=["year", "area_path", "code"], name="target_listed")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "organisation", "year"], condition=models.Q(replaces=None), name="target_begins_once"
            ),
            models.CheckConstraint(
                condition=models.Q(replaces=None) | ~models.Q(reason=""), name="target_replaced_with_a_reason"
            ),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="target_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year} v{self.version}"

    @property
    def exact(self) -> Fraction:
        """The target in the indicator's unit."""
        return Fraction(self.number, 10**self.scale)

    @property
    def plain(self) -> Decimal:
        """The same as a decimal, for print."""
        return Decimal(self.number).scaleb(-self.scale)
