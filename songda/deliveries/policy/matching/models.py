"""Runs of the matcher and the intervals they leave (DESIGN 9.5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.registry.facts.models import Snapshot
from songda.registry.subjects.models import Subject


class MatchRun(models.Model):
    """One measure version against one snapshot: counts of 是 / 否 / 待核, and the undecided as a packed bitmap."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="runs", verbose_name=_("快照"))
    version = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="runs", verbose_name=_("措施版本"))
    on = models.DateField(_("判定日期"))
    yes = models.PositiveIntegerField(_("符合"))
    no = models.PositiveIntegerField(_("不符合"))
    unknown = models.PositiveIntegerField(_("待核"))
    amount_fen = models.BigIntegerField(_("预计金额（分）"), null=True)
    undecided = models.BinaryField(_("待核名单位图"))
    engine = models.CharField(_("引擎版本"), max_length=20)
    ran_at = models.DateTimeField(_("匹配时间"))

    class Meta:
        verbose_name = _("匹配批次")
        verbose_name_plural = _("匹配批次")
        indexes: ClassVar = [models.Index(fields=["version", "-id"], name="run_version")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.yes}/{self.unknown}/{self.no}"


class Match(models.Model):
    """A subject fits a measure version from `entered_on` until `left_on` (None: still). Only changes are written."""

    version = models.ForeignKey(
        MeasureVersion, models.PROTECT, related_name="matches", db_index=False, verbose_name=_("措施版本")
    )
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="matches", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    entered_on = models.DateField(_("符合起"))
    left_on = models.DateField(_("符合止"), null=True)
    amount_fen = models.BigIntegerField(_("预计金额（分）"), null=True)

    class Meta:
        verbose_name = _("匹配")
        verbose_name_plural = _("匹配")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "subject", "entered_on"], name="match_once"),
            models.UniqueConstraint(fields=["version", "subject"], condition=models.Q(left_on=None), name="one_present_match"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "area_path", "subject"], name="match_version_area"),
            models.Index(fields=["area_path"], condition=models.Q(left_on=None), name="match_present"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} ~ {self.subject_id}"
