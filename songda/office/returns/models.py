"""Forms in their versions, the returns owed, what was filled in, and what spoke against it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from songda.kernel.versions import Declared
from songda.office.indicators.models import Value
from songda.office.indicators.states import Precision
from songda.office.returns.states import RETURN, Cause, Importance, ViolationState
from songda.registry.organisations.models import Organisation


class FormVersion(Declared):
    """A form 报表 as declared: `body` is read by `rules.forms`."""

    class Meta(Declared.Meta):
        verbose_name = _("报表")
        verbose_name_plural = _("报表")


class Return(models.Model):
    """A return 应报 that a unit owes for a period: there from the beginning of the period, whether or not anything comes.

    `about` is whose figures they are. `received_at` is when it was first complete: lateness is judged by it for ever, whatever is
    sent back or corrected later. `number` is the version at work, `accepted_number` the one in effect. A suspect one 存疑 is
    marked, never deleted.
    """

    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="returns", verbose_name=_("报表"))
    code = models.SlugField(_("报表代码"), max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    about = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("数据所属"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    first = models.DateField(_("期初"))
    last = models.DateField(_("期末"))
    as_of = models.DateTimeField(_("截至"))
    due_at = models.DateTimeField(_("截报时间"))
    locks_at = models.DateTimeField(_("锁定时间"))
    state = models.CharField(_("状态"), max_length=10, choices=list(RETURN.states.items()), default="expected")
    number = models.PositiveSmallIntegerField(_("版本"), default=0)
    accepted_number = models.PositiveSmallIntegerField(_("生效版本"), null=True)
    received_at = models.DateTimeField(_("首次报齐"), null=True)
    suspect = models.CharField(_("存疑"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(_("提醒时间"), null=True)
    chased_at = models.DateTimeField(_("催报时间"), null=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("报表填报")
        verbose_name_plural = _("报表填报")
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="return_waiting"),
            models.Index(fields=["organisation", "due_at"], name="return_of_unit"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "organisation", "last"], name="return_once")]

    def __str__(self) -> str:
        return f"{self.form.label} {self.last}"

    @property
    def filer(self) -> str:
        """Who files, with the territory where a department's own name does not say it."""
        return str(self.organisation) if self.about_id == self.organisation_id else f"{self.about} {self.organisation}"


class Version(models.Model):
    """One filling 版本 of a return; the first is kept, a later one says why it was made. Person by person: filled, approved, accepted."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="versions", verbose_name=_("报表填报"))
    number = models.PositiveSmallIntegerField(_("版本"))
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    filled_at = models.DateTimeField(_("填报时间"))
    filled_name = models.CharField(_("填报人"), max_length=80)
    filler = models.BigIntegerField(_("填报人号"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    approved_at = models.DateTimeField(_("审核时间"), null=True)
    approved_name = models.CharField(_("审核人"), max_length=80, blank=True)
    approver = models.BigIntegerField(_("审核人号"), null=True)
    accepted_at = models.DateTimeField(_("验收时间"), null=True)
    accepted_name = models.CharField(_("验收人"), max_length=80, blank=True)
    acceptor = models.BigIntegerField(_("验收人号"), null=True)
    sent_back_at = models.DateTimeField(_("退回时间"), null=True)
    sent_back_name = models.CharField(_("退回人"), max_length=80, blank=True)
    sent_back_reason = models.CharField(_("退回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("填报版本")
        verbose_name_plural = _("填报版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of_return", "number"], name="return_version_once"),
            models.CheckConstraint(condition=Q(approver=None) | ~Q(approver=F("filler")), name="return_approved_by_another"),
            models.CheckConstraint(
                condition=Q(acceptor=None) | (~Q(acceptor=F("filler")) & ~Q(acceptor=F("approver"))),
                name="return_accepted_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_return_id} v{self.number}"


class Entry(models.Model):
    """One figure of a version 填报数: `number` × 10^-`scale` in the indicator's unit, as typed; `value` is what it became on acceptance."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="entries", verbose_name=_("填报版本"))
    code = models.SlugField(_("指标代码"), max_length=60)
    cell = models.CharField(_("分组"), max_length=40, blank=True)
    number = models.BigIntegerField(_("数值"))
    scale = models.PositiveSmallIntegerField(_("小数位"), default=0)
    precision = models.CharField(_("精确程度"), max_length=9, choices=Precision.choices, default=Precision.EXACT)
    typed = models.CharField(_("原填"), max_length=40, blank=True)
    scope = models.CharField(_("口径"), max_length=200, blank=True)
    explanation = models.CharField(_("说明"), max_length=500, blank=True)
    value = models.ForeignKey(Value, models.PROTECT, null=True, related_name="+", verbose_name=_("值"))

    class Meta:
        verbose_name = _("填报数")
        verbose_name_plural = _("填报数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "code", "cell"], name="return_entry_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class Violation(models.Model):
    """A violation 疑点: a rule that a return broke, kept to its end. `owner` is the unit that has to answer for it."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="violations", verbose_name=_("报表填报"))
    rule = models.CharField(_("规则"), max_length=120)
    number = models.PositiveSmallIntegerField(_("版本"))
    importance = models.CharField(_("轻重"), max_length=5, choices=Importance.choices)
    label = models.CharField(_("名称"), max_length=80)
    instruction = models.CharField(_("怎么办"), max_length=200)
    text = models.CharField(_("情况"), max_length=400)
    at = models.CharField(_("所在指标"), max_length=110)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    state = models.CharField(_("状态"), max_length=9, choices=ViolationState.choices, default=ViolationState.OPEN)
    cause = models.CharField(_("原因类别"), max_length=11, choices=Cause.choices, blank=True)
    explanation = models.CharField(_("说明"), max_length=500, blank=True)
    opened_at = models.DateTimeField(_("发现时间"))
    settled_at = models.DateTimeField(_("了结时间"), null=True)

    class Meta:
        verbose_name = _("疑点")
        verbose_name_plural = _("疑点")
        indexes: ClassVar = [models.Index(fields=["state", "opened_at"], name="violation_waiting")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["of_return", "rule"], name="violation_once")]

    def __str__(self) -> str:
        return self.label


class ViolationStep(models.Model):
    """What happened to a violation 疑点经过, never changed."""

    violation = models.ForeignKey(Violation, models.CASCADE, related_name="steps", verbose_name=_("疑点"))
    state = models.CharField(_("状态"), max_length=9, choices=ViolationState.choices)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    at = models.DateTimeField(_("时间"))
    name = models.CharField(_("办理人"), max_length=80)

    class Meta:
        verbose_name = _("疑点经过")
        verbose_name_plural = _("疑点经过")

    def __str__(self) -> str:
        return f"{self.violation_id} {self.state}"
