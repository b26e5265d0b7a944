"""Rules by version, with the cases that pin their meaning."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(models.Model):
    """A rule 规则 by code; what it says is in its versions."""

    code = models.SlugField(_("规则代码"), max_length=80, unique=True)
    title = models.CharField(_("名称"), max_length=160)
    context = models.CharField(_("适用对象"), max_length=12, default="subject")

    class Meta:
        verbose_name = _("规则")
        verbose_name_plural = _("规则")

    def __str__(self) -> str:
        return self.code


class RuleVersion(models.Model):
    """One dated version; never edited once signed. `text` is the canonical print, `tree` the record, `digest` the identity."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions", verbose_name=_("规则"))
    number = models.PositiveIntegerField(_("版本号"))
    text = models.TextField(_("条件"))
    tree = models.JSONField(_("条件树"))
    amount_text = models.TextField(_("金额公式"), blank=True)
    amount_tree = models.JSONField(_("金额公式树"), null=True, blank=True)
    digest = models.CharField(_("摘要"), max_length=64)
    catalogue_digest = models.CharField(_("目录摘要"), max_length=64)
    starts_on = models.DateField(_("生效日期"), null=True, blank=True)
    ends_on = models.DateField(_("失效日期"), null=True, blank=True)
    signed_by = models.CharField(_("签发"), max_length=80, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("起草时间"))

    class Meta:
        verbose_name = _("规则版本")
        verbose_name_plural = _("规则版本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}.v{self.number}"


class RuleCase(models.Model):
    """An example 案例 an officer can read: given these facts, expect this. Publishing runs them all."""

    version = models.ForeignKey(RuleVersion, models.CASCADE, related_name="cases", verbose_name=_("规则版本"))
    name = models.CharField(_("名称"), max_length=120)
    on = models.DateField(_("判定日期"))
    given = models.JSONField(_("已知"), default=dict)
    expect = models.CharField(_("应得"), max_length=4)
    amount = models.CharField(_("应得金额"), max_length=40, blank=True)
    boundary = models.BooleanField(_("边界"), default=False)
    ordinal = models.PositiveIntegerField(_("序号"), default=0)

    class Meta:
        verbose_name = _("规则案例")
        verbose_name_plural = _("规则案例")
        ordering: ClassVar = ["ordinal"]

    def __str__(self) -> str:
        return self.name
