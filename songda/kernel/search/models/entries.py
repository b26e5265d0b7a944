"""What can be found 检索条目: one narrow row a thing, and its text apart, so that thousands of entries are read without their texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A thing that can be found: its kind and id, the day it is sorted by, and its facets (name → values, as JSON).

    `head` is title and number folded. Who may see it is the business of the room that owns it.
    """

    kind = models.CharField(_("种类"), max_length=40)
    object_id = models.BigIntegerField(_("对象"))
    day = models.DateField(_("日期"), null=True, blank=True)
    facets = models.TextField(_("分面"), default="{}")
    title = models.CharField(_("标题"), max_length=400)
    head = models.CharField(_("标题和文号"), max_length=600)
    initials = models.CharField(_("拼音首字母"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("检索条目")
        verbose_name_plural = _("检索条目")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_a_thing")]

    def __str__(self) -> str:
        return self.title


class Body(models.Model):
    """The text of an entry, folded and as it is."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="body", verbose_name=_("检索条目"))
    folded = models.TextField(_("归一正文"), blank=True)
    text = models.TextField(_("正文"), blank=True)

    class Meta:
        verbose_name = _("检索正文")
        verbose_name_plural = _("检索正文")

    def __str__(self) -> str:
        return self.text[:40]
