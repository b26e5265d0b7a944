"""Plain-language articles on measures, and what was explained to whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.briefings.states import INTERPRETATION, Way
from songda.deliveries.policy.library.models import Measure, MeasureVersion
from songda.ledger.evidence.models import Evidence
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class Interpretation(models.Model):
    """A version of a measure's plain-language article 政策解读; `based_on` is the version of the measure it explains (POL-10)."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="interpretations", verbose_name=_("措施"))
    based_on = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="+", verbose_name=_("所解读的版本"))
    number = models.PositiveIntegerField(_("版本号"))
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("正文"))
    state = models.CharField(_("状态"), max_length=10, choices=list(INTERPRETATION.states.items()), default="draft")
    written_at = models.DateTimeField(_("编写时间"))
    written_by = models.BigIntegerField(_("编写账号"), null=True)
    written_name = models.CharField(_("编写人"), max_length=80)
    published_at = models.DateTimeField(_("发布时间"), null=True)
    published_by = models.BigIntegerField(_("发布账号"), null=True)
    published_name = models.CharField(_("发布人"), max_length=80, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("政策解读")
        verbose_name_plural = _("政策解读")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "number"], name="interpretation_once"),
            models.UniqueConstraint(
                fields=["measure"], condition=models.Q(state="published"), name="one_interpretation_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("written_by")),
                name="interpretation_by_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Explanation(models.Model):
    """A post explained a measure to a firm 讲解; the firm confirms it itself, or a signed paper does. `area_path` is the firm's.

    `leader_name`: the leader who came along. Counted by firm once it is confirmed (POL-10).
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="explanations", verbose_name=_("主体"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    version = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="explanations", verbose_name=_("措施版本"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("讲解岗位"))
    name = models.CharField(_("讲解人"), max_length=80)
    leader_name = models.CharField(_("带队领导职务"), max_length=80, blank=True)
    way = models.CharField(_("方式"), max_length=8, choices=Way.choices, default=Way.VISIT)
    explained_at = models.DateTimeField(_("讲解时间"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    confirmed_name = models.CharField(_("确认人"), max_length=80, blank=True)
    paper = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("签字凭证"))
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("讲解")
        verbose_name_plural = _("讲解")
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "version", "post"], name="explained_once_by_a_post")]
        indexes: ClassVar = [models.Index(fields=["version", "area_path", "subject"], name="explanation_version_area")]

    def __str__(self) -> str:
        return f"{self.version_id} → {self.subject_id}"
