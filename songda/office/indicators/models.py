"""Source texts, the figures read from them, what speaks against them, and the checks they take part in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.versions import Declared
from songda.ledger.evidence.models import Evidence
from songda.office.indicators.rules.figures import plain
from songda.office.indicators.states import (
    Basis,
    CheckClass,
    FigureKind,
    FlagKind,
    FlagOrigin,
    Origin,
    Outcome,
    Precision,
    Rejection,
    Severity,
    Verdict,
)
from songda.registry.organisations.models import Organisation


class IndicatorVersion(Declared):
    """An indicator 指标 as declared: `body` is read by `rules.definitions`."""

    class Meta(Declared.Meta):
        verbose_name = _("指标")
        verbose_name_plural = _("指标")


class Value(models.Model):
    """A value 值 of an indicator for a unit's territory at a moment, or over a period up to it: what is shown and printed.

    `since` is the first day it counts from; for a number held at a moment that moment's own day. The number is `number` × 10^-`scale`; a rate has numerator and denominator with it. `origin` tells computed, returned and read
    values apart, `reference` leads to what is behind one (a return, a printed figure, rows and their digest). A row is never
    changed: a correction is another row that `replaces` it with a reason, so that "as of T as known at K" (SUP-08) is the row
    with as_of ≤ T and recorded_at ≤ K that nothing known at K replaces. Only the explanation may be added later, once.
    """

    indicator = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="values", verbose_name=_("指标"))
    code = models.SlugField(_("指标代码"), max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    cell = models.CharField(_("分组"), max_length=40, blank=True)
    as_of = models.DateTimeField(_("截至"))
    since = models.DateField(_("起算日"))
    number = models.BigIntegerField(_("数值"))
    scale = models.PositiveSmallIntegerField(_("小数位"), default=0)
    numerator = models.BigIntegerField(_("分子"), null=True)
    denominator = models.BigIntegerField(_("分母"), null=True)
    precision = models.CharField(_("精确程度"), max_length=9, choices=Precision.choices, default=Precision.EXACT)
    scope = models.CharField(_("口径"), max_length=200, blank=True)
    origin = models.CharField(_("来历"), max_length=8, choices=Origin.choices)
    source = models.CharField(_("来源"), max_length=200)
    reference = models.CharField(_("依据"), max_length=120, blank=True)
    digest = models.CharField(_("依据摘要"), max_length=64, blank=True)
    explanation = models.CharField(_("说明"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.BigIntegerField(_("登记账号"), null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("更正"))
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("值")
        verbose_name_plural = _("值")
        indexes: ClassVar = [models.Index(fields=["code", "organisation", "as_of"], name="value_asked")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "organisation", "cell", "since", "as_of", "origin", "source"],
                condition=models.Q(replaces=None),
                name="value_begins_once",
            ),
            models.CheckConstraint(condition=models.Q(replaces=None) | ~models.Q(reason=""), name="value_replaced_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.organisation_id} {self.as_of:%Y-%m-%d}"

    @property
    def number_words(self) -> str:
        """The number as a plain decimal with thousands marks."""
        return plain(self.number, self.scale)


class Tally(models.Model):
    """A daily tally 日计: one indicator, one unit, one day. Made from the logs and made again from them at any time.

    Flows hold what happened that day, stocks what stood at its end (24:00 local).
    """

    code = models.SlugField(_("指标代码"), max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("单位"))
    day = models.DateField(_("日期"))
    cell = models.CharField(_("分组"), max_length=40, blank=True)
    number = models.BigIntegerField(_("数值"))

    class Meta:
        verbose_name = _("日计")
        verbose_name_plural = _("日计")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "organisation", "day", "cell"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.organisation_id} {self.day}"


class TallyRun(models.Model):
    """One making of the tallies 日计计算: which days, how many, how many came out otherwise than they stood."""

    first = models.DateField(_("起"))
    last = models.DateField(_("止"))
    made_at = models.DateTimeField(_("计算时间"))
    tallies = models.PositiveIntegerField(_("日计数"))
    changed = models.PositiveIntegerField(_("与原数不同"), default=0)
    changes = models.JSONField(_("不同之处"), default=list)

    class Meta:
        verbose_name = _("日计计算")
        verbose_name_plural = _("日计计算")

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class SourceText(models.Model):
    """A text 来源文本 that figures were read from. Its words are not kept, only where to find them and their digest."""

    code = models.SlugField(_("代码"), max_length=60, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    issuer = models.CharField(_("刊发单位"), max_length=120)
    issued_on = models.DateField(_("刊发日期"), null=True)
    issued_text = models.CharField(_("刊发时间说明"), max_length=60, blank=True)
    demonstration = models.BooleanField(_("演示"), default=False)
    digest = models.CharField(_("原文摘要"), max_length=64, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("来源文本")
        verbose_name_plural = _("来源文本")

    def __str__(self) -> str:
        return self.title


class Observation(models.Model):
    """A figure 数 as printed: exact value, unit, how exact, as of when, for whom, with the words it stands in.

    The value is `value` × 10^-`scale`. A row is never changed: a correction is another row that `replaces` it with a reason.
    What nothing replaces is in effect.
    """

    source = models.ForeignKey(SourceText, models.PROTECT, related_name="observations", verbose_name=_("来源"))
    code = models.SlugField(_("代码"), max_length=60, db_index=True)
    indicator = models.SlugField(_("指标"), max_length=60, db_index=True)
    label = models.CharField(_("指标名称"), max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("地区"))
    body = models.CharField(_("单位（原文）"), max_length=60, blank=True)
    kind = models.CharField(_("性质"), max_length=12, choices=FigureKind.choices)
    value = models.BigIntegerField(_("数值"))
    scale = models.PositiveSmallIntegerField(_("小数位"), default=0)
    unit = models.CharField(_("计量单位"), max_length=20)
    base_value = models.BigIntegerField(_("基本单位数值"), null=True)
    base_unit = models.CharField(_("基本单位"), max_length=20, blank=True)
    precision = models.CharField(_("精确程度"), max_length=9, choices=Precision.choices, default=Precision.EXACT)
    precision_word = models.CharField(_("约数用词"), max_length=6, blank=True)
    as_of = models.CharField(_("时点"), max_length=16, blank=True)
    as_of_basis = models.CharField(_("时点依据"), max_length=7, choices=Basis.choices, blank=True)
    scope = models.CharField(_("口径"), max_length=200, blank=True)
    quote = models.CharField(_("原句"), max_length=300)
    written = models.CharField(_("原文写法"), max_length=40, blank=True)
    line_from = models.PositiveSmallIntegerField(_("起行"))
    line_to = models.PositiveSmallIntegerField(_("止行"))
    items = models.JSONField(_("列举"), default=list)
    numerator = models.SlugField(_("分子"), max_length=60, blank=True)
    denominator = models.SlugField(_("分母"), max_length=60, blank=True)
    origin = models.CharField(_("来历"), max_length=8, choices=Origin.choices, default=Origin.READ)
    recorded_at = models.DateTimeField(_("登记时间"))
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("更正"))
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("数")
        verbose_name_plural = _("数")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(replaces=None), name="observation_begins_once"),
            models.CheckConstraint(
                condition=models.Q(replaces=None) | ~models.Q(reason=""), name="observation_replaced_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.code}"


class Flag(models.Model):
    """Something that speaks against an observation 提示."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="flags", verbose_name=_("数"))
    kind = models.CharField(_("类别"), max_length=16, choices=FlagKind.choices)
    severity = models.CharField(_("轻重"), max_length=6, choices=Severity.choices)
    text = models.CharField(_("说明"), max_length=300)
    origin = models.CharField(_("来历"), max_length=8, choices=FlagOrigin.choices)
    raised_at = models.DateTimeField(_("提出时间"))

    class Meta:
        verbose_name = _("提示")
        verbose_name_plural = _("提示")

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


class Check(models.Model):
    """A check 核对 over figures: what is asked, what is expected, and how it came out when it last ran."""

    source = models.ForeignKey(SourceText, models.PROTECT, related_name="checks", verbose_name=_("来源"))
    code = models.CharField(_("编号"), max_length=20, unique=True)
    check_class = models.CharField(_("类别"), max_length=12, choices=CheckClass.choices)
    figure = models.SlugField(_("所属的数"), max_length=60)
    expression = models.CharField(_("算式"), max_length=300)
    unit = models.CharField(_("结果单位"), max_length=20, blank=True)
    premise = models.CharField(_("未载明的前提"), max_length=200, blank=True)
    stated = models.CharField(_("原文所载"), max_length=30, blank=True)
    expected = models.CharField(_("预期"), max_length=7, choices=Outcome.choices)
    expected_value = models.CharField(_("预期数值"), max_length=30, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    outcome = models.CharField(_("结果"), max_length=7, choices=Outcome.choices, blank=True)
    computed = models.CharField(_("算得"), max_length=40, blank=True)
    precision = models.CharField(_("算得的精确程度"), max_length=9, choices=Precision.choices, default=Precision.EXACT)
    reason = models.CharField(_("无从核对的原因"), max_length=200, blank=True)
    agrees = models.BooleanField(_("与预期一致"), default=False)
    ran_at = models.DateTimeField(_("核对时间"), null=True)

    class Meta:
        verbose_name = _("核对")
        verbose_name_plural = _("核对")

    def __str__(self) -> str:
        return self.code


class CheckMember(models.Model):
    """A figure, by its code, that a check speaks of."""

    of_check = models.ForeignKey(Check, models.CASCADE, related_name="members", verbose_name=_("核对"))
    code = models.SlugField(_("数"), max_length=60, db_index=True)

    class Meta:
        verbose_name = _("参与核对的数")
        verbose_name_plural = _("参与核对的数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["of_check", "code"], name="figure_once_in_a_check")]

    def __str__(self) -> str:
        return self.code


class Reading(models.Model):
    """A bulletin 简报 handed in and read: its text, whose it is, what its arithmetic gave. The same text is read once.

    `checks` are the relations it states, worked out: kind, spans, note, holds. `notes` tell what opening the file told.
    """

    source = models.OneToOneField(SourceText, models.PROTECT, related_name="reading", verbose_name=_("来源"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120, db_index=True)
    text = models.TextField(_("正文"))
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    file = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    checks = models.JSONField(_("核对"), default=list)
    notes = models.JSONField(_("打开文件时的提示"), default=list)
    read_at = models.DateTimeField(_("读取时间"))
    read_by = models.BigIntegerField(_("读取账号"), null=True)
    read_name = models.CharField(_("读取人"), max_length=80)

    class Meta:
        verbose_name = _("简报读数")
        verbose_name_plural = _("简报读数")

    def __str__(self) -> str:
        return self.source.title


class ReadFigure(models.Model):
    """A figure read from a bulletin 读出的数, and what a reviewer made of it. Only an accepted one becomes an observation.

    `value` as printed and `base` in base units are decimals in words; `start` and `end` span it in the text. `doubts`: severity,
    sort and reason of each; `weight` is the gravest of them (empty: none).
    """

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="figures", verbose_name=_("简报"))
    number = models.PositiveSmallIntegerField(_("序号"))
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    value = models.CharField(_("数值"), max_length=40)
    upto = models.CharField(_("上端"), max_length=40, blank=True)
    base = models.CharField(_("基本单位数值"), max_length=40, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20)
    kind = models.CharField(_("性质"), max_length=12)
    precision = models.CharField(_("精确程度"), max_length=9)
    subject = models.CharField(_("对象"), max_length=80, blank=True)
    scope = models.CharField(_("口径"), max_length=200, blank=True)
    as_of = models.CharField(_("时点"), max_length=16, blank=True)
    as_of_basis = models.CharField(_("时点依据"), max_length=7, choices=Basis.choices, blank=True)
    per = models.CharField(_("每"), max_length=20, blank=True)
    doubts = models.JSONField(_("疑点"), default=list)
    weight = models.CharField(_("疑点轻重"), max_length=6, choices=Severity.choices, blank=True)
    state = models.CharField(_("审核"), max_length=8, choices=Verdict.choices, default=Verdict.OPEN)
    rejection = models.CharField(_("不采用的原因"), max_length=10, choices=Rejection.choices, blank=True)
    note = models.CharField(_("审核说明"), max_length=200, blank=True)
    observation = models.ForeignKey(Observation, models.PROTECT, null=True, related_name="+", verbose_name=_("登记的数"))
    decided_at = models.DateTimeField(_("审核时间"), null=True)
    decided_name = models.CharField(_("审核人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("读出的数")
        verbose_name_plural = _("读出的数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["reading", "number"], name="read_figure_once")]

    def __str__(self) -> str:
        return f"{self.reading_id}-{self.number}"
