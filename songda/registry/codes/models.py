"""Dictionaries and their entries."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dictionary(models.Model):
    """A code list 字典 in one edition (GB/T 4754-2017, “六难”). A number in the name is a promise: `claims` entries.

    `digest` covers the entries: an edition once loaded never changes, so whatever is made of it may be kept by its digest.
    """

    code = models.SlugField(_("字典代码"), max_length=40)
    edition = models.CharField(_("版次"), max_length=20, default="1")
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    claims = models.PositiveSmallIntegerField(_("名称所称条数"), null=True, blank=True)
    starts_on = models.DateField(_("启用日期"), null=True, blank=True)
    ends_on = models.DateField(_("停用日期"), null=True, blank=True)
    digest = models.CharField(_("内容摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("字典")
        verbose_name_plural = _("字典")
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "edition"], name="dictionary_edition_once")]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One code with its label and the code above it."""

    dictionary = models.ForeignKey(Dictionary, models.PROTECT, related_name="entries", verbose_name=_("字典"))
    code = models.CharField(_("代码"), max_length=40)
    label = models.CharField(_("名称"), max_length=120)
    label_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    parent = models.CharField(_("上级代码"), max_length=40, blank=True)
    ordinal = models.PositiveIntegerField(_("序号"), default=0)

    class Meta:
        verbose_name = _("字典条目")
        verbose_name_plural = _("字典条目")
        ordering: ClassVar = ["ordinal", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["dictionary", "code"], name="entry_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
