"""Plans of markets: versions, their merchants, and who trades when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.markets.states import PLAN
from songda.registry.subjects.models import Subject


class MarketPlan(models.Model):
    """One version of a market's staggered plan 分区域、分时段、错峰经营方案 (SVC-10).

    `zones` is a list of [name, capacity in people], `slots` the names of the time slots in their order. A market has at most one
    draft (or one waiting) and one published plan; who drafted it does not publish it.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="market_plans", verbose_name=_("市场"))
    number = models.PositiveIntegerField(_("版本号"))
    zones = models.JSONField(_("分区"))
    slots = models.JSONField(_("时段"))
    notice = models.TextField(_("入场须知"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=list(PLAN.states.items()), default="draft")
    drafted_by = models.BigIntegerField(_("编制账号"), null=True)
    drafted_name = models.CharField(_("编制人"), max_length=80)
    drafted_at = models.DateTimeField(_("编制时间"))
    returned_for = models.CharField(_("退回原因"), max_length=200, blank=True)
    published_by = models.BigIntegerField(_("批准账号"), null=True)
    published_name = models.CharField(_("批准人"), max_length=80, blank=True)
    published_at = models.DateTimeField(_("公布时间"), null=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("一场一案")
        verbose_name_plural = _("一场一案")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "number"], name="market_plan_version"),
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(state__in=("draft", "submitted")), name="one_market_plan_in_hand"
            ),
            models.UniqueConstraint(fields=["subject"], condition=models.Q(state="published"), name="one_published_market_plan"),
            models.CheckConstraint(
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("drafted_by")),
                name="market_plan_publisher_is_not_drafter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.number}"


class Stall(models.Model):
    """A merchant of the market 商户 with its wishes. `away` are names of slots it cannot take."""

    plan = models.ForeignKey(MarketPlan, models.CASCADE, related_name="stalls", verbose_name=_("方案"))
    seq = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("商户"), max_length=80)
    zone = models.CharField(_("分区"), max_length=40)
    goods = models.CharField(_("经营品类"), max_length=60, blank=True)
    people = models.PositiveIntegerField(_("人数"))
    least = models.PositiveSmallIntegerField(_("最少时段"))
    most = models.PositiveSmallIntegerField(_("最多时段"))
    seasonal = models.BooleanField(_("应季"), default=False)
    away = models.JSONField(_("不能到场的时段"), default=list)

    class Meta:
        verbose_name = _("商户")
        verbose_name_plural = _("商户")
        ordering: ClassVar = ["seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "name"], name="stall_once_a_plan")]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """That a merchant trades in a slot 排期. `by_hand`: a person put it there."""

    stall = models.ForeignKey(Stall, models.CASCADE, related_name="placements", verbose_name=_("商户"))
    slot = models.CharField(_("时段"), max_length=40)
    by_hand = models.BooleanField(_("人工安排"), default=False)

    class Meta:
        verbose_name = _("排期")
        verbose_name_plural = _("排期")
        constraints: ClassVar = [models.UniqueConstraint(fields=["stall", "slot"], name="placed_once")]

    def __str__(self) -> str:
        return f"{self.stall_id} {self.slot}"
