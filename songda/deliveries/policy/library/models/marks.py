"""What people and the reader remark on a text: key points and red lines, and doubts to be looked at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models.documents import Article, Document
from songda.deliveries.policy.library.states import AnnotationKind, Standing


class Annotation(models.Model):
    """A key point 重点 or a red line 红线 on a piece of the text (POL-30), bound to the place and the words.

    A later version of the document gets its own copy (`carried_from`); `standing` says how its words fared. A lost one has no
    place (0, 0) and keeps the old words until a person finds the new ones.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="annotations", verbose_name=_("政策文件"))
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="annotations", verbose_name=_("条款")
    )
    kind = models.CharField(_("标注类型"), max_length=10, choices=AnnotationKind.choices)
    note = models.CharField(_("说明"), max_length=400, blank=True)
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    quote = models.TextField(_("原文"))
    standing = models.CharField(_("原文是否变化"), max_length=6, choices=Standing.choices, default=Standing.EXACT)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name=_("承接自")
    )
    made_by = models.BigIntegerField(_("标注账号"), null=True)
    made_at = models.DateTimeField(_("标注时间"))
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("标注")
        verbose_name_plural = _("标注")
        ordering: ClassVar = ["start", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(standing=Standing.LOST) | models.Q(end__gt=models.F("start")), name="annotation_has_a_place"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=AnnotationKind.RED_LINE) | ~models.Q(note=""), name="red_line_says_what_is_forbidden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.note or self.quote[:40]}"


class ReadingDoubt(models.Model):
    """Something the reader asks a person to look at 疑点: weight 1 (glance) … 9 (likely wrong)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="doubts", verbose_name=_("政策文件"))
    kind = models.CharField(_("疑点类型"), max_length=20)
    weight = models.PositiveSmallIntegerField(_("分量"))
    message = models.CharField(_("疑点"), max_length=400)
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    quote = models.TextField(_("原文"), blank=True)
    settled = models.CharField(_("处理"), max_length=200, blank=True)
    settled_by = models.BigIntegerField(_("处理账号"), null=True)
    settled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("阅读疑点")
        verbose_name_plural = _("阅读疑点")
        ordering: ClassVar = ["-weight", "start", "pk"]

    def __str__(self) -> str:
        return self.message
