"""Editions of the compendium, what they hold, and the printed books."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.compendium.states import EDITION, BookForm
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.states import Level


class Edition(models.Model):
    """An edition 汇编 as of a day. `content_digest`, made when it is published, is of everything it holds: it never changes again."""

    number = models.CharField(_("期号"), max_length=40, unique=True)
    title = models.CharField(_("书名"), max_length=120)
    issuer = models.CharField(_("编印单位"), max_length=120, blank=True)
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    as_of = models.DateField(_("收录截止"))
    state = models.CharField(_("状态"), max_length=10, choices=list(EDITION.states.items()), default="draft")
    content_digest = models.CharField(_("内容摘要"), max_length=64, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)
    drafted_by = models.BigIntegerField(_("起草账号"), null=True)
    drafted_at = models.DateTimeField(_("起草时间"))
    published_by = models.BigIntegerField(_("发布账号"), null=True)
    published_at = models.DateTimeField(_("发布时间"), null=True)

    class Meta:
        verbose_name = _("政策汇编")
        verbose_name_plural = _("政策汇编")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("drafted_by")),
                name="edition_two_persons",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class EditionEntry(models.Model):
    """A policy in an edition, with a copy of what is printed around its text; `digest` binds the text itself, which never changes."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="entries", verbose_name=_("政策汇编"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("政策文件"))
    ordinal = models.PositiveIntegerField(_("序号"), default=0)
    title = models.CharField(_("标题"), max_length=300)
    number = models.CharField(_("发文字号"), max_length=80, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=160, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("文种"), max_length=120, blank=True)
    issued_on = models.DateField(_("发文日期"), null=True, blank=True)
    valid_from = models.DateField(_("有效期起"), null=True, blank=True)
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    validity_text = models.CharField(_("有效期原文"), max_length=300, blank=True)
    digest = models.CharField(_("正文摘要"), max_length=64)

    class Meta:
        verbose_name = _("汇编条目")
        verbose_name_plural = _("汇编条目")
        ordering: ClassVar = ["ordinal", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "document"], name="policy_once_an_edition")]

    def __str__(self) -> str:
        return self.title


class EditionFiling(models.Model):
    """A policy of an edition under a category, with the category's name and place as they were; a policy may be in several."""

    entry = models.ForeignKey(EditionEntry, models.CASCADE, related_name="filings", verbose_name=_("汇编条目"))
    category = models.CharField(_("类别代码"), max_length=40)
    label = models.CharField(_("类别"), max_length=120)
    ordinal = models.PositiveIntegerField(_("类别序号"))

    class Meta:
        verbose_name = _("汇编归类")
        verbose_name_plural = _("汇编归类")
        ordering: ClassVar = ["ordinal", "entry__ordinal"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "category"], name="edition_filed_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.label}"


class EditionBook(models.Model):
    """The printed book of a published edition, in one form."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="books", verbose_name=_("政策汇编"))
    form = models.CharField(_("格式"), max_length=4, choices=BookForm.choices)
    data = models.BinaryField(_("文件"))
    printed_at = models.DateTimeField(_("排印时间"))

    class Meta:
        verbose_name = _("汇编成书")
        verbose_name_plural = _("汇编成书")
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "form"], name="one_book_a_form")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.form}"
