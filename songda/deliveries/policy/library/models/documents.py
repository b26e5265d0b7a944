"""Documents and what stands in and around them: articles, relations, filings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.states import Level, Relation


class Document(models.Model):
    """A policy document 政策文件 with its text as read; `digest` of the text refuses the same text twice (POL-01)."""

    title = models.CharField(_("标题"), max_length=300)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    number = models.CharField(_("发文字号"), max_length=80, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=160, blank=True)
    kind = models.CharField(_("文种代码"), max_length=40, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    issued_on = models.DateField(_("发文日期"), null=True, blank=True)
    valid_from = models.DateField(_("有效期起"), null=True, blank=True)
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    validity_text = models.CharField(_("有效期原文"), max_length=300, blank=True)
    ends_with = models.CharField(_("终止事件代码"), max_length=40, blank=True)
    claims_articles = models.PositiveSmallIntegerField(_("标题所称条数"), null=True, blank=True)
    claims_measures = models.PositiveSmallIntegerField(_("标题所称举措数"), null=True, blank=True)
    text = models.TextField(_("正文"))
    digest = models.CharField(_("正文摘要"), max_length=64, unique=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    former = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("前一版"))
    demonstration = models.BooleanField(_("演示数据"), default=False)
    received_at = models.DateTimeField(_("收文时间"))
    received_by = models.BigIntegerField(_("收文账号"), null=True)

    class Meta:
        verbose_name = _("政策文件")
        verbose_name_plural = _("政策文件")
        ordering: ClassVar = ["-issued_on", "-id"]

    def __str__(self) -> str:
        return self.short_name or self.title


class EndEvent(models.Model):
    """That an event on which documents end has happened 终止事件 (疫情结束): its last day, told by one person and confirmed by another.

    One row a code: once confirmed it cannot be set again. Documents with this code in `ends_with` are in force to that day (POL-34).
    """

    code = models.CharField(_("终止事件代码"), max_length=40, unique=True)
    on = models.DateField(_("事件日期"))
    reason = models.CharField(_("依据"), max_length=300)
    told_by = models.BigIntegerField(_("登记账号"))
    told_at = models.DateTimeField(_("登记时间"))
    confirmed_by = models.BigIntegerField(_("确认账号"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("终止事件")
        verbose_name_plural = _("终止事件")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("told_by")),
                name="end_event_two_persons",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.on}"


class Filing(models.Model):
    """A document filed under a category 归类; a document may be in several, so their sum can exceed the documents (POL-01)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="filings", verbose_name=_("政策文件"))
    category = models.CharField(_("类别代码"), max_length=40)

    class Meta:
        verbose_name = _("归类")
        verbose_name_plural = _("归类")
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "category"], name="filed_once")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.category}"


class DocumentRelation(models.Model):
    """落实 / 增补 / 替代 between two documents (POL-04)."""

    lower = models.ForeignKey(Document, models.CASCADE, related_name="upward", verbose_name=_("本文件"))
    upper = models.ForeignKey(Document, models.PROTECT, related_name="downward", verbose_name=_("上位文件"))
    kind = models.CharField(_("关系"), max_length=12, choices=Relation.choices)

    class Meta:
        verbose_name = _("文件关系")
        verbose_name_plural = _("文件关系")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lower", "upper", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~models.Q(lower=models.F("upper")), name="no_relation_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id} {self.kind} {self.upper_id}"


class Article(models.Model):
    """One numbered article 条 with its span of the text. `edited_at`: a person corrected it; reading again leaves it alone."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="articles", verbose_name=_("政策文件"))
    number = models.CharField(_("条号"), max_length=20)
    label = models.CharField(_("原编号"), max_length=40)
    section = models.CharField(_("章节"), max_length=200, blank=True)
    title = models.CharField(_("标题"), max_length=300, blank=True)
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    departments = models.JSONField(_("责任单位"), default=list)
    no_measure = models.CharField(_("无可兑现措施的理由"), max_length=200, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    edited_by = models.BigIntegerField(_("更正账号"), null=True)
    edited_at = models.DateTimeField(_("更正时间"), null=True)

    class Meta:
        verbose_name = _("条款")
        verbose_name_plural = _("条款")
        ordering: ClassVar = ["ordinal"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "ordinal"], name="article_once")]

    def __str__(self) -> str:
        return f"{self.label}{self.title}"

    @property
    def touched(self) -> bool:
        """Whether a person said something of it: corrected it, or gave a reason why it has no measure."""
        return self.edited_at is not None or bool(self.no_measure)


class ArticleRelation(models.Model):
    """An article and the clause of a related document it implements or adds to (POL-04: one click up)."""

    lower = models.ForeignKey(Article, models.CASCADE, related_name="upward", verbose_name=_("本条款"))
    upper = models.ForeignKey(Article, models.PROTECT, related_name="downward", verbose_name=_("上位条款"))
    kind = models.CharField(_("关系"), max_length=12, choices=Relation.choices)

    class Meta:
        verbose_name = _("条款对应")
        verbose_name_plural = _("条款对应")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lower", "upper"], name="article_relation_once"),
            models.CheckConstraint(condition=~models.Q(lower=models.F("upper")), name="no_article_relation_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id} {self.kind} {self.upper_id}"
