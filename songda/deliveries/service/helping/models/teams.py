"""Teams 专班, whom they serve, and officers who stay at a firm."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.helping.states import Rank, TeamKind
from songda.ledger.cases.models import Case
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class Team(models.Model):
    """A team 服务队伍 of people lent by several units, from a day until a day (that day no longer included).

    `organisation` is the task force 专班 of the register where there is one: its cases are those this unit leads. `leader_rank` is what
    the appointment says; a guidance group is led by a section-level cadre 科级 at least (SVC-48). `successor` took over its work.
    """

    kind = models.CharField(_("类型"), max_length=10, choices=TeamKind.choices)
    name = models.CharField(_("名称"), max_length=80)
    purpose = models.CharField(_("任务"), max_length=200, blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("专班机构")
    )
    area_path = models.CharField(_("辖区路径"), max_length=120)
    leader = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("负责人"))
    leader_rank = models.CharField(_("职级"), max_length=8, choices=Rank.choices)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("接续队伍"))
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("服务队伍")
        verbose_name_plural = _("服务队伍")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "name"], condition=models.Q(ends_on=None), name="team_name_once_a_unit"),
            models.UniqueConstraint(fields=["organisation"], condition=models.Q(ends_on=None), name="one_team_a_task_force"),
            models.CheckConstraint(condition=~models.Q(kind="group", leader_rank="staff"), name="group_is_led_by_a_cadre"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A post that works in a team 成员, from a day until a day, with what it is good at 专长."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name=_("队伍"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("岗位"))
    speciality = models.CharField(_("专长"), max_length=60, blank=True)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("成员")
        verbose_name_plural = _("成员")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "post"], condition=models.Q(ends_on=None), name="team_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.team_id}"


class Charge(models.Model):
    """A subject in a team's care 包干对象: exactly one team of a kind at a time (Appendix G 8). Ended rows are the history."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="charges", verbose_name=_("队伍"))
    kind = models.CharField(_("队伍类型"), max_length=10, choices=TeamKind.choices)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="charges", verbose_name=_("主体"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("包干对象")
        verbose_name_plural = _("包干对象")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=models.Q(ends_on=None), name="one_team_of_a_kind_a_subject"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["team", "ends_on"], name="charge_team")]

    def __str__(self) -> str:
        return f"{self.subject_id} ← {self.team_id}"


class Station(models.Model):
    """An officer who stays at a firm 驻企 for a time: talent officers, party-building guides, policy experts (SVC-03, SVC-04)."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="stations", verbose_name=_("主体"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="stations", verbose_name=_("岗位"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="stations", verbose_name=_("队伍"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("驻企")
        verbose_name_plural = _("驻企")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "post"], condition=models.Q(ends_on=None), name="stationed_once_at_a_firm")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} at {self.subject_id}"


class Guidance(models.Model):
    """What a stationed officer did there 指导记录, and the case that came of it, if one did."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="guidance", verbose_name=_("驻企"))
    at = models.DateTimeField(_("时间"))
    text = models.CharField(_("内容"), max_length=400)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("事项"))
    name = models.CharField(_("记录人"), max_length=80)

    class Meta:
        verbose_name = _("指导记录")
        verbose_name_plural = _("指导记录")

    def __str__(self) -> str:
        return self.text
