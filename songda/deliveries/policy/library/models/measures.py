"""Measures a firm can claim, by version, with the text they stand on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models.documents import Article, Document
from songda.deliveries.policy.library.states import MEASURE, MeasureKind, SourceRole
from songda.registry.organisations.models import Organisation
from songda.registry.rulebook.models import RuleVersion


class Measure(models.Model):
    """A claimable measure 措施 by code; what it says is in its versions. `no_rule`: why it needs no implementing rules of its own
    (nothing is applied for), as a publisher said (POL-03)."""

    code = models.SlugField(_("措施代码"), max_length=80, unique=True)
    no_rule = models.CharField(_("无须实施细则的理由"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("政策措施")
        verbose_name_plural = _("政策措施")

    def __str__(self) -> str:
        return self.code


class MeasureVersion(models.Model):
    """One version of a measure: what, for whom (rule), how much, until when, who pays or serves.

    A fund measure needs `budget_line`, a service measure `time_limit_days` before it can be published (POL-19).
    `edited_at` empty: as the reader drafted it; any step of a person (or of a pack) sets it.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="versions", verbose_name=_("措施"))
    number = models.PositiveIntegerField(_("版本号"))
    title = models.CharField(_("名称"), max_length=160)
    kind = models.CharField(_("类型"), max_length=8, choices=MeasureKind.choices)
    measure_class = models.CharField(_("分类代码"), max_length=40, blank=True)
    money = models.CharField(_("资金方式代码"), max_length=40, blank=True)
    delivery = models.CharField(_("兑现方式代码"), max_length=40, blank=True)
    benefit = models.CharField(_("支持内容"), max_length=600)
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    department = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任单位")
    )
    department_text = models.CharField(_("责任单位原文"), max_length=200, blank=True)
    rule_version = models.OneToOneField(
        RuleVersion, models.PROTECT, null=True, blank=True, related_name="measure_version", verbose_name=_("适用规则")
    )
    budget_line = models.CharField(_("资金渠道"), max_length=120, blank=True)
    time_limit_days = models.PositiveSmallIntegerField(_("承诺时限（工作日）"), null=True, blank=True)
    channel = models.CharField(_("办理渠道"), max_length=200, blank=True)
    papers = models.JSONField(_("申报材料"), default=list, blank=True)
    opens_on = models.DateField(_("受理起"), null=True, blank=True)
    closes_on = models.DateField(_("受理止"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=list(MEASURE.states.items()), default="draft")
    drafted_at = models.DateTimeField(_("起草时间"))
    edited_by = models.BigIntegerField(_("修改账号"), null=True)
    edited_at = models.DateTimeField(_("修改时间"), null=True)
    confirmed_by = models.BigIntegerField(_("审核账号"), null=True)
    confirmed_at = models.DateTimeField(_("审核时间"), null=True)
    published_by = models.BigIntegerField(_("发布账号"), null=True)
    published_at = models.DateTimeField(_("发布时间"), null=True)

    class Meta:
        verbose_name = _("措施版本")
        verbose_name_plural = _("措施版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "number"], name="measure_version_once"),
            models.UniqueConstraint(fields=["measure"], condition=models.Q(state="published"), name="one_published_version"),
            models.CheckConstraint(
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("confirmed_by")),
                name="publisher_is_not_confirmer",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def touched(self) -> bool:
        """Whether a person has worked on it, so that reading again must leave it alone."""
        return self.edited_at is not None or self.state not in ("draft", "withdrawn")


class MeasureSource(models.Model):
    """The verbatim piece of a document a measure stands on (POL-02: every item cites at least one).

    Its article answers for a measure only by a `clause`; a `definition` says elsewhere what words of the measure mean.
    """

    version = models.ForeignKey(MeasureVersion, models.CASCADE, related_name="sources", verbose_name=_("措施版本"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="cited_by", verbose_name=_("条款"))
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    quote = models.TextField(_("原文"))
    role = models.CharField(_("用途"), max_length=10, choices=SourceRole.choices, default=SourceRole.CLAUSE)

    class Meta:
        verbose_name = _("措施出处")
        verbose_name_plural = _("措施出处")

    def __str__(self) -> str:
        return self.quote[:40]


class OpenCondition(models.Model):
    """A condition phrase the reader could not say in the language (or only proposes): a person confirms it.

    `start` and `end` are places of `document` (empty: of the one document the version stands on).
    """

    version = models.ForeignKey(MeasureVersion, models.CASCADE, related_name="open_conditions", verbose_name=_("措施版本"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("政策文件"))
    quote = models.CharField(_("原文"), max_length=400)
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    proposal = models.TextField(_("建议规则"), blank=True)
    settled = models.CharField(_("处理"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("待定条件")
        verbose_name_plural = _("待定条件")

    def __str__(self) -> str:
        return self.quote
