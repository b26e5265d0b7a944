"""What facts cannot hold: terms, negative list, lights, stop orders, frozen denominators, explanations, risk areas, arrivals.

A firm's state and its people of a day are facts (`registry.facts`) and are nowhere here.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from songda.kernel.versions import Declared
from songda.ledger.evidence.models import Evidence
from songda.office.resumption.states import ARRIVAL, STOP, Cause, Level, Light, Population, Sort, Variant
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject


class TermsVersion(Declared):
    """The order of resumption 复工规定 as a pack declares it: batches by date, days of isolation, how long names are kept."""

    class Meta(Declared.Meta):
        verbose_name = _("复工规定")
        verbose_name_plural = _("复工规定")


class Entry(models.Model):
    """An entry of the negative list 负面清单: an industry with all below it, a kind of place, or one subject, in an area, for days.

    `ends_on` is the last day on the list. An entry is never edited: taking off 移出 fills in the end, with who, why and when it
    became known, so that the list of any day as known at any moment can be told.
    """

    sort = models.CharField(_("条目类别"), max_length=8, choices=Sort.choices)
    industry = models.CharField(_("行业代码"), max_length=8, blank=True)
    kind = models.CharField(_("场所类别"), max_length=12, choices=Subject.Kind.choices, blank=True)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("主体"))
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至"), null=True)
    document = models.CharField(_("依据文件"), max_length=120)
    reason = models.CharField(_("理由"), max_length=200)
    listed_at = models.DateTimeField(_("列入登记时间"))
    listed_name = models.CharField(_("列入经手人"), max_length=80)
    delisted_at = models.DateTimeField(_("移出登记时间"), null=True)
    delisted_name = models.CharField(_("移出经手人"), max_length=80, blank=True)
    delisted_reason = models.CharField(_("移出理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("负面清单条目")
        verbose_name_plural = _("负面清单")
        indexes: ClassVar = [models.Index(fields=["area_path", "starts_on"], name="negative_area_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sort="industry", kind="", subject=None) & ~Q(industry="")
                | Q(sort="kind", industry="", subject=None) & ~Q(kind="")
                | Q(sort="subject", industry="", kind="", subject__isnull=False),
                name="negative_names_one_thing",
            ),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="negative_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.industry or self.kind or self.subject_id}"


class Denominator(models.Model):
    """A frozen denominator 固定分母: who was due on a base day, by unit, population and variant; versions, none edited."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    population = models.CharField(_("总体"), max_length=9, choices=Population.choices)
    variant = models.CharField(_("口径"), max_length=10, choices=Variant.choices)
    number = models.PositiveIntegerField(_("版本号"))
    base_on = models.DateField(_("基准日"))
    subjects = models.PositiveIntegerField(_("应复工数"))
    people = models.BigIntegerField(_("应到岗人数"))
    reason = models.CharField(_("变更原因"), max_length=200, blank=True)
    set_at = models.DateTimeField(_("固定时间"))
    set_name = models.CharField(_("经手人"), max_length=80)

    class Meta:
        verbose_name = _("固定分母")
        verbose_name_plural = _("固定分母")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "population", "variant", "number"], name="denominator_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="denominator_changed_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.population} {self.variant} v{self.number}"


class Excess(models.Model):
    """An explanation 超基数说明 of more people present than due, for a subject and a day."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("主体"))
    day = models.DateField(_("日期"))
    due = models.BigIntegerField(_("应到岗"))
    present = models.BigIntegerField(_("到岗"))
    cause = models.CharField(_("原因"), max_length=8, choices=Cause.choices)
    text = models.CharField(_("说明"), max_length=200)
    told_at = models.DateTimeField(_("说明时间"))
    told_name = models.CharField(_("说明人"), max_length=80)

    class Meta:
        verbose_name = _("超基数说明")
        verbose_name_plural = _("超基数说明")
        indexes: ClassVar = [models.Index(fields=["subject", "day"], name="excess_subject_day")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.day} {self.present}/{self.due}"


class Lamp(models.Model):
    """A control light 防控灯 of a subject from a moment until the next; nobody's light is green."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="lamps", verbose_name=_("主体"))
    light = models.CharField(_("防控灯"), max_length=6, choices=Light.choices)
    why = models.CharField(_("原因"), max_length=200)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("凭证"))
    set_at = models.DateTimeField(_("设定时间"))
    set_by = models.BigIntegerField(_("设定账号"), null=True)
    set_name = models.CharField(_("设定人"), max_length=80)
    until = models.DateTimeField(_("至"), null=True)

    class Meta:
        verbose_name = _("防控灯")
        verbose_name_plural = _("防控灯")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject"], condition=Q(until=None), name="one_light_at_a_time")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.light}"


class StopOrder(models.Model):
    """A stop order 停工令 that a red light issues. Lifted by another person than issued it; `before` is the state it broke off."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="stop_orders", verbose_name=_("主体"))
    lamp = models.ForeignKey(Lamp, models.PROTECT, related_name="stop_orders", verbose_name=_("红灯"))
    state = models.CharField(_("状态"), max_length=8, choices=list(STOP.states.items()), default="standing")
    before = models.CharField(_("停产前状态"), max_length=12, blank=True)
    reason = models.CharField(_("原因"), max_length=200)
    issued_at = models.DateTimeField(_("签发时间"))
    issued_by = models.BigIntegerField(_("签发账号"), null=True)
    issued_name = models.CharField(_("签发人"), max_length=80)
    lifted_at = models.DateTimeField(_("解除时间"), null=True)
    lifted_by = models.BigIntegerField(_("解除账号"), null=True)
    lifted_name = models.CharField(_("解除人"), max_length=80, blank=True)
    lifted_reason = models.CharField(_("解除理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("停工令")
        verbose_name_plural = _("停工令")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject"], condition=Q(state="standing"), name="one_stop_order_at_a_time"),
            models.CheckConstraint(
                condition=Q(lifted_by=None) | Q(issued_by=None) | ~Q(lifted_by=F("issued_by")), name="stop_lifted_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.state}"


class RiskArea(models.Model):
    """A risk area 风险地区: a place by its division code with all below it, a level, days, and how long arrivals isolate.

    `area_path` is the territory that announced it, whose arrivals it concerns.
    """

    name = models.CharField(_("地区"), max_length=60)
    code = models.CharField(_("行政区划代码"), max_length=6)
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    level = models.CharField(_("风险等级"), max_length=6, choices=Level.choices)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至"), null=True)
    days = models.PositiveSmallIntegerField(_("隔离天数"))
    document = models.CharField(_("依据文件"), max_length=120)
    listed_at = models.DateTimeField(_("登记时间"))
    listed_name = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("风险地区")
        verbose_name_plural = _("风险地区")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="risk_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """Persons who arrived at a firm 来返人员: how many, from where, when. As little of them as will do: initials or a nickname.

    `isolates_until` is the first day on which they may be cleared; None: nothing asks for isolation. After the time that the terms
    give, the name is forgotten and the count stays.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="arrivals", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    people = models.PositiveSmallIntegerField(_("人数"), default=1)
    alias = models.CharField(_("姓名缩写"), max_length=40, blank=True)
    from_code = models.CharField(_("来自（区划代码）"), max_length=6)
    from_name = models.CharField(_("来自"), max_length=60)
    arrived_on = models.DateField(_("到达日期"))
    risk = models.ForeignKey(RiskArea, models.PROTECT, null=True, related_name="arrivals", verbose_name=_("风险地区"))
    isolates_until = models.DateField(_("隔离期满日"), null=True)
    state = models.CharField(_("状态"), max_length=9, choices=list(ARRIVAL.states.items()))
    told_at = models.DateTimeField(_("登记时间"))
    told_name = models.CharField(_("登记人"), max_length=80)
    cleared_on = models.DateField(_("放行日期"), null=True)
    cleared_name = models.CharField(_("放行人"), max_length=80, blank=True)
    forgotten_at = models.DateTimeField(_("姓名清除时间"), null=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    personal_fields: ClassVar = frozenset({"alias"})

    class Meta:
        verbose_name = _("来返人员")
        verbose_name_plural = _("来返人员")
        indexes: ClassVar = [
            models.Index(fields=["area_path", "state", "arrived_on"], name="arrival_area_state"),
            models.Index(fields=["arrived_on", "id"], name="arrival_day"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cleared_on=None)
                | Q(isolates_until=None)
                | Q(cleared_on__gte=F("isolates_until"))
                | Q(state="isolating"),
                name="arrival_cleared_after_isolation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_name} {self.arrived_on}"
