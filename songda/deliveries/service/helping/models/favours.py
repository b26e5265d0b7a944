"""What is done for a firm and what it says of it: letters, powers of attorney, packages by grade, days of delay."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.helping.states import FeedbackKind, Period, UsageState
from songda.ledger.cases.models import Case
from songda.ledger.evidence.models import Evidence
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class Feedback(models.Model):
    """A letter of thanks 感谢信, praise or a complaint, about a case where it can be said which. Published only with consent.

    `mention_of`: this is no letter of its own but speaks of one that came before; letters are counted, mentions are not (SVC-32).
    """

    kind = models.CharField(_("种类"), max_length=9, choices=FeedbackKind.choices)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("对哪个单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("主体"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="feedback", verbose_name=_("事项"))
    letter = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("原件"))
    mention_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="mentions", verbose_name=_("提及的来信"))
    text = models.TextField(_("内容"))
    received_on = models.DateField(_("收到日期"))
    recorded_name = models.CharField(_("登记人"), max_length=80)
    consented_on = models.DateField(_("同意公开日期"), null=True)
    published_at = models.DateTimeField(_("公开时间"), null=True)
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("来信评价")
        verbose_name_plural = _("来信评价")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(consented_on__isnull=False), name="published_with_consent"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["area_path", "id"], name="feedback_area")]

    def __str__(self) -> str:
        return self.text[:40]


class PowerOfAttorney(models.Model):
    """A firm's power 授权委托 to a post to run its errands, until a day (included) or until it takes it back; the paper is evidence."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="powers", verbose_name=_("委托人"))
    agent = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("代办人"))
    scope = models.CharField(_("委托事项"), max_length=200)
    paper = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("委托书"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    given_name = models.CharField(_("经手人"), max_length=80)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = _("授权委托")
        verbose_name_plural = _("授权委托")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="power_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} → {self.agent_id}"


class ServicePackage(models.Model):
    """What firms of a grade are entitled to 服务包 (VIP会员服务, SVC-36)."""

    grade = models.CharField(_("服务等级"), max_length=20)
    title = models.CharField(_("名称"), max_length=60)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("服务包")
        verbose_name_plural = _("服务包")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_path", "grade"], condition=models.Q(ends_on=None), name="one_package_a_grade")
        ]

    def __str__(self) -> str:
        return self.title


class Entitlement(models.Model):
    """One service of a package 权益, so many times a period."""

    package = models.ForeignKey(ServicePackage, models.PROTECT, related_name="entitlements", verbose_name=_("服务包"))
    service = models.CharField(_("服务"), max_length=60)
    quota = models.PositiveSmallIntegerField(_("次数"))
    period = models.CharField(_("周期"), max_length=8, choices=Period.choices)

    class Meta:
        verbose_name = _("权益")
        verbose_name_plural = _("权益")
        constraints: ClassVar = [models.UniqueConstraint(fields=["package", "service"], name="service_once_a_package")]

    def __str__(self) -> str:
        return self.service


class Usage(models.Model):
    """A service asked for 使用: in one of the period's places (`slot` 1 … quota, each once: quota cannot be overrun), else in the queue."""

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="usages", verbose_name=_("权益"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="usages", verbose_name=_("主体"))
    period_on = models.DateField(_("周期起始日"))
    slot = models.PositiveSmallIntegerField(_("名额"), null=True)
    state = models.CharField(_("状态"), max_length=8, choices=UsageState.choices)
    asked_at = models.DateTimeField(_("申请时间"))
    asked_name = models.CharField(_("申请人"), max_length=80)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("服务使用")
        verbose_name_plural = _("服务使用")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entitlement", "subject", "period_on", "slot"],
                condition=models.Q(slot__isnull=False),
                name="slot_once_a_period",
            ),
            models.CheckConstraint(condition=models.Q(state="queued") ^ models.Q(slot__isnull=False), name="queued_has_no_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.entitlement_id} {self.state}"


class DelaySpan(models.Model):
    """Days on which a contract's work stood still 延误时段, both ends included; accepted or not by somebody other than who claimed them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="delays", verbose_name=_("事项"))
    first_on = models.DateField(_("起"))
    last_on = models.DateField(_("止"))
    reason = models.CharField(_("原因"), max_length=200)
    paper = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("证明"))
    claimed_by = models.BigIntegerField(_("申报账号"), null=True)
    claimed_name = models.CharField(_("申报人"), max_length=80)
    accepted = models.BooleanField(_("认可"), null=True)
    decided_name = models.CharField(_("审核人"), max_length=80, blank=True)
    decided_at = models.DateTimeField(_("审核时间"), null=True)
    decision_note = models.CharField(_("审核意见"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("延误时段")
        verbose_name_plural = _("延误时段")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="delay_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.first_on}–{self.last_on}"
