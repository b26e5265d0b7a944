"""The contact log of all departments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.visits.models.stops import Stop
from songda.deliveries.service.visits.states import Way
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class Approach(models.Model):
    """A contact with a firm 联系企业: visit, call, inspection or survey, of whichever department.

    A counted one (the firm did not ask for it) takes a `place` of its firm's `month`; the constraint keeps two departments from
    taking the same. Counted without a place: it waits for the dispatcher. An ended one (cancelled, declined, merged) gives its
    place back.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="approaches", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    way = models.CharField(_("方式"), max_length=10, choices=Way.choices)
    purpose = models.CharField(_("目的"), max_length=160)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("岗位"))
    stop = models.OneToOneField(Stop, models.PROTECT, null=True, related_name="approach", verbose_name=_("点位"))
    on = models.DateField(_("日期"))
    month = models.DateField(_("计入月份"))
    counted = models.BooleanField(_("计入次数"), default=True)
    place = models.PositiveSmallIntegerField(_("当月第几次"), null=True)
    extra_reason = models.CharField(_("超次理由"), max_length=200, blank=True)
    approved_by = models.BigIntegerField(_("批准账号"), null=True)
    approved_name = models.CharField(_("批准人"), max_length=80, blank=True)
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    approval_reason = models.CharField(_("批准理由"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("登记时间"))
    ended_at = models.DateTimeField(_("撤销时间"), null=True)
    request_key = models.CharField(_("提交编号"), max_length=80, unique=True, null=True)

    class Meta:
        verbose_name = _("联系企业")
        verbose_name_plural = _("联系企业")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "month", "place"], condition=models.Q(ended_at=None), name="contact_place_once_a_month"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject", "on"], name="approach_subject")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.on} {self.way}"

    @property
    def waits(self) -> bool:
        """Whether the dispatcher still has to let it through."""
        return self.counted and self.place is None and self.ended_at is None
