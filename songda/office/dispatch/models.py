"""Meetings with their agendas and decisions, and special cases 专班专案."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.ledger.cases.models import Case
from songda.office.dispatch.states import MeetingKind, Why
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post


class SpecialCase(models.Model):
    """A hard problem across departments 专案 (专人专班, SVC-09): several cases, one leader, one due date."""

    title = models.CharField(_("专案"), max_length=120)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    leader = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due_on = models.DateField(_("期限"))
    opened_at = models.DateTimeField(_("立案时间"))
    closed_at = models.DateTimeField(_("结案时间"), null=True)
    outcome = models.TextField(_("结果"), blank=True)

    class Meta:
        verbose_name = _("专案")
        verbose_name_plural = _("专案")
        indexes: ClassVar = [models.Index(fields=["area_path", "closed_at", "due_on"], name="special_open")]

    def __str__(self) -> str:
        return self.title


class Matter(models.Model):
    """A case taken into a special case 并入专案; in one open special case at a time (`ended_at` is written when that one closes)."""

    special = models.ForeignKey(SpecialCase, models.PROTECT, related_name="matters", verbose_name=_("专案"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="specials", verbose_name=_("事项"))
    ended_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("专案事项")
        verbose_name_plural = _("专案事项")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_at=None), name="one_special_case_a_matter")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.special_id}"


class Meeting(models.Model):
    """A meeting 会议: what was on its agenda, what was decided; closed with its minutes."""

    kind = models.CharField(_("类型"), max_length=8, choices=MeetingKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    minutes = models.TextField(_("纪要"), blank=True)
    called_at = models.DateTimeField(_("召集时间"))
    called_name = models.CharField(_("召集人"), max_length=80)
    closed_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("会议")
        verbose_name_plural = _("会议")
        indexes: ClassVar = [models.Index(fields=["area_path", "kind", "held_on"], name="meeting_area")]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What a meeting decided 会议决定: who does it, until when, and the task in the ledger that holds them to it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("会议"))
    text = models.CharField(_("决定"), max_length=400)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    due_on = models.DateField(_("期限"))
    task = models.OneToOneField(Case, models.PROTECT, related_name="decision", verbose_name=_("任务"))

    class Meta:
        verbose_name = _("会议决定")
        verbose_name_plural = _("会议决定")

    def __str__(self) -> str:
        return self.text


class AgendaItem(models.Model):
    """A line of the agenda 议程: a decision carried over, a special case or a hard matter past its due date, or what somebody added."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda", verbose_name=_("会议"))
    seq = models.PositiveSmallIntegerField(_("序号"))
    why = models.CharField(_("上会原因"), max_length=8, choices=Why.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("事项"))
    special = models.ForeignKey(SpecialCase, models.PROTECT, null=True, related_name="+", verbose_name=_("专案"))
    carried = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("上次决定"))

    class Meta:
        verbose_name = _("议程")
        verbose_name_plural = _("议程")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "seq"], name="agenda_in_order"),
            models.UniqueConstraint(fields=["meeting", "case"], name="case_once_a_meeting"),
            models.UniqueConstraint(fields=["meeting", "special"], name="special_once_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.seq}"


class Standstill(models.Model):
    """A case that had stood still too long on the morning of a day 停滞, with whose it was then: one line of the daily list (SVC-07)."""

    on = models.DateField(_("日期"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("事项"))
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("牵头单位"))
    holder = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("经办岗位"))
    moved_at = models.DateTimeField(_("最近办理时间"))
    days = models.PositiveSmallIntegerField(_("停滞工作日"))

    class Meta:
        verbose_name = _("停滞事项")
        verbose_name_plural = _("停滞事项")
        constraints: ClassVar = [models.UniqueConstraint(fields=["on", "case"], name="standstill_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.case_id}"
