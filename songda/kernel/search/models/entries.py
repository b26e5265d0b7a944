"""What can be found 检索条目: one row a thing, and its facets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A thing that can be found: its kind and id, its text as it is and folded, the day it is sorted by.

    `head` is title and number folded, `text` the body folded. Who may see it is the business of the room that owns it.
    """

    kind = models.CharField(_("种类"), max_length=40)
    object_id = models.BigIntegerField(_("对象"))
    title = models.CharField(_("标题"), max_length=400)
    body = models.TextField(_("正文"), blank=True)
    head = models.CharField(_("标题和文号"), max_length=600)
    text = models.TextField(_("归一正文"), blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=400, blank=True)
    day = models.DateField(_("日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("检索条目")
        verbose_name_plural = _("检索条目")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_a_thing")]

    def __str__(self) -> str:
        return self.title


class Facet(models.Model):
    """A property of an entry by which results are narrowed and counted 分面; a name may have several values."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="facets", verbose_name=_("检索条目"))
    name = models.CharField(_("分面"), max_length=20)
    value = models.CharField(_("值"), max_length=160)

    class Meta:
        verbose_name = _("分面")
        verbose_name_plural = _("分面")
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "name", "value"], name="facet_once")]
        indexes: ClassVar = [models.Index(fields=["name", "value"], name="facet_value")]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
