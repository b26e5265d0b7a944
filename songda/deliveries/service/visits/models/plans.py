"""One plan a firm 一企一策, in versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.visits.states import PLAN
from songda.ledger.cases.models import Case
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class Plan(models.Model):
    """A version of a firm's plan 方案. Exactly one is in force (the constraint); a new one supersedes it.

    `review_case` is the task that an expired review raised.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="plans", verbose_name=_("主体"))
    number = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=8, choices=list(PLAN.states.items()), default="draft")
    diagnosis = models.TextField(_("企业现状"), blank=True)
    goals = models.TextField(_("目标"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("负责岗位"))
    review_on = models.DateField(_("复核日期"))
    review_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("复核任务"))
    made_at = models.DateTimeField(_("编制时间"))
    active_at = models.DateTimeField(_("启用时间"), null=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("一企一策")
        verbose_name_plural = _("一企一策")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "number"], name="plan_version_once"),
            models.UniqueConstraint(fields=["subject"], condition=models.Q(state="active"), name="one_active_plan_a_firm"),
            models.UniqueConstraint(fields=["subject"], condition=models.Q(state="draft"), name="one_draft_plan_a_firm"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "review_on"], name="plan_review")]

    def __str__(self) -> str:
        return f"{self.subject_id} v{self.number}"


class PlanLine(models.Model):
    """A measure of a plan 措施: for which difficulty (a case; none: a goal of its own), what, by whom, until when.

    `measure_key` is a policy's key as the room that owns it knows it. A line with a case is done when the case is closed.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines", verbose_name=_("方案"))
    seq = models.PositiveSmallIntegerField(_("序号"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("难题"))
    text = models.CharField(_("措施"), max_length=300)
    measure_key = models.CharField(_("政策编号"), max_length=60, blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    due_on = models.DateField(_("完成期限"))
    done_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = _("方案措施")
        verbose_name_plural = _("方案措施")
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "seq"], name="plan_line_in_order")]

    def __str__(self) -> str:
        return self.text
