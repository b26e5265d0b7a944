"""Kinds of papers, papers, the rows a list froze, and the counters of numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.versions import Declared
from songda.ledger.papers.states import NUMBERED, PAPER, Readers
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject


class KindVersion(Declared):
    """A kind as declared 种类版本: `body` is read by `rules.kinds`. A paper keeps the version it was drafted under."""

    class Meta(Declared.Meta):
        verbose_name = _("文书种类")
        verbose_name_plural = _("文书种类")


class Mark(models.Model):
    """The mark of a unit in its numbers 机关代字 ('郑高新'); a unit without one bears its full name."""

    unit = models.OneToOneField(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    text = models.CharField(_("机关代字"), max_length=30)

    class Meta:
        verbose_name = _("机关代字")
        verbose_name_plural = _("机关代字")

    def __str__(self) -> str:
        return self.text


class Series(models.Model):
    """The last number given in a series 编号系列: the number's own text with the ordinal left open ('郑高新〔2020〕{n}号').

    Risen by issuing alone, in its transaction: the row stays locked until that ends, and falls back with it, so there is no gap.
    """

    text = models.CharField(_("系列"), max_length=120, unique=True)
    last = models.PositiveIntegerField(_("已用到"), default=0)

    class Meta:
        verbose_name = _("编号系列")
        verbose_name_plural = _("编号系列")

    def __str__(self) -> str:
        return f"{self.text} {self.last}"


class Paper(models.Model):
    """One document or list 文书. `fields` by key are plain text. What is issued never changes: only its state does.

    A list keeps its columns here and its rows in `PaperRow`, with the moment they were asked for and a digest of it all.
    """

    kind = models.ForeignKey(KindVersion, models.PROTECT, related_name="papers", verbose_name=_("种类"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="papers", verbose_name=_("制发单位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="papers", verbose_name=_("所涉企业"))
    readers = models.CharField(_("公开范围"), max_length=8, choices=Readers.choices)
    state = models.CharField(_("状态"), max_length=10, choices=list(PAPER.states.items()), default="draft")
    title = models.CharField(_("标题"), max_length=300)
    fields = models.JSONField(_("内容"), default=dict)
    drafted_at = models.DateTimeField(_("起草时间"))
    drafted_by = models.BigIntegerField(_("起草账号"), null=True)
    drafted_name = models.CharField(_("起草人"), max_length=80)
    written_at = models.DateTimeField(_("最近修改"))
    written_by = models.BigIntegerField(_("修改账号"), null=True)
    series = models.CharField(_("编号系列"), max_length=120, blank=True)
    ordinal = models.PositiveIntegerField(_("顺序号"), null=True)
    number = models.CharField(_("编号"), max_length=120, unique=True, null=True)
    issued_at = models.DateTimeField(_("制发时间"), null=True)
    issued_on = models.DateField(_("成文日期"), null=True)
    issued_name = models.CharField(_("签发人"), max_length=80, blank=True)
    keep_until = models.DateField(_("保管至"), null=True)
    columns = models.JSONField(_("清单栏目"), default=list)
    as_of = models.DateTimeField(_("清单截至"), null=True)
    digest = models.CharField(_("清单摘要"), max_length=64, blank=True)
    ended_at = models.DateTimeField(_("撤回或作废时间"), null=True)
    ended_name = models.CharField(_("撤回或作废人"), max_length=80, blank=True)
    reason = models.CharField(_("撤回或作废原因"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        indexes: ClassVar = [models.Index(fields=["area_path", "id"], name="paper_area")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "ordinal"], condition=~models.Q(series=""), name="paper_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=NUMBERED, number__isnull=False, ordinal__isnull=False, issued_at__isnull=False)
                | models.Q(state__in=("draft", "void"), number__isnull=True, ordinal__isnull=True),
                name="only_issued_papers_are_numbered",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "issued")) | ~models.Q(reason=""), name="paper_ended_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or ''} {self.title}".strip()


class PaperRow(models.Model):
    """A row of an issued list, as frozen: its cells in the order of the columns."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="rows", verbose_name=_("清单"))
    ordinal = models.PositiveIntegerField(_("序号"))
    cells = models.JSONField(_("各栏"))

    class Meta:
        verbose_name = _("清单行")
        verbose_name_plural = _("清单行")
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "ordinal"], name="paper_row_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}.{self.ordinal}"
