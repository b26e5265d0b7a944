"""A visit, and who goes along."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.visits.states import VISIT, VisitKind
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post


class Visit(models.Model):
    """A visit 走访: one purpose, one unit, one or several stops in their order (a tour of seven stops is one visit).

    `mandatory` ones stand on a legal `basis` and cannot be refused, only moved. `extra_reason` is why one more than the month's
    contacts is asked for; the contacts themselves are rows of `Approach`.
    """

    purpose = models.CharField(_("目的"), max_length=160)
    kind = models.CharField(_("类型"), max_length=12, choices=VisitKind.choices)
    state = models.CharField(_("状态"), max_length=12, choices=list(VISIT.states.items()), default="planned")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("走访单位"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="visits", verbose_name=_("负责岗位"))
    starts_at = models.DateTimeField(_("约定时间"))
    minutes = models.PositiveSmallIntegerField(_("预计时长（分钟）"), default=60)
    mandatory = models.BooleanField(_("依法必须"), default=False)
    basis = models.CharField(_("法律依据"), max_length=160, blank=True)
    extra_reason = models.CharField(_("超次理由"), max_length=200, blank=True)
    planned_at = models.DateTimeField(_("计划时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    recorded_at = models.DateTimeField(_("记录时间"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    reason = models.CharField(_("取消理由"), max_length=200, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("并入"))
    demonstration = models.BooleanField(_("演示数据"), default=False)
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)

    class Meta:
        verbose_name = _("走访")
        verbose_name_plural = _("走访")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(mandatory=False) | ~models.Q(basis=""), name="mandatory_visit_names_its_basis"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "starts_at", "id"], name="visit_post"),
            models.Index(fields=["unit", "starts_at", "id"], name="visit_unit"),
            models.Index(fields=["state", "starts_at", "id"], name="visit_state"),
        ]

    def __str__(self) -> str:
        return self.purpose


class Attendee(models.Model):
    """Somebody who goes along 同行: a post, so that a leader's presence can be shown."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="attendees", verbose_name=_("走访"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("岗位"))

    class Meta:
        verbose_name = _("同行人员")
        verbose_name_plural = _("同行人员")
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "post"], name="attendee_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.post_id}"
