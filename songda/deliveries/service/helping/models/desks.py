"""Desks: enquiries and their answers, who is on duty, what is known, hotlines and their calls."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.helping.states import Channel
from songda.ledger.cases.models import Case
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class Enquiry(models.Model):
    """A question that came in 咨询 by phone, mail, WeChat or at the counter; its first answer; the case it became, if it did."""

    personal_fields: ClassVar = frozenset({"asked_by", "contact"})

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("受理单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel.choices)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("主体"))
    asked_by = models.CharField(_("咨询人"), max_length=80, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    question = models.TextField(_("问题"))
    asked_at = models.DateTimeField(_("咨询时间"))
    recorded_name = models.CharField(_("登记人"), max_length=80)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("首次答复时间"), null=True)
    answered_name = models.CharField(_("答复人"), max_length=80, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("转办事项"))
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)

    class Meta:
        verbose_name = _("咨询")
        verbose_name_plural = _("咨询")
        indexes: ClassVar = [
            models.Index(fields=["area_path", "id"], name="enquiry_area"),
            models.Index(fields=["unit", "answered_at", "id"], name="enquiry_unit"),
        ]

    def __str__(self) -> str:
        return self.question[:40]


class Duty(models.Model):
    """Who answers at a unit's desk on a day 值班: one post a day, holidays included ("5+2")."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    day = models.DateField(_("日期"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("值班岗位"))

    class Meta:
        verbose_name = _("值班")
        verbose_name_plural = _("值班")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "day"], name="one_duty_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"


class Knowledge(models.Model):
    """A question with its settled answer 知识条目, for everybody who answers. A changed answer is a new entry; the old one is withdrawn."""

    area_path = models.CharField(_("辖区路径"), max_length=120)
    question = models.CharField(_("问题"), max_length=200)
    answer = models.TextField(_("答复口径"))
    keywords = models.CharField(_("关键词"), max_length=120, blank=True)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="+", verbose_name=_("来自咨询"))
    written_at = models.DateTimeField(_("编写时间"))
    written_name = models.CharField(_("编写人"), max_length=80)
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("知识条目")
        verbose_name_plural = _("知识条目")

    def __str__(self) -> str:
        return self.question


class Hotline(models.Model):
    """A telephone line 热线: its number, what it is for, the unit that answers for it."""

    number = models.CharField(_("号码"), max_length=20)
    purpose = models.CharField(_("用途"), max_length=60)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    opened_on = models.DateField(_("开通日期"))
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("热线")
        verbose_name_plural = _("热线")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=models.Q(closed_on=None), name="hotline_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.purpose}"


class Call(models.Model):
    """A call offered to a line 来电: answered, or missed and then to be called back by a task. Known by line, moment and caller."""

    personal_fields: ClassVar = frozenset({"caller"})

    hotline = models.ForeignKey(Hotline, models.PROTECT, related_name="calls", verbose_name=_("热线"))
    at = models.DateTimeField(_("来电时间"))
    caller = models.CharField(_("主叫号码"), max_length=40)
    topic = models.CharField(_("话题"), max_length=40, blank=True)
    answered = models.BooleanField(_("已接听"))
    seconds = models.PositiveIntegerField(_("通话秒数"), default=0)
    callback = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("回电任务"))

    class Meta:
        verbose_name = _("来电")
        verbose_name_plural = _("来电")
        constraints: ClassVar = [models.UniqueConstraint(fields=["hotline", "at", "caller"], name="call_once")]

    def __str__(self) -> str:
        return f"{self.hotline_id} {self.at}"
