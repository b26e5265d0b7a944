"""The stops of a visit, and what was found, taken up, explained and photographed at each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.visits.models.visits import Visit
from songda.deliveries.service.visits.states import FindingKind, Reply
from songda.ledger.cases.models import Case
from songda.ledger.evidence.models import Evidence
from songda.registry.subjects.models import Subject


class Stop(models.Model):
    """A stop 点位 of a visit: a subject or a place, what the firm answered, and the record once it was made.

    Recorded once: `request_key` comes from the phone, so that a record sent twice is one record. `missed` says why there was
    nobody. Places are WGS 84 in millionths of a degree.
    """

    personal_fields: ClassVar = frozenset({"met", "answered_name"})

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="stops", verbose_name=_("走访"))
    seq = models.PositiveSmallIntegerField(_("顺序"))
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="stops", verbose_name=_("主体"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    wish = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("企业诉求"))
    reply = models.CharField(_("答复"), max_length=8, choices=Reply.choices, default=Reply.NONE)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_name = models.CharField(_("答复人"), max_length=80, blank=True)
    answer_note = models.CharField(_("答复说明"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(_("另约时间"), null=True)
    arrived_at = models.DateTimeField(_("到达时间"), null=True)
    latitude = models.IntegerField(_("纬度"), null=True)
    longitude = models.IntegerField(_("经度"), null=True)
    met = models.CharField(_("会见人"), max_length=80, blank=True)
    notes = models.TextField(_("走访记录"), blank=True)
    no_issue = models.BooleanField(_("未发现问题"), default=False)
    missed = models.CharField(_("未能走访的原因"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("送达时间"), null=True)
    recorded_name = models.CharField(_("记录人"), max_length=80, blank=True)
    photos_due = models.PositiveSmallIntegerField(_("应到照片"), default=0)
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)

    class Meta:
        verbose_name = _("走访点位")
        verbose_name_plural = _("走访点位")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "seq"], name="stop_in_order"),
            models.UniqueConstraint(fields=["visit", "subject"], name="subject_once_a_visit"),
            models.CheckConstraint(condition=~models.Q(subject=None, place=""), name="stop_is_somewhere"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject", "recorded_at"], name="stop_subject"),
            models.Index(fields=["area_path", "id"], name="stop_area"),
        ]

    def __str__(self) -> str:
        return self.subject.name if self.subject else self.place


class Finding(models.Model):
    """Something found 发现: an issue (which becomes a ledger row), a breach with the help offered, a promise with its date.

    The constraints hold what the texts ask: a promise has a date, a breach has guidance, a case or a reason why no help is needed.
    """

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="findings", verbose_name=_("点位"))
    kind = models.CharField(_("种类"), max_length=8, choices=FindingKind.choices)
    text = models.CharField(_("内容"), max_length=400)
    category = models.CharField(_("问题分类"), max_length=40, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="found_at", verbose_name=_("台账事项"))
    refusal = models.CharField(_("未能登记的原因"), max_length=200, blank=True)
    guidance = models.CharField(_("指导意见"), max_length=400, blank=True)
    no_help_reason = models.CharField(_("无需帮助的理由"), max_length=200, blank=True)
    due_on = models.DateField(_("承诺期限"), null=True)
    request_key = models.CharField(_("提交编号"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("走访发现")
        verbose_name_plural = _("走访发现")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind=FindingKind.PROMISE) | models.Q(due_on__isnull=False), name="promise_has_a_date"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=FindingKind.BREACH, guidance="", no_help_reason="", case=None), name="breach_brings_help"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class TakenUp(models.Model):
    """An open case spoken of at a stop 在办事项: what was said. `refusal` is why the ledger did not take the note."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="taken_up", verbose_name=_("点位"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("事项"))
    note = models.CharField(_("进展"), max_length=400)
    refusal = models.CharField(_("未能登记的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("在办事项进展")
        verbose_name_plural = _("在办事项进展")
        constraints: ClassVar = [models.UniqueConstraint(fields=["stop", "case"], name="case_taken_up_once")]

    def __str__(self) -> str:
        return f"{self.stop_id} {self.case_id}"


class Explained(models.Model):
    """A policy explained at a stop 已讲解: its key and title as the room above it knows them (no key into that room)."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="explained", verbose_name=_("点位"))
    key = models.CharField(_("政策编号"), max_length=60)
    label = models.CharField(_("政策"), max_length=200)

    class Meta:
        verbose_name = _("讲解的政策")
        verbose_name_plural = _("讲解的政策")
        constraints: ClassVar = [models.UniqueConstraint(fields=["stop", "key"], name="explained_once_a_stop")]

    def __str__(self) -> str:
        return self.label


class StopEvidence(models.Model):
    """A photo or a paper of a stop 走访凭证."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="evidence", verbose_name=_("点位"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("凭证"))

    class Meta:
        verbose_name = _("走访凭证")
        verbose_name_plural = _("走访凭证")
        constraints: ClassVar = [models.UniqueConstraint(fields=["stop", "evidence"], name="evidence_once_a_stop")]

    def __str__(self) -> str:
        return f"{self.stop_id} {self.evidence_id}"
