"""The catalogue, the values, and what is frozen of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.engines.rules.catalogue import Kind
from songda.registry.facts.rules.stamps import UNKNOWN, stamp_of
from songda.registry.subjects.models import Subject

KINDS = {
    Kind.BOOL: _("是否"), Kind.NUM: _("数值"), Kind.DATE: _("日期"), Kind.CODE: _("代码"),
    Kind.SERIES: _("按年序列"), Kind.LIST: _("名单"), Kind.EVENT: _("事件"),
}  # fmt: skip


class Definitions(models.QuerySet["FactDefinition"]):
    """Entries; what is changed in bulk has no stamp until it is saved again."""

    def update(self, **changes: Any) -> int:
        """As ever, and the stamp goes."""
        return super().update(**{"stamp": UNKNOWN, **changes})


class FactDefinition(models.Model):
    """One catalogue entry 事实目录: kind and unit never change (a new meaning is a new fact).

    `stamp` is a number made of all that the entry says, so that one sum tells whether anything in the catalogue has changed.
    """

    code = models.CharField(_("事实代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    aliases = models.JSONField(_("别名"), default=list)
    context = models.CharField(_("适用对象"), max_length=12, default="subject")
    kind = models.CharField(_("类型"), max_length=8, choices=[(kind.value, label) for kind, label in KINDS.items()])
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    code_list = models.CharField(_("代码表"), max_length=40, blank=True)
    owner = models.CharField(_("责任部门"), max_length=80)
    freshness_days = models.PositiveIntegerField(_("有效天数"), null=True, blank=True)
    personal = models.BooleanField(_("个人信息"), default=False)
    fixed = models.BooleanField(_("不可改变"), default=False)
    judgement = models.BooleanField(_("须人工判断"), default=False)
    description = models.CharField(_("说明"), max_length=200, blank=True)
    ordinal = models.PositiveIntegerField(_("序号"), default=0)
    stamp = models.BigIntegerField(_("内容戳"), default=UNKNOWN, editable=False)

    objects = Definitions.as_manager()

    class Meta:
        verbose_name = _("事实目录")
        verbose_name_plural = _("事实目录")
        ordering: ClassVar = ["ordinal"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As ever, with the stamp of what it says now."""
        self.stamp = stamp_of(
            {field.name: getattr(self, field.name) for field in self._meta.fields if field.name not in ("id", "stamp")}
        )
        super().save(*args, **kwargs)

    def kind_of(self) -> Kind:
        """The kind as the rule language names it."""
        return Kind(self.kind)


class Source(models.Model):
    """Where values come from 数据来源: a register, a return, a person's correction."""

    code = models.SlugField(_("来源代码"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    owner = models.CharField(_("提供部门"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("数据来源")
        verbose_name_plural = _("数据来源")

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """One value of one fact about one subject, valid from a day, known since a moment; written only on change.

    `num` by kind: numbers in stored units (fen, millionths; `Unit.scale`), yes/no 1/0, dates days since 1970-01-01,
    list membership 1/0; `text` for codes. Series have one row a year, valid from 1 January of that year; events one row
    an occurrence. `void` withdraws an earlier row. "As of T as known at K" (SUP-08) is the newest row with
    valid_from ≤ T and recorded_at ≤ K.
    """

    # The unique index below begins with the subject and serves every look-up by it.
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="facts", db_index=False, verbose_name=_("主体"))
    fact = models.ForeignKey(FactDefinition, models.PROTECT, related_name="+", db_index=False, verbose_name=_("事实"))
    valid_from = models.DateField(_("生效日期"))
    recorded_at = models.DateTimeField(_("记录时间"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False, verbose_name=_("来源"))
    num = models.BigIntegerField(_("数值"), null=True)
    text = models.CharField(_("文本"), max_length=80, null=True)
    void = models.BooleanField(_("作废"), default=False)

    class Meta:
        verbose_name = _("事实")
        verbose_name_plural = _("事实")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "fact", "valid_from", "recorded_at"], name="fact_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}.{self.fact_id}@{self.valid_from}"


class Coverage(models.Model):
    """A list 名单 stated to be complete for an area from a day to a day; outside it, absence proves nothing."""

    fact = models.ForeignKey(FactDefinition, models.PROTECT, related_name="coverages", verbose_name=_("名单"))
    area_path = models.CharField(_("辖区路径"), max_length=120, blank=True)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("来源"))

    class Meta:
        verbose_name = _("名单覆盖")
        verbose_name_plural = _("名单覆盖")

    def __str__(self) -> str:
        return f"{self.fact_id} {self.area_path}"


class Snapshot(models.Model):
    """Facts frozen as of a moment 快照 to a Parquet file that never changes; its digest says so."""

    as_of = models.DateField(_("截至日期"))
    known_at = models.DateTimeField(_("获知时间"))
    area_path = models.CharField(_("范围"), max_length=120, blank=True)
    rows = models.PositiveIntegerField(_("主体数"))
    digest = models.CharField(_("摘要"), max_length=64)
    path = models.CharField(_("文件"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("快照")
        verbose_name_plural = _("快照")

    def __str__(self) -> str:
        return f"{self.as_of} ({self.rows})"
