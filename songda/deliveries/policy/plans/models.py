"""Implementing plans 落实方案: for every measure of a superior package a unit, a day, local parameters, or why it does not apply."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models import Article, Document, Measure
from songda.deliveries.policy.plans.states import PLAN
from songda.ledger.cases.models import Case
from songda.registry.organisations.models import Organisation


class Plan(models.Model):
    """A version of a territory's plan 落实方案 for a superior document. `document`: the plan as it was issued itself."""

    code = models.SlugField(_("方案代码"), max_length=80)
    number = models.PositiveIntegerField(_("版本号"))
    title = models.CharField(_("名称"), max_length=160)
    upper = models.ForeignKey(Document, models.PROTECT, related_name="plans", verbose_name=_("上位文件"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("方案文件"))
    area_path = models.CharField(_("适用辖区"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=list(PLAN.states.items()), default="draft")
    former = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("前一版"))
    demonstration = models.BooleanField(_("演示数据"), default=False)
    drafted_at = models.DateTimeField(_("起草时间"))
    edited_at = models.DateTimeField(_("修改时间"), null=True)
    confirmed_by = models.BigIntegerField(_("审核账号"), null=True)
    confirmed_at = models.DateTimeField(_("审核时间"), null=True)
    published_by = models.BigIntegerField(_("发布账号"), null=True)
    published_at = models.DateTimeField(_("发布时间"), null=True)

    class Meta:
        verbose_name = _("落实方案")
        verbose_name_plural = _("落实方案")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "number"], name="plan_row_version_once"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(state="published"), name="one_published_plan"),
            models.CheckConstraint(
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("confirmed_by")),
                name="plan_publisher_is_not_confirmer",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanRow(models.Model):
    """One measure of the superior document and who carries it out here 落实事项.

    `item` is the measure of the superior package where it is told by measures, else the row answers for the whole `article`.
    `ratio` 配比 (1:0.5) and `local` are the district's own; `measure` is the district's measure that pays the top-up. `task` is the
    case of the ledger: how far the row has come is the state of that case, nowhere else.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rows", verbose_name=_("落实方案"))
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("上位条款"))
    item = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上位措施"))
    label = models.CharField(_("原编号"), max_length=40)
    title = models.CharField(_("举措"), max_length=300)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位"))
    support = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("配合单位"))
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    ratio = models.CharField(_("追加配比"), max_length=12, blank=True)
    local = models.CharField(_("本地参数"), max_length=400, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("本地措施"))
    not_applicable = models.CharField(_("不适用的理由"), max_length=200, blank=True)
    task = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("任务"))

    class Meta:
        verbose_name = _("落实事项")
        verbose_name_plural = _("落实事项")
        ordering: ClassVar = ["ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "ordinal"], name="plan_row_once"),
            models.CheckConstraint(
                condition=models.Q(not_applicable="") | models.Q(lead=None), name="plan_row_applies_or_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}{self.title}"
