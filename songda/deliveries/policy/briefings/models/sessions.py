"""Briefings, what they treat, who registered and who was there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.briefings.states import BRIEFING, AttendedBy, Medium
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.ledger.evidence.models import Evidence
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject


class Briefing(models.Model):
    """A briefing 政策宣讲, online or on site (POL-33). `capacity` empty: everybody who comes. `join_link` is for who registered."""

    title = models.CharField(_("主题"), max_length=200)
    plan = models.TextField(_("议程"), blank=True)
    medium = models.CharField(_("方式"), max_length=8, choices=Medium.choices)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    join_link = models.URLField(_("会场链接"), max_length=400, blank=True)
    speaker = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("主讲单位"))
    area_path = models.CharField(_("面向辖区"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    capacity = models.PositiveIntegerField(_("名额"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=list(BRIEFING.states.items()), default="planned")
    planned_at = models.DateTimeField(_("登记时间"))
    planned_name = models.CharField(_("登记人"), max_length=80)
    replay_link = models.URLField(_("回放链接"), max_length=400, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    reason = models.CharField(_("取消理由"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("政策宣讲")
        verbose_name_plural = _("政策宣讲")
        indexes: ClassVar = [models.Index(fields=["area_path", "starts_at", "id"], name="briefing_area")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="briefing_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.title


class BriefingTopic(models.Model):
    """A measure or a document that a briefing treats."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="topics", verbose_name=_("政策宣讲"))
    version = models.ForeignKey(MeasureVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("措施版本"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("政策文件"))

    class Meta:
        verbose_name = _("宣讲内容")
        verbose_name_plural = _("宣讲内容")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(version=None) ^ models.Q(document=None), name="topic_is_one_thing"),
            models.UniqueConstraint(
                fields=["briefing", "version"], condition=models.Q(version__isnull=False), name="topic_measure_once"
            ),
            models.UniqueConstraint(
                fields=["briefing", "document"], condition=models.Q(document__isnull=False), name="topic_document_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.version or self.document)


class Material(models.Model):
    """A file handed out 宣讲材料, or the recording of the briefing."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="materials", verbose_name=_("政策宣讲"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("文件"))

    class Meta:
        verbose_name = _("宣讲材料")
        verbose_name_plural = _("宣讲材料")

    def __str__(self) -> str:
        return str(self.evidence)


class Registration(models.Model):
    """A firm's place 报名: one a firm and briefing, in one of its places (`slot` 1 … capacity, each once: they cannot be overrun)."""

    personal_fields: ClassVar = frozenset({"attendee"})

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="registrations", verbose_name=_("政策宣讲"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("主体"))
    slot = models.PositiveIntegerField(_("名额序号"))
    attendee = models.CharField(_("参会人"), max_length=80, blank=True)
    registered_at = models.DateTimeField(_("报名时间"))
    registered_name = models.CharField(_("报名经手人"), max_length=80)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = _("报名")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["briefing", "subject"], condition=models.Q(cancelled_at=None), name="one_registration_a_firm"
            ),
            models.UniqueConstraint(
                fields=["briefing", "slot"], condition=models.Q(cancelled_at=None), name="briefing_slot_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} → {self.briefing_id}"


class Attendance(models.Model):
    """A person of a firm who was there 到会, or watched the replay. Person-times are rows, firms are distinct subjects; never added."""

    personal_fields: ClassVar = frozenset({"person"})

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="attendances", verbose_name=_("政策宣讲"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.CharField(_("参会人"), max_length=80)
    how = models.CharField(_("到会方式"), max_length=8, choices=AttendedBy.choices)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("到会")
        verbose_name_plural = _("到会")
        constraints: ClassVar = [models.UniqueConstraint(fields=["briefing", "subject", "person"], name="attended_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.subject_id}"
